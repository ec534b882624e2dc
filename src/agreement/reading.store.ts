import type { Pool, PoolClient } from 'pg'
import { type OrderRow, orderKind, readOrders, withWords } from '../consumption/store.ts'
import type { Agreement } from '../contract/agreement/revision.ts'
import type { PlainMap } from '../contract/document/document.ts'
import { liftTerms } from '../contract/offering/lifted.ts'
import type { Told } from '../contract/prose/contract.ts'
import { type Refusal, refuser } from '../kernel/refusal.ts'
import { type Instant, parseInstant, utcText } from '../kernel/time.ts'
import { type OfferingVersionRow, readVersion } from '../offering/store.ts'
import { type Ref, titlesOf } from '../party/store.ts'
import type { Perspective } from '../platform/database/transaction.ts'
import { settledKnownBy } from '../platform/journal/clock.ts'
import type { EntityKind, Row } from '../platform/journal/kind.ts'
import { stateOf } from '../platform/journal/kind.ts'
import { fold, readEntries } from '../platform/journal/replay.ts'
import { type GrantRow, grantKind, readGrants } from '../provision/store.ts'
import { heldAt, platformPerson } from '../relationship/authority.ts'
import { type RoleHolderRow, readHolders } from '../relationship/store.ts'
import { beginningOf, standingBy } from './as-of.ts'
import { contractOf, factsOf, instantRefusal, type SoFar } from './contract.ts'
import {
  keptOf,
  type OnFile,
  onFile,
  placedOn,
  type RecordedFact,
  readOnFile,
} from './on-file.store.ts'
import { haltedRefusal } from './situation.store.ts'
import {
  type AgreementRow,
  agreementKind,
  factKind,
  type RevisionRow,
  readAgreement,
  readRevisions,
  revisionKind,
} from './store.ts'

const refuse = refuser({
  agreement_not_found: 'There is no such agreement, or you have no part in it.',
  ...instantRefusal,
  known_by_precedes_agreement: 'Nothing was known of this agreement by then.',
  at_precedes_agreement: 'There was no such agreement yet: it was proposed later.',
})

/** Of the instants that an agreement is read as of and as known by, in the order in which they are checked. */
export const asOfRefusals: readonly string[] = [
  ...Object.keys(instantRefusal),
  'known_by_must_be_settled',
  'known_by_precedes_agreement',
  'at_precedes_agreement',
]

/** An agreement as it stands, or as it was known by an instant, with everything that a page or a question reads. */
export type Read = SoFar & {
  readonly row: AgreementRow
  readonly revisions: readonly RevisionRow[]
  readonly facts: readonly RecordedFact[]
  readonly orders: readonly OrderRow[]
  readonly grants: readonly GrantRow[]
  /** Of the agreement's stream: with it, what is read here never changes. */
  readonly version: number
  readonly offering: OfferingVersionRow
  /** How the parties, and the persons asked for, are called. */
  readonly name: (id: string) => Ref
  readonly told: Told
  /** Everybody who holds or held a role in the relationship, and of those what the viewer holds now. */
  readonly holders: readonly RoleHolderRow[]
  readonly held: readonly RoleHolderRow[]
  /** The instant asked as of; now, where none is said. */
  readonly at: Instant
  readonly knownBy?: Instant
}

export type AsOf = { readonly at?: string | undefined; readonly known_by?: string | undefined }

type Reading = {
  readonly client: PoolClient
  readonly work: Pool
  readonly viewer: Perspective
  readonly now: Instant
}

/**
 * Every query about one agreement reads it here. Who has no part in it, or holds no role in its relationship today, is not
 * told that it exists.
 */
export async function readAgreementAsOf(
  { client, work, viewer, now }: Reading,
  id: string,
  asOf: AsOf,
): Promise<Read | { readonly refusal: Refusal }> {
  const { rows } = await client.query(readAgreement(id))
  const current = rows[0] && (stateOf(rows[0]) as AgreementRow)
  if (!current) return { refusal: refuse('agreement_not_found', '/agreement') }
  const found = await client.query(readVersion(current.offering_id, current.offering_version))
  const offering = found.rows[0] as OfferingVersionRow
  const who = await holdersOf(client, current, { viewer, now, zone: offering.zone })
  const isPart = who.held.length > 0 || viewer.person === platformPerson
  if (!isPart) return { refusal: refuse('agreement_not_found', '/agreement') }
  const instants = instantsOf(asOf, { zone: offering.zone, now })
  if ('refusal' in instants) return instants
  const entities =
    instants.knownBy === undefined
      ? await currentEntities(client, id, current)
      : await entitiesKnownBy(work, id, instants.knownBy)
  if (!entities) return { refusal: refuse('known_by_precedes_agreement', '/known_by') }
  if (instants.at < beginningOf(entities.row))
    return { refusal: refuse('at_precedes_agreement', '/at') }
  const asked = await entitiesAt(work, entities, { at: instants.at, now })
  const { agreement } = contractOf(entities.row, entities.revisions, offering.document)
  if (!agreement) throw new Error(`${id} was agreed and does not compile`)
  const { file, facts } = entities
  const placed = file ? placedOn(file, agreement) : factsOf(agreement, facts).placed
  const [name, orders] = await Promise.all([
    titlesOf(work, idsIn(entities)),
    withWords(client, asked.orders),
  ])
  return {
    ...asked,
    ...instants,
    ...who,
    ...{ offering, agreement, placed, orders, now, name },
    told: toldFrom(entities.row, { name, document: offering.document }),
  }
}

