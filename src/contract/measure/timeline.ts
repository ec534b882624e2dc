import { firstPlace } from '../../kernel/place.ts'
import type { Instant, Period } from '../../kernel/time.ts'
import { type Fact, inOrder, spanOf } from '../fact.ts'
import type { Asking } from '../scope.ts'
import { Span } from '../value.ts'

/**
 * Facts by time. A month has 8,640 slots of five minutes: each finds its own facts by halving, in an index that is made
 * once for a question, instead of going through all of them.
 */

/** Of facts in the order of time those that happened from the start of the window until before its end. */
export function startedWithin(facts: readonly Fact[], { start, end }: Period): readonly Fact[] {
  return facts.slice(placeOf(facts, start), placeOf(facts, end))
}

/** The fact whose subject is meant; without one, every subject is. */
type Alike = Pick<Fact, 'about'> | undefined

/** What tells apart what was found for one subject, for what has none, and for all. */
export const alikeText = (alike: Alike) => (alike ? `about ${alike.about ?? ''}` : 'all')

/** Of a state, `next` is the fact that ends it. */
export type Stretch = { readonly fact: Fact; readonly span: Span; readonly next?: Fact }

/** Stretches of time that touch the window: intervals as they are; a state lasts until the next of the same subject. */
export function stretchesWithin(
  kind: string,
  alike: Alike,
  { asking, window }: { asking: Asking; window: Period },
): Stretch[] {
  const { stretches, reached } = asking.once(`stretches: ${kind} ${alikeText(alike)}`, () =>
    stretchesOf(asking.facts.about(kind, alike)),
  )
  const first = firstPlace(reached.length, (place) => (reached[place] ?? 0) > window.start)
  const end = firstPlace(
    stretches.length,
    (place) => (stretches[place]?.span.start ?? 0) >= window.end,
  )
  return stretches
    .slice(first, Math.max(first, end))
    .filter(({ span }) => (span.end ?? Number.MAX_SAFE_INTEGER) > window.start)
}

/** Values that a state had: for each subject the one that it begins with, and each change after that until the end. */
export function valuesWithin(
  kind: string,
  alike: Alike,
  { asking, from, until }: { asking: Asking; from: Instant; until: Instant },
): Fact[] {
  const facts = asking.facts.about(kind, alike)
  const bySubject = asking.once(`subjects: ${kind} ${alikeText(alike)}`, () => grouped(facts))
  const begins = bySubject.flatMap((own) => own[placeOf(own, from + 1) - 1] ?? [])
  return [
    ...begins.filter((fact) => fact.at <= until).sort(inOrder),
    ...startedWithin(facts, { start: from + 1, end: until + 1 }),
  ]
}

/** How many facts happened before the instant. */
function placeOf(facts: readonly Fact[], at: Instant): number {
  return firstPlace(facts.length, (place) => (facts[place]?.at ?? 0) >= at)
}

/** `reached` is the latest end so far: before the first place that reaches the window nothing touches it. */
function stretchesOf(facts: readonly Fact[]): { stretches: Stretch[]; reached: Instant[] } {
  const following = new Map<string | undefined, Fact>()
  const stretches = facts
    .map((fact) => ({ fact, span: spanOf(fact) }))
    .reverse()
    .map(({ fact, span }): Stretch => {
      if (fact.shape !== 'state') return { fact, span }
      const next = following.get(fact.about)
      following.set(fact.about, fact)
      return { fact, span: new Span(fact.at, next?.at), ...(next && { next }) }
    })
    .reverse()
  let latest = Number.MIN_SAFE_INTEGER
  const reached = stretches.map(({ span }) => {
    latest = Math.max(latest, span.end ?? Number.MAX_SAFE_INTEGER)
    return latest
  })
  return { stretches, reached }
}

function grouped(facts: readonly Fact[]): (readonly Fact[])[] {
  return [...Map.groupBy(facts, (fact) => fact.about).values()]
}
