import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answerValue } from '../../answer/data.ts'
import { faultsOf, offering, type Signed, signed } from '../../contract.test-support.ts'
import { clausesOf } from '../../prose/clause.ts'

/** What a charge may say of several events, of what is missing, and of what is taken off. */

const lines = (made: Signed, clause: string, period = '2024') =>
  (made.ask({ value: clause, in: period }).lines ?? []).map(({ amount }) =>
    answerValue(amount.value, 'Europe/Lisbon'),
  )

const fees = (limit: string, more = '') => `{ agreed: { times: { type: number, default: 3 } },
  terms: { fee: { charge: { each: invoiced, measure: invoiced.amount, rate: 100%, limit: ${limit}${more} } } } }`
const items = (...each: readonly (readonly [at: string, amount: string])[]) =>
  `[ ${each.map(([at, amount], place) => `invoiced: { id: i${place + 1}, at: ${at}, amount: ${amount} }`).join(', ')} ]`

describe('a limit', () => {
  test.for([
    // At most three a day.
    ['{ times: 3, per: day }', '35 35 35 35 35', '35 35 35 - -'],
    ['{ times: times, per: day }', '35 35 35 35 35', '35 35 35 - -'],
    // What is charged nothing uses none of them up.
    ['{ times: 2, per: day }', '0 10 0 10 10', '0 10 0 10 -'],
    // The one that crosses the edge is charged partly.
    ['{ amount: 100.00, per: month }', '60 30 30 5', '60 30 10 -'],
    ['{ amount: 100.00, per: month }', '100 0.01', '100 -'],
    ['{ times: 2, amount: 50.00, per: month }', '10 20 5 5', '10 20 - -'],
    ['{ times: 3, amount: 25.00, per: month }', '10 20 5 5', '10 15 - -'],
  ] as const)('%s leaves of %s a day %s', ([limit, amounts, expected]) => {
    const facts = amounts
      .split(' ')
      .map((amount, place) => [`2024-05-06T0${place}:00`, amount] as const)
    const made = signed(fees(limit), { facts: items(...facts) })
    expect(lines(made, 'fee').join(' ')).toBe(expected.replaceAll('-', 'nothing-due'))
    const alone = facts.map((_, place) => made.told({ value: 'fee', for: `i${place + 1}` }))
    expect(alone.join(' ')).toBe(expected.replaceAll('-', 'nothing-due'))
  })

  test.for([
    ['amount: ride.cap', '10/4 10/12 10/20', '4 8 8'],
    ['amount: ride.cap', '10/12 10/4 10/15', '10 - 5'],
    ['amount: most', '3/8 3/12 3/8 9/8', '3 3 3 3'],
    ['amount: most', '9/8 9/8 9/12', '8 - 4'],
    ['times: ride.times', '1/1 1/1 1/2', '1 - 1'],
  ] as const)('of each event its own: %s leaves of %s %s', ([limit, rides, expected]) => {
    const text = `{ facts: { ride: { shape: event, has: { fare: money, cap: money, times: number } } },
      measures: { most: { max: ride, value: ride.cap, per: so-far-day } },
      terms: { fee: { charge: { each: ride, amount: ride.fare, limit: { ${limit}, per: day } } } } }`
    const facts = rides.split(' ').map((ride, at) => {
      const [fare, most] = ride.split('/')
      return `ride: { at: 2024-05-06T0${at}:00, fare: ${fare}.00, cap: ${most}.00, times: ${most} }`
    })
    const made = signed(text, { facts: `[ ${facts.join(', ')} ]` })
    expect(lines(made, 'fee').join(' ')).toBe(expected.replaceAll('-', 'nothing-due'))
  })

  describe('that becomes another on the twentieth of its month', () => {
    const days = (from: number, amounts: string) =>
      amounts.split(' ').map((amount, at) => [`2024-05-${from + at}`, amount] as const)
    const left = (expected: string) => expected.replaceAll('-', 'nothing-due')
    const dated = (text: string) => [{ value: '1' }, { from: '2024-05-20', value: text }]

    // What the limit itself set to nothing used none of the later one up.
    test.for([
      ['times: 1', 'times: 3', '10 10', '10 10 10', '10 - 10 10 -'],
      ['times: 3', 'times: 1', '10 10', '10', '10 10 -'],
      ['times: 2', 'times: 2', '10 10 10', '10', '10 10 - -'],
      ['amount: 15.00', 'amount: 30.00', '10 10 10', '10 10', '10 5 - 10 5'],
      ['amount: 30.00', 'amount: 15.00', '10 10', '10', '10 10 -'],
      ['times: 2, amount: 15.00', 'times: 3, amount: 40.00', '10 10', '10 10', '10 5 10 -'],
    ] as const)('%s, then %s, leaves of %s and %s %s', ([first, then, before, after, expected]) => {
      const made = signed(fees(`{ ${first}, per: month }`), {
        facts: items(...days(11, before), ...days(21, after)),
        revisions: [{ from: '2024-05-20', offering: offering(fees(`{ ${then}, per: month }`)) }],
      })
      expect(lines(made, 'fee').join(' ')).toBe(left(expected))
    })

    test('by a date of what is agreed, as by a revision', () => {
      const facts = items(...days(11, '10 10'), ...days(21, '10 10 10'))
      const text = fees('{ times: times, per: month }')
      const byDate = signed(text, { facts, agreed: { times: dated('3') } })
      const revisions = [{ from: '2024-05-20', agreed: { times: '3' } }]
      const byRevision = signed(text, { facts, agreed: { times: '1' }, revisions })
      for (const made of [byDate, byRevision])
        expect(lines(made, 'fee').join(' ')).toBe(left('10 - 10 10 -'))
    })
  })

  test('begins anew in each of its periods', () => {
    const facts = items(
      ['2024-05-06T10:00', '35'],
      ['2024-05-06T23:59', '35'],
      ['2024-05-07T00:00', '35'],
    )
    expect(lines(signed(fees('{ times: 1, per: day }'), { facts }), 'fee')).toEqual([
      '35',
      'nothing-due',
      '35',
    ])
  })

  test('counts only what is due: a waived or excepted charge leaves it to the next', () => {
    const facts = items(['2024-05-06', '5'], ['2024-05-06', '35'], ['2024-05-06', '36'])
    const text = fees('{ times: 1, per: day }', ', when: invoiced.amount > 10')
    expect(lines(signed(text, { facts }), 'fee')).toEqual(['nothing-due', '35', 'nothing-due'])
  })

  test.for([
    ['{ times: 2, per: year, about: same }', 'a a a b b b', '10 10 - 10 10 -'],
    ['{ times: 2, per: year }', 'a a a b b b', '10 10 - - - -'],
    ['{ amount: 15.00, per: year, about: same }', 'a b a b a', '10 10 5 5 -'],
    ['{ times: 1, per: year, about: same, paired-by: room }', 'a b a b', '10 10 - -', 'room'],
    ['{ times: 1, per: year, about: same, paired-by: floor }', '1 2 1', '10 10 -', 'floor'],
    // Those without a subject have one limit together.
    ['{ times: 1, per: year, about: same }', '- a -', '10 10 -'],
  ] as const)('of each subject: %s leaves of %s: %s', ([limit, subjects, expected, by]) => {
    const text = `{ facts: { replaced: { shape: event, has: { room: text, floor: number } } },
      terms: { fee: { charge: { each: replaced, amount: 10.00, limit: ${limit} } } } }`
    const facts = subjects.split(' ').map((subject, place) => {
      const about = subject === '-' ? '' : `, ${by ?? 'about'}: ${subject}`
      return `replaced: { id: r${place}, at: 2024-05-0${place + 1}${about} }`
    })
    const made = signed(text, { facts: `[ ${facts.join(', ')} ]` })
    expect(lines(made, 'fee').join(' ')).toBe(expected.replaceAll('-', 'nothing-due'))
    expect(made.told({ value: 'fee', in: '2024' })).toBe(
      String(expected.split(' ').reduce((sum, one) => sum + (Number(one) || 0), 0)),
    )
  })

  test('that each subject has for itself bounds no exposure', () => {
    const bounded = (about: string) => {
      const text = `{ terms: { fee: { charge: { each: invoiced, amount: 10.00, limit: { times: 2, per: year${about} } } } } }`
      return signed(text).ask({ exposure: '2024' }).unbounded
    }
    expect(bounded('')).toEqual([])
    expect(bounded(', about: same')).toEqual(['fee'])
  })

  test('is cited where it decides', () => {
    const facts = items(['2024-05-06', '35'], ['2024-05-06', '36'])
    const answer = signed(fees('{ times: 1, per: day }'), { facts }).ask({
      value: 'fee',
      for: 'i2',
    })
    expect(answer.clause).toBe('fee')
    expect(answer.derivation.from[0]?.as).toBe('limit')
  })

  test('holds for thousands of events without going deep', () => {
    const facts = Array.from(
      { length: 5000 },
      (_, place) => [new Date(Date.UTC(2024, 4, 1, 12, 0, place)).toISOString(), '1'] as const,
    )
    const made = signed(fees('{ amount: 4000.00, per: month }'), { facts: items(...facts) })
    expect(made.told({ value: 'fee', in: '2024-05' })).toBe('4000')
    expect(made.told({ value: 'fee', for: 'i4001' })).toBe('nothing-due')
  })
})

