import { type AddressInfo, connect } from 'node:net'
import fastifyCookie from '@fastify/cookie'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { guest, hotel, stranger } from '../journal/journal.test-support.ts'
import { type Changes, type Notice, startRelay } from '../journal/relay.ts'
import { addChanges, type Hearers, readersMax } from './changes.ts'
import { startWorld, type World } from './server.test-support.ts'
import { knowViewers } from './viewer.ts'

let world: World
let source: ReturnType<typeof createSource>
let app: FastifyInstance
let base: string

beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())
beforeEach(async () => {
  source = createSource()
  app = await world.serve({ changes: { changes: source.changes, hearers } })
  base = `${await app.listen({ host: '127.0.0.1', port: 0 })}/api`
})
afterEach(() => app.close())

/** Says what the relay would. */
function createSource() {
  const listeners = new Set<(notice: Notice) => void>()
  const changes: Changes = {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const tell = (notice: Notice) => {
    for (const listener of listeners) listener(notice)
  }
  return { changes, tell, count: () => listeners.size }
}

/** What a reader has heard so far, and whether it still listens. */
async function read(bearer?: string) {
  const headers = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }
  const leaving = new AbortController()
  const response = await fetch(`${base}/changes`, { headers, signal: leaving.signal })
  const reader = { response, text: '', over: false, leave: () => leaving.abort() }
  const listen = async () => {
    const decoder = new TextDecoder()
    for await (const bytes of response.body ?? []) reader.text += decoder.decode(bytes)
  }
  listen()
    .catch(() => undefined)
    .finally(() => {
      reader.over = true
    })
  return reader
}

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 5000, interval: 5 })
const called = ({ person, party }: typeof hotel) => `${person} ${party}`
/** Everybody whom the tests know. */
const hearers: Hearers = async () => new Set([hotel, guest, stranger].map(called))
const parties = { provider: hotel.party, consumer: guest.party }

