import { join } from 'node:path'
import type { Perspective } from '../src/platform/database/transaction.ts'
import { type Child, startChild, usage } from './child.ts'
import { type Guest, type Hotel, inHotel } from './hotel.ts'
import { load, requestOf } from './load.ts'
import type { Lot, Ordered, Ordering, Way } from './orders-program.ts'
import type { Served, Serving } from './pages-program.ts'

const connections = 8
const rounds = 3
const programIn = (file: string) => join(import.meta.dirname, file)

/**
 * The command that places an order, against its data statements by plain `pg`: named, one after another, in one
 * transaction. Each round orders for other guests, so that every way begins with agreements of the same length.
 */
export function benchOrders(): Promise<void> {
  return inHotel(async (hotel) => {
    await compare(hotel, 'spread over 20 agreements', { agreements: 20, orders: 200 })
    await compare(hotel, 'on one hot agreement', { agreements: 1, orders: 100 })
    await lengthen(hotel)
    await lend(hotel)
  })
}

const ways: readonly Way[] = ['statements', 'writes alone', 'command']

type Size = { readonly agreements: number; readonly orders: number }
type Measured = Readonly<Record<string, Ordered>>

async function compare(hotel: Hotel, name: string, size: Size): Promise<void> {
  const { url } = hotel
  const server = await startChild<Served>(programIn('pages-program.ts'), { url } satisfies Serving)
  const clients = new Map<Way, Child<object>>()
  for (const way of ways) clients.set(way, await clientOf({ url, way, connections }))
  const round = async ({ agreements, orders }: Size): Promise<Measured> => {
    const found: Record<string, Ordered> = {}
    const lot = async () => ({ guests: await hotel.guests(agreements), orders })
    for (const [way, client] of clients) found[way] = await client.ask<Ordered>(await lot())
    found['over HTTP'] = await overHttp(server, await lot())
    return found
  }
  await round({ agreements: 10, orders: 150 })
  const measured: Measured[] = []
  while (measured.length < rounds) measured.push(await round(size))
  for (const one of [server, ...clients.values()]) await one.stop()
  console.log(`${size.orders} orders ${name}, ${connections} connections`)
  for (const way of [...ways, 'over HTTP']) line(way, size.orders, measured)
}

const clientOf = (ordering: Ordering) =>
  startChild<object>(programIn('orders-program.ts'), ordering)

async function overHttp(server: Child<Served>, lot: Lot): Promise<Ordered> {
  const { cpuMicroseconds: before } = await server.usage()
  const from = performance.now()
  let begun = 0
  const next = () => {
    const guest = begun < lot.orders ? lot.guests[begun % lot.guests.length] : undefined
    begun += 1
    return guest && orderOf(guest, begun)
  }
  await load({ port: server.told.port, connections, next })
  const seconds = (performance.now() - from) / 1000
  const { cpuMicroseconds: after } = await server.usage()
  return { seconds, cpuMicroseconds: after - before }
}

const orderOf = ({ agreement, token }: Guest, number: number) =>
  requestOf({
    ...{ method: 'POST', path: `/api/agreements/${agreement}/orders`, token },
    ...{ key: String(number), body: { component: 'front_desk', says: 'a fan, please' } },
  })

function line(way: string, orders: number, measured: readonly Measured[]): void {
  const seconds = median(measured.map((one) => one[way]?.seconds ?? 0))
  const cpu = median(measured.map((one) => one[way]?.cpuMicroseconds ?? 0)) / orders
  // Each round against itself: the machine is not as fast in every round.
  const against = (other: string) =>
    median(measured.map((one) => (one[other]?.seconds ?? 0) / (one[way]?.seconds ?? 1))).toFixed(2)
  console.log(
    `  ${named[way]?.padEnd(44)}`,
    `${Math.round(orders / seconds)
      .toLocaleString('en')
      .padStart(6)} /s`,
    `  ratio ${against('statements')} (to the writes alone ${against('writes alone')})`,
    `  ${Math.round(cpu).toLocaleString('en')} µs of its process`,
  )
}

const named: Readonly<Record<string, string>> = {
  statements: 'data statements, plain pg',
  'writes alone': 'the two that write, plain pg',
  command: 'the command',
  'over HTTP': 'the command, over HTTP',
}

const median = (numbers: readonly number[]) =>
  numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0

/** What one order costs as an agreement grows: one connection, so that nothing waits for its lock. */
async function lengthen(hotel: Hotel): Promise<void> {
  const guests = await hotel.guests(1)
  const client = await clientOf({ url: hotel.url, way: 'command', connections: 1 })
  console.log('one order after another, 1 connection')
  let placed = 0
  for (const length of [50, 200, 500, 1000, 2000]) {
    const place = async (orders: number) => {
      const found = await client.ask<Ordered>({ guests, orders, after: placed } satisfies Lot)
      placed += orders
      return found
    }
    await place(length - placed)
    const { seconds, cpuMicroseconds } = await place(50)
    console.log(
      `  ${length} orders on file`.padEnd(46),
      `${Math.round(50 / seconds)
        .toLocaleString('en')
        .padStart(6)} /s`,
      `  ${Math.round(cpuMicroseconds / 50).toLocaleString('en')} µs of its process`,
    )
  }
  await client.stop()
  const crowd = await clientOf({ url: hotel.url, way: 'command', connections })
  const { seconds } = await crowd.ask<Ordered>({ guests, orders: 100, after: placed })
  await crowd.stop()
  console.log(
    `  ${placed} on file, ${connections} connections`.padEnd(46),
    `${Math.round(100 / seconds)
      .toLocaleString('en')
      .padStart(6)} /s`,
  )
}

/** What a use costs that says nothing of the things that are out under its agreement. */
async function lend({ journal, guests }: Hotel): Promise<void> {
  const [guest] = await guests(1)
  if (!guest) throw new Error('no guest came')
  const { agreement, person, party } = guest
  const send = async (command: string, actor: Perspective, said: object) => {
    const outcome = await journal.handle({ command, actor, input: { agreement, ...said } })
    if ('refusal' in outcome) throw new Error(outcome.refusal.words)
  }
  const desk = { person: 'per_m_reyes', party: 'org_meridian_hotels', role: '' }
  const use = () => send('record_use', { person, party, role: '' }, { component: 'room' })
  console.log('one use after another, 1 connection')
  let out = 1
  for (const things of [1, 120]) {
    for (; out < things; out += 1)
      await send('grant_access', desk, { component: 'robe', tag: `robe_${out}_of_many` })
    for (let warm = 0; warm < 20; warm += 1) await use()
    const { cpuMicroseconds: before } = usage()
    const from = performance.now()
    for (let timed = 0; timed < 40; timed += 1) await use()
    const milliseconds = (performance.now() - from) / 40
    const cpu = (usage().cpuMicroseconds - before) / 40
    console.log(
      `  ${things} things out`.padEnd(46),
      `${milliseconds.toFixed(1).padStart(6)} ms`,
      `  ${Math.round(cpu).toLocaleString('en')} µs of its process`,
    )
  }
}
