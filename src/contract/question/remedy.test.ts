import { describe, expect, test } from 'vitest'
import { signed } from '../contract.test-support.ts'

describe('a remedy is of the whole agreement', () => {
  const base = `{ policies: { prorate: no, billed: in-advance }, facts: { switched: { shape: event } },
    terms: {
      fee: { charge: { every: month, amount: 1.00 } },
      leaving: { transition: { of: agreement, on: switched, right: ended } },
      leaving_fee: { charge: { each: switched, amount: 100.00 } } } }`
  const facts = '[ switched: { id: s, at: 2021-02-24T09:00 } ]'
  const until = (end: string) => signed(base, { facts, period: `2020-01-01T00:00 to ${end}` })

  test.for([
    ['2022-01-01T00:00', '90'],
    ['2025-01-01T00:00', '54'],
    ['2030-01-01T00:00', '-6'],
  ] as const)(
    'of one until %s it takes off all months that are not due any more: %s',
    ([end, due]) => {
      const made = until(end)
      expect(made.told({ remedy: 's' })).toBe(due)
      expect(made.told({ remedy: 's', at: '2021-02-24T09:00' })).toBe(due)
      expect(made.ask({ remedy: 's' }).unbounded).toBeUndefined()
    },
  )

  test('of one without an end it is of three years, and says of which clauses it is not all', () => {
    const answer = until('2999-01-01T00:00').ask({ remedy: 's' })
    expect(until('2999-01-01T00:00').told({ remedy: 's' })).toBe('64')
    expect(answer.unbounded).toEqual(['fee'])
  })
})
