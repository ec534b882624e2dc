import type { PoolClient, QueryConfig } from 'pg'
import { type Instant, utcText } from '../kernel/time.ts'
import { wordsOf } from '../platform/journal/free-text.ts'
import type { EntityKind } from '../platform/journal/kind.ts'
import { isHeldIn } from '../relationship/store.ts'

export type OrderRow = {
  readonly agreement_id: string
  readonly id: string
  readonly provider_id: string
  readonly consumer_id: string
  readonly component: string
  /** The id of a free text. */
  readonly says?: string
  readonly status: 'requested' | 'responded' | 'performed'
  readonly requested_by: string
  readonly requested_at: string
  readonly responded_at?: string
  readonly performed_at?: string
}

export const orderKind: EntityKind<OrderRow> = {
  name: 'service_order',
  table: 'service_order',
  columns: {
    ...{ agreement_id: 'text', id: 'text', provider_id: 'text', consumer_id: 'text' },
    ...{ component: 'text', says: 'text', status: 'text', requested_by: 'text' },
    ...{ requested_at: 'timestamptz', responded_at: 'timestamptz', performed_at: 'timestamptz' },
  },
  stream: 'agreement_id',
  id: 'id',
  evolve: (state, { type, entity, data }, entry) => {
    if (type === 'order_responded' && state)
      return { ...state, status: 'responded', responded_at: String(data['at']) }
    if (type === 'order_performed' && state)
      return { ...state, status: 'performed', performed_at: String(data['at']) }
    return {
      agreement_id: entry.stream,
      id: entity,
      provider_id: entry.provider ?? '',
      consumer_id: entry.consumer ?? '',
      component: String(data['component']),
      ...(typeof data['says'] === 'string' && { says: data['says'] }),
      status: 'requested',
      requested_by: entry.actor.person,
      requested_at: String(data['at']),
    }
  },
}

export const readOrders = (agreement: string): QueryConfig => ({
  name: 'orders',
  text: 'select * from service_order where agreement_id = $1 order by requested_at, id',
  values: [agreement],
})

type Reader = { readonly person: string; readonly party: string; readonly now: Instant }

/** What is still to be answered or performed by somebody for a provider, the longest waiting first. */
export const readOpenOrders = ({ person, party, now }: Reader, limit: number): QueryConfig => ({
  name: 'open orders',
  text: `select service_order.*
    from service_order
    join agreement on agreement.id = service_order.agreement_id
    join offering_version on offering_version.offering_id = agreement.offering_id
      and offering_version.version = agreement.offering_version
    where service_order.provider_id = $3
      and service_order.status in ('requested', 'responded')
      and ${isHeldIn('$1', '$2', ['owner', 'practitioner'])}
    order by requested_at
    limit $4`,
  values: [person, utcText(now), party, limit],
})

/** Orders with the words that were said, in the place of references to them. */
export async function withWords<Order extends Pick<OrderRow, 'agreement_id' | 'says'>>(
  client: PoolClient,
  orders: readonly Order[],
): Promise<Order[]> {
  const said = orders.flatMap(({ agreement_id: stream, says }) =>
    typeof says === 'string' ? [{ stream, id: says }] : [],
  )
  const words = await wordsOf(client, said)
  return orders.map((order) =>
    typeof order.says === 'string' ? { ...order, says: words(order.says) } : order,
  )
}
