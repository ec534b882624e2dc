import { describe, expect, test } from 'vitest'
import { type SoFar, standingAt } from '../agreement/contract.ts'
import { offeringOf, soFarOf } from '../agreement/so-far.test-support.ts'
import {
  componentOf,
  handsOut,
  type Item,
  type ProvisionName,
  provisionRefusals,
  provisions,
  refusalOf,
  refusalsOf,
  type Target,
} from './rules.ts'

/** What the provider may do with a component and a thing, before and after each of the facts that change it. */

const period = ['2026-05-12T15:00', '2026-05-15T13:00'] as const
const hotel = (...facts: Parameters<typeof soFarOf>[0]['facts'] & object) =>
  soFarOf({ document: offeringOf('hotel'), period, facts, now: '2026-05-14T18:00' })
const rack = (...facts: Parameters<typeof soFarOf>[0]['facts'] & object) =>
  soFarOf({
    ...{ document: offeringOf('colocation'), period: ['2026-02-10', '2028-02-01'], facts },
    now: '2026-05-14T18:00',
  })

const at = '2026-05-12T15:10'
const robe: Item = { id: 'itm_1', tag: 'robe_1' }
const out: Item = { ...robe, agreement: 'agr_one', component: 'robe' }
const umbrella: Item = { ...out, component: 'umbrella' }
const came = (since: number): Item => ({ ...robe, component: 'robe', since })
const elsewhere: Item = { ...robe, agreement: 'agr_other' }
const granted = ['granted', { about: 'robe_1', component: 'robe', at }] as const
const kept = ['kept', { about: 'robe_1', at: '2026-05-13T09:00' }] as const
const handedOver = ['handed_over', { about: 'welcome_kit', at }] as const

type Found = { readonly item?: Item; readonly granted?: true; readonly at?: number }

function met(name: ProvisionName, soFar: SoFar, component: string, found: Found = {}) {
  const known = componentOf(soFar, component, soFar.now)
  if (!known) throw new Error(`no component ${component}`)
  const { item, at: when = soFar.now } = found
  const target: Target = {
    ...{ agreement: 'agr_one', component: known, granted: found.granted ?? false },
    ...(item && { item }),
  }
  return refusalOf(name, soFar, target, when)?.name
}

type Row = readonly [refused: string | undefined, soFar: SoFar, component: string, found?: Found]
const ended = Date.parse('2026-05-15T12:00Z')
const before = Date.parse('2026-05-12T14:05Z')
const granting = Date.parse('2026-05-12T14:10Z')
const takenBack = ['returned', { about: 'robe_1', at: '2026-05-13T09:00' }] as const
const closed = ['ended', { about: 'robe_1', component: 'robe', at: '2026-05-13T09:30' }] as const
const opened = ['granted', { about: 'room', component: 'room', at }] as const
const left = ['ended', { about: 'room', component: 'room', at: '2026-05-13T09:30' }] as const
/** A hotel that lends and sells more: without tags, for good, on approval. */
const lending = (...facts: Parameters<typeof soFarOf>[0]['facts'] & object) =>
  soFarOf({ document: withMore(offeringOf('hotel')), period, facts, now: '2026-05-14T18:00' })