const calls = (
  charge: string,
) => `{ facts: { call: { shape: event, has: { minutes_used: number } } },
  terms: { talk: { charge: { each: call, measure: call.minutes_used, ${charge} } } } }`
const called = (...minutes: readonly number[]) =>
  `[ ${minutes.map((count, place) => `call: { id: c${place + 1}, at: 2024-0${1 + Math.floor(place / 3)}-1${place % 3}T12:00, minutes_used: ${count} }`).join(', ')} ]`

test('what is left of a quantity after what is included is a path of the answer', () => {
  const made = signed(
    `{ terms: { overage: { charge: { each: used, measure: used.quantity, included: 100, counted: { in: 10, rounded: up }, rate: 2.00 } },
         plain: { charge: { each: used, measure: used.quantity, rate: 2.00 } } } }`,
    {
      facts:
        '[ used: { id: much, at: 2024-05-06, quantity: 125 }, used: { id: little, at: 2024-05-07, quantity: 80 } ]',
    },
  )
  expect(made.told({ value: 'overage.quantity', for: 'much' })).toBe('125')
  expect(made.told({ value: 'overage.beyond', for: 'much' })).toBe('25')
  expect(made.told({ value: 'overage.beyond', for: 'little' })).toBe('0')
  expect(made.told({ value: 'overage', for: 'much' })).toBe('6')
  expect(() => made.told({ value: 'plain.beyond', for: 'much' })).toThrow('no part “beyond”')
})

