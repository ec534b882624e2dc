import { grouped } from '../../kernel/grouped.ts'
import { century, endOfTime, type Instant, type Period, within } from '../../kernel/time.ts'
import { type Derivation, derive, type Input, leaf } from '../derivation.ts'
import { instantLeaf } from '../happening.ts'
import type { Asking, Happening, Reader, Scope, Window } from '../scope.ts'

/**
 * Terms speak of what happens while the agreement runs; after its end only those that survive it do. What ends it belongs
 * to it: a fee for each notice is due for the notice that ends the agreement at once. An agreement with no other end than
 * the agreed one needs no condition for what lies within it.
 */
export function whileRunning(event: Happening, asking: Asking): Input[] {
  const { agreed } = asking.frame
  const ending = asking.ending()
  if (ending.operation === undefined && within(event.at, agreed)) return []
  const at = { as: 'at', is: instantLeaf(event) }
  const started = derive('from', [
    at,
    { as: 'agreement starts', is: leaf(agreed.start, { clause: 'agreement_period' }) },
  ])
  const ends = { as: 'agreement ends', is: ending }
  const running = derive(bringsEnd(event, asking) ? 'up-to' : 'below', [at, ends])
  return [
    {
      as: 'agreement running',
      is: derive(
        'all',
        [
          { as: 'started', is: started },
          { as: 'not ended', is: running },
        ],
        undefined,
        { clause: 'agreement_period' },
      ),
    },
  ]
}

/** Whether the agreement ends, as far as a clause has it, with this event and at its instant. */
export function bringsEnd({ at, fact }: Happening, asking: Asking): boolean {
  const ends = grouped(asking.ends(), { by: 'fact', of: (end) => end.fact, key: fact })
  return ends.some((end) => end.at === at) && at < asking.frame.agreed.end
}

/** A term that survives the end counts what happens later, too. */
export const countedBy = ({ survives }: { readonly survives: boolean }): Pick<Scope, 'until'> =>
  survives ? { until: endOfTime } : {}

/** The time that a measure is of: facts outside it do not count. */
export type Counted = {
  readonly period: Period
  /** The end of the agreement, where it may come before the period is over: each fact is compared with it. */
  readonly ending?: Derivation
}

/** From the start of the agreement until its end, agreed or early, unless the reader counts until another instant. */
export function countedTime({ asking, until }: Pick<Scope, 'asking' | 'until'>): Counted {
  const { agreed } = asking.frame
  if (until !== undefined) return { period: { start: agreed.start, end: until } }
  const ending = asking.ending()
  return ending.operation === undefined ? { period: agreed } : { period: agreed, ending }
}

/** The end as it stands now. */
export const endOf = ({ period, ending }: Counted): Instant =>
  typeof ending?.value === 'number' ? Math.min(ending.value, period.end) : period.end

/**
 * What is read of a window may change until the window is over: facts may still come that count in it. One that reaches up
 * to an event is over with it, and none goes on after the end of the agreement.
 */
export function untilOver(found: Derivation, window: Window, scope: Reader): Derivation {
  const isOver =
    (window.upTo !== undefined && !window.isOngoing) ||
    window.end <= scope.asking.asOf ||
    endOf(countedTime(scope)) <= scope.asking.asOf
  return isOver || found.mayChange ? found : { ...found, mayChange: true }
}

/** Whether what is so at an instant is so before the end; what brings the end, with it. */
export const beforeEnd = (
  at: Derivation,
  ending: Derivation,
  compared: 'below' | 'up-to' = 'below',
): Derivation =>
  derive(
    compared,
    [
      { as: 'counted at', is: at },
      { as: 'agreement ends', is: ending },
    ],
    undefined,
    { clause: 'agreement_period' },
  )

/** Years 1900 to 2999 are no end: what goes on for a century is open. */
export const hasEnd = ({ start, end }: Period) => end < endOfTime && end - start < century
