import { Exact } from '../../kernel/exact.ts'
import {
  dayMinutes,
  type Instant,
  local,
  millisecondsOf,
  minutesBetween,
  type Period,
  startOfDay,
  type Weekday,
  weekdays,
} from '../../kernel/time.ts'
import { spend } from '../work.ts'

/** Minutes of the day, half-open; 1440 is the end of the day, and what is beyond lies in the next one. */
export type OpenRange = { readonly from: number; readonly until: number }

/** When something counts: closed outside its hours, in a zone of its own. */
export type Calendar = {
  readonly name: string
  readonly zone: string
  readonly hours: Partial<Record<Weekday, readonly OpenRange[]>>
  /** Days with hours of their own instead of those of their weekday; without any they are closed, as most holidays are. */
  readonly dates: Readonly<Record<string, readonly OpenRange[]>>
  /** Some hours last into the next day. */
  readonly isOvernight?: true
  /** Calendars that are one together, each in its zone. */
  readonly anyOf?: () => readonly Calendar[]
}

/** The hours of a day take about as long as so many steps of a derivation. */
const dayWork = 5

/** A calendar that never opens, or a length beyond this, has no answer instead of an endless search. */
const searchDaysMax = 366 * 30

const weekdayOf = (date: Temporal.PlainDate): Weekday => weekdays[date.dayOfWeek - 1] ?? 'mon'

/**
 * The open hours that begin on one day, as instants; a change of clocks inside them makes them an hour longer or shorter.
 * Of several calendars together it is what lies in the day.
 */
export function openOn(calendar: Calendar, date: Temporal.PlainDate): Period[] {
  spend(dayWork)
  if (calendar.anyOf) {
    const next = startOfDay(date.add({ days: 1 }), calendar.zone)
    const day = { start: startOfDay(date, calendar.zone), end: next }
    return united(calendar.anyOf().flatMap((one) => openWithin(one, day)))
  }
  const text = date.toString()
  const ofDate = calendar.dates[text] ?? calendar.dates[text.slice(-5)]
  const ranges = ofDate ?? calendar.hours[weekdayOf(date)] ?? []
  return ranges.map((range) => ({
    start: instantOnDay(date, range.from, calendar.zone),
    end: instantOnDay(date, range.until, calendar.zone),
  }))
}

export function instantOnDay(date: Temporal.PlainDate, minute: number, zone: string): Instant {
  if (minute === dayMinutes) return startOfDay(date.add({ days: 1 }), zone)
  if (minute > dayMinutes) return instantOnDay(date.add({ days: 1 }), minute - dayMinutes, zone)
  const time = Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 })
  const wanted = date.toPlainDateTime(time)
  const found = wanted.toZonedDateTime(zone)
  if (found.toPlainDateTime().equals(wanted)) return found.epochMilliseconds
  return (
    wanted.toZonedDateTime(zone, { disambiguation: 'earlier' }).getTimeZoneTransition('next')
      ?.epochMilliseconds ?? found.epochMilliseconds
  )
}

/** Open stretches from an instant on, in order, clipped to it. */
function* openFrom(
  calendar: Calendar,
  start: Instant,
  until = Number.POSITIVE_INFINITY,
): Generator<Period> {
  const today = local(start, calendar.zone).toPlainDate()
  const first = calendar.isOvernight ? today.subtract({ days: 1 }) : today
  let reached = start
  for (
    let day = 0;
    until < Number.POSITIVE_INFINITY
      ? startOfDay(first.add({ days: day }), calendar.zone) < until
      : day < searchDaysMax;
    day += 1
  )
    for (const open of openOn(calendar, first.add({ days: day })))
      if (open.end > reached && open.end > open.start) {
        yield { start: Math.max(open.start, reached), end: open.end }
        // What lasts into a day may reach into its own hours.
        reached = open.end
      }
}

/** Whether the calendar is open at the instant. */
export function isOpen(calendar: Calendar, at: Instant): boolean {
  const today = local(at, calendar.zone).toPlainDate()
  const days = calendar.isOvernight ? [today.subtract({ days: 1 }), today] : [today]
  return days.some((day) => openOn(calendar, day).some((open) => open.start <= at && at < open.end))
}

/** The parts of a period in which the calendar is open; an empty or reversed period has none. */
export function openWithin(calendar: Calendar, period: Period): Period[] {
  const within: Period[] = []
  for (const open of openFrom(calendar, period.start, period.end)) {
    if (open.start >= period.end) break
    within.push({ start: open.start, end: Math.min(open.end, period.end) })
  }
  return within
}

export function openMinutes(calendar: Calendar, period: Period): Exact {
  return totalMinutes(openWithin(calendar, period))
}

