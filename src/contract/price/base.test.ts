import { describe, expect, test } from 'vitest'
import { clauseSentence, faultsOf, type Signed, signed } from '../contract.test-support.ts'

// A price that is partly money and partly a share of its base: what is printed is what is computed.

const text = (price: string, credited = false) => `{
  policies: { prorate: no, billed: in-arrears },
  facts: { ride: { shape: event, has: { km: number } }, stay: { shape: interval } },
  agreed: { tenth: { type: number, default: 10% }, deposit: { type: number, default: 40 } },
  measures: { km: { sum: ride, value: ride.km, per: month } },
  terms: {
    fee: { charge: { every: month, amount: 100.00 } },
    tried: ${credited ? `{ credit: { per: month, ${price} } }` : `{ charge: { every: month, ${price} } }`} } }`

/** May has 70 km, June none. */
const facts =
  '[ { ride: { at: 2024-05-05T10:00, km: 30 } }, { ride: { at: 2024-05-07T10:00, km: 40 } } ]'
const printed = ({ agreement }: Signed) => {
  const [revision] = agreement.revisions
  const parties = { provider: 'Acme', consumer: 'Bo' }
  return revision ? clauseSentence('tried', revision, agreement.frame.agreed, parties) : ''
}
const fee = 'the amount under clause 2 (Fee)'

describe('beside a base each share is of it, and each amount is money', () => {
  test.for([
    // price, May, June, how it is printed
    [
      'of: fee, measure: km, bands: [ { below: 5, share: 10% }, { from: 5, rate: 1.00 } ]',
      '70',
      '10',
      `, depending on the km: 10% of ${fee} for less than 5; 1.00 each from 5.`,
    ],
    [
      'of: fee, measure: km, bands: [ { below: 5, share: 10% }, { from: 5, rate: 1% } ]',
      '70',
      '10',
      `, depending on the km, a share of ${fee}: 10% for less than 5; 1% each from 5.`,
    ],
    [
      'of: fee, measure: km, mode: volume, tiers: [ { up-to: 20, amount: 3.00 }, { rate: 1% } ]',
      '70',
      '0',
      `3.00 for more than 0 up to and including 20; 1% of ${fee} each for more than 20.`,
    ],
    [
      'of: fee, measure: km, mode: graduated, tiers: [ { up-to: 20, rate: 1%, amount: 3.00 }, { rate: 2% } ]',
      '123',
      '0',
      `1% of ${fee} each plus 3.00 for more than 0 up to and including 20; 2% of ${fee} each for more than 20.`,
    ],
    [
      'of: fee, measure: km, rate: 1%, amount: 5.00',
      '75',
      '5',
      `1% of ${fee} for each unit of the km plus 5.00.`,
    ],
    ['of: fee, rate: 10%', '10', '10', ` 10% of ${fee}.`],
    [
      'of: fee, measure: km, rate: tenth, maximum: 30.00',
      '30',
      '0',
      'The charge is at most 30.00.',
    ],
    [
      'of: fee, mode: graduated, tiers: [ { up-to: 50, rate: 10%, amount: 1.00 }, { rate: 20% } ]',
      '16',
      '16',
      `, by ${fee}, each part at the price of its own tier: 10% of it plus 1.00 for more than 0.00 up to and including 50.00; 20% of it for more than 50.00.`,
    ],
    [
      'of: fee, bands: [ { below: 50, share: 10% }, { from: 50, share: 20% } ]',
      '20',
      '20',
      `, depending on ${fee}, a share of it: 10% for less than 50.00; 20% from 50.00.`,
    ],
  ] as const)('%s', ([price, may, june, sentence]) => {
    const made = signed(text(price), { facts })
    expect(made.told({ value: 'tried', in: '2024-05' })).toBe(may)
    expect(made.told({ value: 'tried', in: '2024-06' })).toBe(june)
    expect(printed(made)).toContain(sentence)
  })
})

