import { join } from 'node:path'
import type { Period } from '../kernel/time.ts'
import { parsePeriod } from '../kernel/time.ts'
import { readFiles } from '../platform/files.ts'
import type { AgreedWords } from './agreement/agreed.ts'
import { checkOffering, compileAgreement, type RevisionTerms } from './agreement/agreement.ts'
import { checkFacts } from './agreement/facts.ts'
import type { Agreement } from './agreement/revision.ts'
import type { Answer } from './answer/answer.ts'
import { answerValue } from './answer/data.ts'
import { triesIn } from './case/tries.ts'
import type { Ask } from './case/words.ts'
import { bytesMax, type Plain, type PlainMap, readDocuments } from './document/document.ts'
import { type Fault, Faults } from './document/fault.ts'
import type { Fact } from './fact/fact.ts'
import { readPlacedFacts } from './fact/read.ts'
import type { Deviation } from './language/term.ts'
import { printedClauses } from './prose/contract.ts'
import type { Question } from './question/form.ts'
import { answerQuestion } from './question/question.ts'
import { isNothingDue } from './value.ts'

/** What every offering of these tests says, unless it says otherwise. */
const head: PlainMap = {
  language: '1',
  currency: 'EUR',
  zone: 'Europe/Lisbon',
  rounding: { to: '0.01', mode: 'half-up' },
}
const wholeYear = '2024-01-01T00:00 to 2025-01-01T00:00'

/** One YAML document that has to be readable. */
export function plain(text: string): Plain {
  const { documents, faults } = readDocuments(text, 'test')
  const [only] = documents
  if (faults.length > 0 || !only) throw new Error(faults.map(faultText).join('\n') || 'no document')
  return only.data
}

/** An offering with the head of these tests; what is written replaces it. */
export const offering = (text: string): PlainMap => ({ ...head, ...(plain(text) as PlainMap) })

/** The faults of an offering by itself, as `name pointer`. */
export const faultsOf = (text: string): string[] =>
  checkOffering(offering(text)).faults.map((fault) => `${fault.name} ${fault.pointer}`)

export const faultText = ({ name, pointer, words }: Fault) => `${name} ${pointer}: ${words}`

export type Signing = {
  readonly period?: string
  readonly agreed?: AgreedWords
  readonly deviations?: readonly Deviation[]
  /** What holds from a later instant on. */
  readonly revisions?: readonly ({ from: string } & Partial<
    Pick<RevisionTerms, 'offering' | 'agreed' | 'deviations'>
  >)[]
  /** A YAML list. */
  readonly facts?: string
}

/** An agreement over an offering, with its facts, ready to be asked. */
export type Signed = {
  readonly agreement: Agreement
  readonly facts: readonly Fact[]
  readonly ask: (question: Question, facts?: readonly Fact[]) => Answer
  /** The value alone, as text: amounts without idle noughts, absences by their kind. */
  readonly told: (question: Question) => string
  /** The lines of a bill that are not nothing due: clause → amounts. */
  readonly bill: (period: string) => Record<string, string>
}

export function signed(base: string | PlainMap, signing: Signing = {}): Signed {
  const words = typeof base === 'string' ? offering(base) : base
  const zone = String(words['zone'])
  const period = periodIn(signing.period ?? wholeYear, zone)
  const first = {
    from: period.start,
    offering: words,
    agreed: signing.agreed ?? {},
    deviations: signing.deviations ?? [],
  }
  const later = (signing.revisions ?? []).map(({ from, ...changes }) => ({
    ...first,
    ...changes,
    from: periodIn(`${from} to 2999-01-01`, zone).start,
  }))
  const { agreement, faults } = compileAgreement(period, [first, ...later])
  if (!agreement) throw new Error(faults.map(faultText).join('\n'))
  return answering(agreement, factsIn(signing.facts ?? '[]', agreement))
}

export function answering(agreement: Agreement, facts: readonly Fact[]): Signed {
  const { zone } = agreement.frame
  const ask = (question: Question, others = facts) => answerQuestion(agreement, others, question)
  return {
    agreement,
    facts,
    ask,
    told: (question) => answerValue(ask(question).derivation.value, zone),
    bill: (period) => {
      const found: Record<string, string> = {}
      for (const { clause, posted } of ask({ bill: period }).lines ?? [])
        if (!isNothingDue(posted.value))
          found[clause] = [found[clause], answerValue(posted.value, zone)].filter(Boolean).join(' ')
      return found
    },
  }
}

/** The text of one clause, as answers cite it. */
export const clauseSentence = (
  id: string,
  ...contract: Parameters<typeof printedClauses>
): string | undefined => printedClauses(...contract).find((clause) => clause.id === id)?.text

/** Facts of a YAML list, read and checked against the agreement. */
export function factsIn(text: string, agreement: Agreement): Fact[] {
  const faults = new Faults()
  const kinds = agreement.revisions[0]?.contract.factKinds ?? new Map()
  const written = plain(`facts: ${text}`) as PlainMap
  const list = Array.isArray(written['facts']) ? (written['facts'] as readonly Plain[]) : []
  const placed = readPlacedFacts(list, kinds, {
    zone: agreement.frame.zone,
    faults,
    under: ['facts'],
  })
  const facts = placed.map(({ fact }) => fact)
  checkFacts(agreement, placed, (one, name, words) => faults.add(name, one.path, words))
  if (!faults.none) throw new Error(faults.list.map(faultText).join('\n'))
  return facts
}

function periodIn(text: string, zone: string): Period {
  const period = parsePeriod(text, zone)
  if (!period) throw new Error(`no period: ${text}`)
  return period
}

/** One try of a case: its agreement, its facts, and what is asked. */
export type Tried = Signed & { readonly name: string; readonly questions: readonly Question[] }

/** Every document of every case and example. */
export function allDocuments(): PlainMap[] {
  const root = join(import.meta.dirname, '..', '..')
  const files = ['cases', 'examples'].flatMap(
    (folder) => readFiles(join(root, folder), bytesMax).files,
  )
  const documents = files.flatMap(({ file, text }) => readDocuments(text, file).documents)
  return documents.map(({ data }) => data as PlainMap)
}

/** Every try of every case among them. */
export function triesOfAll(maps: readonly PlainMap[] = allDocuments()): Tried[] {
  const offeringOf = (id: string) =>
    maps.find((one) => one['kind'] === 'offering' && one['id'] === id)
  return maps.filter((data) => 'case' in data).flatMap((data) => triesOf(data, offeringOf))
}

const expectations = ['is', 'shown-as', 'total', 'lines', 'because', 'final']

/** Every try of a case document, as the runner of cases puts it together; what has to be refused answers nothing. */
export function triesOf(
  document: Plain,
  offeringOf: (id: string) => PlainMap | undefined,
): Tried[] {
  if (typeof document === 'object' && 'invoice' in document) return []
  const { tries, faults } = triesIn(document, offeringOf)
  if (faults.length > 0) throw new Error(faults.map(faultText).join('\n'))
  return tries.flatMap(({ name, asks, refused, made }) => {
    if (refused.length > 0) return []
    if ('faults' in made) throw new Error(`${name}\n${made.faults.map(faultText).join('\n')}`)
    const questions = asks.map(({ ask }) => questionIn(ask))
    return { name, questions, ...answering(made.agreement, made.facts) }
  })
}

const questionIn = (ask: Ask): Question =>
  Object.fromEntries(
    Object.entries(ask).filter(([word]) => !expectations.includes(word)),
  ) as unknown as Question
