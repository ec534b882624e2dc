import type { OfferingWords } from '../contract/language/offering.ts'

const name = /[a-z][a-z0-9_]*/g

/**
 * Every name that words of an offering mention, and that those mention in turn: at least all that they rest on. What is
 * printed beside them is not read.
 */
export function namesBehind(from: unknown, offering: OfferingWords): ReadonlySet<string> {
  const { measures, tables, terms, prices, structures, events } = offering
  const definitions: readonly Readonly<Record<string, unknown>>[] = [
    ...[measures, tables, terms, prices, structures, events],
  ].filter((known) => known !== undefined)
  const found = new Set<string>()
  const open = [from]
  for (let words = open.pop(); words !== undefined; words = open.pop())
    for (const [mentioned] of textOf(words).matchAll(name)) {
      if (found.has(mentioned)) continue
      found.add(mentioned)
      for (const known of definitions)
        if (Object.hasOwn(known, mentioned)) open.push(known[mentioned])
    }
  return found
}

const textOf = (words: unknown) =>
  JSON.stringify(words, (key, value) => (key === 'title' || key === 'says' ? undefined : value)) ??
  ''
