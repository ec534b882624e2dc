import { Exact, greatest, least, type RoundingMode } from '../../kernel/exact.ts'
import { hasParts, type Instant, Length, type LengthUnit } from '../../kernel/time.ts'
import { type Calendar, isOpen } from '../calendar/calendar.ts'
import type { StepRounding } from '../language/words.ts'
import {
  Absent,
  isNothingDue,
  isUnknown,
  leftOut,
  notAgreed,
  nothingDue,
  Span,
  sameValue,
  unknown,
  type Value,
  valueKey,
} from '../value.ts'
import { deadlineOf, endOfPeriod, isIncluded, type LastMoment, onBusinessDay } from './deadline.ts'
import { type DateSettings, deadlineOn } from './deadline-on.ts'
import { agreementMonths, between, promisedShare, sharePart } from './measure.ts'
import { type MoveSettings, moved } from './moment.ts'
import {
  type BandEdges,
  byTheDay,
  creditable,
  type DaySettings,
  insideBand,
  isInside,
  matches,
  type Pattern,
  type Range,
  type TierSettings,
  tiered,
} from './price.ts'
import {
  type ClockPart,
  type CoveredSettings,
  clocked,
  clockPart,
  coveredBetween,
  coveredShare,
  inUnit,
  type PartOfSpan,
  partOf,
  type TimeUnit,
  timeOf,
  unusedShare,
} from './time.ts'
import {
  absence,
  aggregate,
  allOrAny,
  compared,
  counting,
  exact,
  first,
  isLeftOut,
  isNot,
  longestRun,
  type Missing,
  nearest,
  numberOf,
  percentile,
  unknownOf,
  type Values,
} from './value.ts'

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
  /** Division by zero is unknown: neither no, nor nothing. What cannot be known is said where it came to that. */
  over: (values: Values, said: { of: string } | undefined) =>
    exact((left, right) =>
      right.isZero ? unknown(said?.of ?? 'a divisor other than zero') : left.over(right),
    )(values),
  negated: (values: Values) => (isNothingDue(first(values)) ? nothingDue : opposite(values)),
  least: exact((...all) => all.reduce(least)),
  greatest: exact((...all) => all.reduce(greatest)),
  whole: exact((value) => value.floor()),
  started: exact((value) => value.ceiling()),
  round: (values: Values, { to, mode }: { to: Exact; mode: RoundingMode }) =>
    values[0] instanceof Exact ? values[0].rounded(to, mode) : first(values),
  /** A date or an instant so long later or earlier. */
  moved: ([at, length]: Values, settings: MoveSettings) => {
    const absent = absence([at ?? notAgreed, length ?? notAgreed])
    const isMoment = typeof at === 'number' || at instanceof Temporal.PlainDate
    return (
      absent ?? (isMoment && length instanceof Length ? moved(at, length, settings) : notAgreed)
    )
  },
  length: (values: Values, { unit }: { unit: LengthUnit }) =>
    values[0] instanceof Exact ? lengthOf(values[0], unit) : first(values),

  // Comparison and logic: three-valued, all branches evaluated
  same: compared((order) => order === 0),
  other: compared((order) => order !== 0),
  below: compared((order) => order < 0),
  'up-to': compared((order) => order <= 0),
  above: compared((order) => order > 0),
  from: compared((order) => order >= 0),
  'one-of': ([value, ...choices]: Values) =>
    absence([value ?? notAgreed]) ??
    allOrAny(
      choices.map((choice) => absence([choice]) ?? sameValue(choice, value ?? notAgreed)),
      true,
    ),
  not: ([value]: Values) => (typeof value === 'boolean' ? !value : (value ?? notAgreed)),
  /** One no is no; else one unknown is unknown. */
  all: (values: Values) => allOrAny(values, false),
  /** One yes is yes; else one unknown is unknown. */
  any: (values: Values) => allOrAny(values, true),
  choose: ([condition, yes, no]: Values) =>
    (condition === true ? yes : condition === false ? no : condition) ?? notAgreed,

  // Facts
  /** The value where the condition holds; a fact that it sets aside, or that is left out anyway, stays in the derivation. */
  keep: ({ 0: condition, 1: value }: Values) =>
    condition === true
      ? (value ?? notAgreed)
      : isNot(condition) || (value && isLeftOut(value))
        ? leftOut
        : unknownOf(condition),
  sum: aggregate(Exact.sum, Exact.zero),
  count: counting((kept) => kept.length),
  smallest: aggregate((kept) => kept.reduce(least)),
  largest: aggregate((kept) => kept.reduce(greatest)),
  average: aggregate((kept) =>
    kept.reduce((sum, value) => sum.plus(value)).over(Exact.whole(kept.length)),
  ),
  percentile: (values: Values, { rank, ...none }: Missing & { rank?: Exact }) =>
    aggregate(percentile(rank ?? Exact.one))(values, none),
  /** Conditions and rows in turn, in the order of time. */
  'longest-run': longestRun,
  unique: counting((kept) => new Set(kept.map(valueKey)).size),
  /** Inputs stand in the order of their time. */
  first: (values: Values, { missing, of }: Missing) =>
    values.find((value) => !isLeftOut(value)) ?? missing ?? unknown(of),
  last: (values: Values, { missing, of }: Missing) =>
    values.findLast((value) => !isLeftOut(value)) ?? missing ?? unknown(of),

  // Time
  time: timeOf,
  /** Of two dates or instants; nothing when the second comes first. */
  between,
  months: agreementMonths,
  /** From one instant to another, or over a span. */
  elapsed: ([from, to]: Values, { unit, zone }: { unit: TimeUnit; zone: string }) => {
    if (from instanceof Span)
      return from.end === undefined
        ? unknown('its end')
        : inUnit([{ start: from.start, end: from.end }], unit, zone)
    if (from !== undefined && isLeftOut(from)) return leftOut
    if (typeof from !== 'number' || typeof to !== 'number')
      return absence([from ?? notAgreed, to ?? notAgreed]) ?? notAgreed
    return inUnit([{ start: from, end: to }], unit, zone)
  },
  /** What the clock on the wall of the zone shows at an instant, or at the start of a span. */
  'clock-part': ([value]: Values, { part, zone }: { part: ClockPart; zone: string }) => {
    const at = value instanceof Span ? value.start : value
    const isMoment = typeof at === 'number' || at instanceof Temporal.PlainDate
    return isMoment ? clockPart(at, part, zone) : (at ?? notAgreed)
  },
  open: ([at]: Values, { calendar }: { calendar: Calendar }) =>
    typeof at === 'number' ? isOpen(calendar, at) : (at ?? notAgreed),
  /** From one instant until another, or still open. */
  stretch: ([from, until]: Values) =>
    typeof from === 'number'
      ? new Span(from, typeof until === 'number' ? until : undefined)
      : (from ?? notAgreed),
  /** What of a span lies in one of its parts. */
  part: ([span]: Values, settings: PartOfSpan) =>
    span instanceof Span ? partOf(span, settings) : (span ?? notAgreed),
  start: ([span]: Values) => (span instanceof Span ? span.start : (span ?? notAgreed)),
  end: ([span]: Values) => (span instanceof Span ? (span.end ?? leftOut) : (span ?? notAgreed)),
  /** The first candidate at or after the first input; left out when there is none yet. */
  'first-from': ([from, ...candidates]: Values) =>
    absence([from ?? notAgreed]) ??
    nearest(candidates, (at) => typeof from === 'number' && at >= from, Math.min),
  /** The first candidate after the first input. */
  'first-after': ([from, ...candidates]: Values) =>
    absence([from ?? notAgreed]) ??
    nearest(candidates, (at) => typeof from === 'number' && at > from, Math.min),
  /** The last candidate at or before the first input; left out when it never happened. */
  'last-until': ([until, ...candidates]: Values) =>
    absence([until ?? notAgreed]) ??
    nearest(candidates, (at) => typeof until === 'number' && at <= until, Math.max),

  // Deadlines
  'after-length': clocked(deadlineOf),
  'end-of-period': ([start]: Values, settings: Parameters<typeof endOfPeriod>[1]) =>
    typeof start === 'number' ? endOfPeriod(start, settings) : (start ?? notAgreed),
  /** What a date or an instant sets as a deadline, or so long before or after it. */
  'by-date': clocked(([on, length], settings: DateSettings) => {
    const absent = absence(length === undefined ? [on ?? notAgreed] : [on ?? notAgreed, length])
    const isDate = typeof on === 'number' || on instanceof Temporal.PlainDate
    if (absent || !isDate) return absent ?? notAgreed
    return deadlineOn(on, length instanceof Length ? length : undefined, settings)
  }),
  'business-day': clocked(([start], settings: Parameters<typeof onBusinessDay>[1]) =>
    typeof start === 'number' ? onBusinessDay(start, settings) : (start ?? notAgreed),
  ),
  /** Kept, missed, or not known yet: what is not due yet has not failed. A length includes its last instant. */
  met: ([due, stop, length]: Values, { asOf, last, of }: MetSettings) => {
    if (typeof due !== 'number') return due ?? notAgreed
    const inTime = (at: Instant) => (isIncluded(last, length) ? at <= due : at < due)
    if (typeof stop === 'number') return inTime(stop)
    if (stop !== undefined && isUnknown(stop)) return stop
    return inTime(asOf) ? unknown(of ?? 'whether it will be done in time') : false
  },
  /** As far as a pause counts: once it is done, nothing holds it up. */
  pause: ([span, done]: Values) => {
    if (!(span instanceof Span) || typeof done !== 'number') return span ?? leftOut
    return span.start < done ? new Span(span.start, Math.min(span.end ?? done, done)) : leftOut
  },
  /** How long a duty stood unmet: from its deadline until it was done, or still open. */
  overdue: ([due, stop]: Values, { asOf }: { asOf: Instant }) => {
    if (typeof due !== 'number') return leftOut
    if (typeof stop === 'number') return stop > due ? new Span(due, stop) : leftOut
    return asOf > due ? new Span(due) : leftOut
  },

  // Shares
  share: sharePart,
  forecast: promisedShare,

  // Price
  less: exact((quantity, included) => greatest(quantity.minus(included), Exact.zero)),
  steps: (values: Values, { rounded }: { rounded: StepRounding }) =>
    exact((quantity, size) => {
      if (size.isZero) return unknown('a step other than zero')
      const mode = rounded === 'nearest' ? 'half-up' : rounded
      return quantity.over(size).rounded(Exact.one, mode)
    })(values),
  /** A number that makes no sense where it stands is not reckoned with: it is unknown. */
  'in-range': (values: Values, { of, ...range }: Range & { of: string }) =>
    values[0] instanceof Exact && !isInside(values[0], range) ? unknown(of) : first(values),
  tiers: (values: Values, settings: TierSettings) =>
    absence(values) ?? tiered(values.map(numberOf), settings),
  /** The row whose edges hold the quantity; outside all of them nothing is due. */
  band: (values: Values, { rows }: { rows: readonly BandEdges[] }) => {
    const quantity = first(values)
    if (!(quantity instanceof Exact)) return absence([quantity]) ?? nothingDue
    const edgesAbsent = absence(
      rows.flatMap((e) =>
        [e.from, e.above, e.below, e.upTo].flatMap((place) =>
          place === undefined ? [] : [values[place] ?? notAgreed],
        ),
      ),
    )
    if (edgesAbsent) return edgesAbsent
    const row = rows.find((edges) => insideBand(quantity, edges, values))
    return row ? (values[row.gives] ?? notAgreed) : nothingDue
  },
  /** The bounds of a price: where nothing is due there is nothing to raise, and nothing to hold down. */
  minimum: (values: Values) => (isNothingDue(first(values)) ? nothingDue : larger(values)),
  maximum: (values: Values) => (isNothingDue(first(values)) ? nothingDue : smaller(values)),
  /** What all so far costs beyond all before; of nothing due and nothing due it is nothing due. */
  beyond: (values: Values) => (values.every(isNothingDue) ? nothingDue : difference(values)),
  /** No more than there is to take it from, and never less than nothing. */
  capped: (values: Values) => (values.some(isNothingDue) ? nothingDue : withinCap(values)),
  creditable,
  discounted: (values: Values) => (isNothingDue(first(values)) ? nothingDue : difference(values)),
  /** Whether it counts as one of so many: an amount of nothing uses none of them up. */
  charged: exact((amount) => (amount.isZero ? Exact.zero : Exact.one)),
  /** The share of a period that the agreement covers, by whole days or by elapsed time; from one instant until the first of others, where they are said. */
  covered: ([from, ...until]: Values, settings: CoveredSettings) => {
    if (from === undefined) return coveredShare(settings)
    const absent = absence([from, ...until])
    if (absent) return absent
    const covered = coveredBetween([from, ...until].map(Number), settings)
    return coveredShare({ ...settings, covered })
  },
  /** The share of a period that is left after an instant; the day of the instant is used. */
  unused: ([ended]: Values, settings: CoveredSettings) =>
    typeof ended === 'number' ? unusedShare(ended, settings) : (ended ?? notAgreed),
  /** So many times the price of a day, which is rounded first; all of them are the price of the whole. */
  'by-the-day': ([amount, share]: Values, settings: DaySettings) =>
    share instanceof Exact && amount instanceof Exact && !share.equals(Exact.one)
      ? byTheDay(amount, share, settings)
      : product([amount ?? notAgreed, share ?? notAgreed]),
  /**
   * Nothing is due unless the condition holds; the amount it decided over stays in the derivation. Where nothing is due
   * either way, a condition that is not known decides nothing.
   */
  when: ([condition, amount]: Values) =>
    condition === true
      ? (amount ?? notAgreed)
      : isNot(condition) || (amount && isNothingDue(amount))
        ? nothingDue
        : unknownOf(condition),
  /** Nothing is due unless it is claimed in time; where nothing is due there is nothing to claim. */
  claimed: ([inTime, amount]: Values) => {
    const isNothing = amount instanceof Exact ? amount.isZero : amount && isNothingDue(amount)
    if (inTime === true || (isNothing && amount)) return amount ?? notAgreed
    return inTime === false ? nothingDue : unknownOf(inTime)
  },
  /** Nothing is due if any waiver holds. */
  waive: ([amount, ...waivers]: Values) => {
    const waived = allOrAny(waivers, true)
    return waived === true || (amount && isNothingDue(amount))
      ? nothingDue
      : waived === false
        ? (amount ?? notAgreed)
        : unknownOf(waived)
  },

  // Tables and standings
  /** The first row whose patterns all hold: keys first, then what each row gives. */
  row: (
    values: Values,
    { keys, rows, of }: { keys: number; rows: readonly (readonly Pattern[])[]; of: string },
  ) => {
    const asked = values.slice(0, keys)
    const absent = absence(asked)
    if (absent) return absent
    const found = rows.findIndex((row) =>
      row.every((pattern, at) => matches(pattern, asked[at] ?? notAgreed)),
    )
    return found < 0 ? unknown(`a row of “${of}” that fits`) : (values[keys + found] ?? notAgreed)
  },
  /** What stands after all changes: the last that was not left out; an unknown change makes it unknown. `until` is told. */
  standing: (values: Values, _told: { until: Instant } | undefined) =>
    values.findLast((value) => !isLeftOut(value)) ?? notAgreed,
  /**
   * What a right has become. `ended` is final. A suspension lasts until a restoration about the same subject, so that
   * one paid invoice does not lift what another unpaid one suspended; a restoration that names no subject lifts all.
   */
  right: (values: Values, { subjects }: { subjects: readonly (string | undefined)[] }) =>
    rightOf(values, subjects),
  /** Allowed when every step allows; the first that does not is what decides. */
  permit: (values: Values) => allOrAny(values, false),
} satisfies Record<string, (values: Values, settings: never) => Value>

