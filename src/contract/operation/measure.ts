import { Exact, greatest, type RoundingMode } from '../../kernel/exact.ts'
import { daysBetween, endOfTime, type Instant, local, startOfDay } from '../../kernel/time.ts'
import { type Calendar, openWithin } from '../calendar/calendar.ts'
import { notAgreed, unknown, type Value } from '../value.ts'
import { spend } from '../work.ts'
import { type Rests, stepsToSuppose, upOf } from './structure.ts'
import { inUnit, type TimeUnit } from './time.ts'
import { absence, numberOf, type Values } from './value.ts'

/** The arithmetic of measures that read no facts: months of an agreement, time between dates, shares, what is promised. */

type BetweenSettings = { unit: TimeUnit | CalendarUnit; zone: string; calendar?: Calendar }
type CalendarUnit = 'months' | 'years'

/** From one date or instant to another; nothing when the second comes first. A date is its beginning. */
export function between(
  [from = notAgreed, to = notAgreed]: Values,
  { unit, zone, calendar }: BetweenSettings,
): Value {
  const [start, end] = [instantOf(from, zone), instantOf(to, zone)]
  if (start === undefined || end === undefined) return absence([from, to]) ?? notAgreed
  if (end <= start) return Exact.zero
  // Who is born on the 29th of February is a year older on the 28th, where there is no other.
  if (unit === 'months' || unit === 'years') return completed(reached(start, end, zone).whole, unit)
  const whole = { start, end }
  return inUnit(calendar ? openWithin(calendar, whole) : [whole], unit, zone)
}

const completed = (months: Exact, unit: CalendarUnit) =>
  unit === 'months' ? months : months.over(Exact.whole(12)).floor()

function instantOf(value: Value, zone: string): Instant | undefined {
  if (typeof value === 'number') return value
  return value instanceof Temporal.PlainDate ? startOfDay(value, zone) : undefined
}

type MonthsSettings = {
  count: 'completed' | 'remaining'
  parts: 'whole' | 'daily'
  zone: string
}

/** Months of an agreement up to an instant, or from it to the agreed end: on the agreement's own boundaries. */
export function agreementMonths(
  [at = notAgreed, from = notAgreed, until = notAgreed]: Values,
  { count, parts, zone }: MonthsSettings,
): Value {
  const [start, end] = [instantOf(from, zone), instantOf(until, zone)]
  if (typeof at !== 'number' || start === undefined || end === undefined)
    return absence([at, from, until]) ?? notAgreed
  if (end < start) return Exact.zero
  const within = Math.min(Math.max(at, start), end)
  const now = reached(start, within, zone)
  if (count === 'completed') return parts === 'daily' ? now.daily : now.whole
  if (end >= endOfTime) return unknown('the end of the agreement')
  const last = reached(start, end, zone)
  if (parts === 'daily') {
    // A day that has begun is used, as it is where a price is prorated by days: it is not paid for twice.
    const used = (until: Instant) => reached(start, dayOver(until, zone), zone).daily
    return greatest(used(end).minus(used(within)), Exact.zero)
  }
  const begun = now.isBoundary ? now.whole : now.whole.plus(Exact.one)
  return greatest(last.whole.minus(begun), Exact.zero)
}

/** The midnight at which the day of an instant is over; midnight itself is. */
function dayOver(at: Instant, zone: string): Instant {
  const day = local(at, zone).toPlainDate()
  return startOfDay(day, zone) === at ? at : startOfDay(day.add({ days: 1 }), zone)
}

/** How many months from the start an instant is; a day that has begun is not over yet. */
function reached(start: Instant, at: Instant, zone: string) {
  const first = local(start, zone)
  const step = (months: number) => first.add({ months }).epochMilliseconds
  let months = first.until(local(at, zone), { largestUnit: 'month' }).months
  while (step(months) > at) months -= 1
  while (step(months + 1) <= at) months += 1
  const begins = step(months)
  const days = daysBetween(begins, at, zone).floor()
  const whole = Exact.whole(months)
  return {
    whole,
    isBoundary: begins === at,
    daily: whole.plus(days.over(daysBetween(begins, step(months + 1), zone))),
  }
}

type ShareSettings = {
  /** Which of the weights, counted from 0. */
  place: number
  to: Exact
  mode: RoundingMode
  remainder: 'largest' | 'first'
}

/**
 * One of the shares of a whole, by weight, rounded so that all of them add up to it: each lies less than a step from its
 * exact value, as only what rounding moved the other way takes a step of what it leaves.
 */
export function sharePart(values: Values, { place, to, mode, remainder }: ShareSettings): Value {
  const absent = absence(values)
  if (absent) return absent
  const [pool = Exact.zero, ...weights] = values.map(numberOf)
  const total = weights.reduce((sum, weight) => sum.plus(weight), Exact.zero)
  if (weights.some((weight) => weight.compare(Exact.zero) < 0) || total.isZero)
    return unknown('weights above zero')
  const whole = pool.rounded(to, mode)
  const shares = weights.map((weight, at) => {
    const exact = whole.times(weight).over(total)
    const rounded = exact.rounded(to, mode)
    return { at, weight, rounded, moved: rounded.compare(exact) }
  })
  const left = whole.minus(Exact.sum(shares.map(({ rounded }) => rounded)))
  const way = left.compare(Exact.zero)
  // Sorting is stable: of equal weights the first in the order written goes first.
  const inTurn = shares.filter(({ moved }) => moved * way < 0)
  if (remainder === 'largest') inTurn.sort((one, other) => other.weight.compare(one.weight))
  const steps = Number(left.over(to).text) * way
  const takes = inTurn.slice(0, steps).some(({ at }) => at === place)
  const share = shares[place]?.rounded ?? Exact.zero
  return takes ? share.plus(to.times(Exact.whole(way))) : share
}

/** The share of time that a structure promises, from what each part promises. */
export function promisedShare(values: Values, { structure }: { structure: Rests }): Value {
  const absent = absence(values)
  if (absent) return absent
  const shares = values.map(numberOf)
  const isShare = (share: Exact) => share.compare(Exact.zero) >= 0 && share.compare(Exact.one) <= 0
  if (!shares.every(isShare)) return unknown('a share from 0% to 100%')
  spend(stepsToSuppose(structure))
  return upOf(structure, shares)
}
