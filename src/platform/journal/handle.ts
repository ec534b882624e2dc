import type { DatabaseError, Pool, PoolClient, QueryResult } from 'pg'
import { type Instant, utcText } from '../../kernel/time.ts'
import { beginAs, pipelined, withClient } from '../database/transaction.ts'
import {
  type Change,
  type Command,
  type Decision,
  type Facts,
  type Outcome,
  platform,
  type Refusal,
  type Request,
} from './command.ts'
import { asStored, type Entry, type Event, fingerprintOf, hashOf, recordedAfter } from './entry.ts'
import { type FreeText, insertTexts, isSaidAgain, setApart } from './free-text.ts'
import {
  type Entity,
  type EntityKind,
  evolveEntry,
  loadStatement,
  placeOf,
  type Row,
  saveStatement,
  saveStatements,
  stateOf,
  type Table,
} from './kind.ts'

export type Journal = { readonly handle: (request: Request) => Promise<Outcome> }

type JournalSettings = {
  /** Of the app role: what a person or program sends passes row security. */
  readonly pool: Pool
  /** Of the work role, for what the platform itself does. */
  readonly workPool: Pool
  readonly kinds: readonly EntityKind[]
  readonly commands: readonly Command[]
  /** The machine's clock; the platform's differs from it by what the row `clock` says. */
  readonly machineNow?: () => Instant
  /** Told which rule of the database a command met: whoever sent it is not. */
  readonly say?: (line: string) => void
}

type Head = {
  readonly stream: string
  readonly version: number
  readonly recordedAt?: string
  readonly hash?: string
}

const attemptsMax = 3

/** The one way to write. Slices register what there is and what may be done; the journal knows no word of the field. */
export function createJournal(settings: JournalSettings): Journal {
  const { machineNow = Date.now, say = console.error } = settings
  const kinds = new Map(settings.kinds.map((kind) => [kind.name, kind]))
  const commands = new Map(settings.commands.map((command) => [command.name, command]))
  const handle = async (request: Request): Promise<Outcome> => {
    const command = commands.get(request.command)
    if (!command) throw new Error(`no command is named ${request.command}`)
    const pool = poolFor(settings, command, request)
    for (let attempt = 1; ; attempt += 1)
      try {
        return await withClient(pool, (client) =>
          once({ client, command, request, kinds, machineNow }),
        )
      } catch (error) {
        // Nothing was stored. Decided again, it finds what the other one stored and can say no in its own words.
        if (attempt < attemptsMax && inTheWay.test(codeOf(error))) continue
        const rule = ruleMet(error)
        if (rule === undefined) throw error
        say(`${command.name} met ${rule}`)
        return { refusal: storedStateMustHold }
      }
  }
  return { handle }
}

function poolFor({ pool, workPool }: JournalSettings, command: Command, { actor }: Request): Pool {
  if (actor === platform) return workPool
  if (actor.person === platform.person)
    throw new Error(`${command.name} came from someone who claims to be the platform`)
  return command.runsAs === 'work' ? workPool : pool
}

/** Two commands met outside their streams' locks: not serialisable, deadlock, unique and exclusion constraints. */
const inTheWay = /^(40001|40P01|23505|23P01)$/

/** A unique, exclusion, check or foreign key constraint of ours. A value that is missing or has no form is a fault. */
function ruleMet(error: unknown): string | undefined {
  const { schema, table, constraint } = error as Partial<DatabaseError>
  return schema === 'tessera' && /^23(505|P01|514|503)$/.test(codeOf(error))
    ? `${constraint} of ${table}`
    : undefined
}

const storedStateMustHold: Refusal = {
  name: 'stored_state_must_hold',
  pointer: '',
  words:
    'What is stored stands against this. Nothing was changed. Look again before you repeat it.',
}

type Handling = {
  readonly client: PoolClient
  readonly command: Command
  readonly request: Request
  readonly kinds: ReadonlyMap<string, EntityKind>
  readonly machineNow: () => Instant
}

