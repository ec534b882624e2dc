import type { Component } from './compiling.ts'
import { type Derivation, derive, type Input, leaf, onlyIf } from './derivation.ts'
import { type Fact, inOrder } from './fact/fact.ts'
import type { Asking, Happening, Names } from './scope.ts'

export function isEvent(name: string, names: Names): boolean {
  const [term = '', ending] = name.split('.')
  if (ending !== undefined) return names.find(term)?.endings?.some((one) => one === ending) === true
  return names.fact(name) !== undefined || names.find(name)?.sort === 'transition'
}

/** The term that makes an event, whichever ending of it that is; what is recorded has the name of its kind. */
export const termOf = (event: string): string => event.split('.', 1)[0] ?? event

/** What can be read of an event of this name: itself, and the fact that causes it where only one kind can. */
export function kindsAtHand(name: string, names: Names): readonly string[] {
  const own = [name, ...(names.find(termOf(name))?.causes ?? [])]
  return [...own, ...own.flatMap((kind) => names.eventsThatMean(kind))]
}

export const happeningOf = (fact: Fact): Happening => ({ kind: fact.kind, at: fact.at, fact })

/** Equal instants go by when they were recorded, then by id. */
export const chronological = (
  left: Pick<Happening, 'at' | 'fact'>,
  right: Pick<Happening, 'at' | 'fact'>,
) => left.at - right.at || (left.fact === right.fact ? 0 : inOrder(left.fact, right.fact))

/** When something happened, as a leaf or with the reason for it. */
export function instantLeaf(event: Happening): Derivation {
  return event.instant ?? leaf(event.at, { fact: { id: event.fact.id, field: 'at' } })
}

/** When something happened, left out where its term's condition did not hold. */
export const happened = (event: Happening): Input => ({
  as: event.kind,
  is: onlyIf(event.holds, instantLeaf(event)),
})

/** That it happened at all, and by which clause: what rests on an event cites it. */
export function happenedLeaf(event: Happening, holds: Derivation | undefined): Derivation {
  const byTerm = event.kind !== event.fact.kind && {
    clause: termOf(event.kind),
  }
  const recorded = event.fact.begins ? {} : { fact: { id: event.fact.id, field: 'happened' } }
  const happened = leaf(true, { ...recorded, ...byTerm })
  if (!holds) return happened
  const inputs = [
    { as: 'it happened', is: happened },
    { as: 'conditions', is: holds },
  ]
  return derive('all', inputs, undefined, byTerm || {})
}

/**
 * A fact that names a component, by itself or through its item, concerns the terms of that component alone. One that
 * names none concerns every term that reads it, except that an item nobody knows is no item of a serialised component.
 */
export function concerns(
  component: Component | undefined,
  { fact }: Happening,
  asking: Asking,
  names: Pick<Names, 'find'>,
): boolean {
  if (!component) return true
  const named = componentNamed({ fact }, asking, names)
  return named === undefined
    ? !(component.serialised && fact.about !== undefined)
    : named === component.id
}

/** The component that a fact names, by itself or through its item. */
export function componentNamed(
  { fact }: Pick<Happening, 'fact'>,
  asking: Asking,
  names: Pick<Names, 'find'>,
): string | undefined {
  const { about, component } = fact
  if (component !== undefined || about === undefined) return component
  return names.find(about)?.sort === 'component' ? about : asking.facts.componentOfItem(about)
}
