import { z } from 'zod'
import { checkWrittenFacts, compileAgreement } from '../agreement.ts'
import { unavailableOn } from '../available.ts'
import { evaluate } from '../derivation.ts'
import { checked } from '../document/checked.ts'
import { at, type Plain, type PlainMap } from '../document/document.ts'
import {
  type Fault,
  type FaultName,
  Faults,
  faultNames,
  type Path,
  pointerOf,
  sameAs,
} from '../document/fault.ts'
import { type Fact, readPlacedFacts } from '../fact/fact.ts'
import { Text, words } from '../language/words.ts'
import { type Question, questionForms } from '../question/form.ts'
import { QuestionRefused } from '../question/refused.ts'
import { answerQuestion } from '../question.ts'
import type { Agreement } from '../revision.ts'
import { sameValue, valueText } from '../value.ts'
import { agreedIn } from './agreed.ts'
import { type Amounts, amountsIn } from './bare-formula.ts'
import { answerDiffers } from './expectation.ts'
import { whyMissing } from './missing-line.ts'

/** What is expected of an answer. `is` compares exactly; `shown-as` rounds the exact answer to the digits given. */
const Expectation = {
  is: z
    .union([Text, z.record(Text, Text)])
    .optional()
    .describe(
      'the exact answer; of a bill, a map of clause to amount, a credit negative; without it, say `shown-as`, `total` or `lines`',
    ),
  'shown-as': Text.optional().describe(
    'the answer as it is shown: rounded to these digits, or cut to these units; without it, it is not compared',
  ),
  total: Text.optional().describe('the sum of a bill; without it, it is not compared'),
  lines: z
    .union([Text, z.record(Text, Text)])
    .optional()
    .describe(
      'the amounts of the lines in their order, or the sum of each clause, as they are billed: a charge positive, a credit negative, also where the answer itself is the credit’s own amount; of a remedy each less what it would be otherwise; without it, they are not compared',
    ),
  because: Text.optional().describe('the clause that decides; without it, any'),
  final: z
    .enum(['yes', 'no'])
    .optional()
    .describe('whether nothing can change any more; without it, either'),
}
const Ask = z.union(
  questionForms.map((form) => form.extend(Expectation)) as unknown as readonly [
    z.ZodType<Ask>,
    z.ZodType<Ask>,
  ],
)
export type Ask = Question & {
  is?: string | Record<string, string>
  'shown-as'?: string
  total?: string
  lines?: string | Record<string, string>
  because?: string
  final?: 'yes' | 'no'
}

const Agree = z
  .record(Text, z.unknown())
  .describe('period, deviations, and agreed values by their names')
/** A fault that the documents must be refused with. */
const RefusedWith = words({
  name: z
    .enum(Object.keys(faultNames) as [FaultName, ...FaultName[]])
    .describe('the name of the fault, one of those below')
    .meta({ title: 'Fault' }),
  at: Text.optional().describe(
    'the pointer of the fault, such as /offering/terms/fee; without it, anywhere',
  ),
  says: Text.optional().describe('words that stand in what is said; without it, any'),
})
type RefusedWith = z.infer<typeof RefusedWith>

const asked = {
  agree: Agree.optional().describe(
    'what is agreed: `period`, `agreed-on`, `deviations`, `revisions`, and agreed values by their names; without it, nothing beside the offering, and always',
  ),
  facts: z
    .array(z.unknown())
    .optional()
    .describe('what happened: `- kind: { at: …, … }`; without it, nothing'),
  asks: z
    .array(Ask)
    .optional()
    .describe('questions, each with what is expected; without it, say `refused`'),
  refused: z
    .array(RefusedWith)
    .min(1)
    .optional()
    .describe(
      'the faults that have to be found, instead of answers; without it, there may be none',
    ),
}
const OfferingOf = z
  .union([Text, z.record(Text, z.unknown())])
  .describe('a whole offering, or the id of one in the same world')
