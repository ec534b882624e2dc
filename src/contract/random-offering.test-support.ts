import fc from 'fast-check'
import { offering } from './contract.test-support.ts'
import type { PlainMap } from './document/document.ts'

/** Terms that nobody wrote: words of charges and credits beside each other, as far as they may stand so. */

type Terms = { readonly [id: string]: PlainMap }

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
export const moving = [
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
  fc
    .tuple(cents, fc.constantFrom('month', 'past 20 days', '20 days from first'))
    .map(([amount, per]): PlainMap => ({ each: 'visit', amount, limit: { times: '2', per } })),
  cents.map(
    (amount): PlainMap => ({
      each: 'visit',
      amount,
      limit: { amount: 'visit.size > 3 ? 2.00 : 5.00', per: 'month' },
    }),
  ),
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
  fc.tuple(cents, fc.constantFrom('day', '24 hours', '7 hours', 'night')).map(
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
  cents.map((rate): PlainMap => ({ each: 'session', measure: 'seen_in_it', rate })),
  cents.map((amount): PlainMap => ({ each: 'leave.met', amount })),
  cents.map((amount): PlainMap => ({ each: 'leave.missed', amount })),
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
      { measure: 'largest_two', rate: '1.13' },
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

/** What a revision charges instead is known when it begins. */
const anyOther = inItsWords('charge', fc.oneof(anyFixed, anyOfEvents))

/** Of each subject or room; what is measured of one is of its month. */
const anyForEach = fc
  .tuple(
    fc.oneof(
      fc.constantFrom<PlainMap>(
        { 'for-each': 'session', measure: 'own_time', rate: '0.07', maximum: '50.00' },
        { 'for-each': 'visit', measure: 'own_sizes', rate: '1.50', included: '2' },
        { 'for-each': 'visit', amount: '2.22', when: 'own_sizes > 3' },
        { 'for-each': 'visit.room', measure: 'of_room', rate: '1.11', minimum: '3.00' },
        { measure: 'longest_of_one', rate: '0.03' },
      ),
      fc
        .tuple(
          anyPeriod.filter((period) => !['month from used', 'night'].includes(period)),
          fc.constantFrom('session', 'visit', 'visit.room'),
        )
        .map(([every, each]): PlainMap => ({ every, 'for-each': each, amount: '3.33' })),
    ),
    anyProration,
  )
  .map(
    ([words, prorate]): PlainMap => ({ every: 'month', prorate, billed: 'in-arrears', ...words }),
  )

const anyCharge = inItsWords(
  'charge',
  fc.oneof(anyFixed, anyOfEvents, anyMeasured, anyRising, anyForEach),
)
const anyCredit = fc.constantFrom<PlainMap>(
  { per: 'agreement', of: 'charge_0', share: '10%' },
  { per: 'quarter', amount: '3.33' },
  { each: 'visit', amount: '0.50' },
  { each: 'reply', of: 'each_visit', share: '50%', 'issued-above': '0.10' },
  { per: 'month', amount: '2.22', claim: { fact: 'claimed', within: '40 days' } },
  { each: 'visit', amount: '1.11', claim: { fact: 'claimed', within: '9 days' } },
  { per: 'month', measure: 'sizes', bands: bands() },
  { each: 'leave.met', of: 'each_visit', share: '50%' },
  { per: 'month', 'for-each': 'session', measure: 'own_time', rate: '0.01' },
  {
    per: 'month',
    'for-each': 'visit',
    amount: '0.77',
    claim: { fact: 'claimed', within: '40 days' },
  },
)

/** Several that give back of one charge together come to more than it. */
const anyShare = fc.constantFrom('35%', '60%', '100%')
const anyOfSeveral = fc.oneof(
  anyShare.map((share): PlainMap => ({ per: 'agreement', of: 'charge_0', share })),
  anyShare.map((share): PlainMap => ({ per: 'month', of: 'changing', share })),
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
    .tuple(fc.constantFrom('reply', 'visit', 'leave.met'), anyShare)
    .map(([each, share]): PlainMap => ({ each, of: 'each_visit', share })),
  anyShare.map((share): PlainMap => ({ per: 'month', 'for-each': 'session', of: 'hired', share })),
  fc.constantFrom<PlainMap>(
    { each: 'session', of: 'hired', share: '80%' },
    { each: 'reply', of: 'each_visit', measure: 'visits', rate: '40%' },
    { each: 'visit', of: 'each_visit', share: '80%', limit: { times: '2', per: 'month' } },
    { each: 'visit', of: 'each_visit', share: '70%', claim: { fact: 'claimed', within: '9 days' } },
  ),
)
const anyCredits = fc.oneof(
  fc.array(inItsWords('credit', anyCredit), { maxLength: 1 }),
  fc.array(inItsWords('credit', anyOfSeveral), { minLength: 2, maxLength: 4 }),
)

/** Rounded by itself, or surviving the end, as any of them may be; what is due for a period ends with the agreement. */
function inItsWords(kind: 'charge' | 'credit', anyWords: fc.Arbitrary<PlainMap>) {
  const anyRounding = fc.constantFrom<PlainMap>(
    { to: '0.05', mode: 'half-up' },
    { to: '1', mode: 'up' },
    { to: '0.10', mode: 'down' },
  )
  return fc.tuple(anyWords, seldom(anyRounding), seldom(fc.constant('end'))).map(
    ([words, rounded, survives]): PlainMap => ({
      [kind]: { ...words, ...(rounded && { rounded }) },
      ...(survives && 'each' in words && { survives }),
    }),
  )
}

function seldom<Drawn>(any: fc.Arbitrary<Drawn>) {
  const none = fc.constant(undefined)
  return fc.oneof(none, none, none, any)
}

/** What a credit may be of, beside the charges of `always`. */
const creditable: Terms = {
  steady: { charge: { every: 'month', amount: '10.01', prorate: daily, billed: 'in-arrears' } },
  changing: {
    charge: {
      ...{ every: 'month', amount: 'moving', prorate: daily, billed: 'in-advance' },
      creditable: '55%',
      'on-change': { old: 'credit-unused', new: 'prorated' },
    },
  },
  hired: {
    charge: {
      every: 'month',
      'for-each': 'session',
      measure: 'own_time',
      rate: '0.02',
      prorate: 'no',
      billed: 'in-arrears',
    },
  },
}

/** Of several visits about the same, a condition says which of them begin one. */
function ofVisit(room: string): PlainMap {
  return { who: 'consumer', start: 'visit', when: `visit.room == "${room}"` }
}
const always: Terms = {
  each_visit: { charge: { each: 'visit', amount: '1.00' } },
  answer: {
    duty: {
      ...ofVisit('front'),
      stop: 'reply',
      within: '6 days',
      pauses: { facts: 'session', counted: 'around-the-clock', 'at-most': '2 days' },
    },
  },
  leave: {
    option: { ...ofVisit('back'), stop: 'claimed', 'lifted-by': 'reply', within: '20 days' },
  },
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

/** An offering with some of them, without its zone; and what a revision may say of its first charge. */
export const anyOffering: fc.Arbitrary<{ readonly words: PlainMap; readonly revised: PlainMap }> =
  fc
    .tuple(fc.array(anyCharge, { minLength: 1, maxLength: 4 }), anyCredits, anyOther)
    .map(([charges, credits, other]) => {
      const of = new Set(credits.map(({ credit }) => (credit as PlainMap)['of']))
      const terms: Terms = {
        ...always,
        ...Object.fromEntries(Object.entries(creditable).filter(([id]) => of.has(id))),
        ...Object.fromEntries(charges.map((charge, place) => [`charge_${place}`, charge])),
        ...Object.fromEntries(credits.map((credit, place) => [`credit_${place}`, credit])),
      }
      const words = { ...shared, terms }
      return { words, revised: { ...words, terms: { ...terms, charge_0: other } } }
    })

const shared =
  offering(`{ policies: { ends: with-the-day }, periods: { night: { day-from: 15:00, until: 12:00 } },
  facts: { visit: { shape: event, has: { size: number, room: [ front, back ] } }, session: { shape: interval }, reply: { shape: event },
    claimed: { shape: event }, notice: { shape: event } },
  agreed: { moving: money },
  measures: { sizes: { sum: visit, value: visit.size }, time_there: { time: session, in: minutes },
    sizes_so_far: { sum: visit, value: visit.size, per: so-far-month }, replies: { count: reply }, visits: { count: visit, per: month },
    answered_well: { formula: sizes < 2 || replies > 0 }, seen_in_it: { count: visit, per: this },
    largest_two: { sum: visit, value: visit.size, highest: 2 }, own_time: { time: session, about: same, per: month, in: minutes },
    own_sizes: { sum: visit, value: visit.size, about: same, per: month }, of_room: { sum: visit, value: visit.size, about: same, paired-by: room, per: month },
    longest_of_one: { max: own_time, for-each: session, per: month, missing: 0 } } }`)
