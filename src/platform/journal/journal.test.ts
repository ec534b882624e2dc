import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../database/database.test-support.ts'
import type { Database } from '../database/database.ts'
import { readAs, withClient } from '../database/transaction.ts'
import { moveClock, readClock } from './clock.ts'
import { platform, type Request } from './command.ts'
import { type Entry, recordedAfter } from './entry.ts'
import { eraseTexts, wordsOf } from './free-text.ts'
import { createJournal, type Journal } from './handle.ts'
import {
  guest,
  hotel,
  parcel,
  stranger,
  testCommands,
  testKinds,
  testMigrations,
} from './journal.test-support.ts'
import { fold, readEntries, rebuild, replay } from './replay.ts'

let server: TestServer
let database: Database
let journal: Journal
let streams = 0
const said: string[] = []
const instant = Date.UTC(2030, 0, 1, 12)

beforeAll(async () => {
  server = await startTestServer()
  database = await server.open(testMigrations)
  journal = journalOf(database)
})
afterAll(async () => {
  // Every test leaves tables that are what the journal says.
  try {
    const { differences, broken } = await replay(database.owner, testKinds)
    expect([...differences, ...broken]).toEqual([])
  } finally {
    await database.close()
    await server.stop()
  }
})

const journalOf = ({ app, work }: Database, machineNow?: () => number) =>
  createJournal({
    ...{ pool: app, workPool: work, kinds: testKinds, commands: testCommands },
    ...(machineNow && { machineNow }),
    say: (line) => said.push(line),
  })

const journalAt = (machineNow: () => number) => journalOf(database, machineNow)

function freshStream(): string {
  streams += 1
  return `shp_${streams}`
}

const send = (stream: string, id: string, more: object = {}, request: Partial<Request> = {}) => ({
  ...{ command: 'send_parcel', input: { shipment: stream, id, weight: '2.50', ...more } },
  ...{ actor: hotel, ...request },
})

const store = (shipment: string, id: string, locker: string): Request => ({
  ...{ command: 'store_parcel', input: { shipment, id, locker }, actor: hotel },
})

const rows = async (text: string, ...values: unknown[]) =>
  (await database.owner.query(text, values)).rows

const versions = async (stream: string) =>
  (await readEntries(database.work, stream)).map(({ version }) => version)

const count = (length: number) => Array.from({ length }, (_, place) => place)

