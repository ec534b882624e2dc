import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { bytesMax, readDocuments } from '../src/contract/document/document.ts'
import { startTestServer, type TestServer } from '../src/platform/database/database.test-support.ts'
import { readFiles } from '../src/platform/files.ts'
import type { Endpoint } from '../src/platform/http/endpoint.ts'
import { consumersOf, ownedBy, secretsOf } from '../src/question/secrets.test-support.ts'
import { runOn } from '../src/serve.ts'
import { endpoints } from '../src/slices.ts'
import { buildWorld, type World } from '../src/world/world.ts'
import {
  type Called,
  callAt,
  candidatesIn,
  inputsOf,
  leastOf,
  tokenOf,
} from './calls.test-support.ts'
import { type Story, tell } from './story.test-support.ts'

/** Hidden stays hidden, over the wire: whatever anybody sends, no byte that comes back holds what is not theirs. */

const load = (name: string): World => {
  const { files } = readFiles(join(import.meta.dirname, '..', 'examples', name), bytesMax)
  return buildWorld(files.flatMap(({ file, text }) => readDocuments(text, file).documents)).world
}
const worlds = { hotel: load('hotel'), colocation: load('colocation') }

type WorldName = keyof typeof worlds
type Viewer = {
  /** None is a stranger. */
  readonly person: string
  readonly organisation: string
  readonly world: WorldName
  readonly side?: 'provider' | 'consumer'
}

const everybody: readonly Viewer[] = [
  { person: '', organisation: '', world: 'hotel' },
  ...(['ana_costa', 'hugo_costa'] as const).map((person) => ({
    ...({ person, organisation: 'costa', world: 'hotel', side: 'consumer' } as const),
  })),
  { person: 'ben_ito', organisation: 'ito', world: 'hotel', side: 'consumer' },
  { person: 'l_okafor', organisation: 'meridian_hotels', world: 'hotel', side: 'provider' },
  { person: 'm_reyes', organisation: 'meridian_hotels', world: 'hotel', side: 'provider' },
  ...(['f_adeyemi', 's_keller', 'j_weber'] as const).map((person) => ({
    ...({ person, organisation: 'brightline', world: 'colocation', side: 'consumer' } as const),
  })),
  { person: 'm_lindqvist', organisation: 'northgate', world: 'colocation', side: 'provider' },
]

/** What the sponsors authorise: no provider's concern. */
const budgets: Readonly<Record<string, string>> = { costa: '8765.43', brightline: '76543.21' }

/** For whose use each consumer proposes. */
const named: Readonly<Record<string, Record<string, string[]>>> = {
  costa: { guest: ['per_ana_costa'] },
  brightline: { engineer: ['per_j_weber'] },
}

/** What stands behind the offerings of a world. */
function behind(name: WorldName): string[] {
  const [relationship] = worlds[name].relationships.values()
  return secretsOf(worlds[name], relationship?.words['target-group'] ?? '')
}

const names = ['hotel', 'colocation'] as const satisfies readonly WorldName[]
const allBehind = names.flatMap(behind)
const parties = names.flatMap((name) =>
  consumersOf(worlds[name]).map((id) => ({ id, name, owned: ownedBy(id, worlds[name]) })),
)

/** What an offering shows to its target groups alone: ids and titles of components, and of the terms about them. */
function forGroupsOnly(name: WorldName): string[] {
  const open = [...worlds[name].products.values()].flatMap(({ words }) =>
    words.components
      .filter((one) => one['visible-to'] === 'everybody')
      .map(({ id }) => `${words.id}.${id}`),
  )
  return [...worlds[name].offerings.values()].flatMap(({ words }) => {
    const hidden = (words.components ?? []).filter(({ of = '' }) => !open.includes(of))
    const ids = hidden.map(({ good, access, action }) => good ?? access ?? action ?? '')
    const terms = Object.entries(words.terms ?? {}).filter(([, term]) =>
      ids.some((id) => JSON.stringify(term).includes(`"${id}"`)),
    )
    const known = [...ids, ...terms.map(([id]) => id)].filter((id) => id.includes('_'))
    return [...known, ...hidden.flatMap(({ title }) => title ?? [])]
  })
}

