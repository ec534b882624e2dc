import {
  componentRefused,
  orderRefused,
  permissionRefused,
  receiptRefused,
} from '../consumption/rules.ts'
import type { OrderRow } from '../consumption/store.ts'
import type { Component } from '../contract/reading.ts'
import { type Refusal, refuser } from '../kernel/refusal.ts'
import type { Allowance } from '../party/shown.ts'
import { type ProvisionName, provisions, refusalOf, type Target } from '../provision/rules.ts'
import {
  consumers,
  everyone,
  exercised,
  type Held,
  type Holder,
  staff,
} from '../relationship/authority.ts'
import type { Side } from '../relationship/terms.ts'
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
  const { now, offering } = read
  const elsewhen = isElsewhen(read) ? refuse('moment_must_be_now') : undefined
  return rules
    .filter(({ roles }) => roles.some((role) => role.startsWith(side)))
    .map(({ command, roles, refusal }) => {
      const role = exercised(held, roles, { person, claimed, now, zone: offering.zone })
      const refused = elsewhen ?? ('refusal' in role ? role.refusal : refusal(role.role))
      return { command, ...(refused && { refused }) }
    })
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
  const { row, now } = read
  const free = component.serialised && { item: { id: '', tag: '' } }
  const target: Target = {
    agreement: row.id,
    component,
    granted: isGranted(read, component.id),
    ...free,
  }
  const provide = (command: ProvisionName): Rule => ({
    command,
    roles: provisions[command].roles,
    refusal: () => runningRefusal(row.status) ?? refusalOf(command, read, target, now),
  })
  const consume = (command: string, refusal: () => Refusal | undefined): Rule => ({
    command,
    roles: consumers,
    refusal: () => runningRefusal(row.status) ?? refusal(),
  })
  const permission = () =>
    permissionRefused(read, component, { kinds: kindsOf(read, onlooker), at: now })
  const rules: Record<Component['kind'], readonly Rule[]> = {
    good: [
      provide('hand_over_good'),
      consume('confirm_receipt', () => receiptRefused(read, component)),
    ],
    access: [
      provide('grant_access'),
      ...(component.serialised ? [] : [provide('end_access')]),
      consume('record_use', permission),
    ],
    action: [
      consume('place_order', permission),
      {
        command: 'perform_action',
        roles: staff,
        refusal: () => haltedRefusal(row.status) ?? componentRefused(component, 'action'),
      },
    ],
  }
  return buttons(rules[component.kind], onlooker, read)
}

/** What may be done with one thing that is out. */
export function itemAllowances(
  read: Read,
  { component, item }: { readonly component: Component; readonly item: ItemOut },
  onlooker: Onlooker,
): Allowance[] {
  if (component.kind !== 'access') return []
  const { row, now } = read
  const granted = isGranted(read, component.id, item.tag)
  const target: Target = { agreement: row.id, component, granted, item }
  const names: readonly ProvisionName[] = ['record_kept', 'take_back', 'end_access']
  const rules = names.map((command) => ({
    command,
    roles: provisions[command].roles,
    refusal: () =>
      ('survives' in provisions[command] ? haltedRefusal : runningRefusal)(row.status) ??
      refusalOf(command, read, target, now),
  }))
  return buttons(rules, onlooker, read)
}

export function orderAllowances(read: Read, order: OrderRow, onlooker: Onlooker): Allowance[] {
  const names = ['respond_to_order', 'perform_action'] as const
  const rules = names.map((command) => ({
    command,
    roles: staff,
    refusal: () => haltedRefusal(read.row.status) ?? orderRefused(order, command),
  }))
  return buttons(rules, onlooker, read)
}

export function factAllowance(
  read: Read,
  by: 'provider' | 'consumer' | 'both',
  onlooker: Onlooker,
): Allowance | undefined {
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
  const acting = exercised(held, consumers, { person, claimed, now, zone: offering.zone })
  if ('role' in acting && acting.role === 'consumer customer') return Object.keys(row.users)
  return Object.entries(row.users)
    .filter(([, persons]) => persons.includes(person))
    .map(([kind]) => kind)
}
