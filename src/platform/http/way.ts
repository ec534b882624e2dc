import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Refusal } from '../../kernel/refusal.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Database } from '../database/database.ts'
import { readAs } from '../database/transaction.ts'
import { readClock } from '../journal/clock.ts'
import type { Journal } from '../journal/handle.ts'
import type { CommandEndpoint, Door, Endpoint, QueryEndpoint } from './endpoint.ts'
import { readInput } from './input.ts'
import { no, refuse } from './problem.ts'
import { signInsPerMinuteMax } from './security.ts'
import { sessionMilliseconds, type Token, type Tokens } from './token.ts'
import { sessionCookie, tokenOf, viewerOf } from './viewer.ts'

export type Way = {
  readonly database: Database
  readonly journal: Journal
  readonly tokens: Tokens
  readonly demonstration: boolean
  readonly machineNow: () => Instant
}

/** Bytes: a request of people and programs, and a whole set of documents. */
const bodyMax = 1_000_000
const documentsMax = 8_000_000

/** Makes one endpoint a route: who may come in, what he asks, what he is answered. */
export function addWay(app: FastifyInstance, endpoint: Endpoint, way: Way): void {
  const [method = '', url = ''] = endpoint.route.split(' ')
  const schema = endpoint.input.strict()
  const isOperators = endpoint.is === 'door' && endpoint.to === 'operator'
  const isSignIn = endpoint.is === 'door' && method === 'POST' && !isOperators
  app.route({
    method,
    url,
    bodyLimit: isOperators ? documentsMax : bodyMax,
    config: isSignIn ? { rateLimit: { max: signInsPerMinuteMax } } : {},
    // Before the body is read, so that nobody makes us read what he may not send.
    preParsing: async (request, reply) => {
      const refusal = closedTo(endpoint, tokenOf(request))
      if (refusal) return void refuse(reply, refusal)
    },
    handler: async (request, reply) => {
      const headers = readHeaders(request)
      if ('refusal' in headers) return refuse(reply, headers.refusal)
      const input = readInput(request, schema)
      if ('refusal' in input) return refuse(reply, input.refusal)
      const asked = { request, reply, headers, input: input.value }
      if (endpoint.is === 'command') return act(endpoint, asked, way)
      return endpoint.is === 'query' ? ask(endpoint, asked, way) : enter(endpoint, asked, way)
    },
  })
}

function closedTo(endpoint: Endpoint, token: Token | undefined): Refusal | undefined {
  if (endpoint.is === 'door') {
    if (endpoint.to !== 'operator' || token?.kind === 'operator') return undefined
    return token ? no('role_must_be_operator') : no('sign_in_needed')
  }
  const open = endpoint.is === 'query' && endpoint.open
  return token || open ? undefined : no('sign_in_needed')
}

type Headers = { readonly key?: string; readonly role: string; readonly reason?: string }

const keyMax = 200
const roleMax = 100
const reasonMax = 500

/** The reason is people's text, so it is percent-encoded: a header holds no other letters. */
function readHeaders({ headers }: FastifyRequest): Headers | { readonly refusal: Refusal } {
  const key = headers['idempotency-key']
  const role = headers['tessera-role'] ?? ''
  const reason = decoded(headers['tessera-reason'])
  const refusal = (name: string, max: number) => ({
    refusal: no(
      'input_header_unprintable',
      '',
      `The header ${name} must have 1 to ${max} printable characters.`,
    ),
  })
  if (key !== undefined && !isPrintable(key, keyMax)) return refusal('Idempotency-Key', keyMax)
  if (role !== '' && !isPrintable(role, roleMax)) return refusal('Tessera-Role', roleMax)
  if (reason !== undefined && !isPrintable(reason, reasonMax))
    return refusal('Tessera-Reason', reasonMax)
  return {
    role: String(role),
    ...(key !== undefined && { key: String(key) }),
    ...(reason !== undefined && { reason: String(reason) }),
  }
}

/** Empty, and so refused, where it is not encoded as it must be. */
function decoded(header: string | string[] | undefined): string | undefined {
  try {
    return header === undefined ? undefined : decodeURIComponent(String(header))
  } catch {
    return ''
  }
}

const isPrintable = (text: string | string[], max: number) =>
  typeof text === 'string' && /^\P{Cc}+$/u.test(text) && text.length <= max

type Asking = {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly headers: Headers
  readonly input: Readonly<Record<string, unknown>>
}

async function act(endpoint: CommandEndpoint, asking: Asking, { journal }: Way) {
  const { request, reply, headers, input } = asking
  const { role, ...sent } = headers
  const outcome = await journal.handle({
    ...{ command: endpoint.command.name, input: input as never, ...sent },
    actor: viewerOf(request, role),
  })
  if ('refusal' in outcome) return refuse(reply, outcome.refusal)
  // An id is ASCII; what is not would break the header.
  reply.header('tessera-version', `${encodeURI(outcome.stream)}:${outcome.version}`)
  if (outcome.repeated) reply.header('tessera-repeated', 'yes')
  return send(reply, endpoint.output.parse(outcome.answer))
}

async function ask(endpoint: QueryEndpoint, asking: Asking, way: Way) {
  const { request, reply, headers, input } = asking
  const { database, demonstration, machineNow } = way
  const viewer = viewerOf(request, headers.role)
  const now = await readClock(database.app, machineNow())
  const answer = await readAs(database.app, viewer, (client) =>
    endpoint.answer({ ...{ input, viewer, now, client, demonstration }, work: database.work }),
  )
  return isRefusal(answer)
    ? refuse(reply, answer.refusal)
    : send(reply, endpoint.output.parse(answer))
}

async function enter(endpoint: Door, asking: Asking, way: Way) {
  const { request, reply, headers, input } = asking
  const { database, journal, tokens, demonstration, machineNow } = way
  const now = await readClock(database.work, machineNow())
  const kept: (string | undefined)[] = []
  const answer = await endpoint.enter({
    ...{ input, now, machineNow, journal, tokens, demonstration, work: database.work },
    viewer: viewerOf(request, headers.role),
    keepSession: (secret) => void kept.push(secret),
  })
  if (isRefusal(answer)) return refuse(reply, answer.refusal)
  if (kept.length > 0) {
    // The session before it ends here too, not only in the browser.
    const before = tokenOf(request)
    if (before?.kind === 'session') await tokens.revoke(before.id, now)
    keepCookie(reply, kept.at(-1), way)
  }
  return send(reply, endpoint.output.parse(answer))
}

function keepCookie(reply: FastifyReply, secret: string | undefined, way: Way): void {
  const kept = {
    httpOnly: true,
    sameSite: 'strict',
    path: '/',
    secure: !way.demonstration,
  } as const
  if (secret === undefined) reply.clearCookie(sessionCookie, kept)
  else reply.setCookie(sessionCookie, secret, { ...kept, maxAge: sessionMilliseconds / 1000 })
}

const isRefusal = (answer: unknown): answer is { readonly refusal: Refusal } =>
  typeof answer === 'object' && answer !== null && 'refusal' in answer

/** Only what the endpoint declares leaves: `parse` drops every field beside. */
const send = (reply: FastifyReply, answer: unknown) =>
  reply.type('application/json; charset=utf-8').send(JSON.stringify(answer))