async function once(sent: Handling): Promise<Outcome> {
  const { client, command } = sent
  const { request, texts, rest } = setApart(command, sent.request)
  const handling = { ...sent, request }
  const fingerprint = fingerprintOf({
    ...{ command: request.command, input: rest, actor: request.actor, cause: request.cause },
  })
  const found = await gather(handling)
  const { home: stream, earlier } = found
  if (earlier) {
    const { version, answer } = earlier
    const isSame =
      earlier.fingerprint === fingerprint && (await isSaidAgain(client, { stream, version }, texts))
    await client.query('rollback')
    if (!isSame) return { refusal: keyIsTaken }
    return { answer, stream, version: Number(version), repeated: true }
  }
  const decision = command.decide(request.input, found.facts)
  if ('refusal' in decision) {
    await client.query('rollback')
    return decision
  }
  await lockFound(handling, found, decision.changes)
  const entries = entriesOf(handling, found, { decision, fingerprint })
  const changed = entries.flatMap((entry) => [
    ...evolveEntry(handling.kinds, entry, found.stateAt(entry.stream)).values(),
  ])
  const [first] = entries
  const { heads } = found
  await store(client, { entries, changed, heads, changes: decision.changes, texts })
  return { answer: first?.answer ?? null, stream, version: first?.version ?? 0, repeated: false }
}

const keyIsTaken: Refusal = {
  name: 'request_key_must_keep_its_request',
  pointer: '',
  words: 'This key was sent before with another request. Send the same request, or a new key.',
}

type Found = Awaited<ReturnType<typeof gather>>

/** The first trip. The key is looked up after the lock was obtained, so a twin that waited finds the first one's entry. */
async function gather({ client, command, request, kinds, machineNow }: Handling) {
  const { input } = request
  const streams = [...new Set(command.streams(input, request))]
  const [home = ''] = streams
  const loads = command.load?.(input, request) ?? []
  const reads = Object.entries(command.read?.(input, request) ?? {})
  const [, locked, known, clock, ...rest] = await pipelined(client, [
    beginAs(request.actor, 'read write'),
    { ...lockHeads, values: [streams.toSorted()] },
    { ...findKey, values: [home, request.actor.party, request.key ?? null] },
    readAhead,
    ...loads.map(({ kind, stream, id }) => loadStatement(kind, stream, id)),
    ...reads.map(([, query]) => query),
  ])
  const heads = new Map((locked?.rows ?? []).map((row) => [String(row.stream), headOf(row)]))
  const states = new Map<string, Row>()
  for (const [place, { kind }] of loads.entries())
    for (const row of rest[place]?.rows ?? []) {
      const state = stateOf(row)
      states.set(placeOf(kind.name, String(state[kind.stream]), String(state[kind.id])), state)
    }
  // What the platform names after the version that is written now was never there before.
  const isNew = (stream: string, id: string) =>
    id.match(/^[a-z]{3}_(\d+)$/)?.[1] === String((heads.get(stream)?.version ?? 0) + 1)
  const covered = (kind: string, stream: string, id?: string) =>
    heads.get(stream)?.version === 0 ||
    (id !== undefined && (states.has(placeOf(kind, stream, id)) || isNew(stream, id))) ||
    loads.some(
      (load) =>
        load.kind.name === kind &&
        load.stream === stream &&
        (load.id === undefined || load.id === id),
    )
  const look = (kind: string, stream: string, id?: string) => {
    if (covered(kind, stream, id)) return
    throw new Error(`${command.name} needs ${kind} ${id ?? ''} of ${stream} and does not load it`)
  }
  const facts: Facts = {
    now: machineNow() + Number(clock?.rows[0]?.ahead_milliseconds ?? 0),
    request,
    rows: Object.fromEntries(
      reads.map(([name], place) => [name, (rest[loads.length + place]?.rows ?? []).map(stateOf)]),
    ),
    version: (stream) => heads.get(stream)?.version ?? 0,
    entity: <State extends Row>(kind: EntityKind<State>, stream: string, id: string) => {
      look(kind.name, stream, id)
      return states.get(placeOf(kind.name, stream, id)) as State | undefined
    },
    entities: <State extends Row>(kind: EntityKind<State>, stream: string) => {
      look(kind.name, stream)
      const under = JSON.stringify([kind.name, stream]).slice(0, -1)
      return [...states]
        .filter(([place]) => place.startsWith(under))
        .map(([, state]) => state as State)
    },
  }
  const stateAt = (stream: string) => (place: string, event: Event) => {
    // What never changes has no state before: if it has, its key refuses the second.
    if (!kinds.get(event.kind)?.neverChanges) look(event.kind, stream, event.entity)
    return states.get(place)
  }
  return { home, heads, states, facts, stateAt, earlier: known?.rows[0] }
}

