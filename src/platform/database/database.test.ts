import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { Client, type Pool } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer, temporaryFolder } from './database.test-support.ts'
import { openDatabase } from './database.ts'
import { startEmbedded } from './embedded.ts'
import { beginAs, pipelined, readAs, withClient } from './transaction.ts'

let server: TestServer
const root = temporaryFolder()
let folder = ''
let folders = 0

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(async () => {
  await server.stop()
  rmSync(root, { recursive: true })
})
beforeEach(() => {
  folders += 1
  folder = join(root, String(folders))
  mkdirSync(folder)
  migration(
    '0001-first.sql',
    'grant usage on schema tessera to tessera_app; create table first (id text)',
  )
})

const migration = (name: string, text: string) => writeFileSync(join(folder, name), text)

const reopen = (url: string, said: string[] = []) =>
  openDatabase({ url, migrations: [folder], say: (line) => said.push(line) })

async function withAdmin(url: string, text: string): Promise<void> {
  const admin = new Client({ connectionString: url })
  await admin.connect()
  await admin.query(text)
  await admin.end()
}

/** No password that the server's own user may happen to have: those of the roles are derived from it. */
const password = randomBytes(8).toString('hex')

function loginAs(url: string, name: string): string {
  const login = new URL(url)
  login.username = name
  login.password = password
  return login.href
}

const one = async (pool: Pool, text: string) =>
  (await pool.query({ text, rowMode: 'array' })).rows.flat()

describe('migrations', () => {
  test('are applied once, in the order of their numbers, also by several processes at once', async () => {
    const first = await server.open([folder])
    migration('0003-third.sql', 'insert into second values (3)')
    migration('0002-second.sql', 'create table second (id int)')
    const said: string[] = []
    const opened = await Promise.all(Array.from({ length: 4 }, () => reopen(first.url, said)))
    expect(said).toEqual(['Migrations are applied: 0002-second, 0003-third'])
    expect(await one(first.owner, 'select id from second')).toEqual([3])
    await Promise.all([first, ...opened].map((database) => database.close()))
  })

  test('that fail leave nothing, and say which one it was', async () => {
    const first = await server.open([folder])
    migration('0002-second.sql', 'create table second (id int); select 1 / 0')
    await expect(reopen(first.url)).rejects.toThrow('migration 0002-second.sql: division by zero')
    expect(await one(first.owner, `select to_regclass('second')::text`)).toEqual([null])
    await first.close()
  })

  test.each([
    ['database_newer_than_program', () => rmSync(join(folder, '0002-second.sql'))],
    ['migration_changed', () => migration('0001-first.sql', 'create table first (id int)')],
    ['migrations_misnumbered', () => migration('0002-twin.sql', 'select 1')],
    ['migrations_misnumbered', () => migration('0000-before.sql', 'select 1')],
  ])('are refused by name: %s', async (refusal, change) => {
    migration('0002-second.sql', 'create table second (id int)')
    const first = await server.open([folder])
    await first.close()
    change()
    await expect(reopen(first.url)).rejects.toMatchObject({ refusal })
  })
})

describe('the three roles', () => {
  test('are no superusers, pass no policy, and are told apart by their logins', async () => {
    const database = await server.open([folder])
    for (const [role, pool] of [
      ['tessera_owner', database.owner],
      ['tessera_app', database.app],
      ['tessera_work', database.work],
    ] as const) {
      const text =
        'select session_user::text, current_user::text, rolsuper, rolbypassrls from pg_roles where rolname = current_user'
      expect(await one(pool, text)).toEqual([role, role, false, false])
      if (role !== 'tessera_owner')
        await expect(pool.query('set role tessera_owner')).rejects.toThrow('permission denied')
    }
    await database.close()
  })

  test('the app may neither make a table nor read what it was not granted', async () => {
    const database = await server.open([folder])
    await expect(database.app.query('create table mine (id int)')).rejects.toThrow(
      'permission denied',
    )
    await expect(database.app.query('select * from first')).rejects.toThrow('permission denied')
    await database.close()
  })

  test('are not taken from whoever made them: another user is refused by name', async () => {
    const database = await server.open([folder])
    const name = `plain_${Date.now()}`
    await withAdmin(database.url, `create role ${name} login password '${password}'`)
    await expect(reopen(loginAs(database.url, name))).rejects.toMatchObject({
      refusal: 'roles_closed',
    })
    await withAdmin(database.url, `drop role ${name}`)
    await database.close()
  })

  test.skipIf(process.env['DATABASE_URL'])(
    'are made by a user who is no superuser, as on a hosted server',
    async () => {
      const hosted = join(root, 'hosted')
      const fresh = await startEmbedded({ folder: hosted, elsewhere: hosted, say: () => {} })
      const maintenance = new URL('/postgres', fresh.url).href
      await withAdmin(
        maintenance,
        `create role admin login createrole createdb password '${password}'`,
      )
      const database = await reopen(loginAs(fresh.url, 'admin'))
      expect(await one(database.app, 'select current_user::text')).toEqual(['tessera_app'])
      await database.close()
      const again = await reopen(loginAs(fresh.url, 'admin'))
      await again.close()
      await fresh.stop()
    },
  )
})