async function holdersOf(
  client: PoolClient,
  { relationship_id: relationship, provider_id: provider }: AgreementRow,
  {
    viewer: { party, person },
    now,
    zone,
  }: { readonly viewer: Perspective; readonly now: Instant; readonly zone: string },
) {
  const { rows } = await client.query(readHolders(relationship))
  const holders = rows.map((row) => stateOf(row) as RoleHolderRow)
  const side = party === provider ? 'provider' : 'consumer'
  const own = holders.filter((one) => one.person_id === person && one.side === side)
  return { holders, held: heldAt(own, now, zone) }
}

/** The same of an agreement that runs by then, or has run: what never ran permits nothing and posts nothing. */
export async function readRunAsOf(
  reading: Reading,
  id: string,
  asOf: AsOf,
): Promise<Read | { readonly refusal: Refusal }> {
  const read = await readAgreementAsOf(reading, id, asOf)
  const halted = 'refusal' in read ? undefined : haltedRefusal(read.row.status)
  return halted ? { refusal: halted } : read
}

/** Whether another time is looked at than now: then it is read, and nothing can be done. */
export const isElsewhen = ({ at, now, knownBy }: Pick<Read, 'at' | 'now' | 'knownBy'>): boolean =>
  knownBy !== undefined || at !== now

function instantsOf(
  { at, known_by }: AsOf,
  { zone, now }: { readonly zone: string; readonly now: Instant },
): { readonly at: Instant; readonly knownBy?: Instant } | { readonly refusal: Refusal } {
  const asked = at === undefined ? now : parseInstant(at, zone)
  if (asked === undefined) return { refusal: refuse('instant_unreadable', '/at') }
  if (known_by === undefined) return { at: asked }
  const knownBy = parseInstant(known_by, zone)
  if (knownBy === undefined) return { refusal: refuse('instant_unreadable', '/known_by') }
  const young = settledKnownBy(knownBy, now)
  return young ? { refusal: young } : { at: at === undefined ? knownBy : asked, knownBy }
}

type Entities = Pick<Read, 'row' | 'revisions' | 'facts' | 'orders' | 'grants' | 'version'> & {
  readonly file?: OnFile
}

async function currentEntities(
  client: PoolClient,
  id: string,
  row: AgreementRow,
): Promise<Entities> {
  const known = keptOf(id)
  const [revisions, facts, orders, grants] = await Promise.all([
    client.query(readRevisions(id)),
    client.query(readOnFile(id, known)),
    client.query(readOrders(id)),
    client.query(readGrants(id)),
  ])
  const file = onFile(id, known, facts.rows[0])
  const states = <State extends Row>({ rows }: { rows: Record<string, never>[] }) =>
    rows.map((one) => stateOf(one) as State)
  return {
    row,
    revisions: states<RevisionRow>(revisions),
    facts: file.facts,
    orders: states<OrderRow>(orders),
    grants: states<GrantRow>(grants),
    ...{ version: file.version, file },
  }
}

const kinds: readonly EntityKind[] = [agreementKind, revisionKind, factKind, orderKind, grantKind]

/** The fold of what had been recorded by then, in the order of recording. */
async function entitiesKnownBy(
  work: Pool,
  id: string,
  knownBy: Instant,
): Promise<Entities | undefined> {
  const entries = await readEntries(work, id, utcText(knownBy))
  const entities = fold(kinds, entries)
  const of = <State extends Row>(kind: EntityKind<State>) =>
    entities.flatMap((one) => (one.kind.name === kind.name ? [one.state as State] : []))
  const [row] = of(agreementKind)
  if (!row) return undefined
  return {
    row,
    revisions: of(revisionKind),
    facts: of(factKind),
    orders: of(orderKind),
    grants: of(grantKind),
    version: entries.length,
  }
}

/** As far as everything was by an instant that lies behind; the facts and revisions are for the contract to read. */
async function entitiesAt(
  work: Pool,
  entities: Entities,
  { at, now }: { readonly at: Instant; readonly now: Instant },
): Promise<Entities> {
  if (at === now) return entities
  const { row } = entities
  const withdrawn = row.status === 'withdrawn' ? await withdrawnAt(work, row.id) : undefined
  return { ...entities, ...standingBy(entities, at, withdrawn) }
}

async function withdrawnAt(work: Pool, id: string): Promise<Instant | undefined> {
  const entries = await readEntries(work, id)
  const entry = entries.find(({ events }) =>
    events.some(({ type }) => type === 'proposal_withdrawn'),
  )
  return entry && Date.parse(entry.occurredAt)
}

function idsIn({ row, facts, orders }: Entities): string[] {
  return [
    row.provider_id,
    row.consumer_id,
    row.proposed_by,
    ...Object.values(row.users).flat(),
    ...facts.map(({ said }) => String(said['by'] ?? '')),
    ...orders.map(({ requested_by }) => requested_by),
  ]
}

function toldFrom(
  { provider_id, consumer_id }: Pick<AgreementRow, 'provider_id' | 'consumer_id'>,
  { name, document }: { readonly name: (id: string) => Ref; readonly document: string },
): Told {
  return {
    provider: name(provider_id).title,
    consumer: name(consumer_id).title,
    base: liftTerms(JSON.parse(document) as PlainMap).lifted,
  }
}

/** As the question slice speaks of it. */
export const addressed = ({
  row,
  agreement,
  told,
}: Pick<Read, 'row' | 'told'> & { readonly agreement: Agreement }) => ({
  id: row.id,
  agreement,
  told,
})