export const CaseWords = words({
  kind: z.literal('case').optional().describe('`case`; without it, the word `case` says so'),
  case: Text.describe('its name'),
  title: Text.optional().describe('for the reader; without it, none'),
  source: Text.optional().describe('where the rule was published; without it, it is ours'),
  rule: Text.optional().describe('the rule in words; without it, none'),
  note: Text.optional().describe('for the reader; without it, none'),
  offering: OfferingOf.optional().describe(
    'a whole offering, or the id of one in the same folder; without it, each try says its own',
  ),
  ...asked,
  tries: z
    .array(
      words({
        name: Text.optional().describe('what is tried; without it, its place'),
        offering: OfferingOf.optional().describe('another offering; without it, that of the case'),
        ...asked,
      }),
    )
    .optional()
    .describe(
      'what varies: each agrees otherwise, adds facts, or takes another offering; without it, the case is one',
    ),
})

/** What became of one ask. */
export type CaseResult = {
  readonly name: string
  readonly passed: boolean
  readonly words?: string
  readonly pointer: string
  /** What the question was refused for, as a pointer into it: no answer could have been the expected one. */
  readonly refused?: string
}

/** Runs a case on the engine alone. `offeringOf` finds an offering by its id. */
export function runCase(document: Plain, offeringOf: OfferingOf): CaseRun {
  return runTries(triesIn(document, offeringOf))
}

/** Runs what was put together: for whoever looks at the agreements too. */
export function runTries({ tries, faults }: Tries): CaseRun {
  const runs = tries.map(runTry)
  const amounts = runs.find((run) => run.amounts)?.amounts
  return {
    results: runs.flatMap((run) => run.results),
    faults: eachOnce([...faults, ...runs.flatMap((run) => run.faults)]),
    ...(amounts && { amounts }),
  }
}

/** What `check` says of it: what is asked and cannot be answered is wrong before any figure is compared. */
export const faultsOf = ({ faults, results }: CaseRun): readonly Fault[] => [
  ...faults,
  ...results.flatMap(({ pointer, refused, words = '' }): Fault[] =>
    refused === undefined
      ? []
      : [{ name: 'question_refused', pointer: `${pointer}${refused}`, words }],
  ),
]

/** Every try of one offering finds the same faults in it. */
const eachOnce = (faults: readonly Fault[]): Fault[] =>
  faults.filter((fault, place) => faults.findIndex(sameAs(fault)) === place)

type OfferingOf = (id: string) => PlainMap | undefined
export type CaseRun = {
  readonly results: readonly CaseResult[]
  readonly faults: readonly Fault[]
  /** What its contract posts; none where there is no sound contract. */
  readonly amounts?: Amounts
}

/** One try of a case, or the case itself where it has none. */
export type Try = {
  readonly name: string
  readonly path: Path
  readonly asks: readonly PlacedAsk[]
  /** The faults that have to be found, instead of answers. */
  readonly refused: readonly RefusedWith[]
  /** The agreement and its facts, or what is wrong with them. */
  readonly made: Made
}
type Tries = { readonly tries: readonly Try[]; readonly faults: readonly Fault[] }
type PlacedAsk = { readonly ask: Ask; readonly path: Path }
type Made =
  | { readonly agreement: Agreement; readonly facts: readonly Fact[] }
  | { readonly faults: readonly Fault[] }

/** Every try of a case, put together. */
export function triesIn(document: Plain, offeringOf: OfferingOf): Tries {
  const faults = new Faults()
  const parsed = checked(CaseWords, document, faults)
  if (!parsed) return { tries: [], faults: faults.list }
  const made = (path: Path) => madeOf({ document, offeringOf, path })
  if (!parsed.tries) {
    const { case: name, refused = [] } = parsed
    const asks = placedAsks(parsed.asks, [])
    return { tries: [{ name, path: [], asks, refused, made: made([]) }], faults: [] }
  }
  const tries = parsed.tries.map((one, place): Try => {
    const path = ['tries', place]
    const shared = one.refused ? [] : placedAsks(parsed.asks, [])
    return {
      ...{ path, refused: one.refused ?? [], made: made(path) },
      name: `${parsed.case} · ${one.name ?? `try ${place + 1}`}`,
      asks: [...shared, ...placedAsks(one.asks, path)],
    }
  })
  return { tries, faults: [] }
}

