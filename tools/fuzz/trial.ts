import fc from 'fast-check'
import { stringify } from 'yaml'
import { at, type Plain } from '../../src/contract/document/document.ts'
import type { Corpus } from './corpus.ts'
import { documentOf, pathsIn, without } from './document.ts'
import { anyChoices, drawing } from './draw.ts'
import { type Tried, tried } from './laws.ts'

/** Tries so many documents; `seen` is told of each. What broke a law is shrunk, and told as text; undefined is well. */
export function trials(
  { runs, seed, corpus }: { readonly runs: number; readonly seed: number; readonly corpus: Corpus },
  seen: (one: Tried) => void,
): string | undefined {
  let failedAt = Number.POSITIVE_INFINITY
  const found = fc.check(
    fc.property(anyChoices, (choices) => {
      // Whatever would be smaller counts as sound after half a minute: what is left is reduced below.
      if (performance.now() - failedAt > shrinkingMax) return true
      const one = trial(choices, corpus)
      if (failedAt === Number.POSITIVE_INFINITY) seen(one)
      if (one.broken.length > 0) failedAt = Math.min(failedAt, performance.now())
      return one.broken.length === 0
    }),
    { numRuns: runs, seed },
  )
  const [choices] = found.counterexample ?? []
  if (!choices) return undefined
  const again = (document: Plain) => tried(document, drawing(choices.toReversed()), corpus).broken
  const document = reduced(documentOf(drawing(choices), corpus), (one) => again(one).length > 0)
  return [
    stringify(document),
    ...again(document),
    `seed ${found.seed}, path ${found.counterexamplePath ?? ''}, ${found.numShrinks} shrinks`,
  ].join('\n')
}

const shrinkingMax = 30_000

/** Questions are drawn from the other end, so that a smaller document is asked the same ones. */
const trial = (choices: readonly number[], corpus: Corpus): Tried =>
  tried(documentOf(drawing(choices), corpus), drawing(choices.toReversed()), corpus)

/** Without whatever the failure does not need: most of a real case. */
function reduced(document: Plain, fails: (document: Plain) => boolean): Plain {
  const from = performance.now()
  let found = document
  if (!fails(found)) return found
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false
    for (const path of pathsIn(found)) {
      if (path.length === 0 || at(found, path) === undefined) continue
      if (performance.now() - from > shrinkingMax) return found
      const smaller = without(found, path)
      if (!fails(smaller)) continue
      found = smaller
      isSmaller = true
    }
  }
  return found
}
