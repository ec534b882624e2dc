import { Exact } from '../../kernel/exact.ts'
import { beginningOfTime, clipped, type Period, within } from '../../kernel/time.ts'
import { type Agreement, clausesIn, revisionAt } from '../agreement/revision.ts'
import { type Derivation, derive, type Input, leaf } from '../derivation.ts'
import type { PostingWords } from '../language/posting.ts'
import { restsOnFacts } from '../measure/rests.ts'
import { amountBefore } from '../operation/price.ts'
import { countedFrom } from '../period/period.ts'
import type { Asking, Line } from '../scope.ts'
import { type BoundPlace, constant, isNumber, roundedAs } from './bound.ts'
import { eventLimits, type Limited, limitsTogether } from './ceiling-of-limits.ts'

type Ceiling = {
  /** What each clause that has a bound comes to at most; several times where it is due several times. */
  readonly bounded: readonly Input[]
  readonly unbounded: readonly string[]
}

/**
 * The most that the consumer may have to pay: a price for periods that rests on no fact is due once in each, whatever
 * waives it; any other as far as a maximum or a limit bounds it. Credits count as if none were due.
 */
export function ceilingOf(agreement: Agreement, asking: Asking, range: Period): Ceiling {
  const { currency } = revisionAt(agreement, range.start).contract
  const unbounded: string[] = []
  const bounded: Input[] = []
  for (const clause of clausesIn(agreement, 'postings')) {
    const bounds = boundsOf(clause, { agreement, asking, range, currency })
    if (!bounds) unbounded.push(clause)
    else for (const is of bounds) bounded.push({ as: clause, is })
  }
  return { bounded, unbounded }
}

type Within = {
  readonly agreement: Agreement
  readonly asking: Asking
  readonly range: Period
  readonly currency: string
}

/** By each revision that has the clause, as far as the range is its own; undefined where one of them sets no bound. */
function boundsOf(
  clause: string,
  { agreement, asking, range, currency }: Within,
): Derivation[] | undefined {
  const found: Derivation[] = []
  let limits: readonly Limited[] = []
  for (const { contract, governs } of agreement.revisions) {
    const words = contract.postings.get(clause)?.words
    if (words?.payer !== 'consumer') continue
    const place = { clause, contract, asking }
    if (words.each) {
      const own = clipped(countedIn(range, place), governs)
      const all = own ? eventLimits(words, { ...place, range: own }) : []
      if (!all) return undefined
      limits = [...limits, ...all]
      continue
    }
    const all = governedBounds(words, { ...place, range, governs })
    if (!all) return undefined
    for (const { line, most } of all) if (within(line.billed, range)) found.push(most)
  }
  return [...found, ...limitsTogether(limits, { clause, currency })]
}

/** What began under an earlier revision may be billed when another governs. */
function governedBounds(
  words: PostingWords,
  { range, governs, ...place }: BoundPlace & Record<'range' | 'governs', Period>,
): Most[] | undefined {
  const { clause, asking } = place
  const lines = asking
    .lines(clause, words.rise?.['at-least'] === undefined ? range : sinceStart(range, asking))
    .filter(({ service, billed }) => within(service?.start ?? billed, governs))
  const isGoverned = clipped(range, governs) !== undefined || lines.length > 0
  return isGoverned ? periodBounds(words, { ...place, lines }) : []
}

/** What survives the end goes on. Of the rest what began before the end is counted in it, whenever it is over. */
function countedIn(range: Period, { clause, contract, asking }: BoundPlace): Period {
  const { start, end } = asking.frame.agreed
  if (contract.words.terms?.[clause]?.survives !== undefined) return range
  const last = Math.min(range.end, end)
  return { start: Math.max(start, Math.min(range.start, end - 1)), end: last }
}

/** How far a price may rise rests on all those before it. */
const sinceStart = ({ start, end }: Period, { frame }: Asking): Period =>
  frame.agreed.start === beginningOfTime ? { start, end } : { start: frame.agreed.start, end }

type Most = { readonly line: Line; readonly most: Derivation }

/** One amount for each period of the charge; for each of several, or from each fact on, there may be any number of them. */
function periodBounds(
  words: PostingWords,
  { lines: all, ...place }: BoundPlace & { readonly lines: readonly Line[] },
): Most[] | undefined {
  const { clause, contract, asking } = place
  const [rule] = contract.postings.get(clause)?.periods?.() ?? []
  if (words['for-each'] !== undefined || countedFrom(rule) !== undefined) return undefined
  const ending = asking.ending().value
  const lines = all.filter(
    ({ service }) => typeof ending !== 'number' || !service || service.start < ending,
  )
  const priced = contract.postings.get(clause)?.priced ?? []
  if (!restsOnFacts(priced, contract.names))
    return lines.map((line) => ({ line, most: unconditional(line) }))
  // What is missing to an amount is never more than the amount.
  const most = words.minimum === undefined ? words['true-up']?.to : undefined
  // A bound that is a share of the base is no amount.
  const { of, maximum: written = '' } = words
  const isShare = written.endsWith('%') || contract.definitions.get(written)?.type().is !== 'money'
  const maximum = of && isShare && !isNumber(written) ? undefined : words.maximum
  const bound = constant(maximum ?? most, place)
  // What a change takes back, and an end gives back, is a credit.
  const charged = lines.filter(({ follows, payer }) => !follows || payer === 'consumer')
  const what = maximum === undefined ? 'line' : 'bound'
  const bounds =
    bound && charged.map((line) => ({ line, most: roundedAs(what, bound(line), { words, place }) }))
  return bounds && risingBounds(bounds, words, place)
}

/** However low its maximum, a price that may not fall, or has to rise, lies so far above the one before it. */
function risingBounds(bounds: Most[], words: PostingWords, place: BoundPlace): Most[] | undefined {
  const { 'at-least': text, over } = words.rise ?? {}
  if (text === undefined) return bounds
  const { clause, contract, asking } = place
  const by = /^[+-]?\d+(\.\d+)?%?$/.test(text) ? constant(text, place) : undefined
  if (!by || over !== undefined || asking.postings(clause).length > 1) return undefined
  const said = { clause, unit: contract.currency }
  const raised = (is: Derivation, rise: Derivation) => {
    const before = { as: 'before', is }
    if (!text.endsWith('%'))
      return derive('plus', [before, { as: 'rise', is: rise }], undefined, said)
    const all = [
      { as: 'all of it', is: leaf(Exact.one) },
      { as: 'rise', is: rise },
    ]
    const raisedBy = [before, { as: 'with the rise', is: derive('plus', all) }]
    return derive('times', raisedBy, undefined, said)
  }
  let before: Derivation | undefined
  return bounds.map(({ line, most }) => {
    const inputs = before && [
      { as: 'maximum', is: most },
      { as: 'at least', is: roundedAs('bound', raised(before, by(line)), { words, place }) },
    ]
    const held = inputs ? derive('largest', inputs, { of: clause }, said) : most
    if (!line.follows) before = held
    return { line, most: held }
  })
}

/** The amount before any condition, waiver or claim. */
function unconditional({ posted, amount, payer }: Line): Derivation {
  if (payer === 'provider') return posted
  let found = amount
  for (let before = amountBefore(found); before; before = amountBefore(found)) found = before
  return found
}
