import { type Instant, local, type Period, spokenDay } from '../../kernel/time.ts'
import { type Contract, compileOffering } from '../compile.ts'
import { checked } from '../document/checked.ts'
import type { PlainMap } from '../document/document.ts'
import { type Fault, Faults, sameAs } from '../document/fault.ts'
import { OfferingWords } from '../language/offering.ts'
import type { Deviation } from '../language/term.ts'
import { liftTerms } from '../offering/lifted.ts'
import { checkUtility } from '../offering/utility.ts'
import type { AgreedWords } from './agreed.ts'
import type { Agreement, Revision } from './revision.ts'
import { deviatedPlaces, goneWith, tailored } from './tailor.ts'
import { unsaidChanges } from './unsaid-change.ts'

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

/** Whether it was agreed on a day on which the offering was not, or no longer, available. */
export function unavailableOn({ frame, revisions }: Agreement): Fault | undefined {
  const { available } = revisions[0]?.contract.words ?? {}
  const { agreedOn, zone } = frame
  if (agreedOn === undefined || available === undefined) return undefined
  const day = local(agreedOn, zone).toPlainDate().toString()
  const { from, until } = available
  const isOffered = (from === undefined || from <= day) && (until === undefined || day < until)
  if (isOffered) return undefined
  const span = [from && `from ${spokenDay(from)} on`, until && `before ${spokenDay(until)}`]
    .filter(Boolean)
    .join(' and ')
  return {
    name: 'offering_unavailable',
    pointer: '/agreed-on',
    words: `The offering is available ${span}; it was not on ${spokenDay(day)}.`,
    of: 'agreement',
  }
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
  const found = deviated(faults.list, lifted, deviations)
  return { contract: faults.none ? contract : undefined, faults: movedBack(found, moved) }
}

const takenOut = (deviations: readonly Deviation[]) =>
  deviations.flatMap((one) => ('remove' in one ? one.clause : []))

/** What a deviation wrote is at fault in the deviation, and what lacks something that it took out. */
function deviated(
  faults: readonly Fault[],
  offering: PlainMap,
  deviations: readonly Deviation[],
): readonly Fault[] {
  if (faults.length === 0) return faults
  const places = deviatedPlaces(offering, deviations)
  const gone = [...goneWith(offering, deviations)]
  return faults.map((fault) => {
    if (fault.of !== undefined) return fault
    const [name, taken] = gone.find(([one]) => isMissed(one, fault)) ?? []
    if (name !== undefined && taken !== undefined) {
      const { clause = name } = deviations[taken] ?? {}
      const what = name === clause ? `“${name}”` : `“${name}”, which goes with “${clause}”,`
      const words = `${what} is read by what stays, at ${fault.pointer}: take that out or change it as well.`
      return { ...fault, pointer: `/deviations/${taken}/clause`, words, of: 'agreement' }
    }
    const place = [...places.keys()].find(
      (one) => fault.pointer === one || fault.pointer.startsWith(`${one}/`),
    )
    if (place === undefined) return fault
    const pointer = `${places.get(place)}${fault.pointer.slice(place.length)}`
    return { ...fault, pointer, of: 'agreement' }
  })
}

/** Whether it is at fault that there is nothing of this name: the offering alone has what it reads. */
const isMissed = (name: string, { words }: Fault) =>
  [`called “${name}”`, `“${name}” is no kind`, `“${name}.`].some((missing) =>
    words.includes(missing),
  )

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