describe('an accepted command', () => {
  test('leaves an entry, the entity, its timer and its outbox row', async () => {
    const stream = freshStream()
    const due = '2030-01-05T11:00:00.000Z'
    const marks = ['up "this"', 'a,b\\{}', '']
    const occurred = Date.UTC(2029, 11, 31)
    const outcome = await journalAt(() => instant).handle(
      send(stream, 'prc_1', { marks, due, occurred }, { key: 'k', cause: 'x:1' }),
    )
    expect(outcome).toEqual({
      ...{ answer: { id: 'prc_1', version: 1 }, stream, version: 1, repeated: false },
    })
    const [entry] = await readEntries(database.work, stream)
    expect(entry).toMatchObject({
      ...{ stream, version: 1, command: 'send_parcel', commandVersion: 1, key: 'k', actor: hotel },
      ...{ cause: 'x:1', provider: 'pty_hotel', consumer: 'pty_guest' },
      ...{ occurredAt: '2029-12-31T00:00:00.000Z', recordedAt: '2030-01-01T12:00:00.000Z' },
      events: [{ type: 'parcel_sent', v: 2, kind: 'parcel', entity: 'prc_1' }],
    })
    expect(await rows('select * from parcel where shipment_id = $1', stream)).toMatchObject([
      { status: 'sent', weight: '2.50', marks, detail: null, due_at: due },
    ])
    expect(await rows('select * from timer where stream = $1', stream)).toMatchObject([
      { id: 'tmr_prc_1', due_at: due, command: 'return_parcel', input: { id: 'prc_1' } },
    ])
    const handed = { version: '1', provider_id: 'pty_hotel', consumer_id: 'pty_guest' }
    expect(await rows('select * from outbox where stream = $1 order by task', stream)).toEqual([
      { ...handed, stream, task: 'changed', payload: {} },
      { ...handed, stream, task: 'tell_guest', payload: { id: 'prc_1' } },
    ])
  })

  test('on two streams writes an entry on each, and the second names its cause', async () => {
    const stream = freshStream()
    const due = '2030-01-05T11:00:00.000Z'
    await journal.handle(send(stream, 'prc_1', { due }))
    await journal.handle(store(stream, 'prc_1', `loc_${stream}`))
    const [entry] = await readEntries(database.work, `loc_${stream}`)
    expect(entry).toMatchObject({ version: 1, cause: `${stream}:2`, provider: 'pty_hotel' })
    expect(entry).not.toHaveProperty('consumer')
    expect(await rows('select parcel_id from locker where id = $1', `loc_${stream}`)).toEqual([
      { parcel_id: 'prc_1' },
    ])
    expect(await rows('select * from timer where stream = $1', stream)).toEqual([])
    expect(
      await rows(
        `select version, task, consumer_id from outbox where stream in ($1, $2) and task = 'changed' order by stream, version`,
        ...[stream, `loc_${stream}`],
      ),
    ).toEqual([
      { version: '1', task: 'changed', consumer_id: null },
      { version: '1', task: 'changed', consumer_id: 'pty_guest' },
      { version: '2', task: 'changed', consumer_id: 'pty_guest' },
    ])
  })

  test('is written with the role that was exercised, and repeated with the one claimed', async () => {
    const stream = freshStream()
    const actor = { ...hotel, role: '' }
    const request = send(stream, 'prc_1', { exercised: 'provider owner' }, { actor, key: 'k' })
    await journal.handle(request)
    expect(await journal.handle(request)).toMatchObject({ repeated: true })
    const [entry] = await readEntries(database.work, stream)
    expect(entry?.actor).toEqual({ ...hotel, role: 'provider owner' })
  })

  test('changes what its actor is no party of only where it is declared to', async () => {
    const stream = freshStream()
    const courier = send(stream, 'prc_1', {}, { actor: stranger })
    await expect(journal.handle({ ...courier, command: 'send_unasked' })).rejects.toThrow(
      'row-level security',
    )
    expect(await journal.handle({ ...courier, command: 'send_for_others' })).toMatchObject({
      version: 1,
    })
  })

  test('of the platform itself comes from nobody else', async () => {
    const input = { shipment: freshStream(), id: 'prc_1' }
    const request = { command: 'return_parcel', input }
    await expect(journal.handle({ ...request, actor: { ...platform } })).rejects.toThrow(
      'claims to be the platform',
    )
    expect(await journal.handle({ ...request, actor: platform })).toMatchObject({
      refusal: { name: 'parcel_must_be_due' },
    })
  })

  test('takes two round trips', async () => {
    const stream = freshStream()
    await journal.handle(send(stream, 'prc_1'))
    const sent: number[] = []
    const client = await database.app.connect()
    const write = client.query.bind(client) as (query: never) => Promise<unknown>
    let waiting = 0
    const counting = async (query: never) => {
      if (waiting === 0) sent.push(0)
      waiting += 1
      sent[sent.length - 1] = (sent.at(-1) ?? 0) + 1
      const result = await write(query)
      waiting -= 1
      return result
    }
    Object.assign(client, { query: counting })
    const pool = { connect: async () => client } as never
    await journalOf({ ...database, app: pool }).handle(send(stream, 'prc_2'))
    Reflect.deleteProperty(client, 'query')
    // begin, heads, key, clock, entity; then entry, head, entity, outbox, commit.
    expect(sent).toEqual([5, 5])
  })
})

