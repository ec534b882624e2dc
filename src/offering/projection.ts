import type { Plain, PlainMap } from '../contract/document/document.ts'
import { type ComponentKind, componentKinds } from '../contract/language/offering.ts'
import { liftTerms } from '../contract/offering/lifted.ts'
import { english } from '../contract/prose/english.ts'
import { type Audience, isShown } from '../product/projection.ts'

/** Each component of an offering with those it is shown to. */
export type ShownTo = Readonly<Record<string, Audience>>

/** Whether something may be shown, by its name and by all the words in which it would be told. */
export type Seen = (name: string, ...told: readonly (string | undefined)[]) => boolean

/**
 * What whoever is in these groups sees of an offering. With a component that is hidden from him goes whatever speaks of
 * it, by its name or by its title, through however many definitions, and whatever nothing else reads.
 */
export function seenBy(
  groups: readonly string[],
  { document, shownTo }: { readonly document: PlainMap; readonly shownTo: ShownTo },
): Seen {
  const components = componentsIn(document)
  const hidden = components.filter(({ id }) => !isShown(shownTo[id] ?? [], groups))
  if (hidden.length === 0) return () => true
  const names = hiddenWith(
    hidden.map(({ id }) => id),
    partsOf(document),
  )
  const titles = hidden.map(({ title }) => RegExp.escape(title)).join('|')
  const spoken = new RegExp(`(?<![\\p{L}\\p{N}])(?:${titles})(?:e?s)?(?![\\p{L}\\p{N}])`, 'iu')
  return (name, ...told) =>
    !names.has(name) && !told.some((text) => text !== undefined && spoken.test(text))
}

/** Its provider's own people see all of it. */
export const seenByItsProvider: Seen = () => true

type Told = { readonly title: string; readonly text: string; readonly says?: string }
type Printed = {
  readonly clauses: readonly (Told & { readonly id: string; readonly number: string })[]
  readonly definitions: readonly {
    readonly id: string
    readonly name: string
    readonly text: string
    readonly lines: readonly string[]
  }[]
}

/** What is left of a printed offering; no clause that is left cites one that is not. */
export function visibleParts<Parts extends Printed>(
  { clauses, definitions }: Parts,
  seen: Seen,
): {
  readonly clauses: readonly Parts['clauses'][number][]
  readonly definitions: readonly Parts['definitions'][number][]
} {
  const isSeen = ({ id, title, text, says }: Parts['clauses'][number]) =>
    seen(id, title, text, says)
  const cited = clauses.filter((one) => !isSeen(one)).map((one) => english.clause(one))
  const cites = (text: string) => cited.some((one) => text.includes(one))
  return {
    clauses: clauses.filter((one) => isSeen(one) && !cites(one.text)),
    definitions: definitions.filter(({ id, name, text, lines }) => {
      const told = [text, ...lines].join('\n')
      return seen(id, name, told) && !cites(told)
    }),
  }
}

export function componentsIn(
  document: PlainMap,
): { readonly id: string; readonly kind: ComponentKind; readonly title: string }[] {
  return listIn(document, 'components').flatMap((component) =>
    componentKinds.flatMap((kind) => {
      const id = component[kind]
      if (typeof id !== 'string') return []
      return [{ id, kind, title: String(component['title'] ?? id.replaceAll('_', ' ')) }]
    }),
  )
}

/** The needs that it meets, but for those that a hidden component helps to meet. */
export const needsIn = (document: PlainMap, seen: Seen): string[] =>
  listIn(document, 'utility').flatMap(({ need, 'supported-by': by }) => {
    const supports = Array.isArray(by) ? by.map(String) : []
    return supports.every((one) => seen(one)) && seen('', String(need)) ? [String(need)] : []
  })

/** The words that a search looks in, as far as whoever searches sees them. */
export const foundBy = (document: PlainMap, seen: Seen): string =>
  [
    String(document['title'] ?? ''),
    ...needsIn(document, seen),
    ...componentsIn(document).flatMap(({ id, title }) => (seen(id) ? [title] : [])),
  ].join(' ')

const listIn = (document: PlainMap, word: string) =>
  Array.isArray(document[word]) ? (document[word] as PlainMap[]) : []

type Parts = {
  /** What is shown for itself: components and terms. */
  readonly own: readonly string[]
  /** What is shown because something rests on it. */
  readonly beneath: readonly string[]
  readonly reads: ReadonlyMap<string, readonly string[]>
}

function partsOf(document: PlainMap): Parts {
  const { lifted } = liftTerms(document)
  const components = listIn(lifted, 'components').flatMap((component): [string, Plain][] =>
    componentKinds.flatMap((kind): [string, Plain][] =>
      // What stands behind it is of another namespace.
      component[kind] === undefined ? [] : [[String(component[kind]), component['for'] ?? '']],
    ),
  )
  const users = Array.isArray(lifted['users']) ? lifted['users'].map(String) : []
  const own = [...components, ...entriesIn(lifted, 'terms')]
  const beneath = [
    ...definitions.flatMap((word) => entriesIn(lifted, word)),
    ...users.map((user): [string, Plain] => [user, '']),
  ]
  return {
    own: own.map(([name]) => name),
    beneath: beneath.map(([name]) => name),
    reads: new Map([...own, ...beneath].map(([name, body]) => [name, namesIn(body)])),
  }
}

const definitions = [
  'measures',
  'tables',
  'structures',
  'prices',
  'calendars',
  'periods',
  'agreed',
  'events',
  'facts',
] as const

const entriesIn = (document: PlainMap, word: string): [string, Plain][] =>
  Object.entries((document[word] ?? {}) as PlainMap)

/** Every word that could be a name. A formula is not parsed for it: a reading that was missed would show what is hidden. */
function namesIn(body: Plain): readonly string[] {
  if (typeof body === 'string') return body.match(/[a-z][a-z0-9_]*/g) ?? []
  if (Array.isArray(body)) return (body as readonly Plain[]).flatMap(namesIn)
  return Object.entries(body as PlainMap).flatMap(([word, inner]) =>
    word === 'title' || word === 'says' ? [] : namesIn(inner),
  )
}

function hiddenWith(
  components: readonly string[],
  { own, beneath, reads }: Parts,
): ReadonlySet<string> {
  const readers = new Map<string, string[]>()
  for (const [name, all] of reads)
    for (const read of all) readers.set(read, [...(readers.get(read) ?? []), name])
  const speaking = reached(components, readers)
  const lost = reached(speaking, reads)
  const kept = reached(
    own.filter((name) => !speaking.has(name)),
    reads,
  )
  const unread = beneath.filter((name) => lost.has(name) && !kept.has(name))
  return new Set([...speaking, ...unread])
}

/** All that one comes to from some names, these among them. */
function reached(
  from: Iterable<string>,
  to: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const found = new Set(from)
  // A set that grows while it is walked is walked to its end.
  for (const name of found) for (const next of to.get(name) ?? []) found.add(next)
  return found
}
