import { a } from '../../kernel/grammar.ts'
import { type Derivation, derive, leaf } from '../derivation.ts'
import { nearestWord } from '../document/fault.ts'
import { type Fact, spanOf } from '../fact/fact.ts'
import { type FactKind, isDerived } from '../fact/fact-kind.ts'
import type { PartOfSpan } from '../operation/time.ts'
import type { Evaluate, Valued } from '../scope.ts'
import { isClockPart } from '../type.ts'
import { unknown } from '../value.ts'
import { unitOfPart } from './clock-part.ts'

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
    if (!fact || !isOf(kind, fact)) return leaf(unknown(a(kind.name)), { name })
    if (isFromItsTime) return fromItsTime(attribute, zone, { fact, part: scope.part })
    const value = said(fact, attribute)
    return value === undefined
      ? leaf(unknown(`${name} of ${fact.id}`), { name })
      : leaf(value, { fact: { id: fact.id, field: attribute }, ...unit })
  }
  const value: Valued = (scope) => {
    const fact = scope.event?.fact
    const isSaid = fact !== undefined && isOf(kind, fact) && !isFromItsTime
    return (isSaid ? said(fact, attribute) : undefined) ?? evaluate(scope).value
  }
  return { evaluate, value }
}

const isOf = ({ name, anyOf }: FactKind, { kind }: Fact) =>
  kind === name || anyOf?.includes(kind) === true

/** An attribute may be called anything, and a fact says only what it says itself. */
const said = ({ values }: Fact, attribute: string) =>
  Object.hasOwn(values, attribute) ? values[attribute] : undefined

/** What follows from when it happened. */
function fromItsTime(
  attribute: string,
  zone: string,
  { fact, part }: { fact: Fact; part: PartOfSpan | undefined },
): Derivation {
  const when =
    fact.shape === 'interval'
      ? spanLeaf(fact, part)
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
      return isClockPart(attribute)
        ? derive('clock-part', from, { part: attribute, zone }, unitOfPart(attribute))
        : leaf(unknown(attribute))
  }
}

/** An interval as it was recorded, or the part of it that is priced. */
export function spanLeaf(fact: Fact, part?: PartOfSpan): Derivation {
  const span = leaf(spanOf(fact), { fact: { id: fact.id, field: 'span' } })
  return part ? derive('part', [{ as: fact.kind, is: span }], part) : span
}

/** What to write instead of an attribute that the kind does not have. */
export function undeclaredHint(
  { name, shape, anyOf, attributes }: FactKind,
  attribute: string,
): string {
  if (anyOf) return `: not all of ${anyOf.join(', ')} say it, and alike.`
  const own = attributes.has('from') ? 'from' : 'at'
  if (isClockPart(attribute)) return `: say “${name}.${own}.${attribute}”.`
  if (lengths.has(attribute) && shape === 'interval')
    return `. How long it lasts is “${name}.minutes”; in another unit, a measure without “per:”, { time: this, in: days }.`
  const near = nearestWord(attribute, attributes.keys())
  return near ? `. Did you mean “${near}”?` : `. It has ${[...attributes.keys()].join(', ')}.`
}
const lengths: ReadonlySet<string> = new Set(['seconds', 'hours', 'days', 'duration', 'length'])
