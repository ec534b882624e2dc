import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'

/** Built pages behind the policy of the real server, and a stream of changes that a test writes itself. */
export type ServedPages = {
  readonly url: string
  readonly readers: () => number
  readonly tell: (event: 'change' | 'clock', data: object) => void
  readonly close: () => Promise<void>
}

const policy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'"
const types: Readonly<Record<string, string>> = {
  ...{ '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' },
  ...{ '.svg': 'image/svg+xml', '.woff2': 'font/woff2' },
}

export async function servePages(folder: string, page: string): Promise<ServedPages> {
  const readers = new Set<ServerResponse>()
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname
    if (path === '/api/changes') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('retry: 100\n\n')
      readers.add(response)
      response.on('close', () => readers.delete(response))
      return
    }
    const name = extname(path) === '' ? page : path
    const bytes = await readFile(join(folder, name)).catch(() => undefined)
    response.writeHead(bytes ? 200 : 404, {
      'content-type': types[extname(name)] ?? 'application/octet-stream',
      'content-security-policy': policy,
    })
    response.end(bytes)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    readers: () => readers.size,
    tell: (event, data) => {
      for (const reader of readers)
        reader.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    },
    close: async () => {
      for (const reader of readers) reader.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
