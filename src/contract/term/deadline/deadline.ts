import { Exact } from '../../../kernel/exact.ts'
import { Length } from '../../../kernel/time.ts'
import { paired } from '../../alike.ts'
import type { Compiling } from '../../compiling.ts'
import { demandCompiled, namesRead } from '../../demand.ts'
import { type Derivation, derive, type Input, leaf } from '../../derivation.ts'
import type { Faults, Path } from '../../document/fault.ts'
import { spanOf } from '../../fact/fact.ts'
import { compileExpression } from '../../formula/expression.ts'
import { constantOf } from '../../formula/range.ts'
import { type Type, typeText } from '../../formula/type.ts'
import { isPaired, overdue } from '../../promised.ts'
import type { Asking } from '../../scope.ts'
import { Absent, type Value } from '../../value.ts'
import { byDate } from './by.ts'
import { type Clock, compileClock } from './clock.ts'
import {
  checkBusinessDays,
  type Deadline,
  type DeadlineTold,
  type DeadlineWords,
  elapsedUnits,
  endsUnsaid,
  type Started,
} from './shape.ts'

/** One shape of deadline for targets, duties, claims and what takes effect later. */
export function compileDeadline(
  words: DeadlineWords,
  told: DeadlineTold,
  compiling: Compiling,
): Deadline {
  const { faults } = compiling
  const clock = compileClock(words.clock, told, compiling)
  if ((words.within === undefined) === (words.by === undefined))
    faults.add('word_missing', told.path, 'Say “within:” a length or “by:” a date: one of the two.')
  const clocked = { ...told, clock }
  return words.by
    ? byDate(words.by, words, clocked, compiling)
    : withinLength(words, clocked, compiling)
}

function withinLength(
  words: DeadlineWords,
  { id, path, fromStart, clock }: DeadlineTold & { readonly clock: Clock },
  compiling: Compiling,
): Deadline {
  const { names, zone, faults, policies } = compiling
  const length = compileExpression(words.within ?? '0 minutes', {
    names,
    zone,
    faults,
    path: [...path, 'within'],
    clause: id,
  })
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
  return {
    reads: [...namesRead([length, clock.compiled]), ...(words.pauses?.facts ?? [])],
    check: (place, report) => demandCompiled([length, clock.compiled], place, names, report),
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
    due: (scope, start, of) => {
      const { asking } = scope
      const pauses = (words.pauses?.facts ?? []).flatMap((kind) =>
        of ? pausesOf(kind, of, asking, words['paired-by']) : [],
      )
      return derive(
        'after-length',
        [
          { as: 'start', is: start },
          { as: 'within', is: length.evaluate(scope) },
          ...pauses,
          ...clock.input(scope),
        ],
        {
          zone: asking.frame.zone,
          asOf: asking.asOf,
          ...clock.settings,
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
  { event, done }: Started,
  asking: Asking,
  by: string | undefined,
): readonly Input[] {
  const unmet = asking.promises(name).filter((duty) => isPaired(duty, event))
  const intervals = paired(asking.happenings(name), event, by)
  const spans = [
    ...unmet.map((one) => overdue(one, asking, { name })),
    ...intervals.map(({ fact }) => leaf(spanOf(fact), { fact: { id: fact.id, field: 'span' } })),
  ]
  const untilDone = (span: Derivation) =>
    done
      ? derive('pause', [
          { as: name, is: span },
          { as: 'done', is: done },
        ])
      : span
  return spans.map((span) => ({ as: name, is: untilDone(span) }))
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
