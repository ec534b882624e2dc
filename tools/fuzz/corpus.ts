import { join } from 'node:path'
import {
  bytesMax,
  type Plain,
  type PlainMap,
  readDocuments,
} from '../../src/contract/document/document.ts'
import { readFiles } from '../../src/platform/files.ts'

/** What stands in documents, by the word under which it stands: where plausible values come from. */
export type Gathered = {
  /** What stands under a word anywhere; of a list each item. */
  readonly under: (word: string) => readonly Plain[]
  /** The keys that stand in a map under a word anywhere: weekdays under `hours`. */
  readonly keysUnder: (word: string) => readonly string[]
}

/** The real cases and examples, which the fuzzer changes. */
export type Corpus = Gathered & {
  readonly cases: readonly PlainMap[]
  /** Those that count no slots of minutes. */
  readonly quickCases: readonly PlainMap[]
  readonly offeringOf: (id: string) => PlainMap | undefined
}

export function readCorpus(): Corpus {
  const root = join(import.meta.dirname, '..', '..')
  const maps = ['cases', 'examples']
    .flatMap((folder) => readFiles(join(root, folder), bytesMax).files)
    .flatMap(({ file, text }) => readDocuments(text, file).documents)
    .map(({ data }) => data as PlainMap)
  const offerings = new Map(
    maps.flatMap((map) => (map['kind'] === 'offering' ? [[String(map['id']), map] as const] : [])),
  )
  const cases = maps.filter((map) => 'case' in map)
  return {
    cases,
    quickCases: cases.filter((map) => !countsSlots(map)),
    offeringOf: (id) => offerings.get(id),
    ...gathered(maps),
  }
}

export function gathered(documents: readonly Plain[]): Gathered {
  const found = new Map<string, Map<string, Plain>>()
  const keys = new Map<string, Set<string>>()
  for (const data of documents) harvest(data, '', { found, keys })
  const values = new Map([...found].map(([word, those]) => [word, [...those.values()]]))
  const known = new Map([...keys].map(([word, those]) => [word, [...those]]))
  return {
    under: (word) => values.get(word) ?? [],
    keysUnder: (word) => known.get(word) ?? [],
  }
}

export const countsSlots = (data: Plain) =>
  /"(per|every)":"\d+ minutes?"/.test(JSON.stringify(data))

type Harvest = {
  readonly found: Map<string, Map<string, Plain>>
  readonly keys: Map<string, Set<string>>
}

function harvest(data: Plain, word: string, into: Harvest): void {
  if (Array.isArray(data)) {
    for (const item of data) harvest(item as Plain, word, into)
    return
  }
  const values = into.found.get(word) ?? new Map<string, Plain>()
  into.found.set(word, values.set(JSON.stringify(data), data))
  if (typeof data === 'string') return
  const keys = into.keys.get(word) ?? new Set<string>()
  into.keys.set(word, keys)
  for (const [key, value] of Object.entries(data)) {
    keys.add(key)
    harvest(value, key, into)
  }
}
