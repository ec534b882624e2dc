import { expect, test } from 'vitest'
import { offering, signed } from '../contract.test-support.ts'
import { printedContract } from './contract.ts'

/** Sentences in which a unit, a share or a keyword of the language would read badly. */

const printed = (body: string, more: object = {}, agreed = {}) => {
  const base = offering(
    `{ policies: { prorate: no, billed: in-arrears },
       facts: { sample: { shape: event, has: { load: number } }, trip: { shape: event, has: { surge: number, fare: money } } },
       agreed: { allowed: { type: { number: minutes }, title: downtime allowed, default: 40 }, share: { type: number, default: 99.5% } },
       measures: { down: { time: outage, per: month, in: minutes, title: downtime }, tolerated: { formula: 2 * allowed, title: downtime tolerated }, served: { months: completed, parts: whole, title: months served },
         hot: { max: sample, per: 5 minutes, title: load of a slot },
         hot_slots: { count: hot, where: hot > 0.9, per: month, title: hot slots }, hot_run: { longest-run: hot, where: hot > 0.9, per: month, title: longest heat } },
       ${body} }`,
  )
  const { agreement } = signed(base, { agreed, ...more })
  const [revision] = agreement.revisions
  if (!revision) throw new Error('no revision')
  const parties = { provider: 'Acme', consumer: 'Bolt', base }
  return printedContract(revision, agreement.frame.agreed, parties).replaceAll(/\s+/g, ' ')
}

test.for([
  [
    'a level that is bounded by a name says no unit twice',
    'terms: { level: { target: { measure: down, at-most: tolerated, per: month } } }',
    'Acme keeps the downtime at no more than the downtime tolerated in each month.',
  ],
  [
    'a level that is bounded by a number says its unit',
    'terms: { level: { target: { measure: down, at-most: 40, per: month } } }',
    'Acme keeps the downtime at 40 minutes or less in each month.',
  ],
  [
    'bands over months say months',
    'terms: { fee: { charge: { every: month, measure: served, bands: [ { below: 12, amount: 5.00 }, { from: 12, amount: 4.00 } ] } } }',
    '5.00 for less than 12 months; 4.00 from 12 months',
  ],
  [
    'a share above one is what it exceeds one by',
    'terms: { fare: { charge: { each: trip, amount: trip.fare } }, surge: { charge: { each: trip, of: fare, share: trip.surge - 1 } } }',
    'times as much as the surge of the trip exceeds 1.',
  ],
  [
    'slots are counted as slots',
    'terms: { fee: { charge: { every: month, measure: hot_slots, rate: 1.00 } } }',
    'Hot slots: the number of 5-minute slots in a month where the load of a slot is more than 0.9.',
  ],
  [
    'a run of slots is a number of slots in a row',
    'terms: { fee: { charge: { every: month, measure: hot_run, rate: 1.00 } } }',
    'Longest heat: the largest number of 5-minute slots in a row in a month where the load of a slot is more than 0.9.',
  ],
] as const)('%s', ([, body, sentence]) => {
  expect(printed(body)).toContain(sentence)
})

test('what becomes of an old price is a sentence where it was changed', () => {
  const body =
    'terms: { fee: { charge: { every: month, amount: 5.00, prorate: { by: days, of: actual }, on-change: { old: credit-in-full, new: prorated } } } }'
  const deviations = [{ clause: 'fee', path: 'charge.on-change.old', to: 'credit-unused' }]
  expect(printed(body, { deviations })).toContain(
    '“all that was charged is credited” becomes “what is unused of the old price is credited”',
  )
})
