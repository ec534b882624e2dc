import { z } from 'zod'
import type { Endpoint } from './endpoint.ts'
import { statusOf } from './problem.ts'
import { sessionCookie } from './viewer.ts'

type Schema = { [key: string]: unknown }
type Schemas = Record<string, Schema>

/** The whole interface as OpenAPI 3.1. Throws where an endpoint is declared so that it could not keep what it says. */
export function openapiOf(endpoints: readonly Endpoint[], version: string) {
  const schemas: Schemas = { problem: problemSchema }
  const paths: Record<string, Record<string, object>> = { '/changes': { get: changesOperation } }
  for (const endpoint of endpoints) {
    const [method = '', route = ''] = endpoint.route.split(' ')
    const path = route.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(endpoint, schemas) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Tessera', version, description },
    servers: [{ url: '/api' }],
    tags: [...new Set([...endpoints.map(tagOf), 'changes'])].toSorted().map((name) => ({ name })),
    paths,
    components: {
      schemas,
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: sessionCookie },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
  }
}

const description = `Times are UTC text, amounts decimal text, ids prefixed. A refusal is \`application/problem+json\` (RFC 9457) whose \`name\` says which rule it protects and whose \`pointer\` shows what it refuses in the input.

An instant without \`Z\` or an offset is read in the zone of the agreement or offering that it is for; that of the demonstration’s clock, in UTC.

A write may carry \`Idempotency-Key\`, and is refused without one where it is required: sent again, it is answered again and changes nothing (\`Tessera-Repeated: yes\`). \`Tessera-Version\` says which entry it wrote. \`Tessera-Role\` says in which role one acts, where there are several. \`Tessera-Reason\` says why, percent-encoded.`

const changesOperation = {
  ...{ operationId: 'changes', summary: 'Says what changed, as it happens.', tags: ['changes'] },
  description:
    'Server-sent events: `change` (`stream`, `version`) for what the viewer is a party of, `clock` (`now`) when the demonstration moved it, `missed` when something may have gone by, so that everything is to be asked for again.',
  security: [{}, { cookie: [] }, { bearer: [] }],
  responses: { 200: { description: 'The events.', content: { 'text/event-stream': {} } } },
}

const problemSchema: Schema = {
  type: 'object',
  properties: {
    type: { type: 'string', examples: ['/problems/input_field_unknown'] },
    title: { type: 'string', description: 'Words for people.' },
    status: { type: 'integer' },
    name: { type: 'string', examples: ['input_field_unknown'] },
    pointer: { type: 'string', description: 'JSON pointer into the input; empty for all of it.' },
    detail: { type: 'string' },
  },
  required: ['type', 'title', 'status', 'name', 'pointer'],
}

const tagOf = ({ route }: Endpoint) => /\/([\w-]+)/.exec(route)?.[1] ?? ''

function operationOf(endpoint: Endpoint, schemas: Schemas): object {
  const { name, says, route } = endpoint
  const method = route.split(' ')[0]
  const input = schemaOf(endpoint.input.strict(), { io: 'input', place: `${name}_input`, schemas })
  refuseLoose(input, name)
  const fields = Object.entries((input['properties'] ?? {}) as Schemas)
  const required = new Set(input['required'] as string[] | undefined)
  const inPath = new Set(Array.from(route.matchAll(/:(\w+)/g), ([, field = '']) => field))
  const rest = fields.filter(([field]) => !inPath.has(field))
  for (const field of inPath)
    if (!required.has(field))
      throw new Error(`${name} has :${field} in its route and does not require it in its input`)
  const parameters = [
    ...fields
      .filter(([field]) => inPath.has(field))
      .map(([field, schema]) => ({ name: field, in: 'path', required: true, schema })),
    ...(method === 'POST'
      ? []
      : rest.map(([field, schema]) => ({
          ...{ name: field, in: 'query', required: required.has(field), schema },
        }))),
    ...(endpoint.is === 'command' ? commandHeaders(endpoint) : []),
  ]
  const body = {
    type: 'object',
    properties: Object.fromEntries(rest),
    required: rest.map(([field]) => field).filter((field) => required.has(field)),
    additionalProperties: false,
  }
  return {
    ...{ operationId: name, summary: says, tags: [tagOf(endpoint)] },
    ...rolesTold(endpoint),
    security: securityOf(endpoint),
    ...(parameters.length > 0 && { parameters }),
    ...(method === 'POST' && {
      requestBody: { required: body.required.length > 0, content: json(body) },
    }),
    responses: responsesOf(endpoint, schemas),
  }
}

