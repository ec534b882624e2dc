import { type Derivation, derive, type Input, leaf, valueBy } from '../derivation.ts'
import { isLeftOut } from '../operation-value.ts'
import type { Scope } from '../scope.ts'
import { unknown, type Value } from '../value.ts'
import { addValues, inputsOf, manyFacts, type Read } from './many.ts'
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
  if (reached && reached.rows.length > factsShownMax) {
    const found = isLeftOut(reached.value) ? valueBy(operation, [], settings) : reached.value
    return manyFacts(found, unit, { kind: read.of, rows: reached.rows })
  }
  const rows = selectRows(selection, scope)
  if (!rows) return leaf(unknown('a period'))
  if (rows.length > factsShownMax) {
    const values: Value[] = []
    rows.forEach((row) => {
      addValues(values, row, read)
    })
    return manyFacts(valueBy(operation, values, settings), unit, { kind: read.of, rows })
  }
  const inputs: Input[] = []
  rows.forEach((row) => {
    for (const input of inputsOf(row, read)) inputs.push(input)
  })
  return derive(operation, inputs, settings, unit)
}
