import fc from 'fast-check'
import { Exact } from '../kernel/exact.ts'
import { localText, parseInstant, utcText } from '../kernel/time.ts'
import { answering, offering, type Signed, signed } from './contract.test-support.ts'
import type { PlainMap } from './document/document.ts'
import type { Fact } from './fact/fact.ts'
import type { Line } from './scope.ts'
import { valueText } from './value.ts'

/** Agreements that nobody wrote, with facts at random instants, for laws that hold over all of them. */

export const zones = [
  'Europe/Lisbon',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Pacific/Apia',
]
const cents = fc.integer({ min: 1, max: 99_999 }).map((count) => (count / 100).toFixed(2))
const anyPeriod = fc.constantFrom(
  'day',
  'week',
  'month',
  'quarter',
  'year',
  'night',
  'month from 31',
  'month from 10',
  'year from 04-01',
  'agreement-month',
  'month from 14 days',
  'month from used',
  'agreement-quarter',
  'agreement',
)
const anyProration = fc.constantFrom<PlainMap[string]>(
  'no',
  { by: 'days', of: 'actual' },
  { by: 'days', of: '30' },
  { by: 'days', of: 'actual', rounded: { to: '0.01', mode: 'half-up' } },
  { by: 'time', of: 'actual' },
)
const anyBilling = fc.constantFrom('in-advance', 'in-arrears')
const anyChange = fc.constantFrom<PlainMap[string]>(
  'next-period',
  { old: 'credit-unused', new: 'prorated' },
  { old: 'credit-in-full', new: 'prorated' },
  { old: 'keep', new: 'in-full' },
  { 'if-dearer': { old: 'credit-unused', new: 'prorated' }, otherwise: 'next-period' },
)
/** A price that changes at the start of a month, twice within one, and back again. */
const moving = [
  { from: '2023-01-01', value: '10.01' },
  { from: '2024-02-10', value: '25.03' },
  { from: '2024-02-20', value: '5.00' },
  { from: '2024-06-01', value: '10.01' },
]

const standing = fc.record({
  every: anyPeriod,
  amount: cents,
  prorate: anyProration,
  billed: anyBilling,
})
const anyFixed = fc.oneof(
  standing.map((words): PlainMap => words),
  cents.map((amount): PlainMap => ({ every: 'once', amount })),
  fc
    .tuple(standing, fc.constantFrom('credit-unused', 'credit-in-full', 'keep'))
    .map(([words, old]): PlainMap => ({ ...words, prorate: daily, 'on-end': { old } })),
  fc
    .tuple(standing, fc.constantFrom<PlainMap>(...bounds()))
    .map(([words, bound]): PlainMap => ({ ...words, ...bound })),
  fc.tuple(standing, anyChange).map(
    ([words, change]): PlainMap => ({
      ...words,
      amount: 'moving',
      prorate: daily,
      'on-change': change,
      discounts: [{ id: 'some', share: '7%' }],
    }),
  ),
)
const daily = { by: 'days', of: 'actual' }

/** From when and until when it runs: dates, lengths and events. */
function bounds(): [PlainMap, ...PlainMap[]] {
  return [
    { from: '2024-01-20', 'dated-by': 'period' },
    { from: '40 days', until: '200 days' },
    { from: 'visit' },
    { until: 'reply' },
    { from: 'visit', until: 'reply' },
  ]
}

const anyOfEvents = fc.oneof(
  cents.map((amount): PlainMap => ({ each: 'visit', amount, when: 'visit.size > 3' })),
  cents.map((rate): PlainMap => ({ each: 'session', measure: 'session.minutes', rate })),
  cents.map((amount): PlainMap => ({ each: 'visit', amount, limit: { times: '2', per: 'month' } })),
  cents.map(
    (rate): PlainMap => ({
      each: 'session',
      measure: 'session.minutes',
      rate,
      included: '100',
      cumulative: 'quarter',
      limit: { amount: '500.00', per: 'agreement' },
    }),
  ),
  fc.tuple(cents, fc.constantFrom('day', '24 hours', '7 hours')).map(
    ([rate, part]): PlainMap => ({
      each: 'session',
      'in-parts-of': part,
      measure: 'session.minutes',
      counted: { in: '45', rounded: 'up' },
      rate,
      minimum: '2.00',
      maximum: '90.00',
    }),
  ),
  cents.map((amount): PlainMap => ({ each: 'answer.missed', amount })),
  cents.map((amount): PlainMap => ({ each: 'answer.met', amount, payer: 'provider' })),
  cents.map((amount): PlainMap => ({ each: 'visit', amount, when: 'sizes_so_far > 5' })),
)

