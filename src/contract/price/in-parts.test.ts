import { describe, expect, test } from 'vitest'
import { faultsOf, signed } from '../contract.test-support.ts'
import { evaluate } from '../derivation.ts'
import { sameValue } from '../value.ts'

/** An interval that is priced part by part: “at most 18.00 in any 24 hours”. */

const offering = (charge: string, more = '') => `{
  facts: { stay: { shape: interval, has: { car: [ small, big ] } }, left: { shape: event } },
  calendars: { by_day: { hours: { mon-sun: 08:00-20:00 } } },
  policies: { prorate: no, billed: in-arrears },
  ${more}
  terms: { fee: { charge: { each: stay, ${charge} } } } }`
const hourly = 'measure: stay.minutes, counted: { in: 60, rounded: up }, rate: 3.00, maximum: 18.00'
const stay = (from: string, to: string) =>
  `[ { stay: { id: s, car: big, from: ${from}, to: ${to} } } ]`

describe('an interval that is priced in parts', () => {
  test.for([
    // By hand: 5 hours; 24; 24 and 2; 24, 24 and 8, which is at most 18.
    ['24 hours', '2024-05-06T20:00', '2024-05-07T01:00', '15'],
    ['24 hours', '2024-05-06T20:00', '2024-05-07T20:00', '18'],
    ['24 hours', '2024-05-06T20:00', '2024-05-07T22:00', '24'],
    ['24 hours', '2024-05-06T20:00', '2024-05-09T04:00', '54'],
    // Four hours before midnight, one after it; half an hour of each day is a started hour of each.
    ['day', '2024-05-06T20:00', '2024-05-07T01:00', '15'],
    ['day', '2024-05-06T23:30', '2024-05-07T00:30', '6'],
    ['24 hours', '2024-05-06T23:30', '2024-05-07T00:30', '3'],
    ['day', '2024-05-06T12:00', '2024-05-08T02:00', '42'],
    // A day of the calendar has 23 hours when the clocks go forward, and 24 hours are elapsed ones.
    ['24 hours', '2024-03-30T12:00', '2024-03-31T13:00', '18'],
    ['1 day', '2024-03-30T12:00', '2024-03-31T13:00', '21'],
    ['12 hours', '2024-05-06T00:00', '2024-05-07T00:00', '36'],
    // From the middle of an hour three hours of the clock are touched, and two of sixty minutes.
    ['hour', '2024-05-06T10:30', '2024-05-06T12:30', '9'],
    ['60 minutes', '2024-05-06T10:30', '2024-05-06T12:30', '6'],
    ['24 hours', '2024-05-06T20:00', '2024-05-06T20:00', '0'],
  ] as const)('of %s, from %s to %s, costs %s', ([parts, from, to, due]) => {
    const made = signed(offering(`in-parts-of: ${parts}, ${hourly}`), { facts: stay(from, to) })
    const { derivation } = made.ask({ value: 'fee', for: 's' })
    expect(made.told({ value: 'fee', for: 's' })).toBe(due)
    expect(made.bill('2024')).toEqual(due === '0' ? { fee: '0' } : { fee: due })
    expect(sameValue(evaluate(derivation), derivation.value)).toBe(true)
  })

  test('its attributes and its measures are those of the part', () => {
    const made = signed(
      offering(
        'in-parts-of: day, of: [ price ], share: 100%, maximum: 20.00',
        `measures: { lit: { time: this, calendar: by_day, in: hours },
          price: { scale: { measure: lit, rate: day_rate, minimum: 1.00 } } },
         tables: { day_rate: { by: stay.weekday, rows: [ { when: sun, then: 1.00 }, { when: any, then: 3.00 } ] } },`,
      ),
      // Saturday 18:00 to Monday 09:00: two hours at 3, twelve at 1, one at 3.
      { facts: stay('2024-05-04T18:00', '2024-05-06T09:00') },
    )
    expect(made.told({ value: 'fee', for: 's' })).toBe('21')
  })

  test.for([
    // Saturday 18:00 to Monday 09:00: six hours, twenty-four and nine, and those of Sunday are due.
    ['stay.weekday == "sun"', '24', '1440'],
    ['stay.minutes > 400', '33', '1980'],
    ['stay.car == "small"', 'nothing-due', 'nothing-due'],
    ['stay.car == "big"', '39', '2340'],
  ] as const)('“when: %s” decides over each part: %s', ([when, due, quantity]) => {
    const made = signed(
      offering(`in-parts-of: day, when: '${when}', measure: stay.minutes, rate: 1 / 60`),
      { facts: stay('2024-05-04T18:00', '2024-05-06T09:00') },
    )
    const { derivation } = made.ask({ value: 'fee', for: 's' })
    expect(made.told({ value: 'fee', for: 's' })).toBe(due)
    expect(made.told({ value: 'fee.quantity', for: 's' })).toBe(quantity)
    expect(sameValue(evaluate(derivation), derivation.value)).toBe(true)
  })

  test('a waiver and a discount are of the whole, whose weekday is that of its beginning', () => {
    const charge = (more: string) =>
      signed(offering(`in-parts-of: day, measure: stay.minutes, rate: 1 / 60, ${more}`), {
        facts: stay('2024-05-04T18:00', '2024-05-06T09:00'),
      }).told({ value: 'fee', for: 's' })
    const free = `waived-when: { any-of: [ { id: free, if: 'stay.weekday == "sun"' } ] }`
    expect(charge(free)).toBe('39')
    expect(charge(free.replace('sun', 'sat'))).toBe('nothing-due')
    const off = `discounts: [ { id: off, share: 50%, if: 'stay.weekday == "sat"' } ]`
    expect(charge(off)).toBe('19.5')
  })

  test('what is included, and the least, are of each part; discounts are of the sum', () => {
    const charge =
      'in-parts-of: 24 hours, measure: stay.minutes, included: 60, counted: { in: 60, rounded: up }, rate: 2.00, minimum: 5.00, discounts: [ { id: off, share: 10% } ]'
    const made = signed(offering(charge), { facts: stay('2024-05-06T00:00', '2024-05-07T01:00') })
    // 23 hours at 2.00 and the least of 5.00 for the hour that is free.
    expect(made.told({ value: 'fee', for: 's' })).toBe('45.9')
    expect(made.told({ value: 'fee.steps', for: 's' })).toBe('23')
  })

  test.for([
    // Two hours before 20:00, none until 08:00, one after it.
    ['by_daylight', '2024-05-06T18:00', '2024-05-07T09:00', '9'],
    ['by_daylight', '2024-05-06T21:00', '2024-05-07T07:00', 'nothing-due'],
    ['by_daylight', '2024-05-06T08:00', '2024-05-06T20:00', '18'],
    ['by_daylight', '2024-05-06T19:59', '2024-05-07T08:00', '3'],
    ['by_night', '2024-05-06T18:00', '2024-05-07T09:00', '18'],
    // When the clocks go forward the night has eleven hours.
    ['by_night', '2024-03-30T21:00', '2024-03-31T08:00', '18'],
    // A day that begins at 04:30 has no gaps.
    ['travel_day', '2024-05-06T03:30', '2024-05-06T05:30', '6'],
    ['travel_day', '2024-05-06T04:30', '2024-05-07T04:30', '18'],
  ] as const)('of the window %s, from %s to %s, costs %s', ([window, from, to, due]) => {
    const periods = `periods: { by_daylight: { day-from: 08:00, until: 20:00 }, by_night: { day-from: 20:00, until: 08:00 },
      travel_day: { day-from: 04:30, until: 04:30 } },`
    const made = signed(offering(`in-parts-of: ${window}, ${hourly}`, periods), {
      facts: stay(from, to),
    })
    const { derivation } = made.ask({ value: 'fee', for: 's' })
    expect(made.told({ value: 'fee', for: 's' })).toBe(due)
    expect(sameValue(evaluate(derivation), derivation.value)).toBe(true)
  })

  test('what has not ended is not priced', () => {
    const made = signed(offering(`in-parts-of: day, ${hourly}`), {
      facts: '[ { stay: { id: s, from: 2024-05-06T00:00 } } ]',
    })
    expect(made.told({ value: 'fee', for: 's' })).toBe('unknown')
  })

  test('a change of its end is followed within the part', () => {
    const made = signed(offering(`in-parts-of: day, ${hourly}`), {
      facts: stay('2024-05-06T20:00', '2024-05-08T02:00'),
    })
    const { derivation } = made.ask({ value: 'fee', for: 's' })
    const [fact] = made.facts
    const later = { ...fact, to: (fact?.to ?? 0) + 3_600_000 } as NonNullable<typeof fact>
    const engine = made.ask({ value: 'fee', for: 's' }, [later]).derivation.value
    const replaced = evaluate(derivation, ({ field }, value) =>
      field === 'span'
        ? Object.assign(Object.create(Object.getPrototypeOf(value)), value, { end: later.to })
        : undefined,
    )
    expect(sameValue(replaced, engine)).toBe(true)
  })

  test.for([
    [`in-parts-of: fortnight, ${hourly}`, 'period_unknown /terms/fee/charge/in-parts-of'],
    [`in-parts-of: 2 business days, ${hourly}`, 'period_unknown /terms/fee/charge/in-parts-of'],
    [`in-parts-of: past 3 days, ${hourly}`, 'period_unknown /terms/fee/charge/in-parts-of'],
    ['in-parts-of: day, amount: 5.00', 'word_without_effect /terms/fee/charge/in-parts-of'],
    [
      `in-parts-of: day, cumulative: month, ${hourly}`,
      'words_exclude_each_other /terms/fee/charge/in-parts-of',
    ],
    ['in-parts-of: day, of: [ other ], share: 10%', 'types_do_not_fit /terms/fee/charge/of/0'],
  ] as const)('refuses %s', ([charge, fault]) => {
    const text = offering(charge).replace(
      'terms: {',
      'terms: { other: { charge: { each: stay, amount: 1.00 } },',
    )
    expect(faultsOf(text)).toContain(fault)
  })

  test('refuses what is no interval', () => {
    const text = offering('in-parts-of: day, measure: 3, rate: 1.00').replace(
      'each: stay',
      'each: left',
    )
    expect(faultsOf(text)).toContain('word_without_effect /terms/fee/charge/in-parts-of')
  })
})

