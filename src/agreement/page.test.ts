import { expect, test } from 'vitest'
import type { OrderRow } from '../consumption/store.ts'
import { liftTerms } from '../contract/offering/lifted.ts'
import { answerWorkMax, withinWork } from '../contract/work.ts'
import { utcText } from '../kernel/time.ts'
import type { ItemRow } from '../provision/store.ts'
import { type Beside, pageOf } from './page.store.ts'
import type { Read } from './reading.store.ts'
import { offeringOf, soFarOf } from './so-far.test-support.ts'

const document = offeringOf('hotel')
const parties = { provider_id: 'org_one', consumer_id: 'org_other' }
const name = (id: string) => ({ id, title: id })
const minute = (place: number) =>
  `2026-05-1${2 + Math.floor(place / 1200)}T${String(Math.floor((place % 1200) / 60)).padStart(2, '0')}:${String(place % 60).padStart(2, '0')}`

/** A stay in which so much was ordered and answered, and so many robes were lent. */
function longStay(orders: number, things: number): { read: Read; beside: Beside } {
  const places = (count: number) => Array.from({ length: count }, (_, place) => place)
  const facts = [
    ...places(orders).flatMap((place) => {
      const said = { about: `ord_${place}`, component: 'front_desk', at: minute(place) }
      return [['requested', said] as const, ['responded', said] as const]
    }),
    ...places(things).map(
      (place) =>
        ['granted', { about: `robe_${place}`, component: 'robe', at: '2026-05-12T15:00' }] as const,
    ),
  ]
  const period = ['2026-05-12T00:00', '2026-05-15T12:00'] as const
  const soFar = soFarOf({ document, period, facts, now: '2026-05-14T18:00' })
  const { now, agreement } = soFar
  const instants = { valid_from: utcText(agreement.frame.agreed.start) }
  const until = utcText(agreement.frame.agreed.end)
  const row: Read['row'] = {
    ...{ ...parties, id: 'agr_one', relationship_id: 'rel_one', offering_id: 'off_one' },
    ...{ ...instants, valid_until: until, ends_at: until, offering_version: 1 },
    ...{ status: 'active', awaits: 'consumer', agreed: {}, deviations: [] },
    ...{ users: { guest: ['per_one'] }, proposed_by: 'per_one', proposed_at: utcText(now) },
  }
  const offering: Read['offering'] = {
    ...{ offering_id: 'off_one', id: '1', version: 1, provider_id: 'org_one', document },
    ...{ title: 'City stay', zone: 'Europe/Lisbon', currency: 'EUR', target_groups: [] },
    ...{ shown_to: {} as Read['offering']['shown_to'], found_by: '', published_at: utcText(now) },
  }
  const ordered = places(orders).map(
    (place): OrderRow => ({
      ...{ ...parties, agreement_id: row.id, id: `ord_${place}`, component: 'front_desk' },
      ...{ status: 'responded', requested_by: 'per_one', requested_at: utcText(now) },
    }),
  )
  const items = places(things).map(
    (place): ItemRow => ({
      ...{ id: `itm_${place}`, provider_id: 'org_one', tag: `robe_${place}`, title: 'provider' },
      ...{ resource_id: 'res_robe', custody: 'consumer', agreement_id: row.id, component: 'robe' },
      since: utcText(now),
    }),
  )
  const grants = items.map(({ tag }) => ({
    ...{ ...parties, agreement_id: row.id, id: tag, component: 'robe', about: tag },
    granted_at: utcText(now),
  }))
  const told = { provider: 'one', consumer: 'other', base: liftTerms(JSON.parse(document)).lifted }
  const read: Read = {
    ...{ ...soFar, row, offering, revisions: [], orders: ordered, grants, version: 1, name, told },
    ...{ holders: [], held: [], at: now },
  }
  const held = [
    { side: 'provider' as const, role: 'practitioner' as const, held_from: '2020-01-01' },
  ]
  const onlooker = { side: 'provider' as const, person: 'per_desk', claimed: '', held }
  const ground = { version: 1, document, zone: offering.zone, held_from: '2020-01-01' }
  return {
    read,
    beside: { onlooker: onlooker as never, ground, name, items, resourceOf: () => undefined },
  }
}

test('a page with a thousand orders and two hundred things says everything of each', () => {
  const { read, beside } = longStay(1000, 200)
  const page = withinWork(answerWorkMax, () => pageOf(read, beside))
  const robe = page.components.find(({ id }) => id === 'robe')
  expect(page.orders.filter(({ due: [due] }) => due?.met === true && due.at)).toHaveLength(1000)
  expect(robe?.items.filter(({ custody }) => custody === 'consumer')).toHaveLength(200)
  expect(JSON.stringify(page)).not.toContain('question_too_large')
})
