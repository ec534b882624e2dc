import { grouped } from '../../kernel/grouped.ts'
import { century, endOfTime, type Instant, type Period, within } from '../../kernel/time.ts'
import { type Derivation, derive, type Input, leaf } from '../derivation.ts'
import { inOrder } from '../fact/fact.ts'
import { instantLeaf } from '../happening.ts'
import type { Asking, Happening, Reader, Scope, Window } from '../scope.ts'

/**
 * Terms speak of what happens while the agreement runs; after its end only those that survive it do, and before its start
 * none. What ends it belongs to it: a fee for each notice is due for the notice that ends the agreement at once. An
 * agreement with no other end than the agreed one needs no condition for what lies within it.
 */
export function whileRunning(event: Happening, asking: Asking, { survives }: Surviving): Input[] {
  const { agreed } = asking.frame
  if (survives && event.at >= agreed.start) return []
  const ending = asking.ending()
  if (ending.operation === undefined && within(event.at, agreed)) return []
  const at = { as: 'at', is: instantLeaf(event) }
  const started = derive('from', [
    at,
    { as: 'agreement starts', is: leaf(agreed.start, { clause: 'agreement_period' }) },
  ])
  if (survives) return [{ as: 'started', is: started, role: 'agreement running' }]
  const ends: Input = { as: 'agreement ends', is: ending, role: 'end of agreement' }
  const running = derive(comparedWithEnd(event, asking), [at, ends])
  return [
    {
      as: 'agreement running',
      role: 'agreement running',
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

/**
 * How an event is compared with the end. What ends the agreement belongs to it, and so does what has the same instant and
 * came before the fact that ends it then and there. Of an end that takes effect later, at the turn of a day, that alone does.
 */
export function comparedWithEnd({ at, fact }: Happening, asking: Asking): 'below' | 'up-to' {
  const ends = grouped(asking.ends(), { by: 'at', of: (end) => end.at, key: at })
  const end = ends.find(({ applies }) => applies?.value !== false) ?? ends.at(-1)
  if (!end || at >= asking.frame.agreed.end) return 'below'
  const isBefore = end.fact.at === at && !fact.begins && inOrder(fact, end.fact) < 0
  return fact === end.fact || isBefore ? 'up-to' : 'below'
}

type Surviving = { readonly survives: boolean }

/** A term that survives the end counts what happens later, too. */
export const countedBy = ({ survives }: Surviving): Pick<Scope, 'until'> =>
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

/** Whether what is so at an instant is so before the end; of what belongs to the end, with it. */
export const beforeEnd = (
  at: Derivation,
  ending: Derivation,
  compared: 'below' | 'up-to' = 'below',
): Derivation =>
  derive(
    compared,
    [
      { as: 'counted at', is: at, role: 'counted at' },
      { as: 'agreement ends', is: ending, role: 'end of agreement' },
    ],
    undefined,
    { clause: 'agreement_period' },
  )

/** Years 1900 to 2999 are no end: what goes on for a century is open. */
export const hasEnd = ({ start, end }: Period) => end < endOfTime && end - start < century
