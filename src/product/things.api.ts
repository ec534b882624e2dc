import type { Pool, PoolClient } from 'pg'
import { z } from 'zod'
import { Allowance, pageOf, paging, Ref } from '../party/shown.ts'
import { titlesOf } from '../party/store.ts'
import { query } from '../platform/http/endpoint.ts'
import { wordsOf } from '../platform/journal/free-text.ts'
import { type Row, stateOf } from '../platform/journal/kind.ts'
import { type ItemRow, readItems } from '../provision/store.ts'
import { authorityRefusals, exercised, staff } from '../relationship/authority.ts'
import { type RoleHolderRow, rolesFor } from '../relationship/store.ts'

export const ThingShown = z.object({
  ...{ id: z.string(), tag: z.string(), title: z.string(), custody: z.string() },
  ...{ since: z.string(), agreement: z.string().optional(), holder: Ref.optional() },
  answers_to: z
    .string()
    .optional()
    .describe('the agreement that it is out under, or came back from last'),
  was: z
    .object({ tag: z.string(), because: z.string() })
    .optional()
    .describe('the tag that it had by mistake, and why'),
  correct: Allowance,
})

export const listThings = query({
  name: 'list_things',
  route: 'GET /portfolio/things',
  says: 'The single things of one resource, by tag: with whom each is, and whose.',
  open: false,
  roles: staff,
  input: z.strictObject({ resource: z.string().max(80), ...paging }),
  output: pageOf(ThingShown),
  refusals: Object.keys(authorityRefusals),
  answer: async ({ input, client, work, viewer, now }) => {
    const { resource, cursor = '', limit } = input
    const page = { resource, after: cursor, limit: limit + 1 }
    const [roles, found] = await Promise.all([
      client.query(rolesFor(viewer.party, viewer.person)),
      client.query(readItems(viewer.party, page)),
    ])
    const held = roles.rows.map((row) => stateOf(row) as RoleHolderRow)
    const who = { person: viewer.person, now, claimed: viewer.role }
    const role = exercised(held, staff, who)
    if ('refusal' in role) return role
    const things = thingsIn(found.rows.slice(0, limit))
    const items = await thingsShown(things, { client, work, held, who })
    const last = things.at(-1)
    return { items, ...(found.rows.length > limit && last && { next: last.tag }) }
  },
})

/** With the agreement that it answers to, which is in a relationship. */
export type Thing = ItemRow & { readonly relationship_id?: string; readonly answers_to?: string }

export const thingsIn = (rows: readonly Record<string, never>[]) =>
  rows.map((row) => stateOf(row) as Row as Thing)

type Looking = {
  readonly client: PoolClient
  readonly work: Pool
  readonly held: readonly RoleHolderRow[]
  readonly who: Parameters<typeof exercised>[2]
}

/** Each with the button that corrects its tag: whoever holds the role in the relationship that it answers to, or in any. */
export async function thingsShown(
  things: readonly Thing[],
  { client, work, held, who }: Looking,
): Promise<z.infer<typeof ThingShown>[]> {
  const corrected = things.flatMap(({ id: stream, because: id }) =>
    id === undefined ? [] : [{ stream, id }],
  )
  const [said, name] = await Promise.all([
    wordsOf(client, corrected),
    titlesOf(
      work,
      things.flatMap(({ consumer_id }) => consumer_id ?? []),
    ),
  ])
  return things.map((thing) => {
    const { id, tag, title, custody, since, agreement_id, consumer_id } = thing
    const { answers_to, relationship_id: relationship, was, because = '' } = thing
    const own = held.filter(
      (one) => relationship === undefined || one.relationship_id === relationship,
    )
    const role = exercised(own, staff, who)
    return {
      ...{ id, tag, title, custody, since },
      ...(agreement_id !== undefined && { agreement: agreement_id }),
      // Of what is back, its row still knows who had it last.
      ...(agreement_id !== undefined && consumer_id && { holder: name(consumer_id) }),
      ...(answers_to !== undefined && { answers_to }),
      ...(was !== undefined && { was: { tag: was, because: said(because) } }),
      correct: { command: 'correct_tag', ...('refusal' in role && { refused: role.refusal }) },
    }
  })
}
