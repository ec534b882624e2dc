import { grouped } from '../../kernel/grouped.ts'
import { firstPlace } from '../../kernel/place.ts'
import type { Instant, Period } from '../../kernel/time.ts'
import { type Alike, subjectOf } from '../fact/alike.ts'
import { type Fact, inOrder, spanOf } from '../fact/fact.ts'
import { chronological } from '../happening.ts'
import type { Asking, Happening } from '../scope.ts'
import { Span } from '../value.ts'

/**
 * Facts by time. A month has 8,640 slots of five minutes: each finds its own facts by halving, in an index that is made
 * once for a question, instead of going through all of them.
 */

/** Of facts in the order of time those that happened from the start of the window until before its end. */
export function startedWithin(facts: readonly Fact[], { start, end }: Period): readonly Fact[] {
  const first = placeOf(facts, start)
  // Each of them is read next, and by halving the end is found among facts that nobody reads.
  let after = first
  while ((facts[after]?.at ?? end) < end) after += 1
  return facts.slice(first, after)
}

/** What tells apart what was found for one subject or attribute, for what has none, and for all. */
export function alikeText(alike: Alike | undefined): string {
  if (!alike) return 'all'
  const { fact, by, orNone } = alike
  const told = by === undefined ? 'about' : `by ${by}`
  return `${told} ${subjectOf(fact, by) ?? ''}${orNone ? ' or none' : ''}`
}

/** Those about the same subject, or that share the attribute that pairs them; without either, all. */
export function factsAlike(
  kind: string,
  alike: Alike | undefined,
  asking: Asking,
): readonly Fact[] {
  const { facts } = asking
  const { fact, by, orNone } = alike ?? {}
  if (alike && orNone)
    return asking.once(`facts: ${kind} ${alikeText(alike)}`, () =>
      [
        ...facts.about(kind, fact),
        ...(fact?.about === undefined ? [] : facts.about(kind, {})),
      ].sort(inOrder),
    )
  return fact && by !== undefined
    ? grouped(facts.of(kind), {
        ...{ by: `paired ${by}`, of: (one) => subjectOf(one, by) },
        key: subjectOf(fact, by),
      })
    : facts.about(kind, fact)
}

/** The same of what terms make of facts. */
export function happeningsAlike(
  name: string,
  alike: Alike | undefined,
  asking: Asking,
): readonly Happening[] {
  const all = asking.happenings(name)
  if (!alike) return all
  const { fact, by, orNone } = alike
  const of = (key: string | undefined) =>
    grouped(all, { by: `subject ${by ?? ''}`, of: (one) => subjectOf(one.fact, by), key })
  const own = subjectOf(fact, by)
  if (!orNone || own === undefined) return of(own)
  return asking.once(`happenings: ${name} ${alikeText(alike)}`, () =>
    [...of(own), ...of(undefined)].sort(chronological),
  )
}

/** Of a state, `next` is the fact that ends it. */
export type Lasting = { readonly fact: Fact; readonly span: Span; readonly next?: Fact }

/** Stretches of time that touch the window: intervals as they are; a state lasts until the next of the same subject. */
export function stretchesWithin(
  kind: string,
  alike: Alike | undefined,
  { asking, window }: { asking: Asking; window: Period },
): Lasting[] {
  const { stretches, reached } = asking.once(`stretches: ${kind} ${alikeText(alike)}`, () =>
    withReach(stretchesAlike(kind, alike, asking)),
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
  alike: Alike | undefined,
  { asking, from, until }: { asking: Asking; from: Instant; until: Instant },
): Fact[] {
  const facts = factsAlike(kind, alike, asking)
  const { by } = alike ?? {}
  const told = by === undefined ? alikeText(alike) : `told by ${by}`
  const own = by === undefined ? facts : asking.facts.of(kind)
  const each = asking.once(`subjects: ${kind} ${told}`, () => [
    ...Map.groupBy(own, (fact) => holderOf(fact, by)).values(),
  ])
  const begins = each.flatMap((of) => of[placeOf(of, from + 1) - 1] ?? [])
  return [
    ...begins.filter((fact) => fact.at <= until && isAlike(fact, alike)).sort(inOrder),
    ...startedWithin(facts, { start: from + 1, end: until + 1 }),
  ]
}

/** How many facts happened before the instant. */
function placeOf(facts: readonly Fact[], at: Instant): number {
  return firstPlace(facts.length, (place) => (facts[place]?.at ?? 0) >= at)
}

/** What one state lasts until the next of: its subject; where it names none, what shares the attribute that pairs it. */
const holderOf = (fact: Fact, by: string | undefined): string | undefined =>
  fact.about === undefined && by !== undefined
    ? `by ${subjectOf(fact, by) ?? ''}`
    : fact.about && `about ${fact.about}`

const isAlike = (fact: Fact, alike: Alike | undefined) =>
  alike?.by === undefined || subjectOf(fact, alike.by) === subjectOf(alike.fact, alike.by)

/** A state is ended by the next of its subject, whatever that is paired with. */
function stretchesAlike(kind: string, alike: Alike | undefined, asking: Asking): Lasting[] {
  const { by } = alike ?? {}
  if (by === undefined) return stretchesOf(factsAlike(kind, alike, asking), by)
  const all = asking.once(`stretches: ${kind} told by ${by}`, () =>
    stretchesOf(asking.facts.of(kind), by),
  )
  return all.filter(({ fact }) => isAlike(fact, alike))
}

function stretchesOf(facts: readonly Fact[], by: string | undefined): Lasting[] {
  const following = new Map<string | undefined, Fact>()
  return facts
    .map((fact) => ({ fact, span: spanOf(fact) }))
    .reverse()
    .map(({ fact, span }): Lasting => {
      if (fact.shape !== 'state') return { fact, span }
      const holder = holderOf(fact, by)
      const next = following.get(holder)
      following.set(holder, fact)
      return { fact, span: new Span(fact.at, next?.at), ...(next && { next }) }
    })
    .reverse()
}

/** `reached` is the latest end so far: before the first place that reaches the window nothing touches it. */
function withReach(stretches: Lasting[]): { stretches: Lasting[]; reached: Instant[] } {
  let latest = Number.MIN_SAFE_INTEGER
  const reached = stretches.map(({ span }) => {
    latest = Math.max(latest, span.end ?? Number.MAX_SAFE_INTEGER)
    return latest
  })
  return { stretches, reached }
}
