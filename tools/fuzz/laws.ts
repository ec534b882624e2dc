import { runInvoiceCase } from '../../src/charging/invoice-case.ts'
import type { Agreement } from '../../src/contract/agreement/revision.ts'
import type { Answer } from '../../src/contract/answer/answer.ts'
import { type CaseRun, runTries } from '../../src/contract/case/case.ts'
import { type Try, triesIn } from '../../src/contract/case/tries.ts'
import { type Derivation, evaluate } from '../../src/contract/derivation.ts'
import { at, type Plain, type PlainMap } from '../../src/contract/document/document.ts'
import { type Fault, faultNames, type Path } from '../../src/contract/document/fault.ts'
import type { Fact } from '../../src/contract/fact/fact.ts'
import { printedContract } from '../../src/contract/prose/contract.ts'
import { type Question, questionForms } from '../../src/contract/question/form.ts'
import { answerQuestion } from '../../src/contract/question/question.ts'
import { QuestionRefused, refusedQuestions } from '../../src/contract/question-refused.ts'
import { sameValue, valueText } from '../../src/contract/value.ts'
import { told } from '../../src/question/told.ts'
import { type Corpus, countsSlots } from './corpus.ts'
import type { Draw } from './draw.ts'
import { ignoredAddition, ignoredWord } from './effect.ts'
import { grown } from './grammar.ts'

/** What a document came to, and which laws that breaks. */
export type Tried = {
  readonly broken: readonly string[]
  readonly isSound: boolean
  readonly answers: number
  readonly refusals: number
  /** Words that were left out to see whether anybody notices. */
  readonly words: number
  readonly milliseconds: number
}
type Found = Omit<Tried, 'milliseconds'>

/** Of the processor. A year has 105,120 slots of five minutes: a document that bills or credits each takes as long as that. */
const millisecondsMax = (document: Plain) => (countsSlots(document) ? 60_000 : 6000)

/** Every run ends in an answer or a named fault. */
export function tried(document: Plain, draw: Draw, corpus: Corpus): Tried {
  const from = process.threadCpuUsage()
  const found = run(document, { draw, corpus })
  const { user, system } = process.threadCpuUsage(from)
  const milliseconds = (user + system) / 1000
  const late =
    milliseconds > millisecondsMax(document) ? [`it took ${Math.round(milliseconds)} ms`] : []
  return { ...found, milliseconds, broken: [...found.broken, ...late] }
}

function run(document: Plain, { draw, corpus }: Trying): Found {
  const broken: string[] = []
  try {
    if (typeof document === 'object' && 'invoice' in document)
      return { ...noAnswers, broken: runLaws(runInvoiceCase(document), document) }
    const { offeringOf } = corpus
    const made = triesIn(document, offeringOf)
    const { tries } = made
    broken.push(...runLaws(runTries(made), document))
    // The first tries stand for all: they differ in what is agreed and in facts.
    const runs = tries
      .slice(0, triesMax)
      .map((one) => tryLaws(one, baseOf(document, one.path, corpus), { draw, corpus }))
    const answers = runs.reduce((sum, one) => sum + one.answers, 0)
    const refusals = runs.reduce((sum, one) => sum + one.refusals, 0)
    const isSound = runs.some((one) => one.isSound)
    const isWeighed = isSound && draw.happens(15)
    const weighed = draw.happens(50) ? ignoredAddition : ignoredWord
    const ignored = isWeighed ? weighed(document, draw, corpus) : undefined
    return {
      broken: [
        ...broken,
        ...runs.flatMap((one) => one.broken),
        ...(ignored === undefined ? [] : [ignored]),
      ],
      ...{ isSound, answers, refusals, words: isWeighed ? 1 : 0 },
    }
  } catch (error) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { ...noAnswers, broken: [...broken, `thrown: ${words}`] }
  }
}

type Trying = { readonly draw: Draw; readonly corpus: Corpus }

/** The offering that a try is about: its own, that of the case, or one of another document. */
function baseOf(document: Plain, path: Path, { offeringOf }: Corpus): PlainMap | undefined {
  const written = at(document, [...path, 'offering']) ?? at(document, ['offering'])
  return typeof written === 'string' ? offeringOf(written) : (written as PlainMap | undefined)
}

const triesMax = 2

const noAnswers = { isSound: false, answers: 0, refusals: 0, words: 0 }

function runLaws({ faults, results }: CaseRun, document: Plain): string[] {
  return [
    ...faults.flatMap((fault) => faultLaws(fault, document)),
    ...textLaws(JSON.stringify(results), 'results'),
    ...results.flatMap(({ words = '' }) =>
      words.includes('its derivation evaluates') ? [words] : [],
    ),
  ]
}

/** A fault has a name, stands at a place that is there, and says something in a sentence. */
function faultLaws({ name, pointer, words, of }: Fault, document: Plain): string[] {
  const path = pathOf(pointer)
  const stands = [path, path.slice(0, -1)].some((one) => at(document, one) !== undefined)
  // An offering that is called by its id is at fault in its own document.
  const elsewhere = path.some((_, end) => typeof at(document, path.slice(0, end)) === 'string')
  return [
    ...(name in faultNames ? [] : [`a fault without a name: ${name}`]),
    ...(stands || elsewhere
      ? []
      : [`${name} points to nothing: ${pointer}${of ? ` of the ${of}` : ''}: ${words}`]),
    ...(/[.?]$/.test(words) ? [] : [`${name} ${pointer} says no sentence: “${words}”`]),
    ...textLaws(words, `${name} ${pointer}`),
  ]
}

