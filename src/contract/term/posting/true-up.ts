import type { Compiling } from '../../compiling.ts'
import { aggregateIn, type MeasureWords } from '../../language/measure.ts'
import type { PostingWords } from '../../language/posting.ts'
import type { Names } from '../../scope.ts'
import type { PostingTold } from './check.ts'

/**
 * The line of an interval is in the bill in which that ends; a measure counts an interval where it begins. One that lasts
 * over the end of a month would be promised in one month and paid for in the other.
 */
export function checkTrueUp(
  words: PostingWords,
  { reads, told }: { readonly reads: readonly string[]; readonly told: PostingTold },
  compiling: Compiling,
): void {
  const trueUp = words['true-up']
  if (!trueUp || words.each !== undefined) return
  const { of } = trueUp
  const others = reads.filter((name) => !of.includes(name))
  const [reached, promised] = [countedIn(of, compiling), countedIn(others, compiling)]
  const found = inBoth(reached.lines, promised.facts) ?? inBoth(promised.lines, reached.facts)
  if (!found) return
  const { kind, charge, measure } = found
  compiling.faults.add(
    'periods_do_not_fit',
    [...told.path, 'true-up'],
    `“${charge}” is in the bill in which each “${kind}” ends, and “${measure}” counts it where it begins: one that lasts over the end of a period would be in one of them here and in the other there. Say “sum: ${charge}” in “${measure}”, with “value:” what each comes to; or a measure of “${kind}” instead of “${charge}”.`,
  )
}

function inBoth(lines: Counted['lines'], facts: Counted['facts']) {
  for (const [kind, charge] of lines) {
    const measure = facts.get(kind)
    if (measure !== undefined) return { kind, charge, measure }
  }
  return undefined
}

/** Kinds of interval by the charge that has a line for each, and by the measure that adds them up. */
type Counted = Record<'lines' | 'facts', Map<string, string>>

function countedIn(open: readonly string[], { names, measures }: Compiling): Counted {
  const found = new Set(open)
  const counted: Counted = { lines: new Map(), facts: new Map() }
  const add = (side: keyof Counted, kind: string, name: string) => {
    if (names.fact(kind)?.shape === 'interval') counted[side].set(kind, name)
  }
  // What is added on the way is gone through as well.
  for (const name of found) {
    const definition = names.find(name)
    if (definition?.sort === 'posting') {
      for (const kind of definition.causes ?? []) add('lines', kind, name)
      continue
    }
    const words = measures.get(name)
    const source = words && addedUp(words)
    if (source !== undefined) add('facts', source, name)
    for (const read of definedBy(name, names)) found.add(read)
  }
  return counted
}

const definedBy = (name: string, names: Names) =>
  names.readsOf(name).filter((read) => names.find(read)?.sort !== 'fact')

/** What a measure adds up: of the last or the largest it does not matter where it is counted. */
function addedUp(words: MeasureWords): string | undefined {
  if ('time' in words) return words.time
  return 'count' in words || 'sum' in words ? aggregateIn(words).of : undefined
}