const placedAsks = (asks: readonly Ask[] | undefined, path: Path): PlacedAsk[] =>
  (asks ?? []).map((ask, at) => ({ ask, path: [...path, 'asks', at] }))

function runTry({ name, path, asks, refused, made }: Try): CaseRun {
  if (refused.length > 0) {
    const found = 'faults' in made ? made.faults : []
    const pointer = pointerOf([...path, 'refused'])
    return { results: [refusedResult(refused, found, { name, pointer })], faults: [] }
  }
  if ('faults' in made) return { results: [], faults: made.faults }
  const { agreement, facts } = made
  const results = asks.map(({ ask, path: place }) =>
    runAsk(agreement, facts, ask, { name, pointer: pointerOf(place) }),
  )
  const first = agreement.revisions[0]?.contract
  return { results, faults: [], ...(first && { amounts: amountsIn(first) }) }
}

function madeOf({
  document,
  offeringOf,
  path,
}: {
  readonly document: Plain
  readonly offeringOf: OfferingOf
  readonly path: Path
}): Made {
  const faults = new Faults()
  const own = at(document, [...path, 'offering']) === undefined ? [] : path
  const written = at(document, [...own, 'offering'])
  const offering = typeof written === 'string' ? offeringOf(written) : (written as PlainMap)
  if (!offering) {
    const words =
      written === undefined
        ? 'Say “offering:”: a whole offering, or the id of one in the same world.'
        : `No offering has the id “${String(written)}”.`
    return { faults: [{ name: 'reference_unknown', pointer: '/offering', words }] }
  }
  const zone = String(offering['zone'] ?? 'UTC')
  const agreePath = at(document, [...path, 'agree']) === undefined ? ['agree'] : [...path, 'agree']
  const agree = {
    ...mapAt(document, ['agree']),
    ...(path.length > 0 ? mapAt(document, [...path, 'agree']) : {}),
  }
  const { period, revisions } = agreedIn(agree, offering, { zone, faults, path: agreePath })
  const { agreement, faults: refused } = compileAgreement(period, revisions)
  const places = {
    offering: pointerOf([...own, 'offering']),
    agree: (pointer: string) => agreedAt(document, path, pointer),
  }
  if (!agreement || !faults.none) {
    const under = pointerOf(agreePath)
    const found = faults.list.map((fault) =>
      fault.pointer.startsWith(`${under}/`)
        ? { ...fault, pointer: places.agree(fault.pointer.slice(under.length)) }
        : fault,
    )
    // What is agreed but cannot be read is not missing as well.
    const isAgreed = ({ name, pointer }: Fault) =>
      name === 'agreed_value_missing' && Object.hasOwn(agree, pointer.split('/').at(-1) ?? '')
    const others = refused.map((fault) => placed(fault, places)).filter((one) => !isAgreed(one))
    return { faults: [...found, ...others] }
  }
  const unavailable = unavailableOn(agreement)
  if (unavailable) return { faults: [placed(unavailable, places)] }
  const kinds = agreement.revisions[0]?.contract.factKinds ?? new Map()
  const lists = [['facts'], ...(path.length > 0 ? [[...path, 'facts']] : [])]
  const [shared = []] = lists.map((under) => listAt(document, under))
  const read = lists.flatMap((under, list) =>
    readPlacedFacts(listAt(document, under), kinds, {
      ...{ zone, faults, under, prefix: list === 0 ? '' : 'try_' },
      first: list * shared.length,
    }),
  )
  checkWrittenFacts(agreement, read, (one, name, words) => faults.add(name, one.path, words))
  return faults.none ? { agreement, facts: read.map(({ fact }) => fact) } : { faults: faults.list }
}

