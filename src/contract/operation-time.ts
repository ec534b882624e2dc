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
  const clipped = common(united(values.slice(0, settings.spans).flatMap(closed)), [window])
  const counted = without(clipped, values.slice(settings.spans).flatMap(closed))
  const open = calendar ? counted.flatMap((stretch) => openWithin(calendar, stretch)) : counted
  return inUnit(open, settings.unit, settings.zone, settings)
}

/** Each stretch is treated by itself: rounding after adding is another promise. */
export function inUnit(
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
    sum = sum.plus(
      unit === 'days'
        ? each
          ? treated.over(Exact.whole(1440))
          : daysBetween(start, end, zone)
        : treated,
    )
  }
  return unit === 'hours' ? sum.over(Exact.whole(60)) : sum
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
