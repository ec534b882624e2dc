import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/platform/database/database.test-support.ts'
import { Problem } from '../src/platform/http/client.ts'
import { withGoods } from './goods.test-support.ts'
import { openPages, type Pages, seen } from './pages.test-support.ts'
import { type Story, tell } from './story.test-support.ts'

/** Goods and loans, with tags and without, live: received each by itself, brought back, kept, out of stock; and by whom. */

let server: TestServer
let story: Story
let pages: Pages
beforeAll(async () => {
  ;[server, pages] = await Promise.all([startTestServer(), openPages()])
  story = await tell(server, ['hotel'], pages.folder)
  const operator = await story.operator()
  await operator.door('apply_documents', { documents: withGoods() })
})
afterAll(async () => {
  await story.end()
  await Promise.all([server.stop(), pages.end()])
})
afterEach(() => story.replayed())

/** A stay of its own for each story. */
async function cast() {
  const ben = await story.as('ben_ito', 'ito')
  const ivy = await story.as('ivy_ito', 'ito')
  const desk = await story.as('m_reyes', 'meridian_hotels')
  const owner = await story.as('l_okafor', 'meridian_hotels')
  const stay = async () => {
    const { id: agreement } = await ben.command('propose_agreement', {
      ...{ offering: 'off_city_stay', version: 4, relationship: 'rel_ito_with_meridian' },
      ...{ from: '2026-05-14T12:00', until: '2026-05-18T12:00', users: { guest: ['per_ben_ito'] } },
    })
    await ben.command('authorise_budget', { agreement, amount: '9000.00' })
    return agreement
  }
  const agreement = await stay()
  const billed = async (clause: string) => {
    const { lines } = await ben.query('show_bill', { agreement, period: '2026-05' })
    return lines.filter((line) => line.clause === clause).map(({ amount }) => amount)
  }
  const shown = async (id: string) => {
    const { components } = await desk.query('show_agreement', { agreement })
    const found = components.find((one) => one.id === id)
    if (!found) throw new Error(`no ${id}`)
    return found
  }
  const itemOf = async (component: string, tag: string) =>
    (await shown(component)).items.find((one) => one.tag === tag)?.id ?? ''
  const onHand = async (resource: string) => {
    const { products } = await desk.query('show_portfolio', {})
    const all = products.flatMap(({ components }) => components).flatMap((one) => one.resources)
    return all.find(({ id }) => id === resource)?.stock?.on_hand
  }
  return { agreement, stay, ben, ivy, desk, owner, billed, shown, itemOf, onHand }
}

/** What a call was refused for, and where. */
async function refusedAt(call: Promise<unknown>): Promise<string> {
  const problem = await call.then(
    () => undefined,
    (error: unknown) => error,
  )
  return problem instanceof Problem ? `${problem.name} ${problem.pointer}` : 'nothing was refused'
}

/** The buttons of a component or a thing, each with what it is off for. */
const buttons = (actions: readonly { command: string; refused?: { name: string } | undefined }[]) =>
  Object.fromEntries(actions.map(({ command, refused }) => [command, refused?.name ?? 'on']))

describe('a receipt', () => {
  test('is of one thing, and each is charged', async () => {
    const { agreement, ben, desk, billed, itemOf, shown } = await cast()
    const laptop = { agreement, component: 'laptop' }
    for (const tag of ['lap_1', 'lap_2']) await desk.command('hand_over_good', { ...laptop, tag })
    const received = (item: string) => ben.command('confirm_receipt', { ...laptop, item })
    expect(await refusedAt(ben.command('confirm_receipt', laptop))).toBe(
      'item_must_be_named /component',
    )
    const [one, other] = [await itemOf('laptop', 'lap_1'), await itemOf('laptop', 'lap_2')]
    await received(one)
    expect(await refusedAt(received(one))).toBe('good_must_not_be_received_twice /item')
    const { components } = await ben.query('show_agreement', { agreement })
    const things = components.find(({ id }) => id === 'laptop')?.items ?? []
    expect(things.map(({ tag, actions }) => [tag, buttons(actions)['confirm_receipt']])).toEqual([
      ['lap_1', 'good_must_not_be_received_twice'],
      ['lap_2', 'on'],
    ])
    await received(other)
    expect(await billed('laptop_price')).toEqual(['900.00', '900.00'])
    expect((await shown('laptop')).items).toMatchObject([
      { tag: 'lap_1', title: 'consumer', custody: 'consumer' },
      { tag: 'lap_2', title: 'consumer', custody: 'consumer' },
    ])
  })

  test('meets each hand-over of goods without tags once', async () => {
    const { agreement, ben, desk, billed } = await cast()
    const mug = { agreement, component: 'mug' }
    for (const _ of ['one', 'another']) await desk.command('hand_over_good', mug)
    for (const _ of ['one', 'another']) await ben.command('confirm_receipt', mug)
    expect(await refusedAt(ben.command('confirm_receipt', mug))).toBe(
      'good_must_not_be_received_twice /component',
    )
    expect(await billed('mug_price')).toEqual(['5.00', '5.00'])
    for (const _ of ['one', 'another']) await desk.command('take_back', mug)
  })
})

