import { z } from 'zod'
import { ClaimWords, DeadlineBy } from '../src/contract/language/deadline.ts'
import { AttributeType, Rounding } from '../src/contract/language/fact.ts'
import { OnChange, OnEnd, Prorate } from '../src/contract/language/period-policies.ts'
import { ScaleWords } from '../src/contract/language/price.ts'
import { Deviation, TermWords } from '../src/contract/language/term.ts'

/** One word of the language, as the reference lists it: read from the declaration that parses it. */
export type Field = {
  /** Where it is written: `counted.in`, `tiers[].rate`. */
  readonly path: string
  readonly type: string
  readonly needed: boolean
  readonly means: string
  /** What holds where it is not written. */
  readonly without: string
}

/** Words with a section of their own: there they are explained, elsewhere they are linked. */
const sections: readonly (readonly [schema: z.core.$ZodType, text: string])[] = [
  [Rounding, '[rounding](#rounding)'],
  [Prorate, '[part of a period](#prorate)'],
  [OnChange, '[change](#on-change)'],
  [OnEnd, '[end](#on-end)'],
  [DeadlineBy, '[fixed date](#by)'],
  [ClaimWords, '[claim](#claim)'],
  [AttributeType, '[type](#types)'],
  [AttributeType, '[type](#types)'],
  [ScaleWords, '[words of a price](#price)'],
  [TermWords, '[term](#terms)'],
  [Deviation, '[deviation](#deviations)'],
]

/** Every word of a map, those of maps within it after the word that holds them. */
export function fieldsOf(schema: z.core.$ZodType, leftOut: readonly string[] = []): Field[] {
  const { def } = schema._zod as z.core.$ZodObject['_zod']
  return Object.entries(def.shape)
    .filter(([key]) => !leftOut.includes(key))
    .flatMap(([key, value]) => [fieldOf(key, value), ...within(value, key)])
}

/** The words of several forms, of which one is written: what only some of them have is not asked of the others. */
export function fieldsOfForms(forms: readonly z.core.$ZodType[]): Field[] {
  const maps = forms.filter(isObject).map((form) => fieldsOf(form))
  return distinct(maps.flat()).map((field) => {
    const isShared = maps.every((fields) => fields.some(({ path }) => path === field.path))
    return isShared || !field.needed ? field : { ...field, needed: false, without: 'another form' }
  })
}

/** The forms that may stand where a schema stands: of a choice between maps each, otherwise itself. */
export function formsOf(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  const inner = plain(schema)
  return isUnion(inner) ? inner._zod.def.options.flatMap(formsOf) : [inner]
}

/** The words that stand in a map, or none. */
export function shapeOf(schema: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>> {
  const inner = plain(schema)
  return isObject(inner) ? inner._zod.def.shape : {}
}

function fieldOf(key: string, schema: z.core.$ZodType): Field {
  const [, means = '', without = ''] = /^(.*?)(?:[;:,] )?(?:without it, (.*))?$/s.exec(
    described(schema),
  ) ?? ['', '', '']
  return {
    path: key,
    type: typeText(schema),
    needed: schema._zod.def.type !== 'optional',
    means,
    without,
  }
}

/** Words inside a word, where they have no section of their own. */
function within(schema: z.core.$ZodType, path: string): Field[] {
  const inner = plain(schema)
  if (linked(inner) !== undefined) return []
  if (isArray(inner)) return within(inner._zod.def.element, `${path}[]`)
  const maps = formsOf(inner).filter(isObject)
  if (maps.length > 1) return distinct(maps.flatMap((map) => nested(map, path)))
  return maps.flatMap((map) => (linked(map) === undefined ? nested(map, path) : []))
}

const nested = (map: z.core.$ZodType, path: string) =>
  fieldsOf(map).map((field) => ({ ...field, path: `${path}.${field.path}` }))

/** The first of each. */
const distinct = (fields: readonly Field[]) =>
  fields.filter(({ path }, place) => fields.findIndex((one) => one.path === path) === place)

/** What stands there, in words and choices. */
function typeText(schema: z.core.$ZodType): string {
  const inner = plain(schema)
  const known = linked(inner) ?? titled(inner)
  if (known !== undefined) return known
  if (isArray(inner)) return listText(inner._zod.def.element)
  if (isUnion(inner)) return choiceText(inner._zod.def.options)
  const { def } = inner._zod as z.core.$ZodTypes['_zod']
  switch (def.type) {
    case 'enum':
      return Object.values(def.entries)
        .map((word) => `\`${word}\``)
        .join(' · ')
    case 'literal':
      return def.values.map((word) => `\`${String(word)}\``).join(' · ')
    case 'tuple':
      return `a list of ${def.items.length}: ${def.items.map(typeText).join(', ')}`
    case 'record':
      return 'a map of names'
    case 'object':
      return 'a map'
    // Read when it is known what there is to say: facts by their kinds.
    case 'unknown':
      return 'a map'
    case 'pipe':
      return typeText(def.in)
    // What rests on itself is read as far as it is written: one step is enough to say it.
    case 'lazy':
      return 'names, or the same again'
    default:
      return 'text'
  }
}

const listText = (element: z.core.$ZodType) => {
  const one = typeText(element)
  return /^[a-z ]+[a-rt-z]$/.test(one)
    ? `a list of ${one.replace(/^a /, '')}s`
    : `a list of ${one.replace(/^name, or a map$/, 'names, or of maps')}`
}

/** `oneOrMany` is one or a list of the same. */
function choiceText(options: readonly z.core.$ZodType[]): string {
  const texts = [...new Set(options.map(typeText))]
  const [one = ''] = texts
  const isOneOrMany = texts.length === 2 && isPlural(texts[1], one)
  return isOneOrMany ? `${one}, or a list of them` : texts.join(', or ')
}

const isPlural = (many: string | undefined, one: string) =>
  many === `a list of ${one}s` || many === `a list of ${one}`

/** Forms that return everywhere are called by their title. */
function titled(schema: z.core.$ZodType): string | undefined {
  const title = z.globalRegistry.get(schema)?.title
  return title?.toLowerCase()
}

/** A text of its own makes another schema of the same parts: the parts tell which it is. */
const linked = (schema: z.core.$ZodType) =>
  sections.find(([one]) => one === schema || partsOf(one) === partsOf(schema))?.[1]

const partsOf = (schema: z.core.$ZodType): unknown =>
  isObject(schema) ? schema._zod.def.shape : isUnion(schema) ? schema._zod.def.options : schema

/** The text of a declaration, or of what is optional in it. */
export function described(schema: z.core.$ZodType): string {
  const own = z.globalRegistry.get(schema)?.description
  if (own !== undefined) return own
  const { def } = schema._zod as z.core.$ZodTypes['_zod']
  return def.type === 'optional' ? described(def.innerType) : ''
}

function plain(schema: z.core.$ZodType): z.core.$ZodType {
  const { def } = schema._zod as z.core.$ZodTypes['_zod']
  return def.type === 'optional' ? plain(def.innerType) : schema
}

const isObject = (schema: z.core.$ZodType): schema is z.core.$ZodObject =>
  schema._zod.def.type === 'object'
const isArray = (schema: z.core.$ZodType): schema is z.core.$ZodArray =>
  schema._zod.def.type === 'array'
const isUnion = (schema: z.core.$ZodType): schema is z.core.$ZodUnion =>
  schema._zod.def.type === 'union'
