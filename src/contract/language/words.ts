import { z } from 'zod'
import { Exact } from '../../kernel/exact.ts'
import { dayMinutes, isZone, parseDate, parseInstant } from '../../kernel/time.ts'
import type { FaultName } from '../document/fault.ts'

// Schemas are walked, not compiled to functions on first use: a command that runs once starts 40 ms sooner.
z.config({ jitless: true })

/** Forms that return in every document. Everything arrives as text: numbers are read exactly, here and nowhere else. */

export const refused = (name: FaultName, message: string) => ({ error: message, params: { name } })

export const isName = (text: string) => /^[a-z][a-z0-9_]{0,59}$/.test(text)
const noName = {
  ...refused('name_misshapen', ''),
  error: ({ input }: { readonly input?: unknown }) =>
    `is not a name here: ${partOfAnswer(String(input)) ?? notName(String(input))}`,
}
const notName = (text: string) =>
  percentOf(text) === undefined
    ? 'write lower_case_with_underscores; an attribute of an event is read through a measure.'
    : 'it is a percentage. Of a tax the name of its category stands here, and its rate in the invoice; a share of a charge is “share:”.'

/** What a line has beside its amount is asked, and no term reads it. */
function partOfAnswer(text: string): string | undefined {
  const [, of] = /^([a-z][a-z0-9_]*)\.(amount|share|base|quantity|beyond|steps)$/.exec(text) ?? []
  return of === undefined
    ? undefined
    : `it is a path of an answer, which is asked. Write “${of}”: of a charge that is what it posts, after its discounts; what it is before them is a charge of its own, or a measure with “scale”.`
}
const titled = {
  title: 'Name',
  description: 'lower_case_with_underscores; a hyphen in a formula is a minus',
}
export const Name = z.string().refine(isName, noName).meta(titled)

/** What is said of a value that stands where one text is read, where there is another way to say it. */
const insteadOfList = (way: (list: readonly unknown[]) => string) => ({
  error: ({ input }: { input: unknown }) =>
    Array.isArray(input) && input.every((one) => typeof one === 'string') ? way(input) : undefined,
})
const severalKinds = insteadOfList(
  (kinds) =>
    `Give several kinds one name: “events: { any_of_them: { any-of: [ ${kinds.join(', ')} ] } }”, and write that name here.`,
)

/** A calendar, `always`, or what names one of several calendars. */
export const ClockName = z
  .string(
    insteadOfList(
      (calendars) =>
        `Several calendars that count together are one: “calendars: { together: { any-of: [ ${calendars.join(', ')} ] } }”, and write that name here.`,
    ),
  )
  .refine(isName, noName)
  .meta(titled)

/** The component that a clause is of. */
export const ComponentName = z
  .string(
    insteadOfList(
      () =>
        'A clause is of one component: write a clause for each; a charge, credit, target or duty without this word is of all.',
    ),
  )
  .refine(isName, noName)
  .meta(titled)

/** A kind of fact, a transition by its id, a target or duty as `pay.met` and `pay.missed`, or a name under `events`. */
export const EventName = z
  .string(severalKinds)
  .refine(
    (text) => /^[a-z][a-z0-9_]{0,59}(\.(met|missed))?$/.test(text),
    refused(
      'name_misshapen',
      'is no event: write a kind of fact, a transition, or a target with .met or .missed.',
    ),
  )
  .meta({ title: 'Event' })

export const Text = z.string().min(1).max(4000).meta({ title: 'Text' })
export const Title = Text.optional().describe('its name in print; without it, its id in words')

/** Who promises, pays, owns or measures. */
export const Side = z.enum(['provider', 'consumer'])
export type Side = z.infer<typeof Side>
export const Sides = z.enum([...Side.options, 'both'])
export type Sides = z.infer<typeof Sides>

/** Only what is about the subject at hand. */
export const Same = z.literal('same')

/** Where a part of a step goes: to the one above, the one below, or the nearer. */
export const StepRounding = z.enum(['up', 'down', 'nearest'])
export type StepRounding = z.infer<typeof StepRounding>

/** A range by its edges, of which each side has at most one. */
export const edges = <Edge extends z.ZodType>(edge: Edge) => ({
  from: edge.optional().describe('this or more; without it, no lower edge'),
  above: edge.optional().describe('more than this; without it, no lower edge'),
  below: edge.optional().describe('less than this; without it, no upper edge'),
  'up-to': edge.optional().describe('this or less; without it, no upper edge'),
})

/** An event, a period, or the agreement. */
export const Beginning = z.string(severalKinds).min(1).max(4000).meta({ title: 'Text' })

/** A number, a percentage, a length of time, a time of day, a name or a formula. */
export const Expression = z.string().min(1).max(2000).meta({
  title: 'Expression',
  description: 'a number, a percentage, a length of time, a name or a formula',
})

