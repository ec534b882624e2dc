import { clipped, localText, type Period } from '../../kernel/time.ts'
import { countedFrom, type Frame, type PeriodRule, periodAround, periodsWithin } from './period.ts'

/** A period that a question says; it is on no grid. */
export type AskedPeriod = { readonly is: 'asked'; readonly period: Period; readonly frame: Frame }

/** Where it has several periods of this rule, how a question says one that may well be meant. */
export function oneOfSeveral(rule: PeriodRule, { period, frame }: AskedPeriod): string | undefined {
  const grid = rule.is === 'so-far' ? rule.of : rule
  // What looks back from the end of a period has one value for it, however long it looks back.
  if (grid.is === 'past' || grid.is === 'since' || period.end <= frame.agreed.start)
    return undefined
  const own = firstIn(grid, period, frame)
  const isOfSeveral = own && (own.start > period.start || goesBeyond(period, own, frame))
  return isOfSeveral ? suchAs(firstAgreed(grid, own, { period, frame }), frame.zone) : undefined
}

/** Whether it is less than one period of this rule. */
export function isPartOfOne(rule: PeriodRule, { period: { start, end }, frame }: AskedPeriod) {
  const own = periodAround(rule, start, frame)
  return own !== undefined && end <= own.end && own.end - own.start > end - start
}

/** The one that holds the start; of what is counted from a fact the first, where it begins later. */
function firstIn(rule: PeriodRule, period: Period, frame: Frame): Period | undefined {
  const around = periodAround(rule, period.start, frame)
  if (around || countedFrom(rule) === undefined) return around
  const [first] = periodsWithin(rule, period, frame)
  return first
}

/** What is asked beyond the end that was agreed lies in no other period of the agreement. */
const goesBeyond = (period: Period, own: Period, { agreed }: Frame) =>
  period.end > own.end && own.end < agreed.end

/** The first that begins in the agreement, where one does. */
function firstAgreed(
  rule: PeriodRule,
  own: Period,
  { period, frame }: Pick<AskedPeriod, 'period' | 'frame'>,
): Period {
  const asked = clipped(period, frame.agreed)
  const [first = own, next = first] = asked ? periodsWithin(rule, asked, frame) : []
  return first.start < frame.agreed.start ? next : first
}

/** One of the periods in which there is a value each, as a question says it. */
export function suchAs({ start, end }: Period, zone: string): string {
  const [from, to] = [start, end].map((at) => localText(at, zone).replace(/T00:00$/, ''))
  return `say “in:” one of them, such as ${from} to ${to}`
}
