import { Exact, greatest, least, type RoundingMode } from '../../kernel/exact.ts'
import {
  century,
  dayMinutes,
  daysBetween,
  endOfTime,
  type Instant,
  Length,
  local,
  minutesBetween,
  type Period,
  startOfDay,
  weekdays,
} from '../../kernel/time.ts'
import { type Calendar, common, openWithin, united, without } from '../calendar/calendar.ts'
import { outside } from '../period/period.ts'
import { leftOut, notAgreed, Span, unknown, type Value } from '../value.ts'
import { downOf, type Rests } from './structure.ts'
import { absence, isLeftOut, numberOf, type Values } from './value.ts'

export type TimeUnit = 'seconds' | 'minutes' | 'hours' | 'days'
export type ClockPart =
  | 'date'
  | 'weekday'
  | 'day'
  | 'month'
  | 'year'
  | 'time'
  | 'hour'
  | 'minute_of_day'
export type TimeSettings = {
  /** How many inputs are the spans to add up; then as many weights, if they are weighed; the others are exclusions. */
  spans: number
  weighted?: true
  /** The last input is the end of the agreement, where it may come before the window is over. */
  ends?: true
  /** The last input is the instant that the window reaches up to, and `back` how long before it the window begins. */
  upTo?: { back?: Length }
  /** The time in which a structure was down, instead of the time in which any span ran. */
  through?: Rests
  /** Where there are no spans at all. */
  missing?: Value
  window: Period
  /** What is still open is counted up to here. */
  asOf?: Instant
  unit: TimeUnit
  zone: string
  calendar?: Calendar
  longerThan?: Exact
  /** How many stretches there are, or how long the longest is, instead of what they add up to. */
  take?: 'count' | 'longest'
  /** Each stretch is rounded to so many minutes before adding. */
  each?: { to: Exact; mode: RoundingMode }
}
export type CoveredSettings = {
  covered: Period
  whole: Period
  by: 'days' | 'time'
  zone: string
  /** A month of so many days instead of its own; by time, each has 24 hours. */
  days?: Exact
  /** Days of the calendar, or every month as 30. */
  counted?: 'actual' | '30/360'
  /** Whose the day is inside which it begins or ends; where nothing says so, its own. */
  changeDay?: ChangeDay
}
export type ChangeDay = 'old' | 'new' | undefined

/** The calendar by which something is counted: one, or several by their names. */
export type ClockSettings = {
  clock?: Calendar
  /** The last input names one of these. */
  clocks?: Readonly<Record<string, Calendar>>
}

/** What is counted by a calendar that may be chosen. */
export function clocked<Settings extends ClockSettings>(
  find: (values: Values, settings: Settings) => Value,
) {
  return (values: Values, settings: Settings): Value => {
    const { clocks } = settings
    if (!clocks) return find(values, settings)
    const which = values.at(-1) ?? notAgreed
    const clock = typeof which === 'string' ? clocks[which] : undefined
    if (clock) return find(values.slice(0, -1), { ...settings, clock })
    return absence([which]) ?? unknown(`a calendar called “${String(which)}”`)
  }
}

/** Always in this order: select, unite overlaps (or weigh each, or ask what was down), clip, take out exclusions, keep open hours, treat each, add up, count or take the longest. */
export function timeOf(values: Values, settings: TimeSettings): Value {
  if (settings.upTo) return timeUpTo(values.at(-1) ?? notAgreed, values.slice(0, -1), settings)
  if (settings.ends) return timeUntil(values.at(-1) ?? notAgreed, values.slice(0, -1), settings)
  const { spans: count, weighted, missing } = settings
  if (count === 0 && missing !== undefined) return missing
  const spans = values.slice(0, count)
  const weights = weighted ? values.slice(count, 2 * count) : []
  const excluded = values.slice(count + weights.length)
  // What a left-out interval weighs changes nothing.
  const read = [
    ...spans,
    ...excluded,
    ...weights.filter((_, at) => !isLeftOut(spans[at] ?? leftOut)),
  ]
  const absent = absence(read.filter((value) => !isLeftOut(value)))
  if (absent) return absent
  const closed = (value: Value) => closedSpan(value, settings)
  const holes = excluded.flatMap(closed)
  if (settings.calendar && isEndless(spans.flatMap(closed), settings))
    return unknown('an end within a century')
  const stretches = stretchesOf(spans.map(closed), weights, settings)
  const lengths = stretches.map(({ interval, weight }) => {
    const counted = counting(interval, holes, settings)
    return weight ? counted.times(weight) : counted
  })
  if (settings.take === 'longest') return lengths.reduce(greatest, Exact.zero)
  return settings.take === 'count'
    ? Exact.whole(lengths.filter((length) => !length.isZero).length)
    : Exact.sum(lengths)
}

