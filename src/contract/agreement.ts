import { endOfTime, type Instant, localText, type Period } from '../kernel/time.ts'
import type { AgreedWords } from './agreed.ts'
import { subjectOf } from './alike.ts'
import { Answering } from './answering.ts'
import { unsaidChanges } from './change-check.ts'
import { type Contract, compileOffering } from './compile.ts'
import { checked } from './document/checked.ts'
import type { PlainMap } from './document/document.ts'
import { didYouMean, type Fault, type FaultName, Faults, sameAs } from './document/fault.ts'
import { deviatedPlaces, liftTerms, tailored } from './document/tailor.ts'
import { type Fact, Facts, inOrder, type PlacedFact } from './fact/fact.ts'
import { isOfOne } from './fact/retagged.ts'
import { OfferingWords } from './language/offering.ts'
import type { Deviation } from './language/term.ts'
import { type Agreement, type Revision, revisionAt } from './revision.ts'
import type { Asking } from './scope.ts'
import type { Clock } from './term/target.ts'
import { checkUtility } from './utility.ts'

/** What is agreed from an instant on: an offering put into the parties' context. */
export type RevisionTerms = {
  readonly from: Instant
  readonly agreedOn?: Instant
  readonly offering: PlainMap
  readonly agreed: AgreedWords
  readonly deviations: readonly Deviation[]
}

/** What a revision says; values not said again stay, deviations said again replace those before. */
export type RevisionChange = {
  readonly from: Instant
  readonly agreedOn?: Instant | undefined
  readonly agreed?: AgreedWords | undefined
  readonly deviations?: readonly Deviation[] | undefined
}

/** Every revision with all that holds from then on. */
export function revised(base: RevisionTerms, changes: readonly RevisionChange[]): RevisionTerms[] {
  const all = [base]
  for (const { from, agreedOn, agreed, deviations } of changes) {
    const before = all.at(-1) ?? base
    all.push({
      from,
      ...(agreedOn !== undefined && { agreedOn }),
      offering: base.offering,
      agreed: { ...before.agreed, ...agreed },
      deviations: deviations ?? before.deviations,
    })
  }
  return all
}

/** Checks one offering by itself: its words, names, types, bands, policies and laws. */
export function checkOffering(offering: PlainMap): {
  contract: Contract | undefined
  faults: readonly Fault[]
} {
  const faults = new Faults()
  const { lifted, moved } = liftTerms(offering, faults)
  const words = checked(OfferingWords, lifted, faults)
  if (words) checkUtility(words, [], faults)
  const contract = words && compileOffering(words, undefined, faults)
  return { contract, faults: movedBack(faults.list, moved) }
}

/** Compiles what two parties agreed. The agreement exists only without faults. */
export function compileAgreement(
  period: Period,
  revisions: readonly RevisionTerms[],
): { agreement: Agreement | undefined; faults: readonly Fault[] } {
  const faults: Fault[] = []
  const compiled = revisions.map((terms, place): Revision | undefined => {
    const next = revisions[place + 1]
    const made = compileRevision(terms)
    for (const fault of made.faults) {
      const found = whereAgreed(fault, place, revisions)
      if (!faults.some(sameAs(found))) faults.push(found)
    }
    if (!made.contract) return undefined
    const governs = {
      start: place === 0 ? Number.MIN_SAFE_INTEGER : terms.from,
      end: next?.from ?? Number.MAX_SAFE_INTEGER,
    }
    const { agreedOn, deviations } = terms
    const signed = agreedOn !== undefined && { agreedOn }
    return { number: place + 1, governs, contract: made.contract, deviations, ...signed }
  })
  const [first] = compiled
  if (faults.length > 0 || !first || compiled.includes(undefined))
    return { agreement: undefined, faults }
  const others = compiled.filter(
    (revision) => revision?.contract.currency !== first.contract.currency,
  )
  if (others.length > 0)
    return {
      agreement: undefined,
      faults: [
        {
          name: 'currency_mixed',
          pointer: '/currency',
          words: `The agreement is in ${first.contract.currency}; a revision cannot change its currency.`,
        },
      ],
    }
  const { agreedOn } = first
  const signed = agreedOn !== undefined && { agreedOn }
  const frame = { zone: first.contract.zone, agreed: period, ...signed }
  const all = compiled.filter((revision) => revision !== undefined)
  const unsaid = all.flatMap(({ contract, governs }) => unsaidChanges(contract, governs, frame))
  if (unsaid.length > 0) return { agreement: undefined, faults: unsaid }
  return { agreement: { frame, revisions: all }, faults }
}

