import type { Instant } from '../../kernel/time.ts'
import { type Agreement, clausesIn } from '../agreement/revision.ts'
import { afterEverything, askingOf } from '../answering.ts'
import type { Fact } from '../fact/fact.ts'
import type { Asking, Promised } from '../scope.ts'
import { openPause } from '../term/deadline/promised.ts'
import { promiseWords } from '../term/term.ts'
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
  const promises = clausesIn(agreement, 'promises')
  let until = asOf
  // What follows from a missed deadline, or from what took effect, may begin another one.
  for (const _each of [...promises, ...clausesIn(agreement, 'transitions')]) {
    const asking = askingOf(agreement, facts, until)
    const open = promises
      .flatMap((clause) => asking.promises(clause))
      .filter((one) => one.start.fact.id === id && isOpen(one))
    const over = open.flatMap(({ due: { value } }) =>
      typeof value === 'number' && value >= until ? [value + moment] : [],
    )
    const later = [...over, ...effectsAfter(until, { agreement, asking, id })]
    if (later.length === 0) return until
    until = later.reduce((latest, at) => Math.max(latest, at), until)
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
  }: { agreement: Agreement; asking: Asking; id?: string; rests?: (clause: string) => boolean },
): Instant[] {
  return agreement.revisions
    .flatMap(({ contract, governs }) =>
      [...contract.transitions].flatMap(([clause, one]) =>
        rests(clause) ? one.happenings(asking, governs) : [],
      ),
    )
    .filter(({ fact }) => id === undefined || fact.id === id)
    .filter(({ at, holds }) => at > until && holds?.value !== false)
    .map(({ at }) => at)
}

/** Whether time alone may bring something about: what nobody owes lapses, a date comes, what was begun takes effect. */
export const comesOfTime = (agreement: Agreement, asking: Asking): boolean =>
  agreement.revisions.some(({ contract: { promises, words } }) =>
    [...promises].some(
      ([clause, { isOption }]) =>
        isOption || promiseWords(words.terms?.[clause])?.stop === undefined,
    ),
  ) || effectsAfter(asking.asOf, { agreement, asking }).length > 0

/**
 * Whether something is still to follow from the fact under these clauses, all of them where none are named: a deadline that
 * it began is neither kept nor missed, or what it brings about has yet to take effect.
 */
export function isPending(
  agreement: Agreement,
  asking: Asking,
  { id, rests = () => true }: { id: string; rests?: (clause: string) => boolean },
): boolean {
  const promises = clausesIn(agreement, 'promises')
  const isUndecided = ({ start, met }: Promised) => start.fact.id === id && isUnknown(met.value)
  return (
    promises.filter(rests).some((clause) => asking.promises(clause).some(isUndecided)) ||
    effectsAfter(asking.asOf, { agreement, asking, id, rests }).length > 0
  )
}

/**
 * Deadlines that would still be open without the fact, and with it are kept, missed or never begun. Of what starts with
 * a period the agreement itself decides whether it begins: without an early end there is always another one.
 */
export function settledBy(
  agreement: Agreement,
  { asking, without }: { readonly asking: Asking; readonly without: Asking },
): readonly Promised[] {
  return clausesIn(agreement, 'promises').flatMap((clause) => {
    const open = without.promises(clause).filter(({ met }) => isUnknown(met.value))
    if (open.length === 0) return []
    const known = new Map(asking.promises(clause).map((one) => [keyOf(one), one]))
    return open.filter((one) => {
      const same = known.get(keyOf(one))
      return same ? !isUnknown(same.met.value) : one.start.fact.begins === undefined
    })
  })
}

const keyOf = ({ start: { kind, fact, at } }: Promised) => `${kind} ${fact.id} ${at}`

/**
 * When that is over which a fact settled: what follows from it is less what would follow without it, and as long as a
 * deadline that it stops could still be kept, nobody knows that.
 */
export function afterSettled(
  agreement: Agreement,
  { facts, asking }: { readonly facts: readonly Fact[]; readonly asking: Asking },
  id: string,
): Instant {
  const { asOf } = asking
  const others = facts.filter((fact) => fact.id !== id)
  const worlds = { asking, without: askingOf(agreement, others, asOf) }
  const starts = new Set(settledBy(agreement, worlds).map(({ start }) => start.fact.id))
  const over = [...starts].map((start) => afterDeadlines(agreement, others, { id: start, asOf }))
  return Math.max(asOf, ...over)
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
