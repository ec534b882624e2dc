import type { QueryConfig } from 'pg'
import type { Instant } from '../../kernel/time.ts'
import type { Entry, Event, Json } from './entry.ts'

/** An entity as it stands in its table: column → value, as `types.ts` reads it. What is null there is absent here. */
export type Row = { readonly [column: string]: Json | undefined }

/** A table and the rows to bring into it. Columns are in the table's order; the values are their SQL types. */
export type Table = {
  readonly table: string
  readonly columns: Readonly<Record<string, string>>
  readonly key: readonly string[]
}

/** At `dueAt` the relay sends `command` with `input`. */
type Timer = {
  readonly id: string
  readonly dueAt: Instant
  readonly command: string
  readonly input: Json
}

/**
 * Something with an id inside a stream, small (an order, a role holder, a price line), kept as one row.
 * Its state is the row, so nothing is mapped.
 */
export type EntityKind<State extends Row = Row> = {
  readonly name: string
  readonly table: string
  readonly columns: Readonly<Record<string, string>>
  /** The two columns that name it: of its stream, and of its id. They are the same where the entity is the stream. */
  readonly stream: string
  readonly id: string
  /** The only meaning of an event. Pure: an entity is the fold of its events. */
  evolve(state: State | undefined, event: Event, entry: Entry): State
  /** Brings an event of an older form up to date when it is read; the journal itself is never rewritten. */
  upcast?(event: Event): Event
  /** Written once: a second event of the same entity is a fault, and the roles need no right to update its table. */
  readonly neverChanges?: true
  /** What is due in this state, and nothing else is. */
  timers?(state: State): readonly Timer[]
}

export type Entity = {
  readonly kind: EntityKind
  readonly stream: string
  readonly id: string
  readonly state: Row
  /** As it stood before the entry that changed it last. */
  readonly before: Row | undefined
  readonly entry: Entry
}

export const timerTable: Table = {
  table: 'timer',
  columns: {
    ...{ stream: 'text', kind: 'text', entity: 'text', id: 'text' },
    ...{ due_at: 'timestamptz', command: 'text', input: 'jsonb' },
    ...{ provider_id: 'text', consumer_id: 'text' },
  },
  key: ['stream', 'kind', 'entity', 'id'],
}

export const tableOf = ({ table, columns, stream, id }: EntityKind): Table => ({
  table,
  columns,
  key: [...new Set([stream, id])],
})

export const placeOf = (kind: string, stream: string, id: string) =>
  JSON.stringify([kind, stream, id])

/** Applies one entry to the states it finds by `placeOf`, and says what changed. */
export function evolveEntry(
  kinds: ReadonlyMap<string, EntityKind>,
  entry: Entry,
  stateAt: (place: string, event: Event) => Row | undefined,
): Map<string, Entity> {
  const changed = new Map<string, Entity>()
  for (const written of entry.events) {
    const kind = kinds.get(written.kind)
    if (!kind) throw new Error(`no entity kind is named ${written.kind}`)
    const event = kind.upcast?.(written) ?? written
    const { stream } = entry
    const place = placeOf(kind.name, stream, event.entity)
    const before = changed.get(place)?.state ?? stateAt(place, event)
    const state = kind.evolve(before, event, entry)
    if (state[kind.stream] !== (kind.stream === kind.id ? event.entity : stream))
      throw new Error(`${event.type} puts ${kind.name} ${event.entity} into another stream`)
    if (state[kind.id] !== event.entity)
      throw new Error(`${event.type} gives ${kind.name} ${event.entity} another id`)
    const first = changed.get(place)
    const original = first ? first.before : before
    changed.set(place, { kind, stream, id: event.entity, state, before: original, entry })
  }
  return changed
}

export function loadStatement(
  kind: EntityKind,
  stream: string,
  id: string | undefined,
): QueryConfig {
  const columns = Object.keys(kind.columns).join(', ')
  const one = id === undefined ? '' : ` and ${kind.id} = $2`
  return {
    name: `load ${kind.name}${one === '' ? '' : ' one'}`,
    text: `select ${columns} from ${kind.table} where ${kind.stream} = $1${one}`,
    values: id === undefined ? [stream] : [stream, id],
  }
}

export function stateOf(row: Record<string, Json | null>): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))
}

/** One upsert for each table, whatever the number of rows, then the timers of what changed. */
export function saveStatements(changed: readonly Entity[]): QueryConfig[] {
  const statements: QueryConfig[] = []
  for (const [kind, entities] of Map.groupBy(changed, ({ kind }) => kind)) {
    const rows = entities.map(({ state }) => state)
    const table = kind.neverChanges ? { ...tableOf(kind), key: [] } : tableOf(kind)
    statements.push(saveStatement(table, rows, `save ${kind.name}`))
  }
  for (const { kind, stream, id, before } of changed)
    if (before && kind.timers?.(before).length)
      statements.push({ ...clearTimers, values: [stream, kind.name, id] })
  const timers = timerRows(changed)
  if (timers.length > 0) statements.push(saveStatement(timerTable, timers, 'save timers'))
  return statements
}

/** A statement for each entity: with arrays for all of them PostgreSQL plans anew every time, which takes longer than deleting. */
const clearTimers = {
  name: 'clear timers',
  text: `delete from timer
    where stream = $1
      and kind = $2
      and entity = $3`,
}

export function timerRows(entities: readonly Entity[]): Row[] {
  return entities.flatMap(({ kind, stream, id: entity, state, entry }) =>
    (kind.timers?.(state) ?? []).map(({ id, dueAt, command, input }) => ({
      ...{ stream, kind: kind.name, entity, id, command, input },
      due_at: new Date(dueAt).toISOString(),
      provider_id: entry.provider,
      consumer_id: entry.consumer,
    })),
  )
}

/** Every column travels as an array of text and is cast to its type, so that one statement serves any number of rows. */
export function saveStatement(
  { table, columns, key }: Table,
  rows: readonly Row[],
  name?: string,
): QueryConfig {
  const names = Object.keys(columns)
  const others = names.filter((column) => !key.includes(column))
  const casts = Object.entries(columns).map(([column, type]) => `saved.${column}::${type}`)
  const updates = others.map((column) => `${column} = excluded.${column}`).join(', ')
  const action = updates === '' ? 'nothing' : `update set ${updates}`
  const conflict = key.length === 0 ? '' : `on conflict (${key.join(', ')}) do ${action}`
  return {
    ...(name !== undefined && { name }),
    text: `insert into ${table} (${names.join(', ')})
      select ${casts.join(', ')}
      from unnest(${names.map((_, place) => `$${place + 1}::text[]`).join(', ')}) as saved (${names.join(', ')})
      ${conflict}`,
    values: Object.entries(columns).map(([column, type]) =>
      rows.map((row) => columnText(row[column], type)),
    ),
  }
}

function columnText(value: Json | undefined, type: string): string | null {
  if (value === undefined) return null
  if (type === 'jsonb') return JSON.stringify(value)
  if (value === null) return null
  if (Array.isArray(value))
    return `{${value.map((one) => `"${String(one).replace(/["\\]/g, '\\$&')}"`).join(',')}}`
  return String(value)
}
