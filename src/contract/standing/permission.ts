import type { Instant } from '../../kernel/time.ts'
import { type Agreement, revisionAt } from '../agreement/revision.ts'
import type { Component } from '../compiling.ts'
import { type Derivation, derive, type Input, leaf, onlyIf } from '../derivation.ts'
import { chronological, happenedLeaf } from '../happening.ts'
import type { Asking, Happening } from '../scope.ts'
import { valueText } from '../value.ts'
import { aboutSame, aspectOf, itemsOf, type StandingName, type Thing } from './standing.ts'

export type PermissionQuestion = {
  readonly component: Component
  readonly user: string
  readonly at: Instant
  readonly item?: string
}
type Permission = {
  readonly derivation: Derivation
  readonly clause: string
  /** Limits that are exceeded and only warn. */
  readonly warnings?: readonly string[]
}

/**
 * May this user use it now? In the agreed period, covered, the right given and not suspended or ended, the grant not
 * ended, every limit kept: the first step that fails decides. What the consumer owns it may use: the agreement's right is not asked.
 */
export function permission(
  agreement: Agreement,
  asking: Asking,
  question: PermissionQuestion,
): Permission {
  const { component, item } = question
  const items = component.serialised && item === undefined ? itemsOf(asking, component) : []
  const things: readonly Thing[] =
    items.length > 0
      ? items.map((one) => ({ component, item: one }))
      : [{ component, ...(item !== undefined && { item }) }]
  let first: Permission | undefined
  for (const thing of things) {
    const found = permissionOf(thing, agreement, asking, question)
    // One that may be used is enough: of two hundred lent the others need not be asked.
    if (found.derivation.value === true) return found
    first ??= found
  }
  return first ?? { derivation: leaf(false), clause: component.id }
}

function permissionOf(
  thing: Thing,
  agreement: Agreement,
  asking: Asking,
  question: PermissionQuestion,
): Permission {
  const { component } = thing
  const title = aspectOf('title', agreement, asking, thing)
  const owned = derive(
    'same',
    [
      { as: 'title', is: title.value },
      { as: 'owner', is: leaf('consumer') },
    ],
    undefined,
    { name: 'owned' },
  )
  const passing = title.changes.at(-1)?.clause
  if (component.kind === 'good') return { derivation: owned, clause: passing ?? component.id }
  const steps = [
    inForce(asking, question),
    covered(question),
    ...rightGiven(thing, agreement, asking),
    ...grantOpen(thing, agreement, asking),
    ...limits(agreement, asking, question, 'refuse'),
  ]
  const warnings = limits(agreement, asking, question, 'warn')
    .filter((step) => step.is.value !== true)
    .map((step) => step.clause)
  const granted = derive(
    'permit',
    steps.map(({ as, is }) => ({ as, is })),
  )
  const derivation = derive(
    'any',
    [
      { as: 'owned', is: owned },
      { as: 'granted', is: granted },
    ],
    undefined,
    { name: 'may' },
  )
  if (owned.value === true) return { derivation, clause: passing ?? component.id }
  const decisive = steps.find((step) => step.is.value !== true)
  return { derivation, clause: decisive?.clause ?? component.id, warnings }
}

type Step = Input & { readonly clause: string }

function inForce(asking: Asking, { at }: PermissionQuestion): Step {
  const instant: Input = { as: 'asked at', is: leaf(at), role: 'asked at' }
  const clause = 'agreement_period'
  const started = derive('from', [
    instant,
    { as: 'agreed start', is: leaf(asking.frame.agreed.start, { clause }) },
  ])
  const ending = asking.ending()
  const running = derive('below', [instant, { as: 'end', is: ending }])
  const brings = ({ at: end, applies }: Happening) =>
    end === ending.value && applies?.value !== false
  const ended = running.value === false ? asking.ends().find(brings) : undefined
  return {
    as: 'in the agreed period',
    clause: ended?.kind ?? clause,
    is: derive(
      'all',
      [
        { as: 'started', is: started, role: 'agreed period' },
        { as: 'running', is: running },
      ],
      undefined,
      { clause },
    ),
  }
}

function covered({ component, user }: PermissionQuestion): Step {
  const { id: clause, users } = component
  const choices = users.map((one) => ({ as: 'covered', is: leaf(one, { clause }) }))
  return {
    as: 'user covered',
    clause,
    is: derive('one-of', [{ as: 'user', is: leaf(user), role: 'user' }, ...choices], undefined, {
      clause,
    }),
  }
}

/** Which changes can have made a right what it is; none where it never was given. */
const deciding: Partial<Record<string, readonly string[]>> = {
  ended: ['ended'],
  suspended: ['suspended'],
  given: ['given', 'restored'],
}

function rightGiven(thing: Thing, agreement: Agreement, asking: Asking): Step[] {
  const { value, changes } = aspectOf('right', agreement, asking, thing)
  const wanted = deciding[valueText(value.value)] ?? []
  const clause = changes.findLast(({ to }) => wanted.includes(to))?.clause ?? thing.component.id
  const allowed = ['given', 'restored'].map((one) => ({ as: 'allowed', is: leaf(one) }))
  return [
    {
      as: 'right of use',
      clause,
      is: derive('one-of', [{ as: 'right', is: value }, ...allowed], undefined, { clause }),
    },
  ]
}

/**
 * Access that was granted is used only until that grant has ended (I19); granted again, it may be used again. Where a
 * term of the component reads the same fact, the term says what it means.
 */
function grantOpen(thing: Thing, agreement: Agreement, asking: Asking): Step[] {
  const { component } = thing
  const clause = component.id
  const changes = changesOfGrant(thing, agreement, asking)
  if (changes.length === 0) return []
  const from = changes.map((event): Input => {
    const grant = leaf(event.kind, { clause })
    return { as: event.kind, is: onlyIf(happenedLeaf(event, undefined), grant, { clause }) }
  })
  const first = { as: 'at first', is: leaf('granted', { clause }) }
  const name = 'grant' satisfies StandingName
  const grant = derive('standing', [first, ...from], undefined, { name })
  const allowed = { as: 'allowed', is: leaf('granted') }
  const is = derive('one-of', [{ as: 'grant', is: grant }, allowed], undefined, { clause })
  return [{ as: 'grant', clause, is }]
}

function changesOfGrant({ component, item }: Thing, agreement: Agreement, asking: Asking) {
  const events = ['granted', 'ended'].flatMap((kind) => {
    const all = asking.happenings(kind)
    return item ? aboutSame(all, item) : all
  })
  return events
    .filter(({ kind, fact }) => {
      const { contract } = revisionAt(agreement, fact.at)
      const isRead = [...contract.transitions.values()].some(
        ({ words }) =>
          words.of === component.id && words.right !== undefined && words.on.includes(kind),
      )
      const about = asking.facts.componentOfItem(fact.about ?? '') ?? fact.component ?? fact.about
      return !isRead && about === component.id
    })
    .toSorted(chronological)
}

function limits(
  agreement: Agreement,
  asking: Asking,
  { component, at, item }: PermissionQuestion,
  exceeded: 'refuse' | 'warn',
): Step[] {
  const { contract } = revisionAt(agreement, at)
  return [...contract.limits]
    .filter(([, { words }]) => words.of === component.id && words['if-exceeded'] === exceeded)
    .map(([clause, limit]) => ({ as: 'limit', clause, is: limit.holds(asking, at, item) }))
}
