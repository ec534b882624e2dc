import { z } from 'zod'
import { Exact } from '../kernel/exact.ts'
import { endOfTime, type Instant, Length, parseDate, parseInstant } from '../kernel/time.ts'
import { checked, type Plain, type PlainMap } from './document.ts'
import { didYouMean, type Faults, nearestWord, type Path } from './fault.ts'
import type { AttributeType, FactKind as FactKindWords } from './language/fact.ts'
import { money, plainNumber, type Type, timeOfDay, truth } from './type.ts'
import { Span, type Value } from './value.ts'
import { standardFacts } from './vocabulary.ts'
import { Text } from './words.ts'

type FactShape = 'event' | 'interval' | 'state'
export type FactKind = {
  readonly name: string
  readonly shape: FactShape
  readonly title?: string
  readonly attributes: ReadonlyMap<string, Type>
}

/** Something that happened, as it was recorded. It never changes; a correction is another fact. */
export type Fact = {
  readonly id: string
  readonly kind: string
  readonly shape: FactShape
  /** When it happened; of an interval, when it began. */
  readonly at: Instant
  /** When an interval ended; absent while it is open. */
  readonly to?: Instant
  /** Its subject: what belongs together is about the same thing. */
  readonly about?: string
  /** The component it concerns, where it says one. */
  readonly component?: string
  readonly recorded: Instant
  readonly values: Readonly<Record<string, Value>>
}

/** Attributes that every kind has, beside those that are declared. */
const shared: readonly [string, Type][] = [
  ['about', { is: 'text' }],
  ['component', { is: 'text' }],
  ['by', { is: 'text' }],
]
/** Attributes that follow from when it happened. */
const derived: readonly [string, Type][] = [
  ['date', { is: 'date' }],
  ['weekday', { is: 'choice', words: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] }],
  ['minute_of_day', timeOfDay],
  ['time', timeOfDay],
]
export const derivedAttributes = new Set([...derived.map(([name]) => name), 'minutes'])

