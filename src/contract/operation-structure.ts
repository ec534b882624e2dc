import { Exact } from '../kernel/exact.ts'
import type { Period } from '../kernel/time.ts'
import { united } from './calendar.ts'

/**
 * What something rests on: it is up while at least so many of its parts are. All of them is the whole count, any of them
 * is one. A part says at which places among the inputs it is read.
 */
export type Rests =
  | { readonly part: string; readonly inputs: readonly number[] }
  | { readonly 'at-least': number; readonly of: readonly Rests[] }

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
 * The share of time in which it is up, of parts that fail independently: exactly, by adding over how many are up. All of
 * them is the product, any of them one less the product of what each lacks.
 */
export function upOf(rests: Rests, shares: readonly Exact[]): Exact {
  if ('part' in rests) return shares[rests.inputs[0] ?? -1] ?? Exact.zero
  const parts = rests.of.map((part) => upOf(part, shares))
  // The place says how many are up.
  let counts: Exact[] = [Exact.one]
  for (const up of parts) {
    const down = Exact.one.minus(up)
    counts = [...counts, Exact.zero].map((share, place) =>
      share.times(down).plus((counts[place - 1] ?? Exact.zero).times(up)),
    )
  }
  return counts.slice(rests['at-least']).reduce((sum, share) => sum.plus(share), Exact.zero)
}
