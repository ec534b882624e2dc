import { Exact } from '../kernel/exact.ts'
import { type Instant, type Length, utcText } from '../kernel/time.ts'

/** A stretch of time as a fact reports it; `end` is absent while it is still open. */
export class Span {
  readonly start: Instant
  readonly end: Instant | undefined

  constructor(start: Instant, end?: Instant) {
    this.start = start
    this.end = end
  }
}

/**
 * What stands where a value does not. `nothing-due`: a clause speaks and nothing is owed. `not-agreed`: no clause speaks.
 * `unknown`: facts are missing, and named. The last two are never zero. `left-out` marks a fact that a condition set aside.
 */
export class Absent {
  readonly kind: 'nothing-due' | 'not-agreed' | 'unknown' | 'left-out'
  readonly missing: readonly string[]

  constructor(kind: Absent['kind'], missing: readonly string[] = []) {
    this.kind = kind
    this.missing = missing
  }
}

export const nothingDue = new Absent('nothing-due')
export const notAgreed = new Absent('not-agreed')
export const leftOut = new Absent('left-out')
export const unknown = (...missing: string[]) => new Absent('unknown', missing)

/** A number in `Value` is an instant; quantities and money are `Exact`, text and choices are strings. */
export type Value = Exact | boolean | string | Instant | Temporal.PlainDate | Length | Span | Absent

export const isNothingDue = (value: Value): boolean =>
  value instanceof Absent && value.kind === 'nothing-due'

export const isUnknown = (value: Value): value is Absent =>
  value instanceof Absent && value.kind === 'unknown'

/** Several unknowns are one unknown that names all that is missing, each once. */
export function joinedUnknown(values: readonly Value[]): Absent {
  const missing = values.flatMap((value) => (isUnknown(value) ? value.missing : []))
  return new Absent('unknown', [...new Set(missing)])
}

export function sameValue(left: Value, right: Value): boolean {
  if (left instanceof Exact) return right instanceof Exact && left.equals(right)
  return valueKey(left) === valueKey(right)
}

/** One text for each value and for no other: a word that is written like a number is not that number. */
export const valueKey = (value: Value): string =>
  `${value instanceof Exact ? 'exact' : typeof value} ${valueText(value)}`

/** One text for each value, for data and for comparing; `-` alone is an open end. */
export function valueText(value: Value): string {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return utcText(value)
  if (value instanceof Span)
    return `${utcText(value.start)} to ${value.end === undefined ? '-' : utcText(value.end)}`
  if (value instanceof Absent) return value.kind
  return value instanceof Temporal.PlainDate ? value.toString() : value.text
}
