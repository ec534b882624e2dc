import { Exact } from '../../kernel/exact.ts'
import { type Instant, type Period, parseInstant } from '../../kernel/time.ts'
import { Absent, leftOut, notAgreed, nothingDue, unknown, type Value, valueText } from '../value.ts'

/** Values of operations as one writes them in a row of a table. */

export const zone = 'Europe/Lisbon'

/** A number, `yes`, `no`, or `?` unknown, `-` nothing due, `!` not agreed, `_` left out. */
export function value(text: string): Value {
  if (text === '?') return unknown('a reading')
  if (text === '-') return nothingDue
  if (text === '!') return notAgreed
  if (text === '_') return leftOut
  return text === 'yes' || text === 'no' ? text === 'yes' : Exact.of(text)
}

export const values = (text: string): Value[] => (text === '' ? [] : text.split(' ').map(value))

/** The same, the other way round. */
export function said(result: Value): string {
  if (!(result instanceof Absent)) return valueText(result)
  return { unknown: '?', 'nothing-due': '-', 'not-agreed': '!', 'left-out': '_' }[result.kind]
}

export function at(text: string): Instant {
  const instant = parseInstant(text, zone)
  if (instant === undefined) throw new Error(`no instant: ${text}`)
  return instant
}

export const period = (from: string, to: string): Period => ({ start: at(from), end: at(to) })