function withMore(document: string) {
  const { components, terms, ...rest } = JSON.parse(document)
  const over = { on: ['handed_over'], custody: 'consumer' }
  const more = {
    lamp_lent: { transition: { of: 'lamp', on: ['granted'], custody: 'consumer' } },
    lamp_kept: { transition: { of: 'lamp', on: ['kept'], title: 'consumer' }, survives: 'end' },
    lamp_back: { transition: { of: 'lamp', on: ['returned'], custody: 'provider' } },
    vase_passes: { transition: { of: 'vase', ...over, title: 'consumer' } },
    vase_back: {
      transition: { of: 'vase', on: ['returned'], title: 'provider', custody: 'provider' },
    },
    trolley_over: { transition: { of: 'trolley', ...over } },
    trolley_kept: { transition: { of: 'trolley', on: ['accepted'], title: 'consumer' } },
    painting_over: { transition: { of: 'painting', ...over } },
    painting_kept: { transition: { of: 'painting', on: ['accepted'], title: 'consumer' } },
  }
  const known = [
    { access: 'lamp', title: 'lamp', for: ['guest'] },
    { good: 'vase', title: 'vase' },
    { good: 'trolley', title: 'trolley' },
    { good: 'painting', title: 'painting', serialised: 'yes' },
  ]
  return JSON.stringify({
    ...rest,
    components: [...components, ...known],
    terms: { ...terms, ...more },
  })
}
const lit = ['granted', { about: 'lamp', component: 'lamp', at }] as const
const lampKept = ['kept', { about: 'lamp', at: '2026-05-13T09:00' }] as const
const lampBack = ['returned', { about: 'lamp', at: '2026-05-13T09:00' }] as const
const trolleyBack = ['returned', { about: 'trolley', at: '2026-05-13T09:00' }] as const
const handed = (component: string, about = component) =>
  ['handed_over', { about, component, at }] as const
const painting: Item = { id: 'itm_2', tag: 'p_1', agreement: 'agr_one', component: 'painting' }
const noon = Date.parse('2026-05-13T12:00Z')

