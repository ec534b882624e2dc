import { Exact } from '../../kernel/exact.ts'
import type { Period } from '../../kernel/time.ts'
import type { Contract } from '../compile.ts'
import { namedPeriods } from '../declared.ts'
import { type Derivation, derive, type Input, leaf } from '../derivation.ts'
import { Faults } from '../fault.ts'
import type { ChargeWords, CreditWords } from '../language/price.ts'
import { restsOnFacts as isOfFacts } from '../measure/rests.ts'
import { countedFrom, parsePeriodRule, periodsWithin } from '../period.ts'
import { type Agreement, revisionAt } from '../revision.ts'
import type { Asking, Line } from '../scope.ts'
import { postingsOf } from './bill.ts'

type Words = ChargeWords & CreditWords
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
  const { contract } = revisionAt(agreement, range.start)
  const unbounded: string[] = []
  const inputs: Input[] = []
  for (const clause of postingsOf(agreement)) {
    const words = wordsOf(contract, clause)
    if (!words || (words.payer ?? payerOf(contract, clause)) !== 'consumer') continue
    const bounds = words.each
      ? eventBounds(words, { clause, contract, asking, range })
      : periodBounds(words, { clause, contract, asking, range })
    if (!bounds) unbounded.push(clause)
    else for (const is of bounds) inputs.push({ as: clause, is })
  }
  if (unbounded.length > 0) return { ceiling: undefined, unbounded }
  const said = { unit: contract.currency, name: 'ceiling' }
  return { ceiling: derive('sum', inputs, { of: 'ceiling', missing: Exact.zero }, said), unbounded }
}

function wordsOf({ words }: Contract, clause: string): Words | undefined {
  const term = words.terms?.[clause]
  const posting =
    term && ('charge' in term ? term.charge : 'credit' in term ? term.credit : undefined)
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
function periodBounds(words: Words, place: Place): Derivation[] | undefined {
  const { clause, contract, asking, range } = place
  const [rule] = contract.postings.get(clause)?.periods?.() ?? []
  if (words['for-each'] !== undefined || countedFrom(rule) !== undefined) return undefined
  const ending = asking.ending().value
  const lines = asking
    .lines(clause, range)
    .filter(({ service }) => typeof ending !== 'number' || !service || service.start < ending)
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

/** Events are as many as happen: only a limit bounds them, and none that each subject has for itself. */
function eventBounds({ limit, ...words }: Words, place: Place): Derivation[] | undefined {
  const { contract, range, asking, clause } = place
  const rule = limit && parsePeriodRule(limit.per, namedPeriods(contract.words, new Faults()))
  const windows = rule ? [...periodsWithin(rule, range, asking.frame)].length : 0
  if (!limit || limit.about || countedFrom(rule) !== undefined || windows === 0) return undefined
  const isFixed = !words.of && !words.measure && !words.rate && words.minimum === undefined
  const price = isFixed ? words.amount : undefined
  const most = constant(limit.amount, place) ?? timesEach(limit.times, price, place)
  if (!most) return undefined
  const inputs = [
    { as: 'periods', is: leaf(Exact.whole(windows)) },
    { as: 'limit', is: most },
  ]
  return [derive('times', inputs, undefined, { clause, unit: contract.currency })]
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
