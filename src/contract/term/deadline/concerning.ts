import type { Period } from '../../../kernel/time.ts'
import type { Compiling } from '../../compiling.ts'
import { type Derivation, derive, type Input, leaf } from '../../derivation.ts'
import type { Path } from '../../document/fault.ts'
import { subjectOf } from '../../fact/alike.ts'
import { compileExpression } from '../../formula/expression.ts'
import { instantLeaf } from '../../happening.ts'
import { clockPart } from '../../operation/time.ts'
import type { Compiled, Happening } from '../../scope.ts'
import { typeText } from '../../type.ts'
import { leftOut } from '../../value.ts'

/** What in a claim, or in what was done, names the period or the event that it is for. */
export function compileConcerning(
  text: string | undefined,
  { id, path: under, of }: { id: string; path: Path; of: 'period' | 'event' },
  compiling: Compiling,
): Compiled | undefined {
  const path = [...under, 'concerning']
  const concerning = compileExpression(text, compiling, { path, clause: id })
  const forms = ['date', 'instant', 'any', ...(of === 'event' ? ['text'] : [])]
  if (concerning && !forms.includes(concerning.type.is))
    compiling.faults.add(
      'types_do_not_fit',
      path,
      of === 'event'
        ? `“${text}” is ${typeText(concerning.type)}: a date or an instant tells the day of the start that is meant, a text its subject.`
        : `“${text}” is ${typeText(concerning.type)}: a date or an instant tells which period is meant.`,
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

/** Whether the date or instant that is named lies on the day of an event, or the text names its subject. */
export function isFor(
  named: Input,
  { type }: Compiled,
  { event, zone, by }: { event: Happening; zone: string; by: string | undefined },
): Derivation {
  const { fact } = event
  if (type.is === 'text') {
    const subject = leaf(subjectOf(fact, by) ?? leftOut, {
      fact: { id: fact.id, field: by ?? 'about' },
    })
    return derive('same', [named, { as: 'subject', is: subject }])
  }
  const day = (one: Input) => derive('clock-part', [one], { part: 'date', zone })
  const start = { as: event.kind, is: instantLeaf(event) }
  return derive('same', [
    { as: named.as, is: day(named) },
    { as: 'day', is: day(start) },
  ])
}
