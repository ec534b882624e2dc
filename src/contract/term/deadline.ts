import { Exact } from '../../kernel/exact.ts'
import { Length } from '../../kernel/time.ts'
import { derive, type Input, leaf } from '../derivation.ts'
import { compileExpression } from '../expression.ts'
import { spanOf } from '../fact.ts'
import type { Faults, Path } from '../fault.ts'
import { isPaired, overdue } from '../promised.ts'
import { type Compiling, demandCompiled, namesRead, paired } from '../reading.ts'
import type { Asking, Happening } from '../scope.ts'
import { constantOf } from '../sense.ts'
import { type Type, typeText } from '../type.ts'
import { Absent, type Value } from '../value.ts'
import { byDate } from './deadline-by.ts'
import {
  checkBusinessDays,
  type Deadline,
  type DeadlineTold,
  type DeadlineWords,
  elapsedUnits,
  endsUnsaid,
} from './deadline-shape.ts'

/** One shape of deadline for targets, duties, claims and what takes effect later. */
export function compileDeadline(
  words: DeadlineWords,
  told: DeadlineTold,
  compiling: Compiling,
): Deadline {
  const { faults, calendars } = compiling
  if (words.clock !== undefined && words.clock !== 'always' && !calendars.has(words.clock))
    faults.add(
      'name_unknown',
      [...told.path, 'clock'],
      `No calendar is called “${words.clock}”; without one say “clock: always”.`,
    )
  return words.by ? byDate(words.by, words, told, compiling) : withinLength(words, told, compiling)
}

function withinLength(
  words: DeadlineWords,
  { id, path, fromStart }: DeadlineTold,
  compiling: Compiling,
): Deadline {
  const { names, zone, faults, calendars, policies } = compiling
  const length = compileExpression(words.within ?? '0 minutes', {
    names,
    zone,
    faults,
    path: [...path, 'within'],
    clause: id,
  })
  checkLength(length.type, words, { faults, path, policies: policies.ends })
  const ends = words.ends ?? policies.ends
  if (words.within !== undefined && isOverAtOnce(constantOf(length), { ends, fromStart }))
    faults.add(
      'value_out_of_range',
      [...path, 'within'],
      `“${words.within}” is over as soon as it begins, so that nothing could be in time: say a longer one.`,
    )
  const clock = calendars.get(words.clock ?? '')
  const last = ends === 'with-the-day' ? 'by-the-day' : 'included'
  return {
    reads: [...namesRead([length]), ...(words.pauses?.facts ?? [])],
    check: (place, report) => demandCompiled([length], place, names, report),
    kept: (scope, { due, done, clause, name, of }) =>
      derive(
        'met',
        [
          { as: 'due', is: due },
          { as: 'done', is: done },
          ...(last === 'by-the-day' ? [{ as: 'within', is: length.evaluate(scope) }] : []),
        ],
        { asOf: scope.asking.asOf, last, ...(of !== undefined && { of }) },
        { clause, name },
      ),
    due: (scope, start, event) => {
      const { asking } = scope
      const pauses = (words.pauses?.facts ?? []).flatMap((kind) =>
        event ? pausesOf(kind, event, asking, words['paired-by']) : [],
      )
      return derive(
        'after-length',
        [{ as: 'start', is: start }, { as: 'within', is: length.evaluate(scope) }, ...pauses],
        {
          zone: asking.frame.zone,
          asOf: asking.asOf,
          ...(clock && { clock }),
          ...(words.pauses && { counted: words.pauses.counted }),
          ...(ends && { ends }),
          ...(fromStart && { fromStart }),
        },
        { clause: id, name: id },
      )
    },
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

/** Intervals about the same subject, and the time in which a duty about it stood unmet. */
function pausesOf(
  name: string,
  start: Happening,
  asking: Asking,
  by: string | undefined,
): readonly Input[] {
  const unmet = asking.promises(name).filter((duty) => isPaired(duty, start))
  const intervals = paired(asking.happenings(name), start, by)
  return [
    ...unmet.map((one) => ({ as: name, is: overdue(one, asking, { name }) })),
    ...intervals.map(({ fact }) => ({
      as: name,
      is: leaf(spanOf(fact), { fact: { id: fact.id, field: 'span' } }),
    })),
  ]
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