describe('a transaction', () => {
  const settings = `select current_setting('tessera.party', true) as party, current_setting('tessera.person', true) as person, current_setting('tessera.role', true) as role`

  test('carries person, party and role, quoted, and forgets them afterwards', async () => {
    const database = await server.open([folder])
    const perspective = { party: `o'neil\\; drop`, person: 'per_1', role: 'user' }
    const seen = await withClient(database.app, async (client) => {
      const [, inside] = await pipelined(client, [
        beginAs(perspective, 'read only'),
        settings,
        'commit',
      ])
      const after = await client.query(settings)
      return [inside?.rows[0], after.rows[0]]
    })
    expect(seen).toEqual([perspective, { party: '', person: '', role: '' }])
    const read = await readAs(database.app, perspective, (client) => client.query(settings))
    expect(read.rows).toEqual([perspective])
    await expect(
      readAs(database.work, perspective, (client) => client.query('create table made (id int)')),
    ).rejects.toThrow('read-only transaction')
    await database.close()
  })

  test('that reads is of one snapshot, whatever is written between its statements', async () => {
    const database = await server.open([folder])
    const nobody = { party: '', person: '', role: '' }
    const seen = await readAs(database.owner, nobody, async (client) => {
      const before = await client.query('select id from first')
      await database.owner.query(`insert into first values ('between')`)
      const after = await client.query('select id from first')
      return [before.rows, after.rows]
    })
    expect(seen).toEqual([[], []])
    expect(await one(database.owner, 'select id from first')).toEqual(['between'])
    await database.close()
  })

  test('that fails gives its connection to nobody', async () => {
    const database = await server.open([folder])
    const pid = () => one(database.app, 'select pg_backend_pid()')
    const before = await pid()
    await expect(
      withClient(database.app, (client) => pipelined(client, ['begin', 'select 1 / 0', 'commit'])),
    ).rejects.toThrow('division by zero')
    expect(await pid()).not.toEqual(before)
    await database.close()
  })
})

test('a server that hangs, or is cut off, is waited for so long and no longer', async () => {
  const direct = await server.open([folder])
  const between = await startPassage(direct.url)
  const database = await reopen(between.url)
  const held = await database.app.connect()
  between.swallow()
  const refused = async (asked: Promise<unknown>) =>
    asked.then(String, ({ message }: Error) => message)
  const began = performance.now()
  expect(
    await Promise.all([refused(held.query('select 1')), refused(database.work.query('select 1'))]),
  ).toEqual(['Query read timeout', 'Connection terminated due to connection timeout'])
  expect(performance.now() - began).toBeLessThan(20_000)
  held.release(true)
  await between.stop()
  // What was accepted just before is reset instead.
  expect(await refused(database.app.query('select 1'))).toMatch(/ECONNREFUSED|ECONNRESET/)
  await database.close()
  await direct.close()
})

/** Stands between a pool and its server, as a network does. */
async function startPassage(url: string) {
  const { hostname, port } = new URL(url)
  const sockets: Socket[] = []
  let isSwallowing = false
  const passage = createServer((near) => {
    const far = connect(Number(port), hostname)
    for (const socket of [near, far]) socket.on('error', () => undefined)
    sockets.push(near, far)
    near.on('data', (bytes) => isSwallowing || far.write(bytes))
    far.on('data', (bytes) => isSwallowing || near.write(bytes))
  }).listen(0, '127.0.0.1')
  await once(passage, 'listening')
  const through = new URL(url)
  through.host = `127.0.0.1:${(passage.address() as AddressInfo).port}`
  return {
    url: through.href,
    swallow: () => {
      isSwallowing = true
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      passage.close()
      await once(passage, 'close')
    },
  }
}

test('numbers, dates and instants arrive exactly', async () => {
  const database = await server.open([folder])
  const text = `select 9007199254740993::bigint, 140.10::numeric, '2026-03-29'::date, '2026-03-29T02:30:00Z'::timestamptz,
    '2026-03-29T02:30:00.123456+02'::timestamptz, array['2026-03-29T02:30:00.5Z'::timestamptz, null], array[1.50::numeric], '{"a": "1.10"}'::jsonb, 'infinity'::timestamptz`
  expect(await one(database.app, text)).toEqual([
    ...['9007199254740993', '140.10', '2026-03-29', '2026-03-29T02:30:00.000Z'],
    '2026-03-29T00:30:00.123456Z',
    ['2026-03-29T02:30:00.500Z', null],
    ['1.50'],
    { a: '1.10' },
    'infinity',
  ])
  await database.close()
})
