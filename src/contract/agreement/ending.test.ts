import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Exact } from '../../kernel/exact.ts'
import { type Instant, localText, parseInstant } from '../../kernel/time.ts'
import { answering, signed } from '../contract.test-support.ts'
import { evaluate, nodes } from '../derivation.ts'
import { stepText } from '../explanation/step.ts'
import type { Fact } from '../fact/fact.ts'
import type { Question } from '../question/form.ts'
import { sameValue, valueText } from '../value.ts'

/** What counts is what happens until the agreement ends, whether that was agreed or comes early. */

const zone = 'Europe/Lisbon'
const speaking = { zone, currency: 'EUR', decimals: 2 }
const words = (term = '') => `
facts:
  bought: { shape: event, has: { units: number } }
  visit: { shape: interval }
  level: { shape: state, has: { seats: number } }
  late_fee_set: { shape: event, has: { fee: money } }
calendars: { office: { hours: { mon-fri: 09:00-17:00 } } }
measures:
  sum_of: { sum: bought, value: bought.units, per: month }
  count_of: { count: bought, per: month }
  count_where: { count: bought, where: bought.units > 4, per: month }
  least: { min: bought, value: bought.units, per: month, missing: 0 }
  most: { max: bought, value: bought.units, per: month, missing: 0 }
  mean: { average: bought, value: bought.units, per: month, missing: 0 }
  first_of: { first: bought, value: bought.units, per: month, missing: 0 }
  last_of: { last: bought, value: bought.units, per: month, missing: 0 }
  subjects: { unique: bought, value: bought.units, per: month }
  ninety: { percentile: bought, value: bought.units, rank: 90%, per: month, missing: 0 }
  run: { longest-run: bought, where: bought.units > 2, per: month }
  within_agreement: { sum: bought, value: bought.units, per: agreement }
  in_period: { sum: bought, value: bought.units }
  last_level: { last: level, value: level.seats, per: month, missing: 0 }
  most_seats: { max: level, value: level.seats, per: month, missing: 0 }
  seats_at_end: { sum: level, value: level.seats, as-of: period-end, per: month, missing: 0 }
  seats_at_start: { sum: level, value: level.seats, as-of: period-start, per: month, missing: 0 }
  hours_of: { time: visit, per: month, in: hours }
  open_hours: { time: visit, per: month, in: hours, calendar: office }
  hours_at: { time: level, where: level.seats > 3, per: month, in: hours }
  all_hours: { time: period, per: month, in: hours }
  up: { time: period, per: month, in: hours, except: { facts: [ visit ] } }
  overdue: { time: pay, per: month, in: days }
  daily: { sum: bought, value: bought.units, per: day }
  best_day: { max: daily, per: month }
  of_days: { sum: daily, per: month }
  days_bought: { count: daily, where: daily > 0, per: month }
  quarterly: { sum: sum_of, per: quarter }
  past_months: { sum: sum_of, per: past 2 months }
  before: { previous: left, per: month, initially: 0 }
  left: { formula: "max(before + 10 - sum_of, 0)", per: month }
  share_up: { formula: "all_hours > 0 ? up / all_hours : 1", per: month }
  priced: { scale: { measure: sum_of, tiers: [ { up-to: 5, rate: 1.00 }, { rate: 0.50 } ], mode: graduated } }
  parted: { split: { of: sum_of, among: { a: 1, b: 2 }, remainder: first } }
  missed: { count: pay.missed, per: month }
  spent: { sum: each_bought, per: month }
  rebated: { sum: monthly, per: month }
  so_far: { sum: bought, value: bought.units, per: so-far-month }
terms: ${term}
  pay: { duty: { who: consumer, start: invoiced, stop: paid, within: 3 days, ends: with-the-day } }
  each_bought: { charge: { each: bought, measure: so_far, rate: 1.00 } }
  monthly: { charge: { every: month, measure: sum_of, rate: 1.00 } }
  monthly_days: { charge: { every: month, measure: of_days, rate: 1.00 } }
  waived: { charge: { every: month, amount: 5.00, waived-when: { any-of: [ { id: much, if: count_of > 2 } ] } } }
  fixed: { charge: { every: month, amount: 31.00, prorate: { by: days, of: actual } } }
  uptime: { credit: { per: month, of: monthly, measure: share_up, bands: [ { from: 99%, share: 0% }, { below: 99%, share: 10% } ] } }
  kept_up: { target: { measure: share_up, at-least: 90%, per: month, evaluated-by: provider } }
  few: { target: { measure: count_of, at-most: 3, per: month, evaluated-by: provider } }
policies: { prorate: no, billed: in-arrears }
`
const leaving = `
  off_hire: { transition: { of: agreement, on: notice_given, right: ended } }`