/** What is measured is known when the period is over. */
const anyMeasured = fc
  .tuple(
    anyPeriod.filter((period) => period !== 'night'),
    anyProration,
    fc.constantFrom<PlainMap>(
      { measure: 'sizes', rate: '1.37' },
      { measure: 'sizes', mode: 'graduated', tiers: tiers() },
      { measure: 'sizes', mode: 'volume', tiers: tiers() },
      { measure: 'sizes', bands: bands() },
      { measure: 'time_there', included: '60', 'quantity-at-most': '2000', rate: '0.07' },
      { measure: 'sizes', rate: '2.50', minimum: '4.00', maximum: '20.00' },
      { amount: '31.00', 'waived-when': { 'any-of': [{ id: 'much', if: 'sizes > 8' }] } },
      { amount: '12.00', when: 'answered_well' },
      { 'true-up': { of: ['each_visit'], to: '25.00' } },
    ),
  )
  .map(([every, prorate, words]): PlainMap => ({ every, prorate, billed: 'in-arrears', ...words }))

function tiers() {
  return [
    { 'up-to': '3', rate: '2.00' },
    { 'up-to': '7', rate: '1.50', amount: '5.00' },
    { rate: '0.99' },
  ]
}
function bands() {
  return [
    { below: '2', amount: '9.00' },
    { from: '2', 'up-to': '6', rate: '1.11' },
    { above: '6', amount: '0.01' },
  ]
}

/** Of days there would be more than the 120 periods to which reasons reach back. */
const anyRising = fc
  .tuple(fc.constantFrom('week', 'month', 'quarter', 'agreement-month'), anyProration)
  .map(
    ([every, prorate]): PlainMap => ({
      ...{ every, prorate, billed: 'in-arrears', measure: 'sizes', rate: '2.50' },
      rise: { 'at-most': '10%', 'at-least': '-20%' },
    }),
  )

const anyCharge = fc.oneof(anyFixed, anyOfEvents, anyMeasured, anyRising)
const anyCredit = fc.constantFrom<PlainMap>(
  { per: 'agreement', of: 'charge_0', share: '10%' },
  { per: 'quarter', amount: '3.33' },
  { each: 'visit', amount: '0.50' },
  { each: 'reply', of: 'each_visit', share: '50%', 'issued-above': '0.10' },
  { per: 'month', amount: '2.22', claim: { fact: 'claimed', within: '40 days' } },
  { each: 'visit', amount: '1.11', claim: { fact: 'claimed', within: '9 days' } },
  { per: 'month', measure: 'sizes', bands: bands() },
)

/** Several that give back of one charge together come to more than it. */
const anyShare = fc.constantFrom('35%', '60%', '100%')
const anyCredits = fc.oneof(
  fc.option(anyCredit, { nil: undefined }).map((one) => (one ? [one] : [])),
  fc.array(
    fc.oneof(
      anyShare.map((share): PlainMap => ({ per: 'agreement', of: 'charge_0', share })),
      fc
        .tuple(fc.constantFrom('month', 'quarter', 'agreement', 'once'), anyShare)
        .map(([per, share]): PlainMap => ({ per, of: 'steady', share })),
      fc
        .tuple(fc.constantFrom('visit', 'session', 'reply'), anyShare)
        .map(([each, share]): PlainMap => ({ each, of: 'steady', share })),
      fc
        .tuple(fc.constantFrom('visit', 'reply', 'session', 'answer.missed'), anyShare)
        .map(([each, share]): PlainMap => ({ each, of: 'charge_0', share })),
      fc
        .tuple(fc.constantFrom('reply', 'visit'), anyShare)
        .map(([each, share]): PlainMap => ({ each, of: 'each_visit', share })),
      fc.constantFrom<PlainMap>(
        { each: 'reply', of: 'each_visit', measure: 'visits', rate: '40%' },
        { each: 'visit', of: 'each_visit', share: '80%', limit: { times: '2', per: 'month' } },
        {
          each: 'visit',
          of: 'each_visit',
          share: '70%',
          claim: { fact: 'claimed', within: '9 days' },
        },
      ),
    ),
    { minLength: 2, maxLength: 4 },
  ),
)

