import { randomBytes } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { type Refusal, refuser } from '../../kernel/refusal.ts'

/** A refusal on the wire (RFC 9457). */
type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly name: string
  readonly pointer: string
  readonly detail?: string
}

/** What the platform itself refuses, with its words. */
export const no = refuser({
  route_not_found: 'There is nothing at this address.',
  method_not_allowed:
    'This address does not know that method. The header Allow names those it knows.',
  sign_in_needed:
    'Sign in first, or send a token that is still valid, as “Authorization: Bearer” and the token.',
  role_must_be_operator: 'This needs the token of whoever runs the platform.',
  role_must_allow: 'You are not a party of what this would change.',
  origin_must_be_own: 'A page of another site may not write here.',
  host_must_be_own: 'The demonstration answers only under the names of this machine itself.',
  body_must_be_json: 'The body is not JSON: send an object as application/json, in UTF-8.',
  body_must_be_whole: 'The request broke off before its end, or is none.',
  request_took_too_long: 'The request did not come to its end in time.',
  headers_too_large: 'The headers are too large.',
  body_too_large: 'The body is too large. Send it in parts.',
  input_must_fit_schema: 'The value does not have the form that is declared.',
  input_field_unknown: 'There is no such field.',
  input_field_given_twice: 'The same name stands in the address and in the body. Give it once.',
  input_text_unstorable: 'The text holds a NUL character or half of a character.',
  input_number_inexact: 'The number cannot be kept exactly. Send it as text.',
  input_name_reserved: 'This name is reserved.',
  input_too_deep: 'The body is nested too deeply.',
  input_header_unprintable: 'The header must be of printable characters, and not too long.',
  input_address_unreadable:
    'The address holds a percent sign that encodes no character, or is too long.',
  requests_too_many: 'There were too many requests in the last minute.',
  readers_too_many: 'Too many connections of yours already wait for changes.',
  stored_state_must_hold:
    'What is stored stands against this. Nothing was changed. Look again before you repeat it.',
  answer_took_too_long: 'The answer took too long. Try again shortly.',
  database_unavailable: 'The database does not answer at the moment. Try again shortly.',
  program_fault: 'This is a mistake of the program, not yours.',
})

/** The status follows from how the rule is named, so it cannot be forgotten. */
export function statusOf(name: string): number {
  return statuses.find(([pattern]) => pattern.test(name))?.[1] ?? 409
}

const statuses: readonly (readonly [RegExp, number])[] = [
  [/_not_found$/, 404],
  [/^sign_in_needed$/, 401],
  [/^(role_must_|origin_must_be_own$|host_must_be_own$)/, 403],
  [/^method_not_allowed$/, 405],
  [/^request_took_too_long$/, 408],
  [/^body_too_large$/, 413],
  [/^headers_too_large$/, 431],
  [/^(input|body)_/, 400],
  // A text that cannot be read is a mistake in the request, not in what is stored.
  [/_(unreadable|misshapen)$|^word_(unknown|missing)$/, 400],
  [/^(requests|readers)_too_many$/, 429],
  [/^program_fault$/, 500],
  [/^(database_unavailable|answer_took_too_long)$/, 503],
]

function problemOf({ name, pointer, words }: Refusal, detail?: string): Problem {
  return {
    ...{ type: `/problems/${name}`, title: words, status: statusOf(name), name, pointer },
    ...(detail !== undefined && { detail }),
  }
}

const retryAfterSeconds = 2

export function refuse(reply: FastifyReply, refusal: Refusal, detail?: string): FastifyReply {
  const { status, headers, body } = problemAnswer(refusal, detail)
  return reply.code(status).headers(headers).send(body)
}

/** All of an answer that refuses, as it goes on the wire. */
export function problemAnswer(refusal: Refusal, detail?: string) {
  const problem = problemOf(refusal, detail)
  const { status } = problem
  const headers: Readonly<Record<string, string>> = {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    ...(status === 401 && { 'www-authenticate': 'Bearer' }),
    ...(status === 503 && { 'retry-after': String(retryAfterSeconds) }),
  }
  return { status, headers, body: JSON.stringify(problem) }
}

/** What is thrown on the way: by the server's reading of the request, by the database, or by a mistake of ours. */
export function refuseThrown(reply: FastifyReply, error: unknown, place: string): FastifyReply {
  const code = codeOf(error)
  const found = thrown.find(([pattern]) => pattern.test(code))
  if (found) {
    const [, refusal, isOurs] = found
    if (isOurs) say(place, code, error)
    return refuse(reply, refusal)
  }
  if (connectionLost.test(messageOf(error))) return refuse(reply, no('database_unavailable'))
  const reference = `flt_${randomBytes(6).toString('hex')}`
  say(place, reference, error)
  return refuse(reply, no('program_fault'), `Tell whoever runs the platform: ${reference}.`)
}

/** The code under which the limit of requests is thrown, as its library will have it. */
export const requestsTooMany = 'REQUESTS_TOO_MANY'

/** By the code of Fastify (FST_…), of Node, or of PostgreSQL (five characters, of which two are the class). */
const thrown: readonly (readonly [RegExp, Refusal, 'ours'?])[] = [
  [/^FST_ERR_CTP_BODY_TOO_LARGE$/, no('body_too_large')],
  [/^FST_ERR_CTP_INVALID_MEDIA_TYPE$/, no('body_must_be_json')],
  // Whoever asked went away while it was read: nobody is told, and nothing is wrong.
  [/^(FST_ERR_CTP_|ERR_STREAM_PREMATURE_CLOSE$)/, no('body_must_be_whole')],
  [/^(FST_ERR_BAD_URL|FST_ERR_MAX_PARAM_LENGTH)$/, no('input_address_unreadable')],
  [/^REQUESTS_TOO_MANY$/, no('requests_too_many')],
  // Constraints stand behind the rules: two who were both right a moment ago, of whom the second no longer is.
  [/^23(505|514|P01|503)$/, no('stored_state_must_hold')],
  // Row security stands behind authority. That it had to say no is a mistake of the rule before it.
  [/^42501$/, no('role_must_allow'), 'ours'],
  [/^(57014|25P03|25P04|40001|40P01|55P03)$/, no('answer_took_too_long')],
  [/^(08...|57P0[1-5]|53[34]00)$/, no('database_unavailable')],
  [
    /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND)$/,
    no('database_unavailable'),
  ],
]

/** The driver gives these no code. */
const connectionLost =
  /^(Connection terminated|Client has encountered a connection error|Cannot use a pool after|timeout exceeded when trying to connect|Query read timeout$)/

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** To the operator, never to the one who asked. */
function say(place: string, reference: string, error: unknown): void {
  console.error(`${reference} ${place}: ${error instanceof Error ? error.stack : String(error)}`)
}
