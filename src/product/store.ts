import type { QueryConfig } from 'pg'
import type { EntityKind } from '../platform/journal/kind.ts'

/** A resource, product or service as its provider wrote it. */
export type DocumentRow = {
  readonly id: string
  readonly provider_id: string
  /** JSON in the author's order. */
  readonly document: string
}

const documentKind = (name: 'resource' | 'product' | 'service'): EntityKind<DocumentRow> => ({
  name,
  table: name,
  columns: { id: 'text', provider_id: 'text', document: 'text' },
  stream: 'id',
  id: 'id',
  evolve: (_, { entity, data }, entry) => ({
    id: entity,
    provider_id: entry.provider ?? '',
    document: String(data['document']),
  }),
})

export const resourceKind = documentKind('resource')
export const productKind = documentKind('product')
export const serviceKind = documentKind('service')

/** All that the provider of an offering keeps. */
export const portfolioBehind = (offering: string): QueryConfig => ({
  name: 'portfolio behind an offering',
  text: `select document.id, document.document
    from offering
    join (
      select id, provider_id, document from resource
      union all
      select id, provider_id, document from product
      union all
      select id, provider_id, document from service
    ) as document using (provider_id)
    where offering.id = $1`,
  values: [offering],
})

/** All that a provider keeps behind its offerings. */
export const readPortfolio = (provider: string): QueryConfig => ({
  name: 'portfolio of a provider',
  text: `select 'resource' as kind, id, document from resource where provider_id = $1
    union all
    select 'product', id, document from product where provider_id = $1
    union all
    select 'service', id, document from service where provider_id = $1
    order by 1, 2`,
  values: [provider],
})
