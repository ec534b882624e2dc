import { describe, expect, test } from 'vitest'
import { signed } from '../contract.test-support.ts'

describe('a total of charges for a period of its own', () => {
  const { told } = signed(
    `{ policies: { prorate: no, billed: in-arrears }, periods: { billing: month from 16 }, agreed: { discount: { type: money, default: 1.00 } },
       facts: { extra: { shape: event } }, measures: { used_up: { formula: 2.00, per: billing } },
       terms: {
         one: { charge: { every: billing, amount: 10.00 } },
         two: { charge: { every: billing, amount: 5.00 } },
         monthly: { charge: { every: month, amount: 7.00 } },
         once_more: { charge: { each: extra, amount: 3.00 } },
         both: { total: { of: [ one, two ], minus: [ discount ] } },
         all: { total: { of: [ both, used_up ] } },
         mixed: { total: { of: [ one, monthly ] } },
         events: { total: { of: [ one, once_more ] } } } }`,
    { period: '2024-01-16T00:00 to 2025-01-16T00:00' },
  )

  test.for([
    ['both', '2024-06-16', '14'],
    ['both', '2024-06-16 to 2024-07-16', '14'],
    ['all', '2024-06-16', '16'],
    // Of its parts not all have that period, or it is asked by the day of a bill.
    ['mixed', '2024-06-16', '0'],
    ['events', '2024-06-16', '0'],
    ['both', '2024-07-15', '14'],
    ['both', '2024-07-14', '-1'],
    ['both', '2024-07', '14'],
  ] as const)('%s in %s is %s', ([value, period, expected]) => {
    expect(told({ value, in: period, at: '2025-02-01' })).toBe(expected)
  })
})
