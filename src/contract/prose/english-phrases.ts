import {
  a,
  bare,
  capital,
  groupedAmount,
  groupedNumber,
  isParticiple,
  isPlural,
  list,
  ordinal,
  plural,
  singular,
  such,
  the,
} from '../../kernel/grammar.ts'
import {
  beginningOfTime,
  endOfTime,
  local,
  months,
  type Period,
  spokenDate,
  spokenInstant,
} from '../../kernel/time.ts'
import type { BinaryOperator } from '../formula/formula.ts'
import { timeOfDayText } from '../language/words.ts'
import type { PeriodRule } from '../period/period.ts'
import { type EventWords, eventWords, kindNoun } from './event-words.ts'
import type { PeriodRuleWords } from './speaker.ts'

/** An event: a fact as a noun, as a happening and as a deed; or what a clause brings about. */
export type EventSlot =
  | { readonly words: EventWords }
  | { readonly clause: string; readonly ending: keyof typeof endings }
/** A period by its noun, each of which is meant; or the whole agreement. */
export type EachSlot = { readonly noun: string; readonly isWhole: boolean }
/** The time for which something is read: “in a month”, and “a month” as what it is of. */
export type PerSlot = { readonly within: string; readonly of: string }
/** Opening hours, and what falls within them if it is not the event itself. */
export type OpeningSlot = { readonly calendar: string; readonly moment?: string }
type Compared = { operator: BinaryOperator; value: string; time: boolean }

const comparisons: Partial<Record<BinaryOperator, string>> = {
  '==': '',
  '!=': 'not',
  '<': 'less than',
  '<=': 'at most',
  '>': 'more than',
  '>=': 'at least',
}
const timed: Partial<Record<BinaryOperator, string>> = {
  '<': 'before',
  '<=': 'not after',
  '>': 'after',
  '>=': 'not before',
}
export const be = (subject: string) => (isPlural(bare(subject)) ? 'are' : 'is')
const predicate = ({ operator, value, time }: Compared) =>
  `${(time ? timed[operator] : undefined) ?? comparisons[operator] ?? ''} ${value}`.trim()

export const weekdays: Readonly<Record<string, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
}
const clockParts: Readonly<Record<string, string>> = {
  day: 'day of the month',
  minute_of_day: 'minute of the day',
  time: 'time of day',
}
const pronoun =
  /^(it|they|we|you|he|she|there|somebody|nobody|someone|everybody|nothing|something)\b/i
const verb =
  /\b(is|are|was|were|has|have|had|does|do|did|may|can|will|began|came|went|begins?|ends?|lasts?|falls?|holds?|happens?|runs?|counts?)\b/i

/** “the amount of the trip”, but the “boarded” and the “month of” of one. */
const isNoun = (attribute: string) =>
  !isParticiple(attribute) && !/ (of|to|from|for|by|at|on)$/.test(attribute)

/** A title that is a whole clause, “the work began in time”; “a ride that counts” is none. */
const isClause = (title: string) =>
  pronoun.test(title) ||
  (/^(the|a|an|this|that|no|one|all|any)\b/i.test(title) &&
    verb.test(title.replace(/ (that|which|who|whose|where) .*/i, '')))

/** What a target or duty, or another clause, brings about, as a noun. */
const endings = {
  missed: 'missed deadline',
  met: 'kept deadline',
  over: 'end of the time',
  effect: 'effect',
  used: 'timely use',
  lapsed: 'lapse',
}
const eventNoun = (event: EventSlot) =>
  'words' in event ? bare(event.words.noun) : `${endings[event.ending]} of ${event.clause}`

export const eachText = ({ noun, isWhole }: EachSlot) => `${isWhole ? 'the whole' : 'each'} ${noun}`
/** “a month”; what has a longer name is “such a half-year”. */
export const onePeriod = ({ noun }: EachSlot) =>
  / (that|of|from) /.test(noun) ? such(noun.split(' ')[0] ?? '') : a(noun)

export function caseOf(event: EventSlot): string {
  if ('words' in event) return event.words.happens ?? `there is ${a(event.words.noun)}`
  return happenings[event.ending](event.clause)
}

const happenings: Record<keyof typeof endings, (clause: string) => string> = {
  missed: (clause) => `${clause} is not kept in time`,
  met: (clause) => `${clause} is kept`,
  over: (clause) => `the time under ${clause} is up`,
  effect: (clause) => `${clause} takes effect`,
  used: (clause) => `${clause} is used in time`,
  lapsed: (clause) => `${clause} lapses`,
}

/** A kind of fact as it is said: “one upgrade”, “the last upgrade”. */
type SpokenKind = (kind: string, which?: 'the last') => string

