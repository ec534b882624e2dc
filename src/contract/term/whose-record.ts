import { reached } from '../../kernel/reached.ts'
import type { Compiling } from '../compiling.ts'
import type { OfferingWords } from '../language/offering.ts'
import { standardFacts } from '../language/vocabulary.ts'
import type { Names } from '../scope.ts'
import type { Target } from './target.ts'
import { promiseWords, termKind } from './term.ts'

/**
 * A level that nobody measures cannot be kept or missed: it rests on a kind of fact, and the offering says whose record
 * of it counts, with the kind or with the target.
 */
export function checkMeasured(
  words: OfferingWords,
  promises: ReadonlyMap<string, Target>,
  { names, faults }: Compiling,
): void {
  for (const [id, term] of Object.entries(words.terms ?? {})) {
    const kind = termKind(term)
    const target = promiseWords(term)
    if (target?.measure === undefined) continue
    const read = factsBehind(promises.get(id)?.measured ?? [], names)
    const path = ['terms', id, kind, 'measure']
    if (read.length === 0)
      faults.add(
        'target_unmeasured',
        path,
        `“${target.measure}” rests on no kind of fact: nobody records anything that could show whether it was kept.`,
      )
    else if (target['evaluated-by'] === undefined && !read.some((name) => isRecorded(name, words)))
      faults.add(
        'target_unmeasured',
        path,
        `Whose record counts? Say “measured-by:” with ${read.map((name) => `“${name}”`).join(' or ')}, or “evaluated-by:” here.`,
      )
  }
}

const isRecorded = (name: string, { facts }: OfferingWords): boolean =>
  facts?.[name] ? facts[name]['measured-by'] !== undefined : Object.hasOwn(standardFacts, name)

/** The kinds of fact that what is measured rests on, however deep. */
function factsBehind(measured: readonly string[], names: Names): string[] {
  return [...reached(measured, (name) => names.readsOf(name))].filter(
    (name) => names.fact(name) && !names.fact(name)?.anyOf,
  )
}
