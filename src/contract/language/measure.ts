import { z } from 'zod'
import { EventName, Expression, Name, oneOrMany, Text, words } from '../words.ts'
import { Rounding } from './fact.ts'

/** Measures: what a name reads out of the facts. Only they read facts beyond the event at hand. */
const measureShared = {
  title: Text.optional(),
  per: Text.optional().describe(
    'its own period; without one it takes the period of the term that reads it',
  ),
  rounded: Rounding.optional(),
}
const selected = {
  ...measureShared,
  where: Expression.optional().describe('which facts; names are those of the row'),
  value: Expression.optional().describe(
    'what of each; may be left out if only one attribute is a number',
  ),
  about: z.literal('same').optional().describe('only facts of the subject at hand'),
  missing: Text.optional().describe('what it is without facts: a value, `unknown` or `leave-out`'),
  'paired-by': Name.optional(),
}
const aggregates = ['count', 'sum', 'min', 'max', 'average', 'first', 'last', 'unique'] as const
export type Aggregate = (typeof aggregates)[number]
const aggregateMeasures = aggregates.map((word) => words({ [word]: EventName, ...selected }))
export const MeasureWords = z.union([
  ...aggregateMeasures,
  words({
    time: Name.describe('a kind of interval or state, a duty, `period`, `agreement` or `this`'),
    in: z.enum(['minutes', 'hours', 'days']),
    ...measureShared,
    where: Expression.optional(),
    about: z.literal('same').optional(),
    calendar: Name.optional().describe('only its open hours count'),
    except: words({ facts: oneOrMany(Name), where: Expression.optional() }).optional(),
    each: words({
      'longer-than': Text.optional(),
      rounded: z.enum(['up', 'down', 'nearest']).optional(),
      to: Text.optional(),
    }).optional(),
  }),
  words({ formula: Expression, ...measureShared }),
  words({
    previous: Name,
    per: Text,
    initially: Text.describe('what it is before the agreement, or `unknown`'),
    title: Text.optional(),
  }),
  words({ open: Name.describe('a calendar'), title: Text.optional() }),
  words({
    since: EventName.describe('a kind of fact, or a term that makes events'),
    in: z.enum(['minutes', 'hours', 'days']),
    title: Text.optional(),
    'paired-by': Name.optional(),
  }),
  words({ met: Name.describe('a target or duty'), title: Text.optional() }),
])
export type MeasureWords = z.infer<typeof MeasureWords>

const RowRange = words({
  from: Text.optional(),
  above: Text.optional(),
  below: Text.optional(),
  'up-to': Text.optional(),
})
const RowPattern = z.union([Text, RowRange])
export const TableWords = words({
  by: oneOrMany(z.string().min(1)).describe('one or more names'),
  title: Text.optional(),
  rows: z
    .array(words({ when: z.union([Text, RowRange, z.array(RowPattern).min(1)]), then: Expression }))
    .min(1),
})
export type TableWords = z.infer<typeof TableWords>
