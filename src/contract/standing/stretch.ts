import { beginningOfTime, century, type Instant } from '../../kernel/time.ts'
import { type Agreement, revisionAt } from '../agreement/revision.ts'
import { periodAround } from '../period/period.ts'
import type { Asking, Turn } from '../scope.ts'
import { lastInTime } from '../term/deadline/promised.ts'

/** A part of time; an edge that is absent is open. */
export type Stretch = { readonly from?: Instant; readonly until?: Instant }

/**
 * The stretch around the instant that is asked about in which nothing that is known changes whether a component may be
 * used: the agreement and its revision stay, no fact happens or ends, no period turns in which a limit counts, and
 * nothing takes effect or falls overdue. Undefined where any instant may change it, as with the hours of a calendar.
 */
export function stretchAround(
  agreement: Agreement,
  asking: Asking,
  component: string,
): Stretch | undefined {
  const { asOf, facts, frame } = asking
  const turns = turnsOf(agreement, asOf, component)
  if (!turns) return undefined
  let from = facts.latest
  let until = facts.next
  const bound = (edge: Instant) => {
    if (edge > asOf) until = Math.min(until, edge)
    else from = Math.max(from, edge)
  }
  bound(frame.agreed.start)
  bound(frame.agreed.end)
  for (const { governs } of agreement.revisions) bound(governs.start)
  for (const turn of turns) {
    const edges = edgesOf(turn, agreement, asking)
    if (!edges) return undefined
    for (const edge of edges) bound(edge)
  }
  return {
    ...(from > beginningOfTime && { from }),
    // What is a century away is no end.
    ...(until - asOf < century && { until }),
  }
}

/** Of the limits in force, and of what every revision may still make of earlier events. */
function turnsOf(agreement: Agreement, asOf: Instant, component: string): Turn[] | undefined {
  const found: Turn[] = []
  const { limits } = revisionAt(agreement, asOf).contract
  const transitions = agreement.revisions.map(({ contract }) => contract.transitions)
  for (const terms of [limits, ...transitions])
    for (const { words, turns } of terms.values()) {
      if (words.of !== component && words.of !== 'agreement') continue
      const own = turns()
      if (!own) return undefined
      found.push(...own)
    }
  return found
}

/** When the period around the instant begins and ends, or a term does something; undefined where any instant is an edge. */
function edgesOf(turn: Turn, agreement: Agreement, asking: Asking): Instant[] | undefined {
  if (turn.is === 'instant') return undefined
  if (turn.is === 'term') return edgesOfTerm(turn.term, agreement, asking)
  const period = periodAround(turn, asking.asOf, asking.frame)
  // In a gap between two periods nobody has looked for the next.
  return period && [period.start, period.end]
}

/** When a transition takes effect; when a promise begins with its period, and when its time is up: as far as is known. */
function edgesOfTerm(term: string, { revisions }: Agreement, asking: Asking): Instant[] {
  const own = revisions.flatMap(({ contract, governs }) => {
    const begins = contract.promises.get(term)?.begins
    const period = begins && periodAround(begins.rule, asking.asOf, asking.frame)
    const effects = contract.transitions.get(term)?.happenings(asking, governs) ?? []
    return [...(period ? [period.start, period.end] : []), ...effects.map(({ at }) => at)]
  })
  const overdue = asking.promises(term).flatMap((promised) => lastInTime(promised) ?? [])
  return [...own, ...overdue.map((last) => last + 1)]
}
