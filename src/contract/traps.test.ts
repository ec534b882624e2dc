import { describe, expect, test } from 'vitest'
import { Exact } from '../kernel/exact.ts'
import { checkOffering } from './agreement/agreement.ts'
import { factsIn, faultsOf, offering, signed } from './contract.test-support.ts'
import { evaluate, nodes } from './derivation.ts'
import { readDocuments } from './document/document.ts'
import { passedOverTexts } from './explanation/passed-over.ts'
import { sameValue, valueText } from './value.ts'

/** Each bug that a first reading of the language allowed, and the test that fails with it. */

const months = Array.from(
  { length: 12 },
  (_, month) => `2024-${String(month + 1).padStart(2, '0')}`,
)

describe('a line is in exactly one bill', () => {
  test.for([
    ['in-advance', ['2024-01', '2024-04', '2024-07', '2024-10']],
    ['in-arrears', ['2024-03', '2024-06', '2024-09', '2024-12']],
  ] as const)('a quarterly fee %s is not in three monthly bills', ([billed, expected]) => {
    const fee = signed(
      `{ terms: { fee: { charge: { every: quarter, amount: 90.00, prorate: no, billed: ${billed} } } } }`,
    )
    expect(months.filter((month) => 'fee' in fee.bill(month))).toEqual(expected)
    expect(fee.told({ bill: '2024' })).toBe('360')
  })

  test('a quarterly fee asked for a month is the line that is in that month’s bill', () => {
    const fee = signed(
      '{ terms: { fee: { charge: { every: quarter, amount: 90.00, prorate: no, billed: in-arrears } } } }',
    )
    expect(fee.told({ value: 'fee', in: '2024-02' })).toBe('nothing-due')
    expect(fee.told({ value: 'fee', in: '2024-03' })).toBe('90')
  })

  test('a session over the end of a month is in the bill of the day on which it ends', () => {
    const session = signed(
      `{ facts: { session: { shape: interval } },
         terms: { fee: { charge: { each: session, measure: session.minutes, rate: 1.00 } } } }`,
      {
        facts: `
          - session: { from: 2024-01-31T23:30, to: 2024-02-01T00:30 }
          - session: { from: 2024-02-29T22:00, to: 2024-03-01T00:00 }`,
      },
    )
    expect(session.bill('2024-01')).toEqual({})
    expect(session.bill('2024-02')).toEqual({ fee: '60 120' })
    expect(session.bill('2024-03')).toEqual({})
  })

  test('a session that has not ended is in no bill yet', () => {
    const session = signed(
      `{ facts: { session: { shape: interval } },
         terms: { fee: { charge: { each: session, amount: 5.00 } } } }`,
      { facts: '[ session: { from: 2024-01-31T23:30, to: 2024-02-01T00:30 } ]' },
    )
    expect(session.told({ bill: '2024', at: '2024-02-01T00:00' })).toBe('0')
    expect(session.told({ bill: '2024', at: '2024-02-01T00:30' })).toBe('5')
  })
})

