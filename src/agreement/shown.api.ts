import { z } from 'zod'
import { pageOf as pageSchema, paging } from '../party/shown.ts'
import { titlesOf } from '../party/store.ts'
import { query } from '../platform/http/endpoint.ts'
import { stateOf } from '../platform/journal/kind.ts'
import { answered } from './answered.ts'
import { inForceAt } from './contract.ts'
import { readAgreements } from './list.store.ts'
import { type Beside, cardOf, pageOf } from './page.store.ts'
import type { Ground } from './propose.ts'
import { asOfRefusals, readAgreementAsOf } from './reading.store.ts'
import { AgreementCard, AgreementShown, Status } from './shown.ts'
import { type AgreementRow, readEnvelope, readGround } from './store.ts'
import { thingsOf } from './things.store.ts'

export const listAgreements = query({
  name: 'list_agreements',
  route: 'GET /agreements',
  says: 'The agreements of your organisation in whose relationships you hold a role today, as they are now.',
  open: false,
  input: z.strictObject({ ...paging, status: Status.optional() }),
  output: pageSchema(AgreementCard),
  refusals: [],
  answer: async ({ input, client, work, viewer, now }) => {
    const { cursor = '', limit, status } = input
    const reader = { person: viewer.person, now }
    const { rows } = await client.query(
      readAgreements({ reader, after: cursor, limit: limit + 1, status }),
    )
    const shown = rows.slice(0, limit)
    const name = await titlesOf(
      work,
      shown.flatMap(({ provider_id, consumer_id }) => [provider_id, consumer_id]),
    )
    const items = shown.map((row) =>
      cardOf(
        stateOf(row) as AgreementRow,
        { title: row.offering_title, zone: row.zone, currency: row.currency },
        { name, at: now },
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
  refusals: ['agreement_not_found', ...asOfRefusals, 'question_too_large'],
  answer: async ({ input, client, work, viewer, now }) => {
    const read = await readAgreementAsOf({ client, work, viewer, now }, input.agreement, input)
    if ('refusal' in read) return read
    const { row } = read
    const side = viewer.party === row.provider_id ? 'provider' : 'consumer'
    const components = [...inForceAt(read, read.at).components.values()]
    const [things, envelope, ground, name] = await Promise.all([
      thingsOf(client, { agreement: row, components, side }),
      client.query(readEnvelope(row.id)),
      client.query(readGround(row.id)),
      titlesOf(
        work,
        read.holders.map(({ person_id }) => person_id),
      ),
    ])
    const budget = envelope.rows[0] as { amount: string; currency: string } | undefined
    const beside: Beside = {
      onlooker: { side, person: viewer.person, claimed: viewer.role, held: read.held },
      ground: stateOf(ground.rows[0] ?? {}) as Ground,
      name,
      ...things,
      ...(budget && { budget: { amount: budget.amount, currency: budget.currency } }),
    }
    return answered(() => pageOf(read, beside))
  },
})
