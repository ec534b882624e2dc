import { describe, expect, test } from 'vitest'
import type { Read } from '../agreement/reading.store.ts'
import { offeringOf, soFarOf } from '../agreement/so-far.test-support.ts'
import { SenderId } from '../agreement/terms.ts'
import type { Question } from '../contract/question/form.ts'
import type { Refusal } from '../kernel/refusal.ts'
import type { OfferingVersionRow } from '../offering/store.ts'
import { answerFrom, supposed } from './answer.store.ts'

/** What it would cost if it happened: every price that would be due for it, and nothing is changed by asking. */

type Facts = NonNullable<Parameters<typeof soFarOf>[0]['facts']>
type World = Parameters<typeof offeringOf>[0]

function readOf(world: World, facts: Facts, now: string, document = offeringOf(world)): Read {
  const hotel = world === 'hotel'
  const period = hotel ? ['2026-05-12T15:00', '2026-05-15T13:00'] : ['2026-02-10', '2028-02-01']
  const soFar = soFarOf({ document, period: [period[0] ?? '', period[1] ?? ''], facts, now })
  const { start, end } = soFar.agreement.frame.agreed
  const parties = { provider_id: 'org_one', consumer_id: 'org_other' }
  return {
    ...soFar,
    row: {
      ...{ id: 'agr_one', ...parties, relationship_id: 'rel_one', offering_id: 'off_one' },
      ...{ offering_version: 1, status: 'active', users: { guest: ['per_ana'] } },
      ...{ valid_from: new Date(start).toISOString(), valid_until: new Date(end).toISOString() },
      ...{ agreed: {}, deviations: [], proposed_by: 'per_one', proposed_at: '2026-01-01T00:00Z' },
      ...{ awaits: 'consumer', ends_at: new Date(end).toISOString() },
    },
    ...{ revisions: [], orders: [], grants: [], version: 7, at: soFar.now },
    offering: { document, currency: 'EUR', zone: soFar.agreement.frame.zone } as OfferingVersionRow,
    name: (id) => ({ id, title: id }),
    ...{ holders: [], held: [] },
    told: { provider: 'the provider', consumer: 'the consumer' },
  }
}

const granted = ['granted', { about: 'robe_1', component: 'robe', at: '2026-05-12T15:12' }] as const
const kept = ['kept', { about: 'robe_1', at: '2026-05-13T09:00' }] as const
const robe = { component: 'robe', about: 'robe_1', values: {} }

type Asked = Parameters<typeof supposed>[1]
type Row = readonly [
  told: string,
  world: World,
  facts: Facts,
  asked: Asked,
  kind: string,
  says: string,
  clauses: readonly string[],
]

const hands = { kind: 'performed', component: 'remote_hands' }
const rows: readonly Row[] = [
  [
    ...(['a robe that is kept', 'hotel', [granted]] as const),
    ...([{ kind: 'kept', ...robe }, 'value', '60.00 EUR', ['robe_price']] as const),
  ],
  [
    ...(['a robe that goes missing', 'hotel', [granted]] as const),
    ...([{ kind: 'missing', ...robe }, 'value', '60.00 EUR', ['robe_price']] as const),
  ],
  [
    ...(['a kept robe that comes back in time', 'hotel', [granted, kept]] as const),
    { kind: 'returned', ...robe, at: '2026-05-27T08:00' },
    ...(['value', '60.00 EUR to the consumer', ['robe_refund']] as const),
  ],
  [
    ...(['a kept robe that comes back too late', 'hotel', [granted, kept]] as const),
    { kind: 'returned', ...robe, at: '2026-05-28T10:00' },
    ...(['nothing-due', 'nothing due', ['robe_refund']] as const),
  ],
  [
    ...(['a check-out in time', 'hotel', []] as const),
    { kind: 'checked_out', values: {}, at: '2026-05-15T11:00' },
    ...(['nothing-due', 'nothing due', ['late_check_out']] as const),
  ],
  [
    ...(['a check-out at 13:00', 'hotel', []] as const),
    { kind: 'checked_out', values: {}, at: '2026-05-15T13:00' },
    ...(['value', '70.00 EUR', ['late_check_out']] as const),
  ],
  [
    ...(['a check-out a day late, after 18:00', 'hotel', []] as const),
    { kind: 'checked_out', values: {}, at: '2026-05-16T19:00' },
    ...(['value', '280.00 EUR', ['late_check_out', 'overstay']] as const),
  ],
  [
    ...(['what no clause prices', 'hotel', []] as const),
    { kind: 'requested', component: 'front_desk', about: 'fan', values: {} },
    ...(['not-agreed', 'not agreed', []] as const),
  ],
  [
    ...(['twenty minutes of hands in staffed hours', 'colocation', []] as const),
    { ...hands, values: { to: '2026-05-13T10:20', expedited: 'no' }, at: '2026-05-13T10:00' },
    ...(['value', '90.00 EUR', ['remote_hands_price']] as const),
  ],
  [
    ...(['the same at night and expedited', 'colocation', []] as const),
    { ...hands, values: { to: '2026-05-13T23:20', expedited: 'yes' }, at: '2026-05-13T23:00' },
    'value',
    '255.00 EUR',
    ['remote_hands_price', 'outside_staffed_hours', 'expedited'],
  ],
  [
    ...(['the same, not said whether expedited', 'colocation', []] as const),
    { ...hands, values: { to: '2026-05-13T10:20' }, at: '2026-05-13T10:00' },
    'unknown',
    'not known: performed.expedited of what is supposed',
    ['remote_hands_price', 'expedited'],
  ],
]

