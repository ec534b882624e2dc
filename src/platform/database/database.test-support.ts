import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, escapeIdentifier } from 'pg'
import { shared } from '../shared.test-support.ts'
import { type Database, openDatabase } from './database.ts'
import { startEmbedded } from './embedded.ts'

export type TestServer = {
  /** A fresh database of its own on the server, with the schema of these migrations. */
  readonly open: (migrations: readonly string[]) => Promise<Database & { readonly url: string }>
  readonly stop: () => Promise<void>
}

/** Fresh databases on the server at DATABASE_URL or on that of the test run; outside one an embedded server of its own. */
export async function startTestServer(): Promise<TestServer> {
  const given = process.env['DATABASE_URL'] ?? (await shared('database'))
  if (given !== undefined) return guestOf(given)
  const folder = temporaryFolder()
  const server = await startEmbedded({ folder, elsewhere: folder, say: () => {} })
  return {
    open: (migrations) => open(server.url, migrations),
    stop: async () => {
      await server.stop()
      rmSync(folder, { recursive: true })
    },
  }
}

/** Leaves the server as it was, but for the three roles. */
function guestOf(server: string): TestServer {
  const made: string[] = []
  return {
    open: async (migrations) => {
      const database = await open(server, migrations)
      made.push(new URL(database.url).pathname.slice(1))
      return database
    },
    stop: async () => {
      const client = new Client({ connectionString: new URL('/postgres', server).href })
      await client.connect()
      for (const name of made)
        await client.query(`drop database ${escapeIdentifier(name)} with (force)`)
      await client.end()
    },
  }
}

/** Open to the user that a server runs as when the tests run as root. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-'))
  chmodSync(folder, 0o755)
  return folder
}

async function open(server: string, migrations: readonly string[]) {
  const url = new URL(server)
  url.pathname = `/test_${randomBytes(8).toString('hex')}`
  const database = await openDatabase({ url: url.href, migrations, say: () => {} })
  return { ...database, url: url.href }
}