/** What moved on between reading and locking is in the way, as another lock would have been. */
async function lockFound(
  { client, kinds }: Handling,
  { heads, states }: Found,
  changes: readonly Change[],
): Promise<void> {
  const late = changes.filter(({ stream, readAt }) => readAt !== undefined && !heads.has(stream))
  if (late.length === 0) return
  const entities = late.flatMap(({ stream, events }) =>
    events.map(({ kind: name, entity }) => {
      const kind = kinds.get(name)
      if (!kind) throw new Error(`no entity kind is named ${name}`)
      return { kind, place: placeOf(name, stream, entity), stream, entity }
    }),
  )
  const [locked, ...loaded] = await pipelined(client, [
    { ...lockHeads, values: [late.map(({ stream }) => stream).toSorted()] },
    ...entities.map(({ kind, stream, entity }) => loadStatement(kind, stream, entity)),
  ])
  for (const row of locked?.rows ?? []) heads.set(String(row.stream), headOf(row))
  if (late.some(({ stream, readAt }) => heads.get(stream)?.version !== readAt))
    throw Object.assign(new Error('a stream moved on before it was locked'), { code: '40001' })
  for (const [index, { place }] of entities.entries())
    for (const row of loaded[index]?.rows ?? []) states.set(place, stateOf(row))
}

function entriesOf(
  { command, request }: Handling,
  { home, heads, facts }: Found,
  made: { decision: Extract<Decision, { changes: unknown }>; fingerprint: string },
): Entry[] {
  const { answer, changes, role = request.actor.role } = made.decision
  const [first, ...others] = changes
  if (first?.stream !== home || new Set(changes.map(({ stream }) => stream)).size < changes.length)
    throw new Error(`${command.name} changes its home first, and each stream once`)
  const entry = (change: Change, own: Partial<Entry>): Entry => {
    const head = heads.get(change.stream)
    if (!head) throw new Error(`${command.name} changes ${change.stream} and did not name it`)
    const recordedAt = recordedAfter(head.recordedAt, facts.now)
    const occurred = change.occurredAt ?? request.dueAt
    // As it will be read again, so that a replay evolves from the same.
    return asStored({
      ...{ stream: change.stream, version: head.version + 1 },
      ...{ command: command.name, commandVersion: command.version, events: change.events },
      ...{ actor: { ...request.actor, role }, reason: request.reason, ...change.parties },
      occurredAt: occurred === undefined ? recordedAt : utcText(occurred),
      ...{ recordedAt, ...own },
    }) as Entry
  }
  const key = request.key === undefined ? {} : { key: request.key, fingerprint: made.fingerprint }
  // No answer and the answer `null` are the same row.
  const answered = answer === null ? {} : { answer }
  const cause = request.cause === undefined ? {} : { cause: request.cause }
  const main = entry(first, { ...answered, ...key, ...cause })
  return [
    main,
    ...others.map((change) => entry(change, { cause: `${main.stream}:${main.version}` })),
  ]
}

