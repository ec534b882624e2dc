import { expect, test } from 'vitest'
import { allDocuments, triesOfAll } from './contract.test-support.ts'
import { leafChanges } from './leaf-change.test-support.ts'

/** Each question of each case is asked once for each of its facts: the time grows with what the cases hold. */
const patience = { timeout: 120_000 }

test(
  'another value in a leaf fact evaluates to what the engine gives for the changed fact',
  patience,
  () => {
    const found = triesOfAll(allDocuments()).flatMap((tried) =>
      tried.questions.map((question) => {
        const name = `${tried.name} · ${JSON.stringify(question)}`
        return { name, ...leafChanges({ tried, question, answer: tried.ask(question) }) }
      }),
    )
    const broken = found.flatMap(({ name, broken }) => broken.map((words) => `${name} · ${words}`))
    expect(broken).toEqual([])
    expect(found.reduce((sum, { held }) => sum + held, 0)).toBeGreaterThan(1500)
  },
)
