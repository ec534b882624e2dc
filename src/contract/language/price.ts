import { z } from 'zod'
import { Exact } from '../../kernel/exact.ts'
import { ClaimWords } from './deadline.ts'
import { Rounding } from './fact.ts'
import {
  ComponentName,
  EventName,
  ExactNumber,
  Expression,
  edges,
  Name,
  oneOrMany,
  Same,
  Side,
  StepRounding,
  Text,
  Title,
  words,
} from './words.ts'

/** The price function: one function of one quantity. Its stages always run in the order in which they stand here. */
const priceWords = {
  measure: Expression.optional().describe(
    'the quantity: a name or formula; without it, the base of `tiers` and `bands`, otherwise 1',
  ),
  included: Expression.optional().describe(
    'so much of the quantity costs nothing; what is left is read as `beyond`, a path of the answer (`overage.beyond`); without it, 0',
  ),
  'quantity-at-most': Expression.optional().describe(
    'what is more than this costs nothing; without it, no bound',
  ),
  counted: words({
    in: Expression.describe('the size of a step, in the unit of the quantity'),
    rounded: StepRounding.describe(
      'what a part of a step counts: `up` a whole one, `down` none, `nearest` a whole one from its half on',
    ),
  })
    .optional()
    .describe(
      'count the quantity in steps: from here on it is a number of steps; without it, it stays as it is',
    ),
  'quantity-at-least': Expression.optional().describe(
    'what is less costs as much as this, in steps where it is counted; without it, no bound',
  ),
  amount: Expression.optional().describe(
    'a fixed amount, whatever the quantity; beside `rate` both are added; without it, say another form of price',
  ),
  rate: Expression.optional().describe(
    'per unit, or per step where it is counted in steps: money, or a percentage of a quantity of money, or of the base; without it, say another form of price',
  ),
  share: Expression.optional().describe(
    'a percentage of the base; without it, say another form of price',
  ),
  mode: z
    .enum(['graduated', 'volume'])
    .optional()
    .describe(
      '`graduated`: each unit at the rate of its own tier; `volume`: all units at the tier reached; without it, `tiers` are refused',
    ),
  tiers: z
    .array(
      words({
        'up-to': Expression.optional().describe(
          'the last quantity in it; without it, it is the last tier',
        ),
        rate: Expression.optional().describe(
          'per unit: money, or a percentage of a quantity of money, or of the base; without it, 0',
        ),
        amount: Expression.optional().describe(
          'fixed, once the tier is reached: by more than the one before it ends with, the first by more than 0, and one with `up-to: 0` in any case; without it, 0',
        ),
      }),
    )
    .min(1)
    .optional()
    .describe(
      'prices that change with the quantity, rising by `up-to`; without it, say another form of price',
    ),
  bands: z
    .array(
      words({
        id: Name.optional().describe(
          'a name for deviations to find it by, which no other band has; without it, they say its edges',
        ),
        ...edges(Expression),
        share: Expression.optional().describe(
          'a percentage of the base; without it, say `amount` or `rate`',
        ),
        amount: Expression.optional().describe('fixed; without it, say `share` or `rate`'),
        rate: Expression.optional().describe(
          'per unit of the quantity: money, or a percentage of a quantity of money, or of the base; without it, say `share` or `amount`',
        ),
      }),
    )
    .min(1)
    .optional()
    .describe(
      'one price for each range of the quantity, on the exact value as the stages before leave it; without it, say another form of price',
    ),
  gaps: z
    .literal('nothing-due')
    .optional()
    .describe(
      '`nothing-due`: a known gap between bands, printed as a clause; without it, a gap is refused',
    ),
  'true-up': words({
    of: oneOrMany(Name).describe(
      'the terms, totals or measures that count towards it, a credit with its amount as well; to take it off, a total with `minus`',
    ),
    to: Expression.describe(
      'the amount that they reach together at least; `prorate` takes its part of this amount',
    ),
  })
    .optional()
    .describe(
      'what is missing from a sum to an amount, zero where nothing is; without it, say another form of price',
    ),
  minimum: Expression.optional().describe(
    'the least that it costs; a percentage is one of the base; without it, no bound',
  ),
  maximum: Expression.optional().describe(
    'the most that it costs; a percentage is one of the base; without it, no bound',
  ),
}
const base = {
  of: oneOrMany(Name)
    .optional()
    .describe(
      'the base: terms, measures or agreed values of the same period; for an event, the original line about the same subject, and of a charge for periods all that it comes to for the period in which the event lies, of a duty that a period begins for that period; without it, the price stands alone',
    ),
}

/** A price function with a name, for several clauses that share it; what it is of, each of them says. */
export const NamedPrice = words(
  { title: Title, ...priceWords },
  `A named price says how an amount is found: ${Object.keys(priceWords).join(', ')}. What a clause makes of it (discounts, limit, when, rounded …) stands in the clause, beside “price:”.`,
)
export type NamedPrice = z.infer<typeof NamedPrice>

/** What a measure prices without posting it. */
export const ScaleWords = words({ ...priceWords, ...base })

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
        'by days: how the price of a day is rounded before it is multiplied by their number; a whole period costs its price; without it, it is exact',
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
  per: Text.describe('in each of these periods'),
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
    'an interval is priced part by part, each by all words of the price, and the parts are added: a length from its beginning, such as `24 hours`, or a period in which each part lies, such as `day`; without it, it is priced as one',
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
