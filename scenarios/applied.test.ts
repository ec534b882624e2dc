import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/platform/database/database.test-support.ts'
import { readFiles } from '../src/platform/files.ts'
import { refusalOf, tell } from './story.test-support.ts'

/** A provider edits its files alone; what is agreed afterwards follows, and what runs keeps its terms. */

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const hotel = () =>
  readFiles(join(import.meta.dirname, '../examples/hotel'), 2_000_000).files.map(
    ({ file, text }) => ({ file, text }),
  )

/** The robe at 72.50, and umbrellas to lend beside it. */
const edited = () =>
  hotel().map(({ file, text }) => ({
    file,
    text: text
      .replace('each: robe_kept, amount: 60.00', 'each: robe_kept, amount: 72.50')
      .replace(
        'kind: product\n',
        `kind: resource
id: umbrellas
title: Umbrellas
owner: meridian_hotels
dimension: information-and-technology
stock: 40
---
kind: product
`,
      )
      .replace(
        '  - { id: welcome_kit, title: Welcome kit',
        `  - { id: umbrella, title: Umbrella, resources: [ { resource: umbrellas } ], visible-to: everybody }
  - { id: welcome_kit, title: Welcome kit`,
      )
      .replace(
        '  - { action: front_desk,',
        `  - { access: umbrella, of: city_room.umbrella, for: guest, serialised: yes }
  - { action: front_desk,`,
      )
      .replace(
        '  robe_handed_in:',
        `  umbrella_lent:
    transition: { of: umbrella, on: granted, custody: consumer }
  umbrella_kept:
    transition: { of: umbrella, on: kept, title: consumer, right: ended }
  umbrella_price:
    charge: { pays-for: umbrella, each: umbrella_kept, amount: 18.00 }
  robe_handed_in:`,
      ),
  }))

test('after it is applied, a new agreement’s prose, answers, buttons, stock and bill follow; the running one keeps its terms', async () => {
  const story = await tell(server, ['hotel'])
  const operator = await story.operator()
  const again = await operator.door('apply_documents', { documents: hotel() })
  const told = again.lines.filter((line) => !line.includes('later than'))
  expect(told).toEqual([expect.stringMatching(/^\d+ facts and revisions not applied/)])
  const { lines } = await operator.door('apply_documents', { documents: edited() })
  expect(lines).toContain('apply offering: City stay as version 4')

  const desk = await story.as('m_reyes', 'meridian_hotels')
  const ana = await story.as('ana_costa', 'costa')
  const hugo = await story.as('hugo_costa', 'costa')
  const { id } = await desk.command('propose_agreement', {
    ...{ offering: 'off_city_stay', relationship: 'rel_costa_with_meridian' },
    ...{ from: '2026-05-14T15:00', until: '2026-05-16T12:00', users: { guest: ['per_ana_costa'] } },
  })
  await ana.command('accept_agreement', { agreement: id })
  await hugo.command('authorise_budget', { agreement: id, amount: '500.00' })

  const clause = async (agreement: string) =>
    (await ana.query('show_agreement', { agreement })).clauses.find(
      (one) => one.id === 'robe_price',
    )
  expect((await clause(id))?.text).toMatch(/pays Meridian Hotels 72\.50/)
  expect((await clause('agr_stay_of_ana_costa'))?.text).toMatch(/pays Meridian Hotels 60\.00/)

  const lent = { agreement: id, component: 'umbrella', tag: 'umbrella_7' }
  const before = await desk.query('show_agreement', { agreement: id })
  const umbrella = before.components.find((one) => one.id === 'umbrella')
  expect(umbrella?.actions.map(({ command }) => command)).toContain('grant_access')
  await desk.command('grant_access', lent)
  const stock = (await desk.query('show_portfolio', {})).products
    .flatMap(({ components }) => components)
    .flatMap(({ resources }) => resources)
    .find((one) => one.id === 'res_umbrellas')?.stock
  expect(stock).toEqual({ total: '40', on_hand: '39' })

  const shown = await ana.query('show_agreement', { agreement: id })
  const item = shown.components.find((one) => one.id === 'umbrella')?.items[0]?.id ?? ''
  await ana.command('record_kept', { agreement: id, component: 'umbrella', item })
  const bill = await ana.query('show_bill', { agreement: id, period: '2026-05' })
  expect(bill.lines.map(({ clause: one, amount }) => [one, amount])).toContainEqual([
    'umbrella_price',
    '18.00',
  ])
  expect(
    await refusalOf(desk.command('grant_access', { ...lent, agreement: 'agr_stay_of_ana_costa' })),
  ).toBe('component_unknown')
  await story.replayed()
  await story.end()
})

