import type { OrderRow } from '../consumption/store.ts'
import type { Fact } from '../contract/fact/fact.ts'
import { type Instant, utcText } from '../kernel/time.ts'

/** Beyond that a page is no longer looked through; what lies before is on the page as of an earlier instant. */
const factsMax = 1000
const performedMax = 200

export type Latest = {
  /** In the order in which they happened. */
  readonly facts: readonly Fact[]
  readonly orders: readonly OrderRow[]
  /** The instant to look at for what lies before, where that is not all. */
  readonly earlier?: string
}

/** Of what happened by an instant the latest; of the orders all that wait, and of the others the latest. */
export function latestOf(facts: readonly Fact[], orders: readonly OrderRow[], at: Instant): Latest {
  const happened = facts.filter((fact) => fact.at <= at).toSorted((one, other) => one.at - other.at)
  const kept = happened.slice(-factsMax)
  const performed = orders.filter(({ status }) => status === 'performed')
  const old = new Set(performed.slice(0, -performedMax))
  const [first] = performed.slice(-performedMax)
  // The later of the two: then the page as of that instant leaves nothing out between.
  const cuts = [
    ...(kept.length < happened.length ? [utcText(kept[0]?.at ?? at)] : []),
    ...(old.size > 0 && first ? [first.requested_at] : []),
  ]
  const earlier = cuts.toSorted().at(-1)
  return {
    facts: kept,
    orders: orders.filter((order) => !old.has(order)),
    ...(earlier !== undefined && { earlier }),
  }
}
