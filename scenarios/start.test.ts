import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { startTestServer, temporaryFolder } from '../src/platform/database/database.test-support.ts'
import { openDatabase } from '../src/platform/database/database.ts'
import { startEmbedded } from '../src/platform/database/embedded.ts'
import { beginningOf, ended } from '../src/platform/database/process.ts'
import { readFiles } from '../src/platform/files.ts'
import { replay } from '../src/platform/journal/replay.ts'
import { apply } from '../src/remote.ts'
import { kinds, migrations } from '../src/slices.ts'
import { personAt, type Started, startTessera, strangerAt, tokenOf } from './start.test-support.ts'
import { refusalOf } from './story.test-support.ts'

// Each starts processes, several times: on a machine that is busy with other tests that takes its time.
vi.setConfig({ testTimeout: 120_000 })

const isRoot = process.getuid?.() === 0
const root = temporaryFolder()
afterAll(() => rmSync(root, { recursive: true }))

const folders = { made: 0 }
const freshFolder = () => {
  folders.made += 1
  return join(root, `data ${folders.made}`)
}

/** Made by whichever test needs them first. */
const hotel = freshFolder()
const filled = freshFolder()
const empty = freshFolder()

const start = (data: string, ...words: string[]) =>
  startTessera(['--data', data, '--port', '0', ...words])

async function served(tessera: Started): Promise<string> {
  const url = await tessera.url()
  expect(url, tessera.lines.join('\n')).toBeDefined()
  return url ?? ''
}

async function stop(tessera: Started): Promise<void> {
  tessera.child.kill('SIGTERM')
  expect(await tessera.ended, tessera.lines.join('\n')).toBe(143)
  expect(beginningOf(tessera.databasePid())).toBeUndefined()
}

const worldsAt = async (url: string) =>
  (await strangerAt(url).door('show_demonstration', {})).worlds.map(({ title }) => title)

/**
 * What a start left, looked at while nothing runs: entries by command, with those that a timer has fired or will fire, as
 * a stop may come before or after; and whether the tables are what they say.
 */
async function leftIn(data: string) {
  const say = () => undefined
  const server = await startEmbedded({ folder: join(data, 'database'), say })
  const database = await openDatabase({ url: server.url, migrations, say })
  try {
    const { rows: commands } = await database.owner.query(
      `select command, count(*)::int from (select command from journal union all select command from timer)
       group by command order by command`,
    )
    const { rows: databases } = await database.owner.query(
      `select datname from pg_database where datname like 'tessera%'`,
    )
    const { differences, broken } = await replay(database.owner, kinds)
    return { commands, databases, differences, broken }
  } finally {
    await database.close()
    await server.stop()
  }
}

const stay = 'agr_stay_of_ana_costa'

