import { Exact } from '../../../kernel/exact.ts'
import { Length } from '../../../kernel/time.ts'
import type { Compiling } from '../../compiling.ts'
import { demandCompiled, namesRead } from '../../demand.ts'
import type { Faults, Path } from '../../document/fault.ts'
import { compileExpression } from '../../formula/expression.ts'
import { constantOf } from '../../formula/range.ts'
import { type Type, typeText } from '../../type.ts'
import { Absent, type Value } from '../../value.ts'
import type { Counting, Deadline, DeadlineTold, DeadlineWords } from './deadline.ts'
import { keptBy } from './kept.ts'
import { checkBusinessDays, elapsedUnits, endsUnsaid } from './length.ts'
import { afterLength } from './pauses.ts'

/** A length after what starts it. */
export function withinLength(
  words: DeadlineWords,
  { id, path, fromStart, ...counting }: DeadlineTold & Counting,
  compiling: Compiling,
): Deadline {
  const { names, faults, policies } = compiling
  const place = { path: [...path, 'within'], clause: id }
  const length = compileExpression(words.within ?? '0 minutes', compiling, place)
  if (words.within !== undefined)
    checkLength(length.type, words, { faults, path, policies: policies.ends })
  const ends = words.ends ?? policies.ends
  if (words.within !== undefined && isOverAtOnce(constantOf(length), { ends, fromStart }))
    faults.add(
      'value_out_of_range',
      [...path, 'within'],
      `“${words.within}” is over as soon as it begins, so that nothing could be in time: say a longer one.`,
    )
  const last = ends === 'with-the-day' ? 'by-the-day' : 'included'
  const compiled = [length, counting.clock.compiled, counting.most]
  return {
    reads: [...namesRead(compiled), ...(words.pauses?.facts ?? [])],
    check: (place, report) => demandCompiled(compiled, place, names, report),
    kept: keptBy(last, length),
    due: (scope, start, of) =>
      afterLength(
        { start, within: length.evaluate(scope) },
        { scope, id, words, ends, ...counting, ...(of && { of }), ...(fromStart && { fromStart }) },
      ),
  }
}

/** No time at all; of a day that an event lies in, or of the next business day, the rest is left. */
function isOverAtOnce(
  length: Value | undefined,
  { ends, fromStart }: { ends: string | undefined; fromStart: true | undefined },
): boolean {
  // A length below zero is none.
  if (!(length instanceof Length)) return length instanceof Absent
  const order = length.count.compare(Exact.zero)
  if (order !== 0) return order < 0
  const isRestOfDay = ends === 'with-the-day' && length.minutes === undefined && !fromStart
  return !isRestOfDay && length.unit !== 'business days'
}

function checkLength(
  type: Type,
  words: DeadlineWords,
  { faults, path, policies }: { faults: Faults; path: Path; policies: string | undefined },
): void {
  if (type.is === 'any') return
  if (type.is !== 'length') {
    faults.add(
      'types_do_not_fit',
      [...path, 'within'],
      `“${words.within}” is ${typeText(type)}: say a length with its unit, such as 21 days.`,
    )
    return
  }
  const units = type.units ?? ['days']
  const isCounted = units.some((unit) => !elapsedUnits.includes(unit))
  if (isCounted && (words.ends ?? policies) === undefined)
    faults.add('policy_unsaid', path, endsUnsaid(type, words.within))
  if (type.units && !isCounted && words.ends !== undefined)
    faults.add(
      'word_without_effect',
      [...path, 'ends'],
      'A length in minutes or hours is up to the minute: “ends” changes nothing.',
    )
  if (units.some((unit) => elapsedUnits.includes(unit)) && words.clock === undefined)
    faults.add('policy_unsaid', path, 'Say “clock: always”, or the calendar whose hours count.')
  const isCalendar = words.clock !== undefined && words.clock !== 'always'
  const isDays = units.every((unit) => ![...elapsedUnits, 'business days'].includes(unit))
  if (type.units && isDays && isCalendar && words.pauses?.counted !== 'in-hours')
    faults.add(
      'word_without_effect',
      [...path, 'clock'],
      'Days, weeks, months and years are counted on the calendar in the zone: “clock” changes nothing. Say “business days” where closed days do not count.',
    )
  checkBusinessDays(units, isCalendar, { faults, path })
}