/** Time passes until the instant of an event, and none has passed at the very beginning. */
function timeUpTo(at: Value, values: Values, { upTo, ...settings }: TimeSettings): Value {
  const { window, zone } = settings
  if (typeof at !== 'number') return absence([at]) ?? notAgreed
  const start = Math.max(window.start, upTo?.back?.before(at, zone) ?? window.start)
  const end = Math.max(start, Math.min(window.end, at))
  return timeOf(values, { ...settings, window: { start, end } })
}

/** A window that begins when the agreement has ended is none. */
function timeUntil(end: Value, values: Values, { ends: _cut, ...settings }: TimeSettings): Value {
  const { window } = settings
  if (typeof end !== 'number') return absence([end]) ?? notAgreed
  if (end <= window.start) return unknown(outside)
  const cut = { start: window.start, end: Math.min(window.end, end) }
  return timeOf(values, { ...settings, window: cut })
}

/** Open hours are counted day by day. An agreement without an end has 400,000 days, and no opening hours are agreed for them. */
const isEndless = (spans: readonly Period[], { window }: TimeSettings) =>
  common(united([...spans]), [window]).some(({ start, end }) => end - start > century)

/** What is still open is counted up to the instant that is asked about. */
function closedSpan(value: Value, { window, asOf }: TimeSettings): Period[] {
  if (!(value instanceof Span)) return []
  return [{ start: value.start, end: value.end ?? Math.max(value.start, asOf ?? window.end) }]
}

type Weighed = { readonly interval: Period; readonly weight?: Exact }

function stretchesOf(
  spans: readonly Period[][],
  weights: Values,
  { weighted, through }: TimeSettings,
): Weighed[] {
  if (weighted)
    return spans.flatMap((own, at) =>
      own.map((interval) => ({ interval, weight: numberOf(weights[at] ?? leftOut) })),
    )
  return (through ? downOf(through, spans) : united(spans.flat())).map((interval) => ({ interval }))
}

/** One interval stays one, also where exclusions or closing hours cut it into pieces. */
function counting(interval: Period, holes: readonly Period[], settings: TimeSettings): Exact {
  const { window, calendar, zone } = settings
  const counted = without(common([interval], [window]), holes)
  const pieces = calendar ? counted.flatMap((piece) => openWithin(calendar, piece)) : counted
  return treated(inUnit(pieces, 'minutes', zone), pieces, settings)
}

function treated(minutes: Exact, pieces: readonly Period[], settings: TimeSettings): Exact {
  const { unit, zone, longerThan, each } = settings
  if (longerThan && minutes.compare(longerThan) <= 0) return Exact.zero
  if (!each) return inUnit(pieces, unit, zone)
  const rounded = minutes.isZero ? minutes : minutes.rounded(each.to, each.mode)
  return unit === 'days' ? rounded.over(minutesOfDay) : minutesIn(unit, rounded)
}

/** Elapsed seconds, minutes or hours, or days on the calendar. */
export function inUnit(stretches: readonly Period[], unit: TimeUnit, zone: string): Exact {
  return stretches.reduce(
    (sum, { start, end }) => sum.plus(lengthIn(unit, start, end, zone)),
    Exact.zero,
  )
}

function lengthIn(unit: TimeUnit, start: Instant, end: Instant, zone: string): Exact {
  if (unit === 'days') return daysBetween(start, end, zone)
  return minutesIn(unit, minutesBetween(start, end))
}

function minutesIn(unit: Exclude<TimeUnit, 'days'>, minutes: Exact): Exact {
  if (unit === 'seconds') return minutes.times(Exact.whole(60))
  return unit === 'hours' ? minutes.over(Exact.whole(60)) : minutes
}

/** A part of a span: what lies in a window, or one of the lengths that follow each other from its beginning. */
export type PartOfSpan =
  | { readonly window: Period }
  | { readonly length: Length; readonly place: number; readonly zone: string }

