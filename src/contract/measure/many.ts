import { type Derivation, type Input, leaf, onlyIf, valueBy } from '../derivation.ts'
import type { Compiled } from '../scope.ts'
import { unknown, type Value, valueText } from '../value.ts'
import { digest } from './digest.ts'
import type { Row, Rows } from './rows.ts'

/** Many facts out of which one value is made: each is read with its reasons, or together they are one leaf. */

export type FactRead = {
  readonly of: string
  readonly where: Compiled | undefined
  readonly value: Compiled | undefined
  readonly isRun: boolean
}

/** The value of a row where its condition holds; of a run the condition itself, beside what the row is. */
export function inputsOf(
  { event, derivation, counts, scope }: Row,
  { of, where, value, isRun }: FactRead,
): Input[] {
  const is = value ? value.evaluate(scope) : (derivation ?? leaf(unknown(of)))
  const kept = onlyIf(counts, onlyIf(derivation ? undefined : event?.holds, is))
  const condition = where?.evaluate(scope)
  if (!condition || !isRun) return [{ as: of, is: onlyIf(condition, kept) }]
  return [
    { as: 'where', is: condition },
    { as: of, is: kept },
  ]
}

/** The same without their reasons, added to the values of the rows before it. */
export function addValues(
  values: Value[],
  { event, derivation, counts, scope }: Row,
  { of, where, value, isRun }: FactRead,
): void {
  const is = value ? value.value(scope) : (derivation?.value ?? unknown(of))
  const kept = valueIf(valueIf(is, derivation ? undefined : event?.holds), counts)
  if (!where) values.push(kept)
  else if (isRun) values.push(where.value(scope), kept)
  else values.push(valueBy('keep', [where.value(scope), kept]))
}

const valueIf = (is: Value, condition: Derivation | undefined): Value =>
  condition ? valueBy('keep', [condition.value, is]) : is

/** Facts as one leaf: which, how many, and a digest that is made when it is asked for. */
export function manyFacts(
  value: Value,
  unit: { readonly unit?: string },
  { kind, rows }: { kind: string; rows: Rows },
): Derivation {
  return leaf(value, { ...unit, facts: new ManyFacts(kind, rows) })
}

/** Not a literal with a getter: each has a hidden class of its own, which held all facts of an answer long after it. */
export class ManyFacts {
  readonly kind: string
  readonly count: number
  readonly #rows: Rows
  #digest: string | undefined

  constructor(kind: string, rows: Rows) {
    this.kind = kind
    this.count = rows.length
    this.#rows = rows
  }

  get digest(): string {
    this.#digest ??= digestOf(this.#rows)
    return this.#digest
  }
}

function digestOf(rows: Rows): string {
  const texts: string[] = []
  rows.forEach((row) => {
    texts.push(rowText(row))
  })
  return digest(texts)
}

function rowText({ event, derivation }: Row): string {
  const values = derivation ? [derivation.value] : Object.values(event?.fact.values ?? {})
  return `${event?.fact.id ?? ''} ${values.map(valueText).join(' ')}`
}
