import { QuestionRefused } from './question-refused.ts'

/**
 * What one answer may come to that others wait for. How long an agreement is, its parties decide, and a day of it may
 * have many lines: so not the period is bounded but what is made of it. One unit is about a step of a derivation; it is
 * counted and not timed, so that the same question is always answered, or always refused.
 *
 * The count stands here and in no question: steps are made by functions that know of none, and one question is answered
 * from its beginning to its end before another is.
 */
let left = Number.POSITIVE_INFINITY

/**
 * So much is 0.3 to 0.5 s from question to text, at the 300 to 500 units of a millisecond that were measured: a bill of
 * 3,000 orders or of ten years of days, a level over seven years of quarters of an hour.
 */
export const answerWorkMax = 150_000

/** Finds it with at most so much work, and throws `question_too_large` beyond it. Within another bound that holds too. */
export function withinWork<Found>(most: number, find: () => Found): Found {
  const outer = left
  const given = Math.min(most, outer)
  left = given
  try {
    return find()
  } finally {
    left = outer - (given - left)
  }
}

/** Says that so much is about to be made. */
export function spend(units: number): void {
  left -= units
  if (left < 0)
    throw new QuestionRefused(
      'question_too_large',
      '',
      'The answer is more work than one question may be: ask about a shorter period.',
    )
}
