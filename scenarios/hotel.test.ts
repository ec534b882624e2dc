import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/platform/database/database.test-support.ts'
import { refusalOf, type Story, tell } from './story.test-support.ts'

/** The hotel, live: R014, R025, R026. The clock begins on 14 May 2026, 18:05 in Lisbon; Ana's stay ends the next day at 13:00. */

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

const stay = 'agr_stay_of_ana_costa'

async function cast() {
  story = await tell(server, ['hotel'])
  return {
    ana: await story.as('ana_costa', 'costa'),
    hugo: await story.as('hugo_costa', 'costa'),
    desk: await story.as('m_reyes', 'meridian_hotels'),
    owner: await story.as('l_okafor', 'meridian_hotels'),
    ben: await story.as('ben_ito', 'ito'),
  }
}

describe('a bathrobe', () => {
  test('is asked for, kept, charged with its clause, sent back and refunded exactly', async () => {
    const { ana, desk } = await cast()
    const shown = await ana.query('show_agreement', { agreement: stay })
    const robe = shown.components.find(({ id }) => id === 'robe')
    const [item] = robe?.items ?? []
    expect(item).toMatchObject({ tag: 'robe_0173', title: 'provider', custody: 'consumer' })

    const supposed = await ana.query('suppose_fact', {
      ...{ agreement: stay, kind: 'kept', component: 'robe', about: 'robe_0173' },
    })
    expect(supposed).toMatchObject({
      says: '60.00 EUR',
      answers: [{ clause: 'robe_price', number: '4.3' }],
    })

    const before = await desk.query('show_portfolio', {})
    const kept = { agreement: stay, component: 'robe', item: item?.id ?? '' }
    await ana.command('record_kept', { ...kept, id: 'it_is_kept' })
    const after = await desk.query('show_portfolio', {})
    const held = (portfolio: typeof after) =>
      portfolio.products
        .flatMap(({ components }) => components)
        .flatMap(({ resources }) => resources)
        .flatMap(({ items }) => items)
        .find(({ tag }) => tag === 'robe_0173')
    expect(held(before)).toMatchObject({ title: 'provider', custody: 'consumer' })
    expect(held(after)).toMatchObject({ title: 'consumer', custody: 'consumer' })
    const bill = await ana.query('show_bill', { agreement: stay, period: '2026-05' })
    expect(bill.lines.find(({ clause }) => clause === 'robe_price')).toMatchObject({
      ...{ amount: '60.00', number: '4.3', event: 'it_is_kept' },
    })
    const whose = await ana.query('ask_agreement', {
      ...{ agreement: stay, question: { whose: 'robe_0173' } },
    })
    expect(whose).toMatchObject({ answer: 'consumer', clause: 'robe_kept' })
    expect(await refusalOf(ana.command('record_kept', kept))).toBe('item_must_be_on_loan')

    await story.moveTo('2026-05-27T10:00Z')
    await desk.command('take_back', { agreement: stay, component: 'robe', item: item?.id ?? '' })
    const refunded = await ana.query('show_bill', { agreement: stay, period: '2026-05' })
    expect(refunded.lines.map(({ clause, amount }) => [clause, amount])).toEqual([
      ['room_price', '140.00'],
      ['room_price', '140.00'],
      ['robe_price', '60.00'],
      ['room_price', '140.00'],
      ['robe_refund', '-60.00'],
    ])
    expect(refunded.total).toBe('420.00')
    const [day] = await Promise.all([
      ana.query('ask_agreement', {
        ...{ agreement: stay, question: { whose: 'robe_0173', 'known-by': '2026-05-20T00:00Z' } },
      }),
    ])
    expect(day.answer).toBe('consumer')
  })

  test('that two people hand out at the same instant under two agreements is handed out once', async () => {
    const { desk, owner, ana, ben } = await cast()
    const { id } = await ben.command('propose_agreement', {
      ...{ offering: 'off_city_stay', version: 3, relationship: 'rel_ito_with_meridian' },
      ...{ from: '2026-05-14T15:00', until: '2026-05-16T12:00', users: { guest: ['per_ben_ito'] } },
    })
    await ben.command('authorise_budget', { agreement: id, amount: '300.00' })
    const robe = { component: 'robe', tag: 'robe_0200' }
    const both = await Promise.all([
      refusalOf(desk.command('grant_access', { ...robe, agreement: stay })),
      refusalOf(owner.command('grant_access', { ...robe, agreement: id })),
    ])
    expect(both.toSorted()).toEqual(['item_must_be_in_stock', 'nothing was refused'])
    expect(await refusalOf(ana.command('grant_access', { ...robe, agreement: stay }))).toBe(
      'role_must_allow',
    )
  })

  test('is lent as what it is, and by a tag that means nothing else', async () => {
    const { desk, ana } = await cast()
    const lent = { agreement: stay, component: 'robe', tag: 'front_desk' }
    expect(await refusalOf(desk.command('grant_access', lent))).toBe('tag_must_not_name_another')
    const taken = { agreement: stay, component: 'front_desk', order: 'robe_0173' }
    expect(await refusalOf(ana.command('place_order', taken))).toBe('order_must_not_name_another')
  })
})

