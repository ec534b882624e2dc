import { Exact } from '../../kernel/exact.ts'
import { dayMinutes, type Length } from '../../kernel/time.ts'
import type { Turn } from '../scope.ts'
import type { PeriodRule, Step } from './period.ts'

/** How the periods of two rules lie to each other. */

/** How long a period of this rule is, in days, for deciding which of two is the finer; undefined for those without a grid. */
export function grain(rule: PeriodRule): Exact | undefined {
  switch (rule.is) {
    case 'calendar':
      return daysOfUnit[rule.unit]
    case 'steps':
    case 'agreement-step':
      return Exact.whole(daysOf(rule.length))
    case 'agreement':
      return Exact.whole(1_000_000)
    case 'part-of-day':
      return Exact.ratio(rule.minutes, dayMinutes)
    case 'window':
      return Exact.one
    default:
      return undefined
  }
}

const daysOfUnit = {
  day: Exact.one,
  week: Exact.whole(7),
  month: Exact.whole(30),
  quarter: Exact.whole(91),
  year: Exact.whole(365),
}

/** As a calendar has them: a quarter has 91 days, three months as well. */
const daysOf = ({ count, unit }: Step) =>
  unit === 'months' || unit === 'years'
    ? Math.floor((count * (unit === 'years' ? 12 : 1) * 365) / 12)
    : count * (unit === 'weeks' ? 7 : 1)

/** The finer of two grids cannot be read directly: which of its periods would be meant? */
export function isFiner(rule: PeriodRule, than: PeriodRule | undefined): boolean {
  const own = grain(rule)
  const other = than && grain(than)
  return own !== undefined && other !== undefined && own.compare(other) < 0
}

/** Two that are about as long, and begin and end with each other only by chance: neither has one period of the other. */
export function isMisaligned(rule: PeriodRule, than: PeriodRule | undefined): boolean {
  const [own, other] = [grain(rule), than && grain(than)]
  return (
    than !== undefined &&
    own !== undefined &&
    other !== undefined &&
    own.compare(other.times(Exact.whole(2))) < 0 &&
    !isFiner(rule, than) &&
    !liesWithin(than, rule)
  )
}

/** What looks back begins and ends on no grid: it is of one period only where such a period is much longer. */
export function isOfSeveral(rule: PeriodRule, than: PeriodRule | undefined): boolean {
  const own = grain(rule)
  if (than?.is !== 'past' || own === undefined) return false
  const days = Exact.ratio(-than.length.before(0, 'UTC'), 86_400_000)
  return own.compare(days.times(Exact.whole(2))) < 0
}

/** Whether one of the longer periods holds each of the shorter whole: a day lies in one month, a week may lie in two. */
export function liesWithin(shorter: PeriodRule, longer: PeriodRule): boolean {
  if (longer.is === 'agreement') return true
  if (shorter.is === 'part-of-day' && longer.is === 'part-of-day')
    return longer.minutes % shorter.minutes === 0
  const [own, whole] = [gridOf(shorter), gridOf(longer)]
  // What is no longer than a day is in the day with which it begins, and so in what is made of days.
  if (!own || (own.unit === 'days' && own.count === 1))
    return whole !== undefined || isSamePeriod(shorter, longer)
  return (
    whole !== undefined &&
    own.unit === whole.unit &&
    own.day === whole.day &&
    own.anchor === whole.anchor &&
    whole.count % own.count === 0 &&
    (whole.first - own.first) % own.count === 0
  )
}

/** Rules are data that one reader writes with their words in one order; a length is its text, which no name can be. */
export const isSamePeriod = (one: PeriodRule | undefined, other: PeriodRule | undefined) =>
  one === other || JSON.stringify(one) === JSON.stringify(other)

/** Every so many days or months from a first one on. */
type Grid = {
  readonly unit: 'days' | 'months'
  readonly count: number
  readonly first: number
  /** Of months, the day on which they begin. */
  readonly day: number
  /** What they are counted from: the calendar, the start of the agreement, or what else their rule says. */
  readonly anchor: string
}

/** Of what is made of whole days, the day itself among them. */
function gridOf(rule: PeriodRule): Grid | undefined {
  switch (rule.is) {
    case 'calendar': {
      const { unit, month, day } = rule
      if (unit === 'day' || unit === 'week') return gridFrom({ count: 1, unit: `${unit}s` }, monday)
      const count = { month: 1, quarter: 3, year: 12 }[unit]
      return { ...gridFrom({ count, unit: 'months' }), first: month - 1, day }
    }
    case 'steps':
      return gridFrom(rule.length, Temporal.PlainDate.from(rule.from))
    case 'agreement-step':
      return { ...gridFrom(rule.length), anchor: `agreement ${anchorText(rule.from)}` }
    default:
      return undefined
  }
}

const anchorText = (from: Length | string = '') => (typeof from === 'string' ? from : from.text)

function gridFrom({ count, unit }: Step, from = firstDay): Grid {
  const anchor = 'calendar'
  if (unit === 'days' || unit === 'weeks') {
    const first = firstDay.until(from).days
    return { unit: 'days', count: count * (unit === 'weeks' ? 7 : 1), first, day: 0, anchor }
  }
  const first = from.year * 12 + from.month - 1
  return {
    unit: 'months',
    count: count * (unit === 'years' ? 12 : 1),
    first,
    day: from.day,
    anchor,
  }
}

const firstDay = Temporal.PlainDate.from('2000-01-01')
const monday = Temporal.PlainDate.from('2000-01-03')

/** At which turns what is read per this rule changes. */
export function turning(rule: PeriodRule | undefined): readonly Turn[] | undefined {
  if (rule?.is === 'since') return undefined
  if (rule?.is === 'past') return [{ is: 'instant' }]
  if (rule?.is === 'so-far') return turning(rule.of)
  return rule ? [rule] : []
}
