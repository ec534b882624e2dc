import { Exact } from '../../kernel/exact.ts'
import { groupedAmount, groupedNumber, singular } from '../../kernel/grammar.ts'
import { spokenDate, spokenInstant } from '../../kernel/time.ts'
import type { Derivation } from '../derivation.ts'
import { type Side, timeOfDayText } from '../language/words.ts'
import { Absent, Span, type Value, valueText } from '../value.ts'

export type Speaking = {
  readonly zone: string
  readonly currency: string
  readonly decimals: number
  /** What each side is called; `provider` and `consumer` where nobody says. */
  readonly parties?: Readonly<Record<Side, string>>
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
  if (unit === undefined) return groupedNumber(spokenNumber(value))
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