/** The demonstration introduces its people by name; where a provider runs the platform it is closed. */
const introductions = new Set<string>([endpoints.show_demonstration.name, endpoints.step_in.name])

/** What a viewer is to see nothing of. */
function hiddenFrom({ organisation, world, side }: Viewer, endpoint?: string): string[] {
  const known = introductions.has(endpoint ?? '')
  if (side === 'provider') {
    const others = parties.filter(({ name }) => name !== world && !known)
    const elsewhere = names
      .filter((name) => name !== world)
      .flatMap((name) => [...behind(name), ...forGroupsOnly(name)])
    return [...elsewhere, ...others.flatMap(({ owned }) => owned), ...Object.values(budgets)]
  }
  const others = parties.filter(({ id }) => id !== organisation)
  const theirs = known ? [] : others.flatMap(({ owned }) => owned)
  const groups = names.filter((name) => side === undefined || name !== world).flatMap(forGroupsOnly)
  return [...allBehind, ...groups, ...theirs, ...others.flatMap(({ id }) => budgets[id] ?? [])]
}

/** An amount stands between what is no digit; a word may stand anywhere. */
const holds = (text: string, secret: string) =>
  /^[\d.]+$/.test(secret)
    ? new RegExp(`(?<![\\d.])${secret.replaceAll('.', '\\.')}(?!\\d)`).test(text)
    : text.includes(secret)

let server: TestServer
let story: Story
const tokens = new Map<string, string>()
/** The agreement whose budget each consumer authorised. */
const budgeted = new Map<string, string>()
beforeAll(async () => {
  server = await startTestServer()
  story = await tell(server, ['hotel', 'colocation'])
  for (const { person, organisation, side } of everybody)
    if (side) tokens.set(person, await tokenOf(story.database.work, person, organisation))
  await authorise('ana_costa', 'hugo_costa')
  await authorise('f_adeyemi', 's_keller')
})
afterAll(async () => {
  await story.end()
  await server.stop()
})

/** A customer proposes an agreement that runs now, and the sponsor authorises it. */
async function authorise(customer: string, sponsor: string): Promise<void> {
  const viewer = everybody.find(({ person }) => person === customer)
  if (!viewer) throw new Error(`${customer} does not look`)
  const { organisation, world } = viewer
  const [offering] = worlds[world].offerings.keys()
  const [relationship] = worlds[world].relationships.keys()
  const period = { from: '2026-05-14T10:00', until: '2026-07-01T10:00' }
  const proposal = {
    offering: `off_${offering}`,
    version: 3,
    relationship: `rel_${relationship}`,
    users: named[organisation] ?? {},
    ...period,
  }
  const asks = await story.as(customer, organisation)
  const { id } = await asks.command('propose_agreement', proposal)
  const pays = await story.as(sponsor, organisation)
  await pays.command('authorise_budget', { agreement: id, amount: budgets[organisation] ?? '' })
  budgeted.set(organisation, id)
}

const call = (called: Omit<Called, 'token'>, { person }: Viewer) =>
  callAt(story.base(), { ...called, token: tokens.get(person), key: crypto.randomUUID() })

/** An agreement of which nobody of the world is a party. */
const elsewhere: Record<WorldName, string> = {
  hotel: 'agr_rack_of_brightline',
  colocation: 'agr_stay_of_ana_costa',
}

function candidatesOf({ organisation, world }: Viewer) {
  const all = [...worlds[world].agreements.keys()].map((id) => `agr_${id}`)
  const own = organisation === 'ito' ? all.toReversed() : all
  const hidden = { hotel: 'linen_laundry', colocation: 'feed_contract' }
  return candidatesIn(world, [...own, elsewhere[world]], hidden[world])
}

type Met = { readonly said: string; readonly asked: string; readonly answer: string }

/** Everything that comes back to a viewer who tries everything at an endpoint. */
async function metAt(endpoint: Endpoint, viewer: Viewer): Promise<Met[]> {
  const met: Met[] = []
  for (const input of inputsOf(endpoint, candidatesOf(viewer))) {
    const asked = JSON.stringify(input)
    const { status, headers, text } = await call({ route: endpoint.route, input }, viewer)
    met.push({ said: `${endpoint.name} of ${asked}: ${status}`, asked, answer: headers + text })
  }
  return met
}

