import { createHmac } from 'node:crypto'
import { Client, type ClientConfig, escapeIdentifier, escapeLiteral, Pool } from 'pg'
import { migrate } from './migrate.ts'
import { DatabaseRefused } from './refused.ts'
import { exactTypes } from './types.ts'

/** `owner` owns the tables; `app` serves people and programs under row security; `work` runs jobs, relay and bill runs. */
export type Database = {
  readonly owner: Pool
  readonly app: Pool
  readonly work: Pool
  readonly close: () => Promise<void>
}

export type DatabaseSettings = {
  /** Of a user who may make roles, or of any user once the three roles exist and may create in the database. */
  readonly url: string
  readonly migrations: readonly string[]
  readonly connections?: number
  readonly say: (line: string) => void
}

const roles = ['tessera_owner', 'tessera_app', 'tessera_work'] as const
type Role = (typeof roles)[number]

const versionLeast = 15

const preparationLock = 7_355_371

/** For one statement, and between two of a transaction: what hangs keeps no lock and no connection for longer. */
const statementMaxMilliseconds = 10_000

/**
 * A server that is away refuses at once; one that hangs, or a network that swallows everything, says nothing at all. For
 * a new connection, and for one of the pool that others use.
 */
const connectMaxMilliseconds = 5000

/** Longer than a statement may take: a server that lives says itself why it gave up. */
const answerMaxMilliseconds = 12_000

/**
 * Makes the database, the three roles and the schema as far as they are missing, and opens a pool for each role.
 * A role stays the same inside a connection: cached plans rely on it.
 */
export async function openDatabase(settings: DatabaseSettings): Promise<Database> {
  const { url, migrations, say, connections = 10 } = settings
  await prepare(url)
  const owner = new Client(loginOf(url, 'tessera_owner'))
  // One lost is told by the query that it was lost under.
  owner.on('error', () => undefined)
  await owner.connect()
  try {
    const applied = await migrate(owner, migrations)
    if (applied.length > 0) say(`Migrations are applied: ${inWords(applied)}`)
  } finally {
    await owner.end()
  }
  const pool = (role: Role, max: number) => {
    const made = new Pool({ ...loginOf(url, role), pipeline: true, max })
    made.on('error', (error) => say(`A connection of ${role} was lost: ${error.message}`))
    // The pool stops listening a moment before whoever takes a connection can: one lost in between would end the process.
    made.on('connect', (client) => client.on('error', () => undefined))
    return made
  }
  const pools = {
    owner: pool('tessera_owner', 2),
    app: pool('tessera_app', connections),
    work: pool('tessera_work', connections),
  }
  return {
    ...pools,
    close: async () => {
      await Promise.all(Object.values(pools).map((one) => one.end()))
    },
  }
}

function inWords(names: readonly string[]): string {
  const numbers = names.map((name) => name.replace('.sql', ''))
  return numbers.length < 3 ? numbers.join(', ') : `${numbers.length}, to ${numbers.at(-1)}`
}

function loginOf(url: string, role: Role): ClientConfig {
  const login = new URL(url)
  const password = passwordOf(url, role)
  login.username = role
  login.password = password ?? ''
  const settings = '-c search_path=tessera -c timezone=UTC'
  const common = {
    connectionString: login.href,
    application_name: role,
    connectionTimeoutMillis: connectMaxMilliseconds,
    types: exactTypes,
  }
  // A migration takes as long as it takes.
  if (role === 'tessera_owner') return { ...common, options: settings }
  return {
    ...common,
    options: `${settings} -c statement_timeout=${statementMaxMilliseconds} -c idle_in_transaction_session_timeout=${statementMaxMilliseconds}`,
    query_timeout: answerMaxMilliseconds,
  }
}

/** Every process with the same URL comes to the same passwords. Where the URL has none, the server lets its users in otherwise. */
function passwordOf(url: string, role: Role): string | undefined {
  const { password } = new URL(url)
  return password === ''
    ? undefined
    : createHmac('sha256', decodeURIComponent(password)).update(role).digest('hex')
}

async function prepare(url: string): Promise<void> {
  const admin = await connected(url)
  try {
    const { rows } = await admin.query<{ version: number; may_create: boolean; missing: string[] }>(
      `select
        current_setting('server_version_num')::int / 10000 as version,
        (select rolsuper or rolcreaterole from pg_roles where rolname = current_user) as may_create,
        array(select unnest($1::text[]) except select rolname::text from pg_roles) as missing`,
      [roles],
    )
    const { version = 0, may_create: mayCreate = false, missing = [] } = rows[0] ?? {}
    if (version < versionLeast)
      throw new DatabaseRefused(
        'server_version_too_old',
        `The server is PostgreSQL ${version}; ${versionLeast} or later is needed.`,
      )
    if (missing.length > 0 && !mayCreate)
      throw new DatabaseRefused(
        'roles_missing',
        `The roles ${missing.join(', ')} are missing, and the user of DATABASE_URL may not make them.`,
      )
    if (!mayCreate && !(await getsIn(url, 'tessera_owner')))
      throw new DatabaseRefused(
        'roles_closed',
        'The three roles do not let this program in. Use the DATABASE_URL with which they were made.',
      )
    // Two processes that start together make them one after the other; the lock ends with the connection.
    await admin.query(`select pg_advisory_lock(${preparationLock})`)
    if (mayCreate) await makeRoles(admin, url)
    await letOwnerCreate(admin)
  } finally {
    await admin.end()
  }
}

async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch (error) {
    if (!hasCode(error, '3D000')) throw error
  }
  const beside = new URL(url)
  const name = decodeURIComponent(beside.pathname.slice(1))
  beside.pathname = '/postgres'
  const maker = new Client({ connectionString: beside.href })
  await maker.connect()
  try {
    await maker.query(`create database ${escapeIdentifier(name)}`)
  } catch (error) {
    // Another process may have made it in this moment.
    if (!hasCode(error, '42P04', '23505')) throw error
  } finally {
    await maker.end()
  }
  const made = new Client({ connectionString: url })
  await made.connect()
  return made
}

/** Only a role that does not get in is made or given its password again: altering one takes a lock in the whole cluster. */
async function makeRoles(admin: Client, url: string): Promise<void> {
  for (const role of roles) {
    if (await getsIn(url, role)) continue
    const password = passwordOf(url, role)
    await admin.query(`
      do $$ begin
        create role ${role};
      exception when duplicate_object or unique_violation then
        null;
      end $$;
      alter role ${role} login password ${password === undefined ? 'null' : escapeLiteral(password)}`)
  }
}

async function getsIn(url: string, role: Role): Promise<boolean> {
  const client = new Client(loginOf(url, role))
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

async function letOwnerCreate(admin: Client): Promise<void> {
  await admin.query(`
    do $$ begin
      if not has_database_privilege('tessera_owner', current_database(), 'create') then
        execute format('grant create on database %I to tessera_owner', current_database());
      end if;
    end $$`)
}

const hasCode = (error: unknown, ...codes: string[]) =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code))
