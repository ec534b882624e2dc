import type { PoolClient } from 'pg'
import { stringify } from 'yaml'
import { z } from 'zod'
import { isAvailable, leavesChoice } from '../agreement/propose.ts'
import { checkOffering } from '../contract/agreement/agreement.ts'
import type { Contract } from '../contract/compile.ts'
import type { PlainMap } from '../contract/document/document.ts'
import type { ComponentKind } from '../contract/language/offering.ts'
import { printedParts } from '../contract/prose/contract.ts'
import { anything } from '../contract/type.ts'
import { type Refusal, refuser } from '../kernel/refusal.ts'
import { endOfTime, type Instant } from '../kernel/time.ts'
import { Kind, pageOf, paging, Ref as RefShown } from '../party/shown.ts'
import { type Ref, titlesOf } from '../party/store.ts'
import type { Perspective } from '../platform/database/transaction.ts'
import { type Asked, query } from '../platform/http/endpoint.ts'
import { stateOf } from '../platform/journal/kind.ts'
import { exercised, heldAt, proposers } from '../relationship/authority.ts'
import { type RoleHolderRow, rolesFor } from '../relationship/store.ts'
import {
  componentsIn,
  foundBy,
  needsIn,
  type Seen,
  seenBy,
  seenByItsProvider,
  visibleParts,
} from './projection.ts'
import { OfferingCard, OfferingShown } from './shown.ts'
import {
  draftId,
  type Looking,
  type OfferingRow,
  type OfferingVersionRow,
  readCatalogue,
  readGroups,
  readLatest,
  readOffering,
  readVersions,
} from './store.ts'

const refuse = refuser({
  offering_not_found: 'No offering of that id is published.',
  sign_in_needed: 'Sign in to propose an agreement.',
  relationship_must_exist:
    'Agreements are made within a relationship with this provider; there is none yet.',
  target_group_must_fit: 'The offering is made for other target groups than yours.',
  offering_must_be_available: 'It is not offered today.',
  draft_must_exist: 'There is no draft to publish: change the text, and keep it as the draft.',
})

const Catalogue = z.strictObject({
  ...paging,
  search: z.string().max(200).optional(),
  group: z.string().max(80).optional(),
  kind: Kind.optional(),
})
type Catalogue = z.output<typeof Catalogue>

export const showCatalogue = query({
  name: 'show_catalogue',
  route: 'GET /catalogue',
  says: 'Every offering that is published, by kind, target group and words.',
  open: true,
  input: Catalogue,
  /** Beside the page: every target group that something is offered to. */
  output: pageOf(OfferingCard).extend({ groups: z.array(RefShown) }),
  refusals: [],
  answer: async (asked) => {
    const { input, client, work } = asked
    const looking = await lookingOf(asked)
    const found = await rowsFor(input, looking, client)
    const shown = found.slice(0, input.limit)
    const groups = await client.query(readGroups(looking))
    const ids = groups.rows.map((row) => String(row['id']))
    const name = await titlesOf(work, ids)
    const last = shown.at(-1)
    return {
      items: await cardsOf(shown, looking, asked),
      groups: ids.map(name),
      ...(found.length > input.limit && last && { next: last.offering_id }),
    }
  },
})

/** A page and one more: what the database finds by words that are hidden, or of another kind, is passed over. */
async function rowsFor(
  { cursor = '', limit, search, group, kind }: Catalogue,
  looking: Viewed,
  client: PoolClient,
): Promise<OfferingVersionRow[]> {
  const words = (search ?? '').toLowerCase().split(/\s+/)
  const fits = (row: OfferingVersionRow) => {
    const document: PlainMap = JSON.parse(row.document)
    const seen = looking.seen(row)
    const text = foundBy(document, seen).toLowerCase()
    const isOfKind = (one: { readonly id: string; readonly kind: ComponentKind }) =>
      (kind === undefined || one.kind === kind) && seen(one.id)
    return words.every((word) => text.includes(word)) && componentsIn(document).some(isOfKind)
  }
  const found: OfferingVersionRow[] = []
  for (let after = cursor; ; ) {
    const page = { after, limit: limit + 1, search, group, looking }
    const { rows } = await client.query(readCatalogue(page))
    found.push(...rows.map((row) => stateOf(row) as OfferingVersionRow).filter(fits))
    const last = rows.at(-1)
    if (found.length > limit || rows.length <= limit || !last) return found
    after = last['offering_id']
  }
}

