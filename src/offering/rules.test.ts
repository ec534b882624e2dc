import { expect, test } from 'vitest'
import { readFiles } from '../platform/files.ts'
import { check } from '../question/command.ts'

/** The hotel with one change in one of its files; an empty change leaves it sound. */
function faultsAfter(file: string, from: string, to: string): string[] {
  const { files, isFolder } = readFiles('examples/hotel', 2_000_000)
  const changed = files.map((one) =>
    one.file.endsWith(file) ? { ...one, text: one.text.replace(from, to) } : one,
  )
  const { data } = check({ files: changed, faults: [], isFolder })
  return (data as { faults: { name: string; pointer: string; words: string }[] }).faults.map(
    ({ name, pointer, words }) => `${name} ${pointer}: ${words}`,
  )
}

test('a sound world has no fault', () => {
  expect(faultsAfter('parties.yaml', '', '')).toEqual([])
})

// Without service, product and resource behind it nothing is published; what is hidden from a group is not offered to it.
test.for<[rule: string, file: string, from: string, to: string, fault: string]>([
  [
    'R002 no service',
    'city_stay.yaml',
    'services: [ overnight_stay ]\n',
    '',
    'publication_incomplete ',
  ],
  [
    'R002 no target group',
    'city_stay.yaml',
    'target-groups: [ leisure_guests ]\n',
    '',
    'publication_incomplete ',
  ],
  [
    'R036 no product behind the service',
    'product.yaml',
    'products: [ city_room ]',
    'products: [ country_room ]',
    'publication_incomplete /services/0',
  ],
  [
    'R036 no resource behind the product',
    'product.yaml',
    'resource: bathrobes,',
    'resource: towels,',
    'publication_incomplete /services',
  ],
  [
    'R044 a component of no product',
    'city_stay.yaml',
    'of: city_room.bathrobe',
    'of: city_room.bath',
    'product_component_unknown /components/2/of',
  ],
  [
    'R043 a component hidden from the group',
    'city_stay.yaml',
    'of: city_room.bathrobe',
    'of: city_room.linen_laundry',
    'product_component_unknown /components/2/of',
  ],
  [
    'R009 a component without a kind',
    'city_stay.yaml',
    '- { access: robe, of:',
    '- { of:',
    'kind_unsaid /components/2',
  ],
  [
    'R040 a resource in no dimension',
    'product.yaml',
    'dimension: partners-and-suppliers',
    'dimension: suppliers',
    'value_misshapen /dimension',
  ],
  [
    'R004 another provider’s service',
    'product.yaml',
    'title: Overnight stay\nprovider: meridian_hotels',
    'title: Overnight stay\nprovider: brightwash',
    'reference_unknown /services/0: “Overnight stay” is a service of brightwash: what another provides is offered as a service of one’s own, whose product stands on a resource with “supplier: brightwash”.',
  ],
  [
    'R051 a role held by nobody of that side',
    'relationships.yaml',
    'customer: [ ana_costa ]',
    'customer: [ m_reyes ]',
    'person_without_role /roles/consumer/customer',
  ],
  [
    'R054 a user without the role',
    'ana_costa.yaml',
    'guest: [ ana_costa ]',
    'guest: [ hugo_costa ]',
    'person_without_role /users/guest/0',
  ],
  [
    'R023 a period that does not end after it starts',
    'ana_costa.yaml',
    '2026-05-15T13:00 ]',
    '2026-05-12T15:00 ]',
    'period_misordered /period',
  ],
])('%s', ([, file, from, to, fault]) => {
  expect(faultsAfter(file, from, to)).toContainEqual(expect.stringContaining(fault))
})
