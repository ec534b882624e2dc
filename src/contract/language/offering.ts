import { z } from 'zod'
import {
  Currency,
  DateText,
  Name,
  named,
  oneOrMany,
  Text,
  Truth,
  WholeNumber,
  words,
  Zone,
} from '../words.ts'
import { AgreedSlot, CalendarWords, FactKind, NamedPeriod, Rounding } from './fact.ts'
import { MeasureWords, TableWords } from './measure.ts'
import { Prorate } from './price.ts'
import { TermWords } from './term.ts'

export const componentKinds = ['good', 'access', 'action'] as const
export type ComponentKind = (typeof componentKinds)[number]
const componentShared = {
  of: z.string().optional().describe('product.component'),
  title: Text.optional(),
  for: oneOrMany(Name).optional().describe('the kinds of user that may use it'),
  serialised: Truth.optional().describe('title, custody and right are kept for each item'),
  says: Text.optional(),
  terms: named(z.unknown())
    .optional()
    .describe('terms of this component, the same as below with `of` or `pays-for` filled in'),
}
export const ComponentWords = words({
  good: Name.optional(),
  access: Name.optional(),
  action: Name.optional(),
  ...componentShared,
})
export type ComponentWords = z.infer<typeof ComponentWords>

const Policies = words({
  prorate: Prorate.optional(),
  billed: z.enum(['in-advance', 'in-arrears']).optional(),
  ends: z
    .enum(['at-the-hour', 'with-the-day'])
    .optional()
    .describe('whether a number of days ends at the hour or with the day'),
})

export type OfferingPolicies = z.infer<typeof Policies>

/** An offering. What stands in the head beside the contract (title, services …) is asked for when it is published. */
export const OfferingWords = words({
  language: z.string().refine((version) => version === '1', {
    error: 'is not a version of the language that is read here; write 1.',
    params: { name: 'language_version_unknown' },
  }),
  kind: z.literal('offering').optional(),
  id: Name.optional(),
  version: WholeNumber.optional(),
  title: Text.optional(),
  provider: Name.optional(),
  'target-groups': z.array(Name).min(1).optional(),
  services: z.array(Name).min(1).optional(),
  utility: z
    .array(
      words({
        need: Text,
        'supported-by': z.array(Name).min(1).optional(),
        removes: Text.optional(),
      }),
    )
    .optional(),
  available: words({ from: DateText.optional(), until: DateText.optional() }).optional(),
  currency: Currency,
  zone: Zone,
  rounding: Rounding,
  policies: Policies.optional(),
  users: z.array(Name).optional(),
  facts: named(FactKind).optional(),
  agreed: named(AgreedSlot).optional(),
  periods: named(NamedPeriod).optional(),
  calendars: named(CalendarWords).optional(),
  components: z.array(ComponentWords).optional(),
  measures: named(MeasureWords).optional(),
  tables: named(TableWords).optional(),
  terms: named(TermWords).optional(),
})
export type OfferingWords = z.infer<typeof OfferingWords>
export type AgreedSlotWords = z.infer<typeof AgreedSlot>
