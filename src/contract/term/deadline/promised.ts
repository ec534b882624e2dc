import { grouped } from '../../../kernel/grouped.ts'
import { endOfTime, type Instant } from '../../../kernel/time.ts'
import { type Derivation, derive, type Input, leaf, nodes, onlyIf } from '../../derivation.ts'
import { subjectOf } from '../../fact/alike.ts'
import type { SettingsOf } from '../../operation/operation.ts'
import { candidatesOf } from '../../operation/value.ts'
import type { Asking, Happening, Names, Promised } from '../../scope.ts'
import { notAgreed, Span, type Value } from '../../value.ts'

/** The deadline that an event is about: the one it starts, or the last one started by its subject before it. */
export function promiseFor(
  promises: readonly Promised[],
  event: Happening | undefined,
): Promised | undefined {
  if (!event) return undefined
  const own = startedBy(event, promises)
  if (own) return own
  const started = startedBefore(event, promises)
  return started.findLast(begins) ?? started.at(-1)
}

const startedBefore = (event: Happening, promises: readonly Promised[]) =>
  promises.filter((one) => isPaired(one, event) && one.start.at <= event.at)

const startedBy = (event: Happening, promises: readonly Promised[]) =>
  grouped(promises, { by: 'start', of: ({ start }) => start.fact, key: event.fact })[0]

/**
 * The same as it is answered. Which starts an event may be about stays in the derivation: what a stop names decides, or what
 * its subject started before it; of several the last, and before those that no condition let begin.
 */
export function answeredFor(
  promises: readonly Promised[],
  event: Happening | undefined,
  what: 'due' | 'met',
): Derivation | undefined {
  if (!event) return undefined
  const own = startedBy(event, promises)
  if (own) return own[what]
  const named = namedBy(event, promises)
  const [one] = named
  if (!one) return lastBegun(startedBefore(event, promises), what)
  const kept = ({ promised, isMeant }: Named): Input => ({
    as: promised.clause,
    is: onlyIf(isMeant, promised[what]),
  })
  const begun = named.flatMap(({ promised, isMeant }): Input[] =>
    promised.conditional
      ? [{ as: promised.clause, is: onlyIf(isMeant, ifBegun(promised, what)) }]
      : [],
  )
  return lastOf(one.promised, [...named.map(kept), ...begun])
}

/** So many a derivation shows: the one that is meant is the last, or near it. */
const startsShownMax = 50

function lastBegun(started: readonly Promised[], what: 'due' | 'met'): Derivation | undefined {
  const last = started.at(-1)
  if (!last || started.length === 1 || started.every(({ conditional }) => !conditional))
    return last?.[what]
  const shown = started.slice(-startsShownMax)
  const all = [last[what], ...shown.map((one) => ifBegun(one, what))]
  return lastOf(
    last,
    all.map((is) => ({ as: last.clause, is })),
  )
}

const ifBegun = ({ conditional, ...promised }: Promised, what: 'due' | 'met'): Derivation =>
  conditional ? onlyIf(conditional.begins, conditional[what]) : promised[what]

const lastOf = ({ clause }: Promised, inputs: readonly Input[]): Derivation =>
  derive('last', inputs, { of: clause, missing: notAgreed }, { clause, name: clause })

type Named = { readonly promised: Promised; readonly isMeant: Derivation }

const namedBy = (event: Happening, promises: readonly Promised[]): Named[] =>
  promises.flatMap((promised) => {
    const isMeant = promised.isNamedBy?.(event)
    return isMeant ? [{ promised, isMeant }] : []
  })

/** Whether this is the fact that stopped it, in time or too late. */
export const isStoppedBy = ({ stop }: Promised, id: string): boolean =>
  candidatesOf(stop).some(
    ({ is }) =>
      is.value === stop.value &&
      nodes(is).some(({ fact }) => fact?.id === id && fact.field !== 'happened'),
  )

/** Its condition lets it begin, or nobody knows yet. */
export const begins = ({ conditional }: Promised) => conditional?.begins.value !== false

export function isPaired({ start, pairedBy }: Promised, event: Happening): boolean {
  if (start.fact.begins || event.fact.begins) return true
  return subjectOf(start.fact, pairedBy) === subjectOf(event.fact, pairedBy)
}

/** A pause that began before the time was up and is still open: until it ends nobody knows when the deadline will be. */
export const openPause = (due: Derivation): string | undefined =>
  nodes(due)
    .filter((node) => node.operation === 'after-length' && !isMovedInFull(node))
    .flatMap(({ from, value }) =>
      from.slice(2).filter(({ is: { value: pause } }) => isOpenBefore(value, pause)),
    )
    .at(0)?.as

/** By as much as pauses may move it: how much longer they last changes nothing. */
function isMovedInFull({ from, value, settings }: Derivation): boolean {
  const asked = settings as SettingsOf<'after-length'>
  if (!asked.isCapped) return false
  return derive('after-length', from, { ...asked, asOf: endOfTime }).value === value
}

const isOpenBefore = (due: Value, pause: Value) =>
  pause instanceof Span && pause.end === undefined && (typeof due !== 'number' || pause.start < due)

/** A target or duty with a deadline, which stands unmet until it is kept; an option and a level never do. */
export function isOwed(name: string, names: Pick<Names, 'find'>): boolean {
  const { endings = [], isOption } = names.find(name) ?? {}
  return endings.length > 0 && isOption === undefined
}

/** Whether it is not broken: what its condition did not let begin never is. */
export function keptUnlessBegun({ met, conditional }: Promised): Derivation {
  if (!conditional) return met
  return derive('any', [
    { as: 'not begun', is: derive('not', [{ as: 'begun', is: conditional.begins }]) },
    { as: 'met', is: conditional.met },
  ])
}

/** How long it stood unmet; of what its condition did not let begin nothing. */
export function overdue(
  { due, stop, conditional }: Promised,
  { asOf }: Asking,
  said: { readonly name?: string } = {},
): Derivation {
  const sides = [
    { as: 'due', is: conditional?.due ?? due },
    { as: 'done', is: stop },
  ]
  const unmet = derive('overdue', sides, { asOf }, said)
  return onlyIf(conditional?.begins, unmet)
}

/**
 * The same as far as it is about an event: it is named by it, both are about the same, or it is about nothing where that
 * counts as well. Without an event it is meant whatever it is about.
 */
export function overdueFor(
  promised: Promised,
  asking: Asking,
  { event, orNone }: { readonly event?: Happening | undefined; readonly orNone?: true } = {},
): Derivation[] {
  const unmet = () => overdue(promised, asking)
  const isMeant = event && promised.isNamedBy?.(event)
  if (isMeant) return [onlyIf(isMeant, unmet())]
  const { start, pairedBy } = promised
  const isOfNothing = orNone && subjectOf(start.fact, pairedBy) === undefined
  return event === undefined || isOfNothing || isPaired(promised, event) ? [unmet()] : []
}

/** Whether what is done at an instant would be done in time. */
export const isInTime = (
  { operation, settings, from: [due, , ...length] }: Derivation,
  at: Instant,
) => {
  const inputs = [due, { as: 'done', is: leaf(at) }, ...length].filter((one) => one !== undefined)
  return operation === 'met' && derive('met', inputs, settings as SettingsOf<'met'>).value === true
}

/** The last instant at which it could be done in time, where its deadline is known, whether or not it began. */
export function lastInTime({ conditional, ...promised }: Promised): Instant | undefined {
  const { due, met } = conditional ?? promised
  if (typeof due.value !== 'number') return undefined
  return isInTime(met, due.value) ? due.value : due.value - 1
}
