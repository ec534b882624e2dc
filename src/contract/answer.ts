import { Exact } from '../kernel/exact.ts'
import { type Instant, localText, spokenDate, spokenInstant } from '../kernel/time.ts'
import { clausesOf, type Derivation, derivationData, factsOf } from './derivation.ts'
import { timeOfDayText } from './language/words.ts'
import { groupedAmount, groupedNumber, singular } from './prose/grammar.ts'
import type { Line } from './scope.ts'
import { Absent, Span, type Value, valueText } from './value.ts'

/**
 * One of four: a value; nothing due, with what decided it; not agreed, because no clause speaks; unknown, with the
 * facts that are missing. The last two are not zero.
 */
export type Answer = {
  readonly question: QuestionKind
  readonly derivation: Derivation
  /** The clause that decides. */
  readonly clause?: string
  /** No while a period is not over or facts may still come. */
  readonly final: boolean
  /** The instant whose revision answers: of the period’s start, the event, or the question. */
  readonly concerns: Instant
  /** Nothing later than this had happened. */
  readonly asOf: Instant
  readonly lines?: readonly AnsweredLine[]
  /** Further figures by their names: what was measured, what is committed. */
  readonly figures?: Readonly<Record<string, Derivation>>
  /** What the lines of each clause add up to, where they are many. */
  readonly sums?: Readonly<Record<string, Derivation>>
  /** What an event changes about things and about the agreement itself. */
  readonly effects?: readonly Effect[]
  readonly duties?: readonly Duty[]
  /** Clauses that set no bound to what may fall due. */
  readonly unbounded?: readonly string[]
  /** Clauses of which it is not known yet what they make due. */
  readonly undecided?: readonly string[]
  /** Clauses whose limits are exceeded and only warn. */
  readonly warnings?: readonly string[]
  /** Title, custody and right, each with its changes. */
  readonly standing?: Standing
  /** Of an end that no clause lets a side bring about: whose wish it was, and when it ends as agreed. */
  readonly noEnd?: NoEnd
  /** Facts that the clause would have read, did they not concern another component. */
  readonly passedOver?: readonly PassedOver[]
}
type QuestionKind =
  | 'may'
  | 'value'
  | 'bill'
  | 'due'
  | 'met'
  | 'whose'
  | 'level'
  | 'duties'
  | 'remedy'
  | 'change'
  | 'end'
  | 'exposure'
  | 'fit'
export type NoEnd = { readonly by?: 'provider' | 'consumer'; readonly agreed?: Instant }
/** A line, and what it would be without that which is asked about. */
export type AnsweredLine = Line & { readonly otherwise?: Derivation }
/** A fact, the component it names if any, and the title of the one that the clause speaks of. */
export type PassedOver = {
  readonly fact: string
  readonly named?: string
  readonly of: string
}
export type Effect = {
  readonly clause: string
  readonly at: Instant
  /** A component, or the agreement. */
  readonly of: string
  readonly item?: string
  /** Title, custody or right, and what each becomes. */
  readonly sets: Readonly<Partial<Record<keyof Standing, string>>>
  readonly happens: Derivation
}
/** Something that somebody has to do by some time. */
export type Duty = {
  readonly clause: string
  readonly who: 'provider' | 'consumer'
  /** The fact that started it. */
  readonly fact: string
  readonly about?: string
  readonly start: Instant
  readonly due: Derivation
  readonly met: Derivation
  readonly done?: Instant
}
export type Standing = Readonly<
  Record<
    'title' | 'custody' | 'right',
    { readonly value: Derivation; readonly changes: readonly Change[] }
  >
>
export type Change = {
  readonly at: number
  readonly to: string
  readonly clause: string
  readonly fact: string
}

/** Why facts did not count; of many the first three are told. */
export function passedOverTexts({ passedOver = [] }: Answer): string[] {
  const told = passedOver.slice(0, 3).map(({ fact, named, of }) => {
    const what = named?.replaceAll('_', ' ')
    return what === undefined
      ? `“${fact}” does not count: it is about no item of ${of}`
      : `“${fact}” does not count: it concerns ${what}, not ${of}`
  })
  const more = passedOver.length - told.length
  return more > 0 ? [...told, `and ${more} more`] : told
}

export const answerKind = ({ derivation: { value } }: Answer) =>
  value instanceof Absent ? value.kind : 'value'

export type Speaking = {
  readonly zone: string
  readonly currency: string
  readonly decimals: number
  /** What each side is called; `provider` and `consumer` where nobody says. */
  readonly parties?: Readonly<Record<'provider' | 'consumer', string>>
  /** What the contract calls a name, where it calls it otherwise. */
  readonly titles?: (name: string) => string | undefined
}

