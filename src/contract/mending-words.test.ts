import { expect, test } from 'vitest'
import { checkOffering } from './agreement.ts'
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
    'period_unknown /periods/cinema: “week from fri” is no period: say day, week (from Monday), month, quarter, year, month from 10, year from 04-01, agreement-month, agreement-year, agreement or 5 minutes, or { day-from: 22:00, until: 06:00 }.',
  ],
  [
    'so far in something that has no start',
    'periods: { night: { day-from: "22:00", until: "06:00" } }, measures: { n: { count: read, per: so-far-night } }',
    'period_unknown /measures/n/per: “so-far-night” is no period: after “so-far-” stands day, week, month, quarter, year, agreement, agreement-month, or a name under periods that is one of these, also from another day on.',
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
    'a number that is to have another unit',
    'measures: { hours: { formula: read.kwh * 600, unit: hours } }',
    'units_do_not_fit /measures/hours/unit: It is a number of kWh, which is not hours. What turns the one into the other is a constant with a unit of its own, such as { formula: 600, unit: hours }: multiply or divide by its name.',
  ],
  [
    'a time of day to calculate with',
    'measures: { late: { formula: read.time - 1080 } }',
    'units_do_not_fit /measures/late/formula: a number of time of day cannot be taken together with a number. To calculate with a time of day read “minute_of_day”: the minutes since midnight, a number.',
  ],
  [
    'the weekday of a date that a fact says',
    `measures: { friday: { formula: 'read.day.weekday == "fri"' } }`,
    'formula_broken /measures/friday/formula: “read.day.weekday == "fri"” cannot be read: only one dot, between a kind of fact and its attribute. “date”, “weekday”, “time”, “minute_of_day” and “open” read the instant at which the fact itself happened, not one that it says.',
  ],
  [
    'what is taken together over windows that overlap',
    'terms: { fee: { charge: { each: read, measure: read.kwh, rate: 1.00, cumulative: past 3 days } } }',
    'period_unknown /terms/fee/charge/cumulative: What is taken together needs periods that follow each other: “so-far” and “past” overlap. Say day, month, agreement or “since” a kind of fact.',
  ],
] as const)('%s', ([, body, words]) => {
  expect(faults(body)).toContain(words)
})
