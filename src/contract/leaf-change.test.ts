import { expect, test } from 'vitest'
import { triesOfAll } from './contract.test-support.ts'
import { leafChanges } from './leaf-change.test-support.ts'

/** Each question of each case is asked once for each of its facts: the time grows with what the cases hold. */
const patience = { timeout: 120_000 }

test(
  'another value in a leaf fact evaluates to what the engine gives for the changed fact',
  patience,
  () => {
    const found = triesOfAll().map((tried) => {
      const { held, broken } = leafChanges(tried, tried.questions)
      return { held, broken: broken.map((words) => `${tried.name} · ${words}`) }
    })
    const broken = found.flatMap((one) => one.broken)
    expect(broken).toEqual([])
    expect(found.reduce((sum, { held }) => sum + held, 0)).toBeGreaterThan(1500)
  },
)
