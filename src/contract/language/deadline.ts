import { z } from 'zod'
import { words } from './map.ts'
import {
  ClockName,
  Distance,
  EventName,
  Expression,
  Name,
  Text,
  TimeOfDay,
  WholeNumber,
} from './words.ts'

/** Until when something has to be done: one shape for targets, duties, claims and what takes effect later. */

export const Ends = z
  .enum(['at-the-hour', 'with-the-day'])
  .describe(
    'whether a number of days is up at the time of day at which it began, or with its last day',
  )
export type Ends = z.infer<typeof Ends>

export const DeadlineBy = words({
  'end-of': Text.optional().describe(
    'the end of this period, the one that holds the start; without it, say `on` or `business-days`',
  ),
  after: WholeNumber.refine((periods) => periods <= 1000, {
    error: 'is more than a thousand periods.',
    params: { name: 'value_misshapen' },
  })
    .optional()
    .describe('so many periods further on; without it, the end of the same period'),
  on: Expression.optional().describe(
    'a date or instant: agreed, or an attribute of the event at hand. A date includes its whole day; without it, say `end-of` or `business-days`',
  ),
  before: Distance.optional().describe(
    'so much earlier than `on` or the end of the period, such as `14 days` or `2 business days`; without it, at that time itself',
  ),
  'after-it': Distance.optional().describe(
    'so much later than `on` or the end of the period; without it, at that time itself',
  ),
  'business-days': WholeNumber.optional().describe(
    'the business day that is so many after the start, by the calendar in `clock`; without it, say `end-of` or `on`',
  ),
  at: TimeOfDay.optional().describe(
    'the time of day; without it, the close of the business day, the whole day of a date, or the time of an instant',
  ),
  cutoff: TimeOfDay.optional().describe(
    'what comes at or after this time of day counts as of the next business day, and so does what comes on a closed day; without it, days are counted from the day itself',
  ),
})
export type DeadlineBy = z.infer<typeof DeadlineBy>

/** Beside a length: a date in its place, and how it is counted. */
export const orBy = {
  by: DeadlineBy.optional().describe('a fixed date; without it, say `within`'),
  clock: ClockName.optional().describe(
    'a calendar, or `always`; without it, only days, weeks, months and years may be counted',
  ),
  ends: Ends.optional().describe(
    'whether a number of days is up at the hour or with the day; without it, `ends` of the policies, where it matters',
  ),
}

export const ClaimWords = words({
  fact: EventName.describe('the kind of fact that claims it'),
  within: Expression.optional().describe(
    'a length, counted from the end of the period, from the event, or from the end of an interval; without it, say `by`',
  ),
  ...orBy,
  concerning: Expression.optional().describe(
    'a date or instant that the claim names, which lies in the period claimed for; without it, a claim counts for each period in whose time it is made',
  ),
  'paired-by': Name.optional().describe(
    'the attribute that the claim shares with the event; without it, both are about the same subject. Beside `for-each` that word says what they share',
  ),
})
export type ClaimWords = z.infer<typeof ClaimWords>
