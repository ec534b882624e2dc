import { type Derivation, derive, type Input, type Said } from '../derivation.ts'
import type { PlainOperation } from '../operation/operation.ts'

/** The next stage of a price: what was found so far against what the words say. Where they say nothing it stands. */
export function stage(
  operation: PlainOperation,
  [as, found]: readonly [string, Derivation],
  [by, bound, role]: readonly [string, Derivation | undefined, Input['role']?],
  said?: Said,
): Derivation {
  if (!bound) return found
  const inputs = [
    { as, is: found },
    { as: by, is: bound, ...(role && { role }) },
  ]
  return derive(operation, inputs, undefined, said)
}
