import { a, bare, capital, list, ordinal, the } from '../../kernel/grammar.ts'
import type { Ends } from '../language/deadline.ts'
import { timeOfDayText } from '../language/words.ts'
import type { EachSlot } from './english-phrases.ts'

/** Until when: a length from what begins the time, or a moment. */
export type UntilSlot = { readonly length: string } | { readonly moment: string }

/** What begins the time, as a deadline speaks of it. */
export type BeginningSlot = {
  /** After a length: “10 days of its start”. */
  readonly from: string
  /** Of a period: “the month in which it falls”. */
  readonly lies: string
  readonly businessDay: (nth: string) => string
  /** What the period is called that begins it, the end of which is “its end”. */
  readonly own?: string
}

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

/** Until when, and the sentences that go with it. */
export const deadlines = {
  ofEvent: {
    from: '',
    lies: 'in which it falls',
    businessDay: (nth: string) => `the ${nth} business day after it`,
  },
  ofPeriod: ({ noun, isWhole }: EachSlot): BeginningSlot => ({
    from: isWhole ? ' of the start of the agreement' : ' of its start',
    lies: `in which ${isWhole ? 'the agreement' : 'it'} begins`,
    businessDay: (nth) =>
      isWhole ? `the ${nth} business day of the agreement` : `its ${nth} business day`,
    own: noun,
  }),
  /** What is claimed for: an event, or a period that is over. */
  ofClaimed: (event: string | undefined, each: EachSlot | undefined): BeginningSlot => ({
    from: event === undefined ? '' : `, counted from ${event}`,
    lies: event === undefined ? 'for which it is due' : `in which ${event} falls`,
    businessDay: (nth) =>
      `the ${nth} business day after ${event ?? `the end of the ${each?.noun ?? ''}`}`,
  }),
  endOf: ({ noun, isWhole }: EachSlot, after: number, { own, lies }: BeginningSlot) => {
    if (isWhole) return 'the end of the agreement'
    if (after === 0) return own === noun ? 'its end' : `the end of the ${noun} ${lies}`
    const one = after === 1 ? noun : `${ordinal(after)} ${noun}`
    return `the end of the ${one} after ${own === noun ? 'it' : `the one ${lies}`}`
  },
  /** “10 days after the end of the month”. */
  distant: (moment: string, length: string, before: boolean) =>
    `${length} ${before ? 'before' : 'after'} ${moment}`,
  businessDay: (
    { days, calendar, at }: { days: number; calendar: string; at?: number },
    { businessDay }: BeginningSlot,
  ) => {
    const [when, of] = at === undefined ? ['the close of', 'of'] : [`${timeOfDayText(at)} on`, 'on']
    const day =
      days === 0
        ? `the same day or, where that is no business day, ${of} the next one`
        : businessDay(ordinal(days))
    return `${when} ${day}, by ${calendar}`
  },
  onDate: ({ length: written, ...date }: DateSlot): string => {
    const { on, isDate, before, at } = date
    if (written !== undefined && /^0 /.test(written))
      return `${deadlines.onDate(date)}${opensNext(written, before)}`
    const length = written
    const isElapsed = length !== undefined && /\b(minutes?|hours?)$/.test(length)
    const side = before ? 'before' : 'after'
    const day = isDate ? on : `the day of ${on}`
    if (at !== undefined)
      return length === undefined || isElapsed
        ? `${isElapsed ? `${length} ${side} ` : ''}${timeOfDayText(at)} on ${day}`
        : `${timeOfDayText(at)} on the day ${length} ${side} ${on}`
    if (!isDate) return `${length === undefined ? '' : `${length} ${side} `}${on}`
    if (length === undefined) return `the end of ${on}`
    const moment = /business days?$/.test(length) ? 'close' : 'end'
    return `the ${moment} of the day ${length} ${side} ${on}`
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
  ends: (when: Ends, isMixed: boolean) => {
    const time = isMixed ? 'A time that is counted in days or longer' : 'The time'
    return when === 'at-the-hour'
      ? `${time} is up at the same time of day at which it began.`
      : `${time} is up with the end of its last day.`
  },
  pauses: ({
    kinds,
    duties,
    counted,
    condition,
    most,
  }: {
    kinds: readonly string[]
    duties: readonly string[]
    counted: 'in-hours' | 'around-the-clock'
    condition: string | undefined
    most: string | undefined
  }) => {
    const some = list(kinds.map(a), 'or')
    const only = condition === undefined ? '' : `, ${condition},`
    const together = (by: string) =>
      most === undefined ? '' : `, but together ${by} no more than ${most}`
    if (counted === 'in-hours') {
      const when = [
        ...(kinds.length > 0 ? [`during ${some}`] : []),
        ...duties.map((duty) => `while ${duty} stands unmet`),
      ]
      return `${capital(list(when, 'and'))}${only} the time stands still, as far as this falls into the hours that count${together('for')}.`
    }
    const lasts = [
      ...(kinds.length > 0 ? [`${some} lasts`] : []),
      ...duties.map((duty) => `${duty} stands unmet`),
    ]
    return `The time is up later by as long as ${list(lasts, 'or')}${only || ','} also outside the hours that count${together('by')}.`
  },
  riskAccepted: (why: string) =>
    `It may be more than the parts that it rests on promise together. This risk is accepted: ${why.replace(/[.\s]+$/, '')}.`,
  warrants: (areas: readonly string[]) => `It is a condition of the warranty of ${list(areas)}.`,
  evaluatedBy: (parties: readonly string[]) =>
    `Whether this was kept is measured by ${list(parties)}.`,

  // Claims
  claimed: (claim: string, until: UntilSlot) =>
    `It is due only if there is ${a(claim)} ${untilText(until)}.`,
  /** An interval is over before it can be claimed for. */
  claimedFrom: (event: string, isInterval: boolean) =>
    isInterval ? `the end of ${the(event)}` : the(event),
  claimConcerns: (claim: string, date: string, period: string) =>
    `${capital(a(claim))} counts for the ${period} in which ${date} lies.`,
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
  claimIsForOne: (claim: string) =>
    `${capital(a(claim))} is for the one of them that it names alone.`,
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

export const untilText = (until: UntilSlot, word: 'by' | 'until' | 'from' = 'by') =>
  'length' in until ? `within ${until.length}` : `${word} ${until.moment}`
