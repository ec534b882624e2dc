import { z } from 'zod'
import { inForceAt } from '../agreement/contract.ts'
import { recording } from '../agreement/recording.store.ts'
import { factRefusals, happenedAt, situationRefusals } from '../agreement/situation.store.ts'
import { SenderId } from '../agreement/terms.ts'
import {
  componentRefused,
  type consumptionRefusals,
  orderRefused,
  refuseConsumption,
} from '../consumption/rules.ts'
import { orderKind } from '../consumption/store.ts'
import { utcText } from '../kernel/time.ts'
import { command } from '../platform/http/endpoint.ts'
import type { Event } from '../platform/journal/entry.ts'
import type { Holder } from '../relationship/authority.ts'
import { type ownFactRefusals, recorders, refuseFact, valuesRefused } from './own-facts.ts'

const staff: readonly Holder[] = ['provider practitioner', 'provider owner']
const everyone: readonly Holder[] = [...staff, 'consumer customer', 'consumer user']
const instant = z.string().max(40)
const values = z
  .record(z.string().max(60), z.string().max(500))
  .default({})
  .describe('what the offering declares for this kind of fact')
const id = SenderId.optional().describe('of the fact, where the sender has a name for it')
const Recorded = z.object({ id: z.string().describe('of the fact that was recorded') })
/** In the order in which they are checked. */
const refusing = (
  ...names: readonly (keyof typeof consumptionRefusals | keyof typeof ownFactRefusals)[]
) => [...Object.keys(situationRefusals), ...names, ...Object.keys(factRefusals)]

const ResponseInput = z.strictObject({
  ...{ agreement: z.string(), order: z.string().max(80), id },
  at: instant.optional(),
})

export const respondToOrder = command({
  name: 'respond_to_order',
  route: 'POST /agreements/:agreement/orders/:order/response',
  says: 'Answers an order: the clock of a response stops.',
  roles: staff,
  input: ResponseInput,
  output: Recorded,
  refusals: refusing('order_not_found', 'order_must_be_open', 'instant_must_not_precede_order'),
  command: recording('respond_to_order', {
    roles: staff,
    survives: 'end',
    beside: orderKind,
    at: ({ at }: z.output<typeof ResponseInput>) => at,
    make: (input, { facts, at, id }) => {
      const order = facts.entity(orderKind, input.agreement, input.order)
      const refusal = orderRefused(order, 'respond_to_order')
      if (refusal) return { refusal }
      if (!order) throw new Error(`${input.order} was found and is gone`)
      if (at < order.requested_at)
        return { refusal: refuseConsumption('instant_must_not_precede_order', '/at') }
      const said = { about: order.id, component: order.component, at }
      return {
        fact: { id, kind: 'responded', said },
        events: [orderEvent('order_responded', order.id, at)],
      }
    },
  }),
})

const ActionInput = z.strictObject({
  ...{ agreement: z.string(), component: z.string().min(1).max(60), id, values },
  order: z.string().max(80).optional(),
  from: instant.optional().describe('when the work began; when it ended, where it is not said'),
  to: instant.optional().describe('when it ended; now, where it is not said'),
})

export const performAction = command({
  name: 'perform_action',
  route: 'POST /agreements/:agreement/actions',
  says: 'Records a service action that was performed, with its time.',
  roles: staff,
  input: ActionInput,
  output: Recorded,
  refusals: refusing(
    'component_unknown',
    'component_must_be_action',
    'order_not_found',
    'order_must_be_of_the_component',
    'order_must_be_open',
    'instant_must_not_precede_order',
    'value_must_be_of_its_own',
  ),
  command: recording('perform_action', {
    roles: staff,
    survives: 'end',
    beside: orderKind,
    at: ({ to }: z.output<typeof ActionInput>) => to,
    pointer: '/to',
    make: (input, found) => {
      const { situation, facts, at: to, id } = found
      const component = inForceAt(situation, found.instant).components.get(input.component)
      const order =
        input.order === undefined
          ? undefined
          : facts.entity(orderKind, input.agreement, input.order)
      const refusal =
        componentRefused(component, 'action') ??
        (input.order === undefined
          ? undefined
          : orderRefused(order, 'perform_action', input.component))
      if (refusal) return { refusal }
      const began = happenedAt(situation, input.from ?? to, '/from')
      if ('refusal' in began) return began
      if (order && utcText(began.at) < order.requested_at)
        return { refusal: refuseConsumption('instant_must_not_precede_order', '/from') }
      const reserved = valuesRefused(input.values)
      if (reserved) return { refusal: reserved }
      const about = order && { about: order.id }
      const said = { component: input.component, ...about, from: utcText(began.at), to }
      return {
        fact: { id, kind: 'performed', said: { ...input.values, ...said } },
        events: order ? [orderEvent('order_performed', order.id, to)] : [],
      }
    },
  }),
})

const FactInput = z.strictObject({
  ...{ agreement: z.string(), kind: z.string().max(60), id, values },
  at: instant.optional().describe('when it happened; of an interval, when it began'),
  to: instant.optional().describe('when an interval ended'),
  about: z.string().max(80).optional(),
  component: z.string().max(60).optional(),
})

export const recordFact = command({
  name: 'record_fact',
  route: 'POST /agreements/:agreement/facts',
  says: 'Records a fact of a kind that the offering declares, or that no other command records.',
  roles: everyone,
  input: FactInput,
  output: Recorded,
  refusals: refusing(
    'fact_undeclared',
    'fact_has_its_own_command',
    'fact_must_be_measured_by_its_side',
    'value_must_be_of_its_own',
  ),
  command: recording('record_fact', {
    roles: everyone,
    survives: 'end',
    beside: orderKind,
    at: ({ at }: z.output<typeof FactInput>) => at,
    make: (input, { situation, id, at, instant }) => {
      const kind = inForceAt(situation, instant).factKinds.get(input.kind)
      if (!kind) return { refusal: refuseFact('fact_undeclared', '/kind') }
      const may = recorders(kind, inForceAt(situation, instant).words)
      if (may === 'by a command')
        return { refusal: refuseFact('fact_has_its_own_command', '/kind') }
      if (may !== 'both' && !situation.role.startsWith(may) && situation.role !== 'platform')
        return { refusal: refuseFact('fact_must_be_measured_by_its_side', '/kind') }
      const reserved = valuesRefused(input.values)
      if (reserved) return { refusal: reserved }
      const ended = input.to === undefined ? undefined : happenedAt(situation, input.to, '/to')
      if (ended && 'refusal' in ended) return ended
      const when =
        kind.shape === 'interval' ? { from: at, ...(ended && { to: utcText(ended.at) }) } : { at }
      const { about, component } = input
      const concerning = {
        ...(about !== undefined && { about }),
        ...(component !== undefined && { component }),
      }
      return { fact: { id, kind: input.kind, said: { ...input.values, ...concerning, ...when } } }
    },
  }),
})

const orderEvent = (type: string, entity: string, at: string): Event => ({
  ...{ type, v: 1, kind: orderKind.name, entity, data: { at } },
})
