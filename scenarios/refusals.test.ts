import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/platform/database/database.test-support.ts'
import { readFiles } from '../src/platform/files.ts'
import type { CommandEndpoint } from '../src/platform/http/endpoint.ts'
import { endpoints } from '../src/slices.ts'
import { callAt, entriesIn, isDeclared, type Received, tokenOf } from './calls.test-support.ts'
import {
  type Command,
  document,
  type Fields,
  type Made,
  type Mistake,
  type Person,
  people,
  stay,
  type Table,
  tables,
} from './refusals.test-support.ts'
import { type Story, tell } from './story.test-support.ts'

/**
 * Why a command may not be: each table begins with everything wrong, and each row mends what the row before was refused
 * for. So every rule is met by its name, in the order in which the command declares it, and the last request passes.
 */

let server: TestServer
let story: Story
const tokens = new Map<string, string>()
const made: Made = {
  ...{ runs: '', empty: '', accepted: '', proposed: '', declined: '' },
  lapsed: { proposed: '', accepted: '' },
  items: { kept: '', back: '', ended: '', mistyped: '', elsewhere: '' },
}

beforeAll(async () => {
  server = await startTestServer()
  story = await tell(server, ['hotel', 'colocation'])
  for (const [name, [person, organisation]] of Object.entries(people))
    tokens.set(name, await tokenOf(story.database.work, person, organisation))
  made.runs = await proposed({}, 'active')
  made.empty = await concludedForNobody()
  made.accepted = await proposed({}, 'accepted')
  made.proposed = await proposed({}, 'proposed')
  made.declined = await proposed({}, 'proposed')
  const over = { until: '2026-05-14T20:00' }
  made.lapsed.proposed = await proposed(over, 'proposed')
  made.lapsed.accepted = await proposed(over, 'accepted')
  await story.moveTo('2026-05-14T19:00:00Z')
  made.items.kept = await lent('robe_0501')
  made.items.back = await lent('robe_0502')
  made.items.ended = await lent('robe_0503')
  made.items.mistyped = await lent('robe_0504')
  made.items.elsewhere = await idOf(stay, 'robe_0173')
  const runs = { agreement: made.runs }
  await done('ana', 'place_order', {
    ...runs,
    component: 'front_desk',
    order: 'pillow',
    id: 'known',
  })
  await done('ana', 'place_order', { ...runs, component: 'front_desk', order: 'towel' })
  await done('desk', 'perform_action', { ...runs, component: 'front_desk', order: 'towel' })
  await done('desk', 'hand_over_good', { agreement: made.empty, component: 'welcome_kit' })
  await done('ana', 'confirm_receipt', { agreement: made.empty, component: 'welcome_kit' })
})
afterAll(async () => {
  await story.replayed()
  await story.end()
  await server.stop()
})

const send = (
  as: Person | 'nobody',
  command: Command,
  input: Fields,
  beside: Partial<Mistake> = {},
) =>
  callAt(story.base(), {
    ...{ route: endpoints[command].route, input, token: tokens.get(as) },
    ...(beside.keyless ? {} : { key: crypto.randomUUID() }),
    ...(beside.body !== undefined && { body: beside.body }),
  })

async function done(as: Person, command: Command, input: Fields): Promise<Fields> {
  const { status, text } = await send(as, command, input)
  if (status !== 200) throw new Error(`${command}: ${text}`)
  return JSON.parse(text)
}

async function proposed(terms: Fields, until: 'proposed' | 'accepted' | 'active'): Promise<string> {
  const offered = { offering: 'off_city_stay', relationship: 'rel_costa_with_meridian' }
  const period = { from: '2026-05-14T10:00', until: '2026-05-20T12:00' }
  const users = { guest: ['per_ana_costa'] }
  const { id } = await done('owner', 'propose_agreement', {
    ...{ ...offered, ...period, users },
    ...terms,
  })
  const agreement = String(id)
  if (until !== 'proposed') await done('ana', 'accept_agreement', { agreement })
  if (until === 'active') await done('hugo', 'authorise_budget', { agreement, amount: '900.00' })
  return agreement
}

