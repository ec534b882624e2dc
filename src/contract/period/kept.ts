import { firstPlace } from '../../kernel/place.ts'
import type { Instant, Period } from '../../kernel/time.ts'

/** Zoned arithmetic took 38 % of a bill: periods once found are kept in their order, as many as a century has months. */
const found = new Map<string, Map<string, Period[]>>()
const foundMax = 1200

export function keptPeriods(zone: string, key: string): Period[] {
  const inZone = found.get(zone) ?? new Map<string, Period[]>()
  const kept = inZone.get(key) ?? []
  found.set(zone, inZone.set(key, kept))
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
