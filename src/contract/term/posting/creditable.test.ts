import { describe, expect, test } from 'vitest'
import { Exact } from '../../../kernel/exact.ts'
import { signed } from '../../contract.test-support.ts'
import { evaluate } from '../../derivation.ts'
import { reasonsOf } from '../../explanation/reason.ts'
import { printedContract } from '../../prose/contract.ts'
import type { Question } from '../../question/form.ts'
import { sameValue, valueText } from '../../value.ts'

/** What is credited of a charge is at most what was charged, however many clauses and events credit it. */

const offering = (
  terms: string,
) => `{ zone: UTC, policies: { prorate: { by: days, of: actual }, billed: in-advance, on-change: next-period, ends: with-the-day },
  facts: { breakdown: { shape: event }, late: { shape: event }, order: { shape: event }, back: { shape: event },
    claimed: { shape: event }, ring: { shape: interval }, notice: { shape: event } },
  agreed: { agreed_price: { type: money, default: 80.00 } },
  measures: { late_ones: { count: late, per: month } },
  terms: { ${terms} } }`
const fee = 'fee: { charge: { every: month, amount: 100.00 } }'
const credited = (terms: string, facts: string, period = '2024', told: object = {}) =>
  signed(offering(terms), { facts: `[ ${facts} ]`, ...told }).bill(period)
const breakdowns = (...days: readonly string[]) =>
  days.map((day, place) => `breakdown: { id: o${place}, about: x, at: ${day} }`).join(', ')

