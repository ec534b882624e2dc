import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Refusal } from '../../kernel/refusal.ts'
import { misfitWords } from './misfit.ts'
import { no } from './problem.ts'

type Read<Value> = { readonly refusal: Refusal } | { readonly value: Value }

type Fields = Readonly<Record<string, unknown>>

/** The declared input out of path, query string and body. `schema` refuses what it does not know (`z.strictObject`). */
export function readInput(request: FastifyRequest, schema: z.ZodObject): Read<Fields> {
  const body = readBody(request.body)
  if ('refusal' in body) return body
  const sources = [request.params as Fields, request.query as Fields, body.value]
  for (const source of sources) {
    const refusal = unfit(source, [])
    if (refusal) return { refusal }
  }
  const names = sources.flatMap((source) => Object.keys(source))
  const twice = names.find((name, place) => names.indexOf(name) < place)
  if (twice !== undefined) return { refusal: no('input_field_given_twice', pointerTo([twice])) }
  const input = Object.fromEntries(sources.flatMap((source) => Object.entries(source)))
  const parsed = schema.safeParse(input)
  return parsed.success
    ? { value: parsed.data }
    : { refusal: refusalOf(parsed.error.issues, input) }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** The bytes as they came; none at all is an empty object, as the input may be in the address alone. */
function readBody(bytes: unknown): Read<Fields> {
  if (!(bytes instanceof Buffer) || bytes.length === 0) return { value: {} }
  let value: unknown
  try {
    value = JSON.parse(utf8.decode(bytes))
  } catch {
    return { refusal: no('body_must_be_json') }
  }
  return isObject(value)
    ? { value }
    : { refusal: no('input_must_fit_schema', '', 'The body must be an object.') }
}

type Path = readonly PropertyKey[]

/** Deeper than any document of ours, and shallow enough for whatever walks it after us. */
const depthMax = 64

/** Names that reach into the language itself where a program copies them carelessly. */
const reserved = new Set(['__proto__', 'constructor', 'prototype'])

/** What no table and no journal could keep as it came, whatever the schema says of it. */
function unfit(value: unknown, path: Path): Refusal | undefined {
  if (typeof value === 'string')
    return isStorable(value) ? undefined : no('input_text_unstorable', pointerTo(path))
  // JSON.parse makes 1e999 infinite and rounds what is beyond 2^53.
  if (typeof value === 'number')
    return Math.abs(value) > Number.MAX_SAFE_INTEGER
      ? no('input_number_inexact', pointerTo(path))
      : undefined
  if (typeof value !== 'object' || value === null) return undefined
  if (path.length === depthMax) return no('input_too_deep', pointerTo(path))
  for (const [name, part] of Object.entries(value)) {
    const place = [...path, name]
    if (reserved.has(name)) return no('input_name_reserved', pointerTo(place))
    if (!isStorable(name)) return no('input_text_unstorable', pointerTo(place))
    const refusal = unfit(part, place)
    if (refusal) return refusal
  }
  return undefined
}

/** PostgreSQL keeps no NUL in a text, and no half of a surrogate pair. */
const isStorable = (text: string) => !text.includes('\0') && text.isWellFormed()

/** An unknown field first: it is most often the missing one, misspelt. */
function refusalOf(issues: readonly z.core.$ZodIssue[], input: unknown): Refusal {
  const all = issues.map(innermost)
  for (const issue of all)
    if (issue.code === 'unrecognized_keys')
      return no('input_field_unknown', pointerTo([...issue.path, issue.keys[0] ?? '']))
  const [first] = all
  const path = first?.path ?? []
  const found = valueAt(input, path)
  const missing = first?.code !== 'custom' && found === undefined
  const words = missing ? 'This must be given.' : first && misfitWords(first, found)
  return no('input_must_fit_schema', pointerTo(path), words)
}

/** Of the members of a union, the one that fits best: it has the fewest faults. */
function innermost(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue
  const [best = []] = issue.errors.toSorted((one, other) => one.length - other.length)
  const [fault] = best.map(innermost)
  return fault === undefined ? issue : { ...fault, path: [...issue.path, ...fault.path] }
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (part, name) =>
      typeof part === 'object' && part !== null && Object.hasOwn(part, name)
        ? (part as Record<PropertyKey, unknown>)[name]
        : undefined,
    value,
  )

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** RFC 6901. */
const pointerTo = (path: Path) =>
  path.map((name) => `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