/** A value for people: money with its decimals, instants on the wall clock of the contract. */
export function spoken(value: Value, unit: string | undefined, speaking: Speaking): string {
  const { zone, parties } = speaking
  if (value instanceof Exact) return spokenQuantity(value, unit, speaking)
  if (value === 'provider' || value === 'consumer') return parties?.[value] ?? value
  if (typeof value === 'number') return spokenInstant(value, zone)
  if (value instanceof Temporal.PlainDate) return spokenDate(value)
  if (value instanceof Absent) return absentText(value)
  if (value instanceof Span)
    return `${spokenInstant(value.start, zone)} to ${value.end === undefined ? 'now' : spokenInstant(value.end, zone)}`
  return valueText(value).replaceAll('_', ' ')
}

function spokenQuantity(
  value: Exact,
  unit: string | undefined,
  { currency, decimals }: Speaking,
): string {
  if (unit === currency) return `${groupedAmount(spokenAmount(value, decimals))} ${currency}`
  if (unit === 'time of day') return timeOfDayText(Number(value.floor().text))
  if (unit === undefined) return spokenNumber(value)
  return isLength(unit) && !isShort(value)
    ? spokenLength(value, unit)
    : `${groupedNumber(spokenNumber(value))} ${value.text === '1' ? singular(unit) : unit}`
}

/** What a step came to; a percentage as it was written. */
export const spokenStep = (
  { value, unit, written }: Derivation,
  speaking: Speaking,
  as: string | undefined = unit,
): string => written ?? spoken(value, as, speaking)

/** More decimals than the currency has are shown only where the amount is not yet rounded. */
export function spokenAmount(value: Exact, decimals: number): string {
  return value.rounded(Exact.ratio(1, 10n ** BigInt(decimals)), 'half-up').equals(value)
    ? value.shown(decimals)
    : spokenNumber(value)
}

function spokenNumber(value: Exact): string {
  const { text } = value
  return text.includes('/') || text.length > 16 ? `${value.shown(8).replace(/0+$/, '')}…` : text
}

export const secondsOf = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const
type LengthUnit = keyof typeof secondsOf
const isLength = (unit: string): unit is LengthUnit => unit in secondsOf

/** `1.5 hours` is read as easily as it is written; `2.0833… hours` is not. */
const isShort = (value: Exact) => /^-?\d+(\.\d{1,2})?$/.test(value.text)

/** `2 hours 5 minutes`, to the second, and below a minute to the thousandth; “about” where that is not all. */
function spokenLength(value: Exact, unit: LengthUnit): string {
  const isNegative = value.compare(Exact.zero) < 0
  const exact = (isNegative ? value.negated() : value).times(Exact.whole(secondsOf[unit]))
  const step = exact.compare(Exact.whole(60)) < 0 ? Exact.ratio(1, 1000) : Exact.one
  const rounded = exact.rounded(step, 'half-up')
  // A day on the calendar has 23 to 25 hours, so that its parts are hours only roughly.
  const isAbout = unit === 'days' || !rounded.equals(exact)
  const said = rounded.isZero ? 'less than 0.001 seconds' : lengthParts(rounded)
  return `${isAbout && !rounded.isZero ? 'about ' : ''}${isNegative ? 'minus ' : ''}${said}`
}

function lengthParts(seconds: Exact): string {
  const whole = seconds.floor()
  const count = Number(whole.text)
  const parts = [
    [`${Math.floor(count / 86_400)}`, 'days'],
    [`${Math.floor((count % 86_400) / 3600)}`, 'hours'],
    [`${Math.floor((count % 3600) / 60)}`, 'minutes'],
    [seconds.minus(whole).plus(Exact.whole(count % 60)).text, 'seconds'],
  ] as const
  return parts
    .filter(([part]) => part !== '0')
    .map(([part, unit]) => `${part} ${part === '1' ? singular(unit) : unit}`)
    .join(' ')
}

function absentText(value: Absent): string {
  if (value.kind === 'unknown')
    return `not known: ${value.missing.join(', ') || 'facts are missing'}`
  return value.kind.replace('-', ' ')
}

/** A posted amount has all its decimals; one that was never rounded keeps what it has. */
const spokenDecimals = (value: Exact, decimals: number) =>
  value.times(Exact.whole(10n ** BigInt(decimals))).isWhole ? value.shown(decimals) : value.text

/** The value of an answer as data: amounts as text, instants in the zone of the contract. */
export function answerValue(value: Value, zone: string, decimals?: number): string {
  if (value instanceof Exact && decimals !== undefined) return spokenDecimals(value, decimals)
  return typeof value === 'number' ? localText(value, zone) : valueText(value)
}

