import { expect, test } from 'vitest'
import { signed } from '../contract/contract.test-support.ts'
import { told } from './told.ts'

/** An answer as a terminal shows it. */

const { agreement, ask } = signed(
  `{ policies: { prorate: no, billed: in-advance }, facts: { used: { shape: event } },
     terms: { fee: { charge: { every: month, amount: 62.00 } }, use: { charge: { each: used, amount: 1.00 } } } }`,
  { facts: '[ used: { id: first, at: 2024-01-05T00:00 } ]' },
)
const live = { id: 'agr_x', agreement, told: { provider: 'Acme', consumer: 'Bolt' } }
const says = (question: Parameters<typeof ask>[0]) => told(live, ask(question)).says

test('a charge asked for nothing in particular is the sum of its lines so far, each of them told', () => {
  const lines = says({ value: 'fee', at: '2024-03-10' })
  expect(lines[0]).toContain('186.00 EUR')
  expect(lines.slice(1, 4).map((line) => line.trim().split(/\s+/))).toEqual([
    ['2024-01-01', '2', 'fee', '62.00', 'EUR'],
    ['2024-02-01', '2', 'fee', '62.00', 'EUR'],
    ['2024-03-01', '2', 'fee', '62.00', 'EUR'],
  ])
  expect(lines).toContain('     3 lines of fee: 186.00 EUR')
})

test('a single line is the answer itself, and not told beside it', () => {
  for (const question of [
    { value: 'fee', in: '2024-02' },
    { value: 'use', for: 'first' },
  ])
    expect(says(question).join('\n')).not.toMatch(/2024-0\d-01/)
})
