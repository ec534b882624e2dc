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

describe('a remedy of what stops a deadline is less what would follow without it', () => {
  const base = `{ facts: { booked: { shape: event, has: { arrival: date } }, cancelled: { shape: event } },
    terms: {
      show_up: { duty: { who: consumer, start: booked, stop: cancelled, by: { on: booked.arrival } } },
      letter: { duty: { who: consumer, start: show_up.missed, within: 10 days, clock: always, ends: at-the-hour, stop: paid } },
      late: { charge: { each: cancelled, amount: 120.00 } },
      no_show: { charge: { each: show_up.missed, amount: 360.00 } },
      reminder: { charge: { each: letter.missed, amount: 5.00 } } } }`
  const facts = `[ booked: { id: b, about: s, at: 2024-06-01T10:00, arrival: 2024-08-10 },
    cancelled: { id: c, about: s, at: 2024-08-10T09:00 } ]`
  const { ask, told } = signed(base, { facts })

  test.for<[at: string | undefined, value: string, isFinal: boolean]>([
    [undefined, '-245', true],
    ['2024-08-10T12:00', '120', false],
    ['2024-08-12T12:00', '-240', false],
    ['2024-08-22T12:00', '-245', true],
  ])('asked as of %s it is %s, final: %s', ([at, value, isFinal]) => {
    const question = { remedy: 'c', ...(at !== undefined && { at }) }
    expect(told(question)).toBe(value)
    expect(ask(question).final).toBe(isFinal)
  })

  test('one that comes too late for the deadline settles none', () => {
    const late = facts.replace('2024-08-10T09:00', '2024-08-11T09:00')
    expect(signed(base, { facts: late }).told({ remedy: 'c' })).toBe('120')
  })

  test('one that is supposed is waited for as one on file', () => {
    const [booked] = facts.split('cancelled')
    const suppose = [{ cancelled: { id: 'c', about: 's', at: '2024-08-10T09:00' } }]
    expect(signed(base, { facts: `${booked} ]` }).told({ remedy: 'c', suppose })).toBe('-245')
  })
})
