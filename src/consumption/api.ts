import { z } from 'zod'
import { inForceAt } from '../agreement/contract.ts'
import { recording } from '../agreement/recording.store.ts'
import { factRefusals, type Situation, situationRefusalsFor } from '../agreement/situation.store.ts'
import { SenderId } from '../agreement/terms.ts'
import { command } from '../platform/http/endpoint.ts'
import type { Facts } from '../platform/journal/command.ts'
import type { Event } from '../platform/journal/entry.ts'
import { thingsOf } from '../provision/following.store.ts'
import { meansElse } from '../provision/tag.ts'
import {
  type ConsumptionName,
  consumptionRefusalsOf,
  consumptionRefused,
  consumptions,
  type Wanted,
} from './rules.ts'
import { orderKind } from './store.ts'

const fields = {
  agreement: z.string(),
  component: z.string().min(1).max(60),
  id: SenderId.optional().describe('of the fact, where the sender has a name for it'),
}
const at = z.string().max(40).optional().describe('when it happened; now, where it is not said')
/** Who may, and what refuses it, in the order in which it is checked. */
const declared = (name: ConsumptionName) => ({
  roles: consumptions[name].roles,
  refusals: [
    ...situationRefusalsFor(consumptions[name].roles),
    ...consumptionRefusalsOf(name),
    ...Object.keys(factRefusals),
  ],
})
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
    .regex(/^\d{1,15}(\.\d{1,9})?$/, 'is not a quantity such as 3 or 2.5.')
    .optional(),
})
const ReceiptInput = z.strictObject({
  ...{ ...fields, at },
  item: z.string().min(1).max(80).optional().describe('a single thing, by its id (`itm_…`)'),
})

/** A person orders now, or the provider's time would run before he asked. A file tells of orders that were placed. */
type OrderInput = z.output<typeof OrderInput> & { readonly at?: string }
type ReceiptInput = z.output<typeof ReceiptInput>
type Input = Omit<ReceiptInput, 'item'>

const consuming = <Wanted extends Input>(
  called: ConsumptionName,
  make: Parameters<typeof recording<Wanted>>[1]['make'],
) => {
  const { roles } = consumptions[called]
  return recording<Wanted>(called, { roles, beside: orderKind, at: ({ at }) => at, make })
}

export const placeOrder = command({
  name: 'place_order',
  route: 'POST /agreements/:agreement/orders',
  says: 'Asks the provider to perform a service action.',
  ...declared('place_order'),
  input: OrderInput,
  output: z.object({ id: z.string(), fact: z.string() }),
  command: {
    texts: ['says'] satisfies readonly (keyof OrderInput)[],
    ...consuming('place_order', (input: OrderInput, found) => {
      const { situation, at, id, facts, instant } = found
      const order = input.order ?? `ord_${facts.version(input.agreement) + 1}`
      const taken = takenBy(situation, input.order)
      const component = inForceAt(situation, instant).components.get(input.component)
      const wanted = { component, taken, kinds: kindsOf(situation, facts) }
      const refusal = consumptionRefused('place_order', situation, wanted, instant)
      if (refusal) return { refusal }
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
  ...declared('confirm_receipt'),
  input: ReceiptInput,
  output: Recorded,
  command: consuming('confirm_receipt', (input: ReceiptInput, found) => {
    const { situation, facts, at, id, instant } = found
    const component = inForceAt(situation, instant).components.get(input.component)
    const thing = thingsOf(situation, facts).find(({ row }) => row.id === input.item)
    const item = input.item === undefined ? undefined : (thing?.row ?? ('unknown' as const))
    const wanted = { component, item }
    const refusal = consumptionRefused('confirm_receipt', situation, wanted, instant)
    if (refusal) return { refusal }
    const said = { about: thing?.row.tag ?? input.component, component: input.component, at }
    return { fact: { id, kind: 'received', said } }
  }),
})

export const recordUse = command({
  name: 'record_use',
  route: 'POST /agreements/:agreement/uses',
  says: 'Records that a user used what access was granted to.',
  ...declared('record_use'),
  input: UseInput,
  output: Recorded,
  command: consuming('record_use', (input: z.output<typeof UseInput>, found) => {
    const { situation, at, id, facts, instant } = found
    const component = inForceAt(situation, instant).components.get(input.component)
    const wanted = { component, kinds: kindsOf(situation, facts) }
    const refusal = consumptionRefused('record_use', situation, wanted, instant)
    if (refusal) return { refusal }
    const { quantity } = input
    const said = { component: input.component, at, ...(quantity !== undefined && { quantity }) }
    return { fact: { id, kind: 'used', said } }
  }),
})

/** A name that a sender gives; those that the platform gives begin otherwise, and are free. */
function takenBy(situation: Situation, order: string | undefined): Wanted['taken'] {
  if (order === undefined) return undefined
  const isOrder = situation.placed.some(
    ({ fact: { kind, about } }) => kind === 'requested' && about === order,
  )
  if (isOrder) return 'by another order'
  return meansElse(situation, order) ? 'by something else' : undefined
}

/** As which kinds of user the person acts; a customer acts for all of them. */
function kindsOf({ row, role }: Situation, { request }: Facts): readonly string[] {
  const { person } = request.actor
  const own = Object.entries(row.users)
    .filter(([, persons]) => persons.includes(person))
    .map(([kind]) => kind)
  return role === 'consumer customer' ? Object.keys(row.users) : own
}
