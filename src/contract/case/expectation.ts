import { Exact } from '../../kernel/exact.ts'
import { parseDate, parseInstant, startOfDay } from '../../kernel/time.ts'
import { type Agreement, revisionAt } from '../agreement/revision.ts'
import { type Answer, answerKind, dutyState } from '../answer/answer.ts'
import { answerValue } from '../answer/data.ts'
import { secondsOf } from '../answer/spoken.ts'
import type { Derivation } from '../derivation.ts'
import { Text } from '../language/words.ts'
import { Absent, isNothingDue, type Value, valueText } from '../value.ts'

/** What is expected of a value. `is` compares exactly; `shown-as` rounds the exact answer to the digits given. */
export const ExpectedValue = { is: Text.optional(), 'shown-as': Text.optional() }

/** What is expected of an answer; what is not said is not compared. */
export type Expected = {
  readonly is?: string | Readonly<Record<string, string>>
  readonly 'shown-as'?: string
  readonly total?: string
  readonly lines?: string | Readonly<Record<string, string>>
  readonly because?: string
  readonly final?: 'yes' | 'no'
}

/** How an answer differs from all that is expected of it; empty where it does not. */
export function answerDiffers(answer: Answer, expected: Expected, agreement: Agreement): string[] {
  const { is, 'shown-as': shownAs, total, lines, because, final } = expected
  const { derivation, clause } = answer
  if ([is, shownAs, total, lines].every((one) => one === undefined))
    return ['nothing is expected: say “is:”, “lines:” or “shown-as:”']
  const answered = answer.final ? 'yes' : 'no'
  return [
    ...(typeof is === 'string' ? textDiffers(answer, is, agreement) : []),
    ...(typeof is === 'object' ? mapDiffers(answer, is, agreement) : []),
    ...(lines === undefined ? [] : linesDiffer(answer, lines, agreement)),
    ...(shownAs === undefined ? [] : shownDiffers(derivation, shownAs)),
    ...(total === undefined ? [] : valueDiffers(derivation, total, writingOf(answer, agreement))),
    ...(because === undefined || clause === because
      ? []
      : [`decided by ${clause ?? 'no clause'}, not by ${because}`]),
    ...(final === undefined || final === answered ? [] : [`final: ${answered}`]),
  ]
}

/** How values are written: instants in a zone, amounts of the currency with their places. */
type Writing = {
  readonly zone: string
  readonly currency: string
  readonly decimals: number
}

/** How a value differs from what is written of it; empty where it does not. */
export function valueDiffers(found: Found, expected: string, writing: Writing): string[] {
  const { value } = found
  const got = gotText(found, writing)
  if (value instanceof Absent) {
    const zero = value.kind === 'nothing-due' && Exact.parse(expected)?.isZero === true
    return zero || value.kind === expected ? [] : [`expected ${expected}, got ${got}`]
  }
  const same = sameWritten(value, expected, writing.zone)
  return same ? [] : [`expected ${expected}, got ${got}`]
}

type Found = Pick<Derivation, 'value' | 'unit'>

/** Exact; of a fraction that no decimal writes, about how much it is as well; of what is not known, what is missing. */
function gotText({ value, unit }: Found, { zone, currency, decimals }: Writing): string {
  const text = answerValue(value, zone, unit === currency ? decimals : undefined)
  if (value instanceof Absent) return withMissing(text, value)
  return value instanceof Exact && text.includes('/') ? `${text}, about ${value.shown(10)}` : text
}

const withMissing = (text: string, value: Value) =>
  value instanceof Absent && value.missing.length > 0
    ? `${text} (${value.missing.join(', ')})`
    : text

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
function textDiffers(answer: Answer, expected: string, agreement: Agreement): string[] {
  const isList = answer.lines !== undefined && /^[-+\d.]+( [-+\d.]+)+$/.test(expected)
  return isList
    ? linesDiffer(answer, expected, agreement)
    : valueDiffers(answer.derivation, expected, writingOf(answer, agreement))
}

/** As the contract writes them that the answer concerns. */
const writingOf = ({ concerns }: Answer, agreement: Agreement): Writing =>
  revisionAt(agreement, concerns).contract