type Reasoned = Speaking & { readonly reasons: readonly object[] }

/** An answer as data, as every door gives it. */
export function answerData(answer: Answer, speaking: Reasoned): object {
  const { lines, standing } = answer
  const { because, derivation, ...value } = valueData(answer, speaking)
  return {
    ...value,
    ...(lines && { lines: lines.map((line) => lineData(line, speaking)) }),
    ...(standing && { standing: standingData(standing, speaking.zone) }),
    ...(answer.figures && { figures: figuresData(answer.figures, speaking) }),
    ...(answer.sums && { sums: figuresData(answer.sums, speaking) }),
    ...(answer.effects && { effects: answer.effects.map((one) => effectData(one, speaking)) }),
    ...(answer.duties && { duties: answer.duties.map((one) => dutyData(one, speaking)) }),
    ...(answer.unbounded && { unbounded: answer.unbounded }),
    ...(answer.undecided && { undecided: answer.undecided }),
    because,
    derivation,
  }
}

/** The value that was found and why, without the lists that come with it. */
export function valueData(answer: Answer, speaking: Reasoned) {
  const { derivation, clause, final, question } = answer
  return {
    question,
    kind: answerKind(answer),
    answer: answerValue(
      derivation.value,
      speaking.zone,
      derivation.unit === speaking.currency ? speaking.decimals : undefined,
    ),
    ...(derivation.unit !== undefined && { unit: derivation.unit }),
    ...(derivation.value instanceof Absent &&
      derivation.value.kind === 'unknown' && { missing: derivation.value.missing }),
    final: final ? 'yes' : 'no',
    asOf: localText(answer.asOf, speaking.zone),
    ...(clause !== undefined && { clause }),
    ...(answer.warnings && { warnings: answer.warnings }),
    because: speaking.reasons,
    derivation: derivationData(derivation),
  }
}

function figuresData(figures: NonNullable<Answer['figures']>, speaking: Speaking): object {
  const { zone, currency, decimals } = speaking
  return Object.fromEntries(
    Object.entries(figures).map(([name, { value, unit }]) => [
      name,
      {
        answer: answerValue(value, zone, unit === currency ? decimals : undefined),
        says: spoken(value, unit, speaking),
        ...(unit !== undefined && { unit }),
      },
    ]),
  )
}

const effectData = ({ clause, at, of, item, sets }: Effect, { zone }: Speaking): object => ({
  clause,
  at: localText(at, zone),
  of,
  ...(item !== undefined && { item }),
  sets,
})

/** Done in time or not; open while that cannot be said yet. */
export const dutyState = ({ met: { value } }: Duty): 'met' | 'missed' | 'open' =>
  value === true ? 'met' : value === false ? 'missed' : 'open'

function dutyData(duty: Duty, speaking: Speaking): object {
  const { clause, who, fact, about, start, due, done } = duty
  const { zone } = speaking
  return {
    ...{ clause, who, fact, ...(about !== undefined && { about }) },
    ...{ start: localText(start, zone), due: answerValue(due.value, zone) },
    ...(done !== undefined && { done: localText(done, zone) }),
    ...{ state: dutyState(duty), says: spoken(due.value, undefined, speaking) },
  }
}

/** Until when a line has to be claimed, and whether it was. */
const claimData = ({ due, inTime }: NonNullable<Line['claim']>, zone: string) => ({
  until: answerValue(due.value, zone),
  claimed: answerValue(inTime.value, zone),
})

function lineData(line: AnsweredLine, { zone, currency, decimals }: Speaking): object {
  return {
    clause: line.clause,
    amount: answerValue(line.posted.value, zone, decimals),
    currency,
    ...(line.service && {
      from: localText(line.service.start, zone),
      to: localText(line.service.end, zone),
    }),
    ...(line.event && { event: line.event.fact.id }),
    ...(line.about !== undefined && { about: line.about }),
    billed: localText(line.billed, zone).slice(0, 10),
    payer: line.payer,
    payee: line.payee,
    ...(line.tax !== undefined && { tax: line.tax }),
    ...(line.component !== undefined && { component: line.component }),
    ...(line.claim && { claim: claimData(line.claim, zone) }),
    ...(line.otherwise && { otherwise: answerValue(line.otherwise.value, zone, decimals) }),
    clauses: clausesOf(line.amount),
    facts: factsOf(line.amount),
  }
}

function standingData(standing: Standing, zone: string): object {
  return Object.fromEntries(
    Object.entries(standing).map(([aspect, { value, changes }]) => [
      aspect,
      {
        is: valueText(value.value),
        changes: changes.map((change) => ({ ...change, at: localText(change.at, zone) })),
      },
    ]),
  )
}
