import { Exact } from '../../kernel/exact.ts'
import { type Instant, Length } from '../../kernel/time.ts'
import type { Derivation, Input } from '../derivation.ts'
import {
  Absent,
  isNothingDue,
  isUnknown,
  joinedUnknown,
  leftOut,
  notAgreed,
  sameValue,
  unknown,
  type Value,
} from '../value.ts'

/** What the operations make of what is absent, and the forms that most of them have. */

export type Values = readonly Value[]
export type Missing = { missing?: Value; of: string }
/** Of many values only so many of the highest, or of the lowest. */
export type Chosen = { highest?: number; lowest?: number }

export const first = (values: Values): Value => values[0] ?? notAgreed
const isExact = (value: Value): value is Exact => value instanceof Exact
export const isLeftOut = (value: Value) => value instanceof Absent && value.kind === 'left-out'
/** A condition that does not hold: no, or of what was never due. */
export const isNot = (condition: Value | undefined) =>
  condition === false || (condition !== undefined && isNothingDue(condition))
export const unknownOf = (value: Value | undefined): Value =>
  value instanceof Absent && value.kind !== 'nothing-due' ? value : unknown('a condition')

/** Unknown before not agreed; undefined when every value is there (nothing due is there, as zero). */
export function absence(values: Values): Absent | undefined {
  let notThere: Absent | undefined
  for (const value of values)
    if (value instanceof Absent) {
      if (value.kind === 'unknown') return joinedUnknown(values)
      if (value.kind === 'left-out') return unknown('an earlier event')
      if (value.kind !== 'nothing-due') notThere = notAgreed
    }
  return notThere
}

export function exact(compute: (...values: Exact[]) => Value) {
  return (values: Values): Value => {
    for (const value of values)
      if (!(value instanceof Exact)) return absence(values) ?? compute(...values.map(numberOf))
    return compute(...(values as readonly Exact[]))
  }
}

export function numberOf(value: Value): Exact {
  if (value instanceof Exact) return value
  if (isNothingDue(value)) return Exact.zero
  if (value instanceof Length && value.minutes) return value.minutes
  throw new TypeError(`arithmetic on ${typeof value}: the type check let it through`)
}

export function compared(holds: (order: number) => boolean) {
  return (values: Values): Value => {
    const left = values[0]
    const right = values[1]
    if (left instanceof Exact && right instanceof Exact) return holds(left.compare(right))
    // What never happened is at no distance: no comparison with it holds.
    if (values.some(isLeftOut)) return false
    const absent = absence(values)
    if (absent) return absent
    // What was never due is neither yes nor no; beside a number it is nought.
    if (values.some(isNothingDue) && values.some((value) => typeof value === 'boolean'))
      return false
    const order = orderOf(left ?? notAgreed, right ?? notAgreed)
    return order === undefined ? unknown('lengths in one unit') : holds(order)
  }
}

function orderOf(left: Value, right: Value): number | undefined {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (left instanceof Temporal.PlainDate && right instanceof Temporal.PlainDate)
    return Temporal.PlainDate.compare(left, right)
  if (typeof left === 'string' || typeof left === 'boolean') return sameValue(left, right) ? 0 : 1
  if (left instanceof Length && right instanceof Length) return lengthOrder(left, right)
  return numberOf(left).compare(numberOf(right))
}

/** Elapsed lengths have an order, and lengths of one unit; whether 30 days are a month nobody can say. */
function lengthOrder(left: Length, right: Length): number | undefined {
  if (left.minutes && right.minutes) return left.minutes.compare(right.minutes)
  return left.unit === right.unit ? left.count.compare(right.count) : undefined
}

/**
 * Whether all are yes (`decides` no) or any is yes (`decides` yes), with one unknown in doubt making it unknown. What was
 * never due was neither kept nor missed: it does not hold, and its contrary does not either.
 */
