import { describe, expect, test } from 'vitest'
import { clauseSentence, signed } from '../contract.test-support.ts'
import { printedContract } from './contract.ts'

/** Whole sentences that a customer would sign: limits, what is taken off, what is missing, and what a change costs. */

const parties = { provider: 'Acme', consumer: 'Bo' }
const printed = (charge: string) => {
  const text = `{ agreed: { monthly: { type: money, title: monthly price }, plan: { type: [ basic, gold ], default: basic } },
    facts: { stay: { shape: interval }, call: { shape: event, has: { length: { number: minutes } } } },
    periods: { night: { day-from: 22:00, until: 06:00 } },
    prices: { scale: { mode: graduated, tiers: [ { up-to: 10, rate: 2.00 }, { rate: 1.00 } ] } },
    policies: { prorate: { by: days, of: actual }, billed: in-arrears },
    terms: { calls: { charge: { each: call, amount: 1.00 } }, rent: { charge: { every: month, amount: 9.00 } }, fee: { charge: { ${charge} } } } }`
  const { agreement } = signed(text, { agreed: { monthly: '10.00' } })
  const [revision] = agreement.revisions
  return revision ? clauseSentence('fee', revision, agreement.frame.agreed, parties) : ''
}
const calls = 'each: call, measure: call.length'
const monthly = 'every: month, amount: monthly'

describe('a charge prints', () => {
  test.for([
    [
      'every: month, for-each: stay, amount: 3.00',
      'Every month, for each thing that stays are about, Bo pays Acme 3.00. A part of a month is charged by the day, out of its actual days.',
    ],
    [
      'every: month from 10, for-each: call.length, amount: 3.00',
      'For each month that begins on the 10th, for each length of a call, Bo pays Acme 3.00.',
    ],
    [
      'each: call, of: rent, share: 10%',
      'For each call, Bo pays Acme 10% of the amount under clause 3 (Rent) for the month in which it falls.',
    ],
    [
      `${calls}, rate: 0.10, limit: { times: 3, per: day }`,
      'Only the first 3 of each day are due; those that cost nothing are not counted.',
    ],
    [
      `${calls}, rate: 0.10, limit: { times: 1, per: agreement }`,
      'Only the first of the whole agreement is due; one that costs nothing is not counted.',
    ],
    [
      `${calls}, rate: 0.10, limit: { amount: 50.00, per: month }`,
      'Together no more than 50.00 is due in each month; what goes beyond it is not charged.',
    ],
    [
      `${calls}, rate: 0.10, limit: { times: 3, amount: 50.00, per: month }`,
      'Only the first 3 of each month are due, and together no more than 50.00; those that cost nothing are not counted.',
    ],
    [
      `${calls}, rate: 0.10, limit: { times: 2, per: year, about: same }`,
      'Only the first 2 of each year about the same subject are due; those that cost nothing are not counted.',
    ],
    [
      `${calls}, rate: 0.10, limit: { amount: 50.00, per: past 24 hours }`,
      'Together no more than 50.00 is due in any 24 hours; what goes beyond it is not charged.',
    ],
    [
      `${calls}, rate: 0.10, limit: { times: 3, per: 7 days from first, about: same }`,
      'Only the first 3 of the 7 days from the first of them on about the same subject are due; those that cost nothing are not counted. The next one after that time begins it anew.',
    ],
    [
      `${calls}, rate: 0.10, limit: { amount: 50.00, per: agreement, about: same, paired-by: length }`,
      'Together no more than 50.00 is due in the whole agreement about the same length; what goes beyond it is not charged.',
    ],
    [
      'each: stay, in-parts-of: 24 hours, measure: stay.minutes, counted: { in: 60, rounded: up }, rate: 3.00, maximum: 18.00',
      'For each stay, Bo pays Acme 3.00 for every started 60 minutes. It is cut into parts of 24 hours, counted from its beginning; each part is priced by itself, and the parts are added. The price of each part is at most 18.00.',
    ],
    [
      `each: stay, in-parts-of: day, when: 'stay.weekday == "sun"', measure: stay.minutes, rate: 0.10`,
      'For each stay, Bo pays Acme 0.10 for each minute. It is cut at the turn of each day; each part is priced by itself, if the weekday of the stay is Sunday for that part, and the parts are added.',
    ],
    [
      'each: stay, in-parts-of: night, measure: stay.minutes, rate: 0.10',
      'What of it lies in a night is a part, and nothing else counts; each part is priced by itself, and the parts are added.',
    ],
    [
      'each: stay, in-parts-of: day, measure: stay.minutes, rate: 0.10, maximum: 18.00',
      'It is cut at the turn of each day; each part is priced by itself, and the parts are added. The price of each part is at most 18.00.',
    ],
    [
      `${monthly}, rise: { at-most: 5% }`,
      'The charge is at most 5% higher than for the month before; discounts and parts of a month are left aside.',
    ],
    [
      `${monthly}, rise: { at-most: 10.00, at-least: 0%, over: 1 year }`,
      'The charge is at most 10.00 higher and never lower than for the month 1 year before; discounts and parts of a month are left aside.',
    ],
    [
      `${calls}, rate: 0.10, cumulative: month`,
      'In each month all quantities are priced together: each time the price of all so far is due, less the price of all before, both rounded.',
    ],
    [
      `${calls}, price: scale`,
      'For each call, Bo pays Acme, by the length of the call, each part at the price of its own tier: 2.00 for each minute up to and including 10 minutes; 1.00 for each minute for more than 10 minutes.',
    ],
    [
      'every: month, true-up: { of: calls, to: 100.00 }',
      'Every month, Bo pays Acme what is missing from the amount under clause 2 (Calls) to 100.00.',
    ],
    [
      'every: month, true-up: { of: calls, to: 100.00 }',
      'It is a part of the amount that is to be reached.',
    ],
    [
      `${monthly}, discounts: [ { id: loyal_customer, share: 10% } ]`,
      'The charge is reduced by 10% (loyal customer).',
    ],
    [
      `${monthly}, discounts: [ { id: loyalty, share: 10% }, { id: gift, amount: 5.00, if: plan == "gold", title: voucher } ]`,
      'The charge is reduced in turn, each time from what is left and not below zero: (a) by 10% (loyalty); (b) by 5.00 (voucher), if the plan (agreed: “basic”) is “gold”.',
    ],
    [
      `${monthly}, on-change: next-period`,
      'When the price changes within a month, the new price counts from the next month on.',
    ],
    [
      `${monthly}, on-change: { old: credit-unused, new: prorated }`,
      'When the price changes within a month, the old price is credited for the rest of that month and the new price is charged for its rest, both at the change.',
    ],
    [
      `${monthly}, on-change: { old: credit-in-full, new: in-full }`,
      'When the price changes within a month, all that was charged for that month is credited and the new price is charged in full, both at the change.',
    ],
    [
      `${monthly}, on-change: { if-dearer: { old: keep, new: in-full }, otherwise: next-period }`,
      'When the price rises within a month, nothing of the old price is credited and the new price is charged in full, both at the change. When it changes otherwise within a month, the new price counts from the next month on.',
    ],
    [
      `${monthly}, on-end: { old: credit-unused }`,
      'When the agreement is ended within a month, what is charged for the days after its end is credited then.',
    ],
    [
      `${monthly}, on-end: { old: credit-in-full }`,
      'When the agreement is ended within a month, all that was charged for that month is credited then.',
    ],
    [
      `${monthly}, on-end: { old: keep }`,
      'When the agreement is ended within a month, nothing of that month is credited.',
    ],
    [
      `${monthly}, prorate: { by: days, of: actual, days-counted: 30/360 }`,
      'For this every month has 30 days; its 31st counts as its 30th.',
    ],
  ] as const)('%s: %s', ([charge, sentence]) => {
    expect(printed(charge)).toContain(sentence)
  })
})

