import type { Exact, RoundingMode } from '../kernel/exact.ts'
import type { Instant, Period } from '../kernel/time.ts'
import type { AgreedValues } from './agreed.ts'
import type { Calendar } from './calendar.ts'
import { type Derivation, derive, type Input, leaf } from './derivation.ts'
import type { Fact } from './fact.ts'
import { isDerived } from './fact-kind.ts'
import { didYouMean, type Faults, type Path } from './fault.ts'
import { grouped } from './grouped.ts'
import type { ComponentKind, OfferingPolicies } from './language/offering.ts'
import type { NamedPrice } from './language/price.ts'
import { type NameSort, nearName } from './near-name.ts'
import type { NamedPeriods, PeriodRule } from './period.ts'
import { countedOn } from './period-counted.ts'
import { isFiner, isMisaligned } from './period-order.ts'
import { isUnreadable, parsePeriodRule, periodForms, periodWords } from './period-words.ts'
import { goesWithEvent, hasSubject, ruleAt, subjectAt } from './place.ts'
import type {
  Asking,
  Compiled,
  Definition,
  Happening,
  Names,
  Place,
  Read,
  Report,
  Scope,
  Window,
} from './scope.ts'
import type { Structure } from './structure.ts'
import type { Type } from './type.ts'
import { valueText } from './value.ts'

/** What the parts of a contract are compiled with. */
export type Compiling = {
  readonly components: ReadonlyMap<string, Component>
  readonly policies: OfferingPolicies
  readonly rounding: { readonly to: Exact; readonly mode: RoundingMode }
  readonly names: Names
  readonly faults: Faults
  readonly zone: string
  readonly currency: string
  readonly periods: NamedPeriods
  readonly calendars: ReadonlyMap<string, Calendar>
  readonly prices: ReadonlyMap<string, NamedPrice>
  /** What the parties filled in, each value from its date on. */
  readonly agreed: ReadonlyMap<string, AgreedValues>
  /** A measure or table as its author wrote it. */
  readonly wordsOf: (name: string) => unknown
  readonly structures: ReadonlyMap<string, Structure>
}

export function periodRule(text: string, compiling: Compiling, path: Path): PeriodRule | undefined {
  const rule = parsePeriodRule(text, compiling.periods)
  if (!rule && !isUnreadable(text, compiling.periods))
    compiling.faults.add(
      'period_unknown',
      path,
      text.startsWith('so-far-')
        ? `“${text}” is no period: after “so-far-” stands day, week, month, quarter, half-year, year, agreement, agreement-month, or a name under periods that is one of these, also from another day on.`
        : `“${text}” is no period.${(intervalHint(text, compiling) ?? nearPeriod(text, compiling)) || ` Say ${periodForms}, ${isCharged(path) ? 'once' : 'so-far-month, past 30 days, since a kind of fact'}, or a name under periods.`}`,
    )
  else if (rule?.is === 'since' && !isEvent(rule.kind, compiling.names))
    compiling.faults.add(
      'fact_undeclared',
      path,
      `“${rule.kind}” is no kind of fact and no term that makes events.${nearName(rule.kind, compiling.names, ['event'])}`,
    )
  return rule && countedOn(rule, compiling, path)
}

/** Who would have what happens while an interval lasts names the interval. */
function intervalHint(text: string, { names }: Compiling): string | undefined {
  if (text === 'this') return ' “this” is the interval at hand: a measure of facts may say it.'
  return names.fact(text)?.shape === 'interval'
    ? ` It is a kind of interval: a measure that is read for one says “per: this”.`
    : undefined
}

/** What is due for periods needs such as follow each other. */
const isCharged = (path: Path) => path.at(-1) === 'every' || path.slice(-2).join() === 'credit,per'

/** Of several words, such as “2 months”, one alone is not what was meant. */
export const nearPeriod = (text: string, { periods }: Pick<Compiling, 'periods'>) =>
  text.includes(' ') ? '' : didYouMean(text, [...periodWords, ...periods.keys()])

