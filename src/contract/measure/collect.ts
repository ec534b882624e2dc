import { type Derivation, derive, leaf, valueBy } from '../derivation.ts'
import { isLeftOut } from '../operation-value.ts'
import type { Scope } from '../scope.ts'
import { unknown, type Value } from '../value.ts'
import { inputsOf, manyFacts, type Read, valuesOf } from './many.ts'
import { type Selection, selectRows } from './rows.ts'
import { reachedSoFar } from './so-far.ts'

/** Making one value out of rows. */
export type Collecting = {
  readonly name: string
  readonly operation: CollectingOperation
  readonly selection: Selection
  readonly read: Read
  readonly settings: { readonly of: string; readonly missing?: Value }
  readonly unit: { readonly unit?: string }
}
type CollectingOperation =
  | 'count'
  | 'sum'
  | 'smallest'
  | 'largest'
  | 'average'
  | 'first'
  | 'last'
  | 'unique'
  | 'percentile'
  | 'longest-run'

/** Few facts are inputs, each with its reasons; many are one leaf, and only their values are computed. */
export function collected(collecting: Collecting, scope: Scope): Derivation {
  const { name, operation, selection, read, settings, unit } = collecting
  const { factsShownMax } = scope.asking
  const reached = reachedSoFar({ ...selection, name, operation }, scope, read)
  if (reached && reached.count > factsShownMax) {
    const found = isLeftOut(reached.value) ? valueBy(operation, [], settings) : reached.value
    return manyFacts(found, unit, { kind: read.of, ...reached })
  }
  const rows = selectRows(selection, scope)
  if (!rows) return leaf(unknown('a period'))
  if (rows.length <= factsShownMax) {
    const inputs = rows.flatMap((row) => inputsOf(row, read))
    return derive(operation, inputs, settings, unit)
  }
  const values = rows.flatMap((row) => valuesOf(row, read))
  const found = valueBy(operation, values, settings)
  return manyFacts(found, unit, { kind: read.of, count: rows.length, rows: () => rows })
}