export const showOffering = query({
  name: 'show_offering',
  route: 'GET /offerings/:offering',
  says: 'An offering as it is published: its clauses, what the parties agree on, its versions; to its provider also the draft.',
  open: true,
  input: z.strictObject({ offering: z.string() }),
  output: OfferingShown,
  refusals: ['offering_not_found'],
  answer: async (asked) => {
    const { input, client } = asked
    const { rows } = await client.query(readLatest(input.offering))
    const row = rows[0] && (stateOf(rows[0]) as OfferingVersionRow)
    const looking = await lookingOf(asked)
    const [card] = row ? await cardsOf([row], looking, asked) : []
    // With every component the offering itself is hidden.
    if (!row || !card || card.components.length === 0)
      return { refusal: refuse('offering_not_found', '/offering') }
    const [versions, own] = await Promise.all([
      client.query(readVersions(row.offering_id, looking)),
      client.query(readOffering(row.offering_id)),
    ])
    const kept = own.rows[0] && (stateOf(own.rows[0]) as OfferingRow)
    return {
      ...card,
      ...{ zone: row.zone, published_at: row.published_at },
      versions: versions.rows.map(({ version, published_at }) => ({ version, published_at })),
      ...printed(row, card.provider, looking.seen(row)),
      ...(kept && { source: await sourceOf(kept, row, asked) }),
    }
  },
})

type Viewing = Pick<Asked<unknown>, 'client' | 'work' | 'viewer' | 'now'>

/** Whoever looks, with his roles, and what he sees of an offering. */
type Viewed = Looking & {
  readonly held: readonly Held[]
  readonly seen: (row: OfferingVersionRow) => Seen
}

async function lookingOf({ client, viewer, now }: Viewing): Promise<Viewed> {
  const { rows } = await client.query(rolesWithGroups(viewer.party, viewer.person))
  const held = rows.map((row) => stateOf(row) as Held)
  const groups = heldAt(held, now).flatMap(({ side, target_group_id }) =>
    side === 'consumer' ? [target_group_id] : [],
  )
  const seen = (row: OfferingVersionRow) =>
    row.provider_id === viewer.party
      ? seenByItsProvider
      : seenBy(groups, { document: JSON.parse(row.document), shownTo: row.shown_to })
  return { party: viewer.party, groups, held, seen }
}

async function cardsOf(
  rows: readonly OfferingVersionRow[],
  { held, seen }: Viewed,
  { work, viewer, now }: Viewing,
) {
  const ids = rows.flatMap(({ provider_id, target_groups }) => [provider_id, ...target_groups])
  const counterparts = held.flatMap(({ provider_id, consumer_id }) => [provider_id, consumer_id])
  const name = await titlesOf(work, [...ids, ...counterparts])
  return rows.map((row) => cardOf(row, { name, held, viewer, now, seen: seen(row) }))
}

type Held = RoleHolderRow & { readonly target_group_id: string }

const rolesWithGroups = (party: string, person: string) => ({
  ...rolesFor(party, person),
  name: 'roles with groups',
  text: `select role_holder.*, relationship.target_group_id
    from role_holder
    join relationship on relationship.id = role_holder.relationship_id
    where role_holder.person_id = $2
      and case side when 'provider' then role_holder.provider_id else role_holder.consumer_id end = $1
    order by relationship_id, side, role`,
})

function cardOf(
  row: OfferingVersionRow,
  viewing: {
    readonly name: (id: string) => Ref
    readonly held: readonly Held[]
    readonly viewer: Perspective
    readonly now: Instant
    readonly seen: Seen
  },
) {
  const { name, held, seen } = viewing
  const document: PlainMap = JSON.parse(row.document)
  const between = held.filter(({ provider_id }) => provider_id === row.provider_id)
  const fitting = between.filter(({ target_group_id }) =>
    row.target_groups.includes(target_group_id),
  )
  const refused =
    proposalRefused(viewing, { between, fitting, zone: row.zone }) ??
    (isAvailable(row, viewing.now) ? undefined : refuse('offering_must_be_available'))
  const relationships = new Map(
    fitting.map((one) => [
      one.relationship_id,
      name(one.side === 'provider' ? one.consumer_id : one.provider_id),
    ]),
  )
  return {
    id: row.offering_id,
    ...{ version: row.version, title: row.title, currency: row.currency },
    provider: name(row.provider_id),
    target_groups: row.target_groups.map(name),
    needs: needsIn(document, seen),
    components: componentsIn(document).filter(({ id }) => seen(id)),
    relationships: [...relationships].map(([id, counterpart]) => ({ id, counterpart })),
    propose: { command: 'propose_agreement', ...(refused && { refused }) },
  }
}

