import type { Instant, Period } from '../../kernel/time.ts'
import type { Derivation } from '../derivation.ts'
import { type Fact, inOrder } from '../fact.ts'
import type { Path } from '../fault.ts'
import { type PeriodRule, periodAround, periodsWithin } from '../period.ts'
import {
  type Compiling,
  clipped,
  eventScope,
  happeningOf,
  isEvent,
  paired,
  periodScope,
  subjectOf,
  unknownName,
  windowOf,
  within,
} from '../reading.ts'
import type { Happening, Names, Scope } from '../scope.ts'
import { startedWithin, valuesWithin } from './timeline.ts'

/** What an aggregate is made of: facts of a kind, events of a term, what was charged, or a finer measure. */
export type Source = {
  is: 'state' | 'event' | 'interval' | 'events' | 'measure' | 'posting'
  name: string
}

/** One of them, with the scope in which its own names are read; of a finer measure or charge, with its value. */
export type Row = {
  readonly event?: Happening
  readonly derivation?: Derivation
  readonly scope: Scope
}

export type Selection = {
  source: Source
  per: PeriodRule | undefined
  same: boolean
  pairedBy: string | undefined
  /** Of a state: only the values that hold then. */
  asOf: 'period-start' | 'period-end' | undefined
  names: Names
}

export function sourceOf(name: string, compiling: Compiling, path: Path): Source {
  const kind = compiling.names.fact(name)
  if (kind) return { is: kind.shape, name }
  if (isEvent(name, compiling.names)) return { is: 'events', name }
  const sort = compiling.names.find(name)?.sort
  if (sort === 'measure' || sort === 'posting') return { is: sort, name }
  if (sort === 'promise')
    compiling.faults.add(
      'name_unknown',
      path,
      `“${name}” is a target or duty: say which of its events is meant, ${name}.met or ${name}.missed.`,
    )
  else unknownName(name, compiling, path)
  return { is: 'event', name }
}

/** Rows one after the other: those of facts are made as they are read, and let go. */
export type Rows = {
  readonly length: number
  readonly forEach: (visit: (row: Row) => void) => void
}

export function rowsOf(facts: readonly Fact[], { asking }: Pick<Scope, 'asking'>): Rows {
  const visitAll = (visit: (row: Row) => void) => {
    for (const fact of facts) {
      const event = happeningOf(fact)
      visit({ event, scope: eventScope({ asking }, event) })
    }
  }
  return { length: facts.length, forEach: visitAll }
}

/** The rows that a measure reads, in the order of time; undefined where no period is at hand. */
export function selectRows(selection: Selection, scope: Scope): Rows | undefined {
  const { source, per, same, pairedBy } = selection
  const { asking, event } = scope
  const window = windowOf(per, scope)
  const ofEvent = (one: Happening): Row => ({ event: one, scope: eventScope(scope, one) })
  if (source.is === 'state') return rowsOf(stateRows(selection, window, scope), scope)
  const whole = window && clipped(window, asking.frame.agreed)
  if (window && !whole) return []
  if (!whole) return undefined
  const isKnown = (one: Happening) => !(endsAtEvent(per) && isAfter(one, scope))
  switch (source.is) {
    case 'event':
    case 'interval': {
      const subject = same && pairedBy === undefined ? event?.fact.about : undefined
      const started = startedWithin(asking.facts.about(source.name, subject), whole)
      const known = endsAtEvent(per)
        ? started.filter((fact) => isKnown(happeningOf(fact)))
        : started
      const wanted = event && pairedBy !== undefined ? subjectOf(event.fact, pairedBy) : undefined
      const isPaired = (fact: Fact) => subjectOf(fact, pairedBy) === wanted
      return rowsOf(pairedBy !== undefined && event ? known.filter(isPaired) : known, scope)
    }
    case 'events':
      return paired(asking.happenings(source.name), same ? event : undefined, pairedBy)
        .filter((one) => within(one.at, whole) && isKnown(one))
        .map(ofEvent)
    case 'posting':
      return asking.lines(source.name, whole).map((line) => ({
        ...(line.event && { event: line.event }),
        derivation: line.amount,
        scope: line.event
          ? eventScope(scope, line.event)
          : periodScope(scope, line.service ?? whole),
      }))
    case 'measure':
      return measureRows(selection, whole, scope)
  }
}

/** Whether the window ends with the event at hand, so that what is read differs between events of one instant. */
export const endsAtEvent = (per: PeriodRule | undefined) =>
  per?.is === 'so-far' || per?.is === 'past'

/** “So far” includes the event at hand and nothing after it, of whatever kind, also of what has the same instant. */
export function isAfter(one: Pick<Happening, 'at' | 'fact'>, { event }: Scope): boolean {
  return (
    event !== undefined &&
    event.fact.begins === undefined &&
    one.at === event.at &&
    one.fact !== event.fact &&
    inOrder(one.fact, event.fact) > 0
  )
}

/** Values that a state had: the one that a period begins with and each change in it; at an instant, the one that holds. */
function stateRows(
  { source, same, asOf }: Selection,
  window: Period | undefined,
  { asking, event, at }: Scope,
): readonly Fact[] {
  const subject = same ? event?.fact.about : undefined
  const from = window ? window.start : at
  const until = window ? Math.min(window.end - 1, event ? at : window.end - 1) : at
  const { agreed } = asking.frame
  const then =
    asOf === 'period-start' ? Math.max(from, agreed.start) : Math.min(until, agreed.end - 1)
  const range = asOf === undefined || !window ? { from, until } : { from: then, until: then }
  return valuesWithin(source.name, subject, { asking, ...range })
}

/**
 * One value of a finer measure for each of its own periods in the window; of “past 3 months” the last three that are
 * over with the window: read for a month that month is one of them, for an event in the course of one it is not.
 */
function measureRows({ source, per, names }: Selection, window: Period, scope: Scope): Row[] {
  const definition = names.find(source.name)
  const rule = definition?.per
  if (!definition || !rule) return []
  const { asking } = scope
  const end = per?.is === 'past' ? endOfWhole(rule, window, asking) : window.end
  const start = per?.is === 'past' ? per.length.before(end, asking.frame.zone) : window.start
  return [...periodsWithin(rule, { start, end: Math.min(end, asking.asOf + 1) }, asking.frame)]
    .filter((period) => period.start >= start || period.start < asking.frame.agreed.start)
    .map((period) => {
      const inner = periodScope(scope, period)
      return { derivation: definition.evaluate(inner), scope: inner }
    })
}

function endOfWhole(rule: PeriodRule, window: Period, { frame }: Scope['asking']): Instant {
  const last = periodAround(rule, window.end - 1, frame)
  return !last ? window.end : last.end <= window.end ? last.end : last.start
}
