import { endOfTime, type Instant, local, type Period, startOfDay, within } from '../kernel/time.ts'
import { endingBefore, endingOf, endsOf } from './agreement/ending.ts'
import { type Agreement, revisionAt } from './agreement/revision.ts'
import { type Derivation, derive, leaf } from './derivation.ts'
import type { Fact } from './fact/fact.ts'
import { Facts } from './fact/facts.ts'
import { chronological, happeningOf } from './happening.ts'
import { periodsMax, tooManyPeriods } from './period/period.ts'
import type { Asking, GovernedCrediting, Happening, Promised } from './scope.ts'
import { aspectBefore } from './standing/standing.ts'
import { isInTime } from './term/deadline/promised.ts'
import { spend } from './work.ts'

/** What a question may know: of the facts given, nothing later than `asOf` has happened. */
export function askingOf(
  agreement: Agreement,
  facts: readonly Fact[],
  asOf: Instant = endOfTime,
  told: Partial<Omit<Told, 'asOf'>> = {},
): Asking {
  const happened = new Facts(facts, asOf)
  return new Answering(agreement, happened, { factsShownMax: 20, ...told, asOf }).asking
}

/** What a question is asked as of when it does not say: everything on file has happened, and the period is over. */
export function afterEverything(facts: readonly Fact[], period?: Period): Instant {
  let latest = period?.end ?? 0
  for (const { at, to = at } of facts) if (to > latest) latest = to
  return latest
}

type Told = Pick<Asking, 'asOf' | 'factsShownMax' | 'inTimeFrom'>

/** What was found, of each revision or of all of them. */
type Kept = Map<object, Map<string, unknown>>

/** One question over one agreement: each event, line and deadline belongs to the contract in force when it begins. */
class Answering {
  readonly asking: Asking
  private readonly agreement: Agreement
  private readonly found: Kept = new Map()
  /** Until the end is known, more may have begun, and counts, than the agreement saw: that is not kept for later. */
  private readonly foundBeforeEnd: Kept = new Map()
  private isSeekingEnd = false
  private ends: readonly Happening[] | undefined

  constructor(agreement: Agreement, facts: Facts, told: Told) {
    this.agreement = agreement
    this.asking = {
      facts,
      ...told,
      frame: {
        ...agreement.frame,
        daysOf: (kind) => this.once(`days of ${kind}`, () => daysOf(kind, agreement, facts)),
      },
      once: (key, find, of) => this.once(key, find, of),
      happenings: (name) => this.once(`happenings ${name}`, () => this.happenings(name)),
      lines: (clause, range) => {
        const since = this.since(clause)
        return agreement.revisions.flatMap(
          ({ contract, governs }) =>
            contract.postings.get(clause)?.lines(this.asking, range, { ...governs, since }) ?? [],
        )
      },
      eventsOf: (clause, fact) =>
        revisionAt(agreement, fact.at).contract.postings.get(clause)?.eventsOf(this.asking, fact) ??
        [],
      begun: (id) => this.begun(id),
      supposing: (fact) => new Answering(agreement, new Facts([...facts.all, fact]), told).asking,
      line: (clause, event) =>
        revisionAt(agreement, event.at).contract.postings.get(clause)?.line(this.asking, event),
      limited: (clause, event) =>
        revisionAt(agreement, event.at).contract.postings.get(clause)?.limited(this.asking, event),
      unlimited: (clause, event) =>
        revisionAt(agreement, event.at)
          .contract.postings.get(clause)
          ?.unlimited(this.asking, event),
      postings: (clause) =>
        agreement.revisions.flatMap(({ contract, governs }) => {
          const posting = contract.postings.get(clause)
          return posting ? [{ posting, governs }] : []
        }),
      credits: (charge) => this.once(`credits of ${charge}`, () => this.credits(charge)),
      promises: (clause) => this.once(`promises ${clause}`, () => this.promises(clause)),
      ending: () => this.once('ending', () => this.ending()),
      endingBefore: (event) => endingBefore(agreement, this.asking, event),
      ends: () => {
        this.ends ??= endsOf(agreement, this.asking)
        return this.ends
      },
      before: (aspect, component, event, then) =>
        aspectBefore(aspect, agreement, this.asking, {
          ...{ component, event },
          ...(then && { then }),
        }),
    }
  }

  private once<Found>(key: string, find: () => Found, of: object = this): Found {
    const kept = this.isSeekingEnd ? this.foundBeforeEnd : this.found
    let found = kept.get(of)
    if (!found) {
      found = new Map()
      kept.set(of, found)
    }
    const known = found.get(key)
    if (known !== undefined || found.has(key)) return known as Found
    // Periods within periods: what one question keeps has the bound of what one of them goes through.
    if (found.size > periodsMax) throw tooManyPeriods()
    spend(1)
    const made = find()
    found.set(key, made)
    return made
  }

