import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ClientBase } from 'pg'
import { DatabaseRefused } from './refused.ts'

type Migration = {
  readonly number: number
  readonly name: string
  readonly text: string
  readonly digest: string
}
type Applied = Pick<Migration, 'number' | 'name' | 'digest'>

/** Any number, so long as every version of this program uses the same. */
const lock = 7_355_372

/**
 * Brings the schema up to the files `0001-name.sql` of all folders together, in the order of their numbers. Forward only:
 * refuses by name what was changed after it was applied (`migration_changed`), and a database that knows a later number
 * than the program (`database_newer_than_program`). The client is the owner's. Returns the names applied.
 */
export async function migrate(client: ClientBase, folders: readonly string[]): Promise<string[]> {
  const migrations = readMigrations(folders)
  // The lock is the session's: a second process that starts now waits here, then finds nothing left to do.
  await client.query(`select pg_advisory_lock(${lock})`)
  try {
    await client.query(`
      create schema if not exists tessera;
      create table if not exists tessera.migration (
        number int primary key,
        name text not null,
        digest text not null,
        applied_at timestamptz not null default clock_timestamp()
      )`)
    const { rows } = await client.query<Applied>(
      'select number, name, digest from tessera.migration order by number',
    )
    check(rows, migrations)
    const waiting = migrations.filter(({ number }) => !rows.some((row) => row.number === number))
    for (const migration of waiting) await apply(client, migration)
    return waiting.map(({ name }) => name)
  } finally {
    await client.query(`select pg_advisory_unlock(${lock})`)
  }
}

function readMigrations(folders: readonly string[]): Migration[] {
  const migrations = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => /^\d{4}-.+\.sql$/.test(file))
      .map((file) => {
        const text = readFileSync(join(folder, file), 'utf8')
        const digest = createHash('sha256').update(text).digest('hex')
        return { number: Number(file.slice(0, 4)), name: file, text, digest }
      }),
  )
  migrations.sort((one, other) => one.number - other.number)
  for (const [place, { number, name }] of migrations.entries())
    if (migrations[place + 1]?.number === number)
      throw new DatabaseRefused('migrations_misnumbered', `${name} has the number of another.`)
  return migrations
}

function check(applied: readonly Applied[], migrations: readonly Migration[]): void {
  const latest = migrations.at(-1)?.number ?? 0
  const newest = applied.at(-1)
  if (newest && newest.number > latest)
    throw new DatabaseRefused(
      'database_newer_than_program',
      `The database has ${newest.name}; this program ends at ${latest}. Start the newer program.`,
    )
  for (const { number, name, digest } of applied) {
    const known = migrations.find((migration) => migration.number === number)
    if (known?.digest !== digest)
      throw new DatabaseRefused(
        'migration_changed',
        `${name} was applied with another text than the program has. A migration is never edited; add a new one.`,
      )
  }
  const skipped = migrations.find(
    ({ number }) => number < (newest?.number ?? 0) && !applied.some((row) => row.number === number),
  )
  if (skipped)
    throw new DatabaseRefused(
      'migrations_misnumbered',
      `${skipped.name} has a number below ${newest?.name}, which is applied already.`,
    )
}

async function apply(client: ClientBase, { number, name, text, digest }: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(text)
    await client.query('insert into tessera.migration (number, name, digest) values ($1, $2, $3)', [
      number,
      name,
      digest,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`migration ${name}: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    })
  }
}
