import { describe, expect, test } from 'vitest'
import { checkOffering } from '../../agreement/agreement.ts'
import { answerValue } from '../../answer/data.ts'
import {
  faultsOf,
  faultText,
  offering,
  type Signed,
  type Signing,
  signed,
} from '../../contract.test-support.ts'
import { evaluate } from '../../derivation.ts'
import { sameValue } from '../../value.ts'

/** What becomes of a period of a charge when its price changes, or the agreement is ended, inside it. */

const fee = (rules: string, more = '') => `{ agreed: { price: money },
  terms: { fee: { charge: { every: month, amount: price, billed: in-advance, ${rules} } }${more} } }`
const byDays = 'prorate: { by: days, of: actual }'
const unused = 'on-change: { old: credit-unused, new: prorated }'
const inFull = 'on-change: { old: credit-in-full, new: prorated }'
const prices = (...list: readonly (readonly [from: string, value: string])[]) => ({
  price: list.map(([from, value]) => ({ from, value })),
})
const ofFee = (made: Signed, period: string) =>
  (made.ask({ bill: period }).lines ?? [])
    .filter(({ clause }) => clause === 'fee')
    .map(({ posted }) => answerValue(posted.value, 'Europe/Lisbon'))

describe('the share of a fee for each event', () => {
  const shares = `, for_event: { credit: { each: outage, of: fee, share: 10% } }, for_month: { credit: { per: month, of: fee, share: 10% } },
    of_price: { credit: { each: outage, of: price, share: 10% } }`
  const facts =
    '[ outage: { id: early, from: 2024-04-02T10:00, for: 1 hours }, outage: { id: late, from: 2024-04-20T10:00, for: 1 hours } ]'
  const change = prices(['2024-01-01', '10'], ['2024-04-16', '20'])

  test.for([
    [unused, '1.5', '1', '2'],
    ['on-change: next-period', '1', '1', '2'],
    ['on-change: { old: keep, new: in-full }', '3', '1', '2'],
  ] as const)(
    'with %s is that of the whole month, as for the month itself: %s; of the price, that of its time',
    ([rules, share, early, late]) => {
      const made = signed(fee(`${byDays}, ${rules}`, shares), { agreed: change, facts })
      expect(made.told({ value: 'for_month', in: '2024-04' })).toBe(share)
      for (const id of ['early', 'late'])
        expect(made.told({ value: 'for_event', for: id })).toBe(share)
      expect(made.told({ value: 'of_price', for: 'early' })).toBe(early)
      expect(made.told({ value: 'of_price', for: 'late' })).toBe(late)
    },
  )
})

