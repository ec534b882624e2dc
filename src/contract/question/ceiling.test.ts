import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Exact } from '../../kernel/exact.ts'
import { utcText } from '../../kernel/time.ts'
import { answering, offering, signed } from '../contract.test-support.ts'
import type { PlainMap } from '../document/document.ts'
import type { Fact } from '../fact/fact.ts'
import { anyContract } from '../random-contract.test-support.ts'
import { valueText } from '../value.ts'
import { aboveCeiling } from './ceiling.test-support.ts'

/** The most that may fall due, whatever happens, is never less than what does. */

const day = 86_400_000
const anyExposure = fc.record({
  exposure: fc.constantFrom('agreement', '2024', '2024-Q1', '2024-05', '2023-12-15 to 2025-02-03'),
  at: fc.nat(500).map((days) => utcText(Date.UTC(2023, 11, 1) + days * day)),
})

const head = `zone: Europe/Lisbon
policies: { billed: in-arrears, ends: with-the-day }
periods: { night: { day-from: 15:00, until: 12:00 } }
facts: { visit: { shape: event, has: { cost: money } }, stay: { shape: interval }, notice: { shape: event } }
agreed: { cap: money }
measures: { costs: { sum: visit, value: visit.cost, per: month } }`
const leaving = {
  leaving: {
    transition: {
      ...{ of: 'agreement', on: 'notice', right: 'ended' },
      'takes-effect': { within: '30 days' },
    },
  },
}
const maybe = <Of>(any: fc.Arbitrary<Of>) => fc.option(any, { nil: undefined })
const anyRounded = maybe(
  fc.constantFrom<PlainMap>(
    { to: '1', mode: 'up' },
    { to: '1', mode: 'half-up' },
    { to: '0.05', mode: 'half-up' },
    { to: '0.001', mode: 'up' },
  ),
)
const anyBound = fc.constantFrom('cap', '10.50', '33.333')
const ofPeriods = fc.record(
  {
    maximum: anyBound,
    rise: maybe(
      fc.constantFrom<PlainMap>(
        { 'at-least': '10%' },
        { 'at-least': '0%' },
        { 'at-least': '1.50', 'at-most': '20.00' },
      ),
    ),
    'on-change': fc.constantFrom<PlainMap[string]>(
      'next-period',
      { old: 'credit-unused', new: 'prorated' },
      { old: 'keep', new: 'in-full' },
      { 'if-dearer': { old: 'credit-in-full', new: 'prorated' }, otherwise: 'next-period' },
    ),
    prorate: fc.constant({ by: 'days', of: 'actual' }),
    rounded: anyRounded,
  },
  { requiredKeys: ['maximum', 'on-change', 'prorate'] },
)
const ofEvents = fc.record({
  words: fc.constantFrom<PlainMap>(
    { each: 'visit', amount: 'cap' },
    { each: 'visit', amount: 'visit.cost' },
    { each: 'stay', measure: 'stay.minutes', rate: '0.07' },
    {
      each: 'stay',
      measure: 'stay.minutes',
      rate: '0.07',
      cumulative: 'agreement',
      maximum: 'cap',
    },
  ),
  limit: fc.oneof(
    fc.record({ amount: anyBound, per: anyPer() }),
    fc.record({ times: fc.constant('2'), per: anyPer() }),
  ),
  rounded: anyRounded,
  survives: maybe(fc.constant('end')),
})

function anyPer() {
  return fc.constantFrom('month', 'week', 'quarter', 'agreement', 'night', 'month from 14 days')
}

const without = (words: Readonly<Record<string, PlainMap[string] | undefined>>): PlainMap =>
  Object.fromEntries(Object.entries(words).filter(([, one]) => one !== undefined)) as PlainMap

const anyFact = fc.record({
  kind: fc.constantFrom('visit', 'visit', 'visit', 'stay', 'stay', 'notice'),
  hours: fc.nat(24 * 420),
  long: fc.integer({ min: 0, max: 24 * 70 }),
  cents: fc.nat(6000),
})
const anyBounded = fc
  .tuple(
    fc.array(ofPeriods, { maxLength: 2 }),
    fc.array(ofEvents, { maxLength: 3 }),
    fc.array(anyFact, { maxLength: 9 }),
  )
  .map(([periods, events, drawn]) => {
    const terms = {
      ...leaving,
      ...Object.fromEntries(
        periods.map((one, place) => [
          `fee_${place}`,
          { charge: { every: 'month', measure: 'costs', rate: '100%', ...without(one) } },
        ]),
      ),
      ...Object.fromEntries(
        events.map(({ words, limit, rounded, survives }, place) => [
          `use_${place}`,
          without({ charge: { ...words, limit, ...without({ rounded }) }, survives }),
        ]),
      ),
    }
    const { agreement } = signed({ ...offering(head), terms } as PlainMap, {
      period: '2024-01-10T00:00 to 2024-12-20T00:00',
      agreed: {
        cap: [
          { value: '20.00' },
          { from: '2024-03-12', value: '41.99' },
          { from: '2024-07-01', value: '7.50' },
        ],
      },
    })
    const facts = drawn.map(({ kind, hours, long, cents }, place): Fact => {
      const at = Date.UTC(2024, 0, 1) + hours * 3_600_000
      const known = { id: `fact_${place}`, kind, at, recorded: at }
      const cost = { cost: Exact.ratio(cents, 100) }
      return kind === 'stay'
        ? { ...known, shape: 'interval', to: at + long * 3_600_000, values: {} }
        : { ...known, shape: 'event', values: kind === 'visit' ? cost : {} }
    })
    const told = () => JSON.stringify({ terms, facts: facts.map(factText) }, undefined, 1)
    return { ...answering(agreement, facts), [fc.toStringMethod]: told }
  })