  /** Since when the agreement has had a clause at all. */
  private since(clause: string): Instant {
    const { revisions, frame } = this.agreement
    const first = revisions.find(({ contract }) => contract.postings.has(clause))
    return first?.governs.start ?? frame.agreed.start
  }

  private credits(charge: string): readonly GovernedCrediting[] {
    return this.agreement.revisions.flatMap(({ contract, governs }) =>
      [...contract.postings].flatMap(([clause, { crediting }], place) => {
        if (crediting?.of !== charge) return []
        const governed = { ...governs, since: this.since(clause) }
        return [{ clause, crediting, governs: governed, place, names: contract.names }]
      }),
    )
  }

  private happenings(name: string): readonly Happening[] {
    const { facts, asOf } = this.asking
    const [term = '', ending] = name.split('.')
    if (ending !== undefined) return this.promiseEvents(term, ending)
    const kinds = this.kindsCalled(name)
    if (kinds.length > 0)
      return kinds
        .flatMap((kind) => this.asking.happenings(kind).filter((one) => this.isMeant(one, name)))
        .sort(chronological)
    const governed = this.agreement.revisions.filter(({ contract }) =>
      contract.transitions.has(name),
    )
    if (governed.length === 0) return facts.of(name).map(happeningOf)
    return governed
      .flatMap(
        ({ contract, governs }) =>
          contract.transitions.get(name)?.happenings(this.asking, governs) ?? [],
      )
      .filter((event) => event.at <= asOf)
      .sort(chronological)
  }

  /** The kinds of event that a name stands for in any revision; none, where it is a kind itself. */
  private kindsCalled(name: string): readonly string[] {
    const { revisions } = this.agreement
    return [...new Set(revisions.flatMap(({ contract }) => contract.events.get(name)?.anyOf ?? []))]
  }

  private isMeant({ kind, at }: Happening, name: string): boolean {
    const { contract } = revisionAt(this.agreement, at)
    return contract.events.get(name)?.anyOf?.includes(kind) === true
  }

  private promises(clause: string): readonly Promised[] {
    return this.agreement.revisions
      .flatMap(({ contract, governs }) =>
        (contract.promises.get(clause)?.promises(this.asking) ?? []).filter((one) =>
          within(one.start.at, governs),
        ),
      )
      .sort((left, right) => left.start.at - right.start.at)
  }

  private begun(id: string): Fact | undefined {
    const clauses = this.agreement.revisions.flatMap(({ contract }) =>
      [...contract.promises].filter(([, { begins }]) => begins).map(([clause]) => clause),
    )
    return [...new Set(clauses)]
      .flatMap((clause) => this.asking.promises(clause))
      .find(({ start }) => start.fact.id === id)?.start.fact
  }

  /**
   * `pay.met` happens at its stop, `pay.missed` at its deadline; neither before its time has come. A deadline that
   * includes its last instant is not missed at that instant: what holds until then still holds.
   */
  private promiseEvents(term: string, ending: string): Happening[] {
    const { asOf } = this.asking
    return this.asking
      .promises(term)
      .flatMap(({ start, stop, conditional, ...promised }): Happening[] => {
        const { due, met } = conditional ?? promised
        const instant = ending === 'met' ? stop : due
        if (typeof instant.value !== 'number' || instant.value > asOf) return []
        if (ending === 'missed' && instant.value === asOf && isInTime(met, asOf)) return []
        const ended =
          ending === 'met'
            ? met
            : derive('not', [{ as: 'met', is: met }], undefined, { clause: term })
        const holds = conditional ? both(conditional.begins, ended, term) : ended
        return [{ kind: `${term}.${ending}`, at: instant.value, fact: start.fact, holds, instant }]
      })
      .sort((left, right) => left.at - right.at)
  }

  /** The agreed end, or the earliest end that a transition of the agreement brings. */
  private ending(): Derivation {
    const { agreed } = this.agreement.frame
    // A transition that ends the agreement may follow from another, which asks whether the agreement still runs.
    if (this.isSeekingEnd) return leaf(agreed.end, { clause: 'agreement_period' })
    this.isSeekingEnd = true
    try {
      return endingOf(this.agreement, this.asking)
    } finally {
      this.isSeekingEnd = false
    }
  }
}

/** The days on which a kind of fact is on file while the agreement runs, in their order. */
function daysOf(kind: string, { frame: { agreed, zone } }: Agreement, facts: Facts): Instant[] {
  const days = facts
    .of(kind)
    .filter(({ at }) => within(at, agreed))
    .map(({ at }) => Math.max(startOfDay(local(at, zone).toPlainDate(), zone), agreed.start))
  return [...new Set(days)].sort((left, right) => left - right)
}

/** What its condition did not let begin ends in no way. */
const both = (begins: Derivation, ended: Derivation, clause: string) =>
  derive(
    'all',
    [
      { as: 'when', is: begins, role: 'begins' },
      { as: 'conditions', is: ended },
    ],
    undefined,
    { clause },
  )
