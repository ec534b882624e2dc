import type { Pool, PoolClient } from 'pg'
import { withClient } from '../database/transaction.ts'
import { type Entry, hashOf } from './entry.ts'
import {
  type Entity,
  type EntityKind,
  evolveEntry,
  type Row,
  saveStatement,
  type Table,
  tableOf,
  timerRows,
  timerTable,
} from './kind.ts'

const batch = 5000

const entryColumns = `journal.stream, journal.version, command, command_version, events, request_key, fingerprint, answer,
  actor_id, acting_for, role, reason, cause, provider_id, consumer_id, occurred_at, journal.recorded_at, encode(journal.hash, 'hex') as hash`

type Kept = { readonly entry: Entry; readonly hash: string; readonly head?: string }

/**
 * The entries of one stream in the order of their versions; `knownBy` (UTC text) leaves out what was recorded later.
 * The pool is one that sees them all: a fold over a part of the entries would mean something else.
 */
export async function readEntries(pool: Pool, stream: string, knownBy?: string): Promise<Entry[]> {
  const { rows } = await pool.query({
    name: 'read entries',
    text: `select ${entryColumns}
      from journal
      where stream = $1
        and recorded_at <= coalesce($2::timestamptz, 'infinity')
      order by version`,
    values: [stream, knownBy ?? null],
  })
  return rows.map((row) => keptOf(row).entry)
}

/** What the entries of one stream, all from its first on, come to. */
export function fold(kinds: readonly EntityKind[], entries: readonly Entry[]): Entity[] {
  const named = new Map(kinds.map((kind) => [kind.name, kind]))
  const entities = new Map<string, Entity>()
  for (const entry of entries) foldInto(entities, named, entry)
  return [...entities.values()]
}

export type Replay = {
  readonly entries: number
  readonly rows: number
  /** `table: row` for every row that is only live, or only in the journal. Empty when the tables are what the journal says. */
  readonly differences: readonly string[]
  /** `stream:version` of every entry that does not follow from those before it, and of every head that does not match its last. */
  readonly broken: readonly string[]
}

/**
 * Folds the whole journal as it stands at one moment into tables beside the live ones, compares them both ways, and checks
 * versions and hashes on the way. One stream is in memory at a time. The pool is the owner's.
 */
export function replay(pool: Pool, kinds: readonly EntityKind[]): Promise<Replay> {
  return withClient(pool, async (client) => {
    await client.query('begin isolation level repeatable read')
    const found = await folded(client, kinds)
    await client.query('rollback')
    return found
  })
}

/**
 * The same, and then the tables hold what the journal says and nothing else: in one transaction, and only where every
 * entry follows from those before it. Whoever writes locks a stream first, so he waits until it is over. Processes that
 * run meanwhile may keep facts that they have read; kinds come in an order in which none refers to a later one.
 */
export function rebuild(pool: Pool, kinds: readonly EntityKind[]): Promise<Replay> {
  return withClient(pool, async (client) => {
    await client.query('begin isolation level repeatable read')
    await client.query('lock table stream in exclusive mode')
    const found = await folded(client, kinds)
    const isDue = found.broken.length === 0 && found.differences.length > 0
    if (isDue) await refill(client, tablesOf(kinds))
    await client.query(isDue ? 'commit' : 'rollback')
    return found
  })
}

async function folded(client: PoolClient, kinds: readonly EntityKind[]): Promise<Replay> {
  const tables = tablesOf(kinds)
  for (const { table } of tables)
    await client.query(`create temporary table ${shadow(table)} (like ${table}) on commit drop`)
  const { entries, rows, broken } = await build(client, kinds)
  const differences: string[] = []
  for (const table of tables)
    for (const difference of await compare(client, table)) differences.push(difference)
  return { entries, rows, differences, broken }
}

const tablesOf = (kinds: readonly EntityKind[]): Table[] => [...kinds.map(tableOf), timerTable]

/** All of them, also those without a difference: a row that others refer to goes and comes with them. */
async function refill(client: PoolClient, tables: readonly Table[]): Promise<void> {
  for (const { table } of tables.toReversed()) await client.query(`delete from ${table}`)
  for (const { table, columns } of tables) {
    const names = Object.keys(columns).join(', ')
    await client.query(`insert into ${table} (${names}) select ${names} from ${shadow(table)}`)
  }
}

const shadow = (table: string) => `shadow_${table}`