describe('a percentage bounds the share where the price is one, otherwise the amount', () => {
  test.for([
    [
      'of: fee, measure: km, rate: 1%, minimum: 5%, maximum: 30.00',
      '30',
      '5',
      'The share is at least 5%. The charge is at most 30.00.',
    ],
    [
      'of: fee, measure: km, bands: [ { below: 5, amount: 3.00 }, { from: 5, amount: 7.00 } ], maximum: 5%',
      '5',
      '3',
      `The charge is at most 5% of ${fee}.`,
    ],
    [
      'of: fee, measure: km, bands: [ { below: 5, share: 2% }, { from: 5, rate: 1.00 } ], minimum: tenth, maximum: 60%',
      '60',
      '10',
      `The charge is at least 10% of ${fee} and at most 60% of ${fee}.`,
    ],
    ['of: fee, amount: 120.00, maximum: 90%', '90', '90', `The charge is at most 90% of ${fee}.`],
  ] as const)('%s', ([price, may, june, sentence]) => {
    const made = signed(text(price), { facts })
    expect(made.told({ value: 'tried', in: '2024-05' })).toBe(may)
    expect(made.told({ value: 'tried', in: '2024-06' })).toBe(june)
    expect(printed(made)).toContain(sentence)
  })
})

describe('a base of which nothing is taken, or that is no money, is refused', () => {
  test.for([
    ['of: fee, measure: km, rate: 2.00', 'word_without_effect /terms/tried/charge/of'],
    [
      'of: fee, measure: km, mode: volume, tiers: [ { rate: 2.00 } ]',
      'word_without_effect /terms/tried/charge/of',
    ],
    [
      'of: fee, measure: km, bands: [ { below: 5, amount: 5.00 } ]',
      'word_without_effect /terms/tried/charge/of',
    ],
    ['of: fee, amount: 5.00, maximum: 7.00', 'word_without_effect /terms/tried/charge/of'],
    ['of: deposit, share: 10%', 'types_do_not_fit /terms/tried/charge/of'],
    ['of: km, share: 10%', 'types_do_not_fit /terms/tried/charge/of'],
    ['mode: volume, tiers: [ { rate: 2.00 } ]', 'price_unsaid /terms/tried/charge/tiers'],
    ['bands: [ { below: 5, amount: 2.00 } ]', 'price_unsaid /terms/tried/charge/bands'],
    ['of: fee, share: 10%, measure: km', 'word_without_effect /terms/tried/charge/measure'],
  ] as const)('%s', ([price, fault]) => {
    expect(faultsOf(text(price))).toEqual([fault])
  })
})

test('a named price may be a share of what the clauses that use it say', () => {
  const named = (own: string, clause: string) =>
    text(clause).replace('terms:', `prices: { shared: { ${own} } }, terms:`)
  const price = 'measure: km, rate: 1%, amount: 2.00, maximum: 60%'
  const made = signed(named(price, 'of: fee, price: shared'), { facts })
  expect(made.told({ value: 'tried', in: '2024-05' })).toBe('60')
  expect(printed(made)).toContain(`1% of ${fee} for each unit of the km plus 2.00.`)
  expect(faultsOf(named(price, 'price: shared'))).toEqual([
    'types_do_not_fit /prices/shared/rate',
    'types_do_not_fit /prices/shared/maximum',
  ])
})

describe('where nothing is due nothing is bounded', () => {
  test.for([
    [
      'measure: km, bands: [ { above: 5, amount: 3.00 } ], minimum: 5.00',
      '5',
      'In every other case nothing is due. Where anything is due, the charge is at least 5.00.',
    ],
    [
      'measure: km, bands: [ { above: 5, amount: 3.00 } ], maximum: 2.00',
      '2',
      'In every other case nothing is due. The charge is at most 2.00.',
    ],
    [
      'of: fee, measure: km, bands: [ { above: 5, share: 3% } ], minimum: 5%',
      '5',
      'Where anything is due, the share is at least 5%.',
    ],
  ] as const)('%s', ([price, may, sentence]) => {
    for (const credited of [false, true]) {
      const made = signed(text(price, credited), { facts })
      expect(made.told({ value: 'tried', in: '2024-05' })).toBe(may)
      expect(made.told({ value: 'tried', in: '2024-06' })).toBe('nothing-due')
      expect(printed(made)).toContain(credited ? sentence.replace('charge', 'credit') : sentence)
    }
  })

  test('nor is an interval of which no part costs anything, or an event with all before it', () => {
    const bands = 'bands: [ { above: 100, amount: 5.00 } ], minimum: 2.00'
    const made = signed(
      text('amount: 1.00').replace(
        'tried:',
        `cut: { charge: { each: stay, measure: stay.minutes, in-parts-of: 60 minutes, ${bands} } },
         together: { charge: { each: ride, measure: ride.km, cumulative: month, ${bands} } }, tried:`,
      ),
      {
        facts: `[ { stay: { id: s, from: 2024-05-05T10:00, for: 90 minutes } },
          { ride: { id: a, at: 2024-05-05T10:00, km: 60 } }, { ride: { id: b, at: 2024-05-06T10:00, km: 30 } },
          { ride: { id: c, at: 2024-05-07T10:00, km: 20 } } ]`,
      },
    )
    expect(made.told({ value: 'cut', for: 's' })).toBe('nothing-due')
    const told = ['a', 'b', 'c'].map((id) => made.told({ value: 'together', for: id }))
    expect(told).toEqual(['nothing-due', 'nothing-due', '5'])
  })
})

