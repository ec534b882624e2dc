import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { binariesFor, openWay, reaches, type ServerUser, serverUser } from './binaries.ts'
import { claim } from './claim.ts'
import { makeFolder } from './folder.ts'
import { beginningOf, commandOf, ended } from './process.ts'
import { DatabaseRefused } from './refused.ts'

type Say = (line: string) => void

export type EmbeddedSettings = {
  /** Keeps the data between starts. Made when it is missing. */
  readonly folder: string
  /** Without it one that is always the same for the folder. Another free one is taken when it is in use. */
  readonly port?: number
  /** Where data and binaries live when this process is root and the server's user cannot reach `folder`. */
  readonly elsewhere?: string
  readonly say: Say
}

export type EmbeddedServer = {
  /** Of the server's superuser. `openDatabase` makes the three roles with it and then leaves it alone. */
  readonly url: string
  readonly port: number
  readonly pid: number
  /** Resolves when the server has ended, whoever ended it; true when `stop` did. */
  readonly ended: Promise<boolean>
  readonly stop: () => Promise<void>
}

type Place = {
  readonly binaries: string
  /** Entered by the server's user: holds `data`, and the log, secret and first password that this process keeps. */
  readonly folder: string
  readonly data: string
  readonly user: ServerUser | undefined
}

const superuser = 'tessera'
/** The patience for a start that replays a long log, and for a stop that has sessions to end. */
const startMax = 60_000
const stopMax = 20_000

/**
 * Starts PostgreSQL as a child process on loopback. Refuses by name (`DatabaseRefused`): `data_in_use`,
 * `data_out_of_reach`, `data_of_another_version`, `server_does_not_start`, and what the installation lacks.
 */
export async function startEmbedded(settings: EmbeddedSettings): Promise<EmbeddedServer> {
  const { say } = settings
  makeFolder(settings.folder)
  const folder = realpathSync(settings.folder)
  const held = claim(folder)
  try {
    const place = placeFor(folder, settings)
    await stopOrphan(place, say)
    await initialise(place, say)
    const { server, guard, port } = await startOnFreePort(
      place,
      settings.port ?? portOf(folder),
      say,
    )
    const secret = readFileSync(join(place.folder, 'secret'), 'utf8')
    say(`PostgreSQL runs on 127.0.0.1:${port} as process ${server.pid}, data in ${place.data}`)
    return supervised(server, {
      url: `postgresql://${superuser}:${secret}@127.0.0.1:${port}/tessera`,
      port,
      say,
      release: () => {
        guard.kill('SIGKILL')
        held.release()
      },
    })
  } catch (error) {
    held.release()
    throw error
  }
}

/**
 * Below a folder that only root may enter, the server's user reaches nothing. Its data then live elsewhere under a
 * random name, which `folder` remembers: a fresh folder never finds the data of one that was deleted.
 */
function placeFor(
  folder: string,
  { elsewhere = '/var/lib/tessera', say }: EmbeddedSettings,
): Place {
  const user = serverUser()
  const pointer = join(folder, 'elsewhere.json')
  const remembered: string | undefined = existsSync(pointer)
    ? JSON.parse(readFileSync(pointer, 'utf8')).folder
    : undefined
  const binaries = binariesFor(user, elsewhere)
  const placed = (at: string) => ({ binaries, user, folder: at, data: join(at, 'data') })
  if (remembered !== undefined) return placed(remembered)
  if (!user || reaches(user, folder)) return placed(folder)
  if (existsSync(join(folder, 'data')))
    throw new DatabaseRefused(
      'data_out_of_reach',
      `The user ${user.name}, whom PostgreSQL runs as, can no longer enter ${folder}. Open the way for it, or move the data.`,
    )
  const away = join(elsewhere, randomBytes(10).toString('hex'))
  openWay(elsewhere)
  openWay(away)
  // Whole or not at all: without it the next start would not find the data.
  writeFileSync(`${pointer}.draft`, JSON.stringify({ folder: away }))
  renameSync(`${pointer}.draft`, pointer)
  say(`The user ${user.name} cannot enter ${folder}: the data live in ${away}`)
  return placed(away)
}

