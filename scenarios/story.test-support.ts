import { join } from 'node:path'
import { expect } from 'vitest'
import type { TestServer } from '../src/platform/database/database.test-support.ts'
import { type Client, clientRoutes, createClient, Problem } from '../src/platform/http/client.ts'
import { createTokens } from '../src/platform/http/token.ts'
import { replay } from '../src/platform/journal/replay.ts'
import { runOn, worldsIn } from '../src/serve.ts'
import { type Endpoints, endpoints, kinds, migrations } from '../src/slices.ts'
import { thingsFollow } from './things.test-support.ts'

/** A platform of its own with worked worlds, served on a port of its own, and its people. */
export type Story = Awaited<ReturnType<typeof tell>>

const root = join(import.meta.dirname, '..')
const routes = clientRoutes(Object.values(endpoints))

/** `web` is the folder of the built pages, for stories that are told in a browser. */
export async function tell(server: TestServer, worlds: readonly string[], web?: string) {
  const database = await server.open(migrations)
  const opened: (() => Promise<void>)[] = []
  const say = () => undefined
  const folders = worlds.map((world) => join(root, 'examples', world))
  const run = () =>
    runOn(database, opened, {
      ...{ demonstration: true, version: 'test', say },
      worlds: worldsIn({ worlds: folders, say }),
      ...(web !== undefined && { web }),
    })
  let running = await run()
  const base = () => {
    const address = running.app.server.address()
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/api`
  }
  await running.app.listen({ host: '127.0.0.1', port: 0 })
  const stop = async () => {
    for (const close of opened.splice(0).toReversed()) await close()
  }
  return {
    database,
    base,
    stranger: () => createClient<Endpoints>({ base: base(), routes }),
    /** As a person's own program, with a token. */
    as: async (person: string, organisation: string): Promise<Client<Endpoints>> => {
      const viewer = { person: `per_${person}`, party: `org_${organisation}`, role: '' }
      const issued = { kind: 'bearer', viewer, says: 'a story', now: Date.now() } as const
      const { secret } = await createTokens(database.work).issue(issued)
      return createClient<Endpoints>({ base: base(), routes, token: secret })
    },
    /** Whoever runs the platform, with the token that `tessera apply` has. */
    operator: async (): Promise<Client<Endpoints>> => {
      const viewer = { person: 'operator', party: 'operator', role: 'operator' }
      const issued = { kind: 'operator', viewer, says: 'a story', now: Date.now() } as const
      const { secret } = await createTokens(database.work).issue(issued)
      return createClient<Endpoints>({ base: base(), routes, token: secret })
    },
    /** The clock moves, and what is due by then has happened when this is over. */
    moveTo: async (at: string) => {
      const client = createClient<Endpoints>({ base: base(), routes })
      await client.door('move_clock', { at })
      await running.relay.idle()
    },
    stop,
    /** The same database, served by a new process's worth of everything. */
    start: async () => {
      running = await run()
      await running.app.listen({ host: '127.0.0.1', port: 0 })
    },
    /** What the tables hold is what the journal says, and the rows of things what their contracts do. */
    replayed: async () => {
      await thingsFollow(database)
      const { differences, broken } = await replay(database.owner, kinds)
      expect({ differences, broken }).toEqual({ differences: [], broken: [] })
    },
    end: async () => {
      await stop()
      await database.close()
    },
  }
}

/** The name of the refusal that a call met. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'nothing was refused'
  } catch (error) {
    if (error instanceof Problem) return error.name
    throw error
  }
}