export function isEvent(name: string, names: Names): boolean {
  const [term = '', ending] = name.split('.')
  if (ending !== undefined)
    return names.find(term)?.sort === 'promise' && (ending === 'met' || ending === 'missed')
  return names.fact(name) !== undefined || names.find(name)?.sort === 'transition'
}

/** What can be read of an event of this name: itself, and the fact that causes it where only one kind can. */
export function kindsAtHand(name: string, names: Names): readonly string[] {
  const own = [name, ...(names.find(name.split('.')[0] ?? '')?.causes ?? [])]
  return [...own, ...own.flatMap((kind) => names.eventsThatMean(kind))]
}

export function clipped(period: Period, to: Period): Period | undefined {
  const start = Math.max(period.start, to.start)
  const end = Math.min(period.end, to.end)
  return start < end ? { start, end } : undefined
}

export const within = (at: Instant, period: Period) => at >= period.start && at < period.end

/** Whose question is answered, and until when facts count in it. */
export type Reader = Pick<Scope, 'asking' | 'until'>

export function periodScope({ asking, until }: Reader, period: Window): Scope {
  const scope = { asking, period, at: period.end - 1 }
  return until === undefined ? scope : { ...scope, until }
}

export function eventScope({ asking, until }: Reader, event: Happening): Scope {
  const scope = { asking, event, at: event.at }
  return until === undefined ? scope : { ...scope, until }
}

export const happeningOf = (fact: Fact): Happening => ({ kind: fact.kind, at: fact.at, fact })

/** When something happened, as a leaf or with the reason for it. */
export function instantLeaf(event: Happening): Derivation {
  return event.instant ?? leaf(event.at, { fact: { id: event.fact.id, field: 'at' } })
}

/** That it happened at all, and by which clause: what rests on an event cites it. */
export function happenedLeaf(event: Happening, holds: Derivation | undefined): Derivation {
  const byTerm = event.kind !== event.fact.kind && {
    clause: event.kind.split('.')[0] ?? event.kind,
  }
  const recorded = event.fact.begins ? {} : { fact: { id: event.fact.id, field: 'happened' } }
  const happened = leaf(true, { ...recorded, ...byTerm })
  if (!holds) return happened
  const inputs = [
    { as: 'it happened', is: happened },
    { as: 'conditions', is: holds },
  ]
  return derive('all', inputs, undefined, byTerm || {})
}

/**
 * A fact that names a component, by itself or through its item, concerns the terms of that component alone. One that
 * names none concerns every term that reads it, except that an item nobody knows is no item of a serialised component.
 */
export function concerns(
  component: Component | undefined,
  { fact }: Happening,
  asking: Asking,
  names: Pick<Names, 'find'>,
): boolean {
  if (!component) return true
  const named = componentNamed({ fact }, asking, names)
  return named === undefined
    ? !(component.serialised && fact.about !== undefined)
    : named === component.id
}

/** The component that a fact names, by itself or through its item. */
export function componentNamed(
  { fact }: Pick<Happening, 'fact'>,
  asking: Asking,
  names: Pick<Names, 'find'>,
): string | undefined {
  const { about, component } = fact
  if (component !== undefined || about === undefined) return component
  return names.find(about)?.sort === 'component' ? about : asking.facts.componentOfItem(about)
}

/** A component as the terms need it. */
export type Component = {
  readonly id: string
  readonly kind: ComponentKind
  readonly title: string
  readonly users: readonly string[]
  readonly serialised: boolean
  readonly of?: string
  readonly says?: string
}