describe('the question never changes the answer', () => {
  const readings = (measure: string, charge: string) =>
    faultsOf(`{ facts: { ride: { shape: event, has: { km: number } } },
      policies: { prorate: no, billed: in-arrears },
      measures: { ridden: { ${measure} } }, terms: { fee: { charge: { ${charge} } } } }`)

  test('a quarterly charge does not read a monthly measure', () => {
    expect(readings('sum: ride, per: month', 'every: quarter, measure: ridden, rate: 1')).toEqual([
      'period_too_fine /terms/fee/charge',
    ])
    expect(readings('sum: ride, per: month', 'every: month, measure: ridden, rate: 1')).toEqual([])
    expect(readings('sum: ride', 'every: quarter, measure: ridden, rate: 1')).toEqual([])
  })

  test.for([
    ['sum: ride, per: month', 'every: agreement-month, measure: ridden, rate: 1', 'overlaps'],
    ['sum: ride, per: agreement-month', 'every: month, measure: ridden, rate: 1', 'overlaps'],
    ['sum: ride, per: month', 'every: month from 10, when: ridden > 0, amount: 1.00', 'overlaps'],
    [
      'sum: ride, per: 2 months',
      'every: 2 months from 02-01, measure: ridden, rate: 1',
      'overlaps',
    ],
    ['sum: ride, per: month', 'every: week, measure: ridden, rate: 1', 'overlaps'],
    [
      'time: ride_on, in: hours, per: year',
      'every: agreement-month, measure: ridden, rate: 1',
      'overlaps',
    ],
    ['sum: toll, per: month', 'every: week, of: ridden, share: 10%', 'overlaps'],
    // A longer period that holds it whole would be charged for with each of those in it.
    ['sum: ride, per: month', 'every: day, measure: ridden, rate: 1', 'overlaps'],
    ['sum: ride, per: quarter', 'every: month, measure: ridden, rate: 1', 'overlaps'],
    ['sum: ride, per: 2 months from 02-01', 'every: month, measure: ridden, rate: 1', 'overlaps'],
    [
      'sum: ride, per: agreement-year',
      'every: agreement-quarter, measure: ridden, rate: 1',
      'overlaps',
    ],
    ['sum: ride, per: agreement', 'every: month from 10, measure: ridden, rate: 1', 'overlaps'],
    ['sum: toll, per: quarter', 'every: month, of: ridden, share: 10%', 'overlaps'],
    ['sum: toll, per: quarter', 'every: month, amount: ridden * 0.1', 'overlaps'],
    [
      'sum: toll, per: quarter',
      'every: month, amount: "ridden > 9.00 ? ridden : 1.00"',
      'overlaps',
    ],
    // What is of it without being added up in the price: a condition, which tier it is, what a sum is divided by.
    ['sum: ride, per: quarter', 'every: month, amount: "ridden > 9 ? 2.00 : 1.00"', 'fits'],
    [
      'sum: ride, per: quarter',
      'every: month, measure: ridden, mode: volume, tiers: [ { up-to: 9, amount: 1.00 }, { amount: 2.00 } ]',
      'fits',
    ],
    ['sum: ride, per: quarter', 'every: month, amount: 9.00 / ridden', 'fits'],
    ['sum: toll, per: quarter', 'every: month, amount: ridden / 3', 'fits'],
    ['max: ride, per: quarter', 'every: month, measure: ridden, rate: 1', 'fits'],
    ['sum: ride, per: so-far-year', 'every: agreement-month, measure: ridden, rate: 1', 'fits'],
    // A level or a condition of the longer one in which it begins.
    ['max: ride, per: month', 'every: week, measure: ridden, rate: 1', 'fits'],
    ['sum: ride, per: year', 'every: agreement-month, amount: 1.00, when: ridden > 3', 'fits'],
  ] as const)('{ %s } %s: %s', ([measure, charge, expected]) => {
    const facts = `ride: { shape: event, has: { km: number } }, ride_on: { shape: interval },
      toll: { shape: event, has: { paid: money } }`
    const found = faultsOf(`{ facts: { ${facts} }, policies: { prorate: no, billed: in-arrears },
      measures: { ridden: { ${measure} } }, terms: { fee: { charge: { ${charge} } } } }`)
    expect(found).toEqual(expected === 'fits' ? [] : ['periods_do_not_fit /terms/fee/charge'])
  })

  test('nor does it read what overlaps through a formula', () => {
    const through = (formula: string) =>
      faultsOf(`{ facts: { ride: { shape: event, has: { km: number } } }, policies: { prorate: no, billed: in-arrears },
        measures: { ridden: { sum: ride }, twice: { formula: 2 * ridden${formula} } },
        terms: { fee: { charge: { every: week, measure: twice, rate: 1.00 } } } }`)
    expect(through(', per: month')).toEqual(['periods_do_not_fit /terms/fee/charge'])
    expect(through('')).toEqual([])
  })

  test.for([
    ['true-up: { of: tolls, to: 9.00 }', 'overlaps'],
    ['price: all_tolls', 'overlaps'],
    [
      'measure: trips, bands: [ { up-to: 9, amount: tolls }, { above: 9, amount: 1.00 } ]',
      'overlaps',
    ],
    ['amount: past_tolls', 'overlaps'],
    ['measure: past_tolls, rate: 10%', 'overlaps'],
    ['amount: twice_past', 'overlaps'],
    ['amount: past_tolls / 3', 'fits'],
    ['amount: past_month', 'fits'],
    ['amount: 5.00, when: past_tolls > 9.00', 'fits'],
    [
      'measure: past_tolls, bands: [ { up-to: 9.00, amount: 2.00 }, { above: 9.00, amount: 1.00 } ]',
      'fits',
    ],
  ] as const)('in a monthly charge { %s } of what a quarter adds up %s', ([price, expected]) => {
    const found =
      faultsOf(`{ facts: { toll: { shape: event, has: { paid: money } } }, policies: { prorate: no, billed: in-arrears },
      prices: { all_tolls: { amount: tolls } },
      measures: { tolls: { sum: toll, per: quarter }, past_tolls: { previous: tolls, per: quarter, initially: 0.00 },
        twice_past: { formula: 2 * past_tolls }, trips: { count: toll, per: month },
        by_month: { sum: toll, per: month }, past_month: { previous: by_month, per: month, initially: 0.00 } },
      terms: { fee: { charge: { every: month, ${price} } } } }`)
    expect(found).toEqual(expected === 'fits' ? [] : ['periods_do_not_fit /terms/fee/charge'])
  })

  test('a quarterly charge does not read a monthly measure through a formula, a table or a base', () => {
    const through = (parts: string, charge: string) =>
      faultsOf(`{ facts: { ride: { shape: event, has: { km: number } } },
        policies: { prorate: no, billed: in-arrears }, ${parts},
        terms: { fee: { charge: { every: quarter, ${charge} } } } }`)
    const ridden = 'ridden: { sum: ride, per: month }'
    const refused = ['period_too_fine /terms/fee/charge']
    expect(
      through(`measures: { ${ridden}, twice: { formula: 2 * ridden } }`, 'measure: twice, rate: 1'),
    ).toEqual(refused)
    expect(
      through(
        `measures: { ${ridden} }, tables: { price: { by: ridden, rows: [ { when: any, then: 5.00 } ] } }`,
        'amount: price',
      ),
    ).toEqual(refused)
    const paid = 'ridden: { sum: ride, value: ride.km * price, per: month }'
    expect(
      through(`agreed: { price: money }, measures: { ${paid} }`, 'of: ridden, share: 50%'),
    ).toEqual(refused)
    expect(through(`measures: { ${ridden} }`, 'amount: 5.00, when: ridden > 3')).toEqual(refused)
  })

  test('a measure read for an event says its period', () => {
    expect(readings('sum: ride', 'each: ride, amount: 1.00, when: ridden > 3')).toEqual([
      'period_needed /terms/fee/charge',
    ])
    expect(
      readings('sum: ride, per: so-far-month', 'each: ride, amount: 1.00, when: ridden > 3'),
    ).toEqual([])
  })

  test('who reads a charge reads what it posts: rounded, and after its waivers', () => {
    const fee = signed(`{ policies: { prorate: no, billed: in-arrears }, terms: {
      third: { charge: { every: month, amount: 10 / 3 } },
      waived: { charge: { every: month, amount: 9.00, waived-when: { any-of: [ { id: gift, if: 1 < 2 } ] } } },
      double: { charge: { every: month, of: [ third, waived ], share: 200% } } } }`)
    expect(fee.told({ value: 'double', in: '2024-01' })).toBe('6.66')
  })
})

