import { Exact } from '../../kernel/exact.ts'
import type { Instant } from '../../kernel/time.ts'
import { within } from '../../kernel/time.ts'
import { type Agreement, revisionAt } from '../agreement/revision.ts'
import type { Duty } from '../answer/answer.ts'
import { derive, onlyIf } from '../derivation.ts'
import { instantLeaf } from '../happening.ts'
import type { Asking, Promised } from '../scope.ts'
import { begins, lastInTime } from '../term/deadline/promised.ts'
import { type Asked, type Found, periodOf } from './asked.ts'
import { isFinal } from './final.ts'
import type { Question } from './form.ts'
import { targetWords } from './named.ts'

/** What somebody still has to do and by when; of a period, what fell due in it and whether it was done in time. */
export function duties(
  { agreement, asking: ask }: Asked,
  question: Extract<Question, { duties: string }>,
): Found {
  const { in: text, duties: of } = question
  const period = text === undefined ? undefined : periodOf(text, agreement.frame.zone, '/in')
  const asking = ask(period)
  // One that its condition does not let begin is none, and would be one if the condition held: it stays in the reasons.
  const concerned = promisesMade(agreement, asking).filter(
    (one) =>
      (of === 'both' || whoOf(agreement, one) === of) &&
      (period ? within(lastInTime(one) ?? Number.NaN, period) : isOpen(one, asking.asOf)),
  )
  const inputs = concerned.map(({ clause, start, conditional }) => ({
    as: clause,
    is: onlyIf(conditional?.begins, instantLeaf(start)),
  }))
  const derivation = derive(
    'count',
    inputs,
    { of: 'duties', missing: Exact.zero },
    { unit: 'duties' },
  )
  return {
    question: 'duties',
    derivation,
    duties: concerned.filter(begins).map((one) => dutyOf(agreement, one)),
    final: period !== undefined && isFinal({ asOf: asking.asOf, period, derivation }),
  }
}

/** Every deadline that somebody owes and that has begun, or of which nobody knows yet whether it has, the most urgent first. */
export const promisesIn = (agreement: Agreement, asking: Asking): Promised[] =>
  promisesMade(agreement, asking).filter(begins)

function promisesMade(agreement: Agreement, asking: Asking): Promised[] {
  const clauses = agreement.revisions.flatMap(({ contract }) =>
    [...contract.promises].flatMap(([id, { isOption }]) => (isOption ? [] : [id])),
  )
  const dueOf = ({ due }: Promised) => instantOf(due.value) ?? Number.MAX_SAFE_INTEGER
  return [...new Set(clauses)]
    .flatMap((clause) => asking.promises(clause))
    .sort((left, right) => dueOf(left) - dueOf(right))
}

export function dutyOf(agreement: Agreement, promised: Promised): Duty {
  const { clause, start, due, met, stop } = promised
  const done = instantOf(stop.value)
  const { about, id } = start.fact
  return {
    ...{ clause, who: whoOf(agreement, promised), fact: id, start: start.at, due, met },
    ...(about !== undefined && { about }),
    ...(done !== undefined && { done }),
  }
}

/** A target is the provider’s promise; a duty says whose it is. */
const whoOf = (agreement: Agreement, { clause, start }: Promised) =>
  targetWords(revisionAt(agreement, start.at), clause)?.who ?? 'provider'

/** Not done yet; what nobody records as done is a date, and is open until then. */
function isOpen({ stop, due, conditional }: Promised, asOf: Instant): boolean {
  if (instantOf(stop.value) !== undefined) return false
  const at = instantOf((conditional?.due ?? due).value)
  return stop.operation !== undefined || at === undefined || at > asOf
}

const instantOf = (value: unknown): Instant | undefined =>
  typeof value === 'number' ? value : undefined