/** Every fault that was expected is found, and none beside. */
function refusedResult(
  expected: readonly RefusedWith[],
  found: readonly Fault[],
  told: { readonly name: string; readonly pointer: string },
): CaseResult {
  const isOf = (fault: Fault, { name, at: pointer, says }: RefusedWith) =>
    fault.name === name &&
    (pointer === undefined || fault.pointer === pointer) &&
    (says === undefined || fault.words.includes(says))
  const absent = expected.filter((one) => !found.some((fault) => isOf(fault, one)))
  const beside = found.filter((fault) => !expected.some((one) => isOf(fault, one)))
  const problems = [
    ...absent.map(({ name, at: pointer = '' }) => `${name} ${pointer} was not found`),
    ...beside.map(({ name, pointer, words }) => `${name} ${pointer} was not expected: ${words}`),
  ]
  return {
    ...told,
    name: `${told.name} · refused`,
    passed: problems.length === 0,
    ...(problems.length > 0 && { words: problems.join('; ') }),
  }
}

/** Faults of the offering point into it, those of agreed values and deviations to where they are agreed. */
const placed = (
  fault: Fault,
  places: { offering: string; agree: (pointer: string) => string },
): Fault => ({
  ...fault,
  pointer:
    fault.of === 'agreement'
      ? places.agree(fault.pointer.replace(/(^|\/revisions\/\d+)\/agreed(?=\/)/, '$1'))
      : places.offering + fault.pointer,
})

/** A try and a revision hold on to what was agreed before them: where it is written, the last first. */
function agreedAt(document: Plain, path: Path, pointer: string): string {
  const [, revision, inner = pointer] = /^\/revisions\/(\d+)(\/.*)$/.exec(pointer) ?? []
  const word = inner.split('/')[1] ?? ''
  const agrees: Path[] = [...(path.length > 0 ? [[...path, 'agree']] : []), ['agree']]
  const later = revision === undefined ? [] : [...Array(Number(revision) + 1).keys()].reverse()
  const candidates = [
    ...agrees.flatMap((agree) => later.map((one): Path => [...agree, 'revisions', one])),
    ...agrees,
  ]
  const written = candidates.find((one) => at(document, [...one, word]) !== undefined)
  const found = written ?? agrees.find((one) => at(document, one) !== undefined)
  return found ? pointerOf(found) + inner : pointerOf(['agree'])
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
    const { is, 'shown-as': shownAs, total, lines, because, final, ...question } = ask
    const answer = answerQuestion(agreement, facts, question as Question)
    // The law of every answer: its derivation, evaluated again, gives its value.
    const again = evaluate(answer.derivation)
    const problems = [
      ...(sameValue(again, answer.derivation.value)
        ? []
        : [`its derivation evaluates to ${valueText(again)}`]),
      ...answerDiffers(answer, ask, agreement),
    ]
    if (problems.length > 0) {
      const asked = { agreement, facts, question: question as Question }
      problems.push(...whyMissing(answer, { ...mapped(is), ...mapped(lines) }, asked))
    }
    return {
      name,
      pointer: told.pointer,
      passed: problems.length === 0,
      ...(problems.length > 0 && { words: problems.join('; ') }),
    }
  } catch (error) {
    if (!(error instanceof QuestionRefused)) throw error
    const words = `${error.name}: ${error.message}`
    return { name, pointer: told.pointer, passed: false, words, refused: error.pointer }
  }
}

const mapped = (expected: string | Readonly<Record<string, string>> | undefined) =>
  typeof expected === 'object' ? expected : {}

function askName(ask: Ask): string {
  const [kind, subject] = Object.entries(ask)[0] ?? ['', '']
  const { in: period, for: fact, at } = ask as Partial<Record<'in' | 'for' | 'at', string>>
  const place = period ? ` in ${period}` : fact ? ` for ${fact}` : at ? ` at ${at}` : ''
  return `${kind} ${String(subject)}${place}`
}