describe('a limit', () => {
  const visits = (count: number) =>
    signed(
      `{ users: [ member ], components: [ { access: pool, for: member } ],
         measures: { visits: { count: used, where: used.component == "pool", per: month } },
         terms: { ten_visits: { limit: { of: pool, measure: visits, at-most: 10, on: used, if-exceeded: refuse } } } }`,
      {
        facts: `[ ${Array.from({ length: count }, (_, day) => `used: { component: pool, at: 2024-03-${String(day + 1).padStart(2, '0')}T10:00 }`).join(', ')} ]`,
      },
    )
  const asked = { may: 'pool', user: 'member', at: '2024-03-20T10:00' } as const

  test('of ten visits allows the tenth and refuses the eleventh', () => {
    expect(visits(9).told(asked)).toBe('yes')
    expect(visits(10).told(asked)).toBe('no')
    expect(visits(10).ask(asked).clause).toBe('ten_visits')
  })

  test('begins anew with its period', () => {
    expect(visits(10).told({ ...asked, at: '2024-04-01T10:00' })).toBe('yes')
  })

  test('names the use that was asked for in no other answer', () => {
    const nine = visits(9)
    nine.ask(asked)
    expect(nine.told({ value: 'visits', in: '2024-03' })).toBe('9')
  })
})

describe('a maximum or minimum beside a base', () => {
  test.for([
    ['share: 80%, maximum: 500.00', '500'],
    ['share: 80%, maximum: 50%', '500'],
    ['share: 20%, minimum: 300.00', '300'],
    ['share: 20%, minimum: 30%', '300'],
    ['share: 20%, maximum: 500.00', '200'],
    ['measure: steps, counted: { in: 1, rounded: up }, rate: 15%, maximum: 500.00', '500'],
    ['measure: steps, counted: { in: 1, rounded: up }, rate: 15%, maximum: 50%', '500'],
  ])('%s of a fee of 1000 is %s', ([price, expected]) => {
    const fee =
      signed(`{ policies: { prorate: no, billed: in-arrears }, agreed: { steps: { type: number, default: 4 } },
      terms: { fee: { charge: { every: month, amount: 1000.00 } }, part: { credit: { per: month, of: fee, ${price} } } } }`)
    expect(fee.told({ value: 'part', in: '2024-05' })).toBe(expected)
  })
})

describe('division by zero', () => {
  const share = 'spent / visits'
  const club = (term: string, facts = '[]') =>
    signed(
      `{ policies: { prorate: no, billed: in-arrears }, users: [ member ],
         components: [ { access: locker, for: member } ], facts: { spending: { shape: event, has: { amount: money } } },
         measures: { visits: { count: used, per: month }, spent: { sum: spending, per: month } },
         terms: { ${term} } }`,
      { facts },
    )

  test('leaves a condition, a line and a bill unknown: neither no nor nothing', () => {
    const fee = club(
      `fee: { charge: { every: month, amount: 9.00, when: ${share} > 5 } }, other: { charge: { every: month, amount: 1.00 } }`,
    )
    expect(fee.told({ value: 'fee', in: '2024-01' })).toBe('unknown')
    expect(fee.told({ bill: '2024-01' })).toBe('unknown')
  })

  test('leaves a waiver unknown', () => {
    const fee = club(
      `fee: { charge: { every: month, amount: 9.00, waived-when: { any-of: [ { id: low, if: ${share} < 5 } ] } } }`,
    )
    expect(fee.told({ value: 'fee', in: '2024-01' })).toBe('unknown')
  })

  test('leaves a title unknown, and the permission that rests on it', () => {
    const locker = club(
      `passes: { transition: { of: locker, on: kept, when: ${share} > 5, title: consumer, right: ended } },
       price: { charge: { each: passes, amount: 30.00 } }`,
      '[ kept: { id: keeping, about: locker, at: 2024-01-10T10:00 } ]',
    )
    expect(locker.told({ whose: 'locker', at: '2024-02-01' })).toBe('unknown')
    expect(locker.told({ may: 'locker', user: 'member', at: '2024-02-01' })).toBe('unknown')
    expect(locker.told({ value: 'price', for: 'keeping' })).toBe('unknown')
    expect(locker.told({ bill: '2024-01' })).toBe('unknown')
  })

  test('does not undo what is decided without it', () => {
    const fee = club(`fee: { charge: { every: month, amount: 9.00, when: ${share} > 5 && 1 > 2 } }`)
    expect(fee.told({ value: 'fee', in: '2024-01' })).toBe('nothing-due')
  })
})

