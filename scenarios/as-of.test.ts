import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/platform/database/database.test-support.ts'
import { refusalOf, type Story, tell } from './story.test-support.ts'

/** What an agreement says of another time, and what it does not say before it runs. */

let server: TestServer
let story: Story

beforeAll(async () => {
  server = await startTestServer()
  story = await tell(server, ['hotel'])
})
afterAll(async () => {
  await story.end()
  await server.stop()
})

async function cast() {
  return {
    ana: await story.as('ana_costa', 'costa'),
    hugo: await story.as('hugo_costa', 'costa'),
    desk: await story.as('m_reyes', 'meridian_hotels'),
    stranger: story.stranger(),
  }
}

const terms = {
  ...{ offering: 'off_city_stay', relationship: 'rel_costa_with_meridian' },
  ...{ from: '2026-05-14T10:00', until: '2026-06-20T12:00', users: { guest: ['per_ana_costa'] } },
}

/** It never ran: nothing is asked of it, and it comes to nothing. */
async function neverAsked(agreement: string, at?: string) {
  const { ana } = await cast()
  const asOf = at === undefined ? {} : { at }
  const ask = { agreement, question: { may: 'room', user: 'per_ana_costa', ...asOf } }
  const refused = 'agreement_must_be_active'
  expect(await refusalOf(ana.query('ask_agreement', ask))).toBe(refused)
  const bill = { agreement, period: '2026-05', ...asOf }
  expect(await refusalOf(ana.query('show_bill', bill))).toBe(refused)
  expect(await ana.query('list_bills', { agreement, ...asOf })).toEqual({ items: [] })
}

test('an agreement that never ran answers nothing and bills nothing, also when it runs later', async () => {
  const { ana, hugo, desk } = await cast()
  const { id } = await desk.command('propose_agreement', terms)
  await neverAsked(id)
  const supposed = { agreement: id, kind: 'kept', component: 'robe', about: 'robe_0173' }
  expect(await refusalOf(ana.query('suppose_fact', supposed))).toBe('agreement_must_be_active')
  await ana.command('accept_agreement', { agreement: id })
  await neverAsked(id)
  const { now } = await ana.query('show_viewer', {})
  await hugo.command('authorise_budget', { agreement: id, amount: '900.00' })
  await neverAsked(id, now)
  const { items } = await ana.query('list_bills', { agreement: id })
  expect(items).toHaveLength(1)
  const declined = await desk.command('propose_agreement', terms)
  await ana.command('withdraw_proposal', { agreement: declined.id })
  await neverAsked(declined.id)
})

test('a bill is listed for no month that lies ahead, with the decimals of the bill itself', async () => {
  const { ana, hugo, desk } = await cast()
  const { id: agreement } = await desk.command('propose_agreement', terms)
  await ana.command('accept_agreement', { agreement })
  await hugo.command('authorise_budget', { agreement, amount: '900.00' })
  const far = await ana.query('list_bills', { agreement, at: '2900-01-01' })
  const bill = await ana.query('show_bill', { agreement, period: '2026-05', at: '2900-01-01' })
  expect(far.items.map(({ period, total }) => [period, total])).toEqual([['2026-05', bill.total]])
})

test('the page as of an instant stays what it was, whatever happens afterwards', async () => {
  const { ana, hugo, desk } = await cast()
  const { id: agreement } = await desk.command('propose_agreement', terms)
  const moments: string[] = []
  const pages: unknown[] = []
  const pagesAt = async (at: string) => {
    const shown = [ana, desk].map((one) => one.query('show_agreement', { agreement, at }))
    return (await Promise.all(shown)).map(({ version: _, ...page }) => page)
  }
  const look = async () => {
    const { now } = await ana.query('show_viewer', {})
    await story.moveTo(new Date(Date.parse(now) + 60_000).toISOString())
    moments.push(now)
    pages.push(await pagesAt(now))
  }
  await look()
  await ana.command('accept_agreement', { agreement })
  await look()
  await hugo.command('authorise_budget', { agreement, amount: '900.00' })
  await look()
  await desk.command('grant_access', { agreement, component: 'robe', tag: 'robe_0601' })
  await ana.command('place_order', { agreement, component: 'front_desk', order: 'towel' })
  await look()
  await desk.command('perform_action', { agreement, component: 'front_desk', order: 'towel' })
  const page = await desk.query('show_agreement', { agreement })
  const item = page.components.flatMap(({ items }) => items)[0]?.id ?? ''
  expect(page.components.find(({ id }) => id === 'robe')?.free_items).toBeDefined()
  await look()
  await desk.command('take_back', { agreement, component: 'robe', item })
  await desk.command('end_access', { agreement, component: 'robe', item }).catch(() => undefined)
  await story.moveTo('2026-06-21T12:00:00Z')
  const statuses = []
  for (const [place, at] of moments.entries()) {
    const again = await pagesAt(at)
    expect(again, at).toEqual(pages[place])
    const [one] = again
    statuses.push(`${one?.status} ${one?.orders.map(({ status }) => status).join()}`)
    const out = one?.components.flatMap(({ items }) => items.map(({ tag }) => tag))
    expect(out, at).toEqual(place < 3 ? [] : ['robe_0601'])
    const buttons = again.flatMap(({ actions, components }) =>
      [...actions, ...components.flatMap((component) => component.actions)].map(
        ({ refused }) => refused?.name,
      ),
    )
    expect(new Set(buttons)).toEqual(new Set(['moment_must_be_now']))
  }
  expect(statuses).toEqual([
    ...['proposed ', 'accepted ', 'active '],
    ...['active requested', 'active performed'],
  ])
})

