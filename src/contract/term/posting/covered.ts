import type { Instant, Period } from '../../../kernel/time.ts'
import { clipped } from '../../../kernel/time.ts'
import { type Derivation, type Input, leaf } from '../../derivation.ts'
import type { Asking } from '../../scope.ts'
import type { Bounds } from './bounds.ts'

/** How much of a period a charge or credit is for. */
export type Covered = {
  readonly covered: Period
  /** Its bounds leave nothing of it. */
  readonly isEmpty: boolean
  /** The agreement may end inside it: then its share is asked for, whatever comes of it. */
  readonly mayEnd: boolean
  /** What the share of it rests on: a period, and the instants between which it counts. */
  readonly part: { readonly covered: Period; readonly between: readonly Input[] }
  readonly conditions: readonly Input[]
  /** The last instant before it is over: one that an end cuts is over when it is cut. */
  readonly last: Instant
}
type Given = {
  readonly service: Period
  readonly bounds: Bounds
  /** What is left of it at an early end is credited then: it is charged for as a whole. */
  readonly isCredited: boolean
}

/** Between its bounds, and until the agreement ends. */
export function coveredPart(asking: Asking, { service, bounds, isCredited }: Given): Covered {
  const ending = asking.ending()
  const mayEnd = !isCredited && asking.ends().some(({ at }) => isInside(at, service))
  const isWhole = isCredited || typeof ending.value !== 'number'
  const end = isWhole ? service.end : Math.min(service.end, Number(ending.value))
  const charged = clipped(service, { start: service.start, end }) ?? service
  const bound = bounds.within(asking, charged)
  const covered = bound.covered ?? charged
  return {
    covered,
    isEmpty: bound.covered === undefined,
    mayEnd,
    part: mayEnd
      ? {
          covered: service,
          between: untilEnd(bounds.within(asking, service).part, service, ending),
        }
      : { covered: charged, between: bound.covered ? bound.part : [] },
    conditions: bound.conditions,
    last: overBy(ending, covered) - 1,
  }
}

const isInside = (at: Instant, { start, end }: Period) => start < at && at < end

function untilEnd(edges: readonly Input[], { start, end }: Period, ending: Derivation): Input[] {
  const whole = [
    { as: 'from', is: leaf(start) },
    { as: 'until', is: leaf(end) },
  ]
  return [...(edges.length > 0 ? edges : whole), { as: 'agreement ends', is: ending }]
}

/** A period that an end cuts is over when it is cut, whether it was agreed or came early. */
function overBy({ value }: Derivation, { start, end }: Period): Instant {
  return typeof value === 'number' && start < value ? Math.min(value, end) : end
}
