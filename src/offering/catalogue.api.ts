import { stringify } from 'yaml'
import { z } from 'zod'
import { isAvailable } from '../agreement/propose.ts'
import { checkOffering } from '../contract/agreement.ts'
import type { Contract } from '../contract/compile.ts'
import type { PlainMap } from '../contract/document.ts'
import { printedParts } from '../contract/prose/contract.ts'
import { type Refusal, refuser } from '../kernel/refusal.ts'
import { endOfTime, type Instant } from '../kernel/time.ts'
import { Kind, pageOf, paging, Ref as RefShown } from '../party/shown.ts'
import { type Ref, titlesOf } from '../party/store.ts'
import { type Asked, query } from '../platform/http/endpoint.ts'
import { stateOf } from '../platform/journal/kind.ts'
import { exercised, type Holder } from '../relationship/authority.ts'
import { type RoleHolderRow, rolesFor } from '../relationship/store.ts'
import { OfferingCard, OfferingShown } from './shown.ts'
import {
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
const proposers: readonly Holder[] = [
  'provider owner',
  'provider practitioner',
  'consumer customer',
]

export const showCatalogue = query({
  name: 'show_catalogue',
  route: 'GET /catalogue',
  says: 'Every offering that is published, by kind, target group and words.',
  open: true,
  input: z.strictObject({
    ...paging,
    search: z.string().max(200).optional(),
    group: z.string().max(80).optional(),
    kind: Kind.optional(),
  }),
  /** Beside the page: every target group that something is offered to. */
  output: pageOf(OfferingCard).extend({ groups: z.array(RefShown) }),
  refusals: [],
  answer: async (asked) => {
    const { input, client, work } = asked
    const { cursor = '', limit, search, group } = input
    const { rows } = await client.query(
      readCatalogue({ after: cursor, limit: limit + 1, search, group }),
    )
    const shown = rows.slice(0, limit).map((row) => stateOf(row) as OfferingVersionRow)
    const cards = await cardsOf(shown, asked)
    const items = cards.filter(
      ({ components }) =>
        input.kind === undefined || components.some(({ kind }) => kind === input.kind),
    )
    const last = shown.at(-1)
    const groups = await client.query(readGroups)
    const ids = groups.rows.map((row) => String(row['id']))
    const name = await titlesOf(work, ids)
    return {
      items,
      groups: ids.map(name),
      ...(rows.length > limit && last && { next: last.offering_id }),
    }
  },
})

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
    if (!row) return { refusal: refuse('offering_not_found', '/offering') }
    const [card] = await cardsOf([row], asked)
    if (!card) throw new Error(`${row.id} is published and has no card`)
    const [versions, own] = await Promise.all([
      client.query(readVersions(row.offering_id)),
      client.query(readOffering(row.offering_id)),
    ])
    const kept = own.rows[0] && (stateOf(own.rows[0]) as OfferingRow)
    return {
      ...card,
      ...{ zone: row.zone, published_at: row.published_at },
      versions: versions.rows.map(({ version, published_at }) => ({ version, published_at })),
      ...printed(row, card.provider),
      ...(kept && { source: await sourceOf(kept, row, asked) }),
    }
  },
})

type Viewing = Pick<Asked<unknown>, 'client' | 'work' | 'viewer' | 'now'>

async function cardsOf(
  rows: readonly OfferingVersionRow[],
  { client, work, viewer, now }: Viewing,
) {
  const roles = await client.query(rolesWithGroups(viewer.party, viewer.person))
  const held = roles.rows.map((row) => stateOf(row) as Held)
  const ids = rows.flatMap(({ provider_id, target_groups }) => [provider_id, ...target_groups])
  const counterparts = held.flatMap(({ provider_id, consumer_id }) => [provider_id, consumer_id])
  const name = await titlesOf(work, [...ids, ...counterparts])
  return rows.map((row) => cardOf(row, { name, held, person: viewer.person, now }))
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
    readonly person: string
    readonly now: Instant
  },
) {
  const { name, held } = viewing
  const document: PlainMap = JSON.parse(row.document)
  const between = held.filter(({ provider_id }) => provider_id === row.provider_id)
  const fitting = between.filter(({ target_group_id }) =>
    row.target_groups.includes(target_group_id),
  )
  const refused =
    proposalRefused(viewing, { between, fitting }) ??
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
    needs: listIn(document, 'utility').map(({ need }) => String(need)),
    components: componentsIn(document),
    relationships: [...relationships].map(([id, counterpart]) => ({ id, counterpart })),
    propose: { command: 'propose_agreement', ...(refused && { refused }) },
  }
}

