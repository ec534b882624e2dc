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
