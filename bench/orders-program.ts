import { Client, type ClientConfig, type QueryConfig } from 'pg'
import { keptOf, onFile } from '../src/agreement/on-file.store.ts'
import { type FactRow, factKind } from '../src/agreement/store.ts'
import { placeOrder } from '../src/consumption/api.ts'
import { type OrderRow, orderKind } from '../src/consumption/store.ts'
import { openDatabase } from '../src/platform/database/database.ts'
import type { Request } from '../src/platform/journal/command.ts'
import { createJournal } from '../src/platform/journal/handle.ts'
import { type EntityKind, loadStatement, saveStatements } from '../src/platform/journal/kind.ts'
import { commands, kinds, migrations } from '../src/slices.ts'
import { childSettings, report, usage } from './child.ts'
import type { Guest } from './hotel.ts'

/** Places orders in one of three ways, and says how long it took. */
export type Ordering = {
  readonly url: string
  readonly way: Way
  readonly connections: number
}
export type Way = 'command' | 'statements' | 'writes alone'
export type Lot = {
  readonly guests: readonly Guest[]
  readonly orders: number
  /** How many were placed before, where these guests ordered before. */
  readonly after?: number
}
export type Ordered = { readonly seconds: number; readonly cpuMicroseconds: number }

type Order = (guest: Guest, number: number) => Promise<void>
type Opened = { readonly place: readonly Order[]; readonly close: () => Promise<void> }

const settings = childSettings<Ordering>()
const opened = settings.way === 'command' ? await throughHandle() : await throughPg()
report({}, { stop: opened.close, answer: timed })

/** The orders go round among the guests, as many at once as there are connections. */
async function timed({ guests, orders, after = 0 }: Lot): Promise<Ordered> {
  const { cpuMicroseconds: before } = usage()
  const from = performance.now()
  let begun = 0
  await Promise.all(
    opened.place.map(async (place) => {
      while (begun < orders) {
        const number = begun
        begun += 1
        const guest = guests[number % guests.length]
        if (guest) await place(guest, after + number)
      }
    }),
  )
  const seconds = (performance.now() - from) / 1000
  return { seconds, cpuMicroseconds: usage().cpuMicroseconds - before }
}

async function throughHandle(): Promise<Opened> {
  const { url, connections } = settings
  const say = () => undefined
  const database = await openDatabase({ url, migrations, say, connections })
  const journal = createJournal({ pool: database.app, workPool: database.work, kinds, commands })
  const place: Order = async (guest, number) => {
    const outcome = await journal.handle(requestOf(guest, number))
    if ('refusal' in outcome) throw new Error(outcome.refusal.words)
  }
  return { place: Array.from({ length: connections }, () => place), close: database.close }
}

/** Each with a key, as the client sends them. */
const requestOf = ({ agreement, person, party }: Guest, number: number): Request => ({
  command: 'place_order',
  input: { agreement, component: 'front_desk', says: 'a fan, please' },
  actor: { person, party, role: '' },
  key: `${agreement}_${number}`,
})

/** As the database's own user, so that no policy is asked: the dearest comparison for the platform. */
async function throughPg(): Promise<Opened> {
  const login: ClientConfig = {
    connectionString: settings.url,
    options: '-c search_path=tessera -c timezone=UTC',
  }
  const clients = Array.from({ length: settings.connections }, () => new Client(login))
  for (const client of clients) await client.connect()
  return {
    place: clients.map(
      (client): Order =>
        async (guest, number) => {
          const { agreement } = guest
          await client.query({ name: 'begin', text: 'begin' })
          // Together with the statements, which say what is known by now.
          const known = keptOf(agreement)
          for (const statement of statementsOf(guest, number)) {
            const { rows } = await client.query(statement)
            // As the command: what it has read is not sent again.
            if (statement.name === 'facts on file') onFile(agreement, known, rows[0])
          }
          await client.query({ name: 'commit', text: 'commit' })
        },
    ),
    close: async () => {
      await Promise.all(clients.map((client) => client.end()))
    },
  }
}

/** What the command itself reads and saves, taken from its declaration; without journal, heads, outbox, clock and key. */
function statementsOf(guest: Guest, number: number): QueryConfig[] {
  const request = requestOf(guest, number)
  const input = request.input as Parameters<typeof placeOrder.command.streams>[0]
  const loads = (placeOrder.command.load?.(input, request) ?? []).map(({ kind, stream, id }) =>
    loadStatement(kind, stream, id),
  )
  const reads = Object.values(placeOrder.command.read?.(input, request) ?? {})
  const saves = saveStatements(changedBy(guest, number) as never)
  return settings.way === 'writes alone' ? saves : [...loads, ...reads, ...saves]
}

function changedBy({ agreement, party, person }: Guest, number: number) {
  const at = new Date(Date.UTC(2026, 4, 14, 17, 5)).toISOString()
  const own = { agreement_id: agreement, provider_id: 'org_meridian_hotels', consumer_id: party }
  const order: OrderRow = {
    ...{ ...own, id: `ord_${number}`, component: 'front_desk', says: 'a fan, please' },
    ...{ status: 'requested', requested_by: person, requested_at: at },
  }
  const said = { about: order.id, component: order.component, at, by: person }
  // No entry tells of it: it counts as recorded before the last one that there is.
  const recorded_at = new Date(0).toISOString()
  const fact: FactRow = { ...own, id: `fct_${number}`, kind: 'requested', said, recorded_at }
  const entity = (kind: EntityKind, state: OrderRow | FactRow) => ({
    ...{ kind, state, stream: agreement, id: state.id, before: undefined },
  })
  return [entity(factKind as never, fact), entity(orderKind as never, order)]
}
