import {
  type ConsumptionName,
  consumptionRefused,
  consumptions,
  type Wanted,
} from '../consumption/rules.ts'
import type { OrderRow } from '../consumption/store.ts'
import type { Component } from '../contract/compiling.ts'
import type { Side, Sides } from '../contract/language/words.ts'
import { type Refusal, refuser } from '../kernel/refusal.ts'
import type { Allowance } from '../party/shown.ts'
import { mayGo } from '../provision/away.ts'
import { type ProvisionName, provisions, refusalOf, type Target } from '../provision/rules.ts'
import { consumers, everyone, type Held, type Holder } from '../relationship/authority.ts'
import { acting } from './acting.ts'
import { answered } from './answered.ts'
import { inForceAt } from './contract.ts'
import type { Ground } from './propose.ts'
import { isElsewhen, type Read } from './reading.store.ts'
import { haltedRefusal, runningRefusal } from './situation.store.ts'
import { type StepName, stepRefused, steps } from './steps.ts'

/** Who looks at an agreement: the side, the person, the role that he says he acts in, and those he holds. */
export type Onlooker = {
  readonly side: Side
  readonly person: string
  readonly claimed: string
  readonly held: readonly Held[]
}

const refuse = refuser({
  moment_must_be_now: 'Only now can something be done: you look at another time.',
})

type Rule = {
  readonly command: string
  readonly roles: readonly Holder[]
  /** Given the role that is exercised. */
  readonly refusal: (role: string) => Refusal | undefined
}

/** The buttons of one side: each on, or off with the same refusal that the command would give; all off at another time. */
function buttons(
  rules: readonly Rule[],
  { side, person, claimed, held }: Onlooker,
  read: Read,
): Allowance[] {
  const { now, offering, row } = read
  const elsewhen = isElsewhen(read) ? refuse('moment_must_be_now') : undefined
  return rules
    .filter(({ roles }) => roles.some((role) => role.startsWith(side)))
    .map(({ command, roles, refusal }) => {
      const zone = { zone: offering.zone }
      const role = acting(row, held, { allowed: roles, person, claimed, now, ...zone })
      const refused =
        elsewhen ?? ('refusal' in role ? role.refusal : found(() => refusal(role.role)))
      return { command, ...(refused && { refused }) }
    })
}

/** A button whose rule is more work to find than a page may be is off, and says so. */
function found(refusal: () => Refusal | undefined): Refusal | undefined {
  const asked = answered(() => ({ refused: refusal() }))
  return 'refusal' in asked ? asked.refusal : asked.refused
}

export function stepAllowances(read: Read, onlooker: Onlooker, ground: Ground): Allowance[] {
  const { row, now } = read
  const open = row.status === 'proposed' || row.status === 'accepted'
  if (!open) return []
  // Who proposed it has nothing to accept.
  const accept: readonly StepName[] = row.awaits === onlooker.side ? ['accept_agreement'] : []
  const names: readonly StepName[] = [...accept, 'authorise_budget', 'withdraw_proposal']
  const rules = names.map((command) => ({
    command,
    roles: steps[command].roles,
    refusal: (role: string) => stepRefused(command, { row, role, ground, now }),
  }))
  return buttons(rules, onlooker, read)
}

export type ItemOut = { readonly id: string; readonly tag: string; readonly agreement?: string }

