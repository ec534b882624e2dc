import { expect, test } from 'vitest'
import type { PlainMap } from '../contract/document/document.ts'
import { type Proposal, type ProposedOn, proposalRefusals, proposed } from './propose.ts'
import { offeringOf } from './so-far.test-support.ts'

/** Why something cannot be proposed: each row mends what the row before was refused for, and meets the next rule. */

const good: Proposal = {
  ...{ from: '2026-06-01T15:00', until: '2026-06-03T12:00', agreed: {}, deviations: [] },
  users: { guest: ['per_ana_costa'] },
}
const on: ProposedOn = {
  offering: {
    ...{ provider: 'org_meridian', groups: ['grp_leisure_guests'], zone: 'Europe/Lisbon' },
    document: offeringOf('hotel'),
  },
  relationship: { provider: 'org_meridian', group: 'grp_leisure_guests', from: '2026-05-01' },
  users: new Set(['per_ana_costa']),
  side: 'consumer',
  now: Date.parse('2026-05-14T18:00Z'),
}
const to = (amount: string) => ({ clause: 'room_price', path: 'charge.amount', to: amount })

const offered = (available: object) =>
  JSON.stringify({ ...JSON.parse(on.offering.document), available })

type Row = {
  readonly refused: keyof typeof proposalRefusals | 'value_misshapen' | 'deviation_finds_nothing'
  readonly pointer: string
  readonly says?: Partial<Proposal>
  readonly relationship?: Partial<ProposedOn['relationship']>
  readonly document?: string
  readonly now?: string
  readonly side?: string
}
const rows: readonly Row[] = [
  {
    ...{ refused: 'offering_must_be_the_providers', pointer: '/offering' },
    relationship: { provider: 'org_other' },
  },
  {
    ...{ refused: 'target_group_must_fit', pointer: '/offering' },
    relationship: { group: 'grp_business_guests' },
  },
  {
    ...{ refused: 'offering_must_be_available', pointer: '/offering' },
    document: offered({ from: '2026-05-15' }),
  },
  {
    ...{ refused: 'offering_must_be_available', pointer: '/offering' },
    // In Lisbon the day has begun already, in UTC it has not.
    ...{ document: offered({ until: '2026-05-15' }), now: '2026-05-14T23:00Z' },
  },
  { refused: 'instant_unreadable', pointer: '/from', says: { from: 'soon' } },
  { refused: 'instant_unreadable', pointer: '/until', says: { until: '2026-02-30T12:00' } },
  {
    ...{ refused: 'agreement_must_end_after_it_starts', pointer: '/until' },
    says: { until: '2026-06-01T15:00' },
  },
  {
    ...{ refused: 'agreement_must_not_lie_in_the_past', pointer: '/until' },
    now: '2026-06-03T11:00Z',
  },
  {
    ...{ refused: 'agreement_must_lie_within_its_relationship', pointer: '/from' },
    relationship: { from: '2026-06-02' },
  },
  {
    ...{ refused: 'agreement_must_lie_within_its_relationship', pointer: '/from' },
    relationship: { until: '2026-06-03' },
  },
  {
    ...{ refused: 'user_undeclared', pointer: '/users/butler' },
    says: { users: { butler: ['per_ana_costa'] } },
  },
  {
    ...{ refused: 'person_without_role', pointer: '/users/guest/1' },
    says: { users: { guest: ['per_ana_costa', 'per_hugo_costa'] } },
  },
  { refused: 'user_needed', pointer: '/users', says: { users: {} } },
  {
    ...{ refused: 'deviation_must_be_the_providers', pointer: '/deviations' },
    ...{ says: { deviations: [to('130.00')] }, side: 'consumer' },
  },
  {
    ...{ refused: 'value_misshapen', pointer: '/agreed/room_rate' },
    ...{ says: { agreed: { room_rate: 'much' }, deviations: [] } },
  },
  {
    ...{ refused: 'deviation_finds_nothing', pointer: '/deviations/0/clause' },
    ...{ says: { deviations: [{ ...to('130.00'), clause: 'nothing' }] }, side: 'provider' },
  },
]

