import { describe, expect, test } from 'vitest'
import { faultsOf, signed } from '../../contract.test-support.ts'
import { evaluate } from '../../derivation.ts'
import { nothingDue, sameValue, valueText } from '../../value.ts'

/** From when and until when a charge runs: a length after the start of the agreement, or an event. */

const fee = (more: string, amount = '31.00') =>
  `{ facts: { opened: { shape: event, has: { paid: truth } }, closed: { shape: event }, call: { shape: event } },
     policies: { prorate: { by: days, of: actual }, billed: in-advance },
     agreed: { price: { type: money, default: 31.00 }, trial: { type: duration, default: 3 days } },
     components: [ { access: desk }, { access: room } ],
     terms: { opening: { transition: { of: room, on: opened, when: opened.paid, right: given } },
       leaving: { transition: { of: agreement, on: closed, right: ended } },
       fee: { charge: { every: month, amount: ${amount}, ${more} } } } }`
const opened = (at: string, more = 'component: room, paid: yes') =>
  `opened: { at: 2024-${at}, ${more} }`

describe('a charge for periods', () => {
  test.for([
    ['from: 5 days', '', '2024-01', '26'],
    // The start of the agreement is counted on the calendar, at the same time of day.
    ['from: 1 month', '', '2024-01', 'nothing-due'],
    ['from: 1 month', '', '2024-03', '31'],
    ['from: 36 hours', '', '2024-01', '30'],
    ['from: trial', '', '2024-01', '28'],
    ['until: 5 days', '', '2024-01', '5'],
    ['until: 5 days', '', '2024-02', 'nothing-due'],
    ['from: 5 days, until: 10 days', '', '2024-01', '5'],
    ['from: opened, pays-for: room', opened('01-10T15:00'), '2024-01', '22'],
    ['from: opened, pays-for: room', opened('01-10T15:00'), '2024-03', '31'],
    // Its first happening decides, and only of the component that is paid for.
    ['from: opened, pays-for: room', `${opened('01-10')}, ${opened('01-20')}`, '2024-01', '22'],
    ['from: opened, pays-for: desk', opened('01-10'), '2024-01', 'nothing-due'],
    ['from: opened, pays-for: room', '', '2024-01', 'nothing-due'],
    ['until: opened, pays-for: room', '', '2024-01', '31'],
    ['until: opened, pays-for: room', opened('01-10T15:00'), '2024-01', '10'],
    ['until: opened, pays-for: room', opened('01-10T15:00'), '2024-02', 'nothing-due'],
    // Over before it begins.
    ['from: 20 days, until: opened, pays-for: room', opened('01-10'), '2024-01', 'nothing-due'],
    // A transition begins it only if its condition held.
    ['from: opening, pays-for: room', opened('01-10'), '2024-01', '22'],
    [
      'from: opening, pays-for: room',
      opened('01-10', 'component: room, paid: no'),
      '2024-01',
      'nothing-due',
    ],
    ['from: opening, pays-for: room', opened('01-10', 'component: room'), '2024-01', 'unknown'],
    ['from: opened, pays-for: room, prorate: no', opened('01-10'), '2024-01', '31'],
    [
      'from: opened, pays-for: room, prorate: { by: time, of: actual }',
      opened('01-16T12:00'),
      '2024-01',
      '15.5',
    ],
  ] as const)('%s, with %s, costs in %s %s', ([more, facts, period, expected]) => {
    const made = signed(fee(more), { facts: `[ ${facts} ]` })
    expect(made.told({ value: 'fee', in: period })).toBe(expected)
  })

  const day = (whose: 'old' | 'new') =>
    `pays-for: room, prorate: { by: days, of: actual, change-day: ${whose} }`
  test.for([
    [`until: opened, ${day('new')}`, '01-10T15:00', '2024-01', '9'],
    [`from: opened, ${day('old')}`, '01-10T15:00', '2024-01', '21'],
    // Midnight is inside no day.
    [`until: opened, ${day('new')}`, '01-10T00:00', '2024-01', '9'],
    [`from: opened, ${day('old')}`, '01-10T00:00', '2024-01', '22'],
    [`from: 1 month, ${day('old')}`, '', '2024-02', '31'],
    [`from: opened, ${day('old')}`, '01-31T15:00', '2024-01', '0'],
    [`from: opened, ${day('old')}`, '01-31T15:00', '2024-02', '31'],
    [`until: opened, ${day('new')}`, '02-01T15:00', '2024-02', '0'],
    [`until: opened, ${day('new')}`, '02-01T15:00', '2024-01', '31'],
    // What has not happened ends nothing, and the end of the agreement is no change.
    [`until: opened, ${day('new')}`, '', '2024-12', '31'],
    [`until: 36 hours, ${day('new')}`, '', '2024-01', '1'],
    [`from: 36 hours, ${day('old')}`, '', '2024-01', '29'],
  ] as const)(
    '%s at %s: the day of the change is of one alone, and %s costs %s',
    ([more, at, period, expected]) => {
      const made = signed(fee(more), { facts: `[ ${at === '' ? '' : opened(at)} ]` })
      expect(made.told({ value: 'fee', in: period })).toBe(expected)
      const { derivation } = made.ask({ value: 'fee', in: period })
      expect(sameValue(evaluate(derivation), derivation.value)).toBe(true)
    },
  )

  test('that ends with the agreement has its day, whose ever the day of a change is', () => {
    const facts = `[ closed: { at: 2024-01-20T15:00 }, ${opened('01-20T16:00')} ]`
    const made = signed(fee(`until: opened, ${day('new')}`), { facts })
    expect(made.told({ value: 'fee', in: '2024-01' })).toBe('20')
  })

  test.for([
    `until: opened, ${day('old')}`,
    `from: opened, ${day('new')}`,
    `from: 2024-02-01, dated-by: period, ${day('old')}`,
    day('new'),
  ])('whose the day is changes nothing: %s', (more) => {
    expect(faultsOf(fee(more))).toEqual([
      'word_without_effect /terms/fee/charge/prorate/change-day',
    ])
  })

  test('is billed in advance on the day on which it begins', () => {
    const facts = `[ ${opened('01-10T15:00')} ]`
    const made = signed(fee('from: opened, pays-for: room'), { facts })
    expect(made.bill('2024-01-09')).toEqual({})
    expect(made.bill('2024-01-10')).toEqual({ fee: '22' })
    expect(made.told({ value: 'fee', in: '2024-01-01 to 2024-01-10' })).toBe('nothing-due')
  })

  test('begins with the price that is agreed by then, and changes it from there', () => {
    const price = [
      { value: '31.00' },
      { from: '2024-01-05', value: '62.00' },
      { from: '2024-01-22', value: '93.00' },
    ]
    const way = 'on-change: { old: credit-unused, new: prorated }'
    const text = fee(`from: opened, pays-for: room, ${way}`, 'price')
    const made = signed(text, { agreed: { price }, facts: `[ ${opened('01-12')} ]` })
    const lines = (made.ask({ bill: '2024-01' }).lines ?? []).map(({ amount }) => `${amount.value}`)
    expect(made.bill('2024-01')).toEqual({ fee: '40 -20 30' })
    expect(lines).toHaveLength(3)
  })

  test('credits at an early end what is unused of what was charged', () => {
    const text = fee('from: opened, pays-for: room, on-end: { old: credit-unused }')
    const closed = (at: string) => `closed: { at: 2024-${at} }`
    const made = (facts: string) => signed(text, { facts: `[ ${facts} ]` })
    expect(made(`${opened('01-12')}, ${closed('01-21T10:00')}`).bill('2024')).toEqual({
      fee: '20 -10',
    })
    // Ended before it begins: nothing was charged, so nothing is credited.
    expect(made(`${closed('01-11T10:00')}, ${opened('01-12')}`).bill('2024')).toEqual({})
  })

  test('that is due once is due when it begins', () => {
    const once = fee('from: opened, pays-for: room').replace('every: month', 'every: once')
    expect(signed(once, { facts: `[ ${opened('02-10')} ]` }).bill('2024-02-10')).toEqual({
      fee: '31',
    })
    expect(signed(once).bill('2024')).toEqual({})
  })
})

