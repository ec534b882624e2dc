import { type Derivation, derive, type Said } from '../derivation.ts'
import type { OperationName, SettingsOf } from '../operation/operation.ts'

/** An operation of two values and nothing else. */
type Plain = {
  [Name in OperationName]: SettingsOf<Name> extends undefined ? Name : never
}[OperationName]

/** The next stage of a price: what was found so far against what the words say. Where they say nothing it stands. */
export function stage(
  operation: Plain,
  [as, found]: readonly [string, Derivation],
  [by, bound]: readonly [string, Derivation | undefined],
  said?: Said,
): Derivation {
  if (!bound) return found
  const inputs = [
    { as, is: found },
    { as: by, is: bound },
  ]
  return derive(operation, inputs, undefined, said)
}
