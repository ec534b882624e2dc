import type { Compiling, Measure } from '../compiling.ts'
import { leaf } from '../derivation.ts'
import { spanOf } from '../fact/fact.ts'
import { partOf } from '../operation/time.ts'
import type { Names, Place, Report, Scope, Window } from '../scope.ts'
import { periodScope } from '../scope.ts'
import { unknown } from '../value.ts'

/** The word for the interval at hand as the period of a measure. */
export const ofInterval = 'this'

/**
 * What happens while the interval at hand lasts: a period that no rule gives, such as that of a statement. Its subject
 * stays at hand, and where a formula is read, the interval itself; one that has not ended reaches to the instant that is
 * asked about, as its time does.
 */
export function intervalMeasure(
  name: string,
  measure: Measure,
  { names, isFormula }: Pick<Compiling, 'names'> & { readonly isFormula: boolean },
): Measure {
  const { type, reads, parts } = measure
  return {
    type,
    reads,
    ...(parts && { parts }),
    evaluate: (scope) => {
      const period = intervalOf(scope)
      const { event, part } = scope
      if (!period || !event) return leaf(unknown('an interval'), { name })
      const atHand = isFormula ? { event, ...(part && { part }) } : {}
      return measure.evaluate({ ...periodScope(scope, period), subject: event, ...atHand })
    },
    demand: (place: Place, report: Report) => {
      const [kind] = place.events.filter((one) => names.fact(one)?.shape === 'interval')
      if (kind === undefined)
        report(
          'event_not_at_hand',
          `“${name}” is of the interval at hand, and ${place.events.length === 0 ? 'none is at hand' : `“${lengthless(place.events[0] ?? '', names)}” has no length`}: read it in a term “each:” of an interval.`,
        )
      const events = isFormula ? place.events : []
      measure.demand({ period: { is: 'interval' }, events, subject: {} }, report)
    },
  }
}

/** Of a name for several kinds the one that has none. */
const lengthless = (event: string, names: Names) =>
  names.fact(event)?.anyOf?.find((kind) => names.fact(kind)?.shape !== 'interval') ?? event

/** What is recorded at the instant that is asked about counts in what has not ended; time in it passes up to then. */
function intervalOf({ asking: { asOf }, event, part }: Scope): Window | undefined {
  if (event?.fact.shape !== 'interval') return undefined
  const span = spanOf(event.fact)
  const { start, end } = part ? partOf(span, part) : span
  if (end !== undefined) return { start, end: Math.max(start, end) }
  return { start, end: Math.max(start, asOf + 1), upTo: leaf(asOf), isOngoing: true }
}