export function allOrAny(given: Values, decides: boolean): Value {
  const values = given.some(isNothingDue)
    ? given.map((value) => !isNothingDue(value) && value)
    : given
  if (values.includes(decides)) return decides
  const open = values.filter((value) => typeof value !== 'boolean')
  return open.length === 0
    ? !decides
    : open.some(isUnknown)
      ? joinedUnknown(open)
      : unknown('a condition')
}

export function aggregate(compute: (kept: readonly Exact[]) => Exact, none?: Exact) {
  return (values: Values, { missing, of, ...chosen }: Missing & Chosen): Value => {
    // Nearly always all of them are numbers, or all that a condition left.
    if (values.length > 0 && values.every(isExact)) return compute(chosenOf(values, chosen))
    const kept = values.filter((value) => !isLeftOut(value))
    if (kept.length > 0 && kept.every(isExact)) return compute(chosenOf(kept, chosen))
    if (kept.length === 0) return missing ?? none ?? unknown(of)
    // Lines of which nothing is due are together what no line is.
    if (missing !== undefined && isNothingDue(missing) && kept.every(isNothingDue)) return missing
    return absence(kept) ?? compute(chosenOf(kept.map(numberOf), chosen))
  }
}

/** How many there are of what is known, whatever it is. */
export const counting =
  (count: (kept: Values) => number) =>
  (values: Values, { missing }: Missing): Value => {
    const kept = values.filter((value) => !isLeftOut(value))
    if (kept.some(isUnknown)) return joinedUnknown(kept)
    return kept.length === 0 ? (missing ?? Exact.zero) : Exact.whole(count(kept))
  }

function chosenOf(values: readonly Exact[], { highest, lowest }: Chosen): readonly Exact[] {
  const count = highest ?? lowest
  if (count === undefined) return values
  const rising = [...values].sort((left, right) => left.compare(right))
  return highest === undefined ? rising.slice(0, count) : rising.slice(-count)
}

/** What one of these chooses among: `first` its inputs, `first-from` and `first-after` those beside the start. */
export const candidatesOf = ({ operation, from }: Derivation): readonly Input[] =>
  operation === 'first' ? from : from.slice(1)

export function nearest(
  candidates: Values,
  fits: (at: Instant) => boolean,
  choose: (a: number, b: number) => number,
): Value {
  const open = candidates.filter((value) => !isLeftOut(value))
  if (open.some(isUnknown)) return joinedUnknown(open)
  const fitting = open.filter((value): value is Instant => typeof value === 'number' && fits(value))
  return fitting.length === 0 ? leftOut : fitting.reduce((best, at) => choose(best, at))
}

/** Of n values the highest n × (1 − rank), rounded down, are dropped; the next highest is the percentile. */
export const percentile =
  (rank: Exact) =>
  (kept: readonly Exact[]): Exact => {
    const dropped = Exact.whole(kept.length).times(Exact.one.minus(rank)).floor()
    const falling = [...kept].sort((left, right) => right.compare(left))
    return falling[Number(dropped.text)] ?? Exact.zero
  }

/**
 * Conditions and rows in turn: the most rows in a row for which it holds. What is not known is no and yes; where this
 * makes no difference the run is known all the same.
 */
export function longestRun(values: Values, { missing }: Missing): Value {
  const conditions = values.filter(
    (_, at) => at % 2 === 0 && !isLeftOut(values[at + 1] ?? notAgreed),
  )
  if (conditions.length === 0) return missing ?? Exact.zero
  const longest = (inDoubt: boolean) => {
    let [run, most] = [0, 0]
    for (const holds of conditions) {
      run = holds === true || (inDoubt && holds !== false) ? run + 1 : 0
      most = Math.max(most, run)
    }
    return most
  }
  return longest(false) === longest(true)
    ? Exact.whole(longest(true))
    : joinedUnknown(conditions.map(unknownIfAbsent))
}

const unknownIfAbsent = (value: Value) => (typeof value === 'boolean' ? value : unknownOf(value))
