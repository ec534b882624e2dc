import { expect, test } from 'vitest'
import { offering, signed } from '../contract.test-support.ts'
import { printedContract } from './contract.ts'

/** Sentences in which a unit, a share or a keyword of the language would read badly. */

const printed = (body: string, more: object = {}, agreed = {}) => {
  const base = offering(
    `{ policies: { prorate: no, billed: in-arrears },
       facts: { sample: { shape: event, has: { load: number } }, trip: { shape: event, has: { boarded: [ street, city ], surge: number, fare: money, late: truth, hours: { number: hours } } }, film_seen: { shape: event }, call: { shape: event, has: { offered: number, in_time: { type: number, title: answered in time } } }, proof: { shape: state, has: { valid: truth } } },
       agreed: { allowed: { type: { number: minutes }, title: downtime allowed, default: 40 }, share: { type: number, default: 99.5% }, friend: { type: truth, default: no, title: a friend of the house }, times_paid: { type: number, default: 0 } },
       measures: { down: { time: outage, per: month, in: minutes, title: downtime }, tolerated: { formula: 2 * allowed, title: downtime tolerated }, served: { months: completed, parts: whole, title: months served },
         beyond: { sum: hot_of_day, value: "max(0, hot_of_day - 3)", per: month }, hottest: { max: hot_of_day, per: past 30 days }, hot_of_day: { count: hot, per: day, title: hot slots of a day },
         share_then: { formula: share, per: month }, last: { formula: period_end, per: year },
         waited: { formula: trip.hours, title: wait }, told: { formula: trip.hours > 2, title: told in time }, days_since: { since: trip, in: days, title: days since the last one },
         offered: { sum: call, value: call.offered, per: month }, answered: { sum: call, value: call.in_time, per: month }, soonest: { sum: call, value: "min(call.offered, call.in_time)", per: month },
         long: { formula: trip.hours > 1, title: a trip that is long }, seen: { count: film_seen, per: month, title: films },
         money_in: { sum: trip, value: trip.fare, per: month }, insured_then: { first: proof, value: proof.valid, as-of: period-start, per: month, missing: no },
         lost: { sum: outage, value: "max(0, outage.minutes - 5)", per: month }, calls: { count: call, about: same, per: since trip },
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
    'a quotient of minutes is no minutes',
    "terms: { fee: { charge: { every: month, amount: 5.00, when: 'down / tolerated > 2' } } }",
    'if (the downtime divided by the downtime tolerated) is more than 2, Bolt',
  ],
  [
    'bands over months say months',
    'terms: { fee: { charge: { every: month, measure: served, bands: [ { below: 12, amount: 5.00 }, { from: 12, amount: 4.00 } ] } } }',
    '5.00 for less than 12 months; 4.00 from 12 months',
  ],
  [
    'bands over a length whose title says no unit say it',
    'terms: { fee: { charge: { each: trip, measure: waited, bands: [ { from: 24, amount: 5.00 }, { below: 24, amount: 4.00 } ] } } }',
    'depending on the wait: 5.00 from 24 hours; 4.00 for less than 24 hours',
  ],
  [
    'what is called by a participle is quoted as a name',
    `terms: { fee: { charge: { each: trip, amount: 1.00, when: 'trip.boarded == "city" && trip.surge > 5' } } }`,
    'if the “boarded” of the trip is “city” and the surge of the trip is more than 5,',
  ],
  [
    'of none that is due there is no first',
    'terms: { fee: { charge: { each: trip, amount: 1.00, limit: { times: times_paid, amount: 3.00, per: month } } } }',
    'For each trip, Bolt pays Acme 1.00. In each month none of them is due.',
  ],
  [
    'a month that has no such day begins on its last',
    'terms: { fee: { charge: { every: month from 31, amount: 1.00 } } }',
    'For each month that begins on the 31st (in a shorter month on its last day), Bolt pays',
  ],
  [
    'a title that stands by itself holds beside a comparison',
    'terms: { fee: { charge: { each: trip, amount: 1.00, when: "trip.surge > 1 || told" } } }',
    'if told in time or the surge of the trip is more than 1,',
  ],
  [
    'and stands by itself alone',
    'terms: { fee: { charge: { each: trip, amount: 1.00, when: told } } }',
    'if told in time,',
  ],
  [
    'the minute of the day is a number, compared with a time of day or with minutes',
    'terms: { fee: { charge: { each: trip, amount: 1.00, when: \'trip.minute_of_day < "18:00" || trip.minute_of_day - 1080 > 10\' } } }',
    'if the minute of the day of the trip is before 18:00 or (the minute of the day of the trip less 1080) is more than 10 minutes,',
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
  [
    'what is taken of each value of a finer measure is said',
    'terms: { fee: { charge: { every: month, measure: beyond, rate: 0.05 } } }',
    'Beyond: the sum of (the hot slots of a day less 3, but at least 0), taken for each day, in a month.',
  ],
  [
    'of what is past only whole periods are taken',
    'terms: { fee: { charge: { every: month, measure: hottest, rate: 0.05 } } }',
    'Hottest: the highest of the hot slots of a day, taken for each day, in the past 30 days that are over by then.',
  ],
  [
    'a yes or no that was agreed is a condition in words',
    'terms: { fee: { charge: { every: month, amount: 5.00, when: friend, discounts: [ { id: np, share: 50%, if: "!friend" } ] } } }',
    'Every month, if “a friend of the house” holds (agreed: no), Bolt pays Acme 5.00. The charge is reduced by 50% (np), if it is not so that “a friend of the house” holds (agreed: no).',
  ],
  [
    'an agreed value that is read for a period is as it stands at its start',
    'terms: { fee: { charge: { every: month, measure: share_then, rate: 1.00 } } }',
    'Share then: 99.5%, as it stands at the start of a month.',
  ],
  [
    'an end of a period is that of the period',
    'terms: { fee: { charge: { each: trip, amount: 1.00, when: last > agreement_start } } }',
    'Last: the end of a year.',
  ],
  [
    'what is compared says its unit once',
    'terms: { fee: { charge: { each: trip, amount: 1.00, when: waited >= 3 && days_since < 14 } } }',
    'if the wait is at least 3 hours and the days since the last one are less than 14,',
  ],
  [
    'two conditions that do not both hold are denied one by one',
    'terms: { fee: { charge: { each: trip, amount: 1.00, when: "!(trip.late && trip.surge > 2)" } } }',
    'if the trip is not marked “late” or the surge of the trip is at most 2,',
  ],
  [
    'a name that is no clause is quoted',
    'terms: { fee: { charge: { each: trip, amount: 1.00, when: long && trip.late } } }',
    'if “a trip that is long” holds and the trip is marked “late”,',
  ],
  [
    'time that has passed is not a promise that was broken',
    'terms: { hold: { title: Hold, target: { start: trip, by: { on: trip.at, after-it: 90 days }, ends: with-the-day } }, back: { credit: { each: hold.missed, amount: 1.00 } } }',
    'Each time the time under clause 2 (Hold) is up, Acme credits',
  ],
  [
    'whether a state is marked is asked as a whole',
    'terms: { fee: { charge: { every: month, amount: 1.00, when: insured_then } } }',
    'Insured then: whether the proof is marked “valid”, as it stands at the start of a month.',
  ],
  [
    'what is included is one thing or many',
    'terms: { fee: { charge: { every: month, measure: money_in, rate: 100%, included: money_in } } }',
    'pays Acme the whole of the money in. Of this, the money in is included; only what is beyond is priced.',
  ],
  [
    'what has a part that was seen is many by its noun',
    'terms: { fee: { charge: { every: month, measure: seen, rate: 1.00 } } }',
    'Films: the number of films seen in a month.',
  ],
  [
    'a payment is one, whatever component its clause is about',
    'components: [ { access: unit, title: storage unit } ], terms: { open: { transition: { of: unit, on: paid, right: restored, custody: consumer } }, fee: { charge: { each: paid, pays-for: unit, amount: 1.00 } } }',
    'When a payment is made, the storage unit passes into the custody of Bolt',
  ],
  [
    'a price for one says no quantity',
    'prices: { single: { rate: 3.00 } }, terms: { fee: { charge: { each: trip, measure: 1, price: single } } }',
    'For each trip, Bolt pays Acme 3.00.',
  ],
  [
    'each thing that facts are about has a line, and not each fact',
    'terms: { fee: { charge: { every: month, for-each: trip, amount: 1.00 } } }',
    'Every month, for each thing that trips are about, Bolt pays Acme 1.00.',
  ],
  [
    'a participle has no plural',
    'terms: { fee: { charge: { every: month, measure: offered, rate: 1.00 } } }',
    'Offered: the sum of the values “offered” of calls in a month.',
  ],
  [
    'nor has one with what is said after it',
    'terms: { fee: { charge: { every: month, measure: answered, rate: 1.00 } } }',
    'Answered: the sum of the values “answered in time” of calls in a month.',
  ],
  [
    'nor the smaller of two',
    'terms: { fee: { charge: { every: month, measure: soonest, rate: 1.00 } } }',
    'Soonest: the sum of the smaller of the “offered” and the “answered in time”, taken for each call, in a month.',
  ],
  [
    'dates in the rows of a table come before and after',
    `tables: { rate: { by: period_start, rows: [ { when: { below: 2024-04-06 }, then: 1.00 }, { when: { from: 2024-04-06 }, then: 2.00 } ] } },
     terms: { fee: { charge: { every: month, amount: rate } } }`,
    'before 6 April 2024: 1.00 from 6 April 2024: 2.00',
  ],
  [
    'what is taken from each before it is added',
    'terms: { fee: { charge: { every: month, measure: lost, rate: 1.00 } } }',
    'Lost: the sum of the minutes less 5, but at least 0, taken for each outage, in a month.',
  ],
  [
    'a price as its author wrote it, to the last digit',
    'terms: { fee: { charge: { each: call, measure: call.offered, rate: 0.0050 } } }',
    'Bolt pays Acme 0.0050 for each',
  ],
  [
    'tiers begin where what is included ends',
    'terms: { fee: { charge: { every: month, measure: down, included: 10, mode: graduated, tiers: [ { up-to: 5, rate: 1.00 }, { rate: 2.00 } ] } } }',
    'The first 10 minutes are included; only what is beyond is priced, and counted from there.',
  ],
  [
    'an edge that has a name has its unit with it',
    'terms: { fee: { charge: { every: month, measure: down, mode: graduated, tiers: [ { up-to: tolerated, rate: 1.00 }, { rate: 2.00 } ] } } }',
    '1.00 for each minute up to and including the downtime tolerated; 2.00',
  ],
  [
    'what is counted since an event of the same subject',
    'terms: { fee: { charge: { each: call, amount: 1.00, when: calls > 2 } } }',
    'Calls: the number of calls about the same thing since the last trip about it.',
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

test('deadlines are counted as missed and kept, and numbers with one unit are grouped alike', () => {
  const { agreement } =
    signed(`{ facts: { landing: { shape: event, has: { weight: { number: kg } } } },
    measures: { late: { count: pay.missed, per: past 12 months }, in_good_time: { count: pay.met, per: past 12 months }, since_late: { since: pay.missed, in: days }, fees: { sum: fee, about: same, per: so-far-agreement },
      rides: { count: landing, per: so-far-travel_day } },
    periods: { travel_day: { day-from: 04:30, until: 04:30 } },
    terms: { pay: { duty: { who: consumer, start: invoiced, stop: paid, within: 14 days, clock: always, ends: at-the-hour } },
      stay: { charge: { each: landing, amount: 1.00, when: fees > 5 && rides > 1 } },
      fee: { charge: { each: landing, measure: landing.weight, when: late > 3 && in_good_time > 1 && since_late > 5,
        bands: [ { up-to: 5700, amount: 2.00 }, { above: 5700, up-to: 10000, amount: 3.00 } ] } } } }`)
  const [revision] = agreement.revisions
  if (!revision) throw new Error('no revision')
  const parties = { provider: 'Acme', consumer: 'Bolt' }
  const text = printedContract(revision, agreement.frame.agreed, parties).replaceAll(/\s+/g, ' ')
  for (const sentence of [
    'Late: the number of missed deadlines of clause 2 (Pay) in the past 12 months.',
    'In good time: the number of kept deadlines of clause 2 (Pay) in the past 12 months.',
    'Since late: the days since the last missed deadline of clause 2 (Pay) about the same thing.',
    'Fees: the sum of the amount under clause 4 (Fee) about the same thing in the agreement so far.',
    'Rides: the number of landings in the travel day so far.',
    'Travel day: each day from 04:30 to 04:30 of the next day.',
    '2.00 up to and including 5,700 kg; 3.00 for more than 5,700 kg up to and including 10,000 kg',
  ])
    expect(text).toContain(sentence)
})
