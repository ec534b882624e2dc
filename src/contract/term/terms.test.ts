import { describe, expect, test } from 'vitest'
import { checkOffering } from '../agreement/agreement.ts'
import { runCase } from '../case/case.ts'
import { faultsOf, offering, plain, signed } from '../contract.test-support.ts'

/** What the terms make of events: each law where an author ran into its edge. */

const zone = 'zone: UTC, policies: { prorate: { by: days, of: actual }, billed: in-advance }'

describe('what is so already does not happen again', () => {
  const supply = (facts: string) =>
    signed(
      `{ zone: UTC, users: [ customer ], facts: { bad: { shape: event } },
         components: [ { access: supply, for: customer } ],
         terms: {
           cut_off: { transition: { of: supply, on: bad, right: suspended } },
           back_on: { transition: { of: supply, on: paid, right: restored } },
           over: { transition: { of: supply, on: ended, right: ended } },
           off: { charge: { each: cut_off, amount: 7.00 } },
           on: { charge: { each: back_on, amount: 25.00 } },
           gone: { charge: { each: over, amount: 3.00 } } } }`,
      { facts },
    )
  const bad = (id: string, about: string, day: string) =>
    `bad: { id: ${id}, about: ${about}, at: 2024-06-${day} }`
  const paid = (id: string, about: string, day: string) =>
    `paid: { id: ${id}, about: ${about}, at: 2024-06-${day}, amount: 1.00 }`

  test.for<[what: string, facts: string, bill: Record<string, string>]>([
    ['what was never suspended is not restored', paid('p', 'one', '05'), {}],
    [
      'what was suspended is restored once',
      `${bad('b', 'one', '01')}, ${paid('p', 'one', '05')}, ${paid('q', 'one', '06')}`,
      { off: '7', on: '25' },
    ],
    [
      'of two that suspended it the second changes nothing, and the first paid restores nothing',
      `${bad('b', 'one', '01')}, ${bad('c', 'two', '02')}, ${paid('p', 'one', '05')}, ${paid('q', 'two', '06')}`,
      { off: '7', on: '25' },
    ],
    [
      'what has ended is neither suspended nor ended again',
      `ended: { at: 2024-06-01 }, ${bad('b', 'one', '02')}, ended: { at: 2024-06-03 }`,
      { gone: '3' },
    ],
  ])('%s', ([, facts, bill]) => {
    expect(supply(`[ ${facts} ]`).bill('2024-06')).toEqual(bill)
  })

  test('of two ends at the same instant the first that was recorded is cited', () => {
    const twice = signed(
      `{ zone: UTC, users: [ member ], facts: { cancelled: { shape: event } },
         components: [ { access: studio, for: member } ],
         terms: {
           first_way: { transition: { of: agreement, on: notice_given, takes-effect: { by: { end-of: month } }, right: ended } },
           second_way: { transition: { of: agreement, on: cancelled, takes-effect: { by: { end-of: month } }, right: ended } } } }`,
      { facts: '[ cancelled: { at: 2024-05-01T10:00 }, notice_given: { at: 2024-05-02T10:00 } ]' },
    )
    const answer = twice.ask({ may: 'studio', user: 'member', at: '2024-06-01' })
    expect([answer.derivation.value, answer.clause]).toEqual([false, 'second_way'])
  })
})

describe('a deadline includes its last instant', () => {
  const cut = (within: string, more = '') =>
    signed(
      `{ zone: UTC, users: [ customer ], components: [ { access: supply, for: customer } ],
         terms: {
           pay: { duty: { who: consumer, start: invoiced, stop: paid, within: ${within} } },
           cut_off: { transition: { of: supply, on: pay.missed, right: suspended } } } }`,
      {
        facts: `[ invoiced: { id: one, about: one, at: 2024-06-01T10:00, amount: 9.00 }${more} ]`,
      },
    )
  const hours = '24 hours, clock: always'
  const days = '3 days, ends: with-the-day'

  test.for<[within: string, at: string, value: string]>([
    [hours, '2024-06-02T09:59', 'yes'],
    [hours, '2024-06-02T10:00', 'yes'],
    [hours, '2024-06-02T10:01', 'no'],
    [days, '2024-06-04T23:59', 'yes'],
    [days, '2024-06-05T00:00', 'no'],
  ])('within %s: at %s the answer is %s', ([within, at, value]) => {
    expect(cut(within).told({ may: 'supply', user: 'customer', at })).toBe(value)
  })

  test('and what is done at it is in time', () => {
    const paid = ', paid: { about: one, at: 2024-06-02T10:00, amount: 9.00 }'
    const question = { may: 'supply', user: 'customer', at: '2024-06-03' }
    expect(cut(hours, paid).told(question)).toBe('yes')
  })
})

