import type { Faults, Path } from '../document/fault.ts'
import type { OfferingWords } from '../language/offering.ts'
import type { PartWords, StructureWords } from '../language/structure.ts'
import { type Rests, stepsMax, stepsToSuppose } from '../operation/structure.ts'

/** A structure as declared, with the structures that it names put in their places. */
export type Structure = {
  readonly name: string
  readonly rests: Branch
}
type Branch =
  | { readonly part: string }
  | { readonly atLeast: number; readonly of: readonly Branch[] }

/** Each name doubles what names two of it: twenty would be a million parts. */
const partsMax = 2000

/** Reads the structures of an offering: each part stands once in a list, and none rests on itself. */
export function structuresOf(
  { structures: written = {}, measures = {} }: Pick<OfferingWords, 'structures' | 'measures'>,
  faults: Faults,
): Map<string, Structure> {
  const read = new Set(
    Object.values(measures).flatMap((words) =>
      'forecast' in words
        ? [words.forecast]
        : 'through' in words && words.through !== undefined
          ? [words.through]
          : [],
    ),
  )
  let count = 0
  const branch = (part: PartWords, path: Path, above: readonly string[]): Branch => {
    count += 1
    if (count > partsMax) {
      if (count === partsMax + 1)
        faults.add(
          'nested_too_deep',
          ['structures', above[0] ?? ''],
          `The structures come to more than ${partsMax} parts: one that names another has all of its parts.`,
        )
      return { part: String(part) }
    }
    if (typeof part !== 'string') return group(part, path, above)
    // What facts are about may be called anything, also `constructor`.
    const named = Object.hasOwn(written, part) ? written[part] : undefined
    if (!named) return { part }
    read.add(part)
    if (!above.includes(part)) return group(named, ['structures', part], [...above, part])
    faults.add(
      'names_in_a_circle',
      ['structures', part],
      `“${part}” rests on itself: ${[...above.slice(above.indexOf(part)), part].join(' → ')}.`,
    )
    return { part }
  }
  const group = (
    words: Exclude<PartWords, string> | StructureWords,
    path: Path,
    above: readonly string[],
  ): Branch => {
    const { word, parts, atLeast } = groupOf(words)
    const place = [...path, word]
    parts.forEach((part, at) => {
      if (typeof part === 'string' && parts.indexOf(part) < at)
        faults.add('name_doubled', [...place, at], `“${part}” stands twice among these parts.`)
    })
    if (atLeast < 1 || atLeast > parts.length)
      faults.add(
        'value_misshapen',
        [...path, 'at-least'],
        `Of ${parts.length} parts at least 1 and at most ${parts.length} can be asked for.`,
      )
    return { atLeast, of: parts.map((part, at) => branch(part, [...place, at], above)) }
  }
  const structures = new Map(
    Object.entries(written).map(([name, words]) => [
      name,
      { name, rests: group(words, ['structures', name], [name]) },
    ]),
  )
  for (const name of structures.keys())
    if (!read.has(name))
      faults.add(
        'word_without_effect',
        ['structures', name],
        `Nothing reads “${name}”: a measure does, with “forecast:” or with “time:” and “through:”.`,
      )
  return structures
}

/** Needed are all of the parts, any one of them, or so many. */
export function groupOf(words: Exclude<PartWords, string> | StructureWords): {
  word: 'all-of' | 'any-of' | 'of'
  parts: readonly PartWords[]
  atLeast: number
} {
  if ('all-of' in words)
    return { word: 'all-of', parts: words['all-of'], atLeast: words['all-of'].length }
  if ('any-of' in words) return { word: 'any-of', parts: words['any-of'], atLeast: 1 }
  return { word: 'of', parts: words.of, atLeast: words['at-least'] }
}

/** The parts at the ends of the tree, in the order in which they are written, each once wherever it stands. */
export function partsOf(rests: Branch): readonly string[] {
  return [...new Set(leavesOf(rests))]
}

const leavesOf = (rests: Branch): readonly string[] =>
  'part' in rests ? [rests.part] : rests.of.flatMap(leavesOf)

/** The tree as an operation reads what its parts promise; nothing where that is too much to go through. */
export function promisedBy(
  { name, rests }: Structure,
  { faults, path }: { readonly faults: Faults; readonly path: Path },
): Rests | undefined {
  const parts = partsOf(rests)
  const promised = placedIn(rests, (part) => [parts.indexOf(part)])
  if (stepsToSuppose(promised) <= stepsMax) return promised
  faults.add(
    'parts_shared_too_often',
    path,
    `Too many parts of “${name}” stand in several places: each of them is supposed up and supposed down, and about ten can be gone through so. What always fails together is one part: give it one name.`,
  )
  return undefined
}

/** The tree as an operation reads it, each part with its places among the inputs. */
export function placedIn(rests: Branch, places: (part: string) => readonly number[]): Rests {
  return 'part' in rests
    ? { part: rests.part, inputs: places(rests.part) }
    : { 'at-least': rests.atLeast, of: rests.of.map((part) => placedIn(part, places)) }
}