async function build(client: PoolClient, kinds: readonly EntityKind[]) {
  const named = new Map(kinds.map((kind) => [kind.name, kind]))
  const waiting: Entity[] = []
  const broken: string[] = []
  let entities = new Map<string, Entity>()
  let last: Kept | undefined
  let entries = 0
  let rows = 0
  const closeStream = async () => {
    // The head knows the last hash, so an entry cut off at the end shows too.
    if (last && last.head !== last.hash) broken.push(nameOf(last.entry))
    for (const entity of entities.values()) waiting.push(entity)
    entities = new Map()
    if (waiting.length >= batch) rows += await write(client, waiting.splice(0))
  }
  for await (const kept of allEntries(client)) {
    const { entry } = kept
    if (entry.stream !== last?.entry.stream) {
      await closeStream()
      last = undefined
    }
    const follows = entry.version === (last?.entry.version ?? 0) + 1
    if (!follows || hashOf(entry, last?.hash) !== kept.hash) broken.push(nameOf(entry))
    foldInto(entities, named, entry)
    last = kept
    entries += 1
  }
  await closeStream()
  rows += await write(client, waiting)
  const { rows: bare } = await client.query(
    'select stream, version from stream where version > 0 and not exists (select from journal where journal.stream = stream.stream)',
  )
  for (const { stream, version } of bare) broken.push(`${stream}:${version}`)
  return { entries, rows, broken }
}

/** By key, a batch at a time: no cursor, so memory stays flat. */
async function* allEntries(client: PoolClient): AsyncGenerator<Kept> {
  let after: [string, number] = ['', 0]
  for (;;) {
    const { rows } = await client.query({
      name: 'replay entries',
      text: `select ${entryColumns}, encode(stream.hash, 'hex') as head
        from journal
        left join stream on stream.stream = journal.stream
        where (journal.stream, journal.version) > ($1, $2)
        order by journal.stream, journal.version
        limit ${batch}`,
      values: after,
    })
    for (const row of rows) yield keptOf(row)
    const final = rows.at(-1)
    if (!final || rows.length < batch) return
    after = [final.stream, final.version]
  }
}

function foldInto(
  entities: Map<string, Entity>,
  kinds: ReadonlyMap<string, EntityKind>,
  entry: Entry,
): void {
  const changed = evolveEntry(kinds, entry, (place) => entities.get(place)?.state)
  for (const [place, entity] of changed) entities.set(place, entity)
}

const nameOf = ({ stream, version }: Entry) => `${stream}:${version}`

async function write(client: PoolClient, entities: readonly Entity[]): Promise<number> {
  const timers = timerRows(entities)
  const lots: [Table, Row[]][] = [[timerTable, timers]]
  for (const [kind, some] of Map.groupBy(entities, ({ kind }) => kind))
    lots.push([tableOf(kind), some.map(({ state }) => state)])
  for (const [table, rows] of lots) {
    if (rows.length === 0) continue
    await client.query(saveStatement({ ...table, table: shadow(table.table), key: [] }, rows))
  }
  return entities.length + timers.length
}

async function compare(client: PoolClient, { table, columns }: Table): Promise<string[]> {
  const names = Object.keys(columns).join(', ')
  const { rows } = await client.query<{ side: string; row: string }>(`
    select 'live' as side, only_live::text as row
    from (select ${names} from ${table} except all select ${names} from ${shadow(table)}) as only_live
    union all
    select 'journal', only_replayed::text
    from (select ${names} from ${shadow(table)} except all select ${names} from ${table}) as only_replayed`)
  return rows.map(({ side, row }) => `${table}: only ${side} has ${row}`)
}

function keptOf(row: Record<string, never>): Kept {
  const present = (name: string, value: unknown) => (value === null ? {} : { [name]: value })
  const entry = {
    stream: row['stream'],
    version: Number(row['version']),
    command: row['command'],
    commandVersion: row['command_version'],
    events: row['events'],
    ...present('key', row['request_key']),
    ...present('fingerprint', row['fingerprint']),
    ...present('answer', row['answer']),
    actor: { person: row['actor_id'], party: row['acting_for'], role: row['role'] },
    ...present('reason', row['reason']),
    ...present('cause', row['cause']),
    ...present('provider', row['provider_id']),
    ...present('consumer', row['consumer_id']),
    occurredAt: row['occurred_at'],
    recordedAt: row['recorded_at'],
  } as unknown as Entry
  return { entry, hash: row['hash'] ?? '', ...present('head', row['head'] ?? null) }
}
