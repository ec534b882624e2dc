import { expect, test } from 'vitest'
import { parseInstant } from '../kernel/time.ts'
import { internalOf } from './internal.ts'

const university = { id: 'ent_university', title: 'University' }
const clinic = { id: 'ent_clinic', title: 'Clinic' }
const shared = (date: string) => [
  ...(date < '2026-04-16' ? [university] : []),
  ...(date < '2026-02-01' ? [clinic] : []),
]

test.for<[readonly string[], string | undefined]>([
  [[], undefined],
  [['2026-04-30'], undefined],
  [['2026-04-10', '2026-04-15'], 'Internal charges: both belong to University; no tax invoice'],
  [['2026-01-31'], 'Internal charges: both belong to University and Clinic; no tax invoice'],
  [
    ['2026-04-10', '2026-04-30'],
    '1 of 2 lines are internal charges: on their bill dates both belong to University; no tax invoice for them',
  ],
])('R050 lines billed on %j: %s', ([dates, says]) => {
  const lines = dates.map((date) => ({ billed: parseInstant(date, 'Asia/Tokyo') ?? 0 }))
  expect(internalOf(lines, shared, 'Asia/Tokyo')?.says).toBe(says)
})
