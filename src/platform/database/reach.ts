import { Client } from 'pg'
import { DatabaseRefused } from './refused.ts'

/** A network that swallows everything answers nothing at all. */
const connectMax = 10_000

/** Refuses `database_url_unreadable` and `database_unreachable`, and never says the password. */
export async function reachServer(url: string): Promise<void> {
  const { hostname, port } = partsOf(url)
  const client = new Client({ connectionString: url, connectionTimeoutMillis: connectMax })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.end()
  } catch (error) {
    // The server is there, the database is still to be made.
    if (error instanceof Error && 'code' in error && error.code === '3D000') return
    throw new DatabaseRefused(
      'database_unreachable',
      `The server at ${hostname || 'its socket'}:${port || 5432} does not let Tessera in: ${wordsOf(error)}.`,
    )
  }
}

function partsOf(url: string): URL {
  if (URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)) return new URL(url)
  throw new DatabaseRefused(
    'database_url_unreadable',
    'DATABASE_URL must be such as postgresql://user:password@host:5432/name. Without it Tessera brings its own server.',
  )
}

/** A name with several addresses fails once for each, under words that are empty. */
function wordsOf(error: unknown): string {
  if (error instanceof AggregateError) return wordsOf(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}