describe('credits of one charge', () => {
  test.for<[name: string, terms: string, facts: string, bill: Record<string, string>]>([
    [
      'for several events of a period are at most its fee, the last one partly',
      `${fee}, back_: { credit: { each: breakdown, of: fee, share: 40% } }`,
      breakdowns('2024-05-02', '2024-05-03', '2024-05-04', '2024-05-05', '2024-06-01'),
      { back_: '-40 -40 -20 -40' },
    ],
    [
      'of several clauses are taken as they are billed, not as they are written',
      `${fee}, all_of_it: { credit: { per: month, of: fee, share: 70%, when: late_ones > 0 } },
       back_: { credit: { each: breakdown, of: fee, share: 50% } }`,
      `${breakdowns('2024-05-20')}, late: { at: 2024-05-21 }`,
      { back_: '-50', all_of_it: '-50' },
    ],
    [
      'of the last day of a period are taken by their instant: an event comes before the credit of its month',
      `${fee}, all_of_it: { credit: { per: month, of: fee, share: 70%, when: late_ones > 0 } },
       back_: { credit: { each: breakdown, of: fee, share: 50% } }`,
      `${breakdowns('2024-05-31T10:00')}, late: { at: 2024-05-21 }`,
      { back_: '-50', all_of_it: '-50' },
    ],
    [
      'of one instant are taken as their clauses stand',
      `${fee}, one: { credit: { per: month, of: fee, share: 60%, when: late_ones > 0 } },
       two: { credit: { per: month, of: fee, share: 30%, when: late_ones > 0 } }, three: { credit: { per: month, of: fee, share: 30%, when: late_ones > 0 } }`,
      'late: { at: 2024-05-21 }',
      { one: '-60', two: '-30', three: '-10' },
    ],
    [
      'by a rate for each unit are at most the line, where several may stand on it',
      `${fee}, one: { credit: { per: month, of: fee, measure: late_ones, rate: 60% } }, two: { credit: { per: month, of: fee, share: 30%, when: late_ones > 0 } }`,
      'late: { id: a, at: 2024-05-21 }, late: { id: b, at: 2024-05-22 }',
      { one: `0 0 0 0 -100 0 0 0 0 0 0 0` },
    ],
    [
      'of a line for an event: what was sent back twice is given back once',
      `price: { charge: { each: order, amount: 80.00 } }, refund: { credit: { each: back, of: price, share: 75% } }`,
      `order: { about: a, at: 2024-05-01 }, order: { about: b, at: 2024-05-02 }, back: { id: one, about: a, at: 2024-05-03 }, back: { id: two, about: b, at: 2024-05-04 }, back: { id: three, about: a, at: 2024-05-05 }`,
      { price: '80 80', refund: '-60 -60 -20' },
    ],
    [
      'of longer periods give what those within them have left',
      `${fee}, back_: { credit: { each: breakdown, of: fee, share: 100% } }, quarter: { credit: { per: quarter, of: fee, share: 90%, when: late_ones_ > 0 } }`.replace(
        'late_ones_',
        '1',
      ),
      breakdowns('2024-05-02', '2024-06-03', '2024-06-04'),
      { back_: '-100 -100', quarter: '-270 -100 -270 -270' },
    ],
    [
      'after one of a longer period give what that has left',
      `${fee}, all: { credit: { per: once, of: fee, share: 95% } }, back_: { credit: { each: breakdown, of: fee, share: 50% } }`,
      breakdowns('2024-05-02', '2024-05-03', '2024-06-04'),
      { all: '-1140', back_: '-50 -10' },
    ],
    [
      'that are paid by the one who pays the charge give nothing back',
      `${fee}, more: { credit: { each: breakdown, of: fee, share: 80%, payer: consumer } }`,
      breakdowns('2024-05-02', '2024-05-03'),
      { more: '80 80' },
    ],
    [
      'of what the provider pays are the consumer’s: they take back no more than was paid',
      `${fee.replace('amount: 100.00', 'amount: 100.00, payer: provider')}, more: { credit: { each: breakdown, of: fee, share: 80%, payer: consumer } }`,
      breakdowns('2024-05-02', '2024-05-03'),
      { more: '80 20' },
    ],
    [
      'that say how much more they may be are compensation',
      `${fee}, more: { credit: { each: breakdown, of: fee, share: 80%, maximum: 150% } }`,
      breakdowns('2024-05-02', '2024-05-03'),
      { more: '-80 -80' },
    ],
    [
      'of something else are not bound: several charges, a total, an amount',
      `${fee}, other: { charge: { every: month, amount: 10.00 } }, sum: { total: { of: fee } },
       one: { credit: { each: breakdown, of: [ fee, other ], share: 80% } }, two: { credit: { each: breakdown, of: sum, share: 80% } }, three: { credit: { each: breakdown, amount: 80.00 } }`,
      breakdowns('2024-05-02', '2024-05-03'),
      { one: '-88 -88', two: '-80 -80', three: '-80 -80' },
    ],
    [
      'that a limit holds down take that away',
      `${fee}, one: { credit: { each: breakdown, of: fee, share: 40%, limit: { amount: 50.00, per: month } } }, two: { credit: { per: month, of: fee, share: 80%, when: late_ones > 0 } }`,
      `${breakdowns('2024-05-02', '2024-05-03')}, late: { at: 2024-05-21 }`,
      { one: '-40 -10', two: '-50' },
    ],
    [
      'that are too small by themselves are not issued, and take nothing away',
      `${fee}, one: { credit: { each: breakdown, of: fee, share: 5%, issued-above: 10.00 } }, two: { credit: { per: month, of: fee, share: 100%, when: late_ones > 0 } }`,
      `${breakdowns('2024-05-02')}, late: { at: 2024-05-21 }`,
      { two: '-100' },
    ],
    [
      'of which too little is left are not issued, and what is left of them is due to no later one',
      `${fee}, one: { credit: { each: breakdown, of: fee, share: 48%, issued-above: 10.00 } }, two: { credit: { per: month, of: fee, share: 100%, when: late_ones > 0 } }`,
      `${breakdowns('2024-05-02', '2024-05-03', '2024-05-04')}, late: { at: 2024-05-21 }`,
      { one: '-48 -48' },
    ],
    [
      'of which too little is left are not issued',
      `${fee}, back_: { credit: { each: breakdown, of: fee, share: 45%, issued-above: 10.00 } }`,
      breakdowns('2024-05-02', '2024-05-03', '2024-05-04'),
      { back_: '-45 -45' },
    ],
    [
      'that nobody claimed in time take nothing away, and one that was claimed is claimed of what is left',
      `${fee}, one: { credit: { each: breakdown, of: fee, share: 60%, claim: { fact: claimed, within: 5 days } } }, two: { credit: { each: late, of: fee, share: 60% } }`,
      `breakdown: { about: x, at: 2024-05-02 }, late: { at: 2024-05-03 },
       breakdown: { about: y, at: 2024-06-02 }, claimed: { about: y, at: 2024-06-03 }, late: { at: 2024-06-05 },
       late: { at: 2024-07-02 }, breakdown: { about: z, at: 2024-07-03 }, claimed: { about: z, at: 2024-07-04 }`,
      { one: '-60 -40', two: '-60 -40 -60' },
    ],
    [
      'for each of several give back of the line about it',
      `use: { charge: { every: month, for-each: ring, amount: 10.00, billed: in-arrears } }, back_: { credit: { per: month, for-each: ring, of: use, share: 70% } }, more: { credit: { per: month, for-each: ring, of: use, share: 70% } }`,
      'ring: { about: a, from: 2024-05-02, for: 1 hour }, ring: { about: b, from: 2024-05-03, for: 2 hours }',
      { use: '10 10', back_: '-7 -7', more: '-3 -3' },
    ],
    [
      'survive the end, and still give back no more than is left',
      `price: { charge: { each: order, amount: 80.00 } }, refund: { survives: end, credit: { each: back, of: price, share: 75% } }`,
      `order: { about: a, at: 2024-12-30 }, back: { id: one, about: a, at: 2025-01-03 }, back: { id: two, about: a, at: 2025-02-04 }`,
      { price: '80', refund: '-60 -20' },
    ],
    [
      'of one that reads another come after it, whatever their dates',
      `${fee}, monthly: { credit: { per: month, of: fee, share: 60%, when: late_ones > 0 } }, sooner: { credit: { each: breakdown, of: fee, share: 70%, when: monthly > 0 } }`,
      `${breakdowns('2024-05-02')}, late: { at: 2024-05-21 }`,
      { sooner: '-40', monthly: '-60' },
    ],
  ])('%s', ([, terms, facts, bill]) => {
    const {
      fee: _fee,
      other: _other,
      ...found
    } = credited(terms, facts, '2024-01-01 to 2026-01-01')
    expect(found).toEqual(bill)
  })
})

