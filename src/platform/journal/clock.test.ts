import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../database/database.test-support.ts'
import type { Database } from '../database/database.ts'
import { moveClock, readClock, setClock, settledKnownBy } from './clock.ts'
import { createJournal } from './handle.ts'
import { hotel, testCommands, testKinds, testMigrations } from './journal.test-support.ts'

let server: TestServer
let database: Database
const now = Date.UTC(2030, 0, 1, 12)
const year = 365 * 86_400_000

beforeAll(async () => {
  server = await startTestServer()
  database = await server.open(testMigrations)
})
afterAll(async () => {
  await database.close()
  await server.stop()
})

test('the clock begins anywhere, moves forwards only, and is not set any more once something is recorded', async () => {
  const { app, work } = database
  expect(await setClock(work, now + year, now)).toEqual({ now: now + year })
  expect(await setClock(work, now - year, now)).toEqual({ now: now - year })
  expect(await readClock(app, now + 5)).toBe(now - year + 5)
  expect(await moveClock(work, now - year - 1, now)).toMatchObject({
    refusal: { name: 'clock_must_move_forwards', pointer: '/at' },
  })
  expect(await moveClock(work, now - year + 1, now)).toEqual({ now: now - year + 1 })

  const { handle } = createJournal({
    ...{ pool: app, workPool: work, kinds: testKinds, commands: testCommands },
    machineNow: () => now,
  })
  const input = { shipment: 'shp_1', id: 'prc_1', weight: '1' }
  await handle({ command: 'send_parcel', input, actor: hotel })
  const { rows } = await work.query('select recorded_at from journal')
  expect(rows).toEqual([{ recorded_at: '2029-01-01T12:00:00.001Z' }])

  for (const to of [now - 2 * year, now + year])
    expect(await setClock(work, to, now)).toMatchObject({
      refusal: { name: 'clock_must_be_set_before_entries', pointer: '/at' },
    })
  expect(await moveClock(work, now + year, now)).toEqual({ now: now + year })
  await expect(setClock(app, now, now)).rejects.toThrow('permission denied')
})

test('an entry whose transaction took so long that what was known is settled is not stored', async () => {
  const { app, work } = database
  const slowly = testCommands.map((command) => ({
    ...command,
    read: () => ({ pause: { text: 'select pg_sleep(9.1)' } }),
  }))
  const { handle } = createJournal({
    ...{ pool: app, workPool: work, kinds: testKinds, commands: slowly },
  })
  const input = { shipment: 'shp_late', id: 'prc_1', weight: '1' }
  await expect(handle({ command: 'send_parcel', input, actor: hotel })).rejects.toMatchObject({
    code: '25P04',
  })
  const { rows } = await work.query(`select stream from stream where stream = 'shp_late'`)
  expect(rows).toEqual([])
})

test.each([
  ['ten seconds ago', -10_000, undefined],
  ['a year ago', -year, undefined],
  ['less than the longest transaction ago', -9_999, 'known_by_must_be_settled'],
  ['now', 0, 'known_by_must_be_settled'],
  ['the future', year, 'known_by_must_be_settled'],
])('what was known by %s is settled, or refused by name', (_, since, name) => {
  expect(settledKnownBy(now + since, now)?.name).toBe(name)
})
