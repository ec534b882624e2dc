import { z } from 'zod'
import {
  EventName,
  Expression,
  Name,
  oneOrMany,
  Text,
  TimeOfDay,
  WholeNumber,
  words,
} from '../words.ts'
import { ChargeWords, CreditWords, TotalWords } from './price.ts'

/** One shape for every deadline. */
export const DeadlineBy = words({
  'end-of': Text.optional().describe('the end of the period that holds the start'),
  after: WholeNumber.refine((periods) => periods <= 1000, {
    error: 'is more than a thousand periods.',
    params: { name: 'value_misshapen' },
  })
    .optional()
    .describe('so many periods further on'),
  'business-days': WholeNumber.optional(),
  at: TimeOfDay.optional(),
  cutoff: TimeOfDay.optional().describe(
    'what comes at or after it counts as of the next business day',
  ),
})
export type DeadlineBy = z.infer<typeof DeadlineBy>
export const TargetWords = words({
  who: z.enum(['provider', 'consumer']).optional(),
  of: Name.optional().describe('a component'),
  start: EventName.optional(),
  stop: EventName.optional(),
  within: Expression.optional(),
  by: DeadlineBy.optional(),
  clock: Name.optional().describe('a calendar, or `always`'),
  pauses: words({
    facts: oneOrMany(Name),
    counted: z.enum(['in-hours', 'around-the-clock']),
  }).optional(),
  ends: z.enum(['at-the-hour', 'with-the-day']).optional(),
  measure: Name.optional(),
  'at-least': Expression.optional(),
  'at-most': Expression.optional(),
  per: Text.optional(),
  'paired-by': Name.optional(),
})
export type TargetWords = z.infer<typeof TargetWords>

export const TransitionWords = words({
  of: Name.describe('a component, or `agreement`'),
  on: oneOrMany(EventName).describe('one or several kinds of event'),
  when: Expression.optional(),
  'takes-effect': words({
    within: Expression.optional(),
    by: DeadlineBy.optional(),
    ends: z.enum(['at-the-hour', 'with-the-day']).optional(),
  }).optional(),
  title: z.enum(['provider', 'consumer']).optional().describe('who owns it from then on'),
  custody: z.enum(['provider', 'consumer']).optional().describe('who holds it from then on'),
  right: z.enum(['given', 'suspended', 'restored', 'ended']).optional(),
})
export type TransitionWords = z.infer<typeof TransitionWords>

export const LimitWords = words({
  of: Name,
  measure: Expression,
  'at-most': Expression.optional(),
  'at-least': Expression.optional(),
  on: EventName.optional().describe('a kind of use: the use asked for counts'),
  'if-exceeded': z.enum(['refuse', 'warn']),
})
export type LimitWords = z.infer<typeof LimitWords>

const TextWords = words({ says: Text })

const termShared = {
  title: Text.optional(),
  says: Text.optional().describe('the author’s explanation, printed beside the generated sentence'),
  survives: z.literal('end').optional().describe('it also speaks of what happens after the end'),
}
export const TermWords = z.union([
  words({ charge: ChargeWords, ...termShared }),
  words({ credit: CreditWords, ...termShared }),
  words({ total: TotalWords, ...termShared }),
  words({ target: TargetWords, ...termShared }),
  words({ duty: TargetWords, ...termShared }),
  words({ transition: TransitionWords, ...termShared }),
  words({ limit: LimitWords, ...termShared }),
  words({ text: TextWords, ...termShared }),
])
export type TermWords = z.infer<typeof TermWords>
export const termKinds = [
  'charge',
  'credit',
  'total',
  'target',
  'duty',
  'transition',
  'limit',
  'text',
] as const
export type TermKind = (typeof termKinds)[number]

/** Tailoring, negotiation and amendment are one thing: a change to one clause of the base, beside it, never stacked. */
export const Deviation = z.union([
  words({ clause: Name, path: Text, to: Text, because: Text.optional(), by: Text.optional() }),
  words({ clause: Name, remove: z.literal('yes'), because: Text.optional(), by: Text.optional() }),
  words({ clause: Name, add: TermWords, because: Text.optional(), by: Text.optional() }),
])
export type Deviation = z.infer<typeof Deviation>
