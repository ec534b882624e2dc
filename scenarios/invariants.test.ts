import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/platform/database/database.test-support.ts'
import { readFiles } from '../src/platform/files.ts'
import type { Client } from '../src/platform/http/client.ts'
import { type Endpoints, endpoints } from '../src/slices.ts'
import { isDeclared } from './calls.test-support.ts'
import { refusalOf, type Story, tell } from './story.test-support.ts'
import { thingsFollow } from './things.test-support.ts'
import { storiesHold, withUmbrellas } from './umbrella.test-support.ts'

/**
 * A seeded simulation of both sides of two stays: people do what comes to their minds, most of it refused. After every
 * step the invariants hold, whatever happened; at the end the tables are what the journal says.
 */

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const stays = { ana: 'agr_stay_of_ana_costa' } as const
const tags = [
  ...['robe_0173', 'robe_0301', 'robe_0302'],
  ...['umbrella_1', 'umbrella_2', 'umbrella_3', 'umbrella_4'],
] as const
const steps = 90

type People = Awaited<ReturnType<typeof cast>>

async function cast(story: Story, version = 3) {
  const people = {
    desk: await story.as('m_reyes', 'meridian_hotels'),
    ana: await story.as('ana_costa', 'costa'),
    ben: await story.as('ben_ito', 'ito'),
  }
  const proposal = {
    ...{ offering: 'off_city_stay', version, relationship: 'rel_ito_with_meridian' },
    ...{ from: '2026-05-14T12:00', until: '2026-05-18T12:00', users: { guest: ['per_ben_ito'] } },
  }
  const { id } = await people.ben.command('propose_agreement', proposal)
  await people.ben.command('authorise_budget', { agreement: id, amount: '900.00' })
  return { ...people, stays: { ana: stays.ana, ben: id } }
}

/** Numbers between 0 and 1 that are the same for the same seed. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

type Act = { readonly client: Client<Endpoints>; readonly name: string; readonly input: object }

/** Something that one of them may think of: of a thing that may be anywhere, as what it is not, at a time that he chooses. */
function someAct({ desk, ana, ben, stays: all }: People, now: number, random: () => number): Act {
  const one = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item
  const stay = one(['ana', 'ben'] as const)
  const agreement = all[stay]
  const guest = stay === 'ana' ? ana : ben
  const since = now - random() * 24 * 3_600_000
  const then = one([{}, { at: new Date(since).toISOString() }])
  const thing = { agreement, component: one(['robe', 'umbrella']), tag: one(tags), ...then }
  const kit = { agreement, component: 'welcome_kit', ...then }
  const room = { agreement, component: 'room', ...then }
  return one<Act>([
    { client: desk, name: 'grant_access', input: thing },
    { client: desk, name: 'grant_access', input: thing },
    { client: desk, name: 'take_back', input: thing },
    { client: desk, name: 'end_access', input: thing },
    { client: guest, name: 'record_kept', input: { ...thing, how: one(['kept', 'missing']) } },
    { client: desk, name: 'hand_over_good', input: kit },
    { client: guest, name: 'confirm_receipt', input: kit },
    { client: guest, name: 'place_order', input: { agreement, component: 'front_desk' } },
    { client: guest, name: 'record_use', input: room },
    { client: desk, name: 'grant_access', input: room },
    { client: desk, name: 'end_access', input: room },
  ])
}

/** Single things are named by their ids once they are known. */
async function send({ client, name, input }: Act, items: ReadonlyMap<string, string>, key: string) {
  const { tag, ...rest } = input as { tag?: string }
  const item = tag === undefined ? undefined : items.get(tag)
  const named = tag === undefined ? rest : item === undefined ? { ...rest, tag } : { ...rest, item }
  const call = client.command as (name: string, input: object, options: object) => Promise<unknown>
  return call(name, named, { key })
}

async function itemsOf(desk: Client<Endpoints>) {
  const { products } = await desk.query('show_portfolio', {})
  const resources = products.flatMap(({ components }) => components).flatMap((one) => one.resources)
  const items = resources
    .filter(({ id }) => id === 'res_bathrobes' || id === 'res_umbrellas')
    .flatMap((one) => one.items)
  return new Map(items.map((item) => [item.tag, item]))
}