describe('a misspelt word of a choice is refused, never a silent no', () => {
  const deposits = (parts: string) =>
    faultsOf(`{ facts: { deposit: { shape: event, has: { amount: money, type: [ payroll, benefits ] } } },
      agreed: { plan: { type: [ basic, plus ], default: basic } }, policies: { prorate: no, billed: in-arrears }, ${parts} }`)

  test.for([
    [
      'measures: { paid_in: { sum: deposit, where: deposit.type == "payrol", per: month } }',
      'choice_unknown /measures/paid_in/where',
    ],
    [
      'measures: { paid_in: { sum: deposit, where: \'deposit.type in ["payroll", "benefit"]\', per: month } }',
      'choice_unknown /measures/paid_in/where',
    ],
    [
      'terms: { fee: { charge: { each: deposit, amount: 1.00, when: deposit.type != "benefit" } } }',
      'choice_unknown /terms/fee/charge/when',
    ],
    [
      'terms: { fee: { charge: { every: month, amount: 1.00, when: plan == "pluss" } } }',
      'choice_unknown /terms/fee/charge/when',
    ],
    [
      'terms: { fee: { charge: { each: deposit, amount: 1.00, when: deposit.weekday == "monday" } } }',
      'choice_unknown /terms/fee/charge/when',
    ],
    [
      'tables: { price: { by: plan, rows: [ { when: basic, then: 1.00 }, { when: pluss, then: 2.00 }, { when: any, then: 3.00 } ] } }',
      'choice_unknown /tables/price/rows/1/when',
    ],
  ] as const)('%s', ([parts, fault]) => {
    expect(deposits(parts)).toContain(fault)
  })

  test('in a fact', () => {
    const bank = signed(
      '{ facts: { deposit: { shape: event, has: { type: [ payroll, benefits ] } } } }',
    )
    const read = (type: string) => () =>
      factsIn(`[ deposit: { at: 2024-01-02T10:00, type: ${type} } ]`, bank.agreement)
    expect(read('payroll')).not.toThrow()
    expect(read('payrol')).toThrow(/choice_unknown \/facts\/0\/deposit\/type.*“payroll”/)
  })

  test('in the component that a fact names', () => {
    const club = signed('{ components: [ { access: pool }, { access: gym } ] }')
    expect(() =>
      factsIn('[ used: { at: 2024-01-02T10:00, component: pol } ]', club.agreement),
    ).toThrow(/choice_unknown \/facts\/0\/used\/component/)
  })

  test('in an agreed value and in the values allowed for it', () => {
    const plan = '{ agreed: { plan: { type: [ basic, plus ] } } }'
    expect(() => signed(plan, { agreed: { plan: 'pluss' } })).toThrow(
      /choice_unknown \/agreed\/plan/,
    )
    expect(faultsOf('{ agreed: { plan: { type: [ basic, plus ], default: pluss } } }')).toContain(
      'choice_unknown /agreed/plan/default',
    )
    expect(faultsOf('{ agreed: { plan: { type: [ basic, plus ], allowed: [ pluss ] } } }')).toEqual(
      ['choice_unknown /agreed/plan/allowed/0'],
    )
  })
})

describe('time that is counted on the calendar', () => {
  const loan = signed(
    `{ policies: { ends: at-the-hour }, facts: { borrowed: { shape: event } },
       measures: { days_out: { since: borrowed, in: days }, hours_out: { since: borrowed, in: hours } },
       terms: { bring_back: { duty: { who: consumer, start: borrowed, stop: returned, within: 21 days } },
                fine: { charge: { each: returned, measure: days_out, rate: 1.00 } } } }`,
    {
      facts: `
        - borrowed: { id: loan, about: book, at: 2024-03-20T10:00 }
        - returned: { id: back, about: book, at: 2024-04-10T10:00 }`,
    },
  )

  test('21 days over a change of clocks end at the same time of day: 503 hours here', () => {
    expect(loan.told({ due: 'bring_back', for: 'loan' })).toBe('2024-04-10T10:00')
    expect(loan.told({ met: 'bring_back', for: 'loan' })).toBe('yes')
    expect(loan.told({ value: 'days_out', for: 'back' })).toBe('21')
    expect(loan.told({ value: 'hours_out', for: 'back' })).toBe('503')
  })

  test('a length includes its last instant, a date excludes the next midnight', () => {
    const answer = signed(
      `{ terms: { soon: { target: { start: requested, stop: responded, within: 2 hours, clock: always } },
                  in_month: { target: { start: requested, stop: responded, by: { end-of: month } } } } }`,
      {
        facts: `
          - requested: { id: asked, at: 2024-01-31T22:00 }
          - responded: { at: 2024-02-01T00:00 }`,
      },
    )
    expect(answer.told({ met: 'soon', for: 'asked' })).toBe('yes')
    expect(answer.told({ met: 'in_month', for: 'asked' })).toBe('no')
  })

  test('what is not yet due is unknown, not failed', () => {
    const { told } = signed(
      '{ terms: { soon: { target: { start: requested, stop: responded, within: 2 hours, clock: always } } } }',
      { facts: '[ requested: { id: asked, at: 2024-01-31T22:00 } ]' },
    )
    expect(told({ met: 'soon', for: 'asked', at: '2024-02-01T00:00' })).toBe('unknown')
    expect(told({ met: 'soon', for: 'asked', at: '2024-02-01T00:00:01' })).toBe('no')
  })
})

