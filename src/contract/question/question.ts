import {
  type Instant,
  type Period,
  parseInstant,
  parsePeriod,
  spokenInstant,
} from '../../kernel/time.ts'
import { type Agreement, knownBy as asKnownBy } from '../agreement/revision.ts'
import type { Answer } from '../answer/answer.ts'
import { afterEverything, askingOf } from '../answering.ts'
import type { Fact } from '../fact/fact.ts'
import { QuestionRefused } from '../question-refused.ts'
import type { Asking } from '../scope.ts'
import { periodNamed } from '../term/deadline/period-start.ts'
import type { Asked, Found } from './asked.ts'
import { bill } from './bill.ts'
import { change } from './change.ts'
import { duties } from './duties.ts'
import { end } from './end.ts'
import { exposure } from './exposure.ts'
import { fitness } from './fit.ts'
import type { Question } from './form.ts'
import { level } from './level.ts'
import { may } from './may.ts'
import { passedOver } from './passed-over.ts'
import { due, met } from './promise.ts'
import { remedy } from './remedy.ts'
import { afterDeadlines, awaited } from './undated.ts'
import { value } from './value.ts'
import { whose } from './whose.ts'

/**
 * Answers one question about one agreement from the facts. `isPerson` says that the user is a person of the relationship
 * who may hold no kind of user; any other name that the contract does not know is refused.
 */
export function answerQuestion(
  agreement: Agreement,
  facts: readonly Fact[],
  question: Question,
  { isPerson = false }: { readonly isPerson?: boolean } = {},
): Answer {
  const { zone } = agreement.frame
  const asOf = question.at === undefined ? undefined : parseInstant(question.at, zone)
  const knownBy =
    question['known-by'] === undefined ? undefined : parseInstant(question['known-by'], zone)
  // Revisions that were agreed later are not known either.
  const agreed = knownBy === undefined ? agreement : asKnownBy(agreement, knownBy)
  // Filtered first: when everything known has happened is itself a matter of what is known.
  const known = knownBy === undefined ? facts : facts.filter((fact) => fact.recorded <= knownBy)
  const named = periodNamed(idOf(question) ?? '', agreed)
  // As of where the question looked last it is answered.
  let last: Asking | undefined
  const asking = (period?: Period) => {
    const over = asOf ?? afterEverything(known, period ?? named)
    const id = asOf === undefined && !named ? awaited(question) : undefined
    const until = id === undefined ? over : afterDeadlines(agreed, known, { id, asOf: over })
    last = sharedAsking(agreed, known, until)
    return last
  }
  const about = { agreement: agreed, facts: known, asOf, isPerson, asking }
  const found = knownBy === undefined ? find(about, question) : findKnown(about, question, knownBy)
  const told = last ?? asking()
  const until = found.asOf ?? told.asOf
  // What had been recorded by an earlier instant may have been completed since.
  const final = found.final && !(knownBy !== undefined && knownBy < until)
  const concerns = concernedInstant(agreement, facts, question) ?? named?.start
  const passed = passedOver(agreed, told, { question, found })
  return {
    ...found,
    final,
    asOf: until,
    concerns: concerns ?? asOf ?? until,
    ...(passed.length > 0 && { passedOver: passed }),
  }
}

/**
 * Who asks several questions of one list of facts as of the same instant, a bill for each month, has what they share found
 * once. Only the last is kept: what is asked as of another instant shares nothing.
 */
function sharedAsking(agreement: Agreement, facts: readonly Fact[], asOf: Instant): Asking {
  const isSame =
    shared?.facts === facts && shared.agreement === agreement && shared.asking.asOf === asOf
  if (!shared || !isSame) shared = { facts, agreement, asking: askingOf(agreement, facts, asOf) }
  return shared.asking
}

// Not in a WeakMap: what one holds outlives each collection of the young, and was a third of what was collected.
let shared:
  | { readonly facts: readonly Fact[]; readonly agreement: Agreement; readonly asking: Asking }
  | undefined

/** The event or the period's start decides which revision speaks; otherwise the instant asked as of. */
function concernedInstant(
  { frame }: Agreement,
  facts: readonly Fact[],
  question: Question,
): Instant | undefined {
  const period = periodText(question)
  const start = period === undefined ? undefined : parsePeriod(period, frame.zone)?.start
  if (start !== undefined) return start
  const id = idOf(question)
  return id === undefined ? undefined : facts.find((fact) => fact.id === id)?.at
}

const idOf = (question: Question): string | undefined =>
  'for' in question ? question.for : 'remedy' in question ? question.remedy : undefined

function periodText(question: Question): string | undefined {
  if ('bill' in question) return question.bill
  if ('remedy' in question) return question.remedy
  if ('exposure' in question) return question.exposure
  return 'in' in question ? question.in : undefined
}

/** Of a fact that was recorded later nobody is told that it has not happened. */
function findKnown(asked: Asked, question: Question, knownBy: Instant): Found {
  try {
    return find(asked, question)
  } catch (error) {
    if (!(error instanceof QuestionRefused) || !namesFact(error)) throw error
    const by = spokenInstant(knownBy, asked.agreement.frame.zone)
    const words = `${error.message} Known is only what had been recorded by ${by}.`
    throw new QuestionRefused(error.name, error.pointer, words)
  }
}

const namesFact = ({ name, pointer }: QuestionRefused) =>
  name === 'fact_not_found' || pointer === '/whose' || pointer === '/item'

function find(asked: Asked, question: Question): Found {
  if ('may' in question) return may(asked, question)
  if ('whose' in question) return whose(asked, question)
  if ('bill' in question) return bill(asked, question)
  if ('due' in question) return due(asked, question)
  if ('met' in question) return met(asked, question)
  if ('level' in question) return level(asked, question)
  if ('duties' in question) return duties(asked, question)
  if ('remedy' in question) return remedy(asked, question)
  if ('change' in question) return change(asked, question)
  if ('end' in question) return end(asked, question)
  if ('exposure' in question) return exposure(asked, question)
  if ('fit' in question) return fitness(asked, question)
  return value(asked, question)
}