describe('a credit beside others', () => {
  const { ask, agreement } = signed(
    offering(`price: { charge: { every: month, amount: agreed_price, on-change: { old: credit-unused, new: prorated } } }, back_: { credit: { each: breakdown, of: price, share: 50% } },
      monthly: { credit: { per: month, of: price, measure: late_ones, rate: 70% } }`),
    {
      agreed: { agreed_price: [{ value: '80.00' }, { from: '2024-05-16', value: '20.00' }] },
      facts: `[ ${breakdowns('2024-05-02', '2024-05-20', '2024-05-21')}, late: { at: 2024-05-21 }, late: { id: once, at: 2024-06-21 }, late: { id: twice, at: 2024-06-22 } ]`,
    },
  )
  const lines = ask({ bill: '2024' }).lines ?? []
  const of = (clause: string) => lines.filter((line) => line.clause === clause)

  test('gives back of all lines of a period that a change cuts', () => {
    const sum = Exact.sum(
      lines
        .filter(({ billed }) => billed >= Date.UTC(2024, 4, 1) && billed < Date.UTC(2024, 5, 1))
        .flatMap(({ posted }) => (posted.value instanceof Exact ? [posted.value] : [])),
    )
    expect(sum.text).toBe('0')
    expect(of('monthly').map(({ amount }) => valueText(amount.value))).toContain('20')
  })

  test('evaluates to its amount, and asked alone it is the line in the bill', () => {
    const forEvents = of('back_').flatMap(({ event, amount }) => (event ? [{ event, amount }] : []))
    expect([forEvents.length, of('monthly').length]).toEqual([3, 12])
    for (const { amount } of [...of('back_'), ...of('monthly')])
      expect(sameValue(evaluate(amount), amount.value)).toBe(true)
    for (const { amount, event } of forEvents) {
      const alone = ask({ value: 'back_', for: event.fact.id }).derivation
      expect(valueText(alone.value)).toBe(valueText(amount.value))
    }
  })

  test('is without those before it what it would be alone', () => {
    const without = signed(
      offering(`${fee}, back_: { credit: { each: breakdown, of: fee, share: 70% } }`),
      { facts: `[ ${breakdowns('2024-05-02', '2024-05-20')} ]` },
    )
    expect(without.told({ value: 'back_', for: 'o1' })).toBe('30')
    // With the first gone the second is whole: both together are as much less.
    expect(without.told({ remedy: 'o0' })).toBe('-70')
  })

  test('says in print that they never exceed it, once, and in its steps what was left', () => {
    const [revision] = agreement.revisions
    const parties = { provider: 'A', consumer: 'B' }
    const text = revision
      ? printedContract(revision, agreement.frame.agreed, parties).replace(/\s+/g, ' ')
      : ''
    expect(text.match(/Together the credits[^.]*\./g)).toEqual([
      'Together the credits on clause 2 (Price) never exceed it; those billed first are given first.',
    ])
    const speaking = { zone: 'UTC', currency: 'EUR', decimals: 2 }
    const steps = (question: Question) =>
      reasonsOf(ask(question), speaking, (id) => ({ number: '1', text: id })).flatMap(
        (one) => one.steps,
      )
    expect(steps({ value: 'monthly', in: '2024-06' })).toContain(
      'monthly 28.00 EUR, at most what is left of price 20.00 EUR: 20.00 EUR',
    )
    expect(steps({ value: 'back_', for: 'o2' }).join()).toContain('nothing due: nothing is left of')
  })

  test('that may still be claimed takes nothing away before it is, and leaves nothing final', () => {
    const claimable = signed(
      offering(
        `${fee}, one: { credit: { each: breakdown, of: fee, share: 60%, claim: { fact: claimed, within: 5 days } } }, two: { credit: { each: late, of: fee, share: 60% } }`,
      ),
      { facts: `[ ${breakdowns('2024-05-02')}, late: { id: l, at: 2024-05-03 } ]` },
    )
    const asked = (at: string) => claimable.ask({ value: 'two', for: 'l', at })
    expect(asked('2024-05-04').final).toBe(false)
    expect(valueText(asked('2024-05-04').derivation.value)).toBe('60')
    expect(asked('2024-05-09').final).toBe(true)
  })

  test('follows the clause in force: a revision adds one that gives back of the same charge', () => {
    const revised = signed(
      offering(`${fee}, back_: { credit: { each: breakdown, of: fee, share: 70% } }`),
      {
        revisions: [
          {
            from: '2024-06-01',
            deviations: [
              { clause: 'monthly', add: { credit: { per: 'month', of: ['fee'], share: '60%' } } },
            ],
          },
        ],
        facts: `[ ${breakdowns('2024-05-02', '2024-06-02')} ]`,
      },
    )
    expect(revised.bill('2024-05-01 to 2024-08-01')).toEqual({
      fee: '100 100 100',
      back_: '-70 -70',
      monthly: '-30 -60',
    })
  })
})
