import type { z } from 'zod'
import type { Plain, PlainMap } from '../../src/contract/document/document.ts'
import type { Path } from '../../src/contract/document/fault.ts'
import type { Gathered } from './corpus.ts'
import type { Draw } from './draw.ts'
import { edges, oddParts, oddTexts } from './oddity.ts'

/**
 * Documents from the declarations that parse them: what is declared tomorrow is tried tomorrow. Everything is generated
 * from a schema, or from what stands under the same word in a real document.
 */
export type Growing = {
  readonly draw: Draw
  readonly corpus: Gathered
  /** What the document itself says elsewhere. */
  readonly own: Gathered
  /** Names that the document may hold. */
  readonly names: readonly string[]
}
type Schema = z.core.$ZodType
type Standing = {
  /** The word that it stands under. */
  readonly word: string
  readonly depth: number
}

const depthMax = 9

/** Something that may stand where the schema stands. */
export function grown(schema: Schema, { word, depth }: Standing, growing: Growing): Plain {
  const def = definitionOf(schema)
  const { draw, corpus } = growing
  if (draw.happens(0.5)) return oddity(draw)
  const inner = (one: Schema, under = word) =>
    grown(one, { word: under, depth: depth + 1 }, growing)
  switch (def.type) {
    case 'optional':
      return inner(def.innerType)
    case 'pipe':
      // A number is text that is transformed; what it is called stands outside.
      return definitionOf(def.in).type === 'string' ? text(schema, word, growing) : inner(def.in)
    case 'lazy':
      return inner(def.getter())
    case 'union':
      return inner(draw.one(def.options as [Schema, ...Schema[]]))
    case 'object':
      return grownMap(def.shape, { depth, word }, growing)
    case 'record':
      return grownRecord(def, { word, depth }, growing)
    case 'array':
      return Array.from({ length: lengthOf(growing, depth) }, () => inner(def.element))
    case 'tuple':
      return def.items.map((item) => inner(item))
    case 'literal':
      return String(draw.one(def.values as [string]))
    case 'enum':
      return draw.one(Object.values(def.entries) as [string])
    case 'string':
      return text(schema, word, growing)
    default: {
      const known = corpus.under(word)
      return known[draw.below(known.length)] ?? oddity(draw)
    }
  }
}

/** The definitions of the forms that the language is declared with. */
type AnySchema = {
  readonly def:
    | { type: 'optional'; innerType: Schema }
    | { type: 'pipe'; in: Schema }
    | { type: 'lazy'; getter: () => Schema }
    | { type: 'union'; options: readonly Schema[] }
    | { type: 'object'; shape: Readonly<Record<string, Schema>> }
    | { type: 'record'; keyType: Schema; valueType: Schema }
    | { type: 'array'; element: Schema }
    | { type: 'tuple'; items: readonly Schema[] }
    | { type: 'literal'; values: readonly unknown[] }
    | { type: 'enum'; entries: Readonly<Record<string, string>> }
    | { type: 'string' }
    | { type: 'unknown' }
}
const definitionOf = (schema: Schema) => (schema as unknown as AnySchema).def

const lengthOf = ({ draw }: Growing, depth: number) =>
  draw.happens(2) ? 0 : 1 + (depth < depthMax ? draw.below(3) : 0)

function grownMap(
  shape: Readonly<Record<string, Schema>>,
  { depth }: Standing,
  growing: Growing,
): Plain {
  const { draw } = growing
  const optional = Object.values(shape).filter((one) => definitionOf(one).type === 'optional')
  // A map of forty words would say all of them half of the time; two or three are what an author writes.
  const percent = depth > depthMax ? 0 : depth < 2 ? 50 : Math.min(40, 250 / optional.length)
  return Object.fromEntries(
    Object.entries(shape).flatMap(([key, schema]) => {
      const isOptional = definitionOf(schema).type === 'optional'
      if (isOptional ? !draw.happens(percent) : draw.happens(1)) return []
      return [[key, grown(schema, { word: key, depth: depth + 1 }, growing)]]
    }),
  )
}

function grownRecord(
  { valueType }: { valueType: Schema },
  { word, depth }: Standing,
  growing: Growing,
): Plain {
  const { draw } = growing
  const value = (key: string) =>
    grown(
      valueType,
      { word: definitionOf(valueType).type === 'unknown' ? key : word, depth: depth + 1 },
      growing,
    )
  return Object.fromEntries(
    Array.from({ length: lengthOf(growing, depth) }, () => {
      const key = keyUnder(word, growing)
      return [key, value(key)]
    }).filter(([key]) => draw.happens(99) || key !== ''),
  )
}

function keyUnder(word: string, { draw, corpus, names }: Growing): string {
  const known = corpus.keysUnder(word)
  const sources = [
    known,
    known,
    names,
    [`${word.replaceAll('-', '_')}_one`, `${word.replaceAll('-', '_')}_two`],
  ]
  const source = sources[draw.below(sources.length)] ?? []
  return source[draw.below(source.length)] ?? 'one'
}