/** What stands in an answer although nobody wrote it into the question. */
function leaksIn(met: readonly Met[], secrets: readonly string[]): string[] {
  const all = met.map(({ answer }) => answer).join('\n')
  return secrets
    .filter((secret) => holds(all, secret))
    .flatMap((secret) =>
      met
        .filter(({ asked, answer }) => holds(answer, secret) && !asked.includes(secret))
        .map(({ said }) => `${secret} in ${said}`),
    )
}

describe.for(everybody)('“$person”', (viewer) => {
  test('finds in no answer and no refusal of any endpoint what is not theirs', async () => {
    const found = Object.values<Endpoint>(endpoints).map(async (endpoint) =>
      leaksIn(await metAt(endpoint, viewer), hiddenFrom(viewer, endpoint.name)),
    )
    expect((await Promise.all(found)).flat()).toEqual([])
  })

  test('finds none of it at addresses that are no endpoint', async () => {
    const routes = [
      'GET /openapi.json',
      'GET /nothing',
      'PUT /agreements',
      'GET /%ff',
      'GET /home/x',
    ]
    const met = await Promise.all(
      routes.map(async (route) => {
        const { status, headers, text } = await call({ route }, viewer)
        return { said: `${route}: ${status}`, asked: '', answer: headers + text }
      }),
    )
    expect(leaksIn(met, hiddenFrom(viewer))).toEqual([])
  })
})

describe('what is searched for so', () => {
  test('is there for those whose it is', async () => {
    const secrets = behind('hotel')
    const portfolio = await call({ route: 'GET /portfolio' }, as('l_okafor'))
    expect(secrets.filter((one) => holds(portfolio.text, one)).length).toBeGreaterThan(8)
    expect(forGroupsOnly('hotel')).toEqual(
      expect.arrayContaining(['front_desk', 'front-desk support', 'bill_ready']),
    )
    const ana = await call({ route: 'GET /agreements/agr_stay_of_ana_costa' }, as('ana_costa'))
    expect(forGroupsOnly('hotel').filter((one) => !holds(ana.text, one))).toEqual([])
    const hers = hiddenFrom(as('ben_ito')).filter((one) => holds(ana.text, one))
    expect(hers).toEqual(
      expect.arrayContaining(['Ana Costa', 'agr_stay_of_ana_costa', 'robe_0173']),
    )
    const input = { agreement: budgeted.get('costa') }
    const hugo = await call({ route: 'GET /agreements/:agreement', input }, as('hugo_costa'))
    const desk = await call({ route: 'GET /agreements/:agreement', input }, as('m_reyes'))
    expect([hugo, desk].map(({ text }) => holds(text, '8765.43'))).toEqual([true, false])
  })
})

const as = (person: string): Viewer => {
  const found = everybody.find((one) => one.person === person)
  if (!found) throw new Error(`${person} does not look`)
  return found
}

describe('guessing tells nothing', () => {
  /** What came back, without the name that was asked for and the time at which it was. */
  const told = async (called: Omit<Called, 'token'>, viewer: Viewer, name: string) => {
    const { status, text } = await call(called, viewer)
    const plain = text.replaceAll(name, '…').replaceAll(/\d\d:\d\d:\d\d\.\d{3}Z/g, '…')
    return { status, text: plain.replace(/ Did you mean.*?\?/, '') }
  }
  /** Every endpoint that has a field, asked with a name of somebody else's and with a name of nobody. */
  const compared = (field: string, names: readonly [string, string], viewer: Viewer) =>
    Object.values<Endpoint>(endpoints)
      .filter(({ is, input }) => is !== 'door' && field in input.shape)
      .map(async ({ name, route, ...endpoint }) => {
        const least = leastOf({ name, route, ...endpoint } as Endpoint, candidatesOf(viewer))
        const [one, other] = await Promise.all(
          names.map((asked) => told({ route, input: { ...least, [field]: asked } }, viewer, asked)),
        )
        return { name, one, other }
      })

  test.for<[field: string, theirs: string, nobodys: string]>([
    ['agreement', 'agr_stay_of_ana_costa', 'agr_stay_of_jane_roe'],
    ['relationship', 'rel_costa_with_meridian', 'rel_roe_with_meridian'],
    ['component', 'linen_laundry', 'nothing_of_that_name'],
    ['offering', 'off_linen_laundry', 'off_nothing'],
    ['search', 'Brightwash', 'Nobodywash'],
    ['group', 'grp_linen_laundry', 'grp_nothing'],
    ['about', 'robe_0173', 'robe_9999'],
  ])('of %s: %s is answered as %s is', async ([field, theirs, nobodys]) => {
    const all = await Promise.all(compared(field, [theirs, nobodys], as('ben_ito')))
    expect(all.length).toBeGreaterThan(0)
    for (const { name, one, other } of all) expect({ name, ...one }).toEqual({ name, ...other })
  })

  test('the desk of another provider’s house learns nothing of a thing by its id', async () => {
    const { text } = await call({ route: 'GET /agreements/agr_stay_of_ana_costa' }, as('ana_costa'))
    const robe = JSON.parse(text).components.find(({ id }: { id: string }) => id === 'robe')
    const names = [robe.items[0].id, 'itm_of_nobody'] as const
    const all = await Promise.all(compared('item', names, as('m_lindqvist')))
    const bens = await Promise.all(compared('item', names, as('ben_ito')))
    for (const { name, one, other } of [...all, ...bens])
      expect({ name, ...one }).toEqual({ name, ...other })
  })
})

