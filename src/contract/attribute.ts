import { type Derivation, derive, leaf } from './derivation.ts'
import { type Fact, spanOf } from './fact.ts'
import { type FactKind, isDerived } from './fact-kind.ts'
import type { ClockPart } from './operation-time.ts'
import { a } from './prose/grammar.ts'
import type { Evaluate, Valued } from './scope.ts'
import { unknown } from './value.ts'

/** Reads an attribute of the event at hand, or of the fact that caused it; `value` reads it without its reasons. */
export function attributeReader(
  kind: FactKind,
  attribute: string,
  zone: string,
): { evaluate: Evaluate; value: Valued } {
  const name = `${kind.name}.${attribute}`
  const isFromItsTime = isDerived(kind, attribute)
  const type = kind.attributes.get(attribute)
  const unit = type?.is === 'number' && type.unit !== undefined ? { unit: type.unit } : {}
  const evaluate: Evaluate = (scope) => {
    const fact = scope.event?.fact
    if (!fact || fact.kind !== kind.name) return leaf(unknown(a(kind.name)), { name })
    if (isFromItsTime) return fromItsTime(fact, attribute, zone)
    const value = fact.values[attribute]
    return value === undefined
      ? leaf(unknown(`${name} of ${fact.id}`), { name })
      : leaf(value, { fact: { id: fact.id, field: attribute }, ...unit })
  }
  const value: Valued = (scope) => {
    const fact = scope.event?.fact
    const said = isFromItsTime || fact?.kind !== kind.name ? undefined : fact.values[attribute]
    return said ?? evaluate(scope).value
  }
  return { evaluate, value }
}

/** What follows from when it happened. */
function fromItsTime(fact: Fact, attribute: string, zone: string): Derivation {
  const when =
    fact.shape === 'interval'
      ? leaf(spanOf(fact), { fact: { id: fact.id, field: 'span' } })
      : leaf(fact.at, { fact: { id: fact.id, field: 'at' } })
  const from = [{ as: fact.kind, is: when }]
  switch (attribute) {
    case 'at':
      return when
    case 'from':
      return derive('start', from)
    case 'to':
      return derive('end', from)
    case 'minutes':
      return derive('elapsed', from, { unit: 'minutes', zone }, { unit: 'minutes' })
    default:
      return derive('clock-part', from, { part: attribute as ClockPart, zone }, timeUnit(attribute))
  }
}

const timeUnit = (attribute: string) =>
  attribute === 'time' || attribute === 'minute_of_day' ? { unit: 'time of day' } : {}
