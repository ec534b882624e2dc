import { expect, test } from 'vitest'
import type { OrderRow } from '../consumption/store.ts'
import type { GrantRow } from '../provision/store.ts'
import { beginningOf, standingBy } from './as-of.ts'
import type { AgreementRow } from './store.ts'

/** How far everything was at an instant, told later from what is known by then. */

const hour = (number: number) => `2026-05-12T${String(number).padStart(2, '0')}:00:00.000Z`
const at = (number: number) => Date.parse(hour(number))
const of = { agreement_id: 'agr_one', provider_id: 'org_one', consumer_id: 'org_other' }

const row: AgreementRow = {
  ...{ id: 'agr_one', provider_id: 'org_one', consumer_id: 'org_other' },
  ...{ relationship_id: 'rel_one', offering_id: 'off_one', offering_version: 1, status: 'ended' },
  ...{
    valid_from: hour(1),
    valid_until: hour(8),
    ends_at: hour(8),
    users: {},
    agreed: {},
    deviations: [],
  },
  ...{ proposed_by: 'per_one', proposed_at: hour(2), accepted_at: hour(3) },
  ...{ authorised_at: hour(4), ended_at: hour(8), awaits: 'consumer' },
}
const order: OrderRow = {
  ...{ ...of, id: 'towel', component: 'desk', status: 'performed', requested_by: 'per_ana' },
  ...{ requested_at: hour(5), responded_at: hour(6), performed_at: hour(7) },
}
const grant: GrantRow = {
  ...{ ...of, id: 'grt_1', component: 'room', about: 'room' },
  ...{ granted_at: hour(5), ended_at: hour(7) },
}
const all = { row, orders: [order], grants: [grant] }

test.for([
  [2, 'proposed', undefined, undefined],
  [3, 'accepted', undefined, undefined],
  [4, 'active', undefined, undefined],
  [5, 'active', 'requested', true],
  [6, 'active', 'responded', true],
  [7, 'active', 'performed', false],
  [8, 'ended', 'performed', false],
] as const)('at %i it is %s, its order %s', ([number, status, ordered, open]) => {
  const found = standingBy(all, at(number))
  expect(found.row.status).toBe(status)
  expect(found.row.accepted_at).toBe(number < 3 ? undefined : hour(3))
  expect(found.row.authorised_at).toBe(number < 4 ? undefined : hour(4))
  expect(found.orders[0]?.status).toBe(ordered)
  expect(found.grants[0] && found.grants[0].ended_at === undefined).toBe(open)
})

test('what was withdrawn stood as a proposal until then', () => {
  const { accepted_at: _, authorised_at: __, ended_at: ___, ...proposal } = row
  const withdrawn = { ...all, row: { ...proposal, status: 'withdrawn' as const } }
  expect(standingBy(withdrawn, at(4), at(5)).row.status).toBe('proposed')
  expect(standingBy(withdrawn, at(5), at(5)).row.status).toBe('withdrawn')
})

test('what was concluded elsewhere ran before the platform learnt of it', () => {
  const { ended_at: _, ...running } = row
  const told = { accepted_at: hour(6), authorised_at: hour(6), proposed_at: hour(6) }
  const concluded = { ...running, ...told, status: 'active' as const }
  expect(standingBy({ ...all, row: concluded }, at(2)).row).toEqual(concluded)
})

test('what runs has ended after its period, and so has every access under it', () => {
  const { ended_at: _, ...running } = row
  const { ended_at: __, ...granted } = grant
  const still = { row: { ...running, status: 'active' as const }, orders: [], grants: [granted] }
  const before = standingBy(still, at(8) - 1)
  expect([before.row.status, before.grants[0]?.ended_at]).toEqual(['active', undefined])
  const after = standingBy(still, at(8))
  expect([after.row.status, after.row.ended_at]).toEqual(['ended', hour(8)])
  expect(after.grants[0]?.ended_at).toBe(hour(8))
})

test('what was never authorised has not ended, but lapsed', () => {
  const { accepted_at: _, authorised_at: __, ended_at: ___, ...proposal } = row
  const open = { ...proposal, status: 'proposed' as const }
  expect(standingBy({ ...all, row: open }, at(20)).row).toEqual(open)
})

test.for([
  ['as soon as it was proposed', {}, 2],
  ['before its period', { valid_from: hour(5) }, 2],
  ['with its period, where it was concluded elsewhere', { proposed_at: hour(4) }, 1],
  ['as soon as it was told of', { proposed_at: hour(4), valid_from: hour(7) }, 4],
] as const)('there is an agreement %s', ([, said, number]) => {
  expect(beginningOf({ ...row, ...said })).toBe(at(number))
})
