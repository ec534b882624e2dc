import { type Instant, Length, local, spokenDate, spokenInstant } from '../../kernel/time.ts'
import type { NoEnd } from '../answer/answer.ts'
import { type Speaking, spoken } from '../answer/spoken.ts'
import type { Derivation } from '../derivation.ts'

/** “By the end of 15 June” is the instant at which the 16th begins, and is said as the 15th. */
export function deadlineText(due: Derivation, speaking: Speaking): string {
  const { value, unit } = due
  return typeof value === 'number' && endsWithDay(due)
    ? endText(value, speaking.zone)
    : spoken(value, unit, speaking)
}

/** What ends as a day begins is said to end with the day before. */
export function endText(instant: Instant, zone: string): string {
  const at = local(instant, zone)
  return at.hour === 0 && at.minute === 0
    ? `the end of ${spokenDate(at.toPlainDate().subtract({ days: 1 }))}`
    : spokenInstant(instant, zone)
}

/** What is so where no clause lets a side end it. */
export function noEndText({ by, agreed }: NoEnd, { zone, parties }: Speaking): string {
  const side = by === undefined ? 'either side' : (parties?.[by] ?? `the ${by}`)
  const end =
    agreed === undefined ? 'it has no agreed end' : `it ends as agreed, ${endText(agreed, zone)}`
  return `No clause lets ${side} end it: ${end}.`
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
