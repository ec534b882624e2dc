import { untilOver } from '../agreement/running.ts'
import { namesRead } from '../demand.ts'
import { type Derivation, derive, type Input, valueBy } from '../derivation.ts'
import type { AggregateForm } from '../language/measure.ts'
import { type Chosen, isLeftOut } from '../operation/value.ts'
import { withoutPeriod } from '../period/window.ts'
import type { Scope } from '../scope.ts'
import type { Value } from '../value.ts'
import { addValues, type FactRead, inputsOf, manyFacts } from './many.ts'
import { type Row, type Rows, type Selection, selectRows, windowRead } from './rows.ts'
import { reachedSoFar } from './so-far.ts'

/** Making one value out of rows. */
export type Collecting = {
  readonly name: string
  readonly operation: Exclude<AggregateForm, 'min' | 'max'> | 'smallest' | 'largest'
  readonly selection: Selection
  readonly read: FactRead
  readonly settings: { readonly of: string; readonly missing?: Value } & Chosen
  readonly unit: { readonly unit?: string }
}

/** One value out of the rows of a window, which what happens may change until the window is over. */
export function collected(collecting: Collecting, scope: Scope): Derivation {
  const { selection } = collecting
  const found = outOfRows(collecting, scope)
  const window = selection.restsOnFacts() ? windowRead(selection, scope) : undefined
  return window ? untilOver(found, window, scope) : found
}

/** Few facts are inputs, each with its reasons; many are one leaf, and only their values are computed. */
function outOfRows(collecting: Collecting, scope: Scope): Derivation {
  const { operation, selection, read, settings, unit } = collecting
  const { factsShownMax } = scope.asking
  // Which are the highest is another with each that comes.
  const isOfAll = settings.highest === undefined && settings.lowest === undefined
  const reached = isOfAll ? reachedSoFar(collecting, scope) : undefined
  if (reached && reached.rows.length > factsShownMax) {
    const found = isLeftOut(reached.value) ? valueBy(operation, [], settings) : reached.value
    const many = manyFacts(found, unit, { kind: read.of, rows: reached.rows })
    return asRows(many, reached.rows, collecting)
  }
  const rows = selectRows(selection, scope)
  if (!rows) return withoutPeriod(selection.per, scope, unit)
  if (rows.length > factsShownMax) {
    const values: Value[] = []
    rows.forEach((row) => {
      addValues(values, row, read)
    })
    const found = manyFacts(valueBy(operation, values, settings), unit, { kind: read.of, rows })
    return asRows(found, rows, collecting)
  }
  const inputs: Input[] = []
  rows.forEach((row) => {
    for (const input of inputsOf(row, read)) inputs.push(input)
  })
  return derive(operation, inputs, settings, unit)
}

/** What the rows of one leaf rest on may change where it may for the last: the windows of those before it end no later. */
function asRows(found: Derivation, rows: Rows, { selection: { source }, read }: Collecting) {
  const isOfMade = source.is === 'measure' || source.is === 'posting'
  if (!isOfMade && namesRead([read.where, read.value]).length === 0) return found
  let last: Row | undefined
  let mayChange = false
  rows.forEach((row) => {
    mayChange ||= row.derivation?.mayChange === true
    last = row
  })
  mayChange ||= last !== undefined && inputsOf(last, read).some(({ is }) => is.mayChange)
  return mayChange ? { ...found, mayChange: true as const } : found
}
