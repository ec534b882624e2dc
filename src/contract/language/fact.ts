import { z } from 'zod'
import { Exact } from '../../kernel/exact.ts'
import { parseDate, weekdays } from '../../kernel/time.ts'
import { named, words } from './map.ts'
import {
  EventName,
  ExactNumber,
  Name,
  oneOrMany,
  Sides,
  Text,
  TimeOfDay,
  Title,
  timely,
  Zone,
} from './words.ts'

/**
 * The words of the contract language, version 1. What stands in this folder is what is parsed, completed in editors and
 * printed as reference. Here: what an offering speaks of before it promises anything.
 */

const roundingModes = ['half-up', 'half-even', 'half-down', 'up', 'down'] as const
export const Rounding = words({
  to: ExactNumber.refine((step) => step.compare(Exact.zero) > 0, {
    error: 'is no step: a rounding step is above zero.',
    params: { name: 'value_out_of_range' },
  }).describe('the step, in the unit of what is rounded: `0.01` of money, `1` of whole minutes'),
  mode: z
    .enum(roundingModes)
    .describe(
      '`half-up` (away from zero), `half-even` and `half-down` go to the nearest step and say where a tie goes; `up` and `down` always go that way',
    ),
})

const TypeName = z
  .enum(['number', 'money', 'truth', 'duration', 'date', 'instant', 'text'])
  .describe('`instant` is a date and time, in the zone of the offering where it names none')
const Choice = z
  .array(Text)
  .min(1)
  .describe('a choice: a condition compares it with one of these words')
const Unit = Text.describe('the unit, printed and checked')
export const AttributeType = z.union([TypeName, Choice, words({ number: Unit })])
export type AttributeType = z.infer<typeof AttributeType>

const title = Text.optional().describe(
  'its name in print and in forms; without it, its id in words',
)
const Attribute = z.union([
  TypeName,
  Choice,
  words({ number: Unit, title }),
  words({ type: AttributeType.describe('what it says'), title }),
])
export type Attribute = z.infer<typeof Attribute>

const Shape = z.enum(['event', 'interval', 'state'])
export type FactShape = z.infer<typeof Shape>

export const FactKindWords = words({
  shape: Shape.describe(
    'an `event` has `at`; an `interval` has `from`, and `to` or `for`, neither while it is open; a `state` has `at` and holds until the next one of the same subject',
  ),
  title: Title,
  has: named(Attribute)
    .optional()
    .describe('its attributes, each with its type; without it, it has only what every fact has'),
  'measured-by': Sides.optional().describe(
    'whose record counts, printed; without it, nothing is said, and a level that rests on such facts alone has to say `evaluated-by`; on the live platform this side alone records it, without it the provider where a charge, credit or transition reads it, else both',
  ),
})

export const NamedEvent = words({
  'any-of': z
    .array(EventName)
    .min(1)
    .describe(
      'the kinds of event that it stands for: kinds of fact, transitions, targets and duties with `.met` or `.missed`',
    ),
  title: Title,
})

export const AgreedSlot = z.union([
  AttributeType,
  words({
    type: AttributeType.describe('what may be filled in'),
    title: Title,
    default: Text.optional().describe(
      'what holds where an agreement says nothing; without it, each agreement has to say a value',
    ),
    allowed: z
      .array(Text)
      .min(1)
      .optional()
      .describe('the only values that may be agreed; without it, any of its type'),
    'at-least': ExactNumber.optional().describe(
      'the least that may be agreed; without it, no bound',
    ),
    'at-most': ExactNumber.optional().describe('the most that may be agreed; without it, no bound'),
  }),
])

export const NamedPeriod = z.union([
  Text.describe('such as `year from 04-01`'),
  words({
    'day-from': TimeOfDay.describe('each day from this time of day'),
    until: TimeOfDay.describe('until this one, of the next day where it is not later'),
    title: Title,
  }),
])

const HoursText = timely(
  (text) => /^(\d\d:\d\d-\d\d:\d\d|closed)$/.test(text),
  (text) =>
    text === ''
      ? 'is no range of hours: each day has its own, such as “mon: 09:00-17:00”, and in braces a comma begins the next.'
      : 'is not a range such as 09:00-17:00; of a date it may be “closed”.',
)
const days = weekdays.join('|')
const weekdayRange = new RegExp(`^(${days})(-(${days}))?$`)
/** A date, or a day of every year as `12-24`. */
export const isDay = (text: string) =>
  parseDate(/^\d\d-\d\d$/.test(text) ? `2000-${text}` : text) !== undefined
const Day = Text.refine(isDay, {
  error: 'is no day: write a date such as 2026-12-24, or one of every year such as 12-24.',
  params: { name: 'value_misshapen' },
}).meta({ title: 'Day' })
const HoursKey = z
  .string()
  .refine((text) => weekdayRange.test(text) || text === 'holidays' || isDay(text), {
    error: ({ input }) =>
      String(input).includes(',')
        ? 'is several days that are no range: give each of them a line, such as “mon: 09:00-17:00” and “wed: 09:00-17:00”.'
        : `is no day: write ${weekdays.join(', ')}, a range of them such as mon-fri, a date such as 2026-12-24, a day of every year such as 12-24, or holidays.`,
    params: { name: 'value_misshapen' },
  })
export const CalendarWords = words({
  hours: z
    .record(HoursKey, oneOrMany(HoursText), 'Such as “hours: { mon-fri: 09:00-17:00 }”.')
    .optional()
    .describe(
      'a weekday or a range of weekdays (`mon-fri`), `holidays`, a date, or a day of every year (`12-24`), each with one or several ranges of hours; one that ends before it begins (`22:00-06:00`) lasts into the next day; a date may be `closed`; a weekday that is not named is closed; a date goes before `holidays`, and these before their weekday; without it, say `any-of`',
    ),
  'any-of': z
    .array(Name)
    .min(2)
    .optional()
    .describe('calendars that are one together: open when any of them is; without it, say `hours`'),
  zone: Zone.optional().describe('the zone of its hours; without it, that of the offering'),
  title: Title,
  holidays: z
    .array(Day, {
      error: ({ input }) =>
        typeof input === 'object'
          ? 'Hours of a date stand under “hours:”, such as “2026-12-24: 09:00-14:00”, and those of all holidays as well: “holidays: 12:00-18:00”.'
          : undefined,
    })
    .optional()
    .describe(
      'dates, or days of every year (`12-25`), on which it is closed all day, unless its hours name `holidays`; without it, none',
    ),
})
