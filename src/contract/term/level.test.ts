import { describe, expect, test } from 'vitest'
import { checkOffering } from '../agreement/agreement.ts'
import { faultText, offering, signed } from '../contract.test-support.ts'

/** A level is kept or not in each of its periods: it makes no event, and a date that nobody has to keep is only over. */

const base = (measures: string, terms: string, more = '') =>
  `{ policies: { prorate: no, billed: in-arrears, ends: with-the-day }, ${more}
     facts: { ticket: { shape: event }, solved: { shape: event } },
     components: [ { access: line } ],
     measures: { down: { time: outage, per: month, in: minutes }, ${measures} },
     terms: {
       fee: { charge: { every: month, amount: 100.00 } },
       level: { target: { measure: down, at-most: 30, per: month, evaluated-by: provider } },
       reminder: { target: { start: ticket, by: { end-of: month } } }, ${terms} } }`
const faults = (...body: Parameters<typeof base>) =>
  checkOffering(offering(base(...body))).faults.map(faultText)
const recipe =
  '“level” is a level: it is kept or not in each of its periods, and makes no event. A term of such a period says when: "!level"; how often it was not kept, a measure that adds up { formula: "level ? 0 : 1", per: … }.'
const duty = (words: string) => `answer: { duty: { who: provider, ${words} } }`

describe('an event that a level does not make is refused with what says it', () => {
  test.for<[at: string, measures: string, terms: string, more?: string]>([
    ['/measures/n/count', 'n: { count: level.missed, per: quarter }', ''],
    ['/measures/n/count', 'n: { count: level, per: quarter }', ''],
    ['/measures/n/since', 'n: { since: level.missed, in: days }', ''],
    ['/terms/c/credit/each', '', 'c: { credit: { each: level.missed, amount: 5.00 } }'],
    [
      '/terms/c/charge/until',
      '',
      'c: { charge: { every: month, amount: 5, until: level.missed } }',
    ],
    ['/terms/answer/duty/start', '', duty('start: level.missed, stop: solved, within: 3 days')],
    ['/terms/answer/duty/stop', '', duty('start: ticket, stop: level.met, within: 3 days')],
    [
      '/terms/t/transition/on/0',
      '',
      't: { transition: { of: line, on: level.missed, right: ended } }',
    ],
    ['/events/bad/any-of/0', '', '', 'events: { bad: { any-of: [ level.missed, ticket ] } },'],
  ])('%s', ([at, ...body]) => {
    expect(faults(...body)).toEqual([expect.stringContaining(`${at}: `)])
    expect(faults(...body)).toEqual([expect.stringContaining(recipe)])
  })

  test.for<[fault: string, measures: string, terms: string]>([
    [
      'types_do_not_fit /measures/n/met: “level” is a level: it is kept or not in each of its periods, and of no event. In a formula or a condition of a period its name alone says whether it is, when: "!level".',
      'n: { met: level }',
      '',
    ],
    [
      'types_do_not_fit /measures/n/time: “level” is a level: how long it is not kept is the time of the periods in which it is not, { formula: "level ? 0 : time_of_period", per: … } of a measure { time: period, in: … }, added up by another. Time is measured of intervals, states and duties.',
      'n: { time: level, per: month, in: days }',
      '',
    ],
    [
      'fact_undeclared /terms/answer/duty/pauses/facts: A pause is an interval, or a duty while it stands unmet; “level” is neither.',
      '',
      duty(
        'start: ticket, stop: solved, within: 3 hours, clock: always, pauses: { facts: level, counted: in-hours }',
      ),
    ],
    [
      'name_unknown /terms/c/charge/each: Nothing of that sort is called “reminder.met”. “reminder” is a date that nobody has to keep, for it says no “stop:”: it is never met, and “reminder.missed” is when it is over.',
      '',
      'c: { charge: { each: reminder.met, amount: 5.00 } }',
    ],
  ])('%s', ([fault, measures, terms]) => {
    expect(faults(measures, terms)).toEqual([fault])
  })
})

test('what the recipe says is due, counted and added up', () => {
  const { told, bill } = signed(
    base(
      `missed: { formula: "level ? 0 : 1", per: month }, misses: { sum: missed, per: quarter },
       month_days: { time: period, per: month, in: days },
       unkept: { formula: "level ? 0 : month_days", per: month }, days_unkept: { sum: unkept, per: quarter }`,
      'back: { credit: { per: month, when: "!level", amount: 10.00 } }',
    ),
    {
      facts:
        '[ outage: { from: 2024-05-04T10:00, for: 60 minutes }, outage: { from: 2024-06-04T10:00, for: 60 minutes } ]',
    },
  )
  expect(told({ value: 'misses', in: '2024-Q2' })).toBe('2')
  expect(told({ value: 'days_unkept', in: '2024-Q2' })).toBe('61')
  expect(bill('2024-05')).toEqual({ fee: '100', back: '-10' })
  expect(bill('2024-04')).toEqual({ fee: '100' })
})
