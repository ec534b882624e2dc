import { asMap, type PlainMap } from '../document/document.ts'
import { didYouMean, type Faults } from '../document/fault.ts'
import type { OfferingWords } from '../language/offering.ts'
import { liftTerms } from './lifted.ts'

export type Need = NonNullable<OfferingWords['utility']>[number]

/** The needs without which the service is not fit for purpose. */
export const mustHaves = ({ utility = [] }: OfferingWords): readonly Need[] =>
  utility.filter((one) => one['must-have'] !== false)

/** What of that which supports the need is agreed, and was not taken out. */
export function supportOf({ 'supported-by': by = [] }: Need, words: OfferingWords): string[] {
  const agreed = new Set(supportingIn(words))
  return by.filter((name) => agreed.has(name))
}

const supportingIn = ({ components = [], terms = {} }: OfferingWords): readonly string[] => [
  ...components.flatMap(({ good, access, action }) => good ?? access ?? action ?? []),
  ...Object.keys(terms),
]

/** What meets a need exists, or was taken out by the parties. */
export function checkUtility(
  words: OfferingWords,
  takenOut: readonly string[],
  faults: Faults,
): void {
  const supporting = supportingIn(words)
  for (const [place, one] of (words.utility ?? []).entries()) {
    const path = ['utility', place]
    const { need, 'supported-by': by, removes, 'must-have': mustHave } = one
    if (by === undefined && removes === undefined && mustHave !== false)
      faults.add(
        'word_missing',
        path,
        `Say what meets the need “${need}”: “supported-by:” or “removes:”.`,
      )
    for (const [which, name] of (by ?? []).entries())
      if (!supporting.includes(name) && !takenOut.includes(name))
        faults.add(
          'name_unknown',
          [...path, 'supported-by', which],
          `No component and no term is called “${name}”.${didYouMean(name, supporting)}`,
        )
  }
}

/** Utility without warranty enables no value, nor does warranty without utility: which of them is missing (R112). */
export function missingHalf(offering: PlainMap): 'utility' | 'warranty' | undefined {
  const { utility, terms = {} } = liftTerms(offering).lifted
  const isWarranted = Object.values(asMap(terms)).some((term) => {
    const { target, duty } = asMap(term)
    return asMap(target ?? duty)['warrants'] !== undefined
  })
  if (isWarranted === (utility !== undefined)) return undefined
  return isWarranted ? 'utility' : 'warranty'
}
