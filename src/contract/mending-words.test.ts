import { expect, test } from 'vitest'
import { checkOffering } from './agreement/agreement.ts'
import { runCase } from './case/case.ts'
import { faultText, offering, signed } from './contract.test-support.ts'
import { reasonsOf } from './explanation/reason.ts'
import { unknown } from './value.ts'

/** A fault says what to write instead, where it is written. */

const facts =
  'facts: { read: { shape: event, has: { kwh: { number: kWh }, length: { number: minutes } } } }'
const faults = (body: string) =>
  checkOffering(offering(`{ ${facts}, ${body} }`)).faults.map(faultText)

const clocked = (words: string) =>
  `calendars: { desk: { hours: { mon-fri: 09:00-17:00 } } }, terms: { answer: { target: { start: read, stop: responded, ${words} } } }`

test.for([
  [
    'business hours as a length',
    clocked('within: 4 business hours, clock: desk'),
    'formula_broken /terms/answer/target/within: “4 business hours” cannot be read: hours that count only where a calendar is open are plain ones: “4 hours”, with the calendar in “clock:”.',
  ],
  [
    'a length of two units',
    clocked('within: 1 hour 30 minutes, clock: desk'),
    'formula_broken /terms/answer/target/within: “1 hour 30 minutes” cannot be read: a length has one unit: “90 minutes”.',
  ],
  [
    'a unit that is shortened',
    clocked('within: 4h, clock: desk'),
    'formula_broken /terms/answer/target/within: “4h” cannot be read: write the unit in full: “4 hours”; where only the hours of a calendar count, “clock:” names it.',
  ],
  [
    'several calendars at once',
    clocked('within: 4 hours, clock: [ desk, shop ]'),
    'value_misshapen /terms/answer/target/clock: A text stands here, not a list. Several calendars that count together are one: “calendars: { together: { any-of: [ desk, shop ] } }”, and write that name here.',
  ],
  [
    'a cap in any 24 hours',
    'terms: { fee: { charge: { each: read, amount: 1.00, limit: { times: 3, per: any 24 hours } } } }',
    'period_unknown /terms/fee/charge/limit/per: “any 24 hours” is no period: say “past 24 hours” for any time of so long, “24 hours from first” for one that the first event opens, or “day”.',
  ],
  [
    'a cap in 24 hours, which would be a day of the calendar',
    'terms: { fee: { charge: { each: read, amount: 1.00, limit: { times: 3, per: 24 hours } } } }',
    'period_unknown /terms/fee/charge/limit/per: “24 hours” is a day of the calendar: say “past 24 hours” for any time of so long, “24 hours from first” for one that the first event opens, or “day”.',
  ],
  [
    'the word of a measure in a target',
    clocked('within: 4 hours, calendar: desk'),
    'word_unknown /terms/answer/target/calendar: “calendar” is not a word that may stand here. Here “clock:” says it.',
  ],
  [
    'pauses by their name alone',
    clocked('within: 4 hours, clock: desk, pauses: on_hold'),
    'value_misshapen /terms/answer/target/pauses: A map stands here, not “on_hold”. Such as “pauses: { facts: on_hold, counted: in-hours }”.',
  ],
  [
    'two distances one after the other',
    clocked('by: { on: read.date, after-it: [ 2 days, 0 business days ] }'),
    'value_misshapen /terms/answer/target/by/after-it: A text stands here, not a list. One length stands here. So many days and then the next business day are two deadlines: a target of the days, and one that starts with its “.missed”.',
  ],
  [
    'a length that nothing stops',
    'terms: { answer: { target: { start: read, within: 4 hours, clock: always } } }',
    'stop_unsaid /terms/answer/target: Say “stop:”: which recorded event ends it? Without one nobody can tell whether it was kept. A date alone, which nobody has to keep, is said with “by:”.',
  ],
  [
    'two days that are no range',
    'calendars: { desk: { hours: { "mon,wed": 09:00-17:00 } } }',
    'value_misshapen /calendars/desk/hours/mon,wed: “mon,wed” is several days that are no range: give each of them a line, such as “mon: 09:00-17:00” and “wed: 09:00-17:00”.',
  ],
  [
    'two days of which YAML makes two words',
    'calendars: { desk: { hours: { mon,wed: 09:00-17:00 } } }',
    'value_misshapen /calendars/desk/hours/mon: “” is no range of hours: each day has its own, such as “mon: 09:00-17:00”, and in braces a comma begins the next.',
  ],
  [
    'a share that is multiplied before it is divided',
    'measures: { own: { formula: read.kwh * read.kwh / read.kwh } }',
    'units_do_not_fit /measures/own/formula: a number of kWh cannot be multiplied by a number of kWh. “unit:” beside the formula names what comes out. A share of it is a quotient in brackets: a * (b / c).',
  ],
  [
    'a period that is none under `periods`',
    'periods: { cinema: week from fri }',
    'period_unknown /periods/cinema: “week from fri” is no period: say hour (of the clock), day, week (from Monday), month, quarter, half-year, year, month from 10, year from 04-01, 2 months, 2 months from 02-01, 2 weeks from 2026-01-05, agreement-month, agreement-year, 2 months from agreement, month from 14 days (after the start of the agreement), month from a kind of fact or an agreed date, agreement or 5 minutes, or { day-from: 22:00, until: 06:00 }.',
  ],
  [
    'a period that is counted from what a term makes',
    'terms: { pay: { duty: { who: consumer, start: read, stop: paid, within: 4 hours, clock: always } }, fee: { charge: { every: month from pay.missed, amount: 1.00, prorate: no, billed: in-advance } } }',
    'period_unknown /terms/fee/charge/every: “month from pay.missed” is no period. Periods are counted from facts and agreed dates, and “pay.missed” is what a term makes of them: say the kind of a fact that is recorded then. How long ago it was is a measure, { since: pay.missed, in: days }.',
  ],
  [
    'a period that is counted from what takes effect',
    'components: [ { access: hall } ], terms: { begun: { transition: { of: hall, on: read, right: given } }, fee: { charge: { every: month from begun, amount: 1.00, prorate: no, billed: in-advance } } }',
    'period_unknown /terms/fee/charge/every: “begun” is no kind of fact and no date that was agreed. Periods are counted from facts and agreed dates, and “begun” is what a term makes of them: say the kind of a fact that is recorded then. How long ago it was is a measure, { since: begun, in: days }.',
  ],
  [
    'a name with which a measure would begin',
    'measures: { price: { count: read, per: year }, before: { previous: now, per: year, initially: price }, now: { formula: before * 2, per: year } }',
    'number_not_exact /measures/before/initially: “price” is no number, no number that was agreed and not “unknown”. What begins with “price” says a number here that it never is later, such as 0 or -1, and asks for it where “before” is read: { formula: "before == 0 ? price : before" }.',
  ],
  [
    'so far in a slot of the clock',
    'periods: { slot: 5 minutes }, measures: { n: { count: read, per: so-far-slot } }',
    'period_unknown /measures/n/per: “so-far-slot” is no period: after “so-far-” stands day, week, month, quarter, half-year, year, agreement, agreement-month, or a name under periods that is one of these, also from another day on, or a window of each day.',
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
    'an event that is not at hand in a formula with a period',
    'measures: { twice: { formula: 2 * read.kwh, per: month } }, terms: { fee: { charge: { each: read, measure: twice, rate: 1.00 } } }',
    'event_not_at_hand /terms/fee/charge: “read.kwh” is read where no “read” is at hand: collect it in a measure, such as { last: read, value: read.kwh, per: … }, of the period in which it happened; a formula is read where it stands, and has no other event at hand.',
  ],
  [
    'an attribute that formulas could not read',
    'measures: { larger: { max: read, value: "max(read.out, read.in)", per: month } }',
    'formula_broken /measures/larger/value: “max(read.out, read.in)” cannot be read: “in” means something in a formula: give what is called so another name.',
  ],
  [
    'an amount that is divided by a bare number',
    'agreed: { price: money }, tables: { cap: { by: read.date, rows: [ { when: any, then: 7.70 } ] } }, measures: { volume: { formula: 2 * price / 7.7, unit: GB } }',
    'types_do_not_fit /measures/volume/unit: This is an amount of money, which has the currency for its unit. What an amount is divided by to give a number is an amount, too: of a table of bare numbers { scale: { amount: the_table } } makes one.',
  ],
  [
    'a unit that is none',
    'measures: { ratio: { formula: 1 / 2, unit: "" } }',
    'value_misshapen /measures/ratio/unit: Something has to stand here; a word that is not needed is left out.',
  ],
  [
    'what happens, where a number stands',
    'events: { any_call: { any-of: [ read, used ] } }, measures: { twice: { formula: 2 * any_call } }',
    'types_do_not_fit /measures/twice/formula: “any_call” names several kinds of event: it has no value of its own to calculate with.',
  ],
  [
    'a name that a tax category has',
    'tax-categories: { bath: {} }, components: [ { access: bath } ]',
    'name_doubled /components/0: “bath” is the name of a tax category already; one name means one thing in an offering.',
  ],
  [
    'a count through a structure',
    'structures: { fleet: { any-of: [ a, b ] } }, measures: { often: { count: outage, through: fleet, per: month }, down: { time: outage, through: fleet, in: minutes } }',
    'word_unknown /measures/often/through: “through” is not a word that may stand here. Time is measured through a structure: { time: outage, through: …, in: stretches } is how often it was down, “in: minutes” with “take: longest” how long at a time.',
  ],
  [
    'what every term may say, said in its kind',
    'terms: { fee: { charge: { each: read, amount: 1.00, survives: end } } }',
    'word_unknown /terms/fee/charge/survives: “survives” is not a word that may stand here. It stands beside “charge:”, not in it.',
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
    'a limit over the lines of several periods',
    'policies: { prorate: no, billed: in-advance }, terms: { daily: { charge: { every: day, amount: 7.00, limit: { amount: 100.00, per: month } } } }',
    'word_without_effect /terms/daily/charge/limit: “limit” counts events: a charge for a period is due once in it; say “maximum”. At most 100.00 for all of them in each month is a credit of what is above: “{ credit: { per: month, measure: daily, included: 100.00, rate: 100% } }”.',
  ],
  [
    'a path of an answer where a term is named',
    'policies: { prorate: no, billed: in-arrears }, terms: { usage: { charge: { each: read, amount: 1.00 } }, least: { charge: { every: month, true-up: { of: usage.amount, to: 10.00 } } } }',
    'name_misshapen /terms/least/charge/true-up/of: “usage.amount” is not a name here: it is a path of an answer, which is asked. Write “usage”: of a charge that is what it posts, after its discounts; what it is before them is a charge of its own, or a measure with “scale”.',
  ],
  [
    'a number that is to have another unit',
    'measures: { hours: { formula: read.kwh * 600, unit: hours } }',
    'units_do_not_fit /measures/hours/unit: It is a number of kWh, which is not hours. What turns the one into the other is a constant with a unit of its own, such as { formula: 600, unit: hours per kWh }: multiply or divide by its name.',
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
    'a share for an amount',
    'terms: { fee: { charge: { each: read, amount: 1.00, limit: { amount: 50%, per: month } } } }',
    'types_do_not_fit /terms/fee/charge/limit/amount: “50%” is a number; money stands here. So much of what “of:” names is “share: 50%”; where only an amount may stand, it is the name of a measure, { scale: { of: …, share: 50% } }.',
  ],
  [
    'a base beside amounts',
    'terms: { fee: { charge: { each: read, amount: 1.00 } }, back: { credit: { each: read, of: fee, amount: 0.50 } } }',
    'word_without_effect /terms/back/credit/of: “of” changes nothing beside amounts of money: write a share of it with %, such as 10%; so that they never come to more than what they are of, say “maximum: 100%”; or leave it out.',
  ],
  [
    'bare numbers behind a name that bounds a share',
    'measures: { most: { formula: "read.kwh > 9 ? 0.1 : 0.2" } }, terms: { fee: { charge: { each: read, amount: 1.00 } }, more: { charge: { each: read, of: fee, share: 50%, maximum: most } } }',
    'types_do_not_fit /terms/more/charge/maximum: “most” is a bare number, and here it could be a share or an amount: 0.10 is a tenth, or 0.10 of the currency. A share is agreed, or stands in the rows of a table, with %; an amount is { scale: { amount: … } } under “measures:”.',
  ],
  [
    'bare numbers by which a price may rise',
    'policies: { prorate: no, billed: in-arrears }, terms: { fee: { charge: { every: month, amount: 1.00, rise: { at-most: "1 / 20" } } } }',
    'types_do_not_fit /terms/fee/charge/rise/at-most: “1 / 20” is a bare number, and here it could be a share or an amount: 0.10 is a tenth, or 0.10 of the currency. A share is agreed, or stands in the rows of a table, with %; an amount is { scale: { amount: … } } under “measures:”.',
  ],
  [
    'the rate of a tax',
    'terms: { fee: { charge: { each: read, amount: 1.00, tax: 20% } } }',
    'name_misshapen /terms/fee/charge/tax: “20%” is not a name here: it is a percentage. Of a tax the name of its category stands here, and its rate in the invoice; a share of a charge is “share:”.',
  ],
  [
    'a tax that hangs on a condition',
    'tables: { vat: { by: read.kwh, rows: [ { when: { up-to: 9 }, then: 5% }, { when: any, then: 20% } ] } }, terms: { fee: { charge: { each: read, amount: 1.00, tax: vat } } }',
    'name_unknown /terms/fee/charge/tax: “vat” is a table: a tax category of the offering stands here, and a line has the same one always. Where it hangs on a condition, say two charges, each with its “tax:” and “when:”.',
  ],
  [
    'how many days an interval lasts',
    'terms: { fee: { charge: { each: outage, measure: outage.days, rate: 1.00 } } }',
    'attribute_undeclared /terms/fee/charge/measure: “outage” has no “days”. How long it lasts is “outage.minutes”; in another unit, a measure without “per:”, { time: this, in: days }.',
  ],
  [
    'the weekday of nothing',
    `terms: { fee: { charge: { each: read, when: 'weekday == "sat"', amount: 1.00 } } }`,
    'name_unknown /terms/fee/charge/when: Nothing is called “weekday”. It is read of a kind of fact, such as “trip.weekday”, or of a date.',
  ],
  [
    'a share of minutes that is multiplied first',
    'measures: { down: { time: outage, per: month, in: minutes }, days: { time: outage, per: month, in: days }, part: { formula: down * days / days } }',
    'units_do_not_fit /measures/part/formula: a number of minutes cannot be multiplied by a number of days. “unit:” beside the formula names what comes out. A share of it is a quotient in brackets: a * (b / c).',
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
    'billing cycles',
    clocked('within: 2 billing cycles, clock: desk'),
    'formula_broken /terms/answer/target/within: “2 billing cycles” cannot be read: so many whole periods are said by where they end: “by: { end-of: month, after: 2 }” is the end of the month that lies so many after that of the start.',
  ],
  [
    'the next business day',
    clocked('within: next business day, clock: desk'),
    'formula_broken /terms/answer/target/within: “next business day” cannot be read: the end of the next business day is “1 business days”, with the calendar in “clock:”.',
  ],
  [
    'a length for a number of minutes',
    'terms: { fee: { charge: { each: read, measure: read.length, counted: { in: 30 minutes, rounded: up }, rate: 1.00 } } }',
    'types_do_not_fit /terms/fee/charge/counted/in: “30 minutes” is a length of time; a number of minutes stands here. Write the bare number, in minutes.',
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

test('what a credit of what is above leaves is what was meant by the limit', () => {
  const made = signed(`{ policies: { prorate: no, billed: in-advance },
    terms: { daily: { charge: { every: day, amount: 7.00 } },
      above: { credit: { per: month, measure: daily, included: 100.00, rate: 100% } } } }`)
  expect(made.told({ bill: '2024-04' })).toBe('100')
})

test('why nothing is due for a transition that changed nothing is said', () => {
  const made = signed(
    `{ components: [ { access: plan } ], facts: { over: { shape: event }, late: { shape: event } },
      terms: { stop: { transition: { of: plan, on: late, right: suspended } },
        back: { transition: { of: plan, on: over, right: restored } },
        fee: { charge: { each: back, amount: 5.00 } } } }`,
    { facts: '[ over: { id: o, at: 2024-03-01 } ]' },
  )
  const speaking = { zone: 'Europe/Lisbon', currency: 'EUR', decimals: 2 }
  const answer = made.ask({ value: 'fee', for: 'o' })
  const reasons = reasonsOf(answer, speaking, (id) => ({ number: '1', text: id }))
  expect(reasons.flatMap(({ steps }) => steps).join()).toContain(
    'nothing due: back changed nothing, as the right of use was given already',
  )
})

test('a charge is told of no period that it would refuse', () => {
  const said = (body: string) => faults(body).join()
  const charge =
    'policies: { prorate: no, billed: in-advance }, terms: { fee: { charge: { every: monthly or so, amount: 1.00 } } }'
  expect(said(charge)).toMatch(/agreement or 5 minutes, once, or a name under periods\.$/)
  expect(said('measures: { n: { count: read, per: monthly or so } }')).toMatch(
    /past 30 days, since a kind of fact/,
  )
})

test('a word that may not stand among few is answered with those few, and one that was said is not missing', () => {
  const each = (words: string) =>
    faults(
      `measures: { down: { time: outage, per: month, in: minutes, each: { ${words} } } }`,
    ).join()
  expect(each('mode: up')).toContain('Say one of “longer-than:”, “rounded:”, “to:” here.')
  expect(each('rounded: up, mode: up')).toContain('Say one of “longer-than:”, “to:” here.')
  expect(each('rounded: up, to: 1')).toContain('“1” is not a length in minutes or hours.')
  expect(each('rounded: up, to: 1')).not.toContain('both “rounded:” and “to:”')
  expect(each('to: 1 minute')).toContain('both “rounded:” and “to:”')
})

test('what lacks a clause that a deviation takes out is at fault in the deviation', () => {
  const made = runCase(
    {
      case: 'taken out',
      offering: offering(
        '{ policies: { prorate: no, billed: in-arrears }, terms: { fee: { charge: { every: month, amount: 1.00 } }, least: { charge: { every: month, true-up: { of: fee, to: 5.00 } } } } }',
      ),
      agree: {
        period: ['2026-01-01T00:00', '2027-01-01T00:00'],
        deviations: [{ clause: 'fee', remove: 'yes' }],
      },
      asks: [{ value: 'least', in: '2026-05', is: '5.00' }],
    },
    () => undefined,
  )
  expect(made.faults.map(faultText)).toEqual([
    'name_unknown /agree/deviations/0/clause: “fee” is read by what stays, at /terms/least/charge/true-up/of/0: take that out or change it as well.',
  ])
})

test('the minutes of an event have a name of their own', () => {
  const own = offering('{ facts: { taken: { shape: event, has: { minutes: number } } } }')
  expect(checkOffering(own).faults.map(faultText)).toContain(
    'name_reserved /facts/taken/has/minutes: “minutes” is how long an interval lasts; of an event say another name, such as “minutes_used”.',
  )
})

test('what is not known before the first period says which measure begins so', () => {
  const made = signed(`{ policies: { prorate: no, billed: in-arrears }, ${facts},
    measures: { used_up: { sum: read, value: read.kwh, per: month }, before: { previous: used_up, per: month, initially: unknown } },
    terms: { fee: { charge: { every: month, measure: before, rate: 1.00 } } } }`)
  expect(made.ask({ value: 'fee', in: '2024-01' }).derivation.value).toEqual(
    unknown('a period before the first of “before”, which begins as “unknown”'),
  )
})