describe('a price that changes inside a period', () => {
  test.for([
    // Halfway through the period the rest of the old is credited and the rest of the new charged.
    [
      unused,
      '2024-04',
      [
        ['2024-01-01', '10'],
        ['2024-04-16', '20'],
      ],
      ['10', '-5', '10'],
    ],
    [
      unused,
      '2024-04',
      [
        ['2024-01-01', '20'],
        ['2024-04-16', '50'],
      ],
      ['20', '-10', '25'],
    ],
    // What was paid is credited in full, 21 of 31 days of the new are charged: 7.10 more.
    [
      inFull,
      '2024-05',
      [
        ['2024-01-01', '20'],
        ['2024-05-11', '40'],
      ],
      ['20', '-20', '27.1'],
    ],
    [
      'on-change: { old: keep, new: prorated }',
      '2024-04',
      [
        ['2024-01-01', '10'],
        ['2024-04-16', '20'],
      ],
      ['10', '10'],
    ],
    [
      'on-change: { old: credit-unused, new: in-full }',
      '2024-04',
      [
        ['2024-01-01', '10'],
        ['2024-04-16', '20'],
      ],
      ['10', '-5', '20'],
    ],
    [
      'on-change: next-period',
      '2024-04',
      [
        ['2024-01-01', '10'],
        ['2024-04-16', '20'],
      ],
      ['10'],
    ],
    // On the first day of a period the period begins with the new price: nothing of the old is left in it.
    [
      unused,
      '2024-04',
      [
        ['2024-01-01', '10'],
        ['2024-04-01', '20'],
      ],
      ['20'],
    ],
    // Twice: each time the price that was in force.
    [
      unused,
      '2024-04',
      [
        ['2024-01-01', '30'],
        ['2024-04-11', '60'],
        ['2024-04-21', '90'],
      ],
      ['30', '-20', '40', '-20', '30'],
    ],
    [
      inFull,
      '2024-04',
      [
        ['2024-01-01', '30'],
        ['2024-04-11', '60'],
        ['2024-04-21', '90'],
      ],
      ['30', '-30', '40', '-40', '30'],
    ],
    // The same price is no change.
    [
      unused,
      '2024-04',
      [
        ['2024-01-01', '10'],
        ['2024-04-16', '10'],
      ],
      ['10'],
    ],
  ] as const)('%s, in %s with %j, is billed %j', ([rules, period, list, expected]) => {
    const made = signed(fee(`${byDays}, ${rules}`), { agreed: prices(...list) })
    expect(ofFee(made, period)).toEqual(expected)
    const sum = expected.reduce((total, amount) => total + Number(amount), 0)
    expect(Number(made.told({ value: 'fee', in: period }))).toBeCloseTo(sum, 10)
  })

  const upgrade = `${byDays}, on-change: { if-dearer: { old: credit-unused, new: prorated }, otherwise: next-period }`
  test.for([
    // An upgrade at once, a downgrade at the end of the period.
    [
      [
        ['2024-01-01', '20'],
        ['2024-04-16', '40'],
      ],
      ['20', '-10', '20'],
      ['40'],
    ],
    [
      [
        ['2024-01-01', '20'],
        ['2024-04-16', '15'],
      ],
      ['20', '-', '-'],
      ['15'],
    ],
    // What waits for the next period is not credited by the next upgrade: the old price is still in force.
    [
      [
        ['2024-01-01', '30'],
        ['2024-04-11', '10'],
        ['2024-04-21', '60'],
      ],
      ['30', '-', '-', '-10', '20'],
      ['60'],
    ],
  ] as const)(
    'at once where it is dearer and otherwise with the next period: %j',
    ([list, april, may]) => {
      const made = signed(fee(upgrade), { agreed: prices(...list) })
      expect(ofFee(made, '2024-04')).toEqual(
        april.map((one) => (one === '-' ? 'nothing-due' : one)),
      )
      expect(ofFee(made, '2024-05')).toEqual(may)
    },
  )

  test('posts its lines at the change, for the rest of the period, each by its own side', () => {
    const made = signed(fee(`${byDays}, ${unused}`), {
      agreed: prices(['2024-01-01', '10'], ['2024-04-16', '20']),
    })
    const lines = made.ask({ bill: '2024-04-16' }).lines ?? []
    expect(lines.map(({ payer, follows }) => [payer, follows])).toEqual([
      ['provider', 'change'],
      ['consumer', 'change'],
    ])
    const [april, may] = ['2024-04-16T00:00+01:00', '2024-05-01T00:00+01:00'].map(Date.parse)
    expect(lines.map(({ service }) => service)).toEqual([
      { start: april, end: may },
      { start: april, end: may },
    ])
  })

  test('by a revision follows the clause in force when the period began', () => {
    const revised = (rules: string) =>
      signed(fee(`${byDays}${rules}`), {
        agreed: { price: '10' },
        revisions: [{ from: '2024-04-16', agreed: { price: '20' } }],
      })
    expect(ofFee(revised(`, ${unused}`), '2024-04')).toEqual(['10', '-5', '10'])
    expect(ofFee(revised(''), '2024-04')).toEqual(['10'])
    expect(ofFee(revised(`, ${unused}`), '2024-05')).toEqual(['20'])
  })

  test('by a revision of the named price that it uses is billed as one of its own words', () => {
    const text = `{ prices: { flat: { amount: 10.00 } },
      terms: { fee: { charge: { every: month, price: flat, billed: in-advance, ${byDays}, ${unused} } } } }`
    const deviations = [{ clause: 'flat', path: 'amount', to: '20.00' }]
    const made = signed(text, { revisions: [{ from: '2024-04-16', deviations }] })
    expect(ofFee(made, '2024-04')).toEqual(['10', '-5', '10'])
  })

  test('by a revision that changes something else changes nothing', () => {
    const made = signed(fee(`${byDays}, ${unused}`), {
      agreed: { price: '10' },
      revisions: [
        { from: '2024-04-16', deviations: [{ clause: 'note', add: { text: { says: 'x' } } }] },
      ],
    })
    expect(ofFee(made, '2024-04')).toEqual(['10'])
  })

  test('in a measure, a table or a condition changes the charge that reads it', () => {
    const text = `{ agreed: { plan: { type: [ small, large ] }, seats: number },
      tables: { seat_price: { by: plan, rows: [ { when: small, then: 3.00 }, { when: large, then: 6.00 } ] } },
      measures: { twice: { formula: 2 * seats, per: month } },
      terms: { fee: { charge: { every: month, measure: twice, rate: seat_price, billed: in-advance, ${byDays}, ${unused} } } } }`
    const made = signed(text, {
      agreed: {
        plan: [{ value: 'small' }, { from: '2024-04-16', value: 'large' }],
        seats: [{ value: '5' }, { from: '2024-04-21', value: '10' }],
      },
    })
    // 10 × 3; from the 16th 10 × 6 for half a month; from the 21st 20 × 6 for a third.
    expect(ofFee(made, '2024-04')).toEqual(['30', '-15', '30', '-20', '40'])
  })

  test('carries discounts and waivers over to both sides', () => {
    const rules = `${byDays}, ${unused}, discounts: [ { id: loyalty, share: 10% } ], waived-when: { any-of: [ { id: gift, if: price < 15 } ] }`
    const made = signed(fee(rules), { agreed: prices(['2024-01-01', '10'], ['2024-04-16', '20']) })
    expect(ofFee(made, '2024-04')).toEqual(['nothing-due', 'nothing-due', '9'])
  })

  test('is refused where nothing says what becomes of the period', () => {
    const change = prices(['2024-01-01', '10'], ['2024-04-16', '20'])
    expect(() => signed(fee(byDays), { agreed: change })).toThrow(
      /policy_unsaid \/agreed\/price.*2024-04-16.*“fee”/,
    )
    const monthly = prices(['2024-01-01', '10'], ['2024-04-01', '20'])
    expect(ofFee(signed(fee(byDays), { agreed: monthly }), '2024-04')).toEqual(['20'])
    const policy = `policies: { ${unused} }, `
    const text = fee(byDays).replace('{ agreed', `{ ${policy}agreed`)
    expect(ofFee(signed(text, { agreed: change }), '2024-04')).toEqual(['10', '-5', '10'])
  })
})