function proposalRefused(
  { person, now }: { readonly person: string; readonly now: Instant },
  { between, fitting }: { readonly between: readonly Held[]; readonly fitting: readonly Held[] },
): Refusal | undefined {
  if (person === '') return refuse('sign_in_needed')
  if (between.length === 0) return refuse('relationship_must_exist')
  if (fitting.length === 0) return refuse('target_group_must_fit')
  const role = exercised(fitting, proposers, { person, now })
  return 'refusal' in role ? role.refusal : undefined
}

const listIn = (document: PlainMap, word: string) =>
  Array.isArray(document[word]) ? (document[word] as PlainMap[]) : []

function componentsIn(document: PlainMap) {
  return listIn(document, 'components').flatMap((component) =>
    Kind.options.flatMap((kind) => {
      const id = component[kind]
      if (typeof id !== 'string') return []
      return [{ id, kind, title: String(component['title'] ?? id.replaceAll('_', ' ')) }]
    }),
  )
}

/** The clauses as every consumer would be offered them, with the parties' roles in place of a name. */
function printed({ document }: OfferingVersionRow, provider: Ref) {
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
  const clauses = parts.clauses.filter(({ heading }) => heading !== 'period')
  return {
    head: [parts.preamble],
    clauses: clauses.map(({ id, number, heading, under, title, text, says, survives }) => {
      const kind = Kind.safeParse(heading).data
      return {
        ...{ id, number, heading: under, title, text, survives, tailored: [] },
        ...(kind && { kind }),
        ...(says !== undefined && { says }),
      }
    }),
    definitions: parts.definitions.map(({ name, text, lines }) => ({
      term: name,
      text: [text, ...lines].join('\n'),
    })),
    agreed: slotsOf(contract),
    users: [...(contract.words.users ?? [])],
  }
}

function slotsOf({ words }: Contract) {
  return Object.entries(words.agreed ?? {}).map(([name, slot]) => {
    const written = slot as { type?: unknown; default?: unknown; title?: string }
    const type = 'type' in written ? written.type : slot
    const choices = Array.isArray(type) ? type.map(String) : undefined
    return {
      name,
      title: written.title ?? name.replaceAll('_', ' '),
      type: choices ? 'choice' : typeof type === 'string' ? type : 'number',
      ...(choices && { choices }),
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
  { provider_id, draft }: OfferingRow,
  published: OfferingVersionRow,
  { client, viewer, now }: Viewing,
) {
  const { rows } = await client.query(rolesFor(viewer.party, viewer.person))
  const held = rows
    .map((row) => stateOf(row) as RoleHolderRow)
    .filter((one) => one.provider_id === provider_id)
  const role = exercised(held, ['provider owner'], { person: viewer.person, now })
  const authority = 'refusal' in role ? role.refusal : undefined
  const { faults } = checkOffering(JSON.parse(draft ?? published.document))
  const refused =
    authority ?? (draft === undefined ? refuse('draft_must_exist') : undefined) ?? faults[0]
  return {
    is: draft === undefined ? ('published' as const) : ('draft' as const),
    text: stringify(JSON.parse(draft ?? published.document), { lineWidth: 100 }),
    faults: faults.map(faultShown),
    write: { command: 'draft_offering', ...(authority && { refused: authority }) },
    publish: { command: 'publish_offering', ...(refused && { refused: faultShown(refused) }) },
  }
}

const faultShown = ({ name, pointer, words }: Refusal) => ({ name, pointer, words })
