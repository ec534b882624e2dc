import type { Faults } from '../document/fault.ts'
import { isEvent } from '../happening.ts'
import type { OfferingWords } from '../language/offering.ts'
import type { TargetWords, TermWords } from '../language/term.ts'
import { nearName } from '../near-name.ts'
import type { Names } from '../scope.ts'
import { joined, type Type } from '../type.ts'
import type { FactKind } from './fact-kind.ts'

/**
 * Names for several kinds of event: what is said of one is said of each of them. Of such an event can be read what all of
 * them have; what a term makes of facts says nothing of its own.
 */
export function namedEvents(
  { events = {} }: Pick<OfferingWords, 'events'>,
  kinds: ReadonlyMap<string, FactKind>,
): Map<string, FactKind> {
  return new Map(
    Object.entries(events).map(([name, { 'any-of': anyOf, title }]) => {
      const recorded = anyOf.flatMap((kind) => kinds.get(kind) ?? [])
      const shapes = new Set(recorded.map(({ shape }) => shape))
      const [first] = recorded
      const isRecorded = recorded.length === anyOf.length
      return [
        name,
        {
          name,
          anyOf,
          shape: isRecorded && shapes.size === 1 && first ? first.shape : 'event',
          attributes: isRecorded ? shared(recorded) : new Map<string, Type>(),
          titles: first?.titles ?? new Map<string, string>(),
          ...(title !== undefined && { title }),
        },
      ]
    }),
  )
}

/** What all of them say, and say alike. */
function shared([first, ...others]: readonly FactKind[]): Map<string, Type> {
  const found = new Map<string, Type>()
  for (const [attribute, own] of first?.attributes ?? []) {
    let type: Type | undefined = own
    for (const { attributes } of others) {
      const other = attributes.get(attribute)
      type = type && other && joined(type, other)
    }
    if (type) found.set(attribute, type)
  }
  return found
}

/** The kinds of event that a name stands for: itself, or any of those that are named together. */
export const eventsCalled = (name: string, { events }: Pick<OfferingWords, 'events'>) =>
  events?.[name]?.['any-of'] ?? [name]

/** Where a list of kinds may stand, a name for several stands for all of them. */
export function spelledOut(words: OfferingWords): OfferingWords {
  if (!words.events) return words
  const all = (names: readonly string[]) => names.flatMap((name) => [...eventsCalled(name, words)])
  return {
    ...words,
    ...(words.terms && { terms: each(words.terms, (term) => spelledTerm(term, all)) }),
    ...(words.measures && {
      measures: each(words.measures, (measure) =>
        'time' in measure && measure.except
          ? { ...measure, except: { ...measure.except, facts: all(measure.except.facts) } }
          : measure,
      ),
    }),
  }
}

type All = (names: readonly string[]) => string[]

function spelledTerm(term: TermWords, all: All): TermWords {
  if ('transition' in term)
    return { ...term, transition: { ...term.transition, on: all(term.transition.on) } }
  const paused = ({ pauses, ...rest }: TargetWords): TargetWords =>
    pauses ? { ...rest, pauses: { ...pauses, facts: all(pauses.facts) } } : rest
  if ('target' in term) return { ...term, target: paused(term.target) }
  if ('duty' in term) return { ...term, duty: paused(term.duty) }
  return 'option' in term ? { ...term, option: paused(term.option) } : term
}

/** It inherits nothing: a name that nobody gave finds nothing. */
const each = <Word>(map: Readonly<Record<string, Word>>, made: (word: Word) => Word) => {
  const entries = Object.entries(map).map(([name, word]) => [name, made(word)] as const)
  return Object.assign(Object.create(null) as Record<string, Word>, Object.fromEntries(entries))
}

/** Each stands for kinds of event, none of them twice and none that stands for several itself. */
export function checkNamedEvents(
  { events = {} }: Pick<OfferingWords, 'events'>,
  names: Names,
  faults: Faults,
): void {
  for (const [name, { 'any-of': anyOf }] of Object.entries(events))
    for (const [place, kind] of anyOf.entries()) {
      const path = ['events', name, 'any-of', place]
      if (names.fact(kind)?.anyOf)
        faults.add(
          'types_do_not_fit',
          path,
          `“${kind}” stands for several kinds itself: list those here.`,
        )
      else if (!isEvent(kind, names))
        faults.add(
          'fact_undeclared',
          path,
          `“${kind}” is no kind of fact and no term that makes events.${nearName(kind, names, ['fact', 'transition'])}`,
        )
      else if (anyOf.indexOf(kind) < place)
        faults.add('name_doubled', path, `“${kind}” is listed already.`)
    }
}