/** A server whose supervisor was killed is stopped, known by the id in its own lock file and by its own command line. */
async function stopOrphan({ data }: Place, say: Say): Promise<void> {
  const lockFile = join(data, 'postmaster.pid')
  if (!existsSync(lockFile)) return
  const pid = Number(readFileSync(lockFile, 'utf8').split('\n')[0])
  const command = commandOf(pid)
  if (command.includes(`-D ${data} `)) {
    say(`A server without a supervisor is found as process ${pid}, and stopped`)
    await stopProcess(pid)
  } else if (beginningOf(pid) !== undefined && !command.includes('postgres')) {
    // The id was given to another program since; PostgreSQL would take that for a server and refuse to start.
    rmSync(lockFile)
  }
}

/**
 * Into a folder of another name first, so that one half made is never taken for data; each time another, since what
 * makes it lives on for a second when this process is killed.
 */
async function initialise(place: Place, say: Say): Promise<void> {
  if (existsSync(place.data)) return sameVersion(place)
  const from = performance.now()
  const draft = `${place.data}.draft.${randomBytes(4).toString('hex')}`
  const passwordFile = join(place.folder, 'first-password')
  const secret = randomBytes(24).toString('hex')
  for (const left of readdirSync(place.folder).filter((name) => name.startsWith('data.draft')))
    rmSync(join(place.folder, left), { recursive: true, force: true, maxRetries: 20 })
  mkdirSync(draft, { mode: 0o700 })
  writeFileSync(join(place.folder, 'secret'), secret, { mode: 0o600 })
  writeFileSync(passwordFile, secret, { mode: 0o600 })
  if (place.user)
    for (const path of [draft, passwordFile]) chownSync(path, place.user.uid, place.user.gid)
  const child = run(place, 'initdb', [
    ...['--pgdata', draft, '--username', superuser, '--pwfile', passwordFile],
    ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C'],
    ...['--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
  ])
  const code = await exitOf(child)
  rmSync(passwordFile)
  if (code !== 0) throw notStarted(place, 'initdb failed')
  renameSync(draft, place.data)
  say(`A new database was made in ${seconds(from)} s`)
}

function sameVersion({ data, binaries }: Place): void {
  const version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  const catalogue = readFileSync(join(binaries, 'share/postgresql/postgres.bki'), 'utf8')
  if (catalogue.startsWith(`# PostgreSQL ${version}\n`)) return
  throw new DatabaseRefused(
    'data_of_another_version',
    `The data in ${data} were made by PostgreSQL ${version}; this program brings another. Dump them with the old one.`,
  )
}

async function startOnFreePort(place: Place, wanted: number, say: Say) {
  const from = performance.now()
  let port = await freePort(wanted)
  if (port !== wanted) say(`Port ${wanted} is taken`)
  for (;;) {
    const server = start(place, port)
    // From its first moment on: this process may be killed while the server reads a long log.
    const guard = guardOf(server, place)
    if (await ready(place, server)) {
      say(`PostgreSQL started in ${seconds(from)} s`)
      return { server, guard, port }
    }
    guard.kill('SIGKILL')
    const log = logOf(place)
    const late = performance.now() - from > startMax
    // Between the look and the start another program may have taken the port.
    if (/could not bind|Address already in use/.test(log) && !late) port = await freePort(port + 1)
    // The children of a killed server hold its shared memory until they notice.
    else if (/shared memory block .* still in use/.test(log) && !late) await wait(50)
    else throw notStarted(place, 'PostgreSQL ended while it started')
  }
}

function start(place: Place, port: number): ChildProcess {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off',
    // A checkpoint makes the next writes of each page whole pages: fewer of them, fewer bytes (persistence.md, section 12).
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
  }
  const words = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return run(place, 'postgres', ['-D', place.data, ...words])
}

/** Its own process group: Ctrl-C reaches this program alone, which stops its work first and the server last. */
function run(place: Place, program: string, words: string[]): ChildProcess {
  const log = openSync(join(place.folder, 'server.log'), 'w', 0o600)
  const child = spawn(join(place.binaries, 'bin', program), words, {
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
    ...(place.user && { uid: place.user.uid, gid: place.user.gid }),
  })
  closeSync(log)
  return child
}