describe('what was given', () => {
  test('comes back as a good, with its title and its refund, and goes out again', async () => {
    const { agreement, ben, desk, billed, shown, itemOf } = await cast()
    const laptop = { agreement, component: 'laptop' }
    await desk.command('hand_over_good', { ...laptop, tag: 'lap_3' })
    const its = { ...laptop, item: await itemOf('laptop', 'lap_3') }
    await ben.command('confirm_receipt', its)
    expect(buttons((await shown('laptop')).items[0]?.actions ?? [])).toMatchObject({
      take_back: 'on',
    })
    await desk.command('take_back', its)
    expect((await shown('laptop')).items).toEqual([])
    expect(await billed('laptop_refund')).toEqual(['-900.00'])
    expect(await refusedAt(desk.command('take_back', its))).toBe('item_must_be_with_consumer /item')
    await desk.command('hand_over_good', its)
    await ben.command('confirm_receipt', its)
    expect(await billed('laptop_price')).toEqual(['900.00', '900.00'])
    await desk.command('take_back', its)
  })

  test('comes back without a tag, and into the stock', async () => {
    const { agreement, desk, billed, shown, onHand } = await cast()
    const mug = { agreement, component: 'mug' }
    expect(await onHand('res_mugs')).toBe('2')
    await desk.command('hand_over_good', mug)
    expect(await onHand('res_mugs')).toBe('1')
    expect(buttons((await shown('mug')).actions)).toMatchObject({ take_back: 'on' })
    await desk.command('take_back', mug)
    expect(await onHand('res_mugs')).toBe('2')
    expect(await billed('mug_refund')).toEqual(['-5.00'])
    expect(await refusedAt(desk.command('take_back', mug))).toBe(
      'item_must_be_with_consumer /component',
    )
    expect(buttons((await shown('mug')).actions)).toMatchObject({
      take_back: 'item_must_be_with_consumer',
    })
  })

  test('comes back from a loan without a tag, or is kept, and its access ends', async () => {
    const { agreement, ben, desk, billed, shown } = await cast()
    const lamp = { agreement, component: 'lamp' }
    const lend = () => desk.command('grant_access', lamp)
    await lend()
    expect(await shown('lamp')).toMatchObject({ standing: { custody: 'consumer' } })
    expect(buttons((await shown('lamp')).actions)).toMatchObject({
      ...{ take_back: 'on', grant_access: 'access_must_not_be_granted_twice' },
    })
    await desk.command('take_back', lamp)
    expect(await shown('lamp')).toMatchObject({ standing: { custody: 'provider' } })
    await lend()
    const { components } = await ben.query('show_agreement', { agreement })
    const own = components.find(({ id }) => id === 'lamp')?.actions ?? []
    expect(buttons(own)).toMatchObject({ record_kept: 'on' })
    await ben.command('record_kept', lamp)
    expect(await billed('lamp_price')).toEqual(['25.00'])
    expect(await refusedAt(ben.command('record_kept', lamp))).toBe(
      'item_must_be_on_loan /component',
    )
  })

  test('stays, where no clause speaks of its return', async () => {
    const { agreement, desk, shown } = await cast()
    const kit = { agreement, component: 'welcome_kit' }
    await desk.command('hand_over_good', kit)
    expect(await refusedAt(desk.command('take_back', kit))).toBe(
      'good_must_be_returnable /component',
    )
    expect(buttons((await shown('welcome_kit')).actions)).not.toHaveProperty('take_back')
  })
})

describe('a person who uses other agreements', () => {
  test('does nothing under one that does not name him', async () => {
    const { agreement, ben, ivy, desk, billed } = await cast()
    await desk.command('grant_access', { agreement, component: 'lamp' })
    await desk.command('hand_over_good', { agreement, component: 'mug' })
    const refused = 'user_must_be_named '
    const lamp = { agreement, component: 'lamp' }
    const mug = { agreement, component: 'mug' }
    const desks = { agreement, component: 'front_desk' }
    expect(await refusedAt(ivy.command('record_kept', lamp))).toBe(refused)
    expect(await refusedAt(ivy.command('record_use', lamp))).toBe(refused)
    expect(await refusedAt(ivy.command('confirm_receipt', mug))).toBe(refused)
    expect(await refusedAt(ivy.command('place_order', desks))).toBe(refused)
    const reported = { agreement, kind: 'reported', component: 'lamp' }
    expect(await refusedAt(ivy.command('record_fact', reported))).toBe(refused)
    expect(await billed('lamp_price')).toEqual([])
    const { components } = await ivy.query('show_agreement', { agreement })
    const offered = components.flatMap(({ actions }) => actions)
    expect(new Set(Object.values(buttons(offered)))).toEqual(new Set(['user_must_be_named']))
    await ben.command('confirm_receipt', mug)
    await desk.command('take_back', mug)
  })
})

