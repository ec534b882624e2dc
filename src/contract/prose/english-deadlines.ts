import { timeOfDayText } from '../language/words.ts'
import { a, bare, capital, list, ordinal, the } from './grammar.ts'

/** A date or instant in words, and whether it is a date, whose whole day counts. */
type DateSlot = {
  readonly on: string
  readonly isDate: boolean
  /** `14 days`, with whether it counts backwards. */
  readonly length?: string
  readonly before: boolean
  readonly at?: number
}

/** What in a stop names the event that it is for. */
type ConcernsSlot = {
  readonly stop: string
  readonly start: string
  readonly names: 'date' | 'instant' | 'subject'
  readonly named: string
}

/** Until when: phrases that begin with “within” or “by”, and the sentences that go with them. */
export const deadlines = {
  withinLength: (length: string) => `within ${length}`,
  byEndOf: ({ each, after }: { each: string; after: number }) => {
    const unit = each.replace(/^(each|the whole) /, '')
    if (unit === 'agreement') return 'by the end of the agreement'
    if (after === 0) return `by the end of the ${unit} in which it falls`
    return after === 1
      ? `by the end of the ${unit} after the one in which it falls`
      : `by the end of the ${ordinal(after)} ${unit} after the one in which it falls`
  },
  /** “by the end of the month”, moved: “by 10 days after the end of the month”. */
  byDistance: (end: string, length: string, before: boolean) =>
    `by ${length} ${before ? 'before' : 'after'} ${end.replace(/^by /, '')}`,
  byBusinessDay: ({ days, calendar, at }: { days: number; calendar: string; at?: number }) => {
    const when = at === undefined ? 'the close of' : `${timeOfDayText(at)} on`
    const day =
      days === 0
        ? 'the same day or, where that is no business day, of the next one'
        : `the ${ordinal(days)} business day after it`
    return `by ${when} ${at === undefined ? day : day.replace('of the next', 'on the next')}, by ${calendar}`
  },
  byDate: ({ length: written, ...date }: DateSlot): string => {
    const { on, isDate, before, at } = date
    if (written !== undefined && /^0 /.test(written))
      return `${deadlines.byDate(date)}${opensNext(written, before)}`
    const length = written
    const isElapsed = length !== undefined && /\b(minutes?|hours?)$/.test(length)
    const side = before ? 'before' : 'after'
    const day = isDate ? on : `the day of ${on}`
    if (at !== undefined)
      return length === undefined || isElapsed
        ? `by ${isElapsed ? `${length} ${side} ` : ''}${timeOfDayText(at)} on ${day}`
        : `by ${timeOfDayText(at)} on the day ${length} ${side} ${on}`
    if (!isDate) return `by ${length === undefined ? '' : `${length} ${side} `}${on}`
    if (length === undefined) return `by the end of ${on}`
    const moment = /business days?$/.test(length) ? 'close' : 'end'
    return `by the ${moment} of the day ${length} ${side} ${on}`
  },
  cutoff: (minute: number) =>
    `What comes at or after ${timeOfDayText(minute)} counts as of the next business day.`,
  clock: (
    calendar: string,
    counts: { readonly hours: boolean; readonly businessDays: boolean },
  ) => {
    if (calendar === 'around the clock') return 'The time runs around the clock.'
    if (!counts.businessDays) return `Only time within ${calendar} counts.`
    return counts.hours
      ? `Of hours and minutes only those within ${calendar} count; the days on which these open are the business days.`
      : `Business days are those of ${calendar}.`
  },
  ends: (when: 'at-the-hour' | 'with-the-day', isMixed: boolean) => {
    const time = isMixed ? 'A time that is counted in days or longer' : 'The time'
    return when === 'at-the-hour'
      ? `${time} is up at the same time of day at which it began.`
      : `${time} is up with the end of its last day.`
  },
  pauses: ({
    kinds,
    duties,
    counted,
  }: {
    kinds: readonly string[]
    duties: readonly string[]
    counted: 'in-hours' | 'around-the-clock'
  }) => {
    const some = list(kinds.map(a), 'or')
    if (counted === 'in-hours') {
      const when = [
        ...(kinds.length > 0 ? [`during ${some}`] : []),
        ...duties.map((duty) => `while ${duty} stands unmet`),
      ]
      return `${capital(list(when, 'and'))} the time stands still, as far as this falls into the hours that count.`
    }
    const lasts = [
      ...(kinds.length > 0 ? [`${some} lasts`] : []),
      ...duties.map((duty) => `${duty} stands unmet`),
    ]
    return `The time is up later by as long as ${list(lasts, 'or')}, also outside the hours that count.`
  },
  riskAccepted: (why: string) =>
    `It may be more than the parts that it rests on promise together. This risk is accepted: ${why.replace(/[.\s]+$/, '')}.`,
  warrants: (areas: readonly string[]) => `It is a condition of the warranty of ${list(areas)}.`,
  evaluatedBy: (parties: readonly string[]) =>
    `Whether this was kept is measured by ${list(parties)}.`,

  // Claims
  claimed: ({
    claim,
    deadline,
    event,
    each = '',
  }: {
    claim: string
    deadline: string
    event?: string
    each?: string
  }) => {
    const unit = each.replace(/^(each|the whole) /, '')
    const until = deadline
      .replace('in which it falls', event ? `in which ${event} falls` : 'for which it is due')
      .replace(/ day after it(?=,)/, ` day after ${event ?? `the end of the ${unit}`}`)
    const from = event && deadline.startsWith('within') ? `, counted from ${event}` : ''
    return `It is due only if there is ${a(claim)} ${until}${from}.`
  },
  /** An interval is over before it can be claimed for. */
  claimedFrom: (event: string, isInterval: boolean) =>
    isInterval ? `the end of ${the(event)}` : the(event),
  claimConcerns: (claim: string, date: string, each: string) =>
    `${capital(a(claim))} counts for the ${each.replace(/^(each|the whole) /, '')} in which ${date} lies.`,
  concernsEvent: ({ stop, start, names, named }: ConcernsSlot) => {
    const which = {
      date: `whose day is ${named}`,
      instant: `on whose day ${named} lies`,
      subject: `that is about ${named}`,
    }
    return `${capital(a(stop))} counts for the ${bare(start)} ${which[names]}, also if it comes first.`
  },
  claimCountsForAll: (claim: string) =>
    `${capital(a(claim))} counts for all that it is in time for.`,
  claimOfAnother: (claim: string, thing: string) =>
    `${capital(a(claim))} that names anything other than ${thing} does not count.`,
} as const

/** Nothing is counted from a date but what is closed on it. */
function opensNext(length: string, before: boolean): string {
  const side = before ? 'last before' : 'next'
  if (/business days?$/.test(length))
    return ` or, where that is no business day, of the ${side} one`
  return /^0 (minutes|hours)$/.test(length)
    ? ` or, where that is outside the hours that count, when they ${before ? 'last ended' : 'next begin'}`
    : ''
}

/** The same where a period starts it: “within 10 days of its start”, “by the end of the month after it”. */
export function untilOfPeriod(deadline: string, each: string): string {
  const unit = each.replace(/^(each|the whole) /, '')
  const isAgreement = unit === 'agreement'
  if (deadline.startsWith('within'))
    return `${deadline} of ${isAgreement ? 'the start of the agreement' : 'its start'}`
  return deadline
    .replace(`the end of the ${unit} in which it falls`, 'its end')
    .replace(`${unit} after the one in which it falls`, `${unit} after it`)
    .replace(/in which it falls/, `in which ${isAgreement ? 'the agreement' : 'it'} begins`)
    .replace(
      /the (\S+) business day after it\b/,
      isAgreement ? 'the $1 business day of the agreement' : 'its $1 business day',
    )
}
