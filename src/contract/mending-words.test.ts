import { expect, test } from 'vitest'
import { checkOffering } from './agreement.ts'
import { runCase } from './case.ts'
import { faultText, offering } from './contract.test-support.ts'

/** A fault says what to write instead, where it is written. */

const facts =
  'facts: { read: { shape: event, has: { kwh: { number: kWh }, length: { number: minutes } } } }'
const faults = (body: string) =>
  checkOffering(offering(`{ ${facts}, ${body} }`)).faults.map(faultText)

test.for([
  [
    'a period that is none under `periods`',
    'periods: { cinema: week from fri }',
    'period_unknown /periods/cinema: “week from fri” is no period: say day, week (from Monday), month, quarter, half-year, year, month from 10, year from 04-01, 2 months, 2 months from 02-01, 2 weeks from 2026-01-05, agreement-month, agreement-year, 2 months from agreement, agreement or 5 minutes, or { day-from: 22:00, until: 06:00 }.',
  ],
  [
    'so far in something that has no start',
    'periods: { night: { day-from: "22:00", until: "06:00" } }, measures: { n: { count: read, per: so-far-night } }',
    'period_unknown /measures/n/per: “so-far-night” is no period: after “so-far-” stands day, week, month, quarter, half-year, year, agreement, agreement-month, or a name under periods that is one of these, also from another day on.',
  ],
  [
    'a quotient in a formula',
    'measures: { power: { formula: read.kwh / read.length } }',
    'units_do_not_fit /measures/power/formula: a number of kWh cannot be divided by a number of minutes. “unit:” beside the formula names what comes out.',
  ],
  [
    'a quotient where no unit may stand',
    'measures: { power: { max: read, value: read.kwh / read.length, per: month } }',
    'units_do_not_fit /measures/power/value: a number of kWh cannot be divided by a number of minutes. Make it a measure of its own, { formula: …, unit: … }, whose “unit:” names what comes out, and write its name here.',
  ],
  [
    'a level that is bounded by a number of another unit',
    'measures: { used: { sum: read, value: read.kwh, per: month }, longest: { max: read, value: read.length, per: month } }, terms: { level: { target: { measure: used, at-most: longest, per: month } } }',
    'units_do_not_fit /terms/level/target/at-most: “longest” is a number of minutes; a number of kWh stands here. Say both in one unit: “in:” of a measure of time, or a formula with “unit:” that computes the one from the other.',
  ],
  [
    'a measure that is called by a word of the language',
    'measures: { started: { count: read, per: month } }',
    'name_reserved /measures/started: “started” means something in the language already; choose another name, such as “our_started”.',
  ],
  [
    'a condition on one of several kinds that are taken out',
    'components: [ { access: hall }, { access: pool } ], measures: { down: { time: outage, except: { facts: [ maintenance, performed ], where: \'maintenance.component == "hall"\' }, per: month, in: minutes } }',
    'event_not_at_hand /measures/down/except/where: “maintenance.component” says nothing of performed, which “facts” names as well: give them all one name under “events”, ours for example, and say “facts: ours” and “ours.component”.',
  ],
  [
    'a name that a tax category has',
    'tax-categories: { bath: {} }, components: [ { access: bath } ]',
    'name_doubled /components/0: “bath” is the name of a tax category already; one name means one thing in an offering.',
  ],
  [
    'a period of a split',
    'measures: { shared: { split: { of: 10.00, among: { one: 1, two: 2 }, remainder: first }, per: month } }',
    'word_unknown /measures/shared/per: “per” is not a word that may stand here. A split is of the period of what it divides: it has no period, and no facts, of its own.',
  ],
  [
    'a price whose thousands are set apart by a comma',
    'terms: { fee: { charge: { each: read, amount: 1,000.00 } } }',
    'word_unknown /terms/fee/charge/000.00: “000.00” stands alone: YAML ended the value before it at a comma. Write decimals with a point, such as 5.00, and thousands without a comma, such as 1000.00.',
  ],
  [
    'a charge without parts under a policy that pays parts back',
    'policies: { prorate: { by: days, of: actual }, billed: in-advance, on-change: { old: credit-unused, new: prorated } }, agreed: { price: { type: money, default: 5.00 } }, terms: { fee: { charge: { every: month, amount: price, prorate: no } } }',
    'words_exclude_each_other /terms/fee/charge: With “prorate: no” a part of a period costs as much as a whole one: a change credits “credit-in-full” and charges “in-full”, or counts from the “next-period”. “on-change” is that of the policies: say it here otherwise.',
  ],
  [
    'a number that is to have another unit',
    'measures: { hours: { formula: read.kwh * 600, unit: hours } }',
    'units_do_not_fit /measures/hours/unit: It is a number of kWh, which is not hours. What turns the one into the other is a constant with a unit of its own, such as { formula: 600, unit: hours }: multiply or divide by its name.',
  ],
  [
    'a length that is agreed, and may be hours or days',
    'agreed: { wait: duration }, terms: { answer: { target: { start: read, stop: responded, within: wait, clock: always } } }',
    'policy_unsaid /terms/answer/target: Say “ends: at-the-hour” or “ends: with-the-day”, here or under policies: when are the days up? The length “wait” may be given in days.',
  ],
  [
    'a time of day to calculate with',
    'measures: { late: { formula: read.time - 1080 } }',
    'units_do_not_fit /measures/late/formula: a number of time of day cannot be taken together with a number. To calculate with a time of day read “minute_of_day”: the minutes since midnight, a number.',
  ],
  [
    'the weekday of a number that a fact says',
    `measures: { friday: { formula: 'read.kwh.weekday == "fri"' } }`,
    'attribute_undeclared /measures/friday/formula: “read.kwh” has no “weekday”: it is a number of kWh, and only of a date or an instant a part can be read.',
  ],
  [
    'what is taken together over windows that overlap',
    'terms: { fee: { charge: { each: read, measure: read.kwh, rate: 1.00, cumulative: past 3 days } } }',
    'period_unknown /terms/fee/charge/cumulative: What is taken together needs periods that follow each other: “so-far” and “past” overlap. Say day, month, agreement or “since” a kind of fact.',
  ],
] as const)('%s', ([, body, words]) => {
  expect(faults(body)).toContain(words)
})

