import { type LengthUnit, weekdays } from '../kernel/time.ts'
import type { ClockPart } from './operation/time.ts'

/** What a name or formula is. `written` is a bare number: it takes the unit of what it stands beside. */
export type Type =
  /**
   * `made`: units that were multiplied or divided, which have no name of their own. `ofDay`: minutes since midnight,
   * which may stand beside a time of day.
   */
  | { is: 'number'; unit?: string; made?: true; ofDay?: true }
  | { is: 'written' }
  | { is: 'money' }
  | { is: 'truth' }
  | { is: 'text' }
  | { is: 'choice'; words: readonly string[] }
  | { is: 'date' }
  | { is: 'instant' }
  /** Its units, where they are known: a table may give hours for one row and business days for another. */
  | { is: 'length'; units?: readonly LengthUnit[] }
  /** Not known while a circle through `previous` is being closed, or after a fault: it fits everything. */
  | { is: 'any' }

export const plainNumber: Type = { is: 'number' }
export const money: Type = { is: 'money' }
export const truth: Type = { is: 'truth' }
export const anything: Type = { is: 'any' }

/** The unit of what `time` and `12:00` are. */
export const timeOfDayUnit = 'time of day'
export const timeOfDay: Type = { is: 'number', unit: timeOfDayUnit }
/** What `minute_of_day` is: a number to calculate with. */
const minuteOfDayType: Type = { is: 'number', unit: 'minutes', ofDay: true }

export function typeText(type: Type): string {
  switch (type.is) {
    case 'number':
      return type.unit === undefined ? 'a number' : `a number of ${type.unit}`
    case 'written':
      return 'a number'
    case 'money':
      return 'money'
    case 'truth':
      return 'yes or no'
    case 'choice':
      return type.words.length === 1
        ? `the text “${type.words[0]}”`
        : `one of ${type.words.join(', ')}`
    case 'length':
      return 'a length of time'
    case 'date':
      return 'a date'
    case 'instant':
      return 'a date and time'
    case 'text':
      return 'a text'
    case 'any':
      return 'anything'
  }
}

export const isNumeric = (type: Type) =>
  type.is === 'number' || type.is === 'written' || type.is === 'money' || type.is === 'any'

/** What may be a percentage. Of money, or of a unit, 10% would be a tenth of what? */
export const isPlainNumber = (type: Type) =>
  type.is === 'written' || (type.is === 'number' && type.unit === undefined)

/** 12 is no time of day: 12:00 is. */
const isTimeOfDay = (type: Type) => type.is === 'number' && type.unit === timeOfDayUnit
const isOfDay = (type: Type) => type.is === 'number' && type.ofDay === true

/** Whether it may be compared with a time of day, such as “18:00”. */
export const fitsTimeOfDay = (type: Type) => isTimeOfDay(type) || isOfDay(type)

/** What two values that are added, chosen between or compared are together; undefined where they do not fit. */
export function joined(left: Type, right: Type): Type | undefined {
  if (left.is === 'any') return right
  if (right.is === 'any') return left
  if (isOfDay(left) && isTimeOfDay(right)) return left
  if (isTimeOfDay(left) && isOfDay(right)) return right
  if (isTimeOfDay(left) !== isTimeOfDay(right)) return undefined
  if (left.is === 'written' && isNumeric(right)) return right
  if (right.is === 'written' && isNumeric(left)) return left
  if (left.is === 'number' && right.is === 'number')
    return left.unit === right.unit ? left : undefined
  if (left.is === 'choice' || right.is === 'choice') return joinedChoice(left, right)
  if (left.is === 'length' && right.is === 'length') return joinedLength(left.units, right.units)
  return left.is === right.is ? left : undefined
}

function joinedChoice(left: Type, right: Type): Type | undefined {
  if (left.is === 'choice' && right.is === 'choice')
    return { is: 'choice', words: [...new Set([...left.words, ...right.words])] }
  return left.is === 'text' || right.is === 'text' ? { is: 'text' } : undefined
}

type Units = readonly LengthUnit[] | undefined
const joinedLength = (left: Units, right: Units): Type =>
  left && right ? { is: 'length', units: [...new Set([...left, ...right])] } : { is: 'length' }

export function product(left: Type, right: Type): Type | undefined {
  if (!isNumeric(left) || !isNumeric(right)) return undefined
  if (left.is === 'any' || right.is === 'any') return anything
  if (left.is === 'written') return right
  if (right.is === 'written') return left
  if (left.is === 'money' || right.is === 'money') return left.is === right.is ? undefined : money
  if (left.is === 'number' && left.unit === undefined) return right
  if (right.is === 'number' && right.unit === undefined) return left
  return undefined
}

/** What comes out where units are multiplied or divided: a unit that the author has to name. */
export function madeOf(operator: '*' | '/', left: Type, right: Type): Type | undefined {
  if (left.is === 'money' || right.is === 'money') return undefined
  const unit = (type: Type) => (type.is === 'number' ? (type.unit ?? '1') : '1')
  const sign = operator === '*' ? '×' : '÷'
  return { is: 'number', unit: `${unit(left)} ${sign} ${unit(right)}`, made: true }
}

export function quotient(left: Type, right: Type): Type | undefined {
  if (!isNumeric(left) || !isNumeric(right)) return undefined
  if (left.is === 'any' || right.is === 'any') return anything
  if (left.is === 'money') return right.is === 'money' ? plainNumber : money
  if (right.is === 'written' || (right.is === 'number' && right.unit === undefined)) return left
  if (right.is === 'money') return undefined
  if (left.is === 'written') return plainNumber
  return left.is === 'number' && right.is === 'number' && left.unit === right.unit
    ? plainNumber
    : undefined
}

/** What can be read of a date or an instant; nothing else has such parts. */
export function clockPartsOf(type: Type): ReadonlyMap<string, Type> | undefined {
  if (type.is === 'date') return partsOfDate
  return type.is === 'instant' ? partsOfInstant : undefined
}

export const isClockPart = (word: string): word is ClockPart => partsOfInstant.has(word)

const weekday: Type = { is: 'choice', words: weekdays }
const partsOfDate = new Map<ClockPart, Type>([
  ['weekday', weekday],
  ['day', plainNumber],
  ['month', plainNumber],
  ['year', plainNumber],
])
export const partsOfInstant: ReadonlyMap<string, Type> = new Map<ClockPart, Type>([
  ['date', { is: 'date' }],
  ...partsOfDate,
  ['time', timeOfDay],
  ['hour', plainNumber],
  ['minute_of_day', minuteOfDayType],
])
