import { z } from 'zod'
import { words } from './map.ts'
import { Expression, edges, Name, oneOrMany, StepRounding, Title } from './words.ts'

/** The price function: one function of one quantity. Its stages always run in the order in which they stand here. */
export const priceWords = {
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
/** What a price may be a share of. */
export const base = {
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
