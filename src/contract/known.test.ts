import { describe, expect, test } from 'vitest'
import { localText } from '../kernel/time.ts'
import type { Answer } from './answer.ts'
import { allDocuments, type Tried, triesOf, triesOfAll } from './contract.test-support.ts'
import type { Question } from './question/form.ts'
import { QuestionRefused } from './question/refused.ts'
import { lineKey } from './random-contract.test-support.ts'
import { valueText } from './value.ts'

/** What is asked again later is answered as before, over every case and example: of what was known then, as it was agreed. */

const maps = allDocuments()
/** Each question is asked several times: the time grows with what the cases hold. */
const patience = { timeout: 120_000 }
const named = ({ tried, question }: { readonly tried: Tried; readonly question: Question }) =>
  `${tried.name} · ${JSON.stringify(question)}`

/** An answer as far as it is compared: value, clause, finality and lines. */
function told(ask: () => Answer): string {
  try {
    const { derivation, clause, final, lines } = ask()
    const shown = (lines ?? []).map(lineKey).toSorted()
    return [valueText(derivation.value), clause, final, ...shown].join(' | ')
  } catch (error) {
    if (error instanceof QuestionRefused) return error.name
    throw error
  }
}

describe('what was known', () => {
  const recordings = triesOfAll(maps).flatMap((tried) =>
    tried.questions.map((question) => ({ tried, question })),
  )

  test('by an instant never changes when facts are recorded later', patience, () => {
    const changed = recordings.flatMap(({ tried, question }) => {
      const instants = [...new Set(tried.facts.map(({ recorded }) => recorded))].toSorted(
        (one, other) => one - other,
      )
      // Two of them: each is two more questions.
      const tellings = [0.33, 0.67].map((share) => instants[Math.floor(instants.length * share)])
      return [...new Set(tellings)].flatMap((knownBy) => {
        if (knownBy === undefined) return []
        const then = { ...question, 'known-by': localText(knownBy, tried.agreement.frame.zone) }
        const known = tried.facts.filter(({ recorded }) => recorded <= knownBy)
        const before = told(() => tried.ask(then, known))
        const after = told(() => tried.ask(then))
        return before === after
          ? []
          : [`${named({ tried, question })} known by ${then['known-by']}: ${before} → ${after}`]
      })
    })
    expect(changed).toEqual([])
  })

  test('is recorded in any order: the answers are the same', () => {
    const changed = recordings.filter(({ tried, question }, place) => {
      const facts =
        place % 2 === 0
          ? tried.facts.toReversed()
          : tried.facts.toSorted((one, other) => (one.id < other.id ? 1 : -1))
      return told(() => tried.ask(question, facts)) !== told(() => tried.ask(question))
    })
    expect(changed.map(named)).toEqual([])
  })
})

test('a change to the offering document afterwards changes no answer of a running agreement', () => {
  const offerings = maps.filter((data) => typeof data['offering'] === 'object')
  for (const data of offerings) {
    const kept = structuredClone(data)
    const before = triesOf(kept, () => undefined)
    const answers = before.map((tried) =>
      tried.questions.map((question) => told(() => tried.ask(question))),
    )
    spoil(kept['offering'])
    const after = before.map((tried) =>
      tried.questions.map((question) => told(() => tried.ask(question))),
    )
    expect(after).toEqual(answers)
  }
  expect(offerings.length).toBeGreaterThan(9)
})

/** Another catalogue: every number doubled, every list emptied, every map without its last entry. */
function spoil(data: unknown): void {
  if (typeof data !== 'object' || data === null) return
  const map = data as Record<string, unknown>
  for (const [key, value] of Object.entries(map)) {
    if (typeof value === 'string' && /^\d/.test(value)) map[key] = `9${value}`
    else spoil(value)
  }
  if (Array.isArray(data)) data.length = 0
  else delete map[Object.keys(map).at(-1) ?? '']
}
