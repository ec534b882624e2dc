import { Exact, least, type RoundingMode } from '../kernel/exact.ts'
import { daysBetween, type Instant, local, minutesBetween, type Period } from '../kernel/time.ts'
import { type Calendar, common, openWithin, united, weekdays, without } from './calendar.ts'
import { Span, type Value } from './value.ts'

export type TimeUnit = 'minutes' | 'hours' | 'days'
export type ClockPart = 'date' | 'weekday' | 'minute_of_day' | 'time'
export type TimeSettings = {
  /** How many inputs are the spans to add up; the others are exclusions. */
  spans: number
  window: Period
  /** What is still open is counted up to here. */
  asOf?: Instant
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

export function totalTime(values: readonly Value[], settings: TimeSettings): Exact {
  const { window, calendar } = settings
  const closed = (value: Value): Period[] =>
    value instanceof Span
      ? [
          {
            start: value.start,
            end: value.end ?? Math.max(value.start, settings.asOf ?? window.end),
          },
        ]
      : []
  const excluded = values.slice(settings.spans).flatMap(closed)
  let sum = Exact.zero
  // One interval stays one, also where exclusions or closing hours cut it into pieces.
  for (const interval of united(values.slice(0, settings.spans).flatMap(closed))) {
    const counted = without(common([interval], [window]), excluded)
    const pieces = calendar ? counted.flatMap((piece) => openWithin(calendar, piece)) : counted
    sum = sum.plus(treated(inUnit(pieces, 'minutes', settings.zone), pieces, settings))
  }
  return sum
}

function treated(minutes: Exact, pieces: readonly Period[], settings: TimeSettings): Exact {
  const { unit, zone, longerThan, each } = settings
  if (longerThan && minutes.compare(longerThan) <= 0) return Exact.zero
  if (!each) return inUnit(pieces, unit, zone)
  const rounded = minutes.isZero ? minutes : minutes.rounded(each.to, each.mode)
  return rounded.over(Exact.whole({ minutes: 1, hours: 60, days: 1440 }[unit]))
}

/** Elapsed minutes or hours, or days on the calendar. */
export function inUnit(stretches: readonly Period[], unit: TimeUnit, zone: string): Exact {
  return stretches.reduce(
    (sum, { start, end }) => sum.plus(lengthIn(unit, start, end, zone)),
    Exact.zero,
  )
}

function lengthIn(unit: TimeUnit, start: Instant, end: Instant, zone: string): Exact {
  if (unit === 'days') return daysBetween(start, end, zone)
  const minutes = minutesBetween(start, end)
  return unit === 'hours' ? minutes.over(Exact.whole(60)) : minutes
}

export function clockPart(at: Instant, part: ClockPart, zone: string): Value {
  const clock = local(at, zone)
  if (part === 'date') return clock.toPlainDate()
  if (part === 'weekday') return weekdays[clock.dayOfWeek - 1] ?? 'mon'
  const minute = Exact.whole(clock.hour * 60 + clock.minute)
  return part === 'minute_of_day'
    ? minute
    : minute.plus(Exact.ratio(clock.second * 1000 + clock.millisecond, 60_000))
}

export function coveredShare({ covered, whole, by, zone, days }: CoveredSettings): Exact {
  if (by === 'time')
    return minutesBetween(covered.start, covered.end).over(minutesBetween(whole.start, whole.end))
  const date = (at: Instant) => local(at, zone).toPlainDate()
  const count = (period: Period) => {
    const last = date(period.end - 1)
    return Exact.whole(date(period.start).until(last, { largestUnit: 'day' }).days + 1)
  }
  return least(count(covered).over(days ?? count(whole)), Exact.one)
}
