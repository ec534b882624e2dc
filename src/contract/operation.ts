import { Exact, greatest, least, type RoundingMode } from '../kernel/exact.ts'
import { daysBetween, type Instant, Length, type LengthUnit, local, minutesBetween, type Period } from '../kernel/time.ts'
import { type Calendar, common, isOpen, openWithin, united, weekdays, without } from './calendar.ts'
import { deadlineAfter, type DeadlineSettings, endOfPeriod, onBusinessDay } from './deadline.ts'
import { Absent, isUnknown, joinedUnknown, leftOut, notAgreed, nothingDue, sameValue, Span, unknown, type Value } from './value.ts'

/**
 * The closed list. Every value that is not a leaf comes from one of these pure functions, and every one of them says
 * what it makes of what is absent: *unknown* and *not agreed* pass through; *nothing due* counts as zero in arithmetic.
 */
export const operations = {
  // Arithmetic
  plus: exact((left, right) => left.plus(right)),
  minus: exact((left, right) => left.minus(right)),
  /** A share or base of nothing due is nothing due. */
  times: (values: Values) => (values.some(isNothingDue) ? nothingDue : product(values)),
  /** Division by zero is unknown: neither no, nor nothing. */
  over: exact((left, right) => (right.isZero ? unknown('a divisor other than zero') : left.over(right))),
  negated: (values: Values) => (isNothingDue(first(values)) ? nothingDue : opposite(values)),
  least: exact((...all) => all.reduce(least)),
  greatest: exact((...all) => all.reduce(greatest)),
  whole: exact((value) => value.floor()),
  started: exact((value) => value.ceiling()),
  round: (values: Values, { to, mode }: { to: Exact; mode: RoundingMode }) =>
    values[0] instanceof Exact ? values[0].rounded(to, mode) : first(values),
  length: (values: Values, { unit }: { unit: LengthUnit }) =>
    values[0] instanceof Exact ? new Length(values[0], unit) : first(values),

  // Comparison and logic: three-valued, all branches evaluated
  same: compared((order) => order === 0),
  other: compared((order) => order !== 0),
  below: compared((order) => order < 0),
  'up-to': compared((order) => order <= 0),
  above: compared((order) => order > 0),
  from: compared((order) => order >= 0),
  'one-of': ([value, ...choices]: Values) =>
    absence([value ?? notAgreed]) ?? choices.some((choice) => sameValue(choice, value ?? notAgreed)),
  not: ([value]: Values) => (typeof value === 'boolean' ? !value : (value ?? notAgreed)),
  /** One no is no; else one unknown is unknown. */
  all: (values: Values) => truth(values, false),
  /** One yes is yes; else one unknown is unknown. */
  any: (values: Values) => truth(values, true),
  choose: ([condition, yes, no]: Values) =>
    (condition === true ? yes : condition === false ? no : condition) ?? notAgreed,

  // Facts
  /** The value where the condition holds; a fact that it sets aside stays in the derivation as left out. */
  keep: ([condition, value]: Values) =>
    condition === true ? (value ?? notAgreed) : condition === false ? leftOut : unknownOf(condition),
  sum: aggregate((kept) => kept.reduce((sum, value) => sum.plus(value), Exact.zero), Exact.zero),
  count: (values: Values, { missing }: Missing) => {
    const kept = values.filter((value) => !isLeftOut(value))
    if (kept.some(isUnknown)) return joinedUnknown(kept)
    return kept.length === 0 ? (missing ?? Exact.zero) : Exact.whole(kept.length)
  },
  smallest: aggregate((kept) => kept.reduce(least)),
  largest: aggregate((kept) => kept.reduce(greatest)),
  average: aggregate((kept) => kept.reduce((sum, value) => sum.plus(value)).over(Exact.whole(kept.length))),
  unique: (values: Values, _settings: Missing) => {
    const kept = values.filter((value) => !isLeftOut(value))
    if (kept.some(isUnknown)) return joinedUnknown(kept)
    return Exact.whole(kept.filter((value, at) => kept.findIndex((one) => sameValue(one, value)) === at).length)
  },
  /** Inputs stand in the order of their time. */
  first: (values: Values, { missing, of }: Missing) =>
    values.find((value) => !isLeftOut(value)) ?? missing ?? unknown(of),
  last: (values: Values, { missing, of }: Missing) =>
    values.findLast((value) => !isLeftOut(value)) ?? missing ?? unknown(of),

  // Time
  /** Always in this order: select, unite overlaps, clip to the period, take out exclusions, keep open hours, treat each, add up. */
  time: (values: Values, settings: TimeSettings) => {
    const kept = values.filter((value) => !isLeftOut(value))
    if (kept.some(isUnknown)) return joinedUnknown(kept)
    return totalTime(values, settings)
  },
  /** From one instant to another, or over a span. */
  elapsed: ([from, to]: Values, { unit, zone }: { unit: TimeUnit; zone: string }) => {
    if (from instanceof Span)
      return from.end === undefined ? unknown('its end') : inUnit([{ start: from.start, end: from.end }], unit, zone)
    if (from !== undefined && isLeftOut(from)) return leftOut
    if (typeof from !== 'number' || typeof to !== 'number') return absence([from ?? notAgreed, to ?? notAgreed]) ?? notAgreed
    return inUnit([{ start: from, end: to }], unit, zone)
  },
  /** What the clock on the wall of the zone shows at an instant, or at the start of a span. */
  'clock-part': ([value]: Values, { part, zone }: { part: ClockPart; zone: string }) => {
    const at = value instanceof Span ? value.start : value
    return typeof at === 'number' ? clockPart(at, part, zone) : (at ?? notAgreed)
  },
  open: ([at]: Values, { calendar }: { calendar: Calendar }) =>
    typeof at === 'number' ? isOpen(calendar, at) : (at ?? notAgreed),
  start: ([span]: Values) => (span instanceof Span ? span.start : (span ?? notAgreed)),
  end: ([span]: Values) => (span instanceof Span ? (span.end ?? leftOut) : (span ?? notAgreed)),
  /** The first candidate at or after the first input; left out when there is none yet. */
  'first-from': ([from, ...candidates]: Values) => nearest(candidates, (at) => typeof from === 'number' && at >= from, Math.min),
  /** The last candidate at or before the first input; left out when it never happened. */
  'last-until': ([until, ...candidates]: Values) => nearest(candidates, (at) => typeof until === 'number' && at <= until, Math.max),

  // Deadlines
  'after-length': ([start, length, ...pauses]: Values, settings: DeadlineSettings) =>
    absence([start ?? notAgreed, length ?? notAgreed]) ?? deadlineAfter(start as Instant, length as Length, spansOf(pauses), settings),
  'end-of-period': ([start]: Values, settings: Parameters<typeof endOfPeriod>[1]) =>
    typeof start === 'number' ? endOfPeriod(start, settings) : (start ?? notAgreed),
  'business-day': ([start]: Values, settings: Parameters<typeof onBusinessDay>[1]) =>
    typeof start === 'number' ? onBusinessDay(start, settings) : (start ?? notAgreed),
  /** Kept, missed, or not known yet: what is not due yet has not failed. A length includes its last instant. */
  met: ([due, stop]: Values, { asOf, last }: { asOf: Instant; last: 'included' | 'excluded' }) => {
    if (typeof due !== 'number') return due ?? notAgreed
    const inTime = (at: Instant) => (last === 'included' ? at <= due : at < due)
    if (typeof stop === 'number') return inTime(stop)
    if (stop !== undefined && isUnknown(stop)) return stop
    return inTime(asOf) ? unknown('what would keep it') : false
  },
  /** How long a duty stood unmet: from its deadline until it was done, or still open. */
  overdue: ([due, stop]: Values, { asOf }: { asOf: Instant }) => {
    if (typeof due !== 'number') return due === undefined || due instanceof Absent ? leftOut : leftOut
    if (typeof stop === 'number') return stop > due ? new Span(due, stop) : leftOut
    return asOf > due ? new Span(due) : leftOut
  },

  // Price
  less: exact((quantity, included) => greatest(quantity.minus(included), Exact.zero)),
  steps: (values: Values, { rounded }: { rounded: 'up' | 'down' | 'nearest' }) =>
    exact((quantity, size) => {
      if (size.isZero) return unknown('a step other than zero')
      const mode = rounded === 'nearest' ? 'half-up' : rounded
      return quantity.over(size).rounded(Exact.one, mode)
    })(values),
  tiers: (values: Values, settings: TierSettings) => absence(values) ?? tiered(values as readonly Exact[], settings),
  /** The row whose edges hold the quantity; outside all of them nothing is due. */
  band: (values: Values, { rows }: { rows: readonly BandEdges[] }) => {
    const quantity = first(values)
    if (!(quantity instanceof Exact)) return absence([quantity]) ?? nothingDue
    const row = rows.find((edges) => insideBand(quantity, edges, values))
    return row ? (values[row.then] ?? notAgreed) : nothingDue
  },
  /** The share of a period that the agreement covers, by whole days or by elapsed time. */
  covered: (_values: Values, settings: CoveredSettings) => coveredShare(settings),
  /** Nothing is due unless the condition holds; the amount it decided over stays in the derivation. */
  when: ([condition, amount]: Values) =>
    condition === true ? (amount ?? notAgreed) : condition === false ? nothingDue : unknownOf(condition),
  /** Nothing is due if any waiver holds. */
  waive: ([amount, ...waivers]: Values) => {
    const waived = truth(waivers, true)
    return waived === true ? nothingDue : waived === false ? (amount ?? notAgreed) : unknownOf(waived)
  },

  // Tables and standings
  /** The first row whose patterns all hold: keys first, then what each row gives. */
  row: (values: Values, { keys, rows }: { keys: number; rows: readonly (readonly Pattern[])[] }) => {
    const asked = values.slice(0, keys)
    const absent = absence(asked)
    if (absent) return absent
    const found = rows.findIndex((row) => row.every((pattern, at) => matches(pattern, asked[at] ?? notAgreed)))
    return found < 0 ? unknown('a row that fits') : (values[keys + found] ?? notAgreed)
  },
  /** What stands after all changes: the last that was not left out; an unknown change makes it unknown. */
  standing: (values: Values) => values.findLast((value) => !isLeftOut(value)) ?? notAgreed,
  /** What a right has become: `ended` is final, whatever comes after it. */
  right: (values: Values) => {
    const ended = values.findIndex((value) => value === 'ended')
    return values.slice(0, ended < 0 ? values.length : ended + 1).findLast((value) => !isLeftOut(value)) ?? notAgreed
  },
  /** Allowed when every step allows; the first that does not is what decides. */
  permit: (values: Values) => truth(values, false),
} satisfies Record<string, (values: Values, settings: never) => Value>