/**
 * When this process ends without a word (`kill -9`), the pipe it holds is closed, the shell reads its end and stops the
 * server, by id and as the server's own user. It has 1 MB; a guard in TypeScript would have 40.
 */
function guardOf(server: ChildProcess, { user }: Place): ChildProcess {
  const guard = spawn('/bin/sh', ['-c', 'read -r end; kill -INT "$0"', String(server.pid)], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    ...(user && { uid: user.uid, gid: user.gid }),
  })
  // Without a shell there is no guard: the next start still finds the server.
  guard.once('error', () => undefined)
  guard.unref()
  return guard
}

/** PostgreSQL writes the eighth line of its lock file when it takes connections. */
async function ready({ data }: Place, server: ChildProcess): Promise<boolean> {
  let over = false
  exitOf(server).then(() => {
    over = true
  })
  const until = performance.now() + startMax
  while (!over && performance.now() < until) {
    const lines = existsSync(join(data, 'postmaster.pid'))
      ? readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
      : []
    if (lines[0] === String(server.pid) && lines[7]?.trim() === 'ready') return true
    await wait(10)
  }
  if (!over && server.pid !== undefined) await stopProcess(server.pid)
  return false
}

function supervised(
  server: ChildProcess,
  { url, port, say, release }: { url: string; port: number; say: Say; release: () => void },
): EmbeddedServer {
  const pid = server.pid ?? 0
  let stopping: Promise<void> | undefined
  const over = exitOf(server).then(() => {
    release()
    say(stopping ? 'PostgreSQL has stopped' : `PostgreSQL, process ${pid}, has ended unasked`)
    return stopping !== undefined
  })
  const stop = async () => {
    await stopProcess(pid)
    await over
  }
  return {
    url,
    port,
    pid,
    ended: over,
    stop: () => {
      stopping ??= stop()
      return stopping
    },
  }
}

/** Fast shutdown: sessions are ended, everything is written. Only a server that does not obey is killed. */
async function stopProcess(pid: number): Promise<void> {
  signal(pid, 'SIGINT')
  if (await ended(pid, stopMax)) return
  signal(pid, 'SIGQUIT')
  if (await ended(pid, stopMax)) return
  signal(pid, 'SIGKILL')
  await ended(pid, stopMax)
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** The exit code, or undefined where a signal ended it or it never began. */
function exitOf(child: ChildProcess): Promise<number | undefined> {
  if (child.exitCode !== null || child.signalCode !== null)
    return Promise.resolve(child.exitCode ?? undefined)
  return new Promise((resolve) => {
    child.once('error', () => resolve(undefined))
    child.once('exit', (code) => resolve(code ?? undefined))
  })
}

/** Of the folder: another Tessera does not take it in the moment in which the server of this one is being started again. */
const portOf = (folder: string) =>
  14_401 + (createHash('sha256').update(folder).digest().readUInt16BE() % 5000)

/**
 * The wanted one or the next that is free. Not any that the system gives: it gives those to outgoing connections too, and
 * one that looks for a server that is down may get the very port it looks at, connect to itself, and keep it taken.
 */
function freePort(wanted: number, last = Math.min(wanted + portsTried, 65_535)): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const probe = createServer()
  probe.once('error', (error) =>
    wanted < last ? resolve(freePort(wanted + 1, last)) : reject(error),
  )
  probe.listen(wanted, '127.0.0.1', () => {
    probe.close(() => resolve(wanted))
  })
  return promise
}

const portsTried = 200

function notStarted(place: Place, what: string): DatabaseRefused {
  const log = logOf(place).trim().split('\n').slice(-8).join('\n')
  return new DatabaseRefused('server_does_not_start', `${what}. Its log ends with:\n${log}`)
}

function logOf({ folder }: Place): string {
  const file = join(folder, 'server.log')
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

const seconds = (from: number) => Math.round((performance.now() - from) / 10) / 100