/** How far from a date: one length. */
export const Distance = z
  .string(
    insteadOfList(
      () =>
        'One length stands here. So many days and then the next business day are two deadlines: a target of the days, and one that starts with its “.missed”.',
    ),
  )
  .min(1)
  .max(2000)
  .meta({
    title: 'Expression',
    description: 'a length of time, a name or a formula',
  })

export const ExactNumber = z
  .string()
  .refine(
    (text) => /^[+-]?\d+(\.\d+)?$/.test(text) && Exact.parse(text) !== undefined,
    refused('number_not_exact', 'is not an exact decimal of at most forty digits.'),
  )
  .transform((text) => Exact.of(text))
  .meta({ title: 'Number' })

export const Percentage = z
  .string()
  .refine(
    (text) => percentOf(text) !== undefined,
    refused('number_not_exact', 'is not a percentage such as 21%.'),
  )
  .transform((text) => Exact.of(text.slice(0, -1)).over(Exact.whole(100)))
  .meta({ title: 'Percentage' })

/** The 21 of `21%`; undefined where it is none. */
export const percentOf = (text = ''): Exact | undefined =>
  /^\d+(\.\d+)?%$/.test(text) ? Exact.parse(text.slice(0, -1)) : undefined

export const WholeNumber = z
  .string()
  .refine((text) => /^\d{1,6}$/.test(text), refused('number_not_exact', 'is not a whole number.'))
  .transform(Number)
  .meta({ title: 'Whole number' })

export const Truth = z
  .enum(['yes', 'no', 'true', 'false'])
  .transform((word) => word === 'yes' || word === 'true')
  .meta({ title: 'Yes or no' })

/** The hour of a time of day has two digits. */
export const inTwoDigits = (text: string) => text.replace(/(?<!\d)(\d:\d\d)(?!\d)/g, '0$1')

/** What is a time of day, or holds one, and would be right with an hour of two digits is answered with that. */
export function timely(
  isRight: (text: string) => boolean,
  says: string | ((text: string) => string),
) {
  const name: FaultName = 'value_misshapen'
  const error = ({ input }: { input?: unknown }) => {
    const meant = inTwoDigits(String(input))
    const message = typeof says === 'string' ? says : says(String(input))
    return isRight(meant) ? `${message} Did you mean “${meant}”?` : message
  }
  return z.string().refine(isRight, { error, params: { name } })
}

const isTimeOfDay = (text: string) => minuteOfDay(text) !== undefined
export const TimeOfDay = timely(isTimeOfDay, 'is not a time of day such as 17:00.')
  .transform((text) => minuteOfDay(text) ?? 0)
  .meta({ title: 'Time of day' })

export const DateText = z
  .string()
  .refine(
    (text) => parseDate(text) !== undefined,
    refused('value_misshapen', 'is not a date such as 2026-05-31.'),
  )
  .meta({ title: 'Date' })

/** An instant, in the zone of the document where it names none. */
export const InstantText = timely(
  (text) => parseInstant(text, 'UTC') !== undefined,
  'is not a date or date and time such as 2026-05-31T11:00, of a year from 1900 to 2999.',
).meta({ title: 'Instant' })

export const Zone = z
  .string()
  .refine(isZone, refused('value_misshapen', 'is not a time zone such as Europe/Lisbon.'))
  .meta({ title: 'Time zone' })

/** The currencies of ISO 4217 that there are, or were: listed once, and where one is read. */
let currencies: ReadonlySet<string> | undefined
function isCurrency(text: string): boolean {
  currencies ??= new Set(Intl.supportedValuesOf('currency'))
  return currencies.has(text)
}

export const Currency = z
  .string()
  .refine(isCurrency, refused('value_misshapen', 'is not a currency such as EUR.'))
  .meta({ title: 'Currency' })

/** `24:00` is the end of the day. */
export function minuteOfDay(text: string): number | undefined {
  const [, hours = '', minutes = ''] = /^(\d\d):(\d\d)$/.exec(text) ?? []
  const minute = Number(hours) * 60 + Number(minutes)
  return hours !== '' && Number(minutes) < 60 && minute <= dayMinutes ? minute : undefined
}

export function timeOfDayText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

/** One, or a list of several, always read as a list. */
export function oneOrMany<Schema extends z.ZodType<unknown, string>>(schema: Schema) {
  const list = z.array(schema).min(1).superRefine(eachOnce)
  return z.union([schema.transform((one): z.output<Schema>[] => [one]), list])
}

/** What stands in a list twice would be counted twice, or change nothing. */
function eachOnce(list: readonly unknown[], { addIssue }: z.core.$RefinementCtx): void {
  if (new Set(list).size === list.length) return
  const { params, error: message } = refused('name_doubled', 'stands in this list already.')
  for (const [place, one] of list.entries())
    if (list.indexOf(one) < place) addIssue({ code: 'custom', path: [place], params, message })
}