test('what is refused is counted and named, beside what landed', async () => {
  const story = await tell(server, ['hotel'])
  const operator = await story.operator()
  const others = hotel().map(({ file, text }) => ({
    file,
    text: text.replaceAll('meridian_hotels', 'another_house'),
  }))
  const { lines, applied, refused } = await operator.door('apply_documents', { documents: others })
  expect(applied).toBeGreaterThan(0)
  expect(refused).toBeGreaterThan(0)
  expect(lines.filter((line) => line.includes(': refused, '))).toHaveLength(refused)
  expect(lines).toContain('register organisation: Meridian Hotels')
  const again = await operator.door('apply_documents', { documents: hotel() })
  expect(again).toMatchObject({ refused: 0 })
  await story.end()
})

test('a draft that its owner has not published waits on, whatever the files say', async () => {
  const story = await tell(server, ['hotel'])
  const operator = await story.operator()
  const owner = await story.as('l_okafor', 'meridian_hotels')
  const stay = { offering: 'off_city_stay' }
  const written = hotel().find(({ file }) => file.endsWith('city_stay.yaml'))?.text ?? ''
  const { draft } = await owner.command('draft_offering', {
    ...stay,
    text: written.replace('title: City stay', 'title: City stay by the river'),
  })
  const waits = async () => (await owner.query('show_offering', stay)).source?.draft
  await operator.door('apply_documents', { documents: hotel() })
  expect(await waits()).toBe(draft)
  await operator.door('apply_documents', { documents: edited() })
  expect(await waits()).toBe(draft)
  expect(await owner.command('publish_offering', { ...stay, expected: draft })).toMatchObject({
    version: 5,
  })
  await story.replayed()
  await story.end()
})

test('an agreement’s file that says something else now is told, and changes nothing', async () => {
  const story = await tell(server, ['hotel'])
  const operator = await story.operator()
  const otherwise = hotel().map(({ file, text }) => ({
    file,
    text: text.replace('agreed: { room_rate: 155.00 }', 'agreed: { room_rate: 99.00 }'),
  }))
  const { lines, refused } = await operator.door('apply_documents', { documents: otherwise })
  expect(refused).toBe(1)
  expect(lines).toContainEqual(
    expect.stringMatching(
      /^conclude agreement, stay_of_ben_ito: refused, agreement_must_be_new\. .*keeps/,
    ),
  )
  const ben = await story.as('ben_ito', 'ito')
  const { clauses } = await ben.query('show_agreement', { agreement: 'agr_stay_of_ben_ito' })
  expect(clauses.some(({ text }) => text.includes('155.00'))).toBe(true)
  await story.end()
})

test('a target group that nothing is offered to yet is nobody’s', async () => {
  const story = await tell(server, [])
  const operator = await story.operator()
  const parties = hotel().filter(({ file }) => file.endsWith('parties.yaml'))
  const apply = async (documents: ReturnType<typeof hotel>) =>
    (await operator.door('apply_documents', { documents })).lines
  const group = 'define target group: Leisure guests'
  expect(await apply(parties)).not.toContain(group)
  const lines = await apply(hotel())
  expect(lines).toContain(group)
  expect(lines).toContain('apply offering: City stay as version 3')
  await story.end()
})

test('documents with faults change nothing, and the first fault is named with its line', async () => {
  const story = await tell(server, ['hotel'])
  const operator = await story.operator()
  const broken = hotel().map(({ file, text }) => ({
    file,
    text: text.replace('charge: { pays-for: room, every', 'chrage: { pays-for: room, every'),
  }))
  const [fault] = await Promise.allSettled([
    operator.door('apply_documents', { documents: broken }),
  ])
  expect(String(fault.status === 'rejected' && fault.reason)).toMatch(
    /documents_must_be_sound: .*city_stay\.yaml:\d+/,
  )
  const desk = await story.as('m_reyes', 'meridian_hotels')
  expect((await desk.query('show_offering', { offering: 'off_city_stay' })).version).toBe(3)
  expect(await refusalOf(desk.door('apply_documents', { documents: hotel() }))).toBe(
    'role_must_be_operator',
  )
  await story.end()
})