describe('what is missing from a sum is bounded', () => {
  const ofFee = 'true-up: { of: fee, to: 160.00 }'
  test.for([
    [ofFee, '60', '30'],
    [`${ofFee}, maximum: 40.00`, '40', '20'],
    [`${ofFee}, minimum: 80.00`, '80', '40'],
    ['true-up: { of: fee, to: 90.00 }, minimum: 5.00', '5', '2.5'],
  ] as const)('%s: %s for a month, %s for half of one', ([price, whole, half]) => {
    const prorated = text(price).replace('prorate: no', 'prorate: { by: days, of: actual }')
    const made = signed(prorated, { period: '2024-01-01T00:00 to 2024-06-16T00:00' })
    expect(made.told({ value: 'tried', in: '2024-05' })).toBe(whole)
    expect(made.told({ value: 'tried', in: '2024-06' })).toBe(half)
  })

  test('in a scale too', () => {
    const scaled = text('measure: most, rate: 100%').replace(
      'km: {',
      `most: { scale: { ${ofFee}, maximum: 10.00 }, per: month }, km: {`,
    )
    expect(signed(scaled).told({ value: 'tried', in: '2024-05' })).toBe('10')
  })
})

describe('a tier up to 0 is reached whatever is used', () => {
  test.for([
    [
      'graduated',
      '[ { rate: 0.50, amount: 2.00 } ]',
      '37',
      '0',
      '0.50 each plus 2.00 for more than 0.',
    ],
    [
      'graduated',
      '[ { up-to: 0, amount: 5.00 }, { rate: 0.50 } ]',
      '40',
      '5',
      '5.00 in any case; 0.50 each for more than 0.',
    ],
    [
      'volume',
      '[ { up-to: 0, amount: 5.00 }, { rate: 0.50 } ]',
      '35',
      '5',
      '5.00 for none; 0.50 each for more than 0.',
    ],
  ] as const)('%s %s', ([mode, tiers, may, june, sentence]) => {
    const made = signed(text(`measure: km, mode: ${mode}, tiers: ${tiers}`), { facts })
    expect(made.told({ value: 'tried', in: '2024-05' })).toBe(may)
    expect(made.told({ value: 'tried', in: '2024-06' })).toBe(june)
    expect(printed(made)).toContain(sentence)
  })

  test.for([
    [
      '[ { up-to: 0, rate: 5.00 }, { rate: 0.50 } ]',
      'word_without_effect /terms/tried/charge/tiers/0/rate',
    ],
    [
      '[ { up-to: -1, amount: 5.00 }, { rate: 0.50 } ]',
      'tiers_misordered /terms/tried/charge/tiers/0',
    ],
    [
      '[ { up-to: 100, rate: 1.00 }, { up-to: 2 * 40, rate: 0.80 }, { rate: 0.50 } ]',
      'tiers_misordered /terms/tried/charge/tiers/1',
    ],
  ] as const)('%s is refused', ([tiers, fault]) => {
    expect(faultsOf(text(`measure: km, mode: graduated, tiers: ${tiers}`))).toEqual([fault])
  })
})
