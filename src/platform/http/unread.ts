import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Refusal } from '../../kernel/refusal.ts'
import { no, problemAnswer } from './problem.ts'

/** As Node throws it while it reads a request; the packet is there where it could not be parsed. */
type Unread = Error & {
  readonly code?: string
  readonly bytesParsed?: number
  readonly rawPacket?: unknown
}

/** Answers what is no request: no route, no hook and no reply was made for it, so it is written as it goes on the wire. */
export function refuseUnread(error: Unread, socket: Socket): void {
  if (error.code !== 'ECONNRESET' && socket.writable) socket.write(answerTo(error))
  socket.destroy()
}

function answerTo(error: Unread): string {
  const { status, headers, body } = problemAnswer(...refusalOf(error))
  const told = { ...headers, connection: 'close', 'content-length': Buffer.byteLength(body) }
  const lines = Object.entries(told).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`
}

function refusalOf(error: Unread): [refusal: Refusal, detail?: string] {
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return [no('request_took_too_long')]
  if (error.code === 'HPE_HEADER_OVERFLOW') return [no('headers_too_large')]
  if (brokeInAuthorization(error))
    return [
      no('sign_in_needed'),
      'The header Authorization is one line: “Bearer”, a space and the token.',
    ]
  return [no('body_must_be_whole')]
}

/** Where a token came with the line that follows it, as a program prints both, the header breaks off in it or after it. */
function brokeInAuthorization({ rawPacket, bytesParsed }: Unread): boolean {
  if (!Buffer.isBuffer(rawPacket)) return false
  const read = rawPacket.toString('latin1', 0, bytesParsed)
  return /\nauthorization:[^\r\n]*(\r\n[^:\r\n]*)?$/i.test(read)
}
