import { describe, expect, test } from 'vitest'
import { checkOffering } from '../agreement/agreement.ts'
import { faultsOf, faultText, offering, signed } from '../contract.test-support.ts'
import { evaluate } from '../derivation.ts'
import { printedContract } from '../prose/contract.ts'
import { sameValue } from '../value.ts'

/** What happens while an interval lasts: a period that falls as its fact says. */

const base = `{ policies: { prorate: no, billed: in-arrears },
  facts: {
    fee_period: { shape: interval },
    deposit: { shape: event, has: { amount: money } },
    balance: { shape: state, has: { amount: money } } },
  measures: {
    paid_in: { sum: deposit, per: this },
    own: { sum: deposit, about: same, per: this },
    lowest: { min: balance, per: this },
    at_end: { last: balance, per: this, as-of: period-end },
    time_below: { time: balance, where: balance.amount < 100, per: this, in: days },
    together: { formula: paid_in + lowest },
    long: { time: this, in: hours },
    lasted: { formula: long + 0, per: this },
    by_hour: { scale: { measure: long, rate: 0.50 }, per: this },
    day_count: { time: period, per: this, in: days },
    minute_count: { time: period, per: this, in: minutes },
    weekly: { scale: { measure: paid_in, rate: 1.00 } } },
  terms: {
    fee: { charge: { each: fee_period, amount: 10.00, when: paid_in < 500 } },
    by_week: { charge: { each: fee_period, in-parts-of: week, of: [ weekly ], share: 10%, maximum: 20.00 } } } }`
const facts = `[
  balance: { at: 2024-01-01T00:00, amount: 600 }, balance: { at: 2024-01-20T00:00, amount: 90 },
  balance: { at: 2024-01-22T00:00, amount: 700 }, balance: { at: 2024-03-09T00:00, amount: 10 },
  deposit: { about: b, at: 2024-01-20T00:00, amount: 500 }, deposit: { about: a, at: 2024-02-06T00:00, amount: 400 },
  deposit: { about: a, at: 2024-04-20T00:00, amount: 70 },
  fee_period: { id: one, about: a, from: 2024-01-05T00:00, to: 2024-02-06T00:00 },
  fee_period: { id: two, about: a, from: 2024-02-06T00:00, to: 2024-03-09T00:00 },
  fee_period: { id: open, about: a, from: 2024-04-08T00:00 } ]`
const made = signed(base, { facts })

describe('what happens while the interval at hand lasts', () => {
  test.for([
    ['paid_in', 'one', '500'],
    ['paid_in', 'two', '400'],
    ['own', 'one', '0'],
    ['own', 'two', '400'],
    ['lowest', 'one', '90'],
    ['lowest', 'two', '700'],
    ['at_end', 'one', '700'],
    ['time_below', 'one', '2'],
    ['time_below', 'two', '0'],
    ['together', 'two', '1100'],
    // A formula has the interval itself at hand.
    ['lasted', 'one', '768'],
    ['by_hour', 'one', '384'],
    ['day_count', 'one', '32'],
    ['paid_in', 'open', '70'],
    ['fee', 'one', 'nothing-due'],
    ['fee', 'two', '10'],
    // Of one week 50.00, which is at most 20.00.
    ['by_week', 'one', '20'],
  ] as const)('%s for %s is %s', ([value, id, expected]) => {
    expect(made.told({ value, for: id })).toBe(expected)
    const { derivation } = made.ask({ value, for: id })
    expect(sameValue(evaluate(derivation), derivation.value)).toBe(true)
  })

  test('what has not ended reaches to the instant that is asked about', () => {
    expect(made.told({ value: 'paid_in', for: 'open', at: '2024-04-19' })).toBe('0')
    expect(made.ask({ value: 'paid_in', for: 'open' }).final).toBe(false)
    expect(made.ask({ value: 'paid_in', for: 'open' }).derivation.mayChange).toBe(true)
  })

  test('of what has not ended, what is recorded just then counts, and time passes no longer', () => {
    const at = '2024-04-20T00:00'
    expect(made.told({ value: 'paid_in', for: 'open', at })).toBe('70')
    for (const [value, length] of [
      ['long', '288'],
      ['day_count', '12'],
      ['minute_count', '17280'],
    ] as const)
      expect([value, made.told({ value, for: 'open', at })]).toEqual([value, length])
  })

  test.for(['paid_in', 'own', 'together', 'lasted'])('%s of no interval is refused', (value) => {
    expect(() => made.ask({ value, in: '2024-01' })).toThrow(
      `“${value}” is of one interval, and none is at hand: say “for:” one. Known are one, two, open.`,
    )
  })

  test('is printed as such', () => {
    const [revision] = made.agreement.revisions
    const names = { provider: 'Acme', consumer: 'Bolt' }
    const text = revision ? printedContract(revision, made.agreement.frame.agreed, names) : ''
    expect(text.replace(/\s+/g, ' ')).toContain(
      'Paid in: the sum of the amounts of deposits while the interval lasts.',
    )
  })

  test.for([
    ['total', 'periods_do_not_fit', 'total: { sum: daily, per: this }'],
    ['highest', 'periods_do_not_fit', 'highest: { max: daily, per: this }'],
    ['first', 'period_needed', 'first: { formula: period_start, per: this }'],
    ['last', 'period_needed', 'ends: { formula: period_end }, last: { formula: ends, per: this }'],
    [
      'doubled',
      'event_not_at_hand',
      'long: { time: this, in: hours }, own: { formula: long * 1, per: this }, doubled: { formula: own * 2, per: month }',
    ],
    ['amount', 'event_not_at_hand', 'amount: { formula: deposit.amount, per: month }'],
  ] as const)('%s, of what is not the interval, is refused as %s', ([id, fault, measures]) => {
    const text = `{ policies: { prorate: no, billed: in-arrears }, facts: { visit: { shape: interval }, deposit: { shape: event, has: { amount: money } } }, measures: { daily: { sum: deposit, per: day }, ${measures} } }`
    expect(faultsOf(text)).toEqual([`${fault} /measures/${id}`])
  })

  test.for([
    [
      'terms: { fee: { charge: { every: month, amount: paid_in } } }',
      '“paid_in” is of the interval at hand, and none is at hand: read it in a term “each:” of an interval.',
    ],
    [
      'terms: { fee: { charge: { each: deposit, amount: paid_in } } }',
      '“paid_in” is of the interval at hand, and “deposit” has no length: read it in a term “each:” of an interval.',
    ],
    [
      'events: { either: { any-of: [ visit, deposit ] } }, terms: { fee: { charge: { each: either, amount: paid_in } } }',
      '“paid_in” is of the interval at hand, and “deposit” has no length: read it in a term “each:” of an interval.',
    ],
    [
      'terms: { fee: { charge: { every: this, amount: 1.00 } } }',
      '“this” is no period. “this” is the interval at hand: a measure of facts may say it.',
    ],
    [
      'terms: { fee: { charge: { each: deposit, amount: 1.00, limit: { times: 1, per: visit } } } }',
      '“visit” is no period. It is a kind of interval: a measure that is read for one says “per: this”.',
    ],
  ] as const)('%s is refused with what to say', ([terms, words]) => {
    const text = `{ policies: { prorate: no, billed: in-arrears }, facts: { visit: { shape: interval }, deposit: { shape: event, has: { amount: money } } }, measures: { paid_in: { sum: deposit, per: this } }, ${terms} }`
    const said = checkOffering(offering(text)).faults.map(faultText).join('\n')
    expect(said).toContain(words)
  })
})
