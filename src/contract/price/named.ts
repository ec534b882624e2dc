import { type Compiling, unknownName } from '../compiling.ts'
import { NamedPrice } from '../language/price.ts'
import type { PricePlace } from './parts.ts'
import type { PriceWords } from './price.ts'

const words = Object.keys(NamedPrice.shape).filter((word) => word !== 'title')

/**
 * The words of a price with those of the named price that it uses. What the price is of (`of`), and of how much
 * (`measure`) where the named price leaves that open, stands in the clause; every other word of a price stands there.
 */
export function pricedBy<Words extends PriceWords>(
  own: Words,
  compiling: Compiling,
  place: PricePlace,
): { readonly words: Words; readonly place: PricePlace } {
  const { price: name } = own
  const { path } = place
  if (name === undefined) return { words: own, place }
  const named = compiling.prices.get(name)
  if (!named) {
    unknownName(name, compiling, { path: [...path, 'price'], sorts: ['price'] })
    // A price of the form that the words beside it need: only the name is wrong.
    const { measure, of } = own
    return {
      words: { ...own, ...(measure ? { rate: '0' } : of ? { share: '0%' } : { amount: '0' }) },
      place,
    }
  }
  for (const word of words) {
    const isBoth = own[word as keyof PriceWords] !== undefined
    const isFree = word === 'measure' && named.measure === undefined
    if (isBoth && !isFree)
      compiling.faults.add(
        'words_exclude_each_other',
        [...path, word],
        `The price is “${name}”: “${word}” is said there or not at all.`,
      )
  }
  const { title: _title, ...said } = named
  return {
    words: { ...own, ...said },
    place: { ...place, named: { path: ['prices', name], words: said } },
  }
}
