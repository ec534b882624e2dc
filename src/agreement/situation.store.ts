import { checkFacts } from '../contract/agreement/facts.ts'
import type { PlainMap } from '../contract/document/document.ts'
import type { PlacedFact } from '../contract/fact/read.ts'
import { type Refusal, refuser } from '../kernel/refusal.ts'
import { type Instant, utcText } from '../kernel/time.ts'
import { versionOfAgreement } from '../offering/store.ts'
import type { Facts, Request } from '../platform/journal/command.ts'
import type { Event, Json } from '../platform/journal/entry.ts'
import { authorityRefusals, type Held, type Holder } from '../relationship/authority.ts'
import { rolesInAgreement } from '../relationship/store.ts'
import { acting, actingRefusals, user } from './acting.ts'
import {
  contractOf,
  factsOf,
  instantIn,
  instantRefusal,
  type RevisedTerms,
  type SoFar,
} from './contract.ts'
import {
  keptOf,
  type OnFile,
  onFile,
  placedOn,
  type RecordedFact,
  readOnFile,
} from './on-file.store.ts'
import type { AgreementStatus } from './steps.ts'
import {
  type AgreementRow,
  agreementKind,
  factKind,
  type RevisionRow,
  revisionKind,
} from './store.ts'

/** An agreement as a command finds it: what was agreed, what happened, who asks, and when. */
export type Situation = SoFar & {
  readonly row: AgreementRow
  readonly rows: readonly RecordedFact[]
  /** Exercised by whoever sent the command. */
  readonly role: string
}

/** In the order in which they are checked. */
export const situationRefusals = {
  agreement_not_found: 'There is no such agreement, or you have no part in it.',
  ...authorityRefusals,
  ...actingRefusals,
  agreement_must_be_active: 'The agreement is not running.',
  ...instantRefusal,
  instant_must_not_lie_ahead: 'It has not happened yet.',
  instant_must_not_precede_agreement: 'It lies before the agreed period.',
} as const
const refuse = refuser(situationRefusals)

/** Of a command that these may send: only a user may be one of another agreement. */
export const situationRefusalsFor = (roles: readonly Holder[]): readonly string[] =>
  Object.keys(situationRefusals).filter(
    (name) => roles.includes(user) || !Object.hasOwn(actingRefusals, name),
  )

/** Of the fact itself, after everything else; beside it the contract may find a fault in it. */
export const factRefusals = {
  fact_must_not_be_recorded_twice: 'A fact with this id is recorded.',
} as const
const refuseFact = refuser(factRefusals)

export const situationLoads = (agreement: string) => [
  { kind: agreementKind, stream: agreement, id: agreement },
  { kind: revisionKind, stream: agreement },
]

export function situationReads(agreement: string, request: Request) {
  const known = keptOf(agreement)
  if (known) knownTo.set(request, known)
  return {
    version: versionOfAgreement(agreement),
    roles: rolesInAgreement(agreement, request.actor.person),
    facts: readOnFile(agreement, known),
  }
}

/** What was kept when a command asked for what came later: until it is answered another may have kept more, or none. */
const knownTo = new WeakMap<Request, OnFile>()

/** Refused to those who may not see the agreement, then to those whose role does not allow it. */
export function situationOf(
  facts: Facts,
  agreement: string,
  allowed: readonly Holder[],
): Situation | { readonly refusal: Refusal } {
  const row = facts.entity(agreementKind, agreement, agreement)
  const document = facts.rows['version']?.[0]?.['document'] as string | undefined
  if (!row || !document) return { refusal: refuse('agreement_not_found', '/agreement') }
  const { actor } = facts.request
  const held = (facts.rows['roles'] ?? []) as unknown as readonly Held[]
  const role = acting(row, held, {
    allowed,
    person: actor.person,
    claimed: actor.role,
    now: facts.now,
    zone: String(facts.rows['version']?.[0]?.['zone']),
  })
  if ('refusal' in role) return role
  const revisions = inOrder(facts.entities(revisionKind, agreement))
  const compiled = contractOf(row, revisions, document).agreement
  if (!compiled) throw new Error(`${agreement} was agreed and does not compile`)
  const file = onFile(agreement, knownTo.get(facts.request), facts.rows['facts']?.[0])
  const placed = placedOn(file, compiled)
  return { row, agreement: compiled, placed, rows: file.facts, now: facts.now, role: role.role }
}

const inOrder = (revisions: readonly RevisionRow[]) =>
  revisions.toSorted((one, other) => one.number - other.number)

/** What is begun is begun while the agreement runs. */
export const mustRun = ({ row }: Situation) => runningRefusal(row.status)

export const runningRefusal = (status: AgreementStatus): Refusal | undefined =>
  status === 'active' ? undefined : notRunning(status)

/** What was begun may come to its end later: a thing comes back, work is done, a bill is paid. */
export const mustHaveRun = ({ row }: Situation) => haltedRefusal(row.status)

export const haltedRefusal = (status: AgreementStatus): Refusal | undefined =>
  status === 'active' || status === 'ended' ? undefined : notRunning(status)

/** What it waits for is said, also where that is one's own signature. */
const notRunning = (status: AgreementStatus) =>
  refuse('agreement_must_be_active', '', notRunningWords[status])