describe('rounding', () => {
  test('each outage and then adding is not adding and then rounding', () => {
    const { told } = signed(
      `{ measures: {
           each_down: { time: outage, in: minutes, per: month, each: { rounded: down, to: 1 minute } },
           sum_down: { time: outage, in: minutes, per: month, rounded: { to: 1, mode: down } },
           each_up: { time: outage, in: minutes, per: month, each: { rounded: up, to: 1 minute } } } }`,
      {
        facts: `
          - outage: { from: 2024-05-01T10:00, for: 10.5 minutes }
          - outage: { from: 2024-05-02T10:00, for: 10.5 minutes }`,
      },
    )
    expect(told({ value: 'each_down', in: '2024-05' })).toBe('20')
    expect(told({ value: 'sum_down', in: '2024-05' })).toBe('21')
    expect(told({ value: 'each_up', in: '2024-05' })).toBe('22')
  })

  test('for display decides no band: 98.9999 % is below 99 %', () => {
    const { told } = signed(
      `{ policies: { prorate: no, billed: in-arrears }, agreed: { uptime: number },
         terms: { fee: { charge: { every: month, amount: 100.00 } },
           lost: { credit: { per: month, measure: uptime, of: fee, bands: [ { from: 99%, below: 100%, share: 10% }, { below: 99%, share: 30% } ] } } } }`,
      { agreed: { uptime: '98.9999%' } },
    )
    expect(told({ value: 'lost', in: '2024-05' })).toBe('30')
  })
})

describe('all branches are kept', () => {
  const fee = signed(
    `{ policies: { prorate: no, billed: in-arrears }, facts: { owner: { shape: state, has: { age: number } } },
       measures: { owner_age: { last: owner, value: owner.age } },
       terms: { monthly_fee: { charge: { every: month, amount: 10.00,
         waived-when: { any-of: [ { id: youth, if: owner_age <= 24 }, { id: old_age, if: owner_age >= 65 } ] } } } } }`,
    { facts: '[ owner: { id: birthday, at: 2024-01-01T00:00, age: 20 } ]' },
  )

  test('a waived fee still holds the fee and every waiver', () => {
    const { derivation } = fee.ask({ value: 'monthly_fee', in: '2024-05' })
    expect(fee.told({ value: 'monthly_fee', in: '2024-05' })).toBe('nothing-due')
    const held = [...nodes(derivation)]
    expect(held.some(({ value }) => sameValue(value, Exact.of('10')))).toBe(true)
    const waive = held.find(({ operation }) => operation === 'waive')
    expect(waive?.from.map(({ as }) => as)).toEqual(['amount', 'youth', 'old_age'])
    const older = evaluate(derivation, ({ field }) =>
      field === 'age' ? Exact.of('30') : undefined,
    )
    expect(valueText(older)).toBe('10')
  })

  test('a waiver can be asked for by its path', () => {
    expect(fee.told({ value: 'monthly_fee.youth', in: '2024-05' })).toBe('yes')
    expect(fee.told({ value: 'monthly_fee.old_age', in: '2024-05' })).toBe('no')
  })

  test('a condition that is decided by its first half still holds the second', () => {
    const { ask } = signed(
      '{ terms: { fee: { charge: { each: paid, amount: 1.00, when: paid.amount > 5 || paid.amount < 2 } } } }',
      { facts: '[ paid: { id: p, at: 2024-01-02T10:00, amount: 9.00 } ]' },
    )
    const { derivation } = ask({ value: 'fee', for: 'p' })
    const smaller = (amount: string) =>
      valueText(
        evaluate(derivation, ({ field }) => (field === 'amount' ? Exact.of(amount) : undefined)),
      )
    expect(['9', '3', '1'].map(smaller)).toEqual(['1', 'nothing-due', '1'])
    expect([...nodes(derivation)].filter(({ operation }) => operation === 'below')).toHaveLength(1)
  })
})

describe('nothing due is neither zero nor unknown', () => {
  const credit = (amount: string) =>
    signed(
      `{ policies: { prorate: no, billed: in-arrears }, agreed: { uptime: number },
         terms: { fee: { charge: { every: month, amount: 100.00 } },
           lost: { credit: { per: month, measure: uptime, of: fee, bands: [ { from: 90%, below: 99%, share: 10% }, { below: 90%, share: 30% } ] } },
           reduced: { charge: { each: paid, of: fee, share: 10%, when: paid.amount > 5 } },
           late: { credit: { each: paid, of: reduced, share: 50% } } } }`,
      {
        agreed: { uptime: amount },
        facts: '[ paid: { id: p, at: 2024-01-02T10:00, amount: 1.00 } ]',
      },
    )

  test('a share above the promise is nothing due, and so is the credit', () => {
    const above = credit('99.5%')
    expect(above.told({ value: 'lost.share', in: '2024-05' })).toBe('nothing-due')
    expect(above.told({ value: 'lost', in: '2024-05' })).toBe('nothing-due')
    expect(above.told({ value: 'lost.base', in: '2024-05' })).toBe('100')
    expect(above.bill('2024-05')).toEqual({ fee: '100' })
    expect(above.told({ bill: '2024-05' })).toBe('100')
  })

  test('a share of nothing due is nothing due', () => {
    expect(credit('99.5%').told({ value: 'late', for: 'p' })).toBe('nothing-due')
  })
})

