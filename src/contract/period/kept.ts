import { firstPlace } from '../../kernel/place.ts'
import type { Instant, Period } from '../../kernel/time.ts'

/**
 * Zoned arithmetic took 38 % of a bill: periods once found are kept in their order, as many as a century has months.
 * Authors write the rules that they are found by, so of these too only so many are kept: all of them full are 20 MB.
 */
const found = new Map<string, Map<string, Period[]>>()
const foundMax = 1200
const rulesMax = 200
let rules = 0

export function keptPeriods(zone: string, rule: string): Period[] {
  return found.get(zone)?.get(rule) ?? begun(zone, rule)
}

function begun(zone: string, rule: string): Period[] {
  if (rules === rulesMax) {
    found.clear()
    rules = 0
  }
  const inZone = found.get(zone) ?? new Map<string, Period[]>()
  const kept: Period[] = []
  found.set(zone, inZone.set(rule, kept))
  rules += 1
  return kept
}

const placeOf = (kept: readonly Period[], at: Instant) =>
  firstPlace(kept.length, (one) => (kept[one]?.end ?? 0) > at)

export function heldBy(kept: readonly Period[], at: Instant): Period | undefined {
  const held = kept[placeOf(kept, at)]
  return held && held.start <= at ? held : undefined
}

export function keep(kept: Period[], period: Period): Period {
  if (kept.length >= foundMax) kept.length = 0
  kept.splice(placeOf(kept, period.start), 0, period)
  return period
}
