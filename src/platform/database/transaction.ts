import { escapeLiteral, type Pool, type PoolClient, type QueryConfig, type QueryResult } from 'pg'

/** Who acts or looks: a person, for an organisation, in a role. Every transaction carries it, and row security reads it. */
export type Perspective = {
  readonly person: string
  readonly party: string
  readonly role: string
}

/**
 * One simple query, so it costs no trip of its own in a pipeline. `set local` ends with the transaction; afterwards
 * the settings are empty text, which no policy lets through.
 */
export function beginAs({ person, party, role }: Perspective, mode: 'read write' | 'read only') {
  return `begin ${modes[mode]}; set local tessera.party = ${escapeLiteral(party)}; set local tessera.person = ${escapeLiteral(person)}; set local tessera.role = ${escapeLiteral(role)}`
}

/** What is read in several statements is of one snapshot; a write has its locks. */
const modes = {
  'read write': 'read write',
  'read only': 'isolation level repeatable read read only',
} as const

/** Reads in one transaction, which sees what `perspective` may see. */
export function readAs<Result>(
  pool: Pool,
  perspective: Perspective,
  read: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  return withClient(pool, async (client) => {
    const [, result] = await settled([
      client.query(beginAs(perspective, 'read only')),
      read(client),
    ] as const)
    await client.query('commit')
    return result
  })
}

/** A connection that saw an error is closed, not given back: a transaction may be open, or a named statement half known. */
export async function withClient<Result>(
  pool: Pool,
  use: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  // An idle connection reports a lost server to the pool; one in use reports it here and to its queries, which throw.
  const lost = () => undefined
  client.on('error', lost)
  let failed = true
  try {
    const result = await use(client)
    failed = false
    return result
  } finally {
    client.off('error', lost)
    client.release(failed)
  }
}

/** Sends all before it waits: one round trip. Throws the first error, after every answer has come. */
export async function pipelined(
  client: PoolClient,
  queries: readonly (QueryConfig | string)[],
): Promise<QueryResult[]> {
  return settled(queries.map((query) => client.query(query)))
}

/** As `Promise.all`, but nothing is under way any more when it throws. */
async function settled<const Promises extends readonly Promise<unknown>[]>(promises: Promises) {
  await Promise.allSettled(promises)
  return Promise.all(promises)
}
