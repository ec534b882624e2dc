import { type Derivation, derive, type Input, leaf, valueBy } from '../derivation.ts'
import { lazily } from '../reading.ts'
import type { Compiled } from '../scope.ts'
import { unknown, type Value, valueText } from '../value.ts'
import { digest } from './digest.ts'
import type { Row, Rows } from './rows.ts'

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

/** The same without their reasons, added to the values of the rows before it. */
export function addValues(
  values: Value[],
  { event, derivation, scope }: Row,
  { of, where, value, isRun }: Read,
): void {
  const is = value ? value.value(scope) : (derivation?.value ?? unknown(of))
  const kept = event?.holds && !derivation ? valueBy('keep', [event.holds.value, is]) : is
  if (!where) values.push(kept)
  else if (isRun) values.push(where.value(scope), kept)
  else values.push(valueBy('keep', [where.value(scope), kept]))
}

/** Facts as one leaf: which, how many, and a digest that is made when it is asked for. */
export function manyFacts(
  value: Value,
  unit: { readonly unit?: string },
  { kind, rows }: { kind: string; rows: Rows },
): Derivation {
  const said = lazily(() => {
    const texts: string[] = []
    rows.forEach((row) => {
      texts.push(rowText(row))
    })
    return digest(texts)
  })
  return leaf(value, {
    ...unit,
    facts: {
      kind,
      count: rows.length,
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
