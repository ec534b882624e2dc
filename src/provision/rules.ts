import { inForceAt, type SoFar, standingAt } from '../agreement/contract.ts'
import { spokenTag } from '../agreement/words.ts'
import type { Component } from '../contract/compiling.ts'
import { type Refusal, refuser } from '../kernel/refusal.ts'
import type { Instant } from '../kernel/time.ts'
import { everyone, type Holder, staff } from '../relationship/authority.ts'
import { isAway, isReadOf, type Way } from './away.ts'

/** One single thing, as its own stream knows it. */
export type Item = {
  readonly id: string
  readonly tag: string
  /** Under which agreement it is out, whoever owns it by now. */
  readonly agreement?: string
  /** As which component it is out, or was last. */
  readonly component?: string
  /** When it went out or came back last, under whichever agreement. */
  readonly since?: Instant
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
  component_must_be_a_thing: 'Only goods and resources are kept or come back; this is an action.',
  item_unknown: 'There is no such item, or it is none of yours.',
  item_must_be_new: 'It is registered already.',
  item_must_keep_its_resource: 'It is here already, as a thing of another resource.',
  item_must_be_named: 'Say which one: each has its own owner and holder.',
  item_must_be_named_once: 'Say which one by its id or by its tag, not by both.',
  item_must_be_of_the_component: 'It is no thing of this component.',
  item_must_not_be_named: 'This component has no single items.',
  item_must_be_in_stock: 'It is out already.',
  item_must_be_on_loan: 'Only what is lent under this agreement can be kept or go missing.',
  item_must_be_with_consumer: 'It is not out under this agreement.',
  good_must_be_returnable:
    'It was handed over for good: no clause of the agreement speaks of its return.',
  good_must_not_be_handed_over_twice: 'It was handed over, and is the consumer’s.',
  access_must_not_be_granted_twice: 'Access is granted already.',
  access_must_be_granted: 'There is no access to end.',
  agreed_period_must_run: 'The agreed period is over, or has not begun.',
  instant_must_not_precede_hand_over: 'It lies before the hand-over.',
  instant_must_not_precede_last_movement: 'It was given, or moved otherwise, after that.',
  tag_must_not_name_another: 'This names a component, a kind of user or a person already.',
  stock_must_suffice: 'The resource has no more of them.',
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
  /** Of both, where it says none. */
  readonly of?: 'good' | 'access'
  /** The standard fact that is recorded. */
  readonly fact: string
  readonly checks: readonly Check[]
  /** A thing comes back, or does not, also after the end. */
  readonly survives?: 'end'
}

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

/** What is so at an instant that lies behind, and was changed since, is not to be changed then. */
const mustThenAndNow = (
  name: RefusalName,
  holds: (soFar: SoFar, target: Target, at: Instant) => boolean,
) =>
  must(name, (soFar, target, at) =>
    [...new Set([at, soFar.now])].every((one) => holds(soFar, target, one)),
  )

const inStock = must('item_must_be_in_stock', (_, { item }) => item?.agreement === undefined)
const periodRuns = must(
  'agreed_period_must_run',
  ({ agreement: { frame } }, _, at) => at >= frame.agreed.start && at < frame.agreed.end,
)
const notYetOwned = mustThenAndNow(
  'good_must_not_be_handed_over_twice',
  (soFar, target, at) => standingAt(soFar, thingOf(target), at).title !== 'consumer',
)
const notGranted = must('access_must_not_be_granted_twice', (_, { granted }) => !granted)
const isGranted = must('access_must_be_granted', (_, { granted }) => granted)
const isWithConsumer = (
  soFar: SoFar,
  { agreement, component, item }: Target,
  until: Way,
): boolean => (item ? item.agreement === agreement : isAway(soFar, component, until))
const isOut = must('item_must_be_with_consumer', (soFar, target) =>
  isWithConsumer(soFar, target, 'returned'),
)
/** What is sold stays sold, unless the agreement says what comes of it when it is brought back. */
const isReturnable = must(
  'good_must_be_returnable',
  (soFar, target) =>
    target.component.kind === 'access' ||
    isReadOf(soFar, target.component, 'returned') ||
    standingAt(soFar, thingOf(target), soFar.now).title === 'provider',
)
const isOfComponent = must(
  'item_must_be_of_the_component',
  (_, { agreement, component, item }) =>
    item?.component === undefined ||
    item.agreement !== agreement ||
    item.component === component.id,
)
const isLent = mustThenAndNow(
  'item_must_be_on_loan',
  (soFar, target, at) =>
    isWithConsumer(soFar, target, 'kept') &&
    standingAt(soFar, thingOf(target), at).title === 'provider',
)

/** What moves a thing. That access ends moves none: it comes back before or after. */
const movements = ['handed_over', 'granted', 'kept', 'missing', 'returned'] as const