describe('asked without an instant, what was not done in time was not done', () => {
  const late = signed(
    `{ zone: UTC, terms: {
       answer: { target: { start: requested, stop: responded, within: 4 hours, clock: always } },
       repair: { target: { start: answer.missed, stop: received, within: 2 hours, clock: always } },
       late: { credit: { each: answer.missed, amount: 15.00 } },
       later: { credit: { each: repair.missed, amount: 1.00 } } } }`,
    { facts: '[ requested: { id: r, about: a, at: 2024-05-04T10:00 } ]' },
  )

  test.for([
    [{ bill: '2024-05' }, '-16'],
    [{ value: 'late', in: '2024-05' }, '15'],
    [{ value: 'late', for: 'r' }, '15'],
    [{ value: 'later', for: 'r' }, '1'],
    [{ met: 'answer', for: 'r' }, 'no'],
    [{ met: 'repair', for: 'r' }, 'no'],
    [{ remedy: 'r' }, '-16'],
    [{ met: 'answer', for: 'r', at: '2024-05-04T14:00' }, 'unknown'],
  ] as const)('%j is %s', ([question, value]) => {
    expect(late.told(question)).toBe(value)
  })

  test.for([
    [{ bill: '2024-08' }, '-153'],
    [{ value: 'back', for: 'n' }, '150'],
    [{ value: 'late', for: 'n' }, '3'],
    [{ remedy: 'n' }, '-153'],
    [{ value: 'back', for: 'n', at: '2024-07-31T23:59' }, 'nothing-due'],
  ] as const)('what a fact brings about later has taken effect: %j is %s', ([question, value]) => {
    const left = signed(
      `{ zone: UTC, terms: {
         deposit: { charge: { every: once, amount: 150.00 } },
         leaving: { transition: { of: agreement, on: notice_given, takes-effect: { by: { end-of: month, after: 1 } }, right: ended } },
         back: { credit: { each: leaving, of: deposit, share: 100% }, survives: end },
         returning: { target: { start: leaving, stop: received, within: 48 hours, clock: always }, survives: end },
         late: { credit: { each: returning.missed, amount: 3.00 }, survives: end } } }`,
      { facts: '[ notice_given: { id: n, at: 2024-06-10T09:00 } ]' },
    )
    expect(left.told(question)).toBe(value)
  })

  test('also of what is supposed', () => {
    const none = signed(
      `{ zone: UTC, terms: {
         answer: { target: { start: requested, stop: responded, within: 4 hours, clock: always } },
         late: { credit: { each: answer.missed, amount: 15.00 } } } }`,
    )
    const suppose = [{ requested: { id: 's', about: 'a', at: '2024-05-04T10:00' } }]
    expect(none.told({ remedy: 's', suppose })).toBe('-15')
  })
})

