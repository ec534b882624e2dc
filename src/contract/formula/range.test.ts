import { describe, expect, test } from 'vitest'
import { checkOffering } from '../agreement/agreement.ts'
import { offering, signed } from '../contract.test-support.ts'
import { Absent } from '../value.ts'

/** Well-written numbers that make no sense where they stand. */

const head = `policies: { prorate: no, billed: in-arrears, ends: with-the-day },
  facts: { trip: { shape: event, has: { km: number, due_on: date } } },
  calendars: { office: { hours: { mon-fri: 09:00-17:00 } } }, components: [ { access: car } ],
  measures: { km: { sum: trip, value: trip.km, per: month } }`
const ofMonth = (words: string) => `charge: { every: month, measure: km, rate: 1.00, ${words} }`
const faultsOf = (text: string) =>
  checkOffering(offering(text)).faults.map(
    ({ name, pointer, words }) => `${name} ${pointer} ${words}`,
  )
const soundOrNot = (term: string, expected: string) => {
  const faults = faultsOf(`{ ${head}, terms: { a: { ${term} } } }`)
  if (expected === '') expect(faults).toEqual([])
  else expect(faults).toEqual([expect.stringContaining(expected)])
}

describe('a number that is written down', () => {
  test.for([
    [ofMonth('counted: { in: 0, rounded: up }'), 'value_out_of_range /terms/a/charge/counted/in'],
    [
      ofMonth('counted: { in: 2 - 7, rounded: up }'),
      'value_out_of_range /terms/a/charge/counted/in',
    ],
    [ofMonth('counted: { in: 0.5, rounded: up }'), ''],
    [ofMonth('included: -5'), 'value_out_of_range /terms/a/charge/included'],
    [ofMonth('included: 0'), ''],
    [ofMonth('quantity-at-most: -1'), 'value_out_of_range /terms/a/charge/quantity-at-most'],
    [ofMonth('quantity-at-least: -1'), 'value_out_of_range /terms/a/charge/quantity-at-least'],
    [ofMonth('maximum: -5.00'), 'value_out_of_range /terms/a/charge/maximum'],
    [ofMonth('prorate: { by: days, of: 0 }'), '/terms/a/charge/prorate'],
    [
      ofMonth('discounts: [ { id: x, share: 150% } ]'),
      'value_out_of_range /terms/a/charge/discounts/0/share',
    ],
    [ofMonth('discounts: [ { id: x, share: 100% } ]'), ''],
    [
      ofMonth('discounts: [ { id: x, amount: -1.00 } ]'),
      'value_out_of_range /terms/a/charge/discounts/0/amount',
    ],
    [
      'charge: { each: trip, amount: 1.00, limit: { times: 1.5, per: day } }',
      'a whole number above 0',
    ],
    [
      'charge: { each: trip, amount: 1.00, limit: { times: 0, per: day } }',
      'value_out_of_range /terms/a/charge/limit/times',
    ],
    [
      'charge: { each: trip, amount: 1.00, limit: { amount: -3.00, per: day } }',
      'value_out_of_range /terms/a/charge/limit/amount',
    ],
    [
      'duty: { who: consumer, start: trip, stop: paid, within: days(-1) }',
      'value_out_of_range /terms/a/duty/within',
    ],
    [
      'duty: { who: consumer, start: trip, stop: paid, within: 0 hours, clock: always }',
      'value_out_of_range /terms/a/duty/within',
    ],
    [
      'duty: { who: consumer, start: trip, stop: paid, within: 0 days, ends: at-the-hour }',
      'value_out_of_range /terms/a/duty/within',
    ],
    [
      'duty: { who: consumer, start: month, stop: paid, within: 0 days }',
      'value_out_of_range /terms/a/duty/within',
    ],
    // The rest of the day, and of the business day.
    ['duty: { who: consumer, start: trip, stop: paid, within: 0 days }', ''],
    [
      'duty: { who: consumer, start: trip, stop: paid, within: 0 business days, clock: office }',
      '',
    ],
  ] as const)('is refused where it makes no sense: %s', ([term, expected]) => {
    soundOrNot(term, expected)
  })

  test.for([
    [
      'charge: { every: month, amount: 9.00, minimum: 20.00, maximum: 15.00 }',
      '/terms/a/charge/minimum',
    ],
    ['charge: { every: month, amount: 9.00, minimum: 15.00, maximum: 15.00 }', ''],
    [ofMonth('quantity-at-least: 10, quantity-at-most: 5'), '/terms/a/charge/quantity-at-least'],
    // The one counts kilometres, the other steps of ten.
    [ofMonth('quantity-at-least: 10, quantity-at-most: 50, counted: { in: 10, rounded: up }'), ''],
    [
      'charge: { every: month, amount: 9.00, rise: { at-least: 5%, at-most: 2% } }',
      '/terms/a/charge/rise/at-least',
    ],
    ['charge: { every: month, amount: 9.00, rise: { at-least: 5.00, at-most: 2% } }', ''],
    [
      'target: { measure: km, at-least: 60, at-most: 50, per: month, evaluated-by: both }',
      '/terms/a/target/at-least',
    ],
    [
      'limit: { of: car, measure: 5, at-least: 10, at-most: 2, if-exceeded: refuse }',
      '/terms/a/limit/at-least',
    ],
  ] as const)('is refused where the least is above the most: %s', ([term, at]) => {
    soundOrNot(term, at === '' ? '' : `bounds_misordered ${at}`)
  })

  test.for([
    [
      '{ type: number, allowed: [ 1, 2 ], default: 7 }',
      'agreed_value_not_allowed /agreed/m/default',
    ],
    ['{ type: number, at-least: 5, default: 4 }', 'agreed_value_not_allowed /agreed/m/default'],
    ['{ type: number, at-least: 5, allowed: [ 1, 7 ] }', 'value_out_of_range /agreed/m/allowed/0'],
    ['{ type: number, at-least: 5, at-most: 2 }', 'bounds_misordered /agreed/m/at-least'],
    ['{ type: number, allowed: [ one ] }', 'value_misshapen /agreed/m/allowed/0'],
    ['{ type: number, at-least: 1, at-most: 9, allowed: [ 1, 9 ], default: 9 }', ''],
  ] as const)('is refused where it could not be agreed: %s', ([slot, expected]) => {
    const faults = faultsOf(`{ agreed: { m: ${slot} } }`)
    expect(faults).toEqual(expected === '' ? [] : [expect.stringContaining(expected)])
  })

  test('is refused as a default also where another value is agreed', () => {
    const slot = '{ agreed: { m: { type: number, allowed: [ 1, 2 ], default: 7 } } }'
    expect(() => signed(slot, { agreed: { m: '2' } })).toThrow(/agreed_value_not_allowed .*default/)
  })
})