/** A revision holds on to what was agreed before it: what is at fault was written in the first that says so. */
function whereAgreed(fault: Fault, place: number, revisions: readonly RevisionTerms[]): Fault {
  if (fault.of === undefined) return fault
  const [, word = '', name = ''] = fault.pointer.split('/')
  const said = (at: number) =>
    word === 'deviations' ? revisions[at]?.deviations : revisions[at]?.agreed[name]
  let origin = place
  while (origin > 0 && said(origin - 1) === said(origin)) origin -= 1
  return origin === 0 ? fault : { ...fault, pointer: `/revisions/${origin - 1}${fault.pointer}` }
}

/**
 * A fact that several components read says which it concerns, by itself or through its item: a missing key is no
 * missing permit.
 */
export function checkFacts<Placed extends PlacedFact>(
  agreement: Agreement,
  placed: readonly Placed[],
  report: (at: Placed, name: FaultName, words: string) => void,
): void {
  const known = new Facts(placed.map(({ fact }) => fact))
  const ids = new Set<string>()
  for (const one of placed) {
    const { fact } = one
    if (ids.has(fact.id)) report(one, 'name_doubled', `Two facts have the id “${fact.id}”.`)
    ids.add(fact.id)
    const words = unsaidComponent(fact, revisionAt(agreement, fact.at).contract, known)
    if (words !== undefined) report(one, 'component_unsaid', words)
  }
  refuseSecondStarts(agreement, placed, report)
}

/** Facts of a file: of each kind it is said once which do not tell their component, with their number and the ways out. */
export function checkWrittenFacts<Placed extends PlacedFact>(
  agreement: Agreement,
  placed: readonly Placed[],
  report: (at: Placed, name: FaultName, words: string) => void,
): void {
  const unsaid = new Map<string, { first: Placed; words: string; others: number }>()
  checkFacts(agreement, placed, (one, name, words) => {
    const { kind } = one.fact
    const known = unsaid.get(kind)
    if (name !== 'component_unsaid') report(one, name, words)
    else if (known) known.others += 1
    else unsaid.set(kind, { first: one, words, others: 0 })
  })
  for (const [kind, { first, words, others }] of unsaid) {
    const { contract } = revisionAt(agreement, first.fact.at)
    const isOfSeveral = (contract.readers.get(kind) ?? []).length > 1
    const more =
      others === 0
        ? ''
        : ` Nor ${others === 1 ? 'does one other' : `do ${others} others`} (${kind}).`
    const way = isOfSeveral
      ? ' A fact concerns one component, and the clauses of others pass over it: what is due for several when the same thing happens stands under one of them, or in clauses without “pays-for” and “of”.'
      : ''
    report(first, 'component_unsaid', `${words}${more}${way}`)
  }
}

/** Words for a fact that several components read, or that names an item nobody knows. */
function unsaidComponent(fact: Fact, contract: Contract, known: Facts): string | undefined {
  const { about } = fact
  const concerned = contract.readers.get(fact.kind) ?? []
  const strangeItem =
    about !== undefined && concerned.some((id) => contract.components.get(id)?.serialised)
  const itself = about !== undefined && contract.components.has(about)
  const said = fact.component ?? (about === undefined ? undefined : known.componentOfItem(about))
  if ((concerned.length < 2 && !strangeItem) || itself || said !== undefined) return undefined
  const item = about === undefined ? '' : `, and “${about}” is no item known here`
  const near = about === undefined ? '' : didYouMean(about, itemsIn(known))
  return `The fact “${fact.id}” (${fact.kind}) does not say which component it concerns${item}: add “component:”, one of ${concerned.join(', ')}.${near}`
}

const itemsIn = (known: Facts): string[] =>
  known.all.flatMap(({ about }) =>
    about !== undefined && known.componentOfItem(about) !== undefined ? [about] : [],
  )

