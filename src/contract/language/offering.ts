import { z } from 'zod'
import { Ends } from './deadline.ts'
import {
  AgreedSlot,
  CalendarWords,
  FactKindWords,
  NamedEvent,
  NamedPeriod,
  Rounding,
} from './fact.ts'
import { named, words } from './map.ts'
import { MeasureWords, TableWords } from './measure.ts'
import { Billed, OnChange, OnEnd, Prorate } from './period-policies.ts'
import { NamedPrice } from './price.ts'
import { StructureWords } from './structure.ts'
import { TermWords } from './term.ts'
import {
  Currency,
  DateText,
  Name,
  oneOrMany,
  Text,
  Title,
  Truth,
  WholeNumber,
  Zone,
} from './words.ts'

export const componentKinds = ['good', 'access', 'action'] as const
export type ComponentKind = (typeof componentKinds)[number]
const componentShared = {
  of: z
    .string()
    .optional()
    .describe('what stands behind it, as `product.component`; without it, it cannot be published'),
  title: Title,
  for: oneOrMany(Name)
    .optional()
    .describe(
      'the kinds of user that may use it; without it, nobody may, whoever pays: `tessera check` warns, `for_nobody`, where a charge is for it',
    ),
  serialised: Truth.optional().describe(
    '`yes`: title, custody and right are kept for each item; without it, for the component as one',
  ),
  says: Text.optional().describe('your explanation, printed beside it; without it, none'),
  terms: named(z.unknown())
    .optional()
    .describe(
      'terms of this component, the same as under `terms`, with `of` or `pays-for` filled in; without it, its terms stand under `terms`',
    ),
}
export const ComponentWords = words({
  good: Name.optional().describe(
    'its id; it becomes the consumer’s: it has title and custody; without it, an access or an action',
  ),
  access: Name.optional().describe(
    'its id; it is used and stays the provider’s: it has title, custody and a right of use; without it, a good or an action',
  ),
  action: Name.optional().describe(
    'its id; it is performed: it has a right of use alone; without it, a good or an access',
  ),
  ...componentShared,
})
export type ComponentWords = z.infer<typeof ComponentWords>

const Policies = words({
  prorate: Prorate.optional().describe(
    'what a part of a period costs, for each charge that does not say its own; without it, each says it',
  ),
  'on-change': OnChange.optional().describe(
    'what a change of price inside a period does, for each charge that does not say its own; without it, each says it where its price may change',
  ),
  'on-end': OnEnd.optional().describe(
    'what an early end inside a period does, for each charge that does not say its own; without it, `prorate` decides',
  ),
  billed: Billed.optional().describe(
    'on the first or the last day of the period, or when an end cuts it, for each charge that does not say its own; without it, each says it',
  ),
  ends: Ends.optional().describe(
    'whether a number of days ends at the hour or with the day, for each deadline that does not say its own; without it, each says it',
  ),
})

export type OfferingPolicies = z.infer<typeof Policies>

/** An offering. What stands in the head beside the contract (title, services …) is asked for when it is published. */
export const OfferingWords = words({
  language: z
    .string()
    .refine((version) => version === '1', {
      error: 'is not a version of the language that is read here; write 1.',
      params: { name: 'language_version_unknown' },
    })
    .describe('the version of the language: always `1`'),
  kind: z
    .literal('offering')
    .optional()
    .describe('`offering`, in a folder of documents; without it, in a case'),
  id: Name.optional().describe(
    'its name, by which agreements and cases call it; without it, only the case that holds it can',
  ),
  version: WholeNumber.optional().describe(
    'your own count; it changes no answer; without it, none',
  ),
  title: Text.optional().describe('its name in print; without it, it cannot be published'),
  provider: Name.optional().describe(
    'the organisation whose offering it is; without it, it cannot be published',
  ),
  'target-groups': z
    .array(Name)
    .min(1)
    .optional()
    .describe('for whom it is; without it, it cannot be published'),
  services: z
    .array(Name)
    .min(1)
    .optional()
    .describe('the services that it offers; without it, it cannot be published'),
  utility: z
    .array(
      words({
        need: Text.describe('what the consumer needs'),
        'supported-by': z
          .array(Name)
          .min(1)
          .optional()
          .describe(
            'the components and terms that support what the consumer does about it; without it, none does',
          ),
        removes: Text.optional().describe(
          'the constraint that is taken off the consumer; without it, none is',
        ),
        'must-have': Truth.optional().describe(
          '`no`: it would be good to have, and fitness for purpose does not rest on it; without it, it does',
        ),
      }),
    )
    .optional()
    .describe(
      'why anyone wants it: each need, and what meets it, by support or by removing a constraint, as `fit: purpose` asks; without it, nothing is said',
    ),
  available: words({
    from: DateText.optional().describe('the first day; without it, always so far'),
    until: DateText.optional().describe(
      'the first day on which it is no longer offered; without it, from then on',
    ),
  })
    .optional()
    .describe('when agreements may be made on it; without it, always'),
  currency: Currency.describe('of every amount'),
  zone: Zone.describe('of every time, day and period that names no other'),
  rounding: Rounding.describe(
    'of every posted amount that says no other; nothing else is ever rounded',
  ),
  policies: Policies.optional().describe(
    'what each term would say that does not say its own; without it, each says it',
  ),
  users: z.array(Name).optional().describe('the kinds of user there are; without it, none'),
  'tax-categories': named(words({ title: Title }))
    .optional()
    .describe(
      'the tax categories that charges and credits name; their rates belong to the invoice; without it, none',
    ),
  facts: named(FactKindWords)
    .optional()
    .describe('your own kinds of fact; without it, the standard ones'),
  events: named(NamedEvent)
    .optional()
    .describe('names for several kinds of event each; without it, none'),
  agreed: named(AgreedSlot)
    .optional()
    .describe('slots that the parties fill: a type, or more about it; without it, none'),
  periods: named(NamedPeriod)
    .optional()
    .describe('periods with a name; without it, those of the language'),
  calendars: named(CalendarWords)
    .optional()
    .describe('opening hours with a name; without it, none'),
  components: z
    .array(ComponentWords)
    .optional()
    .describe('goods, access and actions; without it, none'),
  prices: named(NamedPrice)
    .optional()
    .describe(
      'price functions with a name, used by `price: name`; without it, each clause says its own',
    ),
  measures: named(MeasureWords).optional().describe('named quantities; without it, none'),
  tables: named(TableWords).optional().describe('rows of conditions; without it, none'),
  structures: named(StructureWords)
    .optional()
    .describe('what something rests on; without it, nothing'),
  terms: named(TermWords)
    .optional()
    .describe('the clauses, printed with their component in this order; without it, none'),
})
export type OfferingWords = z.infer<typeof OfferingWords>
export type AgreedSlotWords = z.infer<typeof AgreedSlot>
