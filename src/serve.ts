import { readdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { hearersOn } from './agreement/hearing.store.ts'
import { readDocuments } from './contract/document/document.ts'
import { type Database, openDatabase } from './platform/database/database.ts'
import { fillEmpty } from './platform/database/draft.ts'
import { makeFolder } from './platform/database/folder.ts'
import { reachServer } from './platform/database/reach.ts'
import { DatabaseRefused } from './platform/database/refused.ts'
import { onStopSignal } from './platform/database/stopping.ts'
import { superviseEmbedded } from './platform/database/supervise.ts'
import { readFiles } from './platform/files.ts'
import { createServer } from './platform/http/server.ts'
import { createTokens } from './platform/http/token.ts'
import { readClock } from './platform/journal/clock.ts'
import { createJournal } from './platform/journal/handle.ts'
import { startRelay } from './platform/journal/relay.ts'
import { keepOperator, readOperator } from './platform/operator.ts'
import { commands, endpoints, kinds, migrations } from './slices.ts'
import { readWorld, type SentDocument } from './world/apply.store.ts'
import { loadDemonstration } from './world/demonstration.store.ts'

type Say = (line: string) => void
type Opened = (() => Promise<void>)[]

export type ServeSettings = {
  /** Refused when it is taken; without one the usual port, or a free one. */
  readonly port?: number
  /** Keeps the embedded database, and what the command line needs to find this server. */
  readonly data: string
  /** A server elsewhere, in place of the embedded one. */
  readonly databaseUrl?: string
  /** Folders of worlds that an empty demonstration begins with. */
  readonly worlds: readonly string[]
  /** Without pages there is the API alone. */
  readonly web: boolean
  readonly version: string
  readonly say: Say
}

export type Served = { readonly url: string; readonly stop: () => Promise<void> }

class StartRefused extends Error {
  constructor(
    refusal: 'port_taken' | 'port_closed' | 'world_unreadable' | 'world_must_be_sound',
    words: string,
  ) {
    super(`${refusal}: ${words}`)
  }
}

/** What whoever starts can mend; everything else is a mistake of the program. */
export const isRefused = (error: unknown): error is Error =>
  error instanceof StartRefused || error instanceof DatabaseRefused

/** Database, journal, relay, pages and API in one process. Ends well on Ctrl-C and SIGTERM, also while it starts. */
export async function serve(settings: ServeSettings): Promise<Served> {
  const say = withoutEcho(settings.say)
  const opened: Opened = []
  const halt = new AbortController()
  const starting = open({ ...settings, say }, opened, halt.signal)
  let stopped: Promise<void> | undefined
  const stop = () => {
    stopped ??= closeAll()
    return stopped
  }
  const closeAll = async () => {
    halt.abort()
    // What is half open would otherwise be left running.
    await starting.catch(() => undefined)
    for (const close of opened.splice(0).toReversed())
      await close().catch((error) => say(`While stopping: ${wordsOf(error)}`))
    quiet()
  }
  const quiet = onStopSignal(async () => {
    say('Stopping')
    await stop()
    say('Stopped')
  })
  try {
    return { url: await starting, stop }
  } catch (error) {
    // Then the signal ends the process, and nothing went wrong.
    if (halt.signal.aborted) return new Promise(() => undefined)
    await stop()
    throw error
  }
}

async function open(settings: ServeSettings, opened: Opened, halt: AbortSignal): Promise<string> {
  const { say, data, databaseUrl, version } = settings
  makeFolder(data)
  const url = databaseUrl ?? (await embedded(settings, opened, halt))
  if (databaseUrl !== undefined) await reachServer(databaseUrl)
  halt.throwIfAborted()
  const database = await openDatabase({ url, migrations, say })
  opened.push(() => within(closeMax, database.close(), 'the connections to the database'))
  halt.throwIfAborted()
  const web = settings.web ? await builtPages(say, halt) : undefined
  const { app } = await runOn(database, opened, {
    ...{ version, say, demonstration: databaseUrl === undefined, worlds: [] },
    ...(web !== undefined && { web }),
  })
  halt.throwIfAborted()
  const at = await listen(app, settings)
  await leaveOperatorToken({ database, folder: data, url: at })
  halt.throwIfAborted()
  say(
    web === undefined
      ? `The API is at ${at}/api, described at ${at}/docs. Ctrl-C stops it.`
      : `Open ${at} in a browser. Ctrl-C stops it.`,
  )
  if (await isEmpty(database)) say(`It holds nothing yet. ${firstStep(data)}`)
  return at
}

async function isEmpty({ work }: Database): Promise<boolean> {
  const { rows } = await work.query('select from organisation limit 1')
  return rows.length === 0
}

const root = join(import.meta.dirname, '..')
const examples = join(root, 'examples')

/** As it is typed where one stands. */
function firstStep(data: string): string {
  const here = (path: string) => relative(process.cwd(), path) || '.'
  const own = resolve(data) === join(root, '.tessera') ? '' : ` --data ${here(data)}`
  const [example = ''] = readdirSync(examples)
  return `Bring in documents from another terminal: npx tessera apply ${here(join(examples, example))}${own}`
}

async function embedded(
  { data, worlds, say }: ServeSettings,
  opened: Opened,
  halt: AbortSignal,
): Promise<string> {
  const server = await superviseEmbedded({ folder: join(data, 'database'), say }).catch((error) => {
    throw withAddress(error, data)
  })
  opened.push(server.stop)
  halt.throwIfAborted()
  if (worlds.length > 0)
    await fillEmpty(server.url, (url) => fillWith(soundWorlds(worlds), { url, say }))
  return server.url
}

/** Whoever starts it twice most often wants the page of the first. */
function withAddress(error: unknown, data: string): unknown {
  if (!(error instanceof DatabaseRefused) || error.refusal !== 'data_in_use') return error
  const url = readOperator(data)?.url
  return url === undefined
    ? error
    : new DatabaseRefused(
        'data_in_use',
        `${error.message.slice('data_in_use: '.length)} It was last reached at ${url}.`,
      )
}

/** While nobody is served yet, and no timer fires: their people do what they did, in its order. */
async function fillWith(
  worlds: readonly (readonly SentDocument[])[],
  { url, say }: { url: string; say: Say },
): Promise<void> {
  const database = await openDatabase({ url, migrations, say })
  const { app: pool, work } = database
  try {
    const journal = createJournal({ pool, workPool: work, kinds, commands, say })
    await loadDemonstration({ journal, work, worlds, say })
  } finally {
    await database.close()
  }
}

function soundWorlds(folders: readonly string[]) {
  const refuse = (line: string) => {
    throw new StartRefused('world_unreadable', line)
  }
  const worlds = worldsIn({ worlds: folders, say: refuse })
  for (const world of worlds) {
    const read = readWorld(world)
    if (!('faults' in read)) continue
    const [fault] = read.faults
    const place = `${fault?.file}:${fault?.line} ${fault?.name}`
    throw new StartRefused('world_must_be_sound', `${place}: ${fault?.words}`)
  }
  return worlds
}

export type RunSettings = {
  readonly demonstration: boolean
  readonly worlds: readonly (readonly SentDocument[])[]
  readonly web?: string
  readonly version: string
  readonly say: Say
}

/** Everything above the database. What is to be closed is added to `opened`. */
export async function runOn(
  database: Database,
  opened: Opened,
  { demonstration, worlds, web, version, say }: RunSettings,
) {
  const { app: pool, work } = database
  const journal = createJournal({ pool, workPool: work, kinds, commands, say })
  if (demonstration) await loadDemonstration({ journal, work, worlds, say })
  const relay = await startRelay({ database, journal, say })
  opened.push(() => within(closeMax, relay.stop(), 'the relay'))
  const app = await createServer({
    ...{ database, journal, demonstration, version },
    changes: { changes: relay.changes, hearers: hearersOn(work) },
    endpoints: Object.values(endpoints),
    ...(web !== undefined && { web }),
  })
  opened.push(async () => {
    // Who sends or reads slowly would hold the end back for a minute.
    const cut = setTimeout(() => app.server.closeAllConnections(), patience)
    await within(closeMax, app.close(), 'the HTTP server')
    clearTimeout(cut)
  })
  return { app, relay }
}

/** For requests under way: longer than answers take, and shorter than those who stop a process wait for it. */
const patience = 2000
/** Longer than the longest transaction (`database.ts`). A database that hangs keeps nothing else from its end. */
const closeMax = 12_000

async function within(milliseconds: number, closing: Promise<unknown>, what: string) {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const words = `${what} took longer than ${milliseconds / 1000} s, and was left.`
  const timer = setTimeout(() => reject(new Error(words)), milliseconds)
  try {
    await Promise.race([closing, late])
  } finally {
    clearTimeout(timer)
  }
}

/** A server that is lost is told of by each of its twenty connections. */
function withoutEcho(say: Say): Say {
  const saidAt = new Map<string, number>()
  return (line) => {
    const now = performance.now()
    for (const [earlier, at] of saidAt) if (now - at > echoMilliseconds) saidAt.delete(earlier)
    if (!saidAt.has(line)) say(line)
    saidAt.set(line, now)
  }
}

const echoMilliseconds = 2000

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

const bytesMax = 2_000_000

export function worldsIn({ worlds, say }: Pick<ServeSettings, 'worlds' | 'say'>) {
  return worlds.map((path) => {
    const { files, unreadable } = readFiles(path, bytesMax)
    for (const { file, words } of unreadable) say(`${file}: ${words}`)
    return files.filter(({ text, file }) => readDocuments(text, file).documents.length > 0)
  })
}

async function builtPages(say: Say, halt: AbortSignal): Promise<string> {
  // Building takes longer to load than all the rest, and is rarely needed.
  const { buildWeb, webFolder } = await import('./platform/web/build.ts')
  const { promise: halted, reject } = Promise.withResolvers<never>()
  halt.addEventListener('abort', () => reject(halt.reason))
  // What a build that was left has made half is no build, and is made again.
  await Promise.race([buildWeb({ folder: webFolder, say }), halted])
  return webFolder
}

const usualPort = 4400

type Listening = { listen: (at: { host: string; port: number }) => Promise<string> }

async function listen(app: Listening, { port, say }: ServeSettings): Promise<string> {
  const host = '127.0.0.1'
  try {
    return await app.listen({ host, port: port ?? usualPort })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EACCES')
      throw new StartRefused('port_closed', `This user may not listen on port ${port}.`)
    if (code !== 'EADDRINUSE') throw error
    if (port !== undefined)
      throw new StartRefused(
        'port_taken',
        `Another program listens on port ${port}. Leave --port out, and a free one is taken.`,
      )
    say(`Port ${usualPort} is taken`)
    return app.listen({ host, port: 0 })
  }
}

/** The command line on this machine acts with a token that goes on from one start to the next. */
async function leaveOperatorToken({
  database,
  folder,
  url,
}: {
  readonly database: Database
  readonly folder: string
  readonly url: string
}): Promise<void> {
  const tokens = createTokens(database.work)
  const kept = readOperator(folder)
  const isGood = kept && (await tokens.find(kept.token, Date.now()))?.kind === 'operator'
  const viewer = { person: 'operator', party: 'operator', role: 'operator' }
  const now = await readClock(database.work)
  const token = isGood
    ? kept.token
    : (await tokens.issue({ kind: 'operator', viewer, says: 'the command line here', now })).secret
  keepOperator(folder, { url, token })
}
