import type { z } from 'zod'
import { answered } from '../agreement/answered.ts'
import { factsAlone, factsOf, inForceAt, instantIn, instantRefusal } from '../agreement/contract.ts'
import { addressed, type Read } from '../agreement/reading.store.ts'
import { situationRefusals } from '../agreement/situation.store.ts'
import type { Shared } from '../charging/internal.ts'
import { answerValue } from '../contract/answer/data.ts'
import type { Speaking } from '../contract/answer/spoken.ts'
import type { PlainMap } from '../contract/document/document.ts'
import { didYouMean } from '../contract/document/fault.ts'
import type { FactKind } from '../contract/fact/fact-kind.ts'
import type { Question } from '../contract/question/form.ts'
import { answerQuestion } from '../contract/question/question.ts'
import { Exact } from '../kernel/exact.ts'
import { type Refusal, refuser } from '../kernel/refusal.ts'
import { type Instant, utcText } from '../kernel/time.ts'
import { ownFactRefusals, undeclaredFact, valuesRefused } from '../provision/own-facts.ts'
import { afterwards } from './afterwards.store.ts'
import type { AnswerShown, SuppositionShown } from './shown.ts'
import { amountText, shown, speakingAt } from './told.ts'

/** What both sides belong to is for bills alone. */
export function answerFrom(
  read: Read,
  question: Question,
  shared?: Shared,
): z.input<typeof AnswerShown> | { readonly refusal: Refusal } {
  const { agreement, placed, at, knownBy, row } = read
  const person = 'may' in question ? question.user : undefined
  const kind =
    person === undefined
      ? undefined
      : Object.entries(row.users).find(([, persons]) => persons.includes(person))?.[0]
  const isPerson = person?.startsWith('per_') ?? false
  if (isPerson && person !== undefined && !isOfRelationship(read, person))
    return { refusal: nobodyCalled(person, read) }
  const inContext = {
    ...question,
    at: utcText(at),
    ...(knownBy !== undefined && { 'known-by': utcText(knownBy) }),
    ...(kind !== undefined && { user: kind }),
  }
  return answered(() => {
    const answer = answerQuestion(agreement, factsAlone(placed), inContext as Question, {
      isPerson,
    })
    const told = shown({ ...addressed(read), ...(shared && { shared }) }, answer)
    return { ...told, version: read.version } as unknown as z.input<typeof AnswerShown>
  }, '/question')
}

/** Whoever holds or held a role in it; one who is no user of the agreement is answered: no. */
const isOfRelationship = ({ holders, row }: Read, person: string | undefined) =>
  holders.some(({ person_id }) => person_id === person) ||
  Object.values(row.users).some((persons) => persons.some((one) => one === person))

/** The nearest of those who may be meant: users of the agreement, and people of its consumer. */
function nobodyCalled(person: string, { holders, row }: Read): Refusal {
  const consumers = holders.filter(({ side }) => side === 'consumer')
  const persons = [...Object.values(row.users).flat(), ...consumers.map((one) => one.person_id)]
  const words = `Nobody called “${person}” acts in this relationship.${didYouMean(person, persons)}`
  return refuse('user_undeclared', '/question/user', words)
}

type Supposition = {
  readonly kind: string
  readonly component?: string | undefined
  readonly about?: string | undefined
  readonly values: PlainMap
  readonly at?: string | undefined
}

/** No sender's name for a fact holds a space, so no fact on file is mistaken for it. */
const supposedId = 'what is supposed'
/** Why nothing is supposed, in the order in which it is checked; beside it the contract may find a fault in the fact. */
export const suppositionRefusals = {
  ...instantRefusal,
  instant_must_not_precede_agreement: situationRefusals.instant_must_not_precede_agreement,
  fact_undeclared: ownFactRefusals.fact_undeclared,
  value_must_be_of_its_own: ownFactRefusals.value_must_be_of_its_own,
} as const
const refuse = refuser({
  ...suppositionRefusals,
  user_undeclared: 'Nobody of that id acts in this relationship, and no kind of user is called so.',
})

/**
 * Every price for which the supposed fact would be an event, asked of the agreement as if it had happened. What may be
 * recorded may be supposed, and what lies ahead, too.
 */
