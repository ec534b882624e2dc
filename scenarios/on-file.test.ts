import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { keptOf, type OnFile, onFile, readOnFile } from '../src/agreement/on-file.store.ts'
import { startTestServer, type TestServer } from '../src/platform/database/database.test-support.ts'
import type { Client } from '../src/platform/http/client.ts'
import type { Endpoints } from '../src/slices.ts'
import { tokenOf } from './calls.test-support.ts'
import { personAt, startTessera } from './start.test-support.ts'
import { refusalOf, type Story, tell } from './story.test-support.ts'

/** A process keeps the facts that it has read, and what it finds is never another than the database holds. */

const stay = 'agr_stay_of_ana_costa'
const order = (id: string) => ({ agreement: stay, component: 'front_desk', id })

let server: TestServer
let story: Story
let ana: Client<Endpoints>
beforeAll(async () => {
  server = await startTestServer()
  story = await tell(server, ['hotel'])
  ana = await story.as('ana_costa', 'costa')
})
afterAll(async () => {
  await story.replayed()
  await story.end()
  await server.stop()
})

/** After whatever was told, the facts of the table and no others, in the order of recording. */
afterEach(async () => {
  await ana.query('show_agreement', { agreement: stay })
  const { rows } = await story.database.work.query(
    'select id, kind, said, recorded_at from fact where agreement_id = $1 order by recorded_at, id',
    [stay],
  )
  expect(keptOf(stay)?.facts).toEqual(rows)
})

const happened = async (client: Client<Endpoints>) => {
  const page = await client.query('show_agreement', { agreement: stay })
  return page.happened.map(({ id }) => id)
}

describe('what is kept of an agreement', () => {
  test('is what two processes record in turn: each finds what the other one did', async () => {
    const { url: databaseUrl, work } = story.database
    const other = startTessera(['--port', '0'], { databaseUrl })
    const url = (await other.url()) ?? ''
    const there = personAt(url, await tokenOf(work, 'ana_costa', 'costa'))
    for (const [place, [one, another]] of [
      [ana, there],
      [there, ana],
      [ana, there],
      [there, ana],
    ].entries()) {
      await one?.command('place_order', order(`turn_${place}`))
      const again = another?.command('place_order', order(`turn_${place}`))
      expect(await refusalOf(Promise.resolve(again))).toBe('fact_must_not_be_recorded_twice')
    }
    expect(await happened(ana)).toEqual(expect.arrayContaining(['turn_0', 'turn_1', 'turn_3']))
    expect(await happened(there)).toEqual(await happened(ana))
    other.child.kill('SIGTERM')
    await other.ended
  })

  test('is whole where many commands are on their way at once, each with what was kept when it asked', async () => {
    const before = await happened(ana)
    const names = Array.from({ length: 24 }, (_, place) => `at_once_${place}`)
    await Promise.all(names.map((name) => ana.command('place_order', order(name))))
    expect((await happened(ana)).length).toBe(before.length + names.length)
  })

  test('holds nothing of a command that was rolled back', async () => {
    const { owner } = story.database
    const before = await happened(ana)
    await owner.query(`create function no_such_order() returns trigger language plpgsql
      as $$ begin raise exception 'the disk is full'; end $$`)
    await owner.query(`create constraint trigger no_such_order after insert on service_order
      deferrable initially deferred for each row execute function no_such_order()`)
    await expect(ana.command('place_order', order('rolled_back'))).rejects.toThrow()
    expect(await happened(ana)).toEqual(before)
    await owner.query('drop trigger no_such_order on service_order')
    await ana.command('place_order', order('rolled_back'))
    expect(await happened(ana)).toHaveLength(before.length + 1)
  })

  test('is not spoiled by whoever may not see the agreement', async () => {
    await ana.command('place_order', order('before_a_stranger'))
    const stranger = await story.as('j_weber', 'brightline')
    const asked = () => stranger.command('place_order', order('before_a_stranger'))
    expect(await refusalOf(asked())).toBe('agreement_not_found')
    expect(await refusalOf(ana.command('place_order', order('before_a_stranger')))).toBe(
      'fact_must_not_be_recorded_twice',
    )
  })

  test('is not what a reader finds whose snapshot is older', async () => {
    const { work } = story.database
    const client = await work.connect()
    const read = async () => {
      const known = keptOf(stay)
      const { rows } = await client.query(readOnFile(stay, known))
      return onFile(stay, known, rows[0])
    }
    await client.query('begin isolation level repeatable read read only')
    const before = await read()
    await ana.command('place_order', order('since_the_snapshot'))
    expect(await happened(ana)).toContain('since_the_snapshot')
    expect(keptOf(stay)?.version).toBe(before.version + 1)
    expect(await read()).toMatchObject({ version: before.version, facts: before.facts })
    await client.query('commit')
    client.release()
    expect(await happened(ana)).toContain('since_the_snapshot')
  })

  test('is not what another database holds under the same name, nor one with another past', async () => {
    const elsewhere = await tell(server, ['hotel'])
    const anaElsewhere = await elsewhere.as('ana_costa', 'costa')
    await ana.command('place_order', order('only_here'))
    await anaElsewhere.command('place_order', order('only_elsewhere'))
    expect(await happened(ana)).not.toContain('only_elsewhere')
    expect(await happened(anaElsewhere)).not.toContain('only_here')
    const known = { ...keptOf(stay), hash: 'ab'.repeat(32) } as OnFile
    const { rows } = await story.database.work.query(readOnFile(stay, known))
    expect(rows[0].continues).toBe(false)
    await elsewhere.end()
  })
})
