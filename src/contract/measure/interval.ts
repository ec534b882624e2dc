import type { Period } from '../../kernel/time.ts'
import { leaf } from '../derivation.ts'
import { spanOf } from '../fact.ts'
import { partOf } from '../operation-time.ts'
import { type Compiling, type Measure, periodScope } from '../reading.ts'
import type { Place, Report, Scope } from '../scope.ts'
import { unknown } from '../value.ts'

/** The word for the interval at hand as the period of a measure. */
export const ofInterval = 'this'

/**
 * What happens while the interval at hand lasts: a period that no rule gives, such as that of a statement. Its subject
 * stays at hand; one that has not ended reaches to the instant that is asked about, as its time does.
 */
export function intervalMeasure(name: string, measure: Measure, { names }: Compiling): Measure {
  const { type, reads, parts } = measure
  return {
    type,
    reads,
    ...(parts && { parts }),
    evaluate: (scope) => {
      const period = intervalOf(scope)
      if (!period || !scope.event) return leaf(unknown('an interval'), { name })
      return measure.evaluate({ ...periodScope(scope, period), subject: scope.event })
    },
    demand: (place: Place, report: Report) => {
      const [kind] = place.events.filter((one) => names.fact(one)?.shape === 'interval')
      if (kind === undefined)
        report(
          'event_not_at_hand',
          `“${name}” is of the interval at hand, and ${place.events.length === 0 ? 'none is at hand' : `“${place.events[0]}” has no length`}: read it in a term “each:” of an interval.`,
        )
      // Its edges are those of facts, and on no grid of days or months.
      const period = { is: 'since', kind: kind ?? '' } as const
      measure.demand({ period, events: [], hasSubject: true }, report)
    },
  }
}

function intervalOf({ asking, event, forEach, part }: Scope): Period | undefined {
  if (!event || forEach || event.fact.shape !== 'interval') return undefined
  const span = spanOf(event.fact)
  const { start, end = asking.asOf + 1 } = part ? partOf(span, part) : span
  return { start, end: Math.max(start, end) }
}
