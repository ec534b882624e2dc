import type { QueryConfig } from 'pg'
import type { EntityKind } from '../platform/journal/kind.ts'

export type OfferingRow = {
  readonly id: string
  readonly provider_id: string
  /** JSON in the author's order. */
  readonly draft?: string
  readonly latest_version: number
}

export type OfferingVersionRow = {
  readonly offering_id: string
  readonly id: string
  readonly version: number
  readonly provider_id: string
  readonly title: string
  readonly target_groups: readonly string[]
  readonly currency: string
  readonly zone: string
  /** The words that a search looks in. */
  readonly found_by: string
  /** JSON in the author's order. */
  readonly document: string
  readonly published_at: string
}

export const offeringKind: EntityKind<OfferingRow> = {
  name: 'offering',
  table: 'offering',
  columns: { id: 'text', provider_id: 'text', draft: 'text', latest_version: 'int' },
  stream: 'id',
  id: 'id',
  evolve: (state, { type, entity, data }, entry) => {
    const known = state ?? {
      id: entity,
      provider_id: entry.provider ?? '',
      latest_version: 0,
    }
    if (type === 'offering_drafted') return { ...known, draft: String(data['document']) }
    const { draft: _published, ...rest } = known
    return { ...rest, latest_version: Number(data['version']) }
  },
}

export const offeringVersionKind: EntityKind<OfferingVersionRow> = {
  name: 'offering_version',
  table: 'offering_version',
  columns: {
    ...{ offering_id: 'text', id: 'text', version: 'int', provider_id: 'text', title: 'text' },
    ...{
      target_groups: 'text[]',
      currency: 'text',
      zone: 'text',
      found_by: 'text',
      document: 'text',
      published_at: 'timestamptz',
    },
  },
  stream: 'offering_id',
  id: 'id',
  neverChanges: true,
  evolve: (_, { entity, data }, entry) => ({
    offering_id: entry.stream,
    id: entity,
    version: Number(data['version']),
    provider_id: entry.provider ?? '',
    title: String(data['title']),
    target_groups: data['target_groups'] as string[],
    currency: String(data['currency']),
    zone: String(data['zone']),
    found_by: String(data['found_by']),
    document: String(data['document']),
    published_at: entry.occurredAt,
  }),
}

export const versionId = (offering: string, version: number) => `${offering}_${version}`

export const readVersion = (offering: string, version: number): QueryConfig => ({
  name: 'offering version',
  text: `select offering_id, id, version, provider_id, title, target_groups, currency, zone, found_by, document, published_at
    from offering_version
    where offering_id = $1
      and version = $2`,
  values: [offering, version],
})

/** The latest published version of an offering. */
export const readLatest = (offering: string): QueryConfig => ({
  name: 'latest offering version',
  text: `select offering_id, id, version, provider_id, title, target_groups, currency, zone, found_by, document, published_at
    from offering_version
    where offering_id = $1
    order by version desc
    limit 1`,
  values: [offering],
})

/** The version that an agreement was made on. */
export const versionOfAgreement = (agreement: string): QueryConfig => ({
  name: 'version of agreement',
  text: `select offering_version.*
    from agreement
    join offering_version on offering_version.offering_id = agreement.offering_id
      and offering_version.version = agreement.offering_version
    where agreement.id = $1`,
  values: [agreement],
})

const latest = `select distinct on (offering_id) offering_id, id, version, provider_id, title, target_groups,
      currency, zone, found_by, document, published_at
    from offering_version
    order by offering_id, version desc`

/** By id, so that a cursor is the last id seen. Titles are searched by any part of them. */
export const readCatalogue = (page: {
  readonly after: string
  readonly limit: number
  readonly search: string | undefined
  readonly group: string | undefined
}): QueryConfig => ({
  name: 'catalogue',
  text: `select *
    from (${latest}) as latest
    where offering_id > $1
      and not exists (
        select from regexp_split_to_table(lower(coalesce($2, '')), '\\s+') as word
        where position(word in lower(found_by)) = 0
      )
      and ($3::text is null or $3 = any(target_groups))
    order by offering_id
    limit $4`,
  values: [page.after, page.search ?? null, page.group ?? null, page.limit],
})

export const readGroups: QueryConfig = {
  name: 'target groups of the catalogue',
  text: `select distinct unnest(target_groups) as id
    from (${latest}) as latest
    order by id`,
}

export const readVersions = (offering: string): QueryConfig => ({
  name: 'versions',
  text: `select version, published_at
    from offering_version
    where offering_id = $1
    order by version desc`,
  values: [offering],
})

export const readOffering = (offering: string): QueryConfig => ({
  name: 'offering',
  text: 'select * from offering where id = $1',
  values: [offering],
})
