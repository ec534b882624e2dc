import { Exact } from '../kernel/exact.ts'
import { parseDate, parseInstant, startOfDay } from '../kernel/time.ts'
import { type Answer, answerKind, answerValue, dutyState } from './answer.ts'
import { type Derivation, leaf } from './derivation.ts'
import type { Agreement } from './revision.ts'
import { Absent, type Value, valueText } from './value.ts'
import { Text } from './words.ts'

/** What is expected of a value. `is` compares exactly; `shown-as` rounds the exact answer to the digits given. */
export const ExpectedValue = { is: Text.optional(), 'shown-as': Text.optional() }

/** How a value differs from what is written of it; empty where it does not. */
export function valueDiffers({ value }: Derivation, expected: string, zone: string): string[] {
  const got = gotText(value, zone)
  if (value instanceof Absent) {
    const zero = value.kind === 'nothing-due' && Exact.parse(expected)?.isZero === true
    return zero || value.kind === expected ? [] : [`expected ${expected}, got ${got}`]
  }
  const same = sameWritten(value, expected, zone)
  return same ? [] : [`expected ${expected}, got ${got}`]
}

/** Exact; of a fraction that no decimal writes, about how much it is as well; of what is not known, what is missing. */
function gotText(value: Value, zone: string): string {
  const text = answerValue(value, zone)
  if (value instanceof Absent && value.missing.length > 0)
    return `${text} (${value.missing.join(', ')})`
  return value instanceof Exact && text.includes('/') ? `${text}, about ${value.shown(10)}` : text
}

function sameWritten(value: Value, expected: string, zone: string): boolean {
  if (value instanceof Exact) {
    const percent = expected.endsWith('%')
    const number = Exact.parse(percent ? expected.slice(0, -1) : expected)
    return number !== undefined && value.equals(percent ? number.over(Exact.whole(100)) : number)
  }
  if (typeof value === 'number') {
    const day = /^\d{4}-\d\d-\d\d$/.test(expected) ? parseDate(expected) : undefined
    const instant = parseInstant(expected, zone)
    // “By 31 July” is the instant at which August begins, printed as the day before.
    return (
      instant === value || (day !== undefined && startOfDay(day.add({ days: 1 }), zone) === value)
    )
  }
  return valueText(value) === expected
}

/** One value; several amounts are those of the lines in their order. */
export function textDiffers(answer: Answer, expected: string, agreement: Agreement): string[] {
  const isList = answer.lines !== undefined && /^[-+\d.]+( [-+\d.]+)+$/.test(expected)
  return isList
    ? linesDiffer(answer, expected, agreement)
    : valueDiffers(answer.derivation, expected, agreement.frame.zone)
}

/** Figures by their names, duties by clause with how they stand, or lines by clause. */
export function mapDiffers(
  answer: Answer,
  expected: Readonly<Record<string, string>>,
  agreement: Agreement,
): string[] {
  if (answer.question === 'duties') return dutiesDiffer(answer, expected)
  if (answer.figures && answer.question !== 'end') return figuresDiffer(answer, expected, agreement)
  return billDiffers(answer, expected, agreement)
}

function figuresDiffer(
  { figures = {}, unbounded = [] }: Answer,
  expected: Readonly<Record<string, string>>,
  { frame }: Agreement,
): string[] {
  return Object.entries(expected).flatMap(([name, wanted]) => {
    const figure = figures[name]
    const list = unbounded.join(', ')
    if (name === 'unbounded')
      return list === wanted ? [] : [`unbounded: expected ${wanted}, got ${list || 'none'}`]
    if (!figure) return [`there is no figure “${name}”: ${Object.keys(figures).join(', ')}`]
    return valueDiffers(figure, wanted, frame.zone).map((words) => `${name}: ${words}`)
  })
}

function dutiesDiffer(
  { duties = [] }: Answer,
  expected: Readonly<Record<string, string>>,
): string[] {
  const clauses = new Set([...duties.map(({ clause }) => clause), ...Object.keys(expected)])
  return [...clauses].flatMap((clause) => {
    const got = duties.filter((duty) => duty.clause === clause).map(dutyState)
    return got.join(' ') === (expected[clause] ?? '')
      ? []
      : [`${clause}: expected ${expected[clause] ?? 'none'}, got ${got.join(' ') || 'none'}`]
  })
}

