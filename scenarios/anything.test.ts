import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/platform/database/database.test-support.ts'
import type { Endpoint } from '../src/platform/http/endpoint.ts'
import { createTokens } from '../src/platform/http/token.ts'
import { endpoints } from '../src/slices.ts'
import {
  type Called,
  callAt,
  candidatesIn,
  entriesIn,
  fieldsOf,
  isDeclared,
  tokenOf,
} from './calls.test-support.ts'
import { type Story, tell } from './story.test-support.ts'

/** Whatever anybody sends anywhere: a refusal that was announced, and nothing is written; never a fault of the program. */

const people = {
  ana: ['ana_costa', 'costa'],
  hugo: ['hugo_costa', 'costa'],
  ben: ['ben_ito', 'ito'],
  desk: ['m_reyes', 'meridian_hotels'],
  owner: ['l_okafor', 'meridian_hotels'],
  elsewhere: ['m_lindqvist', 'northgate'],
} as const
const all = Object.values<Endpoint>(endpoints)
const candidates = candidatesIn('hotel', ['agr_stay_of_ana_costa', 'agr_stay_of_ben_ito', 'agr_x'])

let server: TestServer
let story: Story
const tokens = new Map<string, string>()
beforeAll(async () => {
  server = await startTestServer()
  story = await tell(server, ['hotel'])
  const { work } = story.database
  for (const [name, [person, organisation]] of Object.entries(people))
    tokens.set(name, await tokenOf(work, person, organisation))
  const viewer = { person: 'operator', party: 'operator', role: 'operator' }
  const issued = { kind: 'operator', viewer, says: 'a story', now: Date.now() } as const
  tokens.set('operator', (await createTokens(work).issue(issued)).secret)
})
afterAll(async () => {
  await story.replayed()
  await story.end()
  await server.stop()
})

const strange = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom<unknown>(
    '',
    ' ',
    '\0',
    '\ud800',
    '9'.repeat(5000),
    -0,
    1e300,
    '../..',
    '%00',
    "' or 1=1",
  ),
  fc.constantFrom('+275760-09-13T00:00Z', '9999-12-31T23:59', '2026-02-30', '0000-01-01', '24:00'),
  fc.constantFrom<unknown>([], {}, [[[[[]]]]], { constructor: 1 }, ['a', null]),
)

/** An input near the good one: each field is mostly good, sometimes strange, sometimes not there. */
function nearly(endpoint: Endpoint): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.entries(fieldsOf(endpoint, candidates)).map(([name, values]) => {
    const good = { arbitrary: fc.constantFrom(...values), weight: 6 }
    const gone = { arbitrary: fc.constant(undefined), weight: 1 }
    return [name, fc.oneof(good, { arbitrary: strange, weight: 1 }, gone)] as const
  })
  const extra = fc.option(fc.dictionary(fc.string({ minLength: 1 }), strange, { maxKeys: 1 }), {
    freq: 12,
  })
  return fc
    .tuple(fc.record(Object.fromEntries(fields)), extra)
    .map(([own, more]) => ({ ...own, ...more }))
}

const body = fc.oneof(
  fc.json(),
  fc.string(),
  fc.json().map((text) => text.slice(1)),
)

const sent = fc.constantFrom(...all).chain((endpoint) =>
  fc.record({
    endpoint: fc.constant(endpoint),
    as: fc.constantFrom('nobody', 'operator', ...Object.keys(people)),
    input: nearly(endpoint),
    body: fc.option(body, { freq: 12, nil: undefined }),
    key: fc.option(fc.uuid(), { nil: undefined }),
  }),
)

test('whatever is sent is answered or refused by a name that was announced, and then nothing is written', async () => {
  const { work } = story.database
  await fc.assert(
    fc.asyncProperty(sent, async ({ endpoint, as, input, body: written, key }) => {
      const before = await entriesIn(work)
      const called: Called = { route: endpoint.route, input, token: tokens.get(as), key }
      const received = await callAt(story.base(), {
        ...called,
        ...(written !== undefined && { body: written }),
      })
      expect(received.status).toBeLessThan(500)
      const isAnswer = received.status === 200
      if (!isAnswer) {
        const { title, pointer } = JSON.parse(received.text)
        const sentence = expect.stringMatching(/^(?!Invalid|Too (small|big))[\p{Lu}“].*[.?]$/su)
        expect([title, pointer]).toEqual([sentence, expect.any(String)])
        expect(isDeclared(endpoint, received.name ?? ''), received.name).toBe(true)
      }
      if (!isAnswer || endpoint.is === 'query') expect(await entriesIn(work)).toBe(before)
    }),
    { numRuns: 500 },
  )
})

test('a body that is too large is refused before it is read', async () => {
  const token = tokens.get('ana')
  const route = endpoints.ask_agreement.route
  const input = { agreement: 'agr_stay_of_ana_costa' }
  const large = JSON.stringify({ question: { bill: 'x'.repeat(1_100_000) } })
  const received = await callAt(story.base(), { route, input, token, body: large })
  expect(received).toMatchObject({ status: 413, name: 'body_too_large' })
})
