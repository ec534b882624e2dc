import { z } from 'zod'
import { pageOf as pageSchema, paging } from '../party/shown.ts'
import { titlesOf } from '../party/store.ts'
import { query } from '../platform/http/endpoint.ts'
import { stateOf } from '../platform/journal/kind.ts'
import { resourceBehind } from '../product/rules.ts'
import { readPortfolio } from '../product/store.ts'
import type { ItemRow } from '../provision/store.ts'
import { readItems, readItemsOf } from '../provision/store.ts'
import type { RoleHolderRow } from '../relationship/store.ts'
import { readHolders, rolesInAgreement } from '../relationship/store.ts'
import { cardOf, pageOf } from './page.store.ts'
import { readAgreementAsOf } from './reading.store.ts'
import { AgreementCard, AgreementShown, Status } from './shown.ts'
import { type AgreementRow, readAgreements, readEnvelope } from './store.ts'

export const listAgreements = query({
  name: 'list_agreements',
  route: 'GET /agreements',
  says: 'The agreements that your organisation has part in, as they are now.',
  open: false,
  input: z.strictObject({ ...paging, status: Status.optional() }),
  output: pageSchema(AgreementCard),
  refusals: [],
  answer: async ({ input, client, work }) => {
    const { cursor = '', limit, status } = input
    const { rows } = await client.query(readAgreements({ after: cursor, limit: limit + 1, status }))
    const shown = rows.slice(0, limit)
    const name = await titlesOf(
      work,
      shown.flatMap(({ provider_id, consumer_id }) => [provider_id, consumer_id]),
    )
    const items = shown.map((row) =>
      cardOf(
        stateOf(row) as AgreementRow,
        { title: row.offering_title, zone: row.zone, currency: row.currency },
        name,
      ),
    )
    const last = items.at(-1)
    return { items, ...(rows.length > limit && last && { next: last.id }) }
  },
})

export const showAgreement = query({
  name: 'show_agreement',
  route: 'GET /agreements/:agreement',
  says: 'An agreement: what was agreed, what may be done, what happened; as of an instant, as known by another.',
  open: false,
  input: z.strictObject({
    agreement: z.string(),
    at: z.string().max(40).optional(),
    known_by: z.string().max(40).optional(),
  }),
  output: AgreementShown,
  refusals: [
    'agreement_not_found',
    'instant_unreadable',
    'known_by_must_be_settled',
    'known_by_precedes_agreement',
  ],
  answer: async ({ input, client, work, viewer, now }) => {
    const read = await readAgreementAsOf({ client, work, now }, input.agreement, input)
    if ('refusal' in read) return read
    const { row } = read
    const side = viewer.party === row.provider_id ? 'provider' : 'consumer'
    const [held, holders, items, envelope, portfolio] = await Promise.all([
      client.query(rolesInAgreement(row.id, viewer.person)),
      client.query(readHolders(row.relationship_id)),
      client.query(side === 'provider' ? readItems(row.provider_id) : readItemsOf(row.id)),
      client.query(readEnvelope(row.id)),
      client.query(readPortfolio(viewer.party)),
    ])
    const all = holders.rows.map((one) => stateOf(one) as RoleHolderRow)
    const name = await titlesOf(
      work,
      all.map(({ person_id }) => person_id),
    )
    const budget = envelope.rows[0] as { amount: string; currency: string } | undefined
    return pageOf(read, {
      onlooker: {
        side,
        ...{ person: viewer.person, claimed: viewer.role },
        held: held.rows.map((one) => stateOf(one) as RoleHolderRow),
      },
      holders: all,
      name,
      resourceOf: (of) => resourceBehind(of, portfolio.rows),
      items: items.rows.map((one) => stateOf(one) as ItemRow),
      ...(budget && { budget: { amount: budget.amount, currency: budget.currency } }),
    })
  },
})
