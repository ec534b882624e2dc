import { z } from 'zod'
import { Exact } from '../kernel/exact.ts'
import {
  beginningOfTime,
  endOfTime,
  type Period,
  parseInstant,
  startOfDay,
} from '../kernel/time.ts'
import { AgreedValue, type AgreedWords } from './agreed.ts'
import { checkFacts, compileAgreement, type RevisionChange, revised } from './agreement.ts'
import { type Answer, answerKind, answerValue } from './answer.ts'
import { evaluate } from './derivation.ts'
import { at, checked, type Plain, type PlainMap } from './document.ts'
import { type Fact, readPlacedFacts } from './fact.ts'
import { type Fault, Faults, type Path, pointerOf } from './fault.ts'
import { Deviation } from './language/term.ts'
import { answerQuestion, type Question, QuestionRefused, questionForms } from './question.ts'
import type { Agreement } from './revision.ts'
import type { Line } from './scope.ts'
import { Absent, sameValue, valueText } from './value.ts'
import { InstantText, Text, words } from './words.ts'

/** What is expected of an answer. `is` compares exactly; `shown-as` rounds the exact answer to the digits given. */
const Expectation = {
  is: z.union([Text, z.record(Text, Text)]).optional(),
  'shown-as': Text.optional(),
  total: Text.optional(),
  because: Text.optional(),
  final: z.enum(['yes', 'no']).optional(),
}
const Ask = z.union(
  questionForms.map((form) => form.extend(Expectation)) as unknown as readonly [
    z.ZodType<Ask>,
    z.ZodType<Ask>,
  ],
)
type Ask = Question & {
  is?: string | Record<string, string>
  'shown-as'?: string
  total?: string
  because?: string
  final?: 'yes' | 'no'
}

const Agree = z
  .record(Text, z.unknown())
  .describe('period, deviations, and agreed values by their names')
const asked = {
  agree: Agree.optional(),
  facts: z.array(z.unknown()).optional(),
  asks: z.array(Ask).optional(),
}
export const CaseWords = words({
  kind: z.literal('case').optional(),
  case: Text,
  title: Text.optional(),
  source: Text.optional(),
  rule: Text.optional(),
  note: Text.optional(),
  offering: z
    .union([Text, z.record(Text, z.unknown())])
    .describe('a whole offering, or the id of one in the same world'),
  ...asked,
  tries: z.array(words({ name: Text.optional(), ...asked })).optional(),
})

/** What became of one ask. */
export type CaseResult = {
  readonly name: string
  readonly passed: boolean
  readonly words?: string
  readonly pointer: string
}

/** Runs a case on the engine alone. `offeringOf` finds an offering by its id. */
export function runCase(
  document: Plain,
  offeringOf: (id: string) => PlainMap | undefined,
): { results: CaseResult[]; faults: readonly Fault[] } {
  const faults = new Faults()
  const parsed = checked(CaseWords, document, faults)
  if (!parsed) return { results: [], faults: faults.list }
  const offering =
    typeof parsed.offering === 'string'
      ? offeringOf(parsed.offering)
      : (at(document, ['offering']) as PlainMap)
  if (!offering)
    return {
      results: [],
      faults: [
        {
          name: 'reference_unknown',
          pointer: '/offering',
          words: `No offering has the id “${String(parsed.offering)}”.`,
        },
      ],
    }
  const results: CaseResult[] = []
  const all: Fault[] = []
  const tries = (parsed.tries ?? [{}]).map((one, place) => ({
    one,
    place,
    path: parsed.tries ? ['tries', place] : [],
  }))
  for (const { one, place, path } of tries) {
    const run = runTry(
      document,
      {
        offering,
        path,
        name: `${parsed.case}${parsed.tries ? ` · ${one.name ?? `try ${place + 1}`}` : ''}`,
      },
      [
        ...(parsed.tries
          ? (parsed.asks ?? []).map((ask, at) => ({ ask, path: ['asks', at] }))
          : []),
        ...(one.asks ?? (parsed.tries ? [] : (parsed.asks ?? []))).map((ask, at) => ({
          ask,
          path: [...path, 'asks', at],
        })),
      ],
    )
    results.push(...run.results)
    all.push(...run.faults)
  }
  return { results, faults: all }
}

