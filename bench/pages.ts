import { join } from 'node:path'
import { type Child, startChild } from './child.ts'
import { inHotel } from './hotel.ts'
import { type Asked, load, requestOf } from './load.ts'
import type { Served, Serving } from './pages-program.ts'

const connections = 16
const roundMilliseconds = 900
const rounds = 3
const program = join(import.meta.dirname, 'pages-program.ts')

/**
 * A page and a question over HTTP against bare `node:http` with the same bytes, by the processor time of the server's
 * process. Requests a second would also measure who asks, on the same cores. PostgreSQL's own time is not in it.
 */
export function benchPages(): Promise<void> {
  return inHotel(async (hotel) => {
    await hotel.offerings(23)
    const [guest] = await hotel.guests(1)
    if (!guest) throw new Error('nobody came')
    const { agreement, person, token } = guest
    const platform = await startChild<Served>(program, { url: hotel.url } satisfies Serving)
    const page = '/api/catalogue?limit=20'
    await compare('catalogue page of 20', { platform, asked: { method: 'GET', path: page } })
    const own: Asked = { method: 'GET', path: page, token }
    await compare('catalogue page of 20, signed in', { platform, asked: own })
    const path = `/api/agreements/${agreement}/questions`
    const body = { question: { may: 'room', user: person } }
    await compare('may', { platform, asked: { method: 'POST', path, token, body } })
    await platform.stop()
  })
}

async function compare(
  name: string,
  { platform, asked }: { readonly platform: Child<Served>; readonly asked: Asked },
): Promise<void> {
  const body = await answerTo(platform.told.port, asked)
  const bare = await startChild<Served>(program, { body } satisfies Serving)
  const request = requestOf(asked)
  await timed(platform, request)
  await timed(bare, request)
  const ratios: number[] = []
  const costs: { own: Cost; bare: Cost }[] = []
  for (let round = 0; round < rounds; round += 1) {
    const cost = { own: await timed(platform, request), bare: await timed(bare, request) }
    costs.push(cost)
    ratios.push(cost.bare.microseconds / cost.own.microseconds)
  }
  await bare.stop()
  const median = costs.toSorted((one, other) => ratioOf(one) - ratioOf(other))[
    Math.floor(rounds / 2)
  ]
  if (!median) return
  const bytes = Buffer.byteLength(body).toLocaleString('en')
  console.log(
    `${name} (${bytes} bytes)`.padEnd(48),
    `ratio ${ratioOf(median).toFixed(3)}`,
    `  ${Math.round(median.own.microseconds).toLocaleString('en')} µs against ${Math.round(median.bare.microseconds)} µs,`,
    `${Math.round(median.own.rate).toLocaleString('en')} /s here`,
  )
}

const ratioOf = ({ own, bare }: { own: Cost; bare: Cost }) => bare.microseconds / own.microseconds

/** Processor time of the server for one request, and requests a second. */
type Cost = { readonly microseconds: number; readonly rate: number }

async function timed(server: Child<Served>, request: Buffer): Promise<Cost> {
  const { cpuMicroseconds: before } = await server.usage()
  const from = performance.now()
  const next = () => (performance.now() - from < roundMilliseconds ? request : undefined)
  const answered = await load({ port: server.told.port, connections, next })
  const seconds = (performance.now() - from) / 1000
  const { cpuMicroseconds: after } = await server.usage()
  return { microseconds: (after - before) / answered, rate: answered / seconds }
}

async function answerTo(port: number, { method, path, token, body }: Asked): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: {
      // Unpacked, as the requests of the bench ask for it.
      'accept-encoding': 'identity',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(text)
  return text
}