async function invariantsHold(people: People): Promise<void> {
  const items = await itemsOf(people.desk)
  const pages = await Promise.all(
    Object.values(people.stays).map((agreement) =>
      people.desk.query('show_agreement', { agreement }),
    ),
  )
  for (const item of items.values()) {
    // I18: one owner, at most one holder, and the thing's own row says what the agreement says.
    const out = pages.flatMap(({ components }) =>
      components.flatMap((one) => one.items.filter(({ id }) => id === item.id)),
    )
    expect(out.length, item.tag).toBe(item.agreement === undefined ? 0 : 1)
    for (const { title, custody, right } of out) {
      expect([title, custody], item.tag).toEqual([item.title, item.custody])
      // I21: what became a good is used as its owner likes, and no longer by the access that ended with it.
      if (title === 'consumer') expect(right, item.tag).toBe('ended')
    }
  }
  for (const { id, components, at, until } of pages) {
    const client = id === people.stays.ana ? people.ana : people.ben
    const user = id === people.stays.ana ? 'per_ana_costa' : 'per_ben_ito'
    const room = components.find((one) => one.id === 'room')
    const may = await client.query('ask_agreement', {
      agreement: id,
      question: { may: 'room', user },
    })
    const grants = await people.desk.query('show_agreement', { agreement: id })
    const last = grants.happened.findLast(
      ({ component, kind }) => component === 'room' && (kind === 'granted' || kind === 'ended'),
    )
    // I19: within the agreed period, the grant and the user's role, and nowhere else.
    expect(may.answer, `${id} ${room?.id}`).toBe(
      at < until && last?.kind !== 'ended' ? 'yes' : 'no',
    )
    const stranger = id === people.stays.ana ? 'per_ben_ito' : 'per_ana_costa'
    const other = client.query('ask_agreement', {
      ...{ agreement: id, question: { may: 'room', user: stranger } },
    })
    expect(await refusalOf(other)).toBe('user_undeclared')
  }
}

test.for([20260522, 7, 4711])(
  'I18, I19, I21, I47 and I48 hold after every step of a simulation from seed %i',
  async (seed) => {
    const story = await tell(server, ['hotel'])
    const operator = await story.operator()
    await operator.door('apply_documents', { documents: withUmbrellas() })
    const people = await cast(story, 4)
    const random = seeded(seed)
    let now = Date.parse('2026-05-14T17:05Z')
    let accepted = 0
    for (let step = 0; step < steps; step += 1) {
      const items = new Map([...(await itemsOf(people.desk))].map(([tag, { id }]) => [tag, id]))
      const act = someAct(people, now, random)
      const key = `step-${step}`
      const [first] = await Promise.allSettled([send(act, items, key)])
      if (first.status === 'fulfilled') {
        accepted += 1
        // I47: the same request with the same key is answered again and changes nothing.
        const counted = await entriesOf(story)
        expect(await send(act, items, key)).toEqual(first.value)
        expect(await entriesOf(story)).toBe(counted)
      } else {
        // A rule says no before the tables have to.
        const { name } = first.reason
        expect(isDeclared(endpoints[act.name as keyof typeof endpoints], name), name).toBe(true)
        expect(name).not.toBe('stored_state_must_hold')
      }
      if (step % 10 === 9) {
        now = Date.parse('2026-05-14T18:00Z') + (step * 60 * 3_600_000) / steps
        await story.moveTo(new Date(now).toISOString())
      }
      await storiesHold(story.database)
      if (step % 4 === 0) {
        await invariantsHold(people)
        await thingsFollow(story.database)
      }
    }
    expect(accepted).toBeGreaterThan(10)
    await invariantsHold(people)
    await thingsFollow(story.database)
    await story.moveTo('2026-05-19T12:00Z')
    await thingsFollow(story.database)
    // I48
    await story.replayed()
    await story.end()
  },
)

