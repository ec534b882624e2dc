import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../database/database.test-support.ts'
import { type Database, openDatabase } from '../database/database.ts'
import { moveClock, setClock } from './clock.ts'
import { createJournal, type Journal } from './handle.ts'
import { hotel, testCommands, testKinds, testMigrations } from './journal.test-support.ts'
import { type Notice, type Relay, startRelay } from './relay.ts'
import { readEntries, replay } from './replay.ts'
import { createTimers } from './timer.ts'

let server: TestServer
let database: Database & { readonly url: string }
let journal: Journal
const relays: Relay[] = []
let said: string[] = []
const instant = Date.UTC(2030, 0, 1, 12)
const minute = 60_000
const hour = 60 * minute

beforeAll(async () => {
  server = await startTestServer()
})
beforeEach(async () => {
  said = []
  database = await server.open(testMigrations)
  journal = createJournal({
    ...{ pool: database.app, workPool: database.work, kinds: testKinds, commands: testCommands },
    machineNow: () => instant,
  })
})
afterEach(async () => {
  // Every test leaves tables that are what the journal says, and lets go of every connection.
  try {
    const { differences, broken } = await replay(database.owner, testKinds)
    expect([...differences, ...broken]).toEqual([])
  } finally {
    await Promise.all(relays.splice(0).map(({ stop }) => stop()))
    await database.close()
  }
})
afterAll(() => server.stop())

/** As a process of its own would: its own session, lease and listeners. */
async function start(of: Database = database, machineNow = () => instant) {
  const say = (line: string) => said.push(line)
  const relay = await startRelay({ database: of, journal, machineNow, say })
  const heard: Notice[] = []
  relay.changes.subscribe((notice) => heard.push(notice))
  relays.push(relay)
  return { ...relay, heard }
}

const send = (shipment: string, id: string, more: object = {}) =>
  journal.handle({
    ...{ command: 'send_parcel', input: { shipment, id, weight: '1', ...more }, actor: hotel },
  })

/** A parcel that is due so many minutes after the instant. */
const sendDue = (shipment: string, id: string, minutes: number, ...marks: string[]) =>
  send(shipment, id, { due: new Date(instant + minutes * minute).toISOString(), marks })

const rows = async (text: string) => (await database.work.query(text)).rows

/** What timers did, in the order in which they did it. */
const returns = async () =>
  (
    await rows(`select stream, events -> 0 ->> 'entity' as id, occurred_at
      from journal
      where command = 'return_parcel'
      order by written_at`)
  ).map(({ stream, id, occurred_at: at }) => `${stream} ${id} ${at.slice(11, 16)}`)

const count = (length: number) => Array.from({ length }, (_, place) => place)

const holder = async (): Promise<number | undefined> =>
  (await rows(`select pid from pg_locks where locktype = 'advisory' and granted`))[0]?.pid

const kill = (pid: number | undefined) =>
  database.work.query('select pg_terminate_backend($1, 1000)', [pid])

