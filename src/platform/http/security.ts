import fastifyHelmet from '@fastify/helmet'
import fastifyRateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { no, refuse, requestsTooMany } from './problem.ts'
import { bearerOf, tokenOf } from './viewer.ts'

type Settings = { readonly demonstration: boolean }

/** What holds for every answer, of the API and of the pages. */
export async function secure(app: FastifyInstance, { demonstration }: Settings): Promise<void> {
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentPolicy },
    // The demonstration has no TLS. Elsewhere what stands before us has.
    strictTransportSecurity: !demonstration,
  })
  app.addHook('onRequest', async (request, reply) => {
    if (demonstration && !isThisMachine(request)) return refuse(reply, no('host_must_be_own'))
    if (!isOwnOrigin(request)) return refuse(reply, no('origin_must_be_own'))
  })
}

/**
 * Everything comes from here. Mantine and the lock on scrolling behind its windows write `<style>` elements at run time
 * (tried in Chromium: with `'self'` alone eight of them are blocked, and no style attribute is needed); scripts stay strict.
 */
const contentPolicy = {
  'default-src': ["'self'"],
  'script-src': ["'self'"],
  'script-src-attr': ["'none'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  // The bundler puts small pictures and fonts into the style sheet.
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'", 'data:'],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
}

/** Against rebinding of names: a page of another name that resolves to this machine may not read the demonstration. */
const isThisMachine = ({ headers: { host = '' } }: FastifyRequest) =>
  /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i.test(host)

/**
 * A browser adds its cookie to whatever any page makes it send, and says from where it comes. Who sends a bearer's token
 * put it there himself; who says nothing of where he comes from is no browser.
 */
function isOwnOrigin(request: FastifyRequest): boolean {
  const { method, headers } = request
  if (method === 'GET' || method === 'HEAD' || bearerOf(request) !== undefined) return true
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const { origin, host } = headers
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)
}

const minute = 60_000
export const requestsPerMinuteMax = 600
export const signInsPerMinuteMax = 30

/** By token, and by address where there is none. The demonstration is one machine's own, and its tests are quick. */
export async function limitRequests(app: FastifyInstance, settings: Settings): Promise<void> {
  if (settings.demonstration) return
  await app.register(fastifyRateLimit, {
    max: requestsPerMinuteMax,
    timeWindow: minute,
    enableDraftSpec: true,
    keyGenerator: (request) => tokenOf(request)?.id ?? request.ip,
    errorResponseBuilder: () => Object.assign(new Error(), { code: requestsTooMany }),
  })
}
