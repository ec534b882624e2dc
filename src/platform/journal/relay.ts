import { setTimeout as wait } from 'node:timers/promises'
import type { Notification, Pool, PoolClient } from 'pg'
import type { Instant } from '../../kernel/time.ts'
import type { Database } from '../database/database.ts'
import { pipelined } from '../database/transaction.ts'
import type { Parties } from './entry.ts'
import type { Journal } from './handle.ts'
import { createTimers } from './timer.ts'

/** An entry was written: its stream and version, and those who may see it. */
export type Change = Parties & { readonly stream: string; readonly version: number }

/** `now`: the platform's clock was put there. `missed`: something may have passed unheard, so look again. */
export type Notice = Change | { readonly now: string } | { readonly missed: true }

export type Changes = {
  /** Of every process of the cluster, each once, those of one stream in their order. Returns what ends it. */
  readonly subscribe: (listener: (notice: Notice) => void) => () => void
}

export type Relay = {
  readonly changes: Changes
  /** Resolves when all that was due is fired, all that was written is in the feed, and the listeners here were told. */
  readonly idle: () => Promise<void>
  readonly stop: () => Promise<void>
}

type RelaySettings = {
  readonly database: Pick<Database, 'work'>
  readonly journal: Journal
  readonly machineNow?: () => Instant
  /** Between two looks while there is work; up to twice as long while there is none. */
  readonly everyMilliseconds?: number
  readonly say?: (line: string) => void
}

/** Any number, so long as every version of this program uses the same. */
const leaseLock = 7_355_373
const leaseEveryMilliseconds = 400

/** A holder that hangs, or whose machine vanished without a word, is cut off by the server after so long. */
const silenceMaxMilliseconds = 5000

/** Whoever listens is told to look again each time, so what fails at once and always is tried less and less often. */
const reopenMilliseconds = 100
const reopenMaxMilliseconds = 5000
const steadyMilliseconds = 10_000

/**
 * What follows a commit: entries are numbered into the feed, listeners in all processes told, timers fired. Every process
 * starts one and listens; the one that holds the lease does the work. It keeps one connection of the work pool for both,
 * so that who loses it loses the lease, and another has it as soon as the server noticed. Not through a pooler of
 * transactions: lease and LISTEN belong to the connection.
 */
export async function startRelay(settings: RelaySettings): Promise<Relay> {
  const { database, journal, machineNow = Date.now, say = console.error } = settings
  const { work } = database
  const stop = new AbortController()
  const stopping = stop.signal
  let said = ''
  const tell = (line: string) => {
    if (line !== said && !stopping.aborted) say(line)
    said = line
  }
  const timers = createTimers({ work, journal, machineNow, say, stopping })
  const { changes, hear } = createAudience(say)
  let session = await openSession(work, hear)
  let firing: Promise<unknown> | undefined

  const lookAtTimers = () => {
    // A long row of timers does not keep the feed waiting.
    firing ??= timers.fireDue().then(
      () => (firing = undefined),
      (error) => {
        firing = undefined
        tell(`Timers do not fire: ${error}`)
      },
    )
  }
  const run = async () => {
    for (let failures = 0; ; failures += 1) {
      const began = performance.now()
      const reason = await keepRelaying(session, { ...settings, stopping, lookAtTimers })
      session.close()
      if (performance.now() - began > steadyMilliseconds) {
        failures = 0
        said = ''
      }
      tell(`The relay begins again: ${reason}`)
      const opened = await reopened(work, { hear, stopping, failures })
      if (!opened) return
      session = opened
      hear({ missed: true })
    }
  }
  const running = run()

  const idle = async () => {
    while (!stopping.aborted) {
      // Also without the lease: a key makes it harmless, and then nothing is left that only its holder would know.
      const fired = await timers.fireDue()
      const { rows: left } = await work.query('select from outbox limit 1')
      if (fired === 0 && left.length === 0 && (await hasHeard(session))) return
      await wait(5)
    }
  }
  return {
    changes,
    idle,
    stop: async () => {
      stop.abort()
      await Promise.all([running, firing])
    },
  }
}

