import { Exact } from '../../kernel/exact.ts'
import type { Period } from '../../kernel/time.ts'
import { united } from '../calendar/calendar.ts'

/**
 * What something rests on: it is up while at least so many of its parts are. All of them is the whole count, any of them
 * is one. A part says at which places among the inputs it is read.
 */
export type Rests = { readonly part: string; readonly inputs: readonly number[] } | Group
type Group = { readonly 'at-least': number; readonly of: readonly Rests[] }

/** When it was down: of parts that are all needed the union, of alternatives the intersection, else fewer up than needed. */
export function downOf(rests: Rests, spans: readonly (readonly Period[])[]): Period[] {
  if ('part' in rests) return united(rests.inputs.flatMap((place) => spans[place] ?? []))
  const parts = rests.of.map((part) => downOf(part, spans))
  const enough = parts.length - rests['at-least'] + 1
  const edges = parts
    .flat()
    .flatMap(({ start, end }) => [
      { at: start, step: 1 },
      { at: end, step: -1 },
    ])
    .sort((left, right) => left.at - right.at || left.step - right.step)
  const down: Period[] = []
  let count = 0
  let since = 0
  for (const { at, step } of edges) {
    if (step === 1 && count + 1 === enough) since = at
    if (step === -1 && count === enough) down.push({ start: since, end: at })
    count += step
  }
  return united(down)
}

/**
 * The share of time in which it is up, of parts that fail independently, exactly: by adding over how many of the branches
 * are up. A part that stands in several branches is one part, up in all of them or down in all of them: each of the two is
 * supposed in turn, and counts as often as it is so.
 */
export function upOf(rests: Rests, shares: readonly Exact[]): Exact {
  if ('part' in rests) return shares[placeOf(rests)] ?? Exact.zero
  const isOpen = (place: number) => shares[place] !== Exact.zero && shares[place] !== Exact.one
  const shared = sharedIn(rests.of).find(isOpen)
  if (shared === undefined) return countedUp(rests, shares)
  const up = shares[shared] ?? Exact.zero
  const supposing = (share: Exact) => upOf(rests, shares.with(shared, share))
  return up.times(supposing(Exact.one)).plus(Exact.one.minus(up).times(supposing(Exact.zero)))
}

/** All of them is the product, any of them one less the product of what each lacks. */
function countedUp(rests: Group, shares: readonly Exact[]): Exact {
  // The place says how many are up.
  let counts: Exact[] = [Exact.one]
  for (const part of rests.of) {
    const up = upOf(part, shares)
    const down = Exact.one.minus(up)
    counts = [...counts, Exact.zero].map((share, place) =>
      share.times(down).plus((counts[place - 1] ?? Exact.zero).times(up)),
    )
  }
  return counts.slice(rests['at-least']).reduce((sum, share) => sum.plus(share), Exact.zero)
}

/** Each part that stands in several places doubles what there is to suppose: so many steps are a tenth of a second. */
export const stepsMax = 50_000

/** How many steps `upOf` takes at most. */
export function stepsToSuppose(rests: Rests, supposed: ReadonlySet<number> = new Set()): number {
  if ('part' in rests) return 1
  const shared = sharedIn(rests.of).filter((place) => !supposed.has(place))
  const then = new Set([...supposed, ...shared])
  const once = rests.of.reduce((sum, part) => sum + stepsToSuppose(part, then), 1)
  return 2 ** shared.length * once
}

/** The parts that stand in two of the branches. */
function sharedIn(branches: readonly Rests[]): readonly number[] {
  const seen = new Set<number>()
  const shared = new Set<number>()
  for (const branch of branches)
    for (const place of new Set(placesIn(branch))) {
      if (seen.has(place)) shared.add(place)
      seen.add(place)
    }
  return [...shared]
}

const placesIn = (rests: Rests): readonly number[] =>
  'part' in rests ? [placeOf(rests)] : rests.of.flatMap(placesIn)

const placeOf = ({ inputs }: Extract<Rests, { part: string }>) => inputs[0] ?? -1
