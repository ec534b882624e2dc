import { Exact } from './exact.ts'

/**
 * An instant is whole milliseconds since 1970 in UTC, so that comparing instants is comparing numbers;
 * everything that needs a calendar goes through `Temporal`. On the wire and in files it is ISO text.
 */
export type Instant = number

/** Half-open: `start` belongs to it, `end` does not. */
export type Period = { readonly start: Instant; readonly end: Instant }

/** Before and after everything that can be written in a document (years 1900 to 2999). */
export const beginningOfTime: Instant = Date.UTC(1900, 0, 1)
export const endOfTime: Instant = Date.UTC(3000, 0, 1)
/** In milliseconds: what is longer has no end for those who agree on it. */
export const century = 100 * 366 * 86_400_000

const minute = 60_000

/** `2024-05-30T11:00` is read in `zone`; with `Z` or an offset as it says; a date alone is the start of that day. */
export function parseInstant(text: string, zone: string): Instant | undefined {
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/.test(text))
    return undefined
  const instant = text.endsWith('Z') ? instantInUtc(text) : instantInZone(text, zone)
  return instant === undefined || instant < beginningOfTime || instant >= endOfTime
    ? undefined
    : instant
}

/** Recorded instants are in UTC and are read by the thousand: without a zone's rules in a third of the time. */
function instantInUtc(text: string): Instant | undefined {
  const instant = Date.parse(text)
  const read = new Date(instant)
  // `Date` lets a 31st of June and an hour 24 run over into what follows.
  const isThere =
    read.getUTCDate() === Number(text.slice(8, 10)) &&
    read.getUTCHours() === Number(text.slice(11, 13))
  return isThere ? instant : undefined
}

function instantInZone(text: string, zone: string): Instant | undefined {
  try {
    return /[+-]\d\d:\d\d$/.test(text.slice(10))
      ? Temporal.Instant.from(text).epochMilliseconds
      : Temporal.PlainDateTime.from(text, { overflow: 'reject' }).toZonedDateTime(zone)
          .epochMilliseconds
  } catch {
    return undefined
  }
}

/**
 * A local time that the change of clocks leaves out or brings twice, in both readings, each with its offset; none for any
 * other. `parseInstant` takes the offset from before the change, as calendars do (RFC 5545, 3.3.5).
 */
export function readingsOf(text: string, zone: string): readonly string[] {
  if (!/T/.test(text) || /(Z|[+-]\d\d:\d\d)$/.test(text) || parseInstant(text, zone) === undefined)
    return []
  const local = Temporal.PlainDateTime.from(text)
  const [earlier, later] = (['earlier', 'later'] as const).map((disambiguation) =>
    local.toZonedDateTime(zone, { disambiguation }),
  )
  if (!earlier || !later || earlier.epochMilliseconds === later.epochMilliseconds) return []
  return [earlier, later].map((one) => `${localText(one.epochMilliseconds, zone)}${one.offset}`)
}

export function parseDate(text: string): Temporal.PlainDate | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' })
  } catch {
    return undefined
  }
}

/**
 * `2024`, `2024-H1`, `2024-Q1`, `2024-05`, `2024-05-30`, or `2024-05-01 to 2024-06-15` (half-open; both ends may carry a time).
 */
export function parsePeriod(text: string, zone: string): Period | undefined {
  const [from, to, more] = text.split(' to ')
  if (from === undefined || more !== undefined) return undefined
  if (to !== undefined) {
    const start = parseInstant(from, zone)
    const end = parseInstant(to, zone)
    return start !== undefined && end !== undefined && start < end ? { start, end } : undefined
  }
  const match = /^(\d{4})(?:-(H[12]|Q[1-4])|-(\d\d)(?:-(\d\d))?)?$/.exec(text)
  if (!match) return undefined
  const [, year = '', part, month, day] = match
  const months = part?.startsWith('H') ? 6 : 3
  const ofPart = Number(part?.slice(1)) * months - months + 1
  const first = part ? String(ofPart).padStart(2, '0') : (month ?? '01')
  const date = parseDate(`${year}-${first}-${day ?? '01'}`)
  const length = part ? { months } : day ? { days: 1 } : month ? { months: 1 } : { years: 1 }
  if (!date || date.year < 1900 || date.year > 2998) return undefined
  return { start: startOfDay(date, zone), end: startOfDay(date.add(length), zone) }
}

export function isZone(text: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text)
    return /^[A-Z]/.test(text)
  } catch {
    return false
  }
}

export function local(instant: Instant, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone)
}

/** Minutes after midnight on the clock; where the clocks change, by the offset from before. */
export const timeOn = (date: Temporal.PlainDate, minute: number, zone: string): Instant =>
  date.toPlainDateTime().add({ minutes: minute }).toZonedDateTime(zone).epochMilliseconds

export function startOfDay(date: Temporal.PlainDate, zone: string): Instant {
  return date.toZonedDateTime(zone).epochMilliseconds
}

export const utcText = (instant: Instant) => new Date(instant).toISOString()

/** `2024-05-30T11:00` in the zone, with seconds only where there are any. */
export function localText(instant: Instant, zone: string): string {
  const text = local(instant, zone).toPlainDateTime().toString({ smallestUnit: 'millisecond' })
  return text.replace(/(:00)?\.000$/, '')
}

/** `14 May 2026, 18:05` in the zone. */
export function spokenInstant(instant: Instant, zone: string): string {
  const at = local(instant, zone)
  return `${spokenDate(at.toPlainDate())}, ${at.toPlainTime().toString({ smallestUnit: 'minute' })}`
}

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

