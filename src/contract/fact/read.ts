import { Exact } from '../../kernel/exact.ts'
import {
  endOfTime,
  type Instant,
  Length,
  parseDate,
  parseInstant,
  readingsOf,
} from '../../kernel/time.ts'
import type { Plain, PlainMap } from '../document/document.ts'
import { didYouMean, type Faults, nearestWord, type Path } from '../document/fault.ts'
import { isPlainNumber, type Type, typeText } from '../type.ts'
import type { Value } from '../value.ts'
import type { Fact } from './fact.ts'
import { type FactKind, isDerived } from './fact-kind.ts'
import { retagged } from './retagged.ts'

type FactsPlace = {
  readonly zone: string
  readonly faults: Faults
  readonly under: Path
  /** Set before the ids that are made for facts without one. */
  readonly prefix?: string
  /** The place of the first, where the order in the file tells what came first at one instant. */
  readonly first?: number
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
  { zone, faults, under, prefix = '', first }: FactsPlace,
): readonly PlacedFact[] {
  const facts: PlacedFact[] = []
  written.forEach((entry, place) => {
    const path = [...under, place]
    if (typeof entry === 'string' || Array.isArray(entry)) {
      const found = typeof entry === 'string' ? `“${entry.slice(0, 60)}”` : 'a list'
      faults.add('value_misshapen', path, `A map stands here, not ${found}.`)
      return
    }
    const [name, ...more] = Object.keys(entry)
    if (name === undefined || more.length > 0) {
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
    const read = new FactReader(kind, data as PlainMap, {
      zone,
      faults,
      path: [...path, name],
    }).read(`${prefix}${name}_${place + 1}`)
    if (!read) return
    const fact = first === undefined ? read : { ...read, place: first + place }
    facts.push({ fact, path })
  })
  return retagged(facts)
}

/** What says when, beside the attributes. */
const wordsOfEvent = new Set(['id', 'recorded', 'at'])
const wordsOfInterval = new Set(['id', 'recorded', 'from', 'to', 'for'])

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
    if (typeof text === 'string' && this.isTwofold(word, text)) return undefined
    const instant = typeof text === 'string' ? parseInstant(text, this.place.zone) : undefined
    return (
      instant ??
      this.fault(
        'value_misshapen',
        word,
        `${quoted(text)} is not a date and time such as 2026-05-31T11:00.`,
      )
    )
  }

  /** What happened, happened at one instant: which, where the clocks change, the offset says. */
  private isTwofold(word: string, text: string): boolean {
    const { zone } = this.place
    const readings = readingsOf(text, zone)
    if (readings.length === 0) return false
    const isTwice = new Set(readings.map((one) => one.slice(0, -6))).size === 1
    const why = isTwice
      ? `comes twice in ${zone}, where the clocks are set back`
      : `does not exist in ${zone}, where the clocks are set forward`
    this.fault('value_misshapen', word, `“${text}” ${why}: write ${readings.join(' or ')}.`)
    return true
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
        `${quoted(length)} is not a length of time such as 16 minutes.`,
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
    const own = interval ? wordsOfInterval : wordsOfEvent
    let sound = true
    for (const [name, text] of Object.entries(this.data)) {
      if (own.has(name)) continue
      const type = this.kind.attributes.get(name)
      if (!type || isDerived(this.kind, name)) {
        this.fault(
          'attribute_undeclared',
          name,
          `“${this.kind.name}” has no “${name}”.${didYouMean(name, [...this.kind.attributes.keys(), ...own])}`,
        )
        sound = false
        continue
      }
      if (type.is === 'instant' && typeof text === 'string' && this.isTwofold(name, text)) {
        sound = false
        continue
      }
      const value = typeof text === 'string' ? readValue(text, type, this.place.zone) : undefined
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

/** A written value of a type; undefined where it is none. An instant without a zone is in the one given. */
export function readValue(text: string, type: Type, zone: string): Value | undefined {
  switch (type.is) {
    case 'number':
    case 'written':
    case 'money': {
      if (isPlainNumber(type) && /^-?\d+(\.\d+)?%$/.test(text))
        return Exact.parse(text.slice(0, -1))?.over(Exact.whole(100))
      return /^[+-]?\d+(\.\d+)?$/.test(text) ? Exact.parse(text) : undefined
    }
    case 'truth':
      return text === 'yes' ? true : text === 'no' ? false : undefined
    case 'choice':
      return type.words.includes(text) ? text : undefined
    case 'date':
      return parseDate(text)
    case 'instant':
      return parseInstant(text, zone)
    case 'length':
      return Length.parse(text)
    default:
      return text.length > 0 ? text : undefined
  }
}

function misfit(text: Plain | undefined, type: Type): string {
  const written = quoted(text)
  if (type.is === 'choice') {
    const near = typeof text === 'string' ? nearestWord(text, type.words) : undefined
    return `${written} is none of ${type.words.join(', ')}.${near ? ` Did you mean “${near}”?` : ''}`
  }
  const example = {
    number: `${typeText(type)} such as 12.5`,
    money: 'an amount such as 60.00',
    truth: 'yes or no',
    date: 'a date such as 2026-05-31',
    instant: 'a date and time such as 2026-05-31T11:00',
    length: 'a length such as 4 hours',
  }
  return `${written} is not ${example[type.is as keyof typeof example] ?? 'a text'}.`
}

const quoted = (text: Plain | undefined) =>
  typeof text === 'string' ? `“${text.slice(0, 60)}”` : 'What stands here'
