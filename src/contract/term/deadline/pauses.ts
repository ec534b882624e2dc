import { type Derivation, derive, type Input } from '../../derivation.ts'
import { paired } from '../../fact/alike.ts'
import { spanLeaf } from '../../formula/attribute.ts'
import type { Asking, Scope } from '../../scope.ts'
import { isPaired, overdue } from '../promised.ts'
import type { Clock } from './clock.ts'
import type { DeadlineWords, Started } from './deadline.ts'

type Counted = {
  readonly scope: Scope
  readonly id: string
  readonly words: DeadlineWords
  readonly ends: 'at-the-hour' | 'with-the-day' | undefined
  readonly clock: Clock
  /** Counted from an event its pauses are known. */
  readonly of?: Started
  readonly fromStart?: true
}

/** When a length has passed since an instant, held up by the pauses about the same subject. */
export function afterLength(
  { start, within }: { readonly start: Derivation; readonly within: Derivation },
  { scope, id, words, ends, clock, of, fromStart }: Counted,
): Derivation {
  const { asking } = scope
  const pauses = (words.pauses?.facts ?? []).flatMap((kind) =>
    of ? pausesOf(kind, of, asking, words['paired-by']) : [],
  )
  return derive(
    'after-length',
    [{ as: 'start', is: start }, { as: 'within', is: within }, ...pauses, ...clock.input(scope)],
    {
      zone: asking.frame.zone,
      asOf: asking.asOf,
      ...clock.settings,
      ...(words.pauses && { counted: words.pauses.counted }),
      ...(ends && { ends }),
      ...(fromStart && { fromStart }),
    },
    { clause: id, name: id },
  )
}

/** Intervals about the same subject, and the time in which a duty about it stood unmet. */
function pausesOf(
  name: string,
  { event, done }: Started,
  asking: Asking,
  by: string | undefined,
): readonly Input[] {
  const unmet = asking.promises(name).filter((duty) => isPaired(duty, event))
  const intervals = paired(asking.happenings(name), event, by)
  const spans = [
    ...unmet.map((one) => overdue(one, asking, { name })),
    ...intervals.map(({ fact }) => spanLeaf(fact)),
  ]
  const untilDone = (span: Derivation) =>
    done
      ? derive('pause', [
          { as: name, is: span },
          { as: 'done', is: done },
        ])
      : span
  return spans.map((span) => ({ as: name, is: untilDone(span) }))
}