const everyPeriod = (rule: PeriodRule | undefined, since: SpokenKind): string => {
  switch (rule?.is) {
    case 'calendar':
      if (rule.unit === 'year' && (rule.month > 1 || rule.day > 1))
        return `year that begins on ${rule.day} ${months[rule.month - 1] ?? ''}`
      return rule.unit === 'month' && rule.day > 1
        ? `month that begins on the ${ordinal(rule.day, 'figures')}${rule.day > 28 ? ' (in a shorter month on its last day)' : ''}`
        : rule.unit
    case 'steps':
      return stepNoun(rule)
    case 'agreement-step':
      return rule.from === undefined
        ? `${ofStep(rule)} of the agreement`
        : `${ofStep(rule)} counted from ${typeof rule.from === 'string' ? since(rule.from, 'the last') : `${rule.from.text} after the start of the agreement`}`
    case 'part-of-day':
      return rule.minutes === 60 ? 'hour of the clock' : `${rule.minutes} minutes`
    case 'window':
      return `day from ${timeOfDayText(rule.from)} to ${timeOfDayText(rule.until)}`
    case 'since':
      return `time from one ${since(rule.kind)} to the next`
    default:
      return 'period'
  }
}

type Steps = Extract<PeriodRule, { is: 'steps' }>

/** “half-year”, “half-year that begins on 1 April or 1 October”, “period of 2 weeks counted from 5 January 2026”. */
function stepNoun(rule: Steps): string {
  const first = Temporal.PlainDate.from(rule.from)
  const day = (date: Temporal.PlainDate) => `${date.day} ${months[date.month - 1] ?? ''}`
  if (!rule.everyYear) return `${ofStep(rule)} counted from ${spokenDate(first)}`
  if (rule.unit !== 'half-year') return `${ofStep(rule)} counted from ${day(first)}`
  if (first.day === 1 && first.month % 6 === 1) return rule.unit
  return `half-year that begins on ${day(first)} or ${day(first.add({ months: 6 }))}`
}

const ofStep = ({ length, unit }: Pick<Steps, 'length' | 'unit'>) =>
  unit === 'period' ? `period of ${length.count} ${length.unit}` : unit

const inside = (of: string): PerSlot => ({ within: `in ${of}`, of })

