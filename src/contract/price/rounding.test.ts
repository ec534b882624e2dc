import { expect, test } from 'vitest'
import { signed } from '../contract.test-support.ts'
import { evaluate, nodes } from '../derivation.ts'
import { reasonsOf } from '../explanation/reason.ts'
import { sameValue } from '../value.ts'

/** A rounding of its own takes no line above what bounds it; that is an amount as any other. */

const made = (terms: string) =>
  signed(
    `{ policies: { prorate: no, billed: in-arrears }, facts: { e: { shape: event, has: { v: money } }, stay: { shape: interval } },
       measures: { n: { count: e, per: month }, s: { sum: e, value: e.v, per: month } },
       terms: { ${terms} } }`,
    {
      period: '2026-05-01T00:00 to 2026-07-01T00:00',
      facts: `[ e: { about: x, at: 2026-05-02T10:00, v: 10.70 }, e: { about: y, at: 2026-05-03T10:00, v: 3.40 }, e: { about: x, at: 2026-06-04T10:00, v: 20.00 },
        stay: { from: 2026-05-05T10:00, to: 2026-05-06T22:00 } ]`,
    },
  )
const whole = 'rounded: { to: 1, mode: half-up }'
const up = 'rounded: { to: 1, mode: up }'
const fee = 'fee: { charge: { every: month, amount: 29.60 } }'

test.for<[terms: string, lines: string]>([
  [
    `tried: { charge: { every: month, measure: s, rate: 100%, maximum: 10.50, ${whole} } }`,
    '10.5 10.5',
  ],
  [
    `tried: { charge: { each: e, measure: e.v, rate: 100%, maximum: 10.50, ${whole} } }`,
    '10.5 3 10.5',
  ],
  // The bound is rounded as any amount is, and a discount is taken from what it leaves.
  [
    `tried: { charge: { every: month, measure: s, rate: 100%, maximum: 10.505, ${up} } }`,
    '10.51 10.51',
  ],
  [
    `tried: { charge: { every: month, measure: s, rate: 100%, maximum: 10.50, discounts: [ { id: off, share: 10% } ], ${whole} } }`,
    '9 9',
  ],
  // What is as fine as other amounts is rounded once.
  [
    'tried: { charge: { every: month, measure: s, rate: 100%, maximum: 10.505, rounded: { to: 0.001, mode: up } } }',
    '10.505 10.505',
  ],
  [
    `tried: { charge: { each: e, measure: e.v, rate: 100%, cumulative: agreement, maximum: 15.50, ${whole} } }`,
    '11 3 1.5',
  ],
  [
    `tried: { charge: { each: e, amount: 3.40, limit: { amount: 5.50, per: month }, ${whole} } }`,
    '3 2.5 3',
  ],
  [
    `tried: { charge: { each: stay, in-parts-of: day, measure: stay.minutes, rate: 0.01, maximum: 5.30, ${up} } }`,
    '10.6',
  ],
  [
    `tried: { charge: { every: month, measure: s, rate: 100%, rise: { at-most: 10% }, ${up} } }`,
    '15 16.5',
  ],
  [
    `tried: { charge: { every: month, true-up: { of: [ n_fee ], to: 90.00 }, maximum: 10.50, ${whole} } }, n_fee: { charge: { each: e, amount: 1.00 } }`,
    '10.5 10.5',
  ],
  [`${fee}, tried: { credit: { each: e, of: fee, share: 100%, ${whole} } }`, '29.6 29.6'],
  [`${fee}, tried: { credit: { per: month, of: fee, share: 100%, ${whole} } }`, '29.6 29.6'],
  [`${fee}, tried: { credit: { per: month, of: fee, share: 60%, ${whole} } }`, '18 18'],
  [
    `${fee}, tried: { credit: { per: month, of: fee, measure: n, rate: 60%, maximum: 100%, ${whole} } }`,
    '29.6 18',
  ],
  [
    `${fee}, tried: { credit: { per: month, of: fee, measure: n, rate: 60%, maximum: 50%, ${whole} } }`,
    '14.8 14.8',
  ],
  [
    'fee: { charge: { every: month, amount: 29.604, rounded: { to: 0.001, mode: half-up } } }, tried: { credit: { per: month, of: fee, share: 100%, rounded: { to: 0.01, mode: up } } }',
    '29.604 29.604',
  ],
])('%s comes to %s', ([terms, lines]) => {
  const tried = made(terms)
  const posted = tried.bill('2026')['tried'] ?? ''
  expect(posted.replaceAll('-', '')).toBe(lines)
  const { derivation } = tried.ask({ bill: '2026' })
  expect(nodes(derivation).every((node) => sameValue(evaluate(node), node.value))).toBe(true)
})

test('the answer says what holds it', () => {
  const { ask } = made(
    `tried: { charge: { every: month, measure: s, rate: 100%, maximum: 10.50, ${whole} } }`,
  )
  const answer = ask({ value: 'tried', in: '2026-05' })
  const clause = () => ({ number: '1', text: 'Tried' })
  const told = { zone: 'Europe/Lisbon', currency: 'EUR', decimals: 2 }
  expect(reasonsOf(answer, told, clause)).toMatchObject([
    {
      steps: [
        's 14.1 × 100%: 14.10 EUR',
        'the smaller of 14.10 EUR and 10.50 EUR: 10.50 EUR',
        '10.50 EUR rounded: 11.00 EUR',
        'the smaller of 11.00 EUR and 10.50 EUR: 10.50 EUR',
      ],
    },
  ])
})
