import { Exact } from '../../kernel/exact.ts'
import { list } from '../../kernel/grammar.ts'
import { Length } from '../../kernel/time.ts'
import { type Compiling, lazily, type Told, unknownName } from '../compiling.ts'
import type { Faults, Path } from '../document/fault.ts'
import { compileExpression } from '../formula/expression.ts'
import { kindsAtHand } from '../happening.ts'
import type { MeasureWords } from '../language/measure.ts'
import type { TimeSettings } from '../operation/time.ts'
import { truth } from '../type.ts'
import { unknown, type Value } from '../value.ts'

/** What the words of a measured time say beside what is measured: checked, and read. */

export type TimeWords = Extract<MeasureWords, { time: string }>
export type TimeSource = 'interval' | 'state' | 'promise' | 'period' | 'agreement' | 'this'

/** What is measured as one, and is no kind of fact. */
export const wholeTimes = ['period', 'agreement', 'this']

/** Words that would change nothing, or that cannot both be meant. */
export function checkTime(
  words: TimeWords,
  source: TimeSource,
  { faults }: Compiling,
  path: Path,
): void {
  const { weight, through, except } = words
  if (weight !== undefined && through !== undefined)
    faults.add(
      'words_exclude_each_other',
      [...path, 'through'],
      'A structure is down or it is not: “weight:” and “through:” cannot stand together.',
    )
  checkStretches(words, faults, path)
  const refuse = (those: readonly (keyof TimeWords)[], why: string) => {
    for (const word of those)
      if (words[word] !== undefined)
        faults.add('word_without_effect', [...path, word], `“${word}” ${why}`)
  }
  const isWhole = wholeTimes.includes(words.time)
  // Of one whole, what is taken out may still be about the same.
  const takesOut = isWhole && except !== undefined
  if (source !== 'interval' && source !== 'state')
    refuse(
      ['through', 'missing', ...(takesOut ? [] : (['paired-by'] as const))],
      `is about facts: “${words.time}” is no kind of interval or state.`,
    )
  if (isWhole)
    refuse(
      ['where', 'weight', ...(takesOut ? [] : (['about'] as const))],
      `chooses or weighs intervals; “${words.time}” is one whole.`,
    )
  for (const [at, kind] of (except?.facts ?? []).entries())
    if (wholeTimes.includes(kind))
      faults.add(
        'types_do_not_fit',
        [...path, 'except', 'facts', at],
        `“${kind}” has no length that could be taken out: name a kind of interval or state, or a duty.`,
      )
}

/** What is counted has no length to round; what is weighed, or one whole, is no row of stretches. */
function checkStretches(words: TimeWords, faults: Faults, path: Path): void {
  const { in: unit, take, weight, each, rounded, time } = words
  const isCount = unit === 'stretches'
  const word = isCount ? 'in' : 'take'
  if (!isCount && take === undefined) return
  const refuse = (at: Path, why: string) => faults.add('word_without_effect', at, why)
  if (weight !== undefined)
    faults.add(
      'words_exclude_each_other',
      [...path, 'weight'],
      'Where each interval counts by its weight they are not united to stretches.',
    )
  if (wholeTimes.includes(time))
    refuse([...path, word], `“${time}” is one whole, and no row of stretches.`)
  if (isCount && take !== undefined)
    refuse(
      [...path, 'take'],
      'It is counted how many there are: of the longest say its length, “in: minutes”.',
    )
  if (isCount && (rounded ?? each?.rounded) !== undefined)
    refuse(
      rounded === undefined ? [...path, 'each', 'rounded'] : [...path, 'rounded'],
      'How many stretches there are is a whole number.',
    )
}

/**
 * A condition on what is taken out; of several kinds, one that each of them can answer. Its rows are the same from
 * wherever it is read, so that what it reads of them is checked here.
 */
export function exceptWhere(
  { facts = [], where }: Partial<Except> = {},
  compiling: Compiling,
  { name: of, path }: Told,
) {
  const { names, faults } = compiling
  return lazily(() => {
    const found = compileExpression(where, compiling, { path, name: of, expected: truth })
    if (!found) return undefined
    const atHand = facts.flatMap((kind) => kindsAtHand(kind, names))
    for (const { name, attribute } of found.reads)
      if (attribute !== undefined && !atHand.includes(name))
        faults.add(
          'event_not_at_hand',
          path,
          `“${name}.${attribute}” is read where only ${list(facts, 'or')} is at hand, one after the other. Say “about: same” beside “except” to take out what is about the same subject.`,
        )
    for (const { name, attribute } of facts.length > 1 ? found.reads : []) {
      const others = facts.filter((kind) => !kindsAtHand(kind, names).includes(name))
      if (attribute !== undefined && others.length > 0 && others.length < facts.length)
        faults.add(
          'event_not_at_hand',
          path,
          `“${name}.${attribute}” says nothing of ${list(others, 'or')}, which “facts” names as well: give them all one name under “events”, ours for example, and say “facts: ours” and “ours.${attribute}”.`,
        )
    }
    return { ...found, reads: found.reads.filter(({ attribute }) => attribute === undefined) }
  })
}
type Except = NonNullable<TimeWords['except']>

export function missingTime(
  { missing: written, time }: TimeWords,
  { faults }: Compiling,
  path: Path,
): Value | undefined {
  if (written === undefined) return undefined
  if (written === 'unknown') return unknown(time)
  const value = Exact.parse(written)
  if (!value) faults.add('value_misshapen', path, `“${written}” is no number and not “unknown”.`)
  return value
}

export function treatment(
  words: TimeWords,
  compiling: Compiling,
  path: Path,
): Partial<TimeSettings> {
  const { calendars, faults } = compiling
  const calendar = words.calendar === undefined ? undefined : calendars.get(words.calendar)
  if (words.calendar !== undefined && !calendar)
    unknownName(words.calendar, compiling, { path: [...path, 'calendar'], sorts: ['calendar'] })
  const minutes = (text: string | undefined, at: Path): Exact | undefined => {
    if (text === undefined) return undefined
    const length = Length.parse(text)?.minutes
    if (!length) faults.add('value_misshapen', at, `“${text}” is not a length in minutes or hours.`)
    return length
  }
  if (words.each && Object.keys(words.each).length === 0)
    faults.add(
      'word_missing',
      [...path, 'each'],
      'Say “longer-than:” a length, or “rounded:” and “to:”.',
    )
  const longerThan = minutes(words.each?.['longer-than'], [...path, 'each', 'longer-than'])
  const to = minutes(words.each?.to, [...path, 'each', 'to'])
  const { rounded } = words.each ?? {}
  if ((rounded === undefined) !== (words.each?.to === undefined))
    faults.add(
      'word_missing',
      [...path, 'each'],
      'Rounding each stretch says both “rounded:” and “to:”.',
    )
  const mode = rounded === 'nearest' ? 'half-up' : rounded
  return {
    ...(calendar && { calendar }),
    ...(longerThan && { longerThan }),
    ...(to && mode && { each: { to: to.isZero ? Exact.one : to, mode } }),
  }
}
