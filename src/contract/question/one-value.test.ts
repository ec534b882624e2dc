import { describe, expect, test } from 'vitest'
import { signed } from '../contract.test-support.ts'
import type { Question } from './form.ts'

/** What has several values where it is asked is refused there, through however many names it is read. */

const { ask, told } = signed(
  `{ policies: { prorate: no, billed: in-arrears },
     facts: { drive: { shape: event, has: { km: { number: km } } }, costs: { shape: event, has: { of: money } } },
     tables: { class: { by: daily, rows: [ { when: { below: 3 }, then: 1 }, { when: any, then: 2 } ] } },
     measures: {
       daily: { sum: drive, per: day }, monthly: { sum: drive, per: month }, yearly: { sum: drive, per: year },
       from_10: { sum: drive, per: month from 10 }, so_far: { sum: drive, per: so-far-month },
       lately: { sum: drive, per: past 3 months }, own_daily: { sum: drive, about: same, per: day },
       own_costs: { sum: costs, per: month }, day_costs: { sum: costs, per: day },
       twice: { formula: monthly * 2 }, of_day: { formula: daily * 2 }, of_10: { formula: from_10 * 2 },
       of_so_far: { formula: so_far * 2 }, of_lately: { formula: lately * 2 }, of_year: { formula: yearly * 2 },
       doubly: { formula: twice * 2 }, cost: { scale: { measure: daily, rate: 1.00 } }, classed: { formula: class * 10 },
       parts: { split: { of: monthly, evenly: [ one, other ], remainder: largest } },
       within: { formula: "few ? 1 : 0" }, busiest: { max: own_daily, for-each: drive }, driven_days: { count: daily, where: daily > 0 },
       of_months: { sum: monthly }, idle: { since: drive, in: days }, weeks_idle: { formula: idle / 7 }, km_cost: { formula: drive.km * 2 } },
     terms: {
       fee: { charge: { every: month, amount: 10.00 } },
       quarterly: { charge: { every: quarter, amount: 30.00 } },
       all: { total: { of: [ fee, own_costs ] } }, with_days: { total: { of: [ fee, day_costs ] } },
       charged: { total: { of: [ fee, quarterly ] } },
       few: { target: { measure: monthly, at-most: 5, per: month, evaluated-by: provider } } } }`,
  {
    facts: `[ drive: { id: one, about: a, at: 2024-02-02T10:00, km: 3 }, drive: { id: two, about: a, at: 2024-03-14T10:00, km: 7 },
      costs: { at: 2024-01-10T10:00, of: 1.00 }, costs: { at: 2024-02-10T10:00, of: 2.00 } ]`,
  },
)

describe('refused', () => {
  const day = 'say “in:” one of them, such as 2024-02-01 to 2024-02-02'
  const month = 'say “in:” one of them, such as 2024-01-01 to 2024-02-01'
  test.for<[name: string, period: string, words: string]>([
    ['daily', '2024-02', `“daily” has a value for each of its own periods: ${day}.`],
    ['of_day', '2024-02', `Of what “of_day” reads, “daily” has a value for each of its own`],
    ['cost', '2024-02', `Of what “cost” reads, “daily” has a value for each`],
    ['classed', '2024-02', `Of what “classed” reads, “daily” has a value for each`],
    ['busiest', '2024-02', `Of what “busiest” reads, “own_daily” has a value for each`],
    ['twice', '2024-Q1', `Of what “twice” reads, “monthly” has a value for each`],
    ['doubly', '2024-Q1', `Of what “doubly” reads, “monthly” has a value for each`],
    ['parts', '2024-Q1', `Of what “parts” reads, “monthly” has a value for each`],
    ['parts.one', '2024-Q1', `“monthly” has a value for each of its own periods: ${month}.`],
    ['within', '2024-Q1', `Of what “within” reads, “few” has a value for each`],
    ['of_10', '2024-02', 'Of what “of_10” reads, “from_10” has a value for each'],
    ['twice', '2024-02-20 to 2024-03-12', '“monthly” has a value for each of its own'],
    ['of_10', '2024-02-20 to 2024-03-12', '“from_10” has a value for each of its own'],
    ['of_so_far', '2024-Q1', 'Of what “of_so_far” reads, “so_far” has a value for each'],
    ['all', '2024-Q1', `Of what “all” reads, “own_costs” has a value for each`],
    ['with_days', '2024-02', 'Of what “with_days” reads, “day_costs” has a value for each'],
    [
      'of_months',
      '2024-02-10',
      '“of_months” reads “monthly” over a period that is no longer than its',
    ],
    [
      'idle',
      '2024-03',
      'is about the subject of an event; no event is at hand. Ask “for:” a fact.',
    ],
    ['weeks_idle', '2024-03', 'is about the subject of an event; no event is at hand.'],
    ['km_cost', '2024-03', '“drive.km” is read where no “drive” is at hand'],
  ])('%s in %s', ([value, period, words]) => {
    expect(() => ask({ value, in: period })).toThrow(words)
  })

  test.for([
    ['twice', '/in', { in: '2024-Q1' }],
    ['idle', '/value', { in: '2024-03' }],
    ['idle', '/value', {}],
  ] as const)('%s: the pointer is to what would mend it, %s', ([value, pointer, where]) => {
    let refused: unknown
    try {
      ask({ value, ...where })
    } catch (error) {
      refused = error
    }
    expect(refused).toMatchObject({ name: 'question_needs_one_scope', pointer })
  })
})

describe('answered', () => {
  test.for<[question: Question, answer: string]>([
    [{ value: 'twice', in: '2024-02' }, '6'],
    [{ value: 'twice', in: '2024-02-10 to 2024-02-20' }, '6'],
    [{ value: 'twice', in: '2024-02-10' }, '6'],
    [{ value: 'of_day', in: '2024-02-02' }, '6'],
    [{ value: 'of_10', in: '2024-02-10 to 2024-03-10' }, '0'],
    [{ value: 'of_year', in: '2024-02' }, '20'],
    [{ value: 'of_lately', in: '2024-Q1' }, '20'],
    [{ value: 'of_so_far', in: '2024-02' }, '6'],
    [{ value: 'driven_days', in: '2024-Q1' }, '2'],
    [{ value: 'of_months', in: '2024-Q1' }, '10'],
    [{ value: 'within', in: '2024-03' }, '0'],
    [{ value: 'all', in: '2024-02' }, '12'],
    [{ value: 'with_days', in: '2024-02-10' }, '2'],
    // Of a charge its lines in the bill of the period, however long its own.
    [{ value: 'charged', in: '2024-03' }, '40'],
    [{ value: 'charged', in: '2024' }, '240'],
    [{ value: 'twice', for: 'two' }, '14'],
    [{ value: 'of_10', for: 'two' }, '14'],
    [{ value: 'idle', for: 'two' }, '41'],
    [{ value: 'km_cost', for: 'two' }, '14'],
  ])('%j is %s', ([question, answer]) => {
    expect(told(question)).toBe(answer)
  })
})