// In the order in which the rules are checked: each row mends what the row before was refused for.
const rows: Readonly<Record<ProvisionName, readonly Row[]>> = {
  hand_over_good: [
    ['component_must_be_good', hotel(), 'room', { item: robe, at: ended }],
    ['item_must_not_be_named', hotel(), 'welcome_kit', { item: robe, at: ended }],
    ['item_must_be_named', rack(), 'routers'],
    ['agreed_period_must_run', hotel(handedOver), 'welcome_kit', { at: ended }],
    [undefined, hotel(), 'welcome_kit', { at: ended - 1 }],
    ['item_must_be_in_stock', rack(), 'routers', { item: elsewhere }],
    ['good_must_not_be_handed_over_twice', hotel(handedOver), 'welcome_kit', { at: before }],
    ['good_must_not_be_handed_over_twice', hotel(handedOver), 'welcome_kit'],
    [
      'instant_must_not_precede_last_movement',
      ...([rack(), 'routers', { item: came(noon), at: noon - 1 }] as const),
    ],
    [undefined, rack(), 'routers', { item: came(noon), at: noon }],
    [undefined, hotel(), 'welcome_kit'],
    [undefined, rack(), 'routers', { item: { id: 'itm_2', tag: 'router_pair_31' } }],
  ],
  grant_access: [
    ['component_must_be_access', hotel(), 'welcome_kit', { item: robe, at: ended }],
    ['item_must_be_named', hotel(), 'robe', { at: ended }],
    ['item_must_not_be_named', hotel(), 'room', { item: robe, at: ended }],
    ['agreed_period_must_run', hotel(), 'robe', { item: out, granted: true, at: ended }],
    ['access_must_not_be_granted_twice', hotel(granted), 'robe', { item: out, granted: true }],
    ['item_must_be_in_stock', hotel(), 'robe', { item: elsewhere }],
    ...(
      [
        [hotel(), 'robe', { item: came(noon), at: noon - 1 }],
        [hotel(granted, takenBack, closed), 'robe', { item: robe, at: noon - 12_600_001 }],
        [hotel(opened, left), 'room', { at: noon - 12_600_001 }],
      ] as const
    ).map((row) => ['instant_must_not_precede_last_movement', ...row] as const),
    [undefined, hotel(granted, takenBack, closed), 'robe', { item: robe, at: noon - 12_600_000 }],
    [undefined, hotel(opened, left), 'room', { at: noon - 12_600_000 }],
    [undefined, hotel(), 'robe', { item: came(noon), at: noon }],
    [undefined, hotel(), 'robe', { item: robe }],
    [undefined, hotel(), 'room'],
  ],
  end_access: [
    ['component_must_be_access', hotel(), 'front_desk'],
    ['item_must_be_named', hotel(granted), 'robe', { granted: true }],
    ['item_must_not_be_named', hotel(), 'room', { item: robe, granted: true }],
    [
      'item_must_be_of_the_component',
      ...([hotel(granted), 'robe', { item: umbrella, granted: true, at: before }] as const),
    ],
    ['access_must_be_granted', hotel(), 'room'],
    [
      'instant_must_not_precede_last_movement',
      ...([hotel(granted), 'robe', { item: out, granted: true, at: before }] as const),
    ],
    [undefined, hotel(granted), 'robe', { item: out, granted: true, at: granting }],
    [undefined, hotel(), 'room', { granted: true }],
    [undefined, hotel(granted), 'robe', { item: out, granted: true, at: ended + 1 }],
  ],
  record_kept: [
    ['component_must_be_a_thing', hotel(), 'front_desk'],
    ['item_must_be_named', hotel(granted), 'robe'],
    ['item_must_not_be_named', hotel(), 'room', { item: out }],
    ['item_must_be_of_the_component', hotel(granted, kept), 'robe', { item: umbrella }],
    ['item_must_be_on_loan', hotel(), 'robe', { item: robe }],
    ['item_must_be_on_loan', hotel(granted), 'robe', { item: elsewhere }],
    ['item_must_be_on_loan', hotel(granted, kept), 'robe', { item: out }],
    ['item_must_be_on_loan', hotel(granted, kept), 'robe', { item: out, at: granting }],
    [
      'instant_must_not_precede_last_movement',
      ...([hotel(granted), 'robe', { item: out, at: before }] as const),
    ],
    [undefined, hotel(granted), 'robe', { item: out, at: granting }],
    [undefined, hotel(granted), 'robe', { item: out }],
    [undefined, hotel(granted), 'robe', { item: out, at: ended + 1 }],
    ['item_must_be_on_loan', hotel(opened), 'room'],
    ['item_must_be_on_loan', hotel(handedOver), 'welcome_kit'],
    ['item_must_be_on_loan', lending(), 'lamp'],
    [undefined, lending(lit), 'lamp'],
    ['item_must_be_on_loan', lending(lit, lampKept), 'lamp'],
    ['item_must_be_on_loan', lending(lit, lampBack), 'lamp'],
    [undefined, lending(handed('trolley')), 'trolley'],
  ],
  take_back: [
    ['component_must_be_a_thing', hotel(), 'bill'],
    ['item_must_be_named', hotel(granted), 'robe'],
    ['item_must_not_be_named', hotel(), 'room', { item: out }],
    ['item_must_be_of_the_component', hotel(granted), 'robe', { item: umbrella, at: before }],
    ['item_must_be_with_consumer', hotel(), 'robe', { item: robe }],
    ['item_must_be_with_consumer', hotel(granted), 'robe', { item: elsewhere }],
    ...(
      [
        [hotel(granted), 'robe', { item: out, at: before }],
        [hotel(granted, kept), 'robe', { item: out, at: granting }],
      ] as const
    ).map((row) => ['instant_must_not_precede_last_movement', ...row] as const),
    // That access has ended since is no movement of the thing.
    [undefined, hotel(granted, closed), 'robe', { item: out, at: granting }],
    [undefined, hotel(granted), 'robe', { item: out }],
    [undefined, hotel(granted, kept), 'robe', { item: out, at: ended + 1 }],
    ['item_must_be_with_consumer', hotel(opened), 'room'],
    ['item_must_be_with_consumer', lending(), 'lamp'],
    [undefined, lending(lit), 'lamp'],
    [undefined, lending(lit, lampKept), 'lamp', { at: ended + 1 }],
    ['item_must_be_with_consumer', lending(lit, lampBack), 'lamp'],
    [undefined, lending(lit, lampBack, [lit[0], { ...lit[1], at: '2026-05-14T10:00' }]), 'lamp'],
    ['good_must_be_returnable', hotel(handedOver), 'welcome_kit'],
    [undefined, lending(handed('vase')), 'vase'],
    ['item_must_be_with_consumer', lending(), 'vase'],
    // What stays the provider’s own comes back, whether or not a clause speaks of it; each as often as it was given.
    [undefined, lending(handed('trolley'), handed('trolley'), trolleyBack), 'trolley'],
    ['item_must_be_with_consumer', lending(handed('trolley'), trolleyBack), 'trolley'],
    [undefined, lending(handed('painting', 'p_1')), 'painting', { item: painting }],
    ['item_must_be_with_consumer', lending(), 'painting', { item: { id: 'itm_2', tag: 'p_1' } }],
  ],
}
const names = Object.keys(provisions) as ProvisionName[]