test('a period that cannot be read is said where it is declared, and not again where it is used', () => {
  const body = `periods: { cinema: week from fri }, policies: { billed: in-arrears, prorate: no, ends: with-the-day },
    measures: { n: { count: read, per: cinema }, so_far: { count: read, per: so-far-cinema } },
    terms: {
      fee: { charge: { every: cinema, measure: n, rate: 1 } },
      capped: { charge: { each: read, amount: 1, limit: { times: 2, per: cinema } } },
      report: { duty: { who: consumer, start: cinema, stop: paid, within: 3 days } } }`
  expect(faults(body)).toEqual([expect.stringMatching(/^period_unknown \/periods\/cinema: /)])
})

const components = 'components: [ { access: indoors }, { access: outdoors } ]'
test.for([
  [
    'working days',
    'policies: { ends: with-the-day }, terms: { pay: { duty: { who: consumer, start: invoiced, stop: paid, within: 10 working days } } }',
    'formula_broken /terms/pay/duty/within: “10 working days” cannot be read: days that count only where a calendar is open are business days: “10 business days”, with the calendar in “clock:”; all others are “10 days”.',
  ],
  [
    'a length in another unit',
    'policies: { ends: with-the-day }, terms: { pay: { duty: { who: consumer, start: invoiced, stop: paid, within: 2 quarters } } }',
    'formula_broken /terms/pay/duty/within: “2 quarters” cannot be read: a length is a number of minutes, hours, days, weeks, months, years or business days, and of months, years and business days a whole one.',
  ],
  [
    'several components',
    `${components}, terms: { fee: { charge: { each: used, pays-for: [ indoors, outdoors ], amount: 1 } } }`,
    'value_misshapen /terms/fee/charge/pays-for: A text stands here, not a list. A clause is of one component: write a clause for each; a charge, credit, target or duty without this word is of all.',
  ],
  [
    'several kinds of start',
    'terms: { pay: { duty: { who: consumer, start: [ invoiced, used ], stop: paid, within: 1 hour, clock: always } } }',
    'value_misshapen /terms/pay/duty/start: A text stands here, not a list. Give several kinds one name: “events: { any_of_them: { any-of: [ invoiced, used ] } }”, and write that name here.',
  ],
  [
    'hours of holidays',
    'calendars: { shop: { hours: { mon: 09:00-17:00 }, holidays: { 2026-05-01: 09:00-12:00 } } }',
    'value_misshapen /calendars/shop/holidays: A list stands here, not a map. Hours of a date stand under “hours:”, such as “2026-12-24: 09:00-14:00”, and those of all holidays as well: “holidays: 12:00-18:00”.',
  ],
] as const)('who writes %s is told the way out', ([, body, said]) => {
  expect(faults(body)).toEqual([said])
})

test('a value that is agreed from a time of day on is a matter of a revision, and is not missing as well', () => {
  const made = runCase(
    {
      case: 'from a time of day',
      offering: offering('{ agreed: { price: money } }'),
      agree: {
        period: ['2026-01-01T00:00', '2027-01-01T00:00'],
        price: [{ value: '1.00' }, { from: '2026-05-16T10:00', value: '2.00' }],
      },
      asks: [{ value: 'price', is: '1.00' }],
    },
    () => undefined,
  )
  expect(made.faults.map(faultText)).toEqual([
    'value_misshapen /agree/price/1/from: “2026-05-16T10:00” is not a date such as 2026-05-31. A value changes with a day: what changes at a time of day is said under “revisions”.',
  ])
})
