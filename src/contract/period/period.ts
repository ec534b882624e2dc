import { firstPlace } from '../../kernel/place.ts'
import {
  endOfTime,
  type Instant,
  type Length,
  local,
  type Period,
  startOfDay,
} from '../../kernel/time.ts'
import { instantOnDay } from '../calendar/calendar.ts'
import { QuestionRefused } from '../question-refused.ts'
import { spend } from '../work.ts'
import { heldBy, keep, keptPeriods } from './kept.ts'

/** What a period is measured by: the zone of the contract and the agreement's own period. */
export type Frame = {
  readonly zone: string
  readonly agreed: Period
  /** When the parties agreed on it, where that is known. */
  readonly agreedOn?: Instant
  /** The days on which a kind of fact is on file while the agreement runs, by their beginnings, where facts are known. */
  readonly daysOf?: (kind: string) => readonly Instant[]
}

/** What is missing of a period before the agreement or after it: no time was promised, measured or paid for. */
export const outside = 'time in the agreement'

export type CalendarUnit = 'day' | 'week' | 'month' | 'quarter' | 'year'

/** The offering's own periods by their names; undefined is one that cannot be read, which is a fault where it is named. */
export type NamedPeriods = ReadonlyMap<string, PeriodRule | undefined>

/** So many whole units of the calendar. */
export type Step = {
  readonly count: number
  readonly unit: 'days' | 'weeks' | 'months' | 'years'
}

/** A rule that says which periods there are. All are half-open; only `window` leaves gaps between them. */
export type PeriodRule =
  /** Of the calendar; `month from 10` begins on the 10th, `year from 04-01` on the first of April. */
  | { is: 'calendar'; unit: CalendarUnit; day: number; month: number }
  /** Lengths that follow each other, before and after a date. One counted from a day of every year has any year. */
  | { is: 'steps'; length: Step; from: string; everyYear: boolean; unit: string }
  /**
   * Counted from the start of the agreement, on its own day of the month; or from a length after it, or from the day of a
   * fact of this kind, until the next one begins them anew.
   */
  | { is: 'agreement-step'; length: Step; unit: string; from?: Length | string }
  | { is: 'agreement' }
  /** Slots of so many minutes from midnight. */
  | { is: 'part-of-day'; minutes: number }
  /** From the start of the period up to and including the event at hand. */
  | { is: 'so-far'; of: PeriodRule }
  /** So long back from the event at hand, which is in it. */
  | { is: 'past'; length: Length }
  /** From the last event of this kind about the same subject to the next. */
  | { is: 'since'; kind: string }
  /** Each day from a time of day until a time of day, of the next day where it is not later. */
  | { is: 'window'; from: number; until: number }

/** The period of this rule that holds the instant; undefined where there is none (outside a window, before the agreement). */
export function periodAround(rule: PeriodRule, at: Instant, frame: Frame): Period | undefined {
  switch (rule.is) {
    case 'calendar':
      return calendarPeriod(rule, at, frame.zone)
    case 'steps':
      return steppedPeriod(rule, at, frame.zone)
    case 'agreement-step':
      return agreementStep(rule, at, frame)
    case 'agreement':
      return at >= frame.agreed.start && at < frame.agreed.end ? frame.agreed : undefined
    case 'part-of-day': {
      const day = calendarPeriod(dayRule, at, frame.zone)
      const length = rule.minutes * 60_000
      const start = day.start + Math.floor((at - day.start) / length) * length
      return { start, end: Math.min(start + length, day.end) }
    }
    case 'so-far': {
      const start = periodAround(rule.of, at, frame)?.start
      return start === undefined ? undefined : { start, end: at + 1 }
    }
    case 'past':
      return { start: rule.length.before(at, frame.zone), end: at + 1 }
    case 'window':
      return windowAround(rule, at, frame.zone)
    case 'since':
      return undefined // needs the facts: the reader of the measure finds it
  }
}

const dayRule = { is: 'calendar', unit: 'day', day: 1, month: 1 } as const

function calendarPeriod(
  rule: Extract<PeriodRule, { is: 'calendar' }>,
  at: Instant,
  zone: string,
): Period {
  // Asked for with each line: what begins with its month or year needs no text to be made.
  const isPlain = rule.day === 1 && rule.month === 1
  const key = isPlain ? rule.unit : `${rule.unit} ${rule.month} ${rule.day}`
  const kept = keptPeriods(zone, key)
  return heldBy(kept, at) ?? keep(kept, foundCalendarPeriod(rule, at, zone))
}

function steppedPeriod(
  { length, from }: Extract<PeriodRule, { is: 'steps' }>,
  at: Instant,
  zone: string,
): Period {
  const first = Temporal.PlainDate.from(from)
  const start = (place: number) => startOfDay(after(first, length, place), zone)
  const kept = keptPeriods(zone, `${length.count} ${length.unit} ${from}`)
  const held = heldBy(kept, at)
  if (held) return held
  const date = local(at, zone).toPlainDate()
  const passed = first.until(date, { largestUnit: length.unit })[length.unit]
  return keep(kept, stepAround(start, at, passed / length.count))
}

/** Counted from the first day itself: what begins on a 31st never drifts to the 28th. */
const after = <Day extends Temporal.PlainDate | Temporal.ZonedDateTime>(
  first: Day,
  { count, unit }: Step,
  place: number,
) => first.add({ [unit]: place * count }) as Day

/** The step that holds the instant, looked for from about where it is. */
function stepAround(start: (place: number) => Instant, at: Instant, about: number): Period {
  let place = Math.floor(about)
  while (start(place) > at) place -= 1
  while (start(place + 1) <= at) place += 1
  return { start: start(place), end: start(place + 1) }
}

