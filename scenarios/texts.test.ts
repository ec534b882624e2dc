import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/platform/database/database.test-support.ts'
import { readAs } from '../src/platform/database/transaction.ts'
import { refusalOf, type Story, tell } from './story.test-support.ts'

/** What people write in words of their own stands once, beside the journal, and can be erased from all of it. */

let server: TestServer
let story: Story
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const agreement = 'agr_stay_of_ana_costa'
const says = 'A fan, my asthma is back'
const reason = 'Dr Pinto told me to'
const words = /asthma|Pinto/

const tellWithOrder = async () => {
  story = await tell(server, ['hotel'])
  const ana = await story.as('ana_costa', 'costa')
  const order = { agreement, component: 'front_desk', order: 'cold_fan', says }
  const place = () => ana.command('place_order', order, { key: 'a fan', reason })
  await place()
  return { ana, place, desk: await story.as('m_reyes', 'meridian_hotels') }
}
type Cast = Awaited<ReturnType<typeof tellWithOrder>>

let cast: Cast
beforeEach(async () => {
  cast = await tellWithOrder()
})
afterEach(async () => {
  await story.replayed()
  await story.end()
})

/** Every table with a row that holds the words in any of its columns. */
async function tablesWithWords(): Promise<string[]> {
  const { owner } = story.database
  const { rows: tables } = await owner.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'tessera'`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await owner.query(
      `select from ${name} as kept where kept::text ~ $1 limit 1`,
      [words.source],
    )
    if (rows.length > 0) found.push(name)
  }
  expect(tables.length).toBeGreaterThan(20)
  return found
}

async function shown({ ana, desk }: Cast, asOf: { known_by?: string } = {}) {
  const saidTo = async (client: typeof ana) =>
    (await client.query('show_agreement', { agreement, ...asOf })).orders.find(
      ({ id }) => id === 'cold_fan',
    )?.says
  const { needs } = await desk.query('show_home', {})
  const need = needs.find(({ order }) => order === 'cold_fan')?.says
  return [await saidTo(ana), await saidTo(desk), need]
}

const told = [says, says, `Answer Ana Costa: ${says}`]
const gone = ['erased', 'erased', 'Answer Ana Costa: erased']

describe('the words of an order and the reason for it', () => {
  test('are read by both sides, and stand in no journal, outbox, feed, stream or row of anything else', async () => {
    expect(await shown(cast)).toEqual(told)
    expect(await tablesWithWords()).toEqual(['free_text'])
  })

  test('are seen by nobody else', async () => {
    const seenBy = (party: string) =>
      readAs(story.database.app, { person: 'per_x', party, role: '' }, async (client) => {
        const { rows } = await client.query('select body from free_text order by place')
        return rows.map(({ body }) => body)
      })
    expect(await seenBy('org_costa')).toEqual([says, reason])
    expect(await seenBy('org_meridian_hotels')).toEqual([says, reason])
    expect(await seenBy('org_ito')).toEqual([])
  })

  test('are gone everywhere once the operator erased what the person wrote; what happened stays', async () => {
    const operator = await story.operator()
    const { version } = await cast.ana.query('show_agreement', { agreement })
    expect(await operator.door('erase_free_texts', { of: 'per_ana_costa' })).toEqual({ erased: 2 })
    expect(await tablesWithWords()).toEqual([])
    expect(await shown(cast)).toEqual(gone)
    // The same request is still known by its key.
    expect(await cast.place()).toEqual({ id: 'cold_fan', fact: expect.any(String) })
    expect((await cast.ana.query('show_agreement', { agreement })).version).toBe(version)
    await story.replayed()
  })

  test('are read in what was known earlier, and erased from there too', async () => {
    const { now } = await cast.desk.query('show_home', {})
    const later = (seconds: number) => new Date(Date.parse(now) + seconds * 1000).toISOString()
    await story.moveTo(later(60))
    const asOf = { known_by: later(30) }
    expect((await shown(cast, asOf)).slice(0, 2)).toEqual(told.slice(0, 2))
    const operator = await story.operator()
    await operator.door('erase_free_texts', { of: 'per_ana_costa' })
    expect((await shown(cast, asOf)).slice(0, 2)).toEqual(gone.slice(0, 2))
  })

  test('are erased one by one by their ids, by nobody but the operator', async () => {
    const { rows } = await story.database.work.query(
      `select id from free_text where place = '/reason'`,
    )
    const of = String(rows[0]?.id)
    const operator = await story.operator()
    expect(await refusalOf(cast.desk.door('erase_free_texts', { of }))).toBe(
      'role_must_be_operator',
    )
    expect(await refusalOf(operator.door('erase_free_texts', { of: 'per_nobody' }))).toBe(
      'free_text_not_found',
    )
    for (const _ of ['once', 'and again'])
      expect(await operator.door('erase_free_texts', { of })).toEqual({ erased: 1 })
    expect(await shown(cast)).toEqual(told)
  })
})

test('a row whose words are not there is shown all the same', async () => {
  await story.database.owner.query('delete from free_text')
  expect(await shown(cast)).toEqual(['not there', 'not there', 'Answer Ana Costa: not there'])
})

test('an order without words has none', async () => {
  await cast.ana.command('place_order', {
    agreement,
    component: 'front_desk',
    order: 'second_pillow',
  })
  const { orders } = await cast.ana.query('show_agreement', { agreement })
  expect(orders.find(({ id }) => id === 'second_pillow')).not.toHaveProperty('says')
})
