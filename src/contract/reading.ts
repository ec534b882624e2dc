import type { Exact, RoundingMode } from '../kernel/exact.ts'
import type { Instant, Length, Period } from '../kernel/time.ts'
import type { AgreedValues } from './agreed.ts'
import type { Calendar } from './calendar.ts'
import { type Derivation, derive, type Input, leaf } from './derivation.ts'
import type { Fact } from './fact.ts'
import { isDerived } from './fact-kind.ts'
import { didYouMean, type Faults, type Path } from './fault.ts'
import { grouped } from './grouped.ts'
import type { ComponentKind, OfferingPolicies } from './language/offering.ts'
import type { NamedPrice } from './language/price.ts'
import {
  grain,
  isUnreadable,
  type NamedPeriods,
  type PeriodRule,
  parsePeriodRule,
  periodAround,
  periodForms,
} from './period.ts'
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
        : `“${text}” is no period: say ${periodForms}, so-far-month, past 30 days, since a kind of fact, or a name under periods.`,
    )
  else if (rule?.is === 'since' && !isEvent(rule.kind, compiling.names))
    compiling.faults.add(
      'fact_undeclared',
      path,
      `“${rule.kind}” is no kind of fact and no term that makes events.`,
    )
  return rule
}

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

/** The period that a definition with `per` reads, or the one at hand; undefined where there is none. */
export function windowOf(rule: PeriodRule | undefined, scope: Scope): Window | undefined {
  const { asking, period } = scope
  if (!rule) return period
  if (rule.is === 'since') return sinceWindow(rule.kind, scope)
  if (!period) return aroundInstant(rule, scope)
  if (rule.is === 'so-far') {
    const start = periodAround(rule.of, period.start, asking.frame)?.start
    const { back: _own, ...whole } = period
    return start === undefined ? undefined : { ...whole, start }
  }
  if (rule.is === 'past') return lookingBack(rule.length, period, asking)
  // A month in which the agreement begins is asked from its first day; the agreement's own periods begin with it.
  return periodAround(
    rule,
    Math.max(period.start, Math.min(asking.frame.agreed.start, period.end - 1)),
    asking.frame,
  )
}

/** Around the event at hand, or the instant; what ends there ends with the event. */
function aroundInstant(rule: PeriodRule, { asking, event, at }: Scope): Window | undefined {
  const around = periodAround(rule, at, asking.frame)
  if (!around || (rule.is !== 'so-far' && rule.is !== 'past')) return around
  const upTo = event ? instantLeaf(event) : leaf(at)
  return rule.is === 'past' ? { ...around, upTo, back: rule.length } : { ...around, upTo }
}

function lookingBack(length: Length, period: Window, { frame }: Scope['asking']): Window {
  const { upTo } = period
  const end = typeof upTo?.value === 'number' ? upTo.value : period.end
  return { ...period, start: length.before(end, frame.zone), ...(upTo && { back: length }) }
}

/** From the last event of the kind about the same subject to the next. */
function sinceWindow(kind: string, { asking, event, at }: Scope): Period | undefined {
  const same = asking
    .happenings(kind)
    .filter((one) => one.fact.about === event?.fact.about && one.holds?.value !== false)
  const last = same.findLast((one) => one.at <= at)
  const next = same.find((one) => one.at > at)
  return last && { start: last.at, end: next?.at ?? Number.MAX_SAFE_INTEGER }
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
        `“${name}.${attribute}” is read where no “${name}” is at hand${place.events.length > 0 ? ` (there is ${place.events.join(', ')})` : ''}: read it through a measure.`,
      )
  }
}

// Only of the last report: a WeakMap’s values outlive each collection of the young, and with them all that was compiled.
let demanded: { readonly report: Report; readonly from: Map<Definition, Place[]> } | undefined

/** Once from each place: forty formulas that each read the one before twice would be asked a billion times. */
function demandOnce(definition: Definition | undefined, place: Place, report: Report): void {
  if (!definition) return
  if (demanded?.report !== report) demanded = { report, from: new Map() }
  const before = demanded.from.get(definition) ?? []
  if (before.some((one) => isSamePlace(one, place))) return
  demanded.from.set(definition, [...before, place])
  definition.demand(place, report)
}

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

/** The finer of two grids cannot be read directly: which of its periods would be meant? */
export function isFiner(rule: PeriodRule, than: PeriodRule | undefined): boolean {
  const own = grain(rule)
  const other = than && grain(than)
  return own !== undefined && other !== undefined && own.compare(other) < 0
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
export const alikeAtHand = ({ event }: Pick<Scope, 'event'>): Fact | undefined =>
  event && !event.fact.begins ? event.fact : undefined

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
  if (rule.is === 'since' && place.events.length === 0)
    report(
      'event_not_at_hand',
      `“${what}” counts since an event of the same subject; no event is at hand.`,
    )
  if (isFiner(rule, place.period))
    report(
      'period_too_fine',
      `“${what}” has a value for each of several periods here: read it through sum, max, last … of a measure.`,
    )
  return {
    period: rule,
    events: rule.is === 'since' || rule.is === 'so-far' || rule.is === 'past' ? place.events : [],
  }
}

export function unknownName(name: string, { names, faults }: Compiling, path: Path): void {
  faults.add(
    'name_unknown',
    path,
    `Nothing of that sort is called “${name}”.${didYouMean(name, names.known())}`,
  )
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
