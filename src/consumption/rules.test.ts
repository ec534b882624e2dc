import { describe, expect, test } from 'vitest'
import { inForceAt, type SoFar } from '../agreement/contract.ts'
import { offeringOf, soFarOf } from '../agreement/so-far.test-support.ts'
import { consumptionRefused, type OrderStatus, type Wanted } from './rules.ts'

/** What users may do: with which components, when, how often. */

type Facts = NonNullable<Parameters<typeof soFarOf>[0]['facts']>
const hotel = (...facts: Facts) =>
  soFarOf({
    ...{ document: offeringOf('hotel'), period: ['2026-05-12T15:00', '2026-05-15T13:00'], facts },
    now: '2026-05-14T18:00',
  })
const rack = (...facts: Facts) =>
  soFarOf({
    ...{ document: offeringOf('colocation'), period: ['2026-02-10', '2028-02-01'], facts },
    now: '2026-05-14T18:00',
  })

function componentIn(soFar: SoFar, id: string) {
  const found = inForceAt(soFar, soFar.now).components.get(id)
  if (!found) throw new Error(`no component ${id}`)
  return found
}

describe('a component', () => {
  const soFar = hotel()
  const uses = [
    ['good', 'confirm_receipt'],
    ['access', 'record_use'],
    ['action', 'place_order'],
  ] as const
  test.for<[id: string, (typeof uses)[number][0]]>([
    ['welcome_kit', 'good'],
    ['room', 'access'],
    ['robe', 'access'],
    ['front_desk', 'action'],
  ])('such as %s serves as %s and as nothing else', ([id, own]) => {
    const component = componentIn(soFar, id)
    for (const [kind, name] of uses) {
      const refused = consumptionRefused(name, soFar, { component }, soFar.now)
      const isMisfit = refused?.name === `component_must_be_${kind}`
      expect(isMisfit).toBe(kind !== own)
      if (isMisfit) expect(refused.pointer).toBe('/component')
    }
  })

  test('that the agreement has not is unknown', () => {
    expect(consumptionRefused('confirm_receipt', soFar, {}, soFar.now)).toMatchObject({
      name: 'component_unknown',
    })
  })
})

describe('an order', () => {
  const soFar = hotel()
  const component = componentIn(soFar, 'bill')
  const statuses: readonly OrderStatus[] = ['requested', 'responded', 'performed']
  test.for<['respond_to_order' | 'perform_action', readonly OrderStatus[]]>([
    ['respond_to_order', ['requested']],
    ['perform_action', ['requested', 'responded']],
  ])('lets %s while it is %j', ([name, open]) => {
    for (const status of statuses) {
      const order = { status, component: 'bill' }
      const refused = consumptionRefused(name, soFar, { component, order }, soFar.now)
      expect(refused?.name).toBe(open.includes(status) ? undefined : 'order_must_be_open')
    }
  })

  test.for<[refused: string | undefined, order: Wanted['order']]>([
    ['order_not_found', 'unknown'],
    ['order_must_be_of_the_component', { status: 'performed', component: 'front_desk' }],
    ['order_must_be_open', { status: 'performed', component: 'bill' }],
    [undefined, { status: 'requested', component: 'bill' }],
    [undefined, undefined],
  ])('is refused in this order: %s', ([refused, order]) => {
    const found = consumptionRefused('perform_action', soFar, { component, order }, soFar.now)
    expect(found?.name).toBe(refused)
  })

  test('is new, after everything else', () => {
    const refused = (kinds: readonly string[], taken: Wanted['taken']) =>
      consumptionRefused('place_order', soFar, { component, taken, kinds }, soFar.now)?.name
    expect(refused([], 'by another order')).toBe('user_must_be_permitted')
    expect(refused(['guest'], 'by something else')).toBe('order_must_not_name_another')
    expect(refused(['guest'], 'by another order')).toBe('order_must_be_new')
  })
})

