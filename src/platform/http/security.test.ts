import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../database/database.test-support.ts'
import { requestsPerMinuteMax, signInsPerMinuteMax } from './security.ts'
import { type Sent, startWorld, type World } from './server.test-support.ts'

const web = temporaryFolder()
const page = '<!doctype html><title>Tessera</title>'
let world: World
let app: FastifyInstance
let demonstration: FastifyInstance

beforeAll(async () => {
  mkdirSync(join(web, 'assets'))
  writeFileSync(join(web, 'index.html'), page)
  writeFileSync(
    join(web, 'assets', 'app-1f2e3d.js'),
    `export const words = '${'said '.repeat(2000)}'`,
  )
  world = await startWorld()
  app = await world.serve()
  demonstration = await world.serve({ demonstration: true, web })
})
afterAll(async () => {
  await world.stop()
  rmSync(web, { recursive: true })
})

const send = (route: string, sent: Sent = {}) => world.send(demonstration, route, sent)

describe('a write', () => {
  const body = { person: 'per_1', party: 'pty_1' }

  test.each<[string, number, Record<string, string>]>([
    ['a page of ours', 200, { 'sec-fetch-site': 'same-origin' }],
    ['a page of ours in an older browser', 200, { origin: 'http://localhost:4400' }],
    ['a program', 200, {}],
    ['another site', 403, { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['another port', 403, { 'sec-fetch-site': 'same-site', origin: 'http://localhost:8080' }],
    ['another site in an older browser', 403, { origin: 'https://evil.example' }],
    ['a page without origin', 403, { origin: 'null' }],
  ])('by %s is answered %i', async (_, status, more) => {
    const headers = { host: 'localhost:4400', ...more }
    const answered = await send('POST /api/demonstration/session', { body, headers })
    expect(answered.status).toBe(status)
    if (status === 403) expect(answered.body.name).toBe('origin_must_be_own')
  })

  test('with a bearer token, which no browser adds by itself, may come from anywhere', async () => {
    const headers = { origin: 'https://office.example', 'sec-fetch-site': 'cross-site' }
    const route = `POST /api/shipments/${world.freshStream()}/parcels`
    const sent = { as: 'hotel', body: { id: 'prc_1', weight: '1' }, headers } as const
    expect((await world.send(app, route, sent)).status).toBe(200)
  })
})

test.each([
  ['127.0.0.1:4400', 200],
  ['localhost', 200],
  ['[::1]:4400', 200],
  ['tessera.evil.example:4400', 403],
  ['localhost.evil.example', 403],
  ['127.0.0.1.nip.io', 403],
])('under the name %s the demonstration answers %i', async (host, status) => {
  const headers = { host }
  for (const at of ['/api/long', '/', '/docs/', '/api/gone'])
    expect((await send(`GET ${at}`, { headers })).status).toBe(
      at === '/api/gone' && status === 200 ? 404 : status,
    )
  expect((await world.send(app, 'GET /api/long', { headers })).status).toBe(200)
})

test('nobody sends more than the limit, each token for itself; the demonstration has none', async () => {
  const limited = await world.serve()
  const over = async (max: number, route: string) => {
    for (let number = 0; number < max; number += 1)
      expect((await world.send(limited, route)).status).toBe(200)
    return world.send(limited, route)
  }
  const { status, body, headers } = await over(requestsPerMinuteMax, 'GET /api/openapi.json')
  expect([status, body.name]).toEqual([429, 'requests_too_many'])
  expect(Number(headers['retry-after'])).toBeGreaterThan(0)
  expect((await world.send(limited, 'GET /api/openapi.json', { as: 'hotel' })).status).toBe(200)
  expect((await over(signInsPerMinuteMax, 'POST /api/session')).status).toBe(429)
  for (let number = 0; number <= signInsPerMinuteMax; number += 1)
    expect((await send('POST /api/session')).status).toBe(200)
}, 20_000)

describe('pages', () => {
  test.each([
    ['/', {}],
    ['/index.html', {}],
    ['/agreements/agr_1', { accept: 'text/html,application/xhtml+xml' }],
  ])('%s is the app, which is asked for each time', async (path, headers) => {
    const { status, headers: sent, text } = await send(`GET ${path}`, { headers })
    expect([status, text, sent['cache-control']]).toEqual([200, page, 'no-cache'])
    const known = { 'if-none-match': String(sent['etag']), ...headers }
    expect(await send(`GET ${path}`, { headers: known })).toMatchObject({ status: 304, text: '' })
  })

  test('are built files, small on the wire and kept for ever', async () => {
    const { status, headers } = await send('GET /assets/app-1f2e3d.js', {
      headers: { 'accept-encoding': 'br' },
    })
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      ...{ 'content-encoding': 'br', 'cache-control': 'public, max-age=31536000, immutable' },
      'content-type': expect.stringContaining('javascript'),
    })
  })

  test.each([
    ['GET', '/assets/gone.js', '*/*'],
    ['GET', '/api/gone', 'text/html'],
    ['POST', '/agreements', 'text/html'],
    ['GET', '/..%2f..%2fpackage.json', '*/*'],
  ])('are none for %s %s', async (method, path, accept) => {
    const { status, body } = await send(`${method} ${path}`, { headers: { accept } })
    expect([status, body.name]).toEqual([404, 'route_not_found'])
  })

  test('are none where none were built', async () => {
    for (const path of ['/', '/agreements/agr_1'])
      expect(
        (await world.send(app, `GET ${path}`, { headers: { accept: 'text/html' } })).status,
      ).toBe(404)
  })

  test.each(['/', '/api/long', '/api/gone', '/docs/', '/docs/static/swagger-initializer.js'])(
    '%s lets nothing in from elsewhere and runs no script that is written into it',
    async (path) => {
      const { headers } = await send(`GET ${path}`)
      const policy = String(headers['content-security-policy'])
      expect(policy).toContain(`default-src 'self';script-src 'self';script-src-attr 'none'`)
      expect(policy).toMatch(/base-uri 'none'.*frame-ancestors 'none'/)
      expect(policy).not.toMatch(/https?:/)
      expect(headers['x-content-type-options']).toBe('nosniff')
    },
  )

  test('of the interface come from here', async () => {
    const { text } = await send('GET /docs/')
    expect(text).toContain('swagger-ui-bundle.js')
    expect(text).not.toMatch(/https?:|<script>/)
    expect((await send('GET /docs/json')).body.info).toMatchObject({ version: '1.2.3' })
  })
})
