import { Exact } from '../kernel/exact.ts'
import { parseInstant, startOfDay } from '../kernel/time.ts'
import { type Answer, answerKind, answerValue } from './answer.ts'
import type { Derivation } from './derivation.ts'
import type { Agreement } from './revision.ts'
import type { Line } from './scope.ts'
import { Absent, type Value, valueText } from './value.ts'
import { Text } from './words.ts'

/** What is expected of a value. `is` compares exactly; `shown-as` rounds the exact answer to the digits given. */
export const ExpectedValue = { is: Text.optional(), 'shown-as': Text.optional() }

/** How a value differs from what is written of it; empty where it does not. */
export function valueDiffers({ value }: Derivation, expected: string, zone: string): string[] {
  const got = answerValue(value, zone)
  if (value instanceof Absent) {
    const zero = value.kind === 'nothing-due' && Exact.parse(expected)?.isZero === true
    return zero || value.kind === expected
      ? []
      : [
          `expected ${expected}, got ${value.kind}${value.missing.length > 0 ? ` (${value.missing.join(', ')})` : ''}`,
        ]
  }
  const same = sameWritten(value, expected, zone)
  return same ? [] : [`expected ${expected}, got ${got}`]
}

function sameWritten(value: Value, expected: string, zone: string): boolean {
  if (value instanceof Exact) {
    const percent = expected.endsWith('%')
    const number = Exact.parse(percent ? expected.slice(0, -1) : expected)
    return number !== undefined && value.equals(percent ? number.over(Exact.whole(100)) : number)
  }
  if (typeof value === 'number') {
    const day = /^\d{4}-\d\d-\d\d$/.test(expected)
    const instant = parseInstant(expected, zone)
    // “By 31 July” is the instant at which August begins, printed as the day before.
    return (
      instant === value ||
      (day && startOfDay(Temporal.PlainDate.from(expected).add({ days: 1 }), zone) === value)
    )
  }
  return valueText(value) === expected
}

/** The lines that post something, summed by clause, against what is expected of each. */
export function billDiffers(
  answer: Answer,
  expected: Readonly<Record<string, string>>,
  agreement: Agreement,
): string[] {
  if (!answer.lines) return [`a map is expected of a bill only; got ${answerKind(answer)}`]
  const sums = sumsByClause(answer.lines)
  return [...new Set([...sums.keys(), ...Object.keys(expected)])].flatMap((clause) => {
    const sum = sums.get(clause) ?? Exact.zero
    const wanted = expected[clause]
    const number = wanted === undefined ? Exact.zero : Exact.parse(wanted)
    const same = sum instanceof Exact ? number?.equals(sum) : sum.kind === wanted
    const got = sums.has(clause) ? answerValue(sum, agreement.frame.zone) : 'no line'
    return same ? [] : [`${clause}: expected ${wanted ?? 'no line'}, got ${got}`]
  })
}

function sumsByClause(lines: readonly Line[]): Map<string, Exact | Absent> {
  const sums = new Map<string, Exact | Absent>()
  for (const { clause, posted } of lines) {
    const { value } = posted
    const before = sums.get(clause) ?? Exact.zero
    if (value instanceof Absent && value.kind !== 'nothing-due') sums.set(clause, value)
    else if (value instanceof Exact && before instanceof Exact) sums.set(clause, before.plus(value))
  }
  return sums
}

/** The exact value, rounded to the digits that are written, against them. */
export function shownDiffers({ value }: Derivation, expected: string): string[] {
  const percent = expected.endsWith('%')
  const written = percent ? expected.slice(0, -1) : expected
  const decimals = written.split('.')[1]?.length ?? 0
  if (!(value instanceof Exact)) return [`expected about ${expected}, got ${valueText(value)}`]
  const shown = (percent ? value.times(Exact.whole(100)) : value).shown(decimals)
  return shown === written
    ? []
    : [`expected ${expected} when shown, got ${shown}${percent ? '%' : ''} (exactly ${value.text})`]
}