async function entriesOf({ database }: Story): Promise<number> {
  const { rows } = await database.owner.query('select count(*) as number from journal')
  return Number(rows[0]?.number)
}

test('I46 what another consumer does changes no answer of one’s own', async () => {
  const story = await tell(server, ['hotel', 'colocation'])
  const people = await cast(story)
  const seen = async () => {
    const [page, bill, list, may] = await Promise.all([
      people.ana.query('show_agreement', { agreement: stays.ana, at: '2026-05-14T17:05Z' }),
      people.ana.query('show_bill', {
        agreement: stays.ana,
        period: '2026-05',
        at: '2026-05-14T17:05Z',
      }),
      people.ana.query('list_agreements', {}),
      people.ana.query('ask_agreement', {
        ...{
          agreement: stays.ana,
          question: { may: 'room', user: 'per_ana_costa', at: '2026-05-14T17:05Z' },
        },
      }),
    ])
    return { page, bill, list, may }
  }
  const before = await seen()
  for (const tag of ['robe_0301', 'robe_0302'])
    await people.desk.command('grant_access', {
      agreement: people.stays.ben,
      component: 'robe',
      tag,
    })
  await people.ben.command('place_order', { agreement: people.stays.ben, component: 'front_desk' })
  const engineer = await story.as('o_nilsen', 'northgate')
  await engineer.command('record_fact', {
    ...{ agreement: 'agr_rack_of_brightline', kind: 'meter_reading', values: { energy: '1' } },
  })
  expect(await seen()).toEqual(before)
  expect(await refusalOf(people.ben.query('show_agreement', { agreement: stays.ana }))).toBe(
    'agreement_not_found',
  )
  await story.end()
})

/** The city stay, with terms of its own that pass a robe: it is left in a box, or bought, or lies there at the end. */
const withOwnWays = () =>
  readFiles(join(import.meta.dirname, '../examples/hotel'), 2_000_000).files.map(
    ({ file, text }) => ({
      file,
      text: text
        .replace(
          '  checked_out:',
          `  left_in_box: { shape: event, measured-by: consumer }
  bought: { shape: event, measured-by: consumer }
  checked_out:`,
        )
        .replace(
          '  robe_handed_in:',
          `  robe_left:
    transition: { of: robe, on: left_in_box, custody: provider }
    survives: end
  robe_bought:
    transition: { of: robe, on: bought, title: consumer, custody: consumer }
  robe_lies_there:
    transition: { of: robe, on: ended, custody: provider }
    survives: end
  robe_handed_in:`,
        ),
    }),
  )

test('a thing’s row follows its contract in the same commit, whichever fact or end passes it', async () => {
  const story = await tell(server, ['hotel'])
  const operator = await story.operator()
  const { lines } = await operator.door('apply_documents', { documents: withOwnWays() })
  expect(lines).toContain('apply offering: City stay as version 4')
  const { desk, ben, stays: own } = await cast(story, 4)
  const agreement = own.ben
  const lend = (tag: string, to = agreement) =>
    desk.command('grant_access', { agreement: to, component: 'robe', tag })
  const records = (kind: string, about: string) =>
    ben.command('record_fact', { agreement, kind, about, component: 'robe' })
  const standing = async (tag: string) => {
    const found = (await thingsFollow(story.database)).find((one) => one.tag === tag)
    const item = (await itemsOf(desk)).get(tag)
    expect(item).toMatchObject({ title: found?.title, custody: found?.custody })
    return [found?.title, found?.custody, item?.agreement]
  }
  for (const tag of ['robe_0301', 'robe_0302', 'robe_0303']) await lend(tag)

  // Her own fact hands it in: the guest has it no longer, and may again as long as access is granted.
  await records('left_in_box', 'robe_0301')
  expect(await standing('robe_0301')).toEqual(['provider', 'provider', agreement])
  const early = (at: string) =>
    refusalOf(
      ben.command('record_fact', {
        ...{ agreement, kind: 'bought', about: 'robe_0301', component: 'robe', at },
      }),
    )
  expect(await early('2026-05-14T14:00')).toBe('instant_must_not_precede_hand_over')
  const item = (await itemsOf(desk)).get('robe_0301')?.id ?? ''
  await desk.command('end_access', { agreement, component: 'robe', item })
  expect(await standing('robe_0301')).toEqual(['provider', 'provider', undefined])

  // What is back answers to its contract until it is out again; then to the other, whatever the first one says.
  await records('bought', 'robe_0301')
  expect(await standing('robe_0301')).toEqual(['consumer', 'consumer', agreement])
  await lend('robe_0304')
  await records('left_in_box', 'robe_0304')
  const other = (await itemsOf(desk)).get('robe_0304')?.id ?? ''
  await desk.command('take_back', { agreement, component: 'robe', item: other })
  await desk.command('grant_access', { agreement: stays.ana, component: 'robe', item: other })
  await records('bought', 'robe_0304')
  expect(await standing('robe_0304')).toEqual(['provider', 'consumer', stays.ana])

  await records('bought', 'robe_0302')
  expect(await standing('robe_0302')).toEqual(['consumer', 'consumer', agreement])
  await story.moveTo('2026-05-18T12:00Z')
  expect(await standing('robe_0302')).toEqual(['consumer', 'provider', agreement])
  expect(await standing('robe_0303')).toEqual(['provider', 'provider', undefined])
  await story.replayed()
  await story.end()
})

