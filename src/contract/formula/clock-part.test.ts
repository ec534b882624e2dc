import { describe, expect, test } from 'vitest'
import { faultsOf, signed } from '../contract.test-support.ts'
import { printedContract } from '../prose/contract.ts'

/** What the calendar and the clock show at a date or an instant that is agreed, measured or said by a fact. */

const text = (measures: string, terms = '') => `{
  facts: {
    booked: { shape: event, title: booking, has: { departs: { type: instant, title: departure }, valid: date, seats: number } },
    trip: { shape: interval } },
  agreed: { installed: { type: date, title: day of installation }, opens: instant },
  calendars: { weekend: { hours: { fri: 18:00-24:00, sat-sun: 00:00-24:00 }, holidays: [ 2024-06-09 ] } },
  measures: { ${measures} }, terms: { ${terms} } }`
const agreed = { installed: '2024-02-29', opens: '2024-12-31T23:30Z' }
// Lisbon is an hour ahead of UTC in summer: 23:30 UTC is the next day.
const facts = `[
  { booked: { id: b, at: 2024-05-01T10:00, departs: "2024-06-07T23:30Z", valid: 2024-06-09, seats: 2 } },
  { booked: { id: c, at: 2024-05-02T10:00, departs: 2024-06-07T18:00, seats: 3 } },
  { trip: { id: t, from: 2024-05-31T23:00, for: 2 hours } } ]`
const told = (formula = '', of = 'b') =>
  signed(text(`m: { formula: '${formula}' }`), { agreed, facts }).told({ value: 'm', for: of })

describe('a part of a date or an instant', () => {
  test.for([
    ['booked.departs.weekday == "sat"', 'b', 'yes'],
    ['booked.departs.date', 'b', '2024-06-08'],
    ['booked.departs.day', 'b', '8'],
    ['booked.departs.month', 'b', '6'],
    ['booked.departs.year + 1', 'b', '2025'],
    ['booked.departs.hour', 'b', '0'],
    ['booked.departs.minute_of_day', 'b', '30'],
    ['booked.departs.time < "00:31"', 'b', 'yes'],
    ['booked.departs.time >= "18:00"', 'c', 'yes'],
    ['booked.departs.month in [6, 7]', 'b', 'yes'],
    ['booked.valid.weekday in ["sat", "sun"]', 'b', 'yes'],
    ['booked.valid.day', 'b', '9'],
    ['booked.valid.day', 'c', 'unknown'],
    ['booked.at.hour', 'b', '10'],
    ['trip.from.month', 't', '5'],
    ['trip.to.month', 't', '6'],
    ['trip.to.minute_of_day', 't', '60'],
    ['installed.day', 'b', '29'],
    ['installed.weekday == "thu"', 'b', 'yes'],
    ['opens.year', 'b', '2024'],
    ['opens.hour', 'b', '23'],
    ['agreement_start.month', 'b', '1'],
  ])('%s, of %s, is %s', ([formula, of, value]) => {
    expect(told(formula, of)).toBe(value)
  })

  test('is read in a period, in where, and in the rows of a table', () => {
    const { told, bill } = signed(
      text(
        `late: { count: booked, where: booked.departs.hour < 6, per: month },
         seats: { sum: booked, value: booked.seats * booked.departs.day, per: month },
         summer: { formula: 'period_start.month in [6, 7, 8]', per: month }`,
        `fee: { charge: { each: booked, amount: fare } }`,
      ).replace(
        'measures:',
        'tables: { fare: { by: [ booked.departs.weekday, booked.departs.hour ], rows: [ { when: [ sat, { below: 6 } ], then: 9.00 }, { when: [ any, any ], then: 5.00 } ] } }, measures:',
      ),
      { agreed, facts },
    )
    expect(told({ value: 'late', in: '2024-05' })).toBe('1')
    expect(told({ value: 'seats', in: '2024-05' })).toBe('37')
    expect(['2024-05', '2024-08'].map((of) => told({ value: 'summer', in: of }))).toEqual([
      'no',
      'yes',
    ])
    expect(bill('2024-05')).toEqual({ fee: '9 5' })
  })

  test.for([
    ['{ open: weekend, at: booked.departs }', 'b', 'yes'],
    ['{ open: weekend, at: booked.departs }', 'c', 'yes'],
    ['{ open: weekend, at: booked.at }', 'c', 'no'],
    ['{ open: weekend, at: opens }', 'c', 'no'],
    ['{ open: weekend }', 'c', 'no'],
  ])('a calendar is asked of any instant: %s, of %s, is %s', ([measure, of, value]) => {
    const { told } = signed(text(`m: ${measure}`), { agreed, facts })
    expect(told({ value: 'm', for: of })).toBe(value)
  })

  test.for([
    ['{ formula: booked.departs.our }', 'attribute_undeclared /measures/m/formula'],
    ['{ formula: booked.seats.day }', 'attribute_undeclared /measures/m/formula'],
    ['{ formula: booked.valid.hour }', 'attribute_undeclared /measures/m/formula'],
    ['{ formula: installed.hour }', 'attribute_undeclared /measures/m/formula'],
    ['{ formula: booked.month }', 'attribute_undeclared /measures/m/formula'],
    ['{ formula: booked.departs.date.day }', 'formula_broken /measures/m/formula'],
    ['{ formula: booked.departs.hour < "06:00" }', 'types_do_not_fit /measures/m/formula'],
    ['{ formula: booked.departs.weekday == "sa" }', 'choice_unknown /measures/m/formula'],
    ['{ open: weekend, at: booked.valid }', 'types_do_not_fit /measures/m/at'],
    ['{ open: weekend, at: booked.seats }', 'types_do_not_fit /measures/m/at'],
  ] as const)('is refused: %s', ([measure, fault]) => {
    expect(faultsOf(text(`m: ${measure}`))).toEqual([fault])
  })

  test('is said in words', () => {
    const { agreement } = signed(
      text(
        'holiday: { open: weekend, at: booked.departs }',
        `a: { charge: { each: booked, amount: 1.00, when: 'booked.departs.weekday in ["sat", "sun"]' } },
         b: { charge: { each: booked, amount: 1.00, when: booked.departs.month == 7 && booked.departs.hour < 9 } },
         c: { charge: { every: month, amount: 1.00, when: period_start.month == installed.month, prorate: no, billed: in-arrears } },
         d: { charge: { each: booked, amount: 1.00, when: holiday } }`,
      ),
      { agreed },
    )
    const [revision] = agreement.revisions
    if (!revision) throw new Error('no revision')
    const said = printedContract(revision, agreement.frame.agreed, { provider: 'A', consumer: 'B' })
    const printed = said.replaceAll(/\s+/g, ' ')
    for (const sentence of [
      'if the weekday of the departure of the booking is Saturday or Sunday, B pays',
      'if the month of the departure of the booking is July and the hour of the departure of the booking is less than 9, B pays',
      'if the month of the start of the period is the month of the day of installation (agreed: 29 February 2024), B pays',
      'if the departure of the booking falls within the weekend, B pays',
    ])
      expect(printed).toContain(sentence)
  })
})