describe('a request key', () => {
  test('sent eight times at once is one entry and one answer', async () => {
    const stream = freshStream()
    for (const number of count(10)) {
      const request = send(stream, `prc_${number}`, {}, { key: `key ${number}` })
      const outcomes = await Promise.all(count(8).map(() => journal.handle(request)))
      const answer = { id: `prc_${number}`, version: number + 1 }
      for (const outcome of outcomes)
        expect(outcome).toMatchObject({ answer, stream, version: number + 1 })
      expect(outcomes.filter((one) => 'repeated' in one && !one.repeated)).toHaveLength(1)
    }
    expect(await versions(stream)).toEqual(count(10).map((number) => number + 1))
  })

  test.each([
    ['input', send('shp_key', 'prc_other', {}, { key: 'k' })],
    ['actor', send('shp_key', 'prc_1', {}, { key: 'k', actor: { ...hotel, person: 'per_2' } })],
    ['reason', send('shp_key', 'prc_1', {}, { key: 'k', reason: 'another' })],
    ['free text', send('shp_key', 'prc_1', { note: 'another' }, { key: 'k' })],
  ])('with another %s is refused by name', async (_, other) => {
    await journal.handle(send('shp_key', 'prc_1', {}, { key: 'k' }))
    expect(await journal.handle(other)).toMatchObject({
      refusal: { name: 'request_key_must_keep_its_request' },
    })
    expect(await versions('shp_key')).toEqual([1])
  })

  test('is its sender’s own: another party may count its requests alike', async () => {
    const stream = freshStream()
    const due = '2020-01-05T11:00:00.000Z'
    await journal.handle(send(stream, 'prc_1', { due }, { key: '1' }))
    const outcome = await journal.handle({
      ...{ command: 'return_parcel', input: { shipment: stream, id: 'prc_1' } },
      ...{ actor: platform, key: '1' },
    })
    expect(outcome).toMatchObject({ version: 2, repeated: false })
  })

  test('of a refused request is free again', async () => {
    const stream = freshStream()
    const heavy = send(stream, 'prc_1', { weight: '5000' }, { key: 'k' })
    expect(await journal.handle(heavy)).toMatchObject({ refusal: { name: 'parcel_must_be_light' } })
    expect(await rows('select * from stream where stream = $1', stream)).toEqual([])
    expect(await journal.handle(send(stream, 'prc_1', {}, { key: 'k' }))).toMatchObject({
      ...{ version: 1, repeated: false },
    })
  })
})

describe('what a person writes', () => {
  const note = 'For Ana, who is ill'
  const reason = 'She cannot come'
  const written = (stream: string, more: object = {}) =>
    send(stream, 'prc_1', { note }, { key: 'k', reason, ...more })

  /** The references of the parcel and of its entry. */
  const referencesOf = async (stream: string) => {
    const [row] = await rows(
      `select parcel.note, journal.reason from parcel join journal on stream = shipment_id where stream = $1`,
      ...[stream],
    )
    return [row.note, row.reason] as const
  }

  const read = async (stream: string, as = guest) => {
    const ids = await referencesOf(stream)
    const references = ids.map((id) => ({ stream, id }))
    const words = await readAs(database.app, as, (client) => wordsOf(client, references))
    return ids.map(words)
  }

  test('stands beside the journal; entry and entity hold a reference', async () => {
    const stream = freshStream()
    await journal.handle(written(stream))
    for (const id of await referencesOf(stream)) expect(id).toMatch(/^txt_[0-9a-f]{20}$/)
    const [entry] = await rows('select journal::text from journal where stream = $1', stream)
    expect(entry.journal).not.toMatch(/Ana|come/)
    expect(await read(stream)).toEqual([note, reason])
    expect(await read(stream, stranger)).toEqual(['not there', 'not there'])
  })

  test('is compared when the request is repeated, until it is erased', async () => {
    const stream = freshStream()
    await journal.handle(written(stream))
    const other = written(stream, { reason: 'She can come' })
    expect(await journal.handle(written(stream))).toMatchObject({ repeated: true })
    expect(await journal.handle(other)).toMatchObject({
      refusal: { name: 'request_key_must_keep_its_request' },
    })
    const [one] = await referencesOf(stream)
    expect(await eraseTexts(database.work, one, instant)).toBe(1)
    expect(await read(stream)).toEqual(['erased', reason])
    await eraseTexts(database.work, hotel.person, instant + 1)
    expect(await read(stream)).toEqual(['erased', 'erased'])
    expect(await rows('select erased_at from free_text where id = $1', one)).toEqual([
      { erased_at: new Date(instant).toISOString() },
    ])
    for (const request of [written(stream), other])
      expect(await journal.handle(request)).toMatchObject({ repeated: true })
  })

  test('is not kept with a refusal', async () => {
    const stream = freshStream()
    await journal.handle(send(stream, 'prc_1', { weight: '5000', note }))
    expect(await rows('select * from free_text where stream = $1', stream)).toEqual([])
  })

  test('is erased by the platform alone', async () => {
    await expect(eraseTexts(database.app, hotel.person, instant)).rejects.toThrow('denied')
  })

  test('before there were free texts is read as it stands', async () => {
    const text = { stream: 'shp_old', id: 'a fan, please' }
    const words = await readAs(database.app, guest, (client) => wordsOf(client, [text]))
    expect(words(text.id)).toBe(text.id)
  })
})