test('a thing that moved on between reading and writing is decided again', async () => {
  const story = await tell(server, ['hotel'])
  const operator = await story.operator()
  await operator.door('apply_documents', { documents: withOwnWays() })
  const { desk, ben, stays: own } = await cast(story, 4)
  const robe = { component: 'robe', tag: 'robe_0305' }
  await desk.command('grant_access', { ...robe, agreement: own.ben })
  const item = (await itemsOf(desk)).get(robe.tag)?.id ?? ''
  await desk.command('take_back', { agreement: own.ben, component: 'robe', item })
  // Both reach for it: one lends it elsewhere, the other buys it of the contract that it came back from.
  const both = await Promise.allSettled([
    desk.command('grant_access', { agreement: stays.ana, component: 'robe', item }),
    ben.command('record_fact', {
      ...{ agreement: own.ben, kind: 'bought', about: robe.tag, component: 'robe' },
    }),
  ])
  expect(both.map(({ status }) => status)).toContain('fulfilled')
  await thingsFollow(story.database)
  await story.replayed()
  await story.end()
})

/** Five hundred gifts, of which a kit takes two. */
const withGiftsCounted = () =>
  readFiles(join(import.meta.dirname, '../examples/hotel'), 2_000_000).files.map(
    ({ file, text }) => ({
      file,
      text: text
        .replace('per: kit }\n', 'per: kit }\nstock: 500\n')
        .replace(
          '{ resource: welcome_gifts, quantity: 1 }',
          '{ resource: welcome_gifts, quantity: 2 }',
        ),
    }),
  )

test('goods without tags leave the stock by what each is made of; a thing of the guest’s is not on hand', async () => {
  const story = await tell(server, ['hotel'])
  const operator = await story.operator()
  await operator.door('apply_documents', { documents: withGiftsCounted() })
  const { desk, ana, stays: own } = await cast(story)
  const stockOf = async (resource: string) => {
    const { products } = await desk.query('show_portfolio', {})
    const all = products.flatMap(({ components }) => components).flatMap((one) => one.resources)
    return all.find(({ id }) => id === resource)?.stock
  }
  const before = Number((await stockOf('res_welcome_gifts'))?.on_hand)
  await desk.command('hand_over_good', { agreement: own.ben, component: 'welcome_kit' })
  expect(await stockOf('res_welcome_gifts')).toEqual({ total: '500', on_hand: String(before - 2) })

  const robesBefore = await stockOf('res_bathrobes')
  const item = (await itemsOf(desk)).get('robe_0173')?.id ?? ''
  await ana.command('record_kept', { agreement: stays.ana, component: 'robe', item })
  expect(await stockOf('res_bathrobes')).toEqual(robesBefore)
  await story.end()
})
