import { type Instant, local, spokenDate, spokenInstant } from '../../kernel/time.ts'
import type { NoEnd } from '../answer/answer.ts'
import type { Speaking } from '../answer/spoken.ts'
import type { Stretch } from '../standing/stretch.ts'

/** What ends as a day begins is said to end with the day before. */
export function endText(instant: Instant, zone: string): string {
  const at = local(instant, zone)
  return at.hour === 0 && at.minute === 0
    ? `the end of ${spokenDate(at.toPlainDate().subtract({ days: 1 }))}`
    : spokenInstant(instant, zone)
}

/** Until when an answer stands at least: what happens then may change it, or may be about something else. */
export const standsText = ({ until }: Stretch, zone: string): string =>
  until === undefined
    ? 'This stands until something is recorded.'
    : `This stands at least until ${endText(until, zone)}, unless something is recorded before.`

/** What is so where no clause lets a side end it. */
export function noEndText({ by, agreed }: NoEnd, { zone, parties }: Speaking): string {
  const side = by === undefined ? 'either side' : (parties?.[by] ?? `the ${by}`)
  const end =
    agreed === undefined ? 'it has no agreed end' : `it ends as agreed, ${endText(agreed, zone)}`
  return `No clause lets ${side} end it: ${end}.`
}
