import { Exact } from '../../kernel/exact.ts'
import { firstPlace } from '../../kernel/place.ts'
import { clipped } from '../../kernel/time.ts'
import { countedTime } from '../agreement/running.ts'
import { valueBy } from '../derivation.ts'
import { alikeAtHand } from '../fact/alike.ts'
import type { Fact } from '../fact/fact.ts'
import { happeningOf } from '../happening.ts'
import { isLeftOut } from '../operation/value.ts'
import { windowOf } from '../period/window.ts'
import type { Scope } from '../scope.ts'
import { isUnknown, leftOut, type Value } from '../value.ts'
import type { Collecting } from './collect.ts'
import { addValues } from './many.ts'
import { isAfter, type Rows, rowsOf } from './rows.ts'
import { alikeText, factsAlike, startedWithin } from './timeline.ts'

/** Operations that over what came before and the next give what they give over all; counting adds up ones. */
const growing = {
  count: 'sum',
  sum: 'sum',
  smallest: 'smallest',
  largest: 'largest',
  first: 'first',
  last: 'last',
} as const
const isGrowing = (operation: string): operation is keyof typeof growing => operation in growing

type Reached = {
  /** Left out where no fact counted. */
  readonly value: Value
  readonly rows: Rows
}

/**
 * What a window that ends with the event at hand comes to. A thousand events would each go through all before them
 * again: what it came to with each fact is kept for the question, and the next goes on from there.
 */
export function reachedSoFar(
  { name, operation, selection, read }: Collecting,
  scope: Scope,
): Reached | undefined {
  const { source, per, same, pairedBy, names } = selection
  const isOfFacts = source.is === 'event' || source.is === 'interval'
  if (per?.is !== 'so-far' || !isOfFacts || !isGrowing(operation)) return undefined
  const { asking } = scope
  const window = windowOf(per, scope)
  const counted = countedTime(scope)
  const whole = window && clipped(window, counted.period)
  if (!whole) return undefined
  const alike = alikeAtHand(scope, { same, pairedBy })
  const { facts, values } = asking.once(
    `so far: ${name} ${whole.start} ${alikeText(alike)} ${scope.until ?? ''}`,
    (): Growing => ({
      facts: startedWithin(factsAlike(source.name, alike, asking), {
        start: whole.start,
        end: counted.period.end,
      }),
      values: [],
    }),
    names,
  )
  let count = firstPlace(facts.length, (place) => (facts[place]?.at ?? 0) >= whole.end)
  for (let last = facts[count - 1]; last && isAfter(happeningOf(last), scope); ) {
    count -= 1
    last = facts[count - 1]
  }
  rowsOf(facts.slice(values.length, count), scope, counted).forEach((row) => {
    const own: Value[] = []
    addValues(own, row, read)
    const [next = leftOut] = own
    const counted = operation !== 'count' || isLeftOut(next) || isUnknown(next) ? next : Exact.one
    const settings = { of: read.of, missing: leftOut }
    values.push(valueBy(growing[operation], [values.at(-1) ?? leftOut, counted], settings))
  })
  const rows: Rows = {
    length: count,
    forEach: (visit) => rowsOf(facts.slice(0, count), scope, counted).forEach(visit),
  }
  return { value: values[count - 1] ?? leftOut, rows }
}

type Growing = { readonly facts: readonly Fact[]; readonly values: Value[] }
