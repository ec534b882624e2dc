import { describe, expect, test } from 'vitest'
import { plain, type Signed, signed } from './contract.test-support.ts'
import { reasonsOf } from './explanation/reason.ts'
import type { Fact } from './fact/fact.ts'
import type { Question } from './question/form.ts'
import { QuestionRefused } from './question-refused.ts'
import { joinedUnknown, unknown, valueText } from './value.ts'
import { answerWorkMax, spend, withinWork } from './work.ts'

/** How much one question may be, where others wait for its answer. */

const text = `
policies: { prorate: no, billed: in-arrears, ends: with-the-day }
components: [ { access: desk, title: Desk, for: member } ]
users: [ member ]
facts: { cleaned: { shape: event }, used_up: { shape: event, has: { amount: number } } }
calendars: { seldom: { hours: { mon: 09:00-09:01 } } }
measures:
  quarter: { time: period, per: 15 minutes, in: minutes }
  quarters: { sum: quarter, per: agreement }
  use: { sum: used_up, value: used_up.amount, per: day, missing: 0 }
  left: { formula: before + 1 - use, per: day }
  before: { previous: left, per: day, initially: 0 }
terms:
  fee: { charge: { pays-for: desk, amount: 12.00, every: day } }
  carried: { charge: { pays-for: desk, measure: left, rate: 1.00, every: day } }
  clean: { duty: { who: provider, start: day, stop: cleaned, within: 8 hours, clock: always } }
  slow: { duty: { who: provider, start: day, stop: cleaned, within: 1 hours, clock: seldom } }
  late: { charge: { each: clean.missed, amount: 5.00 } }
  leaving: { transition: { of: desk, on: [ clean.missed ], right: suspended } }
`
const millennium = signed(text, {
  period: '2026-05-12T00:00 to 2999-01-01T00:00',
  facts: '[ { cleaned: { id: one, about: desk, at: 2026-05-12T09:00 } } ]',
})
const ask = (question: object, most = answerWorkMax, { ask }: Signed = millennium) =>
  withinWork(most, () => ask(question as Question))
const refused = (find: () => unknown) => {
  try {
    find()
    return 'nothing was refused'
  } catch (error) {
    return error instanceof QuestionRefused ? error.name : String(error)
  }
}

describe('what is more work than one answer may be is refused by its name', () => {
  test.for<[what: string, question: string]>([
    ['a bill of a century of days', '{ bill: 2026-05-12 to 2126-01-01 }'],
    ['a bill of all', '{ bill: 2026-05-12 to 2999-01-01 }'],
    ['a charge of all', '{ value: fee, in: 2026-05-12 to 2999-01-01 }'],
    ['an exposure of all', '{ exposure: 2026-05-12 to 2999-01-01 }'],
    ['a measure that carries over, at the end', '{ value: left, in: 2998-12-31 }'],
    ['a measure of many others', '{ value: quarters, in: 2026, at: 2999-01-01 }'],
    ['what is missed each day', '{ bill: 2998-05, at: 2999-01-01 }'],
    ['one of the duties of all days', '{ met: clean, in: 2026-05-13, at: 2998-01-01 }'],
    ['the hours of a calendar', '{ met: slow, in: 2026-05-13, at: 2028-01-01 }'],
    ['all duties', '{ duties: both, in: 2026-05-12 to 2999-01-01, at: 2999-01-01 }'],
    ['a right that each day may change', '{ may: desk, user: member, at: 2998-01-01 }'],
    ['who owns it by then', '{ whose: desk, at: 2998-01-01 }'],
    ['what ends it would post', '{ remedy: 2026-05-12 to 2999-01-01, at: 2999-01-01 }'],
  ])('%s', ([, question]) => {
    const before = process.cpuUsage()
    expect(refused(() => ask(plain(question) as object))).toBe('question_too_large')
    const { user } = process.cpuUsage(before)
    // Ten times what it takes: the machines that run this are slower than those that serve.
    expect(user / 1_000_000).toBeLessThan(5)
  })
})

