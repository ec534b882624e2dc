import { describe, expect, test } from 'vitest'
import { signed } from '../contract.test-support.ts'
import type { Question } from './form.ts'

const cuts = Array.from(
  { length: 25 },
  (_, day) => `cut: { from: 2024-05-${String(day + 1).padStart(2, '0')}T01:00, for: 1 minutes }`,
)

/** Ten minutes down in May, asked on 1 June or inside May, while the second quarter goes on. */
const { ask } = signed(
  `{ policies: { prorate: no, billed: in-arrears },
     facts: { outage: { shape: interval }, cut: { shape: interval },
       seats: { shape: state, has: { count: number } } },
     measures: {
       down: { time: outage, per: month, in: minutes },
       down_quarter: { time: outage, per: quarter, in: minutes },
       times: { count: outage, per: month },
       times_so_far: { count: outage, per: so-far-month },
       times_lately: { count: outage, per: past 30 days },
       low: { formula: down_quarter > 13, per: quarter },
       ratio: { formula: down / down_quarter },
       as_number: { formula: "down_quarter > 13 ? 1 : 0", per: month },
       cuts_in_bad: { count: cut, where: down_quarter > 13, per: month },
       fees_of_events: { sum: each_month, per: quarter },
       days_quarter: { time: period, per: quarter, in: days },
       seats_first: { last: seats, as-of: period-start, per: quarter },
       seats_last: { last: seats, as-of: period-end, per: quarter } },
     terms: {
       fee: { charge: { every: month, when: down_quarter > 13, measure: down, rate: 1.00 } },
       back: { credit: { per: month, when: low, measure: down, rate: 1.00 } },
       level: { target: { measure: ratio, at-most: 50%, per: month, evaluated-by: provider } },
       each_quarter: { credit: { each: outage, when: down_quarter > 13, amount: 5.00 } },
       each_month: { credit: { each: outage, when: times >= 2, amount: 5.00 } },
       each_so_far: { credit: { each: outage, when: times_so_far >= 2, amount: 5.00 } },
       each_limited: { credit: { each: outage, amount: 5.00, limit: { times: 1, per: year } } },
       flat: { charge: { every: month, when: days_quarter > 13, amount: 5.00 } } } }`,
  {
    facts: `[ seats: { at: 2024-01-01T00:00, count: 3 },
      outage: { id: may, from: 2024-05-10T10:00, for: 10 minutes },
      outage: { id: june, from: 2024-06-10T10:00, for: 40 minutes } ]`,
  },
)
const many = signed(
  `{ facts: { outage: { shape: interval }, cut: { shape: interval } },
     measures: { down_quarter: { time: outage, per: quarter, in: minutes },
       in_bad: { count: cut, where: down_quarter > 13, per: month },
       per_cut: { sum: cut, value: down_quarter, per: month },
       short: { count: cut, where: cut.minutes < 5, per: month } } }`,
  { facts: `[ ${cuts.join(', ')} ]` },
).ask

describe('an answer is final when every window that it rests on is over', () => {
  test.for<[Question, boolean]>([
    [{ value: 'back', in: '2024-05', at: '2024-06-01' }, false],
    [{ value: 'back', in: '2024-05', at: '2024-07-01' }, true],
    [{ value: 'fee', in: '2024-05', at: '2024-06-01' }, false],
    [{ value: 'as_number', in: '2024-05', at: '2024-06-01' }, false],
    [{ value: 'ratio', in: '2024-05', at: '2024-06-01' }, false],
    [{ value: 'down', in: '2024-05', at: '2024-06-01' }, true],
    [{ met: 'level', in: '2024-05', at: '2024-06-01' }, false],
    [{ met: 'level', in: '2024-05', at: '2024-07-01' }, true],
    [{ level: 'level', in: '2024-05', at: '2024-06-01' }, false],
    [{ bill: '2024-05', at: '2024-06-01' }, false],
    [{ bill: '2024-05', at: '2024-07-01' }, true],
    [{ remedy: '2024-05', at: '2024-06-01' }, false],
    [{ exposure: '2024-05', at: '2024-06-01' }, false],
    [{ exposure: '2024-05', at: '2024-07-01' }, true],
  ])('of a period: %j: %s', ([question, final]) => {
    expect(ask(question).final).toBe(final)
  })

  test.for<[Question, boolean]>([
    [{ value: 'down', for: 'may', at: '2024-05-11' }, false],
    [{ value: 'down', for: 'may', at: '2024-06-01' }, true],
    [{ value: 'each_quarter', for: 'may', at: '2024-06-01' }, false],
    [{ value: 'each_month', for: 'may', at: '2024-05-11' }, false],
    [{ value: 'each_month', for: 'may', at: '2024-06-01' }, true],
    [{ value: 'times_so_far', for: 'may', at: '2024-05-11' }, true],
    [{ value: 'times_lately', for: 'may', at: '2024-05-11' }, true],
    [{ value: 'each_so_far', for: 'may', at: '2024-05-11' }, true],
    [{ value: 'each_limited', for: 'may', at: '2024-05-11' }, true],
    [{ remedy: 'may', at: '2024-06-01' }, false],
    [{ remedy: 'may', at: '2024-07-01' }, true],
    [{ bill: '2024-05-10', at: '2024-05-11' }, false],
    [{ bill: '2024-05-09', at: '2024-05-10' }, true],
  ])('of an event: %j: %s', ([question, final]) => {
    expect(ask(question).final).toBe(final)
  })

  test.for<[string, Question, boolean]>([
    ['time alone', { value: 'flat', in: '2024-05', at: '2024-06-01' }, true],
    ['what stood at its start', { value: 'seats_first', in: '2024-05', at: '2024-06-01' }, true],
    ['what stands at its end', { value: 'seats_last', in: '2024-05', at: '2024-06-01' }, false],
    ['lines to come', { value: 'fees_of_events', in: '2024-05', at: '2024-06-01' }, false],
  ])('of a longer window: %s', ([, question, final]) => {
    expect(ask(question).final).toBe(final)
  })

  test.for<[string, boolean]>([
    ['in_bad', false],
    ['per_cut', false],
    ['short', true],
  ])('of what many facts rest on, as one leaf: %s: %s', ([value, final]) => {
    expect(many({ value, in: '2024-05', at: '2024-06-01' }).final).toBe(final)
  })
})