/** Figures by their names, duties by clause with how they stand, or lines by clause. */
function mapDiffers(
  answer: Answer,
  expected: Readonly<Record<string, string>>,
  agreement: Agreement,
): string[] {
  if (answer.question === 'duties') return dutiesDiffer(answer, expected)
  if (isOfFigures(answer)) return figuresDiffer(answer, expected, agreement)
  return billDiffers(answer, expected, agreement)
}

/** A map that is expected of it names its figures, and no clauses. */
export const isOfFigures = ({ figures, question }: Answer): boolean =>
  figures !== undefined && question !== 'end'

function figuresDiffer(
  answer: Answer,
  expected: Readonly<Record<string, string>>,
  agreement: Agreement,
): string[] {
  const { figures = {}, unbounded = [] } = answer
  const writing = writingOf(answer, agreement)
  return Object.entries(expected).flatMap(([name, wanted]) => {
    const figure = figures[name]
    const list = unbounded.join(', ')
    if (name === 'unbounded')
      return sameNames(unbounded, wanted)
        ? []
        : [`unbounded: expected ${wanted}, got ${list || 'none'}`]
    if (!figure) return [`there is no figure “${name}”: ${Object.keys(figures).join(', ')}`]
    return valueDiffers(figure, wanted, writing).map((words) => `${name}: ${words}`)
  })
}

/** Names are a set: their order says nothing. */
const sameNames = (names: readonly string[], wanted: string) =>
  names.toSorted().join() === wanted.split(', ').toSorted().join()

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
  const writing = writingOf(answer, agreement)
  const due = countedIn(answer).filter(({ value }) => !isNothingDue(value))
  const wanted = expected.split(' ')
  const same =
    due.length === wanted.length &&
    due.every((line, at) => valueDiffers(line, wanted[at] ?? '', writing).length === 0)
  const got = due.map((line) => gotText(line, writing)).join(' ')
  return same ? [] : [`expected lines of ${expected}, got ${got || 'none'}`]
}

/** The lines that post something, summed by clause, against what is expected of each. */
function billDiffers(
  answer: Answer,
  expected: Readonly<Record<string, string>>,
  agreement: Agreement,
): string[] {
  if (!answer.lines) return [`a map is expected of a bill only; got ${answerKind(answer)}`]
  const writing = writingOf(answer, agreement)
  const unit = writing.currency
  const sums = sumsByClause(countedIn(answer))
  return [...new Set([...sums.keys(), ...Object.keys(expected)])].flatMap((clause) => {
    const sum = sums.get(clause) ?? Exact.zero
    const wanted = expected[clause]
    const number = wanted === undefined ? Exact.zero : Exact.parse(wanted)
    const same = sum instanceof Exact ? number?.equals(sum) : sum.kind === wanted
    const got = sums.has(clause) ? gotText({ value: sum, unit }, writing) : 'no line'
    return same ? [] : [`${clause}: expected ${wanted ?? 'no line'}, got ${got}`]
  })
}

type Counted = Found & { readonly clause: string }

/** What each line posts; of a remedy what the fact makes of it, so that the lines come to the answer. */
const countedIn = ({ question, lines = [] }: Answer): readonly Counted[] =>
  lines.map(({ clause, posted: { value, unit = '' }, otherwise }) => {
    const before = question === 'remedy' ? otherwise?.value : undefined
    if (!(before instanceof Exact)) return { clause, value, unit }
    if (value instanceof Exact) return { clause, value: value.minus(before), unit }
    return { clause, value: isNothingDue(value) ? before.negated() : value, unit }
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
  if (!(value instanceof Exact))
    return [`expected about ${expected}, got ${withMissing(valueText(value), value)}`]
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

const unitOf = { d: 'days', h: 'hours', min: 'minutes', s: 'seconds' } as const

/** In the units of what is expected, cut off and not rounded; undefined where that is no length. */
function lengthShown(value: Exact, unit: string | undefined, expected: string): string | undefined {
  const units = expected.match(/(?<=^\d+ |\s\d+ )(d|h|min|s)\b/g) as (keyof typeof unitOf)[] | null
  const seconds = secondsOf[unit as keyof typeof secondsOf]
  if (!units || seconds === undefined) return undefined
  let left = value.times(Exact.whole(seconds))
  return units
    .map((one) => {
      const each = Exact.whole(secondsOf[unitOf[one]])
      const count = left.over(each).floor()
      left = left.minus(count.times(each))
      return `${count.text} ${one}`
    })
    .join(' ')
}
