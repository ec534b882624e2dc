import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/platform/database/database.test-support.ts'
import { refusalOf, type Story, tell } from './story.test-support.ts'

/** The colocation provider, live: R017, R027, R034. The clock begins on 14 May 2026, a holiday in its staffed hours. */

let server: TestServer
let story: Story
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())
afterEach(async () => {
  await story.replayed()
  await story.end()
})

const rack = 'agr_rack_of_brightline'

async function cast() {
  story = await tell(server, ['colocation'])
  return {
    user: await story.as('j_weber', 'brightline'),
    customer: await story.as('f_adeyemi', 'brightline'),
    engineer: await story.as('o_nilsen', 'northgate'),
  }
}

test('an order runs by the staffed hours, is answered and performed, and is charged by started units', async () => {
  const { user, engineer } = await cast()
  const { id } = await user.command('place_order', { agreement: rack, component: 'remote_hands' })
  const due = async () =>
    (await user.query('show_agreement', { agreement: rack })).orders.find((one) => one.id === id)
  // Ordered on a holiday: thirty minutes begin when the hall is staffed again.
  expect((await due())?.due).toMatchObject([
    { target: 'remote_hands_answer', at: '2026-05-15T04:30:00.000Z' },
  ])
  const waiting = await engineer.query('show_home', {})
  expect(waiting.needs.map(({ command }) => command)).toContain('respond_to_order')

  await story.moveTo('2026-05-15T04:10:00Z')
  await engineer.command('respond_to_order', { agreement: rack, order: id })
  await story.moveTo('2026-05-15T05:00:00Z')
  await engineer.command('perform_action', {
    ...{ agreement: rack, order: id, component: 'remote_hands', values: { expedited: 'no' } },
    ...{ from: '2026-05-15T04:30:00Z', to: '2026-05-15T04:46:00Z', id: 'the_work' },
  })
  expect(await due()).toMatchObject({ status: 'performed', due: [{ met: true }] })
  const price = await user.query('ask_agreement', {
    ...{ agreement: rack, question: { value: 'remote_hands_price', for: 'the_work' } },
  })
  // 16 minutes are two started quarters of an hour at the rate that was agreed with this customer.
  expect(price).toMatchObject({ says: '80.00 EUR', clause: 'remote_hands_price' })
  expect(
    await refusalOf(engineer.command('respond_to_order', { agreement: rack, order: id })),
  ).toBe('order_must_be_open')
})

test('a right that is suspended by a fact of the offering refuses orders until it is restored', async () => {
  const { user, engineer } = await cast()
  await user.command('record_fact', { agreement: rack, kind: 'access_list_outdated' })
  const order = () =>
    refusalOf(user.command('place_order', { agreement: rack, component: 'remote_hands' }))
  expect(await order()).toBe('user_must_be_permitted')
  const shown = await user.query('show_agreement', { agreement: rack })
  const hands = shown.components.find(({ id }) => id === 'remote_hands')
  expect(hands?.actions[0]?.refused?.words).toMatch(/Remote hands stop/)
  await engineer.command('record_fact', { agreement: rack, kind: 'access_list_confirmed' })
  expect(await order()).toBe('nothing was refused')
})

test('a kind of fact of the offering is recorded by the side that measures it, with its own values', async () => {
  const { user, engineer } = await cast()
  const reading = { agreement: rack, kind: 'meter_reading', values: { energy: '1785.6' } }
  expect(await refusalOf(user.command('record_fact', reading))).toBe(
    'fact_must_be_measured_by_its_side',
  )
  expect(
    await refusalOf(engineer.command('record_fact', { ...reading, values: { energy: 'much' } })),
  ).toBe('value_misshapen')
  expect(
    await refusalOf(engineer.command('record_fact', { ...reading, values: { power: '1' } })),
  ).toBe('attribute_undeclared')
  await engineer.command('record_fact', { ...reading, at: '2026-05-14T12:00:00Z' })
  const used = await user.query('ask_agreement', {
    ...{ agreement: rack, question: { value: 'electricity', in: '2026-05' } },
  })
  expect(used.answer).toBe('1785.6')
})

test('a bill of a month is the same as known by then, whatever was recorded since', async () => {
  const { customer, engineer } = await cast()
  const april = { agreement: rack, period: '2026-04' }
  const before = await customer.query('show_bill', april)
  expect(before.lines.map(({ clause, amount }) => [clause, amount])).toContainEqual([
    'power_credit',
    '-86.00',
  ])
  await story.moveTo('2026-05-20T10:00:00Z')
  await engineer.command('record_fact', {
    ...{ agreement: rack, kind: 'outage', component: 'power' },
    ...{ at: '2026-04-20T02:00:00Z', to: '2026-04-20T12:00:00Z' },
  })
  const after = await customer.query('show_bill', april)
  const known = await customer.query('show_bill', { ...april, known_by: '2026-05-15T00:00:00Z' })
  expect(after.total).not.toBe(before.total)
  expect(known.lines).toEqual(before.lines)
  expect(
    await refusalOf(customer.query('show_bill', { ...april, known_by: '2026-05-20T10:00:00Z' })),
  ).toBe('known_by_must_be_settled')
})
