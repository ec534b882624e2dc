import { compileAgreement } from '../src/contract/agreement/agreement.ts'
import type { Agreement } from '../src/contract/agreement/revision.ts'
import type { Plain, PlainMap } from '../src/contract/document/document.ts'
import { Faults } from '../src/contract/document/fault.ts'
import type { Fact } from '../src/contract/fact/fact.ts'
import { readFacts } from '../src/contract/fact/read.ts'
import { type Period, utcText } from '../src/kernel/time.ts'

/** Contracts of any size that the engine’s bench asks. They are written in the words of the language, as an author’s are. */

const head = {
  language: '1',
  kind: 'offering',
  id: 'measured',
  version: '1',
  title: 'Measured',
  currency: 'EUR',
  zone: 'Europe/Lisbon',
  rounding: { to: '0.01', mode: 'half-up' },
  policies: { prorate: 'no', billed: 'in-arrears' },
  users: ['guest', 'member'],
}

/** Ten kinds of clause, over and over: each new ten has its own components, facts, measures and clauses. */
export function manyClauses(clauses: number): PlainMap {
  const tens = Array.from({ length: Math.ceil(clauses / 10) }, (_, place) => ten(place))
  const together = <Part>(part: (one: ReturnType<typeof ten>) => Part) =>
    Object.assign({}, ...tens.map(part))
  return {
    ...head,
    facts: together(({ facts }) => facts),
    agreed: together(({ agreed }) => agreed),
    calendars: { staffed: { hours: { 'mon-fri': '08:00-18:00' } } },
    components: tens.flatMap(({ components }) => components),
    measures: together(({ measures }) => measures),
    terms: together(({ terms }) => terms),
  } as unknown as PlainMap
}

function ten(n: number) {
  return {
    facts: {
      [`used_${n}`]: { shape: 'event', has: { amount: 'number' } },
      [`down_${n}`]: { shape: 'interval', 'measured-by': 'provider' },
      [`asked_${n}`]: { shape: 'event' },
      [`answered_${n}`]: { shape: 'event' },
      [`lent_${n}`]: { shape: 'event', has: { urgent: 'truth' } },
      [`blocked_${n}`]: { shape: 'event' },
      [`freed_${n}`]: { shape: 'event' },
    },
    agreed: { [`fee_${n}`]: { type: 'money', default: '20.00' } },
    components: [{ access: `room_${n}`, title: 'room', for: 'guest' }],
    measures: {
      [`use_${n}`]: {
        sum: `used_${n}`,
        value: `used_${n}.amount`,
        where: `used_${n}.amount > 0.5`,
        per: 'month',
      },
      [`lendings_${n}`]: { count: `lent_${n}`, per: 'month' },
      [`outage_${n}`]: { time: `down_${n}`, per: 'month', in: 'minutes' },
      [`month_${n}`]: { time: 'period', per: 'month', in: 'minutes' },
      [`level_${n}`]: { formula: `1 - outage_${n} / month_${n}`, per: 'month' },
    },
    terms: {
      [`rent_${n}`]: {
        charge: { 'pays-for': `room_${n}`, every: 'month', amount: `fee_${n}` },
      },
      [`metered_${n}`]: {
        charge: { 'pays-for': `room_${n}`, every: 'month', measure: `use_${n}`, rate: '0.19' },
      },
      [`tiered_${n}`]: {
        charge: {
          every: 'month',
          measure: `use_${n}`,
          mode: 'graduated',
          tiers: [
            { 'up-to': '100', rate: '0.10' },
            { 'up-to': '500', rate: '0.08' },
            { rate: '0.05' },
          ],
        },
      },
      [`lending_${n}`]: {
        charge: {
          each: `lent_${n}`,
          amount: '5.00',
          'waived-when': { 'any-of': [{ id: `few_${n}`, if: `lendings_${n} <= 2` }] },
        },
      },
      [`urgent_${n}`]: {
        charge: { each: `lent_${n}`, when: `lent_${n}.urgent`, amount: '1.50' },
      },
      [`promise_${n}`]: { target: { measure: `level_${n}`, 'at-least': '99.9%', per: 'month' } },
      [`credit_${n}`]: {
        credit: {
          per: 'month',
          measure: `level_${n}`,
          of: `rent_${n}`,
          bands: [
            { from: '99%', below: '99.9%', share: '10%' },
            { below: '99%', share: '25%' },
          ],
        },
      },
      [`answer_${n}`]: {
        target: {
          of: `room_${n}`,
          start: `asked_${n}`,
          stop: `answered_${n}`,
          within: '4 hours',
          clock: 'staffed',
        },
      },
      [`block_${n}`]: {
        transition: { of: `room_${n}`, on: `blocked_${n}`, right: 'suspended' },
      },
      [`free_${n}`]: { transition: { of: `room_${n}`, on: `freed_${n}`, right: 'restored' } },
    },
  }
}

