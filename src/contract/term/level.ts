import type { Compiling } from '../compiling.ts'
import { demandCompiled, demandPeriod, namesRead } from '../demand.ts'
import { leaf } from '../derivation.ts'
import type { Faults, Path } from '../document/fault.ts'
import type { TargetWords } from '../language/term.ts'
import { countedFrom } from '../period/period.ts'
import { periodRule } from '../period/rule.ts'
import { agreedPart, windowOf } from '../period/window.ts'
import { periodScope } from '../scope.ts'
import { truth } from '../type.ts'
import { unknown } from '../value.ts'
import { compileBounded } from './bounded.ts'
import { checkForecast } from './level-forecast.ts'
import type { Target } from './target.ts'

export const levelWords = ['at-least', 'at-most', 'per', 'risk-accepted'] as const
const deadlineWords = [
  'start',
  'when',
  'stop',
  'lifted-by',
  'within',
  'by',
  'clock',
  'pauses',
  'ends',
  'paired-by',
  'concerning',
] as const

/** A level: a measure that has to stay on one side of a bound in each period. */
export function levelTarget(
  words: TargetWords,
  { id, path }: { id: string; path: Path },
  compiling: Compiling,
): Target {
  const { names, faults } = compiling
  const bounded = compileBounded(words, { id, path }, compiling)
  const rule = periodRule(words.per, compiling, [...path, 'per'])
  if (countedFrom(rule) !== undefined)
    faults.add(
      'period_unknown',
      [...path, 'per'],
      `A level is promised for periods that both sides know beforehand: say a period of the calendar or of the agreement.`,
    )
  return {
    type: () => truth,
    ...(rule && { holdsIn: rule }),
    ...(bounded.atLeast && { promised: bounded.atLeast }),
    measured: namesRead([bounded.measure]),
    reads: namesRead(bounded.compiled),
    evaluate: (scope) => {
      const window = windowOf(rule, scope)
      return window
        ? bounded.holds(periodScope(scope, agreedPart(window, scope)))
        : leaf(unknown('a period'))
    },
    demand: (place, report) => {
      demandPeriod(rule, place, report, id)
    },
    check: (report) => {
      checkForecast(words, { ...bounded, path }, compiling)
      const place = { ...(rule && { period: rule }), events: [] }
      demandCompiled(bounded.compiled, place, names, report)
    },
    promises: () => [],
  }
}

export function checkLevel(words: TargetWords, path: Path, faults: Faults): void {
  for (const word of deadlineWords)
    if (words[word] !== undefined)
      faults.add(
        'word_without_effect',
        [...path, word],
        `A level holds in each period: “${word}” belongs to a deadline and changes nothing.`,
      )
  if ((words['at-least'] ?? words['at-most']) === undefined)
    faults.add('word_missing', path, 'Say “at-least:” or “at-most:”.')
  if (words.per === undefined)
    faults.add('word_missing', path, 'Say “per:”: over which period is the level measured?')
}
