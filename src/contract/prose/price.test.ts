import { describe, expect, test } from 'vitest'
import { clauseSentence, signed } from '../contract.test-support.ts'

/** What is priced is said as it is counted: a price that a customer misreads is no price. */

const parties = { provider: 'Acme', consumer: 'Bo' }
const printed = (charge: string, agreed: Record<string, string> = {}) => {
  const text = `{ agreed: { early: { type: number, default: 0% } },
    facts: { call: { shape: event, has: { length: { number: minutes }, cost: { type: money, title: price of the route }, hops: number, rate: { number: Mbps, title: transfer rate } } }, trip: { shape: interval, has: { far: { number: miles } } } },
    policies: { prorate: { by: days, of: actual }, billed: in-arrears },
    terms: { fee: { charge: { ${charge} } } } }`
  const { agreement } = signed(text, { agreed })
  const [revision] = agreement.revisions
  return revision ? clauseSentence('fee', revision, agreement.frame.agreed, parties) : ''
}
const calls = 'each: call, measure: call.length'
const tiers = 'tiers: [ { up-to: 100, rate: 1.00 }, { rate: 0.50 } ]'
const up = 'counted: { in: 10, rounded: up }'

describe('steps are priced as steps', () => {
  test.for([
    [
      `${calls}, ${up}, mode: graduated, ${tiers}`,
      ', by the length of the call, counted in started steps of 10 minutes, each part at the price of its own tier: 1.00 for each step up to and including 100 steps; 0.50 for each step for more than 100 steps.',
    ],
    [
      `${calls}, ${up}, mode: volume, ${tiers}`,
      ', counted in started steps of 10 minutes, all of it at the price of the tier that is reached: 1.00 for each step up to',
    ],
    [
      `${calls}, counted: { in: 10, rounded: nearest }, mode: volume, tiers: [ { up-to: 1, rate: 1.00 }, { amount: 0.50 } ]`,
      ', counted in whole steps of 10 minutes, to the nearest, all of it at the price of the tier that is reached: 1.00 for each step up to and including 1 step; 0.50 for more than 1 step.',
    ],
    [
      `${calls}, counted: { in: 1, rounded: up }, mode: graduated, ${tiers}`,
      ', by the length of the call, counted in started minutes, each part at the price of its own tier: 1.00 for each minute up to and including 100 minutes;',
    ],
    [
      `${calls}, counted: { in: 10, rounded: down }, bands: [ { below: 3, amount: 2.00 }, { from: 3, rate: 0.50 } ]`,
      ', depending on the length of the call, counted in full steps of 10 minutes: 2.00 for less than 3 steps; 0.50 for each step from 3 steps.',
    ],
    [
      'each: call, measure: call.cost, counted: { in: 100, rounded: up }, rate: 2.00',
      '2.00 for every started 100.00 of the price of the route of the call.',
    ],
    [
      'each: call, measure: call.cost, counted: { in: 100, rounded: up }, mode: graduated, tiers: [ { up-to: 20, rate: 2.00 }, { rate: 1.00 } ]',
      ', by the price of the route of the call, counted in started steps of 100.00, each part at the price of its own tier: 2.00 for each step up to and including 20 steps;',
    ],
    [
      'each: call, measure: call.hops, counted: { in: 1, rounded: down }, mode: graduated, tiers: [ { up-to: 20, rate: 2.00 }, { rate: 1.00 } ]',
      ', by the hops of the call, rounded down to a whole number, each part',
    ],
  ] as const)('%s: %s', ([charge, sentence]) => {
    expect(printed(charge)).toContain(sentence)
  })
})

describe('units, times and quantities in plain words', () => {
  test.for([
    [
      'each: trip, measure: trip.far, mode: graduated, tiers: [ { up-to: 1, rate: 1.00 }, { rate: 0.50 } ]',
      '1.00 for each mile up to and including 1 mile; 0.50 for each mile for more than 1 mile.',
    ],
    ['each: trip, measure: trip.far, included: 1, rate: 1.00', 'The first mile is included;'],
    [
      'each: trip, measure: trip.far, quantity-at-most: 1, rate: 1.00',
      'No more than 1 mile is counted.',
    ],
    [
      'each: trip, measure: trip.far, quantity-at-least: 1, rate: 1.00',
      'At least 1 mile is counted.',
    ],
    ['each: trip, measure: 20, rate: 1.00', 'Bo pays Acme 20 times 1.00.'],
    [
      'each: trip, measure: 20, mode: volume, tiers: [ { up-to: 10, rate: 2.00 }, { rate: 1.00 } ]',
      ', by a quantity of 20, all of it',
    ],
    [
      'each: trip, amount: 1.00, when: \'trip.time >= "21:00" || trip.time < "06:00"\'',
      'if the time of day of the trip is from 21:00 to 06:00,',
    ],
    [
      'each: trip, amount: 1.00, when: \'trip.time < "17:00" && trip.time >= "09:00"\'',
      'if the time of day of the trip is from 09:00 to 17:00,',
    ],
    [
      'each: trip, amount: 1.00, when: \'trip.time >= "21:00" || trip.time < "22:00"\'',
      'is not before 21:00 or before 22:00,',
    ],
    [
      'each: trip, amount: 1.00, when: \'trip.time > "21:00" || trip.time < "06:00"\'',
      'is after 21:00 or before 06:00,',
    ],
    [
      'each: call, amount: call.cost * (1 / 1.2)',
      'Bo pays Acme the price of the route of the call divided by 1.2.',
    ],
    [
      'each: call, measure: call.rate, rate: 1.00',
      'Bo pays Acme 1.00 for each Mbps of the transfer rate of the call.',
    ],
    ['each: call, amount: 250000.00', 'Bo pays Acme 250,000.00.'],
  ] as const)('%s: %s', ([charge, sentence]) => {
    expect(printed(charge)).toContain(sentence)
  })

  test('a discount of nothing is not promised', () => {
    const charge =
      'each: call, amount: 1.00, discounts: [ { id: early_receipt, share: early }, { id: gift, amount: 0.00 } ]'
    expect(printed(charge)).not.toContain('reduced')
    expect(printed(charge, { early: '4%' })).toContain(
      'The charge is reduced by 4% (early receipt).',
    )
  })
})