const notRunningWords: Partial<Record<AgreementStatus, string>> = {
  proposed: 'It is only proposed: the other side accepts, and a sponsor authorises a budget.',
  accepted: 'It does not run yet: a sponsor of the consumer authorises a budget first.',
  ended: 'The agreement has ended.',
  withdrawn: 'The proposal was withdrawn, so the agreement never ran.',
}

/** When it happened: now, or an instant that the request says. */
export function happenedAt(
  { agreement, now }: Situation,
  text: string | undefined,
  word = '/at',
): { readonly at: Instant } | { readonly refusal: Refusal } {
  const at = text === undefined ? now : instantIn(agreement, text)
  const pointer = text === undefined ? '' : word
  if (at === undefined) return { refusal: refuse('instant_unreadable', pointer) }
  if (at > now) return { refusal: refuse('instant_must_not_lie_ahead', pointer) }
  if (at < agreement.frame.agreed.start)
    return { refusal: refuse('instant_must_not_precede_agreement', pointer) }
  return { at }
}

export type NewFact = { readonly id: string; readonly kind: string; readonly said: PlainMap }

/** The situation once a fact is recorded, judged by the contract as facts on file are; and the event that records it. */
export function withFact(
  situation: Situation,
  fact: NewFact,
  { actor, input }: Pick<Request, 'actor' | 'input'>,
): { readonly after: Situation; readonly event: Event } | { readonly refusal: Refusal } {
  const { rows, agreement } = situation
  const said = { ...fact.said, by: actor.person }
  if (rows.some(({ id }) => id === fact.id))
    return { refusal: refuseFact('fact_must_not_be_recorded_twice', '/id') }
  const { after, faults } = recordedIn(situation, [{ ...fact, said }])
  const [fault] = faults
  const judged: Refusal[] = fault
    ? [{ name: fault.name, pointer: inRequest(fault.pointer, input), words: fault.words }]
    : []
  checkFacts(agreement, besideIt(after, fact.id), (at, name, words) => {
    if (at.fact.id === fact.id) judged.push({ name, pointer: '', words })
  })
  const [refusal] = judged
  if (refusal) return { refusal }
  return { after, event: factEvent({ ...fact, said }) }
}

/** What a check of one fact reads: those about its subject, and of clocks that pair by something else all. */
function besideIt({ agreement, placed }: Situation, id: string): readonly PlacedFact[] {
  const about = placed.findLast(({ fact }) => fact.id === id)?.fact.about
  const clocks = agreement.revisions.flatMap(({ contract }) =>
    [...contract.promises.values()].flatMap(({ clock }) =>
      clock?.pairedBy === undefined ? [] : [clock.start, clock.stop, ...(clock.lifts ?? [])],
    ),
  )
  return placed.filter(
    ({ fact }) =>
      fact.id === id || (about !== undefined && fact.about === about) || clocks.includes(fact.kind),
  )
}

/** The situation once facts are recorded that the platform found itself. */
export function withRecorded(situation: Situation, made: readonly NewFact[]): Situation {
  const { after, faults } = recordedIn(situation, made)
  const [fault] = faults
  if (fault) throw new Error(`${situation.row.id}: ${fault.words}`)
  return after
}

/** The situation once a revision is agreed; undefined where its terms make no contract. */
export function withRevision(
  situation: Situation,
  revision: RevisedTerms,
  facts: Facts,
): Situation | undefined {
  const { row, rows } = situation
  const revisions = inOrder(facts.entities(revisionKind, row.id))
  const document = String(facts.rows['version']?.[0]?.['document'])
  const { agreement } = contractOf(row, [...revisions, revision], document)
  return agreement && { ...situation, agreement, placed: factsOf(agreement, rows).placed }
}

/** What is on file was read with the situation, and is not read again. */
function recordedIn(situation: Situation, made: readonly NewFact[]) {
  const { agreement, now } = situation
  const recorded = made.map(({ id, kind, said }) => ({
    ...{ id, kind, said, recorded_at: utcText(now) },
  }))
  const { placed, faults } = factsOf(agreement, recorded)
  const after = {
    ...situation,
    placed: [...situation.placed, ...placed],
    rows: [...situation.rows, ...recorded],
  }
  return { after, faults }
}

export const factEvent = ({ id, kind, said }: NewFact): Event => ({
  ...{ type: 'fact_recorded', v: 1, kind: factKind.name, entity: id },
  data: { kind, said },
})

/** `/facts/7/meter_reading/energy` is `/values/energy` to whoever sent it so, and `/to` stands beside the values. */
function inRequest(pointer: string, input: Json): string {
  const word = pointer.replace(/^\/facts\/\d+\/[^/]+\/?/, '')
  const isIn = (found: Json | undefined, name: string) =>
    typeof found === 'object' && found !== null && Object.hasOwn(found, name)
  const { values, ...beside } = input as { readonly values?: Json }
  if (isIn(values, word)) return `/values/${word}`
  const called = [word, calledElse[word] ?? word].find((name) => isIn(beside, name))
  return called === undefined ? '' : `/${called}`
}

/** An interval begins when its fact says `at`; what an order's fact is about is the order. */
const calledElse: Readonly<Record<string, string>> = { from: 'at', about: 'order' }

export const partiesOf = ({ row }: Pick<Situation, 'row'>) => ({
  provider: row.provider_id,
  consumer: row.consumer_id,
})
