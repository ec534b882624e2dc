import type { Compiling } from '../compiling.ts'
import { type Derivation, derive } from '../derivation.ts'
import type { Faults, Path } from '../document/fault.ts'
import { compileExpression } from '../formula/expression.ts'
import { isOrdered, unitHint } from '../formula/operator.ts'
import { refuseMisordered } from '../formula/range.ts'
import type { TargetWords } from '../language/term.ts'
import type { Compiled, Scope } from '../scope.ts'
import { joined, typeText } from '../type.ts'

/** A measure that has to stay on one side of a bound, or between two: what a level promises, and what a limit allows. */
type Bounded = {
  readonly measure: Compiled
  readonly atLeast: Compiled | undefined
  /** The measure and its bounds. */
  readonly compiled: readonly (Compiled | undefined)[]
  readonly holds: (scope: Scope) => Derivation
}
type BoundedWords = Pick<TargetWords, 'measure' | 'at-least' | 'at-most'>
type Place = { readonly id: string; readonly path: Path }

export function compileBounded(
  words: BoundedWords,
  { id, path }: Place,
  compiling: Compiling,
): Bounded {
  const place = (word: string) => ({ path: [...path, word], clause: id })
  const measure = compileExpression(words.measure ?? '', compiling, place('measure'))
  const bound = (word: 'at-least' | 'at-most') =>
    compileExpression(words[word], compiling, { ...place(word), expected: measure.type })
  const bounds = { 'at-least': bound('at-least'), 'at-most': bound('at-most') }
  checkBounded(words.measure ?? '', measure, bounds, { faults: compiling.faults, path })
  const { 'at-least': atLeast, 'at-most': atMost } = bounds
  const sides = [
    ...(atLeast ? [{ as: 'at least', compared: 'from', by: atLeast } as const] : []),
    ...(atMost ? [{ as: 'at most', compared: 'up-to', by: atMost } as const] : []),
  ]
  return {
    measure,
    atLeast,
    compiled: [measure, atLeast, atMost],
    holds: (scope) => {
      const measured = { as: 'measured', is: measure.evaluate(scope) }
      const held = sides.map(({ as, compared, by }) => ({
        as,
        is: derive(compared, [measured, { as, is: by.evaluate(scope) }]),
      }))
      return derive('all', held, undefined, { clause: id, name: id })
    },
  }
}

/** What is bounded has an order, and one unit: yes is not more than no, and 0.99 no level of 0.99 minutes. */
function checkBounded(
  text: string,
  measure: Compiled,
  bounds: Readonly<Record<'at-least' | 'at-most', Compiled | undefined>>,
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