const start = '2024-01-10T08:00'
const from = parseInstant(start, zone) ?? 0
const minute = 60_000
const halfYear = 182 * 24 * 60

const months = ['2024-01', '2024-02', '2024-03', '2024-04', '2024-05', '2024-06', '2024-07']
const { measures, terms } = (() => {
  const { contract } = signed(words()).agreement.revisions[0] ?? {}
  const named = (map: object | undefined) => Object.keys(map ?? {})
  return { measures: named(contract?.words.measures), terms: named(contract?.words.terms) }
})()

/** Every measure, charge, credit and level of the months until the end, that with the end among them. */
function questionsUntil(last: string): Question[] {
  const asked = months.filter((month) => month <= last.slice(0, 7))
  const levels = ['kept_up', 'few']
  const values = [...measures, ...terms].filter(
    (name) => ![...levels, 'daily', 'quarterly', 'so_far', 'pay'].includes(name),
  )
  const ofMonths = asked.flatMap((month): Question[] => [
    ...values.map((value) => ({ value, in: month })),
    ...levels.map((level) => ({ level, in: month })),
    { value: 'quarterly', in: `2024-Q${Math.ceil(Number(month.slice(5)) / 3)}` },
    { bill: month },
  ])
  return [...ofMonths, { value: 'daily', in: last.slice(0, 10) }]
}

/** Every measure at the end for the first fact before it, which may come before the start. */
function questionsFor(facts: readonly Fact[], end: Instant): Question[] {
  const [first] = facts.filter(({ at }) => at < end).sort((one, other) => one.at - other.at)
  const at = localText(end, zone)
  return first ? measures.map((value) => ({ value, for: first.id, at })) : []
}

const anyFact = fc.record({
  kind: fc.constantFrom('bought', 'visit', 'level', 'invoiced', 'paid'),
  at: fc.integer({ min: -10_000, max: halfYear }),
  length: fc.integer({ min: 1, max: 9_000 }),
  units: fc.integer({ min: 0, max: 9 }),
})

const factOf = (
  { kind, at, length, units }: { kind: string; at: number; length: number; units: number },
  place: number,
): Fact => {
  const instant = from + at * minute
  const told = { id: `fact_${place}`, kind, at: instant, recorded: instant + length * minute }
  const many = Exact.whole(units)
  if (kind === 'visit')
    return { ...told, shape: 'interval', to: instant + length * minute, values: {} }
  if (kind === 'level')
    return { ...told, shape: 'state', about: `one_${units % 2}`, values: { seats: many } }
  if (kind === 'bought') return { ...told, shape: 'event', values: { units: many } }
  return { ...told, shape: 'event', about: `invoice_${units}`, values: {} }
}

const noticeAt = (at: Instant): Fact => ({
  ...{ id: 'notice', kind: 'notice_given', shape: 'event', at, recorded: at, values: {} },
})