/** A clock that runs is not started again: the second start comes after the stop of the first. */
function refuseSecondStarts<Placed extends PlacedFact>(
  agreement: Agreement,
  placed: readonly Placed[],
  report: (at: Placed, name: FaultName, words: string) => void,
): void {
  const revision = agreement.revisions.at(-1)
  const clocks = [...(revision?.contract.promises ?? [])].flatMap(([clause, { clock }]) =>
    clock && !clock.several ? [{ clause, clock }] : [],
  )
  for (const { clause, clock } of clocks) {
    const { start, stop, pairedBy } = clock
    const inTime = placed
      .filter(({ fact }) => fact.kind === start || fact.kind === stop)
      .sort((left, right) => inOrder(left.fact, right.fact))
    // By subject: an agreement may hold thousands of starts, and few of them are about the same.
    const running = new Map<string, readonly Fact[]>()
    for (const one of inTime) {
      const { fact } = one
      const subject = subjectOf(fact, pairedBy)
      if (subject === undefined) continue
      const before = running.get(subject) ?? []
      const open = fact.kind === stop ? before.filter((first) => !isOfOne(first, fact)) : before
      running.set(subject, fact.kind === start ? [...open, fact] : open)
      const first = fact.kind === start && open.find((earlier) => isOfOne(earlier, fact))
      if (first)
        report(
          one,
          'start_doubled',
          doubledWords(first, { clause, clock, zone: agreement.frame.zone }),
        )
    }
  }
}

/** By kind and instant: most facts have no id that their author wrote. */
function doubledWords(
  { kind, at, about }: Fact,
  { clause, clock, zone }: { clause: string; clock: Clock; zone: string },
): string {
  const { stop, pairedBy } = clock
  const same = pairedBy === undefined ? `about “${about}”` : `with the same “${pairedBy}”`
  const apart =
    pairedBy === undefined
      ? `Give each its own “about:”. Or “${clause}” says “paired-by:” an attribute that “${kind}” and “${stop}” share, or`
      : `Give each its own “${pairedBy}”. Or “${clause}” says`
  return `The “${kind}” of ${localText(at, zone).slice(0, 16)} ${same} has no “${stop}” yet: which of the two would the next one end? ${apart} “concerning:” what in “${stop}” names its “${kind}”.`
}

/** The same base with the same deviations gives the same contract; compiled once, it is never compiled again. */
export function compileRevision({ offering, agreed, deviations }: Omit<RevisionTerms, 'from'>): {
  contract: Contract | undefined
  faults: readonly Fault[]
} {
  const faults = new Faults()
  const { lifted, moved } = liftTerms(offering, faults)
  const base = tailored(lifted, deviations, { faults, path: ['deviations'] })
  const words = checked(OfferingWords, base, faults)
  if (words) checkUtility(words, takenOut(deviations), faults)
  const contract = words && compileOffering(words, agreed, faults)
  const found = deviated(faults.list, deviatedPlaces(lifted, deviations))
  return { contract: faults.none ? contract : undefined, faults: movedBack(found, moved) }
}

const takenOut = (deviations: readonly Deviation[]) =>
  deviations.flatMap((one) => ('remove' in one ? one.clause : []))

/** What a deviation wrote is at fault in the deviation. */
function deviated(faults: readonly Fault[], places: ReadonlyMap<string, string>): Fault[] {
  return faults.map((fault) => {
    if (fault.of !== undefined) return fault
    const place = [...places.keys()].find(
      (one) => fault.pointer === one || fault.pointer.startsWith(`${one}/`),
    )
    if (place === undefined) return fault
    const pointer = `${places.get(place)}${fault.pointer.slice(place.length)}`
    return { ...fault, pointer, of: 'agreement' }
  })
}

/** A term that was written inside a component is at fault there. */
function movedBack(faults: readonly Fault[], moved: ReadonlyMap<string, string>): Fault[] {
  return faults.map((fault) => {
    const prefix = fault.pointer.split('/').slice(0, 3).join('/')
    const origin = moved.get(prefix)
    return origin === undefined || fault.of !== undefined
      ? fault
      : { ...fault, pointer: origin + fault.pointer.slice(prefix.length) }
  })
}

/** What a question may know: of the facts given, nothing later than `asOf` has happened. */
export function askingOf(
  agreement: Agreement,
  facts: readonly Fact[],
  asOf: Instant = endOfTime,
  told: Partial<Pick<Asking, 'factsShownMax' | 'inTimeFrom'>> = {},
): Asking {
  const happened = new Facts(facts, asOf)
  return new Answering(agreement, happened, { factsShownMax: 20, ...told, asOf }).asking
}

/** What a question is asked as of when it does not say: everything on file has happened, and the period is over. */
export function afterEverything(facts: readonly Fact[], period?: Period): Instant {
  let latest = period?.end ?? 0
  for (const { at, to = at } of facts) if (to > latest) latest = to
  return latest
}
