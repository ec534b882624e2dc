import { reached } from '../../kernel/reached.ts'
import type { Contract } from '../compile.ts'
import type { Component } from '../compiling.ts'
import { termOf } from '../happening.ts'
import { type ComponentKind, componentKinds } from '../language/offering.ts'
import type { Deviation, TermWords } from '../language/term.ts'
import { componentOf, postingWords } from '../term/term.ts'

/**
 * A clause of the printed contract. Its id is the author's and never changes meaning; its number belongs to one
 * revision: components first, each with the terms that are about it (3, 3.1, 3.2), then the other terms.
 */
export type Clause = {
  readonly id: string
  readonly number: string
  readonly heading: Heading
  readonly title: string
  readonly component?: Component
  readonly term?: TermWords
  /** What was changed for this agreement; the clause is marked in print. */
  readonly deviations: readonly Deviation[]
}
type Heading = 'period' | ComponentKind | 'terms'

export function clausesOf(contract: Contract, deviations: readonly Deviation[]): Clause[] {
  // A named price is printed in each clause that uses it, and so is what was changed of it.
  const of = (id: string, price?: string) =>
    deviations.filter(({ clause }) => clause === id || clause === price)
  const terms = Object.entries(contract.words.terms ?? {})
  const aboutComponent = new Map(terms.map(([id]) => [id, componentOfTerm(id, contract)]))
  const clauses: Clause[] = [
    {
      ...{ id: 'agreement_period', number: '1', title: 'Period', deviations: [] },
      heading: 'period',
    },
  ]
  let number = 1
  const add = (
    id: string,
    heading: Heading,
    { at, ...rest }: { at: string } & Pick<Clause, 'title'> & Partial<Clause>,
  ) => {
    const price = postingWords(rest.term)?.price
    clauses.push({ id, heading, number: at, deviations: of(id, price), ...rest })
  }
  for (const kind of componentKinds)
    for (const component of contract.components.values()) {
      if (component.kind !== kind) continue
      number += 1
      add(component.id, kind, { at: String(number), title: component.title, component })
      let part = 0
      for (const [id, term] of terms)
        if (aboutComponent.get(id) === component.id) {
          part += 1
          add(id, kind, { at: `${number}.${part}`, title: titleOf(id, contract), term })
        }
    }
  for (const [id, term] of terms)
    if (aboutComponent.get(id) === undefined) {
      number += 1
      add(id, 'terms', { at: String(number), title: titleOf(id, contract), term })
    }
  return clauses
}

const titleOf = (id: string, contract: Contract) => {
  const title = contract.definitions.get(id)?.title ?? id
  return title.charAt(0).toUpperCase() + title.slice(1)
}

/** What a term is about: the component it names, or the one whose transition or deadline it follows. */
function componentOfTerm(id: string, { words, components }: Contract): string | undefined {
  const followed = (one: string) => {
    const each = postingWords(words.terms?.[one])?.each
    return each === undefined ? [] : [termOf(each)]
  }
  return reached([id], followed)
    .map((one) => componentOf(words.terms?.[one]))
    .find((own) => own !== undefined && components.has(own))
}
