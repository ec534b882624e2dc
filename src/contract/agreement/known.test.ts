import { describe, expect, test } from 'vitest'
import { utcText } from '../../kernel/time.ts'
import type { Answer } from '../answer/answer.ts'
import {
  allDocuments,
  answering,
  type Tried,
  triesOf,
  triesOfAll,
} from '../contract.test-support.ts'
import type { Fact } from '../fact/fact.ts'
import type { Question } from '../question/form.ts'
import { QuestionRefused } from '../question-refused.ts'
import { lineKey } from '../random-contract.test-support.ts'
import { valueText } from '../value.ts'
import { knownBy } from './revision.ts'

/** What is asked again later is answered as before, over every case and example: of what was known then, as it was agreed. */

const maps = allDocuments()
/** Each question is asked several times: the time grows with what the cases hold. */
const patience = { timeout: 120_000 }

/** An answer as far as it is compared: value, clause, finality and lines. */
type Told = { readonly says: string; readonly final: boolean }

function told(ask: () => Answer): Told {
  try {
    const { derivation, clause, final, lines } = ask()
    const shown = (lines ?? []).map(lineKey).toSorted()
    return { says: [valueText(derivation.value), clause, ...shown].join(' | '), final }
  } catch (error) {
    if (error instanceof QuestionRefused) return { says: error.name, final: false }
    throw error
  }
}

const allTold = ({ ask, questions }: Tried, facts?: readonly Fact[]) =>
  questions.map((question) => told(() => ask(question, facts)))

/** All questions of a list of facts one after the other: what they share is found once. */
const recordings = triesOfAll(maps).map((tried) => ({
  tried,
  answers: allTold(tried),
}))

/** Where answers differ from those before: the questions, and both. */
function differing(tried: Tried, before: readonly Told[], after: readonly Told[]): string[] {
  return tried.questions.flatMap((question, place) => {
    const [then, now] = [before[place], after[place]].map((one) => JSON.stringify(one))
    return then === now ? [] : [`${tried.name} · ${JSON.stringify(question)}: ${then} → ${now}`]
  })
}

describe('what was known', () => {
  test('by an instant never changes when facts are recorded later', patience, () => {
    const changed = recordings.flatMap(({ tried }) => {
      const { facts, agreement } = tried
      const instants = [...new Set(facts.map(({ recorded }) => recorded))].toSorted(
        (one, other) => one - other,
      )
      const tellings = new Set(
        [0.33, 0.67].map((share) => instants[Math.floor(instants.length * share)]),
      )
      return [...tellings].flatMap((by, turn) => {
        if (by === undefined) return []
        const known = facts.filter(({ recorded }) => recorded <= by)
        const then = { ...answering(knownBy(agreement, by), known), name: tried.name }
        // Each question by one of the instants in turn, asked then as it was, and now as of what was known then.
        const questions = tried.questions
          .filter((_, place) => place % tellings.size === turn)
          .map(({ 'known-by': _, ...question }) => question as Question)
        const before = allTold({ ...then, questions })
        const after = allTold({
          ...tried,
          questions: questions.map((one) => ({ ...one, 'known-by': utcText(by) })),
        })
        // Now it is known that more may have been recorded since: what was final need not be, what was not never is.
        const kept = after.map((one, place) => ({
          ...one,
          final: one.final || before[place]?.final === true,
        }))
        return differing({ ...tried, questions }, before, kept)
      })
    })
    expect(changed).toEqual([])
  })

  test('is recorded in any order: the answers are the same', () => {
    const changed = recordings.flatMap(({ tried, answers }, place) => {
      const facts =
        place % 2 === 0
          ? tried.facts.toReversed()
          : tried.facts.toSorted((one, other) => (one.id < other.id ? 1 : -1))
      return differing(tried, answers, allTold(tried, facts))
    })
    expect(changed).toEqual([])
  })
})

/** Of a period or a fact, and of no instant: what is final of these stays. */
const staysFinal = (question: Question) =>
  ['in', 'for', 'bill', 'remedy'].some((word) => word in question) &&
  !['at', 'suppose', 'known-by'].some((word) => word in question)

test('what is final by an instant is so ever after, whatever happens', patience, () => {
  const changed = recordings.flatMap(({ tried }) => {
    const questions = tried.questions.filter(staysFinal)
    const instants = tried.facts.flatMap(({ at, to }) => [at, to ?? at]).toSorted((a, b) => a - b)
    const by = (instant: number) =>
      questions.map((question) => told(() => tried.ask({ ...question, at: utcText(instant) })))
    const after = by((instants.at(-1) ?? 0) + 400 * 86_400_000)
    return [0.33, 0.67].flatMap((share) =>
      by(instants[Math.floor(instants.length * share)] ?? 0).flatMap(({ says, final }, place) =>
        final && says !== after[place]?.says
          ? [`${tried.name} · ${JSON.stringify(questions[place])}: ${says} → ${after[place]?.says}`]
          : [],
      ),
    )
  })
  expect(changed).toEqual([])
})

test('a change to the offering document afterwards changes no answer of a running agreement', () => {
  const answersOf = new Map(recordings.map(({ tried, answers }) => [tried.name, answers]))
  const offerings = maps.filter((data) => typeof data['offering'] === 'object')
  for (const data of offerings) {
    const spoilt = structuredClone(data)
    const running = triesOf(spoilt, () => undefined)
    spoil(spoilt['offering'])
    for (const tried of running)
      expect(differing(tried, answersOf.get(tried.name) ?? [], allTold(tried))).toEqual([])
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