function createAudience(say: (line: string) => void) {
  const listeners = new Set<(notice: Notice) => void>()
  const hear = (notice: Notice) => {
    for (const listener of listeners)
      try {
        listener(notice)
      } catch (error) {
        say(`A listener of the relay failed: ${error}`)
      }
  }
  const subscribe = (listener: (notice: Notice) => void) => {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }
  return { changes: { subscribe } satisfies Changes, hear }
}

type Session = {
  readonly client: PoolClient
  /** Aborted when the connection is lost. */
  readonly ended: AbortSignal
  readonly close: () => void
}

async function openSession(work: Pool, hear: (notice: Notice) => void): Promise<Session> {
  const client = await work.connect()
  const end = new AbortController()
  client.on('error', (error) => end.abort(error))
  client.on('end', () => end.abort('the connection ended'))
  client.on('notification', (notification) => {
    for (const notice of noticesIn(notification)) hear(notice)
  })
  // Closed, not given back: the lease and what it listens to end with the connection.
  const session = { client, ended: end.signal, close: () => client.release(true) }
  try {
    await client.query(
      `set idle_session_timeout = ${silenceMaxMilliseconds}; listen tessera_changed; listen tessera_clock`,
    )
    return session
  } catch (error) {
    session.close()
    throw error
  }
}

type Reopening = {
  readonly hear: (notice: Notice) => void
  readonly stopping: AbortSignal
  readonly failures: number
}

