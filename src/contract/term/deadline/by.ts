import type { Compiling } from '../../compiling.ts'
import { demandCompiled, namesRead } from '../../demand.ts'
import { type Derivation, derive, type Input, leaf } from '../../derivation.ts'
import { compileExpression } from '../../formula/expression.ts'
import type { DeadlineBy } from '../../language/deadline.ts'
import type { LastMoment } from '../../operation/deadline.ts'
import { grain } from '../../period/order.ts'
import { countedFrom, type PeriodRule } from '../../period/period.ts'
import { chargedPeriod, periodRule } from '../../period/rule.ts'
import type { Compiled, Scope } from '../../scope.ts'
import { unknown } from '../../value.ts'
import { checkBy } from './by-check.ts'
import type { Counting, Deadline, DeadlineTold, DeadlineWords, Started } from './deadline.ts'
import { keptBy } from './kept.ts'
import { afterLength } from './pauses.ts'

/** What the words of a fixed date were compiled to. */
export type FixedDate = {
  readonly by: DeadlineBy
  readonly words: DeadlineWords
  readonly rule: PeriodRule | undefined
  readonly on: Compiled | undefined
  readonly length: Compiled | undefined
} & Counting

/** The end of a period, a business day, or a date or instant that was agreed or that the event at hand names. */
export function byDate(
  by: DeadlineBy,
  words: DeadlineWords,
  told: DeadlineTold & Counting,
  compiling: Compiling,
): Deadline {
  const fixed = fixedDate(by, words, told, compiling)
  checkBy(fixed, told, compiling)
  const { on, length } = fixed
  const compiled = [on, length, told.clock.compiled, told.most]
  const last = lastMoment(fixed, compiling.policies.ends)
  return {
    reads: [...namesRead(compiled), ...(words.pauses?.facts ?? [])],
    check: (place, report) => demandCompiled(compiled, place, compiling.names, report),
    kept: keptBy(last, length),
    due: (scope, start, of) =>
      words.pauses
        ? heldUp(fixed, { scope, told, policies: compiling.policies, ...(of && { of }) })
        : dueBy(fixed, { scope, start, told, policies: compiling.policies }),
  }
}

function fixedDate(
  by: DeadlineBy,
  words: DeadlineWords,
  { id, path, lengthAt, clock, most, where }: DeadlineTold & Counting,
  compiling: Compiling,
): FixedDate {
  const written = (word: 'on' | 'before' | 'after-it') => {
    const at = word === 'on' || !lengthAt ? [...path, 'by', word] : lengthAt
    return compileExpression(by[word], compiling, { path: at, clause: id })
  }
  // The period of a claim is that of its credit, and written there.
  const periodAt = lengthAt ? [...path.slice(0, -1), 'per'] : [...path, 'by', 'end-of']
  const { 'end-of': end } = by
  const rule =
    lengthAt && end !== undefined
      ? chargedPeriod(end, compiling, periodAt)
      : periodRule(end, compiling, periodAt)
  if (rule && (grain(rule) === undefined || countedFrom(rule) !== undefined))
    compiling.faults.add(
      'period_unknown',
      periodAt,
      `“${by['end-of']}” has no end of its own: name a period of the calendar or of the agreement.`,
    )
  const length = written('before') ?? written('after-it')
  return { by, words, rule, on: written('on'), length, clock, most, where }
}

/** A time of day is reached; a whole day and a period are over with their end, which is no longer part of them. */
function lastMoment({ by, words, on, length }: FixedDate, ends: string | undefined): LastMoment {
  if (by['business-days'] !== undefined || by.at !== undefined) return 'included'
  const isWhole = on?.type.is !== 'instant' || (length && (words.ends ?? ends) === 'with-the-day')
  if (!isWhole) return 'included'
  return length ? 'by-the-day' : 'excluded'
}

/** From an instant that is named on a length passes as from the start, and is held up as it is. */
function heldUp(
  { words, on, length, clock, most, where }: FixedDate,
  { scope, told: { id }, policies, of }: Omit<DueBy, 'start'> & { readonly of?: Started },
): Derivation {
  const [start, within] = [on, length].map((one) => one?.evaluate(scope) ?? leaf(unknown('a date')))
  const ends = words.ends ?? policies.ends
  return start && within
    ? afterLength(
        { start, within },
        { scope, id, words, ends, clock, most, where, ...(of && { of }) },
      )
    : leaf(unknown('a date'))
}

type DueBy = {
  scope: Scope
  start: Derivation
  told: DeadlineTold
  policies: Compiling['policies']
}

function dueBy(
  { by, words, rule, on, length, clock }: FixedDate,
  { scope, start, told: { id, fromStart }, policies }: DueBy,
): Derivation {
  const { frame } = scope.asking
  const said = { clause: id, name: id }
  const input = [{ as: 'start', is: start }]
  if (by['business-days'] !== undefined)
    return clock.isCalendar
      ? derive(
          'business-day',
          [...input, ...clock.input(scope)],
          {
            ...clock.settings,
            days: by['business-days'],
            ...(by.at !== undefined && { at: by.at }),
            ...(by.cutoff !== undefined && { cutoff: by.cutoff }),
            ...(fromStart && { fromStart }),
          },
          said,
        )
      : leaf(unknown('a calendar'))
  // As data: which facts there are is no part of it.
  const { daysOf: _facts, ...ofContract } = frame
  const settings = { after: by.after ?? 0, frame: ofContract }
  const end = rule && derive('end-of-period', input, { rule, ...settings }, said)
  if (end && !length) return end
  const anchor: Input = end
    ? { as: 'end of the period', is: end }
    : { as: 'on', is: on?.evaluate(scope) ?? leaf(unknown('a date')) }
  const direction = by.before === undefined ? 'after' : 'before'
  const ends = words.ends ?? policies.ends
  return derive(
    'by-date',
    [
      anchor,
      ...(length ? [{ as: direction, is: length.evaluate(scope) }] : []),
      ...clock.input(scope),
    ],
    {
      zone: frame.zone,
      direction,
      ...clock.settings,
      ...(by.at !== undefined && { at: by.at }),
      ...(end ? { fromEnd: true } : ends && { ends }),
    },
    said,
  )
}
