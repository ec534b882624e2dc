import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/platform/database/database.test-support.ts'
import { Problem } from '../src/platform/http/client.ts'
import { refusalOf, type Story, tell } from './story.test-support.ts'
import { withUmbrellas } from './umbrella.test-support.ts'

/** Things of two kinds at the hotel, live: what each is, how many there are, and when anything can have happened to it. */

let server: TestServer
let story: Story
beforeAll(async () => {
  server = await startTestServer()
  story = await tell(server, ['hotel'])
  const operator = await story.operator()
  await operator.door('apply_documents', { documents: withUmbrellas() })
})
afterAll(async () => {
  await story.end()
  await server.stop()
})
afterEach(() => story.replayed())

/** A stay of its own for each story. */
async function cast() {
  const ben = await story.as('ben_ito', 'ito')
  const { id: agreement } = await ben.command('propose_agreement', {
    ...{ offering: 'off_city_stay', version: 4, relationship: 'rel_ito_with_meridian' },
    ...{ from: '2026-05-14T12:00', until: '2026-05-18T12:00', users: { guest: ['per_ben_ito'] } },
  })
  await ben.command('authorise_budget', { agreement, amount: '900.00' })
  const desk = await story.as('m_reyes', 'meridian_hotels')
  const owner = await story.as('l_okafor', 'meridian_hotels')
  const lend = (component: string, tag: string, at?: string) =>
    desk.command('grant_access', { agreement, component, tag, ...(at !== undefined && { at }) })
  const itemOf = async (tag: string) => {
    const { components } = await desk.query('show_agreement', { agreement })
    return components.flatMap(({ items }) => items).find((one) => one.tag === tag)?.id ?? ''
  }
  return { agreement, ben, desk, owner, lend, itemOf }
}

/** What a call was refused for, and where. */
async function refusedAt(call: Promise<unknown>): Promise<string> {
  const problem = await call.then(
    () => undefined,
    (error: unknown) => error,
  )
  return problem instanceof Problem ? `${problem.name} ${problem.pointer}` : 'nothing was refused'
}

describe('a thing', () => {
  test('is kept, returned and ended as what it was lent as, at the price of that', async () => {
    const { agreement, ben, desk, lend, itemOf } = await cast()
    await lend('robe', 'robe_0601')
    const item = await itemOf('robe_0601')
    const wrong = { agreement, component: 'umbrella', item }
    const refused = 'item_must_be_of_the_component'
    expect(await refusalOf(ben.command('record_kept', wrong))).toBe(refused)
    expect(await refusalOf(desk.command('take_back', wrong))).toBe(refused)
    expect(await refusalOf(desk.command('end_access', wrong))).toBe(refused)
    const lentElse = { agreement, component: 'umbrella', tag: 'robe_0088' }
    expect(await refusedAt(desk.command('grant_access', lentElse))).toBe(`${refused} /tag`)
    await ben.command('record_kept', { agreement, component: 'robe', item })
    const bill = await ben.query('show_bill', { agreement, period: '2026-05' })
    const due = bill.lines.filter(({ clause }) => /robe|umbrella/.test(clause))
    expect(due.map(({ clause, amount }) => [clause, amount])).toEqual([['robe_price', '60.00']])
  })

  test('moves in the order in which it moved, whenever that is recorded', async () => {
    const { agreement, ben, desk, lend, itemOf } = await cast()
    await lend('robe', 'robe_0602', '2026-05-14T15:00')
    const its = { agreement, component: 'robe', item: await itemOf('robe_0602') }
    const early = { ...its, at: '2026-05-14T14:59' }
    const tooEarly = 'instant_must_not_precede_last_movement /at'
    expect(await refusedAt(ben.command('record_kept', early))).toBe(tooEarly)
    expect(await refusedAt(desk.command('take_back', early))).toBe(tooEarly)
    expect(await refusedAt(desk.command('end_access', early))).toBe(tooEarly)
    await ben.command('record_kept', { ...its, at: '2026-05-14T16:00' })
    const missing = { ...its, how: 'missing' as const, at: '2026-05-14T15:30' }
    expect(await refusalOf(ben.command('record_kept', missing))).toBe('item_must_be_on_loan')
    const back = (at: string) => desk.command('take_back', { ...its, at })
    expect(await refusedAt(back('2026-05-14T15:30'))).toBe(tooEarly)
    await back('2026-05-14T16:30')
  })

  test('is not lent while it was out elsewhere', async () => {
    const { desk, lend, itemOf, agreement } = await cast()
    await lend('robe', 'robe_0603', '2026-05-14T15:00')
    const item = await itemOf('robe_0603')
    const its = { component: 'robe', item }
    await desk.command('take_back', { ...its, agreement, at: '2026-05-14T17:00' })
    const other = await story.as('ben_ito', 'ito')
    const { id } = await other.command('propose_agreement', {
      ...{ offering: 'off_city_stay', version: 4, relationship: 'rel_ito_with_meridian' },
      ...{ from: '2026-05-14T12:00', until: '2026-05-16T12:00', users: { guest: ['per_ben_ito'] } },
    })
    await other.command('authorise_budget', { agreement: id, amount: '900.00' })
    const lentThen = (at: string) => desk.command('grant_access', { ...its, agreement: id, at })
    expect(await refusedAt(lentThen('2026-05-14T16:59'))).toBe(
      'instant_must_not_precede_last_movement /at',
    )
    await lentThen('2026-05-14T17:00')
  })

  test('is tagged as long as the resource has one, also when two reach for the last', async () => {
    const { agreement, desk, owner, lend } = await cast()
    await lend('umbrella', 'umbrella_1')
    await lend('umbrella', 'umbrella_2')
    const last = (tag: string) => ({ agreement, component: 'umbrella', tag })
    const both = await Promise.all([
      refusedAt(desk.command('grant_access', last('umbrella_3'))),
      refusedAt(owner.command('grant_access', last('umbrella_4'))),
    ])
    expect(both.toSorted()).toEqual(['nothing was refused', 'stock_must_suffice /tag'])
    await expect(lend('umbrella', 'umbrella_5')).rejects.toThrow('There are 3, each with its tag.')
  })
})

