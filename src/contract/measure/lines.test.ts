import { describe, expect, test } from 'vitest'
import { faultsOf, signed } from '../contract.test-support.ts'

/** Measures whose rows are the lines of a charge: which of them are about the same. */

const contract = (measure: string) => `{
  policies: { prorate: no, billed: in-arrears },
  facts: { trip: { shape: event, has: { fare: money, car: text } }, asked: { shape: event, has: { car: text } } },
  measures: { of_day: { count: trip, per: day }, read: { ${measure} } },
  terms: {
    fare: { charge: { each: trip, amount: trip.fare } },
    rent: { charge: { every: month, for-each: trip, amount: 2.00 } },
    by_car: { charge: { every: month, for-each: trip.car, amount: 3.00 } },
    flat: { charge: { every: month, amount: 7.00 } } } }`
const facts = `[ trip: { about: a, at: 2024-05-01T10:00, fare: 1.00, car: x },
  trip: { about: b, at: 2024-05-02T10:00, fare: 10.00, car: y },
  asked: { id: of_a, about: a, at: 2024-05-03T10:00, car: y }, asked: { id: of_none, at: 2024-05-03T10:00, car: z },
  trip: { about: a, at: 2024-05-04T10:00, fare: 100.00, car: y } ]`

describe('lines of a charge', () => {
  test.for([
    ['sum: fare, per: month', 'of_a', '111'],
    ['sum: fare, about: same, per: month', 'of_a', '101'],
    ['sum: fare, about: same, per: so-far-agreement', 'of_a', '1'],
    ['count: fare, about: same, per: month', 'of_a', '2'],
    ['max: fare, about: same, per: month', 'of_a', '100'],
    ['last: fare, about: same, per: so-far-month', 'of_a', '1'],
    ['sum: fare, about: same, where: trip.fare > 5, per: month', 'of_a', '100'],
    ['sum: fare, about: same, per: month', 'of_none', '0'],
    ['sum: fare, about: same, paired-by: car, per: month', 'of_a', '110'],
    ['sum: rent, about: same, per: month', 'of_a', '2'],
    ['sum: by_car, about: same, paired-by: car, per: month', 'of_a', '3'],
    // The line of a whole period is about nothing.
    ['sum: flat, about: same, per: month', 'of_a', '0'],
    ['sum: flat, about: same, per: month', 'of_none', '7'],
  ] as const)('{ %s } for %s comes to %s', ([measure, event, expected]) => {
    expect(signed(contract(measure), { facts }).told({ value: 'read', for: event })).toBe(expected)
  })

  test('of an instant are read as far as the event at hand, in the order of facts', () => {
    const made = signed(contract('sum: fare, about: same, per: so-far-agreement'), {
      facts: `[ trip: { id: p, about: a, at: 2024-05-01T10:00, fare: 1.00, car: x }, asked: { id: q, about: a, at: 2024-05-01T10:00, car: x },
        trip: { id: r, about: a, at: 2024-05-01T10:00, fare: 10.00, car: x } ]`,
    })
    expect(made.told({ value: 'read', for: 'q' })).toBe('1')
  })

  test('of penalties are about what the deadline is about', () => {
    const made = signed(
      `{ measures: { penalties: { sum: penalty, about: same, per: so-far-agreement } },
         terms: { pay: { duty: { who: consumer, start: invoiced, stop: paid, within: 14 days, clock: always, ends: at-the-hour } },
           penalty: { charge: { each: pay.missed, amount: 5.00 } } } }`,
      {
        facts: `[ invoiced: { about: a, at: 2024-05-01T10:00, amount: 1.00 }, invoiced: { about: b, at: 2024-05-01T10:00, amount: 1.00 },
          paid: { id: late, about: a, at: 2024-06-01T10:00, amount: 1.00 } ]`,
      },
    )
    expect(made.told({ value: 'penalties', for: 'late' })).toBe('5')
  })

  test.for([
    ['sum: fare, about: same, paired-by: cab', 'attribute_undeclared /measures/read/paired-by'],
    ['sum: by_car, about: same', 'words_exclude_each_other /measures/read/about'],
    [
      'sum: by_car, about: same, paired-by: fare',
      'words_exclude_each_other /measures/read/paired-by',
    ],
    ['sum: rent, about: same, paired-by: car', 'words_exclude_each_other /measures/read/paired-by'],
    ['sum: fare, paired-by: car', 'word_without_effect /measures/read/paired-by'],
    // A value of a measure is of no subject.
    ['max: of_day, about: same', 'word_without_effect /measures/read/about'],
  ] as const)('{ %s } is refused', ([measure, fault]) => {
    expect(faultsOf(contract(`${measure}, per: month`))).toContain(fault)
  })
})
