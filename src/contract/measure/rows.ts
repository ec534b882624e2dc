import type { Instant, Period } from '../../kernel/time.ts'
import { clipped, within } from '../../kernel/time.ts'
import {
  beforeEnd,
  type Counted,
  comparedWithEnd,
  countedTime,
  endOf,
  hasEnd,
} from '../agreement/running.ts'
import { type Compiling, unknownName } from '../compiling.ts'
import { type Derivation, derive, type Input, leaf } from '../derivation.ts'
import type { Path } from '../document/fault.ts'
import { alikeAtHand, type Same, subjectOf } from '../fact/alike.ts'
import { type Fact, inOrder } from '../fact/fact.ts'
import { happeningOf, instantLeaf, isEvent } from '../happening.ts'
import { subjectIn } from '../period/own-period.ts'
import { type PeriodRule, periodAround, periodsWithin } from '../period/period.ts'
import { countedFrame, windowOf } from '../period/window.ts'
import type { Happening, Line, Names, Scope, Window } from '../scope.ts'
import { eventScope, periodScope, type Reader } from '../scope.ts'
import { unknown } from '../value.ts'
import { type Each, subjectsIn } from './subjects.ts'
import {
  factsAlike,
  happeningsAlike,
  startedWithin,
  stretchesWithin,
  valuesWithin,
} from './timeline.ts'

/** What an aggregate is made of: facts of a kind, events of a term, what was charged, or a finer measure. */
export type Source = {
  is: 'state' | 'event' | 'interval' | 'events' | 'measure' | 'posting'
  name: string
}

/** One of them, with the scope in which its own names are read; of a finer measure or charge, with its value. */
export type Row = {
  readonly event?: Happening
  readonly derivation?: Derivation
  /** Of an agreement that may have ended early, whether it came before that. */
  readonly counts?: Derivation
  readonly scope: Scope
}

export type Selection = {
  source: Source
  per: PeriodRule | undefined
  same: Same
  pairedBy: string | undefined
  /** Of a state: only the values that hold then. */
  asOf: 'period-start' | 'period-end' | undefined
  /** Of a measure: a row for each of them, instead of for each of its periods. */
  forEach: Each | undefined
  /** Of a measure: its later periods are yet to come, unless no fact can change them. */
  restsOnFacts: () => boolean
  /** Of a measure: for each subject its values are others. */
  isOfSubject: () => boolean
  names: Names
}

export function sourceOf(name: string, compiling: Compiling, path: Path): Source {
  const kind = compiling.names.fact(name)
  if (kind && !kind.anyOf) return { is: kind.shape, name }
  if (isEvent(name, compiling.names)) return { is: 'events', name }
  const { sort, endings } = compiling.names.find(name) ?? {}
  if (sort === 'measure' || sort === 'posting') return { is: sort, name }
  if (endings?.includes('met'))
    compiling.faults.add(
      'name_unknown',
      path,
      `“${name}” is a target or duty: say which of its events is meant, ${name}.met or ${name}.missed.`,
    )
  else unknownName(name, compiling, { path, sorts: ['event', 'measure', 'posting'] })
  return { is: 'event', name }
}

/** Rows one after the other: those of facts are made as they are read, and let go. */
export type Rows = {
  readonly length: number
  readonly forEach: (visit: (row: Row) => void) => void
}

export function rowsOf(facts: readonly Fact[], scope: Reader, { ending }: Counted): Rows {
  const visitAll = (visit: (row: Row) => void) => {
    for (const fact of facts) visit(eventRow(happeningOf(fact), scope, ending))
  }
  return { length: facts.length, forEach: visitAll }
}

function eventRow(event: Happening, scope: Reader, ending: Derivation | undefined): Row {
  const row = { event, scope: eventScope(scope, event) }
  if (!ending) return row
  const compared = comparedWithEnd(event, scope.asking)
  return { ...row, counts: beforeEnd(instantLeaf(event), ending, compared) }
}

/** The window that decides what counts; of a state as it stands at its beginning no more than that. */
export function windowRead({ per, asOf }: Selection, scope: Scope): Window | undefined {
  const window = windowOf(per, scope)
  return window && asOf === 'period-start' ? { ...window, end: window.start } : window
}

