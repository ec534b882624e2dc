import { Exact, least } from '../kernel/exact.ts'
import { numberOf } from './operation-value.ts'
import { notAgreed, sameValue, type Value } from './value.ts'

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
  | { is: 'range'; from?: Exact; above?: Exact; below?: Exact; upTo?: Exact }

/** A tier is reached when the quantity is above its lower edge, so nothing used reaches none. */
export function tiered(values: readonly Exact[], { mode, rows }: TierSettings): Exact {
  const quantity = values[0] ?? Exact.zero
  const input = (place: number | undefined) =>
    place === undefined ? Exact.zero : (values[place] ?? Exact.zero)
  let total = Exact.zero
  let lower = Exact.zero
  for (const row of rows) {
    if (quantity.compare(lower) <= 0) break
    const upper = row.upTo === undefined ? quantity : input(row.upTo)
    const within = mode === 'volume' ? quantity : least(quantity, upper).minus(lower)
    const price = within.times(input(row.rate)).plus(input(row.amount))
    total = mode === 'volume' ? price : total.plus(price)
    lower = upper
  }
  return total
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
  if (!(value instanceof Exact)) return false
  return (
    (!pattern.from || value.compare(pattern.from) >= 0) &&
    (!pattern.above || value.compare(pattern.above) > 0) &&
    (!pattern.below || value.compare(pattern.below) < 0) &&
    (!pattern.upTo || value.compare(pattern.upTo) <= 0)
  )
}
