import { expect, test } from 'vitest'
import { Exact } from '../../kernel/exact.ts'
import { signed } from '../contract.test-support.ts'
import { leaf } from '../derivation.ts'
import { unknown } from '../value.ts'
import { answerDiffers, linesDiffer, shownDiffers, valueDiffers } from './expectation.ts'

/** How a value that was not expected is told. */

const writing = { zone: 'UTC', currency: 'EUR', decimals: 2 }

test.for<readonly [value: Exact, unit: string, got: string]>([
  [Exact.of('12.50'), 'hours', '12.5'],
  [Exact.of('12.50'), 'EUR', '12.50'],
  [Exact.of('12'), 'EUR', '12.00'],
  [Exact.of('12.505'), 'EUR', '12.505'],
  [Exact.ratio(172_800_001, 3_600_000), 'hours', '172800001/3600000, about 48.0000002778'],
  [Exact.ratio(1, 3), 'EUR', '1/3, about 0.3333333333'],
])(
  '%s %s is told exactly, an amount with its places, a fraction with about how much it is',
  ([value, unit, got]) => {
    expect(valueDiffers(leaf(value, { unit }), '48', writing)).toEqual([`expected 48, got ${got}`])
  },
)

test.for([
  ['fee, busy', []],
  ['busy, fee', []],
  ['fee', ['unbounded: expected fee, got fee, busy']],
  ['busy, fee, fee', ['unbounded: expected busy, fee, fee, got fee, busy']],
] as const)('what has no bound, %s, is compared in any order', ([unbounded, said]) => {
  const { ask, agreement } = signed(
    `{ policies: { prorate: no, billed: in-arrears }, measures: { uses: { count: used, per: month } },
     terms: { fee: { charge: { each: used, amount: 2.00 } }, busy: { charge: { every: month, measure: uses, rate: 1.00 } } } }`,
  )
  const answer = ask({ exposure: 'agreement', at: '2024-05-31' })
  expect(answerDiffers(answer, { is: { unbounded } }, agreement)).toEqual(said)
})

test('what is not known says what is missing, also where it is expected as shown', () => {
  const found = leaf(unknown('a reading', 'a bill'))
  expect(valueDiffers(found, '48', writing)).toEqual([
    'expected 48, got unknown (a reading, a bill)',
  ])
  expect(shownDiffers(found, '48.00')).toEqual([
    'expected about 48.00, got unknown (a reading, a bill)',
  ])
})

test.for([
  [{ fee: '2.00', busy: '1.00' }, []],
  ['2.00 1.00', []],
  [{ fee: '2.00', busy: '2.00' }, ['busy: expected 2.00, got 1.00']],
  [{ fee: '2.00' }, ['busy: expected no line, got 1.00']],
] as const)(
  'the lines of a remedy, %j, count less what they would be otherwise',
  ([lines, said]) => {
    const { ask, agreement } = signed(
      `{ policies: { prorate: no, billed: in-arrears }, measures: { uses: { count: used, per: month } },
       terms: { fee: { charge: { each: used, amount: 2.00 } }, busy: { charge: { every: month, measure: uses, rate: 1.00 } } } }`,
      { facts: '[ { used: { id: a, at: 2024-05-02 } }, { used: { id: b, at: 2024-05-03 } } ]' },
    )
    expect(linesDiffer(ask({ remedy: 'a', at: '2024-05-31' }), lines, agreement)).toEqual(said)
  },
)
