import { beginningOfTime } from '../../kernel/time.ts'
import { type Compiling, lazily, type Measure, type Told } from '../compiling.ts'
import { demandCompiled, namesRead } from '../demand.ts'
import { derive, leaf } from '../derivation.ts'
import { instantLeaf } from '../happening.ts'
import type { MeasureWords } from '../language/measure.ts'
import { unknown } from '../value.ts'
import { compileMoment } from './between.ts'

type MonthsWords = Extract<MeasureWords, { months: string }>
const unit = { unit: 'months' }

/** Months that are over or left, on the boundaries of the agreement or of a term within it that has a start of its own. */
export function monthsMeasure(words: MonthsWords, compiling: Compiling, told: Told): Measure {
  const { name, path } = told
  const { names, zone } = compiling
  const edge = (word: 'from' | 'until') =>
    lazily(() => compileMoment(words[word], compiling, { name, path: [...path, word] }))
  const [from, until] = [edge('from'), edge('until')]
  return {
    type: () => {
      from()
      until()
      return { is: 'number', ...unit }
    },
    reads: () => namesRead([from(), until()]),
    evaluate: (scope) => {
      const { event, period, at } = scope
      const { agreed } = scope.asking.frame
      const starts = from()?.evaluate(scope)
      if (!starts && agreed.start === beginningOfTime)
        return leaf(unknown('the start of the agreement'), unit)
      const ends = until()?.evaluate(scope)
      const now = event ? instantLeaf(event) : leaf(period?.start ?? at)
      const ofAgreement = (instant: number) => leaf(instant, { clause: 'agreement_period' })
      return derive(
        'months',
        [
          { as: 'at', is: now },
          starts
            ? { as: 'starts', is: starts }
            : { as: 'agreement starts', is: ofAgreement(agreed.start) },
          ends ? { as: 'ends', is: ends } : { as: 'agreement ends', is: ofAgreement(agreed.end) },
        ],
        { count: words.months, parts: words.parts, zone },
        unit,
      )
    },
    demand: (place, report) => demandCompiled([from(), until()], place, names, report),
  }
}
