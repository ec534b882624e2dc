import type { Compiling } from '../compiling.ts'
import { demandCompiled, demandPeriod, namesRead } from '../demand.ts'
import { derive, leaf } from '../derivation.ts'
import type { Faults, Path } from '../document/fault.ts'
import { compileExpression, compileTyped } from '../formula/expression.ts'
import { isOrdered, unitHint } from '../formula/operator.ts'
import { refuseMisordered } from '../formula/range.ts'
import { joined, truth, typeText } from '../formula/type.ts'
import type { TargetWords } from '../language/term.ts'
import { countedFrom } from '../period/period.ts'
import { periodRule } from '../period/rule.ts'
import { windowOf } from '../period/window.ts'
import type { Compiled, Evaluate } from '../scope.ts'
import { periodScope } from '../scope.ts'
import { unknown } from '../value.ts'
import { checkForecast } from './level-forecast.ts'
import type { Target } from './target.ts'

export const levelWords = ['at-least', 'at-most', 'per', 'risk-accepted'] as const
const deadlineWords = [
  'start',
  'when',
  'stop',
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
  const { names, zone, faults } = compiling
  const place = { names, zone, faults, path, clause: id }
  const measure = compileExpression(words.measure ?? '', { ...place, path: [...path, 'measure'] })
  const bound = (word: 'at-least' | 'at-most') =>
    words[word] === undefined
      ? undefined
      : compileTyped(words[word] ?? '', measure.type, { ...place, path: [...path, word] })
  const [atLeast, atMost] = [bound('at-least'), bound('at-most')]
  const bounds = { 'at-least': atLeast, 'at-most': atMost }
  checkBounded(words.measure ?? '', measure, bounds, { faults, path })
  const rule =
    words.per === undefined ? undefined : periodRule(words.per, compiling, [...path, 'per'])
  if (countedFrom(rule) !== undefined)
    faults.add(
      'period_unknown',
      [...path, 'per'],
      `A level is promised for periods that both sides know beforehand: say a period of the calendar or of the agreement.`,
    )
  const evaluate: Evaluate = (scope) => {
    const window = windowOf(rule, scope)
    if (!window) return leaf(unknown('a period'))
    const inner = periodScope(scope, window)
    const value = { as: 'measured', is: measure.evaluate(inner) }
    const sides = [
      ...(atLeast
        ? [
            {
              as: 'at least',
              is: derive('from', [value, { as: 'at least', is: atLeast.evaluate(inner) }]),
            },
          ]
        : []),
      ...(atMost
        ? [
            {
              as: 'at most',
              is: derive('up-to', [value, { as: 'at most', is: atMost.evaluate(inner) }]),
            },
          ]
        : []),
    ]
    return derive('all', sides, undefined, { clause: id, name: id })
  }
  return {
    type: () => truth,
    ...(rule && { holdsIn: rule }),
    ...(atLeast && { promised: atLeast }),
    measured: namesRead([measure]),
    reads: namesRead([measure, atLeast, atMost]),
    evaluate,
    demand: (place, report) => {
      demandPeriod(rule, place, report, id)
    },
    check: (report) => {
      checkForecast(words, { path, measure, atLeast }, compiling)
      demandCompiled(
        [measure, atLeast, atMost],
        { ...(rule && { period: rule }), events: [] },
        names,
        report,
      )
    },
    promises: () => [],
  }
}

/** What is bounded has an order, and one unit: yes is not more than no, and 0.99 no level of 0.99 minutes. */
export function checkBounded(
  text: string,
  measure: Compiled,
  bounds: Readonly<Record<string, Compiled | undefined>>,
  place: { faults: Faults; path: Path },
): void {
  const { type } = measure
  refuseMisordered([bounds['at-least'], bounds['at-most']], ['at-least', 'at-most'], place)
  const asNumber =
    type.is === 'truth' ? text : type.is === 'choice' ? `${text} == "${type.words[0]}"` : undefined
  if (isOrdered(type)) checkUnits(measure, bounds, place)
  else
    place.faults.add(
      'types_do_not_fit',
      [...place.path, 'measure'],
      `“${text}” is ${typeText(type)}: none is more than another.${asNumber === undefined ? '' : ` Bound a number: measure: '${asNumber} ? 1 : 0', at-least: 1.`}`,
    )
}

function checkUnits(
  measure: Compiled,
  bounds: Readonly<Record<string, Compiled | undefined>>,
  { faults, path }: { faults: Faults; path: Path },
): void {
  // Where the measure has a unit the bound was held against it when it was read.
  for (const [word, bound] of Object.entries(bounds))
    if (bound?.type.is === 'number' && measure.type.is === 'number' && !measure.type.unit)
      if (!joined(bound.type, measure.type))
        faults.add(
          'units_do_not_fit',
          [...path, word],
          `${typeText(measure.type)} is compared with ${typeText(bound.type)}.${unitHint(measure.type, bound.type)}`,
        )
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