type Placed = { readonly ask: Ask; readonly path: Path }

function runTry(
  document: Plain,
  told: { offering: PlainMap; path: Path; name: string },
  asks: readonly Placed[],
): { results: CaseResult[]; faults: readonly Fault[] } {
  const faults = new Faults()
  const { offering, path } = told
  const agree = {
    ...mapAt(document, ['agree']),
    ...(path.length > 0 ? mapAt(document, [...path, 'agree']) : {}),
  }
  const zone = String(offering['zone'] ?? 'UTC')
  const agreePath = at(document, [...path, 'agree']) === undefined ? ['agree'] : [...path, 'agree']
  const terms = agreedTerms(agree, { zone, faults, path: agreePath })
  const made = compileAgreement(
    terms.period,
    revised(
      { from: terms.period.start, offering, agreed: terms.agreed, deviations: terms.deviations },
      terms.revisions,
    ),
  )
  const { agreement } = made
  if (!agreement || !faults.none)
    return {
      results: [],
      faults: [...faults.list, ...made.faults.map((fault) => placed(fault, agreePath))],
    }
  const kinds = agreement.revisions[0]?.contract.factKinds ?? new Map()
  const lists = [['facts'], ...(path.length > 0 ? [[...path, 'facts']] : [])]
  const read = lists.flatMap((under, list) =>
    readPlacedFacts(listAt(document, under), kinds, {
      zone,
      faults,
      under,
      prefix: list === 0 ? '' : 'try_',
    }),
  )
  checkFacts(agreement, read, (one, name, words) => faults.add(name, one.path, words))
  const facts = read.map(({ fact }) => fact)
  if (!faults.none) return { results: [], faults: faults.list }
  return {
    results: asks.map(({ ask, path: place }) =>
      runAsk(agreement, facts, ask, { name: told.name, pointer: pointerOf(place) }),
    ),
    faults: [],
  }
}

/** Faults of the offering point into it, those of agreed values and deviations to where they are agreed. */
const placed = (fault: Fault, agree: Path): Fault => ({
  ...fault,
  pointer:
    fault.of === 'agreement'
      ? pointerOf(agree) + fault.pointer.replace(/^\/agreed/, '')
      : `/offering${fault.pointer}`,
})

const RevisionWords = z.array(
  z.looseObject({
    from: InstantText,
    'agreed-on': InstantText.optional(),
    deviations: z.array(Deviation).optional(),
  }),
)

type AgreedTerms = {
  readonly period: Period
  readonly agreed: AgreedWords
  readonly deviations: readonly Deviation[]
  readonly revisions: readonly RevisionChange[]
}

function agreedTerms(
  agree: PlainMap,
  place: { zone: string; faults: Faults; path: Path },
): AgreedTerms {
  const { period, deviations, revisions, ...agreed } = agree
  const { faults, path, zone } = place
  const values = (written: PlainMap, at: Path) =>
    checked(z.record(Text, AgreedValue), written, faults, at) ?? {}
  const parsed = checked(z.array(Deviation), deviations ?? [], faults, [...path, 'deviations'])
  const changes = checked(RevisionWords, revisions ?? [], faults, [...path, 'revisions']) ?? []
  return {
    period: agreedPeriod(period, place),
    agreed: values(agreed, path),
    deviations: parsed ?? [],
    revisions: changes.map(({ from, 'agreed-on': on, deviations: own, ...rest }, at) => ({
      agreedOn: on === undefined ? undefined : parseInstant(on, zone),
      from: parseInstant(from, zone) ?? beginningOfTime,
      agreed: values(rest as PlainMap, [...path, 'revisions', at]),
      ...(own && { deviations: own }),
    })),
  }
}

/** Without a period an agreement has always been and always will be. */
function agreedPeriod(
  written: Plain | undefined,
  { zone, faults, path }: { zone: string; faults: Faults; path: Path },
): Period {
  const always = { start: beginningOfTime, end: endOfTime }
  if (written === undefined) return always
  const [start, end] = Array.isArray(written)
    ? (written as readonly Plain[]).map((text) =>
        typeof text === 'string' && InstantText.safeParse(text).success
          ? parseInstant(text, zone)
          : undefined,
      )
    : []
  if (start === undefined || end === undefined)
    faults.add(
      'value_misshapen',
      [...path, 'period'],
      'A period is two instants: [ 2024-01-01T00:00, 2025-01-01T00:00 ].',
    )
  else if (start >= end)
    faults.add('period_misordered', [...path, 'period'], 'A period has to end after it starts.')
  else return { start, end }
  return always
}