describe('a receipt', () => {
  const receipt = (soFar: SoFar, at = soFar.now) =>
    consumptionRefused(
      'confirm_receipt',
      soFar,
      { component: componentIn(soFar, 'welcome_kit') },
      at,
    )
  const over = ['handed_over', { about: 'welcome_kit', at: '2026-05-12T15:10' }] as const
  const there = ['received', { about: 'welcome_kit', at: '2026-05-12T15:20' }] as const
  const robe = ['granted', { about: 'robe_1', component: 'robe', at: '2026-05-12T15:12' }] as const
  test.for<[refused: string | undefined, facts: Facts]>([
    ['good_must_be_handed_over', []],
    ['good_must_be_handed_over', [robe]],
    [undefined, [over]],
    ['good_must_not_be_received_twice', [over, there]],
  ])('meets %s', ([refused, facts]) => {
    expect(receipt(hotel(...facts))?.name).toBe(refused)
  })

  const hired = (...facts: Facts) =>
    soFarOf({
      ...{ document: offeringOf('colocation'), period: ['2026-02-10', '2028-02-01'], facts },
      now: '2026-05-14T18:00',
    })
  const router = (about: string, kind: 'handed_over' | 'received', day: string) =>
    [kind, { about, component: 'routers', at: `2026-03-${day}T10:00` }] as const
  const both = ['router_1', 'router_2'].map((one) => router(one, 'handed_over', '02'))
  const first = router('router_1', 'received', '03')
  test.for<[refused: string, facts: Facts, item: Wanted['item'], at?: string]>([
    ['item_must_be_named /component', both, undefined],
    ['item_unknown /item', both, 'unknown'],
    ['good_must_be_handed_over /item', both, { tag: 'router_3' }],
    ['good_must_not_be_received_twice /item', [...both, first], { tag: 'router_1' }],
    ['instant_must_not_precede_hand_over /at', both, { tag: 'router_2' }, '2026-03-02T08:59:59Z'],
    ['nothing', [...both, first], { tag: 'router_2' }],
  ])('of one single thing among others meets %s', ([refused, facts, item, at]) => {
    const soFar = hired(...facts)
    const component = componentIn(soFar, 'routers')
    const when = at === undefined ? soFar.now : Date.parse(at)
    const found = consumptionRefused('confirm_receipt', soFar, { component, item }, when)
    expect(found ? `${found.name} ${found.pointer}` : 'nothing').toBe(refused)
  })

  test('of no single thing names none', () => {
    const soFar = hotel(over)
    const wanted = { component: componentIn(soFar, 'welcome_kit'), item: { tag: 'kit_1' } }
    expect(consumptionRefused('confirm_receipt', soFar, wanted, soFar.now)).toMatchObject({
      ...{ name: 'item_must_not_be_named', pointer: '/item' },
    })
  })

  test('meets each hand-over once, none before its own', () => {
    const again = ['handed_over', { about: 'welcome_kit', at: '2026-05-13T15:10' }] as const
    expect(receipt(hotel(over, again, there))).toBeUndefined()
    expect(receipt(hotel(over, again, there), Date.parse('2026-05-13T14:09Z'))?.name).toBe(
      'instant_must_not_precede_hand_over',
    )
    expect(receipt(hotel(over, again, there, there))?.name).toBe('good_must_not_be_received_twice')
  })

  test('is at the hand-over or after it', () => {
    const soFar = hotel(over)
    const at = (text: string) => receipt(soFar, Date.parse(text))
    expect(at('2026-05-12T14:09:59.999Z')).toMatchObject({
      ...{ name: 'instant_must_not_precede_hand_over', pointer: '/at' },
    })
    expect(at('2026-05-12T14:10Z')).toBeUndefined()
  })
})

describe('permission', () => {
  const asked = (soFar: SoFar, id: string, at: string, kinds: readonly string[] = ['guest']) => {
    const component = componentIn(soFar, id)
    const name = component.kind === 'action' ? 'place_order' : 'record_use'
    return consumptionRefused(name, soFar, { component, kinds }, Date.parse(at))
  }

  test.for<[at: string, refused: string | undefined]>([
    ['2026-05-12T13:59:59.999Z', 'agreed_period_must_run'],
    ['2026-05-12T14:00:00.000Z', undefined],
    ['2026-05-15T11:59:59.999Z', undefined],
    ['2026-05-15T12:00:00.000Z', 'agreed_period_must_run'],
  ])('is of the agreed period, its first instant and not its end: %s', ([at, refused]) => {
    expect(asked(hotel(), 'room', at)?.name).toBe(refused)
    expect(asked(hotel(), 'front_desk', at)?.name).toBe(refused)
  })

  test.for<[kinds: readonly string[], refused: string | undefined]>([
    [[], 'user_must_be_permitted'],
    [['butler'], 'user_must_be_permitted'],
    [['guest'], undefined],
    [['butler', 'guest'], undefined],
  ])('is of the kinds of user that the offering serves: %j', ([kinds, refused]) => {
    expect(asked(hotel(), 'room', '2026-05-14T10:00Z', kinds)?.name).toBe(refused)
  })

  test('says for whom it is to whoever it is not for', () => {
    const words = (id: string, kinds: readonly string[]) =>
      asked(hotel(), id, '2026-05-14T10:00Z', kinds)?.words
    expect(words('room', ['butler'])).toBe(
      'The agreement does not permit it now: this is for the guest alone.',
    )
    const component = { ...componentIn(hotel(), 'room'), users: [] }
    const open = consumptionRefused(
      'record_use',
      hotel(),
      { component, kinds: ['butler'] },
      Date.parse('2026-05-14T10:00Z'),
    )
    expect(open?.words).toBe(
      'The agreement does not permit it now: it names nobody who may use this.',
    )
  })

  test('is away while the right is suspended, with the clause that says so, and back when it is restored', () => {
    const notice = ['access_list_outdated', { at: '2026-05-13T10:00' }] as const
    const confirmed = ['access_list_confirmed', { at: '2026-05-13T15:00' }] as const
    const hands = (at: string) => asked(rack(notice, confirmed), 'remote_hands', at, ['engineer'])
    expect(hands('2026-05-13T07:59:59Z')).toBeUndefined()
    expect(hands('2026-05-13T08:00:00Z')).toMatchObject({
      ...{ name: 'user_must_be_permitted', pointer: '/component' },
      words: expect.stringContaining('Remote hands stop'),
    })
    expect(hands('2026-05-13T12:59:59Z')?.name).toBe('user_must_be_permitted')
    expect(hands('2026-05-13T13:00:00Z')).toBeUndefined()
  })
})
