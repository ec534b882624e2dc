import { type Derivation, derive, leaf } from '../derivation.ts'
import { compileExpression } from '../expression.ts'
import { type Fact, spanOf } from '../fact.ts'
import type { Faults, Path } from '../fault.ts'
import type { DeadlineBy, TargetWords } from '../language/term.ts'
import { grain } from '../period.ts'
import {
  type Compiling,
  demandCompiled,
  instantLeaf,
  namesRead,
  paired,
  periodRule,
} from '../reading.ts'
import type { Asking, Definition, Happening, Report, Scope } from '../scope.ts'
import { type Type, typeText } from '../type.ts'
import { unknown } from '../value.ts'

type Told = { id: string; path: Path }

export type DeadlineWords = Pick<
  TargetWords,
  'within' | 'by' | 'clock' | 'pauses' | 'ends' | 'paired-by'
>
export type Deadline = {
  readonly due: (scope: Scope, start: Happening) => Derivation
  /** A length includes its last instant; “by the end of June” excludes the first of July. */
  readonly last: 'included' | 'excluded'
  readonly reads: readonly string[]
  readonly check: (place: Parameters<Definition['demand']>[0], report: Report) => void
}

/** One shape of deadline for targets, duties and what takes effect later. */
export function compileDeadline(words: DeadlineWords, told: Told, compiling: Compiling): Deadline {
  return words.by ? byDate(words.by, words, told, compiling) : withinLength(words, told, compiling)
}

const elapsedUnits = ['minutes', 'hours']

function withinLength(words: DeadlineWords, { id, path }: Told, compiling: Compiling): Deadline {
  const { names, zone, faults, calendars, policies } = compiling
  const length = compileExpression(words.within ?? '0 minutes', {
    names,
    zone,
    faults,
    path: [...path, 'within'],
    clause: id,
  })
  checkLength(length.type, words, { faults, path, policies: policies.ends })
  const clock = calendars.get(words.clock ?? '')
  const ends = words.ends ?? policies.ends
  const unit = length.type.is === 'length' ? length.type.unit : undefined
  const wholeDays = ends === 'with-the-day' && !elapsedUnits.includes(unit ?? '')
  return {
    last: wholeDays && unit !== 'business days' ? 'excluded' : 'included',
    reads: namesRead([length]),
    check: (place, report) => demandCompiled([length], place, names, report),
    due: (scope, start) => {
      const { asking } = scope
      const pauses = (words.pauses?.facts ?? []).flatMap((kind) =>
        pausesOf(kind, start, asking, words['paired-by']).map((fact) => ({
          as: kind,
          is: leaf(spanOf(fact), { fact: { id: fact.id, field: 'span' } }),
        })),
      )
      return derive(
        'after-length',
        [
          { as: 'start', is: instantLeaf(start) },
          { as: 'within', is: length.evaluate(scope) },
          ...pauses,
        ],
        {
          zone: asking.frame.zone,
          asOf: asking.asOf,
          ...(clock && { clock }),
          ...(words.pauses && { counted: words.pauses.counted }),
          ...(ends && { ends }),
        },
        { clause: id, name: id },
      )
    },
  }
}

function pausesOf(
  kind: string,
  start: Happening,
  asking: Asking,
  by: string | undefined,
): readonly Fact[] {
  return paired(asking.happenings(kind), start, by).map((pause) => pause.fact)
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
  const elapsed = type.unit !== undefined && elapsedUnits.includes(type.unit)
  if (!elapsed && (words.ends ?? policies) === undefined)
    faults.add(
      'policy_unsaid',
      path,
      'Say “ends: at-the-hour” or “ends: with-the-day”, here or under policies: when are the days up?',
    )
  if (elapsed && words.clock === undefined)
    faults.add('policy_unsaid', path, 'Say “clock: always”, or the calendar whose hours count.')
  const isCalendar = words.clock !== undefined && words.clock !== 'always'
  if (
    !elapsed &&
    type.unit !== 'business days' &&
    isCalendar &&
    words.pauses?.counted !== 'in-hours'
  )
    faults.add(
      'word_without_effect',
      [...path, 'clock'],
      'Days, weeks, months and years are counted on the calendar in the zone: “clock” changes nothing. Say “business days” where closed days do not count.',
    )
  if (type.unit === 'business days' && (words.clock === undefined || words.clock === 'always'))
    faults.add(
      'policy_unsaid',
      path,
      'Business days need a “clock:”, the calendar that says which days they are.',
    )
}

function byDate(
  by: DeadlineBy,
  words: DeadlineWords,
  { id, path }: Told,
  compiling: Compiling,
): Deadline {
  const { faults, calendars } = compiling
  const rule =
    by['end-of'] === undefined
      ? undefined
      : periodRule(by['end-of'], compiling, [...path, 'by', 'end-of'])
  const calendar = calendars.get(words.clock ?? '')
  if (rule && grain(rule) === undefined)
    faults.add(
      'period_unknown',
      [...path, 'by', 'end-of'],
      `“${by['end-of']}” has no end of its own: name a period of the calendar or of the agreement.`,
    )
  if ((by['end-of'] === undefined) === (by['business-days'] === undefined))
    faults.add(
      'word_missing',
      [...path, 'by'],
      'Say “end-of:” a period or “business-days:” a number: one of the two.',
    )
  if (by['business-days'] !== undefined && !calendar)
    faults.add(
      'policy_unsaid',
      path,
      'Business days need a “clock:”, the calendar that says which days they are.',
    )
  for (const word of ['at', 'cutoff'] as const)
    if (by[word] !== undefined && by['business-days'] === undefined)
      faults.add(
        'word_without_effect',
        [...path, 'by', word],
        `“${word}” changes nothing without “business-days”.`,
      )
  if (by.after !== undefined && by['end-of'] === undefined)
    faults.add(
      'word_without_effect',
      [...path, 'by', 'after'],
      '“after” changes nothing without “end-of”.',
    )
  if (words.pauses)
    faults.add(
      'word_without_effect',
      [...path, 'pauses'],
      'A fixed date does not move: “pauses” changes nothing.',
    )
  return {
    last: rule ? 'excluded' : 'included',
    reads: [],
    check: () => {},
    due: ({ asking }, start) => {
      const input = [{ as: 'start', is: instantLeaf(start) }]
      const said = { clause: id, name: id }
      if (rule)
        return derive(
          'end-of-period',
          input,
          { rule, after: by.after ?? 0, frame: asking.frame },
          said,
        )
      const days = by['business-days'] ?? 0
      return calendar
        ? derive(
            'business-day',
            input,
            {
              calendar,
              days,
              ...(by.at !== undefined && { at: by.at }),
              ...(by.cutoff !== undefined && { cutoff: by.cutoff }),
            },
            said,
          )
        : leaf(unknown('a calendar'))
    },
  }
}