async function reopened(work: Pool, reopening: Reopening): Promise<Session | undefined> {
  const { hear, stopping: signal } = reopening
  for (let { failures } = reopening; ; failures += 1) {
    const pause = Math.min(reopenMilliseconds * 2 ** failures, reopenMaxMilliseconds)
    await wait(pause, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return undefined
    const opened = await openSession(work, hear).catch(() => undefined)
    if (opened) return opened
  }
}

type Relaying = RelaySettings & {
  readonly stopping: AbortSignal
  readonly lookAtTimers: () => void
}

/** Until it is stopped or the connection is lost; says why. */
async function keepRelaying({ client, ended }: Session, relaying: Relaying): Promise<unknown> {
  const { stopping, lookAtTimers, everyMilliseconds = 25 } = relaying
  const signal = AbortSignal.any([stopping, ended])
  const pause = (milliseconds: number) => wait(milliseconds, undefined, { signal })
  let milliseconds = everyMilliseconds
  try {
    while (!(await takeLease(client))) await pause(leaseEveryMilliseconds)
    for (;;) {
      const began = performance.now()
      const handedOn = await handOn(client)
      lookAtTimers()
      milliseconds =
        handedOn > 0 ? everyMilliseconds : Math.min(milliseconds * 1.2, everyMilliseconds * 2)
      const left = milliseconds - (performance.now() - began)
      await pause(handedOn < batch ? Math.max(left, 0) : 0)
    }
  } catch (error) {
    return ended.aborted ? ended.reason : error
  }
}

async function takeLease(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query({ ...tryLease, values: [leaseLock] })
  return rows[0]?.taken === true
}

const tryLease = {
  name: 'try lease',
  text: 'select pg_try_advisory_lock($1) as taken',
}

type Sent = {
  readonly stream: string
  readonly version: string
  readonly task: string
  readonly payload: string
  readonly provider_id: string | null
  readonly consumer_id: string | null
}

const batch = 1000

/**
 * Takes what is committed, in the order of each stream: an entry commits after the one before it, so whoever sees it
 * sees both. A row leaves the outbox in the transaction that puts it into the feed and tells of it, so commit order
 * skips none and a crash repeats none. One trip while there is nothing, two otherwise.
 */
async function handOn(client: PoolClient): Promise<number> {
  const { rows } = await client.query<Sent>(readOutbox)
  if (rows.length === 0) return 0
  const column = (name: keyof Sent) => rows.map((row) => row[name])
  const key = [column('stream'), column('version'), column('task')]
  const told = rows.filter(({ task }) => task === 'changed').map(tupleOf)
  const results = await pipelined(client, [
    'begin',
    {
      ...insertFeed,
      values: [...key, column('payload'), column('provider_id'), column('consumer_id')],
    },
    { ...forgetFeed, values: [feedMax] },
    ...payloadsOf(told).map((payload) => ({ ...notify, values: [payload] })),
    { ...deleteOutbox, values: key },
    'commit',
  ])
  const tag = results.at(-1)?.command
  if (tag !== 'COMMIT') throw new Error(`the commit was answered with ${tag}`)
  return rows.length
}

/** Payloads stay text, so that what is handed on is what was written, also where JavaScript has no such number. */
const readOutbox = {
  name: 'read outbox',
  text: `select stream, version, task, payload::text, provider_id, consumer_id
    from outbox
    order by stream, version, task
    limit ${batch}`,
}

const insertFeed = {
  name: 'insert feed',
  text: `insert into feed (number, stream, version, task, payload, provider_id, consumer_id)
    select
      (select coalesce(max(number), 0) from feed) + sent.place,
      sent.stream, sent.version, sent.task, sent.payload::jsonb, sent.provider_id, sent.consumer_id
    from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[])
      with ordinality as sent (stream, version, task, payload, provider_id, consumer_id, place)`,
}

/** Of a follower that was away: a quarter of an hour at a hundred writes a second, in some 20 MB. */
const feedMax = 100_000

/** The newest stays, so that numbers go on from it. */
const forgetFeed = {
  name: 'forget feed',
  text: 'delete from feed where number <= (select max(number) from feed) - $1::bigint',
}

const notify = { name: 'notify', text: `select pg_notify('tessera_changed', $1)` }

const deleteOutbox = {
  name: 'delete outbox',
  text: `delete from outbox
    using unnest($1::text[], $2::bigint[], $3::text[]) as handed (stream, version, task)
    where outbox.stream = handed.stream
      and outbox.version = handed.version
      and outbox.task = handed.task`,
}

/** Stream, version, provider and consumer of a change, as JSON. */
type Tuple = readonly [string, number, string | null, string | null]

const tupleOf = ({ stream, version, provider_id, consumer_id }: Sent) =>
  JSON.stringify([stream, Number(version), provider_id, consumer_id] satisfies Tuple)

/** PostgreSQL refuses a payload of 8000 bytes. */
const payloadMax = 7900

/** Lists of changes, each as long as a payload may be. */
function payloadsOf(told: readonly string[]): string[] {
  const payloads: string[][] = []
  let room = 0
  for (const tuple of told) {
    const bytes = Buffer.byteLength(tuple) + 1
    if (bytes > room) {
      payloads.push([])
      room = payloadMax
    }
    payloads.at(-1)?.push(bytes > payloadMax ? unsayable : tuple)
    room -= bytes
  }
  return payloads.map((tuples) => `[${tuples.join(',')}]`)
}

/** In the place of a change that is too long to tell. */
const unsayable = 'null'

/** Every role may notify, so this reads whatever comes: what it cannot read counts as missed. */
function noticesIn({ channel, payload = '' }: Notification): readonly Notice[] {
  if (channel === 'tessera_clock') return [{ now: payload }]
  try {
    return (JSON.parse(payload) as readonly Tuple[]).map(
      ([stream, version, provider, consumer]) => ({
        ...{ stream, version },
        ...(provider !== null && { provider }),
        ...(consumer !== null && { consumer }),
      }),
    )
  } catch {
    return [{ missed: true }]
  }
}

/** What was told before this arrives before this is answered: notifications come in the order of their commits. */
async function hasHeard({ client }: Session): Promise<boolean> {
  try {
    await client.query(`notify tessera_changed, '[]'`)
    return true
  } catch {
    return false
  }
}