/** `of` names what is missing while there is still time. */
type MetSettings = { asOf: Instant; last: LastMoment; of?: string }

export type OperationName = keyof typeof operations
export type SettingsOf<Name extends OperationName> =
  Parameters<(typeof operations)[Name]> extends [Values, infer Settings] ? Settings : undefined
/** One without settings. */
export type PlainOperation = {
  [Name in OperationName]: SettingsOf<Name> extends undefined ? Name : never
}[OperationName]

function rightOf(values: Values, subjects: readonly (string | undefined)[]): Value {
  let given: Value = first(values)
  const suspended = new Set<string | undefined>()
  for (const [place, value] of values.entries()) {
    if (isLeftOut(value)) continue
    if (value instanceof Absent || value === 'ended') return value
    const subject = subjects[place]
    if (value === 'suspended') suspended.add(subject)
    else if (value === 'restored') lift(suspended, subject)
    else given = value
  }
  return suspended.size > 0 && given === 'given' ? 'suspended' : given
}

function lift(suspended: Set<string | undefined>, subject: string | undefined): void {
  if (subject === undefined) suspended.clear()
  suspended.delete(subject)
  suspended.delete(undefined)
}

/** A computed length may come out negative or in parts: then there is none. */
function lengthOf(count: Exact, unit: LengthUnit): Value {
  const length = new Length(count, unit)
  const sound = length.isBounded && (count.isWhole || hasParts(unit))
  return sound ? length : unknown('a length that can be counted')
}

const opposite = exact((value) => value.negated())
const product = exact((left, right) => left.times(right))
const difference = exact((left, right) => left.minus(right))
const larger = exact(greatest)
const smaller = exact(least)
const withinCap = exact((value, cap) => greatest(least(value, cap), Exact.zero))
