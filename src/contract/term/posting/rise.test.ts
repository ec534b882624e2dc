import { describe, expect, test } from 'vitest'
import { faultsOf, signed } from '../../contract.test-support.ts'
import { evaluate } from '../../derivation.ts'
import { sameValue } from '../../value.ts'

/** A price against that of an earlier period: “no more than 5 % over last month’s charge”. */

const offering = (charge: string, more = '') => `{
  agreed: { most: { type: number, default: 5% } }, facts: { begun: { shape: event } },
  policies: { billed: in-arrears },
  measures: { units: { sum: used, per: month } },
  terms: { fee: { charge: { every: month, measure: units, rate: 1.00, prorate: { by: days, of: actual }, ${charge} } }${more} } }`
const used = (amounts: string, from = 1) =>
  `[ ${amounts
    .split(' ')
    .map(
      (quantity, place) =>
        `{ used: { at: ${month(from + place)}-02T12:00, quantity: ${quantity} } }`,
    )
    .join(', ')} ]`
const month = (number: number) => `2024-${String(number).padStart(2, '0')}`
const bills = (made: ReturnType<typeof signed>, count: number, from = 1) =>
  Array.from({ length: count }, (_, place) => made.told({ value: 'fee', in: month(from + place) }))

describe('a charge that may rise by so much', () => {
  test.for([
    // By hand: 105, then 5 % over 105, then what was used.
    ['rise: { at-most: 5% }', '100 200 300 50', '100 105 110.25 50'],
    ['rise: { at-most: most }', '100 200 104', '100 105 104'],
    ['rise: { at-most: 10.00 }', '100 200 115', '100 110 115'],
    ['rise: { at-least: 0% }', '100 80 120 90', '100 100 120 120'],
    ['rise: { at-most: 5%, at-least: 0% }', '100 80 120', '100 100 105'],
    ['rise: { at-least: -10% }', '100 50 50', '100 90 81'],
    // What is compared is what was billed: 5 % over 33.33 and 35.00, not over 33.333 and 34.99965.
    ['rise: { at-most: 5% }', '33.333 90 90', '33.33 35 36.75'],
    // Last year’s January, not December.
    ['rise: { at-most: 5%, over: 3 months }', '100 100 100 200 50 200', '100 100 100 105 50 105'],
    // Discounts and waivers are left aside.
    [
      'discounts: [ { id: half, share: 50%, if: units == 100 } ], rise: { at-most: 5% }',
      '100 200',
      '50 105',
    ],
    [
      'waived-when: { any-of: [ { id: first, if: units == 100 } ] }, rise: { at-most: 5% }',
      '100 200',
      'nothing-due 105',
    ],
    // A month that cost nothing lets the next cost anything; an amount may still be all that it rises by.
    ['rise: { at-most: 5% }', '100 0 200', '100 0 200'],
    ['rise: { at-most: 10.00 }', '100 0 200', '100 0 10'],
    ['minimum: 60.00, rise: { at-most: 5% }', '10 90', '60 63'],
  ] as const)('%s of %s: %s', ([charge, amounts, due]) => {
    const made = signed(offering(charge), { facts: used(amounts) })
    expect(bills(made, due.split(' ').length).join(' ')).toBe(due)
    const { derivation } = made.ask({ bill: '2024' })
    expect(sameValue(evaluate(derivation), derivation.value)).toBe(true)
  })

  test('a part of a month is compared as a whole one', () => {
    const made = signed(offering('rise: { at-most: 5% }'), {
      period: '2024-01-17T00:00 to 2025-01-01T00:00',
      facts:
        '[ { used: { at: 2024-01-20T12:00, quantity: 310 } }, { used: { at: 2024-02-20T12:00, quantity: 400 } } ]',
    })
    expect(bills(made, 2)).toEqual(['150', '325.5'])
  })

  test.for([
    ['from: 1 month', 'nothing-due 200 210'],
    ['from: begun', 'nothing-due 200 210'],
    ['from: 2024-02-01, dated-by: period', 'nothing-due 200 210'],
  ] as const)('a month before it was charged binds nothing: %s', ([from, due]) => {
    const facts = used('100 200 300').replace('[ ', '[ { begun: { at: 2024-02-01T00:00 } }, ')
    const made = signed(offering(`${from}, rise: { at-most: 5% }`), { facts })
    expect(bills(made, 3).join(' ')).toBe(due)
  })

  test('a revision that raises the price is bound by what was charged before it', () => {
    const deviations = [{ clause: 'fee', path: 'charge.rate', to: '2.00' }]
    const made = signed(offering('rise: { at-most: 5% }'), {
      revisions: [{ from: '2024-03-01', deviations }],
      facts: used('100 100 100 100'),
    })
    expect(bills(made, 4)).toEqual(['100', '100', '105', '110.25'])
  })

  test('of ten years of days the last is as quick as the first', () => {
    const text = offering('rise: { at-most: 5% }')
      .replace('every: month', 'every: day')
      .replace('per: month', 'per: day')
    const made = signed(text, {
      period: '2014-01-01T00:00 to 2025-01-01T00:00',
      facts:
        '[ { used: { at: 2014-01-01T12:00, quantity: 100 } }, { used: { at: 2024-06-01T12:00, quantity: 100 } } ]',
    })
    expect(made.told({ value: 'fee', in: '2024-06-01' })).toBe('100')
  })

  test('outside all bands nothing was due, and nothing is bound', () => {
    const bands =
      'bands: [ { from: 0, up-to: 10, amount: 5.00 }, { above: 20, amount: 50.00 } ], gaps: nothing-due'
    const text = offering('rise: { at-most: 5% }').replace('rate: 1.00', bands)
    expect(bills(signed(text, { facts: used('15 30 5 30') }), 4)).toEqual([
      'nothing-due',
      '50',
      '5',
      '5.25',
    ])
  })

  test.for([
    ['rise: { }', 'word_missing /terms/fee/charge/rise'],
    ['rise: { at-most: 5%, over: year }', 'value_misshapen /terms/fee/charge/rise/over'],
    ['rise: { at-most: 5%, over: 1 day }', 'value_misshapen /terms/fee/charge/rise/over'],
    ['rise: { at-most: agreement_start }', 'types_do_not_fit /terms/fee/charge/rise/at-most'],
  ] as const)('refuses %s', ([charge, fault]) => {
    expect(faultsOf(offering(charge))).toContain(fault)
  })

  test.for([
    [
      'every: month, measure: units, rate: 1.00',
      'each: used, measure: used.quantity, rate: 1.00',
      'word_without_effect',
    ],
    [
      'every: month, measure: units, rate: 1.00',
      'every: once, amount: 1.00',
      'word_without_effect',
    ],
    ['measure: units, rate: 1.00', 'true-up: { of: units, to: 5.00 }', 'words_exclude_each_other'],
  ] as const)('refuses it without a price of a period: %s', ([instead, written, fault]) => {
    const text = offering('rise: { at-most: 5% }').replace(instead, written)
    expect(faultsOf(text)).toContain(`${fault} /terms/fee/charge/rise`)
  })
})
