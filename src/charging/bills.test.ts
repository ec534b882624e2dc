import { expect, test } from 'vitest'
import { factsAlone } from '../agreement/contract.ts'
import { offeringOf, soFarOf } from '../agreement/so-far.test-support.ts'
import { answerQuestion } from '../contract/question/question.ts'
import { answerWorkMax, withinWork } from '../contract/work.ts'

const day = 86_400_000
const begin = Date.UTC(2024, 0, 1)
const at = '2025-12-31T00:00'
const months = [2024, 2025].flatMap((year) =>
  Array.from({ length: 12 }, (_, place) => `${year}-${String(place + 1).padStart(2, '0')}`),
)

/** Two years of a rack, with so many requests for remote hands, each performed within half an hour. */
function rack(requests: number) {
  const instant = (minutes: number) => new Date(begin + minutes * 60_000).toISOString()
  const facts = Array.from({ length: requests }, (_, place) => {
    const asked = Math.floor((place * 700) / requests) * (day / 60_000) + (place % 600)
    const own = { about: `ord_${place}`, component: 'remote_hands' }
    return [
      ['requested', { ...own, at: instant(asked) }],
      ['performed', { ...own, from: instant(asked), to: instant(asked + 30) }],
    ] as const
  }).flat()
  const period = ['2024-01-01T00:00', '2026-01-01T00:00'] as const
  return soFarOf({ document: offeringOf('colocation'), period, facts, now: at })
}

test('the bills of two years are no more work than one answer may be, with thousands of facts on file', () => {
  const { agreement, placed } = rack(2000)
  const facts = factsAlone(placed)
  const totals = withinWork(answerWorkMax, () =>
    months.map((bill) => answerQuestion(agreement, facts, { bill, at }).derivation.value),
  )
  expect(totals).toHaveLength(24)
})

test('a bill is the same, whether others are asked beside it or not', () => {
  const { agreement, placed } = rack(60)
  const facts = factsAlone(placed)
  for (const bill of months)
    expect(answerQuestion(agreement, facts, { bill, at })).toEqual(
      answerQuestion(agreement, factsAlone(placed), { bill, at }),
    )
})
