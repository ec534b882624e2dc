import { weekdays } from '../../kernel/time.ts'
import { derive, valueBy } from '../derivation.ts'
import type { ClockPart } from '../operation/time.ts'
import { type Typed, typed } from './operator.ts'
import {
  minuteOfDayType,
  plainNumber,
  type Type,
  timeOfDay,
  timeOfDayUnit,
  typeText,
} from './type.ts'

/** What the calendar and the clock on the wall show at a date or an instant, whatever says it. */

const weekday: Type = { is: 'choice', words: weekdays }
const partsOfDate: ReadonlyMap<ClockPart, Type> = new Map([
  ['weekday', weekday],
  ['day', plainNumber],
  ['month', plainNumber],
  ['year', plainNumber],
])
const partsOfInstant: ReadonlyMap<ClockPart, Type> = new Map([
  ['date', { is: 'date' }],
  ...partsOfDate,
  ['time', timeOfDay],
  ['hour', plainNumber],
  ['minute_of_day', minuteOfDayType],
])

/** Parts that every fact has of its own moment. */
export const partsOfFact: readonly (readonly [ClockPart, Type])[] = (
  ['date', 'weekday', 'minute_of_day', 'time'] as const
).flatMap((part) => {
  const type = partsOfInstant.get(part)
  return type ? [[part, type] as const] : []
})

/** What can be read of a date or an instant; nothing else has such parts. */
export function clockPartsOf(type: Type): ReadonlyMap<string, Type> | undefined {
  if (type.is === 'date') return partsOfDate
  return type.is === 'instant' ? partsOfInstant : undefined
}

export const isClockPart = (word: string): word is ClockPart =>
  (partsOfInstant as ReadonlyMap<string, Type>).has(word)

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