function proposalRefused(
  { viewer, now }: { readonly viewer: Perspective; readonly now: Instant },
  {
    between,
    fitting,
    zone,
  }: {
    readonly between: readonly Held[]
    readonly fitting: readonly Held[]
    readonly zone: string
  },
): Refusal | undefined {
  if (viewer.person === '') return refuse('sign_in_needed')
  if (between.length === 0) return refuse('relationship_must_exist')
  if (fitting.length === 0) return refuse('target_group_must_fit')
  const { person, role: claimed } = viewer
  const role = exercised(fitting, proposers, { person, claimed, now, zone })
  return 'refusal' in role ? role.refusal : undefined
}

/**
 * The clauses as every consumer would be offered them, with the parties' roles in place of a name. They keep the numbers by
 * which an agreement cites them, also where one between them is hidden.
 */
function printed({ document }: OfferingVersionRow, provider: Ref, seen: Seen) {
  const { contract } = checkOffering(JSON.parse(document))
  if (!contract) throw new Error('a published offering does not compile')
  const revision = {
    number: 1,
    governs: { start: 0, end: endOfTime },
    contract,
    deviations: [],
  }
  const told = { provider: provider.title, consumer: 'the consumer' }
  const parts = printedParts(revision, { start: 0, end: endOfTime }, told)
  const { clauses, definitions } = visibleParts(parts, seen)
  return {
    head: [parts.preamble],
    clauses: clauses
      .filter(({ heading }) => heading !== 'period')
      .map(({ id, number, heading, under, title, text, says, survives }) => {
        const kind = Kind.safeParse(heading).data
        return {
          ...{ id, number, heading: under, title, text, survives, tailored: [] },
          ...(kind && { kind }),
          ...(says !== undefined && { says }),
        }
      }),
    definitions: definitions.map(({ name, text, lines }) => ({
      term: name,
      text: [text, ...lines].join('\n'),
    })),
    agreed: slotsOf(contract).filter(({ name, title }) => seen(name, title)),
    users: (contract.words.users ?? []).filter((user) => seen(user)),
  }
}

function slotsOf({ words, definitions }: Contract) {
  return Object.entries(words.agreed ?? {}).map(([name, slot]) => {
    const written = slot as { type?: unknown; default?: unknown; title?: string }
    const type = 'type' in written ? written.type : slot
    const choices = Array.isArray(type) ? type.map(String) : undefined
    return {
      name,
      title: written.title ?? name.replaceAll('_', ' '),
      type: choices ? 'choice' : typeof type === 'string' ? type : 'number',
      ...(choices && { choices }),
      needs_acceptance: !leavesChoice(slot, definitions.get(name)?.type() ?? anything),
      ...(written.default !== undefined && { default: spokenDefault(written.default) }),
    }
  })
}

const spokenDefault = (value: unknown) =>
  typeof value === 'object' && value !== null && 'text' in value
    ? String(value.text)
    : String(value)

/** As it is sent: what is kept and what is written again are the same document. */
async function sourceOf(
  { id, provider_id, draft }: OfferingRow,
  published: OfferingVersionRow,
  { client, viewer, now }: Viewing,
) {
  const { rows } = await client.query(rolesFor(viewer.party, viewer.person))
  const held = rows
    .map((row) => stateOf(row) as RoleHolderRow)
    .filter((one) => one.provider_id === provider_id)
  const role = exercised(held, ['provider owner'], {
    person: viewer.person,
    claimed: viewer.role,
    now,
  })
  const authority = 'refusal' in role ? role.refusal : undefined
  const { faults } = checkOffering(JSON.parse(draft ?? published.document))
  const refused =
    authority ?? (draft === undefined ? refuse('draft_must_exist') : undefined) ?? faults[0]
  return {
    is: draft === undefined ? ('published' as const) : ('draft' as const),
    ...(draft !== undefined && { draft: draftId(id, draft) }),
    text: stringify(JSON.parse(draft ?? published.document), { lineWidth: 100 }),
    faults: faults.map(faultShown),
    write: { command: 'draft_offering', ...(authority && { refused: authority }) },
    publish: { command: 'publish_offering', ...(refused && { refused: faultShown(refused) }) },
  }
}

const faultShown = ({ name, pointer, words }: Refusal) => ({ name, pointer, words })
