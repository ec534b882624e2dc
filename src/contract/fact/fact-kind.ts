import type { z } from 'zod'
import { a } from '../../kernel/grammar.ts'
import type { Faults } from '../document/fault.ts'
import type { Attribute, AttributeType, FactKindWords, FactShape } from '../language/fact.ts'
import { standardFacts, unreadable, unreadableNames } from '../language/vocabulary.ts'
import { isNumeric, money, partsOfInstant, plainNumber, type Type, truth } from '../type.ts'

export type FactKind = {
  readonly name: string
  readonly shape: FactShape
  readonly title?: string
  readonly attributes: ReadonlyMap<string, Type>
  /** Of the attributes that have one. */
  readonly titles: ReadonlyMap<string, string>
  /** Of a name for several kinds of event, which they are: nothing is recorded of it itself. */
  readonly anyOf?: readonly string[]
}

/** Attributes that every kind has, beside those that are declared. */
const shared: readonly [string, Type][] = [
  ['about', { is: 'text' }],
  ['component', { is: 'text' }],
  ['by', { is: 'text' }],
]
const instant: Type = { is: 'instant' }
/** Parts that every fact has of its own moment. */
const partsOfFact: readonly (readonly [string, Type])[] = (
  ['date', 'weekday', 'minute_of_day', 'time'] as const
).flatMap((part) => {
  const type = partsOfInstant.get(part)
  return type ? [[part, type] as const] : []
})
/** Attributes that follow from when it happened. */
const derived: Readonly<Record<FactShape, ReadonlyMap<string, Type>>> = {
  event: new Map([...partsOfFact, ['at', instant]]),
  state: new Map([...partsOfFact, ['at', instant]]),
  interval: new Map<string, Type>([
    ...partsOfFact,
    ['from', instant],
    ['to', instant],
    ['minutes', { is: 'number', unit: 'minutes' }],
  ]),
}
export const isDerived = ({ shape }: Pick<FactKind, 'shape'>, attribute: string) =>
  derived[shape].has(attribute)

/** What a kind says beside when it happened, and about what. */
export function ownAttributes(kind: FactKind): [string, Type][] {
  const always = new Set(shared.map(([name]) => name))
  return [...kind.attributes].filter(([name]) => !always.has(name) && !isDerived(kind, name))
}

/** The attribute that is meant where none is named: the only number, or the only one at all. */
export function onlyValue(kind: FactKind): string | undefined {
  const own = ownAttributes(kind)
  const numeric = own.filter(([, type]) => isNumeric(type))
  const [only] = numeric.length === 1 ? numeric : own.length === 1 ? own : []
  return only?.[0]
}

export function attributeType(type: AttributeType): Type {
  if (Array.isArray(type)) return { is: 'choice', words: type }
  if (typeof type === 'object') return { is: 'number', unit: type.number }
  if (type === 'number') return plainNumber
  if (type === 'money') return money
  if (type === 'truth') return truth
  return type === 'duration' ? { is: 'length' } : { is: type }
}

/** An attribute's name in print and in forms. */
export const attributeTitle = ({ titles }: FactKind, attribute: string) =>
  titles.get(attribute) ?? attribute.replaceAll('_', ' ')

const typeOf = (written: Attribute): Type =>
  attributeType(
    typeof written === 'object' && 'type' in written ? written.type : (written as AttributeType),
  )

const untitled: FactKind['titles'] = new Map()

function titlesOf(has: Readonly<Record<string, Attribute>> | undefined): FactKind['titles'] {
  const titles = Object.entries(has ?? {}).flatMap(([name, written]): [string, string][] =>
    typeof written === 'object' && 'title' in written && written.title !== undefined
      ? [[name, written.title]]
      : [],
  )
  return titles.length === 0 ? untitled : new Map(titles)
}

/** The standard vocabulary and the offering's own kinds. One declared again keeps its shape and gains attributes. */
export function factKinds(
  declared: Readonly<Record<string, z.infer<typeof FactKindWords>>>,
  components: readonly string[],
  faults: Faults,
): Map<string, FactKind> {
  const kinds = new Map<string, FactKind>()
  const component: [string, Type] = [
    'component',
    components.length > 0 ? { is: 'choice', words: components } : { is: 'text' },
  ]
  const ofShape = (shape: FactShape) => {
    const list = [...shared, component, ...derived[shape]]
    return { list, alone: new Map(list) }
  }
  const every = { event: ofShape('event'), interval: ofShape('interval'), state: ofShape('state') }
  const make = (
    name: string,
    shape: FactShape,
    has: readonly (readonly [string, Type])[],
    { title, titles = untitled }: { title?: string | undefined; titles?: FactKind['titles'] } = {},
  ) => {
    const { list, alone } = every[shape]
    kinds.set(name, {
      name,
      shape,
      attributes: has.length === 0 ? alone : new Map([...list, ...has]),
      titles,
      ...(title !== undefined && { title }),
    })
  }
  for (const [name, kind] of Object.entries(standardFacts))
    make(
      name,
      kind.shape,
      Object.entries('has' in kind ? kind.has : {}).map(([attribute, type]) => [
        attribute,
        attributeType(type),
      ]),
    )
  for (const [name, kind] of Object.entries(declared)) {
    const standard = kinds.get(name)
    if (standard && standard.shape !== kind.shape)
      faults.add(
        'value_misshapen',
        ['facts', name, 'shape'],
        `“${name}” is a standard fact and ${a(standard.shape)}; give your own kind another name.`,
      )
    const has = Object.entries(kind.has ?? {}).map(
      ([attribute, type]) => [attribute, typeOf(type)] as const,
    )
    for (const [attribute] of has)
      if (unreadableNames.has(attribute))
        faults.add('name_reserved', ['facts', name, 'has', attribute], unreadable(attribute))
      else {
        const words = derivedAlready(kind, attribute)
        if (words !== undefined)
          faults.add('name_reserved', ['facts', name, 'has', attribute], words)
      }
    make(name, kind.shape, [...(standard?.attributes ?? []), ...has], {
      title: kind.title,
      titles: titlesOf(kind.has),
    })
  }
  return kinds
}

/** What follows from when it happened is of no author’s own; and what an interval lasts is called so of nothing else. */
function derivedAlready(kind: Pick<FactKind, 'shape'>, attribute: string): string | undefined {
  if (isDerived(kind, attribute) || attribute === 'at')
    return `Every fact has “${attribute}” already, from when it happened.`
  if (attribute !== 'minutes') return undefined
  return `“minutes” is how long an interval lasts; of ${a(kind.shape)} say another name, such as “minutes_used”.`
}
