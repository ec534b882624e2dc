import type { ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { Instant } from '../../kernel/time.ts'
import type { Change, Changes, Notice } from '../journal/relay.ts'
import { no, refuse } from './problem.ts'
import type { Token, Tokens } from './token.ts'
import { bearerOf, sessionCookie, tokenOf } from './viewer.ts'

/** Who may know that a stream changed, each as `person party`. */
export type Hearers = (change: Change) => Promise<ReadonlySet<string>>

type Settings = {
  readonly changes: Changes
  readonly hearers: Hearers
  readonly tokens: Tokens
  readonly trueNow: () => Instant
  readonly heartbeatMilliseconds?: number
}

/** Tabs and programs of one person; a mistake that connects in a loop ends here. */
export const readersMax = 20

/** Who does not read is cut off: his browser connects again and asks afresh, which costs less than what waits for him. */
const waitingBytesMax = 256_000

/** Below the half minute after which what stands between cuts a silent connection. */
const heartbeat = 20_000

/** `GET /changes`: server-sent events that say what to ask for again, never what it is now. */
export function addChanges(app: FastifyInstance, settings: Settings): void {
  const { changes, tokens, trueNow, heartbeatMilliseconds = heartbeat } = settings
  const hearers = askedOnce(settings.hearers)
  const readers = new Map<ServerResponse, { readonly who: string; readonly end: () => void }>()
  app.get('/changes', { exposeHeadRoute: false }, (request, reply) => {
    const token = tokenOf(request)
    const who = token?.id ?? request.ip
    if ([...readers.values()].filter((one) => one.who === who).length >= readersMax) {
      refuse(reply, no('readers_too_many'))
      return
    }
    reply.hijack()
    const { raw } = reply
    // Who is gone while something is written: `close` follows, and nobody else hears of it.
    raw.on('error', () => undefined)
    raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // Some proxies would collect it.
      'x-accel-buffering': 'no',
    })
    const write = (text: string) => {
      raw.write(text)
      if (raw.writableLength > waitingBytesMax) raw.destroy()
    }
    write('retry: 2000\n\n')
    // One after the other, so that what is asked first is told first.
    let told = Promise.resolve()
    const unsubscribe = changes.subscribe((notice) => {
      told = told.then(async () => {
        const text = await eventFor(notice, token, hearers)
        if (text !== undefined && readers.has(raw)) write(text)
      })
    })
    // A session that ended, or a token that was revoked, hears nothing more.
    const secret = bearerOf(request) ?? request.cookies[sessionCookie] ?? ''
    const beating = setInterval(async () => {
      if (token && (await isOver(tokens, secret, trueNow()))) end()
      else if (readers.has(raw)) write(':\n\n')
    }, heartbeatMilliseconds)
    const leave = () => {
      clearInterval(beating)
      unsubscribe()
      readers.delete(raw)
    }
    // Forgotten first: what is written after the end would be an error.
    const end = () => {
      leave()
      raw.end()
    }
    readers.set(raw, { who, end })
    raw.on('close', leave)
  })
  app.addHook('preClose', async () => {
    for (const { end } of [...readers.values()]) end()
  })
}

async function eventFor(
  notice: Notice,
  token: Token | undefined,
  hearers: Hearers,
): Promise<string | undefined> {
  if ('now' in notice) return event('clock', { now: notice.now })
  if ('missed' in notice) return event('missed', {})
  const { stream, version, provider, consumer } = notice
  if (!token || (token.party !== provider && token.party !== consumer)) return undefined
  const heard = await hearers(notice).catch(() => undefined)
  // Where nobody can be asked, whoever listens asks for everything again.
  if (!heard) return event('missed', {})
  return heard.has(`${token.person} ${token.party}`)
    ? event('change', { stream, version })
    : undefined
}

/** Every reader is told of the same notice; who may hear of it is asked by the first. */
function askedOnce(hearers: Hearers): Hearers {
  const asked = new WeakMap<Change, ReturnType<Hearers>>()
  return (change) => {
    const known = asked.get(change) ?? hearers(change)
    asked.set(change, known)
    return known
  }
}

const event = (name: string, data: object) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`

/** A database that does not answer ends nobody's session. */
const isOver = (tokens: Tokens, secret: string, trueNow: Instant) =>
  tokens.find(secret, trueNow).then(
    (token) => token === undefined,
    () => false,
  )
