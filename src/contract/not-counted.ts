import type { Answer } from './answer.ts'
import type { Fact } from './fact.ts'
import type { MeasureWords } from './language/measure.ts'
import type { Revision } from './revision.ts'
import { isUnknown } from './value.ts'

/** What an unknown answer misses although it is on file: by what the measures that read it choose. */
export function onFileButNotCounted(
  { derivation, asOf }: Answer,
  facts: readonly Fact[],
  { contract }: Revision,
): string[] {
  const { value } = derivation
  if (!isUnknown(value)) return []
  return value.missing.flatMap((name) => {
    const count = facts.filter(({ kind, at }) => kind === name && at <= asOf).length
    const choosing = Object.entries(contract.words.measures ?? {}).flatMap(([measure, words]) => {
      const by = readsOf(words, name) ? chooses(words) : []
      return by.length > 0 ? [`“${measure}” reads only those that fit ${by.join(', ')}`] : []
    })
    return count > 0 && choosing.length > 0
      ? [`${count} “${name}” ${count === 1 ? 'is' : 'are'} on file by then: ${choosing.join('; ')}`]
      : []
  })
}

const readsOf = (words: MeasureWords, kind: string) =>
  Object.entries(words).some(([word, read]) => collecting.has(word) && read === kind)
const collecting = new Set([
  'min',
  'max',
  'average',
  'first',
  'last',
  'percentile',
  'sum',
  'count',
  'time',
])

/** Its words as they stand there. */
function chooses(words: MeasureWords): string[] {
  const written = words as Readonly<Record<string, unknown>>
  return ['about', 'paired-by', 'where', 'per', 'as-of'].flatMap((word) =>
    typeof written[word] === 'string' ? [`“${word}: ${written[word]}”`] : [],
  )
}