const factText = ({ kind, at, to = at, values }: Fact) =>
  `${kind} ${utcText(at)} ${utcText(to)} ${valueText(values['cost'] ?? '')}`

describe('of no clause more is committed than its bounds come to', () => {
  test.for([
    ['any contract', anyContract, 60],
    ['charges that are bounded', anyBounded, 150],
  ] as const)('in %s', ([, any, runs]) => {
    let met = 0
    const numRuns = Number(process.env['RUNS'] ?? runs)
    fc.assert(
      fc.property(any, anyExposure, (contract, question) => {
        const { above, bounded } = aboveCeiling(contract, question)
        met += bounded
        expect(above).toEqual([])
      }),
      { numRuns },
    )
    expect(met).toBeGreaterThan(numRuns / 3)
  })
})

const quarter = (charge: string, { facts = '[]', more = '' } = {}) =>
  signed(
    `{ policies: { prorate: no, billed: in-arrears, on-change: next-period }, facts: { e: { shape: event, has: { v: money } }, stay: { shape: interval } },
       agreed: { cap: money }, measures: { s: { sum: e, value: e.v, per: month } }, terms: { fee: { charge: { ${charge} }${more} } } }`,
    {
      period: '2026-01-01T00:00 to 2026-04-01T00:00',
      agreed: { cap: [{ value: '50.00' }, { from: '2026-02-10', value: '80.00' }] },
      facts,
    },
  )

test.for<[charge: string, most: string | undefined, more?: string]>([
  // a charge, and the most that it comes to from January to March
  ['every: month, measure: s, rate: 100%, maximum: cap', '180'],
  ['each: e, amount: e.v, limit: { amount: cap, per: month }', '210'],
  ['each: e, amount: cap, limit: { times: 2, per: month }', '420'],
  [
    'every: month, measure: s, rate: 100%, maximum: cap, on-change: { old: keep, new: in-full }',
    '260',
  ],
  ['every: month, measure: s, rate: 100%, maximum: 50.00, rise: { at-least: 10% }', '165.5'],
  ['every: month, measure: s, rate: 100%, maximum: 50.00, rise: { at-least: 5.00 }', '165'],
  ['every: month, measure: s, rate: 100%, maximum: 50.00, rise: { at-most: 10% }', '150'],
  [
    'every: month, measure: s, rate: 100%, maximum: 50.00, rise: { at-least: 10%, over: 1 year }',
    undefined,
  ],
  ['each: e, amount: 5.10, rounded: { to: 1, mode: up }, limit: { times: 1, per: month }', '18'],
  [
    'each: e, amount: e.v, rounded: { to: 1, mode: up }, limit: { amount: 5.10, per: month }',
    '15.3',
  ],
  ['each: e, amount: e.v, limit: { amount: 5.10, per: month }', undefined, ', survives: end'],
  ['each: e, amount: e.v, limit: { amount: 5.10, per: agreement }', '5.1', ', survives: end'],
  ['each: e, amount: e.v, limit: { amount: 5.10, per: month from 14 days }', undefined],
])('of %s it is %s', ([charge, most, more = '']) => {
  const { figures, unbounded } = quarter(charge, { more }).ask({ exposure: 'agreement' })
  const ceiling = figures?.['ceiling']
  expect(ceiling && valueText(ceiling.value)).toBe(most)
  expect(unbounded).toEqual(most === undefined ? ['fee'] : [])
})

test('what outlasts the agreement is counted in its last period', () => {
  const stays = ['01', '02', '03'].map(
    (place) =>
      `stay: { id: s${place}, from: 2026-03-${place}T10:00, to: 2026-0${4 + Number(place)}-20T10:00 }`,
  )
  const { bill } = quarter('each: stay, amount: 5.00, limit: { amount: 7.00, per: month }', {
    facts: `[ ${stays.join(', ')} ]`,
  })
  expect(bill('2026')).toEqual({ fee: '5 2' })
})