/** Mostly what could stand there: what stands under the same word, a name, an edge; now and then anything. */
function text(schema: Schema, word: string, { draw, corpus, own, names }: Growing): string {
  const { title = 'Text' } =
    (schema as unknown as { meta: () => { title?: string } | undefined }).meta() ?? {}
  const pick = (items: readonly string[]) => items[draw.below(items.length)] ?? 'one'
  const standing = (draw.happens(60) ? own : corpus)
    .under(word)
    .filter((one) => typeof one === 'string')
  const way = draw.below(100)
  if (way < 45 && standing.length > 0) return pick(standing)
  if (way >= 97) return pick(oddTexts)
  if (title === 'Name' || title === 'Event' || way < 65)
    return title === 'Event' && draw.happens(30) ? `${pick(names)}.missed` : pick(names)
  return title === 'Expression' && way < 80 ? formula(names, draw) : pick(edges[title] ?? names)
}

const operators = ['+', '-', '*', '/', '==', '<', '>=', '&&'] as const

/** Two operands, which may be formulas themselves. */
function formula(names: readonly string[], draw: Draw): string {
  const operand = (): string => {
    if (draw.happens(20)) return `(${formula(names, draw)})`
    return draw.happens(70)
      ? (names[draw.below(names.length)] ?? '1')
      : (edges['Expression']?.[draw.below(6)] ?? '1')
  }
  return draw.happens(15)
    ? `${draw.one(['min', 'max', 'rounded'])}(${operand()}, ${operand()})`
    : `${operand()} ${draw.one(operators)} ${operand()}`
}

export function oddity(draw: Draw): Plain {
  return draw.happens(50)
    ? (oddTexts[draw.below(oddTexts.length)] ?? '')
    : (oddParts[draw.below(oddParts.length)] ?? '')
}

/** The words of which one stands here; none where any text may. */
export function optionsOf(schema: Schema): string[] {
  const def = definitionOf(schema)
  if (def.type === 'enum') return Object.values(def.entries)
  return def.type === 'literal' ? def.values.map(String) : []
}

/** A place in a document, by what may stand there; what may stand there and does not is absent. */
export type Place = {
  readonly path: Path
  readonly schema: Schema
  readonly word: string
  readonly isAbsent: boolean
}

/** Every place of a document that a schema speaks of, and every one where it says nothing and might. */
export function placesIn(
  schema: Schema,
  data: Plain,
  at: Pick<Place, 'path' | 'word'> = { path: [], word: '' },
): Place[] {
  const { path, word } = at
  const inner = plainSchema(schema, data)
  const own: Place = { path, schema: inner, word, isAbsent: false }
  const def = definitionOf(inner)
  const below = (one: Schema, key: string | number, under: string) =>
    placesIn(one, (data as PlainMap)[key] ?? '', { path: [...path, key], word: under })
  if (typeof data === 'string') return [own]
  if (Array.isArray(data)) {
    const items = def.type === 'tuple' ? def.items : []
    const element = def.type === 'array' ? def.element : undefined
    return [
      own,
      ...data.flatMap((_, place) => {
        const one = element ?? items[place]
        return one ? below(one, place, word) : []
      }),
    ]
  }
  if (def.type === 'object')
    return [
      own,
      ...Object.entries(def.shape).flatMap(([key, one]) =>
        key in data
          ? below(one, key, key)
          : [{ path: [...path, key], schema: one, word: key, isAbsent: true }],
      ),
    ]
  if (def.type !== 'record') return [own]
  const isOpen = definitionOf(def.valueType).type === 'unknown'
  return [
    own,
    ...Object.keys(data).flatMap((key) => below(def.valueType, key, isOpen ? key : word)),
  ]
}

/** Behind what may be absent and what is transformed; of several forms the one that was written. */
function plainSchema(schema: Schema, data: Plain): Schema {
  const def = definitionOf(schema)
  if (def.type === 'optional') return plainSchema(def.innerType, data)
  if (def.type === 'pipe') return plainSchema(def.in, data)
  if (def.type === 'lazy') return plainSchema(def.getter(), data)
  if (def.type !== 'union') return schema
  const forms = def.options.map((option) => plainSchema(option, data))
  const fits = (form: Schema): number => {
    const { type } = definitionOf(form)
    if (typeof data === 'string') return ['string', 'enum', 'literal'].includes(type) ? 1 : 0
    if (Array.isArray(data)) return ['array', 'tuple'].includes(type) ? 1 : 0
    const own = definitionOf(form)
    if (own.type === 'record') return 0.5
    return own.type === 'object'
      ? Object.keys(data).filter((key) => key in own.shape).length / (Object.keys(data).length + 1)
      : 0
  }
  return forms.reduce((best, form) => (fits(form) > fits(best) ? form : best), forms[0] ?? schema)
}
