import { type Agreement, type Revision, revisionAt } from '../agreement/revision.ts'
import type { Answer } from '../answer/answer.ts'
import type { Derivation } from '../derivation.ts'
import { didYouMean } from '../document/fault.ts'
import { passedOverTexts } from '../explanation/passed-over.ts'
import { stepText } from '../explanation/step.ts'
import type { Fact } from '../fact/fact.ts'
import type { Question } from '../question/form.ts'
import { answerQuestion } from '../question/question.ts'
import { QuestionRefused } from '../question-refused.ts'
import { isNothingDue } from '../value.ts'
import { onFileButNotCounted } from './not-counted.ts'

/** What was asked, and of what. */
type AskedOf = {
  readonly agreement: Agreement
  readonly facts: readonly Fact[]
  readonly question: Question
}

/**
 * Why something that was expected is not there, for whoever tests a contract: what did not count, what decided that nothing
 * is due, and of each clause without a line one reason.
 */
export function whyMissing(
  answer: Answer,
  expected: Readonly<Record<string, string>>,
  asked: AskedOf,
): string[] {
  const posted = (clause: string) =>
    answer.lines?.some((line) => line.clause === clause && !isNothingDue(line.posted.value)) ?? true
  const missing = Object.entries(expected).flatMap(([clause, wanted]) => {
    if (posted(clause) || wanted === 'nothing-due' || Number(wanted) === 0) return []
    return `${clause}: ${reasonOf(clause, answer, asked)}`
  })
  const revision = revisionAt(asked.agreement, answer.concerns)
  const isMap = Object.keys(expected).length > 0
  const decided = isMap ? undefined : nothingDueReason(answer.derivation, revision)
  return [
    ...passedOverTexts(answer),
    ...onFileButNotCounted(answer, asked, revision),
    ...(decided === undefined ? [] : [decided]),
    ...missing,
  ]
}

/** What decided that nothing is due. */
function nothingDueReason(derivation: Derivation, revision: Revision): string | undefined {
  if (!isNothingDue(derivation.value)) return undefined
  const { zone, decimals, words } = revision.contract
  const speaking = { zone, decimals, currency: words.currency }
  const decisive = [derivation, ...derivation.from.map(({ is }) => is)].filter(({ value }) =>
    isNothingDue(value),
  )
  return decisive.map((one) => stepText(one, speaking)).find((said) => said !== undefined)
}

function reasonOf(clause: string, answer: Answer, asked: AskedOf): string {
  const { agreement } = asked
  const revision = revisionAt(agreement, answer.concerns)
  const { postings, words } = revision.contract
  const posting = postings.get(clause)?.words
  if (!posting)
    return `no charge or credit has this name.${didYouMean(clause, Object.keys(words.terms ?? {}))}`
  const line = answer.lines?.find((one) => one.clause === clause)
  const decided = line && nothingDueReason(line.posted, revision)
  if (decided !== undefined) return decided
  const own = alone(clause, asked)
  const [passed] = own ? passedOverTexts(own) : []
  if (passed !== undefined) return passed
  if (posting.each !== undefined) return `there is no “${posting.each}” then`
  return `no line of it, of each ${posting.every ?? posting.per}, is billed then`
}

/** The clause by itself, as far as that can be asked. */
function alone(clause: string, { agreement, facts, question }: AskedOf): Answer | undefined {
  const { at, 'known-by': knownBy } = question
  const when = {
    ...(at !== undefined && { at }),
    ...(knownBy !== undefined && { 'known-by': knownBy }),
  }
  const of =
    'bill' in question
      ? { in: question.bill }
      : 'remedy' in question
        ? { [facts.some(({ id }) => id === question.remedy) ? 'for' : 'in']: question.remedy }
        : undefined
  if (!of) return undefined
  try {
    return answerQuestion(agreement, facts, { value: clause, ...of, ...when })
  } catch (error) {
    if (error instanceof QuestionRefused) return undefined
    throw error
  }
}
