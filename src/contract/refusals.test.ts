import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readFiles } from '../platform/files.ts'
import { buildWorld } from '../world/world.ts'
import { checkOffering, compileAgreement } from './agreement/agreement.ts'
import { faultsOf as faultsOfCase, runCase } from './case/case.ts'
import { faultsOf, offering, plain } from './contract.test-support.ts'
import { bytesMax, type PlainMap, readDocuments } from './document/document.ts'
import { type FaultName, faultNames } from './document/fault.ts'

/** What is refused, by which name and at which place. */

const raised = new Set<string>()
const rest = '{ policies: { prorate: no, billed: in-arrears, ends: at-the-hour }, '
const month = 'every: month'

/** A small broken offering and the fault that has to be among those it raises. */
type Row = readonly [name: FaultName, pointer: string, body: string]

const words: Row[] = [
  [
    'word_unknown',
    '/terms/fee/charge/amuont',
    `terms: { fee: { charge: { ${month}, amuont: 5.00 } } } }`,
  ],
  ['word_unknown', '/trems', 'trems: {} }'],
  [
    'word_unknown',
    '/facts/line/has/rate/titel',
    'facts: { line: { shape: event, has: { rate: { number: Mbps, titel: transfer rate } } } } }',
  ],
  [
    'value_misshapen',
    '/facts/line/has/price/type',
    'facts: { line: { shape: event, has: { price: { type: monny, title: price } } } } }',
  ],
  [
    'word_unknown',
    '/terms/fee/charge/00',
    `terms: { fee: { charge: { ${month}, amount: 5,00 } } } }`,
  ],
  ['word_missing', '/calendars/office', 'calendars: { office: { title: office } } }'],
  ['word_missing', '/terms/fee/charge', 'terms: { fee: { charge: { amount: 5.00 } } } }'],
  [
    'word_missing',
    '/terms/soon/target',
    'terms: { soon: { target: { stop: responded, within: 2 hours, clock: always } } } }',
  ],
  ['value_misshapen', '/zone', 'zone: Lisbon }'],
  ['value_misshapen', '/currency', 'currency: Euro }'],
  ['value_misshapen', '/currency', 'currency: ZZZ }'],
  [
    'name_unknown',
    '/terms/fee/charge/tax',
    `tax-categories: { standard: {} }, terms: { fee: { charge: { ${month}, amount: 5.00, tax: standrd } } } }`,
  ],
  ['name_doubled', '/tax-categories/fee', 'tax-categories: { fee: {} }, users: [ fee ] }'],
  ['value_misshapen', '/terms', 'terms: [ fee ] }'],
  [
    'value_misshapen',
    '/terms/fee/charge/payer',
    `terms: { fee: { charge: { ${month}, amount: 1.00, payer: guest } } } }`,
  ],
  ['value_misshapen', '/facts/used/shape', 'facts: { used: { shape: interval } } }'],
  [
    'value_misshapen',
    '/measures/held/missing',
    'facts: { balance: { shape: state, has: { amount: money } } }, measures: { held: { last: balance, missing: nothing } } }',
  ],
  [
    'words_exclude_each_other',
    '/terms/fee/charge',
    `terms: { fee: { charge: { ${month}, each: used, amount: 1.00 } } } }`,
  ],
  ['number_not_exact', '/rounding/to', 'rounding: { to: a cent, mode: half-up } }'],
  ['value_out_of_range', '/rounding/to', 'rounding: { to: 0.00, mode: half-up } }'],
  ['period_misordered', '/available/until', 'available: { from: 2025-01-01, until: 2024-01-01 } }'],
  [
    'word_missing',
    '/terms/stops/transition/takes-effect',
    'terms: { stops: { transition: { of: agreement, on: notice_given, right: ended, takes-effect: { within: 3 months, by: { end-of: month } } } } } }',
  ],
  [
    'word_without_effect',
    '/terms/stops/transition/takes-effect/ends',
    'terms: { stops: { transition: { of: agreement, on: notice_given, right: ended, takes-effect: { within: 2 hours, clock: always, ends: with-the-day } } } } }',
  ],
  [
    'word_without_effect',
    '/terms/soon/target/ends',
    'terms: { soon: { target: { start: requested, stop: responded, within: 90 minutes, clock: always, ends: at-the-hour } } } }',
  ],
  [
    'word_without_effect',
    '/terms/back/credit/claim/ends',
    'terms: { back: { credit: { each: used, amount: 1.00, claim: { fact: reported, within: 2 hours, clock: always, ends: with-the-day } } } } }',
  ],
  [
    'word_without_effect',
    '/measures/lasted/about',
    'measures: { lasted: { time: period, in: hours, about: same, per: month } } }',
  ],
  [
    'word_without_effect',
    '/measures/lasted/about',
    'measures: { lasted: { time: agreement, in: hours, about: same } } }',
  ],
  [
    'word_missing',
    '/measures/down/each',
    'measures: { down: { time: outage, in: hours, each: {}, per: month } } }',
  ],
  [
    'number_not_exact',
    '/terms/fee/charge/amount',
    `terms: { fee: { charge: { ${month}, amount: ${'1'.repeat(41)} } } } }`,
  ],
  ['language_version_unknown', '/language', 'language: 2 }'],
  ['value_misshapen', '/title', `title: ${'x'.repeat(4001)} }`],
  [
    'value_misshapen',
    '/terms/fee/charge/amount',
    `terms: { fee: { charge: { ${month}, amount: 2024-02-30 } } } }`,
  ],
]
const names: Row[] = [
  // A day of the week is written short; only what is wrong with it is said.
  [
    'value_misshapen',
    '/calendars/office/hours/friday',
    'calendars: { office: { hours: { friday: 09:00-17:00 } } } }',
  ],
  // Nothing has an event at hand and a period.
  [
    'period_needed',
    '/measures/since_start',
    'facts: { brought: { shape: event, has: { made_on: date } } }, measures: { since_start: { between: [ brought.made_on, period_start ], in: days } } }',
  ],
  [
    'period_needed',
    '/terms/fee/charge',
    'measures: { first_day: { formula: period_start } }, terms: { fee: { charge: { each: used, amount: 5.00, when: first_day > agreement_start } } } }',
  ],
  [
    'event_not_at_hand',
    '/terms/fee/charge',
    `${'policies: { prorate: no, billed: in-arrears }, '}measures: { of_year: { count: used, about: same, per: year }, before: { previous: of_year, per: year, initially: 0 } }, terms: { fee: { charge: { every: year, measure: before, rate: 5.00 } } } }`,
  ],
  ['name_misshapen', '/terms/Fee', `terms: { Fee: { charge: { ${month}, amount: 1.00 } } } }`],
  [
    'name_misshapen',
    '/terms/fee/charge/pays-for',
    `terms: { fee: { charge: { ${month}, amount: 1.00, pays-for: a-room } } } }`,
  ],
  [
    'name_reserved',
    '/facts/seen/has/in',
    'facts: { seen: { shape: event, has: { in: number } } } }',
  ],
  [
    'name_reserved',
    '/measures/shared/split',
    'measures: { shared: { split: { of: 10, evenly: [ in, out ], remainder: first } } } }',
  ],
  ['name_reserved', '/measures/return', 'measures: { return: { count: used } } }'],
  [
    'name_reserved',
    '/terms/agreement_start',
    `terms: { agreement_start: { charge: { ${month}, amount: 1.00 } } } }`,
  ],
  [
    'name_reserved',
    '/facts/trip/has/date',
    'facts: { trip: { shape: event, has: { date: date } } } }',
  ],
  [
    'name_reserved',
    '/terms/fee/charge/waived-when/any-of/0/id',
    `terms: { fee: { charge: { ${month}, amount: 1.00, waived-when: { any-of: [ { id: share, if: 1 > 2 } ] } } } } }`,
  ],
  [
    'name_doubled',
    '/terms/price',
    `agreed: { price: money }, terms: { price: { charge: { ${month}, amount: 1.00 } } } }`,
  ],
  [
    'name_doubled',
    '/terms/all/total/of/1',
    `terms: { fee: { charge: { ${month}, amount: 1.00 } }, all: { total: { of: [ fee, fee ] } } } }`,
  ],
  [
    'name_doubled',
    '/terms/ready/target/warrants/2',
    'terms: { ready: { target: { start: requested, stop: responded, within: 1 hour, clock: always, warrants: [ capacity, security, capacity ] } } } }',
  ],
  ['name_doubled', '/measures/used', 'measures: { used: { count: returned } } }'],
  ['name_doubled', '/components/1', 'components: [ { access: room }, { good: room } ] }'],
  [
    'name_doubled',
    '/components/0/terms/fee',
    `components: [ { access: room, terms: { fee: { charge: { ${month}, amount: 1.00 } } } } ], terms: { fee: { charge: { ${month}, amount: 2.00 } } } }`,
  ],
  [
    'name_doubled',
    '/terms/fee/charge/waived-when/any-of/1/id',
    `terms: { fee: { charge: { ${month}, amount: 1.00, waived-when: { any-of: [ { id: gift, if: 1 > 2 }, { id: gift, if: 1 < 2 } ] } } } } }`,
  ],
  [
    'name_unknown',
    '/terms/fee/charge/amount',
    `terms: { fee: { charge: { ${month}, amount: price } } } }`,
  ],
  [
    'name_unknown',
    '/terms/fee/charge/pays-for',
    `terms: { fee: { charge: { ${month}, amount: 1.00, pays-for: room } } } }`,
  ],
  ['name_unknown', '/measures/spent/sum', 'measures: { spent: { sum: spending } } }'],
  [
    'names_in_a_circle',
    '/measures/one',
    'measures: { one: { formula: two + 1 }, two: { formula: one + 1 } } }',
  ],
  [
    'names_in_a_circle',
    '/terms/one',
    `terms: { one: { charge: { ${month}, of: two, share: 10% } }, two: { charge: { ${month}, of: one, share: 10% } } } }`,
  ],
  [
    'names_in_a_circle',
    '/terms/one',
    'terms: { one: { duty: { who: consumer, start: two.missed, stop: paid, within: 1 days } }, two: { duty: { who: consumer, start: one.missed, stop: paid, within: 1 days } } } }',
  ],
  [
    'names_in_a_circle',
    '/terms/sum_of_all',
    'terms: { sum_of_all: { total: { of: sum_of_all } } } }',
  ],
  [
    'names_in_a_circle',
    '/tables/price',
    'agreed: { plan: [ basic, plus ] }, tables: { price: { by: plan, rows: [ { when: basic, then: price }, { when: plus, then: 1.00 } ] } } }',
  ],
  [
    'names_in_a_circle',
    '/measures/most',
    'measures: { down: { time: outage, in: hours, per: month }, most: { formula: "kept ? 5 : 6", unit: hours } }, terms: { kept: { target: { measure: down, at-most: most, per: month } } } }',
  ],
  [
    'names_in_a_circle',
    '/terms/most',
    'terms: { fee: { charge: { every: once, amount: 1.00 } }, most: { total: { of: fee, maximum: most } } } }',
  ],
  ['names_in_a_circle', '/measures/lowest', 'measures: { lowest: { min: lowest, per: month } } }'],
  [
    'fact_undeclared',
    '/terms/fee/charge/when',
    'terms: { fee: { charge: { each: used, amount: 1.00, when: trip.miles > 3 } } } }',
  ],
  [
    'fact_undeclared',
    '/terms/passes/transition/on/0',
    'components: [ { good: kit } ], terms: { passes: { transition: { of: kit, on: given_away, title: consumer } } } }',
  ],
  [
    'attribute_undeclared',
    '/terms/fee/charge/when',
    'terms: { fee: { charge: { each: used, amount: 1.00, when: used.miles > 3 } } } }',
  ],
  [
    'user_undeclared',
    '/components/0/for/0',
    'users: [ reader ], components: [ { access: book, for: [ raeder ] } ] }',
  ],
  [
    'choice_unknown',
    '/measures/late/where',
    'measures: { late: { count: used, where: used.weekday == "saturday", per: month } } }',
  ],
]
const formulas: Row[] = [
  [
    'formula_broken',
    '/terms/fee/charge/amount',
    `terms: { fee: { charge: { ${month}, amount: 1e99 } } } }`,
  ],
  [
    'formula_broken',
    '/terms/fee/charge/amount',
    `terms: { fee: { charge: { ${month}, amount: 2 + } } } }`,
  ],
  [
    'formula_broken',
    '/terms/fee/charge/when',
    `terms: { fee: { charge: { ${month}, amount: 1.00, when: 1 < 2 and 2 < 3 } } } }`,
  ],
  [
    'formula_cut_by_yaml',
    '/terms/fee/charge/amount',
    `terms: { fee: { charge: { ${month}, amount: "max(1" } } } }`,
  ],
  [
    'types_do_not_fit',
    '/terms/fee/charge/amount',
    `agreed: { since_when: date }, terms: { fee: { charge: { ${month}, amount: since_when } } } }`,
  ],
  [
    'types_do_not_fit',
    '/terms/late/duty/within',
    'terms: { late: { duty: { start: used, stop: returned, within: 21 } } } }',
  ],
  [
    'units_do_not_fit',
    '/measures/load/formula',
    'agreed: { volts: { number: V }, amps: { number: A } }, measures: { load: { formula: volts * amps } } }',
  ],
  [
    'units_do_not_fit',
    '/measures/load/unit',
    'agreed: { volts: { number: V } }, measures: { load: { formula: 2 * volts, unit: W } } }',
  ],
  [
    'word_without_effect',
    '/measures/load/unit',
    'agreed: { volts: { number: V } }, measures: { load: { formula: 2 * volts, unit: V } } }',
  ],
  [
    'types_do_not_fit',
    '/measures/load/unit',
    'agreed: { fee: money }, measures: { load: { formula: 2 * fee, unit: W } } }',
  ],
  // A made unit is checked like any other.
  [
    'units_do_not_fit',
    '/measures/high/formula',
    'agreed: { volts: { number: V }, amps: { number: A }, most: { number: kW } }, measures: { load: { formula: volts * amps, unit: W }, high: { formula: load > most } } }',
  ],
  [
    'units_do_not_fit',
    '/measures/load/formula',
    'agreed: { volts: { number: V }, amps: { number: A } }, measures: { load: { formula: volts * amps + volts, unit: W } } }',
  ],
  [
    'units_do_not_fit',
    '/measures/sum_of_both/formula',
    'agreed: { power: { number: kWh }, way: { number: km } }, measures: { sum_of_both: { formula: power + way } } }',
  ],
  [
    'period_unknown',
    '/terms/fee/charge/every',
    'terms: { fee: { charge: { every: fortnight, amount: 1.00 } } } }',
  ],
  [
    'period_needed',
    '/terms/fee/charge',
    'measures: { visits: { count: used } }, terms: { fee: { charge: { each: used, amount: 1.00, when: visits > 3 } } } }',
  ],
  [
    'period_too_long',
    '/terms/back/credit',
    'terms: { fee: { charge: { every: quarter, amount: 1.00 } }, back: { credit: { per: month, of: fee, share: 10% } } } }',
  ],
  [
    'period_too_fine',
    '/terms/back/credit',
    'measures: { visits: { count: used, per: month } }, terms: { few: { target: { measure: visits, at-most: 3, per: month } }, back: { credit: { per: quarter, amount: 1.00, when: "!few" } } } }',
  ],
  [
    'period_too_fine',
    '/terms/fee/charge',
    'measures: { visits: { count: used, per: month } }, terms: { fee: { charge: { every: quarter, measure: visits, rate: 1.00 } } } }',
  ],
  [
    'periods_do_not_fit',
    '/terms/fee/charge',
    'measures: { visits: { count: used, per: month } }, terms: { fee: { charge: { every: agreement-month, measure: visits, rate: 1.00 } } } }',
  ],
  [
    'periods_do_not_fit',
    '/terms/top_up/charge/true-up',
    'facts: { work: { shape: interval, has: { pay: money } } }, measures: { floor: { sum: work, value: work.pay, per: month } }, terms: { pay: { charge: { each: work, amount: work.pay } }, top_up: { charge: { every: month, true-up: { of: pay, to: floor } } } } }',
  ],
  [
    'period_misordered',
    '/calendars/office/hours/mon',
    'calendars: { office: { hours: { mon: 09:00-09:00 } } } }',
  ],
  [
    'period_misordered',
    '/terms/fee/charge/until',
    `terms: { fee: { charge: { ${month}, amount: 1.00, from: 2024-05-01, until: 2024-04-01, dated-by: period } } } }`,
  ],
  [
    'event_not_at_hand',
    '/terms/fee/charge',
    `terms: { fee: { charge: { ${month}, measure: used.quantity, rate: 1.00 } } } }`,
  ],
  [
    'event_not_at_hand',
    '/terms/fee/charge',
    'measures: { gone: { since: kept, in: days } }, terms: { fee: { charge: { every: month, measure: gone, rate: 1.00 } } } }',
  ],
]
const prices: Row[] = [
  [
    'name_doubled',
    '/terms/fee/charge/bands/1/id',
    `agreed: { size: number }, terms: { fee: { charge: { ${month}, measure: size, bands: [ { id: one, below: 5, amount: 1.00 }, { id: one, from: 5, amount: 2.00 } ] } } } }`,
  ],
  [
    'bands_overlap',
    '/terms/fee/charge/bands/1',
    `agreed: { size: number }, terms: { fee: { charge: { ${month}, measure: size, bands: [ { from: 0, up-to: 5, amount: 1.00 }, { from: 5, amount: 2.00 } ] } } } }`,
  ],
  [
    'bands_leave_a_gap',
    '/terms/fee/charge/bands/1',
    `agreed: { size: number }, terms: { fee: { charge: { ${month}, measure: size, bands: [ { from: 0, below: 5, amount: 1.00 }, { above: 5, amount: 2.00 } ] } } } }`,
  ],
  [
    'bands_overlap',
    '/calendars/office/hours',
    'calendars: { office: { hours: { mon: [ 09:00-13:00, 12:00-17:00 ] } } } }',
  ],
  [
    'tiers_misordered',
    '/terms/fee/charge/tiers/1',
    `agreed: { size: number }, terms: { fee: { charge: { ${month}, measure: size, mode: volume, tiers: [ { up-to: 10, rate: 1.00 }, { up-to: 10, rate: 2.00 }, { rate: 3.00 } ] } } } }`,
  ],
  [
    'tiers_misordered',
    '/terms/fee/charge/tiers/1',
    `agreed: { size: number }, terms: { fee: { charge: { ${month}, measure: size, mode: volume, tiers: [ { up-to: 10, rate: 1.00 }, { up-to: 20, rate: 2.00 } ] } } } }`,
  ],
  [
    'row_unreachable',
    '/tables/price/rows/1',
    'agreed: { size: number }, tables: { price: { by: size, rows: [ { when: { from: 0 }, then: 1.00 }, { when: 5, then: 2.00 }, { when: any, then: 3.00 } ] } } }',
  ],
  [
    'combination_missing',
    '/tables/price/rows',
    'agreed: { plan: [ basic, plus ] }, tables: { price: { by: plan, rows: [ { when: basic, then: 1.00 } ] } } }',
  ],
  ['price_unsaid', '/terms/fee/charge', `terms: { fee: { charge: { ${month} } } } }`],
  [
    'price_unsaid',
    '/terms/fee/charge',
    `terms: { other: { charge: { ${month}, amount: 1.00 } }, fee: { charge: { ${month}, amount: 5.00, of: other, share: 5% } } } }`,
  ],
  [
    'base_unsaid',
    '/terms/fee/charge/share',
    `terms: { fee: { charge: { ${month}, share: 5% } } } }`,
  ],
  [
    'word_without_effect',
    '/terms/fee/charge/mode',
    `terms: { fee: { charge: { ${month}, amount: 5.00, mode: volume } } } }`,
  ],
  [
    'word_without_effect',
    '/terms/fee/charge/prorate',
    'terms: { fee: { charge: { each: used, amount: 5.00, prorate: no } } } }',
  ],
  [
    'word_without_effect',
    '/terms/fee/survives',
    `terms: { fee: { charge: { ${month}, amount: 5.00 }, survives: end } } }`,
  ],
  [
    'word_without_effect',
    '/terms/back/survives',
    'terms: { back: { credit: { per: month, amount: 5.00 }, survives: end } } }',
  ],
  [
    'word_without_effect',
    '/terms/all/survives',
    `terms: { fee: { charge: { ${month}, amount: 5.00 } }, all: { total: { of: fee }, survives: end } } }`,
  ],
  [
    'policy_unsaid',
    '/terms/fee/charge',
    `policies: {}, terms: { fee: { charge: { ${month}, amount: 5.00 } } } }`,
  ],
  [
    'policy_unsaid',
    '/terms/fee/charge',
    `agreed: { size: number }, terms: { fee: { charge: { ${month}, measure: size, tiers: [ { rate: 1.00 } ] } } } }`,
  ],
  [
    'policy_unsaid',
    '/terms/soon/target',
    'terms: { soon: { target: { start: used, stop: returned, within: 2 hours } } } }',
  ],
  [
    'policy_unsaid',
    '/terms/late/duty',
    'policies: {}, terms: { late: { duty: { start: used, stop: returned, within: 21 days } } } }',
  ],
]
const everyPart = (says: string) =>
  Array.from({ length: 16 }, (_, place) => `p${place}${says}`).join(', ')
