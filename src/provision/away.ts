import { inForceAt, type SoFar, standingAt } from '../agreement/contract.ts'
import type { Component } from '../contract/compiling.ts'
import { eventsCalled } from '../contract/fact/named-event.ts'
import { postingWords } from '../contract/term/term.ts'

/** How something that was given stops being on loan: it comes back, or it stays, also where nobody knows where. */
export type Way = 'returned' | 'kept'

const ways = {
  returned: { read: ['returned'], leaves: ['returned'] },
  kept: { read: ['kept', 'missing'], leaves: ['returned', 'kept', 'missing'] },
} as const satisfies Record<Way, { read: readonly string[]; leaves: readonly string[] }>

/** Whether the consumer has something of a component without single things that has not gone this way yet. */
export function isAway(soFar: SoFar, component: Component, way: Way): boolean {
  const { title, custody } = standingAt(soFar, { component }, soFar.now)
  const { given, left } = countedIn(soFar, component, ways[way].leaves)
  // A fact of the offering’s own may have passed it.
  if (custody === 'consumer') return given === 0 || left > 0
  return left > 0 && (title === 'consumer' || isReadOf(soFar, component, way))
}

/** How often it was given, and how many are left of that: access is granted once at a time, goods are handed over each by itself. */
function countedIn({ placed }: SoFar, { id }: Component, leaves: readonly string[]) {
  const own = placed
    .map(({ fact }) => fact)
    .filter(({ about, component = about }) => component === id)
    .toSorted((one, other) => one.at - other.at)
  let [given, left] = [0, 0]
  for (const { kind } of own) {
    if (kind === 'granted' || kind === 'handed_over') given += 1
    if (kind === 'handed_over') left += 1
    else if (kind === 'granted') left = 1
    else if (leaves.includes(kind) && left > 0) left -= 1
  }
  return { given, left }
}

/** Whether a clause about the component says what comes of it; one that pays for none is about them all. */
export function isReadOf(soFar: SoFar, { id }: Component, way: Way): boolean {
  const { readers, words } = inForceAt(soFar, soFar.now)
  const kinds: readonly string[] = ways[way].read
  const isOfAll = Object.values(words.terms ?? {}).some((term) => {
    const posting = postingWords(term)
    const each = eventsCalled(posting?.each ?? '', words)
    return posting?.['pays-for'] === undefined && each.some((kind) => kinds.includes(kind))
  })
  return isOfAll || kinds.some((kind) => readers.get(kind)?.includes(id))
}

/** Whether it may come to that: a clause says what comes of it, or lends what stays the provider’s own. */
export function mayGo(soFar: SoFar, component: Component, way: Way): boolean {
  const { transitions } = inForceAt(soFar, soFar.now)
  const isLent = transitions
    .values()
    .some(
      ({ words: { of, custody, title } }) =>
        of === component.id && custody === 'consumer' && title !== 'consumer',
    )
  return isLent || isReadOf(soFar, component, way)
}
