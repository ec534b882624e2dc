import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../database/database.test-support.ts'
import type { Database } from '../database/database.ts'
import { hotel } from '../journal/journal.test-support.ts'
import { serverMigrations } from './endpoints.test-support.ts'
import { createTokens, sessionEndsAt, type Tokens } from './token.ts'

let server: TestServer
let database: Database
let tokens: Tokens
const now = Date.UTC(2030, 0, 1)

beforeAll(async () => {
  server = await startTestServer()
  database = await server.open(serverMigrations)
  tokens = createTokens(database.work)
})
afterAll(async () => {
  await database.close()
  await server.stop()
})

const issue = (more: Partial<Parameters<Tokens['issue']>[0]> = {}) =>
  tokens.issue({ kind: 'bearer', viewer: hotel, says: 'the office', now, ...more })

test('a token is found by its secret, which is told once and kept nowhere', async () => {
  const { id, secret } = await issue()
  expect(secret).toMatch(/^tessera_[\w-]{43}$/)
  expect(await tokens.find(secret, now)).toEqual({
    ...{ id, kind: 'bearer', person: hotel.person, party: hotel.party, says: 'the office' },
    issued_at: '2030-01-01T00:00:00.000Z',
  })
  const { rows } = await database.owner.query('select token::text as row from token')
  expect(rows.map(({ row }) => row).join()).not.toContain(secret.slice('tessera_'.length))
})

test.each([
  [
    'another secret',
    (secret: string) => `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`,
  ],
  ['half of it', (secret: string) => secret.slice(0, 30)],
  ['its id', () => 'tok_0123456789abcdef0123'],
  ['nothing', () => ''],
  ['a pattern', () => '%'],
])('%s finds no token', async (_, changed) => {
  const { secret } = await issue()
  expect(await tokens.find(changed(secret), now)).toBeUndefined()
})

test('a token is found until it expires, by the clock of the machine', async () => {
  const { secret } = await issue({ kind: 'session', expiresAt: sessionEndsAt(now) })
  expect(await tokens.find(secret, now + 12 * 3_600_000 - 1)).toMatchObject({
    expires_at: '2030-01-01T12:00:00.000Z',
  })
  expect(await tokens.find(secret, now + 12 * 3_600_000)).toBeUndefined()
})

test('a revoked token is found no more, and is revoked once', async () => {
  const { id, secret } = await issue()
  expect(await tokens.revoke(id, now + 1000)).toBe(true)
  expect(await tokens.find(secret, now + 1000)).toBeUndefined()
  expect(await tokens.revoke(id, now + 2000)).toBe(false)
  expect(await tokens.revoke('tok_none', now)).toBe(false)
  expect((await tokens.list({ limit: 100 })).find((one) => one.id === id)).toMatchObject({
    revoked_at: '2030-01-01T00:00:01.000Z',
  })
})

test('all are listed, the latest first, without their secrets', async () => {
  const { id, secret } = await issue({ now: now + 86_400_000 })
  const all = await tokens.list({ limit: 100 })
  expect(all[0]?.id).toBe(id)
  expect(JSON.stringify(all)).not.toContain(secret)
  const paged = []
  for (let page = await tokens.list({ limit: 2 }); page.length > 0; ) {
    paged.push(...page)
    const after = page.at(-1)
    page = await tokens.list({ limit: 2, ...(after && { after }) })
  }
  expect(paged.length).toBeGreaterThan(2)
  expect(paged).toEqual(all)
})

test('a session that has ended is gone when the next begins; what else expired is kept', async () => {
  const viewer = { person: 'per_swept', party: 'org_swept', role: '' }
  const begin = (at: number) => issue({ kind: 'session', viewer, expiresAt: sessionEndsAt(at) })
  const first = await begin(now)
  const second = await begin(now + 3_600_000)
  const expired = await issue({ viewer, expiresAt: now + 1000 })
  const third = await begin(sessionEndsAt(now))
  const left = (await tokens.list({ limit: 100 })).filter(({ party }) => party === viewer.party)
  expect(left.map(({ id }) => id).toSorted()).toEqual([second.id, expired.id, third.id].toSorted())
  expect(await tokens.find(first.secret, now)).toBeUndefined()
})

test.each([
  ['a session without an end', { kind: 'session' }, 'session_ends'],
  ['nobody', { viewer: { ...hotel, party: '' } }, 'viewer_is_named'],
  ['the platform itself', { viewer: { ...hotel, person: 'platform' } }, 'platform_has_no_token'],
] as const)('no token is issued for %s', async (_, more, constraint) => {
  await expect(issue(more)).rejects.toThrow(constraint)
})

test('the app role sees no token', async () => {
  for (const text of [
    'select * from token',
    'update token set revoked_at = null',
    'delete from token',
  ])
    await expect(database.app.query(text)).rejects.toThrow('permission denied')
  await expect(database.work.query(`update token set kind = 'operator'`)).rejects.toThrow('denied')
})
