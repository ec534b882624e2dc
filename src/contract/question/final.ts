import type { Instant, Period } from '../../kernel/time.ts'
import type { Derivation } from '../derivation.ts'
import type { Fact } from '../fact/fact.ts'
import type { Line } from '../scope.ts'
import { isUnknown } from '../value.ts'

/**
 * Whether what was found stays as it is, whatever is recorded from now on: the period that is asked about is over, and so
 * is every window that the answer rests on, nothing that it needs is missing, and no line of it may still be claimed.
 */
export function isFinal({ asOf, period, derivation, lines = [] }: Found): boolean {
  const isOver = period === undefined || period.end <= asOf
  const isKnown = !isUnknown(derivation.value)
  return isOver && isKnown && !derivation.mayChange && !lines.some(awaitsClaim)
}
type Found = {
  readonly asOf: Instant
  readonly period?: Period | undefined
  readonly derivation: Derivation
  readonly lines?: readonly Line[] | undefined
}

/** A line that may still be claimed is not what it stays. */
export const awaitsClaim = ({ claim }: Line): boolean =>
  claim !== undefined && isUnknown(claim.inTime.value)

/** What has not ended has not come to what it will. */
export const isOngoing = ({ shape, to }: Fact): boolean => shape === 'interval' && to === undefined
