import { expect, test } from 'vitest'
import { askingOf } from './answering.ts'
import { factsIn, signed } from './contract.test-support.ts'
import { answerQuestion } from './question/question.ts'

/**
 * A literal with a getter has a hidden class of its own, which lives until the old are collected, and with it all that
 * the getter reaches: bills of metered lines took 2.5 times the processor time for it.
 */
test('Nothing that is compiled or answered has a getter of its own', () => {
  const { agreement } = signed(`{
    facts: { used: { shape: event, has: { amount: number } }, blocked: { shape: event } },
    components: [ { access: room, for: guest } ], users: [ guest ],
    policies: { prorate: 'no', billed: in-arrears },
    measures: { use: { sum: used, value: used.amount, per: month }, twice: { formula: use * 2, per: month } },
    terms: { stop: { transition: { of: room, on: blocked, right: suspended } },
             rent: { charge: { every: month, measure: twice, rate: '0.19' } } } }`)
  const days = Array.from({ length: 30 }, (_, day) => String(day + 1).padStart(2, '0'))
  const used = days.map((day) => `{ used: { at: 2024-01-${day}T10:00, amount: 1 } }`)
  const facts = factsIn(`[${used.join(', ')}, { blocked: { at: 2024-01-05T10:00 } }]`, agreement)
  const found = answerQuestion(agreement, facts, { bill: '2024' })
  const made = askingOf(agreement, facts).happenings('stop')
  expect(made).toHaveLength(1)
  expect(found.lines?.[0]?.parts['quantity']).toBeDefined()
  const { definitions } = agreement.revisions[0]?.contract ?? {}
  expect(gettersIn([found, made, [...(definitions?.values() ?? [])]])).toEqual([])
})

function gettersIn(root: unknown): string[] {
  const found: string[] = []
  const seen = new Set<unknown>()
  const open = [root]
  for (let one = open.pop(); open.length > 0 || one !== undefined; one = open.pop()) {
    if (typeof one !== 'object' || one === null || seen.has(one)) continue
    seen.add(one)
    for (const [name, { get, value }] of Object.entries(Object.getOwnPropertyDescriptors(one))) {
      if (get) found.push(name)
      open.push(value)
    }
  }
  return found
}