describe('a cumulative price', () => {
  test.for([
    // Three calls in January, then February begins anew.
    [
      'cumulative: month, mode: graduated, tiers: [ { up-to: 100, rate: 0.10 }, { rate: 0.05 } ]',
      [80, 40, 100, 80],
      ['8', '3', '5', '8'],
    ],
    [
      'cumulative: month, mode: volume, tiers: [ { up-to: 100, rate: 0.10 }, { rate: 0.05 } ]',
      [80, 40, 100, 80],
      ['8', '-2', '5', '8'],
    ],
    // What is included and the started steps are of all together.
    ['cumulative: month, included: 100, rate: 0.10', [80, 40, 100], ['0', '2', '10']],
    [
      'cumulative: month, counted: { in: 60, rounded: up }, rate: 1.00',
      [30, 30, 30],
      ['1', '0', '1'],
    ],
    [
      'cumulative: month, bands: [ { up-to: 100, amount: 5.00 }, { above: 100, amount: 8.00 } ]',
      [80, 40, 100],
      ['5', '3', '0'],
    ],
    // An event of which the clause does not speak climbs nothing.
    [
      'cumulative: month, when: call.minutes_used != 40, mode: graduated, tiers: [ { up-to: 100, rate: 0.10 }, { rate: 0.05 } ]',
      [80, 40, 40],
      ['8', 'nothing-due', 'nothing-due'],
    ],
    [
      'cumulative: month, when: call.minutes_used != 40, mode: graduated, tiers: [ { up-to: 100, rate: 0.10 }, { rate: 0.05 } ]',
      [80, 40, 60],
      ['8', 'nothing-due', '4'],
    ],
    // Each line is what the rounded price grows by: 0.004, 0.008, 0.012 and 0.04 so far.
    ['cumulative: year, rate: 0.004', [1, 1, 1, 7], ['0', '0.01', '0', '0.03']],
    [
      'cumulative: year, rate: 0.40, rounded: { to: 1, mode: up }',
      [1, 1, 1, 1],
      ['1', '0', '1', '0'],
    ],
    [
      'cumulative: year, rate: 0.004, discounts: [ { id: half, share: 50% } ]',
      [7, 1, 1, 1],
      ['0.02', '0', '0.01', '0'],
    ],
  ] as const)('%s of %j is %j', ([charge, minutes, expected]) => {
    const made = signed(calls(charge), { facts: called(...minutes) })
    expect(lines(made, 'talk')).toEqual(expected)
    expect(minutes.map((_, place) => made.told({ value: 'talk', for: `c${place + 1}` }))).toEqual(
      expected,
    )
  })

  test('adds up to the rounded price of all, whatever the rate and the rounding', () => {
    const modes = fc.constantFrom('half-up', 'half-even', 'half-down', 'up', 'down')
    const minutes = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 9 })
    fc.assert(
      fc.property(minutes, fc.integer({ min: 1, max: 9999 }), modes, (used, rate, mode) => {
        const price = `rate: ${(rate / 100_000).toFixed(5)}, rounded: { to: 0.01, mode: ${mode} }`
        const made = signed(calls(`cumulative: year, ${price}`), { facts: called(...used) })
        const all = used.reduce((sum, one) => sum + one, 0)
        const together = signed(calls(price), { facts: called(all) })
        expect(made.told({ bill: '2024' })).toBe(together.told({ bill: '2024' }))
      }),
      { numRuns: 40 },
    )
  })
})

