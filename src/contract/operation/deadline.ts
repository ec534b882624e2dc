import { type Instant, Length, local, type Period, startOfDay, timeOn } from '../../kernel/time.ts'
import {
  afterOpenMinutes,
  businessDay,
  closeOf,
  openMinutes,
  united,
} from '../calendar/calendar.ts'
import type { Ends } from '../language/deadline.ts'
import { type Frame, type PeriodRule, periodAround } from '../period/period.ts'
import { isUnknown, notAgreed, Span, unknown, type Value } from '../value.ts'
import { sameTimeOn } from './deadline-on.ts'
import type { ClockSettings } from './time.ts'
import { absence, type Values } from './value.ts'

/** Only open hours of the clock count; without one every minute does. */
export type DeadlineSettings = ClockSettings & {
  zone: string
  /**
   * `in-hours`: the time stands still as far as a hold falls into open hours, and goes on in them. `around-the-clock`: the
   * deadline is later by as long as the hold lasted, elapsed, whether it is counted in hours or in days.
   */
  counted?: 'in-hours' | 'around-the-clock'
  /** Whether a number of days ends at the same time of day, or with that day. */
  ends?: Ends
  /** A pause that is still open counts up to here. */
  asOf: Instant
  /** How far all pauses together may move it is said. */
  isCapped?: true
  /** It is counted from the start of a period: a day that begins then is the first. */
  fromStart?: true
}

/** Whether a deadline includes its last instant; `by-the-day`: unless its length is counted in days on the calendar. */
export type LastMoment = 'included' | 'excluded' | 'by-the-day'

const partsOfDays = ['minutes', 'hours', 'business days']
export function isIncluded(last: LastMoment, length: Value | undefined): boolean {
  if (last !== 'by-the-day') return last === 'included'
  return length instanceof Length && partsOfDays.includes(length.unit)
}

/** The same from values; pauses move it together by no more than they may. */
export function deadlineOf(
  [start = notAgreed, length = notAgreed, ...held]: Values,
  settings: DeadlineSettings,
): Value {
  const { isCapped, asOf } = settings
  const [most = notAgreed] = held
  // Of a pause nobody knows whether it counts: nobody knows the deadline.
  const absent = absence([start, length, ...(isCapped ? [most] : []), ...held.filter(isUnknown)])
  if (absent || typeof start !== 'number' || !(length instanceof Length)) return absent ?? notAgreed
  const pauses = held.filter((value) => value instanceof Span)
  if (!(most instanceof Length)) return deadlineAfter(start, length, pauses, settings)
  const unmoved = deadlineAfter(start, length, [], settings)
  if (typeof unmoved !== 'number') return unmoved
  const latest = movedBy(unmoved, most, settings) ?? unknown('enough open hours')
  if (typeof latest !== 'number') return latest
  const until = { ...settings, asOf: Math.min(asOf, latest) }
  const due = deadlineAfter(start, length, pauses, until)
  return typeof due === 'number' ? Math.min(due, latest) : latest
}

function movedBy(
  due: Instant,
  most: Length,
  { counted, clock, zone }: DeadlineSettings,
): Instant | undefined {
  return most.minutes && counted === 'in-hours'
    ? afterOpenMinutes(clock, due, most.minutes)
    : most.after(due, zone)
}

/** The instant at which an agreed length has passed since the start. */
export function deadlineAfter(
  start: Instant,
  length: Length,
  pauses: readonly Span[],
  settings: DeadlineSettings,
): Value {
  const holds = united(
    pauses
      .map((pause) => ({
        start: Math.max(pause.start, start),
        end: pause.end ?? Math.max(settings.asOf, start),
      }))
      .filter((hold) => hold.start < hold.end),
  )
  const { clock, counted } = settings
  if (length.minutes && counted !== 'around-the-clock')
    return afterOpenMinutes(clock, start, length.minutes, holds) ?? unknown('enough open hours')
  let due = length.minutes
    ? afterOpenMinutes(clock, start, length.minutes)
    : afterDays(start, length, settings)
  // A hold moves the deadline if it began before the time was up.
  for (const hold of holds)
    if (due !== undefined && hold.start < due) due = moved(due, hold, settings)
  return due ?? unknown(length.minutes ? 'enough open hours' : 'enough open days')
}

/** In hours, a hold counts as far as it fell into open hours, and the deadline lands on an open one. */
function moved(
  due: Instant,
  hold: Period,
  { clock, counted }: DeadlineSettings,
): Instant | undefined {
  if (!clock || counted !== 'in-hours') return due + hold.end - hold.start
  const open = openMinutes(clock, hold)
  return open.isZero ? due : afterOpenMinutes(clock, due, open)
}

function afterDays(
  start: Instant,
  length: Length,
  { zone, clock, ends, fromStart }: DeadlineSettings,
): Instant | undefined {
  const countsFirst = fromStart && ends === 'with-the-day' && isStartOfDay(start, zone)
  if (length.unit !== 'business days') {
    const due = length.after(start, zone)
    if (countsFirst) return due
    return ends === 'with-the-day'
      ? startOfDay(local(due, zone).toPlainDate().add({ days: 1 }), zone)
      : due
  }
  const days = Number(length.count.text)
  const date = clock && businessDay(clock, countsFirst && days > 0 ? start - 1 : start, days)
  if (!clock || !date) return undefined
  if (ends === 'with-the-day') return closeOf(clock, date)
  return Math.min(
    sameTimeOn(date, start, clock.zone),
    closeOf(clock, date) ?? Number.POSITIVE_INFINITY,
  )
}

const isStartOfDay = (at: Instant, zone: string) =>
  startOfDay(local(at, zone).toPlainDate(), zone) === at

/** The end of the period that holds the start, or of the one so many further on. */
export function endOfPeriod(
  start: Instant,
  { rule, after, frame }: { rule: PeriodRule; after: number; frame: Frame },
): Value {
  let period = periodAround(rule, start, frame)
  for (let step = 0; step < after && period; step += 1)
    period = periodAround(rule, period.end, frame)
  return period?.end ?? unknown('a period that holds it')
}

/** The n-th business day, at a time of day or at close. */
export function onBusinessDay(
  start: Instant,
  {
    clock: calendar,
    days,
    at,
    cutoff,
    fromStart,
  }: ClockSettings & { days: number; at?: number; cutoff?: number; fromStart?: true },
): Value {
  if (!calendar) return unknown('a calendar')
  const countsFirst = fromStart && days > 0 && isStartOfDay(start, calendar.zone)
  const date = businessDay(calendar, countsFirst ? start - 1 : start, days, cutoff)
  if (!date) return unknown('enough business days')
  return (
    (at === undefined ? closeOf(calendar, date) : timeOn(date, at, calendar.zone)) ??
    unknown('open hours')
  )
}
