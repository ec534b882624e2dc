import { type Derivation, derive, type Input, leaf, valueBy } from '../derivation.ts'
import { lazily } from '../reading.ts'
import type { Compiled } from '../scope.ts'
import { unknown, type Value, valueText } from '../value.ts'
import { digest } from './digest.ts'
import type { Row } from './rows.ts'

/** Many facts out of which one value is made: each is read with its reasons, or together they are one leaf. */

export type Read = {
  readonly of: string
  readonly where: Compiled | undefined
  readonly value: Compiled | undefined
  readonly isRun: boolean
}

/** The value of a row where its condition holds; of a run the condition itself, beside what the row is. */
export function inputsOf(
  { event, derivation, scope }: Row,
  { of, where, value, isRun }: Read,
): Input[] {
  const is = value ? value.evaluate(scope) : (derivation ?? leaf(unknown(of)))
  const kept =
    event?.holds && !derivation
      ? derive('keep', [
          { as: 'if', is: event.holds },
          { as: 'value', is },
        ])
      : is
  if (!where) return [{ as: of, is: kept }]
  const condition = { as: 'where', is: where.evaluate(scope) }
  if (isRun) return [condition, { as: of, is: kept }]
  return [{ as: of, is: derive('keep', [condition, { as: 'value', is: kept }]) }]
}

/** The same without their reasons. */
export function valuesOf(
  { event, derivation, scope }: Row,
  { of, where, value, isRun }: Read,
): Value[] {
  const is = value ? value.value(scope) : (derivation?.value ?? unknown(of))
  const kept = event?.holds && !derivation ? valueBy('keep', [event.holds.value, is]) : is
  if (!where) return [kept]
  const condition = where.value(scope)
  return isRun ? [condition, kept] : [valueBy('keep', [condition, kept])]
}

/** Facts as one leaf: which, how many, and a digest that is made when it is asked for. */
export function manyFacts(
  value: Value,
  unit: { readonly unit?: string },
  { kind, count, rows }: { kind: string; count: number; rows: () => readonly Row[] },
): Derivation {
  const said = lazily(() => digest(rows().map(rowText)))
  return leaf(value, {
    ...unit,
    facts: {
      kind,
      count,
      get digest() {
        return said()
      },
    },
  })
}

function rowText({ event, derivation }: Row): string {
  const values = derivation ? [derivation.value] : Object.values(event?.fact.values ?? {})
  return `${event?.fact.id ?? ''} ${values.map(valueText).join(' ')}`
}
