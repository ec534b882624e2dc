import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/platform/database/database.test-support.ts'
import { refusalOf, type Story, tell } from './story.test-support.ts'

/** Whose word an agreement is: what the provider offers stands; what anybody else wishes waits for the provider. */

let server: TestServer
let story: Story
let people: Awaited<ReturnType<typeof cast>>
beforeAll(async () => {
  server = await startTestServer()
  story = await tell(server, ['hotel'])
  people = await cast()
})
afterAll(async () => {
  await story.replayed()
  await story.end()
  await server.stop()
})

const cast = async () => ({
  ana: await story.as('ana_costa', 'costa'),
  hugo: await story.as('hugo_costa', 'costa'),
  desk: await story.as('m_reyes', 'meridian_hotels'),
  owner: await story.as('l_okafor', 'meridian_hotels'),
})

const stay = 'agr_stay_of_ana_costa'
const proposal = {
  ...{ offering: 'off_city_stay', version: 3, relationship: 'rel_costa_with_meridian' },
  ...{ from: '2026-05-14T12:00', until: '2026-05-17T12:00', users: { guest: ['per_ana_costa'] } },
}

test('a guest who names a price of her own has proposed it, and the hotel accepts it or does not', async () => {
  const { ana, hugo, desk, owner } = people
  const wished = { ...proposal, agreed: { room_rate: '0.00' } }
  const { id, status } = await ana.command('propose_agreement', wished)
  expect(status).toBe('proposed')
  const agreement = { agreement: id }
  expect(await refusalOf(hugo.command('authorise_budget', { ...agreement, amount: '9' }))).toBe(
    'agreement_must_be_accepted',
  )
  expect(await refusalOf(ana.command('accept_agreement', agreement))).toBe(
    'acceptance_must_be_the_other_sides',
  )
  const mine = await ana.query('show_agreement', agreement)
  const own = [{ title: 'room rate', is: '0.00', was: '140.00' }]
  expect(mine).toMatchObject({ awaits: 'provider', own_values: own })
  expect(mine.committed).toMatchObject({ amount: '0.00' })
  const price = mine.clauses.find((clause) => clause.id === 'room_price')
  expect(price?.tailored).toMatchObject([{ is: '0.00', was: '140.00' }])
  expect(mine.actions.map(({ command }) => command)).not.toContain('accept_agreement')
  const signsFor = async (reader: typeof desk) => {
    const { needs } = await reader.query('show_home', {})
    return needs.filter((one) => one.agreement === id).map(({ signs }) => signs)
  }
  expect(await signsFor(ana)).toEqual([])
  expect(await signsFor(desk)).toEqual(['provider'])
  const { actions } = await owner.query('show_agreement', agreement)
  expect(actions).toContainEqual({ command: 'accept_agreement' })
  expect(await desk.command('accept_agreement', agreement)).toEqual({ id, status: 'accepted' })
  expect(await signsFor(desk)).toEqual([])
  await hugo.command('authorise_budget', { ...agreement, amount: '9.00' })
  expect((await ana.query('show_agreement', agreement)).status).toBe('active')
})

test('the published price, however it is written, is the hotel’s word already', async () => {
  const usual = { ...proposal, agreed: { room_rate: '140' } }
  expect((await people.ana.command('propose_agreement', usual)).status).toBe('accepted')
})

test('the offering tells a guest which values wait for the hotel', async () => {
  const { agreed } = await people.ana.query('show_offering', { offering: 'off_city_stay' })
  expect(agreed).toMatchObject([{ name: 'room_rate', needs_acceptance: true }])
})

test('who acts for neither side is nobody to the agreement; who is no user of it is answered no', async () => {
  const ask = (user: string) =>
    people.ana.query('ask_agreement', { agreement: stay, question: { may: 'room', user } })
  for (const stranger of ['per_nobody', 'per_ben_ito'])
    expect(await refusalOf(ask(stranger))).toBe('user_undeclared')
  expect((await ask('per_hugo_costa')).answer).toBe('no')
  expect((await ask('per_ana_costa')).answer).toBe('yes')
})