/** A room that a guest may use: with conditions also only while it is not blocked, and thirty times a month. */
export function roomToUse(conditions: 'without conditions' | 'with conditions'): PlainMap {
  const isFree = conditions === 'without conditions'
  return {
    ...head,
    facts: { blocked: { shape: 'event' }, freed: { shape: 'event' } },
    components: [{ access: 'room', title: 'room', for: 'guest' }],
    measures: { uses: { count: 'used', per: 'month' } },
    terms: isFree
      ? { rent: { charge: { 'pays-for': 'room', every: 'month', amount: '20.00' } } }
      : {
          block: { transition: { of: 'room', on: 'blocked', right: 'suspended' } },
          free: { transition: { of: 'room', on: 'freed', right: 'restored' } },
          often: {
            limit: { of: 'room', measure: 'uses', 'at-most': '30', 'if-exceeded': 'refuse' },
          },
        },
  } as unknown as PlainMap
}

/** So many meters, each charged monthly for what it counted. */
export function meters(count: number, conditions: 'all readings' | 'readings chosen'): PlainMap {
  const all = Array.from({ length: count }, (_, n) => n)
  const chosen = (n: number) =>
    conditions === 'all readings' ? {} : { where: `counted_${n}.amount > 0.5` }
  return {
    ...head,
    facts: Object.fromEntries(
      all.map((n) => [`counted_${n}`, { shape: 'event', has: { amount: 'number' } }]),
    ),
    measures: Object.fromEntries(
      all.map((n) => [
        `use_${n}`,
        { sum: `counted_${n}`, value: `counted_${n}.amount`, ...chosen(n), per: 'month' },
      ]),
    ),
    terms: Object.fromEntries(
      all.map((n) => [
        `use_of_${n}`,
        { charge: { every: 'month', measure: `use_${n}`, rate: '0.19' } },
      ]),
    ),
  } as unknown as PlainMap
}

/** One level from minutes that were up, packed by day. */
export const levelByDay = {
  ...head,
  facts: {
    minutes_up: { shape: 'event', 'measured-by': 'provider', has: { up: 'number', of: 'number' } },
  },
  measures: {
    up: { sum: 'minutes_up', value: 'minutes_up.up', per: 'year' },
    all: { sum: 'minutes_up', value: 'minutes_up.of', per: 'year' },
    level: { formula: 'up / all', per: 'year' },
  },
  terms: { promise: { target: { measure: 'level', 'at-least': '99.9%', per: 'year' } } },
} as unknown as PlainMap

/** The first hundred uses of a year are free. */
export const untilNow = {
  ...head,
  measures: { uses: { count: 'used', per: 'so-far-year' } },
  terms: { use: { charge: { each: 'used', when: 'uses > 100', amount: '0.50' } } },
} as unknown as PlainMap

export function agreementOf(offering: PlainMap, period: Period): Agreement {
  const first = { from: period.start, offering, agreed: {}, deviations: [] }
  const { agreement, faults } = compileAgreement(period, [first])
  if (!agreement) throw new Error(faults.map(({ pointer, words }) => `${pointer} ${words}`).join())
  return agreement
}

/** So many facts of a kind at even distances, as they are recorded: in words, with an instant in UTC. */
export function evenly(
  kind: string,
  count: number,
  { within, says }: { within: Period; says: (place: number) => Record<string, string> },
): Plain[] {
  const step = (within.end - within.start) / count
  return Array.from({ length: count }, (_, place) => ({
    [kind]: { at: utcText(Math.floor(within.start + (place + 0.5) * step)), ...says(place) },
  }))
}

export function factsOf(written: readonly Plain[], agreement: Agreement): Fact[] {
  const faults = new Faults()
  const { factKinds } = agreement.revisions[0]?.contract ?? { factKinds: new Map() }
  const facts = readFacts(written, factKinds, { zone: agreement.frame.zone, faults, under: [] })
  if (!faults.none) throw new Error(faults.list[0]?.words)
  return facts
}
