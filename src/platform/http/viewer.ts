import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Instant } from '../../kernel/time.ts'
import type { Perspective } from '../database/transaction.ts'
import { no, refuse } from './problem.ts'
import type { Token, Tokens } from './token.ts'

export const sessionCookie = 'tessera_session'

const decorator = 'token'

/**
 * Finds out who comes in, for every route of `app`. A program with a token that is no longer valid is told so, at once;
 * a browser whose session ended is a stranger, who may still see what strangers may.
 */
export function knowViewers(app: FastifyInstance, tokens: Tokens, trueNow: () => Instant): void {
  app.decorateRequest(decorator)
  app.addHook('onRequest', async (request, reply) => {
    const bearer = bearerOf(request)
    // A token of ours without “Bearer” before it would be answered as a stranger is.
    if (/^tessera_/.test(request.headers.authorization ?? ''))
      return refuse(reply, no('sign_in_needed'))
    const secret = bearer ?? request.cookies[sessionCookie]
    if (secret === undefined) return
    const token = await tokens.find(secret, trueNow())
    // A browser sends its cookie by itself, so nothing but a session is taken from there.
    const fits = token !== undefined && (token.kind === 'session') === (bearer === undefined)
    if (fits) request.setDecorator(decorator, token)
    else if (bearer !== undefined) return refuse(reply, no('sign_in_needed'))
  })
}

export const tokenOf = (request: FastifyRequest): Token | undefined =>
  request.getDecorator<Token | undefined>(decorator)

/** As whom and for whom; of a stranger all is empty, and row security shows him nothing. */
export function viewerOf(request: FastifyRequest, role: string): Perspective {
  const { person = '', party = '' } = tokenOf(request) ?? {}
  return { person, party, role }
}

export function bearerOf({ headers }: FastifyRequest): string | undefined {
  const { authorization } = headers
  return authorization !== undefined && /^bearer /i.test(authorization)
    ? authorization.slice('bearer '.length).trim()
    : undefined
}