test('before it was proposed there is no agreement, and after its end nothing of it is given', async () => {
  const { ana, hugo, desk } = await cast()
  const later = { ...terms, until: '2026-07-20T12:00' }
  const { id: agreement } = await desk.command('propose_agreement', later)
  await ana.command('accept_agreement', { agreement })
  await hugo.command('authorise_budget', { agreement, amount: '900.00' })
  const early = { name: 'at_precedes_agreement', pointer: '/at', status: 409 }
  const at = '2020-01-01'
  const bill = { agreement, question: { bill: '2026-05', at } }
  await expect(ana.query('show_agreement', { agreement, at })).rejects.toMatchObject(early)
  await expect(ana.query('ask_agreement', bill)).rejects.toMatchObject({
    ...{ ...early, pointer: '/question/at' },
  })
  await expect(ana.query('list_bills', { agreement, at })).rejects.toMatchObject(early)
  const kept = { agreement, kind: 'kept', component: 'robe', about: 'robe_0173' }
  await expect(ana.query('suppose_fact', { ...kept, at })).rejects.toMatchObject({
    ...{ name: 'instant_must_not_precede_agreement', pointer: '/at' },
  })
  const { status, components } = await ana.query('show_agreement', { agreement, at: '2999-12-31' })
  expect(status).toBe('ended')
  expect([...new Set(components.map(({ standing }) => standing.right))]).toEqual(['ended'])
})

test('an answer that is too much work is refused at once, and everything else is answered', async () => {
  const { ana, hugo, desk } = await cast()
  const long = { ...terms, until: '2999-01-01T12:00' }
  const { id: agreement } = await desk.command('propose_agreement', long)
  await ana.command('accept_agreement', { agreement })
  await hugo.command('authorise_budget', { agreement, amount: '900.00' })
  const all = '2026-05-14 to 2999-01-01'
  for (const question of [{ bill: all }, { exposure: all }, { remedy: all }]) {
    const from = performance.now()
    const asked = ana.query('ask_agreement', { agreement, question })
    await expect(asked).rejects.toMatchObject({ name: 'question_too_large', pointer: '/question' })
    expect(performance.now() - from).toBeLessThan(10_000)
  }
  const period = { agreement, period: all }
  await expect(ana.query('show_bill', period)).rejects.toMatchObject({ pointer: '/period' })
  const { lines } = await ana.query('show_bill', { agreement, period: '2026-05' })
  expect(lines.length).toBeGreaterThan(0)
  await ana.query('show_agreement', { agreement, at: '2998-12-31' })
  await ana.query('list_bills', { agreement })
})

test.for([
  ['value_misshapen', { bill: '2026-05', at: 'soon' }],
  ['period_unreadable', { bill: 'May' }],
  ['word_unknown', { bill: '2026-05', colour: 'red' }],
] as const)('what cannot be read is a mistake of the request: %s', async ([name, question]) => {
  const { ana } = await cast()
  const agreement = 'agr_stay_of_ana_costa'
  const asked = ana.query('ask_agreement', { agreement, question })
  await expect(asked).rejects.toMatchObject({ name, status: 400 })
  const shown = ana.query('show_agreement', { agreement, at: 'soon' })
  await expect(shown).rejects.toMatchObject({ name: 'instant_unreadable', status: 400 })
})