test.each([
  [
    'request_key_must_keep_its_request',
    send(
      'shp_order',
      'prc_1',
      { weight: '5000' },
      { key: 'k', actor: { ...hotel, person: 'per_2' } },
    ),
  ],
  ['sender_must_be_provider', send('shp_order', 'prc_1', { weight: '5000' }, { actor: guest })],
  ['parcel_must_not_be_sent_twice', send('shp_order', 'prc_1', { weight: '5000' })],
  ['parcel_must_be_light', send('shp_order', 'prc_2', { weight: '5000' })],
])('refusals come in their order and store nothing: %s', async (name, request) => {
  await journal.handle(send('shp_order', 'prc_1', {}, { key: 'k' }))
  expect(await journal.handle(request)).toMatchObject({ refusal: { name } })
  expect(await versions('shp_order')).toEqual([1])
})

describe('versions', () => {
  test('have no gaps under contention, refusals and faults between', async () => {
    const stream = freshStream()
    const outcomes = await Promise.allSettled(
      count(60).map((number) => {
        if (number % 5 === 3)
          return journal.handle(send(stream, `prc_${number}`, { weight: '5000' }))
        if (number % 5 === 4)
          return journal.handle(send(stream, `prc_${number}`, { weight: 'no number' }))
        return journal.handle(send(stream, `prc_${number}`))
      }),
    )
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(12)
    expect(await versions(stream)).toEqual(count(36).map((number) => number + 1))
  })

  test('of two streams locked crosswise do not wait for each other for ever', async () => {
    const [one, other] = [freshStream(), freshStream()]
    const requests = count(20).map((number) =>
      number % 2 === 0 ? store(one, 'prc_none', other) : store(other, 'prc_none', one),
    )
    const outcomes = await Promise.all(requests.map((request) => journal.handle(request)))
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ refusal: { name: 'parcel_must_be_known' } })
  })

  test('two who fill the same locker at the same instant: one succeeds, one is refused by name', async () => {
    const stream = freshStream()
    await journal.handle(send(stream, 'prc_1'))
    await journal.handle(send(stream, 'prc_2'))
    const outcomes = await Promise.all(
      ['prc_1', 'prc_2'].map((id) => journal.handle(store(stream, id, `loc_${stream}`))),
    )
    expect(outcomes.filter((one) => 'answer' in one)).toHaveLength(1)
    expect(outcomes.filter((one) => 'refusal' in one)).toMatchObject([
      { refusal: { name: 'locker_must_be_empty' } },
    ])
  })
})

describe('a fault', () => {
  test('stores nothing, and a command that changes what it did not load is one', async () => {
    const stream = freshStream()
    await journal.handle(send(stream, 'prc_1'))
    const forgetful = { ...store(stream, 'prc_1', `loc_${stream}`), command: 'forget_to_load' }
    await expect(journal.handle(forgetful)).rejects.toThrow('does not load it')
    await expect(journal.handle(send(stream, 'prc_2', { weight: 'no number' }))).rejects.toThrow(
      'invalid input syntax for type numeric',
    )
    expect(await versions(stream)).toEqual([1])
    expect(await rows('select id from parcel where shipment_id = $1', stream)).toEqual([
      { id: 'prc_1' },
    ])
  })
})