export type OperationName = keyof typeof operations
export type SettingsOf<Name extends OperationName> = Parameters<(typeof operations)[Name]> extends [
  Values,
  infer Settings,
]
  ? Settings
  : undefined

type Values = readonly Value[]
type Missing = { missing?: Value; of: string }
export type TimeUnit = 'minutes' | 'hours' | 'days'
export type ClockPart = 'date' | 'weekday' | 'minute_of_day' | 'time'
export type Edges = { from?: number; above?: number; below?: number; upTo?: number }
/** Places among the inputs; `then` is what the band gives. */
type BandEdges = Edges & { then: number }
export type TierSettings = {
  mode: 'graduated' | 'volume'
  /** Places among the inputs. The last tier has no `upTo`. */
  rows: readonly { upTo?: number; rate?: number; amount?: number }[]
}
export type Pattern =
  | { is: 'any' }
  | { is: 'value'; value: Value }
  | { is: 'range'; from?: Exact; above?: Exact; below?: Exact; upTo?: Exact }
export type TimeSettings = {
  /** How many inputs are the spans to add up; the others are exclusions. */
  spans: number
  window: Period
  unit: TimeUnit
  zone: string
  calendar?: Calendar
  longerThan?: Exact
  /** Each stretch is rounded to so many minutes before adding. */
  each?: { to: Exact; mode: RoundingMode }
}
export type CoveredSettings = {
  covered: Period
  whole: Period
  by: 'days' | 'time'
  zone: string
  /** A month of so many days instead of its own. */
  days?: Exact
}