test.for<readonly [question: object, pointer: string, words: string]>([
  [{ may: 'rom', user: 'guest' }, '/question/may', 'Did you mean “room”?'],
  [{ may: 'room', user: 'gest' }, '/question/user', 'Did you mean “guest”?'],
  [{ may: 'room', user: 'per_anna' }, '/question/user', 'Did you mean “per_ana”?'],
  [{ may: 'robe', user: 'guest', item: 'robe_2' }, '/question/item', 'Did you mean “robe_1”?'],
  [{ whose: 'rbe_1' }, '/question/whose', 'Did you mean “robe_1”?'],
])('what is misspelt is refused with the nearest name: %j', ([question, pointer, words]) => {
  const read = readOf('hotel', [granted], '2026-05-14T18:00')
  const { refusal } = answerFrom(read, question as Question) as { refusal: Refusal }
  expect(refusal).toMatchObject({ pointer, words: expect.stringContaining(words) })
})

describe('supposing', () => {
  test.for(rows.map((row, place) => [row[0], row[5], place] as const))(
    '%s comes to: %s',
    ([, , place]) => {
      const [, world = 'hotel', facts = [], asked, kind, says, clauses = []] = rows[place] ?? []
      if (!asked) throw new Error('no row')
      const read = readOf(world, facts, '2026-05-14T18:00')
      const before = JSON.stringify([read.facts, read.placed])
      const found = supposed(read, asked)
      expect(found).toMatchObject({ kind, says })
      if ('refusal' in found) return
      const answers = found.answers.filter((one) => one.kind !== 'nothing-due')
      const speaking = answers.length > 0 ? answers : found.answers.slice(0, 1)
      expect(speaking.map(({ clause }) => clause).toSorted()).toEqual([...clauses].toSorted())
      expect(JSON.stringify([read.facts, read.placed])).toBe(before)
    },
  )

  test('tells what becomes of the thing, and until when what it costs is given back', () => {
    const read = readOf('hotel', [granted], '2026-05-14T18:00')
    const asked = { kind: 'kept', ...robe, at: '2026-05-14T18:05' }
    expect(supposed(read, asked)).toMatchObject({
      effects: [{ clause: 'robe_kept', number: '4.2', sets: { title: 'consumer' } }],
      refunds: [{ clause: 'robe_refund', number: '4.6', until: '2026-05-28T17:05:00.000Z' }],
    })
    const checkedOut = { kind: 'checked_out', values: {}, at: '2026-05-15T13:00' }
    expect(supposed(read, checkedOut)).toMatchObject({ effects: [], refunds: [] })
  })

  test('has as many decimals as the contract', () => {
    const whole = {
      ...JSON.parse(offeringOf('hotel')),
      currency: 'TND',
      rounding: { to: '0.001', mode: 'half-up' },
    }
    const read = readOf('hotel', [granted], '2026-05-14T18:00', JSON.stringify(whole))
    expect(supposed(read, { kind: 'kept', ...robe })).toMatchObject({
      ...{ answer: '60.000', says: '60.000 TND' },
      answers: [{ says: '60.000 TND' }],
    })
  })

  test('has an id that no sender can give to a fact', () => {
    const read = readOf('hotel', [granted], '2026-05-14T18:00')
    const found = supposed(read, { kind: 'kept', ...robe })
    if ('refusal' in found) throw new Error(found.refusal.words)
    const [line] = found.answers.flatMap(({ lines = [] }) => lines)
    expect(SenderId.safeParse(line?.event ?? 'none').success).toBe(false)
  })

  test('without an instant means now', () => {
    const read = readOf('hotel', [granted], '2026-05-14T18:00')
    expect(supposed(read, { kind: 'kept', ...robe })).toMatchObject({
      at: '2026-05-14T17:00:00.000Z',
    })
  })

  test.for<[refused: string, pointer: string, asked: Asked]>([
    ['instant_unreadable', '/at', { kind: 'danced', values: {}, at: 'soon' }],
    ['instant_must_not_precede_agreement', '/at', { kind: 'kept', ...robe, at: '1900-01-01' }],
    ['fact_undeclared', '/kind', { kind: 'danced', values: {} }],
    ['value_must_be_of_its_own', '/values/at', { kind: 'kept', ...robe, values: { at: '1900' } }],
    [
      ...(['value_must_be_of_its_own', '/values/recorded'] as const),
      { kind: 'kept', ...robe, values: { recorded: '2026-05-13' } },
    ],
    [
      'attribute_undeclared',
      '/values/colour',
      { kind: 'kept', ...robe, values: { colour: 'red' } },
    ],
  ])('is refused: %s %s', ([name, pointer, asked]) => {
    const read = readOf('hotel', [granted], '2026-05-14T18:00')
    expect(supposed(read, asked)).toMatchObject({ refusal: { name, pointer } })
  })
})