/** Checks everything that a compiled formula reads from the place where it is read. */
function demandReads(reads: readonly Read[], place: Place, names: Names, report: Report): void {
  for (const { name, attribute } of reads) {
    if (attribute === undefined) demandOnce(names.find(name), place, report)
    else if (!place.events.includes(name))
      report(
        'event_not_at_hand',
        `“${name}.${attribute}” is read where no “${name}” is at hand${place.events.length > 0 ? ` (there is ${place.events.join(', ')})` : ''}: collect it in a measure, such as { last: ${name}, value: ${name}.${attribute}, per: … }; a formula is read where it stands, and has no other event at hand.`,
      )
  }
}

// Only of the last report: a WeakMap’s values outlive each collection of the young, and with them all that was compiled.
let demanded: { readonly report: Report; readonly from: Map<Definition, Place[]> } | undefined

/** Once from each place: forty formulas that each read the one before twice would be asked a billion times. */
function demandOnce(definition: Definition | undefined, place: Place, report: Report): void {
  if (!definition) return
  if (demanded?.report !== report) demanded = { report, from: new Map() }
  const before = demanded.from.get(definition)
  if (before?.some((one) => isSamePlace(one, place))) return
  if (before) before.push(place)
  else demanded.from.set(definition, [place])
  definition.demand(place, report)
}

/** Plain data; one that is told apart by the order of its words is only asked once more. */
const isSamePlace = (left: Place, right: Place) =>
  left === right || JSON.stringify(left) === JSON.stringify(right)

/** The names that compiled formulas rest on, for finding circles; attributes of the event at hand are none. */
export const namesRead = (compiled: readonly (Compiled | undefined)[]): string[] =>
  compiled.flatMap((one) =>
    (one?.reads ?? []).flatMap((read) => (read.attribute === undefined ? [read.name] : [])),
  )

/** The turns of all that these names rest on; undefined where any instant may change one of them. */
export function turnsOfNames(
  read: readonly string[],
  names: Names,
): readonly PeriodRule[] | undefined {
  const all = read.map((name) => {
    const kind = names.fact(name)
    return kind ? turnsOfNames(kind.anyOf ?? [], names) : names.find(name)?.turns?.()
  })
  return all.every((turns) => turns !== undefined) ? [...new Set(all.flat())] : undefined
}

/** The turns of formulas; what they read of the event at hand is another with each event. */
export function turnsOfCompiled(
  compiled: readonly (Compiled | undefined)[],
  names: Names,
): readonly PeriodRule[] | undefined {
  const readsEvent = compiled.some((one) => one?.reads.some((read) => read.attribute !== undefined))
  return readsEvent ? undefined : turnsOfNames(namesRead(compiled), names)
}

export function demandCompiled(
  compiled: readonly (Compiled | undefined)[],
  place: Place,
  names: Names,
  report: Report,
): void {
  for (const one of compiled) if (one) demandReads(one.reads, place, names, report)
}

/** When something happened, left out where its term's condition did not hold. */
export function happened(event: Happening): Input {
  const at = instantLeaf(event)
  return {
    as: event.kind,
    is: event.holds
      ? derive('keep', [
          { as: 'if', is: event.holds },
          { as: 'at', is: at },
        ])
      : at,
  }
}

/** What is about the same subject, or shares the attribute that pairs them; with what a period began, everything. */
export function paired(
  events: readonly Happening[],
  event: Happening | undefined,
  by?: string,
): readonly Happening[] {
  if (!event || event.fact.begins) return events
  const key = subjectOf(event.fact, by)
  return grouped(events, { by: `subject ${by ?? ''}`, of: ({ fact }) => subjectOf(fact, by), key })
}

/** Whose facts `about: same` reads: those about what the event at hand is about; with what a period began, everything. */
export function alikeAtHand(
  { event, subject = event }: Pick<Scope, 'event' | 'subject'>,
  { same, pairedBy }: { readonly same: Same; readonly pairedBy?: string | undefined },
): Alike | undefined {
  if (!same || !subject || subject.fact.begins) return undefined
  return {
    fact: subject.fact,
    ...(pairedBy !== undefined && { by: pairedBy }),
    ...(same === 'or-none' && { orNone: true }),
  }
}