const opposite = exact((value) => value.negated())
const product = exact((left, right) => left.times(right))
const isNothingDue = (value: Value) => value instanceof Absent && value.kind === 'nothing-due'
const first = (values: Values): Value => values[0] ?? notAgreed
const isLeftOut = (value: Value) => value instanceof Absent && value.kind === 'left-out'
const unknownOf = (value: Value | undefined): Value =>
  value instanceof Absent && value.kind !== 'nothing-due' ? value : unknown('a condition')

/** Unknown before not agreed; undefined when every value is there (nothing due is there, as zero). */
function absence(values: Values): Absent | undefined {
  let notThere: Absent | undefined
  for (const value of values)
    if (value instanceof Absent) {
      if (value.kind === 'unknown') return joinedUnknown(values)
      if (value.kind === 'left-out') return unknown('an earlier event')
      if (value.kind !== 'nothing-due') notThere = notAgreed
    }
  return notThere
}

function exact(compute: (...values: Exact[]) => Value) {
  return (values: Values): Value => {
    for (const value of values)
      if (!(value instanceof Exact)) return absence(values) ?? compute(...values.map(numberOf))
    return compute(...(values as readonly Exact[]))
  }
}

function numberOf(value: Value): Exact {
  if (value instanceof Exact) return value
  if (value instanceof Absent && value.kind === 'nothing-due') return Exact.zero
  if (value instanceof Length && value.minutes) return value.minutes
  throw new TypeError(`arithmetic on ${typeof value}: the type check let it through`)
}

function compared(holds: (order: number) => boolean) {
  return (values: Values): Value => {
    const [left, right] = values
    if (left instanceof Exact && right instanceof Exact) return holds(left.compare(right))
    // What never happened is at no distance: no comparison with it holds.
    if (values.some(isLeftOut)) return false
    const absent = absence(values)
    return absent ?? holds(orderOf(left ?? notAgreed, right ?? notAgreed))
  }
}