test('whose record of what is charged for counts is printed', () => {
  const text = (recorded: string) => {
    const { agreement } = signed(
      `{ facts: { call: { shape: event${recorded} } }, terms: { calls: { charge: { each: call, amount: 1.00 } } } }`,
    )
    const [revision] = agreement.revisions
    return revision ? printedContract(revision, agreement.frame.agreed, parties) : ''
  }
  expect(text(', measured-by: consumer')).toContain('Bo records it, and that record counts.')
  expect(text(', measured-by: both')).toContain('Acme and Bo record it, and both records count.')
  expect(text('')).not.toContain('record counts')
})

test.for([
  [
    'each: refunded, of: sale, share: 50%',
    'For each refund, Bo pays Acme 50% of the amount under clause 2 (Sale) for the same case.',
  ],
  [
    'each: sold, of: sale, share: 50%',
    'For each sale, Bo pays Acme 50% of the amount under clause 2 (Sale).',
  ],
  [
    'each: stay, measure: nights, rate: 80.00',
    'For each stay, Bo pays Acme 80.00 for each night stayed.',
  ],
] as const)('%s: %s', ([charge, sentence]) => {
  const text = `{ facts: { sold: { shape: event, title: sale }, refunded: { shape: event, title: refund }, stay: { shape: interval } },
    measures: { nights: { between: [ stay.from.date, stay.to.date ], in: days, title: nights stayed } },
    terms: { sale: { charge: { each: sold, amount: 10.00 } }, fee: { charge: { ${charge} } } } }`
  const { agreement } = signed(text)
  const [revision] = agreement.revisions
  const printed = revision && clauseSentence('fee', revision, agreement.frame.agreed, parties)
  expect(printed).toBe(sentence)
})
