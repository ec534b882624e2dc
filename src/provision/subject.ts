import type { SoFar } from '../agreement/contract.ts'
import type { Refusal } from '../kernel/refusal.ts'
import type { Instant } from '../kernel/time.ts'
import type { Thing } from './following.store.ts'
import { moversOf } from './moving.ts'
import { firstGiven, lastMovement, refuseProvision } from './rules.ts'

/** A fact about a single thing of the agreement is of the thing's own component; none was before it was given, nor moves it before it moved. */
export function subjectRefused(
  soFar: SoFar,
  things: readonly Thing[],
  fact: {
    readonly kind: string
    readonly about?: string | undefined
    readonly component?: string | undefined
    readonly instant: Instant
  },
): Refusal | undefined {
  const thing = things.find(({ row }) => row.tag === fact.about)
  if (!thing) return undefined
  const { component, row } = thing
  if (fact.component !== undefined && fact.component !== component.id)
    return refuseProvision('item_must_be_of_the_component', '/about')
  const given = firstGiven(soFar, row.tag)
  if (given !== undefined && fact.instant < given)
    return refuseProvision('instant_must_not_precede_hand_over', '/at')
  const last = lastMovement(soFar, { component, item: row })
  const moves = moversOf(soFar.agreement, component.id).its.has(fact.kind)
  return moves && last !== undefined && fact.instant < last
    ? refuseProvision('instant_must_not_precede_last_movement', '/at')
    : undefined
}
