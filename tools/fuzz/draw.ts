import fc from 'fast-check'

/**
 * Every decision of the fuzzer is the next of a list of numbers, and where the list ends the first option, which is the
 * simplest. So fast-check shrinks a document by shrinking a list that knows nothing of documents.
 */
export type Draw = {
  /** One of so many, from 0. */
  readonly below: (count: number) => number
  readonly one: <Item>(items: readonly [Item, ...Item[]]) => Item
  /** Whether it happens, so many times in a hundred; not, where the list has ended. */
  readonly happens: (percent: number) => boolean
}

export function drawing(choices: readonly number[]): Draw {
  let place = 0
  const below = (count: number) => {
    const choice = choices[place] ?? 0
    place += 1
    return count <= 1 ? 0 : choice % count
  }
  return {
    below,
    one: (items) => items[below(items.length)] ?? items[0],
    happens: (percent) => below(1000) >= 1000 - percent * 10,
  }
}

const choicesMax = 400

export const anyChoices = fc.array(fc.nat(999_983), { maxLength: choicesMax, size: 'max' })
