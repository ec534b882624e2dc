import { z } from 'zod'
import { ClaimWords } from './deadline.ts'
import { Rounding } from './fact.ts'
import { words } from './map.ts'
import { Billed, OnChange, OnEnd, Prorate } from './period-policies.ts'
import { base, priceWords } from './price.ts'
import {
  ComponentName,
  EventName,
  ExactNumber,
  Expression,
  Name,
  oneOrMany,
  Same,
  Side,
  Text,
  Title,
} from './words.ts'

const DiscountWords = words({
  id: Name.describe('a path of the answer: `fee.loyalty`'),
  share: Expression.optional().describe(
    'a percentage of what the discounts before it leave; without it, say `amount`',
  ),
  amount: Expression.optional().describe(
    'so much, but never more than is left; without it, say `share`',
  ),
  if: Expression.optional().describe('a condition; without it, always'),
  title: Title,
})
export type DiscountWords = z.infer<typeof DiscountWords>
const LimitOfCharge = words({
  times: Expression.optional().describe(
    'only the first so many are due; one of nothing uses none of them up; without it, any number',
  ),
  amount: Expression.optional().describe(
    'together at most so much, the last one partly; without it, any amount',
  ),
  per: Text.describe(
    'in each of these periods; `past 24 hours`: in any time of that length; `24 hours from first`: in one that the first of them begins, and the next one after it anew',
  ),
  about: Same.optional().describe(
    '`same`: each subject has its own limit, and events without one have one together; without it, all together',
  ),
  'paired-by': Name.optional().describe(
    'with `about: same`, the attribute by which they are told apart; without it, their subject',
  ),
})

const Waivers = words({
  'any-of': z
    .array(
      words({
        id: Name.describe('a part of the answer: `fee.youth`'),
        if: Expression.describe('a condition over measures and agreed values'),
        title: Title,
      }),
    )
    .min(1)
    .describe('conditions of which one is enough'),
})
const posting = {
  ...priceWords,
  ...base,
  price: Name.optional().describe(
    'a named price: its words stand here; without it, the price is said here',
  ),
  discounts: z
    .array(DiscountWords)
    .min(1)
    .optional()
    .describe('in this order, each of what is left; never more than that; without it, none'),
  'in-parts-of': Text.optional().describe(
    'an interval is priced part by part, each by all words of the price, and the parts are added: a length from its beginning, such as `24 hours`, or a period in which each part lies, such as `day` or a window of each day; without it, it is priced as one',
  ),
  cumulative: Text.optional().describe(
    'the quantities of all events of this period that the clause speaks of are priced together: the price of all so far less the price of all before, both rounded, so that the lines add up to the price of all; without it, each event is priced alone',
  ),
  limit: LimitOfCharge.optional().describe(
    'how often, or up to what sum, it is due in a period; without it, each time in full',
  ),
  'for-each': Text.optional().describe(
    'of a period: a kind of fact, and each of its subjects (`about`) that the period has is charged for by a line of its own, priced, bound and rounded by itself; or an attribute of it, `drive.plate`, and each of its values is; without it, one line for the period',
  ),
  each: EventName.optional().describe(
    'what it is due for: a kind of fact, or an event that a term makes (`loan_kept`, `pay.missed`); without it, it is due for periods',
  ),
  when: Expression.optional().describe('a condition: otherwise nothing is due; without it, always'),
  'waived-when': Waivers.optional().describe(
    'nothing is due if one of these holds; without it, it is never waived',
  ),
  'pays-for': ComponentName.optional().describe(
    'the component: events of other components do not concern it, while a measure that it reads counts whatever its `where` says; without it, events of all',
  ),
  payer: Side.optional().describe(
    'who pays; without it, the consumer a charge, the provider a credit',
  ),
  tax: Name.optional().describe(
    'a tax category of the offering, which stands in the line; without it, none',
  ),
  rounded: Rounding.optional().describe(
    'how its amount is rounded, to no more than bounds it; without it, as `rounding` of the offering says',
  ),
  from: Text.optional().describe(
    'due from a date on, as compared by `dated-by`; from a length after the start of the agreement on, such as `5 days`; or from an event on, at its first happening while the agreement runs: a kind of fact, a transition or `pay.met`, of the component that is paid for. A period that it cuts follows `prorate`; an event that has not happened has begun nothing; without it, from the start',
  ),
  until: Text.optional().describe(
    'due before a date, as compared by `dated-by`, before the end of a length after the start of the agreement, or before an event, in the same words; without it, to the end',
  ),
  'dated-by': z
    .enum(['event', 'period', 'agreement'])
    .optional()
    .describe(
      'which date is compared with a date in `from` or `until`: that of the event, of the start of the period, or of the start of the agreement; without it, neither may be a date',
    ),
}
const RiseWords = words({
  'at-most': Expression.optional().describe(
    'so much more: a percentage of what it was, or an amount; without it, no upper bound',
  ),
  'at-least': Expression.optional().describe(
    'so much more at least: `0%` lets it never fall; without it, no lower bound',
  ),
  over: Text.optional().describe(
    'how long before the period with which it is compared lies, such as `1 year`; without it, it is the one just before',
  ),
})
export const ChargeWords = words({
  ...posting,
  every: Text.optional().describe(
    'a period, or `once`: at the start of the agreement; without it, say `each`',
  ),
  creditable: Expression.optional().describe(
    'how much of it all credits `of` it together give back at most: a percentage, or an agreed value; without it, all of it',
  ),
  rise: RiseWords.optional().describe(
    'how far the price of a period may lie above or below that of an earlier one: what a whole period cost then, as rounded, before discounts, and whether or not all of it was due; without it, as far as it likes',
  ),
  prorate: Prorate.optional(),
  'on-change': OnChange.optional(),
  'on-end': OnEnd.optional(),
  billed: Billed.optional().describe(
    'on the first or the last day of the period, or when an end cuts it; without it, `billed` of the policies; of neither, a charge with `every` is refused',
  ),
})
export const CreditWords = words({
  ...posting,
  per: Text.optional().describe('a period, or `once`; without it, say `each`'),
  'issued-above': ExactNumber.optional().describe(
    'nothing is due unless the amount, or what a `limit` leaves of it, is more than this; without it, any amount is',
  ),
  claim: ClaimWords.optional().describe(
    'due only if it is claimed in time; without it, nobody has to claim it',
  ),
})
export type ChargeWords = z.infer<typeof ChargeWords>
export type CreditWords = z.infer<typeof CreditWords>
/** Either of them, read alike: what is no word of the one is absent from it. */
export type PostingWords = ChargeWords & CreditWords

export const TotalWords = words({
  of: oneOrMany(Name).describe(
    'charges, credits, totals, measures and agreed values that are added, a credit with its amount as well: it is taken off in `minus`',
  ),
  minus: oneOrMany(Name).optional().describe('what is taken from them; without it, nothing'),
  minimum: Expression.optional().describe('the least that it is; without it, no bound'),
  maximum: Expression.optional().describe('the most that it is; without it, no bound'),
})
export type TotalWords = z.infer<typeof TotalWords>