describe('a rule of the database', () => {
  const refused = { refusal: { name: 'stored_state_must_hold', pointer: '' } }

  test('that a decision overlooked is a refusal without its values, told to who runs the platform', async () => {
    const stream = freshStream()
    said.length = 0
    const outcome = await journal.handle({ ...send(stream, 'prc_1'), command: 'send_nothing' })
    expect(outcome).toMatchObject(refused)
    expect(JSON.stringify(outcome)).not.toMatch(/weight|parcel|prc_1/)
    expect(said).toEqual(['send_nothing met weight_is_positive of parcel'])
    expect(await versions(stream)).toEqual([])
  })

  test('lets one of two have what both want at once; the other is refused and stores nothing', async () => {
    for (const number of count(10)) {
      const two = [freshStream(), freshStream()]
      const outcomes = await Promise.all(
        two.map((stream) => journal.handle(send(stream, 'prc_1', { seal: `wax ${number}` }))),
      )
      expect(outcomes.filter((one) => 'answer' in one)).toHaveLength(1)
      expect(outcomes.filter((one) => 'refusal' in one)).toMatchObject([refused])
      const stored = await Promise.all(two.map(versions))
      expect(stored.flat()).toEqual([1])
    }
  })

  test('is left to a decision that looks for itself: it decides again, and says no by its own name', async () => {
    for (const number of count(10)) {
      const outcomes = await Promise.all(
        [freshStream(), freshStream(), freshStream()].map((stream) =>
          journal.handle({
            ...send(stream, 'prc_1', { seal: `lead ${number}` }),
            command: 'send_sealed',
          }),
        ),
      )
      const no = { refusal: { name: 'seal_must_be_free' } }
      expect(outcomes.filter((one) => 'refusal' in one)).toMatchObject([no, no])
    }
  })
})

describe('time', () => {
  test('of recording rises within a stream, also when the clock stands or falls back', async () => {
    const stream = freshStream()
    for (const [place, now] of [instant, instant, instant - 5000, instant + 1].entries())
      await journalAt(() => now).handle(send(stream, `prc_${place}`))
    expect((await readEntries(database.work, stream)).map(({ recordedAt }) => recordedAt)).toEqual([
      '2030-01-01T12:00:00.000Z',
      '2030-01-01T12:00:00.000001Z',
      '2030-01-01T12:00:00.000002Z',
      '2030-01-01T12:00:00.001Z',
    ])
  })

  test.each([
    [undefined, '2030-01-01T12:00:00.000Z'],
    ['2030-01-01T11:59:59.999999Z', '2030-01-01T12:00:00.000Z'],
    ['2030-01-01T12:00:00.000999Z', '2030-01-01T12:00:00.001Z'],
    ['2999-12-31T23:59:59.999008Z', '2999-12-31T23:59:59.999009Z'],
  ])('after %s is %s', (last, next) => {
    expect(recordedAfter(last, instant)).toBe(next)
  })

  test('moves forwards only, for every process, and survives in its row', async () => {
    const other = await server.open(testMigrations)
    const day = 86_400_000
    const now = Date.now()
    expect(await moveClock(other.work, now + day, now)).toEqual({ now: now + day })
    expect(await moveClock(other.work, now, now)).toMatchObject({
      refusal: { name: 'clock_must_move_forwards' },
    })
    await expect(moveClock(other.app, now + 2 * day, now)).rejects.toThrow('permission denied')
    expect(await readClock(other.app, now)).toBe(now + day)
    const stream = freshStream()
    await journalOf(other, () => now).handle(send(stream, 'prc_1'))
    const [entry] = await readEntries(other.work, stream)
    expect(entry?.recordedAt).toBe(new Date(now + day).toISOString())
    await other.close()
  })
})