/** The rows that a measure reads, in the order of time; undefined where no period is at hand. */
export function selectRows(selection: Selection, scope: Scope): Rows | undefined {
  const { source, per, same, pairedBy } = selection
  const { asking } = scope
  const window = windowOf(per, scope)
  if (source.is === 'state') return stateRows(selection, window, scope)
  const counted = countedTime(scope)
  const whole = window && clipped(window, counted.period)
  if (window && !whole) return []
  if (!whole) return undefined
  const isKnown = (one: Happening) => !(endsAtEvent(per) && isAfter(one, scope))
  switch (source.is) {
    case 'event':
    case 'interval': {
      const alike = alikeAtHand(scope, { same, pairedBy })
      const started = startedWithin(factsAlike(source.name, alike, asking), whole)
      const known = endsAtEvent(per)
        ? started.filter((fact) => isKnown(happeningOf(fact)))
        : started
      return rowsOf(known, scope, counted)
    }
    case 'events':
      return happeningsAlike(source.name, alikeAtHand(scope, { same, pairedBy }), asking)
        .filter((one) => within(one.at, whole) && isKnown(one))
        .map((one) => eventRow(one, scope, counted.ending))
    case 'posting':
      return asking
        .lines(source.name, whole)
        .filter((line) => isAlike(line, selection, scope))
        .filter(({ event: of, billed }) => !of || isKnown({ ...of, at: billed }))
        .map((line) => ({ derivation: line.amount, ...lineRow(line, whole, scope) }))
    case 'measure':
      return measureRows(selection, whole, scope)
  }
}

/** A line is about what its event is about, or what it is one of several for; that of a whole period is about nothing. */
function isAlike(
  { event, about, toldApartBy }: Line,
  { same, pairedBy }: Selection,
  scope: Scope,
): boolean {
  const alike = alikeAtHand(scope, { same, pairedBy })
  if (!alike) return true
  const own = event
    ? subjectOf(event.fact, pairedBy)
    : toldApartBy === pairedBy
      ? about || undefined
      : undefined
  return own === subjectOf(alike.fact, pairedBy) || (own === undefined && alike.orNone === true)
}

/** A line of a period is cut with it, and one that an end posts counts: both have asked about the end themselves. */
function lineRow({ event, service, billed }: Line, window: Period, scope: Scope): Row {
  if (!event) return { scope: periodScope(scope, service ?? window) }
  const { ending } = countedTime(scope)
  const at = billed === event.at ? instantLeaf(event) : leaf(billed)
  const row = { event, scope: eventScope(scope, event) }
  const compared = comparedWithEnd(event, scope.asking)
  return ending ? { ...row, counts: beforeEnd(at, ending, compared) } : row
}

/** Whether the window ends with the event at hand, so that what is read differs between events of one instant. */
export const endsAtEvent = (per: PeriodRule | undefined) =>
  per?.is === 'so-far' || per?.is === 'past'

/** “So far” includes the event at hand and nothing after it, of whatever kind, also of what has the same instant. */
export function isAfter(one: Pick<Happening, 'at' | 'fact'>, { event, part }: Scope): boolean {
  // What happens as a later part begins is in it.
  const isLaterPart = part !== undefined && event?.at !== event?.fact.at
  return (
    event !== undefined &&
    !isLaterPart &&
    event.fact.begins === undefined &&
    one.at === event.at &&
    one.fact !== event.fact &&
    inOrder(one.fact, event.fact) > 0
  )
}

/** Values that a state had: the one that a period begins with and each change in it, or the one at an edge of it; at an instant, the one that holds. */
function stateRows(selection: Selection, window: Period | undefined, scope: Scope): Rows {
  const { source, same, pairedBy, asOf } = selection
  const { asking, at } = scope
  const alike = alikeAtHand(scope, { same, pairedBy })
  const counted = countedTime(scope)
  const { period, ending } = counted
  if (!window) {
    const held = valuesWithin(source.name, alike, { asking, from: at, until: at })
    return rowsOf(held, scope, { period })
  }
  const { start, end } = window
  const until = Math.min(end - 1, period.end - 1)
  // What stood before the agreement began stands there, however that ends.
  if (asOf === 'period-end' && ending && until >= period.start - 1)
    return standingRows(selection, window, scope, { period, ending })
  const edge = asOf === 'period-start' ? Math.max(start, period.start) : until
  const range = asOf === undefined ? { from: start, until } : { from: edge, until: edge }
  return rowsOf(valuesWithin(source.name, alike, { asking, ...range }), scope, counted)
}

