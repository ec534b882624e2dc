import { z } from 'zod'
import { Exact } from '../../kernel/exact.ts'
import { Rounding } from './fact.ts'
import { words } from './map.ts'
import { ExactNumber } from './words.ts'

/**
 * What a part of a period costs, what becomes of it when its price changes or the agreement ends, and when it is billed:
 * said of one charge, or under `policies` of all.
 */

const DaysOfPeriod = ExactNumber.refine((days) => days.compare(Exact.zero) > 0, {
  error: 'is not above zero: say how many days a period has.',
  params: { name: 'value_out_of_range' },
})

export const Prorate = z
  .union([
    z.literal('no'),
    words({
      by: z
        .enum(['days', 'time'])
        .describe('its days ÷ the days of the period, or its exact time ÷ that of the period'),
      of: z
        .union([z.literal('actual'), DaysOfPeriod])
        .describe(
          'the days of the period itself, or so many, by time of 24 hours each; no part costs more than a whole period',
        ),
      'days-counted': z
        .enum(['actual', '30/360'])
        .optional()
        .describe(
          'by days: how they are counted, in the part and in the whole: those of the calendar, or every month as 30, its 31st as its 30th; without it, `actual`',
        ),
      rounded: Rounding.optional().describe(
        'by days: how the price of a day is rounded before it is multiplied by their number; a whole period costs its price, and no part of it more; without it, it is exact',
      ),
      'change-day': z
        .enum(['old', 'new'])
        .optional()
        .describe(
          'by days: whose the day of a change is, for what `on-change` credits of the old price and charges of the new; and the day inside which a length or an event that `from` or `until` names begins or ends it: with `new` what ends leaves that day to what begins, with `old` what begins leaves it to what ends; without it, of `on-change` `new`, and of `from` and `until` the day is counted on either side',
        ),
    }),
  ])
  .describe(
    'what is due for a part of a period: `no`, the same as for a whole one, or its part; the day on which the part begins is counted, and so is the day on which it is ended; without it, `prorate` of the policies; of neither, a charge with `every` is refused',
  )

const Unused = z.enum(['credit-unused', 'credit-in-full', 'keep'])
const ChangeMethod = z.union([
  z.literal('next-period').describe('the new price counts from the next period on'),
  words({
    old: Unused.describe(
      'what becomes of the old price: the rest of the period credited, all that was charged for it credited, or kept',
    ),
    new: z
      .enum(['prorated', 'in-full'])
      .describe('what the new price costs for the rest of the period'),
  }),
])
export type ChangeMethod = z.infer<typeof ChangeMethod>
export const OnChange = z
  .union([
    ChangeMethod,
    words({
      'if-dearer': ChangeMethod.describe('where the new price of a whole period is the higher'),
      otherwise: ChangeMethod.describe('where it is lower, or the same'),
    }),
  ])
  .describe(
    'when the price changes inside a period: its line keeps the price with which it began, and two lines are billed at the change, the old credited and the new charged, from the change to the end of the period; without it, `on-change` of the policies; of neither, an agreement whose price changes inside a period is refused',
  )
export type OnChange = z.infer<typeof OnChange>
export const OnEnd = words({
  old: Unused.describe(
    'what becomes of the rest: its part credited, all of the line credited, or kept',
  ),
}).describe(
  'when the agreement is ended inside a period: its line stays whole, and what is unused, counted after the day of the end, or all of it, is credited at the end; without it, the line itself follows `prorate`',
)
export type OnEnd = z.infer<typeof OnEnd>

export const Billed = z.enum(['in-advance', 'in-arrears'])
export type Billed = z.infer<typeof Billed>
