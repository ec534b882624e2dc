import { z } from 'zod'
import { Side } from '../contract/language/words.ts'
import { utcText } from '../kernel/time.ts'
import { heldOn } from '../party/rules.ts'
import { pageOf, paging, Ref, Role } from '../party/shown.ts'
import { readBelongings, titlesOf } from '../party/store.ts'
import { query } from '../platform/http/endpoint.ts'
import { stateOf } from '../platform/journal/kind.ts'
import { heldAt } from './authority.ts'
import {
  type RelationshipRow,
  type RoleHolderRow,
  readHoldersOf,
  readRelationships,
  rolesFor,
} from './store.ts'

const Viewer = z.object({
  person: Ref,
  organisation: Ref,
  sides: z.array(Side),
  roles: z.array(z.object({ relationship: z.string(), side: Side, role: Role, counterpart: Ref })),
})

export const showViewer = query({
  name: 'show_viewer',
  route: 'GET /viewer',
  says: 'Who is signed in, for which organisation, in which roles; and the time of the platform.',
  open: true,
  input: z.strictObject({}),
  output: z.object({ now: z.string(), demonstration: z.boolean(), viewer: Viewer.optional() }),
  refusals: [],
  answer: async ({ viewer, now, demonstration, client, work }) => {
    const here = { now: utcText(now), demonstration }
    const { person, party } = viewer
    if (person === '') return here
    const { rows } = await client.query(rolesFor(party, person))
    const held = heldAt(
      rows.map((row) => stateOf(row) as RoleHolderRow),
      now,
    )
    const counterpart = (one: RoleHolderRow) =>
      one.side === 'provider' ? one.consumer_id : one.provider_id
    const name = await titlesOf(work, [person, party, ...held.map(counterpart)])
    return {
      ...here,
      viewer: {
        person: name(person),
        organisation: name(party),
        sides: [...new Set(held.map(({ side }) => side))],
        roles: held.map((one) => ({
          relationship: one.relationship_id,
          ...{ side: one.side, role: one.role, counterpart: name(counterpart(one)) },
        })),
      },
    }
  },
})

const Party = Ref.extend({
  legal_entities: z.array(Ref).describe('those that it belongs to today'),
})
const RelationshipShown = z.object({
  ...{ id: z.string(), provider: Party, consumer: Party, target_group: Ref },
  ...{ from: z.string(), until: z.string().optional() },
  holders: z.array(z.object({ side: Side, role: Role, person: Ref })),
})

export const listRelationships = query({
  name: 'list_relationships',
  route: 'GET /relationships',
  says: 'The service relationships of your organisation, and who acts in them for either side today; none to whoever holds no role today.',
  open: false,
  input: z.strictObject(paging),
  output: pageOf(RelationshipShown),
  refusals: [],
  answer: async ({ input, client, work, viewer, now }) => {
    const { cursor = '', limit } = input
    const own = await client.query(rolesFor(viewer.party, viewer.person))
    const roles = own.rows.map((row) => stateOf(row) as RoleHolderRow)
    if (heldAt(roles, now).length === 0) return { items: [] }
    const { rows } = await client.query(readRelationships(cursor, limit + 1))
    const shown = rows.slice(0, limit).map((row) => stateOf(row) as RelationshipRow)
    const all = await client.query(readHoldersOf(shown.map(({ id }) => id)))
    const holders = heldAt(
      all.rows.map((row) => stateOf(row) as RoleHolderRow),
      now,
    )
    const holdersOf = Map.groupBy(holders, ({ relationship_id: of }) => of)
    const parties = [...new Set(shown.flatMap((one) => [one.provider_id, one.consumer_id]))]
    const belongings = await readBelongings(work, parties)
    const name = await titlesOf(work, [
      ...parties,
      ...parties.flatMap((one) => belongings(one).map(({ entity }) => entity)),
      ...shown.map((one) => one.target_group_id),
      ...holders.map(({ person_id }) => person_id),
    ])
    const today = utcText(now).slice(0, 10)
    const party = (id: string) => ({
      ...name(id),
      legal_entities: heldOn(today, belongings(id)).map(name),
    })
    const items = shown.map((one) => ({
      id: one.id,
      ...{ provider: party(one.provider_id), consumer: party(one.consumer_id) },
      target_group: name(one.target_group_id),
      from: one.held_from,
      ...(one.held_until !== undefined && { until: one.held_until }),
      holders: (holdersOf.get(one.id) ?? []).map(({ side, role, person_id }) => ({
        ...{ side, role, person: name(person_id) },
      })),
    }))
    const last = items.at(-1)
    return { items, ...(rows.length > limit && last && { next: last.id }) }
  },
})