/** Where the agreement may end inside the period, each value by whether it is the one that holds at the end. */
function standingRows(
  { source, same, pairedBy }: Selection,
  { start, end }: Period,
  scope: Scope,
  counted: Counted & { readonly ending: Derivation },
): Row[] {
  const { asking } = scope
  const alike = alikeAtHand(scope, { same, pairedBy })
  const last = Math.min(end, counted.period.end)
  const window = { start: Math.min(start, endOf(counted) - 1), end: last }
  const cut = derive('first-from', [
    { as: 'agreement starts', is: leaf(counted.period.start) },
    { as: 'agreement ends', is: counted.ending },
    { as: 'period ends', is: leaf(last) },
  ])
  return stretchesWithin(source.name, alike, { asking, window }).map(({ fact, next }) => {
    const row = eventRow(happeningOf(fact), scope, cut)
    if (!next || !row.counts) return row
    const follows: Input[] = [
      { as: 'followed at', is: instantLeaf(happeningOf(next)), role: 'followed at' },
      { as: 'agreement ends', is: cut },
    ]
    const isReplaced = next.at < last && comparedWithEnd(happeningOf(next), asking) === 'up-to'
    const both = [
      { as: 'begun', is: row.counts },
      { as: 'lasts', is: derive(isReplaced ? 'above' : 'from', follows) },
    ]
    return { ...row, counts: derive('all', both) }
  })
}

/** One value of a measure for each subject that the window has. */
function subjectRows(
  { source, names }: Selection,
  forEach: Each,
  { window, scope }: { window: Period; scope: Scope },
): Row[] {
  const definition = names.find(source.name)
  return subjectsIn(forEach, window, scope).map(({ about, first, scope: own, occurs }) => {
    const inner = { ...periodScope(scope, window), ...own }
    const derivation =
      about === undefined
        ? leaf(unknown(`what “${first.id}” is about`))
        : definition?.evaluate(inner)
    return { ...(derivation && { derivation }), scope: inner, counts: occurs }
  })
}

/**
 * One value of a finer measure for each of its own periods in the window; of “past 3 months” the last three that are
 * over with the window: read for a month that month is one of them, for an event in the course of one it is not.
 */
function measureRows(selection: Selection, window: Period, scope: Scope): Row[] {
  const { source, per, names, forEach, restsOnFacts, isOfSubject } = selection
  if (forEach) return subjectRows(selection, forEach, { window, scope })
  const definition = names.find(source.name)
  const rule = definition?.per?.()
  if (!definition || !rule) return []
  const { asking } = scope
  const counted = countedTime(scope)
  const { ending } = counted
  const end = per?.is === 'past' ? endOfLast(rule, window, { scope, counted }) : window.end
  const { agreed, zone } = asking.frame
  // Of months before the agreement nothing is measured: they are none of the last three.
  const start =
    per?.is === 'past' ? Math.max(per.length.before(end, zone), agreed.start) : window.start
  const last = restsOnFacts() || !hasEnd({ start, end }) ? Math.min(end, asking.asOf + 1) : end
  const own = isOfSubject() ? subjectIn(scope) : {}
  return [...periodsWithin(rule, { start, end: last }, countedFrame(scope))]
    .filter((period) => period.start >= start || period.start < agreed.start)
    .map((period) => {
      const inner = { ...periodScope(scope, period), ...own }
      const row = { derivation: definition.evaluate(inner), scope: inner }
      return ending ? { ...row, counts: beforeEnd(leaf(period.start), ending) } : row
    })
}

/** Of the last of its periods that is over with the window; one that the end of the agreement cuts is over with that. */
function endOfLast(
  rule: PeriodRule,
  window: Period,
  { scope, counted }: { readonly scope: Scope; readonly counted: Counted },
): Instant {
  const end = Math.min(window.end, endOf(counted))
  const last = periodAround(rule, end - 1, countedFrame(scope))
  if (!last) return end
  return Math.min(last.end, endOf(counted)) <= end ? last.end : last.start
}
