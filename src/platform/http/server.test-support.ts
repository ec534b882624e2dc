import type { FastifyInstance, InjectOptions } from 'fastify'
import { startTestServer } from '../database/database.test-support.ts'
import type { Database } from '../database/database.ts'
import { createJournal } from '../journal/handle.ts'
import { guest, hotel, stranger, testCommands, testKinds } from '../journal/journal.test-support.ts'
import { serverMigrations, testEndpoints } from './endpoints.test-support.ts'
import { createServer } from './server.ts'
import { createTokens, type Tokens } from './token.ts'

export type Sent = {
  readonly as?: 'hotel' | 'guest' | 'stranger' | 'operator' | 'ended' | 'revoked'
  readonly body?: unknown
  readonly raw?: string | Buffer
  readonly headers?: Record<string, string>
}

/** A database with its tokens, servers on it, and what sends to them. */
export async function startWorld() {
  const server = await startTestServer()
  const database = await server.open(serverMigrations)
  const tokens = createTokens(database.work)
  const journal = journalOf(database)
  const bearers = await issueAll(tokens)
  const opened: (() => Promise<unknown>)[] = []
  const serve = async (more: Partial<Parameters<typeof createServer>[0]> = {}) => {
    const app = await createServer({
      ...{ database, journal, endpoints: testEndpoints },
      ...{ demonstration: false, version: '1.2.3', ...more },
    })
    opened.push(() => app.close())
    return app
  }
  let streams = 0
  return {
    ...{ database, journal, tokens, bearers, serve },
    /** Beside the first, where a test moves the clock. */
    openAnother: async () => {
      const another = await server.open(serverMigrations)
      opened.push(another.close)
      return { database: another, journal: journalOf(another) }
    },
    send: (app: FastifyInstance, route: string, sent: Sent = {}) =>
      sendTo(app, route, { ...sent, ...(sent.as && { bearer: bearers[sent.as] }) }),
    freshStream: () => {
      streams += 1
      return `shp_${streams}`
    },
    stop: async () => {
      for (const close of opened) await close()
      await database.close()
      await server.stop()
    },
  }
}

export type World = Awaited<ReturnType<typeof startWorld>>

const journalOf = ({ app, work }: Database) =>
  createJournal({
    ...{ pool: app, workPool: work, kinds: testKinds, commands: testCommands },
    say: () => {},
  })

async function issueAll(tokens: Tokens) {
  const now = Date.now()
  const issue = (viewer: typeof hotel, more: object = {}) =>
    tokens.issue({ kind: 'bearer', viewer, says: 'a test', now, ...more })
  const revoked = await issue(hotel)
  await tokens.revoke(revoked.id, now)
  return {
    hotel: (await issue(hotel)).secret,
    guest: (await issue(guest)).secret,
    stranger: (await issue(stranger)).secret,
    operator: (await issue(hotel, { kind: 'operator' })).secret,
    ended: (await issue(hotel, { expiresAt: now - 1 })).secret,
    revoked: revoked.secret,
  }
}

type Sending = Omit<Sent, 'as'> & { readonly bearer?: string }

async function sendTo(app: FastifyInstance, route: string, sending: Sending) {
  const { bearer, body, raw, headers } = sending
  const [method = 'GET', url = ''] = route.split(' ')
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body))
  const answered = await app.inject({
    ...{ method: method as NonNullable<InjectOptions['method']>, url },
    ...(payload !== undefined && { payload }),
    headers: {
      ...(payload !== undefined && { 'content-type': 'application/json' }),
      ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
      ...headers,
    },
  })
  const text = answered.payload
  const isJson = /^[{[]/.test(text) && /json/.test(String(answered.headers['content-type']))
  return {
    ...{ status: answered.statusCode, headers: answered.headers, text },
    body: isJson ? JSON.parse(text) : undefined,
  }
}
