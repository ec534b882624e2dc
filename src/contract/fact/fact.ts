import type { Instant, Period } from '../../kernel/time.ts'
import type { FactShape } from '../language/fact.ts'
import type { PeriodRule } from '../period/period.ts'
import { Span, type Value } from '../value.ts'

/** Something that happened, as it was recorded. It never changes; a correction is another fact. */
export type Fact = {
  readonly id: string
  readonly kind: string
  readonly shape: FactShape
  /** When it happened; of an interval, when it began. */
  readonly at: Instant
  /** When an interval ended; absent while it is open. */
  readonly to?: Instant
  /** Its subject: what belongs together is about the same thing. */
  readonly about?: string
  /** The component it concerns, where it says one. */
  readonly component?: string
  readonly recorded: Instant
  /** Its place in the file that tells it; absent where ids alone tell apart what was recorded at one instant. */
  readonly place?: number
  readonly values: Readonly<Record<string, Value>>
  /** Nobody recorded it: it stands where the agreement or a period of it begins, and is about no subject. */
  readonly begins?: Period & { readonly rule: PeriodRule }
}

/** A fact as a stretch of time. */
export const spanOf = (fact: Fact) => new Span(fact.at, fact.to)

/** Equal instants go by when they were recorded, then by their order in a file, then by id; a period begins before them. */
export function inOrder(left: Fact, right: Fact): number {
  return (
    left.at - right.at ||
    left.recorded - right.recorded ||
    placeOf(left) - placeOf(right) ||
    (left.id < right.id ? -1 : 1)
  )
}

const placeOf = ({ begins, place = Number.MAX_SAFE_INTEGER }: Fact) => (begins ? -1 : place)