const laws: Row[] = [
  [
    'promise_unwarranted',
    '/terms/level/target/at-least',
    'agreed: { web: { type: number, default: 99% } }, structures: { chain: { all-of: [ web ] } }, measures: { down: { time: outage, through: chain, per: month, in: hours }, all: { time: period, per: month, in: hours }, up: { formula: 1 - down / all } }, terms: { level: { target: { measure: up, at-least: 99.9%, per: month } } } }',
  ],
  [
    'parts_shared_too_often',
    '/measures/promised/forecast',
    `agreed: { ${everyPart(': number')} }, structures: { one: { all-of: [ ${everyPart('')} ] }, two: { any-of: [ one, { all-of: [ ${everyPart('')} ] } ] } }, measures: { promised: { forecast: two } } }`,
  ],
  [
    'target_unmeasured',
    '/terms/level/target/measure',
    'measures: { promised: { formula: 0.99 } }, terms: { level: { target: { measure: promised, at-least: 99%, per: month } } } }',
  ],
  [
    'target_unmeasured',
    '/terms/level/target/measure',
    'measures: { promised: { formula: 0.99, title: share without outage } }, terms: { level: { target: { measure: promised, at-least: 99%, per: month } } } }',
  ],
  [
    'target_unmeasured',
    '/terms/level/target/measure',
    'facts: { fault: { shape: event } }, measures: { faults: { count: fault } }, terms: { level: { target: { measure: faults, at-most: 2, per: month } } } }',
  ],
  [
    'units_do_not_fit',
    '/terms/level/target/at-most',
    'agreed: { most: { number: days } }, measures: { down: { time: outage, in: minutes } }, terms: { level: { target: { measure: down, at-most: most, per: month } } } }',
  ],
  [
    'word_without_effect',
    '/terms/level/target/stop',
    'measures: { down: { time: outage, in: minutes } }, terms: { level: { target: { measure: down, at-most: 5, per: month, stop: responded } } } }',
  ],
  [
    'word_without_effect',
    '/terms/answer/target/at-least',
    'terms: { answer: { target: { start: requested, stop: responded, within: 2 hours, clock: always, at-least: 5 } } } }',
  ],
  [
    'name_unknown',
    '/terms/gone/transition/takes-effect/clock',
    'components: [ { access: room } ], terms: { gone: { transition: { of: room, on: returned, right: ended, takes-effect: { within: 2 hours, clock: office } } } } }',
  ],
  [
    'value_out_of_range',
    '/terms/fee/charge/counted/in',
    `terms: { fee: { charge: { ${month}, measure: 7, rate: 1.00, counted: { in: -5, rounded: up } } } } }`,
  ],
  [
    'bounds_misordered',
    '/terms/fee/charge/minimum',
    `terms: { fee: { charge: { ${month}, amount: 9.00, minimum: 20.00, maximum: 15.00 } } } }`,
  ],
  ['kind_unsaid', '/components/0', 'components: [ { title: A room } ] }'],
  ['kind_unsaid', '/components/0', 'components: [ { good: kit, access: kit } ] }'],
  [
    'law_of_kind_broken',
    '/terms/over/transition/right',
    'components: [ { good: kit } ], terms: { over: { transition: { of: kit, on: ended, right: ended } } } }',
  ],
  ['law_of_kind_broken', '/components/0', 'components: [ { good: kit } ] }'],
  [
    'law_of_kind_broken',
    '/components/0',
    'components: [ { good: kit } ], terms: { lent: { transition: { of: kit, on: handed_over, custody: consumer } }, back: { transition: { of: kit, on: returned, title: provider } } } }',
  ],
  [
    'law_of_kind_broken',
    '/terms/passes/transition',
    'components: [ { action: help } ], terms: { passes: { transition: { of: help, on: kept, title: consumer } } } }',
  ],
  [
    'law_of_kind_broken',
    '/components/0/serialised',
    'components: [ { action: help, serialised: yes } ] }',
  ],
  [
    'stop_unsaid',
    '/terms/soon/target',
    'terms: { soon: { target: { start: used, within: 2 hours, clock: always } } } }',
  ],
]

