import { Exact } from '../../kernel/exact.ts'
import { Length } from '../../kernel/time.ts'
import { type Derivation, derive, valueBy } from '../derivation.ts'
import type { Faults, Path } from '../document/fault.ts'
import { isInside, type Range } from '../operation/price.ts'
import type { Compiled, Scope } from '../scope.ts'
import type { Value } from '../value.ts'
import { when } from './operator.ts'

/** Numbers that are well written and make no sense where they stand: a step of nothing, a most that is below the least. */

export type RangePlace = { readonly faults: Faults; readonly path: Path; readonly clause: string }

export const aboveZero: Range = { above: Exact.zero }
export const zeroOrMore: Range = { from: Exact.zero }

/** What an expression that reads nothing always is. */
export function constantOf({ reads, type, value }: Compiled): Value | undefined {
  return reads.length > 0 || type.is === 'any' ? undefined : value(nothingRead)
}
const nothingRead = {} as Scope

export function constantNumber(compiled: Compiled): Exact | undefined {
  const constant = constantOf(compiled)
  return constant instanceof Exact ? constant : undefined
}

/** A constant outside is at fault; what is known later is unknown where it is outside, and says so by its name. */
export function inRange(compiled: Compiled, range: Range, place: RangePlace): Compiled {
  const constant = constantOf(compiled)
  if (constant === undefined) return kept(compiled, range, place)
  refuseOutside(constant, range, place)
  return compiled
}

export function refuseOutside(
  value: Value | undefined,
  range: Range,
  { faults, path }: Omit<RangePlace, 'clause'>,
): void {
  if (!(value instanceof Exact) || isInside(value, range)) return
  faults.add(
    'value_out_of_range',
    path,
    `A “${wordOf(path)}” of ${value.text} makes no sense: say ${rangeText(range)}.`,
  )
}

/** The least is not above the most, where both are written down. */
export function refuseMisordered(
  [least, most]: readonly [Compiled | undefined, Compiled | undefined],
  [low, high]: readonly [string, string],
  { faults, path }: Omit<RangePlace, 'clause'>,
): void {
  // A percentage is not compared with an amount.
  const isOneType = least?.type.is === most?.type.is
  const order = least && most && isOneType && orderOf(constantOf(least), constantOf(most))
  if (Number(order) > 0)
    faults.add(
      'bounds_misordered',
      [...path, low],
      `“${low}” is more than “${high}”: nothing could keep to both.`,
    )
}

function orderOf(one: Value | undefined, other: Value | undefined): number | undefined {
  if (one instanceof Exact && other instanceof Exact) return one.compare(other)
  if (!(one instanceof Length && other instanceof Length) || one.unit !== other.unit)
    return undefined
  return one.count.compare(other.count)
}

function kept(compiled: Compiled, range: Range, { path, clause }: RangePlace): Compiled {
  const said = (scope: Scope) => ({
    ...range,
    of: `${rangeText(range)} as “${wordOf(path)}” for “${clause}”${when(scope)}`,
  })
  return {
    ...compiled,
    evaluate: (scope) => {
      const is = compiled.evaluate(scope)
      return { ...derive('in-range', [{ as: wordOf(path), is }], said(scope)), ...shownAs(is) }
    },
    value: (scope) => valueBy('in-range', [compiled.value(scope)], said(scope)),
  }
}

/** It is the value itself that is read on, with its name and unit. */
const shownAs = ({ name, unit, written, clause }: Derivation) => ({
  ...(name !== undefined && { name }),
  ...(unit !== undefined && { unit }),
  ...(written !== undefined && { written }),
  ...(clause !== undefined && { clause }),
})

/** `in` and `to` say nothing by themselves. */
function wordOf(path: Path): string {
  const words = path.filter((step) => typeof step === 'string')
  const last = words.at(-1) ?? ''
  return ['in', 'to', 'times', 'amount', 'share'].includes(last) ? `${words.at(-2)}: ${last}` : last
}

function rangeText({ above, from, upTo, isWhole }: Range): string {
  const number = isWhole ? 'a whole number' : 'a number'
  const bounds = [
    ...(above ? [`above ${above.text}`] : []),
    ...(from && upTo?.equals(Exact.one)
      ? [`of ${from.text}% to 100%`]
      : from
        ? [`of ${from.text} or more`]
        : []),
  ]
  return [number, ...bounds].join(' ')
}
