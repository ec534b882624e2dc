import { Exact } from '../../../kernel/exact.ts'
import { Length } from '../../../kernel/time.ts'
import type { Compiling } from '../../compiling.ts'
import { demandCompiled } from '../../demand.ts'
import { type Derivation, derive, type Input, onlyIf } from '../../derivation.ts'
import { paired } from '../../fact/alike.ts'
import { spanLeaf } from '../../formula/attribute.ts'
import { compileExpression } from '../../formula/expression.ts'
import { constantOf } from '../../formula/range.ts'
import { kindsAtHand } from '../../happening.ts'
import type { Compiled, Happening, Report, Scope } from '../../scope.ts'
import { eventScope } from '../../scope.ts'
import { truth, typeText } from '../../type.ts'
import type { Counting, DeadlineTold, DeadlineWords, Started } from './deadline.ts'
import { elapsedUnits } from './length.ts'
import { isPaired, overdue } from './promised.ts'

type Counted = {
  readonly scope: Scope
  readonly id: string
  readonly words: DeadlineWords
  readonly ends: 'at-the-hour' | 'with-the-day' | undefined
  /** Counted from an event its pauses are known. */
  readonly of?: Started
  readonly fromStart?: true
} & Counting

/** How far all pauses together may move a deadline: a length, counted as they are. */
export function compileMost(
  { pauses }: DeadlineWords,
  told: DeadlineTold,
  compiling: Compiling,
): Compiled | undefined {
  const written = pauses?.['at-most']
  if (pauses === undefined || written === undefined) return undefined
  const path = [...told.path, 'pauses', 'at-most']
  const most = compileExpression(written, compiling, { path, clause: told.id })
  const { type } = most
  const { units = [] } = type.is === 'length' ? type : {}
  const isCounted = units.every((unit) =>
    pauses.counted === 'in-hours' ? elapsedUnits.includes(unit) : unit !== 'business days',
  )
  if (type.is !== 'any' && (type.is !== 'length' || !isCounted))
    compiling.faults.add(
      'types_do_not_fit',
      path,
      type.is === 'length'
        ? `“${written}” is not counted as the pauses are: say minutes or hours${pauses.counted === 'in-hours' ? '' : ', days, weeks, months or years'}.`
        : `“${written}” is ${typeText(type)}: say a length with its unit, such as 2 hours.`,
    )
  const constant = constantOf(most)
  if (constant instanceof Length && constant.count.compare(Exact.zero) <= 0)
    compiling.faults.add(
      'value_out_of_range',
      path,
      `By at most “${written}” nothing is held up: say a longer one, or leave “pauses” out.`,
    )
  return most
}

/** Which of its pauses hold a deadline up. */
export const compileWhere = (
  { pauses }: DeadlineWords,
  { id, path }: DeadlineTold,
  compiling: Compiling,
): Compiled | undefined =>
  compileExpression(pauses?.where, compiling, {
    path: [...path, 'pauses', 'where'],
    clause: id,
    expected: truth,
  })

/** It reads the interval, or what started the duty that stands unmet. */
export function checkWhere(
  where: Compiled | undefined,
  { pauses }: DeadlineWords,
  { names }: Compiling,
  report: Report,
): void {
  for (const name of pauses?.facts ?? [])
    demandCompiled([where], { events: kindsAtHand(name, names) }, names, report)
}

/** When a length has passed since an instant, held up by the pauses about the same subject. */
export function afterLength(
  { start, within }: { readonly start: Derivation; readonly within: Derivation },
  { scope, id, words, ends, clock, most, where, of, fromStart }: Counted,
): Derivation {
  const { asking } = scope
  const pauses = (words.pauses?.facts ?? []).flatMap((kind) =>
    of ? pausesOf(kind, of, { scope, by: words['paired-by'], where }) : [],
  )
  return derive(
    'after-length',
    [
      { as: 'start', is: start },
      { as: 'within', is: within },
      ...(most ? [{ as: 'paused at most', is: most.evaluate(scope) }] : []),
      ...pauses,
      ...clock.input(scope),
    ],
    {
      zone: asking.frame.zone,
      asOf: asking.asOf,
      ...clock.settings,
      ...(words.pauses && { counted: words.pauses.counted }),
      ...(most && { isCapped: true as const }),
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
  { scope, by, where }: Pick<Counting, 'where'> & { scope: Scope; by: string | undefined },
): readonly Input[] {
  const { asking } = scope
  const unmet = asking.promises(name).filter((duty) => isPaired(duty, event))
  const intervals = paired(asking.happenings(name), event, by)
  const meant = (event: Happening, span: Derivation) =>
    onlyIf(where?.evaluate(eventScope(scope, event)), span)
  const spans = [
    ...unmet.map((one) => meant(one.start, overdue(one, asking, { name }))),
    ...intervals.map((one) => meant(one, spanLeaf(one.fact))),
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