describe.for(names)('%s', (name) => {
  test.for(rows[name].map((row, place) => [row[0] ?? 'nothing', row[2], place] as const))(
    'meets %s, with %s (row %i)',
    ([, , place]) => {
      const [refused, soFar, component, found] = rows[name][place] ?? []
      if (!soFar || component === undefined) throw new Error('no row')
      expect(met(name, soFar, component, found)).toBe(refused)
    },
  )

  test('declares every rule that it meets, and has words for it', () => {
    const declared: readonly string[] = refusalsOf(name)
    const found = rows[name].flatMap(([refused]) => refused ?? [])
    expect(found.filter((one) => !declared.includes(one))).toEqual([])
    const beforehand = handsOut(name)
      ? ['component_unknown', 'item_must_be_named_once', 'item_unknown']
      : ['component_unknown', 'item_unknown']
    expect(declared.filter((one) => !found.includes(one))).toEqual(beforehand)
    for (const one of refusalsOf(name)) expect(provisionRefusals[one]).toMatch(/\w/)
  })
})

test('a refusal points to the thing that is meant, else to its component, and names what is granted already', () => {
  const refused = (id: string, item?: Item) => {
    const component = componentOf(hotel(), id, noon)
    if (!component) throw new Error(`no component ${id}`)
    const target = { agreement: 'agr_one', component, granted: true, ...(item && { item }) }
    return refusalOf('grant_access', hotel(granted), target, noon)
  }
  expect(refused('robe', out)).toMatchObject({
    ...{ pointer: '/item', words: 'Access to robe 1 is granted already.' },
  })
  expect(refused('room')).toMatchObject({
    ...{ pointer: '/component', words: 'Access to the double room is granted already.' },
  })
})

describe('a thing that was lent', () => {
  const standing = (soFar: SoFar, when: string) => {
    const component = componentOf(soFar, 'robe', soFar.now)
    if (!component) throw new Error('no robe')
    return standingAt(soFar, { component, item: 'robe_1' }, Date.parse(when))
  }

  test('is at every instant one side’s to own and one side’s to hold, and turns over at once', () => {
    const soFar = hotel(granted, kept)
    const seen = ['2026-05-13T07:59:59.999Z', '2026-05-13T08:00:00Z', '2026-05-13T08:00:00.001Z']
    expect(seen.map((when) => standing(soFar, when))).toEqual([
      expect.objectContaining({ title: 'provider', custody: 'consumer' }),
      expect.objectContaining({ title: 'consumer', custody: 'consumer', right: 'ended' }),
      expect.objectContaining({ title: 'consumer', custody: 'consumer', right: 'ended' }),
    ])
  })

  test('is the provider’s again when it comes back in time, as if it had never been kept', () => {
    const returned = (day: string) =>
      hotel(granted, kept, ['returned', { about: 'robe_1', at: `${day}T09:00` }])
    const thereafter = (day: string) => standing(returned(day), `${day}T09:00Z`)
    expect(thereafter('2026-05-27')).toMatchObject({ title: 'provider', custody: 'provider' })
    expect(thereafter('2026-05-28')).toMatchObject({ title: 'consumer', custody: 'provider' })
  })
})