describe('an agreement that is ended inside a period', () => {
  const leaving = ', leaving: { transition: { of: agreement, on: ended, right: ended } }'
  const ended = (rules: string, signing: Signing = {}) =>
    signed(fee(`${byDays}, ${rules}`, leaving), {
      agreed: { price: '30' },
      facts: '[ ended: { id: end, at: 2024-04-16T00:00 } ]',
      ...signing,
    })
  test.for([
    ['on-end: { old: credit-unused }', ['30', '-15']],
    ['on-end: { old: credit-in-full }', ['30', '-30']],
    ['on-end: { old: keep }', ['30']],
    // Without it the line itself is for the part.
    ['billed: in-advance', ['15']],
  ] as const)('with %s bills %j', ([rules, expected]) => {
    const made = rules.startsWith('on-end') ? ended(rules) : ended(unused)
    expect(ofFee(made, '2024-04')).toEqual(expected)
    expect(ofFee(made, '2024-05')).toEqual(['nothing-due'])
  })

  test('counts the day of the end as used', () => {
    const made = ended('on-end: { old: credit-unused }', {
      facts: '[ ended: { id: end, at: 2024-04-15T10:00 } ]',
    })
    expect(ofFee(made, '2024-04')).toEqual(['30', '-15'])
  })

  test('credits the price that was in force', () => {
    const agreed = prices(['2024-01-01', '30'], ['2024-04-11', '60'])
    const both = `${unused}, on-end: { old: credit-unused }`
    expect(ofFee(ended(both, { agreed }), '2024-04')).toEqual(['30', '-20', '40', '-30'])
    // Before the end the change is prorated up to it where nothing is credited at the end.
    expect(ofFee(ended(unused, { agreed }), '2024-04')).toEqual(['15', '-5', '10'])
    // A change after the end changes nothing.
    const later = prices(['2024-01-01', '30'], ['2024-04-21', '60'])
    expect(ofFee(ended(both, { agreed: later }), '2024-04')).toEqual(['30', '-15'])
  })

  test('credits what another end would have left unused: the derivation says so', () => {
    const rules = 'prorate: { by: time, of: actual }, on-end: { old: credit-unused }'
    const at = (time: string) =>
      signed(fee(rules, leaving), {
        agreed: { price: '30' },
        facts: `[ ended: { id: end, at: ${time} } ]`,
      })
    const [made, other] = [at('2024-04-16T10:00'), at('2024-04-16T12:00')]
    const lineOf = (one: Signed) => one.ask({ bill: '2024-04' }).lines?.[1]?.amount
    const derivation = lineOf(made)
    const moved = other.facts[0]?.at ?? 0
    const found =
      derivation && evaluate(derivation, ({ field }) => (field === 'at' ? moved : undefined))
    expect(found && sameValue(found, lineOf(other)?.value ?? 0)).toBe(true)
  })
})

