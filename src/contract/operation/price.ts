import { Exact, greatest, least, type RoundingMode } from '../../kernel/exact.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Derivation } from '../derivation.ts'
import { isNothingDue, notAgreed, nothingDue, sameValue, type Value } from '../value.ts'
import { absence, numberOf } from './value.ts'

export type Edges = { from?: number; above?: number; below?: number; upTo?: number }
/** Places among the inputs; `gives` is what the band gives. */
export type BandEdges = Edges & { gives: number }
export type TierSettings = {
  mode: 'graduated' | 'volume'
  /** Places among the inputs. The last tier has no `upTo`. */
  rows: readonly { upTo?: number; rate?: number; amount?: number }[]
}
export type Pattern =
  | { is: 'any' }
  | { is: 'value'; value: Value }
  | ({ is: 'range' } & Partial<Record<'from' | 'above' | 'below' | 'upTo', Edge>>)
/** Numbers, dates and instants have an order. */
export type Edge = Exact | Temporal.PlainDate | Instant
/** The numbers that make sense somewhere: a step is above zero, a limit counts whole times. */
export type Range = {
  readonly above?: Exact
  readonly from?: Exact
  readonly upTo?: Exact
  readonly isWhole?: true
}

export const isInside = (value: Exact, { above, from, upTo, isWhole }: Range): boolean =>
  (!above || value.compare(above) > 0) &&
  (!from || value.compare(from) >= 0) &&
  (!upTo || value.compare(upTo) <= 0) &&
  (!isWhole || value.isWhole)

export type DaySettings = { days: Exact; to: Exact; mode: RoundingMode }

/** What a day costs is rounded first; rounded upwards, so many of them are still at most the whole. */
export function byTheDay(amount: Exact, share: Exact, { days, to, mode }: DaySettings): Exact {
  const part = amount.over(days).rounded(to, mode).times(share.times(days))
  return amount.compare(Exact.zero) < 0 ? greatest(part, amount) : least(part, amount)
}

export function tiered(values: readonly Exact[], settings: TierSettings): Exact {
  return Exact.sum(reachedTiers(values, settings).map(({ price }) => price))
}

/** One that took part: from above its lower edge, so much of the quantity, at its price. */
type ReachedTier = {
  readonly row: TierSettings['rows'][number]
  readonly lower: Exact
  readonly within: Exact
  readonly price: Exact
}

/**
 * A tier is reached when the quantity is above its lower edge, so nothing used reaches none; but one up to 0 is reached
 * whatever is used. By volume the last that is reached prices all of it.
 */
export function reachedTiers(
  values: readonly Exact[],
  { mode, rows }: TierSettings,
): readonly ReachedTier[] {
  const quantity = values[0] ?? Exact.zero
  const input = (place: number | undefined) =>
    place === undefined ? Exact.zero : (values[place] ?? Exact.zero)
  const reached: ReachedTier[] = []
  let lower = Exact.zero
  for (const row of rows) {
    const upper = row.upTo === undefined ? quantity : input(row.upTo)
    const isOfNothing = row.upTo !== undefined && upper.isZero
    if (quantity.compare(lower) <= 0 && !isOfNothing) break
    const within = mode === 'volume' ? quantity : least(quantity, upper).minus(lower)
    const price = within.times(input(row.rate)).plus(input(row.amount))
    reached.push({ row, lower, within, price })
    lower = upper
  }
  return mode === 'volume' ? reached.slice(-1) : reached
}

/** Of a line at most what was not credited of it before; where all of it was, nothing is due. */
export function creditable(values: readonly Value[]): Value {
  const [amount = notAgreed] = values
  if (isNothingDue(amount) || (amount instanceof Exact && amount.compare(Exact.zero) <= 0))
    return amount
  const absent = absence(values)
  if (absent) return absent
  const [due = Exact.zero, base = Exact.zero, before = Exact.zero] = values.map(numberOf)
  const left = base.minus(before)
  return left.compare(Exact.zero) > 0 ? least(due, left) : nothingDue
}

/** The amount before a condition, a waiver or a claim decided whether it is due; undefined where none of these did. */
export function amountBefore({ operation, from }: Derivation): Derivation | undefined {
  if (operation === 'waive') return from[0]?.is
  return operation === 'when' || operation === 'claimed' ? from[1]?.is : undefined
}

export function insideBand(quantity: Exact, edges: Edges, values: readonly Value[]): boolean {
  const order = (place: number) => quantity.compare(numberOf(values[place] ?? notAgreed))
  return (
    (edges.from === undefined || order(edges.from) >= 0) &&
    (edges.above === undefined || order(edges.above) > 0) &&
    (edges.below === undefined || order(edges.below) < 0) &&
    (edges.upTo === undefined || order(edges.upTo) <= 0)
  )
}

export function matches(pattern: Pattern, value: Value): boolean {
  if (pattern.is === 'any') return true
  if (pattern.is === 'value') return sameValue(pattern.value, value)
  const { from, above, below, upTo } = pattern
  const fits = (edge: Edge | undefined, holds: (order: number) => boolean) => {
    const order = edge === undefined ? 0 : edgeOrder(value, edge)
    return edge === undefined || (order !== undefined && holds(order))
  }
  return (
    fits(from, (order) => order >= 0) &&
    fits(above, (order) => order > 0) &&
    fits(below, (order) => order < 0) &&
    fits(upTo, (order) => order <= 0)
  )
}

/** Which comes first; undefined between values of different sorts. */
function edgeOrder(value: Value, edge: Edge): number | undefined {
  if (value instanceof Exact && edge instanceof Exact) return value.compare(edge)
  if (typeof value === 'number' && typeof edge === 'number') return value - edge
  if (value instanceof Temporal.PlainDate && edge instanceof Temporal.PlainDate)
    return Temporal.PlainDate.compare(value, edge)
  return undefined
}
