import type { Pool, QueryConfig } from 'pg'
import type { PlainMap } from '../contract/document/document.ts'

export async function keepIntroduction(
  work: Pool,
  provider: string,
  document: PlainMap,
): Promise<void> {
  await work.query({
    name: 'keep introduction',
    text: `insert into introduction (provider_id, document)
      values ($1, $2)
      on conflict (provider_id) do update
      set document = excluded.document`,
    values: [provider, JSON.stringify(document)],
  })
}

/** Everybody who holds or held a role, with the provider that their relationship is with; the rules judge the dates. */
export const readEverybody: QueryConfig = {
  name: 'everybody',
  text: `select provider_id, consumer_id, side, role, person_id, held_from, held_until
    from role_holder
    order by provider_id, consumer_id, side, role, person_id`,
}

export const readIntroductions: QueryConfig = {
  name: 'introductions',
  text: 'select provider_id, document from introduction order by provider_id',
}

/** The components of what each provider offers, for the kinds that its world has. */
export const readPublished: QueryConfig = {
  name: 'published documents',
  text: `select distinct on (offering_id) provider_id, document
    from offering_version
    order by offering_id, version desc`,
}
