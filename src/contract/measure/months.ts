import { beginningOfTime } from '../../kernel/time.ts'
import { derive, leaf } from '../derivation.ts'
import type { MeasureWords } from '../language/measure.ts'
import { type Compiling, instantLeaf, type Measure } from '../reading.ts'
import { unknown } from '../value.ts'

type MonthsWords = Extract<MeasureWords, { months: string }>
const unit = { unit: 'months' }

/** Months of the agreement that are over or left, on its own boundaries. */
export function monthsMeasure(words: MonthsWords, { zone }: Compiling): Measure {
  return {
    type: () => ({ is: 'number', ...unit }),
    reads: () => [],
    evaluate: ({ asking, event, period, at, forEach }) => {
      const { agreed } = asking.frame
      if (agreed.start === beginningOfTime) return leaf(unknown('the start of the agreement'), unit)
      const now = event && !forEach ? instantLeaf(event) : leaf(period?.start ?? at)
      return derive(
        'months',
        [
          { as: 'at', is: now },
          { as: 'agreement starts', is: leaf(agreed.start, { clause: 'agreement_period' }) },
          { as: 'agreement ends', is: leaf(agreed.end, { clause: 'agreement_period' }) },
        ],
        { count: words.months, parts: words.parts, zone },
        unit,
      )
    },
    demand: () => {},
  }
}