describe('a hand-over', () => {
  test('is not repeated before itself, and is received when it has taken place', async () => {
    const { agreement, ben, desk } = await cast()
    const kit = { agreement, component: 'welcome_kit' }
    await desk.command('hand_over_good', { ...kit, at: '2026-05-14T15:00' })
    const before = { ...kit, at: '2026-05-14T14:00' }
    expect(await refusalOf(desk.command('hand_over_good', before))).toBe(
      'good_must_not_be_handed_over_twice',
    )
    expect(await refusedAt(ben.command('confirm_receipt', before))).toBe(
      'instant_must_not_precede_hand_over /at',
    )
    await ben.command('confirm_receipt', { ...kit, at: '2026-05-14T15:00' })
  })
})

describe('an order', () => {
  test('is placed now, so that the time of the provider begins when he can know of it', async () => {
    const { agreement, ben } = await cast()
    const past = { agreement, component: 'front_desk', at: '2026-05-14T15:00' } as const
    expect(await refusedAt(ben.command('place_order', past))).toBe('input_field_unknown /at')
  })

  test('that is performed is answered when the work began, if nobody had answered it', async () => {
    const { agreement, ben, desk } = await cast()
    const { id: order } = await ben.command('place_order', { agreement, component: 'front_desk' })
    await story.moveTo('2026-05-14T17:20:00Z')
    await desk.command('perform_action', {
      ...{ agreement, component: 'front_desk', order },
      ...{ from: '2026-05-14T17:12:00Z', to: '2026-05-14T17:18:00Z' },
    })
    const shown = await ben.query('show_agreement', { agreement })
    expect(shown.orders.find(({ id }) => id === order)).toMatchObject({
      ...{ status: 'performed', responded_at: '2026-05-14T17:12:00.000Z' },
      due: [{ target: 'front_desk_answer', met: true }],
    })
    const told = shown.happened.filter(({ about }) => about === order)
    expect(Object.fromEntries(told.map(({ kind, at }) => [kind, at.slice(11, 16)]))).toEqual({
      ...{ requested: '17:05', responded: '17:12', performed: '17:12' },
    })
    expect(await refusalOf(desk.command('respond_to_order', { agreement, order }))).toBe(
      'order_must_be_open',
    )
  })
})