describe('an end that comes early cuts what an agreed end cuts', () => {
  const early = signed(words(leaving), { period: `${start} to 2026-01-01` })

  test('every measure, charge, credit and level, over random facts', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(
        fc.array(anyFact, { minLength: 3, maxLength: 25 }),
        fc.integer({ min: 1, max: halfYear }),
        (some, length) => {
          const at = from + length * minute
          const end = localText(at, zone)
          const facts = some.map(factOf)
          const agreed = answering(
            signed(words(), { period: `${start} to ${end}` }).agreement,
            facts,
          )
          const ended = answering(early.agreement, [...facts, noticeAt(at)])
          const asked = [...questionsUntil(localText(at - 1, zone)), ...questionsFor(facts, at)]
          const differing = asked.filter((one) => ended.told(one) !== agreed.told(one))
          const said = differing.map((one) => [one, ended.told(one), agreed.told(one)])
          expect(said).toEqual([])
          for (const one of asked) {
            const { derivation } = ended.ask(one)
            expect(sameValue(evaluate(derivation), derivation.value)).toBe(true)
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('what is recorded after the end', () => {
  const base = (ending: string) => `
    facts: { damaged: { shape: event }, cleaned: { shape: interval }, sent_back: { shape: event, has: { why: [ done, moved ] } } }
    measures:
      damages: { count: damaged, per: so-far-month }
      of_month: { count: damaged, per: month }
      cleaning: { time: cleaned, per: month, in: hours }
      its_length: { time: this, in: hours }
    terms:
      lasting: { charge: { each: damaged, measure: damages, rate: 1.00 }, survives: end }
      lasting_of_month: { charge: { each: damaged, measure: of_month, rate: 1.00 }, survives: end }
      lasting_length: { charge: { each: cleaned, measure: its_length, rate: 1.00 }, survives: end }
      lasting_answer: { duty: { who: provider, start: damaged, stop: accepted, within: 'hours(damages)', clock: always }, survives: end }
      running: { charge: { each: damaged, measure: of_month, rate: 1.00 } }
      monthly: { charge: { every: month, measure: of_month, rate: 1.00, prorate: no, billed: in-arrears } }
      ${ending}`
  const back = 'sent_back: { id: back, at: 2024-05-14T12:00, why: done }'
  const moved = 'sent_back: { id: back, at: 2024-05-14T12:00, why: moved }'
  const happened = (...more: string[]) =>
    `[ ${[
      'damaged: { id: before, at: 2024-05-03T10:00 }',
      'damaged: { id: after, at: 2024-05-20T10:00 }',
      'damaged: { id: later, at: 2024-06-02T10:00 }',
      'cleaned: { id: wash, from: 2024-05-14T10:00, for: 5 hours }',
      'cleaned: { id: mop, from: 2024-05-21T10:00, for: 3 hours }',
      ...more,
    ].join(', ')} ]`
  const ends =
    'over: { transition: { of: agreement, on: sent_back, when: sent_back.why == "done", right: ended } }'
  const contracts = {
    agreed: signed(base(''), { period: '2024-01-01 to 2024-05-14T12:00', facts: happened() }),
    early: signed(base(ends), { facts: happened(back) }),
    'not ended': signed(base(ends), { facts: happened(moved) }),
  }

  test.for<[question: Question, cut: string, whole: string]>([
    [{ value: 'of_month', in: '2024-05' }, '1', '2'],
    [{ value: 'cleaning', in: '2024-05' }, '2', '8'],
    [{ value: 'monthly', in: '2024-05' }, '1', '2'],
    [{ value: 'running', for: 'before' }, '1', '2'],
    [{ value: 'running', for: 'after' }, 'nothing-due', '2'],
    [{ value: 'its_length', for: 'wash' }, '2', '5'],
    [{ value: 'lasting', for: 'before' }, '1', '1'],
    [{ value: 'lasting', for: 'after' }, '2', '2'],
    [{ value: 'lasting', for: 'later' }, '1', '1'],
    [{ value: 'lasting_of_month', for: 'before' }, '2', '2'],
    [{ value: 'lasting_of_month', for: 'after' }, '2', '2'],
    [{ value: 'lasting_length', for: 'wash' }, '5', '5'],
    [{ value: 'lasting_length', for: 'mop' }, '3', '3'],
    [{ due: 'lasting_answer', for: 'after' }, '2024-05-20T12:00', '2024-05-20T12:00'],
  ])('%j: %s once it has ended, %s while it goes on', ([question, cut, whole]) => {
    const told = Object.entries(contracts).map(([name, { told: tell }]) => [name, tell(question)])
    expect(told).toEqual([
      ['agreed', cut],
      ['early', cut],
      ['not ended', whole],
    ])
  })

  test('is in no measure of the time before, and why it is not is said', () => {
    const { derivation } = contracts.early.ask({ value: 'of_month', in: '2024-05' })
    const [first, second] = derivation.from
    expect([first, second].map((one) => one?.is.operation)).toEqual(['keep', 'keep'])
    expect(second?.is.from.map(({ is }) => is.value)[0]).toBe(false)
    const steps = [...nodes(derivation)].map((node) => stepText(node, speaking))
    expect(steps.filter((step) => step?.includes('the agreement ended'))).toEqual([
      '20 May 2024, 10:00 does not count: the agreement ended on 14 May 2024, 12:00',
    ])
    const moves = (fact: { id: string; field: string }) =>
      fact.id === 'back' && fact.field === 'why' ? 'moved' : undefined
    expect(valueText(evaluate(derivation, moves))).toBe('2')
  })
})

test('what is found while the end is sought is found anew once it is known', () => {
  const { bill } = signed(
    `{ policies: { billed: in-arrears, prorate: { by: days, of: actual } },
       measures: { charged: { sum: second, per: agreement } },
       terms: {
         first: { charge: { every: month, amount: 62.00 } },
         second: { charge: { every: month, amount: 31.00 } },
         over: { transition: { of: agreement, on: notice_given, when: charged > 1.00, right: ended } } } }`,
    { facts: '[ notice_given: { at: 2024-05-14T12:00 } ]' },
  )
  expect(bill('2024-05')).toEqual({ first: '28', second: '14' })
})

describe('what ends the agreement belongs to it', () => {
  const left = (facts: string, leaving = 'on: notice_given') =>
    signed(
      `{ policies: { prorate: no, billed: in-arrears, ends: with-the-day }, facts: { breach: { shape: event } },
         measures: { fees: { sum: fee, per: month } },
         terms: { leaving: { transition: { of: agreement, ${leaving}, right: ended } },
           fee: { charge: { each: notice_given, amount: 10.00 } },
           goodbye: { charge: { each: leaving, amount: 7.00 } },
           other: { charge: { each: breach, amount: 3.00 } },
           handing_back: { duty: { who: consumer, start: notice_given, stop: returned, within: 14 days } },
           late: { charge: { each: handing_back.missed, amount: 1.00 }, survives: end } } }`,
      { facts },
    )
  const notice = 'notice_given: { id: n, at: 2024-05-10T12:00 }'

  test('and what has the same instant and was recorded after it does not', () => {
    const made = left(`[ ${notice}, breach: { id: z, at: 2024-05-10T12:00 } ]`)
    expect(made.told({ value: 'fee', for: 'n' })).toBe('10')
    expect(made.told({ value: 'fees', in: '2024-05' })).toBe('10')
    expect(made.told({ value: 'other', for: 'z' })).toBe('nothing-due')
    expect(made.bill('2024-05')).toEqual({ fee: '10', goodbye: '7', late: '1' })
    const steps = nodes(made.ask({ value: 'fee', for: 'n' }).derivation)
    expect([...steps].map((node) => stepText(node, speaking))).toContain(
      'the agreement ends at that instant, and not before',
    )
  })

  test('so is a second notice too late, and one that its condition refuses no end', () => {
    const second = `${notice}, notice_given: { id: again, at: 2024-05-11T12:00 }`
    expect(left(`[ ${second} ]`).told({ value: 'fee', for: 'again' })).toBe('nothing-due')
    const never = left(`[ ${second} ]`, 'on: notice_given, when: 1 > 2')
    expect(never.told({ bill: '2024-05' })).toBe('22')
    const atTheEnd = left('[ notice_given: { id: n, at: 2025-01-01T00:00 } ]')
    expect(atTheEnd.told({ value: 'fee', for: 'n' })).toBe('nothing-due')
  })

  test('also where it takes effect later, and the end is asked for before', () => {
    const later = left(
      `[ ${notice} ]`,
      'on: notice_given, takes-effect: { by: { end-of: month, after: 1 } }',
    )
    expect(later.bill('2024-07')).toEqual({ goodbye: '7' })
    const asked = left('[]').ask({ end: 'agreement', at: '2024-05-10T12:00' })
    expect(asked.lines?.map(({ clause }) => clause).sort()).toEqual(['fee', 'goodbye'])
  })
})

describe('what happens at the instant of an early end, in the order in which it was recorded', () => {
  const at = 'at: 2024-05-20T10:00'
  const base = (leaving: string) => `{
    facts: { strike: { shape: event, has: { points: number } }, paid_in: { shape: event, has: { sum: number } }, balance: { shape: state, has: { held: number } } },
    policies: { prorate: no, billed: in-arrears, ends: with-the-day },
    measures: {
      of_month: { count: strike, per: month }, of_so_far: { count: strike, per: so-far-month },
      of_agreement: { count: strike, per: agreement }, of_past: { count: strike, per: past 90 days },
      points: { sum: strike, value: strike.points, per: past 90 days },
      daily: { count: strike, per: day }, best_day: { max: daily, per: month },
      own: { count: strike, about: same, per: month }, most: { max: own, for-each: strike, per: month },
      charged: { sum: fee, per: month }, over: { count: leaving, per: month },
      deposits: { sum: paid_in, per: month }, notices: { count: notice_given, per: month },
      last_held: { last: balance, per: month, missing: 0 }, held_then: { sum: balance, as-of: period-end, per: month } },
    terms: {
      leaving: { transition: { of: agreement, ${leaving}, right: ended } },
      fee: { charge: { each: strike, measure: of_past, rate: 1.00 } },
      third: { charge: { each: strike, when: of_so_far >= 3, amount: 50.00 } },
      by_paid: { charge: { each: paid_in, amount: 1.00 } },
      monthly: { charge: { every: month, measure: of_month, rate: 1.00 } } } }`
  const strikes =
    'strike: { id: s1, about: x, at: 2024-05-01T10:00, points: 1 }, strike: { id: s2, about: y, at: 2024-05-10T10:00, points: 2 }'
  const thirdStrike = signed(base('on: strike, when: of_so_far >= 3'), {
    facts: `[ ${strikes}, strike: { id: s3, about: y, ${at}, points: 4 }, strike: { id: s4, about: z, ${at}, points: 8 } ]`,
  })
  const atOnce = signed(base('on: notice_given'), {
    facts: `[ balance: { id: first, at: 2024-05-02T10:00, held: 5 }, paid_in: { id: a, ${at}, sum: 10 }, balance: { id: b, ${at}, held: 7 },
      notice_given: { id: n, ${at} }, notice_given: { id: o, ${at} }, paid_in: { id: p, ${at}, sum: 20 }, balance: { id: q, ${at}, held: 9 } ]`,
  })
  const later = signed(base('on: notice_given, takes-effect: { by: { end-of: month } }'), {
    facts: `[ notice_given: { id: n, ${at} }, paid_in: { id: a, at: 2024-06-01, sum: 10 } ]`,
  })

  test.for<[made: typeof later, question: Question, is: string]>([
    ...['of_month', 'of_so_far', 'of_agreement', 'of_past', 'fee'].map(
      (value): [typeof later, Question, string] => [thirdStrike, { value, for: 's3' }, '3'],
    ),
    [thirdStrike, { value: 'third', for: 's3' }, '50'],
    [thirdStrike, { value: 'third', for: 's4' }, 'nothing-due'],
    [thirdStrike, { value: 'points', for: 's3' }, '7'],
    [thirdStrike, { value: 'of_month', in: '2024-05' }, '3'],
    [thirdStrike, { value: 'monthly', in: '2024-05' }, '3'],
    [thirdStrike, { value: 'charged', in: '2024-05' }, '6'],
    [thirdStrike, { value: 'best_day', in: '2024-05' }, '1'],
    [thirdStrike, { value: 'most', in: '2024-05' }, '2'],
    [thirdStrike, { value: 'over', in: '2024-05' }, '1'],
    [atOnce, { value: 'deposits', in: '2024-05' }, '10'],
    [atOnce, { value: 'by_paid', for: 'a' }, '1'],
    [atOnce, { value: 'by_paid', for: 'p' }, 'nothing-due'],
    [atOnce, { value: 'notices', in: '2024-05' }, '1'],
    [atOnce, { value: 'last_held', in: '2024-05' }, '7'],
    [atOnce, { value: 'held_then', in: '2024-05' }, '7'],
    [later, { value: 'over', in: '2024-06' }, '1'],
    [later, { value: 'deposits', in: '2024-06' }, '0'],
    [later, { value: 'by_paid', for: 'a' }, 'nothing-due'],
  ])('$1 is $2', ([made, question, is]) => {
    const { derivation } = made.ask(question)
    expect(made.told(question)).toBe(is)
    expect(sameValue(evaluate(derivation), derivation.value)).toBe(true)
  })
})
