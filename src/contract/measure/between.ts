import { type Compiling, lazily, type Measure, type Told, unknownName } from '../compiling.ts'
import { demandCompiled, namesRead } from '../demand.ts'
import { derive, roundedBy } from '../derivation.ts'
import { compileExpression } from '../formula/expression.ts'
import type { MeasureWords } from '../language/measure.ts'
import { typeText } from '../type.ts'

type BetweenWords = Extract<MeasureWords, { between: unknown }>

/** How long it is from one date or instant to another. */
export function betweenMeasure(words: BetweenWords, compiling: Compiling, told: Told): Measure {
  const { name, path } = told
  const { names, faults, zone, calendars } = compiling
  const calendar = words.calendar === undefined ? undefined : calendars.get(words.calendar)
  if (words.calendar !== undefined && !calendar)
    unknownName(words.calendar, compiling, { path: [...path, 'calendar'], sorts: ['calendar'] })
  const moment = (at: 0 | 1) =>
    compileMoment(words.between[at], compiling, { name, path: [...path, 'between', at] })
  const ends = lazily(() => ({ from: moment(0), to: moment(1) }))
  const unit = { unit: words.in }
  if ((words.in === 'months' || words.in === 'years') && words.calendar !== undefined)
    faults.add(
      'words_exclude_each_other',
      [...path, 'calendar'],
      'Hours that are open make no months: say “in:” days, hours or minutes, or leave the calendar out.',
    )
  return {
    type: () => {
      ends()
      return { is: 'number', ...unit }
    },
    reads: () => namesRead([ends().from, ends().to]),
    evaluate: (scope) => {
      const inputs = [
        { as: 'from', is: ends().from.evaluate(scope) },
        { as: 'to', is: ends().to.evaluate(scope) },
      ]
      const settings = { ...unit, zone, ...(calendar && { calendar }) }
      return roundedBy(words.rounded, derive('between', inputs, settings, unit), unit)
    },
    demand: (place, report) => demandCompiled([ends().from, ends().to], place, names, report),
  }
}

/** A date or a date and time. */
export function compileMoment<Text extends string | undefined>(
  text: Text,
  compiling: Compiling,
  told: Told,
) {
  const compiled = compileExpression(text, compiling, told)
  if (compiled && !['date', 'instant', 'any'].includes(compiled.type.is))
    compiling.faults.add(
      'types_do_not_fit',
      told.path,
      `“${text}” is ${typeText(compiled.type)}; a date or a date and time stands here.`,
    )
  return compiled
}
