import { z } from 'zod'
import { inForceAt } from '../agreement/contract.ts'
import { recording } from '../agreement/recording.store.ts'
import { factRefusals, type Situation, situationRefusals } from '../agreement/situation.store.ts'
import { SenderId } from '../agreement/terms.ts'
import { command } from '../platform/http/endpoint.ts'
import type { Facts } from '../platform/journal/command.ts'
import type { Event } from '../platform/journal/entry.ts'
import { consumers } from '../relationship/authority.ts'
import {
  componentRefused,
  type consumptionRefusals,
  permissionRefused,
  receiptRefused,
  refuseConsumption,
} from './rules.ts'
import { orderKind } from './store.ts'

const fields = {
  agreement: z.string(),
  component: z.string().min(1).max(60),
  id: SenderId.optional().describe('of the fact, where the sender has a name for it'),
}
const at = z.string().max(40).optional().describe('when it happened; now, where it is not said')
/** In the order in which they are checked. */
const refusing = (...names: readonly (keyof typeof consumptionRefusals)[]) => [
  ...Object.keys(situationRefusals),
  'component_unknown',
  ...names,
  ...Object.keys(factRefusals),
]
const Recorded = z.object({ id: z.string().describe('of the fact that was recorded') })

const OrderInput = z.strictObject({
  ...fields,
  order: SenderId.optional().describe('what the sender calls the order'),
  says: z.string().max(500).optional(),
})
const UseInput = z.strictObject({
  ...fields,
  at,
  quantity: z
    .string()
    .regex(/^\d{1,15}(\.\d{1,9})?$/)
    .optional(),
})
const ReceiptInput = z.strictObject({ ...fields, at })

/** A person orders now, or the provider's time would run before he asked. A file tells of orders that were placed. */
type OrderInput = z.output<typeof OrderInput> & { readonly at?: string }
type Input = z.output<typeof ReceiptInput>

const consuming = <Wanted extends Input>(
  called: string,
  make: Parameters<typeof recording<Wanted>>[1]['make'],
) => recording<Wanted>(called, { roles: consumers, beside: orderKind, at: ({ at }) => at, make })

export const placeOrder = command({
  name: 'place_order',
  route: 'POST /agreements/:agreement/orders',
  says: 'Asks the provider to perform a service action.',
  roles: consumers,
  input: OrderInput,
  output: z.object({ id: z.string(), fact: z.string() }),
  refusals: refusing(
    'component_must_be_action',
    'agreed_period_must_run',
    'user_must_be_permitted',
    'order_must_be_new',
  ),
  command: {
    texts: ['says'] satisfies readonly (keyof OrderInput)[],
    ...consuming('place_order', (input: OrderInput, found) => {
      const { situation, at, id, facts, instant } = found
      const component = inForceAt(situation, instant).components.get(input.component)
      const refusal =
        componentRefused(component, 'action') ??
        (component && permissionRefused(situation, component, permitted(situation, facts, instant)))
      if (refusal) return { refusal }
      const order = input.order ?? `ord_${facts.version(input.agreement) + 1}`
      const isTaken = situation.placed.some(({ fact }) => fact.about === order)
      if (isTaken || facts.entity(orderKind, input.agreement, order))
        return { refusal: refuseConsumption('order_must_be_new', '/order') }
      const ordered: Event = {
        ...{ type: 'order_placed', v: 1, kind: orderKind.name, entity: order },
        data: {
          component: input.component,
          at,
          ...(input.says !== undefined && { says: input.says }),
        },
      }
      return {
        fact: { id, kind: 'requested', said: { about: order, component: input.component, at } },
        events: [ordered],
        answer: { id: order, fact: id },
      }
    }),
  },
})

export const confirmReceipt = command({
  name: 'confirm_receipt',
  route: 'POST /agreements/:agreement/receipts',
  says: 'Confirms that a good has arrived.',
  roles: consumers,
  input: ReceiptInput,
  output: Recorded,
  refusals: refusing(
    'component_must_be_good',
    'good_must_be_handed_over',
    'good_must_not_be_received_twice',
    'instant_must_not_precede_hand_over',
  ),
  command: consuming('confirm_receipt', (input: Input, { situation, at, id, instant }) => {
    const component = inForceAt(situation, instant).components.get(input.component)
    const refusal =
      componentRefused(component, 'good') ??
      (component && receiptRefused(situation, component, instant))
    if (refusal) return { refusal }
    const said = { about: input.component, component: input.component, at }
    return { fact: { id, kind: 'received', said } }
  }),
})

export const recordUse = command({
  name: 'record_use',
  route: 'POST /agreements/:agreement/uses',
  says: 'Records that a user used what access was granted to.',
  roles: consumers,
  input: UseInput,
  output: Recorded,
  refusals: refusing(
    'component_must_be_access',
    'agreed_period_must_run',
    'user_must_be_permitted',
  ),
  command: consuming('record_use', (input: z.output<typeof UseInput>, found) => {
    const { situation, at, id, facts, instant } = found
    const component = inForceAt(situation, instant).components.get(input.component)
    const refusal =
      componentRefused(component, 'access') ??
      (component && permissionRefused(situation, component, permitted(situation, facts, instant)))
    if (refusal) return { refusal }
    const { quantity } = input
    const said = { component: input.component, at, ...(quantity !== undefined && { quantity }) }
    return { fact: { id, kind: 'used', said } }
  }),
})

/** As which kinds of user the person acts; a customer acts for all of them. */
function permitted({ row, role }: Situation, { request }: Facts, at: number) {
  const { person } = request.actor
  const own = Object.entries(row.users)
    .filter(([, persons]) => persons.includes(person))
    .map(([kind]) => kind)
  const kinds = role === 'consumer customer' ? Object.keys(row.users) : own
  return { kinds, at }
}
