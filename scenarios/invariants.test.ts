import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/platform/database/database.test-support.ts'
import type { Client } from '../src/platform/http/client.ts'
import type { Endpoints } from '../src/slices.ts'
import { refusalOf, type Story, tell } from './story.test-support.ts'

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
const robes = ['robe_0173', 'robe_0301', 'robe_0302'] as const
const steps = 60

type People = Awaited<ReturnType<typeof cast>>

async function cast(story: Story) {
  const people = {
    desk: await story.as('m_reyes', 'meridian_hotels'),
    ana: await story.as('ana_costa', 'costa'),
    ben: await story.as('ben_ito', 'ito'),
  }
  const proposal = {
    ...{ offering: 'off_city_stay', version: 3, relationship: 'rel_ito_with_meridian' },
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

/** Something that one of them may think of, with a thing that may be anywhere. */
function someAct({ desk, ana, ben, stays: all }: People, random: () => number): Act {
  const one = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item
  const stay = one(['ana', 'ben'] as const)
  const agreement = all[stay]
  const guest = stay === 'ana' ? ana : ben
  const robe = { agreement, component: 'robe', tag: one(robes) }
  return one<Act>([
    { client: desk, name: 'grant_access', input: robe },
    { client: desk, name: 'take_back', input: robe },
    { client: desk, name: 'end_access', input: robe },
    { client: guest, name: 'record_kept', input: { ...robe, how: one(['kept', 'missing']) } },
    { client: desk, name: 'hand_over_good', input: { agreement, component: 'welcome_kit' } },
    { client: guest, name: 'place_order', input: { agreement, component: 'front_desk' } },
    { client: guest, name: 'record_use', input: { agreement, component: 'room' } },
    { client: desk, name: 'grant_access', input: { agreement, component: 'room' } },
    { client: desk, name: 'end_access', input: { agreement, component: 'room' } },
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
  const items = resources.filter(({ id }) => id === 'res_bathrobes').flatMap((one) => one.items)
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
    const other = await client.query('ask_agreement', {
      ...{ agreement: id, question: { may: 'room', user: stranger } },
    })
    expect(other.answer).toBe('no')
  }
}

test.for([20260522, 7, 4711])(
  'I18, I19, I21, I47 and I48 hold after every step of a simulation from seed %i',
  async (seed) => {
    const story = await tell(server, ['hotel'])
    const people = await cast(story)
    const random = seeded(seed)
    let accepted = 0
    for (let step = 0; step < steps; step += 1) {
      const items = new Map([...(await itemsOf(people.desk))].map(([tag, { id }]) => [tag, id]))
      const act = someAct(people, random)
      const key = `step-${step}`
      const [first] = await Promise.allSettled([send(act, items, key)])
      if (first.status === 'fulfilled') {
        accepted += 1
        // I47: the same request with the same key is answered again and changes nothing.
        const counted = await entriesOf(story)
        expect(await send(act, items, key)).toEqual(first.value)
        expect(await entriesOf(story)).toBe(counted)
      }
      if (step % 10 === 9)
        await story.moveTo(
          new Date(Date.parse('2026-05-14T18:00Z') + step * 3_600_000).toISOString(),
        )
      if (step % 4 === 0) await invariantsHold(people)
    }
    expect(accepted).toBeGreaterThan(10)
    await invariantsHold(people)
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