/** Names, values, formulas and periods in English: what stands in the slots of a sentence. */
export const phrases = {
  comparisons,
  capital,
  groupedAmount,
  groupedNumber,
  the,
  a,
  plural,
  isPlural,
  list,
  yes: 'yes',
  no: 'no',
  it: 'it',
  aroundTheClock: 'around the clock',
  calendar: (title: string) =>
    /hour|time|day|week|calendar|clock/i.test(title) ? the(title) : `the hours of “${title}”`,
  /** Which calendar it is a table or an agreed value says. */
  calendarChosen: (title: string) =>
    /hour|calendar|clock/i.test(title) ? the(title) : `the hours that “${title}” names`,
  pronoun: (thing: string) => (isPlural(bare(thing)) ? 'they' : 'it'),
  whether: (words: string) => `whether ${words}`,
  /** No year has a unit: beside one a number is in groups from four digits on. */
  unit: (count: string, unit: string) =>
    `${groupedAmount(count)} ${count === '1' ? singular(unit) : unit}`,
  /** “the days since the bill are at least 14”: what is counted is said. */
  saysUnit: (words: string, unit: string) =>
    unit === 'time of day' || ` ${words.toLowerCase()} `.includes(` ${unit.toLowerCase()} `),
  quoted: (text: string) => `“${text.replaceAll('_', ' ')}”`,

  // Names and values
  clause: ({ number, title }: { number: string; title: string }) => `clause ${number} (${title})`,
  event: eventWords,
  kind: kindNoun,
  eventNoun,
  /** When a fact happened, as a date and time. */
  instantOf: (attribute: string) => ({ from: 'start', to: 'end' })[attribute] ?? 'moment',
  attribute: (name: string) =>
    ({
      minutes: 'minutes',
      minute_of_day: 'minute of the day',
      time: 'time of day',
      by: 'person',
      about: 'subject',
    })[name] ?? name.replaceAll('_', ' '),
  itsOwn: (attribute: string) => (isNoun(attribute) ? the(attribute) : `the “${attribute}”`),
  attributeOf: (attribute: string, kind: string) =>
    `${isNoun(attribute) ? the(attribute) : `the “${attribute}”`} of ${the(kind)}`,
  /** What the calendar or the clock shows at a date or an instant. */
  partOf: (part: string, moment: string) => `the ${clockParts[part] ?? part} of ${the(moment)}`,
  namedPart: (part: string, word: string) =>
    part === 'month' ? months[Number(word) - 1] : part === 'weekday' ? weekdays[word] : undefined,
  isMarked: (subject: string, attribute: string) => `${subject} is marked “${attribute}”`,
  isNotMarked: (subject: string, attribute: string) => `${subject} is not marked “${attribute}”`,
  outside: ({ calendar, moment = 'it' }: OpeningSlot) => `${moment} falls outside ${calendar}`,
  wasNotKept: (clause: string) => `${clause} was not kept`,
  sumGoesOn: (left: string, operator: BinaryOperator, right: string) =>
    `${left}, ${operator === '+' ? 'plus' : 'less'} ${right}`,
  agreedValues: (values: readonly { value: string; from?: string }[]) => {
    if (values.length === 0) return 'the agreed value'
    const said = values.map(({ value, from }) =>
      from === undefined ? value : `${value} from ${from} on`,
    )
    const [last = '', ...before] = said.toReversed()
    return before.length === 0 ? last : `${before.toReversed().join(', ')}, and ${last}`
  },
  agreedNamed: ({ title, value, number }: { title: string; value: string; number: boolean }) =>
    number && !value.includes(', ')
      ? `${the(title)} of ${value}`
      : `${the(title)} (agreed: ${value})`,
  shareOf: (name: string, whole: string) =>
    `the share of ${name.replaceAll('_', ' ')} in ${the(whole)}`,
  amountUnder: (clause: string) => `the amount under ${clause}`,
  totalOf: (clause: string) => `the total of ${clause}`,
  wasKept: (clause: string) => `${clause} was kept`,
  timeUnder: (title: string) =>
    /^(time|length|period|deadline|term|duration|days|hours)\b/i.test(title)
      ? the(title)
      : `the time given under “${title}”`,
  within: ({ calendar, moment = 'it' }: OpeningSlot) => `${moment} falls within ${calendar}`,
  isTrue: (title: string) => (isClause(title) ? title : `“${title}” holds`),
  /** “if outside the hours”, “if told two weeks before”: it stands by itself, though not in a denial. */
  isAdverbial: (title: string) =>
    /^(outside|within|during|before|after|in|on|at|by|for|under|over|not|told|\w{2,}ed|begun|taken|given|made|lost|found|sent|kept|paid)\b/i.test(
      title,
    ),
  agreedTruth: (holds: string, agreed: string) => `${holds} (agreed: ${agreed})`,
  itsPeriod: ({ noun }: EachSlot) => `for the ${noun} in which it falls`,
  dutysPeriod: ({ noun }: EachSlot, own: EachSlot) =>
    noun === own.noun
      ? `for the ${noun} for which it was due`
      : `for the ${noun} in which the ${own.noun} begins for which it was due`,
  either: (parts: readonly string[]) => list(parts, 'or'),
  forTheSame: (words: string, thing: string) => `${words} for the same ${thing}`,
  sumOf: (parts: readonly string[]) =>
    parts.length === 1 ? (parts[0] ?? '') : `the sum of ${list(parts)}`,
  always: (name: string) =>
    ({
      agreement_start: 'the start of the agreement',
      agreement_end: 'the end of the agreement',
      period_start: 'the start of the period',
      period_end: 'the end of the period',
    })[name] ?? name.replaceAll('_', ' '),

  // Formulas
  not: (words: string) => `it is not so that ${words}`,
  minus: (words: string) => `minus ${words}`,
  oneOf: (subject: string, choices: readonly string[]) =>
    `${subject} ${be(subject)} ${list(choices, 'or')}`,
  choose: (condition: string, yes: string, no: string) => `${yes} if ${condition}, otherwise ${no}`,
  length: (count: string, unit: string) => `${count} ${count === '1' ? singular(unit) : unit}`,
  call: (called: string, said: readonly string[]) =>
    called === 'whole'
      ? `the whole part of ${said[0] ?? ''}`
      : called === 'started'
        ? `${said[0] ?? ''}, a part counting as a whole`
        : `${said[0] ?? ''}, rounded to ${said[1] ?? ''}`,
  extreme: (called: 'min' | 'max', said: readonly string[]) =>
    `the ${called === 'min' ? 'smaller' : 'larger'} of ${list(said)}`,
  bounded: (called: 'min' | 'max', words: string, bound: string) =>
    `${words}${words.includes(', but ') ? ' and' : ', but'} ${called === 'min' ? 'at most' : 'at least'} ${bound}`,
  arithmetic: (operator: BinaryOperator, left: string, right: string) =>
    `${left} ${({ '+': 'plus', '-': 'less', '*': 'times', '/': 'divided by' } as Partial<Record<BinaryOperator, string>>)[operator] ?? ''} ${right}`,
  moved: (operator: string, moment: string, length: string) =>
    `${length} ${operator === '+' ? 'after' : 'before'} ${moment}`,
  compared: (subject: string, compared: Compared) =>
    `${subject} ${be(subject)} ${predicate(compared)}`,
  comparedTwice: (subject: string, first: Compared, word: string, second: Compared) =>
    `${subject} ${be(subject)} ${predicate(first)} ${word} ${predicate(second)}`,
  comparedRange: (subject: string, from: string, until: string) =>
    `${subject} ${be(subject)} from ${from} to ${until}`,
  joined: (left: string, word: string, right: string) => `${left} ${word} ${right}`,
  condition: ({ words, denied }: { words: string; denied: boolean }) =>
    `${denied ? 'unless' : 'if'} ${words}`,
  conditionOf: ({ words, denied }: { words: string; denied: boolean }) =>
    denied ? `it is not so that ${words}` : words,

  // Periods
  /** “fiscal year”, “four-week period”. */
  periodCalled: (title: string, unit: string) =>
    `${title.replace(/ (day|week|month|year)s$/, '-$1')} ${unit}`,
  eachPeriod: ({ rule, name }: PeriodRuleWords, since: SpokenKind): EachSlot =>
    name === undefined && rule?.is === 'agreement'
      ? { noun: 'agreement', isWhole: true }
      : { noun: name === undefined ? everyPeriod(rule, since) : bare(name), isWhole: false },
  each: eachText,
  whileItLasts: { within: 'while the interval lasts', of: 'the interval' },
  inPeriod: ({ rule, name }: PeriodRuleWords, since: SpokenKind): PerSlot => {
    if (name !== undefined) return inside(rule?.is === 'so-far' ? `the ${name} so far` : a(name))
    if (!rule) return inside('the time that it is read for')
    if (rule.is === 'agreement')
      return { within: 'over the whole agreement', of: 'the whole agreement' }
    if (rule.is === 'past') return inside(`the past ${rule.length.text}`)
    if (rule.is === 'since') {
      const within = `since the last ${since(rule.kind)} about the same thing`
      return { within, of: `the time ${within}` }
    }
    const soFar = rule.is === 'so-far' ? rule.of : undefined
    if (soFar?.is === 'agreement') return inside('the agreement so far')
    if (soFar) return inside(`the ${everyPeriod(soFar, since)} so far`)
    const every = everyPeriod(rule, since)
    return inside(rule.is === 'part-of-day' && rule.minutes !== 60 ? every : a(every))
  },
  namedPeriod: (rule: PeriodRule | undefined, since: SpokenKind) =>
    rule?.is === 'window'
      ? `each day from ${timeOfDayText(rule.from)} to ${timeOfDayText(rule.until)}${rule.until > rule.from ? '' : ' of the next day'}`
      : `each ${everyPeriod(rule, since)}`,
  once: (isLater: boolean) => (isLater ? 'Once' : 'Once, at the start of the agreement'),
  every: ({ noun, isWhole }: EachSlot) => {
    if (isWhole) return 'Once, for the whole agreement'
    if (/^[\w-]+$/.test(noun)) return `Every ${noun}`
    return `${/^\w+ \w/.test(noun) ? 'For each' : 'Each'} ${noun}`
  },
  /** “the plate of the trip” is one of a trip. */
  eachOf: (what: string) =>
    bare(what).replace(/ of the (.+)$/, (_, noun: string) => ` of ${a(noun)}`),
  /** Facts tell their subjects apart: two of one subject are one. */
  thingOf: (kind: string) => `thing that ${plural(kind)} ${be(plural(kind))} about`,
  forEachOf: (each: string, what: string) => `${each}, for each ${what}`,
  partOfPeriod:
    'Where it begins or ends inside a period, the start and the end of that period are those of the part that lies in the agreement; where a definition says “in a month” or the like, those of the whole month.',
  agreementRuns: ({ start, end }: Period, zone: string) => {
    const finite = [start, end].filter(
      (instant) => instant > beginningOfTime && instant < endOfTime,
    )
    const wholeDays = finite.every((instant) =>
      local(instant, zone).toPlainTime().equals(new Temporal.PlainTime()),
    )
    const from =
      start <= beginningOfTime
        ? undefined
        : wholeDays
          ? spokenDate(local(start, zone).toPlainDate())
          : spokenInstant(start, zone)
    const until =
      end >= endOfTime
        ? undefined
        : wholeDays
          ? spokenDate(local(end, zone).toPlainDate().subtract({ days: 1 }))
          : spokenInstant(end, zone)
    if (from === undefined)
      return until === undefined
        ? 'The agreement runs without an agreed start or end.'
        : `The agreement runs until ${until}.`
    return until === undefined
      ? `The agreement runs from ${from} on, without an agreed end.`
      : `The agreement runs from ${from} to ${until}. Its clauses apply to what happens in this time, unless one says that it also applies afterwards.`
  },
} as const