describe('the first start', () => {
  test('serves both worlds, says what it does, and the next one has the same data', async () => {
    const first = start(hotel)
    const url = await served(first)
    expect(await worldsAt(url)).toHaveLength(2)
    expect(first.lines).toEqual([
      expect.stringMatching(/^A new database was made in/),
      ...first.lines.filter((line) => /^Port \d+ is taken$/.test(line)),
      expect.stringMatching(/^PostgreSQL started in/),
      expect.stringMatching(/^PostgreSQL runs on 127\.0\.0\.1:\d+ as process \d+, data in/),
      expect.stringMatching(/^Migrations are applied: \d+, to/),
      expect.stringMatching(/^2 worlds are loaded in .* their time is 14 May 2026, 17:05 UTC$/),
      expect.stringMatching(/^The API is at/),
    ])
    const token = await tokenOf({ url, data: hotel }, 'ana_costa', 'costa')
    const ordered = { agreement: stay, component: 'front_desk', order: 'kept_order' }
    await personAt(url, token).command('place_order', ordered)
    await stop(first)

    const second = start(hotel)
    const again = await served(second)
    const shown = await personAt(again, token).query('show_agreement', { agreement: stay })
    expect(shown.orders.map(({ id }) => id)).toContain('kept_order')
    await stop(second)
  })

  test('takes documents, and says by its exit whether all of them landed', async () => {
    const running = start(hotel)
    await served(running)
    const { files } = readFiles(join(import.meta.dirname, '../examples/hotel'), 2_000_000)
    const changed = (from: string | RegExp, to: string) =>
      files.map(({ file, text }) => ({ file, text: text.replaceAll(from, to) }))
    const applied = (documents: typeof files) =>
      apply(hotel, { files: documents, faults: [], isFolder: true })
    const again = await applied(files)
    expect([again.exit, again.says.at(-1)]).toEqual([0, '0 applied, 0 refused'])
    const taken = await applied(changed('meridian_hotels', 'another_house'))
    expect(taken.exit).toBe(2)
    expect(taken.says.at(-1)).toMatch(/^[1-9]\d* applied, [1-9]\d* refused$/)
    const unsound = await applied(changed('every: night', 'evry: night'))
    expect([unsound.exit, unsound.says[0]]).toEqual([
      1,
      expect.stringMatching(/^documents_must_be_sound: /),
    ])
    const alone = files.filter(({ file }) => file.endsWith('city_stay.yaml'))
    const one = await apply(hotel, { files: alone, faults: [], isFolder: false })
    expect([one.exit, one.says.at(-1)]).toEqual([1, expect.stringContaining('give the folder')])
    const cases = await applied(files.filter(({ file }) => file.includes('/cases/')))
    expect(cases).toMatchObject({ exit: 2 })
    expect(cases.says.at(-1)).toMatch(/^document_to_apply_needed: .*npx tessera test.*\/documents/)
    await stop(running)
  })

  test('that is empty has no worlds, until one that is not', async () => {
    const first = start(filled, '--empty')
    expect(await worldsAt(await served(first))).toEqual([])
    const [, example = ''] = (await first.said(/npx tessera apply/))?.match(/apply (\S+)/) ?? []
    expect(existsSync(join(import.meta.dirname, '..', example, 'world.yaml'))).toBe(true)
    await stop(first)
    const second = start(filled)
    expect(await worldsAt(await served(second))).toHaveLength(2)
    await stop(second)
  })

  test('that is killed while it loads leaves nothing half loaded', async () => {
    const undisturbed = start(filled)
    await served(undisturbed)
    await stop(undisturbed)
    const expected = await leftIn(filled)
    expect(expected).toMatchObject({ differences: [], broken: [] })

    const broken = freshFolder()
    const drafts = () =>
      existsSync(join(broken, 'database')) ? readdirSync(join(broken, 'database')) : []
    const unmade = start(broken)
    while (!drafts().some((name) => name.startsWith('data.draft'))) await wait(10)
    await wait(100)
    unmade.child.kill('SIGKILL')
    await unmade.ended
    // While the tables are made, while the worlds are loaded, and shortly before they are whole.
    for (const [after, milliseconds] of [
      [/^PostgreSQL runs/, 50],
      [/^Migrations/, 150],
      [/^2 worlds/, 5],
    ] as const) {
      const killed = start(broken)
      await killed.said(after)
      await wait(milliseconds)
      killed.child.kill('SIGKILL')
      expect(await killed.ended).toBe('SIGKILL')
    }
    const last = start(broken)
    expect(await worldsAt(await served(last))).toHaveLength(2)
    await stop(last)
    expect(await leftIn(broken)).toEqual(expected)
  })

  test.runIf(isRoot)(
    'below a folder that only root may enter keeps its data elsewhere',
    async () => {
      const closed = freshFolder()
      mkdirSync(closed)
      chmodSync(closed, 0o700)
      const tessera = start(join(closed, 'data'), '--empty')
      await served(tessera)
      await stop(tessera)
      const { folder } = JSON.parse(
        readFileSync(join(closed, 'data/database/elsewhere.json'), 'utf8'),
      )
      expect(tessera.lines.join('\n')).toContain(`the data live in ${folder}`)
      rmSync(folder, { recursive: true })
    },
  )
})

describe('a stop', () => {
  test('comes to its end with readers, slow senders and a second signal, and nothing is left running', async () => {
    const tessera = start(empty, '--empty')
    const url = await served(tessera)
    const reader = await fetch(`${url}/api/changes`)
    const sender = connect(Number(new URL(url).port), '127.0.0.1')
    sender.on('error', () => undefined)
    sender.write('POST /api/demonstration/clock HTTP/1.1\r\nHost: localhost\r\n')
    sender.write('Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{')
    await wait(100)
    const from = performance.now()
    tessera.child.kill('SIGTERM')
    await tessera.said(/^Stopping$/)
    tessera.child.kill('SIGTERM')
    tessera.child.kill('SIGINT')
    expect(await tessera.ended).toBe(143)
    expect(performance.now() - from).toBeLessThan(10_000)
    const told = tessera.lines.filter((line) => /stopp/i.test(line))
    expect(told, tessera.lines.join('\n')).toEqual([
      'Stopping',
      'PostgreSQL has stopped',
      'Stopped',
    ])
    expect(tessera.lines.at(-1)).toBe('Stopped')
    expect(beginningOf(tessera.databasePid())).toBeUndefined()
    expect(existsSync(join(empty, 'database/in-use.json'))).toBe(false)
    await reader.body?.cancel()
  })

  test('that npm hands on reaches the program, not only the shell between them', async () => {
    const { scripts } = JSON.parse(
      readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'),
    )
    const words = ['--data', empty, '--empty', '--port', '0']
    const shell = startTessera(words, { script: scripts.start })
    await served(shell)
    const { pid } = JSON.parse(readFileSync(join(empty, 'database/in-use.json'), 'utf8'))
    process.kill(pid, 'SIGTERM')
    await shell.ended
    expect(pid, 'the script begins with exec').toBe(shell.child.pid)
  })

  test('by Ctrl-C while it still starts leaves nothing running either', async () => {
    const tessera = start(empty, '--empty')
    await tessera.said(/^PostgreSQL started/)
    tessera.child.kill('SIGINT')
    expect(await tessera.ended).toBe(130)
    expect(await ended(tessera.databasePid(), 0)).toBe(true)
    expect(tessera.lines.at(-1)).toBe('Stopped')
    expect(tessera.lines.join()).not.toContain('fault')
  })
})

