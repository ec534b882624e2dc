import type { QueryConfig } from 'pg'
import type { PlainMap } from '../contract/document/document.ts'
import { derivedId } from '../platform/journal/id.ts'
import type { EntityKind } from '../platform/journal/kind.ts'
import { type Audience, everybody } from '../product/projection.ts'
import { componentsIn, type ShownTo } from './projection.ts'

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
  /** Each component with the target groups that saw it when this was published. */
  readonly shown_to: ShownTo
  /** The words that a search looks in, those of hidden components among them: what it finds is looked at again. */
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
    const { draft, ...rest } = known
    const waiting = type === 'offering_applied' && draft !== undefined && { draft }
    return { ...rest, ...waiting, latest_version: Number(data['version']) }
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
      shown_to: 'jsonb',
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
    shown_to: (data['shown_to'] as ShownTo | undefined) ?? shownBefore(data),
    found_by: String(data['found_by']),
    document: String(data['document']),
    published_at: entry.occurredAt,
  }),
}

/**
 * What was published before it was kept says nothing of it: only its target groups were known to see every component.
 * Migration 0023 says the same in SQL.
 */
function shownBefore(data: Readonly<Record<string, unknown>>): ShownTo {
  const document: PlainMap = JSON.parse(String(data['document']))
  const groups = data['target_groups'] as Audience
  return Object.fromEntries(componentsIn(document).map(({ id }) => [id, groups]))
}

/** The same words are the same draft, whoever kept them and however often. */
export const draftId = (offering: string, document: string) => derivedId('dra', offering, document)

export const versionId = (offering: string, version: number) => `${offering}_${version}`

const columns = Object.keys(offeringVersionKind.columns).join(', ')

export const readVersion = (offering: string, version: number): QueryConfig => ({
  name: 'offering version',
  text: `select ${columns}
    from offering_version
    where offering_id = $1
      and version = $2`,
  values: [offering, version],
})

/** The latest published version of an offering. */
export const readLatest = (offering: string): QueryConfig => ({
  name: 'latest offering version',
  text: `select ${columns}
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

/** Whoever looks: the party he acts for, and the target groups that he is in. */
export type Looking = { readonly party: string; readonly groups: readonly string[] }

/** Where some component is shown to whoever looks; the parameters are his party, then his groups with everybody. */
const isSeen = (party: string, audience: string) => `(
        provider_id = ${party}
        or exists (
          select from jsonb_each(shown_to) as component (id, audience)
          where component.audience ?| ${audience}::text[]
        )
      )`
const audienceIn = ({ groups }: Looking) => [everybody, ...groups]

const latest = `select distinct on (offering_id) ${columns}
    from offering_version
    order by offering_id, version desc`

/** By id, so that a cursor is the last id seen. Titles are searched by any part of them. */
export const readCatalogue = (page: {
  readonly after: string
  readonly limit: number
  readonly search: string | undefined
  readonly group: string | undefined
  readonly looking: Looking
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
      and ${isSeen('$4', '$5')}
    order by offering_id
    limit $6`,
  values: [
    ...[page.after, page.search ?? null, page.group ?? null],
    ...[page.looking.party, audienceIn(page.looking), page.limit],
  ],
})

export const readGroups = (looking: Looking): QueryConfig => ({
  name: 'target groups of the catalogue',
  text: `select distinct unnest(target_groups) as id
    from (${latest}) as latest
    where ${isSeen('$1', '$2')}
    order by id`,
  values: [looking.party, audienceIn(looking)],
})

export const readVersions = (offering: string, looking: Looking): QueryConfig => ({
  name: 'versions',
  text: `select version, published_at
    from offering_version
    where offering_id = $1
      and ${isSeen('$2', '$3')}
    order by version desc`,
  values: [offering, looking.party, audienceIn(looking)],
})

export const readOffering = (offering: string): QueryConfig => ({
  name: 'offering',
  text: 'select * from offering where id = $1',
  values: [offering],
})