const pathOf = (pointer: string): Path =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))

const strange = /NaN|undefined|Infinity|\[object/

function textLaws(text: string, where: string): string[] {
  const found = strange.exec(text)
  const near = found && text.slice(Math.max(0, found.index - 60), found.index + 60)
  return near ? [`${where} holds ${near}`] : []
}

function tryLaws(
  { made, asks, path }: Try,
  base: PlainMap | undefined,
  { draw, corpus }: Trying,
): Found {
  if ('faults' in made) return { ...noAnswers, broken: [] }
  const { agreement, facts } = made
  const [revision] = agreement.revisions
  if (!revision) return { ...noAnswers, broken: [] }
  const own = asks.map(({ ask }) => questionIn(ask))
  const questions = [...own.slice(0, 1), ...anyQuestions({ agreement, facts, own }, draw, corpus)]
  const printed = agreement.revisions.map((one) =>
    printedContract(one, agreement.frame.agreed, { ...parties, ...(base && { base }) }),
  )
  const answers = questions.map((question) => answered(agreement, facts, question))
  return {
    broken: [
      ...printed.flatMap((one) => textLaws(one, `the contract of /${path.join('/')}`)),
      ...answers.flatMap((one) => one.broken),
    ],
    isSound: true,
    answers: answers.filter((one) => one.data !== undefined).length,
    refusals: answers.filter((one) => one.data === undefined).length,
    words: 0,
  }
}

const parties = { provider: 'the provider', consumer: 'the consumer' }
const expectations = ['is', 'shown-as', 'total', 'lines', 'because', 'final']

const questionIn = (ask: object): Question =>
  Object.fromEntries(
    Object.entries(ask).filter(([word]) => !expectations.includes(word)),
  ) as unknown as Question

type Asking = {
  readonly agreement: Agreement
  readonly facts: readonly Fact[]
  readonly own: readonly Question[]
}

/** Questions of every form, about what the contract names. */
function anyQuestions({ agreement, facts, own }: Asking, draw: Draw, corpus: Corpus): Question[] {
  const { definitions, promises, components } = agreement.revisions[0]?.contract ?? {}
  const names = [...(definitions?.keys() ?? [])]
  const subjects: Readonly<Record<string, readonly string[]>> = {
    may: [...(components?.keys() ?? [])],
    whose: [...(components?.keys() ?? [])],
    due: [...(promises?.keys() ?? [])],
    met: [...(promises?.keys() ?? [])],
    level: [...(promises?.keys() ?? [])],
    value: names,
    for: facts.map(({ id }) => id),
    remedy: facts.map(({ id }) => id),
  }
  return Array.from({ length: 3 }, () => {
    const form = draw.one<(typeof questionForms)[number]>(questionForms)
    const { title: _, ...asked } = grown(
      form,
      { word: '', depth: 6 },
      {
        ...{ draw, corpus, own: corpus, names: names.length > 0 ? names : ['one'] },
      },
    ) as PlainMap
    for (const [word, known] of Object.entries(subjects))
      if (word in asked && known.length > 0 && !draw.happens(10))
        Object.assign(asked, { [word]: known[draw.below(known.length)] })
    const likely = own[draw.below(own.length)]
    // Where something happens: the periods and instants that the case itself asks about.
    for (const word of ['in', 'at'])
      if (likely && word in likely && word in asked && draw.happens(70))
        Object.assign(asked, { [word]: (likely as Record<string, unknown>)[word] })
    return asked
  }).flatMap((asked) => {
    const parsed = questionForms.map((form) => form.safeParse(asked)).find(({ success }) => success)
    return parsed?.data ? [parsed.data] : []
  })
}

/** An answer as every door gives it; a refused question has a name. */
function answered(
  agreement: Agreement,
  facts: readonly Fact[],
  question: Question,
): { readonly data?: string; readonly broken: readonly string[] } {
  const asked = JSON.stringify(question)
  try {
    const answer = answerQuestion(agreement, facts, question)
    const { data, says } = told({ id: 'tried', agreement, told: parties }, answer)
    const text = JSON.stringify(data)
    return {
      data: text,
      broken: [
        ...textLaws(text, asked),
        ...textLaws(says.join('\n'), asked),
        ...derivationsIn(answer).flatMap((one) => {
          const again = evaluate(one)
          return sameValue(again, one.value)
            ? []
            : [`${asked}: ${valueText(one.value)} evaluates to ${valueText(again)}`]
        }),
      ],
    }
  } catch (error) {
    if (!(error instanceof QuestionRefused)) {
      const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
      return { broken: [`${asked} thrown: ${words}`] }
    }
    return {
      broken: [
        ...(error.name in refusedQuestions ? [] : [`${asked}: refused without a name`]),
        ...textLaws(error.message, asked),
      ],
    }
  }
}

const derivationsIn = ({ derivation, lines = [], figures = {} }: Answer): Derivation[] => [
  derivation,
  ...lines.slice(0, 20).flatMap(({ amount, posted }) => [amount, posted]),
  ...Object.values(figures),
]
