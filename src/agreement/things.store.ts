import type { PoolClient, QueryConfig } from 'pg'
import type { Component } from '../contract/compiling.ts'
import type { Side } from '../contract/language/words.ts'
import { stateOf } from '../platform/journal/kind.ts'
import { resourceBehind } from '../product/rules.ts'
import { productId } from '../product/terms.ts'
import type { ItemRow } from '../provision/store.ts'
import { readItemsOf } from '../provision/store.ts'
import { resourceId } from '../resource/terms.ts'
import type { AgreementRow } from './store.ts'

/** More is not chosen from by looking: whoever has more in stock says the tag. */
const freeMax = 200

/** The single things that a page of an agreement shows: those that are out, and to the provider those it could hand out. */
export type Things = {
  readonly items: readonly ItemRow[]
  /** The resource that a component's single things are counted in; the provider's own. */
  readonly resourceOf: (of: string | undefined) => string | undefined
}

/** Only of what the components are made of: the provider may keep any number of other things. */
export async function thingsOf(
  client: PoolClient,
  {
    agreement: { id, provider_id: provider },
    components,
    side,
  }: {
    readonly agreement: Pick<AgreementRow, 'id' | 'provider_id'>
    readonly components: readonly Component[]
    readonly side: Side
  },
): Promise<Things> {
  const out = await client.query(readItemsOf(id))
  const single = components.flatMap(({ serialised, of }) => (serialised && of ? [of] : []))
  if (side === 'consumer' || single.length === 0)
    return { items: statesOf(out.rows), resourceOf: () => undefined }
  const { rows: documents } = await client.query(readMadeOf(single))
  const resourceOf = (of: string | undefined) => resourceBehind(of, documents)
  const resources = [...new Set(single.flatMap((of) => resourceOf(of) ?? []))]
  const free = await Promise.all(resources.map((one) => client.query(readFree(provider, one))))
  return { items: statesOf([...out.rows, ...free.flatMap(({ rows }) => rows)]), resourceOf }
}

const statesOf = (rows: readonly Record<string, never>[]) =>
  rows.map((row) => stateOf(row) as ItemRow)

/** The products that components are of, and the resources that those parts are made of. */
const readMadeOf = (of: readonly string[]): QueryConfig => ({
  name: 'made of',
  text: `with made as (
      select product.id, product.document, part.resources
      from product
      cross join lateral jsonb_to_recordset(product.document::jsonb -> 'components')
        as part (id text, resources jsonb)
      where product.id = any($1)
    )
    select id, document
    from made
    union
    select resource.id, resource.document
    from made
    cross join lateral jsonb_to_recordset(made.resources) as of (resource text)
    join resource on resource.id = '${resourceId('')}' || of.resource`,
  values: [[...new Set(of.map((one) => productId(one.split('.')[0] ?? '')))]],
})

/** In stock, by their tags. */
const readFree = (provider: string, resource: string): QueryConfig => ({
  name: 'free items',
  text: `select *
    from item
    where provider_id = $1
      and resource_id = $2
      and agreement_id is null
      and corrected_to is null
    order by tag
    limit $3`,
  values: [provider, resource, freeMax],
})
