import type { AgreedWords } from '../contract/agreement/agreed.ts'
import { compileAgreement, revised } from '../contract/agreement/agreement.ts'
import { type Agreement, revisionAt } from '../contract/agreement/revision.ts'
import { askingOf } from '../contract/answering.ts'
import type { PlainMap } from '../contract/document/document.ts'
import { type Fault, Faults } from '../contract/document/fault.ts'
import type { Fact } from '../contract/fact/fact.ts'
import { type PlacedFact, readPlacedFacts } from '../contract/fact/read.ts'
import type { Deviation } from '../contract/language/term.ts'
import type { Asking } from '../contract/scope.ts'
import { standingOf, type Thing } from '../contract/standing/standing.ts'
import { valueText } from '../contract/value.ts'
import { type Instant, parseInstant } from '../kernel/time.ts'

/** What was agreed, as the journal keeps it. Instants are UTC text. */
export type Terms = {
  readonly valid_from: string
  readonly valid_until: string
  readonly agreed: PlainMap
  readonly deviations: readonly PlainMap[]
  /** None while it is only proposed. */
  readonly accepted_at?: string
}
export type RevisedTerms = {
  readonly valid_from: string
  readonly agreed_on: string
  readonly agreed?: PlainMap
  readonly deviations?: readonly PlainMap[]
}
type Recorded = {
  readonly id: string
  readonly kind: string
  readonly said: PlainMap
  readonly recorded_at: string
}

/** Enough for every agreement that is being worked with; a contract is compiled from its terms in about a millisecond. */
const keptMax = 500
const kept = new Map<string, ReturnType<typeof compileAgreement>>()

/** The contracts of an agreement, a pure function of its terms: the last few hundred are kept. */
export function contractOf(
  terms: Terms,
  revisions: readonly RevisedTerms[],
  /** The document of its version, as it is kept. */
  document: string,
): ReturnType<typeof compileAgreement> {
  const { valid_from, valid_until, agreed, deviations, accepted_at } = terms
  const key = JSON.stringify([valid_from, valid_until, agreed, deviations, accepted_at])
    .concat(JSON.stringify(revisions))
    .concat(document)
  const known = kept.get(key)
  if (known) return known
  const made = compiled(terms, revisions, JSON.parse(document))
  const [oldest] = kept.keys()
  if (oldest !== undefined && kept.size >= keptMax) kept.delete(oldest)
  kept.set(key, made)
  return made
}

function compiled(terms: Terms, revisions: readonly RevisedTerms[], offering: PlainMap) {
  const period = { start: Date.parse(terms.valid_from), end: Date.parse(terms.valid_until) }
  const { accepted_at: accepted } = terms
  const base = {
    from: period.start,
    ...(accepted !== undefined && { agreedOn: Date.parse(accepted) }),
    offering,
    agreed: terms.agreed as AgreedWords,
    deviations: deviationsOf(terms.deviations),
  }
  const changes = revisions.map((revision) => ({
    from: Date.parse(revision.valid_from),
    agreedOn: Date.parse(revision.agreed_on),
    agreed: revision.agreed as AgreedWords | undefined,
    deviations: revision.deviations && deviationsOf(revision.deviations),
  }))
  return compileAgreement(period, revised(base, changes))
}

/** They were checked against the words of the language when they were proposed. */
const deviationsOf = (written: readonly PlainMap[]) => written as unknown as readonly Deviation[]

/** The facts of an agreement as the engine reads them. Recorded is when the journal learnt of each, whatever it says. */
export function factsOf(
  agreement: Agreement,
  rows: readonly Recorded[],
): { readonly placed: readonly PlacedFact[]; readonly faults: readonly Fault[] } {
  const { zone } = agreement.frame
  const kinds = new Map(agreement.revisions.flatMap(({ contract }) => [...contract.factKinds]))
  const faults = new Faults()
  const written = rows.map(({ id, kind, said, recorded_at: at }) => ({
    [kind]: { ...said, id, recorded: `${at.slice(0, 23).replace(/Z$/, '')}Z` },
  }))
  const placed = readPlacedFacts(written, kinds, { zone, faults, under: ['facts'] })
  return { placed, faults: faults.list }
}

export const factsAlone = (placed: readonly PlacedFact[]): Fact[] => placed.map(({ fact }) => fact)

/** An instant of a request: UTC, with an offset, or on the wall clock of the agreement. */
export const instantIn = (agreement: Agreement, text: string) =>
  parseInstant(text, agreement.frame.zone)

/** Of a text that is no instant, or none that is computed with. */
export const instantRefusal = {
  instant_unreadable:
    'Write a date and time such as 2026-05-31T11:00, of a year from 1900 to 2999.',
} as const

/** An agreement and what happened under it by now: what a rule about the next step reads. */
export type SoFar = {
  readonly agreement: Agreement
  readonly placed: readonly PlacedFact[]
  readonly now: Instant
}

/** The contract in force at an instant; before and after the agreed period that of its first and last day. */
export const inForceAt = ({ agreement }: Pick<SoFar, 'agreement'>, at: Instant) =>
  revisionAt(agreement, Math.max(agreement.frame.agreed.start, at)).contract

/**
 * All that is asked of an agreement at one instant: who asks of a thousand orders and of every thing that is out finds
 * what they share once. Only the last is kept: they are asked one after the other.
 */
export function askingAt(soFar: Pick<SoFar, 'agreement' | 'placed'>, at: Instant): Asking {
  if (last?.soFar !== soFar || last.asking.asOf !== at)
    last = { soFar, asking: askingOf(soFar.agreement, factsAlone(soFar.placed), at) }
  return last.asking
}

let last: { readonly soFar: object; readonly asking: Asking } | undefined

/** How a component, or one of its items, stood at an instant; whatever right was given ends with the agreement. */
export function standingAt(
  soFar: Pick<SoFar, 'agreement' | 'placed'>,
  thing: Thing,
  at: Instant,
): { readonly title: string; readonly custody: string; readonly right: string } {
  const asking = askingAt(soFar, at)
  const { title, custody, right } = standingOf(soFar.agreement, asking, thing)
  const end = asking.ending().value
  const hasEnded = typeof end === 'number' && end <= at
  return {
    title: valueText(title.value.value),
    custody: valueText(custody.value.value),
    right: hasEnded ? 'ended' : valueText(right.value.value),
  }
}
