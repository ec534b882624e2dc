import { z } from 'zod'
import { Exact } from '../../kernel/exact.ts'
import { weekdays } from '../calendar.ts'
import { DateText, ExactNumber, named, oneOrMany, Text, TimeOfDay, words, Zone } from '../words.ts'

/**
 * The words of the contract language, version 1. What stands in this folder is what is parsed, completed in editors and
 * printed as reference. Here: what an offering speaks of before it promises anything.
 */

const roundingModes = ['half-up', 'half-even', 'half-down', 'up', 'down'] as const
export const Rounding = words({
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

export const AgreedSlot = z.union([
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

export const NamedPeriod = z.union([
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
