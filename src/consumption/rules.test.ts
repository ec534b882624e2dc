import { describe, expect, test } from 'vitest'
import { inForceAt, type SoFar } from '../agreement/contract.ts'
import { offeringOf, soFarOf } from '../agreement/so-far.test-support.ts'
import {
  componentRefused,
  type OrderStatus,
  orderRefused,
  type orderSteps,
  permissionRefused,
  receiptRefused,
} from './rules.ts'

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
  const kinds = ['good', 'access', 'action'] as const
  test.for<[id: string, (typeof kinds)[number]]>([
    ['welcome_kit', 'good'],
    ['room', 'access'],
    ['robe', 'access'],
    ['front_desk', 'action'],
  ])('such as %s serves as %s and as nothing else', ([id, own]) => {
    const component = componentIn(soFar, id)
    for (const kind of kinds)
      expect(componentRefused(component, kind)).toEqual(
        kind === own
          ? undefined
          : expect.objectContaining({ name: `component_must_be_${kind}`, pointer: '/component' }),
      )
  })

  test('that the agreement has not is unknown', () => {
    expect(componentRefused(undefined, 'good')).toMatchObject({ name: 'component_unknown' })
  })
})

describe('an order', () => {
  const statuses: readonly OrderStatus[] = ['requested', 'responded', 'performed']
  test.for<[keyof typeof orderSteps, readonly OrderStatus[]]>([
    ['respond_to_order', ['requested']],
    ['perform_action', ['requested', 'responded']],
  ])('lets %s while it is %j', ([step, open]) => {
    for (const status of statuses)
      expect(orderRefused({ status, component: 'bill' }, step)?.name).toBe(
        open.includes(status) ? undefined : 'order_must_be_open',
      )
  })

  test.for<[refused: string | undefined, order: Parameters<typeof orderRefused>[0]]>([
    ['order_not_found', undefined],
    ['order_must_be_of_the_component', { status: 'performed', component: 'front_desk' }],
    ['order_must_be_open', { status: 'performed', component: 'bill' }],
    [undefined, { status: 'requested', component: 'bill' }],
  ])('is refused in this order: %s', ([refused, order]) => {
    expect(orderRefused(order, 'perform_action', 'bill')?.name).toBe(refused)
  })
})

describe('a receipt', () => {
  const kit = (soFar: SoFar) => receiptRefused(soFar, componentIn(soFar, 'welcome_kit'))?.name
  const over = ['handed_over', { about: 'welcome_kit', at: '2026-05-12T15:10' }] as const
  const there = ['received', { about: 'welcome_kit', at: '2026-05-12T15:20' }] as const
  const robe = ['granted', { about: 'robe_1', component: 'robe', at: '2026-05-12T15:12' }] as const
  test.for<[refused: string | undefined, facts: Facts]>([
    ['good_must_be_handed_over', []],
    ['good_must_be_handed_over', [robe]],
    [undefined, [over]],
    ['good_must_not_be_received_twice', [over, there]],
  ])('meets %s', ([refused, facts]) => {
    expect(kit(hotel(...facts))).toBe(refused)
  })

  test('is at the hand-over or after it', () => {
    const soFar = hotel(over)
    const at = (text: string) =>
      receiptRefused(soFar, componentIn(soFar, 'welcome_kit'), Date.parse(text))
    expect(at('2026-05-12T14:09:59.999Z')).toMatchObject({
      ...{ name: 'instant_must_not_precede_hand_over', pointer: '/at' },
    })
    expect(at('2026-05-12T14:10Z')).toBeUndefined()
  })
})

describe('permission', () => {
  const asked = (soFar: SoFar, id: string, at: string, kinds: readonly string[] = ['guest']) =>
    permissionRefused(soFar, componentIn(soFar, id), { kinds, at: Date.parse(at) })

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
