import type { Instant, Length, LengthUnit } from '../../kernel/time.ts'
import { unknown, type Value } from '../value.ts'

export type MoveSettings = { readonly zone: string; readonly to: 'later' | 'earlier' }

/** A date has no hours; and which days are business days a calendar says, which no formula names. */
export const unitsOf: Readonly<Record<'date' | 'instant', readonly LengthUnit[]>> = {
  date: ['days', 'weeks', 'months', 'years'],
  instant: ['minutes', 'hours', 'days', 'weeks', 'months', 'years'],
}

/** Counted on the calendar: a month after 31 January is the last day of February. */
export function moved(
  at: Instant | Temporal.PlainDate,
  length: Length,
  { zone, to }: MoveSettings,
): Value {
  const { count, unit } = length
  const is = typeof at === 'number' ? 'instant' : 'date'
  const fits = unitsOf[is].includes(unit) && (is === 'instant' || count.isWhole)
  if (!fits)
    return unknown(is === 'date' ? 'a length in whole days' : 'a length without a calendar')
  if (typeof at === 'number')
    return to === 'later' ? length.after(at, zone) : length.before(at, zone)
  const days = { [unit]: Number(count.text) }
  return to === 'later' ? at.add(days) : at.subtract(days)
}
