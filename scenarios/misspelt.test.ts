import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/platform/database/database.test-support.ts'
import { type Story, tell } from './story.test-support.ts'

/** What a program sends that means something else, and what it is told then. */

let server: TestServer
let story: Story
const agreement = 'agr_stay_of_ana_costa'

beforeAll(async () => {
  server = await startTestServer()
  story = await tell(server, ['hotel'])
})
afterAll(async () => {
  await story.end()
  await server.stop()
})

test.for([
  ['per_m_reye', 'org_meridian_hotels', '/person', 'Did you mean “per_m_reyes”?'],
  ['m_reyes', 'org_meridian_hotels', '/person', 'Did you mean “per_m_reyes”?'],
  ['per_m_reyes', 'org_meridian_hotel', '/organisation', 'Did you mean “org_meridian_hotels”?'],
  ['per_m_reyes', 'meridian_hotels', '/organisation', 'Did you mean “org_meridian_hotels”?'],
  ['per_nobody_at_all', 'org_meridian_hotels', '/person', 'for org_meridian_hotels.'],
] as const)('a token for %s of %s says who may be meant', async (row) => {
  const [person, organisation, pointer, words] = row
  const operator = await story.operator()
  const issued = operator.door('issue_token', { person, organisation, says: 'a tablet' })
  await expect(issued).rejects.toMatchObject({ pointer, words: expect.stringContaining(words) })
})

test('a kind of fact that nobody declared is told with the nearest, recorded or supposed', async () => {
  const desk = await story.as('m_reyes', 'meridian_hotels')
  const told = { name: 'fact_undeclared', pointer: '/kind' }
  const words = expect.stringContaining('Did you mean “checked_out”?')
  const kind = 'cheked_out'
  const recorded = desk.command('record_fact', { agreement, kind })
  await expect(recorded).rejects.toMatchObject({ ...told, words })
  const supposed = desk.query('suppose_fact', { agreement, kind })
  await expect(supposed).rejects.toMatchObject({ ...told, words })
})

test('an instant of a question is refused where it stands in the question', async () => {
  const desk = await story.as('m_reyes', 'meridian_hotels')
  const whose = { whose: 'robe_0173' }
  const refused = async (question: Readonly<Record<string, string>>) =>
    desk.query('ask_agreement', { agreement, question: { ...whose, ...question } })
  await expect(refused({ at: '2020-01-01' })).rejects.toMatchObject({
    ...{ name: 'at_precedes_agreement', pointer: '/question/at' },
  })
  await expect(refused({ 'known-by': '2020-01-01' })).rejects.toMatchObject({
    ...{ name: 'known_by_precedes_agreement', pointer: '/question/known-by' },
  })
  await expect(refused({ 'known-by': '2030-01-01' })).rejects.toMatchObject({
    ...{ name: 'known_by_must_be_settled', pointer: '/question/known-by' },
  })
})

test('what may have been completed since it was known is not final', async () => {
  const ana = await story.as('ana_costa', 'costa')
  const known = { at: '2026-05-14T12:00', 'known-by': '2026-05-13T12:00' }
  const bill = { bill: '2026-05-13', ...known }
  expect(await ana.query('ask_agreement', { agreement, question: bill })).toMatchObject({
    final: false,
  })
  const { at, 'known-by': known_by } = known
  const shown = await ana.query('show_bill', { agreement, period: '2026-05-13', at, known_by })
  expect(shown.final).toBe(false)
})

test('who has no part in an agreement is told that first, however he asks', async () => {
  const ben = await story.as('ben_ito', 'ito')
  for (const question of [{ bill: '2026-05', at: 'soon' }, { price: 'robe' }])
    await expect(ben.query('ask_agreement', { agreement, question })).rejects.toMatchObject({
      name: 'agreement_not_found',
    })
})

test('two questions in one request are refused as two', async () => {
  const ana = await story.as('ana_costa', 'costa')
  const question = { bill: '2026-05', value: 'robe_price' }
  await expect(ana.query('ask_agreement', { agreement, question })).rejects.toMatchObject({
    ...{ name: 'question_unreadable', pointer: '/question' },
    words: 'One question at a time. “bill:” and “value:” ask one each.',
  })
})

test('the clock reads an instant without a zone in UTC, and says so', async () => {
  const stranger = story.stranger()
  await expect(stranger.door('move_clock', { at: '20.5.2026' })).rejects.toMatchObject({
    ...{ name: 'instant_unreadable', words: expect.stringContaining('in UTC') },
  })
  const moved = await stranger.door('move_clock', { at: '2026-05-15T10:00' })
  expect(moved).toEqual({ now: '2026-05-15T10:00:00.000Z' })
})

type Methods = {
  readonly post?: { readonly parameters?: readonly { name: string; required: boolean }[] }
}

test('the key of a request is required where a command is refused without it', async () => {
  const response = await fetch(`${story.base()}/openapi.json`)
  const { paths } = (await response.json()) as { paths: Readonly<Record<string, Methods>> }
  const needsKey = ({ post }: Methods) =>
    post?.parameters?.some(({ name, required }) => name === 'Idempotency-Key' && required)
  const keyed = Object.keys(paths).filter((path) => needsKey(paths[path] ?? {}))
  expect(keyed).toEqual(['/agreements'])
})
