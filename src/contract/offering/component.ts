import type { Component } from '../compiling.ts'
import { didYouMean, type Faults } from '../document/fault.ts'
import { type ComponentWords, componentKinds, type OfferingWords } from '../language/offering.ts'

export function componentsOf(
  list: readonly ComponentWords[],
  users: readonly string[],
  faults: Faults,
): Map<string, Component> {
  const components = new Map<string, Component>()
  list.forEach((words, place) => {
    const path = ['components', place]
    const kinds = componentKinds.filter((kind) => words[kind] !== undefined)
    const [kind] = kinds
    const id = kind && words[kind]
    if (kind === undefined || id === undefined || kinds.length > 1) {
      faults.add(
        'kind_unsaid',
        path,
        'A component is exactly one of “good:”, “access:” or “action:”.',
      )
      return
    }
    for (const [at, user] of (words.for ?? []).entries())
      if (!users.includes(user))
        faults.add(
          'user_undeclared',
          [...path, 'for', at],
          `No kind of user is called “${user}”.${didYouMean(user, users) || ' List it under “users:”.'}`,
        )
    if (kind === 'action' && words.serialised)
      faults.add(
        'law_of_kind_broken',
        [...path, 'serialised'],
        'An action is performed; it has no items.',
      )
    components.set(id, {
      id,
      kind,
      title: words.title ?? id.replaceAll('_', ' '),
      users: words.for ?? [],
      serialised: words.serialised ?? false,
      ...(words.of !== undefined && { of: words.of }),
      ...(words.says !== undefined && { says: words.says }),
    })
  })
  return components
}

/** A good is what becomes the consumer’s: what never does is an access. */
export function checkGoods({ components = [], terms = {} }: OfferingWords, faults: Faults): void {
  const passing = Object.values(terms).flatMap((term) =>
    'transition' in term && term.transition.title === 'consumer' ? [term.transition.of] : [],
  )
  for (const [place, { good }] of components.entries())
    if (good !== undefined && !passing.includes(good))
      faults.add(
        'law_of_kind_broken',
        ['components', place],
        `A good becomes the consumer’s, and no term says when: add “${good}_passes: { transition: { of: ${good}, on: handed_over, title: consumer } }”, or make it an access, which stays the provider’s.`,
      )
}
