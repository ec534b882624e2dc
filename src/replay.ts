import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { openDatabase } from './platform/database/database.ts'
import { startEmbedded } from './platform/database/embedded.ts'
import { reachServer } from './platform/database/reach.ts'
import { DatabaseRefused } from './platform/database/refused.ts'
import { type Replay, rebuild, replay } from './platform/journal/replay.ts'
import type { Told } from './remote.ts'
import { kinds, migrations } from './slices.ts'

export type Replaying = {
  /** Whose database is started for it, and stopped after; refused while Tessera runs there. */
  readonly data: string
  /** A server elsewhere, in place of that; it may be in use. */
  readonly databaseUrl?: string
  /** The other way only says what it finds. */
  readonly rebuild?: true
}

const silent = () => undefined

/** Whether the tables hold what the journal says; 1 where they do not, or somebody tampered with the journal. */
export async function replayed(replaying: Replaying): Promise<Told> {
  const doing = replaying.rebuild ? rebuild : replay
  try {
    const found = await atDatabase(replaying, async (url) => {
      const database = await openDatabase({ url, migrations, say: silent })
      try {
        return await doing(database.owner, kinds)
      } finally {
        await database.close()
      }
    })
    return 'says' in found ? found : told(found, replaying)
  } catch (error) {
    if (!(error instanceof DatabaseRefused)) throw error
    return { says: [error.message], exit: 2 }
  }
}

async function atDatabase(
  { data, databaseUrl }: Replaying,
  look: (url: string) => Promise<Replay>,
): Promise<Replay | Told> {
  if (databaseUrl !== undefined) {
    await reachServer(databaseUrl)
    return (await isThere(databaseUrl)) ? look(databaseUrl) : nothingIn('DATABASE_URL')
  }
  const folder = join(data, 'database')
  if (!existsSync(folder)) return nothingIn(data)
  const server = await startEmbedded({ folder, say: silent })
  try {
    return (await isThere(server.url)) ? await look(server.url) : nothingIn(data)
  } finally {
    await server.stop()
  }
}

const nothingIn = (place: string): Told => ({
  says: [`data_not_found: There are no data of Tessera in ${place}. Say --data where they are.`],
  exit: 2,
})

/** Looking makes nothing: a database without the journal is another one, or of a first start that did not end. */
async function isThere(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url })
  client.on('error', silent)
  try {
    await client.connect()
    const { rows } = await client.query(`select to_regclass('tessera.journal') as journal`)
    return rows[0]?.journal !== null
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '3D000') return false
    throw error
  } finally {
    await client.end().catch(silent)
  }
}

function told({ entries, rows, differences, broken }: Replay, { rebuild: mends }: Replaying): Told {
  const counted = [
    `${entries} entries`,
    `${rows} rows`,
    `${differences.length} differences`,
    `${broken.length} broken hashes`,
  ].join(', ')
  const says = [
    ...first(differences),
    ...first(broken.map((place) => `${place}: does not follow from what stands before it`)),
  ]
  const isWhole = differences.length === 0 && broken.length === 0
  if (!mends || isWhole) return { says: [...says, counted], exit: isWhole ? 0 : 1 }
  if (broken.length === 0) return { says: [...says, `${counted}, mended`], exit: 0 }
  const refusal = 'journal_must_be_whole: Nothing is rebuilt from a journal with broken hashes.'
  return { says: [...says, counted, refusal], exit: 2 }
}

const shownMax = 20

const first = (lines: readonly string[]) =>
  lines.length <= shownMax
    ? lines
    : [...lines.slice(0, shownMax), `… and ${lines.length - shownMax} more`]