function rolesTold(endpoint: Endpoint): { readonly description?: string } {
  const roles = endpoint.is === 'door' ? [] : (endpoint.roles ?? [])
  if (roles.length === 0) return {}
  const done = endpoint.is === 'command' ? 'sent' : 'asked'
  return { description: `May be ${done} by: ${roles.join(', ')}.` }
}

const json = (schema: object) => ({ 'application/json': { schema } })

/** What is made of the key needs one, and is refused without it. */
const keyNeeded = 'request_key_needed'

const commandHeaders = ({ refusals }: Endpoint) =>
  [
    ['Idempotency-Key', 'Names this request, so that a repeat is known. 1 to 200 characters.'],
    ['Tessera-Role', 'The role in which one acts.'],
    ['Tessera-Reason', 'Why, percent-encoded.'],
  ].map(([name, description]) => ({
    ...{ name, in: 'header' },
    required: name === 'Idempotency-Key' && refusals.includes(keyNeeded),
    ...{ description, schema: { type: 'string' } },
  }))

/** An empty object beside others: without signing in too. */
function securityOf(endpoint: Endpoint): object[] {
  const cookie = { cookie: [] }
  const bearer = { bearer: [] }
  if (endpoint.is === 'door') return endpoint.to === 'operator' ? [bearer] : [{}, cookie, bearer]
  return endpoint.is === 'query' && endpoint.open ? [{}, cookie, bearer] : [cookie, bearer]
}

function responsesOf(endpoint: Endpoint, schemas: Schemas): object {
  const place = `${endpoint.name}_answer`
  schemas[place] = schemaOf(endpoint.output, { io: 'output', place, schemas })
  const refused = Map.groupBy(endpoint.refusals, statusOf)
  const content = { 'application/problem+json': { schema: { $ref: `${components}problem` } } }
  return {
    200: { description: 'The answer.', content: json({ $ref: `${components}${place}` }) },
    ...Object.fromEntries(
      [...refused].map(([status, names]) => [status, { description: names.join(', '), content }]),
    ),
    default: { description: 'Refused, as for every address.', content },
  }
}

const components = '#/components/schemas/'

type Placed = { readonly io: 'input' | 'output'; readonly place: string; readonly schemas: Schemas }

/** What a schema defines beside itself becomes a component; one with a name of its own is shared by all that use it. */
function schemaOf(schema: z.ZodType, { io, place, schemas }: Placed): Schema {
  const { $schema: _, $defs, ...own } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  const named = (definition: string) => {
    if (definition.startsWith('__')) return `${place}_${definition.slice('__'.length)}`
    return io === 'input' ? `${definition}_input` : definition
  }
  const rewritten = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(rewritten)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(
      Object.entries(part).map(([key, value]) =>
        key === '$ref' && typeof value === 'string'
          ? [key, `${components}${value === '#' ? place : named(value.replace('#/$defs/', ''))}`]
          : [key, rewritten(value)],
      ),
    )
  }
  for (const [definition, value] of Object.entries($defs ?? {}))
    schemas[named(definition)] = rewritten(value) as Schema
  const made = rewritten(own) as Schema
  if (JSON.stringify(made).includes(`"${components}${place}"`)) schemas[place] = made
  return made
}

/** An object that neither refuses what it does not know nor says that it takes everything would drop it in silence. */
function refuseLoose(schema: unknown, name: string): void {
  if (typeof schema !== 'object' || schema === null) return
  if ('properties' in schema && !('additionalProperties' in schema))
    throw new Error(`${name} takes an object that is not strict: use z.strictObject in its input`)
  for (const part of Object.values(schema)) refuseLoose(part, name)
}
