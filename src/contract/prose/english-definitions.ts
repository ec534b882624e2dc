import {
  a,
  bare,
  capital,
  isParticiple,
  isPlural,
  list,
  ordinal,
  plural,
  the,
} from '../../kernel/grammar.ts'
import type { FactShape } from '../language/fact.ts'
import type { AggregateForm } from '../language/measure.ts'
import type { StepRounding } from '../language/words.ts'
import {
  caseOf,
  type EachSlot,
  type EventSlot,
  eachText,
  type OpeningSlot,
  type PerSlot,
  weekdays,
} from './english-phrases.ts'

/** The English sentences of the glossary, beside those of the clauses. */

const extremes: Partial<Record<AggregateForm, string>> = {
  min: 'lowest',
  max: 'highest',
  first: 'first',
  last: 'last',
}
const after = (per: PerSlot | undefined) => (per === undefined ? '' : ` ${per.within}`)
const ofPeriod = (per: PerSlot | undefined) => ` of ${per?.of ?? 'the period'}`
/** The time of a period itself. */
const thePart = 'the part'
/** Beyond the agreement no time of it passes. */
function covered(per: PerSlot | undefined): string {
  const of = ofPeriod(per)
  return / agreement$/.test(of) ? `the length${of}` : `${thePart}${of} that the agreement covers`
}
const whereText = (where: string | undefined) => (where === undefined ? '' : ` where ${where}`)
const sameText = (same: boolean) => (same ? ' about the same thing' : '')
/** “about the same thing since the last entry about it” */
const sameIn = (same: boolean, when: string) =>
  `${sameText(same)}${same ? when.replace(/ about the same thing$/, ' about it') : when}`

const isOne = (group: string) => group.startsWith('any one ')

type AggregateSlots = {
  form: AggregateForm
  rows: string
  attribute?: string
  /** Of a finer measure or a charge; of each of its periods, where they are not known from elsewhere. */
  isFiner?: true
  each?: EachSlot
  shape?: FactShape
  per?: PerSlot
  where?: string
  same: boolean
  /** Of a percentile, such as “95th”. */
  rank?: string
  /** Of a state: only the values that hold then. */
  asOf?: 'period-start' | 'period-end'
}

function aggregate(slots: AggregateSlots): string {
  const { form, rows, shape, where, same } = slots
  if (slots.isFiner) return ofFiner(slots)
  const value = slots.attribute ?? 'value'
  if (shape === 'state' && !slots.asOf && ['min', 'max', 'first', 'last'].includes(form))
    return ofState({ ...slots, value })
  const when = slots.asOf ? asItStands(slots.asOf, slots.per) : after(slots.per)
  const tail = `${sameIn(same, when)}${slots.asOf && where !== undefined ? ',' : ''}${whereText(where)}.`
  switch (form) {
    case 'count':
      return `the number of ${plural(rows)}${tail}`
    case 'unique':
      return `the number of different ${valuesOf(value)} among the ${plural(rows)}${tail}`
    case 'sum':
      return `the sum of ${summed(value, rows)}${tail}`
    case 'percentile':
      return `the ${slots.rank ?? ''} percentile of ${the(value)} of the ${plural(rows)}${tail}`
    case 'longest-run':
      return `the largest number of ${plural(rows)} one after another${tail}`
    case 'average':
      return `the average ${bare(value)} of ${plural(rows)}${tail}`
    case 'first':
    case 'last':
      if (shape === 'state' && slots.asOf) {
        const what = isWhether(value) ? value : `${the(value)} of ${the(bare(rows))}`
        return `${aboutSame(what, same)}${whereText(where)}${when.replace(', each as', ', as')}.`
      }
      if (isWhether(value))
        return `${value.replace(/^whether the /, `whether the ${form} `)}${tail}`
      return `${the(value)} of the ${form} ${bare(rows)}${tail}`
    default:
      return `the ${extremes[form] ?? ''} ${isPlural(value) ? 'number of ' : ''}${bare(value)} of any ${bare(rows)}${tail}`
  }
}

/** What is chosen or computed has no plural: “the smaller of the rate and the cap”, “the minutes less 5”. */
const isMade = (value: string) =>
  /^the (smaller|larger) of | (plus|less|times|divided by) |, but (at least|at most) /.test(value)

const summed = (value: string, rows: string) =>
  isMade(value)
    ? `${value}, taken for each ${bare(rows)},`
    : `the ${valuesOf(value)} of ${plural(rows)}`

