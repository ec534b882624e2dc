import { derive, valueBy } from '../derivation.ts'
import { type MoveSettings, unitsOf } from '../operation/moment.ts'
import type { Type } from '../type.ts'
import { type Typed, typed } from './operator.ts'

/** A date or an instant so long later or earlier: `agreement_start + days(14)`, `booked.departs - hours(2)`. */

/** Undefined where the two sides are something else, or do not fit. */
export function movedMoment(
  operator: string,
  [moment, length]: readonly [Typed, Typed],
  zone: string,
): Typed | undefined {
  const { type } = moment
  if ((operator !== '+' && operator !== '-') || length.type.is !== 'length') return undefined
  if (type.is !== 'date' && type.is !== 'instant') return undefined
  if (length.type.units?.some((unit) => !unitsOf[type.is].includes(unit))) return undefined
  const settings: MoveSettings = { zone, to: operator === '+' ? 'later' : 'earlier' }
  return typed(
    type,
    (scope) => {
      const inputs = [
        { as: 'at', is: moment.evaluate(scope) },
        { as: 'length', is: length.evaluate(scope) },
      ]
      return derive('moved', inputs, settings)
    },
    (scope) => valueBy('moved', [moment.value(scope), length.value(scope)], settings),
  )
}

/** How a date or an instant is moved, where it was not. */
export function movingHint(left: Type, right: Type): string {
  if (left.is === 'length' && (right.is === 'date' || right.is === 'instant'))
    return ' Write the date first: agreement_start + days(14).'
  if (left.is !== 'date' && left.is !== 'instant') return ''
  if (right.is === left.is || right.is === 'date' || right.is === 'instant')
    return ' How long it is between them says a measure: { between: [ from, to ], in: days }.'
  return left.is === 'date'
    ? ' It is moved by days, weeks, months or years: agreement_start + days(14).'
    : ' It is moved by a length: booked.departs - hours(2).'
}
