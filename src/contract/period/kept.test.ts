import { expect, test } from 'vitest'
import { heldBy, keep, keptPeriods } from './kept.ts'

const rule = (place: number) => `${place} days 2024-01-01`

test('periods are kept by their rule and zone, and of so many rules that authors may write only the latest', () => {
  const day = { start: 0, end: 86_400_000 }
  keep(keptPeriods('UTC', rule(0)), day)
  expect(heldBy(keptPeriods('UTC', rule(0)), 1)).toBe(day)
  expect(heldBy(keptPeriods('UTC', rule(1)), 1)).toBeUndefined()
  expect(heldBy(keptPeriods('Asia/Tokyo', rule(0)), 1)).toBeUndefined()
  for (let place = 1; place < 1000; place += 1) keptPeriods('UTC', rule(place))
  expect(heldBy(keptPeriods('UTC', rule(0)), 1)).toBeUndefined()
})
