import { factsAlone, inForceAt, type SoFar } from '../agreement/contract.ts'
import type { Component } from '../contract/compiling.ts'
import { answerQuestion } from '../contract/question/question.ts'
import { list, the } from '../kernel/grammar.ts'
import { type Refusal, refuser } from '../kernel/refusal.ts'
import { type Instant, utcText } from '../kernel/time.ts'
import { consumers, type Holder, staff } from '../relationship/authority.ts'
import type { OrderRow } from './store.ts'

export type OrderStatus = 'requested' | 'responded' | 'performed'

export const consumptionRefusals = {
  component_unknown: 'The agreement has no such component.',
  component_must_be_action: 'Only service actions are ordered; this is another kind of component.',
  component_must_be_good: 'Only goods are received; this is another kind of component.',
  component_must_be_access: 'Only resources are used; this is another kind of component.',
  agreed_period_must_run: 'The agreed period is over, or has not begun.',
  user_must_be_permitted: 'The agreement does not permit it now.',
  item_must_be_named: 'Say which one: each has its own owner and holder.',
  item_must_not_be_named: 'This component has no single items.',
  item_unknown:
    'There is no such item under this agreement: its id begins with “itm_”, and stands beside its tag.',
  good_must_be_handed_over: 'It was not handed over yet.',
  good_must_not_be_received_twice: 'Its receipt is confirmed already.',
  instant_must_not_precede_hand_over: 'It lies before the hand-over.',
  order_must_not_name_another:
    'This names a thing, a component, a person or something that the agreement declares.',
  order_must_be_new: 'An order of that name is placed already.',
  order_not_found: 'There is no such order under this agreement.',
  instant_must_not_precede_order: 'It lies before the order was placed.',
  order_must_be_open: 'The order is past that.',
  order_must_be_of_the_component: 'The order is for another component.',
} as const
export const refuseConsumption = refuser(consumptionRefusals)
type RefusalName = keyof typeof consumptionRefusals

/** What is wanted of which component, by whom, and the order that is meant. */
export type Wanted = {
  readonly component?: Component | undefined
  /** The single thing that is meant; undefined where none is. */
  readonly item?: { readonly tag: string } | 'unknown' | undefined
  /** As which kinds of user the person acts. */
  readonly kinds?: readonly string[]
  /** Undefined where none is meant. */
  readonly order?: Pick<OrderRow, 'status' | 'component'> | 'unknown' | undefined
  /** What has the name that is given to a new order. */
  readonly taken?: 'by another order' | 'by something else' | undefined
}

/** One rule: the names it refuses by, in order, and the refusal. */
type Check = {
  readonly refuses: readonly RefusalName[]
  readonly refused: (soFar: SoFar, wanted: Wanted, at: Instant) => Refusal | undefined
}

/** What users do, and what is done for them: who may, with which kind of component, and what refuses it, in order. */
type Consumption = {
  readonly roles: readonly Holder[]
  readonly of?: Component['kind']
  readonly checks: readonly Check[]
  /** What was asked for is answered and done also after the end. */
  readonly survives?: 'end'
}

const permitted: Check = {
  refuses: ['agreed_period_must_run', 'user_must_be_permitted'],
  refused: (soFar, { component, kinds = [] }, at) =>
    component && permissionRefused(soFar, component, { kinds, at }),
}
const newName: Check = {
  refuses: ['order_must_not_name_another', 'order_must_be_new'],
  refused: (_, { taken }) => {
    if (taken === 'by something else')
      return refuseConsumption('order_must_not_name_another', '/order')
    return taken ? refuseConsumption('order_must_be_new', '/order') : undefined
  },
}
const arrived: Check = {
  refuses: [
    'good_must_be_handed_over',
    'good_must_not_be_received_twice',
    'instant_must_not_precede_hand_over',
  ],
  refused: (soFar, { component, item }, at) =>
    component &&
    receiptRefused(soFar, { component, ...(typeof item === 'object' && { item }) }, at),
}
const thingNamed: Check = {
  refuses: ['item_must_be_named', 'item_must_not_be_named', 'item_unknown'],
  refused: (_, { component, item }) => {
    if (component?.serialised && !item) return refuseConsumption('item_must_be_named', '/component')
    if (!component?.serialised && item) return refuseConsumption('item_must_not_be_named', '/item')
    return item === 'unknown' ? refuseConsumption('item_unknown', '/item') : undefined
  },
}
const openAs = (...open: readonly OrderStatus[]): Check => ({
  refuses: ['order_not_found', 'order_must_be_of_the_component', 'order_must_be_open'],
  refused: (_, { order, component }) => orderRefused(order, component, open),
})

