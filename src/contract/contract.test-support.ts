import type { Period } from '../kernel/time.ts'
import { parsePeriod } from '../kernel/time.ts'
import type { AgreedWords } from './agreed.ts'
import { checkFacts, checkOffering, compileAgreement, type RevisionTerms } from './agreement.ts'
import { type Answer, answerValue } from './answer.ts'
import { type Plain, type PlainMap, readDocuments } from './document.ts'
import { type Fact, readFacts, readPlacedFacts } from './fact.ts'
import { type Fault, Faults } from './fault.ts'
import type { Deviation } from './language/term.ts'
import { answerQuestion, type Question } from './question.ts'
import type { Agreement } from './revision.ts'
import { Absent, type Value } from './value.ts'

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

const isNothingDue = (value: Value) => value instanceof Absent && value.kind === 'nothing-due'

function periodIn(text: string, zone: string): Period {
  const period = parsePeriod(text, zone)
  if (!period) throw new Error(`no period: ${text}`)
  return period
}

/** One try of a case: its agreement, its facts, and what is asked. */
export type Tried = Signed & { readonly name: string; readonly questions: readonly Question[] }

const expectations = ['is', 'shown-as', 'total', 'because', 'final']

/** Every try of a case document, put together as the runner of cases does. */
export function triesOf(
  document: Plain,
  offeringOf: (id: string) => PlainMap | undefined,
): Tried[] {
  const whole = document as PlainMap
  const { offering: named, tries } = whole
  const words = typeof named === 'string' ? offeringOf(named) : (named as PlainMap)
  if (!words) throw new Error(`no offering ${String(named)}`)
  const each = Array.isArray(tries) ? (tries as readonly PlainMap[]) : [{}]
  return each.map((one) => {
    const {
      period,
      deviations,
      revisions: _later,
      ...agreed
    } = { ...mapOf(whole['agree']), ...mapOf(one['agree']) }
    const [start, end] = (period ?? ['1900-01-01', '2999-12-31']) as readonly string[]
    const made = signed(words, {
      period: `${start} to ${end}`,
      agreed: agreed as AgreedWords,
      deviations: (deviations ?? []) as unknown as readonly Deviation[],
    })
    const facts = [...listOf(whole['facts']), ...listOf(one['facts'])]
    const read = readCaseFacts(facts, made.agreement)
    const questions = [...listOf(whole['asks']), ...listOf(one['asks'])].map(questionIn)
    const name = [whole['case'], one['name']].filter(Boolean).join(' · ')
    return { name, questions, ...answering(made.agreement, read) }
  })
}

function readCaseFacts(written: readonly Plain[], agreement: Agreement): Fact[] {
  const faults = new Faults()
  const kinds = agreement.revisions[0]?.contract.factKinds ?? new Map()
  return readFacts(written, kinds, { zone: agreement.frame.zone, faults, under: [] })
}

const mapOf = (data: Plain | undefined): PlainMap =>
  typeof data === 'object' && !Array.isArray(data) ? (data as PlainMap) : {}
const listOf = (data: Plain | undefined): readonly Plain[] =>
  Array.isArray(data) ? (data as readonly Plain[]) : []

const questionIn = (ask: Plain): Question =>
  Object.fromEntries(
    Object.entries(mapOf(ask)).filter(([word]) => !expectations.includes(word)),
  ) as unknown as Question
