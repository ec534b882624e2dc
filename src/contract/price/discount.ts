import { Exact } from '../../kernel/exact.ts'
import { type Derivation, derive, type Input } from '../derivation.ts'
import type { Path } from '../document/fault.ts'
import { constantOf, inRange, refuseOutside, zeroOrMore } from '../formula/range.ts'
import type { DiscountWords } from '../language/posting.ts'
import type { Compiled, Scope } from '../scope.ts'
import { money, truth } from '../type.ts'
import type { PriceParts } from './parts.ts'
import { stage } from './stage.ts'

type Discounted = {
  readonly amount: Derivation
  /** What each discount took, by its id. */
  readonly taken: Readonly<Record<string, Derivation>>
}

/** Discounts in their order, each of what those before it leave, and never of more. */
export function compileDiscounts(
  list: readonly DiscountWords[],
  parts: PriceParts,
): (amount: Derivation, scope: Scope) => Discounted {
  const discounts = list.map((words, place) => compileDiscount(words, parts, place))
  return (amount, scope) => {
    const taken: Record<string, Derivation> = {}
    let left = amount
    for (const [place, take] of discounts.entries()) {
      const id = list[place]?.id ?? ''
      const off = take(left, scope)
      taken[id] = off
      left = stage('discounted', ['price', left], [id, off], said(parts))
    }
    return { amount: left, taken }
  }
}

const said = (parts: PriceParts) => ({
  clause: parts.place.clause,
  unit: parts.compiling.currency,
})

function compileDiscount(
  words: DiscountWords,
  parts: PriceParts,
  place: number,
): (left: Derivation, scope: Scope) => Derivation {
  const under: Path = ['discounts', place]
  if ((words.share === undefined) === (words.amount === undefined))
    parts.fault('price_unsaid', under, 'A discount says “share” or “amount”: one of the two.')
  const share = words.share === undefined ? undefined : shareOf(words.share, parts, under)
  const amount = parts.inRange(zeroOrMore, words.amount ?? '0', [...under, 'amount'], money)
  const condition = parts.expression(words.if, [...under, 'if'], truth)
  const off = (left: Derivation, scope: Scope): Input =>
    share
      ? {
          as: 'share of it',
          is: stage('times', ['share', share.evaluate(scope)], ['price', left], said(parts)),
        }
      : { as: 'amount', is: amount.evaluate(scope) }
  return (left, scope) => {
    const inputs = [off(left, scope), { as: 'at most', is: left }]
    const taken = derive('capped', inputs, undefined, said(parts))
    if (!condition) return { ...taken, name: words.id }
    const due = [
      { as: words.id, is: condition.evaluate(scope) },
      { as: 'amount', is: taken },
    ]
    return derive('when', due, undefined, { ...said(parts), name: words.id })
  }
}

/** Nobody writes down more than all of a price; a share that comes to more is capped as any discount is. */
function shareOf(text: string, parts: PriceParts, under: Path): Compiled {
  const share = parts.share(text, [...under, 'share'])
  const told = parts.told([...under, 'share'])
  const constant = constantOf(share)
  if (constant === undefined) return inRange(share, zeroOrMore, told)
  refuseOutside(constant, { from: Exact.zero, upTo: Exact.one }, told)
  return share
}