type Storing = {
  readonly entries: readonly Entry[]
  readonly changed: readonly Entity[]
  readonly heads: ReadonlyMap<string, Head>
  readonly changes: readonly Change[]
  readonly texts: readonly FreeText[]
}

/** The second trip. In a pipeline a failed statement makes `commit` answer `ROLLBACK` without an error: its tag decides. */
async function store(client: PoolClient, storing: Storing): Promise<void> {
  const { entries, changed, heads, changes, texts } = storing
  const hashes = entries.map((entry) => hashOf(entry, heads.get(entry.stream)?.hash))
  // Every entry is handed on, whatever the decision sends beside.
  const outbox = entries.flatMap(({ stream, version, provider, consumer }, place) =>
    [{ task: 'changed', payload: {} }, ...(changes[place]?.outbox ?? [])].map((sent) => ({
      ...{ stream, version: String(version), ...sent },
      ...{ provider_id: provider, consumer_id: consumer },
    })),
  )
  const results: QueryResult[] = await pipelined(client, [
    ...entries.flatMap((entry, place) => [
      { ...insertEntry, values: values(entry, hashes[place]) },
      {
        ...advanceHead,
        values: [entry.stream, entry.version, entry.recordedAt, hashes[place]],
      },
    ]),
    ...insertTexts(texts, entries[0]),
    ...saveStatements(changed),
    saveStatement(outboxTable, outbox, 'insert outbox'),
    'commit',
  ])
  const tag = results.at(-1)?.command
  if (tag !== 'COMMIT') throw new Error(`the commit was answered with ${tag}`)
}

/** In the order of their names, so that no two commands wait for each other. A new stream begins as version 0. */
const lockHeads = {
  name: 'lock heads',
  text: `insert into stream (stream)
    select named.stream
    from unnest($1::text[]) with ordinality as named (stream, place)
    order by named.place
    on conflict (stream) do update set version = stream.version
    returning stream, version, recorded_at, encode(hash, 'hex') as hash`,
}

const findKey = {
  name: 'find key',
  text: `select version, fingerprint, answer
    from journal
    where stream = $1
      and acting_for = $2
      and request_key = $3`,
}

const readAhead = { name: 'read clock', text: 'select ahead_milliseconds from clock' }

const insertEntry = {
  name: 'insert entry',
  text: `insert into journal (
      stream, version, command, command_version, events, request_key, fingerprint, answer,
      actor_id, acting_for, role, reason, cause, provider_id, consumer_id, occurred_at, recorded_at, hash
    )
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, decode($18, 'hex'))`,
}

const advanceHead = {
  name: 'advance head',
  text: `update stream
    set version = $2, recorded_at = $3, hash = decode($4, 'hex')
    where stream = $1`,
}

/** Without a key, so that a row that is there already is a fault and not an update. */
const outboxTable: Table = {
  table: 'outbox',
  columns: {
    ...{ stream: 'text', version: 'bigint', task: 'text', payload: 'jsonb' },
    ...{ provider_id: 'text', consumer_id: 'text' },
  },
  key: [],
}

function values(entry: Entry, hash: string | undefined): unknown[] {
  const { actor } = entry
  return [
    ...[entry.stream, entry.version, entry.command, entry.commandVersion],
    ...[JSON.stringify(entry.events), entry.key, entry.fingerprint],
    entry.answer === undefined ? null : JSON.stringify(entry.answer),
    ...[actor.person, actor.party, actor.role, entry.reason, entry.cause],
    ...[entry.provider, entry.consumer, entry.occurredAt, entry.recordedAt, hash],
  ]
}

function headOf(row: {
  stream: string
  version: string
  recorded_at: string | null
  hash: string | null
}): Head {
  return {
    stream: row.stream,
    version: Number(row.version),
    ...(row.recorded_at !== null && { recordedAt: row.recorded_at }),
    ...(row.hash !== null && { hash: row.hash }),
  }
}

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error ? String(error.code) : ''