describe('a true-up', () => {
  const committed = (
    more = '',
  ) => `{ policies: { prorate: { by: days, of: actual }, billed: in-arrears },
    terms: { calls: { charge: { each: invoiced, measure: invoiced.amount, rate: 100% } },
      missing_part: { charge: { every: month, true-up: { of: calls, to: 100.00 }${more} } } } }`
  test.for([
    // A commitment of 100 with a usage of 50.
    ['50', '50'],
    ['100', '0'],
    ['130', '0'],
    ['0', '100'],
  ] as const)('of a usage of %s to 100.00 is %s', ([used, expected]) => {
    const facts = items(['2024-05-06', used], ['2024-06-06', '1'])
    expect(signed(committed(), { facts }).told({ value: 'missing_part', in: '2024-05' })).toBe(
      expected,
    )
  })

  test('prorates the amount that is to be reached, not what is missing', () => {
    const made = signed(committed(), {
      period: '2024-06-16 to 2025-01-01',
      facts: items(['2024-06-20', '30']),
    })
    // Half a month: 50.00, of which 30.00 were used.
    expect(made.told({ value: 'missing_part', in: '2024-06' })).toBe('20')
  })

  test('is a minimum fare for each event', () => {
    const made = signed(
      `{ terms: { base: { charge: { each: invoiced, amount: 3.00 } }, way: { charge: { each: invoiced, measure: invoiced.amount, rate: 100% } },
        least: { charge: { each: invoiced, true-up: { of: [ base, way ], to: 15.00 } } } } }`,
      { facts: items(['2024-05-06', '5'], ['2024-05-06', '20']) },
    )
    expect(lines(made, 'least')).toEqual(['7', '0'])
  })
})