describe('when the agreement is over', () => {
  const club = (term: string, fact: string, survives = '') =>
    signed(
      `{ users: [ member ], components: [ { access: locker, for: member } ], terms: { ${term} ${survives} } } }`,
      {
        period: '2024-01-01T00:00 to 2024-07-01T00:00',
        facts: `[ ${fact} ]`,
      },
    )
  const charge = 'lost_key: { charge: { each: missing, amount: 30.00 },'
  const atEnd = 'missing: { id: gone, about: locker, at: 2024-07-01T00:00 }'
  const before = 'missing: { id: gone, about: locker, at: 2024-06-30T23:59 }'

  test('a charge for an event is due only for what happened within it', () => {
    expect(club(charge, before).told({ value: 'lost_key', for: 'gone' })).toBe('30')
    expect(club(charge, atEnd).told({ value: 'lost_key', for: 'gone' })).toBe('nothing-due')
    expect(club(charge, atEnd).told({ bill: '2024' })).toBe('0')
  })

  test('a clause that survives the end speaks of what happens after it', () => {
    const surviving = club(charge, atEnd, 'survives: end')
    expect(surviving.told({ value: 'lost_key', for: 'gone' })).toBe('30')
    expect(surviving.told({ bill: '2024' })).toBe('30')
  })

  test('the same holds for a transition', () => {
    const passes = 'passes: { transition: { of: locker, on: missing, title: consumer },'
    expect(club(passes, atEnd).told({ whose: 'locker', at: '2024-08-01' })).toBe('provider')
    expect(club(passes, atEnd, 'survives: end').told({ whose: 'locker', at: '2024-08-01' })).toBe(
      'consumer',
    )
    expect(club(passes, before).told({ whose: 'locker', at: '2024-08-01' })).toBe('consumer')
  })

  test('an agreement that a notice ends charges no later period and no later event', () => {
    const ended = signed(
      `{ policies: { prorate: no, billed: in-advance }, terms: {
           fee: { charge: { every: month, amount: 10.00 } },
           visit: { charge: { each: used, amount: 1.00 } },
           leaving: { transition: { of: agreement, on: notice_given, takes-effect: { by: { end-of: month } }, right: ended } } } }`,
      {
        facts: `
          - notice_given: { at: 2024-03-10T10:00 }
          - used: { at: 2024-03-31T23:59 }
          - used: { at: 2024-04-01T00:00 }`,
      },
    )
    expect(ended.bill('2024-03')).toEqual({ fee: '10', visit: '1' })
    expect(ended.bill('2024-04')).toEqual({})
    expect(ended.told({ bill: '2024' })).toBe('31')
  })
})

describe('right and title', () => {
  const locker = (terms: string, facts: string) =>
    signed(
      `{ users: [ member ], components: [ { access: locker, for: member } ], terms: { ${terms} } }`,
      { facts },
    )
  const at = (told: ReturnType<typeof signed>['told'], instant: string) =>
    told({ may: 'locker', user: 'member', at: instant })
  const stops = `stop: { transition: { of: locker, on: suspended, right: suspended } },
    go: { transition: { of: locker, on: restored, right: restored } },
    over: { transition: { of: locker, on: ended, right: ended } }`

  test('a right that was ended is not restored', () => {
    const { told, ask } = locker(
      stops,
      `
      - suspended: { about: locker, at: 2024-02-01T00:00 }
      - restored: { about: locker, at: 2024-03-01T00:00 }
      - ended: { about: locker, at: 2024-04-01T00:00 }
      - restored: { about: locker, at: 2024-05-01T00:00 }`,
    )
    const days = ['2024-01-15', '2024-02-15', '2024-03-15', '2024-04-15', '2024-05-15']
    expect(days.map((day) => at(told, day))).toEqual(['yes', 'no', 'yes', 'no', 'no'])
    expect(ask({ may: 'locker', user: 'member', at: '2024-05-15' }).clause).toBe('over')
  })

  test('a right that a transition gives is not there before', () => {
    const { told } = locker(
      'open_up: { transition: { of: locker, on: granted, right: given } }',
      '[ granted: { about: locker, at: 2024-02-01T00:00 } ]',
    )
    expect(at(told, '2024-01-31T23:59')).toBe('no')
    expect(at(told, '2024-02-01T00:00')).toBe('yes')
  })

  test('what the consumer owns it may use, whatever became of the right and the period', () => {
    const { told, ask } = locker(
      `${stops}, bought: { transition: { of: locker, on: kept, title: consumer, right: ended } }`,
      `
      - ended: { about: locker, at: 2024-02-01T00:00 }
      - kept: { about: locker, at: 2024-03-01T00:00 }`,
    )
    expect(at(told, '2024-02-15')).toBe('no')
    expect(at(told, '2024-03-01')).toBe('yes')
    expect(at(told, '2026-01-01')).toBe('yes')
    expect(ask({ may: 'locker', user: 'member', at: '2026-01-01' }).clause).toBe('bought')
  })
})