function foundCalendarPeriod(
  rule: Extract<PeriodRule, { is: 'calendar' }>,
  at: Instant,
  zone: string,
): Period {
  const date = local(at, zone).toPlainDate()
  const starts = (steps: number): Temporal.PlainDate => {
    if (rule.unit === 'day') return date.add({ days: steps })
    if (rule.unit === 'week')
      return date.subtract({ days: date.dayOfWeek - 1 }).add({ days: 7 * steps })
    const length = { month: 1, quarter: 3, year: 12 }[rule.unit]
    const month = rule.unit === 'year' ? rule.month : date.month - ((date.month - 1) % length)
    const first = Temporal.PlainDate.from({ year: date.year, month, day: 1 }).add({
      months: steps * length,
    })
    // A month that lacks the day begins on its last; counted from the first, so that it never drifts.
    return first.with({ day: Math.min(rule.day, first.daysInMonth) })
  }
  const steps = Temporal.PlainDate.compare(starts(0), date) > 0 ? -1 : 0
  return { start: startOfDay(starts(steps), zone), end: startOfDay(starts(steps + 1), zone) }
}

type AgreementStep = Extract<PeriodRule, { is: 'agreement-step' }>

/** Cut by the end of the agreement, and where its periods begin anew. */
function agreementStep(rule: AgreementStep, at: Instant, frame: Frame): Period | undefined {
  const { end } = frame.agreed
  const starts = startsOf(rule, frame)
  const next = firstPlace(starts.length, (place) => (starts[place] ?? 0) > at)
  const first = starts[next - 1]
  if (first === undefined || at >= end) return undefined
  const step = stepFrom(first, rule.length, { at, zone: frame.zone })
  return { start: step.start, end: Math.min(step.end, end, starts[next] ?? end) }
}

/** The k-th step begins k lengths after the first. */
function stepFrom(
  start: Instant,
  length: Step,
  { at, zone }: { readonly at: Instant; readonly zone: string },
): Period {
  const first = local(start, zone)
  const passed = first.until(local(at, zone), { largestUnit: length.unit })[length.unit]
  return stepAround(
    (place) => after(first, length, place).epochMilliseconds,
    at,
    passed / length.count,
  )
}

/** From when they are counted; several, where facts begin them anew. */
function startsOf({ from }: AgreementStep, { agreed, zone, daysOf }: Frame): readonly Instant[] {
  if (from === undefined) return [agreed.start]
  return typeof from === 'string' ? (daysOf?.(from) ?? []) : [from.after(agreed.start, zone)]
}

/** How long a period would be that an end, or a fact that begins the next, cuts: of that its price is one. */
export function wholePeriod(rule: PeriodRule, period: Period, frame: Frame): Period {
  if (rule.is !== 'agreement-step') return period
  const first = startsOf(rule, frame).findLast((start) => start <= period.start)
  return first === undefined
    ? period
    : stepFrom(first, rule.length, { at: period.start, zone: frame.zone })
}

/** The kind of fact whose last one begins its periods anew: which there are nobody knows beforehand. */
export const countedFrom = (rule: PeriodRule | undefined): string | undefined =>
  rule?.is === 'agreement-step' && typeof rule.from === 'string' ? rule.from : undefined

function windowAround(
  rule: Extract<PeriodRule, { is: 'window' }>,
  at: Instant,
  zone: string,
): Period | undefined {
  const date = local(at, zone).toPlainDate()
  for (const day of [date, date.subtract({ days: 1 })]) {
    const period = windowOn(rule, day, zone)
    if (period.start <= at && at < period.end) return period
  }
  return undefined
}

function windowOn(
  rule: Extract<PeriodRule, { is: 'window' }>,
  date: Temporal.PlainDate,
  zone: string,
): Period {
  const last = rule.until > rule.from ? date : date.add({ days: 1 })
  const time = (day: Temporal.PlainDate, minute: number) => instantOnDay(day, minute, zone)
  return { start: time(date, rule.from), end: time(last, rule.until) }
}

/** A year of minutes has 527,040; a century of them would neither end nor fit. */
export const periodsMax = 600_000

/** Arithmetic in a zone takes about as long as so many steps of a derivation. */
const periodWork = 5

/** Every period of this rule that overlaps the range, in order; each whole, not clipped. */
export function* periodsWithin(rule: PeriodRule, range: Period, frame: Frame): Generator<Period> {
  let count = 0
  for (const period of everyPeriod(rule, range, frame)) {
    count += 1
    if (count > periodsMax) throw tooManyPeriods()
    spend(periodWork)
    yield period
  }
}

export const tooManyPeriods = () =>
  new QuestionRefused(
    'question_too_long',
    '',
    'What is asked rests on more than 600,000 periods: ask about a shorter time.',
  )

function* everyPeriod(rule: PeriodRule, range: Period, frame: Frame): Generator<Period> {
  if (rule.is === 'so-far' || rule.is === 'past' || rule.is === 'since') return
  if (rule.is === 'window') {
    for (
      let date = local(range.start, frame.zone).toPlainDate().subtract({ days: 1 });
      ;
      date = date.add({ days: 1 })
    ) {
      const period = windowOn(rule, date, frame.zone)
      if (period.start >= range.end || period.start >= endOfTime) return
      if (period.end > range.start) yield period
    }
  }
  let at = Math.max(range.start, firstOf(rule, frame))
  while (at < range.end && at < endOfTime) {
    const period = periodAround(rule, at, frame)
    if (!period) return
    yield period
    at = period.end
  }
}

/** Before it there are none. */
function firstOf(rule: PeriodRule, frame: Frame): Instant {
  if (rule.is === 'agreement') return frame.agreed.start
  return rule.is === 'agreement-step'
    ? (startsOf(rule, frame)[0] ?? endOfTime)
    : Number.MIN_SAFE_INTEGER
}
