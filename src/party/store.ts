import type { Pool, QueryConfig } from 'pg'
import type { Entry } from '../platform/journal/entry.ts'
import { type EntityKind, stateOf } from '../platform/journal/kind.ts'
import { fold, readEntries } from '../platform/journal/replay.ts'
import type { Belonging } from './rules.ts'

type OrganisationRow = { readonly id: string; readonly kept_at: string }
type PersonRow = {
  readonly organisation_id: string
  readonly id: string
  readonly joined_at: string
}
type LegalEntityRow = { readonly id: string; readonly kept_at: string }
export type BelongingRow = {
  readonly organisation_id: string
  readonly id: string
  readonly legal_entity_id: string
  readonly held_from?: string
  readonly held_until?: string
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

export const legalEntityKind: EntityKind<LegalEntityRow> = {
  name: 'legal_entity',
  table: 'legal_entity',
  columns: { id: 'text', kept_at: 'timestamptz' },
  stream: 'id',
  id: 'id',
  evolve: (state, { entity }, entry) => state ?? { id: entity, kept_at: entry.occurredAt },
}

export const belongingKind: EntityKind<BelongingRow> = {
  name: 'belonging',
  table: 'belonging',
  columns: {
    ...{ organisation_id: 'text', id: 'text', legal_entity_id: 'text' },
    ...{ held_from: 'date', held_until: 'date' },
  },
  stream: 'organisation_id',
  id: 'id',
  evolve: (state, { entity, data }, entry) => {
    const from = data['held_from'] ?? state?.held_from
    return {
      organisation_id: entry.stream,
      id: entity,
      legal_entity_id: state?.legal_entity_id ?? String(data['legal_entity_id']),
      ...(typeof from === 'string' && { held_from: from }),
      ...(typeof data['held_until'] === 'string' && { held_until: data['held_until'] }),
    }
  },
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

/**
 * What organisations belong to, now or as it was known by an instant (UTC text). Read past the policies, as names are:
 * only for parties that the viewer is shown anyway.
 */
export async function readBelongings(
  work: Pool,
  organisations: readonly string[],
  knownBy?: string,
): Promise<(organisation: string) => Belonging[]> {
  const rows =
    knownBy === undefined
      ? (await work.query(belongingsOfAll(organisations))).rows.map(
          (row) => stateOf(row) as BelongingRow,
        )
      : (await Promise.all(organisations.map((one) => readEntries(work, one, knownBy)))).flatMap(
          belongingsIn,
        )
  const byOrganisation = Map.groupBy(rows, ({ organisation_id: of }) => of)
  return (organisation) => (byOrganisation.get(organisation) ?? []).map(belongingOf)
}

const belongingsOfAll = (organisations: readonly string[]): QueryConfig => ({
  name: 'belongings',
  text: `select *
    from belonging
    where organisation_id = any($1)
    order by organisation_id, id`,
  values: [organisations],
})

const organisationKinds = [organisationKind, personKind, belongingKind] as readonly EntityKind[]
const belongingsIn = (entries: readonly Entry[]) =>
  fold(organisationKinds, entries).flatMap(({ kind, state }) =>
    kind.name === belongingKind.name ? [state as BelongingRow] : [],
  )

const belongingOf = ({ legal_entity_id: entity, held_from, held_until }: BelongingRow) => ({
  entity,
  ...(held_from !== undefined && { from: held_from }),
  ...(held_until !== undefined && { until: held_until }),
})

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
