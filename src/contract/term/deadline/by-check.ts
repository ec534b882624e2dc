import type { Compiling } from '../../compiling.ts'
import type { DeadlineBy } from '../../language/deadline.ts'
import type { Compiled } from '../../scope.ts'
import { typeText } from '../../type.ts'
import type { FixedDate } from './by.ts'
import type { DeadlineTold } from './deadline.ts'
import { checkBusinessDays, elapsedUnits, endsUnsaid } from './length.ts'

type Word = keyof DeadlineBy

/** What a word needs beside it; alone it would change nothing. */
const needed: readonly (readonly [word: Word, beside: readonly Word[]])[] = [
  ['after', ['end-of']],
  ['cutoff', ['business-days']],
  ['at', ['business-days', 'on']],
  ['before', ['on', 'end-of']],
  ['after-it', ['on', 'end-of']],
]

/** One anchor, the words that belong to it, and what a business day or a number of days has to say. */
export function checkBy(fixed: FixedDate, told: DeadlineTold, compiling: Compiling): void {
  const { path } = told
  const { by, words, clock } = fixed
  const { faults } = compiling
  const anchors = (['end-of', 'business-days', 'on'] as const).filter(
    (word) => by[word] !== undefined,
  )
  if (anchors.length !== 1)
    faults.add(
      'word_missing',
      [...path, 'by'],
      'Say “end-of:” a period, “business-days:” a number, or “on:” a date or instant: one of the three.',
    )
  for (const [word, beside] of needed)
    if (by[word] !== undefined && !beside.some((other) => by[other] !== undefined))
      faults.add(
        'word_without_effect',
        [...path, 'by', word],
        `“${word}” changes nothing without “${beside.join('” or “')}”.`,
      )
  if (by.before !== undefined && by['after-it'] !== undefined)
    faults.add(
      'words_exclude_each_other',
      [...path, 'by', 'after-it'],
      'Say “before:” or “after-it:”, not both.',
    )
  if (words.pauses && !passesFrom(fixed))
    faults.add(
      'word_without_effect',
      [...path, 'pauses'],
      'A fixed date does not move: “pauses” changes nothing. What passes from an instant is held up: “by: { on: an instant, after-it: 4 hours }” without “at”, or “within:”.',
    )
  if (by['business-days'] !== undefined)
    checkBusinessDays(['business days'], clock.isCalendar, { faults, path })
  if (fixed.on) checkAnchor(fixed.on, by, [...path, 'by', 'on'], compiling)
  if (fixed.length) checkDistance(fixed.length, fixed, told, compiling)
  checkEnds(fixed, path, compiling)
  checkClock(fixed, path, compiling)
}

/** A length after an instant passes like one after the start; a day, and what lies before an instant, stand. */
const passesFrom = ({ by, on }: FixedDate) =>
  by['after-it'] !== undefined &&
  by.at === undefined &&
  (on?.type.is === 'instant' || on?.type.is === 'any')

function checkAnchor(
  { type }: Compiled,
  { on = '' }: DeadlineBy,
  path: DeadlineTold['path'],
  { faults }: Compiling,
): void {
  if (!['date', 'instant', 'any'].includes(type.is))
    faults.add(
      'types_do_not_fit',
      path,
      `“${on}” is ${typeText(type)}: a deadline stands on a date or an instant.`,
    )
  const end = { agreement_end: 'agreement', period_end: 'a period' }[on.trim()]
  if (end !== undefined)
    faults.add(
      'value_misshapen',
      path,
      `“${on}” is the first day that no longer belongs to it, so that a deadline on it would be a day late: say “end-of: ${end}”.`,
    )
}

function checkDistance(
  { type }: Compiled,
  { by, words, on, clock }: FixedDate,
  { path, lengthAt }: DeadlineTold,
  { faults }: Compiling,
): void {
  const word = by.before === undefined ? 'after-it' : 'before'
  const under = lengthAt ?? [...path, 'by', word]
  if (type.is === 'any') return
  if (type.is !== 'length') {
    const words = `“${by[word]}” is ${typeText(type)}: say a length with its unit, such as 14 days.`
    faults.add('types_do_not_fit', under, words)
    return
  }
  const units = type.units ?? ['days']
  const isElapsed = units.some((unit) => elapsedUnits.includes(unit))
  if (isElapsed && on?.type.is === 'date' && by.at === undefined)
    faults.add(
      'types_do_not_fit',
      under,
      'A date has no hour to count from: say “at:” a time of day, or count in days.',
    )
  if (isElapsed && words.clock === undefined)
    faults.add('policy_unsaid', path, 'Say “clock: always”, or the calendar whose hours count.')
  checkBusinessDays(units, clock.isCalendar, { faults, path })
}

/** What is counted by a clock are business days, hours and minutes; a date stands, and days from it are those of the calendar. */
function checkClock(
  { by, words, length }: FixedDate,
  path: DeadlineTold['path'],
  { faults }: Compiling,
): void {
  if (words.clock === undefined || by['business-days'] !== undefined) return
  // What holds it up counts by the clock, whatever it holds up.
  if (words.pauses?.counted === 'in-hours') return
  const type = length?.type
  const units = type?.is === 'length' ? type.units : undefined
  const isCounted = units?.some((unit) => [...elapsedUnits, 'business days'].includes(unit)) ?? true
  if (type && (isCounted || words.clock === 'always')) return
  const counted = by.before ?? by['after-it']
  faults.add(
    'word_without_effect',
    [...path, 'clock'],
    counted === undefined
      ? 'A fixed date stands on any day: “clock” changes nothing. Say “after-it: 0 business days” where it moves to the next open day, or “business-days:”.'
      : `“${counted}” are days of the calendar: “clock” changes nothing. Say “business days” where closed days do not count.`,
  )
}

/** Whether days end at the hour or with the day is a question only where they are counted from an instant. */
function checkEnds(
  { by, words, on, length }: FixedDate,
  path: DeadlineTold['path'],
  { faults, policies }: Compiling,
): void {
  const units = length?.type.is === 'length' ? (length.type.units ?? ['days']) : []
  const isCounted =
    on?.type.is === 'instant' &&
    by.at === undefined &&
    units.some((unit) => !elapsedUnits.includes(unit))
  if (isCounted && (words.ends ?? policies.ends) === undefined)
    faults.add('policy_unsaid', path, endsUnsaid(length?.type, by.before ?? by['after-it']))
  if (words.ends !== undefined && !isCounted && on?.type.is !== 'any')
    faults.add(
      'word_without_effect',
      [...path, 'ends'],
      'This date ends with its day, or at the time it says: “ends” changes nothing.',
    )
}