describe('discounts', () => {
  const bill = (
    discounts: string,
    more = '',
  ) => `{ policies: { prorate: { by: days, of: actual }, billed: in-advance },
    agreed: { plan: { type: [ basic, gold ], default: basic } },
    terms: { fee: { charge: { every: month, amount: 100.00, discounts: ${discounts}${more} } } } }`
  test.for([
    ['[ { id: loyalty, share: 10% } ]', '90', '10'],
    // In their order, each of what is left.
    ['[ { id: loyalty, share: 10% }, { id: voucher, amount: 5.00 } ]', '85', '10'],
    ['[ { id: voucher, amount: 5.00 }, { id: loyalty, share: 10% } ]', '85.5', '9.5'],
    // Never more than what is left.
    ['[ { id: voucher, amount: 130.00 }, { id: loyalty, share: 10% } ]', '0', '0'],
    ['[ { id: loyalty, share: 10%, if: plan == "gold" } ]', '100', 'nothing-due'],
    ['[ { id: loyalty, share: 10%, if: plan == "basic" } ]', '90', '10'],
  ] as const)('%s leave of 100.00 %s, of it by loyalty %s', ([discounts, left, loyalty]) => {
    const made = signed(bill(discounts))
    expect(made.told({ value: 'fee', in: '2024-05' })).toBe(left)
    expect(made.told({ value: 'fee.loyalty', in: '2024-05' })).toBe(loyalty)
  })

  test('come after the maximum and before the part of a period', () => {
    const made = signed(bill('[ { id: voucher, amount: 20.00 } ]', ', maximum: 80.00'), {
      period: '2024-06-16 to 2025-01-01',
    })
    expect(made.told({ value: 'fee', in: '2024-06' })).toBe('30')
  })
})

describe('a named price', () => {
  const shared = (charge: string) => `{ agreed: { bought: number, sent_back: number },
    prices: { scale: { mode: graduated, tiers: [ { up-to: 10, rate: 2.00 }, { rate: 1.00 } ] } },
    policies: { prorate: no, billed: in-arrears },
    terms: { rebate: { credit: { per: month, measure: bought, price: scale } }, clawback: { charge: { every: month, ${charge} } } } }`

  test('is shared by the clauses that use it', () => {
    const made = signed(shared('measure: sent_back, price: scale'), {
      agreed: { bought: '15', sent_back: '3' },
    })
    expect(made.bill('2024-05')).toEqual({ rebate: '-25', clawback: '6' })
  })
})

test('a named price is tailored once, and the change is printed in each clause that uses it', () => {
  const text = `{ policies: { prorate: no, billed: in-arrears }, prices: { scale: { mode: volume, tiers: [ { up-to: 5, rate: 2.00 }, { rate: 1.00 } ] } },
    terms: { one: { charge: { every: month, measure: 3, price: scale } }, two: { credit: { per: month, measure: 4, price: scale } }, three: { charge: { every: month, amount: 1.00 } } } }`
  const deviations = [{ clause: 'scale', path: 'tiers[up-to: 5].rate', to: '1.50' }]
  const made = signed(text, { deviations })
  expect(made.bill('2024-05')).toEqual({ one: '4.5', two: '-6', three: '1' })
  const [revision] = made.agreement.revisions
  const clauses = revision ? clausesOf(revision.contract, revision.deviations) : []
  const marked = clauses.filter((clause) => clause.deviations.length > 0)
  expect(marked.map(({ id }) => id)).toEqual(['one', 'two'])
})

