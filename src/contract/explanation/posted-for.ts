import { spokenInstant, spokenPeriod } from '../../kernel/time.ts'
import type { Speaking } from '../answer/spoken.ts'
import { type Derivation, nodes, type PostedFor } from '../derivation.ts'

/** Whose a step is: the lines of charges and credits that it was found for, by their words. */
export type StepFor = ReadonlySet<PostedFor>

/**
 * For each step the nearest lines that rest on it. A line is reckoned for one event or period; what it rests on may be
 * the line of another.
 */
export function stepsFor(root: Derivation): ReadonlyMap<Derivation, StepFor> {
  const found = new Map<Derivation, StepFor>()
  const readers = new Map<Derivation, Set<StepFor>>()
  // Those that read a step come before it.
  for (const node of nodes(root).toReversed()) {
    const own = node.postedFor ? new Set([node.postedFor]) : joined(readers.get(node) ?? new Set())
    found.set(node, own)
    for (const { is } of node.from) {
      const known = readers.get(is)
      if (known) known.add(own)
      else readers.set(is, new Set([own]))
    }
  }
  return found
}

function joined(all: ReadonlySet<StepFor>): StepFor {
  const [only = new Set<PostedFor>(), ...more] = all
  return more.length === 0 ? only : new Set([...all].flatMap((one) => [...one]))
}

/** A step, and the lines that it was found for. */
type Owned = { readonly says: string; readonly of: StepFor }

/** Steps of one clause, each once. Where lines of several events or periods stand in it, each says of which it is. */
export function ownedTexts(steps: readonly Owned[], speaking: Speaking): readonly string[] {
  const owners = new Map<string, Set<PostedFor>>()
  for (const { says, of } of steps) {
    const known = owners.get(says) ?? new Set()
    owners.set(says, new Set([...known, ...of]))
  }
  const all = new Set([...owners.values()].flatMap((of) => [...of]))
  const called = names([...all], speaking)
  if (new Set(called.values()).size <= 1) return [...owners.keys()]
  return [...owners].map(([says, of]) => {
    const told = [...new Set([...of].sort(inTime).map((one) => called.get(one) ?? ''))]
    const more = told.length > namedMost ? ` and ${told.length - namedMost} more` : ''
    const named = told.slice(0, namedMost).join('; ')
    return told.length === 0 ? says : `${named}${more}: ${says}`
  })
}

/** Of what many lines share the first are named. */
const namedMost = 3

const startOf = ({ event, service }: PostedFor) => event?.at ?? service?.start ?? 0
const inTime = (left: PostedFor, right: PostedFor) =>
  startOf(left) - startOf(right) || (left.event?.id ?? '').localeCompare(right.event?.id ?? '')

/** An event by its time, and by its id where another is of the same time; a period by its days. */
function names(all: readonly PostedFor[], { zone }: Speaking): ReadonlyMap<PostedFor, string> {
  const idsAt = new Map<number, Set<string>>()
  for (const { event } of all)
    if (event) idsAt.set(event.at, new Set([...(idsAt.get(event.at) ?? []), event.id]))
  return new Map(
    all.map((one) => {
      const { event, service, about } = one
      const isAlone = event && idsAt.get(event.at)?.size === 1
      const when = event
        ? `${spokenInstant(event.at, zone)}${isAlone ? '' : ` (${event.id})`}`
        : service
          ? spokenPeriod(service, zone)
          : ''
      return [one, about === undefined ? when : `${about.replaceAll('_', ' ')}, ${when}`]
    }),
  )
}
