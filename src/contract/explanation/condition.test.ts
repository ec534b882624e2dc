import { expect, test } from 'vitest'
import { signed } from '../contract.test-support.ts'
import { nodes } from '../derivation.ts'
import { conditionWords } from './condition.ts'
import { reasonsOf } from './reason.ts'

/** Why something was waived or due, and if it was not, what would have met the condition. */

const speaking = { zone: 'Europe/Lisbon', currency: 'EUR', decimals: 2 }

const account = (condition: string) =>
  signed(
    `{ policies: { prorate: no, billed: in-arrears }, agreed: { promised: number },
       facts: { balance: { shape: state, has: { amount: money } }, deposit: { shape: event, has: { amount: money, kind: [ wage, gift ] } } },
       measures: { lowest_balance: { min: balance, per: month }, gifts: { count: deposit, per: month }, downtime: { time: outage, per: month, in: hours },
         month_hours: { time: period, per: month, in: hours }, up: { formula: 1 - downtime / month_hours } },
       terms: { fee: { charge: { every: month, amount: 10.00, when: '${condition}' } } } }`,
    {
      agreed: { promised: '99.9%' },
      facts: `[ { balance: { at: 2024-01-01T00:00, amount: 499.99 } }, { deposit: { at: 2024-02-03T10:00, amount: 20.00, kind: gift } },
                { outage: { from: 2024-02-05T10:00, for: 3 hours } } ]`,
    },
  )

test.for([
  ['lowest_balance >= 500', 'lowest balance 499.99 is 0.01 short of 500'],
  ['lowest_balance >= 400', 'lowest balance 499.99 is at least 400'],
  ['lowest_balance > 499.99', 'lowest balance 499.99 is not more than 499.99'],
  ['downtime <= 2', 'downtime 3 hours is 1 hour more than 2 hours'],
  ['gifts < 1', 'gifts 1 is not less than 1'],
  // To reach the bound would not be enough.
  ['lowest_balance > 500', 'lowest balance 499.99 is not more than 500'],
  ['downtime < 2', 'downtime 3 hours is not less than 2 hours'],
  ['up >= promised', 'about 99.569% is about 0.331 percentage points short of promised 99.9%'],
  ['gifts == 2', 'gifts 1 is not 2'],
  ['gifts != 1', 'gifts 1 is 1'],
  ['lowest_balance >= 500 && gifts >= 1', 'lowest balance 499.99 is 0.01 short of 500'],
  ['lowest_balance >= 500 || gifts >= 1', 'gifts 1 is at least 1'],
  [
    'lowest_balance >= 500 || gifts >= 3',
    'lowest balance 499.99 is 0.01 short of 500 and gifts 1 is 2 short of 3',
  ],
] as const)('%s: %s', ([condition, words]) => {
  const { derivation } = account(condition).ask({ value: 'fee', in: '2024-02' })
  const decided = [...nodes(derivation)]
    .flatMap((node) => (node.operation === 'when' ? node.from.slice(0, 1) : []))
    .find(({ as }) => as === 'when')
  expect(decided && conditionWords(decided.is, speaking)).toBe(words)
})

test('a percentage is said as it was written or agreed', () => {
  const { ask } = signed(
    `{ agreed: { promised: number, off: number }, measures: { uptime: { formula: 98.5% } },
       policies: { prorate: no, billed: in-arrears },
       terms: { fee: { charge: { every: month, amount: 10.00, when: uptime < promised, discounts: [ { id: early, share: off } ] } } } }`,
    { agreed: { promised: '99.90%', off: '4%' } },
  )
  const answer = ask({ value: 'fee', in: '2024-02' })
  const clause = { number: '2', text: 'Fee' }
  const said = reasonsOf(answer, speaking, (id) => (id === 'fee' ? clause : undefined))
  const steps = said.flatMap((reason) => reason.steps).join('\n')
  expect(steps).toContain('off 4%')
  expect(steps).toContain('promised 99.90%')
})
