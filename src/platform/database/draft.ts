import { Client, escapeIdentifier } from 'pg'

/**
 * Fills an embedded database that holds no entry, under another name that it loses when it is full: one half filled, by
 * a process that was killed, is never taken for whole. The URL is the superuser's. Returns whether it filled.
 */
export async function fillEmpty(
  url: string,
  fill: (draftUrl: string) => Promise<void>,
): Promise<boolean> {
  if (await holdsEntries(url)) return false
  const name = new URL(url).pathname.slice(1)
  const draft = `${name}_draft`
  await administer(url, [drop(draft)])
  await fill(beside(url, draft))
  await administer(url, [
    // Without an entry nothing is lost but the tokens to it.
    drop(name),
    `alter database ${escapeIdentifier(draft)} rename to ${escapeIdentifier(name)}`,
  ])
  return true
}

const drop = (name: string) => `drop database if exists ${escapeIdentifier(name)} with (force)`

const beside = (url: string, name: string) => new URL(`/${name}`, url).href

async function holdsEntries(url: string): Promise<boolean> {
  const { rows: databases } = await query(
    beside(url, 'postgres'),
    'select datname from pg_database',
  )
  if (!databases.some(({ datname }) => datname === new URL(url).pathname.slice(1))) return false
  const { rows: tables } = await query(url, `select to_regclass('tessera.journal') as journal`)
  if (tables[0]?.['journal'] === null) return false
  const { rows: entries } = await query(url, 'select from tessera.journal limit 1')
  return entries.length > 0
}

async function administer(url: string, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await query(beside(url, 'postgres'), statement)
}

async function query(url: string, text: string) {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await client.query<Record<string, unknown>>(text)
  } finally {
    await client.end()
  }
}