export function attributeType(type: AttributeType): Type {
  if (Array.isArray(type)) return { is: 'choice', words: type }
  if (typeof type === 'object') return { is: 'number', unit: type.number }
  if (type === 'number') return plainNumber
  if (type === 'money') return money
  if (type === 'truth') return truth
  return type === 'duration' ? { is: 'length' } : { is: type }
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
  const make = (
    name: string,
    shape: FactShape,
    has: readonly (readonly [string, Type])[],
    title?: string,
  ) => {
    const always: readonly (readonly [string, Type])[] = [...shared, component, ...derived]
    const span: readonly (readonly [string, Type])[] =
      shape === 'interval' ? [['minutes', { is: 'number', unit: 'minutes' }]] : []
    kinds.set(name, {
      name,
      shape,
      attributes: new Map([...always, ...span, ...has]),
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
        `“${name}” is a standard fact and an ${standard.shape}; give your own kind another name.`,
      )
    const has = Object.entries(kind.has ?? {}).map(
      ([attribute, type]) => [attribute, attributeType(type)] as const,
    )
    for (const [attribute] of has)
      if (derivedAttributes.has(attribute) || attribute === 'at')
        faults.add(
          'name_reserved',
          ['facts', name, 'has', attribute],
          `Every fact has “${attribute}” already, from when it happened.`,
        )
    make(name, kind.shape, [...(standard?.attributes ?? []), ...has], kind.title)
  }
  return kinds
}

const FactText = z.record(Text, z.unknown())

type FactsPlace = {
  readonly zone: string
  readonly faults: Faults
  readonly under: Path
  /** Set before the ids that are made for facts without one. */
  readonly prefix?: string
}

/** Reads a list of facts, each `{ kind: { at: …, attributes … } }`, checked against the declared kinds. */
export function readFacts(
  written: readonly Plain[],
  kinds: ReadonlyMap<string, FactKind>,
  place: FactsPlace,
): Fact[] {
  return readPlacedFacts(written, kinds, place).map(({ fact }) => fact)
}

export type PlacedFact = { readonly fact: Fact; readonly path: Path }

/** The same, with where each stands. */
export function readPlacedFacts(
  written: readonly Plain[],
  kinds: ReadonlyMap<string, FactKind>,
  { zone, faults, under, prefix = '' }: FactsPlace,
): PlacedFact[] {
  const facts: PlacedFact[] = []
  const ids = new Set<string>()
  written.forEach((entry, place) => {
    const path = [...under, place]
    const shape = checked(FactText, entry, faults, path)
    const [name, ...more] = Object.keys(shape ?? {})
    if (name === undefined || more.length > 0) {
      if (shape)
        faults.add(
          'value_misshapen',
          path,
          'A fact is one kind with what it says, such as { kept: { about: item_1, at: 2026-05-15T11:00 } }.',
        )
      return
    }
    const kind = kinds.get(name)
    if (!kind) {
      faults.add(
        'fact_undeclared',
        [...path, name],
        `No kind of fact is called “${name}”.${didYouMean(name, kinds.keys())}`,
      )
      return
    }
    const data = (entry as PlainMap)[name]
    if (typeof data !== 'object' || Array.isArray(data)) {
      faults.add(
        'value_misshapen',
        [...path, name],
        'A fact says at least when it happened: { at: … }.',
      )
      return
    }
    const fact = new FactReader(kind, data as PlainMap, {
      zone,
      faults,
      path: [...path, name],
    }).read(`${prefix}${name}_${place + 1}`)
    if (!fact) return
    if (ids.has(fact.id))
      faults.add('name_doubled', [...path, name, 'id'], `Two facts have the id “${fact.id}”.`)
    ids.add(fact.id)
    facts.push({ fact, path })
  })
  return facts
}

class FactReader {
  private readonly kind: FactKind
  private readonly data: PlainMap
  private readonly place: { zone: string; faults: Faults; path: Path }

  constructor(kind: FactKind, data: PlainMap, place: { zone: string; faults: Faults; path: Path }) {
    this.kind = kind
    this.data = data
    this.place = place
  }

  read(id: string): Fact | undefined {
    const interval = this.kind.shape === 'interval'
    const at = this.instant(interval ? 'from' : 'at')
    if (at === undefined) return undefined
    const to = interval ? this.end(at) : undefined
    if (to === 'faulty') return undefined
    const recorded = this.data['recorded'] === undefined ? (to ?? at) : this.instant('recorded')
    const values = this.attributes(interval)
    if (recorded === undefined || values === undefined) return undefined
    const { about, component } = values
    return {
      id: typeof this.data['id'] === 'string' ? this.data['id'] : id,
      kind: this.kind.name,
      shape: this.kind.shape,
      at,
      ...(to !== undefined && { to }),
      ...(typeof about === 'string' && { about }),
      ...(typeof component === 'string' && { component }),
      recorded,
      values,
    }
  }

  private fault(
    name: Parameters<Faults['add']>[0],
    word: string | undefined,
    words: string,
  ): undefined {
    this.place.faults.add(
      name,
      word === undefined ? this.place.path : [...this.place.path, word],
      words,
    )
  }

  private instant(word: string): Instant | undefined {
    const text = this.data[word]
    if (text === undefined) return this.fault('word_missing', undefined, `Say “${word}:” here.`)
    const instant = typeof text === 'string' ? parseInstant(text, this.place.zone) : undefined
    return (
      instant ??
      this.fault(
        'value_misshapen',
        word,
        `“${String(text).slice(0, 60)}” is not a date and time such as 2026-05-31T11:00.`,
      )
    )
  }

  /** `to` or `for: 16 minutes`; neither while it is open. */
  private end(from: Instant): Instant | undefined | 'faulty' {
    const { to, for: length } = this.data
    if (to !== undefined && length !== undefined) {
      this.fault('words_exclude_each_other', 'for', 'Say “to:” or “for:”, not both.')
      return 'faulty'
    }
    if (length !== undefined) {
      const parsed = typeof length === 'string' ? Length.parse(length) : undefined
      const ended = parsed?.after(from, this.place.zone) ?? this.seconds(length, from)
      if (ended !== undefined && ended < endOfTime) return ended
      this.fault(
        'value_misshapen',
        'for',
        `“${String(length).slice(0, 60)}” is not a length of time such as 16 minutes.`,
      )
      return 'faulty'
    }
    if (to === undefined) return undefined
    const end = this.instant('to')
    if (end === undefined) return 'faulty'
    if (end >= from) return end
    this.fault('period_misordered', 'to', 'An interval has to end after it starts.')
    return 'faulty'
  }

  /** Measured lengths come in seconds too; agreed ones do not. */
  private seconds(text: Plain, from: Instant): Instant | undefined {
    const count =
      typeof text === 'string' ? /^(\d{1,9}(?:\.\d{1,3})?) seconds?$/.exec(text)?.[1] : undefined
    return count === undefined ? undefined : from + Math.round(Number(count) * 1000)
  }

  private attributes(interval: boolean): Record<string, Value> | undefined {
    const values: Record<string, Value> = {}
    const own = new Set(['id', 'recorded', ...(interval ? ['from', 'to', 'for'] : ['at'])])
    let sound = true
    for (const [name, text] of Object.entries(this.data)) {
      if (own.has(name)) continue
      const type = this.kind.attributes.get(name)
      if (!type || derivedAttributes.has(name)) {
        this.fault(
          'attribute_undeclared',
          name,
          `“${this.kind.name}” has no “${name}”.${didYouMean(name, [...this.kind.attributes.keys(), ...own])}`,
        )
        sound = false
        continue
      }
      const value = typeof text === 'string' ? readValue(text, type) : undefined
      if (value === undefined) {
        this.fault(
          type.is === 'choice' ? 'choice_unknown' : 'value_misshapen',
          name,
          misfit(text, type),
        )
        sound = false
      } else values[name] = value
    }
    return sound ? values : undefined
  }
}

/** A written value of a type; undefined where it is none. */
export function readValue(text: string, type: Type): Value | undefined {
  switch (type.is) {
    case 'number':
    case 'written':
    case 'money': {
      if (/^-?\d+(\.\d+)?%$/.test(text))
        return Exact.parse(text.slice(0, -1))?.over(Exact.whole(100))
      return /^[+-]?\d+(\.\d+)?$/.test(text) ? Exact.parse(text) : undefined
    }
    case 'truth':
      return text === 'yes' ? true : text === 'no' ? false : undefined
    case 'choice':
      return type.words.includes(text) ? text : undefined
    case 'date':
      return parseDate(text)
    case 'length':
      return Length.parse(text)
    default:
      return text.length > 0 ? text : undefined
  }
}

function misfit(text: Plain | undefined, type: Type): string {
  const written = typeof text === 'string' ? `“${text.slice(0, 60)}”` : 'What stands here'
  if (type.is === 'choice') {
    const near = typeof text === 'string' ? nearestWord(text, type.words) : undefined
    return `${written} is none of ${type.words.join(', ')}.${near ? ` Did you mean “${near}”?` : ''}`
  }
  const example = {
    number: 'a number such as 12.5',
    money: 'an amount such as 60.00',
    truth: 'yes or no',
    date: 'a date such as 2026-05-31',
    length: 'a length such as 4 hours',
  }
  return `${written} is not ${example[type.is as keyof typeof example] ?? 'a text'}.`
}

/** A fact as a stretch of time. */
export const spanOf = (fact: Fact) => new Span(fact.at, fact.to)

/** The facts that are known for a question: each kind in the order of time, then of recording, then of id. */
export class Facts {
  private readonly kinds = new Map<string, Fact[]>()
  private readonly subjects = new Map<string, Fact[]>()
  private readonly ids = new Map<string, Fact>()
  /** Which component an item belongs to, as the first fact that named both said. */
  private readonly items = new Map<string, string>()

  constructor(facts: readonly Fact[]) {
    for (const fact of [...facts].sort(inOrder)) {
      this.ids.set(fact.id, fact)
      pushTo(this.kinds, fact.kind, fact)
      if (fact.about !== undefined) pushTo(this.subjects, `${fact.kind} ${fact.about}`, fact)
      if (fact.about !== undefined && fact.component !== undefined && !this.items.has(fact.about))
        this.items.set(fact.about, fact.component)
    }
  }

  of(kind: string): readonly Fact[] {
    return this.kinds.get(kind) ?? []
  }

  about(kind: string, subject: string | undefined): readonly Fact[] {
    return subject === undefined ? this.of(kind) : (this.subjects.get(`${kind} ${subject}`) ?? [])
  }

  byId(id: string): Fact | undefined {
    return this.ids.get(id)
  }

  componentOfItem(item: string): string | undefined {
    return this.items.get(item)
  }

  get all(): readonly Fact[] {
    return [...this.ids.values()]
  }
}

export function inOrder(left: Fact, right: Fact): number {
  return left.at - right.at || left.recorded - right.recorded || (left.id < right.id ? -1 : 1)
}

function pushTo<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item) {
  const list = map.get(key)
  if (list) list.push(item)
  else map.set(key, [item])
}
