import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openDatabase } from '../src/platform/database/database.ts'
import { runOn } from '../src/serve.ts'
import { migrations } from '../src/slices.ts'
import { childSettings, report } from './child.ts'

/** Serves the platform on a database, or the given bytes from bare `node:http`. */
export type Serving = { readonly url: string } | { readonly body: string }
export type Served = { readonly port: number }

const settings = childSettings<Serving>()
if ('url' in settings) await servePlatform(settings.url)
else await serveBytes(settings.body)

async function servePlatform(url: string): Promise<void> {
  const opened: (() => Promise<void>)[] = []
  const say = () => undefined
  const database = await openDatabase({ url, migrations, say })
  opened.push(database.close)
  // As a demonstration: it limits nobody, and one sender here asks more than a person may.
  const run = { demonstration: true, worlds: [], version: 'bench', say }
  const { app } = await runOn(database, opened, run)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const stop = async () => {
    for (const close of opened.toReversed()) await close()
  }
  report(app.server.address() as AddressInfo, { stop })
}

/** Reads what it is sent and answers, no more. */
async function serveBytes(body: string): Promise<void> {
  const bytes = Buffer.from(body)
  const head = { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length }
  const server = createServer((request, reply) => {
    request.resume()
    request.on('end', () => reply.writeHead(200, head).end(bytes))
  })
  const stop = async () => {
    server.close()
    server.closeAllConnections()
  }
  server.listen(0, '127.0.0.1', () => report(server.address() as AddressInfo, { stop }))
}