describe('a period in arrears that an end cuts is over when it is cut', () => {
  const rent = (every: string, more = '') =>
    `{ zone: UTC, policies: { prorate: { by: days, of: actual }, billed: in-arrears },
       facts: { closed: { shape: event }, sold: { shape: event } },
       terms: { rent: { charge: { every: ${every}, amount: 366.00${more} } },
         leaving: { transition: { of: agreement, on: closed, right: ended } } } }`
  const long = { period: '2024-01-01 to 2026-01-01' }
  const early = { ...long, facts: '[ closed: { at: 2024-05-04T11:59 } ]' }
  const sold = { ...long, facts: '[ sold: { at: 2024-05-04T11:59 } ]' }

  test.for([
    ['year', '', { period: '2024-01-01 to 2024-05-05' }, '125'],
    ['year', '', early, '125'],
    ['year', ', prorate: no', early, '366'],
    ['year', ', until: sold', sold, '125'],
    ['year', ', on-end: { old: credit-unused }', early, '366 -241'],
    ['agreement', ', prorate: no', { period: '2024-01-01 to 2024-05-05' }, '366'],
    ['agreement', ', prorate: no', early, '366'],
  ] as const)('every %s%s, %j: %s', ([every, more, agreed, expected]) => {
    const made = signed(rent(every, more), agreed)
    expect(made.bill('2024-05-04')).toEqual({ rent: expected })
    expect(made.bill('2024-05')).toEqual({ rent: expected })
    expect(made.bill('2024-12')).toEqual({})
  })

  test('also where it is only supposed: what the end posts is what stands there', () => {
    const end = { end: 'agreement', at: '2024-05-04T11:59' } as const
    const posted = (more: string) => {
      const { figures } = signed(rent('year', more), long).ask(end)
      return valueText(figures?.['posted']?.value ?? nothingDue)
    }
    expect(posted('')).toBe('125')
    expect(posted(', prorate: no')).toBe('366')
  })
})

