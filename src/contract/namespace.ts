import { a } from '../kernel/grammar.ts'
import { leaf } from './derivation.ts'
import type { Faults, Path } from './document/fault.ts'
import type { FactKind } from './fact/fact-kind.ts'
import type { OfferingWords } from './language/offering.ts'
import { reservedBeginning, reservedNames } from './language/vocabulary.ts'
import type { Definition, Names } from './scope.ts'
import { anything, type Type } from './type.ts'
import { unknown } from './value.ts'

/** A chain of sixty definitions is read by nobody; one of thousands overflows whoever follows it. */
const namesDeepMax = 60

const untyped = () => anything
const asksNothing = () => {}

/** Everything named in an offering: one flat namespace, in which nothing rests on itself. */
export class Namespace implements Names {
  readonly definitions = new Map<string, Definition>()
  /** What each name rests on. */
  readonly reads = new Map<string, () => readonly string[]>()
  private readonly typing = new Set<string>()
  private readonly words: OfferingWords
  private readonly kinds: ReadonlyMap<string, FactKind>
  /** Names for several kinds of event. */
  private readonly events: ReadonlyMap<string, FactKind>
  private readonly faults: Faults

  constructor(
    words: OfferingWords,
    { kinds, events }: Record<'kinds' | 'events', ReadonlyMap<string, FactKind>>,
    faults: Faults,
  ) {
    this.words = words
    this.kinds = kinds
    this.events = events
    this.faults = faults
  }

  find(name: string): Definition | undefined {
    return this.definitions.get(name)
  }

  fact(kind: string): FactKind | undefined {
    return this.kinds.get(kind) ?? this.events.get(kind)
  }

  eventsThatMean(kind: string): readonly string[] {
    if (this.events.size === 0) return []
    return [...this.events.values()]
      .filter(({ anyOf }) => anyOf?.includes(kind))
      .map(({ name }) => name)
  }

  *known(): Iterable<string> {
    yield* this.definitions.keys()
    yield* this.kinds.keys()
  }

  readsOf(name: string): readonly string[] {
    return this.reads.get(name)?.() ?? []
  }

  /** One flat namespace: a name means one thing in an offering. */
  add(
    definition: Partial<Definition> & Pick<Definition, 'name' | 'sort'>,
    path: Path,
    title?: string,
  ): void {
    const { name, sort } = definition
    const mayBegin = sort === 'fact' || sort === 'agreed'
    if (reservedNames.has(name) || (mayBegin && name === reservedBeginning))
      this.faults.add(
        'name_reserved',
        path,
        `“${name}” means something in the language already; choose another name, such as “${instead[name] ?? `our_${name}`}”.`,
      )
    const standard = this.words.facts?.[name] === undefined && this.kinds.has(name)
    const ownFact = definition.sort !== 'fact' && this.words.facts?.[name] !== undefined
    if (
      this.definitions.has(name) ||
      ownFact ||
      (definition.sort !== 'fact' && this.kinds.has(name))
    )
      this.faults.add(
        'name_doubled',
        path,
        `“${name}” is ${standard ? 'a standard kind of fact' : `the name of ${ownFact ? 'a kind of fact' : meant(this.definitions.get(name))}`} already; one name means one thing in an offering.${standard ? ` Choose another, such as “our_${name}”.` : ''}`,
      )
    this.definitions.set(name, {
      title: title ?? name.replaceAll('_', ' '),
      type: untyped,
      evaluate: () => leaf(unknown(name)),
      demand: asksNothing,
      ...definition,
    })
  }

  /** The type of a definition, which may not rest on itself; `previous` asks whether it would. */
  typeWithin(name: string, find: () => Type): Type {
    if (this.typing.has(name)) return anything
    if (this.typing.size >= namesDeepMax) {
      this.refuseDepth(name)
      return anything
    }
    this.typing.add(name)
    try {
      return find()
    } finally {
      this.typing.delete(name)
    }
  }

  /** What rests on itself has no value. The only circle that is allowed goes through `previous`. */
  refuseCircles(): void {
    // Of each name how many names it rests on, one below the other.
    const done = new Map<string, number>()
    const above: string[] = []
    const visit = (name: string): number => {
      const known = done.get(name)
      if (known !== undefined) return known
      const start = above.indexOf(name)
      if (start >= 0) {
        const circle = [...above.slice(start), name].join(' → ')
        this.faults.add(
          'names_in_a_circle',
          this.pathOf(name),
          `“${name}” rests on itself: ${circle}. Only “previous:” may look back at its own measure.`,
        )
        return 0
      }
      let depth = 1
      const reads = above.length > namesDeepMax ? [] : this.readsNow(name)
      above.push(name)
      for (const read of reads) depth = Math.max(depth, visit(read) + 1)
      above.pop()
      if (depth === namesDeepMax + 1) this.refuseDepth(name)
      done.set(name, depth)
      return depth
    }
    // Types first: a formula is compiled by then, whatever it reads.
    for (const name of this.reads.keys()) this.definitions.get(name)?.type()
    for (const name of this.reads.keys()) visit(name)
  }

  /** Without what “previous:” looks back at, which may rest on itself. */
  private readsNow(name: string): readonly string[] {
    const measure = this.words.measures?.[name]
    return measure && 'previous' in measure ? [] : this.readsOf(name)
  }

  private refuseDepth(name: string): void {
    this.faults.add(
      'nested_too_deep',
      this.pathOf(name),
      `“${name}” is at the end of more than ${namesDeepMax} names that rest on each other.`,
    )
  }

  private pathOf(name: string): Path {
    const part = this.words.measures?.[name]
      ? 'measures'
      : this.words.tables?.[name]
        ? 'tables'
        : this.words.events?.[name]
          ? 'events'
          : 'terms'
    return [part, name]
  }
}

/** Facts are in the past tense. */
const instead: Readonly<Record<string, string>> = { return: 'returned', package: 'bundle' }

/** What has the name already. */
const meant = (definition: Definition | undefined) =>
  definition ? sortText(definition.sort) : 'something else'

/** What a name means, as an author calls it. */
export const sortText = (sort: Definition['sort']): string => called[sort] ?? a(sort)

const called: Partial<Record<Definition['sort'], string>> = {
  fact: 'a kind of fact',
  event: 'several kinds of event',
  user: 'a kind of user',
  agreed: 'an agreed value',
  posting: 'a charge or credit',
  promise: 'a target, duty or option',
  always: 'a word of the language',
}