test.for<[credit: string, faults: readonly string[]]>([
  ['share: 200%', ['value_out_of_range /terms/back/credit/share']],
  ['rate: 150%', ['value_out_of_range /terms/back/credit/rate']],
  [
    'measure: outages, bands: [ { below: 5, share: 100% }, { from: 5, share: 120% } ]',
    ['value_out_of_range /terms/back/credit/bands/1/share'],
  ],
  ['measure: outages, price: dear', ['value_out_of_range /terms/back/credit/price']],
  ['share: 200%, maximum: 200%', []],
  ['share: 100%', []],
  ['measure: outages, rate: 150%', []],
])('a credit of more than is credited says so: %s', ([credit, faults]) => {
  const dear =
    'prices: { dear: { bands: [ { below: 3, share: 10% }, { from: 3, share: 110% } ] } },'
  const text = `{ policies: { prorate: no, billed: in-arrears }, measures: { outages: { count: outage, per: month } },
    ${credit.includes('dear') ? dear : ''} terms: { fee: { charge: { every: month, amount: 10.00 } }, back: { credit: { per: month, of: fee, ${credit} } } } }`
  expect(faultsOf(text)).toEqual(faults)
})

test.for([
  ['issued-above: 4.99', ['10', '5', 'nothing-due']],
  ['issued-above: 5.00', ['10', 'nothing-due', 'nothing-due']],
  ['issued-above: 10.00', ['nothing-due', 'nothing-due', 'nothing-due']],
] as const)('what a limit leaves of a credit is issued only %s', ([word, expected]) => {
  const made = signed(
    `{ terms: { back: { credit: { each: invoiced, amount: 10.00, ${word}, limit: { amount: 15.00, per: month } } } } }`,
    { facts: items(['2024-05-01', '1'], ['2024-05-02', '1'], ['2024-05-03', '1']) },
  )
  expect(['i1', 'i2', 'i3'].map((id) => made.told({ value: 'back', for: id }))).toEqual(expected)
})

describe('a part of a period by a policy', () => {
  const half = (
    terms: string,
  ) => `{ policies: { prorate: { by: days, of: actual }, billed: in-arrears },
    facts: { reading: { shape: state, has: { seats: number } } },
    measures: { energy: { sum: used, per: month }, twice: { formula: energy * 2 }, lasting: { time: period, in: hours },
      largest: { max: used, per: month, missing: 0 }, seats: { last: reading, per: month, missing: 4 },
      of_year: { max: used, per: year }, priced: { scale: { measure: energy, rate: 2.00 } } },
    prices: { used_up: { measure: energy, rate: 1.00 } },
    tables: { step: { by: energy, rows: [ { when: { up-to: 5 }, then: 1 }, { when: any, then: 2 } ] } },
    terms: ${terms} }`
  const told = (charge: string, value = 'part') =>
    signed(
      half(
        `{ fee: { charge: { every: month, amount: 100.00 } }, part: { charge: { every: month, ${charge} } } }`,
      ),
      {
        period: '2024-06-16T00:00 to 2025-01-01T00:00',
        facts: '[ used: { at: 2024-06-20T10:00, quantity: 52 } ]',
      },
    ).told({ value, in: '2024-06' })

  test.for([
    ['amount: 10.00', '5'],
    ['measure: seats, rate: 10.00', '20'],
    ['measure: largest, rate: 1.00', '26'],
    ['measure: of_year, rate: 1.00', '26'],
    ['amount: 10.00, discounts: [ { id: much, share: 50%, if: energy > 5 } ]', '2.5'],
    // A share of other lines follows them: it is not cut twice.
    ['of: fee, share: 10%', '5'],
    ['of: fee, share: 10%, prorate: { by: days, of: actual }', '2.5'],
    ['measure: energy, included: 10, rate: 1.00, prorate: no', '42'],
    ['measure: energy, included: 10, rate: 1.00, prorate: { by: days, of: actual }', '21'],
  ] as const)('%s: %s', ([charge, expected]) => {
    expect(told(charge)).toBe(expected)
  })

  test.for(['measure: energy', 'measure: twice', 'measure: lasting', 'measure: step'])(
    '%s counts what happens in the part: its charge says what becomes of it',
    (quantity) => {
      const refused = faultsOf(
        half(`{ part: { charge: { every: month, ${quantity}, rate: 1.00 } } }`),
      )
      expect(refused).toEqual(['policy_unsaid /terms/part/charge'])
    },
  )

  test.for(['amount: "min(priced, 10.00)"', 'price: used_up'])('so does %s', (price) => {
    const refused = faultsOf(half(`{ part: { charge: { every: month, ${price} } } }`))
    expect(refused).toEqual(['policy_unsaid /terms/part/charge'])
  })
})

