import { describe, expect, test } from 'vitest'
import { signed } from '../contract.test-support.ts'

/**
 * For a clause that survives the end the periods of the agreement go on: what happens later lies in them. What happened
 * before its start lies in none, and no clause speaks of it.
 */

const words = `
facts: { damaged: { shape: event, has: { cost: money } }, looked: { shape: event }, left: { shape: event } }
measures:
  in_all: { count: damaged, per: agreement }
  so_far: { count: damaged, per: so-far-agreement }
  in_step: { count: damaged, per: agreement-month }
  of_steps: { sum: in_step, per: agreement }
  step_before: { previous: in_step, per: agreement-month, initially: 9 }
  steps_back: { sum: in_step, per: past 2 months }
terms:
  leaves: { transition: { of: agreement, on: left, right: ended } }
  once: { charge: { each: damaged, amount: 20.00, limit: { times: 1, per: agreement } }, survives: end }
  at_most: { charge: { each: damaged, amount: damaged.cost, limit: { amount: 100.00, per: agreement } }, survives: end }
  each_step: { charge: { each: damaged, amount: 20.00, limit: { times: 1, per: agreement-month } }, survives: end }
  together: { charge: { each: damaged, measure: damaged.cost, cumulative: agreement, included: 100.00, rate: 100% }, survives: end }
  from_second: { charge: { each: damaged, when: so_far >= 2, amount: 1.00 }, survives: end }
  if_four: { charge: { each: damaged, when: in_all >= 4, amount: 1.00 }, survives: end }
  steps: { charge: { each: looked, measure: of_steps, rate: 1.00 }, survives: end }
  step: { charge: { each: looked, measure: in_step, rate: 1.00 }, survives: end }
  earlier: { charge: { each: looked, measure: step_before, rate: 1.00 }, survives: end }
  back: { charge: { each: looked, measure: steps_back, rate: 1.00 }, survives: end }
  bound: { charge: { each: damaged, amount: 20.00 } }
  repaired: { duty: { who: consumer, start: damaged, stop: looked, within: 90 days, ends: with-the-day }, survives: end }
  looked_at: { charge: { each: repaired.met, amount: 1.00 }, survives: end }
`
const facts = `
- damaged: { id: d0, at: 2024-05-10T14:59, cost: 70.00 }
- damaged: { id: d1, at: 2024-05-12T10:00, cost: 70.00 }
- damaged: { id: d2, at: 2024-05-13T11:00, cost: 70.00 }
- damaged: { id: d3, at: 2024-05-15T10:00, cost: 70.00 }
- damaged: { id: d4, at: 2024-07-16T10:00, cost: 70.00 }
- looked: { id: later, at: 2024-07-20T10:00 }`

const expected = [
  ['once', '20'],
  ['at_most', '70 30'],
  ['each_step', '20 20'],
  ['together', '0 40 70 70'],
  ['from_second', '1 1 1'],
  ['if_four', '1 1 1 1'],
  ['steps', '4'],
  ['step', '1'],
  ['earlier', '0'],
  ['back', '3'],
  ['bound', '20'],
  ['looked_at', '1 1 1 1'],
] as const

const ended = {
  'the agreed end': { period: '2024-05-10T15:00 to 2024-05-13T11:00', facts },
  'an early end': {
    period: '2024-05-10T15:00 to 2024-05-16T11:00',
    facts: `${facts}\n- left: { id: before_d2, at: 2024-05-13T11:00 }`,
  },
}

describe.each(Object.entries(ended))('after %s', (_, signing) => {
  const { bill } = signed(words, signing)
  const lines = bill('2024')

  test.each(expected)('“%s” comes to %s', (clause, amounts) => {
    expect(lines[clause]).toBe(amounts)
  })
})
