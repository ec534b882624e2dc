import type { Component } from '../compiling.ts'
import type { Faults } from '../document/fault.ts'
import { eventsCalled } from '../fact/named-event.ts'
import type { OfferingWords } from '../language/offering.ts'
import type { PostingWords } from '../language/posting.ts'
import { type TargetWords, type TermKind, type TermWords, termKinds } from '../language/term.ts'
import type { Ending } from '../scope.ts'

export const termKind = (term: TermWords): TermKind =>
  termKinds.find((kind) => kind in term) ?? 'text'

/** What posts money. */
export function postingWords(term: TermWords | undefined): PostingWords | undefined {
  if (!term) return undefined
  if ('charge' in term) return term.charge
  return 'credit' in term ? term.credit : undefined
}

/** What somebody does until when: a target, a duty, or what they may do and need not. */
export function promiseWords(term: TermWords | undefined): TargetWords | undefined {
  if (!term) return undefined
  if ('target' in term) return term.target
  if ('duty' in term) return term.duty
  return 'option' in term ? term.option : undefined
}

export const endingsOf = ({ measure, stop }: TargetWords): readonly Ending[] => {
  if (measure !== undefined) return []
  return stop === undefined ? ['missed'] : ['met', 'missed']
}

/** The component that it speaks of. */
export function componentOf(term: TermWords | undefined): string | undefined {
  if (!term) return undefined
  if ('transition' in term) return term.transition.of
  if ('limit' in term) return term.limit.of
  return postingWords(term)?.['pays-for'] ?? promiseWords(term)?.of
}

/** The kinds of event that it reads. */
export function eventsRead(term: TermWords | undefined): readonly string[] {
  if (!term) return []
  if ('transition' in term) return term.transition.on
  const [posting, promise] = [postingWords(term), promiseWords(term)]
  const [kind] = posting?.['for-each']?.split('.') ?? []
  return [posting?.each, kind, promise?.start, promise?.stop, promise?.['lifted-by']].filter(
    (one) => one !== undefined,
  )
}

/** Only what follows from an event can follow after the end: what is due or measured for a period ends with the agreement. */
export function checkSurvives(id: string, term: TermWords, faults: Faults): void {
  const without = term.survives === undefined ? undefined : periodic(term)
  if (without === undefined) return
  faults.add(
    'word_without_effect',
    ['terms', id, 'survives'],
    `${without}: “survives” changes nothing. What follows from an event can survive: a charge or credit “each”, a deadline, a transition, a clause in words. Leave it out.`,
  )
}

function periodic(term: TermWords): string | undefined {
  const posting = postingWords(term)
  if (posting) {
    const word = 'charge' in term ? 'charge “every”' : 'credit “per”'
    return posting.each === undefined ? `A ${word} period ends with the agreement` : undefined
  }
  const target = promiseWords(term)
  if (target?.measure !== undefined) return 'A level is measured while the agreement runs'
  if ('limit' in term) return 'A limit is asked while there is something to use'
  return 'total' in term ? 'A total reads what its parts are' : undefined
}

/** Which components' terms read a kind of fact. */
export function readersOf(
  words: OfferingWords,
  components: ReadonlyMap<string, Component>,
): Map<string, string[]> {
  const readers = new Map<string, string[]>()
  for (const term of Object.values(words.terms ?? {})) {
    const component = componentOf(term)
    if (component === undefined || !components.has(component)) continue
    for (const event of eventsRead(term).flatMap((one) => eventsCalled(one, words))) {
      const known = readers.get(event) ?? []
      if (!known.includes(component)) readers.set(event, [...known, component])
    }
  }
  return readers
}
