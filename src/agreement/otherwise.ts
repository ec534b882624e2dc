import { isSlot } from '../contract/agreement/agreed.ts'
import { spokenAmount } from '../contract/answer/spoken.ts'
import type { Contract } from '../contract/compile.ts'
import type { PlainMap } from '../contract/document/document.ts'
import { readValue } from '../contract/fact/read.ts'
import { Exact } from '../kernel/exact.ts'
import { ownValues } from './propose.ts'

/** A value that was agreed in other words than the offering's own: what it is, and what is offered where something is. */
export type Otherwise = {
  readonly name: string
  readonly title: string
  readonly is: string
  readonly was?: string
}

export const agreedOtherwise = (agreed: PlainMap, contract: Contract): Otherwise[] =>
  ownValues(agreed, contract).map((name) => {
    const slot = contract.words.agreed?.[name]
    const usual = slot && isSlot(slot) ? slot.default : undefined
    return {
      ...{ name, title: contract.definitions.get(name)?.title ?? name.replaceAll('_', ' ') },
      is: spokenValue(name, String(agreed[name]), contract),
      ...(usual !== undefined && { was: spokenValue(name, usual, contract) }),
    }
  })

/** As the clauses print it: an amount with its decimals, other values as they are written. */
function spokenValue(name: string, text: string, { definitions, zone, decimals }: Contract) {
  const type = definitions.get(name)?.type()
  const value = type?.is === 'money' ? readValue(text, type, zone) : undefined
  return value instanceof Exact ? spokenAmount(value, decimals) : text.replaceAll('_', ' ')
}

type Tailored = { readonly says: string; readonly is?: string; readonly was?: string }

/** The clauses that read such a value are tailored by it, as by a deviation. */
export function tailoredBy(
  { id, text }: { readonly id: string; readonly text: string },
  all: readonly Otherwise[],
  contract: Contract,
): Tailored[] {
  return all
    .filter(({ name }) => contract.names.readsOf(id).includes(name))
    .map(({ title, is, was }) => ({
      says: was === undefined ? `The ${title} is ${is}` : `The ${title}: ${was} becomes ${is}`,
      ...(isPlainIn(text, is) && { is, ...(was !== undefined && { was }) }),
    }))
}

/** Not where the same figure might be another's: the number of a clause, a count. */
const isPlainIn = (text: string, words: string) =>
  words.length > 3 ? text.includes(words) : text.split(words).length === 2
