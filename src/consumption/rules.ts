import { factsAlone, inForceAt, type SoFar } from '../agreement/contract.ts'
import { answerQuestion } from '../contract/question.ts'
import type { Component } from '../contract/reading.ts'
import { type Refusal, refuser } from '../kernel/refusal.ts'
import { type Instant, utcText } from '../kernel/time.ts'

export type OrderStatus = 'requested' | 'responded' | 'performed'

/** What may be done with an order, by how far it is. The page reads the same table. */
export const orderSteps = {
  respond_to_order: ['requested'],
  perform_action: ['requested', 'responded'],
} as const satisfies Record<string, readonly OrderStatus[]>

export const consumptionRefusals = {
  component_unknown: 'The agreement has no such component.',
  component_must_be_action: 'Only service actions are ordered; this is another kind of component.',
  component_must_be_good: 'Only goods are received; this is another kind of component.',
  component_must_be_access: 'Only resources are used; this is another kind of component.',
  agreed_period_must_run: 'The agreed period is over, or has not begun.',
  user_must_be_permitted: 'The agreement does not permit it now.',
  good_must_be_handed_over: 'It was not handed over yet.',
  good_must_not_be_received_twice: 'Its receipt is confirmed already.',
  instant_must_not_precede_hand_over: 'It lies before the hand-over.',
  order_must_be_new: 'An order of that name is placed already.',
  order_not_found: 'There is no such order under this agreement.',
  instant_must_not_precede_order: 'It lies before the order was placed.',
  order_must_be_open: 'The order is past that.',
  order_must_be_of_the_component: 'The order is for another component.',
} as const
export const refuseConsumption = refuser(consumptionRefusals)

export function componentRefused(
  component: Component | undefined,
  kind: Component['kind'],
): Refusal | undefined {
  if (!component) return refuseConsumption('component_unknown', '/component')
  return component.kind === kind
    ? undefined
    : refuseConsumption(`component_must_be_${kind}`, '/component')
}

/** Whether the contract lets a person use a component at an instant; a customer orders for the users. */
export function permissionRefused(
  soFar: SoFar,
  component: Component,
  { kinds, at }: { readonly kinds: readonly string[]; readonly at: Instant },
): Refusal | undefined {
  const { start, end } = soFar.agreement.frame.agreed
  if (at < start || at >= end) return refuseConsumption('agreed_period_must_run')
  const facts = factsAlone(soFar.placed)
  const answers = kinds.map((user) =>
    answerQuestion(soFar.agreement, facts, { may: component.id, user, at: utcText(at) }, true),
  )
  if (answers.some(({ derivation }) => derivation.value === true)) return undefined
  const clause = answers[0]?.clause
  const title = clause && inForceAt(soFar, at).definitions.get(clause)?.title
  return refuseConsumption(
    'user_must_be_permitted',
    '/component',
    title === undefined ? undefined : `The agreement does not permit it now: ${title}.`,
  )
}

export function receiptRefused(
  { placed, now }: SoFar,
  component: Component,
  at: Instant = now,
): Refusal | undefined {
  const of = (kind: string) =>
    placed
      .map(({ fact }) => fact)
      .filter((fact) => fact.kind === kind && (fact.component ?? fact.about) === component.id)
  const given = of('handed_over')
  if (given.length === 0) return refuseConsumption('good_must_be_handed_over', '/component')
  if (of('received').length > 0)
    return refuseConsumption('good_must_not_be_received_twice', '/component')
  return given.every((fact) => at < fact.at)
    ? refuseConsumption('instant_must_not_precede_hand_over', '/at')
    : undefined
}

export function orderRefused(
  order: { readonly status: OrderStatus; readonly component: string } | undefined,
  step: keyof typeof orderSteps,
  component?: string,
): Refusal | undefined {
  if (!order) return refuseConsumption('order_not_found', '/order')
  if (component !== undefined && order.component !== component)
    return refuseConsumption('order_must_be_of_the_component', '/order')
  const open: readonly OrderStatus[] = orderSteps[step]
  return open.includes(order.status) ? undefined : refuseConsumption('order_must_be_open', '/order')
}