describe('what is not too much', () => {
  test('different values are counted in one go through them, not each beside all others', () => {
    const { ask } = signed(`
facts: { visit: { shape: event, has: { who: text } } }
measures: { visitors: { unique: visit, value: visit.who, per: year } }
`)
    const visits = Array.from({ length: 40_000 }, (_, place): Fact => {
      const at = Date.UTC(2024, 0, 2) + place * 60_000
      const values = { who: `person_${place}` }
      return {
        ...{ id: `visit_${place}`, kind: 'visit', shape: 'event' },
        at,
        recorded: at,
        values,
      }
    })
    const before = process.cpuUsage()
    const { derivation } = withinWork(answerWorkMax, () =>
      ask({ value: 'visitors', in: '2024' }, visits),
    )
    expect(valueText(derivation.value)).toBe('40000')
    const { user } = process.cpuUsage(before)
    expect(user / 1_000_000).toBeLessThan(3)
  })

  test('a long agreement answers for its months as a short one does', () => {
    expect(ask({ value: 'fee', in: '2090-05' }).lines).toHaveLength(31)
  })

  test('a month of 3,000 orders is one bill', () => {
    const orders = Array.from(
      { length: 3000 },
      (_, place) => `{ used_up: { id: use_${place}, at: 2026-06-02T10:00, amount: 2 } }`,
    )
    const many = signed(
      `
facts: { used_up: { shape: event, has: { amount: number } } }
terms: { each_use: { charge: { each: used_up, measure: used_up.amount, rate: 0.50 } } }
`,
      { period: '2026-05-12T00:00 to 2999-01-01T00:00', facts: `[ ${orders.join(', ')} ]` },
    )
    expect(ask({ bill: '2026-06' }, answerWorkMax, many).lines).toHaveLength(3000)
  })

  test('not what is said of a thousand events under one limit: each fact is gone through once', () => {
    const start = Date.UTC(2026, 0, 1)
    const rides = Array.from(
      { length: 1000 },
      (_, place) => `{ ride: { at: ${new Date(start + 3_600_000 * place).toISOString()} } }`,
    )
    const shop = signed(
      `{ facts: { ride: { shape: event } },
         terms: { fare: { charge: { each: ride, amount: 1.20, limit: { times: 5000, per: year } } } } }`,
      { period: '2026-01-01T00:00 to 2027-01-01T00:00', facts: `[ ${rides.join(', ')} ]` },
    )
    const [reason] = withinWork(answerWorkMax, () =>
      reasonsOf(
        shop.ask({ value: 'fare', in: '2026' }),
        { zone: 'Europe/Lisbon', currency: 'EUR', decimals: 2 },
        (clause) => ({ number: '1', text: clause }),
      ),
    )
    expect(reason?.facts).toHaveLength(1000)
  })

  test('without a bound everything is answered', () => {
    const { lines = [] } = millennium.ask({ value: 'fee', in: '2026-05-12 to 2126-01-01' })
    expect(lines.length).toBe(36_393)
  })
})

describe('what is many is no fault of the program', () => {
  test('an exposure of 150,000 lines has a ceiling', () => {
    const slots = signed(
      `
policies: { prorate: no, billed: in-arrears, ends: with-the-day }
terms: { slot: { charge: { amount: 0.25, every: 15 minutes } } }
`,
      { period: '2026-01-01T00:00 to 2030-06-01T00:00' },
    )
    const { lines = [], figures } = slots.ask({ exposure: 'agreement', at: '2026-01-01' })
    expect(lines.length).toBeGreaterThan(150_000)
    expect(figures?.['ceiling']?.from).toHaveLength(lines.length)
  })

  test('200,000 facts that are missing are one unknown', () => {
    const missing = Array.from({ length: 200_000 }, (_, place) => unknown(`fact ${place}`))
    expect(joinedUnknown(missing).missing).toHaveLength(200_000)
  })
})

describe('a bound', () => {
  test('decides the same again, whatever was found before', () => {
    const question = { value: 'fee', in: '2030' }
    const least = [...Array(13)].reduce<{ low: number; high: number }>(
      ({ low, high }) => {
        const most = Math.floor((low + high) / 2)
        const isEnough = refused(() => ask(question, most)) === 'nothing was refused'
        return isEnough ? { low, high: most } : { low: most, high }
      },
      { low: 0, high: 20_000 },
    ).high
    for (const _ of [1, 2, 3]) expect(refused(() => ask(question, least + 3))).toContain('nothing')
    for (const _ of [1, 2, 3]) expect(refused(() => ask(question, least - 3))).toContain('large')
  })

  test('within another is part of it, and is over when it is over', () => {
    const inner = () => withinWork(10, () => spend(8))
    expect(refused(() => withinWork(20, () => [inner(), inner()]))).toBe('nothing was refused')
    expect(refused(() => withinWork(20, () => [inner(), inner(), inner()]))).toBe(
      'question_too_large',
    )
    expect(refused(() => withinWork(20, () => withinWork(100, () => spend(30))))).toBe(
      'question_too_large',
    )
    expect(refused(() => spend(1_000_000))).toBe('nothing was refused')
  })
})
