import { describe, expect, test } from 'vitest'
import { faultsOf, signed } from '../contract.test-support.ts'

/** Months and years on the calendar: ages, and a minimum term that is not that of the agreement. */

const base = `{ facts: { moved: { shape: event, has: { born: date, until: date } } },
  measures: {
    age: { between: [ moved.born, moved.date ], in: years },
    months_old: { between: [ moved.born, moved.date ], in: months },
    half_years: { between: [ moved.born, moved.until ], in: months },
    begun: { last: moved, value: moved.at, per: so-far-agreement },
    ends: { last: moved, value: moved.until, per: so-far-agreement },
    over: { months: completed, from: begun, parts: whole },
    left: { months: remaining, from: begun, until: ends, parts: whole },
    left_daily: { months: remaining, from: begun, until: ends, parts: daily },
    over_daily: { months: completed, from: begun, until: ends, parts: daily } } }`

describe('between two dates', () => {
  test.for([
    ['2000-05-31', '2024-05-30T10:00', '23', '287'],
    ['2000-05-31', '2024-05-31T10:00', '24', '288'],
    ['2000-02-29', '2023-02-27T10:00', '22', '275'],
    // Where there is no 29th, the 28th is the birthday.
    ['2000-02-29', '2023-02-28T10:00', '23', '276'],
    ['2000-02-29', '2024-02-28T10:00', '23', '287'],
    ['2000-02-29', '2024-02-29T10:00', '24', '288'],
    ['2024-01-31', '2024-02-29T10:00', '0', '1'],
    ['2025-01-31', '2024-05-31T10:00', '0', '0'],
  ] as const)('who is born on %s is at %s so old: %s', ([born, at, years, months]) => {
    const facts = `[ moved: { id: m, at: ${at}, born: ${born}, until: 2030-01-01 } ]`
    const made = signed(base, { facts, period: '2023-01-01T00:00 to 2026-01-01T00:00' })
    expect(made.told({ value: 'age', for: 'm' })).toBe(years)
    expect(made.told({ value: 'months_old', for: 'm' })).toBe(months)
  })
})

describe('a minimum term with a start of its own', () => {
  // A term of 24 months from 10 August 2023, within an agreement since 2020.
  const facts = '[ moved: { at: 2023-08-10T00:00, born: 2000-01-01, until: 2025-08-10 } ]'
  const made = signed(base, { facts, period: '2020-01-01T00:00 to 2030-01-01T00:00' })

  test.for([
    ['2023-08-10T00:00', '0', '24', '24'],
    ['2025-02-10T00:00', '18', '6', '6'],
    ['2025-02-23T00:00', '18', '5', '155/28'],
    ['2025-08-10T00:00', '24', '0', '0'],
    ['2026-01-10T00:00', '29', '0', '0'],
  ] as const)('has at %s so many months over and left: %s, %s', ([at, over, left, daily]) => {
    expect(made.told({ value: 'over', at })).toBe(over)
    expect(made.told({ value: 'left', at })).toBe(left)
    expect(made.told({ value: 'left_daily', at })).toBe(daily)
  })

  test('is not over before it has begun, nor longer than it is', () => {
    expect(made.told({ value: 'over_daily', at: '2026-01-10T00:00' })).toBe('24')
    expect(signed(base).told({ value: 'over', at: '2024-05-01' })).toMatch('unknown')
  })

  test.for([
    ['{ months: completed, from: 3, parts: whole }', ['types_do_not_fit /measures/x/from']],
    [
      '{ between: [ agreement_start, agreement_end ], in: years, calendar: office }',
      ['words_exclude_each_other /measures/x/calendar'],
    ],
  ] as const)('%s is refused', ([measure, faults]) => {
    const offering = `{ calendars: { office: { hours: { mon: 08:00-17:00 } } }, measures: { x: ${measure} } }`
    expect(faultsOf(offering)).toEqual(faults)
  })
})