describe('a number that is known later', () => {
  const asked = (words: string, agreed: string) => {
    const { ask } = signed(
      `{ ${head}, agreed: { m: number, sum: money }, terms: { a: { charge: { every: month, measure: km, rate: 2.00, ${words} } },
         b: { charge: { each: trip, amount: 5.00, limit: { times: m, per: month } } } } }`,
      {
        agreed: { m: agreed, sum: agreed },
        facts: '[ trip: { id: t, at: 2024-05-05T10:00, km: 10, due_on: 2024-05-30 } ]',
      },
    )
    return (name: 'a' | 'b') =>
      ask(name === 'a' ? { value: 'a', in: '2024-05' } : { value: 'b', for: 't' }).derivation.value
  }

  test.for([
    [
      'counted: { in: m, rounded: up }',
      '0',
      'a number above 0 as “counted: in” for “a” of May 2024',
    ],
    [
      'counted: { in: m, rounded: up }',
      '-5',
      'a number above 0 as “counted: in” for “a” of May 2024',
    ],
    ['included: m', '-5', 'a number of 0 or more as “included” for “a” of May 2024'],
    ['maximum: sum', '-5', 'a number of 0 or more as “maximum” for “a” of May 2024'],
    [
      'discounts: [ { id: x, share: m } ]',
      '-5',
      'a number of 0 or more as “discounts: share” for “a” of May 2024',
    ],
  ] as const)('is not reckoned with: %s of %s', ([words, agreed, missing]) => {
    expect(asked(words, agreed)('a')).toMatchObject({ kind: 'unknown', missing: [missing] })
  })

  test('is reckoned with where it makes sense', () => {
    expect(asked('counted: { in: m, rounded: up }', '4')('a')).toMatchObject({ text: '6' })
    expect(asked('included: m', '4')('a')).toMatchObject({ text: '12' })
    expect(asked('maximum: sum', '3')('a')).toMatchObject({ text: '3' })
  })

  test('counts whole times; none is none', () => {
    expect(asked('included: 0', '1.5')('b')).toBeInstanceOf(Absent)
    expect(asked('included: 0', '1.5')('b')).toMatchObject({ kind: 'unknown' })
    expect(asked('included: 0', '0')('b')).toMatchObject({ kind: 'nothing-due' })
    expect(asked('included: 0', '1')('b')).toMatchObject({ text: '5' })
  })
})

describe('a clock beside a fixed date', () => {
  const target = (by: string) => `target: { start: trip, stop: returned, by: ${by} }`
  test.for([
    [target('{ end-of: month }, clock: always'), '/terms/a/target/clock'],
    [target('{ end-of: month, after: 1 }, clock: office'), '/terms/a/target/clock'],
    [target('{ on: trip.due_on }, clock: office'), '/terms/a/target/clock'],
    [target('{ on: trip.due_on, before: 3 days }, clock: office'), 'Say “business days” where'],
    [target('{ on: trip.due_on, before: 3 business days }, clock: office'), ''],
    [target('{ on: trip.due_on, after-it: 0 business days }, clock: office'), ''],
    [target('{ on: trip.due_on, at: 12:00, before: 3 hours }, clock: office'), ''],
    [target('{ business-days: 2 }, clock: office'), ''],
  ] as const)('counts something or is refused: %s', ([term, expected]) => {
    soundOrNot(term, expected === '' ? '' : expected)
  })
})
