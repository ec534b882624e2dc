import { type Instant, type Length, local, startOfDay, timeOn } from '../../kernel/time.ts'
import {
  afterOpenMinutes,
  beforeOpenMinutes,
  businessDay,
  businessDayBefore,
  closeOf,
} from '../calendar/calendar.ts'
import type { Ends } from '../language/deadline.ts'
import { unknown, type Value } from '../value.ts'
import type { ClockSettings } from './time.ts'

/** Of the clock the business days count, or the open hours. */
export type DateSettings = ClockSettings & {
  zone: string
  direction: 'before' | 'after'
  /** A minute of the day instead of the whole day, or of the time that the instant has. */
  at?: number
  ends?: Ends
  /** It is counted from the end of a period: with whole days from there a day ends already. */
  fromEnd?: true
}
type Anchor = Instant | Temporal.PlainDate

/** The instant that a date or instant sets as a deadline, or that lies so long before or after it. */
export function deadlineOn(on: Anchor, length: Length | undefined, settings: DateSettings): Value {
  if (length?.unit === 'business days')
    return onBusinessDate(on, length, settings) ?? unknown('enough business days')
  if (length?.minutes) return byTheMinute(on, length, settings)
  if (length && !length.count.isWhole) return unknown('whole days')
  const { zone, direction, at, ends } = settings
  if (at === undefined && typeof on === 'number') {
    const due = length === undefined ? on : shifted(on, length, settings)
    const isWhole = ends === 'with-the-day' && length !== undefined
    return isWhole ? endOfDay(local(due, zone).toPlainDate(), zone) : due
  }
  const date = dateOf(on, zone)
  const sign = direction === 'before' ? -1 : 1
  const day =
    length === undefined ? date : date.add({ [length.unit]: sign * Number(length.count.text) })
  return at === undefined ? endOfDay(day, zone) : timeOn(day, at, zone)
}

const dateOf = (on: Anchor, zone: string) =>
  typeof on === 'number' ? local(on, zone).toPlainDate() : on
const endOfDay = (date: Temporal.PlainDate, zone: string) => startOfDay(date.add({ days: 1 }), zone)

const shifted = (on: Instant, length: Length, { zone, direction }: DateSettings): Instant =>
  direction === 'before' ? length.before(on, zone) : length.after(on, zone)

/** Minutes and hours need an instant to be counted from; with a calendar only its open ones count. */
function byTheMinute(on: Anchor, length: Length, settings: DateSettings): Value {
  const { zone, direction, at, clock } = settings
  const from =
    at !== undefined ? timeOn(dateOf(on, zone), at, zone) : typeof on === 'number' ? on : NaN
  const { minutes } = length
  if (Number.isNaN(from) || !minutes) return unknown('a time of day')
  if (!clock) return shifted(from, length, settings)
  const counted = direction === 'before' ? beforeOpenMinutes : afterOpenMinutes
  return counted(clock, from, minutes) ?? unknown('enough open hours')
}

/** A date is up with the close of the business day; an instant at its own time of day, at the latest at the close. */
function onBusinessDate(
  on: Anchor,
  length: Length,
  { direction, clock, at, ends, fromEnd }: DateSettings,
): Instant | undefined {
  if (!clock) return undefined
  const from = typeof on === 'number' ? on : startOfDay(on, clock.zone)
  const count = direction === 'before' ? businessDayBefore : businessDay
  const date = count(clock, from, Number(length.count.text))
  if (!date) return undefined
  if (at !== undefined) return timeOn(date, at, clock.zone)
  const close = closeOf(clock, date)
  if (typeof on !== 'number' || fromEnd || ends === 'with-the-day' || close === undefined)
    return close
  return Math.min(sameTimeOn(date, on, clock.zone), close)
}

/** The time of day that an instant has, on another day: by the clock on which the days are counted. */
export const sameTimeOn = (date: Temporal.PlainDate, as: Instant, zone: string): Instant =>
  date.toZonedDateTime({ timeZone: zone, plainTime: local(as, zone).toPlainTime() })
    .epochMilliseconds
