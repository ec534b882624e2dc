import { z } from 'zod'
import { inForceAt } from '../agreement/contract.ts'
import { recording } from '../agreement/recording.store.ts'
import { factRefusals, happenedAt, situationRefusalsFor } from '../agreement/situation.store.ts'
import { SenderId } from '../agreement/terms.ts'
import {
  type consumptionRefusals,
  consumptionRefusalsOf,
  consumptionRefused,
  consumptions,
  refuseConsumption,
} from '../consumption/rules.ts'
import { orderKind } from '../consumption/store.ts'
import { utcText } from '../kernel/time.ts'
import { command } from '../platform/http/endpoint.ts'
import type { Facts } from '../platform/journal/command.ts'
import type { Event } from '../platform/journal/entry.ts'
import { everyone, type Holder } from '../relationship/authority.ts'
import { thingsOf } from './following.store.ts'
import {
  type ownFactRefusals,
  recorders,
  refuseFact,
  undeclaredFact,
  valuesRefused,
} from './own-facts.ts'
import type { provisionRefusals } from './rules.ts'
import { subjectRefused } from './subject.ts'

const instant = z.string().max(40)
const values = z
  .record(z.string().max(60), z.string().max(500))
  .default({})
  .describe('what the offering declares for this kind of fact')
const id = SenderId.optional().describe('of the fact, where the sender has a name for it')
const Recorded = z.object({ id: z.string().describe('of the fact that was recorded') })
/** In the order in which they are checked. */
const refusing = (
  roles: readonly Holder[],
  ...names: readonly (
    | keyof typeof consumptionRefusals
    | keyof typeof ownFactRefusals
    | keyof typeof provisionRefusals
  )[]
) => [...situationRefusalsFor(roles), ...names, ...Object.keys(factRefusals)]

const ResponseInput = z.strictObject({
  ...{ agreement: z.string(), order: z.string().max(80), id },
  at: instant.optional(),
})

export const respondToOrder = command({
  name: 'respond_to_order',
  route: 'POST /agreements/:agreement/orders/:order/response',
  says: 'Answers an order: the clock of a response stops.',
  roles: consumptions.respond_to_order.roles,
  input: ResponseInput,
  output: Recorded,
  refusals: refusing(
    consumptions.respond_to_order.roles,
    ...consumptionRefusalsOf('respond_to_order'),
    'instant_must_not_precede_order',
  ),
  command: recording('respond_to_order', {
    ...consumptions.respond_to_order,
    beside: orderKind,
    at: ({ at }: z.output<typeof ResponseInput>) => at,
    make: (input, { situation, facts, at, id, instant }) => {
      const order = facts.entity(orderKind, input.agreement, input.order)
      const wanted = { order: order ?? ('unknown' as const) }
      const refusal = consumptionRefused('respond_to_order', situation, wanted, instant)
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
  roles: consumptions.perform_action.roles,
  input: ActionInput,
  output: Recorded,
  refusals: refusing(
    consumptions.perform_action.roles,
    ...consumptionRefusalsOf('perform_action'),
    'instant_must_not_precede_order',
    'value_must_be_of_its_own',
  ),
  command: recording('perform_action', {
    ...consumptions.perform_action,
    beside: orderKind,
    at: ({ to }: z.output<typeof ActionInput>) => to,
    pointer: '/to',
    make: (input, { situation, facts, at: to, id, instant }) => {
      const component = inForceAt(situation, instant).components.get(input.component)
      const order =
        input.order === undefined
          ? undefined
          : facts.entity(orderKind, input.agreement, input.order)
      const meant = input.order === undefined ? undefined : (order ?? ('unknown' as const))
      const wanted = { component, order: meant }
      const refusal = consumptionRefused('perform_action', situation, wanted, instant)
      if (refusal) return { refusal }
      const { from = input.to } = input
      const word = input.from === undefined ? '/to' : '/from'
      const began = happenedAt(situation, from, word)
      if ('refusal' in began) return began
      const at = utcText(began.at)
      if (order && at < order.requested_at)
        return { refusal: refuseConsumption('instant_must_not_precede_order', from && word) }
      const reserved = valuesRefused(input.values)
      if (reserved) return { refusal: reserved }
      const about = order && { about: order.id }
      const said = { ...about, component: input.component }
      const fact = { id, kind: 'performed', said: { ...input.values, ...said, from: at, to } }
      if (!order) return { fact }
      const performed = orderEvent('order_performed', order.id, to)
      if (order.status !== 'requested') return { fact, events: [performed] }
      // Who begins the work has answered: nobody can answer once it is done, and the clock of the answer stops.
      return {
        before: { id: `${ownId(facts, input)}_1`, kind: 'responded', said: { ...said, at } },
        fact,
        events: [orderEvent('order_responded', order.id, at), performed],
      }
    },
  }),
})

const ownId = (facts: Facts, { agreement }: { readonly agreement: string }) =>
  `fct_${facts.version(agreement) + 1}`

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
    everyone,
    'fact_undeclared',
    'fact_has_its_own_command',
    'fact_must_be_measured_by_its_side',
    'value_must_be_of_its_own',
    'fact_must_be_an_interval',
    'item_must_be_of_the_component',
    'instant_must_not_precede_hand_over',
    'instant_must_not_precede_last_movement',
  ),
  command: recording('record_fact', {
    roles: everyone,
    survives: 'end',
    beside: orderKind,
    at: ({ at }: z.output<typeof FactInput>) => at,
    make: (input, { situation, facts, id, at, instant }) => {
      const contract = inForceAt(situation, instant)
      const kind = contract.factKinds.get(input.kind)
      if (!kind) return { refusal: undeclaredFact(input.kind, contract) }
      const may = recorders(kind, contract)
      if (may === 'by a command')
        return { refusal: refuseFact('fact_has_its_own_command', '/kind') }
      if (may !== 'both' && !situation.role.startsWith(may) && situation.role !== 'platform')
        return { refusal: refuseFact('fact_must_be_measured_by_its_side', '/kind') }
      const reserved =
        valuesRefused(input.values) ??
        (input.to !== undefined && kind.shape !== 'interval'
          ? refuseFact('fact_must_be_an_interval', '/to')
          : undefined)
      if (reserved) return { refusal: reserved }
      const ended = input.to === undefined ? undefined : happenedAt(situation, input.to, '/to')
      if (ended && 'refusal' in ended) return ended
      const subject = subjectRefused(situation, thingsOf(situation, facts), { ...input, instant })
      if (subject) return { refusal: subject }
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
