import type { z } from 'zod'
import { factsAlone, factsOf, inForceAt, instantIn, instantRefusal } from '../agreement/contract.ts'
import { addressed, type Read } from '../agreement/reading.store.ts'
import { answerValue } from '../contract/answer.ts'
import type { PlainMap } from '../contract/document.ts'
import type { Question } from '../contract/question/form.ts'
import { QuestionRefused } from '../contract/question/refused.ts'
import { answerQuestion } from '../contract/question.ts'
import { Exact } from '../kernel/exact.ts'
import { type Refusal, refuser } from '../kernel/refusal.ts'
import { utcText } from '../kernel/time.ts'
import type { AnswerShown, SuppositionShown } from './shown.ts'
import { shown } from './told.ts'

/** What was not recorded by then was left out when the agreement was read, so the question need not say it again. */
export function answerFrom(
  read: Read,
  question: Question,
): z.input<typeof AnswerShown> | { readonly refusal: Refusal } {
  const { 'known-by': _read, ...asked } = question
  const { agreement, placed, at, row } = read
  const person = 'may' in asked ? asked.user : undefined
  const kind =
    person === undefined
      ? undefined
      : Object.entries(row.users).find(([, persons]) => persons.includes(person))?.[0]
  const isPerson = person?.startsWith('per_') ?? false
  if (isPerson && !isOfRelationship(read, person))
    return { refusal: refuse('user_undeclared', '/question/user') }
  const inContext = { ...asked, at: utcText(at), ...(kind !== undefined && { user: kind }) }
  try {
    const answer = answerQuestion(agreement, factsAlone(placed), inContext as Question, isPerson)
    const told = shown(addressed(read), answer)
    return { ...told, version: read.version } as unknown as z.input<typeof AnswerShown>
  } catch (error) {
    if (!(error instanceof QuestionRefused)) throw error
    const { name, pointer, message } = error
    return { refusal: { name, pointer: `/question${pointer}`, words: message } }
  }
}

/** Whoever holds or held a role in it; one who is no user of the agreement is answered: no. */
const isOfRelationship = ({ holders, row }: Read, person: string | undefined) =>
  holders.some(({ person_id }) => person_id === person) ||
  Object.values(row.users).some((persons) => persons.some((one) => one === person))

type Supposition = {
  readonly kind: string
  readonly component?: string | undefined
  readonly about?: string | undefined
  readonly values: PlainMap
  readonly at?: string | undefined
}

/** No sender's name for a fact holds a space, so no fact on file is mistaken for it. */
const supposedId = 'what is supposed'
const refuse = refuser({
  ...instantRefusal,
  fact_undeclared: 'The offering declares no such kind of fact.',
  user_undeclared: 'Nobody of that id acts in this relationship, and no kind of user is called so.',
})

/** Every price for which the supposed fact would be an event, asked of the agreement as if it had happened. */
export function supposed(
  read: Read,
  { kind, component, about, values, at: text }: Supposition,
): z.input<typeof SuppositionShown> | { readonly refusal: Refusal } {
  const at = text === undefined ? read.now : instantIn(read.agreement, text)
  if (at === undefined) return { refusal: refuse('instant_unreadable', '/at') }
  const known = inForceAt(read, at).factKinds.get(kind)
  if (!known) return { refusal: refuse('fact_undeclared', '/kind') }
  const when = { [known.shape === 'interval' ? 'from' : 'at']: utcText(at) }
  const concerning = { ...(component && { component }), ...(about && { about }) }
  const said = { ...values, ...concerning, ...when }
  const fact = { id: supposedId, kind, said, recorded_at: utcText(at) }
  const { placed, faults } = factsOf(read.agreement, [...read.facts, fact])
  const [fault] = faults
  if (fault) {
    const pointer = fault.pointer.replace(/^\/facts\/\d+(\/[^/]+)?/, '/values')
    return { refusal: { name: fault.name, pointer, words: fault.words } }
  }
  // What lasts is over by then: it is asked about as if it had happened, not as if it had begun.
  const over = placed.find((one) => one.fact.id === supposedId)?.fact.to ?? at
  const then = { ...read, placed, at: Math.max(at, over, read.now) }
  const answers = [...inForceAt(read, at).postings.keys()].flatMap((clause) => {
    const answer = answerFrom(then, { value: clause, for: supposedId })
    return 'refusal' in answer || !restsOnIt(answer) ? [] : [answer]
  })
  const { currency, decimals } = inForceAt(read, at)
  return { ...totalOf(answers, { currency, decimals }), at: utcText(at), answers }
}

/** A price of a period that the fact merely lies in is no price of the fact. */
const restsOnIt = ({ lines, because }: z.input<typeof AnswerShown>) =>
  (lines ?? []).some(({ event }) => event === supposedId) ||
  because.some(({ facts }) => facts.includes(supposedId))

function totalOf(
  answers: readonly z.input<typeof AnswerShown>[],
  { currency, decimals }: { readonly currency: string; readonly decimals: number },
) {
  const [silent] = answers
  if (!silent) return { kind: 'not-agreed' as const, answer: 'not-agreed', says: 'not agreed' }
  const unknown = answers.find(({ kind }) => kind === 'unknown')
  if (unknown) return { kind: unknown.kind, answer: unknown.answer, says: unknown.says }
  const due = answers.filter(({ kind }) => kind === 'value')
  if (due.length === 0)
    return { kind: 'nothing-due' as const, answer: silent.answer, says: silent.says }
  const total = due.reduce((sum, one) => sum.plus(postedOf(one)), Exact.zero)
  const answer = answerValue(total, '', decimals)
  return { kind: 'value' as const, answer, says: `${answer} ${currency}` }
}

/** As it would stand in the bill: what the provider pays is negative. */
const postedOf = ({ lines, answer }: z.input<typeof AnswerShown>) =>
  Exact.of(lines?.[0]?.amount ?? answer)
