import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  startTestServer,
  type TestServer,
  temporaryFolder,
} from '../src/platform/database/database.test-support.ts'
import { replayed } from '../src/replay.ts'
import { startTessera } from './start.test-support.ts'
import { type Story, tell } from './story.test-support.ts'

vi.setConfig({ testTimeout: 120_000 })

const folder = temporaryFolder()
afterAll(() => rmSync(folder, { recursive: true }))

describe('the operator of a database', () => {
  let server: TestServer
  let story: Story
  beforeAll(async () => {
    server = await startTestServer()
    story = await tell(server, ['hotel'])
  })
  afterAll(async () => {
    await story.end()
    await server.stop()
  })

  const run = (more: { rebuild?: true } = {}) =>
    replayed({ data: folder, databaseUrl: story.database.url, ...more })

  test('is told that the tables hold what the journal says', async () => {
    const { says, exit } = await run()
    expect(says).toEqual([expect.stringMatching(/^\d+ entries, \d+ rows, 0 differences, 0 broken/)])
    expect(exit).toBe(0)
  })

  test('is shown a row that was changed by hand, and has it mended while the platform runs', async () => {
    const { owner } = story.database
    const desk = await story.as('m_reyes', 'meridian_hotels')
    const page = async () => {
      const agreement = 'agr_stay_of_ana_costa'
      const { at: _, ...shown } = await desk.query('show_agreement', { agreement })
      return shown
    }
    const before = await page()
    await owner.query(`update agreement set status = 'ended' where id = 'agr_stay_of_ana_costa'`)
    await owner.query(`delete from access_grant`)
    const { says, exit } = await run()
    expect(says.filter((line) => line.startsWith('agreement: only live has'))).toHaveLength(1)
    expect(says.at(-1)).not.toContain(' 0 differences')
    expect(exit).toBe(1)
    const mended = await run({ rebuild: true })
    expect(mended).toMatchObject({ exit: 0 })
    expect(mended.says.at(-1)).toMatch(/, mended$/)
    expect(await run()).toMatchObject({ exit: 0 })
    expect(await page()).toEqual(before)
    await story.replayed()
  })

  test('has nothing rebuilt from a journal that somebody tampered with', async () => {
    const { owner } = story.database
    await owner.query(`update journal set actor_id = 'per_nobody' where stream = 'org_costa'`)
    const { says, exit } = await run({ rebuild: true })
    expect(says.at(-1)).toMatch(/^journal_must_be_whole: /)
    expect(exit).toBe(2)
    expect(await run()).toMatchObject({ exit: 1 })
  })

  test('is refused where there is none, and none is made', async () => {
    const elsewhere = new URL(story.database.url)
    elsewhere.pathname = '/not_there'
    for (const _ of [1, 2]) {
      const found = await replayed({ data: folder, databaseUrl: elsewhere.href })
      expect(found.exit).toBe(2)
      expect(found.says.join()).toMatch(/^data_not_found: /)
    }
  })
})

describe('the operator of a data folder', () => {
  const run = (data: string) => {
    const { DATABASE_URL: _, ...env } = process.env
    const words = ['bin/tessera.js', 'replay', '--data', data]
    const { stdout, stderr, status } = spawnSync(process.execPath, words, { encoding: 'utf8', env })
    return { says: stdout + stderr, status }
  }

  test('starts its database for it, not while Tessera runs there', async () => {
    const data = join(folder, 'data')
    const tessera = startTessera(['--data', data, '--port', '0', '--empty'])
    expect(await tessera.url(), tessera.lines.join('\n')).toBeDefined()
    const refused = run(data)
    expect(refused.says).toMatch(/^data_in_use: /)
    expect(refused.status).toBe(2)
    tessera.child.kill('SIGTERM')
    await tessera.ended
    expect(run(data)).toEqual({
      says: '0 entries, 0 rows, 0 differences, 0 broken hashes\n',
      status: 0,
    })
  })

  test('is refused where there are no data, and none are made', () => {
    const data = join(folder, 'none')
    const { says, status } = run(data)
    expect(says).toMatch(/^data_not_found: /)
    expect(status).toBe(2)
    expect(existsSync(data)).toBe(false)
  })
})
