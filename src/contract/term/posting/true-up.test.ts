import { describe, expect, test } from 'vitest'
import { faultsOf, signed } from '../../contract.test-support.ts'

/** Both sides of a true-up count an interval over the end of a month in the same month. */

const base = (measures: string, trueUp: string) => `{
  policies: { prorate: no, billed: in-arrears },
  facts: { work: { shape: interval, has: { pay: money } } },
  measures: {
    hours_of_it: { time: this, in: hours },
    worth_of_it: { scale: { measure: hours_of_it, rate: 60.00 } },
    ${measures} },
  terms: {
    pay: { charge: { each: work, amount: work.pay } },
    all_pay: { total: { of: pay } },
    top_up: { charge: { every: month, true-up: { ${trueUp} } } } } }`
const ofFacts = 'floor: { sum: work, value: worth_of_it, per: month }'
const ofLines = 'floor: { sum: pay, value: worth_of_it, per: month }'

describe('of the lines of an interval', () => {
  test.for([
    [ofFacts, 'of: pay, to: floor'],
    [ofFacts, 'of: all_pay, to: 2 * floor'],
    [
      'all: { sum: work, value: work.pay, per: month }, floor: { sum: pay, per: month }',
      'of: all, to: floor',
    ],
    [
      'floor: { time: work, per: month, in: hours }, least: { scale: { measure: floor, rate: 60.00 } }',
      'of: pay, to: least',
    ],
  ] as const)('%s: { %s } is refused', ([measures, trueUp]) => {
    expect(faultsOf(base(measures, trueUp))).toEqual([
      'periods_do_not_fit /terms/top_up/charge/true-up',
    ])
  })

  test.for([
    [ofLines, 'of: pay, to: floor'],
    [`${ofFacts}, earned: { sum: work, value: work.pay, per: month }`, 'of: earned, to: floor'],
  ] as const)('%s: { %s } tops up once', ([measures, trueUp]) => {
    const facts = '[ work: { from: 2024-01-31T23:00, for: 2 hours, pay: 100.00 } ]'
    const made = signed(base(measures, trueUp), { facts })
    const [january, february] = ['2024-01', '2024-02'].map((month) => made.bill(month)['top_up'])
    expect([january, february].filter((one) => one !== '0')).toEqual(['20'])
  })
})
