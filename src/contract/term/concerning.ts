import type { Period } from '../../kernel/time.ts'
import { type Derivation, derive, type Input, leaf } from '../derivation.ts'
import { compileExpression } from '../expression.ts'
import type { Path } from '../fault.ts'
import { clockPart } from '../operation-time.ts'
import type { Compiling } from '../reading.ts'
import type { Compiled } from '../scope.ts'
import { typeText } from '../type.ts'

/** What in a claim, or in what was done, names the period that it is for. */
export function compileConcerning(
  text: string | undefined,
  { id, path }: { id: string; path: Path },
  { names, zone, faults }: Compiling,
): Compiled | undefined {
  if (text === undefined) return undefined
  const place = { names, zone, faults, path: [...path, 'concerning'], clause: id }
  const concerning = compileExpression(text, place)
  if (!['date', 'instant', 'any'].includes(concerning.type.is))
    faults.add(
      'types_do_not_fit',
      place.path,
      `“${text}” is ${typeText(concerning.type)}: a date or an instant tells which period is meant.`,
    )
  return concerning
}

/** Whether the date or instant that is named lies in the period. */
export function liesIn(
  named: Input,
  { type }: Compiled,
  { period, zone }: { period: Period; zone: string },
): Derivation {
  const isDate = type.is === 'date'
  const edge = (at: number) => leaf(isDate ? clockPart(at, 'date', zone) : at)
  return derive('all', [
    { as: 'from', is: derive('from', [named, { as: 'start', is: edge(period.start) }]) },
    { as: 'until', is: derive('up-to', [named, { as: 'end', is: edge(period.end - 1) }]) },
  ])
}
