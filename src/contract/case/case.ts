import type { Agreement } from '../agreement/revision.ts'
import { evaluate } from '../derivation.ts'
import type { Plain } from '../document/document.ts'
import { type Fault, pointerOf, sameAs } from '../document/fault.ts'
import type { Fact } from '../fact/fact.ts'
import type { Question } from '../question/form.ts'
import { answerQuestion } from '../question/question.ts'
import { QuestionRefused } from '../question-refused.ts'
import { sameValue, valueText } from '../value.ts'
import { type Amounts, amountsIn } from './bare-formula.ts'
import { answerDiffers, isOfFigures } from './expectation.ts'
import { whyMissing } from './missing-line.ts'
import { type OfferingOf, type Tries, type Try, triesIn } from './tries.ts'
import type { Ask, RefusedWith } from './words.ts'

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

export type CaseRun = {
  readonly results: readonly CaseResult[]
  readonly faults: readonly Fault[]
  /** What its contract posts; none where there is no sound contract. */
  readonly amounts?: Amounts
}

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
      const clauses = { ...(isOfFigures(answer) ? {} : mapped(is)), ...mapped(lines) }
      problems.push(...whyMissing(answer, clauses, asked))
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