async function until(holds: () => Promise<boolean> | boolean, milliseconds: number): Promise<void> {
  const end = performance.now() + milliseconds
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not within ${milliseconds} ms: ${holds}`)
    await wait(5)
  }
}

describe('what is written', () => {
  test('by eight at once is in the feed once, without gaps, in the order of each stream, and told to every process', async () => {
    const [one, other] = [await start(), await start()]
    await Promise.all(
      count(8).map(async (writer) => {
        for (const number of count(40)) await send(`shp_${number % 7}`, `prc_${writer}_${number}`)
      }),
    )
    await Promise.all([one.idle(), other.idle()])
    expect(await rows('select * from outbox')).toEqual([])
    const feed = await rows('select * from feed order by number')
    expect(feed.map(({ number }) => Number(number))).toEqual(count(640).map((at) => at + 1))
    expect(feed.filter(({ task }) => task === 'tell_guest')).toHaveLength(320)
    const changed = feed.filter(({ task }) => task === 'changed')
    expect(changed[0]).toMatchObject({ provider_id: 'pty_hotel', consumer_id: 'pty_guest' })
    const told = changed.map(({ stream, version }) => ({ stream, version: Number(version) }))
    expect(streamsOf(told)).toEqual(
      streamsOf(await rows('select stream, version from journal order by version')),
    )
    for (const { heard } of [one, other])
      expect(heard).toEqual(
        told.map((change) => ({ ...change, provider: 'pty_hotel', consumer: 'pty_guest' })),
      )
  })

  /** Stream → its versions, which are in their order already. */
  function streamsOf(changes: readonly { stream: string; version: unknown }[]) {
    const streams = Object.groupBy(changes, ({ stream }) => stream)
    return Object.fromEntries(
      Object.entries(streams).map(([stream, some = []]) => [
        stream,
        some.map(({ version }) => Number(version)),
      ]),
    )
  }

  test('while no relay ran is handed on when one does, in more than one batch and more than one notification', async () => {
    await database.owner.query(
      `insert into outbox
        select 'shp_' || stream, version, task, '{"number": 12345678901234567890}', 'pty_hotel', null
        from generate_series(1, 30) as stream, generate_series(1, 50) as version, unnest('{changed,other}'::text[]) as task`,
    )
    const { idle, heard } = await start()
    await idle()
    expect(heard).toHaveLength(1500)
    expect(heard[0]).toEqual({ stream: 'shp_1', version: 1, provider: 'pty_hotel' })
    expect(
      await rows(
        'select count(*) as rows, max(number) as last, min(payload::text) as payload from feed',
      ),
    ).toEqual([{ rows: '3000', last: '3000', payload: '{"number": 12345678901234567890}' }])
  })

  test('is handed on whole or not at all, and again when the database lets it', async () => {
    await database.owner.query(`
      create function stand_in_the_way() returns trigger language plpgsql
        as $$ begin raise exception 'not now'; end $$;
      create trigger not_now before delete on outbox execute function stand_in_the_way()`)
    const { idle, heard } = await start()
    await send('shp_1', 'prc_1')
    await until(() => heard.length > 1, 3000)
    expect(heard).not.toContainEqual(expect.objectContaining({ stream: 'shp_1' }))
    expect(await rows('select from feed')).toEqual([])
    await database.owner.query('drop trigger not_now on outbox')
    await idle()
    expect(await rows('select number, task from feed order by number')).toEqual([
      { number: '1', task: 'changed' },
      { number: '2', task: 'tell_guest' },
    ])
    expect(heard.filter((notice) => 'stream' in notice)).toHaveLength(1)
    expect(said).toEqual(['The relay begins again: error: not now'])
  })

  test('stays in the feed for the last hundred thousand, whose numbers go on', async () => {
    await database.owner.query(
      `insert into feed (number, stream, version, task, payload)
        select number, 'shp_0', number, 'changed', '{}'
        from unnest('{1,2,3,100000}'::bigint[]) as number`,
    )
    const { idle } = await start()
    await send('shp_1', 'prc_1')
    await idle()
    expect(
      (await rows('select number from feed order by number')).map(({ number }) => number),
    ).toEqual(['3', '100000', '100001', '100002'])
  })

  test('too long to be told, or told in words unknown, makes the listeners look again', async () => {
    await database.owner.query(
      `insert into outbox values ('shp_1', 1, 'changed', '{}', repeat('long', 3000), null), ('shp_2', 1, 'changed', '{}', 'pty_hotel', null)`,
    )
    const { idle, heard } = await start()
    await idle()
    await database.app.query(`notify tessera_changed, 'nothing we know'`)
    await idle()
    expect(heard).toEqual([
      { missed: true },
      { stream: 'shp_2', version: 1, provider: 'pty_hotel' },
      { missed: true },
    ])
  })

  test('is heard by the others when one listener fails, and by nobody who left', async () => {
    const { changes, idle, heard } = await start()
    const left: Notice[] = []
    changes.subscribe((notice) => left.push(notice))()
    changes.subscribe(() => {
      throw new Error('cannot')
    })
    await send('shp_1', 'prc_1')
    await idle()
    expect([heard.length, left.length]).toEqual([1, 0])
    expect(said).toEqual(['A listener of the relay failed: Error: cannot'])
  })
})

describe('the lease', () => {
  test('goes to another process when its holder is gone', async () => {
    const dying = await openDatabase({
      ...{ url: database.url, migrations: testMigrations, say: () => {} },
    })
    await start(dying)
    await until(async () => (await holder()) !== undefined, 3000)
    const other = await start()
    const first = await holder()
    // Its pool makes no other connection: the process is as good as dead.
    const closed = dying.close()
    await send('shp_1', 'prc_1')
    await other.idle()
    await send('shp_1', 'prc_2')
    await kill(first)
    await until(() => other.heard.length === 2, 3000)
    await other.idle()
    expect(await holder()).not.toBe(first)
    expect(other.heard).toMatchObject([{ version: 1 }, { version: 2 }])
    await closed
  })

  test('that is lost with its connection is taken again, and the listeners are told to look', async () => {
    const { idle, heard } = await start()
    await idle()
    for (const round of count(2)) {
      await kill(await holder())
      await send('shp_1', `prc_${round}`)
      await idle()
      expect(heard.slice(-2)).toMatchObject([{ missed: true }, { version: round + 1 }])
    }
    // The same reason again so soon is not said again.
    expect(said).toEqual([
      'The relay begins again: error: terminating connection due to administrator command',
    ])
  })

  test('is let go by a relay that stops, and what is written later waits for the next', async () => {
    const one = await start()
    await one.idle()
    expect(await holder()).toBeGreaterThan(0)
    await one.stop()
    await until(async () => (await holder()) === undefined, 3000)
    await send('shp_1', 'prc_1')
    await wait(100)
    expect(await rows('select from outbox')).toHaveLength(2)
    expect(one.heard).toEqual([])
    const other = await start()
    await other.idle()
    expect(other.heard).toHaveLength(1)
    expect(said).toEqual([])
  })
})

describe('a timer', () => {
  test('that came due while nothing ran fires once, with the instant at which it was due, recorded later', async () => {
    await sendDue('shp_1', 'prc_1', 5)
    const early = await start()
    await early.idle()
    await early.stop()
    expect(await returns()).toEqual([])
    const later = () => instant + 30 * 24 * hour
    journal = createJournal({
      ...{ pool: database.app, workPool: database.work, kinds: testKinds, commands: testCommands },
      machineNow: later,
    })
    const late = await start(database, later)
    await late.idle()
    const entries = await readEntries(database.work, 'shp_1')
    expect(entries).toHaveLength(2)
    expect(entries[1]).toMatchObject({
      ...{ command: 'return_parcel', actor: { person: 'platform' } },
      ...{ occurredAt: '2030-01-01T12:05:00.000Z', recordedAt: '2030-01-31T12:00:00.000Z' },
    })
    expect(late.heard).toMatchObject([{ stream: 'shp_1', version: 2 }])
    expect(await rows('select * from timer')).toEqual([])
  })

  test('fires in its order when the clock leaps, also one that another has set on the way', async () => {
    await setClock(database.work, instant - 24 * hour, instant)
    await sendDue('shp_2', 'prc_late', 90)
    await sendDue('shp_2', 'prc_same', 0)
    await sendDue('shp_1', 'prc_same', 0)
    await sendDue('shp_3', 'prc_twice', 10, 'twice')
    await sendDue('shp_3', 'prc_never', 10_000)
    const { idle, heard } = await start()
    await idle()
    expect(await returns()).toEqual([])
    await moveClock(database.work, instant + 2 * hour, instant)
    await idle()
    expect(await returns()).toEqual([
      'shp_1 prc_same 12:00',
      'shp_2 prc_same 12:00',
      'shp_3 prc_twice 12:10',
      'shp_3 prc_twice 13:10',
      'shp_2 prc_late 13:30',
    ])
    expect(heard.find((notice) => 'now' in notice)).toEqual({ now: '2030-01-01T14:00:00.000Z' })
    const recorded = await readEntries(database.work, 'shp_2')
    expect(recorded.map(({ recordedAt }) => recordedAt)).toEqual([
      '2029-12-31T12:00:00.000Z',
      '2029-12-31T12:00:00.000001Z',
      '2030-01-01T14:00:00.000Z',
      '2030-01-01T14:00:00.000001Z',
    ])
  })

  test('fired by two processes at once fires once', async () => {
    for (const number of count(40)) await sendDue(`shp_${number % 4}`, `prc_${number}`, -number)
    const stopping = new AbortController().signal
    const settings = { work: database.work, journal, machineNow: () => instant, stopping }
    const both = count(3).map(() => createTimers({ ...settings, say: (line) => said.push(line) }))
    await Promise.all(both.map(({ fireDue }) => fireDue()))
    expect(await returns()).toHaveLength(40)
    expect(said).toEqual([])
  })

  test('that goes wrong is told of once, stays, and holds up no other', async () => {
    await sendDue('shp_1', 'prc_1', -60, 'stuck')
    await sendDue('shp_1', 'prc_2', -50, 'broken')
    await sendDue('shp_1', 'prc_3', -40, 'for ever')
    await sendDue('shp_1', 'prc_4', -30)
    await sendDue('shp_2', 'prc_5', -20)
    const { idle } = await start()
    await idle()
    // Long enough to have been tried again.
    await wait(400)
    await idle()
    expect(await returns()).toEqual(['shp_1 prc_3 11:20', 'shp_1 prc_4 11:30', 'shp_2 prc_5 11:40'])
    expect(said).toEqual([
      'Timer tmr_prc_1 of parcel prc_1, due 2030-01-01T11:00:00.000Z, waits: parcel_must_be_loose, It is stuck.',
      'Timer tmr_prc_2 of parcel prc_2, due 2030-01-01T11:10:00.000Z, waits: the parcel is broken',
      'Timer tmr_prc_3 of parcel prc_3, due 2030-01-01T11:20:00.000Z, waits: it has fired and is still due',
    ])
    expect(await rows('select entity from timer order by entity')).toEqual([
      ...[{ entity: 'prc_1' }, { entity: 'prc_2' }, { entity: 'prc_3' }],
    ])
  })
})
