import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Client, clientRoutes, createClient } from '../src/platform/http/client.ts'
import { readOperator } from '../src/platform/operator.ts'
import { type Endpoints, endpoints } from '../src/slices.ts'

/** Tessera as a process of its own, as `npm start` starts it, but without the pages. */
export type Started = {
  readonly child: ChildProcess
  /** What it said so far, on both of its ways. */
  readonly lines: string[]
  /** The first line that matches, once it is said; nothing, where the process ended without it. */
  readonly said: (pattern: RegExp) => Promise<string | undefined>
  /** Where it serves; nothing, where it ended instead. */
  readonly url: () => Promise<string | undefined>
  /** Of the PostgreSQL that it started last. */
  readonly databasePid: () => number
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>
}

const root = join(import.meta.dirname, '..')
const program = join(root, 'bin/tessera.js')

type Start = {
  readonly databaseUrl?: string
  /** A script of `package.json`, run in a shell as npm does; signals reach that shell. */
  readonly script?: string
}

export function startTessera(words: readonly string[], start: Start = {}): Started {
  const { databaseUrl, script } = start
  const { DATABASE_URL: _, ...inherited } = process.env
  const [command, ...given] =
    script === undefined
      ? [process.execPath, program, 'start', '--api-only', ...words]
      : ['/bin/sh', '-c', `${script} --api-only ${words.map((one) => `'${one}'`).join(' ')}`]
  const child = spawn(command, given, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...inherited, ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }) },
  })
  const lines: string[] = []
  const watchers = new Set<() => void>()
  const look = () => {
    for (const watcher of watchers) watcher()
  }
  for (const input of [child.stdout, child.stderr])
    createInterface({ input }).on('line', (line) => {
      lines.push(line)
      look()
    })
  let isOver = false
  const ended = once(child, 'close').then(([code, signal]) => {
    isOver = true
    look()
    return (code ?? signal) as number | NodeJS.Signals
  })
  const said = (pattern: RegExp) =>
    new Promise<string | undefined>((resolve) => {
      const watcher = () => {
        const line = lines.find((one) => pattern.test(one))
        if (line === undefined && !isOver) return
        watchers.delete(watcher)
        resolve(line)
      }
      watchers.add(watcher)
      watcher()
    })
  return {
    ...{ child, lines, said, ended },
    url: async () => (await said(/^The API is at/))?.match(/http:\S+(?=\/api,)/)?.[0],
    databasePid: () => {
      const line = lines.findLast((one) => one.startsWith('PostgreSQL runs on'))
      return Number(line?.match(/as process (\d+)/)?.[1])
    },
  }
}

/**
 * A free one below those that the system gives to outgoing connections: a client that looks for a server that is down
 * would else connect to itself some day, and keep the port taken.
 */
export function quietPort(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>()
  const port = randomInt(10_000, 30_000)
  const probe = createServer()
  probe.once('error', () => resolve(quietPort()))
  probe.listen(port, '127.0.0.1', () => {
    probe.close(() => resolve(port))
  })
  return promise
}

const routes = clientRoutes(Object.values(endpoints))

export const strangerAt = (url: string): Client<Endpoints> =>
  createClient<Endpoints>({ base: `${url}/api`, routes })

function operatorAt(url: string, data: string): Client<Endpoints> {
  const token = readOperator(data)?.token ?? ''
  return createClient<Endpoints>({ base: `${url}/api`, routes, token })
}

/** A person's token, issued by the operator; it goes on counting from one start to the next. */
export async function tokenOf(
  { url, data }: { readonly url: string; readonly data: string },
  person: string,
  organisation: string,
): Promise<string> {
  const wanted = { person: `per_${person}`, organisation: `org_${organisation}`, says: 'a story' }
  return (await operatorAt(url, data).door('issue_token', wanted)).secret
}

export const personAt = (url: string, token: string): Client<Endpoints> =>
  createClient<Endpoints>({ base: `${url}/api`, routes, token })