/** Nobody can propose it so; on paper it was. */
async function concludedForNobody(): Promise<string> {
  const operator = await story.operator()
  const folder = join(import.meta.dirname, '../examples/hotel')
  const documents = readFiles(folder, 2_000_000).files.map(({ file, text }) => ({ file, text }))
  const text = `kind: agreement
id: stay_of_nobody
relationship: costa_with_meridian
offering: city_stay
period: [ 2026-05-14T10:00, 2026-05-20T12:00 ]
`
  await operator.door('apply_documents', {
    documents: [...documents, { file: 'agreements/nobody.yaml', text }],
  })
  return 'agr_stay_of_nobody'
}

async function lent(tag: string): Promise<string> {
  await done('desk', 'grant_access', { agreement: made.runs, component: 'robe', tag })
  return idOf(made.runs, tag)
}

async function idOf(agreement: string, tag: string): Promise<string> {
  const desk = await story.as(...people.desk)
  const { components } = await desk.query('show_agreement', { agreement })
  const found = components.flatMap((one) => one.items).find((item) => item.tag === tag)
  return found?.id ?? ''
}

const commands = Object.keys(tables) as Command[]

describe.for(commands)('%s', (command) => {
  test('is refused by each of its rules in the order that it declares, and then is not', async () => {
    const { as, good, mistakes }: Table = tables[command](made)
    const { work } = story.database
    const before = await entriesIn(work)
    const met: string[] = []
    for (const place of mistakes.keys()) {
      const left = mistakes.slice(place)
      const who = left.find((one) => one.as)?.as ?? as
      const input = Object.assign({}, good, ...left.toReversed().map((one) => one.input ?? {}))
      const received = await send(who, command, input, left[0])
      met.push(refusalIn(received))
    }
    const asTold = ({ name, pointer = '' }: Mistake) => `${name} ${pointer}`
    expect(met).toEqual(mistakes.map(asTold))
    expect(await entriesIn(work)).toBe(before)
    const passed = await send(as, command, good)
    expect(passed).toMatchObject({ status: 200 })
    expect(await entriesIn(work)).toBeGreaterThan(before)
    const endpoint: CommandEndpoint = endpoints[command] as never
    const names = [...new Set(mistakes.map(({ name }) => name))]
    expect(names.filter((name) => !isDeclared(endpoint, name))).toEqual([])
    const declared = names.map((name) => endpoint.refusals.indexOf(name)).filter((at) => at >= 0)
    expect(declared).toEqual(declared.toSorted((one, other) => one - other))
  })
})

const refusalIn = ({ status, name = `status ${status}`, pointer = '' }: Received) =>
  `${name} ${pointer}`

describe('publishing', () => {
  const offering = 'off_city_stay'
  const keep = (text: string) => done('owner', 'draft_offering', { offering, text })
  const publish = async (expected?: unknown) =>
    refusalIn(await send('owner', 'publish_offering', { offering, expected }))

  test('of what is published is refused, and so is a draft with a fault, by the name of the fault', async () => {
    expect(await publish()).toBe('draft_must_exist ')
    await keep(document)
    const published = await keep(document.replace('City stay', 'City stay in June'))
    expect(await publish(published['draft'])).toBe('draft_must_differ ')
    const { draft, faults } = await keep(document.replace('amount: 60.00', 'amount: 60.00 USD'))
    const [fault] = faults as { name: string; pointer: string }[]
    expect(await publish(draft)).toBe(`${fault?.name} ${fault?.pointer}`)
    expect(await publish()).toBe('draft_must_be_the_one_read /expected')
    const unsound = await keep(
      document.replace('of: city_room.bathrobe', 'of: city_room.linen_laundry'),
    )
    expect(await publish(unsound['draft'])).toBe('product_component_unknown /components/2/of')
  })
})
