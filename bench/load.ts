import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export type Load = {
  readonly port: number
  readonly connections: number
  /** The bytes of the next request; undefined when there is none any more. */
  readonly next: () => Buffer | undefined
}

/**
 * Sends requests over connections that stay open, each one after the answer to the one before; returns how many were
 * answered with 200. Written on bare sockets: a client that costs more than the server would measure itself.
 */
export async function load({ port, connections, next }: Load): Promise<number> {
  const counts = await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect(port, '127.0.0.1')
      socket.setNoDelay(true)
      await once(socket, 'connect')
      try {
        return await talk(socket, next)
      } finally {
        socket.destroy()
      }
    }),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}

function talk(socket: Socket, next: Load['next']): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  let answered = 0
  let waiting: Expected | undefined
  const send = () => {
    const request = next()
    waiting = undefined
    if (request) socket.write(request)
    else resolve(answered)
  }
  socket.on('error', reject)
  socket.on('close', () => reject(new Error('the server closed the connection')))
  socket.on('data', (bytes: Buffer) => {
    waiting = waiting ? { ...waiting, left: waiting.left - bytes.length } : expected(bytes)
    if (waiting.left > 0) return
    if (waiting.status !== '200') return reject(new Error(`answered: ${bytes.toString()}`))
    answered += 1
    send()
  })
  send()
  return promise
}

type Expected = { readonly status: string; readonly left: number }

/** The head of an answer comes in one piece: it is written at once, and small. */
function expected(bytes: Buffer): Expected {
  const end = bytes.indexOf('\r\n\r\n')
  const head = bytes.toString('latin1', 0, end)
  const length = /content-length: (\d+)/i.exec(head)?.[1]
  if (end < 0 || length === undefined) throw new Error(`no length is said in ${head}`)
  return { status: head.slice(9, 12), left: end + 4 + Number(length) - bytes.length }
}

export type Asked = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly token?: string
  readonly key?: string
  readonly body?: object
}

export function requestOf({ method, path, token, key, body }: Asked): Buffer {
  const text = body === undefined ? '' : JSON.stringify(body)
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    'accept: application/json',
    ...(token === undefined ? [] : [`authorization: Bearer ${token}`]),
    ...(key === undefined ? [] : [`idempotency-key: ${key}`]),
    ...(body === undefined
      ? []
      : ['content-type: application/json', `content-length: ${Buffer.byteLength(text)}`]),
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${text}`)
}
