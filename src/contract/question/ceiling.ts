import { Exact } from '../../kernel/exact.ts'
import type { Period } from '../../kernel/time.ts'
import { clipped, within } from '../../kernel/time.ts'
import { type Agreement, clausesIn, revisionAt } from '../agreement/revision.ts'
import type { Contract } from '../compile.ts'
import { type Derivation, derive, type Input, leaf } from '../derivation.ts'
import type { PostingWords } from '../language/price.ts'
import { restsOnFacts as isOfFacts } from '../measure/rests.ts'
import { countedFrom, periodsWithin } from '../period/period.ts'
import type { Asking, Line } from '../scope.ts'
import { postingWords } from '../term/term.ts'

type Ceiling = {
  /** Absent where some clause sets no bound. */
  readonly ceiling: Derivation | undefined
  readonly unbounded: readonly string[]
}

/**
 * The most that the consumer may have to pay: a price for periods that rests on no fact is due once in each, whatever
 * waives it; any other as far as a maximum or a limit bounds it. Credits count as if none were due.
 */
export function ceilingOf(agreement: Agreement, asking: Asking, range: Period): Ceiling {
  const { currency } = revisionAt(agreement, range.start).contract
  const unbounded: string[] = []
  const inputs: Input[] = []
  for (const clause of clausesIn(agreement, 'postings')) {
    const bounds = boundsOf(clause, { agreement, asking, range, currency })
    if (!bounds) unbounded.push(clause)
    else for (const is of bounds) inputs.push({ as: clause, is })
  }
  if (unbounded.length > 0) return { ceiling: undefined, unbounded }
  const said = { unit: currency, name: 'ceiling' }
  return { ceiling: derive('sum', inputs, { of: 'ceiling', missing: Exact.zero }, said), unbounded }
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
  const limits: Limited[] = []
  for (const { contract, governs } of agreement.revisions) {
    const words = wordsOf(contract, clause)
    if (!words || (words.payer ?? payerOf(contract, clause)) !== 'consumer') continue
    const own = clipped(range, governs)
    const place = { clause, contract, asking, range: own ?? range }
    if (words.each) {
      const all = own ? eventLimits(words, place) : []
      if (!all) return undefined
      limits.push(...all)
      continue
    }
    // What began under an earlier revision may be billed when another governs.
    const lines = asking
      .lines(clause, range)
      .filter(({ service, billed }) => within(service?.start ?? billed, governs))
    const all = own || lines.length > 0 ? periodBounds(words, { ...place, lines }) : []
    if (!all) return undefined
    found.push(...all)
  }
  return [...found, ...limitsTogether(limits, { clause, currency })]
}

function wordsOf({ words }: Contract, clause: string): PostingWords | undefined {
  const posting = postingWords(words.terms?.[clause])
  return (
    posting && { ...(posting.price === undefined ? {} : words.prices?.[posting.price]), ...posting }
  )
}

const payerOf = ({ words }: Contract, clause: string) =>
  'charge' in (words.terms?.[clause] ?? {}) ? 'consumer' : 'provider'

type Place = {
  readonly clause: string
  readonly contract: Contract
  readonly asking: Asking
  readonly range: Period
}

/** One amount for each period of the charge; for each of several, or from each fact on, there may be any number of them. */
function periodBounds(
  words: PostingWords,
  { lines: all, ...place }: Place & { readonly lines: readonly Line[] },
): Derivation[] | undefined {
  const { clause, contract, asking } = place
  const [rule] = contract.postings.get(clause)?.periods?.() ?? []
  if (words['for-each'] !== undefined || countedFrom(rule) !== undefined) return undefined
  const ending = asking.ending().value
  const lines = all.filter(
    ({ service }) => typeof ending !== 'number' || !service || service.start < ending,
  )
  const priced = contract.postings.get(clause)?.priced ?? []
  if (!restsOnFacts(priced, contract)) return lines.map(unconditional)
  // What is missing to an amount is never more than the amount.
  const most = words.minimum === undefined ? words['true-up']?.to : undefined
  // A bound that is a share of the base is no amount.
  const { of, maximum: written = '' } = words
  const isShare = written.endsWith('%') || contract.definitions.get(written)?.type().is !== 'money'
  const maximum = of && isShare && !isNumber(written) ? undefined : words.maximum
  const bound = constant(maximum ?? most, place)
  return bound && lines.filter(({ follows }) => !follows).map(() => bound)
}

