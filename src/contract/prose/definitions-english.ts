import { a, bare, isPlural, list, plural, the } from './grammar.ts'

/** The English sentences of the glossary, beside those of the clauses. */

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
type Form = 'count' | 'sum' | 'min' | 'max' | 'average' | 'first' | 'last' | 'unique'
const extremes: Partial<Record<Form, string>> = {
  min: 'lowest',
  max: 'highest',
  first: 'first',
  last: 'last',
}
const after = (words: string | undefined) => (words === undefined ? '' : ` ${words}`)
const whereText = (where: string | undefined) => (where === undefined ? '' : ` where ${where}`)
const sameText = (same: boolean) => (same ? ' about the same thing' : '')

type AggregateSlots = {
  form: Form
  rows: string
  attribute?: string
  /** The period of a finer measure, “” where it is known from elsewhere. */
  finer?: string
  shape?: 'event' | 'interval' | 'state'
  per?: string
  where?: string
  same: boolean
}

function aggregate(slots: AggregateSlots): string {
  const { form, rows, shape, where, same } = slots
  if (slots.finer !== undefined) return ofFiner(slots, slots.finer)
  const value = slots.attribute ?? 'value'
  if (shape === 'state' && !['count', 'sum', 'average', 'unique'].includes(form))
    return ofState({ ...slots, value })
  const tail = `${sameText(same)}${after(slots.per)}${whereText(where)}.`
  switch (form) {
    case 'count':
      return `the number of ${plural(rows)}${tail}`
    case 'unique':
      return `the number of different ${plural(value)} among the ${plural(rows)}${tail}`
    case 'sum':
      return `the sum of the ${plural(value)} of ${plural(rows)}${tail}`
    case 'average':
      return `the average ${bare(value)} of ${plural(rows)}${tail}`
    case 'first':
    case 'last':
      return `${the(value)} of the ${form} ${bare(rows)}${tail}`
    default:
      return `the ${extremes[form] ?? ''} ${isPlural(value) ? 'number of ' : ''}${bare(value)} of any ${bare(rows)}${tail}`
  }
}

/** Over the values of a measure that has one for each of its own periods, or over what was charged. */
function ofFiner({ form, rows, where, per }: AggregateSlots, finer: string): string {
  const of = {
    count: 'the number of values of',
    sum: 'the sum of',
    average: 'the average of',
    unique: 'the number of different values of',
    min: 'the lowest of',
    max: 'the highest of',
    first: 'the first of',
    last: 'the last of',
  }[form]
  const each = finer === '' ? '' : `, taken for ${finer},`
  return `${of} ${the(rows)}${each}${after(per)}${whereText(where)}.`.replace(',.', '.')
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
  const words = `${the(value)} of ${the(rows)}${tail}`
  if (form === 'min' || form === 'max')
    return `the ${extremes[form] ?? ''} that ${words} comes to${after(per)}.`
  if (per === undefined)
    return form === 'last' ? `${words}, as it stands then.` : `${words}, as it stood first.`
  const period = per.replace(/^(in|over) /, '')
  return form === 'last'
    ? `${words} at the end of ${period}.`
    : `${words} at the start of ${period}.`
}

export const definitionSentences = {
  it: 'It is',
  any: 'any',
  aggregate,
  formula: (words: string, per: string | undefined) =>
    `${words}${per === undefined ? '' : `, ${per}`}.`,
  previous: (measure: string, each: string, initially: string) => {
    const unit = each.replace(/^(each|the whole) /, '')
    return `${measure} of the ${unit} before; ${initially === 'unknown' ? 'before the first it is not known' : `${initially} in the first`}.`
  },
  open: (calendar: string) => `it happens within ${calendar}.`,
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
          : 'the length',
  }),
  time: ({
    unit,
    of,
    per,
    where,
    same,
  }: {
    unit: string
    of: { noun: string }
    per?: string
    where?: string
    same: boolean
  }) => {
    const during =
      of.noun === 'the length'
        ? per === undefined
          ? ' of the period'
          : ` of ${per.replace(/^(in|over) /, '')}`
        : after(per)
    return `${of.noun}${sameText(same)}${during}${whereText(where)}, in ${unit}.`
  },
  overlaps: 'What overlaps counts once.',
  except: (kinds: readonly string[], where: string | undefined) =>
    `The time of ${list(kinds.map(plural))}${whereText(where)} does not count.`,
  onlyWithin: (calendar: string) => `Only time within ${calendar} counts.`,
  longerThan: (length: string) => `Only what lasts longer than ${length} counts.`,
  eachRounded: (how: 'up' | 'down' | 'nearest', to: string) =>
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
  period: (words: string) => `${words}.`,
  table: (keys: readonly string[]) => `by ${list(keys)}; the first line that fits holds:`,
  row: (cells: readonly string[], then: string | undefined) =>
    `${cells.every((cell) => cell === 'any') ? 'in every other case' : cells.join(', ')}:  ${then ?? 'not agreed'}`,
  hours: ({
    from,
    to,
    spans,
  }: {
    from: number
    to?: number
    spans: readonly { from: string; until: string; wholeDay: boolean }[]
  }) => {
    const days =
      to === undefined ? (weekdays[from] ?? '') : `${weekdays[from] ?? ''} to ${weekdays[to] ?? ''}`
    return `${days} ${list(spans.map((span) => (span.wholeDay ? 'all day' : `${span.from} to ${span.until}`)))}`
  },
  calendar: ({
    hours,
    closed,
    zone,
  }: {
    hours: readonly string[]
    closed: readonly string[]
    zone: string
  }) =>
    `${hours.join('; ')}, in the time of ${zone.replaceAll('_', ' ')}${closed.length === 0 ? '' : `; closed on ${list(closed)}`}.`,
} as const
