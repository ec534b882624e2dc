import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, expectTypeOf, test } from 'vitest'
import { type Client, clientRoutes, createClient, Problem } from './client.ts'
import { testEndpoints } from './endpoints.test-support.ts'
import { startWorld, type World } from './server.test-support.ts'

type Endpoints = typeof testEndpoints

const routes = clientRoutes(testEndpoints)
let world: World
let app: FastifyInstance
let base: string
let client: Client<Endpoints>

beforeAll(async () => {
  world = await startWorld()
  app = await world.serve()
  base = `${await app.listen({ host: '127.0.0.1', port: 0 })}/api`
  client = createClient<Endpoints>({ base, routes, token: world.bearers.hotel })
})
afterAll(() => world.stop())

const fits = { id: 'prc_1', weight: '2.5' }
const problem = (asked: Promise<unknown>) => asked.catch((error: Problem) => error)

test('a client sends and asks by name, each part of the input to its place', async () => {
  const shipment = world.freshStream()
  const sent = await client.command('send_parcel', { shipment, ...fits, marks: undefined })
  expect(sent).toEqual({ id: 'prc_1', version: 1 })
  const { items } = await client.query('parcels_shown', { shipment, limit: 1 })
  expect(items).toEqual([{ id: 'prc_1', status: 'sent', weight: '2.5' }])
  const operator = createClient<Endpoints>({ base, routes, token: world.bearers.operator })
  expect(await operator.door('apply_documents', { documents: [] })).toEqual({ lines: [] })
})

test('a client knows names, inputs and answers by the declarations', () => {
  expectTypeOf<Parameters<typeof client.command<'send_parcel'>>[1]>().toEqualTypeOf<{
    shipment: string
    id: string
    weight: string
    marks?: string[] | undefined
  }>()
  expectTypeOf(client.query<'long_shown'>).returns.resolves.toEqualTypeOf<{ text: string }>()
  expectTypeOf<Parameters<typeof client.door>[0]>().toEqualTypeOf<
    'step_in' | 'move_clock' | 'step_out' | 'knock' | 'apply_documents'
  >()
})

test('a refusal is thrown with its name, words, pointer and status', async () => {
  const shipment = world.freshStream()
  const refused = await problem(
    client.command('send_parcel', { shipment, ...fits, weight: '1001' }),
  )
  expect(refused).toBeInstanceOf(Problem)
  expect(refused).toMatchObject({
    ...{ name: 'parcel_must_be_light', words: 'It is too heavy.', pointer: '/weight', status: 409 },
  })
})

test('calls have keys of their own; a key that is given makes two calls one', async () => {
  const shipment = world.freshStream()
  await client.command('send_parcel', { shipment, ...fits })
  const again = await problem(client.command('send_parcel', { shipment, ...fits }))
  expect(again).toMatchObject({ name: 'parcel_must_not_be_sent_twice' })
  const options = { key: 'a key', role: 'front desk', reason: 'größer' }
  const input = { shipment, ...fits, id: 'prc_2' }
  const answers = [
    await client.command('send_parcel', input, options),
    await client.command('send_parcel', input, options),
  ]
  expect(answers).toEqual([
    { id: 'prc_2', version: 2 },
    { id: 'prc_2', version: 2 },
  ])
})

/** Loses the first answers on the way back, as a bad connection does, or answers for a server that is away. */
async function startBetween(lose: readonly ('answer' | 'away' | 'page')[]): Promise<Server> {
  let number = 0
  const between = createServer(async (request, response) => {
    const how = lose[number]
    number += 1
    if (how === 'away') return void response.writeHead(503).end()
    if (how === 'page') return void response.writeHead(502).end('<h1>Bad gateway</h1>')
    const body = await new Response(request as never).arrayBuffer()
    const { host: _, ...headers } = request.headers
    const answered = await fetch(`${new URL(base).origin}${request.url}`, {
      ...{ method: request.method ?? 'GET', headers: headers as Record<string, string> },
      ...(body.byteLength > 0 && { body }),
    })
    if (how === 'answer') return void response.destroy()
    response.writeHead(answered.status, { 'content-type': 'application/json' })
    response.end(await answered.text())
  })
  await new Promise<void>((listening) => between.listen(0, '127.0.0.1', listening))
  return between
}

const clientOf = (between: Server) =>
  createClient<Endpoints>({
    base: `http://127.0.0.1:${(between.address() as AddressInfo).port}/api`,
    ...{ routes, token: world.bearers.hotel },
  })

test('a command whose answer was lost is sent again with its key, and happens once', async () => {
  const between = await startBetween(['answer', 'away'])
  const shipment = world.freshStream()
  const answer = await clientOf(between).command('send_parcel', { shipment, ...fits })
  expect(answer).toEqual({ id: 'prc_1', version: 1 })
  between.close()
})

test('what does not answer, or is not Tessera, is a problem by name', async () => {
  const between = await startBetween(['page'])
  expect(await problem(clientOf(between).query('long_shown', {}))).toMatchObject({
    ...{ name: 'answer_unreadable', status: 502 },
  })
  const gone = clientOf(between)
  between.close()
  between.closeAllConnections()
  expect(await problem(gone.door('knock', {}))).toMatchObject({
    name: 'server_unreachable',
    status: 0,
  })
})

test('a call that is given up ends at once, also while it waits to try again', async () => {
  const between = await startBetween(['away', 'away', 'away'])
  const giving = new AbortController()
  const asked = clientOf(between).query('long_shown', {}, { signal: giving.signal })
  setTimeout(() => giving.abort(), 50)
  await expect(asked).rejects.toThrow('abort')
  between.close()
})