export const consumptions = {
  place_order: { roles: consumers, of: 'action', checks: [permitted, newName] },
  confirm_receipt: { roles: consumers, of: 'good', checks: [thingNamed, arrived] },
  record_use: { roles: consumers, of: 'access', checks: [permitted] },
  respond_to_order: { roles: staff, checks: [openAs('requested')], survives: 'end' },
  perform_action: {
    roles: staff,
    of: 'action',
    checks: [openAs('requested', 'responded')],
    survives: 'end',
  },
} as const satisfies Record<string, Consumption>
export type ConsumptionName = keyof typeof consumptions

/** Why it may not be done, by the first rule that refuses; undefined where it may. The page asks the same as the command. */
export function consumptionRefused(
  name: ConsumptionName,
  soFar: SoFar,
  wanted: Wanted,
  at: Instant,
): Refusal | undefined {
  const { of, checks }: Consumption = consumptions[name]
  const misfit = of && componentRefused(wanted.component, of)
  if (misfit) return misfit
  for (const check of checks) {
    const refused = check.refused(soFar, wanted, at)
    if (refused) return refused
  }
  return undefined
}

/** What a command may refuse of its component and its order, in the order in which it is checked. */
export function consumptionRefusalsOf(name: ConsumptionName): readonly RefusalName[] {
  const { of, checks }: Consumption = consumptions[name]
  return [
    ...(of ? (['component_unknown', `component_must_be_${of}`] as const) : []),
    ...checks.flatMap(({ refuses }) => refuses),
  ]
}

function componentRefused(
  component: Component | undefined,
  kind: Component['kind'],
): Refusal | undefined {
  if (!component) return refuseConsumption('component_unknown', '/component')
  return component.kind === kind
    ? undefined
    : refuseConsumption(`component_must_be_${kind}`, '/component')
}

/** Whether the contract lets a person use a component at an instant; a customer orders for the users. */
function permissionRefused(
  soFar: SoFar,
  component: Component,
  { kinds, at }: { readonly kinds: readonly string[]; readonly at: Instant },
): Refusal | undefined {
  const { start, end } = soFar.agreement.frame.agreed
  if (at < start || at >= end) return refuseConsumption('agreed_period_must_run', '/component')
  const facts = factsAlone(soFar.placed)
  let clause: string | undefined
  for (const user of kinds) {
    const question = { may: component.id, user, at: utcText(at) }
    const answer = answerQuestion(soFar.agreement, facts, question, { isPerson: true })
    if (answer.derivation.value === true) return undefined
    clause ??= answer.clause
  }
  const title = clause && inForceAt(soFar, at).definitions.get(clause)?.title
  const reason = notForThem(component, kinds) ?? title
  return refuseConsumption(
    'user_must_be_permitted',
    '/component',
    reason === undefined ? undefined : `The agreement does not permit it now: ${reason}.`,
  )
}

function notForThem({ users }: Component, kinds: readonly string[]): string | undefined {
  if (users.length === 0) return 'it names nobody who may use this'
  if (kinds.some((one) => users.includes(one))) return undefined
  return `this is for ${list(users.map((one) => the(one.replaceAll('_', ' '))))} alone`
}

type Received = { readonly component: Component; readonly item?: { readonly tag: string } }

/** Each hand-over of a thing is received once, then or later. */
function receiptRefused(
  { placed }: SoFar,
  { component, item }: Received,
  at: Instant,
): Refusal | undefined {
  const instantsOf = (kind: string) =>
    placed
      .map(({ fact }) => fact)
      .filter((fact) => fact.kind === kind && (fact.component ?? fact.about) === component.id)
      .filter(({ about }) => item === undefined || about === item.tag)
      .map((fact) => fact.at)
  const [given, received] = [instantsOf('handed_over'), instantsOf('received')]
  const pointer = item ? '/item' : '/component'
  if (given.length === 0) return refuseConsumption('good_must_be_handed_over', pointer)
  if (received.length >= given.length)
    return refuseConsumption('good_must_not_be_received_twice', pointer)
  const inOrder = given.toSorted(ascending)
  const isEarly = [...received, at]
    .toSorted(ascending)
    .some((then, place) => then < (inOrder[place] ?? then))
  return isEarly ? refuseConsumption('instant_must_not_precede_hand_over', '/at') : undefined
}

const ascending = (one: Instant, other: Instant) => one - other

/** Work may be done without an order; one that is meant is there, of the component, and not past that. */
function orderRefused(
  order: Wanted['order'],
  component: Component | undefined,
  open: readonly OrderStatus[],
): Refusal | undefined {
  if (order === undefined) return undefined
  if (order === 'unknown') return refuseConsumption('order_not_found', '/order')
  if (component && order.component !== component.id)
    return refuseConsumption('order_must_be_of_the_component', '/order')
  return open.includes(order.status) ? undefined : refuseConsumption('order_must_be_open', '/order')
}
