import type { Fact } from './fact.ts'
import type { PlacedFact } from './read.ts'

/**
 * A tag that was mistyped: whatever was recorded under it by then is about the tag that was meant. What is recorded under
 * it later is about another thing, and what says another component never was about it: an order may be called so too. Facts
 * come in the order of recording; read again with more of them, they stay as they are.
 */
export function retagged(placed: readonly PlacedFact[]): readonly PlacedFact[] {
  if (!placed.some(({ fact }) => fact.kind === correction)) return placed
  const meant = new Map<string, Fact>()
  const read = placed.toReversed().map((one) => {
    const { fact } = one
    const correcting = meant.get(fact.about ?? '')
    const about = correcting && isOfOne(correcting, fact) ? correcting.about : undefined
    const told = about === undefined ? fact : { ...fact, about, values: { ...fact.values, about } }
    const was = wrongTag(told)
    if (was !== undefined && told.about !== undefined) meant.set(was, told)
    return told === fact ? one : { ...one, fact: told }
  })
  return read.toReversed()
}

const correction = 'retagged'

/** Of one component, as far as both say one. */
export const isOfOne = (left: Fact, right: Fact): boolean =>
  (left.component ?? right.component) === (right.component ?? left.component)

function wrongTag({ kind, values }: Fact): string | undefined {
  const { was } = values
  return kind === correction && typeof was === 'string' ? was : undefined
}