describe('what is refused', () => {
  const month = 'every: month, amount: 5.00'
  const each = 'each: invoiced, measure: invoiced.amount'
  const policies = 'policies: { prorate: { by: days, of: actual }, billed: in-arrears }'
  const scale =
    'prices: { scale: { mode: graduated, tiers: [ { up-to: 5, rate: 2.00 }, { rate: 1.00 } ] } }'
  test.for([
    [
      'a limit without events',
      `${month}, limit: { times: 1, per: day }`,
      'word_without_effect /limit',
    ],
    ['a limit of nothing', `${each}, rate: 1%, limit: { per: day }`, 'word_missing /limit'],
    [
      'a limit over what overlaps',
      `${each}, rate: 1%, limit: { times: 1, per: so-far-month }`,
      'period_unknown /limit/per',
    ],
    [
      'a pair that is told apart by nothing',
      `${each}, rate: 1%, limit: { times: 1, per: day, paired-by: amount }`,
      'word_without_effect /limit/paired-by',
    ],
    [
      'a pair by what the kind does not have',
      `${each}, rate: 1%, limit: { times: 1, per: day, about: same, paired-by: amonut }`,
      'attribute_undeclared /limit/paired-by',
    ],
    [
      'a limit that is no number',
      `${each}, rate: 1%, limit: { times: agreement_start, per: day }`,
      'types_do_not_fit /limit/times',
    ],
    [
      'cumulative without a quantity',
      'each: invoiced, amount: 1.00, cumulative: month',
      'word_without_effect /cumulative',
    ],
    [
      'cumulative without events',
      'every: month, measure: 3, rate: 1.00, cumulative: month',
      'word_without_effect /cumulative',
    ],
    [
      'cumulative with a base',
      `${each}, rate: 1%, of: other, cumulative: month`,
      'words_exclude_each_other /cumulative',
    ],
    ['a discount of nothing', `${month}, discounts: [ { id: gift } ]`, 'price_unsaid /discounts/0'],
    [
      'a discount said twice',
      `${month}, discounts: [ { id: gift, share: 5%, amount: 1.00 } ]`,
      'price_unsaid /discounts/0',
    ],
    [
      'a discount of fifty times the price',
      `${month}, discounts: [ { id: gift, share: 50 } ]`,
      'types_do_not_fit /discounts/0/share',
    ],
    [
      'a discount called like a part',
      `${month}, discounts: [ { id: base, share: 5% } ]`,
      'name_reserved /discounts/0/id',
    ],
    [
      'a discount called like a waiver',
      `${month}, waived-when: { any-of: [ { id: gift, if: 1 > 2 } ] }, discounts: [ { id: gift, share: 5% } ]`,
      'name_doubled /discounts/0/id',
    ],
    [
      'a true-up with a quantity',
      'every: month, measure: 3, true-up: { of: other, to: 5.00 }',
      'word_without_effect /measure',
    ],
    [
      'a true-up with a base',
      'every: month, of: other, true-up: { of: other, to: 5.00 }',
      'word_without_effect /of',
    ],
    ['a true-up beside a price', `${month}, true-up: { of: other, to: 5.00 }`, 'price_unsaid '],
    [
      'a true-up of nothing known',
      'every: month, true-up: { of: others, to: 5.00 }',
      'name_unknown /true-up/of/0',
    ],
    ['a true-up of itself', 'every: month, true-up: { of: fee, to: 5.00 }', 'names_in_a_circle ..'],
    [
      'a true-up before its period',
      'every: month, billed: in-advance, true-up: { of: other, to: 5.00 }',
      'words_exclude_each_other /true-up',
    ],
    [
      'a true-up that is credited',
      'every: month, true-up: { of: other, to: 5.00 }, on-end: { old: credit-unused }',
      'words_exclude_each_other /true-up',
    ],
    [
      'a change of an event',
      `${each}, rate: 1%, on-change: next-period`,
      'word_without_effect /on-change',
    ],
    [
      'an end of an event',
      `${each}, rate: 1%, on-end: { old: keep }`,
      'word_without_effect /on-end',
    ],
    [
      'a part of what has none',
      `${month}, prorate: no, on-change: { old: credit-unused, new: in-full }`,
      'words_exclude_each_other ',
    ],
    [
      'an unused part of what has none',
      `${month}, prorate: no, on-end: { old: credit-unused }`,
      'words_exclude_each_other ',
    ],
    [
      'a misspelt change',
      `${month}, on-change: { old: credit, new: prorated }`,
      'value_misshapen /on-change/old',
    ],
    ['a price that nobody named', `${each}, price: scales`, 'name_unknown /price'],
    ['a price said twice', `${each}, price: scale, rate: 1%`, 'words_exclude_each_other /rate'],
    ['a named price in a formula', 'every: month, amount: scale', 'types_do_not_fit /amount'],
  ] as const)('%s: %s', ([, charge, expected]) => {
    const [name = '', under = ''] = expected.split(' ')
    const pointer = under === '..' ? '/terms/fee' : `/terms/fee/charge${under}`
    const text = `{ ${policies}, ${scale}, terms: { other: { charge: { every: month, amount: 1.00 } }, fee: { charge: { ${charge} } } } }`
    expect(faultsOf(text)).toContain(`${name} ${pointer}`)
  })

  test('a named price is at fault where it stands, once, whoever uses it', () => {
    const text = `{ ${policies}, prices: { scale: { tiers: [ { up-to: 5, rate: 2.00 }, { up-to: 9, rate: 1.00 } ], mode: volume } },
      terms: { one: { charge: { every: month, measure: 3, price: scale } }, two: { charge: { every: month, measure: 4, price: scale } } } }`
    expect(faultsOf(text)).toEqual(['tiers_misordered /prices/scale/tiers/1'])
  })

  test.for([
    ['billed: in-advance', 'true-up: { of: other, to: 5.00 }', '/true-up'],
    ['rise: { at-most: 3% }', 'true-up: { of: other, to: 5.00 }', '/rise'],
  ] as const)('a clause says %s beside no named price of %s', ([beside, price, under]) => {
    const text = `{ policies: { prorate: no, billed: in-arrears }, prices: { named: { ${price} } },
      terms: { other: { charge: { every: month, amount: 1.00 } }, fee: { charge: { every: month, price: named, ${beside} } } } }`
    expect(faultsOf(text)).toEqual([`words_exclude_each_other /terms/fee/charge${under}`])
  })

  test('a named price leaves open what it is of, and the clause has to say it', () => {
    const text = `{ ${policies}, prices: { part: { share: 10% } }, terms: { one: { charge: { every: month, price: part } } } }`
    expect(faultsOf(text)).toEqual(['base_unsaid /terms/one/charge'])
  })

  test('a credit takes off as a charge does', () => {
    const { told } = signed(
      '{ terms: { one: { credit: { per: month, amount: 10.00, discounts: [ { id: half, share: 50% } ] } } } }',
    )
    expect(told({ value: 'one', in: '2024-05' })).toBe('5')
    expect(told({ value: 'one.half', in: '2024-05' })).toBe('5')
  })
})
