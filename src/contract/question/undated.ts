import type { Instant } from '../../kernel/time.ts'
import { afterEverything, askingOf } from '../agreement.ts'
import type { Fact } from '../fact/fact.ts'
import { openPause } from '../promised.ts'
import type { Agreement } from '../revision.ts'
import type { Asking, Promised } from '../scope.ts'
import { Absent, isUnknown } from '../value.ts'
import type { Asked } from './asked.ts'
import type { Question } from './form.ts'

/** A deadline that includes its last instant is over a moment later. */
const moment = 60_000

/**
 * What a question about a fact is asked as of when it does not say: everything on file has happened, the deadlines that
 * the fact began are over, so that what nobody recorded by then was not done, and what it brings about has taken effect,
 * as in the bill that its line is in.
 */
export function afterDeadlines(
  agreement: Agreement,
  facts: readonly Fact[],
  { id, asOf = afterEverything(facts) }: { id: string; asOf?: Instant },
): Instant {
  const clauses = new Set(
    agreement.revisions.flatMap(({ contract }) => [
      ...contract.promises.keys(),
      ...contract.transitions.keys(),
    ]),
  )
  let until = asOf
  // What follows from a missed deadline, or from what took effect, may begin another one.
  for (const _each of clauses) {
    const asking = askingOf(agreement, facts, until)
    const open = [...clauses]
      .flatMap((clause) => asking.promises(clause))
      .filter((one) => one.start.fact.id === id && isOpen(one))
    const over = open.flatMap(({ due: { value } }) =>
      typeof value === 'number' && value >= until ? [value + moment] : [],
    )
    const later = [...over, ...effectsAfter(until, { agreement, asking, id })]
    if (later.length === 0) return until
    until = Math.max(...later)
  }
  return until
}

/** When transitions of the fact take effect that have not yet. */
function effectsAfter(
  until: Instant,
  {
    agreement,
    asking,
    id,
    rests = () => true,
  }: { agreement: Agreement; asking: Asking; id: string; rests?: (clause: string) => boolean },
): Instant[] {
  return agreement.revisions
    .flatMap(({ contract, governs }) =>
      [...contract.transitions].flatMap(([clause, one]) =>
        rests(clause) ? one.happenings(asking, governs) : [],
      ),
    )
    .filter(({ at, fact, holds }) => fact.id === id && at > until && holds?.value !== false)
    .map(({ at }) => at)
}

/**
 * Whether something is still to follow from the fact under these clauses, all of them where none are named: a deadline that
 * it began is neither kept nor missed, or what it brings about has yet to take effect.
 */
export function isPending(
  agreement: Agreement,
  asking: Asking,
  { id, rests = () => true }: { id: string; rests?: (clause: string) => boolean },
): boolean {
  const clauses = new Set(
    agreement.revisions.flatMap(({ contract }) => [...contract.promises.keys()]),
  )
  const isUndecided = ({ start, met }: Promised) => start.fact.id === id && isUnknown(met.value)
  return (
    [...clauses].filter(rests).some((clause) => asking.promises(clause).some(isUndecided)) ||
    effectsAfter(asking.asOf, { agreement, asking, id, rests }).length > 0
  )
}

/** What is supposed begins deadlines as what is on file does: when they are over, where the question says no instant. */
export function deadlinesOver(
  { agreement, facts, asOf }: Asked,
  supposed: readonly Fact[],
  id: string | undefined,
): Instant | undefined {
  const isSupposed = supposed.some((fact) => fact.id === id)
  return asOf === undefined && id !== undefined && isSupposed
    ? afterDeadlines(agreement, [...facts, ...supposed], { id })
    : undefined
}

/** Not known to be kept or missed. One that is paused without an end has no deadline to wait for. */
const isOpen = ({ met, due }: Promised) =>
  met.value instanceof Absent && openPause(due) === undefined

/** The fact whose deadlines are waited for: “due” asks for the deadline itself. */
export function awaited(question: Question): string | undefined {
  if ('value' in question || 'met' in question) return question.for
  return 'remedy' in question ? question.remedy : undefined
}
