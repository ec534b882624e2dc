import { afterAll, beforeAll, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/platform/database/database.test-support.ts'
import { createTokens } from '../src/platform/http/token.ts'
import { endpoints } from '../src/slices.ts'
import { callAt, fieldsOf, inputsOf, isDeclared } from './calls.test-support.ts'
import { type Story, tell } from './story.test-support.ts'

let server: TestServer
let story: Story
beforeAll(async () => {
  server = await startTestServer()
  story = await tell(server, ['hotel', 'colocation'])
})
afterAll(async () => {
  await story.end()
  await server.stop()
})
test('probe', async () => {
  const issue = async (person: string, party: string, kind = 'bearer') =>
    (
      await createTokens(story.database.work).issue({
        kind: kind as 'bearer',
        viewer: { person, party, role: '' },
        says: 'x',
        now: Date.now(),
      })
    ).secret
  const ana = await issue('per_ana_costa', 'org_costa')
  const desk = await issue('per_m_reyes', 'org_meridian_hotels')
  const owner = await issue('per_l_okafor', 'org_meridian_hotels')
  const op = await issue('operator', 'operator', 'operator')
  const t0 = Date.now()
  const tokens = { ana, desk, owner, op, none: undefined }
  const c = {
    agreement: ['agr_stay_of_ana_costa', 'agr_stay_of_ben_ito', ''],
    component: ['robe', 'welcome_kit', 'front_desk', 'x'],
    kind: ['checked_out', 'kept'],
    offering: ['off_city_stay'],
    relationship: ['rel_costa_with_meridian'],
    from: ['2026-06-01T15:00', '2026-05-12'],
    until: ['2026-06-03T12:00'],
    item: ['itm_x', '', 'agr_stay_of_ana_costa'],
    question: [
      { bill: '2026-05' },
      { bill: '0001 to 9999' },
      { bill: '0001-01-01 to 9999-12-31' },
      { value: 'room_price', in: '0001-01-01 to 9999-12-31' },
      { may: 'room', user: 'guest', at: '9999-01-01' },
    ],
    period: ['2026-05', '9999', '0001-01-01 to 9999-12-31', '-1'],
    amount: ['1.00'],
    order: ['fan', 'bill_1'],
    order_: [],
    to: ['x', '2020-01-01'],
    text: ['kind: offering', '{', 'kind: offering\nid: city_stay\nprovider: meridian_hotels'],
    at: [
      '2026-05-14T10:00',
      '9999-01-01',
      '-271821-04-20T00:00Z',
      '+275760-09-13T00:00Z',
      'soon',
      '2026-02-30',
    ],
    known_by: ['2026-05-13', '0001-01-01'],
    cursor: ['x', ''],
    limit: [0, 1, 1e9],
    person: ['per_ana_costa'],
    organisation: ['org_costa'],
    documents: [[], [{ file: 'a', text: 'kind: world' }]],
    token: ['x'],
    users: [{ guest: ['per_ana_costa'] }, { a: ['b'] }, { guest: [] }],
    agreed: [{ room_rate: 'x' }, { room_rate: '1e400' }, { nope: '1' }],
    deviations: [
      [{}],
      [{ clause: 'room_price', path: 'charge.every', to: 'week' }],
      [{ clause: 'robe_price', remove: 'yes' }],
      [{ clause: 'x', path: '__proto__', to: '1' }],
    ],
    values: [{}, { x: 'y' }],
    about: ['robe_0173', 'zzz'],
  }
  let n = 0
  for (const [who, token] of Object.entries(tokens))
    for (const e of Object.values(endpoints)) {
      for (const input of inputsOf(e, c)) {
        for (const key of [undefined, 'k' + n]) {
          if (key !== undefined && e.is !== 'command') continue
          n += 1
          const s = Date.now()
          const r = await callAt(story.base(), { route: e.route, input, token, key })
          const took = Date.now() - s
          if (
            r.status >= 500 ||
            took > 300 ||
            (r.status >= 400 && (r.name === undefined || !isDeclared(e, r.name)))
          )
            console.log(
              who,
              e.name,
              JSON.stringify(input),
              key,
              r.status,
              r.text.slice(0, 200),
              took,
            )
        }
      }
    }
  console.log(n, Date.now() - t0)
}, 300000)
