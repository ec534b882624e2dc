import { type Derivation, derive } from '../../derivation.ts'
import { paired } from '../../fact/alike.ts'
import { happened, instantLeaf } from '../../happening.ts'
import type { TargetWords } from '../../language/term.ts'
import type { Asking, Happening, Scope } from '../../scope.ts'
import type { Deadline } from './deadline.ts'

type Lifting = {
  readonly scope: Scope
  readonly id: string
  readonly deadline: Deadline
  readonly stop: Derivation
  readonly isOurs: (event: Happening) => boolean
}
/** What lifts a deadline: when, and whether it came before the time was up and before it was done. */
type Lift = { readonly at: Derivation; readonly isLifted: Derivation }

/** The first event about the same subject, at or after the start, that lifts it; none where there is none. */
export function liftOf(
  words: TargetWords,
  start: Happening,
  { scope, id, deadline, stop, isOurs }: Lifting,
): Lift | undefined {
  const lifts = liftsOf(words, start, scope.asking).filter(isOurs)
  if (lifts.length === 0) return undefined
  const begun = instantLeaf(start)
  const at = derive('first-from', [{ as: 'start', is: begun }, ...lifts.map(happened)])
  if (typeof at.value !== 'number') return undefined
  // What is lifted is held up no longer.
  const due = deadline.due(scope, begun, { event: start, done: at })
  const said = { clause: id, name: `${id}.lifted`, role: 'lift' } as const
  const inTime = deadline.kept(scope, { due, done: at, ...said })
  const notDone = derive('below', [
    { as: words['lifted-by'] ?? '', is: at },
    { as: 'done', is: stop },
  ])
  const conditions = [
    { as: 'in time', is: inTime },
    ...(typeof stop.value === 'number' ? [{ as: 'not done', is: notDone }] : []),
  ]
  return { at, isLifted: derive('all', conditions, undefined, { clause: id }) }
}

const liftsOf = (
  { 'lifted-by': lifts, 'paired-by': by }: TargetWords,
  start: Happening,
  asking: Asking,
): readonly Happening[] => (lifts === undefined ? [] : paired(asking.happenings(lifts), start, by))

/** When it is over for what holds it up: done, or lifted before. */
export const overBy = (stop: Derivation, lift: Lift | undefined): Derivation =>
  lift
    ? derive('choose', [
        { as: 'lifted', is: lift.isLifted },
        { as: 'then', is: lift.at },
        { as: 'otherwise', is: stop },
      ])
    : stop

/** Under its condition, and unless it is lifted: what is lifted is as though it had never begun. */
export function beginsUnless(
  when: Derivation | undefined,
  lift: Lift | undefined,
): Derivation | undefined {
  if (!lift) return when
  const stands = derive('not', [{ as: 'lifted', is: lift.isLifted }])
  if (!when) return stands
  return derive('all', [
    { as: 'when', is: when },
    { as: 'not lifted', is: stands },
  ])
}
