import { derive, valueBy } from '../derivation.ts'
import type { ClockPart } from '../operation/time.ts'
import { clockPartsOf, plainNumber, type Type, timeOfDayUnit, typeText } from '../type.ts'
import { type Typed, typed } from './operator.ts'

/** What the calendar and the clock on the wall show at a date or an instant, whatever says it. */

/** One part of what a formula says, in the zone of the contract. */
export function partOfMoment(moment: Typed, part: ClockPart, zone: string): Typed {
  const type = clockPartsOf(moment.type)?.get(part) ?? plainNumber
  const settings = { part, zone }
  return typed(
    type,
    (scope) =>
      derive('clock-part', [{ as: 'at', is: moment.evaluate(scope) }], settings, unitOfPart(part)),
    (scope) => valueBy('clock-part', [moment.value(scope)], settings),
  )
}

/** What can be read instead of a part that there is not. */
export function partHint(type: Type): string {
  const parts = clockPartsOf(type)
  return parts
    ? `: of ${typeText(type)} can be read ${[...parts.keys()].join(', ')}.`
    : `: it is ${typeText(type)}, and only of a date or an instant a part can be read.`
}

/** The unit of a part, where it has one. */
export function unitOfPart(part: ClockPart): { unit?: string } {
  if (part === 'minute_of_day') return { unit: 'minutes' }
  return part === 'time' ? { unit: timeOfDayUnit } : {}
}