export function totalMinutes(periods: readonly Period[]): Exact {
  return periods.reduce((sum, { start, end }) => sum.plus(minutesBetween(start, end)), Exact.zero)
}

/**
 * The instant at which so many open minutes have passed, stepping over pauses. The time is up at the last moment of a
 * stretch, not at the next opening. Undefined where the calendar does not hold so much open time.
 */
export function afterOpenMinutes(
  calendar: Calendar | undefined,
  start: Instant,
  minutes: Exact,
  pauses: readonly Period[] = [],
): Instant | undefined {
  let left = millisecondsOf(minutes)
  for (const open of calendar
    ? openFrom(calendar, start)
    : [{ start, end: Number.MAX_SAFE_INTEGER }])
    for (const running of without([open], pauses)) {
      if (running.end - running.start >= left) return running.start + left
      left -= running.end - running.start
    }
  return undefined
}

/** The same counted backwards: the latest start from which so many open minutes fit before the end. */
export function beforeOpenMinutes(
  calendar: Calendar,
  end: Instant,
  minutes: Exact,
): Instant | undefined {
  let left = millisecondsOf(minutes)
  let reached = end
  const last = local(end, calendar.zone).toPlainDate()
  for (let day = 0; day < searchDaysMax; day += 1)
    for (const open of openOn(calendar, last.subtract({ days: day })).reverse()) {
      const until = Math.min(open.end, reached)
      if (until <= open.start) continue
      if (until - open.start >= left) return until - left
      left -= until - open.start
      reached = open.start
    }
  return undefined
}

/**
 * The n-th business day after a date: a day on which the calendar opens at all. None after it is the date itself, or the
 * next on which it opens. With a cut-off, what comes at or after that minute of the day counts as of the next business day.
 */
export function businessDay(
  calendar: Calendar,
  start: Instant,
  days: number,
  cutoff?: number,
): Temporal.PlainDate | undefined {
  const at = local(start, calendar.zone)
  const late =
    cutoff !== undefined &&
    (at.hour * 60 + at.minute >= cutoff || openOn(calendar, at.toPlainDate()).length === 0)
  return nthOpenDay(calendar, at.toPlainDate(), { count: days + (late ? 1 : 0), step: 1 })
}

/** The n-th business day before a date; none before it is the date itself, or the last before it on which it opens. */
export function businessDayBefore(
  calendar: Calendar,
  start: Instant,
  days: number,
): Temporal.PlainDate | undefined {
  const date = local(start, calendar.zone).toPlainDate()
  return nthOpenDay(calendar, date, { count: days, step: -1 })
}

function nthOpenDay(
  calendar: Calendar,
  start: Temporal.PlainDate,
  { count, step }: { count: number; step: 1 | -1 },
): Temporal.PlainDate | undefined {
  const opens = (date: Temporal.PlainDate) => openOn(calendar, date).length > 0
  if (count === 0 && opens(start)) return start
  let date = start
  let left = Math.max(count, 1)
  for (let day = 0; day < searchDaysMax && left > 0; day += 1) {
    date = date.add({ days: step })
    if (opens(date)) left -= 1
  }
  return left > 0 ? undefined : date
}

/** The last open moment of a day; undefined when it does not open. */
export function closeOf(calendar: Calendar, date: Temporal.PlainDate): Instant | undefined {
  return openOn(calendar, date).at(-1)?.end
}

/** Overlapping and touching stretches as one, in order: what is down twice at once is down once. */
export function united(periods: readonly Period[]): Period[] {
  const sorted = periods
    .filter((period) => period.start < period.end)
    .sort((a, b) => a.start - b.start || a.end - b.end)
  const result: Period[] = []
  for (const period of sorted) {
    const last = result.at(-1)
    if (last && period.start <= last.end)
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, period.end) }
    else result.push(period)
  }
  return result
}

/** What both hold, in order. */
export function common(left: readonly Period[], right: readonly Period[]): Period[] {
  const result: Period[] = []
  let index = 0
  for (const period of left) {
    while (index < right.length && (right[index]?.end ?? 0) <= period.start) index += 1
    for (let at = index; at < right.length; at += 1) {
      const other = right[at]
      if (!other || other.start >= period.end) break
      result.push({
        start: Math.max(period.start, other.start),
        end: Math.min(period.end, other.end),
      })
    }
  }
  return result
}

/** What the first holds and the second does not. */
export function without(periods: readonly Period[], removed: readonly Period[]): Period[] {
  const holes = united(removed)
  return periods.flatMap((period) => {
    const parts: Period[] = []
    let start = period.start
    for (const hole of holes) {
      if (hole.end <= start) continue
      if (hole.start >= period.end) break
      if (hole.start > start) parts.push({ start, end: hole.start })
      start = hole.end
    }
    if (start < period.end) parts.push({ start, end: period.end })
    return parts
  })
}
