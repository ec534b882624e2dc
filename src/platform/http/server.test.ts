import { rmSync } from 'node:fs'
import { type AddressInfo, connect } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { temporaryFolder } from '../database/database.test-support.ts'
import { openDatabase } from '../database/database.ts'
import { startEmbedded } from '../database/embedded.ts'
import { guest, hotel } from '../journal/journal.test-support.ts'
import { serverMigrations } from './endpoints.test-support.ts'
import { type Sent, startWorld, type World } from './server.test-support.ts'

let world: World
let app: FastifyInstance

beforeAll(async () => {
  world = await startWorld()
  app = await world.serve()
})
afterAll(() => world.stop())

const send = (route: string, sent: Sent = {}) => world.send(app, route, sent)
const parcel = (stream: string) => `POST /api/shipments/${stream}/parcels`
const fits = { id: 'prc_1', weight: '2.5' }

/** What a server answers to bytes that no client of HTTP would send. */
async function raw(port: number, head: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(`${head}Connection: close\r\n\r\n`)
  let told = ''
  for await (const bytes of socket) told += String(bytes)
  return told
}

describe('a refusal', () => {
  test('says which methods there are, how to come in, and when to try again', async () => {
    const at = '/api/shipments/shp_1/parcels'
    expect((await send(`DELETE ${at}`)).headers['allow']).toBe('POST, GET')
    expect((await send(`GET ${at}`)).headers['www-authenticate']).toBe('Bearer')
    expect((await send('GET /api/failures/slow')).headers['retry-after']).toBe('2')
  })

  test.for<readonly [headers: string, status: number, name: string]>([
    ['Authorization: Bearer tessera_x\nKeep it: it is told once', 401, 'sign_in_needed'],
    ['Authorization: Bearer tessera_x\r\nKeep it', 401, 'sign_in_needed'],
    ['Authorization: Bearer \u0001', 401, 'sign_in_needed'],
    ['Authorization: Bearer tessera_x\r\nAccept: */*', 401, 'sign_in_needed'],
    ['Authorization: tessera_x', 401, 'sign_in_needed'],
    ['Accept: \u0001', 400, 'body_must_be_whole'],
    [`Authorization: Bearer ${'x'.repeat(20_000)}`, 431, 'headers_too_large'],
  ])('of a request with %j is a problem: %i %s', async ([headers, status, name]) => {
    if (!app.server.listening) await app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = app.server.address() as AddressInfo
    const told = await raw(port, `GET /api/long HTTP/1.1\r\nHost: x\r\n${headers}\r\n`)
    const [head = '', body = ''] = told.split('\r\n\r\n')
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} [A-Z]`))
    expect(head).toMatch(/^content-type: application\/problem\+json; charset=utf-8$/im)
    if (status === 401) expect(head).toMatch(/^www-authenticate: Bearer$/im)
    expect(JSON.parse(body)).toMatchObject({ status, name, type: `/problems/${name}` })
  })

  test('of a mistake of ours is a reference and nothing else; the operator reads the rest', async () => {
    const said = vi.spyOn(console, 'error').mockReturnValue()
    for (const how of ['fault', 'unfit']) {
      const { status, body, text } = await send(`GET /api/failures/${how}?`)
      expect([status, body.name]).toEqual([500, 'program_fault'])
      expect(text).not.toMatch(/hunter2|TypeError|Zod|src/)
      const reference = /flt_\w+/.exec(body.detail)?.[0] ?? 'none'
      expect(said.mock.lastCall?.[0]).toContain(`${reference} GET /api/failures/${how}: `)
    }
    expect(said.mock.calls[0]?.[0]).toContain('hunter2')
    said.mockRestore()
  })

  test('by row security, where a rule let it pass, is said to the operator', async () => {
    const said = vi.spyOn(console, 'error').mockReturnValue()
    const { body } = await send('GET /api/failures/hidden')
    expect(body).toMatchObject({ name: 'role_must_allow', status: 403 })
    expect(said.mock.lastCall?.[0]).toContain('row-level security')
    said.mockRestore()
  })

  test('comes also while the database is away', async () => {
    const away = new Pool({ host: '127.0.0.1', port: 1 })
    const alone = await world.serve({ database: { ...world.database, app: away, work: away } })
    for (const sent of [{}, { as: 'hotel' }] as const)
      expect(await world.send(alone, 'GET /api/long', sent)).toMatchObject({
        ...{ status: 503, body: { name: 'database_unavailable' } },
      })
  })

  test('comes when the database stops under a server that runs, and no longer once it is back', async () => {
    const folder = temporaryFolder()
    const settings = { folder, elsewhere: folder, say: () => undefined }
    const first = await startEmbedded(settings)
    const migrations = serverMigrations
    const database = await openDatabase({ url: first.url, migrations, say: () => undefined })
    const app = await world.serve({ database })
    const asked = async () => (await world.send(app, 'GET /api/long')).status
    expect(await asked()).toBe(200)
    await first.stop()
    expect(await asked()).toBe(503)
    const second = await startEmbedded({ ...settings, port: first.port })
    expect(await asked()).toBe(200)
    await database.close()
    await second.stop()
    rmSync(folder, { recursive: true })
  })
})

describe('a command', () => {
  test('is answered with its answer and says which entry it is', async () => {
    const stream = world.freshStream()
    const { status, body, headers } = await send(parcel(stream), { as: 'hotel', body: fits })
    expect([status, body]).toEqual([200, { id: 'prc_1', version: 1 }])
    expect(headers).toMatchObject({ 'tessera-version': `${stream}:1`, 'cache-control': 'no-store' })
    expect(headers).not.toHaveProperty('tessera-repeated')
  })

  test('sent again with its key is answered again, once done', async () => {
    const stream = world.freshStream()
    const sent = { as: 'hotel', body: fits, headers: { 'idempotency-key': 'a key' } } as const
    const answers = await Promise.all(Array.from({ length: 6 }, () => send(parcel(stream), sent)))
    for (const { status, body } of answers)
      expect([status, body]).toEqual([200, { id: 'prc_1', version: 1 }])
    expect(answers.filter(({ headers }) => headers['tessera-repeated'] !== 'yes')).toHaveLength(1)
    const other = { ...sent, body: { ...fits, weight: '3' } }
    expect((await send(parcel(stream), other)).body).toMatchObject({
      ...{ name: 'request_key_must_keep_its_request', status: 409 },
    })
  })

  test('is recorded as of him who sent it, in the role and for the reason that he says', async () => {
    const stream = world.freshStream()
    const reason = 'früher als vereinbart'
    const headers = {
      'tessera-role': 'front desk',
      'tessera-reason': encodeURIComponent(reason),
    }
    await send(parcel(stream), { as: 'hotel', body: fits, headers })
    const { rows } = await world.database.work.query(
      `select actor_id, acting_for, role, body as reason
        from journal
        join free_text using (stream, version)
        where stream = $1 and id = reason`,
      [stream],
    )
    expect(rows).toEqual([
      { actor_id: hotel.person, acting_for: hotel.party, role: 'front desk', reason },
    ])
  })

  test('whose stream has no ASCII name is answered all the same', async () => {
    const stream = encodeURIComponent('shp_Zürich')
    const { status, headers } = await send(parcel(stream), { as: 'hotel', body: fits })
    expect([status, headers['tessera-version']]).toEqual([200, 'shp_Z%C3%BCrich:1'])
  })
})

describe('a query', () => {
  test('shows each party what it may see, and nothing that was not declared', async () => {
    const stream = world.freshStream()
    await send(parcel(stream), { as: 'hotel', body: { ...fits, marks: ['fragile'] } })
    const at = `GET /api/shipments/${stream}/parcels`
    for (const [as, { person }] of [
      ['hotel', hotel],
      ['guest', guest],
    ] as const) {
      const { body } = await send(at, { as })
      expect(body.items).toEqual([{ id: 'prc_1', status: 'sent', weight: '2.5' }])
      expect(body.viewer.person).toBe(person)
    }
    expect((await send(at, { as: 'stranger' })).body).toMatchObject({ name: 'shipment_not_found' })
  })

  test('that is open answers a stranger, also with a cookie that is none', async () => {
    for (const headers of [{}, { cookie: 'tessera_session=tessera_guessed' }] as const)
      expect((await send('GET /api/long', { headers })).status).toBe(200)
  })

  test('is answered small where the browser reads that, and never kept', async () => {
    const { headers, text } = await send('GET /api/long', {
      headers: { 'accept-encoding': 'gzip' },
    })
    expect(headers).toMatchObject({ 'content-encoding': 'gzip', 'cache-control': 'no-store' })
    expect(text.length).toBeLessThan(1000)
  })

  test('may be asked for its headers alone', async () => {
    expect(await send('HEAD /api/long')).toMatchObject({ status: 200, text: '' })
  })
})

describe('a session', () => {
  let demonstration: FastifyInstance

  beforeAll(async () => {
    demonstration = await world.serve({ demonstration: true })
  })

  async function stepIn(as: typeof hotel, cookie?: string, on = demonstration) {
    const { person, party } = as
    const answered = await world.send(on, 'POST /api/demonstration/session', {
      body: { person, party },
      ...(cookie !== undefined && { headers: { cookie } }),
    })
    return String(answered.headers['set-cookie'])
  }

  /** 404: whoever it is came in, and there is no such shipment. */
  const shown = async (cookie: string, on = demonstration) =>
    (await world.send(on, 'GET /api/shipments/shp_none/parcels', { headers: { cookie } })).status

  test('is kept in a cookie that no script reads and no other site sends', async () => {
    const cookie = await stepIn(hotel)
    expect(cookie).toMatch(
      /^tessera_session=tessera_[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/,
    )
    expect(await shown(cookie)).toBe(404)
  })

  test('ends when one steps out, or into another person, also for who copied the cookie', async () => {
    const first = await stepIn(hotel)
    const second = await stepIn(guest, first)
    expect([await shown(first), await shown(second)]).toEqual([401, 404])
    const out = await world.send(demonstration, 'DELETE /api/session', {
      headers: { cookie: second },
    })
    expect(String(out.headers['set-cookie'])).toMatch(
      /^tessera_session=; .*Expires=Thu, 01 Jan 1970/,
    )
    expect(await shown(second)).toBe(401)
  })

  test('outside the demonstration the cookie is sent over TLS alone', async () => {
    const app = await world.serve()
    const { secret } = await world.tokens.issue({
      ...{ kind: 'session', viewer: hotel, says: 'a browser' },
      ...{ now: Date.now(), expiresAt: Date.now() + 1000 },
    })
    const headers = { cookie: `tessera_session=${secret}` }
    const out = await world.send(app, 'DELETE /api/session', { headers })
    expect(String(out.headers['set-cookie'])).toMatch(/; Secure; /)
  })

  test('lasts twelve hours of true time, however the clock of the demonstration moves', async () => {
    const start = Date.now()
    let trueNow = start
    const apart = await world.openAnother()
    const on = await world.serve({ ...apart, demonstration: true, machineNow: () => trueNow })
    const cookie = await stepIn(hotel, undefined, on)
    const to = new Date(start + 90 * 86_400_000).toISOString()
    const moved = await world.send(on, 'POST /api/demonstration/clock', { body: { at: to } })
    expect(moved.body).toEqual({ now: to })
    trueNow = start + 12 * 3_600_000 - 1
    expect(await shown(cookie, on)).toBe(404)
    trueNow += 1
    expect(await shown(cookie, on)).toBe(401)
  })

  test('is no bearer token, and a bearer token is no session', async () => {
    const [secret = ''] = /tessera_[\w-]{43}/.exec(await stepIn(hotel)) ?? []
    const headers = { authorization: `Bearer ${secret}` }
    expect((await world.send(demonstration, 'GET /api/long', { headers })).status).toBe(401)
    expect(await shown(`tessera_session=${world.bearers.operator}`)).toBe(401)
  })
})

test('an operator sends documents of more than a megabyte', async () => {
  const documents = [{ file: 'hotel.yaml', text: 'x'.repeat(2_000_000) }]
  expect(await send('POST /api/documents', { as: 'operator', body: { documents } })).toMatchObject({
    ...{ status: 200, body: { lines: ['hotel.yaml'] } },
  })
})