const mapAt = (data: Plain, path: Path): PlainMap => {
  const found = at(data, path)
  return typeof found === 'object' && !Array.isArray(found) ? (found as PlainMap) : {}
}
const listAt = (data: Plain, path: Path): readonly Plain[] => {
  const found = at(data, path)
  return Array.isArray(found) ? (found as readonly Plain[]) : []
}

function runAsk(
  agreement: Agreement,
  facts: readonly Fact[],
  ask: Ask,
  told: { name: string; pointer: string },
): CaseResult {
  const name = `${told.name} · ${askName(ask)}`
  try {
    const { is, 'shown-as': shownAs, total, because, final, ...question } = ask
    const answer = answerQuestion(agreement, facts, question as Question)
    // The law of every answer: its derivation, evaluated again, gives its value.
    const again = evaluate(answer.derivation)
    const problems = [
      ...(sameValue(again, answer.derivation.value)
        ? []
        : [`its derivation evaluates to ${valueText(again)}`]),
      ...(is === undefined
        ? []
        : typeof is === 'string'
          ? differs(answer, is, agreement)
          : billDiffers(answer, is, agreement)),
      ...(shownAs === undefined ? [] : shownDiffers(answer, shownAs)),
      ...(total === undefined ? [] : differs(answer, total, agreement)),
      ...(because === undefined || answer.clause === because
        ? []
        : [`decided by ${answer.clause ?? 'no clause'}, not by ${because}`]),
      ...(final === undefined || answer.final === (final === 'yes')
        ? []
        : [`final: ${answer.final ? 'yes' : 'no'}`]),
    ]
    if (is === undefined && shownAs === undefined && total === undefined)
      problems.push('nothing is expected: say “is:” or “shown-as:”')
    return {
      name,
      pointer: told.pointer,
      passed: problems.length === 0,
      ...(problems.length > 0 && { words: problems.join('; ') }),
    }
  } catch (error) {
    if (!(error instanceof QuestionRefused)) throw error
    return { name, pointer: told.pointer, passed: false, words: `${error.name}: ${error.message}` }
  }
}

function askName(ask: Ask): string {
  const [kind, subject] = Object.entries(ask)[0] ?? ['', '']
  const place =
    'in' in ask && ask.in
      ? ` in ${ask.in}`
      : 'for' in ask && ask.for
        ? ` for ${ask.for}`
        : ask.at
          ? ` at ${ask.at}`
          : ''
  return `${kind} ${String(subject)}${place}`
}

function differs(answer: Answer, expected: string, { frame: { zone } }: Agreement): string[] {
  const { value } = answer.derivation
  const got = answerValue(value, zone)
  if (value instanceof Absent) {
    const zero = value.kind === 'nothing-due' && Exact.parse(expected)?.isZero === true
    return zero || value.kind === expected
      ? []
      : [
          `expected ${expected}, got ${value.kind}${value.missing.length > 0 ? ` (${value.missing.join(', ')})` : ''}`,
        ]
  }
  const same = sameWritten(answer, expected, zone)
  return same ? [] : [`expected ${expected}, got ${got}`]
}

function sameWritten({ derivation: { value } }: Answer, expected: string, zone: string): boolean {
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
function billDiffers(
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

function shownDiffers({ derivation: { value } }: Answer, expected: string): string[] {
  const percent = expected.endsWith('%')
  const written = percent ? expected.slice(0, -1) : expected
  const decimals = written.split('.')[1]?.length ?? 0
  if (!(value instanceof Exact)) return [`expected about ${expected}, got ${valueText(value)}`]
  const shown = (percent ? value.times(Exact.whole(100)) : value).shown(decimals)
  return shown === written
    ? []
    : [`expected ${expected} when shown, got ${shown}${percent ? '%' : ''} (exactly ${value.text})`]
}
