import { firstPlace } from '../../kernel/place.ts'
import {
  beginningOfTime,
  endOfTime,
  type Instant,
  type Period,
  utcText,
} from '../../kernel/time.ts'
import type { Agreement } from '../agreement/revision.ts'
import type { Fact } from '../fact/fact.ts'
import type { Value } from '../value.ts'
import { answerQuestion } from './question.ts'

export type PermittedQuestion = {
  readonly component: string
  readonly user: string
  readonly at: Instant
  readonly item?: string
}

/**
 * Whether a user may, for a process that embeds the engine and asks the same agreement often, such as a door or a
 * gateway: what the question `may` answers or refuses, asked once for each stretch of time for which its answer stands.
 * It speaks of these facts: one more fact is another list.
 */
export function permittedBy(
  agreement: Agreement,
  facts: readonly Fact[],
): (question: PermittedQuestion) => Value {
  const known = new Map<string, Answered[]>()
  return ({ component, user, at, item }) => {
    const key = JSON.stringify([component, user, item])
    const answers = known.get(key) ?? []
    const place = firstPlace(answers.length, (one) => endOf(answers, one) > at)
    const answer = answers[place]
    if (answer && answer.start <= at) return answer.value
    const about = item === undefined ? {} : { item }
    const question = { may: component, user, ...about, at: utcText(at) }
    const { derivation, stands } = answerQuestion(agreement, facts, question)
    if (!stands) return derivation.value
    const { from: start = beginningOfTime, until: end = endOfTime } = stands
    known.set(key, answers.toSpliced(place, 0, { start, end, value: derivation.value }))
    return derivation.value
  }
}

type Answered = Period & { readonly value: Value }

const endOf = (answers: readonly Answered[], place: number) => answers[place]?.end ?? 0