function orderOf(left: Value, right: Value): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (left instanceof Temporal.PlainDate && right instanceof Temporal.PlainDate)
    return Temporal.PlainDate.compare(left, right)
  if (typeof left === 'string' || typeof left === 'boolean') return sameValue(left, right) ? 0 : 1
  return numberOf(left).compare(numberOf(right))
}

/** Whether all are yes (`decides` no) or any is yes (`decides` yes), with one unknown in doubt making it unknown. */
function truth(values: Values, decides: boolean): Value {
  if (values.includes(decides)) return decides
  const open = values.filter((value) => typeof value !== 'boolean')
  return open.length === 0 ? !decides : open.some(isUnknown) ? joinedUnknown(open) : unknown('a condition')
}

function aggregate(compute: (kept: readonly Exact[]) => Exact, none?: Exact) {
  return (values: Values, { missing, of }: Missing): Value => {
    const kept = values.filter((value) => !isLeftOut(value))
    const absent = absence(kept)
    if (absent) return absent
    if (kept.length === 0) return missing ?? none ?? unknown(of)
    return compute(kept.map(numberOf))
  }
}

function nearest(candidates: Values, fits: (at: Instant) => boolean, choose: (a: number, b: number) => number): Value {
  const open = candidates.filter((value) => !isLeftOut(value))
  if (open.some(isUnknown)) return joinedUnknown(open)
  const fitting = open.filter((value): value is Instant => typeof value === 'number' && fits(value))
  return fitting.length === 0 ? leftOut : fitting.reduce((best, at) => choose(best, at))
}

const spansOf = (values: Values) => values.filter((value) => value instanceof Span)

function totalTime(values: Values, settings: TimeSettings): Exact {
  const { window, calendar } = settings
  const closed = (value: Value): Period[] =>
    value instanceof Span ? [{ start: value.start, end: value.end ?? window.end }] : []
  const clipped = common(united(values.slice(0, settings.spans).flatMap(closed)), [window])
  const counted = without(clipped, values.slice(settings.spans).flatMap(closed))
  const open = calendar ? common(counted, openWithin(calendar, window)) : counted
  return inUnit(open, settings.unit, settings.zone, settings)
}

/** Each stretch is treated by itself: rounding after adding is another promise. */
function inUnit(
  stretches: readonly Period[],
  unit: TimeUnit,
  zone: string,
  { longerThan, each }: Pick<TimeSettings, 'longerThan' | 'each'> = {},
): Exact {
  let sum = Exact.zero
  for (const { start, end } of stretches) {
    const minutes = minutesBetween(start, end)
    if (longerThan && minutes.compare(longerThan) <= 0) continue
    const treated = each ? minutes.rounded(each.to, each.mode) : minutes
    sum = sum.plus(unit === 'days' ? (each ? treated.over(Exact.whole(1440)) : daysBetween(start, end, zone)) : treated)
  }
  return unit === 'hours' ? sum.over(Exact.whole(60)) : sum
}

function clockPart(at: Instant, part: ClockPart, zone: string): Value {
  const clock = local(at, zone)
  if (part === 'date') return clock.toPlainDate()
  if (part === 'weekday') return weekdays[clock.dayOfWeek - 1] ?? 'mon'
  const minute = Exact.whole(clock.hour * 60 + clock.minute)
  return part === 'minute_of_day' ? minute : minute.plus(Exact.ratio(clock.second * 1000 + clock.millisecond, 60_000))
}

/** A tier is reached when the quantity is above its lower edge, so nothing used reaches none. */
function tiered(values: readonly Exact[], { mode, rows }: TierSettings): Exact {
  const quantity = values[0] ?? Exact.zero
  const input = (place: number | undefined) => (place === undefined ? Exact.zero : (values[place] ?? Exact.zero))
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

function insideBand(quantity: Exact, edges: Edges, values: Values): boolean {
  const order = (place: number) => quantity.compare(numberOf(values[place] ?? notAgreed))
  return (
    (edges.from === undefined || order(edges.from) >= 0) &&
    (edges.above === undefined || order(edges.above) > 0) &&
    (edges.below === undefined || order(edges.below) < 0) &&
    (edges.upTo === undefined || order(edges.upTo) <= 0)
  )
}

function matches(pattern: Pattern, value: Value): boolean {
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

function coveredShare({ covered, whole, by, zone, days }: CoveredSettings): Exact {
  if (by === 'time') return minutesBetween(covered.start, covered.end).over(minutesBetween(whole.start, whole.end))
  const date = (at: Instant) => local(at, zone).toPlainDate()
  const count = (period: Period) => {
    const last = date(period.end - 1)
    return Exact.whole(date(period.start).until(last, { largestUnit: 'day' }).days + 1)
  }
  return count(covered).over(days ?? count(whole))
}
