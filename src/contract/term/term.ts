import type { OfferingWords } from '../language/offering.ts'
import type { TermKind, TermWords } from '../language/term.ts'
import type { Component } from '../reading.ts'

export function termKind(term: TermWords): TermKind {
  const kinds: readonly TermKind[] = [
    'charge',
    'credit',
    'total',
    'target',
    'duty',
    'transition',
    'limit',
    'text',
  ]
  return kinds.find((kind) => kind in term) ?? 'text'
}

/** Which components' terms read a kind of fact. */
export function readersOf(
  words: OfferingWords,
  components: ReadonlyMap<string, Component>,
): Map<string, string[]> {
  const readers = new Map<string, string[]>()
  for (const term of Object.values(words.terms ?? {})) {
    const { component, events } = eventsRead(term)
    if (component === undefined || !components.has(component)) continue
    for (const event of events) {
      const known = readers.get(event) ?? []
      if (!known.includes(component)) readers.set(event, [...known, component])
    }
  }
  return readers
}

function eventsRead(term: TermWords): { component: string | undefined; events: readonly string[] } {
  const said = (...events: (string | undefined)[]) => events.filter((event) => event !== undefined)
  const posting = 'charge' in term ? term.charge : 'credit' in term ? term.credit : undefined
  if (posting) return { component: posting['pays-for'], events: said(posting.each) }
  const target = 'target' in term ? term.target : 'duty' in term ? term.duty : undefined
  if (target) return { component: target.of, events: said(target.start, target.stop) }
  return 'transition' in term
    ? { component: term.transition.of, events: term.transition.on }
    : { component: undefined, events: [] }
}