export function supposed(
  read: Read,
  supposition: Supposition,
): z.input<typeof SuppositionShown> | { readonly refusal: Refusal } {
  const { kind, values, at: text } = supposition
  const at = text === undefined ? read.now : instantIn(read.agreement, text)
  if (at === undefined) return { refusal: refuse('instant_unreadable', '/at') }
  if (at < read.agreement.frame.agreed.start)
    return { refusal: refuse('instant_must_not_precede_agreement', '/at') }
  const contract = inForceAt(read, at)
  const known = contract.factKinds.get(kind)
  if (!known) return { refusal: undeclaredFact(kind, contract) }
  // When it ends stands nowhere else than in its values.
  const { to: _until, ...own } = values
  const reserved = valuesRefused(own)
  if (reserved) return { refusal: reserved }
  return answered(() => followingFrom(read, supposition, { at, known }))
}

function followingFrom(
  read: Read,
  { kind, component, about, values }: Supposition,
  { at, known }: { readonly at: Instant; readonly known: FactKind },
): z.input<typeof SuppositionShown> | { readonly refusal: Refusal } {
  const when = { [known.shape === 'interval' ? 'from' : 'at']: utcText(at) }
  const concerning = { ...(component && { component }), ...(about && { about }) }
  const said = { ...values, ...concerning, ...when }
  const fact = { id: supposedId, kind, said, recorded_at: utcText(at) }
  const { placed: own, faults } = factsOf(read.agreement, [fact])
  const [fault] = faults
  if (fault) {
    const pointer = fault.pointer.replace(/^\/facts\/\d+(\/[^/]+)?/, '/values')
    return { refusal: { name: fault.name, pointer, words: fault.words } }
  }
  // What lasts is over by then: it is asked about as if it had happened, not as if it had begun.
  const over = own[0]?.fact.to ?? at
  const then = { ...read, placed: [...read.placed, ...own], at: Math.max(at, over, read.now) }
  const answers: z.input<typeof AnswerShown>[] = []
  for (const clause of inForceAt(read, at).postings.keys()) {
    const answer = answerFrom(then, { value: clause, for: supposedId })
    // A price that was too much work to find is not left out of the sum.
    if ('refusal' in answer && answer.refusal.name === 'question_too_large')
      return { refusal: { ...answer.refusal, pointer: '' } }
    if (!('refusal' in answer) && restsOnIt(answer)) answers.push(answer)
  }
  const { speaking } = speakingAt(addressed(read), at)
  const charged = answers.flatMap(({ kind, clause }) =>
    kind === 'value' && clause ? [clause] : [],
  )
  const supposedFact = own[0]?.fact
  // What it changes besides is a hint: where that is too much work, the price stands without it.
  const hint = supposedFact && answered(() => afterwards(then, supposedFact, charged))
  return {
    ...totalOf(answers, speaking),
    ...{ at: utcText(at), answers },
    ...(hint && !('refusal' in hint) && hint),
  }
}

/** A price of a period that the fact merely lies in is no price of the fact. */
const restsOnIt = ({ lines, because }: z.input<typeof AnswerShown>) =>
  (lines ?? []).some(({ event }) => event === supposedId) ||
  because.some(({ facts }) => facts.includes(supposedId))

function totalOf(answers: readonly z.input<typeof AnswerShown>[], speaking: Speaking) {
  const [silent] = answers
  if (!silent) return { kind: 'not-agreed' as const, answer: 'not-agreed', says: 'not agreed' }
  const unknown = answers.find(({ kind }) => kind === 'unknown')
  if (unknown) return { kind: unknown.kind, answer: unknown.answer, says: unknown.says }
  const due = answers.filter(({ kind }) => kind === 'value')
  if (due.length === 0)
    return { kind: 'nothing-due' as const, answer: silent.answer, says: silent.says }
  const total = due.reduce((sum, one) => sum.plus(postedOf(one)), Exact.zero)
  const answer = answerValue(total, '', speaking.decimals)
  return { kind: 'value' as const, answer, says: amountText(total, speaking) }
}

/** As it would stand in the bill: what the provider pays is negative. */
const postedOf = ({ lines, answer }: z.input<typeof AnswerShown>) =>
  Exact.of(lines?.[0]?.amount ?? answer)