/** The most that the events of a window come to together. */
type Limited = { readonly window: Period; readonly most: Derivation }

/** Events are as many as happen: only a limit bounds them, and none that each subject has for itself. */
function eventLimits({ limit, ...words }: PostingWords, place: Place): Limited[] | undefined {
  const { contract, range, asking, clause } = place
  const rule = contract.postings.get(clause)?.limitedIn
  const windows = rule ? [...periodsWithin(rule, range, asking.frame)] : []
  if (!limit || limit.about || countedFrom(rule) !== undefined || windows.length === 0)
    return undefined
  const isFixed = !words.of && !words.measure && !words.rate && words.minimum === undefined
  const price = isFixed ? words.amount : undefined
  const most = constant(limit.amount, place) ?? timesEach(limit.times, price, place)
  return most && windows.map((window) => ({ window, most }))
}

/** A window in which a revision changes the limit has the larger: what came before the change counts after it. */
function limitsTogether(
  all: readonly Limited[],
  { clause, currency }: { readonly clause: string; readonly currency: string },
): Derivation[] {
  const windows = Map.groupBy(all, ({ window }) => `${window.start} ${window.end}`)
  const largest = [...windows.values()].map((same) => same.map(({ most }) => most).reduce(larger))
  return [...Map.groupBy(largest, (most) => most)].map(([most, times]) => {
    const inputs = [
      { as: 'periods', is: leaf(Exact.whole(times.length)) },
      { as: 'limit', is: most },
    ]
    return derive('times', inputs, undefined, { clause, unit: currency })
  })
}

/** What nobody knows is kept: then the whole is unknown. */
function larger(one: Derivation, other: Derivation): Derivation {
  if (!(one.value instanceof Exact)) return one
  return other.value instanceof Exact && other.value.compare(one.value) <= 0 ? one : other
}

function timesEach(
  times: string | undefined,
  amount: string | undefined,
  place: Place,
): Derivation | undefined {
  const [count, each] = [constant(times, place), constant(amount, place)]
  if (!count || !each) return undefined
  const inputs = [
    { as: 'times', is: count },
    { as: 'amount', is: each },
  ]
  return derive('times', inputs, undefined, { clause: place.clause })
}

/** A number, or a name that rests on no fact; of a formula nobody says here what it may come to. */
function constant(text: string | undefined, place: Place): Derivation | undefined {
  const { clause, contract, asking, range } = place
  if (text === undefined) return undefined
  const said = { clause, unit: contract.currency }
  if (isNumber(text)) return leaf(Exact.of(text), said)
  const definition = contract.definitions.get(text)
  const isFree = definition?.sort === 'agreed' || definition?.sort === 'table'
  if (!definition || !isFree || restsOnFacts([text], contract)) return undefined
  return definition.evaluate({ asking, at: range.start })
}

const isNumber = (text: string) => /^\d+(\.\d+)?$/.test(text)

const restsOnFacts = (names: readonly string[], { definitions, readsOf }: Contract) =>
  isOfFacts(names, { find: (name) => definitions.get(name), readsOf })

/** The amount before any condition, waiver or claim. */
function unconditional({ posted, amount, payer }: Line): Derivation {
  if (payer === 'provider') return posted
  let found = amount
  for (let inner = innerAmount(found); inner !== undefined; inner = innerAmount(found))
    found = inner
  return found
}

const innerAmount = ({ operation, from }: Derivation) =>
  operation === 'when' || operation === 'waive' || operation === 'claimed'
    ? from.find(({ as }) => as === 'amount')?.is
    : undefined
