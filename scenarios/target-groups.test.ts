import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/platform/database/database.test-support.ts'
import { readFiles } from '../src/platform/files.ts'
import type { Client } from '../src/platform/http/client.ts'
import type { Endpoints } from '../src/slices.ts'
import { tokenOf } from './calls.test-support.ts'
import { refusalOf, type Story, tell } from './story.test-support.ts'

/** What a product shows to some target groups alone, the catalogue shows to nobody else. */

const hotel = readFiles(join(import.meta.dirname, '../examples/hotel'), 2_000_000).files.map(
  ({ file, text }) => ({ file, text }),
)

/** Another target group with a guest, and an offering of which others than the leisure guests may see nothing. */
const more = `
kind: target-group
id: business_guests
title: Business guests
---
kind: organisation
id: acme
title: Acme
persons: [ { id: bo_acme, title: Bo Acme } ]
---
kind: relationship
id: acme_with_meridian
provider: meridian_hotels
consumer: acme
target-group: business_guests
from: 2026-05-01
roles:
  provider: { owner: [ l_okafor ] }
  consumer: { customer: [ bo_acme ] }
---
language: 1
kind: offering
id: late_desk
title: Desk at night
provider: meridian_hotels
target-groups: [ leisure_guests ]
services: [ overnight_stay ]
currency: EUR
zone: Europe/Lisbon
rounding: { to: 0.01, mode: half-up }
components: [ { action: desk, of: city_room.reception } ]
terms: { desk_price: { charge: { pays-for: desk, each: performed, amount: 5.00 } } }
`

const stay = { offering: 'off_city_stay' }
const people = { member: 'costa', guest: 'acme', owner: 'meridian_hotels' } as const
type Who = keyof typeof people | 'stranger'

let server: TestServer
let story: Story
const clients = new Map<Who, Client<Endpoints>>()
const as = (who: Who): Client<Endpoints> => clients.get(who) ?? story.stranger()

beforeAll(async () => {
  server = await startTestServer()
  story = await tell(server, ['hotel', 'colocation'])
  const operator = await story.operator()
  const documents = [...hotel, { file: 'more.yaml', text: more }]
  await operator.door('apply_documents', { documents })
  clients.set('member', await story.as('ana_costa', people.member))
  clients.set('guest', await story.as('bo_acme', people.guest))
  clients.set('owner', await story.as('l_okafor', people.owner))
})
afterAll(async () => {
  await story.replayed()
  await story.end()
  await server.stop()
})

const desk = ['front_desk', 'bill']
const open = ['welcome_kit', 'room', 'robe']
const numbers = [
  '2',
  '2.1',
  '3',
  '3.1',
  '3.2',
  '3.3',
  '4',
  '4.1',
  '4.2',
  '4.3',
  '4.4',
  '4.5',
  '4.6',
]
const deskNumbers = ['5', '5.1', '6', '6.1']

type Sees = {
  readonly components: readonly string[]
  readonly clauses: readonly string[]
  readonly kinds: readonly string[]
  /** Of the provider’s offerings, by a word of the front desk, and by the kind that only the desks have. */
  readonly searched: readonly string[]
  readonly actions: readonly string[]
  readonly groups: readonly string[]
}
const all: Sees = {
  ...{ components: [...open, ...desk], clauses: [...numbers, ...deskNumbers] },
  kinds: ['good', 'access', 'access', 'action', 'action'],
  ...{ searched: ['off_city_stay'], actions: ['off_city_stay', 'off_late_desk'] },
  groups: ['grp_leisure_guests', 'grp_media_houses'],
}
const some: Sees = {
  ...{ components: open, clauses: numbers, kinds: ['good', 'access', 'access'] },
  ...{ searched: [], actions: [], groups: all.groups },
}

