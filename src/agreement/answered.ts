import { QuestionRefused } from '../contract/question-refused.ts'
import { answerWorkMax, withinWork } from '../contract/work.ts'
import type { Refusal } from '../kernel/refusal.ts'

/**
 * What the engine finds while others wait: with no more work than one answer may be, and refused by name where the
 * question cannot be answered. `under` is where the question stands in the request.
 */
export function answered<Found>(
  find: () => Found,
  under = '',
): Found | { readonly refusal: Refusal } {
  try {
    return withinWork(answerWorkMax, find)
  } catch (error) {
    if (!(error instanceof QuestionRefused)) throw error
    const { name, pointer, message } = error
    return { refusal: { name, pointer: `${under}${pointer}`, words: message } }
  }
}