/** When the thing, or a component without single things, was given or moved last. */
export const lastMovement = (
  { placed }: Pick<SoFar, 'placed'>,
  { component, item }: Pick<Target, 'component'> & { readonly item?: Pick<Item, 'tag'> },
  kinds: readonly string[] = movements,
): Instant | undefined =>
  placed.reduce<Instant | undefined>((last, { fact }) => {
    const { kind, at, about } = fact
    const isIts = item ? about === item.tag : (fact.component ?? about) === component.id
    return isIts && kinds.includes(kind) && !(last !== undefined && last > at) ? at : last
  }, undefined)

/** As which component a thing was given or moved under the agreement: what else was said by its name was of nothing. */
export const givenAs = ({ placed }: Pick<SoFar, 'placed'>, tag: string): string | undefined =>
  placed.find(
    ({ fact: { about, component, kind } }) =>
      about === tag && component !== undefined && given.includes(kind),
  )?.fact.component

export const firstGiven = ({ placed }: Pick<SoFar, 'placed'>, tag: string): Instant | undefined =>
  placed
    .filter(({ fact: { about, kind } }) => about === tag && given.includes(kind))
    .map(({ fact }) => fact.at)
    .reduce<Instant | undefined>((first, at) => Math.min(first ?? at, at), undefined)
const given: readonly string[] = ['handed_over', 'granted']

const notBefore = (kinds: readonly string[]) =>
  must('instant_must_not_precede_last_movement', (soFar, target, at) => {
    const last = lastMovement(soFar, target, kinds)
    return last === undefined || at >= last
  })
/** It moved on since, under this agreement or another; access to it ended since. */
const notSince = must(
  'instant_must_not_precede_last_movement',
  (soFar, target, at) =>
    (target.item?.since ?? at) <= at &&
    (lastMovement(soFar, target, [...movements, 'ended']) ?? at) <= at,
)

export const provisions = {
  hand_over_good: {
    roles: staff,
    of: 'good',
    fact: 'handed_over',
    checks: [itemNamed, periodRuns, inStock, notYetOwned, notSince],
  },
  grant_access: {
    roles: staff,
    of: 'access',
    fact: 'granted',
    checks: [itemNamed, periodRuns, notGranted, inStock, notSince],
  },
  end_access: {
    roles: staff,
    of: 'access',
    fact: 'ended',
    checks: [itemNamed, isOfComponent, isGranted, notBefore(movements)],
  },
  record_kept: {
    roles: everyone,
    fact: 'kept',
    checks: [itemNamed, isOfComponent, isLent, notBefore(movements)],
    survives: 'end',
  },
  take_back: {
    roles: staff,
    fact: 'returned',
    checks: [itemNamed, isOfComponent, isOut, isReturnable, notBefore(movements)],
    survives: 'end',
  },
} as const satisfies Record<string, Provision>

export type ProvisionName = keyof typeof provisions

/** Two of the five give a thing, which may be new; the others end that. */
export const handsOut = (name: ProvisionName) =>
  name === 'hand_over_good' || name === 'grant_access'

/** Why it may not be done, by the first rule that refuses; undefined where it may. The page asks the same as the command. */
export function refusalOf(
  name: ProvisionName,
  soFar: SoFar,
  target: Target,
  at: Instant,
): Refusal | undefined {
  const { of, checks }: Provision = provisions[name]
  const { kind } = target.component
  if (of ? kind !== of : kind === 'action')
    return refuseProvision(
      of ? `component_must_be_${of}` : 'component_must_be_a_thing',
      '/component',
    )
  for (const check of checks) {
    const refused = check.refused(soFar, target, at)
    if (refused)
      return refuseProvision(refused, pointerOf(refused, target), wordsOf(refused, target))
  }
  return undefined
}

/** To the thing, where one is meant and refused; else to the component. */
function pointerOf(refused: RefusalName, { item }: Target): string {
  if (refused.startsWith('instant')) return '/at'
  const isOfComponent = refused === 'item_must_be_named' || refused === 'agreed_period_must_run'
  const isOfThing = item !== undefined || refused === 'item_must_not_be_named'
  return isOfThing && !isOfComponent ? '/item' : '/component'
}

const wordsOf = (refused: RefusalName, { component, item }: Target) =>
  refused === 'access_must_not_be_granted_twice'
    ? `Access to ${item ? spokenTag(item.tag) : `the ${component.title}`} is granted already.`
    : undefined

/** What a command may refuse of its component and its thing, in the order in which it is checked. */
export function refusalsOf(name: ProvisionName): readonly RefusalName[] {
  const { of, checks }: Provision = provisions[name]
  return [
    'component_unknown',
    ...(handsOut(name) ? (['item_must_be_named_once'] as const) : []),
    'item_unknown',
    of ? `component_must_be_${of}` : 'component_must_be_a_thing',
    ...checks.flatMap(({ refuses }) => refuses),
  ]
}

const thingOf = ({ component, item }: Target) => ({
  component,
  ...(item && { item: item.tag }),
})

export const componentOf = (soFar: SoFar, id: string, at: Instant) =>
  inForceAt(soFar, at).components.get(id)