describe('access', () => {
  test('ends once, at the agreed instant, also when nothing ran at that instant', async () => {
    await cast()
    await story.stop()
    await story.start()
    await story.moveTo('2026-05-16T09:00Z')
    await story.moveTo('2026-05-16T10:00Z')
    const guest = await story.as('ana_costa', 'costa')
    const shown = await guest.query('show_agreement', { agreement: stay })
    expect(shown.status).toBe('ended')
    const ended = shown.happened.filter(({ kind }) => kind === 'ended')
    expect(ended.map(({ about, at }) => [about, at])).toEqual([
      ['robe_0173', '2026-05-15T12:00:00.000Z'],
    ])
    expect(ended.every(({ recorded_at, at }) => recorded_at > at)).toBe(true)
  })
})

describe('an agreement', () => {
  test('is proposed, accepted by the customer, authorised by the sponsor, and runs', async () => {
    const { ana, hugo, owner, desk } = await cast()
    const proposal = {
      offering: 'off_city_stay',
      relationship: 'rel_costa_with_meridian',
      ...{
        from: '2026-06-01T15:00',
        until: '2026-06-03T12:00',
        users: { guest: ['per_ana_costa'] },
      },
    }
    const { id } = await owner.command('propose_agreement', proposal)
    expect(
      await refusalOf(hugo.command('authorise_budget', { agreement: id, amount: '400.00' })),
    ).toBe('agreement_must_be_accepted')
    expect(await refusalOf(owner.command('accept_agreement', { agreement: id }))).toBe(
      'acceptance_must_be_the_other_sides',
    )
    const needs = await ana.query('show_home', {})
    expect(needs.needs.map(({ command, agreement }) => [command, agreement])).toContainEqual([
      'accept_agreement',
      id,
    ])
    await ana.command('accept_agreement', { agreement: id })
    await hugo.command('authorise_budget', { agreement: id, amount: '400.00' })
    expect((await hugo.query('show_agreement', { agreement: id })).budget).toEqual({
      amount: '400.00',
      currency: 'EUR',
    })
    const seen = await desk.query('show_agreement', { agreement: id })
    expect(seen).toMatchObject({ status: 'active' })
    expect(seen.budget).toBeUndefined()
    expect(
      await refusalOf(
        desk.command('grant_access', {
          agreement: id,
          component: 'robe',
          tag: 'robe_0300',
          at: '2026-05-10T10:00',
        }),
      ),
    ).toBe('instant_must_not_precede_agreement')
  })

  test('is seen by nobody else', async () => {
    const { ben } = await cast()
    expect(await refusalOf(ben.query('show_agreement', { agreement: stay }))).toBe(
      'agreement_not_found',
    )
    const mine = await ben.query('list_agreements', {})
    expect(mine.items.map(({ id }) => id)).toEqual(['agr_stay_of_ben_ito'])
    const stranger = story.stranger()
    expect(await refusalOf(stranger.query('list_agreements', {}))).toBe('sign_in_needed')
    expect((await stranger.query('show_catalogue', {})).items).toHaveLength(1)
  })
})

describe('an agreement that has ended', () => {
  test('begins nothing any more, and lets come back what is out', async () => {
    const { desk, ana } = await cast()
    const shown = await desk.query('show_agreement', { agreement: stay })
    const item = shown.components.find(({ id }) => id === 'robe')?.items[0]?.id ?? ''
    await story.moveTo('2026-05-15T14:00:00Z')
    const within = { agreement: stay, at: '2026-05-15T10:00' }
    const begun = [
      () => desk.command('grant_access', { ...within, component: 'robe', tag: 'robe_0400' }),
      () => desk.command('hand_over_good', { ...within, component: 'welcome_kit' }),
      () => ana.command('place_order', { agreement: stay, component: 'front_desk' }),
      () => ana.command('record_use', { ...within, component: 'room' }),
    ]
    for (const begin of begun) expect(await refusalOf(begin())).toBe('agreement_must_be_active')
    await desk.command('take_back', { agreement: stay, component: 'robe', item })
  })
})

describe('what passes for something else', () => {
  test('is refused: ids that the platform gives, words that every fact has, what the other side records', async () => {
    const { ana, desk } = await cast()
    const use = { agreement: stay, component: 'room', id: 'fct_9' }
    expect(await refusalOf(ana.command('record_use', use))).toBe('input_must_fit_schema')
    const leaving = { agreement: stay, kind: 'checked_out', values: { at: '2027-01-01T00:00' } }
    expect(await refusalOf(desk.command('record_fact', leaving))).toBe('value_must_be_of_its_own')
    const outage = { agreement: stay, kind: 'outage', component: 'room' }
    expect(await refusalOf(ana.command('record_fact', outage))).toBe(
      'fact_must_be_measured_by_its_side',
    )
  })

  test('is refused: an answer before its question', async () => {
    const { ana, desk } = await cast()
    const { id } = await ana.command('place_order', { agreement: stay, component: 'front_desk' })
    const early = { agreement: stay, order: id, at: '2026-05-13T10:00' }
    expect(await refusalOf(desk.command('respond_to_order', early))).toBe(
      'instant_must_not_precede_order',
    )
  })
})