/** Server-sent events as they come, until the signal. */
async function listen({ person }: Viewer, signal: AbortSignal): Promise<() => string> {
  const token = tokens.get(person)
  const headers = { ...(token !== undefined && { authorization: `Bearer ${token}` }) }
  const { body } = await fetch(`${story.base()}/changes`, { headers, signal })
  let heard = ''
  const hear = async () => {
    for await (const bytes of body ?? []) heard += new TextDecoder().decode(bytes)
  }
  hear().catch(() => undefined)
  return () => heard
}

test('who listens for changes hears of their own alone', async () => {
  const stopping = new AbortController()
  const people = ['ana_costa', 'ben_ito', ''].map(as)
  const heard = await Promise.all(people.map((one) => listen(one, stopping.signal)))
  const proposal = {
    offering: 'off_city_stay',
    version: 3,
    from: '2026-05-14T10:00',
    until: '2026-05-20T10:00',
  }
  const wishes = [
    { relationship: 'rel_costa_with_meridian', users: { guest: ['per_ana_costa'] } },
    { relationship: 'rel_ito_with_meridian', users: { guest: ['per_ben_ito'] } },
  ]
  for (const [place, wish] of wishes.entries()) {
    const viewer = people[place] ?? as('')
    const input = { ...proposal, ...wish }
    const { text } = await call({ route: 'POST /agreements', input }, viewer)
    await vi.waitFor(() => expect(heard[place]?.() ?? '').toContain(JSON.parse(text).id))
  }
  const [ana = '', ben = '', stranger = ''] = heard.map((so) => so())
  stopping.abort()
  const ids = (text: string) => [...text.matchAll(/agr_\w+/g)].map(String)
  expect(ids(ana).filter((id) => ids(ben).includes(id))).toEqual([])
  expect(ids(stranger)).toEqual([])
})

/** As a provider runs it: nobody steps into anybody, and nobody is introduced. */
test('where it is no demonstration a stranger sees the catalogue and nothing else', async () => {
  const opened: (() => Promise<void>)[] = []
  const settings = { demonstration: false, worlds: [], version: 'test', say: () => undefined }
  const { app } = await runOn(story.database, opened, settings)
  const statuses = await Promise.all(
    Object.values<Endpoint>(endpoints).map(async (endpoint) => {
      const [method, path = ''] = endpoint.route.split(' ')
      const url = `/api${path.replace(':offering', 'off_city_stay').replaceAll(/:\w+/g, 'x')}`
      const { statusCode } = await app.inject({ method: method as 'GET', url })
      return [endpoint.name, statusCode]
    }),
  )
  for (const close of opened.toReversed()) await close()
  const seen = statuses.filter(([, status]) => status !== 401 && status !== 404)
  expect(Object.fromEntries(seen)).toEqual({
    ...{ show_viewer: 200, show_catalogue: 200, show_offering: 200, sign_out: 200 },
  })
})