describe('an interval counts when it ends', () => {
  const stays = (facts: string, words = '') =>
    signed(
      `{ zone: UTC, facts: { stay: { shape: interval, has: { price: money } } },
         terms: { fee: { charge: { each: stay, amount: stay.price, limit: { amount: 10.00, per: month }${words} } } } }`,
      { facts },
    )
  const stay = (id: string, from: string, to: string) =>
    `stay: { id: ${id}, about: ${id}, from: ${from}, to: ${to}, price: 8.00 }`
  const both = stays(
    `[ ${stay('a', '2024-05-30T10:00', '2024-06-02T10:00')}, ${stay('b', '2024-05-31T10:00', '2024-06-01T10:00')} ]`,
  )

  test('of two that end in a month the first that ends is the first of its limit', () => {
    expect(both.told({ value: 'fee', for: 'b' })).toBe('8')
    expect(both.told({ value: 'fee', for: 'a' })).toBe('2')
    expect(both.bill('2024-06')).toEqual({ fee: '8 2' })
  })

  test('and one that has not ended, as though it ended now', () => {
    expect(both.told({ value: 'fee', for: 'a', at: '2024-06-01T12:00' })).toBe('2')
    expect(both.told({ value: 'fee', for: 'a', at: '2024-05-31T12:00' })).toBe('8')
  })

  test('and quantities are priced together in the month in which they end', () => {
    const rides = signed(
      `{ zone: UTC, facts: { ride: { shape: interval } },
         terms: { fee: { charge: { each: ride, measure: ride.minutes, cumulative: month, mode: graduated,
           tiers: [ { up-to: 60, rate: 1.00 }, { rate: 0.10 } ] } } } }`,
      {
        facts: `[ ride: { from: 2024-05-31T23:00, to: 2024-06-01T00:10 }, ride: { from: 2024-06-01T10:00, to: 2024-06-01T10:10 } ]`,
      },
    )
    expect(rides.bill('2024-06')).toEqual({ fee: '61 1' })
  })

  test('up to midnight it is of the day before', () => {
    const night = stays(`[ ${stay('n', '2024-05-04T10:00', '2024-06-01T00:00')} ]`)
    expect(night.bill('2024-05')).toEqual({ fee: '8' })
  })
})

describe('a price', () => {
  test('that is not due by what is known waits for nothing else', () => {
    const fee = (paidFor: string) =>
      signed(
        `{ facts: { visit: { shape: event, has: { paid_for: truth } }, balance: { shape: state, has: { amount: money } } },
           measures: { balance_now: { last: balance } },
           terms: { fee: { charge: { each: visit, when: visit.paid_for, amount: 5.00, waived-when: { any-of: [ { id: rich, if: balance_now > 100 } ] } } } } }`,
        { facts: `[ visit: { id: v, at: 2024-05-01, paid_for: ${paidFor} } ]` },
      ).told({ value: 'fee', for: 'v' })
    expect([fee('no'), fee('yes')]).toEqual(['nothing-due', 'unknown'])
  })

  test('credited in full at the end is all that was charged for the period, less what came back', () => {
    const fee = signed(
      `{ ${zone}, agreed: { price: money },
         terms: {
           fee: { charge: { every: month, amount: price, on-change: { old: credit-unused, new: prorated }, on-end: { old: credit-in-full } } },
           leaving: { transition: { of: agreement, on: notice_given, right: ended } } } }`,
      {
        period: '2024-06-01T00:00 to 2025-06-01T00:00',
        agreed: { price: [{ value: '30.00' }, { from: '2024-06-16', value: '60.00' }] },
        facts: '[ notice_given: { at: 2024-06-20T10:00 } ]',
      },
    )
    expect(fee.bill('2024-06')).toEqual({ fee: '30 -15 30 -45' })
  })

  test('of what is missing to an amount is bounded by it', () => {
    const least = signed(
      `{ policies: { prorate: no, billed: in-arrears }, measures: { calls: { sum: used, per: month } },
         terms: {
           use: { charge: { every: month, measure: calls, rate: 1.00 } },
           least: { charge: { every: month, true-up: { of: use, to: 5.00 } } } } }`,
    )
    const { unbounded } = least.ask({ exposure: '2024-06', at: '2024-05-05' })
    expect(unbounded).toEqual(['use'])
  })

  test('that alone follows from a period is the clause of its remedy', () => {
    const back = signed('{ terms: { back: { credit: { each: returned, amount: 1.00 } } } }', {
      facts: '[ returned: { at: 2024-05-04 } ]',
    })
    expect(back.ask({ remedy: '2024-05' }).clause).toBe('back')
  })
})