/** Nor has a participle, “answered in time”: it is quoted as a name. */
const valuesOf = (value: string) =>
  isParticiple(value) ? `values “${value}”` : isMade(value) ? `values of ${value}` : plural(value)

const isWhether = (value: string) => value.startsWith('whether ')

/** “whether the booking about the same thing is marked …” */
const aboutSame = (words: string, same: boolean) =>
  words.includes(' is marked ')
    ? words.replace(' is marked ', `${sameText(same)} is marked `)
    : `${words}${sameText(same)}`

const asItStands = (asOf: 'period-start' | 'period-end', per: PerSlot | undefined) =>
  `, each as it stands at the ${asOf === 'period-start' ? 'start' : 'end'}${ofPeriod(per)}`

/** Over the values of a measure that has one for each of its own periods, or over what was charged. */
function ofFiner({ form, rows, where, same, per, rank, each }: AggregateSlots): string {
  const periods = each && periodsOf(each)
  if (periods !== undefined && where !== undefined && form === 'count')
    return `the number of ${periods}${after(per)}${whereText(where)}.`
  if (periods !== undefined && form === 'longest-run')
    return `the largest number of ${periods} in a row${after(per)}${whereText(where)}.`
  const of = {
    count: 'the number of values of',
    sum: 'the sum of',
    average: 'the average of',
    unique: 'the number of different values of',
    min: 'the lowest of',
    max: 'the highest of',
    first: 'the first of',
    last: 'the last of',
    percentile: `the ${rank ?? ''} percentile of`,
    'longest-run': 'the largest number, one after another, of values of',
  }[form]
  const taken = each === undefined ? '' : `, taken for ${eachText(each)},`
  // Of a period in which the event falls nobody knows the whole yet.
  const over = per?.of.startsWith('the past ') && each ? ' that are over by then' : ''
  const read = `${the(rows)}${taken === '' ? sameIn(same, after(per)) : `${sameText(same)}${taken}${after(per)}`}`
  return `${of} ${read}${over}${whereText(where)}.`.replace(',.', '.')
}

/** What a measure has a value for: “days”, “5-minute slots”; undefined where the period has no plain name. */
function periodsOf({ noun }: EachSlot): string | undefined {
  const slot = /^(\d+) minutes$/.exec(noun)?.[1]
  if (slot !== undefined) return `${slot}-minute slots`
  if (noun === 'hour of the clock') return 'hours of the clock'
  return /^(day|week|month|quarter|half-year|year)$/.test(noun) ? plural(noun) : undefined
}

/** A state has a value at every moment. */
function ofState({
  form,
  rows,
  value,
  per,
  where,
  same,
}: AggregateSlots & { value: string }): string {
  const tail = `${sameText(same)}${whereText(where)}`
  const words = isWhether(value)
    ? `${aboutSame(value, same)}${whereText(where)}`
    : `${the(value)} of ${the(rows)}${tail}`
  if (form === 'min' || form === 'max')
    return `the ${extremes[form] ?? ''} that ${words} comes to${after(per)}.`
  if (per === undefined)
    return form === 'last' ? `${words}, as it stands then.` : `${words}, as it stood first.`
  return form === 'last'
    ? `${words} at the end${ofPeriod(per)}.`
    : `${words} at the start${ofPeriod(per)}, or where there was none yet, the first in it.`
}

function daysText(days: { holidays: true } | { date: string } | { from: string; to?: string }) {
  if ('holidays' in days) return 'on holidays'
  if ('date' in days) return `on ${days.date}`
  const first = weekdays[days.from] ?? ''
  return days.to === undefined ? first : `${first} to ${weekdays[days.to] ?? ''}`
}