describe('days counted as thirty a month', () => {
  test.for([
    ['2024-02-10', '{ by: days, of: actual, days-counted: 30/360 }', '21'],
    ['2024-05-31', '{ by: days, of: actual, days-counted: 30/360 }', '1'],
    ['2024-05-31', '{ by: days, of: 30 }', '1'],
    ['2024-02-10', '{ by: days, of: 30 }', '20'],
    ['2024-02-10', '{ by: days, of: 30, days-counted: actual }', '20'],
  ] as const)('from %s, %s, 30.00 a month are %s', ([start, prorate, expected]) => {
    const made = signed(fee(`prorate: ${prorate}`), {
      agreed: { price: '30' },
      period: `${start} to 2025-01-01`,
    })
    expect(made.told({ value: 'fee', in: start.slice(0, 7) })).toBe(expected)
  })
})

describe('the day of a change', () => {
  const daily = (more: string) => `prorate: { by: days, of: actual, ${more} }`
  const upgraded = prices(['2024-01-01', '49'], ['2024-01-16', '99'], ['2024-02-16', '49'])
  test.for([
    // 16 of 31 days are left with the 16th, 15 without it; of February 14 or 13 of 29.
    [`${daily('change-day: new')}, ${unused}`, ['49', '-25.29', '51.1'], ['99', '-47.79', '23.66']],
    [`${byDays}, ${unused}`, ['49', '-25.29', '51.1'], ['99', '-47.79', '23.66']],
    [`${daily('change-day: old')}, ${unused}`, ['49', '-23.71', '47.9'], ['99', '-44.38', '21.97']],
    // 1.58 and 3.19 a day; in February 3.41 and 1.69.
    [
      `${daily('change-day: old, rounded: { to: 0.01, mode: half-up }')}, ${unused}`,
      ['49', '-23.7', '47.85'],
      ['99', '-44.33', '21.97'],
    ],
    [`${daily('change-day: old')}, ${inFull}`, ['49', '-49', '47.9'], ['99', '-99', '21.97']],
  ] as const)('with %s: %j', ([rules, january, february]) => {
    const made = signed(fee(rules), { agreed: upgraded })
    expect(ofFee(made, '2024-01')).toEqual(january)
    expect(ofFee(made, '2024-02')).toEqual(february)
    for (const { posted } of made.ask({ bill: '2024' }).lines ?? [])
      expect(sameValue(evaluate(posted), posted.value)).toBe(true)
  })

  test('on the last day of a period leaves nothing of it', () => {
    const last = prices(['2024-01-01', '31'], ['2024-01-31', '62'])
    const made = signed(fee(`${daily('change-day: old')}, ${unused}`), { agreed: last })
    expect(ofFee(made, '2024-01')).toEqual(['31', '0', '0'])
    expect(ofFee(made, '2024-02')).toEqual(['62'])
  })

  test.for([
    ['5', 'up', '2024-01-02', '5'],
    ['5', 'up', '2024-01-03', '4.93'],
    ['-5', 'down', '2024-01-02', '-4.8'],
    ['-5', 'half-up', '2024-01-03', '-4.64'],
    ['-0.2', 'half-up', '2024-01-02', '-0.2'],
    ['0.2', 'half-up', '2024-01-02', '0.2'],
    ['0.1', 'half-up', '2024-01-02', '0'],
  ] as const)(
    '%s by days rounded %s costs from %s at most as much: %s',
    ([price, mode, from, january]) => {
      const rules = `prorate: { by: days, of: actual, rounded: { to: 0.01, mode: ${mode} } }`
      const period = `${from} to 2024-03-01`
      const made = signed(fee(rules), { agreed: { price }, period })
      expect(ofFee(made, '2024-01')).toEqual([january])
    },
  )

  test('a price of a day that is rounded is that of a part alone', () => {
    const rules = 'prorate: { by: days, of: actual, rounded: { to: 0.01, mode: half-up } }'
    const period = '2024-01-16 to 2024-03-01'
    const made = signed(fee(rules), { agreed: { price: '50' }, period })
    // 16 times 1.61; 31 times 1.61 would be 49.91.
    expect(ofFee(made, '2024-01')).toEqual(['25.76'])
    expect(ofFee(made, '2024-02')).toEqual(['50'])
  })

  test.for([
    ['by: time, of: actual, change-day: old', unused, 'is of days'],
    ['by: time, of: actual, rounded: { to: 0.01, mode: up }', unused, 'is of days'],
    ['by: time, of: actual, days-counted: 30/360', unused, 'is of days'],
    ['by: days, of: actual, change-day: old', 'on-change: next-period', 'No change counts a part'],
    ...[
      ['keep', 'in-full'],
      ['credit-in-full', 'in-full'],
    ].map(
      ([old, renewed]) =>
        [
          'by: days, of: actual, change-day: old',
          `on-change: { old: ${old}, new: ${renewed} }`,
          'No change counts a part',
        ] as const,
    ),
  ] as const)('{ %s } with %s is refused', ([prorate, change, words]) => {
    const text = fee(`prorate: { ${prorate} }, ${change}`)
    const { faults } = checkOffering(offering(text))
    expect(faults.map(faultText).join()).toContain(words)
  })
})

