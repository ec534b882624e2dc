import { Exact } from '../../kernel/exact.ts'
import { spokenPeriod } from '../../kernel/time.ts'
import { type Derivation, derive, valueBy } from '../derivation.ts'
import type { Faults, Path } from '../document/fault.ts'
import type { PlainOperation } from '../operation/operation.ts'
import type { Compiled, Evaluate, Scope, Valued } from '../scope.ts'
import { isNumeric, joined, type Type, timeOfDayUnit, typeText } from '../type.ts'
import { isNothingDue, type Value } from '../value.ts'
import type { FunctionName } from './formula.ts'

/** What the operators and functions of formulas compute with, and what they may stand between. */

export function comparisonHint(left: Type, right: Type): string {
  if (right.is === 'length')
    return ' The measure says its unit with “in:”, so write the bare number.'
  if (left.is === 'date') return ' Write the date in quotes: "2024-05-30".'
  if (left.is === 'instant')
    return ' Write the date and time in quotes: "2024-05-30T11:00", or compare the “date” of the event.'
  return left.is === 'number' && left.unit === timeOfDayUnit
    ? ' Write the time of day in quotes, its hour with two digits: "08:00".'
    : ''
}

/** How two numbers of different units are brought together. */
export function unitHint(left: Type, right: Type): string {
  const unit = (type: Type) => (type.is === 'number' ? type.unit : undefined)
  const [first, second] = [unit(left), unit(right)]
  const wanted = first ?? second
  if (wanted === timeOfDayUnit && (first === undefined || second === undefined))
    return ' To calculate with a time of day read “minute_of_day”: the minutes since midnight, a number.'
  if (first !== undefined && second !== undefined)
    return ` Say both in one unit: “in:” of a measure of time, or a formula with “unit:” that computes the one from the other.`
  const isMoney = left.is === 'money' || right.is === 'money'
  if (wanted !== undefined && (left.is === 'length' || right.is === 'length'))
    return ` Write the bare number, in ${wanted}.`
  return wanted === undefined || isMoney
    ? ''
    : ` Give the plain number its unit: “{ number: ${wanted} }” for an attribute or agreed value, “unit: ${wanted}” for a formula.`
}

/** A product or quotient has a unit of its own, which only a formula measure can name. */
export const madeHint = (place: { readonly unit?: string | undefined }): string =>
  'unit' in place
    ? ' “unit:” beside the formula names what comes out.'
    : ' Make it a measure of its own, { formula: …, unit: … }, whose “unit:” names what comes out, and write its name here.'

/** Refuses what is not what has to come out. */
export function checkType(
  type: Type,
  expected: Type,
  { text, path, faults }: { text: string; path: Path; faults: Faults },
): void {
  const areNumbers = expected.is === 'number' && type.is === 'number'
  if (joined(type, expected) || (areNumbers && expected.unit === undefined)) return
  const isQuantity = expected.is === 'money' && isNumeric(type)
  const mend = isQuantity ? moneyHint(text) : unitHint(type, expected)
  faults.add(
    areNumbers ? 'units_do_not_fit' : 'types_do_not_fit',
    path,
    `“${text}” is ${typeText(type)}; ${typeText(expected)} stands here.${mend}`,
  )
}

const moneyHint = (text: string): string =>
  text.endsWith('%')
    ? ` So much of what “of:” names is “share: ${text}”; where only an amount may stand, it is the name of a measure, { scale: { of: …, share: ${text} } }.`
    : ' To price a quantity say “measure:” and “rate:”.'

export const comparisons = {
  '==': 'same',
  '!=': 'other',
  '<': 'below',
  '<=': 'up-to',
  '>': 'above',
  '>=': 'from',
} as const
export const operatorNames = {
  '+': 'plus',
  '-': 'minus',
  '*': 'times',
  '/': 'over',
  '&&': 'all',
  '||': 'any',
  ...comparisons,
} as const

export const isOrdered = (type: Type) =>
  isNumeric(type) || ['date', 'instant', 'length'].includes(type.is)

export function callDerivation(called: FunctionName, inputs: Derivation['from']): Derivation {
  if (called === 'min') return derive('least', inputs)
  if (called === 'max') return derive('greatest', inputs)
  if (called === 'whole') return derive('whole', inputs)
  if (called === 'started') return derive('started', inputs)
  const step = inputs[1]?.is.value
  const to = step instanceof Exact && !step.isZero ? step : Exact.one
  return derive('round', inputs.slice(0, 1), { to, mode: 'half-up' })
}

export type Typed = Pick<Compiled, 'type' | 'evaluate' | 'value'>

export function typed(
  type: Type,
  evaluate: Evaluate,
  value: Valued = (scope) => evaluate(scope).value,
): Typed {
  return { type, evaluate, value }
}

/** One operation over its parts, with its reasons or without: both take the same parts through the same operation. */
export function step(
  type: Type,
  operation: PlainOperation,
  parts: readonly { readonly as: string; readonly is: Typed }[],
): Typed {
  return typed(
    type,
    (scope) =>
      derive(
        operation,
        parts.map(({ as, is }) => ({ as, is: is.evaluate(scope) })),
      ),
    (scope) =>
      valueBy(
        operation,
        parts.map(({ is }) => is.value(scope)),
      ),
  )
}
type Sides = readonly [left: Typed, right: Typed]

/** Both sides of an operator; `within` is where the author wrote it. */
export function combined(
  operator: keyof typeof operatorNames,
  type: Type,
  [left, right]: Sides,
  within: string,
): Typed {
  const operation = operatorNames[operator]
  if (operation === 'over') return divided(type, [left, right], within)
  return step(type, operation, [
    { as: 'left', is: left },
    { as: 'right', is: right },
  ])
}

/** Where its divisor is zero, what is missing is said with its place and its time. */
function divided(type: Type, [left, right]: Sides, within: string): Typed {
  const said = (divisor: Value, scope: Scope) =>
    (divisor instanceof Exact && divisor.isZero) || isNothingDue(divisor)
      ? { of: `a divisor other than zero for ${within}${when(scope)}` }
      : undefined
  return typed(
    type,
    (scope) => {
      const divisor = right.evaluate(scope)
      const inputs = [
        { as: 'left', is: left.evaluate(scope) },
        { as: 'right', is: divisor },
      ]
      return derive('over', inputs, said(divisor.value, scope))
    },
    (scope) => {
      const divisor = right.value(scope)
      return valueBy('over', [left.value(scope), divisor], said(divisor, scope))
    },
  )
}

/** Which of its values it is that is told. */
export function when({ period, event, asking }: Scope): string {
  if (event) return `, for “${event.fact.id}”`
  return period ? ` of ${spokenPeriod(period, asking.frame.zone)}` : ''
}