describe('an offering', () => {
  test.for([...words, ...names, ...formulas, ...prices, ...laws])(
    '%s at %s',
    ([name, pointer, body]) => {
      const { faults } = checkOffering(offering(fullBody(body)))
      for (const fault of faults) raised.add(fault.name)
      expect(faults.map((fault) => `${fault.name} ${fault.pointer}`)).toContain(
        `${name} ${pointer}`,
      )
      for (const fault of faults) expect(fault.words).toMatch(/[.?]$/)
    },
  )

  test('without any of these is not refused', () => {
    expect(faultsOf(`${rest} terms: { fee: { charge: { ${month}, amount: 5.00 } } } }`)).toEqual([])
    expect(faultsOf('{}')).toEqual([])
  })

  test('with a word of the clause in a named price is told which stand there and where it belongs', () => {
    const { faults } = checkOffering(
      offering(
        fullBody(
          `prices: { daily: { amount: 3.00, discounts: [ { id: off, share: 15% } ] } }, terms: { fee: { charge: { ${month}, price: daily } } } }`,
        ),
      ),
    )
    expect(faults.map(({ words: said }) => said)).toEqual([
      expect.stringMatching(/^“discounts” is not .*: measure, included.* in the clause/),
    ])
  })

  test('that says neither currency, zone nor rounding is refused for each of them', () => {
    const { faults } = checkOffering(plain('{ language: 1 }') as PlainMap)
    expect(faults.map(({ name, words: said }) => [name, said.split(':')[0]])).toEqual([
      ['word_missing', 'Say “currency'],
      ['word_missing', 'Say “zone'],
      ['word_missing', 'Say “rounding'],
    ])
  })
})