export const glossary = {
  it: 'It is',
  any: 'any',
  aggregate,
  /** “the end of a month”, and an agreed value as it is at the start of the period. */
  formulaOfPeriod: (words: string, per: PerSlot, isAgreed: boolean) =>
    `${isAgreed ? `${words}, as it stands at the start` : words.replace(/ of the period$/, '')}${ofPeriod(per)}.`,
  formula: (words: string, per: PerSlot | undefined, unit: string | undefined) =>
    `${words}${unit === undefined ? '' : `, in ${unit}`}${per === undefined ? '' : `, ${per.within}`}.`,
  previous: (measure: string, { noun }: EachSlot, initially: string) => {
    const own = measure.endsWith(` of the ${noun}`) ? measure : `${measure} of the ${noun}`
    return `${own} before; ${initially === 'unknown' ? 'before the first it is not known' : `${initially} in the first`}.`
  },
  open: ({ calendar, moment }: OpeningSlot) =>
    moment === undefined ? `it happens within ${calendar}.` : `${moment} falls within ${calendar}.`,
  since: ({ unit, event, pairedBy }: { unit: string; event: string; pairedBy?: string }) =>
    `the ${unit} since the last ${event} ${pairedBy === undefined ? 'about the same thing' : `with the same ${pairedBy.replaceAll('_', ' ')}`}.`,
  met: (clause: string) => `${clause} was kept.`,
  timeUnmet: (clause: string) => ({
    noun: `the time in which ${clause} stood open after its deadline`,
  }),
  timeOf: (shape: string, kind: string) => ({
    noun: shape === 'state' ? `the time of ${the(kind)}` : `the time of ${plural(kind)}`,
  }),
  timeWhole: (word: string) => ({
    noun:
      word === 'this'
        ? 'the time that the event itself takes'
        : word === 'agreement'
          ? 'the length of the agreement'
          : thePart,
  }),
  time: ({
    unit,
    of,
    per,
    where,
    same,
    longest,
  }: {
    unit: string
    longest: boolean
    of: { noun: string }
    per?: PerSlot
    where?: string
    same: boolean
  }) => {
    const whole = of.noun === thePart ? covered(per) : undefined
    const time = whole ?? `${of.noun}${sameIn(same, after(per))}${whereText(where)}`
    if (unit === 'stretches') return `the number of separate stretches of ${time}.`
    return `${longest ? 'the longest stretch of ' : ''}${time}, in ${unit}.`
  },
  overlaps: 'What overlaps counts once.',
  except: ({
    kinds,
    duties,
    same,
    where,
  }: {
    kinds: readonly string[]
    duties: readonly string[]
    same: boolean
    where?: string
  }) => {
    const about = same ? ' about the same thing, or about none,' : ''
    const times = [
      ...(kinds.length > 0 ? [`the time of ${list(kinds.map(plural))}${about}`] : []),
      ...duties,
    ]
    return `${capital(list(times))}${whereText(where)} ${times.length > 1 ? 'do' : 'does'} not count.`
  },
  rank: (percent: string) =>
    /^\d+$/.test(percent) ? ordinal(Number(percent), 'figures') : `${percent}th`,
  onlyChosen: (count: number, which: 'highest' | 'lowest') =>
    count === 1
      ? `Only the ${which} counts.`
      : `Only the ${count} ${which} count, or all where there are fewer.`,
  percentileCounted: (share: string) =>
    `The values are put in order and the highest ${share} of them, rounded down to whole values, are dropped; the next highest is it.`,
  weighed: (weight: string) =>
    weight === '1'
      ? 'What overlaps counts each time.'
      : `Each single time is multiplied by ${weight}; what overlaps counts each time.`,
  through: (structure: string) =>
    `It counts as long as ${structure} ${isPlural(bare(structure)) ? 'are' : 'is'} down because of them, each stopping the part that it concerns, or all parts where it names none.`,
  between: (unit: string, from: string, to: string) =>
    `the ${unit} from ${from} to ${to}, none where the second comes first.`,
  onlyCompleted: (unit: 'months' | 'years') => `Only whole ${unit} count.`,
  months: (
    count: 'completed' | 'remaining',
    { from, until }: Readonly<Record<'from' | 'until', string | undefined>>,
  ) => {
    const isOwn = from === undefined && until === undefined
    const whose = isOwn ? 'the months of the agreement' : 'the months'
    const counted = `counted from ${from ?? (isOwn ? 'its start' : 'the start of the agreement')}`
    const to = until ?? (isOwn ? 'its agreed end' : 'the agreed end of the agreement')
    if (count === 'remaining') return `${whose} that are left from then to ${to}, ${counted}.`
    const most = until === undefined ? '' : `, at most up to ${until}`
    return `${whose} that are over by then, ${counted}${most}.`
  },
  monthParts: (parts: 'whole' | 'daily', count: 'completed' | 'remaining') =>
    parts === 'whole'
      ? 'Only whole months count.'
      : `The days of an unfinished month count as a share of the days that it has; a day that has begun is ${count === 'completed' ? 'not yet over' : 'used'}.`,
  forecast: (structure: string) =>
    `the share of time in which ${structure} ${isPlural(bare(structure)) ? 'are up, if each of their' : 'is up, if each of its'} parts is up as promised and fails independently of the others.`,
  split: (whole: string, shares: readonly { name: string; weight?: string }[]) => {
    const names = `${whole}, shared among ${list(shares.map(({ name }) => name))}`
    const weights = shares.flatMap(({ weight }) => weight ?? [])
    return weights.length === 0
      ? `${names} in equal parts.`
      : `${names} in proportion to ${list(weights)}.`
  },
  scale: (price: string, per: PerSlot | undefined) =>
    price.startsWith(',') ? `an amount${after(per)}${price}.` : `${price}${after(per)}.`,
  ofScale: (sentence: string) => sentence.replace(/^The charge /, 'It '),
  eachShare: 'Each share is',
  remainder: (to: 'largest' | 'first') =>
    `What rounding leaves goes, one step each, to the shares that it moved the other way: ${to === 'largest' ? 'the largest first, of equal ones in this order' : 'in this order'}.`,
  structure: (group: string) => `it is up while ${group} ${isOne(group) ? 'is' : 'are'} up.`,
  promisedPart: (part: string, share: string) => `${part} (${share} promised)`,
  group: (atLeast: number, parts: readonly string[]) => {
    if (atLeast === parts.length) return list(parts)
    return atLeast === 1 ? `any one of ${list(parts)}` : `at least ${atLeast} of ${list(parts)}`
  },
  onlyWithin: (calendar: string) => `Only time within ${calendar} counts.`,
  longerThan: (length: string) => `Only what lasts longer than ${length} counts.`,
  eachRounded: (how: StepRounding, to: string) =>
    `Each single time is rounded ${how === 'nearest' ? 'to the nearest' : `${how} to a whole multiple of`} ${/^1 /.test(to) ? a(to.slice(2)) : to}.`
      .replace('a whole multiple of a minute', 'whole minutes')
      .replace('a whole multiple of an hour', 'whole hours')
      .replace(/the nearest an? /, 'the nearest '),
  missing: (value: string) =>
    value === 'unknown'
      ? 'Where nothing is recorded it is not known.'
      : value === 'leave-out'
        ? 'Where nothing is recorded it is left out.'
        : `Where nothing is recorded it counts as ${value.replaceAll('_', ' ')}.`,
  measuredBy: (parties: readonly string[]) =>
    `${list(parties)} ${parties.length > 1 ? 'measure' : 'measures'} it.`,
  recordedBy: (parties: readonly string[]) =>
    parties.length > 1
      ? `${list(parties)} record it, and both records count.`
      : `${list(parties)} records it, and that record counts.`,
  anyEvent: (events: readonly EventSlot[]) =>
    `${list(
      events.map((event) =>
        'words' in event ? a(event.words.noun) : `a case in which ${caseOf(event)}`,
      ),
      'or',
    )}.`,
  period: (words: string) => `${words}.`,
  table: (keys: readonly string[]) => `by ${list(keys)}; the first line that fits holds:`,
  row: (cells: readonly string[], then: string | undefined) =>
    `${cells.every((cell) => cell === 'any') ? 'in every other case' : cells.join(', ')}:  ${then ?? 'not agreed'}`,
  hours: (
    days: { holidays: true } | { date: string } | { from: string; to?: string },
    spans: readonly { from: string; until: string; wholeDay: boolean; isOvernight: boolean }[],
  ) =>
    `${daysText(days)} ${list(spans.map((span) => (span.wholeDay ? 'all day' : `${span.from} to ${span.until}${span.isOvernight ? ' of the next day' : ''}`)))}`,
  everyYear: (date: string) => `${date.replace(/ \d{4}$/, '')} of every year`,
  calendarsTogether: (calendars: readonly string[]) => `open during ${list(calendars, 'or')}.`,
  calendar: ({
    hours,
    closed,
    holidays,
    zone,
  }: {
    hours: readonly string[]
    closed: readonly string[]
    /** Those that have hours of their own together. */
    holidays: readonly string[]
    zone: string
  }) => {
    const shut = closed.length === 0 ? '' : `; closed on ${list(closed)}`
    const named = holidays.length === 0 ? '' : ` Holidays are ${list(holidays)}.`
    return `${hours.join('; ')}, in the time of ${zone.replaceAll('_', ' ')}${shut}.${named}`
  },
} as const