export const dayMinutes = 1440

export const months =
  'January February March April May June July August September October November December'.split(' ')

export function spokenDate(date: Temporal.PlainDate): string {
  return `${date.day} ${months[date.month - 1] ?? ''} ${date.year}`
}

/** A date as it is written, `2026-05-14`; any other text stays as it is. */
export function spokenDay(text: string): string {
  const date = parseDate(text)
  return date ? spokenDate(date) : text
}

const mostOfAMonth = 27 * 86_400_000

/** `May 2026`, `13 May 2026`, or from one day to another. */
export function spokenPeriod({ start, end }: Period, zone: string): string {
  const [first, last] = [start, end - 1].map((at) => local(at, zone).toPlainDate())
  if (!first || !last || first.equals(last)) return first ? spokenDate(first) : ''
  const isMonth = first.year === last.year && first.month === last.month
  if (isMonth && end - start > mostOfAMonth) return spokenDate(first).replace(/^\d+ /, '')
  return `${spokenDate(first)} to ${spokenDate(last)}`
}

/** Elapsed minutes, exact. */
export function minutesBetween(start: Instant, end: Instant): Exact {
  return Exact.ratio(end - start, minute)
}

/**
 * Days on the calendar of the zone: from one time of day to the same time of day is one day, also when the clocks
 * change in between; a rest is a share of the day that it falls into.
 */
export function daysBetween(start: Instant, end: Instant, zone: string): Exact {
  if (end < start) return daysBetween(end, start, zone).negated()
  const from = local(start, zone)
  let days = from.until(local(end, zone), { largestUnit: 'day' }).days
  while (from.add({ days }).epochMilliseconds > end) days -= 1
  const reached = from.add({ days }).epochMilliseconds
  const next = from.add({ days: days + 1 }).epochMilliseconds
  return Exact.whole(days).plus(Exact.ratio(end - reached, next - reached))
}

export const lengthUnits = [
  'minutes',
  'hours',
  'days',
  'weeks',
  'months',
  'years',
  'business days',
] as const
export type LengthUnit = (typeof lengthUnits)[number]

const unitsInMillennium: Record<LengthUnit, number> = {
  minutes: 525_960_000,
  hours: 8_766_000,
  days: 365_250,
  weeks: 52_178,
  months: 12_000,
  years: 1_000,
  'business days': 260_000,
}

/** A length of time as it is agreed: `2 hours` is elapsed time, `21 days` is counted on the calendar. */
export class Length {
  readonly count: Exact
  readonly unit: LengthUnit

  constructor(count: Exact, unit: LengthUnit) {
    this.count = count
    this.unit = unit
  }

  /** `4 hours`, `1 minute`, `2 business days`. */
  static parse(text: string): Length | undefined {
    const match = /^(\d+(?:\.\d+)?) (business )?(minute|hour|day|week|month|year)s?$/.exec(text)
    const count = Exact.parse(match?.[1] ?? '')
    const unit = lengthUnits.find((known) => known === `${match?.[2] ?? ''}${match?.[3] ?? ''}s`)
    if (!count || !unit || (!count.isWhole && !hasParts(unit))) return undefined
    return new Length(count, unit).isBounded ? new Length(count, unit) : undefined
  }

  /** A thousand years, in any unit: longer is a slip of the pen, and would leave the calendar. */
  get isBounded(): boolean {
    const most = unitsInMillennium[this.unit]
    return this.count.compare(Exact.zero) >= 0 && this.count.compare(Exact.whole(most)) <= 0
  }

  get text(): string {
    return `${this.count.text} ${this.count.equals(Exact.one) ? this.unit.slice(0, -1) : this.unit}`
  }

  /** Minutes where the length is elapsed time; undefined where it is counted on a calendar. */
  get minutes(): Exact | undefined {
    if (this.unit === 'minutes') return this.count
    if (this.unit === 'hours') return this.count.times(Exact.whole(60))
    return undefined
  }

  /** The instant this much later on the calendar of the zone; business days need a calendar and are not answered here. */
  after(instant: Instant, zone: string): Instant {
    return this.from(instant, zone, 1)
  }

  before(instant: Instant, zone: string): Instant {
    return this.from(instant, zone, -1)
  }

  private from(instant: Instant, zone: string, direction: 1 | -1): Instant {
    const minutes = this.minutes
    if (minutes) return instant + direction * millisecondsOf(minutes)
    const whole = Number(this.count.floor().text)
    const rest = this.count.minus(this.count.floor())
    const unit = this.unit === 'business days' ? 'days' : this.unit
    const reached = local(instant, zone).add({ [unit]: direction * whole })
    // Only days have parts: half a month has no agreed meaning and is refused when the offering is checked.
    return reached.epochMilliseconds + direction * millisecondsOf(rest.times(Exact.whole(24 * 60)))
  }

  toJSON(): string {
    return this.text
  }
}

/** Hours and days have parts; half a month or half a business day has no agreed meaning. */
export const hasParts = (unit: LengthUnit) => ['minutes', 'hours', 'days'].includes(unit)

/** A length that has minutes in it is rounded to the millisecond, the resolution of instants. */
export function millisecondsOf(minutes: Exact): number {
  return Number(minutes.times(Exact.whole(minute)).rounded(Exact.one, 'half-up').text)
}

export function clipped(period: Period, to: Period): Period | undefined {
  const start = Math.max(period.start, to.start)
  const end = Math.min(period.end, to.end)
  return start < end ? { start, end } : undefined
}

export const within = (at: Instant, period: Period) => at >= period.start && at < period.end
