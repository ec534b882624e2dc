import fastifyCompress from '@fastify/compress'
import fastifyCookie from '@fastify/cookie'
import fastifySwagger from '@fastify/swagger'
import fastifySwaggerUi from '@fastify/swagger-ui'
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import type { Instant } from '../../kernel/time.ts'
import type { Database } from '../database/database.ts'
import type { Journal } from '../journal/handle.ts'
import { addChanges } from './changes.ts'
import type { Endpoint } from './endpoint.ts'
import { openapiOf } from './openapi.ts'
import { addPages, isScreen, showScreen } from './pages.ts'
import { no, refuse, refuseThrown } from './problem.ts'
import { limitRequests, secure } from './security.ts'
import { createTokens } from './token.ts'
import { refuseUnread } from './unread.ts'
import { knowViewers } from './viewer.ts'
import { addWay } from './way.ts'

type ServerSettings = {
  readonly database: Database
  readonly journal: Journal
  readonly endpoints: readonly Endpoint[]
  /** Opens its doors, answers only under this machine's own names, and limits nobody. */
  readonly demonstration: boolean
  readonly version: string
  /** The folder of built pages; without one there is the API alone. */
  readonly web?: string
  readonly changes?: Pick<Parameters<typeof addChanges>[1], 'changes' | 'hearers'>
  readonly machineNow?: () => Instant
}

/** Everything that is served, ready but not listening yet. */
export async function createServer(settings: ServerSettings): Promise<FastifyInstance> {
  const { demonstration, version, web } = settings
  const endpoints = settings.endpoints.filter((one) => demonstration || !isDemonstrations(one))
  const app = fastify({
    // Who sends slowly on purpose holds a connection for so long, and no longer.
    requestTimeout: 60_000,
    // What stands before us on the same machine may say for whom it asks.
    trustProxy: 'loopback',
    routerOptions: { maxParamLength: 500 },
    clientErrorHandler: refuseUnread,
    // Who would look at an address that cannot be read is led to the page that says that there is nothing.
    frameworkErrors: (error, request, reply) =>
      void (web !== undefined && !isBelowApi(request) && isScreen(request)
        ? reply.redirect('/nothing-here')
        : refuseThrown(reply, error, placeOf(request))),
  })
  app.setErrorHandler((error, request, reply) => refuseThrown(reply, error, placeOf(request)))
  // The bytes as they came: what they are is decided where the input is read.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_, body, done) =>
    done(null, body),
  )
  await secure(app, { demonstration })
  await app.register(fastifyCompress, { threshold: 2048, globalDecompression: false })
  await app.register(fastifyCookie)
  const document = openapiOf(endpoints, version)
  await app.register((api) => addApi(api, { ...settings, endpoints, document }), { prefix: '/api' })
  await app.register(fastifySwagger, { mode: 'static', specification: { document } as never })
  await app.register(fastifySwaggerUi, {
    routePrefix: '/docs',
    theme: { title: 'Tessera' },
    // Without the bar in which one could load another document.
    uiConfig: { layout: 'BaseLayout' },
  })
  if (web !== undefined) await addPages(app, web)
  const own = ['GET /openapi.json', ...(settings.changes ? ['GET /changes'] : [])]
  const methodsAt = methodsOf([...endpoints.map(({ route }) => route), ...own])
  app.setNotFoundHandler((request, reply) => {
    const allowed = methodsAt(request)
    if (allowed.length > 0)
      return refuse(reply.header('allow', allowed.join(', ')), no('method_not_allowed'))
    if (web !== undefined && !isBelowApi(request) && isScreen(request)) return showScreen(reply)
    return refuse(reply, no('route_not_found'))
  })
  await app.ready()
  return app
}

const isDemonstrations = (endpoint: Endpoint) =>
  endpoint.is === 'door' && endpoint.to === 'demonstration'

type ApiSettings = ServerSettings & { readonly document: object }

async function addApi(api: FastifyInstance, settings: ApiSettings): Promise<void> {
  const { database, journal, endpoints, demonstration, changes, document } = settings
  const machineNow = settings.machineNow ?? Date.now
  const tokens = createTokens(database.work)
  knowViewers(api, tokens, machineNow)
  await limitRequests(api, { demonstration })
  api.addHook('onRequest', async (_, reply) => void reply.header('cache-control', 'no-store'))
  for (const endpoint of endpoints)
    addWay(api, endpoint, { database, journal, tokens, demonstration, machineNow })
  if (changes) addChanges(api, { ...changes, tokens, trueNow: machineNow })
  const text = JSON.stringify(document)
  api.get('/openapi.json', (_, reply) => reply.type('application/json').send(text))
}

const pathOf = ({ url }: FastifyRequest) => url.replace(/[?#].*$/s, '')

const isBelowApi = (request: FastifyRequest) => /^\/api(\/|$)/.test(pathOf(request))

/** Which methods would have met something at the address of a request that met nothing. */
function methodsOf(routes: readonly string[]) {
  const known = routes.map((route) => {
    const [method = '', path = ''] = route.split(' ')
    return { method, pattern: new RegExp(`^/api${path.replaceAll(/:\w+/g, '[^/]+')}$`) }
  })
  return (request: FastifyRequest) =>
    known.filter(({ pattern }) => pattern.test(pathOf(request))).map(({ method }) => method)
}

/** For the log: never the query string, which may hold what people typed. */
const placeOf = (request: FastifyRequest) => `${request.method} ${pathOf(request)}`
