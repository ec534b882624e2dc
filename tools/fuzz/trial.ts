import fc from 'fast-check'
import { stringify } from 'yaml'
import type { Plain } from '../../src/contract/document.ts'
import type { Corpus } from './corpus.ts'
import { documentOf, pathsIn, without } from './document.ts'
import { anyChoices, drawing } from './draw.ts'
import { type Tried, tried } from './laws.ts'

/** Tries so many documents; `seen` is told of each. What broke a law is shrunk, and told as text; undefined is well. */
export function trials(
  { runs, seed, corpus }: { readonly runs: number; readonly seed: number; readonly corpus: Corpus },
  seen: (one: Tried) => void,
): string | undefined {
  let hasFailed = false
  const found = fc.check(
    fc.property(anyChoices, (choices) => {
      const one = trial(choices, corpus)
      if (!hasFailed) seen(one)
      hasFailed ||= one.broken.length > 0
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

/** Questions are drawn from the other end, so that a smaller document is asked the same ones. */
const trial = (choices: readonly number[], corpus: Corpus): Tried =>
  tried(documentOf(drawing(choices), corpus), drawing(choices.toReversed()), corpus)

/** Without whatever the failure does not need: most of a real case. */
function reduced(document: Plain, fails: (document: Plain) => boolean): Plain {
  let found = document
  if (!fails(found)) return found
  for (let isSmaller = true, tries = 0; isSmaller && tries < 2000; ) {
    isSmaller = false
    for (const path of pathsIn(found).filter(({ length }) => length > 0)) {
      const smaller = without(found, path)
      tries += 1
      if (smaller === found || !fails(smaller)) continue
      found = smaller
      isSmaller = true
      break
    }
  }
  return found
}