test.for([
  ['from: 5 days', '2024-01-05T23:59', 'nothing-due'],
  ['from: 5 days', '2024-01-06T00:00', '31'],
  ['until: 5 days', '2024-01-06T00:00', 'nothing-due'],
  ['from: opened', '2024-01-10T14:59', 'nothing-due'],
  ['from: opened', '2024-01-10T15:00', '31'],
  ['until: opened', '2024-01-10T15:00', 'nothing-due'],
] as const)('a charge for events %s costs at %s %s', ([more, at, expected]) => {
  const text = fee(more).replace('every: month', 'each: call')
  const facts = `[ ${opened('01-10T15:00')}, call: { id: one, at: ${at} } ]`
  expect(signed(text, { facts }).told({ value: 'fee', for: 'one' })).toBe(expected)
})

test.for([
  ['from: 5 days, dated-by: period', 'word_without_effect /terms/fee/charge/dated-by'],
  ['from: 5', 'types_do_not_fit /terms/fee/charge/from'],
  ['from: 5 business days', 'types_do_not_fit /terms/fee/charge/from'],
  ['from: opend', 'name_unknown /terms/fee/charge/from'],
  ['until: 2024-02-30', 'value_misshapen /terms/fee/charge/until'],
  ['from: 5 days, until: 5 days', 'period_misordered /terms/fee/charge/until'],
  ['from: opened, until: opened', 'period_misordered /terms/fee/charge/until'],
] as const)('%s is refused as %s', ([more, fault]) => {
  expect(faultsOf(fee(more))).toContain(fault)
})

test.for([
  ['until: 5 days', ['word_without_effect /terms/fee/charge/until']],
  ['from: 2 days, until: 5 days', ['word_without_effect /terms/fee/charge/until']],
  ['from: 2 days', []],
  ['from: opened, until: 5 days', []],
  ['until: opened', []],
  ['until: opend', ['name_unknown /terms/fee/charge/until']],
] as const)('of what is due once %s is refused where it ends nothing', ([more, faults]) => {
  const once = fee(`${more}, pays-for: room`).replace('every: month', 'every: once')
  expect(faultsOf(once)).toEqual(faults)
})
