import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { readDocuments } from './contract/document.ts'
import { type Database, openDatabase } from './platform/database/database.ts'
import { type EmbeddedServer, startEmbedded } from './platform/database/embedded.ts'
import { onStopSignal } from './platform/database/stopping.ts'
import { readFiles } from './platform/files.ts'
import { createServer } from './platform/http/server.ts'
import { createTokens } from './platform/http/token.ts'
import { readClock } from './platform/journal/clock.ts'
import { createJournal } from './platform/journal/handle.ts'
import { startRelay } from './platform/journal/relay.ts'
import { keepOperator, readOperator } from './platform/operator.ts'
import { commands, endpoints, kinds, migrations } from './slices.ts'
import type { SentDocument } from './world/apply.store.ts'
import { loadDemonstration } from './world/demonstration.store.ts'

export type ServeSettings = {
  readonly port: number
  /** Keeps the embedded database, and what the command line needs to find this server. */
  readonly data: string
  /** A server elsewhere, in place of the embedded one. */
  readonly databaseUrl?: string
  /** Folders of worlds that an empty demonstration begins with. */
  readonly worlds: readonly string[]
  readonly web: boolean
  readonly version: string
  readonly say: (line: string) => void
}

export type Served = { readonly url: string; readonly stop: () => Promise<void> }

/** Database, journal, relay, pages and API in one process. Ends well on Ctrl-C and SIGTERM. */
export async function serve(settings: ServeSettings): Promise<Served> {
  const { say } = settings
  const opened: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const close of opened.splice(0).toReversed()) await close()
  }
  const quiet = onStopSignal(async () => {
    say('Stopping')
    await stop()
    say('Stopped')
  })
  opened.push(async () => quiet())
  try {
    return { ...(await open(settings, opened)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function open(settings: ServeSettings, opened: (() => Promise<void>)[]) {
  const { say, data, databaseUrl, version } = settings
  mkdirSync(data, { recursive: true })
  const url = databaseUrl ?? (await embedded(settings, opened))
  const database = await openDatabase({ url, migrations, say })
  opened.push(database.close)
  const web = settings.web ? await builtPages(say) : undefined
  const { app } = await runOn(database, opened, {
    ...{ version, say, demonstration: databaseUrl === undefined },
    worlds: worldsIn(settings),
    ...(web !== undefined && { web }),
  })
  const at = await listen(app, settings.port)
  await leaveOperatorToken({ database, folder: data, url: at })
  say(`Open ${at}`)
  return { url: at }
}

export type RunSettings = {
  readonly demonstration: boolean
  readonly worlds: readonly (readonly SentDocument[])[]
  readonly web?: string
  readonly version: string
  readonly say: (line: string) => void
}

/** Everything above the database. What is to be closed is added to `opened`. */
export async function runOn(
  database: Database,
  opened: (() => Promise<void>)[],
  { demonstration, worlds, web, version, say }: RunSettings,
) {
  const journal = createJournal({ pool: database.app, workPool: database.work, kinds, commands })
  // While nobody is served yet, and no timer fires: their people do what they did, in its order.
  if (demonstration) await loadDemonstration({ journal, work: database.work, worlds, say })
  const relay = await startRelay({ database, journal })
  opened.push(relay.stop)
  const app = await createServer({
    ...{ database, journal, demonstration, version, changes: relay.changes },
    endpoints: Object.values(endpoints),
    ...(web !== undefined && { web }),
  })
  opened.push(() => app.close())
  return { app, relay }
}

/** Started again when it is killed: connections fail until it is back, and nothing acknowledged is lost. */
async function embedded(
  { data, say }: ServeSettings,
  opened: (() => Promise<void>)[],
): Promise<string> {
  const folder = join(data, 'database')
  let isStopping = false
  let server = await startEmbedded({ folder, say })
  const watch = async (watched: EmbeddedServer): Promise<void> => {
    if ((await watched.ended) || isStopping) return
    say('Starting the server again')
    server = await startEmbedded({ folder, say, port: watched.port })
    void watch(server)
  }
  void watch(server)
  opened.push(() => {
    isStopping = true
    return server.stop()
  })
  return server.url
}

const bytesMax = 2_000_000

export function worldsIn({ worlds, say }: Pick<ServeSettings, 'worlds' | 'say'>) {
  return worlds.map((path) => {
    const { files, unreadable } = readFiles(path, bytesMax)
    for (const { file, words } of unreadable) say(`${file}: ${words}`)
    return files.filter(({ text, file }) => readDocuments(text, file).documents.length > 0)
  })
}

async function builtPages(say: (line: string) => void): Promise<string> {
  // Building takes longer to load than all the rest, and is rarely needed.
  const { buildWeb, webFolder } = await import('./platform/web/build.ts')
  await buildWeb({ folder: webFolder, say })
  return webFolder
}

type Listening = { listen: (at: { host: string; port: number }) => Promise<string> }

async function listen(app: Listening, port: number): Promise<string> {
  try {
    return await app.listen({ host: '127.0.0.1', port })
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    if (!taken || port === 0) throw error
    return app.listen({ host: '127.0.0.1', port: 0 })
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