describe('what is read for a part is read at the part', () => {
  const base = (charge: string) => `{
    facts: { stay: { shape: interval }, rate_set: { shape: state, has: { hourly: money } }, storm: { shape: event } },
    calendars: { office: { hours: { mon-fri: 08:00-17:00 } } },
    policies: { prorate: no, billed: in-arrears },
    agreed: { surcharge: { type: money } },
    measures: {
      now: { last: rate_set },
      of_day: { last: rate_set, per: day },
      at_night: { last: rate_set, per: day, as-of: period-start },
      storms: { count: storm, per: day },
      so_far: { count: storm, per: so-far-month },
      stormy_day: { formula: storms > 0, per: day },
      open_now: { open: office },
      open_there: { open: office, at: stay.from },
      days_since: { since: storm, in: days } },
    tables: { by_open: { by: open_now, rows: [ { when: yes, then: 1.00 }, { when: any, then: 2.00 } ] } },
    terms: { fee: { charge: { each: stay, ${charge} } } } }`
  const facts = `[ rate_set: { at: 2024-05-01T00:00, hourly: 1.00 },
    rate_set: { at: 2024-05-07T00:00, hourly: 2.00 }, rate_set: { at: 2024-05-08T01:00, hourly: 3.00 },
    storm: { at: 2024-05-07T12:00 },
    stay: { id: s, from: 2024-05-06T22:00, to: 2024-05-08T03:00 } ]`
  const agreed = {
    surcharge: [
      { from: '2024-01-01', value: '1.00' },
      { from: '2024-05-08', value: '2.00' },
    ],
  }
  const hours = 'in-parts-of: day, measure: stay.minutes, counted: { in: 60, rounded: up }'

  // By hand: two hours on Monday, twenty-four on Tuesday, three on Wednesday, of which the rate is 3.00 from 01:00 on.
  test.for([
    ['rate: now', '56'],
    ['rate: of_day', '59'],
    ['rate: at_night', '56'],
    ['rate: 1.00, when: storms == 0', '5'],
    ['rate: 1.00, when: so_far == 0', '26'],
    ['rate: 1.00, when: stormy_day', '24'],
    ['rate: surcharge', '32'],
  ] as const)('by day at %s it is %s', ([charge, due]) => {
    const made = signed(base(`${hours}, ${charge}`), { facts, agreed })
    const { derivation } = made.ask({ value: 'fee', for: 's' })
    expect(made.told({ value: 'fee', for: 's' })).toBe(due)
    expect(sameValue(evaluate(derivation), derivation.value)).toBe(true)
  })

  // Half an hour from 16:40, when the office is open, and a begun one from 17:10, when it is not.
  test.for([
    ['rate: 10.00, when: open_now', '10'],
    ['rate: 10.00, when: open_there', '10'],
    ['rate: by_open', '3'],
    ['rate: 1.00, when: "days_since > 0.2"', '1'],
  ] as const)('by half hours at %s it is %s', ([charge, due]) => {
    const halves =
      'in-parts-of: 30 minutes, measure: stay.minutes, counted: { in: 30, rounded: up }'
    const begun = `[ storm: { about: a, at: 2024-05-06T12:15 },
      stay: { id: s, about: a, from: 2024-05-06T16:40, for: 50 minutes } ]`
    const made = signed(base(`${halves}, ${charge}`), { facts: begun, agreed })
    expect(made.told({ value: 'fee', for: 's' })).toBe(due)
  })

  test('what happens as a later part begins is in it', () => {
    const made = signed(
      `{ facts: { stay: { shape: interval }, poke: { shape: event } }, measures: { pokes: { count: poke, per: so-far-day } },
        terms: { fee: { charge: { each: stay, in-parts-of: day, measure: pokes, rate: 1.00 } } } }`,
      {
        facts:
          '[ stay: { id: s, from: 2024-05-06T10:00, for: 24 hours }, poke: { at: 2024-05-07T00:00 } ]',
      },
    )
    expect(made.told({ value: 'fee', for: 's' })).toBe('1')
  })
})
