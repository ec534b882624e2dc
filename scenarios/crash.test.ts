import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { temporaryFolder } from '../src/platform/database/database.test-support.ts'
import { openDatabase } from '../src/platform/database/database.ts'
import { startEmbedded } from '../src/platform/database/embedded.ts'
import { replay } from '../src/platform/journal/replay.ts'
import { kinds, migrations } from '../src/slices.ts'
import { quietPort, type Started, startTessera, tokenOf } from './start.test-support.ts'

const root = temporaryFolder()
const data = join(root, 'data')
afterAll(() => rmSync(root, { recursive: true }))

const orders = 200
const kills = 20
const lanes = 4
const seed = 20_260_515
/** About as long as an order takes, so that a kill meets every part of it. */
const delayMax = 12
/** A start on a machine that is busy with other tests. */
const answerMax = 20_000

type Kill = {
  readonly atOrder: number
  readonly delay: number
  readonly of: 'tessera' | 'database'
}

test('kill -9 of either process at 20 points of 200 orders loses none that was acknowledged and keeps none twice', async () => {
  const hotel = await openHotel()
  const due = killsFrom(seed)
  const acknowledged = new Map<string, string>()
  const met = new Map<string, number>()
  const killings: Promise<void>[] = []
  let next = 0
  const lane = async () => {
    while (next < orders) {
      const order = next
      next += 1
      const kill = due.get(order)
      // One after the other: the process that is to be killed runs again.
      if (kill) killings.push(Promise.all(killings).then(() => hotel.kill(kill)))
      acknowledged.set(`order_${order}`, await hotel.order(`order_${order}`, met))
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  await Promise.all(killings)
  await hotel.stop()

  expect(acknowledged.size).toBe(orders)
  await expectKept(acknowledged)
  console.log(`seed ${seed}:`, Object.fromEntries(met))
}, 180_000)

/** One in each run of ten orders, of one process and the other in turn. */
function killsFrom(beginning: number): Map<number, Kill> {
  const random = randomFrom(beginning)
  const each = orders / kills
  const all = Array.from({ length: kills }, (_, turn): Kill => {
    const atOrder = turn * each + Math.floor(random() * each)
    return { atOrder, delay: random() * delayMax, of: turn % 2 === 0 ? 'database' : 'tessera' }
  })
  return new Map(all.map((kill) => [kill.atOrder, kill]))
}

/** mulberry32 (Tommy Ettinger, public domain): the same numbers for the same seed, everywhere. */
function randomFrom(beginning: number): () => number {
  let state = beginning
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

async function openHotel() {
  const words = ['--data', data, '--port', String(await quietPort())]
  let tessera: Started = startTessera(words)
  const url = (await tessera.url()) ?? ''
  const token = await tokenOf({ url, data }, 'ana_costa', 'costa')
  return {
    kill: async ({ of, delay }: Kill) => {
      await wait(delay)
      if (of === 'database') {
        const pid = tessera.databasePid()
        process.kill(pid, 'SIGKILL')
        while (tessera.databasePid() === pid) await wait(10)
        return
      }
      tessera.child.kill('SIGKILL')
      expect(await tessera.ended).toBe('SIGKILL')
      tessera = startTessera(words)
      expect(await tessera.url(), tessera.lines.join('\n')).toBe(url)
    },
    /** Sent again with its key until it is answered, as a patient client does. Returns the version that was answered. */
    order: async (order: string, met: Map<string, number>): Promise<string> => {
      for (const until = performance.now() + answerMax; performance.now() < until; await wait(20)) {
        const response = await place(url, { order, token })
        const outcome = await outcomeOf(response)
        met.set(outcome, (met.get(outcome) ?? 0) + 1)
        const version = response?.headers.get('tessera-version')
        if (response?.ok && version) return version
        if (outcome !== 'no answer' && outcome !== 'database_unavailable')
          throw new Error(`${order}: ${outcome}\n${tessera.lines.slice(-20).join('\n')}`)
      }
      throw new Error(`${order} was not answered: ${tessera.lines.slice(-5).join('; ')}`)
    },
    stop: async () => {
      tessera.child.kill('SIGTERM')
      expect(await tessera.ended).toBe(143)
    },
  }
}

type Ordering = { readonly order: string; readonly token: string }

/** Nothing, where the connection ended without an answer. */
const place = (url: string, { order, token }: Ordering): Promise<Response | undefined> =>
  fetch(`${url}/api/agreements/agr_stay_of_ana_costa/orders`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'idempotency-key': `the key of ${order}`,
    },
    body: JSON.stringify({ component: 'front_desk', order }),
  }).catch(() => undefined)

async function outcomeOf(response: Response | undefined): Promise<string> {
  try {
    if (!response) return 'no answer'
    const told = (await response.json()) as { readonly name?: string }
    if (!response.ok) return told.name ?? ''
    return response.headers.has('tessera-repeated') ? 'acknowledged later' : 'acknowledged'
  } catch {
    return 'no answer'
  }
}

async function expectKept(acknowledged: ReadonlyMap<string, string>): Promise<void> {
  const server = await startEmbedded({ folder: join(data, 'database'), say: () => undefined })
  const database = await openDatabase({ url: server.url, migrations, say: () => undefined })
  const { owner, work } = database
  try {
    const journal = await owner.query(`
      select answer ->> 'id' as id, stream || ':' || version as place
      from journal
      where command = 'place_order'
        and request_key like 'the key of %'`)
    expect(journal.rows).toHaveLength(orders)
    expect(new Map(journal.rows.map(({ id, place }) => [id, place]))).toEqual(acknowledged)
    const { rows: kept } = await work.query('select id from service_order')
    const ids = kept.map(({ id }) => String(id)).filter((id) => acknowledged.has(id))
    expect(ids.toSorted()).toEqual([...acknowledged.keys()].toSorted())
    const { rows: handedOn } = await work.query(`
      select count(*)::int as times
      from (select stream, version, task from feed union all select stream, version, task from outbox) as sent
      where task = 'changed'
      group by stream, version
      having count(*) <> 1`)
    expect(handedOn).toEqual([])
    const { differences, broken } = await replay(owner, kinds)
    expect({ differences, broken }).toEqual({ differences: [], broken: [] })
  } finally {
    await database.close()
    await server.stop()
  }
}