test.for(rows.map((row, place) => [row.refused, row.pointer, place] as const))(
  '%s %s comes in its order',
  ([refused, pointer, place]) => {
    const left = rows.slice(place).toReversed()
    const proposal: Proposal = Object.assign({}, good, ...left.map(({ says }) => says ?? {}))
    const relationship: ProposedOn['relationship'] = Object.assign(
      {},
      on.relationship,
      ...left.map((row) => row.relationship ?? {}),
    )
    const { side = 'provider', document = on.offering.document, now } = rows[place] ?? {}
    const offering = { ...on.offering, document }
    const at = now === undefined ? on.now : Date.parse(now)
    const judged = { ...on, offering, relationship, side, ...(at !== undefined && { now: at }) }
    expect(proposed(proposal, judged)).toMatchObject({
      refusal: { name: refused, pointer },
    })
  },
)

test('every rule of a proposal is met here', () => {
  const met = new Set<string>(rows.map(({ refused }) => refused))
  expect(Object.keys(proposalRefusals).filter((name) => !met.has(name))).toEqual([])
})

test('what may be proposed has its period in UTC', () => {
  const period = { valid_from: '2026-06-01T14:00:00.000Z', valid_until: '2026-06-03T11:00:00.000Z' }
  expect(proposed(good, on)).toEqual({ ...period, own: [] })
  const tailored = { ...good, agreed: { room_rate: '120.00' }, deviations: [to('130.00')] }
  expect(proposed(tailored, { ...on, side: 'provider' })).toEqual({
    ...{ ...period, own: ['room_rate'] },
  })
  const { until: _, ...endless } = on.relationship
  expect(
    proposed(good, { ...on, relationship: { ...endless, until: '2026-06-04' } }),
  ).toMatchObject(period)
})

/** The rate stands for any value that moves money; the others say what the consumer may choose. */
const slots = {
  room_rate: { type: 'money', default: '140.00', 'at-least': '0' },
  deposit: { type: 'money' },
  floor: { type: 'number', default: '1', 'at-least': '0', 'at-most': '9' },
  pillow: { type: ['soft', 'hard'], default: 'soft' },
  nights: { type: 'number', default: '2', allowed: ['2', '3', '7'] },
}

test.for<[told: string, agreed: PlainMap, own: readonly string[]]>([
  ['nothing', {}, []],
  ['the published value', { room_rate: '140.00' }, []],
  ['the published value, written otherwise', { room_rate: '140' }, []],
  ['a value of his own', { room_rate: '0.00' }, ['room_rate']],
  ['a higher one', { room_rate: '150.00' }, ['room_rate']],
  ['what has no published value', { deposit: '1.00' }, ['deposit']],
  ['what lies in its range', { floor: '7' }, []],
  ['one of the choices', { pillow: 'hard' }, []],
  ['one of those allowed', { nights: '7' }, []],
  ['some of each', { nights: '3', room_rate: '9', deposit: '1' }, ['deposit', 'room_rate']],
])('%s is left to the consumer, or is the proposer’s own', ([, agreed, own]) => {
  const document = JSON.stringify({ ...JSON.parse(on.offering.document), agreed: slots })
  const offering = { ...on.offering, document }
  const said = { deposit: '1.00', ...agreed }
  const left = (names: readonly string[]) => names.filter((name) => name in agreed)
  const judged = proposed({ ...good, agreed: said }, { ...on, offering })
  expect('own' in judged && left(judged.own)).toEqual(own)
})

test('dates are days of the offering’s zone, and what was concluded elsewhere may be over', () => {
  // In Lisbon midnight of 1 June is an hour before that of UTC.
  const early = { ...good, from: '2026-06-01T00:00' }
  const begun = { ...on.relationship, from: '2026-06-01' }
  expect(proposed(early, { ...on, relationship: begun })).toMatchObject({
    valid_from: '2026-05-31T23:00:00.000Z',
  })
  const { now: _, ...elsewhere } = on
  const past = { ...good, from: '2026-05-01T15:00', until: '2026-05-03T12:00' }
  expect(proposed(past, on)).toMatchObject({
    refusal: { name: 'agreement_must_not_lie_in_the_past' },
  })
  expect(proposed(past, elsewhere)).toHaveProperty('valid_from')
  expect(proposed({ ...past, users: {} }, elsewhere)).toHaveProperty('valid_from')
})