/** What may be done with a component now, without naming one of its items. */
export function componentAllowances(
  read: Read,
  component: Component,
  onlooker: Onlooker,
): Allowance[] {
  const { row } = read
  const free = component.serialised && { item: { id: '', tag: '' } }
  const target: Target = {
    agreement: row.id,
    component,
    granted: isGranted(read, component.id),
    ...free,
  }
  const provide = (command: ProvisionName) => provisionRule(read, command, target)
  const consume = (command: ConsumptionName) =>
    consumptionRule(read, command, () => ({ component, kinds: kindsOf(read, onlooker) }))
  const leaving = component.serialised ? [] : leavingOf(read, component).map(provide)
  const rules: Record<Component['kind'], readonly Rule[]> = {
    good: [
      provide('hand_over_good'),
      ...(component.serialised ? [] : [consume('confirm_receipt')]),
      ...leaving,
    ],
    access: [
      provide('grant_access'),
      ...(component.serialised ? [] : [provide('end_access')]),
      ...leaving,
      consume('record_use'),
    ],
    action: [consume('place_order'), consume('perform_action')],
  }
  return buttons(rules[component.kind], onlooker, read)
}

/** What is not lent, and of whose return no clause speaks, has no button that asks for it. */
const leavingOf = (read: Read, component: Component): readonly ProvisionName[] => [
  ...(mayGo(read, component, 'kept') ? (['record_kept'] as const) : []),
  ...(mayGo(read, component, 'returned') ? (['take_back'] as const) : []),
]

const provisionRule = (read: Read, command: ProvisionName, target: Target): Rule => ({
  command,
  roles: provisions[command].roles,
  refusal: () =>
    statusRefusal(read, provisions[command]) ?? refusalOf(command, read, target, read.now),
})

const consumptionRule = (read: Read, command: ConsumptionName, wanted: () => Wanted): Rule => ({
  command,
  roles: consumptions[command].roles,
  refusal: () =>
    statusRefusal(read, consumptions[command]) ??
    consumptionRefused(command, read, wanted(), read.now),
})

/** What survives the end is done while it runs or when it has run, the rest while it runs. */
const statusRefusal = ({ row }: Read, rule: object) =>
  ('survives' in rule ? haltedRefusal : runningRefusal)(row.status)

/** What may be done with one thing that is out. */
export function itemAllowances(
  read: Read,
  { component, item }: { readonly component: Component; readonly item: ItemOut },
  onlooker: Onlooker,
): Allowance[] {
  const granted = isGranted(read, component.id, item.tag)
  const target: Target = { agreement: read.row.id, component, granted, item }
  const isGood = component.kind === 'good'
  const names: readonly ProvisionName[] = isGood
    ? leavingOf(read, component)
    : ['record_kept', 'take_back', 'end_access']
  const received = () => ({ component, item })
  const rules = [
    ...(isGood ? [consumptionRule(read, 'confirm_receipt', received)] : []),
    ...names.map((command) => provisionRule(read, command, target)),
  ]
  return buttons(rules, onlooker, read)
}

export function orderAllowances(read: Read, order: OrderRow, onlooker: Onlooker): Allowance[] {
  const names = ['respond_to_order', 'perform_action'] as const
  const { components } = inForceAt(read, read.now)
  const component = components.get(order.component)
  const rules = names.map((command) => consumptionRule(read, command, () => ({ order, component })))
  return buttons(rules, onlooker, read)
}

export function factAllowance(read: Read, by: Sides, onlooker: Onlooker): Allowance | undefined {
  const roles = everyone.filter((role) => by === 'both' || role.startsWith(by))
  const refusal = () => haltedRefusal(read.row.status)
  return buttons([{ command: 'record_fact', roles, refusal }], onlooker, read)[0]
}

const isGranted = ({ grants }: Read, component: string, about = component) =>
  grants.some(
    (grant) =>
      grant.component === component && grant.about === about && grant.ended_at === undefined,
  )

/** As which kinds of user the command would take him to act: a customer acts for all of them. */
function kindsOf(
  { row, now, offering }: Read,
  { person, claimed, held }: Onlooker,
): readonly string[] {
  const { zone } = offering
  const found = acting(row, held, { allowed: consumers, person, claimed, now, zone })
  if ('role' in found && found.role === 'consumer customer') return Object.keys(row.users)
  return Object.entries(row.users)
    .filter(([, persons]) => persons.includes(person))
    .map(([kind]) => kind)
}
