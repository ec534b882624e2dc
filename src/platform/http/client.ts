import type { z } from 'zod'
import type { Endpoint } from './endpoint.ts'

/** All that a client needs to know at run time: name → method and route. Its types come from the declarations. */
export type Routes = Readonly<Record<string, string>>

/** `tools/generate.ts` writes this for the browser, which must not load what answers. */
export const clientRoutes = (endpoints: readonly Endpoint[]): Routes =>
  Object.fromEntries(endpoints.map(({ name, route }) => [name, route]))

type Of<Endpoints extends readonly Endpoint[], Is extends Endpoint['is']> = Extract<
  Endpoints[number],
  { readonly is: Is }
>
type Named<One extends Endpoint, Name> = Extract<One, { readonly name: Name }>
type Given<One extends Endpoint> = z.input<One['input']>
type Answered<One extends Endpoint> = z.output<One['output']>

type Call<One extends Endpoint, Options> = <Name extends One['name']>(
  name: Name,
  input: Given<Named<One, Name>>,
  options?: Options,
) => Promise<Answered<Named<One, Name>>>

type CallOptions = { readonly role?: string; readonly signal?: AbortSignal }

type CommandOptions = CallOptions & {
  /** Of a request that may have been sent before, such as by a page that was left; without one each call has its own. */
  readonly key?: string
  readonly reason?: string
}

/** `createClient<typeof endpoints>(…)`: names, inputs and answers are those that were declared. */
export type Client<Endpoints extends readonly Endpoint[]> = {
  readonly query: Call<Of<Endpoints, 'query'>, CallOptions>
  readonly command: Call<Of<Endpoints, 'command'>, CommandOptions>
  readonly door: Call<Of<Endpoints, 'door'>, CallOptions>
}

export type ClientSettings = {
  /** Where the API is: `/api` in the browser, `http://127.0.0.1:4400/api` elsewhere. */
  readonly base: string
  readonly routes: Routes
  /** Without one the browser's cookie says who asks. */
  readonly token?: string
}

/** A no of the server, or its fault, or (`server_unreachable`, status 0) its silence. */
export class Problem extends Error {
  override readonly name: string
  readonly words: string
  readonly pointer: string
  readonly status: number
  readonly detail: string | undefined

  constructor(told: {
    readonly name: string
    readonly words: string
    readonly status: number
    readonly pointer?: string
    readonly detail?: string
  }) {
    super(`${told.name}: ${told.words}`)
    this.name = told.name
    this.words = told.words
    this.pointer = told.pointer ?? ''
    this.status = told.status
    this.detail = told.detail
  }
}

/** Runs in browsers and in Node. Throws `Problem`. */
export function createClient<Endpoints extends readonly Endpoint[]>(
  settings: ClientSettings,
): Client<Endpoints> {
  const call =
    (attempts: number) =>
    (name: string, input: unknown, options: CommandOptions = {}) =>
      send(requestOf(settings, { name, input: input as Fields, options }), attempts)
  const query = call(attemptsMax)
  const client = {
    query,
    // The key stays the same over all attempts, so that what is sent twice happens once.
    command: (name: string, input: unknown, options: CommandOptions = {}) =>
      query(name, input, { ...options, key: options.key ?? freshKey() }),
    // Nothing tells a repeat of these, so they are sent once.
    door: call(1),
  }
  return client as Client<Endpoints>
}

type Fields = Readonly<Record<string, unknown>>

type Called = { readonly name: string; readonly input: Fields; readonly options: CommandOptions }

/** Each field goes where its endpoint's route puts it: into the path, the query string or the body. */
function requestOf({ base, routes, token }: ClientSettings, called: Called): Request {
  const { name, input, options } = called
  const [method = '', path = ''] = routes[name]?.split(' ') ?? []
  if (path === '') throw new Error(`no endpoint is named ${name}`)
  const rest = new Map(Object.entries(input).filter(([, value]) => value !== undefined))
  const filled = path.replaceAll(/:(\w+)/g, (_, field: string) => {
    const value = rest.get(field)
    rest.delete(field)
    return encodeURIComponent(String(value))
  })
  const hasBody = method === 'POST'
  const search = new URLSearchParams()
  if (!hasBody) for (const [field, value] of rest) search.append(field, String(value))
  const { key, role, reason, signal } = options
  return new Request(`${base}${filled}${search.size > 0 ? `?${search}` : ''}`, {
    method,
    headers: {
      accept: 'application/json',
      ...(hasBody && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(key !== undefined && { 'idempotency-key': key }),
      ...(role !== undefined && { 'tessera-role': role }),
      ...(reason !== undefined && { 'tessera-reason': encodeURIComponent(reason) }),
    },
    ...(hasBody && { body: JSON.stringify(Object.fromEntries(rest)) }),
    ...(signal !== undefined && { signal }),
  })
}

const attemptsMax = 3
const waitMilliseconds = 200

async function send(request: Request, attempts: number): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await answerTo(request)
    const isOver = response !== undefined && response.status !== 503
    if (isOver || attempt >= attempts) {
      if (response?.ok) return response.json()
      throw await problemOf(response)
    }
    const seconds = Number(response?.headers.get('retry-after') ?? 0)
    await wait(Math.max(seconds * 1000, waitMilliseconds * attempt), request.signal)
  }
}

/** Nothing, where nothing came back. */
async function answerTo(request: Request): Promise<Response | undefined> {
  try {
    return await fetch(request.clone())
  } catch (error) {
    if (request.signal.aborted) throw error
    return undefined
  }
}

async function problemOf(response: Response | undefined): Promise<Problem> {
  if (!response)
    return new Problem({
      name: 'server_unreachable',
      words: 'Tessera does not answer. Look at the connection, then try again.',
      status: 0,
    })
  const { status } = response
  try {
    const told = (await response.json()) as { name: string; title: string }
    return new Problem({ ...told, words: told.title, status })
  } catch {
    return new Problem({
      name: 'answer_unreadable',
      words: `Something between here and Tessera answered instead, with status ${status}.`,
      status,
    })
  }
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })
}

/** Also where a page came over plain HTTP, in which browsers have no `randomUUID`. */
const freshKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