test('access ends once, at the agreed instant, when no process ran at that instant', async () => {
  const first = start(hotel)
  const url = await served(first)
  const token = await tokenOf({ url, data: hotel }, 'ana_costa', 'costa')
  const checkOut = Date.parse('2026-05-15T12:00Z')
  const ahead = 1500
  const to = new Date(checkOut - ahead).toISOString()
  await strangerAt(url).door('move_clock', { at: to })
  const moved = performance.now()
  first.child.kill('SIGKILL')
  await first.ended
  await wait(Math.max(ahead + 100 - (performance.now() - moved), 0))

  for (const attempt of ['first', 'second']) {
    const later = start(hotel)
    const ana = personAt(await served(later), token)
    const endings = async () => {
      const { happened, status } = await ana.query('show_agreement', { agreement: stay })
      return { status, ended: happened.filter(({ kind }) => kind === 'ended') }
    }
    const until = performance.now() + 5000
    while ((await endings()).ended.length === 0 && performance.now() < until) await wait(20)
    const { ended: over } = await endings()
    expect(
      over.map(({ about, at }) => [about, at]),
      attempt,
    ).toEqual([['robe_0173', '2026-05-15T12:00:00.000Z']])
    expect(over.every(({ at, recorded_at }) => recorded_at > at)).toBe(true)
    await stop(later)
  }
})

describe('what whoever starts can mend is said in one line', () => {
  test('data that another process uses, and a port that is taken', async () => {
    const first = start(empty, '--empty')
    const url = await served(first)
    const second = start(empty, '--empty')
    expect(await second.ended).toBe(2)
    expect(second.lines).toEqual([
      expect.stringMatching(
        `^data_in_use: .* already, as process ${first.child.pid} since 20.* It was last reached at http`,
      ),
    ])
    const { port } = new URL(url)
    const third = startTessera(['--data', filled, '--port', port])
    expect(await third.ended).toBe(2)
    expect(third.lines.filter((line) => line.includes(`on port ${port}.`))).toEqual([
      expect.stringMatching(/^port_taken: /),
    ])
    expect(beginningOf(third.databasePid())).toBeUndefined()
    const unreadable = startTessera(['--port', 'many'])
    expect(await unreadable.ended).toBe(2)
    await stop(first)
  })

  test('the usual port that is taken is left to whoever has it', async () => {
    const occupant = createServer()
    // Where it does not get the port, somebody else has it: that is as good.
    await new Promise<void>((resolve) => {
      occupant.once('error', () => resolve())
      occupant.listen(4400, '127.0.0.1', () => resolve())
    })
    const tessera = startTessera(['--data', empty, '--empty'])
    expect(new URL(await served(tessera)).port).not.toBe('4400')
    expect(tessera.lines).toContain('Port 4400 is taken')
    await stop(tessera)
    occupant.close()
  })

  test.each([
    [
      'postgresql://tessera:hidden@localhost:1/tessera',
      /^database_unreachable: .* at localhost:1 .*ECONNREFUSED/,
    ],
    ['not a url', /^database_url_unreadable: /],
  ])('the DATABASE_URL “%s”', async (url, words) => {
    const tessera = startTessera(['--data', freshFolder()], { databaseUrl: url })
    expect(await tessera.ended).toBe(2)
    expect(tessera.lines).toEqual([expect.stringMatching(words)])
    expect(tessera.lines.join()).not.toContain('hidden')
  })
})

test('a DATABASE_URL is used as it is: no worlds, no doors of the demonstration', async () => {
  const server = await startTestServer()
  const database = await server.open([])
  const data = freshFolder()
  const tessera = startTessera(['--data', data, '--port', '0'], { databaseUrl: database.url })
  const url = await served(tessera)
  const stranger = strangerAt(url)
  expect(await stranger.query('show_viewer', {})).toMatchObject({ demonstration: false })
  expect((await stranger.query('show_catalogue', {})).items).toEqual([])
  for (const door of ['show_demonstration', 'move_clock', 'step_in'] as const)
    expect(await refusalOf(stranger.door(door, {} as never))).toBe('route_not_found')
  expect(existsSync(join(data, 'database'))).toBe(false)
  expect(tessera.lines.join('\n')).not.toMatch(/PostgreSQL runs|worlds are loaded/)
  tessera.child.kill('SIGTERM')
  expect(await tessera.ended).toBe(143)
  await database.close()
  await server.stop()
})
