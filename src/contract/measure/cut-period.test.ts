import { describe, expect, test } from 'vitest'
import { signed } from '../contract.test-support.ts'

/** What is read of a month that the agreement cuts, and of those before it: one thing alone, in a term and in a level. */

const base = `{ policies: { prorate: no, billed: in-arrears },
  facts: { job: { shape: event, has: { length: { number: hours } } } },
  tables: { season: { by: period_start, rows: [ { when: { below: 2024-05-06 }, then: 1 }, { when: { from: 2024-05-06 }, then: 2 } ] } },
  measures: {
    month_days: { between: [ period_start, period_end ], in: days },
    days_of_month: { formula: month_days, per: month },
    covered: { time: period, in: days },
    used_hours: { sum: job, value: job.length },
    load: { formula: used_hours / month_hours },
    month_hours: { between: [ period_start, period_end ], in: hours },
    load_of_month: { formula: used_hours / month_hours, per: month } },
  terms: {
    light: { target: { measure: load, at-most: 0.5, per: month, evaluated-by: both } },
    light_month: { target: { measure: load_of_month, at-most: 0.5, per: month, evaluated-by: both } },
    days_fee: { charge: { every: month, measure: month_days, rate: 1.00 } },
    whole_fee: { charge: { every: month, measure: days_of_month, rate: 1.00 } },
    season_fee: { charge: { every: month, measure: season, rate: 1.00 } },
    heavy: { charge: { every: month, when: load > 0.5, amount: 7.00 } },
    heavy_month: { charge: { every: month, when: load_of_month > 0.5, amount: 7.00 } } } }`
const facts =
  '[ job: { at: 2024-05-31T10:00, length: 20 }, job: { at: 2024-07-01T10:00, length: 20 } ]'
const { told } = signed(base, { facts, period: '2024-05-31T00:00 to 2024-07-02T00:00' })

describe('a month that the agreement cuts at its start or its end', () => {
  test.for<[first: string, whole: string, last: string, value: string]>([
    ['1', '30', '1', 'month_days'],
    ['1', '30', '1', 'days_fee'],
    ['31', '30', '31', 'days_of_month'],
    ['31', '30', '31', 'whole_fee'],
    ['1', '30', '1', 'covered'],
    ['2', '2', '2', 'season'],
    ['2', '2', '2', 'season_fee'],
    ['7', 'nothing-due', '7', 'heavy'],
    ['nothing-due', 'nothing-due', 'nothing-due', 'heavy_month'],
  ])('has %s, and a whole one %s, the last %s: %s', ([first, whole, last, value]) => {
    const months = ['2024-05', '2024-06', '2024-07']
    expect(months.map((month) => told({ value, in: month }))).toEqual([first, whole, last])
  })

  test('is measured by a level as by a charge', () => {
    const kept = (met: string) => ['2024-05', '2024-06'].map((month) => told({ met, in: month }))
    expect(kept('light')).toEqual(['no', 'yes'])
    expect(kept('light_month')).toEqual(['yes', 'yes'])
    expect(told({ value: 'load', in: '2024-05' })).toBe('5/6')
  })

  test('is not the month before it, of which there is no time in the agreement', () => {
    expect(told({ value: 'month_days', in: '2024-04' })).toBe('30')
    expect(told({ value: 'covered', in: '2024-04' })).toBe('unknown')
  })
})

describe('months before the agreement', () => {
  const windows = `{ policies: { prorate: no, billed: in-arrears },
    facts: { asked: { shape: event } },
    measures: {
      down: { time: outage, per: month, in: minutes },
      all: { time: period, per: month, in: days },
      outages: { count: outage, per: month },
      bad_months: { count: down, where: down > 30, per: past 3 months },
      months_then: { count: down, per: past 3 months },
      days_then: { sum: all, per: past 3 months },
      fewest: { min: outages, per: past 3 months },
      since_start: { count: down, where: down > 30, per: so-far-agreement } },
    terms: {
      fee: { charge: { every: month, amount: 100.00 } },
      second_miss: { credit: { per: month, of: fee, share: 10%, when: bad_months >= 2 } } } }`
  const outages = ['02-20', '03-04', '06-04'].map(
    (day) => `outage: { from: 2024-${day}T10:00, for: 60 minutes }`,
  )
  const { told } = signed(windows, {
    facts: `[ ${outages.join(', ')}, asked: { id: early, at: 2024-02-25 }, asked: { id: later, at: 2024-04-10 } ]`,
    period: '2024-02-15T00:00 to 2024-06-10T00:00',
  })

  test.for<[value: string, ...months: string[]]>([
    ['bad_months', '1', '2', '2', '1', '1'],
    ['second_miss', 'nothing-due', '10', '10', 'nothing-due', 'nothing-due'],
    ['months_then', '1', '2', '3', '3', '3'],
    ['days_then', '15', '46', '76', '92', '70'],
    ['fewest', '1', '1', '0', '0', '0'],
    ['since_start', '1', '2', '2', '2', '3'],
  ])('%s: none of them is among the last three; the last, cut one is', ([value, ...expected]) => {
    const months = ['2024-02', '2024-03', '2024-04', '2024-05', '2024-06']
    expect(months.map((month) => told({ value, in: month }))).toEqual(expected)
  })

  test('are none of those that are over at an event', () => {
    expect(told({ value: 'months_then', for: 'early' })).toBe('0')
    expect(told({ value: 'months_then', for: 'later' })).toBe('2')
    expect(told({ value: 'bad_months', for: 'later' })).toBe('2')
  })
})
