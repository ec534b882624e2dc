import { Exact } from '../../kernel/exact.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Contract } from '../compile.ts'
import { type Derivation, leaf, roundedBy } from '../derivation.ts'
import type { PostingWords } from '../language/posting.ts'
import { restsOnFacts } from '../measure/rests.ts'
import { isCoarse } from '../price/rounding.ts'
import { type Asking, type Line, periodScope } from '../scope.ts'
import { notAgreed } from '../value.ts'

/** Where a bound stands: in a clause of one revision. */
export type BoundPlace = {
  readonly clause: string
  readonly contract: Contract
  readonly asking: Asking
}
/** What a bound is for the line of a period, or at an instant. */
export type Bound = (at: Pick<Line, 'service' | 'billed'>) => Derivation

/** A number, or a name that rests on no fact; of a formula nobody says here what it may come to. */
export function constant(text: string | undefined, place: BoundPlace): Bound | undefined {
  const { clause, contract, asking } = place
  if (text === undefined) return undefined
  const share = /^[+-]?\d+(\.\d+)?%$/.test(text) ? Exact.parse(text.slice(0, -1)) : undefined
  const number = share?.over(Exact.whole(100)) ?? (isNumber(text) ? Exact.of(text) : undefined)
  if (number) {
    const found = leaf(number, share ? { clause } : { clause, unit: contract.currency })
    return () => found
  }
  const definition = contract.definitions.get(text)
  const isFree = definition?.sort === 'agreed' || definition?.sort === 'table'
  if (!definition || !isFree || restsOnFacts([text], contract.names)) return undefined
  return ({ service, billed }) =>
    definition.evaluate(service ? periodScope({ asking }, service) : { asking, at: billed })
}

export const isNumber = (text: string) => /^\d+(\.\d+)?$/.test(text)

/** As a line is rounded; what holds a line in coarse steps is rounded as other amounts are. */
export function roundedAs(
  what: 'line' | 'bound',
  is: Derivation,
  {
    words,
    place: { clause, contract },
  }: { readonly words: PostingWords; readonly place: BoundPlace },
): Derivation {
  const { rounding } = contract.words
  const isHeld = what === 'bound' && isCoarse(words, { rounding })
  const own = isHeld ? undefined : words.rounded
  return roundedBy(own ?? rounding, is, { clause, unit: contract.currency })
}

/** The most that it comes to at any of these instants. */
export const largestOf = (bound: Bound, instants: readonly Instant[]): Derivation =>
  instants.map((billed) => bound({ billed })).reduce(larger)

/** What nobody knows is kept: then the whole is unknown. What is not agreed yet is due to nobody. */
export function larger(one: Derivation, other: Derivation): Derivation {
  if (one.value === notAgreed) return other
  if (!(one.value instanceof Exact) || other.value === notAgreed) return one
  return other.value instanceof Exact && other.value.compare(one.value) <= 0 ? one : other
}
