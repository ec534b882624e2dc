import { rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Client } from 'pg'
import { temporaryFolder } from './database/database.test-support.ts'
import { startEmbedded } from './database/embedded.ts'
import { type Shared, sharedVariable } from './shared.test-support.ts'
import { buildWeb } from './web/build.ts'

/**
 * Vitest calls these two before and after a run, in the process that starts the workers. Nothing is made before it is
 * asked for: whoever runs a test of rules alone waits for no server.
 */

let door: Server
let folder: string
const made = new Map<string, Promise<string>>()
const endings: (() => Promise<void>)[] = []

export async function setup(): Promise<void> {
  folder = temporaryFolder()
  door = createServer(async (request, response) => {
    const what = (request.url ?? '').slice(1) as Shared
    const known = made.get(what) ?? makers[what]()
    made.set(what, known)
    await known.then(
      (text) => response.end(text),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  process.env[sharedVariable] = `http://127.0.0.1:${(door.address() as AddressInfo).port}`
}

export async function teardown(): Promise<void> {
  door.close()
  for (const end of endings) await end()
  rmSync(folder, { recursive: true })
}

const makers: Readonly<Record<Shared, () => Promise<string>>> = {
  database: async () => {
    const own = { folder: join(folder, 'database'), elsewhere: folder }
    const server = await startEmbedded({ ...own, say: () => undefined })
    endings.push(server.stop)
    const client = new Client({ connectionString: new URL('/postgres', server.url).href })
    await client.connect()
    // What is thrown away after the run need not outlive a power cut. What is said of durability is tried on servers
    // that the tests start by themselves.
    await client.query('alter system set fsync = off')
    await client.query('select pg_reload_conf()')
    await client.end()
    return server.url
  },
  pages: async () => {
    const built = join(folder, 'pages')
    await buildWeb({ folder: built, say: () => undefined })
    return built
  },
}
