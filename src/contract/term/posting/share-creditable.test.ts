import { describe, expect, test } from 'vitest'
import { faultsOf, type Signing, signed } from '../../contract.test-support.ts'
import { evaluate } from '../../derivation.ts'
import { reasonsOf } from '../../explanation/reason.ts'
import { printedContract } from '../../prose/contract.ts'
import { sameValue } from '../../value.ts'

/** “Together at most 30% of the monthly fee”: how much of a charge all credits of it may come to. */

const offering = (
  terms: string,
) => `{ zone: UTC, policies: { prorate: no, billed: in-advance, ends: with-the-day },
  facts: { breakdown: { shape: event }, late: { shape: event }, order: { shape: event }, back: { shape: event }, ring: { shape: interval } },
  agreed: { cap: { type: number, default: 0.3 } },
  measures: { late_ones: { count: late, per: month } },
  terms: { ${terms} } }`
const fee = (most = '30%', amount = '100.00') =>
  `fee: { charge: { every: month, amount: ${amount}, creditable: ${most} } }`
const each = 'back_: { credit: { each: breakdown, of: fee, share: 20% } }'
const monthly = 'monthly: { credit: { per: month, of: fee, share: 25%, when: late_ones > 0 } }'
const days = (...all: readonly string[]) =>
  all.map((day, place) => `breakdown: { id: o${place}, about: x, at: ${day} }`).join(', ')
const late = 'late: { at: 2024-05-21 }'

describe('what all credits of a charge come to', () => {
  test.for<[name: string, terms: string, facts: string, bill: Record<string, string>]>([
    [
      'is at most that share of each period, of whatever clause and by bill date',
      `${fee()}, ${monthly}, ${each}`,
      `${days('2024-05-02', '2024-06-01', '2024-06-02')}, ${late}`,
      { back_: '-20 -20 -10', monthly: '-10' },
    ],
    [
      'counts an amount that says of what it is',
      `${fee()}, fixed: { credit: { each: breakdown, of: fee, amount: 18.00, maximum: 100% } }, ${monthly}`,
      `${days('2024-05-02')}, ${late}`,
      { fixed: '-18', monthly: '-12' },
    ],
    [
      'leaves out what is compensation for something else',
      `${fee()}, fixed: { credit: { each: breakdown, amount: 18.00 } }, ${monthly}`,
      `${days('2024-05-02')}, ${late}`,
      { fixed: '-18', monthly: '-25' },
    ],
    [
      'bounds a single credit as well, by a share or by a rate for each unit',
      `${fee('10%')}, one: { credit: { per: month, of: fee, measure: late_ones, rate: 20% } }`,
      late,
      { one: '0 0 0 0 -10 0 0 0 0 0 0 0' },
    ],
    [
      'is rounded as amounts are',
      `${fee('30%', '33.33')}, ${each.replace('20%', '90%')}`,
      days('2024-05-02', '2024-05-03'),
      { back_: '-10' },
    ],
    [
      'is nothing, where none of it may be credited',
      `${fee('0%')}, ${each}`,
      days('2024-05-02'),
      {},
    ],
    [
      'is of the line of an event',
      `price: { charge: { each: order, amount: 80.00, creditable: 50% } }, refund: { credit: { each: back, of: price, share: 40% } }`,
      'order: { about: a, at: 2024-05-01 }, back: { id: one, about: a, at: 2024-05-03 }, back: { id: two, about: a, at: 2024-05-05 }',
      { price: '80', refund: '-32 -8' },
    ],
    [
      'is of each of several by itself',
      `use: { charge: { every: month, for-each: ring, amount: 10.00, billed: in-arrears, creditable: 50% } },
       one: { credit: { per: month, for-each: ring, of: use, share: 40% } }, more: { credit: { per: month, for-each: ring, of: use, share: 40% } }`,
      'ring: { about: a, from: 2024-05-02, for: 1 hour }, ring: { about: b, from: 2024-05-03, for: 2 hours }',
      { use: '10 10', one: '-4 -4', more: '-1 -1' },
    ],
    [
      'is of a longer period the share of all that it holds',
      `${fee()}, ${each}, quarter: { credit: { per: quarter, of: fee, share: 100%, when: '1 > 0' } }`,
      days('2024-05-02'),
      { back_: '-20', quarter: '-90 -70 -90 -90' },
    ],
  ])('%s', ([, terms, facts, bill]) => {
    const made = signed(offering(terms), { facts: `[ ${facts} ]` })
    const { fee: _fee, ...found } = made.bill('2024')
    expect(found).toEqual(bill)
    for (const { amount } of made.ask({ bill: '2024' }).lines ?? [])
      expect(sameValue(evaluate(amount), amount.value)).toBe(true)
  })

  test('may be agreed, and another from a day on', () => {
    const agreed: Signing['agreed'] = {
      cap: [{ value: '0.3' }, { from: '2024-06-01', value: '0.1' }],
    }
    const facts = `[ ${days('2024-05-02', '2024-05-03', '2024-06-02')} ]`
    const { bill } = signed(offering(`${fee('cap')}, ${each}`), { agreed, facts })
    expect(bill('2024-05-01 to 2024-07-01')['back_']).toBe('-20 -10 -10')
  })

  test('is printed once, with the charge, and in the steps of an answer', () => {
    const { ask, agreement } = signed(offering(`${fee()}, ${monthly}, ${each}`), {
      facts: `[ ${days('2024-06-01', '2024-06-02')} ]`,
    })
    const [revision] = agreement.revisions
    const parties = { provider: 'A', consumer: 'B' }
    const text = revision && printedContract(revision, agreement.frame.agreed, parties)
    expect(text?.replaceAll(/\s+/g, ' ').match(/All credits on[^.]*\./g)).toEqual([
      'All credits on it together are at most 30% of it; those billed first are given first.',
    ])
    const speaking = { zone: 'UTC', currency: 'EUR', decimals: 2 }
    const reasons = reasonsOf(ask({ value: 'back_', for: 'o1' }), speaking, (id) => ({
      ...{ number: '1', text: id },
    }))
    const steps = reasons.flatMap((one) => one.steps)
    expect(steps).toContain('30% × fee 100.00 EUR: 30.00 EUR')
    expect(steps.join()).toContain(
      '20.00 EUR, at most what is left of 30.00 EUR less 20.00 EUR credited before: 10.00 EUR',
    )
  })
})

test.for([
  [`${fee('130%')}, ${each}`, 'value_out_of_range /terms/fee/charge/creditable'],
  [`${fee('late_ones')}, ${each}`, 'types_do_not_fit /terms/fee/charge/creditable'],
  [`${fee('30.00')}, ${each}`, 'value_out_of_range /terms/fee/charge/creditable'],
  [fee(), 'word_without_effect /terms/fee/charge/creditable'],
  [
    `${fee()}, more: { credit: { each: breakdown, of: fee, share: 20%, payer: consumer } }`,
    'word_without_effect /terms/fee/charge/creditable',
  ],
] as const)('refused: %s', ([terms, fault]) => {
  expect(faultsOf(offering(terms))).toContain(fault)
})
