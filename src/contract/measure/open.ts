import { type Compiling, lazily, type Measure, type Told, unknownName } from '../compiling.ts'
import { demandCompiled, namesRead } from '../demand.ts'
import { derive, leaf } from '../derivation.ts'
import { compileExpression } from '../formula/expression.ts'
import { instantLeaf } from '../happening.ts'
import type { MeasureWords } from '../language/measure.ts'
import { truth } from '../type.ts'
import { unknown } from '../value.ts'

type OpenWords = Extract<MeasureWords, { open: unknown }>

/** Whether a calendar is open at the event at hand, or at an instant that is agreed or that it says. */
export function openMeasure(words: OpenWords, compiling: Compiling, told: Told): Measure {
  const { name, path } = told
  const { names } = compiling
  const calendar = compiling.calendars.get(words.open)
  if (!calendar)
    unknownName(words.open, compiling, { path: [...path, 'open'], sorts: ['calendar'] })
  const said = lazily(() =>
    compileExpression(words.at, compiling, {
      path: [...path, 'at'],
      name,
      expected: { is: 'instant' },
    }),
  )
  return {
    type: () => {
      said()
      return truth
    },
    reads: () => namesRead([said()]),
    evaluate: (scope) => {
      const own = scope.event ? instantLeaf(scope.event) : leaf(scope.at)
      const at = said()?.evaluate(scope) ?? own
      return calendar
        ? derive('open', [{ as: 'at', is: at }], { calendar })
        : leaf(unknown(words.open))
    },
    demand: (place, report) => {
      demandCompiled([said()], place, names, report)
      if (words.at === undefined && place.events.length === 0)
        report(
          'event_not_at_hand',
          '“open” asks whether the calendar was open at an event; no event is at hand. Say “at:” an instant.',
        )
    },
  }
}