describe('of the hotel', () => {
  test.for<[who: Who, sees: Sees]>([
    ['owner', all],
    ['member', all],
    ['guest', some],
    ['stranger', some],
  ])('the %s sees what is shown to him, and no trace of the rest', async ([who, sees]) => {
    const shown = await as(who).query('show_offering', stay)
    const catalogue = await as(who).query('show_catalogue', {})
    const ids = async (asked: { search?: string; kind?: 'action' }) =>
      (await as(who).query('show_catalogue', asked)).items
        .filter(({ provider }) => provider.id === 'org_meridian_hotels')
        .map(({ id }) => id)
    expect({
      components: shown.components.map(({ id }) => id),
      clauses: shown.clauses.map(({ number }) => number),
      kinds: catalogue.items
        .flatMap(({ id, components }) => (id === stay.offering ? components : []))
        .map(({ kind }) => kind),
      searched: await ids({ search: 'front-desk' }),
      actions: await ids({ kind: 'action' }),
      groups: catalogue.groups.map(({ id }) => id),
    }).toEqual(sees)
    if (sees === all) return
    const told = JSON.stringify([shown, catalogue])
    const words = [...desk.slice(0, 1), 'front-desk', 'bill_ready', 'preparation of the bill']
    expect(words.filter((word) => told.includes(word))).toEqual([])
  })

  test('an offering with nothing to see in it is as one that does not exist', async () => {
    const asked = (offering: string) => ({ offering })
    for (const who of ['guest', 'stranger'] as const) {
      for (const offering of ['off_late_desk', 'off_of_nobody'])
        expect(await refusalOf(as(who).query('show_offering', asked(offering)))).toBe(
          'offering_not_found',
        )
      const { items } = await as(who).query('show_catalogue', {})
      expect(items.map(({ id }) => id)).toEqual(['off_city_stay', 'off_standard_rack'])
    }
    const { title } = await as('member').query('show_offering', asked('off_late_desk'))
    expect(title).toBe('Desk at night')
  })

  test('pages of one kind are full, and each offering is on one of them', async () => {
    const found: string[] = []
    const sizes: number[] = []
    for (let cursor: string | undefined; ; ) {
      const page = { limit: 1, kind: 'good' as const, ...(cursor !== undefined && { cursor }) }
      const { items, next } = await as('member').query('show_catalogue', page)
      found.push(...items.map(({ id }) => id))
      sizes.push(items.length)
      cursor = next
      if (next === undefined) break
    }
    const whole = await as('member').query('show_catalogue', { kind: 'good' })
    expect(found).toEqual(whole.items.map(({ id }) => id))
    expect(new Set(sizes)).toEqual(new Set([1]))
  })
})

describe('who says in which role he acts', () => {
  type Button = { readonly refused?: { readonly name: string } }
  const on = ({ refused }: Button) => refused?.name ?? 'on'

  /** The buttons that a page shows to Ana: of an offering, or of the front desk in an agreement. */
  const buttons = async (path: string, role?: string) => {
    const token = await tokenOf(story.database.work, 'ana_costa', 'costa')
    const headers = {
      authorization: `Bearer ${token}`,
      ...(role !== undefined && { 'tessera-role': role }),
    }
    const page = await fetch(`${story.base()}${path}`, { headers })
    const { propose, components = [] } = JSON.parse(await page.text()) as {
      propose?: Button
      components?: { id: string; actions: Button[] }[]
    }
    if (propose) return on(propose)
    return components.find(({ id }) => id === 'front_desk')?.actions.map(on)
  }

  test('finds those buttons on that this role may press', async () => {
    const offering = '/offerings/off_city_stay'
    expect(await buttons(offering)).toBe('on')
    expect(await buttons(offering, 'consumer customer')).toBe('on')
    expect(await buttons(offering, 'consumer user')).toBe('role_must_allow')
    const agreement = '/agreements/agr_stay_of_ana_costa'
    expect(await buttons(agreement, 'consumer sponsor')).toEqual(['role_must_allow'])
    expect(await buttons(agreement, 'consumer user')).not.toContain('role_must_allow')
  })
})

describe('what the provider publishes', () => {
  const document = hotel.find(({ file }) => file.endsWith('city_stay.yaml'))?.text ?? ''
  const draft = (title: string) =>
    as('owner').command('draft_offering', {
      ...stay,
      text: document.replace('title: City stay', `title: ${title}`),
    })
  const publish = (expected?: string) =>
    as('owner').command('publish_offering', { ...stay, ...(expected && { expected }) })

  test('is the draft that was read, not one that somebody kept since', async () => {
    const first = await draft('City stay in May')
    const second = await draft('City stay in June')
    expect(await refusalOf(publish(first.draft))).toBe('draft_must_be_the_one_read')
    expect(await refusalOf(publish())).toBe('draft_must_be_the_one_read')
    const { source } = await as('owner').query('show_offering', stay)
    expect(source?.draft).toBe(second.draft)
    expect(await publish(second.draft)).toEqual({ id: stay.offering, version: 4 })
  })

  test('is shown to those to whom its product showed it then', async () => {
    const components = async () =>
      (await as('stranger').query('show_offering', stay)).components.map(({ id }) => id)
    const operator = await story.operator()
    const documents = hotel.map(({ file, text }) => ({
      file,
      text: text
        .replace('title: City stay', 'title: City stay in June')
        .replace(/(id: bathrobe, .*visible-to:) everybody/, '$1 [ leisure_guests ]'),
    }))
    await operator.door('apply_documents', { documents })
    expect(await components()).toEqual(open)
    const { draft: expected } = await draft('City stay in July')
    expect(await publish(expected)).toMatchObject({ version: 5 })
    expect(await components()).toEqual(['welcome_kit', 'room'])
    const { clauses, definitions } = await as('stranger').query('show_offering', stay)
    expect(clauses.map(({ number }) => number)).toEqual(numbers.filter((one) => one < '4'))
    expect(definitions.map(({ term }) => term)).not.toContain('Days since the robe was kept')
  })
})