describe('names that senders give', () => {
  test('of an order or of what is reported stand in the way of no thing', async () => {
    const { agreement, ben, desk, shown, itemOf } = await cast()
    const order = (called: string) =>
      ben.command('place_order', { agreement, component: 'front_desk', order: called })
    await order('robe_0800')
    await ben.command('record_fact', {
      ...{ agreement, kind: 'reported', about: 'robe_0801', component: 'room' },
    })
    const robe = { agreement, component: 'robe' }
    for (const tag of ['robe_0800', 'robe_0801'])
      await desk.command('grant_access', { ...robe, tag })
    expect((await shown('robe')).items).toMatchObject([
      { tag: 'robe_0800', custody: 'consumer' },
      { tag: 'robe_0801', custody: 'consumer' },
    ])
    const asked = await ben.query('ask_agreement', { agreement, question: { whose: 'robe_0801' } })
    expect(JSON.stringify(asked)).toContain('consumer')
    const item = await itemOf('robe', 'robe_0800')
    const { id } = await desk.command('correct_tag', {
      ...{ item, agreement, tag: 'robe_0802', because: 'The digits were turned round' },
    })
    await desk.command('respond_to_order', { agreement, order: 'robe_0800' })
    const { orders } = await desk.query('show_agreement', { agreement })
    expect(orders.find((one) => one.id === 'robe_0800')).toMatchObject({ status: 'responded' })
    await ben.command('record_kept', { ...robe, item: id })
    const taken = 'order_must_not_name_another /order'
    for (const name of ['robe_0801', 'robe', 'ben_ito', 'guest', 'robe_price', 'requested'])
      expect(await refusedAt(order(name))).toBe(taken)
  })
})

describe('a counted good', () => {
  test('is handed over as long as there is one, whoever reaches for the last', async () => {
    const { agreement, stay, desk, owner, onHand } = await cast()
    const other = await stay()
    await desk.command('hand_over_good', { agreement, component: 'mug' })
    const both = await Promise.all([
      refusedAt(desk.command('hand_over_good', { agreement, component: 'mug' })),
      refusedAt(owner.command('hand_over_good', { agreement: other, component: 'mug' })),
    ])
    expect(both.toSorted()).toEqual(['nothing was refused', 'stock_must_suffice /component'])
    expect(await onHand('res_mugs')).toBe('0')
    await expect(desk.command('hand_over_good', { agreement, component: 'mug' })).rejects.toThrow(
      'Of 2 there are 0 on hand, and it takes 1.',
    )
  })
})

test('the page offers each thing its receipt and its return, and what is lent without a tag too', async () => {
  const { agreement, desk, billed } = await cast()
  for (const tag of ['lap_4', 'lap_5'])
    await desk.command('hand_over_good', { agreement, component: 'laptop', tag })
  await desk.command('grant_access', { agreement, component: 'lamp' })
  const url = `${story.base().replace(/\/api$/, '')}/agreements/${agreement}`
  const [ben, clerk] = await Promise.all([
    seen(pages.browser, url, { as: 'ben_ito@ito' }),
    seen(pages.browser, url, { as: 'm_reyes@meridian_hotels' }),
  ])
  const row = ({ page }: typeof ben, words: string) =>
    page
      .getByRole('region', { name: 'What may be done' })
      .getByRole('listitem')
      .filter({ hasText: words })
  await row(ben, 'Lap 5').getByRole('button', { name: 'Confirm receipt' }).click()
  await row(ben, 'Lap 5').getByText('Ben Ito owns and holds it').waitFor()
  expect(await billed('laptop_price')).toEqual(['900.00'])
  await row(clerk, 'Lap 5').getByRole('button', { name: 'Take back' }).click()
  await row(clerk, 'Lap 5').waitFor({ state: 'detached' })
  expect(await billed('laptop_refund')).toEqual(['-900.00'])
  await row(ben, 'Lamp').getByRole('button', { name: 'Keep it' }).click()
  await ben.page.getByRole('dialog').getByText('25.00').waitFor()
  await ben.page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click()
  await row(clerk, 'Lamp').getByText('Ben Ito owns and holds it').waitFor()
  await Promise.all([ben, clerk].map(({ page }) => page.context().close()))
})