describe('a bound that could never hold is refused with the form that does', () => {
  const gate = `zone: UTC, users: [ tenant ], calendars: { gate: { hours: { mon-sun: 06:00-21:00 } } },
    components: [ { access: unit, for: tenant } ], measures: { gate_open: { open: gate } }`
  const limit = (words: string) =>
    `{ ${gate}, terms: { opening: { limit: { of: unit, ${words}, if-exceeded: refuse } } } }`

  test.for<[words: string, fault: string]>([
    ['measure: gate_open, at-least: yes', 'types_do_not_fit /terms/opening/limit/measure'],
    ['measure: gate_open, at-most: no', 'types_do_not_fit /terms/opening/limit/measure'],
  ])('%s', ([words, fault]) => {
    expect(faultsOf(limit(words))).toContain(fault)
  })

  test('also of a level', () => {
    const level = `{ agreed: { plan: [ gold, basic ] }, terms: { good: { target: { measure: plan, at-least: gold, per: month } } } }`
    expect(faultsOf(level)).toContain('types_do_not_fit /terms/good/target/measure')
  })

  test.for(['truth', 'date', 'duration', '[ gold, basic ]'])('an agreed %s', (type) => {
    expect(faultsOf(`{ agreed: { seats: { type: ${type}, at-most: 9 } } }`)).toEqual([
      'word_without_effect /agreed/seats/at-most',
    ])
  })

  test('and as a number it is asked at each instant', () => {
    const unit = signed(limit("measure: 'gate_open ? 1 : 0', at-least: 1"))
    const may = (at: string) => unit.told({ may: 'unit', user: 'tenant', at })
    expect([may('2024-07-01T20:59'), may('2024-07-01T21:00')]).toEqual(['yes', 'no'])
  })
})

describe('names that every record of the machine has', () => {
  test('stand for what an author says, and for nothing else', () => {
    const named = signed(
      `{ agreed: { constructor: { type: number, default: 3 } }, facts: { visit: { shape: event, has: { size: number } } },
         measures: { visits: { count: visit, per: month } } }`,
      { facts: '[ visit: { at: 2024-02-01, size: 2 } ]' },
    )
    expect(named.told({ value: 'constructor' })).toBe('3')
    expect(() =>
      signed('{ agreed: { seats: number } }', { agreed: { seats: '1', toString: '1' } }),
    ).toThrow(/name_unknown \/agreed\/toString/)
  })

  test('and a name that is a standard kind of fact already is told another', () => {
    const { faults } = checkOffering(offering('{ measures: { maintenance: { count: used } } }'))
    expect(faults.map(({ words }) => words).join()).toContain('such as “our_maintenance”')
  })
})

describe('what is supposed', () => {
  const used = (id: string, at: string) => [{ used: { id, at } }]
  const fee = signed(
    `{ zone: UTC, measures: { n: { count: used, per: month } },
       terms: { fee: { charge: { each: used, amount: 2.00, limit: { times: 1, per: month } } } } }`,
    { facts: '[ used: { id: u, at: 2024-05-04T10:00 } ]' },
  )

  test('is valued as though it were on file, by itself and in a period', () => {
    const after = used('v', '2024-05-05T10:00')
    const before = used('v', '2024-05-03T10:00')
    expect(fee.told({ value: 'fee', for: 'v', suppose: after })).toBe('nothing-due')
    expect(fee.told({ value: 'fee', for: 'v', suppose: before })).toBe('2')
    expect(fee.told({ value: 'n', in: '2024-05', suppose: after })).toBe('2')
    expect(fee.ask({ value: 'n', in: '2024-05', suppose: after }).final).toBe(false)
    expect(fee.told({ value: 'n', in: '2024-05' })).toBe('1')
  })
})

test('an end that its condition refuses is the agreed one, decided by the agreed period', () => {
  const kept = signed(
    `{ zone: UTC, agreed: { leaves: truth }, terms: { leaving: { transition: { of: agreement, on: notice_given, when: leaves, right: ended } } } }`,
    { agreed: { leaves: 'no' } },
  )
  expect(kept.ask({ end: 'agreement', at: '2024-05-04' }).clause).toBe('agreement_period')
})

test('a question that says no kind is told all of them, and of those that it may be, the ones', () => {
  const asked = (ask: string) =>
    runCase(
      plain(
        `{ case: a, offering: { language: 1, currency: EUR, zone: UTC, rounding: { to: 0.01, mode: half-up } }, asks: [ ${ask} ] }`,
      ),
      () => undefined,
    )
      .faults.map(({ words }) => words)
      .join()
  expect(asked('{ is: 3 }')).toMatch(/^Say one of “may:”, “value:”, .*“exposure:” here\.$/)
  expect(asked('{ for: r }')).toBe('Say one of “value:”, “due:”, “met:” here.')
})
