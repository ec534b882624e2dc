import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
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
const box = { box: { size: 'small', holds: [] }, what: { weighs: 1 }, anything: 1 }
const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)])

describe('a refusal', () => {
  test.each<[string, number, string, string, Sent]>([
    ['GET /api', 404, 'route_not_found', '', {}],
    ['GET /api/nothing', 404, 'route_not_found', '', { as: 'hotel' }],
    ['GET /nothing', 404, 'route_not_found', '', { headers: { accept: 'text/html' } }],
    ['POST /api/demonstration/session', 404, 'route_not_found', '', { body: {} }],
    ['PUT /api/shipments/shp_1/parcels', 405, 'method_not_allowed', '', { as: 'hotel' }],
    ['DELETE /api/openapi.json', 405, 'method_not_allowed', '', {}],
    ['GET /api/shipments/%zz/parcels', 400, 'input_address_unreadable', '', { as: 'hotel' }],
    [parcel('shp_1'), 401, 'sign_in_needed', '', { body: fits }],
    [parcel('shp_1'), 401, 'sign_in_needed', '', { as: 'ended', body: fits }],
    [parcel('shp_1'), 401, 'sign_in_needed', '', { as: 'revoked', body: fits }],
    ['GET /api/long', 401, 'sign_in_needed', '', { headers: { authorization: 'Bearer guessed' } }],
    ['GET /api/shipments/shp_1/parcels', 401, 'sign_in_needed', '', {}],
    ['POST /api/documents', 401, 'sign_in_needed', '', { body: { documents: [] } }],
    ['POST /api/documents', 403, 'role_must_be_operator', '', { as: 'hotel', raw: '{' }],
    [parcel('shp_1'), 400, 'body_must_be_json', '', { as: 'hotel', raw: '{"id":' }],
    [
      parcel('shp_1'),
      400,
      'body_must_be_json',
      '',
      { as: 'hotel', raw: Buffer.from([0x22, 0xff, 0x22]) },
    ],
    [
      parcel('shp_1'),
      400,
      'body_must_be_json',
      '',
      { as: 'hotel', raw: 'a=1', headers: { 'content-type': 'text/plain' } },
    ],
    [
      parcel('shp_1'),
      400,
      'body_must_be_json',
      '',
      { as: 'hotel', raw: 'x', headers: { 'content-type': 'multipart/form-data; boundary=x' } },
    ],
    [parcel('shp_1'), 413, 'body_too_large', '', { as: 'hotel', raw: ' '.repeat(1_000_001) }],
    [
      'POST /api/documents',
      413,
      'body_too_large',
      '',
      { as: 'operator', raw: ' '.repeat(8_000_001) },
    ],
    [parcel('shp_1'), 400, 'input_must_fit_schema', '', { as: 'hotel', body: [] }],
    [parcel('shp_1'), 400, 'input_must_fit_schema', '', { as: 'hotel', raw: 'null' }],
    [parcel('shp_1'), 400, 'input_must_fit_schema', '/id', { as: 'hotel' }],
    [
      parcel('shp_1'),
      400,
      'input_must_fit_schema',
      '/weight',
      { as: 'hotel', body: { ...fits, weight: 2.5 } },
    ],
    [
      parcel('shp_1'),
      400,
      'input_must_fit_schema',
      '/marks/1',
      { as: 'hotel', body: { ...fits, marks: ['a', 2] } },
    ],
    [parcel('wrong'), 400, 'input_must_fit_schema', '/shipment', { as: 'hotel', body: fits }],
    [
      parcel('shp_1'),
      400,
      'input_field_unknown',
      '/wieght',
      { as: 'hotel', body: { id: 'prc_1', wieght: '1' } },
    ],
    [
      parcel('shp_1'),
      400,
      'input_field_unknown',
      '/a~1b~0',
      { as: 'hotel', body: { ...fits, 'a/b~': 1 } },
    ],
    ['GET /api/shipments/shp_1/parcels?max=3', 400, 'input_field_unknown', '/max', { as: 'hotel' }],
    [
      'GET /api/shipments/shp_1/parcels?limit=many',
      400,
      'input_must_fit_schema',
      '/limit',
      { as: 'hotel' },
    ],
    [
      'GET /api/shipments/shp_1/parcels?limit=1&limit=2',
      400,
      'input_must_fit_schema',
      '/limit',
      { as: 'hotel' },
    ],
    [
      'POST /api/boxes/questions',
      400,
      'input_field_unknown',
      '/box/holds/0/colour',
      { body: { ...box, box: { size: 'b', holds: [{ size: 's', holds: [], colour: 'red' }] } } },
    ],
    [
      'POST /api/boxes/questions',
      400,
      'input_must_fit_schema',
      '/what/into',
      { body: { ...box, what: { fits: 'a' } } },
    ],
    [
      'POST /api/boxes/questions',
      400,
      'input_must_fit_schema',
      '/what/weighs',
      { body: { ...box, what: { weighs: 11 } } },
    ],
    [
      parcel('shp_1'),
      400,
      'input_field_given_twice',
      '/shipment',
      { as: 'hotel', body: { ...fits, shipment: 'shp_1' } },
    ],
    [
      `${parcel('shp_1')}?id=prc_2`,
      400,
      'input_field_given_twice',
      '/id',
      { as: 'hotel', body: fits },
    ],
    [
      parcel('shp_1'),
      400,
      'input_text_unstorable',
      '/marks/0',
      { as: 'hotel', body: { ...fits, marks: ['a\0'] } },
    ],
    [
      parcel('shp_1'),
      400,
      'input_text_unstorable',
      '/id',
      { as: 'hotel', raw: '{"id":"prc_\\ud83d"}' },
    ],
    [parcel('shp_1'), 400, 'input_text_unstorable', '/\0', { as: 'hotel', body: { '\0': 1 } }],
    [parcel('shp_%00'), 400, 'input_text_unstorable', '/shipment', { as: 'hotel', body: fits }],
    [
      parcel('shp_1'),
      400,
      'input_name_reserved',
      '/__proto__',
      { as: 'hotel', raw: '{"__proto__":{"admin":true}}' },
    ],
    [
      'POST /api/boxes/questions',
      400,
      'input_name_reserved',
      '/notes/constructor',
      { body: { ...box, notes: { constructor: 'x' } } },
    ],
    ['GET /api/long?__proto__=1', 400, 'input_name_reserved', '/__proto__', {}],
    [
      'POST /api/boxes/questions',
      400,
      'input_number_inexact',
      '/anything',
      { raw: '{"anything":1e999}' },
    ],
    [
      'POST /api/boxes/questions',
      400,
      'input_number_inexact',
      '/anything/a',
      { raw: '{"anything":{"a":9007199254740993}}' },
    ],
    [
      'POST /api/boxes/questions',
      400,
      'input_too_deep',
      `/anything${'/0'.repeat(63)}`,
      { body: { ...box, anything: deep(70) } },
    ],
    [
      'POST /api/boxes/questions',
      400,
      'input_too_deep',
      `/anything${'/0'.repeat(63)}`,
      { raw: `{"anything":${'['.repeat(400_000)}${']'.repeat(400_000)}}` },
    ],
    [
      parcel('shp_1'),
      400,
      'input_header_unprintable',
      '',
      { as: 'hotel', body: fits, headers: { 'idempotency-key': '' } },
    ],
    [
      parcel('shp_1'),
      400,
      'input_header_unprintable',
      '',
      { as: 'hotel', body: fits, headers: { 'idempotency-key': 'k'.repeat(201) } },
    ],
    [
      parcel('shp_1'),
      400,
      'input_header_unprintable',
      '',
      { as: 'hotel', body: fits, headers: { 'tessera-role': 'r'.repeat(101) } },
    ],
    [
      parcel('shp_1'),
      400,
      'input_header_unprintable',
      '',
      { as: 'hotel', body: fits, headers: { 'tessera-reason': '%0a' } },
    ],
    [
      parcel('shp_1'),
      400,
      'input_header_unprintable',
      '',
      { as: 'hotel', body: fits, headers: { 'tessera-reason': '%' } },
    ],
    [parcel('shp_1'), 409, 'sender_must_be_provider', '', { as: 'guest', body: fits }],
    [
      parcel('shp_1'),
      409,
      'parcel_must_be_light',
      '/weight',
      { as: 'hotel', body: { ...fits, weight: '1001' } },
    ],
    [
      'POST /api/shipments/shp_1/nothings',
      409,
      'stored_state_must_hold',
      '',
      { as: 'hotel', body: fits },
    ],
    [
      'GET /api/shipments/shp_none/parcels',
      404,
      'shipment_not_found',
      '/shipment',
      { as: 'hotel' },
    ],
    ['GET /api/failures/key', 409, 'stored_state_must_hold', '', {}],
    ['GET /api/failures/slow', 503, 'answer_took_too_long', '', {}],
    ['GET /api/failures/lost', 503, 'database_unavailable', '', {}],
  ])('of %s is %i %s at “%s”', async (route, status, name, pointer, sent) => {
    const answered = await send(route, sent)
    expect(answered.body).toEqual({
      ...{
        type: `/problems/${name}`,
        title: expect.stringMatching(/^(?!Invalid|Too|Unrecognized)[\p{Lu}“].*\.$/u),
      },
      ...{ status, name, pointer },
    })
    expect(answered.status).toBe(status)
    expect(answered.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(answered.headers['cache-control']).toBe('no-store')
    expect(answered.text).not.toMatch(/secret|token_like|parcel_pkey|hunter/)
  })
})

test('an address of endless parts is refused', async () => {
  const { body } = await send(`GET /api/shipments/${'x'.repeat(501)}/parcels`, { as: 'hotel' })
  expect(body).toMatchObject({ name: 'input_address_unreadable', status: 400 })
})

/** A counterexample is made smaller only so long as it is then still told. */
const limits = { interruptAfterTimeLimit: 15_000 }

test('no body whatever is answered with a fault', async () => {
  const said = vi.spyOn(console, 'error').mockReturnValue()
  const unlimited = await world.serve({ demonstration: true })
  const words = fc.string({ unit: 'binary' })
  const inner = fc.record({ size: words, holds: fc.constant([]) })
  const outer = fc.record({ size: words, holds: fc.array(inner, { maxLength: 2 }) })
  const id = fc.oneof(fc.constant('prc_1'), words)
  const weight = fc.oneof(fc.constantFrom('1', '999999', '0'), fc.double(), words)
  const marks = fc.array(words)
  const notes = fc.dictionary(words, words)
  const almost = new Map<string, fc.Arbitrary<object>>([
    [parcel('shp_fuzz'), fc.record({ id, weight, marks }, { requiredKeys: ['id'] })],
    ['POST /api/boxes/questions', fc.record({ box: outer, what: fc.anything(), notes })],
    ['POST /api/documents', fc.record({ documents: fc.array(fc.record({ file: words })) })],
  ])
  const sent = fc.oneof(
    ...Array.from(almost, ([route, body]) =>
      fc.tuple(
        fc.constant(route),
        fc.oneof(
          body.map((value) => JSON.stringify(value)),
          fc.json({ stringUnit: 'binary' }),
          words,
        ),
      ),
    ),
  )
  await fc.assert(
    fc.asyncProperty(sent, async ([route, raw]) => {
      const as = route.endsWith('documents') ? 'operator' : 'hotel'
      const headers = { 'content-type': 'application/json' }
      const { status } = await world.send(unlimited, route, { as, raw, headers })
      expect([200, 400, 409]).toContain(status)
    }),
    { numRuns: 400, ...limits },
  )
  expect(said).not.toHaveBeenCalled()
  said.mockRestore()
})

test('no address and no header whatever is answered with a fault', async () => {
  const said = vi.spyOn(console, 'error').mockReturnValue()
  const unlimited = await world.serve({ demonstration: true })
  const part = fc.string({ unit: 'binary' }).map(encodeURIComponent.bind(undefined))
  const header = fc.string({ unit: 'grapheme-ascii' })
  await fc.assert(
    fc.asyncProperty(part, part, header, async (path, search, text) => {
      const headers = { 'tessera-role': text, 'idempotency-key': text, 'tessera-reason': text }
      const route = `GET /api/shipments/${path}/parcels?limit=${search}&${search}`
      expect([200, 400, 404]).toContain(
        (await world.send(unlimited, route, { as: 'hotel', headers })).status,
      )
    }),
    { numRuns: 300, ...limits },
  )
  expect(said).not.toHaveBeenCalled()
  said.mockRestore()
})
