/** A question that cannot be answered as it stands, by name. */
export class QuestionRefused extends Error {
  override readonly name: RefusedQuestion
  readonly pointer: string

  constructor(name: RefusedQuestion, pointer: string, words: string) {
    super(words)
    this.name = name
    this.pointer = pointer
  }
}
/** Why a question cannot be answered as it stands. */
export const refusedQuestions = {
  question_names_nothing: 'The contract names nothing of that name and sort.',
  period_unreadable:
    'A period is 2024, 2024-H1, 2024-Q1, 2024-05, 2024-05-30 or two dates with “to”.',
  fact_not_found: 'No fact with that id is known as of then.',
  fact_unreadable: 'A supposed fact is not one that the contract can read.',
  instant_needed: 'Whether somebody may, a change and an end are asked at an instant.',
  period_needed: 'The agreement has no end: what it may come to is asked of a period.',
  question_needs_one_scope:
    'A value is asked for a fact or in a period, and of one period and one subject of a measure.',
  event_not_said: 'Several kinds of fact end the agreement; the question says which.',
  agreed_value_unreadable: 'What would be agreed is not what the offering leaves open.',
  question_too_long:
    'What is asked rests on more than 600,000 periods; a shorter time can be asked about.',
  question_too_large:
    'The answer is more work than one question may be; a shorter period can be asked about.',
  user_undeclared: 'The contract knows no such kind of user.',
} as const
type RefusedQuestion = keyof typeof refusedQuestions
