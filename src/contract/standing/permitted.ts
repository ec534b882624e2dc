import { firstPlace } from '../../kernel/place.ts'
import type { Instant, Period } from '../../kernel/time.ts'
import { clipped } from '../../kernel/time.ts'
import { type Agreement, revisionAt } from '../agreement/revision.ts'
import { askingOf } from '../answering.ts'
import type { Fact } from '../fact/fact.ts'
import { type PeriodRule, periodAround } from '../period/period.ts'
import { notAgreed, type Value } from '../value.ts'
import { permission } from './permission.ts'

export type PermittedQuestion = {
  readonly component: string
  readonly user: string
  readonly at: Instant
  readonly item?: string
}
type Permitted = (question: PermittedQuestion) => Value

/**
 * Whether a user may, for whoever asks the same agreement often: the value that the question `may` gives, without its
 * reasons. The question itself answers, once for each stretch of time in which nothing can change the answer: between
 * one fact and the next, and one turn of the periods that its limits count in and the next. Where any instant may change
 * it, as with the hours of a calendar, it is answered each time. It speaks of these facts: one more fact is another list.
 */
export function permittedBy(agreement: Agreement, facts: readonly Fact[]): Permitted {
  const edges = edgesOf(agreement, facts)
  const known = new Map<string, Stretch[]>()
  const turns = new Map<string, readonly PeriodRule[] | undefined>()
  return (question) => {
    const { at, item, user } = question
    const key = `${question.component} ${user} ${item ?? ''}`
    const stretches = known.get(key)
    const place = stretches ? firstPlace(stretches.length, (one) => ends(stretches, one) > at) : 0
    const stretch = stretches?.[place]
    if (stretch && stretch.start <= at) return stretch.value
    const component = revisionAt(agreement, at).contract.components.get(question.component)
    if (!component) return notAgreed
    const asked = { component, user, at, ...(item !== undefined && { item }) }
    const { value } = permission(agreement, askingOf(agreement, facts, at), asked).derivation
    if (!turns.has(component.id)) turns.set(component.id, turnsOf(agreement, component.id))
    const found = stretchAround(at, edges, { agreement, turns: turns.get(component.id) })
    // A user whom the component is not for is any stranger: there is no end of their names.
    if (found && component.users.includes(user))
      known.set(key, (stretches ?? []).toSpliced(place, 0, { ...found, value }))
    return value
  }
}

type Stretch = Period & { readonly value: Value }

const ends = (stretches: readonly Stretch[], place: number) => stretches[place]?.end ?? 0

/** Instants from which something else is known or in force, rising. What has the same instant as the question comes before or after it. */
function edgesOf({ frame, revisions }: Agreement, facts: readonly Fact[]): readonly Instant[] {
  const edges = new Set([frame.agreed.start, frame.agreed.end])
  for (const { governs } of revisions) edges.add(governs.start)
  for (const { at, to } of facts) {
    edges.add(at).add(at + 1)
    if (to !== undefined) edges.add(to)
  }
  return [...edges].sort((left, right) => left - right)
}

/** The turns of periods that can change the answer; undefined where any instant can. */
function turnsOf({ revisions }: Agreement, component: string): readonly PeriodRule[] | undefined {
  const all = revisions.flatMap(({ contract }) => [
    ...[...contract.limits.values()]
      .filter(({ words }) => words.of === component)
      .map((limit) => limit.turns()),
    ...[...contract.transitions.values()]
      .filter(({ words }) => words.of === component || words.of === 'agreement')
      .map((transition) => transition.turns()),
  ])
  return all.every((one) => one !== undefined) ? all.flat() : undefined
}

function stretchAround(
  at: Instant,
  edges: readonly Instant[],
  { agreement, turns }: { agreement: Agreement; turns: readonly PeriodRule[] | undefined },
): Period | undefined {
  const next = firstPlace(edges.length, (place) => (edges[place] ?? 0) > at)
  let stretch: Period | undefined = {
    start: edges[next - 1] ?? Number.MIN_SAFE_INTEGER,
    end: edges[next] ?? Number.MAX_SAFE_INTEGER,
  }
  if (!turns) return undefined
  for (const rule of turns) {
    const period = periodAround(rule, at, agreement.frame)
    stretch = stretch && period && clipped(stretch, period)
  }
  return stretch
}
