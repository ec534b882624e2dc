import { Length } from '../../kernel/time.ts'
import { type Speaking, spoken } from '../answer/spoken.ts'
import type { Derivation } from '../derivation.ts'
import { endText } from './until.ts'

/** “By the end of 15 June” is the instant at which the 16th begins, and is said as the 15th. */
export function deadlineText(due: Derivation, speaking: Speaking): string {
  const { value, unit } = due
  return typeof value === 'number' && endsWithDay(due)
    ? endText(value, speaking.zone)
    : spoken(value, unit, speaking)
}

/** Whether days were promised: a deadline by the clock is met at its last instant, one by days before it. */
function endsWithDay({ operation, settings = {}, from }: Derivation): boolean {
  if (operation === 'end-of-period') return true
  if (operation !== 'after-length' && operation !== 'by-date') return false
  const [start, length] = from.map(({ is }) => is.value)
  if ('at' in settings || (length instanceof Length && length.minutes)) return false
  const isOfDay = 'ends' in settings && settings.ends === 'with-the-day' && length !== undefined
  return isOfDay || 'fromEnd' in settings || start instanceof Temporal.PlainDate
}