/** What a measure reads “since” an event is of its subject; unless it says “about: same”, with it what names none. */
export const sameRead = (
  { about, 'paired-by': by }: { readonly about?: unknown; readonly 'paired-by'?: unknown },
  per: PeriodRule | undefined,
): Same => about === 'same' || by !== undefined || (per?.is === 'since' && 'or-none')

/** What is about the same as this, or shares the attribute with it. */
export type Alike = {
  readonly fact: Fact
  readonly by?: string
  /** With them what is about nothing. */
  readonly orNone?: true
}

/** Whose facts are read: all, those of the subject at hand, or with these what is about nothing. */
export type Same = boolean | 'or-none'

/** What tells it apart from others of its kind: equal numbers and dates are equal in text. */
export function subjectOf(fact: Fact, by?: string): string | undefined {
  if (by === undefined) return fact.about
  const value = Object.hasOwn(fact.values, by) ? fact.values[by] : undefined
  return value === undefined ? undefined : valueText(value)
}

/** A pair is found by an attribute that both have: one that is misspelt would pair everything. */
export function checkPairedBy(
  by: string | undefined,
  events: readonly (string | undefined)[],
  { names, faults, path }: Pick<Compiling, 'names' | 'faults'> & { path: Path },
): void {
  if (by === undefined) return
  for (const event of events) {
    const kinds = event === undefined ? [] : kindsAtHand(event, names)
    const attributes = kinds.flatMap((name) => {
      const kind = names.fact(name)
      return kind ? [...kind.attributes.keys()].filter((one) => !isDerived(kind, one)) : []
    })
    if (attributes.length > 0 && !attributes.includes(by))
      faults.add(
        'attribute_undeclared',
        [...path, 'paired-by'],
        `“${event}” has no “${by}” to be paired by.${didYouMean(by, attributes)}`,
      )
  }
}

/** The period in which a definition with `per` is read, checked against the place that reads it. */
export function demandPeriod(
  rule: PeriodRule | undefined,
  place: Place,
  report: Report,
  what: string,
): Place {
  if (!rule) return place
  if (rule.is === 'since' && !hasSubject(place))
    report(
      'event_not_at_hand',
      `“${what}” counts since an event of the same subject; no event is at hand.`,
    )
  const around = ruleAt(place)
  if (isFiner(rule, around))
    report(
      'period_too_fine',
      `“${what}” has a value for each of several periods here: read it through sum, max, last … of a measure.`,
    )
  else if (isMisaligned(rule, around))
    report(
      'periods_do_not_fit',
      `“${what}” is of periods that do not begin and end with those of what reads it: which of them would be meant? Say the same “per:” as there, or leave it out; or add up a measure per day.`,
    )
  return {
    period: rule,
    events: goesWithEvent(rule) ? place.events : [],
    ...subjectAt(place),
  }
}

/** Nothing of these sorts, one of which stands there, has the name. */
export function unknownName(
  name: string,
  { names, faults }: Pick<Compiling, 'names' | 'faults'>,
  { path, sorts }: { readonly path: Path; readonly sorts: readonly NameSort[] },
): void {
  const words = `Nothing of that sort is called “${name}”.${nearName(name, names, sorts)}`
  faults.add('name_unknown', path, words)
}

/** What a measure's definition holds beside its name; `reads` names what it rests on, for finding circles. */
export type Measure = Pick<Definition, 'type' | 'evaluate' | 'demand' | 'parts' | 'turns'> & {
  readonly per?: PeriodRule
  readonly reads: () => readonly string[]
}

/** Found when first asked for: names may stand in any order. */
export function lazily<Found>(find: () => Found): () => Found {
  let found: { value: Found } | undefined
  return () => {
    found ??= { value: find() }
    return found.value
  }
}

export const unitOf = (type: Type) =>
  type.is === 'number' && type.unit !== undefined ? { unit: type.unit } : {}
