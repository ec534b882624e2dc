import { grouped } from '../../kernel/grouped.ts'
import type { Instant } from '../../kernel/time.ts'
import { type Agreement, clausesIn, revisionAt } from '../agreement/revision.ts'
import type { Component } from '../compiling.ts'
import { type Derivation, derive, type Input, leaf, onlyIf } from '../derivation.ts'
import { chronological, happenedLeaf } from '../happening.ts'
import type { Asking, Happening } from '../scope.ts'

/** A component, or one of its items. */
export type Thing = { readonly component: Component; readonly item?: string }
export type Standing = Readonly<
  Record<
    'title' | 'custody' | 'right',
    { readonly value: Derivation; readonly changes: readonly Change[] }
  >
>
type Aspect = keyof Standing
/** How it is called as a step of an answer. */
export type StandingName = Aspect | `${Aspect} ${'before' | 'after'}` | 'grant'
type Change = {
  readonly at: number
  readonly to: string
  readonly clause: string
  readonly fact: string
}

/**
 * Title (who owns it), custody (who holds it) and right (what the agreement lets users do with it): three facts, each
 * with its own line of time. Title and custody are the provider's until a transition passes them. A right is given
 * from the start, unless a transition gives it; `ended` is final.
 */
export function standingOf(agreement: Agreement, asking: Asking, thing: Thing): Standing {
  return {
    title: aspectOf('title', agreement, asking, thing),
    custody: aspectOf('custody', agreement, asking, thing),
    right: aspectOf('right', agreement, asking, thing),
  }
}

export function aspectOf(
  aspect: Aspect,
  agreement: Agreement,
  asking: Asking,
  thing: Thing,
): Standing[Aspect] {
  const { component } = thing
  const changes = changesOf(aspect, agreement, asking, thing)
  const initial = leaf(initially(aspect, agreement, component), { clause: component.id })
  return {
    value: standingAfter(aspect, initial, changes),
    changes: changes.filter(({ event }) => event.applies?.value !== false).map(changeOf),
  }
}

/**
 * How an aspect stood just before an event: after all changes that come earlier in the order of facts; with `then`, how
 * it stands after the event, were it to apply.
 */
export function aspectBefore(
  aspect: Aspect,
  agreement: Agreement,
  asking: Asking,
  { component, event, then }: { component: Component; event: AtHand; then?: Changing },
): Derivation {
  const item = component.serialised ? event.fact.about : undefined
  const thing = { component, ...(item !== undefined && { item }) }
  const earlier = changesOf(aspect, agreement, asking, thing).filter(
    (change) => chronological(change.event, event) < 0,
  )
  const initial = leaf(initially(aspect, agreement, component), { clause: component.id })
  return then
    ? standingAfter(aspect, initial, [...earlier, then], { name: `${aspect} after` })
    : standingAfter(aspect, initial, earlier, { name: `${aspect} before`, until: event.at })
}
type AtHand = Pick<Happening, 'at' | 'fact'>

function standingAfter(
  aspect: Aspect,
  initial: Derivation,
  changes: readonly Changing[],
  { name = aspect, until }: { readonly name?: StandingName; readonly until?: Instant } = {},
): Derivation {
  const inputs = changes.map(({ event, clause, to }): Input => {
    const changed = leaf(to, { clause })
    return { as: event.kind, is: onlyIf(happenedLeaf(event, event.applies), changed, { clause }) }
  })
  const from = [{ as: 'at first', is: initial }, ...inputs]
  if (aspect !== 'right')
    return derive('standing', from, until === undefined ? undefined : { until }, { name })
  const subjects = [undefined, ...changes.map(({ event }) => event.fact.about)]
  return derive('right', from, { subjects }, { name })
}

/** What a transition makes of an event. */
export type Changing = {
  readonly event: Happening
  readonly clause: string
  readonly to: string
}

function changesOf(
  aspect: Aspect,
  agreement: Agreement,
  asking: Asking,
  { component, item }: Thing,
): Changing[] {
  return clausesIn(agreement, 'transitions')
    .flatMap((clause) =>
      concerning(asking.happenings(clause), component, item).flatMap((event): Changing[] => {
        const { contract } = revisionAt(agreement, event.fact.at)
        const words = contract.transitions.get(clause)?.words
        const to = words?.[aspect]
        return to === undefined || words?.of !== component.id ? [] : [{ event, clause, to }]
      }),
    )
    .sort((left, right) => chronological(left.event, right.event))
}

/** An event of an item changes that item alone; one that names none changes the whole component. */
function concerning(
  events: readonly Happening[],
  component: Component,
  item: string | undefined,
): readonly Happening[] {
  if (!component.serialised) return events
  return [...new Set([undefined, component.id, item])].flatMap((about) => aboutSame(events, about))
}

/** Events about exactly this subject. */
export const aboutSame = (events: readonly Happening[], about: string | undefined) =>
  grouped(events, { by: 'about', of: ({ fact }) => fact.about, key: about })

function initially(aspect: Aspect, agreement: Agreement, component: Component): string {
  if (aspect !== 'right') return 'provider'
  const [first] = agreement.revisions
  const givenLater = [...(first?.contract.transitions.values() ?? [])].some(
    ({ words }) => words.of === component.id && words.right === 'given',
  )
  return givenLater ? 'not-given' : 'given'
}

const changeOf = ({ event, clause, to }: Changing): Change => ({
  at: event.at,
  to,
  clause,
  fact: event.fact.id,
})

/** Items of a serialised component that the facts name. */
export function itemsOf(asking: Asking, component: Component): string[] {
  const items = asking.facts.all.flatMap(({ about }) =>
    about !== undefined &&
    about !== component.id &&
    asking.facts.componentOfItem(about) === component.id
      ? [about]
      : [],
  )
  return [...new Set(items)]
}
