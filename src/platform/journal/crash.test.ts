import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { temporaryFolder } from '../database/database.test-support.ts'
import { openDatabase } from '../database/database.ts'
import { startEmbedded } from '../database/embedded.ts'
import { createJournal } from './handle.ts'
import { hotel, testCommands, testKinds, testMigrations } from './journal.test-support.ts'
import { startRelay } from './relay.ts'
import { replay } from './replay.ts'

const root = temporaryFolder()
afterAll(() => rmSync(root, { recursive: true }))

const writers = 8
const rounds = 4

test('kill -9 of the server in the middle of writes loses nothing acknowledged, keeps nothing twice and hands each on once', async () => {
  const folder = join(root, 'data')
  const acknowledged = new Map<string, number>()
  const unanswered = new Set<string>()
  const said: string[] = []
  const say = (line: string) => said.push(line)
  for (let round = 0; round <= rounds; round += 1) {
    const server = await startEmbedded({ folder, elsewhere: root, say })
    const database = await openDatabase({ url: server.url, migrations: testMigrations, say })
    const journal = createJournal({
      pool: database.app,
      workPool: database.work,
      kinds: testKinds,
      commands: testCommands,
    })
    const relay = await startRelay({ database, journal, everyMilliseconds: 5, say })
    const send = async (id: string) => {
      const input = { shipment: `shp_${id.charCodeAt(id.length - 1) % 5}`, id, weight: '1' }
      const outcome = await journal.handle({
        command: 'send_parcel',
        input,
        actor: hotel,
        key: `key ${id}`,
      })
      if ('refusal' in outcome) throw new Error(`refused: ${outcome.refusal.name}`)
      acknowledged.set(`${outcome.stream} ${id}`, outcome.version)
      unanswered.delete(id)
    }
    // What had no answer is sent again with its key, as a client would.
    for (const id of [...unanswered]) await send(id)
    if (round === rounds) {
      const { rows } = await database.work.query(
        `select stream, version, events -> 0 ->> 'entity' as id from journal`,
      )
      expect(
        new Map(rows.map(({ stream, id, version }) => [`${stream} ${id}`, Number(version)])),
      ).toEqual(acknowledged)
      expect(rows).toHaveLength(acknowledged.size)
      await relay.idle()
      const { rows: feed } = await database.work.query(
        `select number, stream, version from feed where task = 'changed' order by number`,
      )
      expect(feed.map(({ stream, version }) => `${stream}:${version}`).toSorted()).toEqual(
        rows.map(({ stream, version }) => `${stream}:${version}`).toSorted(),
      )
      expect(
        await database.work.query('select max(number) = count(*) as gapless from feed'),
      ).toMatchObject({ rows: [{ gapless: true }] })
      expect(await replay(database.owner, testKinds)).toMatchObject({ differences: [], broken: [] })
      await relay.stop()
      await database.close()
      await server.stop()
      break
    }
    let running = true
    const writing = Array.from({ length: writers }, async (_, writer) => {
      for (let number = 0; running; number += 1) {
        const id = `prc_${round}_${writer}_${number}`
        unanswered.add(id)
        await send(id)
      }
    })
    const ends = Promise.allSettled(writing)
    await wait(80 + 37 * round)
    process.kill(server.pid, 'SIGKILL')
    expect(await server.ended).toBe(false)
    running = false
    await ends
    await relay.stop()
    await database.close()
  }
  expect(acknowledged.size).toBeGreaterThan(rounds * writers)
  console.log(`${acknowledged.size} writes acknowledged through ${rounds} kills of the server`)
}, 30_000)