const shared = `policies: { ends: with-the-day }, periods: { night: { day-from: 15:00, until: 12:00 } },
  facts: { visit: { shape: event, has: { size: number } }, session: { shape: interval }, reply: { shape: event },
    claimed: { shape: event }, notice: { shape: event } },
  agreed: { moving: money },
  measures: { sizes: { sum: visit, value: visit.size }, time_there: { time: session, in: minutes },
    sizes_so_far: { sum: visit, value: visit.size, per: so-far-month }, replies: { count: reply }, visits: { count: visit, per: month },
    answered_well: { formula: sizes < 2 || replies > 0 } }`
const steady = { charge: { every: 'month', amount: '10.01', prorate: daily, billed: 'in-arrears' } }
const always: PlainMap = {
  each_visit: { charge: { each: 'visit', amount: '1.00' } },
  answer: { duty: { who: 'consumer', start: 'visit', stop: 'reply', within: '6 days' } },
  much: {
    target: { measure: 'sizes', 'at-most': '9', per: 'month', 'evaluated-by': 'both' },
  },
  leaving: {
    transition: {
      of: 'agreement',
      on: 'notice',
      'takes-effect': { within: '30 days' },
      right: 'ended',
    },
  },
}

const anyFact = fc.record({
  kind: fc.constantFrom(
    ...(['visit', 'visit', 'visit', 'session', 'session', 'session'] as const),
    ...(['reply', 'claimed', 'notice'] as const),
  ),
  at: fc.integer({ min: 0, max: 600 * 24 * 60 }),
  length: fc.integer({ min: 0, max: 3000 }),
  size: fc.integer({ min: 0, max: 6 }),
  /** Which of the facts before it is spoken of. */
  of: fc.nat(7),
})
type Drawn = typeof anyFact extends fc.Arbitrary<infer Of> ? Of : never

function factOf({ kind, at, length, size, of }: Drawn, place: number, from: number): Fact {
  const instant = from - 50 * 86_400_000 + at * 60_000
  const about = `subject_${kind === 'reply' || kind === 'claimed' ? of : place}`
  const values = kind === 'visit' ? { about, size: Exact.whole(size) } : { about }
  const known = { id: `fact_${place}`, at: instant, recorded: instant + length * 60_000, about }
  return kind === 'session'
    ? { ...known, kind, shape: 'interval', to: instant + length * 60_000, values }
    : { ...known, kind, shape: 'event', values }
}

/** A random offering under a random agreement, with facts at random instants. */
export const anyContract: fc.Arbitrary<Signed> = fc
  .record({
    zone: fc.constantFrom(...zones),
    charges: fc.array(anyCharge, { minLength: 1, maxLength: 4 }),
    credits: anyCredits,
    start: fc.oneof(
      fc.constantFrom(
        '2024-01-31T00:00',
        '2024-02-29T12:00',
        '2023-12-31T23:30',
        '2024-03-10T02:30',
        '2024-01-01T00:00',
      ),
      fc
        .integer({ min: 0, max: 366 * 48 })
        .map((half) =>
          new Date(Date.UTC(2023, 9, 1) + half * 1_800_000).toISOString().slice(0, 16),
        ),
    ),
    days: fc.integer({ min: 1, max: 500 }),
    facts: fc.array(anyFact, { maxLength: 8 }),
  })
  .map(({ zone, charges, credits, start, days, facts }) => {
    const terms = {
      ...always,
      ...(credits.some(({ of }) => of === 'steady') && { steady }),
      ...Object.fromEntries(charges.map((charge, place) => [`charge_${place}`, { charge }])),
      ...Object.fromEntries(credits.map((credit, place) => [`credit_${place}`, { credit }])),
    }
    const from = parseInstant(start, zone) ?? 0
    const end = localText(from + days * 86_400_000, zone)
    const made = signed({ ...offering(`{ zone: ${zone}, ${shared} }`), terms } as PlainMap, {
      period: `${start} to ${end}`,
      agreed: { moving },
    })
    const read = facts.map((fact, place) => factOf(fact, place, from))
    const told = { zone, period: `${start} to ${end}`, terms, facts: read.map(factText) }
    return {
      ...answering(made.agreement, read),
      // What fast-check says of a contract that breaks a law.
      [fc.toStringMethod]: () => JSON.stringify(told, undefined, 1),
    }
  })

const factText = ({ kind, id, about, at, to, values }: Fact) =>
  [
    kind,
    id,
    about,
    utcText(at),
    to === undefined ? '' : utcText(to),
    String(values['size'] instanceof Exact ? values['size'].text : ''),
  ].join(' ')

/** What tells one line of a bill from another. */
export const lineKey = ({ clause, service, event, billed, posted, payer }: Line) =>
  `${clause} ${payer} ${service?.start ?? event?.fact.id} ${billed} ${valueText(posted.value)}`
