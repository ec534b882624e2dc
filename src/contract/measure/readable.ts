import type { Compiling } from '../compiling.ts'
import type { FactKind } from '../fact/fact-kind.ts'
import { lacksEvent } from '../period/own-period.ts'
import type { Names, Report } from '../scope.ts'

/**
 * There is an event at hand or a period, never both: a measure that needs both has no value anywhere, nor has one of an
 * interval that takes what lies across its edges, nor one of a period of its own that needs an event in it.
 */
export function checkReadable(
  name: string,
  { names, faults }: Compiling,
  kinds: ReadonlyMap<string, FactKind>,
): void {
  const path = ['measures', name]
  const needs = new Map<string, string>()
  const report: Report = (fault, words) => needs.set(fault, words)
  names.find(name)?.demand({ events: [] }, report)
  if (!needs.has('event_not_at_hand')) return
  for (const fault of ['period_needed', 'periods_do_not_fit'] as const) {
    const words = needs.get(fault)
    if (words !== undefined) faults.add(fault, path, words)
  }
  if (isWithoutEvent(name, names, kinds))
    faults.add(
      'event_not_at_hand',
      path,
      `“${name}” would never have a value: with “per:” it is of a period of its own, in which no event is at hand, and what it reads needs one. Leave “per:” out, so that it is read for the event at hand; while an interval lasts it is “per: this”.`,
    )
}

/** Whether it has none at hand whatever it is read for. */
function isWithoutEvent(name: string, names: Names, kinds: ReadonlyMap<string, FactKind>): boolean {
  const measure = names.find(name)
  if (!measure?.per?.()) return false
  const made = [...names.known()].flatMap((one) =>
    names.find(one)?.sort === 'promise' ? [`${one}.met`, `${one}.missed`] : [one],
  )
  return lacksEvent(measure.demand, { events: [...kinds.keys(), ...made] })
}
