import { derive } from '../../derivation.ts'
import type { LastMoment } from '../../operation/deadline.ts'
import type { Compiled } from '../../scope.ts'
import type { Deadline } from './deadline.ts'

/** Whether what was done was done in time; where days end with the day, the length says which those are. */
export function keptBy(last: LastMoment, length: Compiled | undefined): Deadline['kept'] {
  const counted = last === 'by-the-day' ? length : undefined
  return (scope, { due, done, clause, name, of, role }) =>
    derive(
      'met',
      [
        { as: 'due', is: due },
        { as: 'done', is: done, ...(role && { role }) },
        ...(counted ? [{ as: 'length', is: counted.evaluate(scope) }] : []),
      ],
      { asOf: scope.asking.asOf, last, ...(of !== undefined && { of }) },
      { clause, name },
    )
}
