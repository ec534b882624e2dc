import { beginningOfTime, endOfTime, type Instant } from '../../kernel/time.ts'
import { type Fact, inOrder } from './fact.ts'

/** The facts that are known for a question: each kind in the order of time, then of recording, then of id. */
export class Facts {
  private readonly kinds = new Map<string, Fact[]>()
  // Made when first asked for: a bill of what meters counted asks for neither subjects nor ids nor items.
  private subjects: ReadonlyMap<string, readonly Fact[]> | undefined
  private ids: ReadonlyMap<string, Fact> | undefined
  private items: ReadonlyMap<string, string> | undefined
  /** When one of those given next happens or ends. */
  readonly next: Instant

  /** Of those given, what has happened by an instant. */
  constructor(facts: readonly Fact[], asOf: Instant = endOfTime) {
    // As they are recorded, facts come in order: looking is cheaper than sorting.
    const mixed = new Set<Fact[]>()
    let next = endOfTime
    for (const fact of facts) {
      if (fact.at > asOf) {
        if (fact.at < next) next = fact.at
        continue
      }
      if (fact.to !== undefined && fact.to > asOf && fact.to < next) next = fact.to
      const own = pushTo(this.kinds, fact.kind, endedBy(fact, asOf))
      const before = own.at(-2)
      if (before && before.at >= fact.at && inOrder(before, fact) > 0) mixed.add(own)
    }
    for (const own of mixed) own.sort(inOrder)
    this.next = next
  }

  of(kind: string): readonly Fact[] {
    return this.kinds.get(kind) ?? []
  }

  /** Those about what another fact is about: about nothing, where it names nothing. Without another, all of them. */
  about(kind: string, alike: Pick<Fact, 'about'> | undefined): readonly Fact[] {
    if (!alike) return this.of(kind)
    this.subjects ??= bySubject(this.kinds.values())
    return this.subjects.get(`${kind} ${subjectText(alike)}`) ?? []
  }

  byId(id: string): Fact | undefined {
    this.ids ??= new Map(this.all.map((fact) => [fact.id, fact]))
    return this.ids.get(id)
  }

  /** Which component an item belongs to, as what gave it said; of what was never given, as the first fact that named both did. */
  componentOfItem(item: string): string | undefined {
    this.items ??= componentsOfItems(this.all)
    return this.items.get(item)
  }

  /** When one of them last happened or ended. */
  get latest(): Instant {
    let latest = beginningOfTime
    for (const own of this.kinds.values()) {
      const { at, shape } = own.at(-1) ?? {}
      latest = Math.max(latest, at ?? latest)
      if (shape === 'interval') for (const { to = latest } of own) latest = Math.max(latest, to)
    }
    return latest
  }

  get all(): readonly Fact[] {
    return [...this.kinds.values()].flat().sort(inOrder)
  }
}

/** An interval that ends later is still open as of then. */
function endedBy(fact: Fact, asOf: Instant): Fact {
  if (fact.to === undefined || fact.to <= asOf) return fact
  const { to: _later, ...open } = fact
  return open
}

function pushTo<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): Item[] {
  const list = map.get(key) ?? []
  if (list.length === 0) map.set(key, list)
  list.push(item)
  return list
}

function bySubject(kinds: Iterable<readonly Fact[]>): Map<string, Fact[]> {
  const subjects = new Map<string, Fact[]>()
  for (const facts of kinds)
    for (const fact of facts) pushTo(subjects, `${fact.kind} ${subjectText(fact)}`, fact)
  return subjects
}

/** No subject is an empty text, so that what names none has one of its own. */
const subjectText = ({ about = '' }: Pick<Fact, 'about'>) => about

function componentsOfItems(facts: readonly Fact[]): Map<string, string> {
  const items = new Map<string, string>()
  const isGiven = ({ kind }: Fact) => givenBy.has(kind)
  for (const { about, component } of [...facts.filter(isGiven), ...facts])
    if (about !== undefined && component !== undefined && !items.has(about))
      items.set(about, component)
  return items
}
/** What was said of a thing before there was one does not make it another. */
const givenBy: ReadonlySet<string> = new Set(['handed_over', 'granted'])
