import { inForceAt, type SoFar, standingAt } from '../agreement/contract.ts'
import type { Component } from '../contract/reading.ts'
import { type Refusal, refuser } from '../kernel/refusal.ts'
import type { Instant } from '../kernel/time.ts'
import type { Holder } from '../relationship/authority.ts'

/** One single thing, as its own stream knows it. */
export type Item = {
  readonly id: string
  readonly tag: string
  /** Under which agreement it is out, whoever owns it by now. */
  readonly agreement?: string
}

export type Target = {
  readonly agreement: string
  readonly component: Component
  readonly item?: Item
  /** Whether access to it is granted and has not ended. */
  readonly granted: boolean
}

export const provisionRefusals = {
  component_unknown: 'The agreement has no such component.',
  component_must_be_good: 'Only goods are handed over; this is another kind of component.',
  component_must_be_access: 'Access is granted to resources; this is another kind of component.',
  component_must_be_action:
    'Only service actions are performed; this is another kind of component.',
  item_unknown: 'There is no such item, or it is none of yours.',
  item_must_be_new: 'It is registered already.',
  item_must_be_named: 'Say which one: each has its own owner and holder.',
  item_must_be_of_the_component: 'It is another thing than this component lends.',
  item_must_not_be_named: 'This component has no single items.',
  item_must_be_in_stock: 'It is out already.',
  item_must_be_on_loan: 'Only what is lent under this agreement can be kept or go missing.',
  item_must_be_with_consumer: 'It is not out under this agreement.',
  good_must_not_be_handed_over_twice: 'It was handed over, and is the consumer’s.',
  access_must_not_be_granted_twice: 'Access is granted already.',
  access_must_be_granted: 'There is no access to end.',
  agreed_period_must_run: 'The agreed period is over, or has not begun.',
} as const
export const refuseProvision = refuser(provisionRefusals)
type RefusalName = keyof typeof provisionRefusals

/** One rule: the names it refuses by, in order, and which of them it does. */
type Check = {
  readonly refuses: readonly RefusalName[]
  readonly refused: (soFar: SoFar, target: Target, at: Instant) => RefusalName | undefined
}

/** What the provider does, and what becomes of things: who may, of which kind, what it records, and what refuses it, in order. */
type Provision = {
  readonly roles: readonly Holder[]
  readonly of: 'good' | 'access'
  /** The standard fact that is recorded. */
  readonly fact: string
  readonly checks: readonly Check[]
  /** A thing comes back, or does not, also after the end. */
  readonly survives?: 'end'
}

const staff: readonly Holder[] = ['provider practitioner', 'provider owner']
const everyone: readonly Holder[] = [...staff, 'consumer user', 'consumer customer']

const itemNamed: Check = {
  refuses: ['item_must_be_named', 'item_must_not_be_named'],
  refused: (_, { component, item }) => {
    if (component.serialised && !item) return 'item_must_be_named'
    return !component.serialised && item ? 'item_must_not_be_named' : undefined
  },
}
const must = (
  name: RefusalName,
  holds: (soFar: SoFar, target: Target, at: Instant) => boolean,
): Check => ({ refuses: [name], refused: (...found) => (holds(...found) ? undefined : name) })

const inStock = must('item_must_be_in_stock', (_, { item }) => item?.agreement === undefined)
const periodRuns = must(
  'agreed_period_must_run',
  ({ agreement: { frame } }, _, at) => at >= frame.agreed.start && at < frame.agreed.end,
)
const notYetOwned = must(
  'good_must_not_be_handed_over_twice',
  (soFar, target, at) => standingAt(soFar, thingOf(target), at).title !== 'consumer',
)
const notGranted = must('access_must_not_be_granted_twice', (_, { granted }) => !granted)
const isGranted = must('access_must_be_granted', (_, { granted }) => granted)
const isOut = must(
  'item_must_be_with_consumer',
  (_, { agreement, item }) => item?.agreement === agreement,
)
const isLent = must(
  'item_must_be_on_loan',
  (soFar, target, at) =>
    target.item?.agreement === target.agreement &&
    standingAt(soFar, thingOf(target), at).title === 'provider',
)

export const provisions = {
  hand_over_good: {
    roles: staff,
    of: 'good',
    fact: 'handed_over',
    checks: [itemNamed, periodRuns, inStock, notYetOwned],
  },
  grant_access: {
    roles: staff,
    of: 'access',
    fact: 'granted',
    checks: [itemNamed, periodRuns, notGranted, inStock],
  },
  end_access: { roles: staff, of: 'access', fact: 'ended', checks: [itemNamed, isGranted] },
  record_kept: {
    roles: everyone,
    of: 'access',
    fact: 'kept',
    checks: [itemNamed, isLent],
    survives: 'end',
  },
  take_back: {
    roles: staff,
    of: 'access',
    fact: 'returned',
    checks: [itemNamed, isOut],
    survives: 'end',
  },
} as const satisfies Record<string, Provision>

export type ProvisionName = keyof typeof provisions

/** Why it may not be done, by the first rule that refuses; undefined where it may. The page asks the same as the command. */
export function refusalOf(
  name: ProvisionName,
  soFar: SoFar,
  target: Target,
  at: Instant,
): Refusal | undefined {
  const { of, checks } = provisions[name]
  if (target.component.kind !== of) return refuseProvision(`component_must_be_${of}`, '/component')
  for (const check of checks) {
    const refused = check.refused(soFar, target, at)
    if (refused) return refuseProvision(refused, refused.startsWith('item') ? '/item' : '')
  }
  return undefined
}

/** What a command may refuse of its component and its thing, in the order in which it is checked. */
export const refusalsOf = (name: ProvisionName): readonly RefusalName[] => [
  ...(['component_unknown', 'item_unknown'] as const),
  `component_must_be_${provisions[name].of}`,
  ...provisions[name].checks.flatMap(({ refuses }) => refuses),
]

const thingOf = ({ component, item }: Target) => ({
  component,
  ...(item && { item: item.tag }),
})

export const componentOf = (soFar: SoFar, id: string, at: Instant) =>
  inForceAt(soFar, at).components.get(id)
