import type { FactKind } from './fact-kind.ts'
import type { Faults } from './fault.ts'
import type { OfferingWords } from './language/offering.ts'
import { standardFacts } from './vocabulary.ts'

/**
 * A level that nobody measures cannot be kept or missed: it rests on a kind of fact, and the offering says whose record
 * of it counts, with the kind or with the target.
 */
export function checkMeasured(
  words: OfferingWords,
  kinds: ReadonlyMap<string, FactKind>,
  faults: Faults,
): void {
  for (const [id, term] of Object.entries(words.terms ?? {})) {
    const kind = 'target' in term ? 'target' : 'duty'
    const target = 'target' in term ? term.target : 'duty' in term ? term.duty : undefined
    if (target?.measure === undefined) continue
    const read = [...factsBehind(target.measure, words)].filter((name) => kinds.has(name))
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

const names = /[a-z][a-z0-9_]*/g

/** Every name that a definition mentions, and that those mention in turn. */
function factsBehind(expression: string, words: OfferingWords): Set<string> {
  const found = new Set<string>()
  const open = [expression]
  for (let text = open.pop(); text !== undefined; text = open.pop())
    for (const [name] of text.matchAll(names)) {
      if (found.has(name)) continue
      found.add(name)
      const { measures, tables, terms, events } = words
      const definition = [measures, tables, terms, events].find((part) => part?.[name])?.[name]
      if (definition !== undefined) open.push(JSON.stringify(definition))
    }
  return found
}