function fullBody(body: string): string {
  return body.startsWith('policies: {}') || body.startsWith('policies:') ? `{ ${body}` : rest + body
}

describe('text', () => {
  const read = (text: string) => {
    const { faults } = readDocuments(text, 'a.yaml')
    for (const { name } of faults) raised.add(name)
    return faults.map(({ name, line, column }) => `${name} ${line}:${column}`)
  }
  test.for([
    ['name_doubled 2:1', 'one: 1\none: 2'],
    ['yaml_broken 2:1', 'one: [ 1\ntwo: 2'],
    ['nested_too_deep 1:42', '['.repeat(60) + ']'.repeat(60)],
    ['nested_too_deep 1:1', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['value_misshapen 2:1', 'one: &a 1\ntwo: *a'],
    ['formula_cut_by_yaml 1:18', '{ amount: max(1, (2 + 3) }'],
    ['name_misshapen 1:1', '? [ a ]\n: 1'],
  ] as const)('%s', ([fault, text]) => {
    expect(read(text)).toContain(fault)
  })

  test('of more than 2 MB is not read', () => {
    expect(read('a'.repeat(bytesMax + 1))).toEqual(['file_too_large undefined:undefined'])
  })
})

const sound = `case: small
offering:
  language: 1
  currency: EUR
  zone: Europe/Lisbon
  rounding: { to: 0.01, mode: half-up }
  policies: { prorate: no, billed: in-arrears }
  available: { from: 2021-01-15 }
  facts: { trip: { shape: event, has: { miles: number, class: [ economy, business ] } } }
  agreed: { price: { type: money, at-least: 5 }, plan: { type: [ basic, plus ], allowed: [ basic ], default: basic } }
  components:
    - { access: seat, serialised: yes, terms: { lost_seat: { charge: { each: missing, amount: 1.00 } } } }
    - { access: bag, terms: { lost_bag: { charge: { each: missing, amount: 2.00 } } } }
  terms: { fee: { charge: { every: month, amount: price } }, answer: { target: { start: requested, stop: responded, within: 2 hours, clock: always } } }
agree:
  period: [ 2024-01-01T00:00, 2025-01-01T00:00 ]
  price: 10.00
  deviations: [ { clause: fee, path: charge.amount, to: 2 * price } ]
facts:
  - trip: { id: one, at: 2024-02-01T10:00, miles: 3, class: economy }
asks:
  - { value: fee, in: 2024-02, is: 20 }
`

describe('a case', () => {
  const run = (text: string) => {
    const [document] = readDocuments(text, 'case.yaml').documents
    if (!document) throw new Error('no document')
    const { results, ...found } = runCase(document.data, () => undefined)
    const faults = faultsOfCase({ ...found, results })
    for (const { name } of faults) raised.add(name)
    return {
      results,
      faults: faults.map(({ name, pointer }) => `${name} ${pointer}`),
      lines: faults.map(({ pointer }) => document.locate(pointer).line),
    }
  }

  test('that is sound runs', () => {
    expect(run(sound)).toEqual({
      faults: [],
      lines: [],
      results: [{ name: 'small · value fee in 2024-02', passed: true, pointer: '/asks/0' }],
    })
  })

  test('whose offering is at fault says so once, however often it is tried', () => {
    const twice = sound
      .replace('every: month', 'every: moon')
      .replace(/\nasks:\n +- (.*)\n/, '\ntries:\n  - asks: [ $1 ]\n  - asks: [ $1 ]\n')
    expect(run(twice).faults).toEqual(['period_unknown /offering/terms/fee/charge/every'])
  })

  test.for<[string, number, string, string]>([
    ['agreed_value_missing /agree/price', 15, '  price: 10.00\n', ''],
    ['agreed_value_not_allowed /agree/price', 17, 'price: 10.00', 'price: 4.99'],
    ['agreed_value_not_allowed /agree/plan', 18, 'price: 10.00', 'price: 10.00\n  plan: plus'],
    ['choice_unknown /agree/plan', 18, 'price: 10.00', 'price: 10.00\n  plan: pluss'],
    ['value_misshapen /agree/price', 17, 'price: 10.00', 'price: ten'],
    ['value_misshapen /agree/price', 17, 'price: 10.00', 'price: { from: 2024-02-01 }'],
    ['value_misshapen /agree/price', 17, 'price: 10.00', 'price: [ { from: soon, value: 10.00 } ]'],
    ['name_unknown /agree/rpice', 18, 'price: 10.00', 'price: 10.00\n  rpice: 4'],
    ['period_misordered /agree/period', 16, '2025-01-01T00:00 ]', '2023-01-01T00:00 ]'],
    ['value_misshapen /agree/period', 16, '2025-01-01T00:00 ]', 'soon ]'],
    ['deviation_finds_nothing /agree/deviations/0/clause', 18, 'clause: fee', 'clause: free'],
    ['deviation_finds_nothing /agree/deviations/0/path', 18, 'charge.amount', 'charge.rate'],
    ['deviation_changes_the_form /agree/deviations/0/path', 18, 'charge.amount', 'charge'],
    [
      'deviation_doubled /agree/deviations/1',
      18,
      '[ { clause: fee,',
      '[ { clause: fee, path: charge.amount, to: 9.00 }, { clause: fee,',
    ],
    ['fact_undeclared /facts/0/ride', 20, '- trip:', '- ride:'],
    ['attribute_undeclared /facts/0/trip/milse', 20, 'miles: 3', 'milse: 3'],
    ['choice_unknown /facts/0/trip/class', 20, 'class: economy', 'class: first'],
    ['value_misshapen /facts/0/trip/miles', 20, 'miles: 3', 'miles: three'],
    ['value_misshapen /facts/0/trip/at', 20, '2024-02-01T10:00', '2024-02-30T10:00'],
    ['word_missing /facts/0/trip', 20, 'at: 2024-02-01T10:00, ', ''],
    ['name_doubled /facts/1', 21, 'asks:', '  - trip: { id: one, at: 2024-02-02T10:00 }\nasks:'],
    [
      'start_doubled /facts/2',
      22,
      'asks:',
      '  - requested: { about: a, at: 2024-02-02T10:00 }\n  - requested: { about: a, at: 2024-02-02T10:30 }\nasks:',
    ],
    [
      'component_unsaid /facts/0',
      20,
      'trip: { id: one, at: 2024-02-01T10:00, miles: 3, class: economy }',
      'missing: { at: 2024-02-01T10:00 }',
    ],
    [
      'period_misordered /facts/0/outage/to',
      20,
      'trip: { id: one, at: 2024-02-01T10:00, miles: 3, class: economy }',
      'outage: { from: 2024-02-01T10:00, to: 2024-02-01T09:00 }',
    ],
    [
      'words_exclude_each_other /facts/0/outage/for',
      20,
      'trip: { id: one, at: 2024-02-01T10:00, miles: 3, class: economy }',
      'outage: { from: 2024-02-01T10:00, to: 2024-02-01T11:00, for: 1 hours }',
    ],
    [
      'reference_unknown /offering',
      2,
      sound.slice(sound.indexOf('offering:'), sound.indexOf('agree:')),
      'offering: large\n',
    ],
    [
      'offering_unavailable /agree/agreed-on',
      18,
      '  price: 10.00\n',
      '  price: 10.00\n  agreed-on: 2020-01-01\n',
    ],
    [
      'value_misshapen /agree/agreed-on',
      18,
      '  price: 10.00\n',
      '  price: 10.00\n  agreed-on: soon\n',
    ],
    ['value_misshapen /asks/0/in', 22, 'in: 2024-02', 'in: [ 2024-02 ]'],
    ['word_unknown /asks/0/inn', 22, 'in: 2024-02', 'inn: 2024-02'],
    ['question_refused /asks/0/value', 22, 'value: fee', 'value: fees'],
  ])('%s in line %i', ([fault, line, from, to]) => {
    expect(sound).toContain(from)
    const { faults, lines } = run(sound.replace(from, to))
    const place = faults.findIndex((one) => one === fault || one.startsWith(`${fault}/`))
    expect(faults[place] ?? faults).toContain(fault)
    expect(lines[place]).toBe(line)
  })

  test('says where it is written: in the try, in the case that it varies, in an earlier revision', () => {
    const tries = (agree: string) =>
      run(
        sound
          .replace('clause: fee,', 'clause: free,')
          .replace(
            'asks:',
            `tries: [ { agree: ${agree}, asks: [ { value: fee, in: 2024-02, is: 20 } ] } ]\nasks:`,
          ),
      ).faults
    const finds = 'deviation_finds_nothing'
    expect(tries('{ price: 11.00 }')).toContain(`${finds} /agree/deviations/0/clause`)
    const own = '{ deviations: [ { clause: freee, path: charge.amount, to: 2.00 } ] }'
    expect(tries(own)).toContain(`${finds} /tries/0/agree/deviations/0/clause`)
    const later = '{ revisions: [ { from: 2024-06-01, price: 12.00 } ] }'
    expect(new Set(tries(later))).toEqual(new Set([`${finds} /agree/deviations/0/clause`]))
  })

  test('with two facts of one id says so once', () => {
    const twice = '  - trip: { id: one, at: 2024-02-02T10:00 }\nasks:'
    expect(run(sound.replace('asks:', twice)).faults).toEqual(['name_doubled /facts/1'])
  })

  test.for(['trip: { at: { on: soon } }', 'outage: { from: 2024-01-01, for: [ 5 ] }'])(
    'quotes what was written or nothing: %s',
    (fact) => {
      const trip = 'trip: { id: one, at: 2024-02-01T10:00, miles: 3, class: economy }'
      const [document] = readDocuments(sound.replace(trip, fact), 'case.yaml').documents
      const { faults } = runCase(document?.data ?? '', () => undefined)
      expect(faults.map(({ words }) => words)).toEqual([expect.stringMatching(/^What stands here/)])
    },
  )

  test('of a term that was added for it is at fault where it was added', () => {
    const add = '{ clause: extra, add: { charge: { every: month, amount: prize } } }, '
    const { faults } = run(sound.replace('[ { clause: fee,', `[ ${add}{ clause: fee,`))
    expect(faults).toContain('name_unknown /agree/deviations/0/add/charge/amount')
  })

  test('passes where it is refused with exactly the faults that it names', () => {
    const refused = (expected: string) =>
      run(sound.replace('  price: 10.00', '').replace(/asks:[\s\S]*/, `refused: [ ${expected} ]\n`))
    const price = '{ name: agreed_value_missing, at: /agree/price, says: no default }'
    expect(refused(price)).toMatchObject({ faults: [], results: [{ passed: true }] })
    const other = refused(`${price}, { name: name_unknown }`)
    expect(other.results).toMatchObject([{ passed: false, words: 'name_unknown  was not found' }])
    const less = refused('{ name: agreed_value_missing, at: /agree/plan }').results[0]
    expect(less?.words).toMatch(/plan was not found; .*\/agree\/price was not expected/)
  })
})

const root = join(import.meta.dirname, '..', '..')
const hotel = readFiles(join(root, 'examples/hotel'), bytesMax).files

describe('a world', () => {
  const build = (name: string, from: string, to: string) => {
    const files = hotel.map(({ file, text }) => ({
      file,
      text: file.endsWith(name) ? text.replace(from, to) : text,
    }))
    expect(files.some(({ text }, place) => text !== hotel[place]?.text) || from === to).toBe(true)
    const read = files.map(({ file, text }) => readDocuments(text, file))
    const { faults } = buildWorld(read.flatMap(({ documents }) => documents))
    const all = [...read.flatMap((one) => one.faults), ...faults]
    for (const fault of all) raised.add(fault.name)
    return all
  }

  test('that is sound has no faults', () => {
    expect(build('parties.yaml', 'kind', 'kind')).toEqual([])
  })

  test.for<[FaultName, string, string, string, string]>([
    [
      'document_kind_unknown',
      '/kind',
      'parties.yaml',
      'kind: organisation\nid: costa',
      'kind: organization\nid: costa',
    ],
    ['name_doubled', '/id', 'parties.yaml', 'id: ito\n', 'id: costa\n'],
    [
      'reference_unknown',
      '/target-group',
      'relationships.yaml',
      'leisure_guests',
      'business_guests',
    ],
    ['reference_unknown', '/consumer', 'relationships.yaml', 'consumer: costa', 'consumer: nobody'],
    ['reference_unknown', '/owner', 'product.yaml', 'owner: meridian_hotels', 'owner: nobody'],
    [
      'reference_unknown',
      '/offering',
      'ana_costa.yaml',
      'offering: city_stay',
      'offering: city_nap',
    ],
    [
      'reference_unknown',
      '/agreement',
      'ben_ito.yaml',
      'agreement: stay_of_ben_ito',
      'agreement: stay_of_nobody',
    ],
    [
      'person_without_role',
      '/users/guest/0',
      'ana_costa.yaml',
      'guest: [ ana_costa ]',
      'guest: [ ben_ito ]',
    ],
    [
      'person_without_role',
      '/roles/consumer/customer',
      'relationships.yaml',
      'customer: [ ana_costa ]',
      'customer: [ ben_ito ]',
    ],
    [
      'user_undeclared',
      '/users/visitor',
      'ana_costa.yaml',
      'guest: [ ana_costa ]',
      'visitor: [ ana_costa ]',
    ],
    ['period_misordered', '/period', 'ana_costa.yaml', '2026-05-15T13:00', '2026-05-12T15:00'],
    [
      'value_misshapen',
      '/agreed/room_rate',
      'ben_ito.yaml',
      'room_rate: 155.00',
      'room_rate: [ { from: soon, value: 155.00 } ]',
    ],
    ['publication_incomplete', '', 'city_stay.yaml', 'target-groups: [ leisure_guests ]\n', ''],
    ['publication_incomplete', '/services', 'product.yaml', 'resource: rooms,', 'resource: halls,'],
    [
      'product_component_unknown',
      '/components/1/of',
      'city_stay.yaml',
      'city_room.double_room',
      'city_room.single_room',
    ],
    [
      'product_component_unknown',
      '/components/3/of',
      'city_stay.yaml',
      'city_room.reception',
      'city_room.linen_laundry',
    ],
    [
      'deviation_finds_nothing',
      '/deviations/0/path',
      'ana_costa.yaml',
      'above: 12:00',
      'above: 11:00',
    ],
    ['fact_undeclared', '/facts/0/handed_ovr', 'ana_costa.yaml', 'handed_over', 'handed_ovr'],
    ['agreed_value_missing', '/agreed/room_rate', 'city_stay.yaml', ', default: 140.00', ''],
  ])('%s at %s in %s', ([name, pointer, file, from, to]) => {
    const found = build(file, from, to).find(
      (fault) => fault.name === name && fault.pointer.startsWith(pointer),
    )
    expect(found).toMatchObject({ name, line: expect.any(Number) as number })
    const elsewhere: Partial<Record<FaultName, string>> = {
      agreed_value_missing: 'ana_costa.yaml',
      publication_incomplete: 'city_stay.yaml',
    }
    expect(found?.file).toMatch(new RegExp(`${elsewhere[name] ?? file}$`))
  })

  test('a fact that several components read has to say which: also in a world', () => {
    const from = 'requested: { id: fan_asked_for, about: fan, component: front_desk,'
    const faults = build('ana_costa.yaml', from, 'requested: { id: fan_asked_for,')
    expect(faults).toMatchObject([
      {
        name: 'component_unsaid',
        pointer: expect.stringMatching(/^[/]facts[/]2/) as string,
        line: 20,
      },
    ])
  })

  test('a revision may not change the currency of an agreement', () => {
    const terms = { agreed: {}, deviations: [] }
    const { faults } = compileAgreement({ start: 0, end: 2 }, [
      { ...terms, from: 0, offering: offering(`${rest} }`) },
      { ...terms, from: 1, offering: offering(`${rest} currency: CHF }`) },
    ])
    for (const { name } of faults) raised.add(name)
    expect(faults).toMatchObject([{ name: 'currency_mixed', pointer: '/currency' }])
  })
})

/** Files are opened by the program alone: scenarios/command-line.test.ts names one that is not there. */
const raisedByProgram: readonly FaultName[] = ['file_unreadable']

test('every name of a fault is raised by a row, but what only the program can raise', () => {
  expect(Object.keys(faultNames).filter((name) => !raised.has(name))).toEqual(raisedByProgram)
  expect([...raised].filter((name) => !(name in faultNames))).toEqual([])
})

/** Offerings and cases are tried by tools/fuzz. */