describe('what belongs together is about the same subject', () => {
  test('a refund’s base is the line of the same item, also of an earlier month', () => {
    const robes = signed(
      `{ components: [ { access: robe, serialised: yes } ], terms: {
           robe_kept: { transition: { of: robe, on: [ kept, missing ], title: consumer } },
           price: { charge: { each: robe_kept, amount: "60.00" } },
           back: { transition: { of: robe, on: returned, title: provider } },
           refund: { credit: { each: back, share: 100%, of: price } } } }`,
      {
        facts: `
          - granted: { about: one, component: robe, at: 2024-01-01T10:00 }
          - granted: { about: two, component: robe, at: 2024-01-01T10:00 }
          - kept: { about: one, at: 2024-01-20T10:00 }
          - missing: { about: two, at: 2024-02-01T10:00 }
          - returned: { about: one, at: 2024-02-20T10:00 }`,
      },
    )
    expect(robes.bill('2024-01')).toEqual({ price: '60' })
    expect(robes.bill('2024-02')).toEqual({ price: '60', refund: '-60' })
    expect(robes.told({ whose: 'one', at: '2024-03-01' })).toBe('provider')
    expect(robes.told({ whose: 'two', at: '2024-03-01' })).toBe('consumer')
  })

  test('a copy that was returned without ever being kept is refunded nothing', () => {
    const robes = signed(
      `{ components: [ { access: robe, serialised: yes } ], terms: {
           robe_kept: { transition: { of: robe, on: kept, title: consumer } },
           price: { charge: { each: robe_kept, amount: 60.00 } },
           refund: { credit: { each: returned, share: 100%, of: price } } } }`,
      {
        facts: `
          - granted: { about: one, component: robe, at: 2024-01-01T10:00 }
          - granted: { about: two, component: robe, at: 2024-01-01T10:00 }
          - kept: { about: one, at: 2024-01-20T10:00 }
          - returned: { id: back, about: two, at: 2024-02-20T10:00 }`,
      },
    )
    expect(robes.told({ value: 'refund', for: 'back' })).toBe('nothing-due')
  })
})

describe('silence of the facts', () => {
  const measured = (measure: string) =>
    signed(
      `{ facts: { balance: { shape: state, has: { amount: money } }, reading: { shape: event, has: { kwh: number } } },
         measures: { asked: { ${measure}, per: month } } }`,
    ).told({ value: 'asked', in: '2024-05' })

  test.for<[measure: string, expected: string]>([
    ['count: reading', '0'],
    ['sum: reading', '0'],
    ['sum: reading, missing: unknown', 'unknown'],
    ['last: balance', 'unknown'],
    ['min: reading', 'unknown'],
    ['average: reading', 'unknown'],
    ['last: balance, missing: 0', '0'],
  ])('%s without facts is %s', ([measure, expected]) => {
    expect(measured(measure)).toBe(expected)
  })

  test('the lowest daily closing balance is not the lowest moment, and begins with what was carried in', () => {
    const { told } = signed(
      `{ facts: { balance: { shape: state, has: { amount: money } } }, measures: {
           closing: { last: balance, per: day }, lowest_closing: { min: closing, per: month }, lowest: { min: balance, per: month } } }`,
      {
        facts: `
          - balance: { at: 2024-04-10T10:00, amount: 400.00 }
          - balance: { at: 2024-05-09T10:00, amount: 20.00 }
          - balance: { at: 2024-05-09T16:00, amount: 500.00 }`,
      },
    )
    expect(told({ value: 'lowest_closing', in: '2024-05' })).toBe('400')
    expect(told({ value: 'lowest', in: '2024-05' })).toBe('20')
    expect(told({ value: 'lowest_closing', in: '2024-06' })).toBe('500')
  })
})

test('every offering of these tests is sound by itself', () => {
  expect(checkOffering(offering('{ terms: {} }')).faults).toEqual([])
})

describe('an agreement that has ended does not end again', () => {
  const ended = (facts: string, effect = '') =>
    signed(
      `{ facts: { breach: { shape: event } },
         terms: { leaving: { transition: { of: agreement, on: requested${effect}, right: ended } },
           thrown_out: { transition: { of: agreement, on: breach, right: ended } },
           fee: { survives: end, charge: { each: leaving, amount: 10.00 } } } }`,
      { facts },
    )
  const fee = (made: ReturnType<typeof ended>, id: string) => made.told({ value: 'fee', for: id })

  test('by a second notice, or by one after the agreed end or before the start', () => {
    const made =
      ended(`[ requested: { id: first, at: 2024-05-01T00:00 }, requested: { id: again, at: 2024-06-01T00:00 },
      requested: { id: late, at: 2025-01-01T00:00 }, requested: { id: early, at: 2023-12-31T00:00 } ]`)
    expect(['first', 'again', 'late', 'early'].map((id) => fee(made, id))).toEqual([
      '10',
      'nothing-due',
      'nothing-due',
      'nothing-due',
    ])
    expect(made.told({ bill: '2024' })).toBe('10')
  })

  test('but sooner, where a later event ends it sooner: the end that was to come never does', () => {
    const notice = 'requested: { id: notice, at: 2024-05-01T00:00 }'
    const by = ', takes-effect: { by: { end-of: month, after: 1 } }'
    const breach = (at: string) => ended(`[ ${notice}, breach: { at: ${at} } ]`, by)
    expect(fee(breach('2024-06-10T00:00'), 'notice')).toBe('nothing-due')
    expect(fee(breach('2024-07-10T00:00'), 'notice')).toBe('10')
  })

  test('and who asks may suppose that the first notice was not given', () => {
    const { derivation } = ended(
      '[ requested: { id: first, at: 2024-05-01T00:00 }, requested: { id: again, at: 2024-06-01T00:00 } ]',
    ).ask({ value: 'fee', for: 'again' })
    const later = Date.UTC(2024, 6, 1)
    const without = evaluate(derivation, ({ id, field }) =>
      id === 'first' && field === 'at' ? later : undefined,
    )
    expect(valueText(without)).toBe('10')
  })
})

