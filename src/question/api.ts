import { z } from 'zod'
import { asOfRefusals, readRunAsOf } from '../agreement/reading.store.ts'
import { readShared } from '../charging/internal.store.ts'
import type { Plain } from '../contract/document/document.ts'
import { type Question, questionForms } from '../contract/question/form.ts'
import { refusedQuestions } from '../contract/question-refused.ts'
import type { Refusal } from '../kernel/refusal.ts'
import { query } from '../platform/http/endpoint.ts'
import { answerFrom, supposed, suppositionRefusals } from './answer.store.ts'
import { readQuestion } from './read-question.ts'
import { AnswerShown, SuppositionShown } from './shown.ts'

const QuestionWords = z.union(
  questionForms as unknown as readonly [z.ZodType<Question>, z.ZodType<Question>],
)

/** Every scalar is text to the engine, as it is in a document. */
const Scalar = z
  .union([z.string().max(4000), z.number(), z.boolean()])
  .transform((value) => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)))
const Said = z.record(z.string().max(60), Scalar)
const Supposed = z.array(z.record(z.string().max(60), Said)).max(20)
const Words = z.record(z.string().max(40), z.union([Scalar, Said, Supposed]))

export const askAgreement = query({
  name: 'ask_agreement',
  route: 'POST /agreements/:agreement/questions',
  says: 'Answers one question from the agreement, with the clauses that decide: may, value, bill, due, met, whose, level, duties, remedy, change, end, exposure, fit.',
  open: false,
  input: z.strictObject({ agreement: z.string(), question: Words }),
  output: AnswerShown,
  refusals: [
    ...['agreement_not_found', ...asOfRefusals, 'agreement_must_be_active'],
    'question_unreadable',
    ...Object.keys(refusedQuestions),
  ],
  answer: async ({ input, client, work, viewer, now }) => {
    const asked = asWritten(input.question)
    const { 'known-by': known_by, at } = 'refusal' in asked ? {} : asked.question
    const read = await readRunAsOf({ client, work, viewer, now }, input.agreement, { at, known_by })
    if ('refusal' in read) return { refusal: asAsked(read.refusal) }
    // Whoever has no part in the agreement is not told how to ask it.
    if ('refusal' in asked) return asked
    const shared = 'bill' in asked.question ? await readShared(read, work) : undefined
    return answerFrom(read, asked.question, shared)
  },
})

/** What would come of something that has not happened: one fact is supposed, and nothing is recorded. */
export const supposeFact = query({
  name: 'suppose_fact',
  route: 'POST /agreements/:agreement/suppositions',
  says: 'What it would cost if something happened: every price that would be due for it, with its clause.',
  open: false,
  input: z.strictObject({
    agreement: z.string(),
    kind: z.string().max(60),
    component: z.string().max(60).optional(),
    about: z.string().max(80).optional(),
    values: z.record(z.string().max(60), z.string().max(500)).default({}),
    at: z.string().max(40).optional(),
  }),
  output: SuppositionShown,
  refusals: [
    ...['agreement_not_found', 'agreement_must_be_active'],
    ...[...Object.keys(suppositionRefusals), 'question_too_large'],
  ],
  answer: async ({ input, client, work, viewer, now }) => {
    const read = await readRunAsOf({ client, work, viewer, now }, input.agreement, {})
    return 'refusal' in read ? read : supposed(read, input)
  },
})

/** Both instants stand in the question here. */
function asAsked({ pointer, ...refusal }: Refusal): Refusal {
  const own: Readonly<Record<string, string>> = {
    '/at': '/question/at',
    '/known_by': '/question/known-by',
  }
  return { ...refusal, pointer: own[pointer] ?? pointer }
}

function asWritten(
  words: z.output<typeof Words>,
): { readonly question: Question } | { readonly refusal: Refusal } {
  const read = readQuestion(words satisfies Plain, QuestionWords)
  if ('question' in read) return read
  return { refusal: { ...read.refusal, pointer: `/question${read.refusal.pointer}` } }
}
