import { Exact } from '../../kernel/exact.ts'
import {
  clipped,
  endOfTime,
  type Instant,
  type Period,
  startOfDay,
  within,
} from '../../kernel/time.ts'
import { type Derivation, derive, leaf } from '../derivation.ts'
import type { PostingWords } from '../language/posting.ts'
import { countedFrom, periodsWithin } from '../period/period.ts'
import { valueText } from '../value.ts'
import { type BoundPlace, constant, larger, largestOf, roundedAs } from './bound.ts'

/** The most that the events of a window come to together. */
export type Limited = { readonly window: Period; readonly most: Derivation }

/** Events are as many as happen: only a limit bounds them, and none that each subject has for itself. */
export function eventLimits(
  words: PostingWords,
  { range, ...place }: BoundPlace & { readonly range: Period },
): Limited[] | undefined {
  const { contract, asking, clause } = place
  const rule = contract.postings.get(clause)?.limitedIn
  if (!rule || words.limit?.about || countedFrom(rule) !== undefined) return undefined
  // What survives the end has a limit in each of its periods, for ever; in that of the agreement one, once that has begun.
  const isOne = rule.is === 'agreement'
  if (isOne ? range.start < asking.frame.agreed.start : range.end >= endOfTime) return undefined
  const windows = isOne ? [asking.frame.agreed] : [...periodsWithin(rule, range, asking.frame)]
  const most = mostOf(words, place)
  if (!most || !(isOne || isCovered(range, windows))) return undefined
  const changes = changesOf(place)
  const always = changes.length === 0 ? most([range.start]) : undefined
  return windows.map((window) => {
    const own = isOne ? range : (clipped(window, range) ?? range)
    const instants = [own.start, ...changes.filter((change) => within(change, own))]
    return { window, most: always ?? most(instants) }
  })
}

/** Its sum, or so many times its price, as each is at most at some instants. */
function mostOf(
  words: PostingWords,
  place: BoundPlace,
): ((instants: readonly Instant[]) => Derivation) | undefined {
  const { limit, amount } = words
  const sum = constant(limit?.amount, place)
  if (sum) return (instants) => roundedAs('bound', largestOf(sum, instants), { words, place })
  const isFixed = !words.of && !words.measure && !words.rate && words.minimum === undefined
  const times = constant(limit?.times, place)
  const price = constant(isFixed ? amount : undefined, place)
  if (!times || !price) return undefined
  return (instants) => {
    const each = roundedAs('line', largestOf(price, instants), { words, place })
    const inputs = [
      { as: 'times', is: largestOf(times, instants) },
      { as: 'amount', is: each },
    ]
    return derive('times', inputs, undefined, { clause: place.clause })
  }
}

/** What lies between the periods of a limit it does not limit. */
const isCovered = ({ start, end }: Period, windows: readonly Period[]) =>
  windows.every((window, place) => window.start <= (windows[place - 1]?.end ?? start)) &&
  (windows.at(-1)?.end ?? start) >= end

/** When anything that is agreed changes. */
const changesOf = ({ contract }: BoundPlace): readonly Instant[] =>
  [...contract.agreed.values()]
    .flat()
    .flatMap(({ from }) => (from ? [startOfDay(from, contract.zone)] : []))

/** A window in which a revision changes the limit has the larger: what came before the change counts after it. */
export function limitsTogether(
  all: readonly Limited[],
  { clause, currency }: { readonly clause: string; readonly currency: string },
): Derivation[] {
  const windows = Map.groupBy(all, ({ window }) => `${window.start} ${window.end}`)
  const largest = [...windows.values()].map((same) => same.map(({ most }) => most).reduce(larger))
  const alike = Map.groupBy(largest, ({ value }) => valueText(value))
  return [...alike.values()].flatMap((same) =>
    same.slice(0, 1).map((most) => {
      const inputs = [
        { as: 'periods', is: leaf(Exact.whole(same.length)) },
        { as: 'limit', is: most },
      ]
      return derive('times', inputs, undefined, { clause, unit: currency })
    }),
  )
}