export function partOf({ start, end }: Span, part: PartOfSpan): Span {
  const from = 'window' in part ? part.window.start : startOfPart(start, part)
  const until =
    'window' in part ? part.window.end : startOfPart(start, { ...part, place: part.place + 1 })
  const begins = Math.max(start, from)
  return new Span(begins, Math.max(begins, Math.min(end ?? until, until)))
}

/** Counted from the beginning itself, so that a part of a month never drifts. */
export function startOfPart(
  start: Instant,
  { length, place, zone }: Extract<PartOfSpan, { length: Length }>,
): Instant {
  if (place === 0) return start
  return new Length(length.count.times(Exact.whole(place)), length.unit).after(start, zone)
}

export function clockPart(at: Instant | Temporal.PlainDate, part: ClockPart, zone: string): Value {
  const clock = typeof at === 'number' ? local(at, zone) : at.toZonedDateTime(zone)
  const minute = Exact.whole(clock.hour * 60 + clock.minute)
  switch (part) {
    case 'date':
      return clock.toPlainDate()
    case 'weekday':
      return weekdays[clock.dayOfWeek - 1] ?? 'mon'
    case 'day':
    case 'month':
    case 'year':
    case 'hour':
      return Exact.whole(clock[part])
    case 'minute_of_day':
      return minute
    case 'time':
      return minute.plus(Exact.ratio(clock.second * 1000 + clock.millisecond, 60_000))
  }
}

const commonPeriod = ({ start, end }: Period, from: Instant, until: Instant): Period => ({
  start: Math.max(start, from),
  end: Math.min(end, until),
})

/**
 * What a beginning and an end leave of a period. Where the day inside which they fall is of what ends, what begins has the
 * next one on; where it is of what begins, what ends has none of it. Midnight falls inside no day.
 */
export function cutAt(
  { start, end }: Period,
  { from, until }: { readonly from: Instant; readonly until: Instant },
  { changeDay, zone }: { readonly changeDay?: ChangeDay; readonly zone: string },
): Period {
  const midnight = (at: Instant, days: number) =>
    startOfDay(local(at, zone).toPlainDate().add({ days }), zone)
  const begins = changeDay === 'old' && from > start ? midnight(from - 1, 1) : from
  const ends = changeDay === 'new' && until < end ? midnight(until, 0) : until
  return commonPeriod({ start, end }, begins, ends)
}

/** Between a bound and another, and until the agreement ends, which is no change to something else: its day is counted. */
export function coveredBetween(
  [from = 0, until = endOfTime, ended = endOfTime]: readonly Instant[],
  { covered, ...settings }: CoveredSettings,
): Period {
  const running = commonPeriod(covered, covered.start, ended)
  return cutAt(running, { from, until }, settings)
}

export function coveredShare({ covered, whole, by, zone, days, counted }: CoveredSettings): Exact {
  if (covered.start >= covered.end) return Exact.zero
  const share =
    by === 'time'
      ? minutesBetween(covered.start, covered.end).over(
          days?.times(minutesOfDay) ?? minutesBetween(whole.start, whole.end),
        )
      : daysOf(covered, zone, counted).over(days ?? daysOf(whole, zone, counted))
  return least(share, Exact.one)
}
const minutesOfDay = Exact.whole(dayMinutes)

/** How many days a period has, as they are counted. */
export const daysOf = (period: Period, zone: string, counted: CoveredSettings['counted']): Exact =>
  (counted === '30/360' ? thirtyDayMonths : calendarDays)(period, zone)

/** What is left of the covered part of a period once it is ended inside it. */
export function unusedShare(ended: Instant, settings: CoveredSettings): Exact {
  const { covered } = settings
  const end = Math.min(Math.max(ended, covered.start), covered.end)
  const used = coveredShare({ ...settings, covered: { start: covered.start, end } })
  return coveredShare(settings).minus(used)
}

/** Every day that is begun. */
function calendarDays({ start, end }: Period, zone: string): Exact {
  const first = local(start, zone).toPlainDate()
  return Exact.whole(
    first.until(local(end - 1, zone).toPlainDate(), { largestUnit: 'day' }).days + 1,
  )
}

/** Every month has 30 days: its 31st is its 30th (30E/360). */
function thirtyDayMonths({ start, end }: Period, zone: string): Exact {
  const day = ({ year, month, day }: Temporal.PlainDate) =>
    year * 360 + month * 30 + Math.min(day, 30)
  const after = local(end - 1, zone)
    .toPlainDate()
    .add({ days: 1 })
  return Exact.whole(day(after) - day(local(start, zone).toPlainDate()))
}
