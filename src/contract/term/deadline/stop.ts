import { grouped } from '../../../kernel/grouped.ts'
import { type Derivation, derive, type Input, leaf, onlyIf } from '../../derivation.ts'
import { paired } from '../../fact/alike.ts'
import { spanLeaf } from '../../formula/attribute.ts'
import { happened, instantLeaf } from '../../happening.ts'
import type { TargetWords } from '../../language/term.ts'
import type { Asking, Compiled, Happening, Names } from '../../scope.ts'
import { eventScope } from '../../scope.ts'
import { leftOut } from '../../value.ts'
import { isFor, liesIn } from './concerning.ts'

type Stopping = {
  readonly asking: Asking
  readonly isOurs: (event: Happening) => boolean
  readonly concerning: Compiled | undefined
  readonly names: Names
}

/**
 * The first stop about the same subject at or after the start; left out while there is none. One that names the start
 * that it is for may come before it. Where a start is a stop as well, only a later one ends it.
 */
export function stopOf(
  words: TargetWords,
  start: Happening,
  { asking, isOurs, concerning, names }: Stopping,
): Derivation {
  if (words.stop === undefined) return leaf(leftOut)
  const isItself = ({ fact, kind }: Happening) => fact === start.fact && kind === start.kind
  const ours = candidatesOf(words, start, { asking, concerning }).filter(
    (stop) => isOurs(stop) && !isItself(stop),
  )
  if (concerning) {
    const meant = ours.map((stop): Input => {
      const isMeant = isForStart(stop, concerning, { start, words, asking })
      const { as, is } = doneAt(stop)
      return { as, is: onlyIf(isMeant, is) }
    })
    return derive('first', meant, { of: words.stop, missing: leftOut })
  }
  const isLater = startsAndStops(words, names)
  return derive(isLater ? 'first-after' : 'first-from', [
    { as: 'start', is: instantLeaf(start) },
    ...ours.map(doneAt),
  ])
}

/** Whether what starts it ends the one before: an update is due so long after each update. */
export const startsAndStops = (
  { start, stop }: Pick<TargetWords, 'start' | 'stop'>,
  names: Pick<Names, 'fact'>,
): boolean => kindOfBoth(start, stop, names) !== undefined

/** The first kind of event that two names both stand for. */
export function kindOfBoth(
  one: string | undefined,
  other: string | undefined,
  names: Pick<Names, 'fact'>,
): string | undefined {
  const kinds = (name = '') => names.fact(name)?.anyOf ?? [name]
  return kinds(one).find((kind) => kinds(other).includes(kind))
}

/** What names the subject of the start in a text need not be about it itself. */
function candidatesOf(
  { stop = '', 'paired-by': by }: TargetWords,
  start: Happening,
  { asking, concerning }: Pick<Stopping, 'asking' | 'concerning'>,
): readonly Happening[] {
  const all = asking.happenings(stop)
  return concerning?.type.is === 'text' ? all : paired(all, start, by)
}

/** Of what could stop it: whether it names this start. */
export function naming(
  words: TargetWords,
  start: Happening,
  { asking, concerning }: Pick<Stopping, 'asking'> & { readonly concerning: Compiled },
): (event: Happening) => Derivation | undefined {
  return (event) => {
    const candidates = candidatesOf(words, start, { asking, concerning })
    const [stop] = grouped(candidates, { by: 'fact', of: ({ fact }) => fact, key: event.fact })
    return stop && isForStart(stop, concerning, { start, words, asking })
  }
}

function isForStart(
  stop: Happening,
  concerning: Compiled,
  { start, words, asking }: { start: Happening; words: TargetWords; asking: Asking },
): Derivation {
  const named = { as: 'concerns', is: concerning.evaluate(eventScope({ asking }, stop)) }
  const { zone } = asking.frame
  const period = start.fact.begins
  return period
    ? liesIn(named, concerning, { period, zone })
    : isFor(named, concerning, { event: start, zone, by: words['paired-by'] })
}

/** An interval is done with its end; what a term makes of it, when it takes effect. */
function doneAt(stop: Happening): Input {
  const { kind, fact, holds } = stop
  if (fact.shape !== 'interval' || kind !== fact.kind) return happened(stop)
  return { as: kind, is: onlyIf(holds, derive('end', [{ as: kind, is: spanLeaf(fact) }])) }
}