/** The amounts of the lines that are due in their order, or the sum of each clause. */
export function linesDiffer(
  answer: Answer,
  expected: string | Readonly<Record<string, string>>,
  agreement: Agreement,
): string[] {
  if (typeof expected !== 'string') return billDiffers(answer, expected, agreement)
  const { zone } = agreement.frame
  const due = countedIn(answer).filter(
    ({ value }) => !(value instanceof Absent && value.kind === 'nothing-due'),
  )
  const wanted = expected.split(' ')
  const same =
    due.length === wanted.length &&
    due.every(({ value }, at) => valueDiffers(leaf(value), wanted[at] ?? '', zone).length === 0)
  const got = due.map(({ value }) => gotText(value, zone)).join(' ')
  return same ? [] : [`expected lines of ${expected}, got ${got || 'none'}`]
}

/** The lines that post something, summed by clause, against what is expected of each. */
function billDiffers(
  answer: Answer,
  expected: Readonly<Record<string, string>>,
  agreement: Agreement,
): string[] {
  if (!answer.lines) return [`a map is expected of a bill only; got ${answerKind(answer)}`]
  const sums = sumsByClause(countedIn(answer))
  return [...new Set([...sums.keys(), ...Object.keys(expected)])].flatMap((clause) => {
    const sum = sums.get(clause) ?? Exact.zero
    const wanted = expected[clause]
    const number = wanted === undefined ? Exact.zero : Exact.parse(wanted)
    const same = sum instanceof Exact ? number?.equals(sum) : sum.kind === wanted
    const got = sums.has(clause) ? gotText(sum, agreement.frame.zone) : 'no line'
    return same ? [] : [`${clause}: expected ${wanted ?? 'no line'}, got ${got}`]
  })
}

type Counted = { readonly clause: string; readonly value: Value }

/** What each line posts; of a remedy what the fact makes of it, so that the lines come to the answer. */
const countedIn = ({ question, lines = [] }: Answer): readonly Counted[] =>
  lines.map(({ clause, posted: { value }, otherwise }) => {
    const before = question === 'remedy' ? otherwise?.value : undefined
    if (!(before instanceof Exact)) return { clause, value }
    if (value instanceof Exact) return { clause, value: value.minus(before) }
    const isNothing = value instanceof Absent && value.kind === 'nothing-due'
    return { clause, value: isNothing ? before.negated() : value }
  })

function sumsByClause(lines: readonly Counted[]): Map<string, Exact | Absent> {
  const sums = new Map<string, Exact | Absent>()
  for (const { clause, value } of lines) {
    const before = sums.get(clause) ?? Exact.zero
    if (value instanceof Absent && value.kind !== 'nothing-due') sums.set(clause, value)
    else if (value instanceof Exact && before instanceof Exact) sums.set(clause, before.plus(value))
  }
  return sums
}

/** The exact value, rounded to the digits that are written, or cut to the units of a length (`3 d 15 h`), against them. */
export function shownDiffers({ value, unit }: Derivation, expected: string): string[] {
  if (!(value instanceof Exact)) return [`expected about ${expected}, got ${valueText(value)}`]
  const shown = lengthShown(value, unit, expected) ?? numberShown(value, expected)
  return shown === expected
    ? []
    : [`expected ${expected} when shown, got ${shown} (exactly ${value.text})`]
}

function numberShown(value: Exact, expected: string): string {
  const percent = expected.endsWith('%')
  const decimals = (percent ? expected.slice(0, -1) : expected).split('.')[1]?.length ?? 0
  return percent ? `${value.times(Exact.whole(100)).shown(decimals)}%` : value.shown(decimals)
}

const secondsOf = { d: 86_400, h: 3600, min: 60, s: 1 } as const
const unitSeconds = { days: 86_400, hours: 3600, minutes: 60, seconds: 1 } as const

/** In the units of what is expected, cut off and not rounded; undefined where that is no length. */
function lengthShown(value: Exact, unit: string | undefined, expected: string): string | undefined {
  const units = expected.match(/(?<=^\d+ |\s\d+ )(d|h|min|s)\b/g) as
    | (keyof typeof secondsOf)[]
    | null
  const seconds = unitSeconds[unit as keyof typeof unitSeconds]
  if (!units || seconds === undefined) return undefined
  let left = value.times(Exact.whole(seconds))
  return units
    .map((one) => {
      const count = left.over(Exact.whole(secondsOf[one])).floor()
      left = left.minus(count.times(Exact.whole(secondsOf[one])))
      return `${count.text} ${one}`
    })
    .join(' ')
}
