import { asMap, type Plain, type PlainMap } from '../document/document.ts'
import { nearestWord, type Path } from '../document/fault.ts'

/** A part that nothing but its structure names, beside parts that something does: it may be an item, or a slip of the pen. */
export type StrangePart = {
  readonly name: string
  readonly near: string | undefined
  readonly path: Path
}

/** `recorded` are facts of cases: what they are about is a part. */
export function strangePartsIn(offering: PlainMap, recorded: readonly Plain[]): StrangePart[] {
  const structures = asMap(offering['structures'])
  const all = Object.entries(structures).map(([name, words]) => partsIn(words, [name]))
  const known = new Set([
    ...namesIn([{ ...offering, structures: '' }, ...recorded]),
    ...Object.keys(structures),
  ])
  return all.flatMap((parts) => {
    const strange = parts.filter(({ name }) => !known.has(name))
    return strange.length === parts.length
      ? []
      : strange.map((part) => ({
          ...part,
          near: nearestWord(part.name, known),
          path: ['structures', ...part.path],
        }))
  })
}

/** What is said to be about something that is no part, though nearly: it stops none of them. */
export type StrangeSubject = {
  readonly subject: string
  readonly near: string
  readonly structure: string
  readonly path: Path
}

/** Of the kinds that are measured through a structure. */
export function strangeSubjectsIn(offering: PlainMap, facts: Plain | undefined): StrangeSubject[] {
  const structures = asMap(offering['structures'])
  const through = Object.values(asMap(offering['measures'])).flatMap((words) => {
    const { time, through: structure } = asMap(words)
    return typeof structure === 'string' ? [{ kind: String(time), structure }] : []
  })
  return (Array.isArray(facts) ? facts : []).flatMap((fact: Plain, place): StrangeSubject[] => {
    const [kind = ''] = Object.keys(asMap(fact))
    const { about } = asMap(asMap(fact)[kind])
    const read = through.filter((one) => one.kind === kind)
    const parts = read.flatMap(({ structure }) => endsOf(structure, structures))
    if (typeof about !== 'string' || parts.includes(about)) return []
    const near = nearestWord(about, parts)
    const structure = read.find((one) => endsOf(one.structure, structures).includes(near ?? ''))
    return near !== undefined && structure && !namesIn([offering]).has(about)
      ? [{ subject: about, near, structure: structure.structure, path: [place, kind, 'about'] }]
      : []
  })
}

type Part = { readonly name: string; readonly path: Path }

/** The names that are written in a structure, those of other structures among them. */
function partsIn(words: Plain | undefined, path: Path): Part[] {
  if (typeof words === 'string') return [{ name: words, path }]
  return Object.entries(asMap(words)).flatMap(([word, parts]) =>
    Array.isArray(parts)
      ? parts.flatMap((part: Plain, at) => partsIn(part, [...path, word, at]))
      : [],
  )
}

/** The parts at the ends of the tree. */
function endsOf(name: string, structures: PlainMap, above: readonly string[] = []): string[] {
  if (!Object.hasOwn(structures, name) || above.includes(name)) return [name]
  return partsIn(structures[name], []).flatMap((part) =>
    endsOf(part.name, structures, [...above, name]),
  )
}

const namesIn = (written: readonly unknown[]): ReadonlySet<string> =>
  new Set(JSON.stringify(written).match(/[a-z][a-z0-9_]*/gi) ?? [])