test('each party hears of its changes alone, a stranger of none, and all of the clock', async () => {
  const { bearers } = world
  const [own, consumer, other, stranger] = await Promise.all(
    [bearers.hotel, bearers.guest, bearers.stranger, undefined].map(read),
  )
  source.tell({ stream: 'shp_1', version: 4, ...parties })
  source.tell({ stream: 'loc_1', version: 1, provider: hotel.party })
  source.tell({ stream: 'shp_2', version: 1 })
  source.tell({ now: '2030-01-01T00:00:00.000Z' })
  source.tell({ missed: true })
  const start = 'retry: 2000\n\n'
  const shared = 'event: change\ndata: {"stream":"shp_1","version":4}\n\n'
  const private_ = 'event: change\ndata: {"stream":"loc_1","version":1}\n\n'
  const end =
    'event: clock\ndata: {"now":"2030-01-01T00:00:00.000Z"}\n\nevent: missed\ndata: {}\n\n'
  await eventually(() => {
    expect(own?.text).toBe(start + shared + private_ + end)
    expect(consumer?.text).toBe(start + shared + end)
    expect(other?.text).toBe(start + end)
    expect(stranger?.text).toBe(start + end)
  })
  expect(own?.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(own?.response.headers.get('content-security-policy')).toContain(`default-src 'self'`)
})

test('of a party’s people only those who may know hear of it; where nobody can say, all are told to look again', async () => {
  const asked: string[] = []
  const some: Hearers = async ({ stream }) => {
    asked.push(stream)
    if (stream === 'shp_2') throw new Error('the database is away')
    return new Set([called(guest)])
  }
  const on = await world.serve({ changes: { changes: source.changes, hearers: some } })
  base = `${await on.listen({ host: '127.0.0.1', port: 0 })}/api`
  const [consumer, provider] = await Promise.all(
    [world.bearers.guest, world.bearers.hotel].map(read),
  )
  source.tell({ stream: 'shp_1', version: 1, ...parties })
  source.tell({ stream: 'shp_2', version: 1, ...parties })
  const missed = 'event: missed\ndata: {}\n\n'
  await eventually(() => {
    expect(consumer?.text).toContain(`"shp_1","version":1}\n\n${missed}`)
    expect(provider?.text).toBe(`retry: 2000\n\n${missed}`)
  })
  expect(asked).toEqual(['shp_1', 'shp_2'])
  await on.close()
})

test('what a command wrote is heard, once, through the relay', async () => {
  const { database, journal } = world
  const relay = await startRelay({ database, journal, say: () => {} })
  const on = await world.serve({ changes: { changes: relay.changes, hearers } })
  base = `${await on.listen({ host: '127.0.0.1', port: 0 })}/api`
  const reader = await read(world.bearers.guest)
  const route = 'POST /api/shipments/shp_heard/parcels'
  await world.send(on, route, { as: 'hotel', body: { id: 'prc_1', weight: '1' } })
  await relay.idle()
  await eventually(() =>
    expect(reader.text.match(/data: .*shp_heard.*/g)).toEqual([
      'data: {"stream":"shp_heard","version":1}',
    ]),
  )
  await on.close()
  await relay.stop()
})

test('who leaves is forgotten, and who stays hears on', async () => {
  const [leaving, staying] = [await read(world.bearers.hotel), await read(world.bearers.hotel)]
  expect(source.count()).toBe(2)
  leaving.leave()
  await eventually(() => expect(source.count()).toBe(1))
  source.tell({ stream: 'shp_1', version: 1, ...parties })
  await eventually(() => expect(staying.text).toContain('shp_1'))
})

test('a token that is not valid hears nothing, and one alone may not have more than its connections', async () => {
  expect((await read(world.bearers.revoked)).response.status).toBe(401)
  const readers = await Promise.all(
    Array.from({ length: readersMax }, () => read(world.bearers.hotel)),
  )
  const refused = await read(world.bearers.hotel)
  expect(refused.response.status).toBe(429)
  await eventually(() => expect(refused.text).toContain('readers_too_many'))
  expect((await read(world.bearers.guest)).response.status).toBe(200)
  readers[0]?.leave()
  await eventually(() => expect(source.count()).toBe(readersMax))
  expect((await read(world.bearers.hotel)).response.status).toBe(200)
})

test('the server closes though somebody listens', async () => {
  const reader = await read(world.bearers.hotel)
  await app.close()
  await eventually(() => expect(reader.over).toBe(true))
  expect(source.count()).toBe(0)
})

test('what is said while a connection ends harms nobody', async () => {
  const closing = fastify()
  await closing.register(fastifyCookie)
  knowViewers(closing, world.tokens, Date.now)
  const { tokens } = world
  addChanges(closing, { changes: source.changes, hearers, tokens, trueNow: Date.now })
  // Comes after the hook that ends every connection.
  closing.addHook('preClose', async () => source.tell({ missed: true }))
  base = await closing.listen({ host: '127.0.0.1', port: 0 })
  const reader = await read(world.bearers.hotel)
  await closing.close()
  await eventually(() => expect(reader.over).toBe(true))
  expect(reader.text).not.toContain('missed')
  expect(source.count()).toBe(0)
})

test('who does not read is cut off, and holds up nobody', async () => {
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.pause()
  socket.write(
    `GET /api/changes HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${world.bearers.hotel}\r\n\r\n`,
  )
  await eventually(() => expect(source.count()).toBe(1))
  const reader = await read(world.bearers.guest)
  for (let version = 1; source.count() === 2 && version < 100_000; version += 1) {
    source.tell({ stream: `shp_${'x'.repeat(200)}`, version, provider: hotel.party })
    if (version % 500 === 0) await new Promise(setImmediate)
  }
  await eventually(() => expect(source.count()).toBe(1))
  source.tell({ stream: 'shp_last', version: 1, ...parties })
  await eventually(() => expect(reader.text).toContain('shp_last'))
  socket.destroy()
})

test('a silent connection beats, and ends when its token was revoked', async () => {
  const quick = fastify()
  await quick.register(fastifyCookie)
  knowViewers(quick, world.tokens, Date.now)
  addChanges(quick, {
    ...{ changes: source.changes, hearers, tokens: world.tokens, trueNow: Date.now },
    heartbeatMilliseconds: 20,
  })
  base = await quick.listen({ host: '127.0.0.1', port: 0 })
  const { id, secret } = await world.tokens.issue({
    ...{ kind: 'bearer', viewer: hotel, says: 'a test', now: Date.now() },
  })
  const reader = await read(secret)
  await eventually(() => expect(reader.text).toContain('\n\n:\n\n:\n\n'))
  expect(reader.over).toBe(false)
  await world.tokens.revoke(id, Date.now())
  await eventually(() => expect(reader.over).toBe(true))
  await quick.close()
})
