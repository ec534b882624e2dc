import { Exact } from '../kernel/exact.ts'
import { type Instant, localText, spokenDate, spokenInstant } from '../kernel/time.ts'
import { clausesOf, type Derivation, derivationData, factsOf } from './derivation.ts'
import { singular } from './prose/grammar.ts'
import type { Line } from './scope.ts'
import { Absent, Span, type Value, valueText } from './value.ts'
import { timeOfDayText } from './words.ts'

/**
 * One of four: a value; nothing due, with what decided it; not agreed, because no clause speaks; unknown, with the
 * facts that are missing. The last two are not zero.
 */
export type Answer = {
  readonly question: 'may' | 'value' | 'bill' | 'due' | 'met' | 'whose'
  readonly derivation: Derivation
  /** The clause that decides. */
  readonly clause?: string
  /** No while a period is not over or facts may still come. */
  readonly final: boolean
  /** The instant whose revision answers: of the period’s start, the event, or the question. */
  readonly concerns: Instant
  /** Nothing later than this had happened. */
  readonly asOf: Instant
  readonly lines?: readonly Line[]
  /** Clauses whose limits are exceeded and only warn. */
  readonly warnings?: readonly string[]
  /** Title, custody and right, each with its changes. */
  readonly standing?: Standing
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

export const answerKind = ({ derivation: { value } }: Answer) =>
  value instanceof Absent ? value.kind : 'value'

export type Speaking = {
  readonly zone: string
  readonly currency: string
  readonly decimals: number
}

/** A value for people: money with its decimals, instants on the wall clock of the contract. */
export function spoken(
  value: Value,
  unit: string | undefined,
  { zone, currency, decimals }: Speaking,
): string {
  if (value instanceof Exact) {
    if (unit === currency) return `${spokenAmount(value, decimals)} ${currency}`
    if (unit === 'time of day') return timeOfDayText(Number(value.floor().text))
    if (unit === undefined) return spokenNumber(value)
    return isLength(unit) && !isShort(value)
      ? spokenLength(value, unit)
      : `${spokenNumber(value)} ${value.text === '1' ? singular(unit) : unit}`
  }
  if (typeof value === 'number') return spokenInstant(value, zone)
  if (value instanceof Temporal.PlainDate) return spokenDate(value)
  if (value instanceof Absent) return absentText(value)
  if (value instanceof Span)
    return `${spokenInstant(value.start, zone)} to ${value.end === undefined ? 'now' : spokenInstant(value.end, zone)}`
  return valueText(value).replaceAll('_', ' ')
}

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

const secondsOf = { minutes: 60, hours: 3600, days: 86_400 } as const
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

/** An answer as data, as every door gives it. */
export function answerData(
  answer: Answer,
  speaking: Speaking & { reasons: readonly object[] },
): object {
  const { derivation, lines, standing, clause, final, question } = answer
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
    ...(lines && { lines: lines.map((line) => lineData(line, speaking)) }),
    ...(standing && { standing: standingData(standing, speaking.zone) }),
    because: speaking.reasons,
    derivation: derivationData(derivation),
  }
}

function lineData(line: Line, { zone, currency, decimals }: Speaking): object {
  return {
    clause: line.clause,
    amount: answerValue(line.posted.value, zone, decimals),
    currency,
    ...(line.service && {
      from: localText(line.service.start, zone),
      to: localText(line.service.end, zone),
    }),
    ...(line.event && { event: line.event.fact.id }),
    billed: localText(line.billed, zone).slice(0, 10),
    payer: line.payer,
    payee: line.payee,
    ...(line.tax !== undefined && { tax: line.tax }),
    ...(line.component !== undefined && { component: line.component }),
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
