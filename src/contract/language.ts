import { z } from 'zod'
import { Exact } from '../kernel/exact.ts'
import { weekdays } from './calendar.ts'
import {
  Currency,
  DateText,
  EventName,
  ExactNumber,
  Expression,
  Name,
  named,
  oneOrMany,
  Text,
  TimeOfDay,
  Truth,
  WholeNumber,
  words,
  Zone,
} from './words.ts'

/** The words of the contract language, version 1. This file is what is parsed, completed in editors and printed as reference. */

const roundingModes = ['half-up', 'half-even', 'half-down', 'up', 'down'] as const
const Rounding = words({
  to: ExactNumber.refine((step) => step.compare(Exact.zero) > 0, {
    error: 'is no step: a rounding step is above zero.',
    params: { name: 'number_not_exact' },
  }).describe('the smallest step of a posted amount, such as 0.01'),
  mode: z.enum(roundingModes).describe('where a tie goes; half-up is away from zero'),
})

const AttributeType = z.union([
  z.enum(['number', 'money', 'truth', 'duration', 'date', 'text']),
  z.array(Text).min(1).describe('a choice: a condition compares it with one of these words'),
  words({ number: Text.describe('the unit, printed and checked') }),
])
export type AttributeType = z.infer<typeof AttributeType>

export const FactKind = words({
  shape: z.enum(['event', 'interval', 'state']),
  title: Text.optional(),
  has: named(AttributeType).optional().describe('attributes and their types'),
  'measured-by': z
    .enum(['provider', 'consumer', 'both'])
    .optional()
    .describe('whose measurement counts'),
})

const AgreedSlot = z.union([
  AttributeType,
  words({
    type: AttributeType,
    title: Text.optional(),
    default: Text.optional(),
    allowed: z.array(Text).min(1).optional(),
    'at-least': ExactNumber.optional(),
    'at-most': ExactNumber.optional(),
  }),
])

const NamedPeriod = z.union([
  Text.describe('such as `year from 04-01`'),
  words({
    'day-from': TimeOfDay.describe('each day from this time of day'),
    until: TimeOfDay.describe('until this one, of the next day where it is not later'),
    title: Text.optional(),
  }),
])

const HoursText = z.string().refine((text) => /^\d\d:\d\d-\d\d:\d\d$/.test(text), {
  error: 'is not a range such as 09:00-17:00.',
  params: { name: 'value_misshapen' },
})
const days = weekdays.join('|')
const HoursKey = z.string().refine((text) => new RegExp(`^(${days})(-(${days}))?$`).test(text), {
  error: 'is not a weekday or a range of weekdays such as mon-fri.',
  params: { name: 'value_misshapen' },
})
export const CalendarWords = words({
  hours: z.record(HoursKey, oneOrMany(HoursText)),
  zone: Zone.optional(),
  title: Text.optional(),
  holidays: z.array(DateText).optional(),
})

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

const Prorate = z.union([
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

/** Tailoring, negotiation and amendment are one thing: a change to one clause of the base, beside it, never stacked. */
export const Deviation = z.union([
  words({ clause: Name, path: Text, to: Text, because: Text.optional(), by: Text.optional() }),
  words({ clause: Name, remove: z.literal('yes'), because: Text.optional(), by: Text.optional() }),
  words({ clause: Name, add: TermWords, because: Text.optional(), by: Text.optional() }),
])
export type Deviation = z.infer<typeof Deviation>
