import type { QueryConfig } from 'pg'
import type { Side } from '../contract/language/words.ts'
import type { EntityKind } from '../platform/journal/kind.ts'

export type ItemRow = {
  readonly id: string
  readonly provider_id: string
  readonly tag: string
  readonly resource_id: string
  readonly title: Side
  readonly custody: Side
  /** Under which it is out. */
  readonly agreement_id?: string
  /** The agreement that it came back from: its contract may speak of it until it is out again. */
  readonly returned_from?: string
  /** As which it is out or was last, and with whom. */
  readonly component?: string
  readonly consumer_id?: string
  readonly since: string
  /** Of a tag that no thing has, as it was mistyped: the thing that was meant. */
  readonly corrected_to?: string
  /** Of a thing whose tag was corrected: the wrong one, and why, as the id of a free text. */
  readonly was?: string
  readonly because?: string
}

export type GrantRow = {
  readonly agreement_id: string
  readonly id: string
  readonly provider_id: string
  readonly consumer_id: string
  readonly component: string
  /** The tag of a single thing, or the component. */
  readonly about: string
  readonly item_id?: string
  readonly granted_at: string
  readonly ended_at?: string
}

export const itemKind: EntityKind<ItemRow> = {
  name: 'item',
  table: 'item',
  columns: {
    ...{ id: 'text', provider_id: 'text', consumer_id: 'text', tag: 'text', resource_id: 'text' },
    ...{ title: 'text', custody: 'text', agreement_id: 'text', component: 'text' },
    ...{ returned_from: 'text', since: 'timestamptz' },
    ...{ corrected_to: 'text', was: 'text', because: 'text' },
  },
  stream: 'id',
  id: 'id',
  evolve: (state, { type, entity, data }, entry) => {
    const since = entry.occurredAt
    if (type === 'item_registered')
      return {
        ...{ id: entity, provider_id: entry.provider ?? '', tag: String(data['tag']) },
        ...{ resource_id: String(data['resource_id']), title: 'provider', custody: 'provider' },
        since,
      }
    if (type === 'tag_corrected')
      return { ...(data as unknown as ItemRow), id: entity, provider_id: entry.provider ?? '' }
    if (!state) throw new Error(`${type} of the item ${entity}, which was never registered`)
    const { agreement_id: agreement, returned_from: before, ...kept } = state
    if (type === 'item_struck') {
      const { id, provider_id, tag, resource_id } = state
      const nowhere = { title: 'provider', custody: 'provider' } as const
      const corrected_to = String(data['corrected_to'])
      return { id, provider_id, tag, resource_id, ...nowhere, since, corrected_to }
    }
    const standing = { title: data['title'] as Side, custody: data['custody'] as Side, since }
    const from = agreement ?? before
    if (type === 'item_returned')
      return { ...kept, ...standing, ...(from !== undefined && { returned_from: from }) }
    return {
      ...kept,
      ...standing,
      consumer_id: entry.consumer ?? '',
      agreement_id: String(data['agreement_id']),
      component: String(data['component']),
    }
  },
}

export const grantKind: EntityKind<GrantRow> = {
  name: 'access_grant',
  table: 'access_grant',
  columns: {
    ...{ agreement_id: 'text', id: 'text', provider_id: 'text', consumer_id: 'text' },
    ...{ component: 'text', about: 'text', item_id: 'text' },
    ...{ granted_at: 'timestamptz', ended_at: 'timestamptz' },
  },
  stream: 'agreement_id',
  id: 'id',
  evolve: (state, { type, entity, data }, entry) => {
    if (type === 'access_ended' && state) return { ...state, ended_at: String(data['at']) }
    if (type === 'grant_retagged' && state)
      return { ...state, about: String(data['about']), item_id: String(data['item_id']) }
    return {
      agreement_id: entry.stream,
      id: entity,
      provider_id: entry.provider ?? '',
      consumer_id: entry.consumer ?? '',
      component: String(data['component']),
      about: String(data['about']),
      ...(typeof data['item_id'] === 'string' && { item_id: data['item_id'] }),
      granted_at: String(data['at']),
    }
  },
}

export const readItemsOf = (agreement: string): QueryConfig => ({
  name: 'items of agreement',
  text: 'select * from item where agreement_id = $1 order by tag',
  values: [agreement],
})

/** What has a tag and is counted in a resource, in stock and out, by tag: so that a cursor is the last tag seen. */
export const readItems = (
  provider: string,
  { resource, after, limit }: { resource: string; after: string; limit: number },
): QueryConfig => ({
  name: 'things of resource',
  text: `select item.*, agreement.relationship_id, agreement.id as answers_to
    from item
    left join agreement on agreement.id = coalesce(item.agreement_id, item.returned_from)
    where item.provider_id = $1
      and item.resource_id = $2
      and item.corrected_to is null
      and item.tag > $3
    order by item.tag
    limit $4`,
  values: [provider, resource, after, limit],
})

/** The first of every resource of a provider; the provider may keep any number. */
export const readFirstItems = (provider: string, limit: number): QueryConfig => ({
  name: 'first things of resources',
  text: `select item.*, agreement.relationship_id, agreement.id as answers_to
    from resource
    cross join lateral (
      select *
      from item
      where item.provider_id = $1
        and item.resource_id = resource.id
        and item.corrected_to is null
      order by item.tag
      limit $2
    ) as item
    left join agreement on agreement.id = coalesce(item.agreement_id, item.returned_from)
    where resource.provider_id = $1
    order by item.tag`,
  values: [provider, limit],
})

/** Whoever tags a new thing of a provider waits for another who does, until that is stored. */
export const lockResources = (provider: string): QueryConfig => ({
  name: 'lock resources',
  text: 'select id from resource where provider_id = $1 order by id for no key update',
  values: [provider],
})

/** How many of each resource have a tag, and how many of those are out. */
export const countTagged = (provider: string): QueryConfig => ({
  name: 'tagged things',
  text: `select resource_id, count(*)::int as things, count(agreement_id)::int as out
    from item
    where provider_id = $1
      and corrected_to is null
    group by resource_id`,
  values: [provider],
})

/** How often each good that has no tag was handed over and did not come back, by the product's component that it is made of (`city_room.kit`). */
export const readHandedOver = (provider: string): QueryConfig => ({
  name: 'handed over',
  text: `select part.of, sum(times)::text as times
    from (
      select offering_id, offering_version, coalesce(said ->> 'component', said ->> 'about') as good,
        sum(case fact.kind when 'handed_over' then 1 else -1 end) as times
      from fact
      join agreement on agreement.id = fact.agreement_id
      where fact.provider_id = $1
        and fact.kind in ('handed_over', 'returned')
      group by 1, 2, 3
    ) as handed
    join offering_version on offering_version.offering_id = handed.offering_id
      and offering_version.version = handed.offering_version
    cross join lateral jsonb_to_recordset(offering_version.document::jsonb -> 'components')
      as part (good text, of text, serialised text)
    where part.good = handed.good
      and part.serialised is distinct from 'yes'
      and part.of is not null
    group by part.of`,
  values: [provider],
})

export const readGrants = (agreement: string): QueryConfig => ({
  name: 'grants',
  text: 'select * from access_grant where agreement_id = $1 order by granted_at, id',
  values: [agreement],
})
