import { z } from 'zod'
import {
  DateText,
  EventName,
  ExactNumber,
  Expression,
  Name,
  oneOrMany,
  Text,
  words,
} from '../words.ts'
import { Rounding } from './fact.ts'

/** The price function: one function of one quantity. Its stages always run in the order in which they stand here. */
const priceWords = {
  measure: Expression.optional().describe('the quantity; 1 without it'),
  included: Expression.optional().describe('so much of it costs nothing'),
  'quantity-at-most': Expression.optional(),
  counted: words({
    in: Expression.describe('the size of a step'),
    rounded: z.enum(['up', 'down', 'nearest']),
  }).optional(),
  'quantity-at-least': Expression.optional(),
  amount: Expression.optional(),
  rate: Expression.optional().describe('per unit, or per step where it is counted in steps'),
  share: Expression.optional().describe('of the base'),
  mode: z.enum(['graduated', 'volume']).optional(),
  tiers: z
    .array(
      words({
        'up-to': Expression.optional(),
        rate: Expression.optional(),
        amount: Expression.optional(),
      }),
    )
    .min(1)
    .optional(),
  bands: z
    .array(
      words({
        id: Name.optional(),
        from: Expression.optional().describe('this or more'),
        above: Expression.optional().describe('more than this'),
        below: Expression.optional().describe('less than this'),
        'up-to': Expression.optional().describe('this or less'),
        share: Expression.optional(),
        amount: Expression.optional(),
        rate: Expression.optional(),
      }),
    )
    .min(1)
    .optional(),
  gaps: z
    .literal('nothing-due')
    .optional()
    .describe('a known gap between bands, printed as a clause'),
  minimum: Expression.optional(),
  maximum: Expression.optional(),
  of: oneOrMany(Name)
    .optional()
    .describe(
      'the base: terms or measures of the same period, or the original line of the same subject',
    ),
}

export const Prorate = z.union([
  z.literal('no'),
  words({ by: z.enum(['days', 'time']), of: z.union([z.literal('actual'), ExactNumber]) }),
])
const Waivers = words({
  'any-of': z.array(words({ id: Name, if: Expression, title: Text.optional() })).min(1),
})
const posting = {
  ...priceWords,
  each: EventName.optional().describe('a kind of fact, or a term that makes events'),
  when: Expression.optional(),
  'waived-when': Waivers.optional(),
  'pays-for': Name.optional().describe('a component'),
  payer: z.enum(['provider', 'consumer']).optional(),
  tax: Name.optional().describe('tax category'),
  rounded: Rounding.optional(),
  from: DateText.optional(),
  until: DateText.optional(),
  'dated-by': z
    .enum(['event', 'period', 'agreement'])
    .optional()
    .describe('which date `from` and `until` are compared with'),
}
export const ChargeWords = words({
  ...posting,
  every: Text.optional().describe('a period, or `once`'),
  prorate: Prorate.optional(),
  billed: z.enum(['in-advance', 'in-arrears']).optional(),
})
export const CreditWords = words({
  ...posting,
  per: Text.optional(),
  'issued-above': ExactNumber.optional(),
})
export type ChargeWords = z.infer<typeof ChargeWords>
export type CreditWords = z.infer<typeof CreditWords>

export const TotalWords = words({
  of: oneOrMany(Name),
  minus: oneOrMany(Name).optional(),
  minimum: Expression.optional(),
  maximum: Expression.optional(),
})
export type TotalWords = z.infer<typeof TotalWords>
