import { type Derivation, inUnitOf } from '../derivation.ts'
import { refuseMisordered, zeroOrMore } from '../formula/range.ts'
import type { Compiled, Scope } from '../scope.ts'
import { money } from '../type.ts'
import { isShareOfBound, type PriceParts } from './parts.ts'
import type { PriceWords } from './price.ts'
import { stage } from './stage.ts'

type Base = Derivation | undefined
type Bounds = {
  readonly readsBase: boolean
  /** Bounds of a price that is a share of the base. */
  readonly ofShare: (share: Derivation, scope: Scope) => Derivation
  /** Bounds of what it comes to; of a part of a period, the part of them that `ofPart` takes. */
  readonly ofAmount: (
    amount: Derivation,
    scope: Scope,
    base: Base,
    ofPart?: (bound: Derivation) => Derivation,
  ) => Derivation
  /** The maximum in money. */
  readonly most: (
    scope: Scope,
    base: Base,
    ofPart?: (bound: Derivation) => Derivation,
  ) => Derivation | undefined
}
type Bound = {
  readonly word: 'minimum' | 'maximum'
  readonly compiled: Compiled
  /** Of the base; otherwise it is money. */
  readonly isShare: boolean
}

/**
 * Beside a base a percentage bounds the share where the price is one, and otherwise the amount by that share of the base;
 * money bounds the amount. Where nothing is due nothing is bounded.
 */
export function compileBounds(
  words: PriceWords,
  parts: PriceParts,
  price: { readonly isShare: boolean; readonly hasBase: boolean },
): Bounds {
  if (words.minimum === undefined && words.maximum === undefined) return boundless
  const { hasBase } = price
  const bounds = (['minimum', 'maximum'] as const).flatMap((word): Bound[] => {
    const text = words[word]
    if (text === undefined) return []
    const expected = hasBase ? undefined : money
    const compiled =
      word === 'maximum'
        ? parts.inRange(zeroOrMore, text, [word], expected)
        : parts.expression(text, [word], expected)
    // What a named price is of, if anything, the clauses that use it say.
    const isSaid = hasBase && !parts.place.unbound
    const isShare = isSaid && isShareOfBound(text, compiled, parts.told([word]))
    return [{ word, compiled, isShare }]
  })
  const [least, most] = (['minimum', 'maximum'] as const).map((word) =>
    bounds.find((one) => one.word === word),
  )
  if (least?.isShare === most?.isShare)
    refuseMisordered([least?.compiled, most?.compiled], ['minimum', 'maximum'], parts.told([]))
  const { clause } = parts.place
  const bound = (amount: Derivation, word: Bound['word'], by: Derivation) => {
    return stage(word, ['price', amount], [word, by], { clause, ...inUnitOf(amount) })
  }
  const inMoney = ({ compiled, isShare }: Bound, scope: Scope, base: Base) => {
    const by = compiled.evaluate(scope)
    return isShare && base ? parts.ofBase(by, base) : parts.inMoney(by)
  }
  return {
    readsBase: bounds.some(({ isShare }) => isShare),
    ofShare: (share, scope) =>
      bounds
        .filter(({ isShare }) => isShare && price.isShare)
        .reduce((found, one) => bound(found, one.word, one.compiled.evaluate(scope)), share),
    ofAmount: (amount, scope, base, ofPart = (whole) => whole) =>
      bounds
        .filter(({ isShare }) => !(isShare && price.isShare))
        .reduce(
          (found, one) => bound(parts.inMoney(found), one.word, ofPart(inMoney(one, scope, base))),
          amount,
        ),
    most: (scope, base, ofPart = (whole) => whole) => most && ofPart(inMoney(most, scope, base)),
  }
}

const boundless: Bounds = {
  readsBase: false,
  ofShare: (share) => share,
  ofAmount: (amount) => amount,
  most: () => undefined,
}