describe('row security', () => {
  const seen = (perspective: typeof guest, table: string, stream: string) =>
    readAs(database.app, perspective, async (client) => {
      const column = { journal: 'stream', timer: 'stream', parcel: 'shipment_id' }[table]
      return (await client.query(`select * from ${table} where ${column} = $1`, [stream])).rows
        .length
    })

  test.each(['journal', 'parcel', 'timer'])(
    'hides %s rows of other parties from raw SQL',
    async (table) => {
      const stream = freshStream()
      await journal.handle(send(stream, 'prc_1', { due: '2030-01-05T11:00:00.000Z' }))
      for (const [perspective, number] of [
        [hotel, 1],
        [guest, 1],
        [stranger, 0],
        [{ ...stranger, party: '' }, 0],
      ] as const)
        expect([perspective.party, await seen(perspective, table, stream)]).toEqual([
          ...[perspective.party, number],
        ])
      const { rows: outside } = await database.app.query(`select * from ${table}`)
      expect(outside).toEqual([])
      expect((await database.work.query(`select * from ${table}`)).rows.length).toBeGreaterThan(0)
    },
  )

  test('lets nobody write for parties to which he does not belong', async () => {
    const as = (perspective: typeof guest, text: string) =>
      withClient(database.app, async (client) => {
        await client.query(`begin; set local tessera.party = '${perspective.party}'`)
        return (await client.query(text)).rowCount
      }).finally(() => undefined)
    const insert = `insert into parcel values ('shp_x', 'prc_x', 'pty_hotel', 'pty_guest', 'sent', 1, '{}')`
    await expect(as(stranger, insert)).rejects.toThrow('row-level security')
    await expect(
      as(guest, `update parcel set consumer_id = 'pty_else', provider_id = 'pty_else'`),
    ).rejects.toThrow('row-level security')
    expect(await as(stranger, `update parcel set status = 'returned'`)).toBe(0)
    await database.app.query('rollback')
  })

  test('the journal is never changed by app or work', async () => {
    for (const pool of [database.app, database.work])
      for (const text of [
        `update journal set reason = 'another'`,
        'delete from journal',
        'truncate journal',
        'alter table journal disable row level security',
      ])
        await expect(pool.query(text)).rejects.toThrow(/permission denied|must be owner/)
  })
})