test('home tells what begins and ends within sixty days, the soonest first, and to the sponsor what waits for her', async () => {
  const { ana, hugo, desk } = people
  const far = { ...proposal, from: '2026-06-20T15:00', until: '2026-12-24T12:00' }
  const { id } = await ana.command('propose_agreement', far)
  const begins = { says: expect.stringMatching(/begins$/), at: '2026-06-20T14:00:00.000Z' }
  for (const reader of [ana, desk]) {
    const { runs_out, runs_out_of } = await reader.query('show_home', {})
    expect(runs_out.filter(({ agreement }) => agreement === id)).toEqual([
      { ...begins, agreement: id },
    ])
    const instants = runs_out.map(({ at }) => at)
    expect(instants).toEqual(instants.toSorted())
    expect(runs_out_of).toBe('all')
  }
  const { needs } = await hugo.query('show_home', {})
  expect(needs.find(({ agreement }) => agreement === id)).toMatchObject({ signs: 'sponsor' })
})

test('the page of an agreement shows who acts at the instant that is looked at', async () => {
  const { desk } = people
  const personsAt = async (at?: string) => {
    const looked = { agreement: stay, ...(at !== undefined && { at }) }
    const { persons } = (await desk.query('show_agreement', looked)).parties.consumer
    return persons.map(({ id }) => id)
  }
  const { owner } = story.database
  await owner.query(
    `update role_holder set held_from = '2026-05-10'
     where relationship_id = 'rel_costa_with_meridian' and person_id = 'per_hugo_costa'`,
  )
  expect(await personsAt()).toEqual(['per_ana_costa', 'per_hugo_costa'])
  expect(await personsAt('2026-05-09T12:00')).toEqual(['per_ana_costa'])
  await owner.query(
    `update role_holder set held_from = '2026-05-01'
     where relationship_id = 'rel_costa_with_meridian' and person_id = 'per_hugo_costa'`,
  )
})

test('the hotel’s own page offers of its stock what the agreement lends, and a guest’s offers none', async () => {
  const { desk, ana } = people
  const freeOf = async (reader: typeof desk) => {
    const { components } = await reader.query('show_agreement', { agreement: stay })
    return components.find(({ id }) => id === 'robe')?.free_items
  }
  const before = (await freeOf(desk))?.map(({ tag }) => tag) ?? []
  await desk.command('grant_access', { agreement: stay, component: 'robe', tag: 'robe_0900' })
  const { components } = await desk.query('show_agreement', { agreement: stay })
  const item = components.flatMap(({ items }) => items).find(({ tag }) => tag === 'robe_0900')
  expect((await freeOf(desk))?.map(({ tag }) => tag)).toEqual(before)
  await desk.command('take_back', { agreement: stay, component: 'robe', item: item?.id ?? '' })
  expect(await freeOf(desk)).toContainEqual({ id: item?.id, tag: 'robe_0900' })
  expect(await freeOf(ana)).toBeUndefined()
})

test('what nobody took up in time has lapsed: it needs nobody, charges nothing, and is taken back', async () => {
  const { ana, hugo, desk } = people
  const { id } = await ana.command('propose_agreement', { ...proposal, until: '2026-05-14T20:00' })
  const agreement = { agreement: id }
  await story.moveTo('2026-05-14T19:00:00Z')
  const authorised = hugo.command('authorise_budget', { ...agreement, amount: '900.00' })
  expect(await refusalOf(authorised)).toBe('agreement_must_not_lie_in_the_past')
  const shown = await hugo.query('show_agreement', agreement)
  expect(shown).toMatchObject({ lapsed: true, status: 'accepted' })
  const button = shown.actions.find(({ command }) => command === 'authorise_budget')
  expect(button?.refused?.name).toBe('agreement_must_not_lie_in_the_past')
  const { needs } = await hugo.query('show_home', {})
  expect(needs.filter((one) => one.agreement === id)).toEqual([])
  await desk.command('withdraw_proposal', agreement)
})

test('bills are listed from the latest, those before by the cursor, each month once', async () => {
  const { ana, hugo } = people
  const long = { ...proposal, until: '2026-09-01T12:00' }
  const { id: agreement } = await ana.command('propose_agreement', long)
  await hugo.command('authorise_budget', { agreement, amount: '20000.00' })
  await story.moveTo('2026-08-15T12:00:00Z')
  const first = await ana.query('list_bills', { agreement, limit: 3 })
  const rest = await ana.query('list_bills', { agreement, limit: 3, cursor: first.next })
  expect(first.items.map(({ period }) => period)).toEqual(['2026-06', '2026-07', '2026-08'])
  expect(rest.items.map(({ period }) => period)).toEqual(['2026-05'])
  expect(rest.next).toBeUndefined()
})
