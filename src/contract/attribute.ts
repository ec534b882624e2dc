import { derive, leaf } from './derivation.ts'
import { derivedAttributes, type FactKind, spanOf } from './fact.ts'
import type { ClockPart } from './operation-time.ts'
import { a } from './prose/grammar.ts'
import type { Evaluate } from './scope.ts'
import { unknown } from './value.ts'

/** Reads an attribute of the event at hand, or of the fact that caused it. */
export function attributeReader(kind: FactKind, attribute: string, zone: string): Evaluate {
  return (scope) => {
    const fact = scope.event?.fact
    if (!fact || fact.kind !== kind.name)
      return leaf(unknown(a(kind.name)), { name: `${kind.name}.${attribute}` })
    if (!derivedAttributes.has(attribute)) {
      const value = fact.values[attribute]
      if (value === undefined)
        return leaf(unknown(`${kind.name}.${attribute} of ${fact.id}`), {
          name: `${kind.name}.${attribute}`,
        })
      const type = kind.attributes.get(attribute)
      const unit = type?.is === 'number' ? type.unit : undefined
      return leaf(value, {
        fact: { id: fact.id, field: attribute },
        ...(unit !== undefined && { unit }),
      })
    }
    const when =
      fact.shape === 'interval'
        ? leaf(spanOf(fact), { fact: { id: fact.id, field: 'span' } })
        : leaf(fact.at, { fact: { id: fact.id, field: 'at' } })
    if (attribute === 'minutes')
      return derive(
        'elapsed',
        [{ as: kind.name, is: when }],
        { unit: 'minutes', zone },
        { unit: 'minutes' },
      )
    return derive(
      'clock-part',
      [{ as: kind.name, is: when }],
      { part: attribute as ClockPart, zone },
      timeUnit(attribute),
    )
  }
}

const timeUnit = (attribute: string) =>
  attribute === 'time' || attribute === 'minute_of_day' ? { unit: 'time of day' } : {}