describe('replay', () => {
  test('as known by an instant folds what was recorded until then', async () => {
    const stream = freshStream()
    const at = (milliseconds: number) => journalAt(() => instant + milliseconds)
    await at(0).handle(send(stream, 'prc_1'))
    await at(1000).handle(send(stream, 'prc_2'))
    await at(2000).handle(store(stream, 'prc_1', `loc_${stream}`))
    const known = async (knownBy?: string) =>
      fold(testKinds, await readEntries(database.work, stream, knownBy)).map(
        ({ id, state }) => `${id} ${state['status']}`,
      )
    expect(await known('2030-01-01T11:59:59Z')).toEqual([])
    expect(await known('2030-01-01T12:00:00Z')).toEqual(['prc_1 sent'])
    expect(await known('2030-01-01T12:00:01Z')).toEqual(['prc_1 sent', 'prc_2 sent'])
    expect(await known()).toEqual(['prc_1 stored', 'prc_2 sent'])
  })

  test('reads events of an older form through their upcast', () => {
    const old = { type: 'parcel_sent', v: 1, kind: 'parcel', entity: 'prc_1', data: { grams: 7 } }
    const entry = {
      ...{ stream: 'shp_old', version: 1, command: 'send_parcel', commandVersion: 1 },
      ...{ events: [old], actor: hotel, provider: 'pty_hotel', consumer: 'pty_guest' },
      ...{ occurredAt: '2029-01-01T00:00:00.000Z', recordedAt: '2029-01-01T00:00:00.000Z' },
    } satisfies Entry
    expect(fold([parcel], [entry])).toMatchObject([{ state: { weight: '7', marks: [] } }])
  })

  test('gives the live tables, and shows what is not in the journal', async () => {
    const other = await server.open(testMigrations)
    const writing = journalOf(other)
    await Promise.all(
      count(300).map((number) =>
        writing.handle(
          send(`shp_${number % 30}`, `prc_${number}`, { due: '2030-01-05T11:00:00.000Z' }),
        ),
      ),
    )
    await writing.handle(store('shp_1', 'prc_1', 'loc_1'))
    const true_ = await replay(other.owner, testKinds)
    expect(true_).toEqual({ entries: 302, rows: 600, differences: [], broken: [] })
    await other.owner.query(`update parcel set weight = 9 where id = 'prc_7'`)
    await other.owner.query(`delete from timer where entity = 'prc_8'`)
    const { differences } = await replay(other.owner, testKinds)
    expect(differences.map((line) => line.slice(0, 30)).sort()).toEqual([
      'parcel: only journal has (shp_',
      'parcel: only live has (shp_7,p',
      'timer: only journal has (shp_8',
    ])
    await other.close()
  })

  test('mends the tables, and leaves what the journal says as it is', async () => {
    const other = await server.open(testMigrations)
    const writing = journalOf(other)
    await Promise.all(
      count(30).map((number) =>
        writing.handle(send('shp_1', `prc_${number}`, { due: '2030-01-05T11:00:00.000Z' })),
      ),
    )
    await other.owner.query(`update parcel set weight = 9 where id = 'prc_7'`)
    await other.owner.query(`delete from parcel where id = 'prc_8'`)
    await other.owner.query(`delete from timer where entity = 'prc_9'`)
    expect((await rebuild(other.owner, testKinds)).differences).toHaveLength(4)
    const whole = { entries: 30, rows: 60, differences: [], broken: [] }
    expect(await replay(other.owner, testKinds)).toEqual(whole)
    expect(await rebuild(other.owner, testKinds)).toEqual(whole)
    expect(await writing.handle(send('shp_1', 'prc_31'))).toMatchObject({ version: 31 })
    await other.close()
  })

  test('mends nothing from a journal that somebody tampered with', async () => {
    const other = await server.open(testMigrations)
    const writing = journalOf(other)
    for (const number of count(3)) await writing.handle(send('shp_t', `prc_${number}`))
    await other.owner.query(`update journal set actor_id = 'per_2' where version = 2`)
    await other.owner.query(`delete from parcel where id = 'prc_2'`)
    const { differences, broken } = await rebuild(other.owner, testKinds)
    expect([differences.length, broken]).toEqual([1, ['shp_t:2']])
    expect((await replay(other.owner, testKinds)).differences).toEqual(differences)
    await other.close()
  })

  test('what is written while the tables are mended waits, and is not lost', async () => {
    const other = await server.open(testMigrations)
    const writing = journalOf(other)
    for (const number of count(20)) await writing.handle(send('shp_1', `prc_${number}`))
    await other.owner.query(`delete from parcel where id = 'prc_3'`)
    await Promise.all([
      rebuild(other.owner, testKinds),
      ...count(20).map((number) => writing.handle(send(`shp_${number}`, `prc_late_${number}`))),
    ])
    const found = await replay(other.owner, testKinds)
    expect(found).toMatchObject({ entries: 40, differences: [], broken: [] })
    await other.close()
  })

  test.each([
    [
      'an event',
      `update journal set events = jsonb_set(events, '{0,data,weight}', '"1"') where version = 2`,
      ['shp_t:2'],
    ],
    ['an actor', `update journal set actor_id = 'per_2' where version = 3`, ['shp_t:3']],
    [
      'a time',
      `update journal set recorded_at = recorded_at + interval '1 microsecond' where version = 1`,
      ['shp_t:1'],
    ],
    ['an answer', `update journal set answer = '{}' where version = 4`, ['shp_t:4']],
    ['a removal', 'delete from journal where version = 2', ['shp_t:3']],
    ['a removal at the end', 'delete from journal where version = 4', ['shp_t:3']],
    ['the removal of all', 'delete from journal', ['shp_t:4']],
    [
      'a hash made to fit',
      `update journal set events = '[]', hash = sha256('x') where version = 2`,
      ['shp_t:2', 'shp_t:3'],
    ],
  ])('detects by hash that somebody tampered with %s', async (_, tamper, broken) => {
    const other = await server.open(testMigrations)
    const writing = journalOf(other)
    for (const number of count(4)) await writing.handle(send('shp_t', `prc_${number}`))
    await other.owner.query(tamper)
    expect((await replay(other.owner, testKinds)).broken).toEqual(broken)
    await other.close()
  })
})
