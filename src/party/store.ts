import type { Pool } from 'pg'
import type { EntityKind } from '../platform/journal/kind.ts'

type OrganisationRow = { readonly id: string; readonly kept_at: string }
type PersonRow = {
  readonly organisation_id: string
  readonly id: string
  readonly joined_at: string
}
type TargetGroupRow = {
  readonly id: string
  readonly provider_id: string
  readonly title: string
  readonly says?: string
}

export const organisationKind: EntityKind<OrganisationRow> = {
  name: 'organisation',
  table: 'organisation',
  columns: { id: 'text', kept_at: 'timestamptz' },
  stream: 'id',
  id: 'id',
  evolve: (state, { entity }, entry) => state ?? { id: entity, kept_at: entry.occurredAt },
}

export const personKind: EntityKind<PersonRow> = {
  name: 'person',
  table: 'person',
  columns: { organisation_id: 'text', id: 'text', joined_at: 'timestamptz' },
  stream: 'organisation_id',
  id: 'id',
  evolve: (state, { entity }, entry) =>
    state ?? { organisation_id: entry.stream, id: entity, joined_at: entry.occurredAt },
}

export const targetGroupKind: EntityKind<TargetGroupRow> = {
  name: 'target_group',
  table: 'target_group',
  columns: { id: 'text', provider_id: 'text', title: 'text', says: 'text' },
  stream: 'id',
  id: 'id',
  evolve: (_, { entity, data }, entry) => ({
    id: entity,
    provider_id: entry.provider ?? '',
    title: String(data['title']),
    ...(typeof data['says'] === 'string' && { says: data['says'] }),
  }),
}

export type Ref = { readonly id: string; readonly title: string }

/**
 * What parties, persons and groups are called. Only for ids that the viewer is shown anyway: names are read past the
 * policies, so whoever asks for them has decided before who may see whom.
 */
export async function titlesOf(work: Pool, ids: Iterable<string>): Promise<(id: string) => Ref> {
  const { rows } = await work.query<Ref>({
    name: 'titles of',
    text: `select id, title from detail where id = any($1)
      union all
      select id, title from target_group where id = any($1)`,
    values: [[...new Set(ids)]],
  })
  const titles = new Map(rows.map(({ id, title }) => [id, title]))
  return (id) => ({ id, title: titles.get(id) ?? id })
}

export async function keepDetails(
  work: Pool,
  details: readonly { readonly id: string; readonly title: string; readonly says?: string }[],
): Promise<void> {
  await work.query({
    name: 'keep details',
    text: `insert into detail (id, title, says)
      select * from unnest($1::text[], $2::text[], $3::text[])
      on conflict (id) do update
      set title = excluded.title, says = excluded.says`,
    values: [
      details.map(({ id }) => id),
      details.map(({ title }) => title),
      details.map(({ says }) => says ?? null),
    ],
  })
}