describe('what is read of a subject', () => {
  test('is that of the subject at hand in the period before, too', () => {
    const made = signed(
      `{ facts: { delivered: { shape: event }, taken_back: { shape: event } },
         measures: { of_year: { count: delivered, about: same, per: year },
           before: { previous: of_year, per: year, initially: 0 },
           doubled: { formula: of_year * 2 }, doubled_before: { previous: doubled, per: year, initially: 0 } },
         terms: { back: { charge: { each: taken_back, measure: doubled_before, rate: 1.00 } } } }`,
      {
        period: '2025-01-01T00:00 to 2028-01-01T00:00',
        facts: `
          - delivered: { about: a, at: 2025-06-01T00:00 }
          - delivered: { about: b, at: 2026-06-01T00:00 }
          - delivered: { about: c, at: 2026-06-01T00:00 }
          - taken_back: { id: a_back, about: a, at: 2027-02-01T00:00 }
          - taken_back: { id: b_back, about: b, at: 2027-02-01T00:00 }
          - taken_back: { id: a_2026, about: a, at: 2026-02-01T00:00 }`,
      },
    )
    const of = (value: string) =>
      ['a_back', 'b_back', 'a_2026'].map((id) => made.told({ value, for: id }))
    expect(of('before')).toEqual(['0', '1', '1'])
    expect(of('back')).toEqual(['0', '2', '2'])
  })
})

describe('a fact that concerns another component', () => {
  const made = signed(
    `{ components: [ { good: container, title: Container }, { access: storage, title: Storage } ],
       facts: { arrived: { shape: event }, left: { shape: event } },
       terms: { stay: { target: { of: storage, start: arrived, stop: left, within: 3 days, clock: always, ends: at-the-hour } },
         passes: { transition: { of: container, on: handed_over, title: consumer } },
         fee: { charge: { each: left, pays-for: storage, amount: 5.00 } } } }`,
    {
      facts: `
        - arrived: { id: ours, about: one, component: storage, at: 2024-03-01T00:00 }
        - left: { id: theirs, about: one, component: container, at: 2024-03-02T00:00 }
        - arrived: { id: other, about: two, component: container, at: 2024-03-01T00:00 }`,
    },
  )
  const theirs = { fact: 'theirs', named: 'container', of: 'Storage' }
  test('changes no answer, and the answer says that it was passed over', () => {
    const due = made.ask({ due: 'stay', for: 'other' })
    expect(valueText(due.derivation.value)).toBe('not-agreed')
    expect(passedOverTexts(due)).toEqual([
      '“other” does not count: it concerns container, not Storage',
    ])
    expect(made.ask({ met: 'stay', for: 'ours' }).passedOver).toEqual([theirs])
    expect(made.ask({ value: 'fee', for: 'theirs' }).passedOver).toEqual([theirs])
    expect(made.ask({ value: 'fee', in: '2024-03' }).passedOver).toEqual([theirs])
  })

  test('is not told of where the answer rests on other facts', () => {
    expect(made.ask({ value: 'fee', in: '2024-04' }).passedOver).toBeUndefined()
    expect(made.ask({ due: 'stay', for: 'ours' }).passedOver).toBeUndefined()
  })
})

test('what is wrong with a formula says how to mend it', () => {
  const says = (measure: string) =>
    checkOffering(
      offering(`{ facts: { lent: { shape: event, has: { kept: number } } },
        measures: { months_run: { months: completed, parts: whole }, days_kept: { since: lent, in: days }, wrong: { ${measure} } } }`),
    ).faults.map(({ words }) => words)
  const [count] = says('formula: lent.kept > months_run')
  expect(count).toContain('“{ number: months }” for an attribute')
  const [units] = says('formula: months_run + days_kept')
  expect(units).toContain('Say both in one unit')
  const [length] = says('formula: days_kept <= 14 days')
  expect(length).toContain('the bare number 14')
  expect(says('formula: lent.kept > "one"')).toEqual(['a number is compared with the text “one”.'])
  const { documents, faults } = readDocuments('{ formula: !days_kept }', 'test')
  expect(faults.map(({ name }) => name)).toEqual(['formula_cut_by_yaml'])
  expect(documents.map(({ data }) => data)).toEqual([{ formula: '!days_kept' }])
  expect(says('scale: mispelt, measure: days_kept')).toHaveLength(1)
})