describe('words about days under policies', () => {
  const charges = (prorate: string, ...terms: readonly string[]) =>
    faultsOf(
      `{ policies: { prorate: { ${prorate} }, billed: in-advance }, facts: { opened: { shape: event } },
         terms: { ${terms.map((term, place) => `fee_${place}: { charge: { every: month, amount: 1.00${term} } }`).join(', ')} } }`,
    )
  const days = 'by: days, of: actual, change-day: new'

  test.for([
    [days, [''], 'change-day'],
    [days, ['', ', from: opened'], 'change-day'],
    ['by: time, of: actual, change-day: new', [', until: opened'], 'change-day'],
    ['by: time, of: actual, rounded: { to: 0.01, mode: up }', [''], 'rounded'],
  ] as const)('{ %s } is refused where no charge goes by it: %s', ([prorate, terms, word]) => {
    expect(charges(prorate, ...terms)).toEqual([`word_without_effect /policies/prorate/${word}`])
  })

  test.for([
    [days, ['', ', until: opened']],
    [days, [', prorate: no']],
    ['by: days, of: actual, rounded: { to: 0.01, mode: up }', ['']],
  ] as const)('{ %s } stands where one does, or none is meant: %s', ([prorate, terms]) => {
    expect(charges(prorate, ...terms)).toEqual([])
  })
})

describe('what needs no word of its own', () => {
  // Three months at 4.95, then 24.95; a one-time 50.00 beside.
  test('phases are bands over the months served', () => {
    const text = `{ measures: { served: { months: completed, parts: whole } },
      terms: { setup: { charge: { every: once, amount: 50.00 } },
        fee: { charge: { every: agreement-month, measure: served, bands: [ { below: 3, amount: 4.95 }, { from: 3, amount: 24.95 } ], prorate: no, billed: in-advance } } } }`
    const made = signed(text, { period: '2024-01-10 to 2025-01-10' })
    const months = ['2024-01', '2024-02', '2024-03', '2024-04', '2024-05']
    expect(months.map((month) => made.bill(month)['fee'])).toEqual([
      '4.95',
      '4.95',
      '4.95',
      '24.95',
      '24.95',
    ])
    expect(made.bill('2024-01')['setup']).toBe('50')
  })

  test('what is included and not used is carried over once by “previous”', () => {
    const text = `{ policies: { prorate: no, billed: in-arrears },
      measures: { used_units: { sum: used, per: month }, carried: { previous: left_over, per: month, initially: 0 },
        left_over: { formula: "max(0, 100 - used_units)", per: month } },
      terms: { usage: { charge: { every: month, measure: used_units, included: 100 + carried, rate: 0.50 } } } }`
    const used = [40, 180, 120].map(
      (quantity, place) => `used: { at: 2024-0${place + 1}-10T12:00, quantity: ${quantity} }`,
    )
    const made = signed(text, { facts: `[ ${used.join(', ')} ]` })
    // 60 carried into February of which 100 + 60 are included: 20 too many; nothing is left for March.
    expect(['2024-01', '2024-02', '2024-03'].map((month) => made.bill(month)['usage'])).toEqual([
      '0',
      '10',
      '10',
    ])
  })
})
