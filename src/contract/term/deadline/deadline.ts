import type { Compiling } from '../../compiling.ts'
import { namesRead } from '../../demand.ts'
import type { Derivation } from '../../derivation.ts'
import type { Path } from '../../document/fault.ts'
import type { TargetWords } from '../../language/term.ts'
import type { Compiled, Happening, Place, Report, Scope } from '../../scope.ts'
import { byDate } from './by.ts'
import { type Clock, compileClock } from './clock.ts'
import { checkWhere, compileMost, compileWhere } from './pauses.ts'
import { withinLength } from './within.ts'

export type DeadlineTold = {
  readonly id: string
  readonly path: Path
  /** Where a distance from the end of a period is written, if not under `by`. */
  readonly lengthAt?: Path
  /** It is counted from the start of a period, with whose first day the days begin. */
  readonly fromStart?: true
}

export type DeadlineWords = Pick<
  TargetWords,
  'within' | 'by' | 'clock' | 'pauses' | 'ends' | 'paired-by'
>
export type Deadline = {
  readonly due: (scope: Scope, start: Derivation, of?: Started) => Derivation
  /** Whether what was done was done in time. A length includes its last instant; “by the end of June” excludes the first of July. */
  readonly kept: (scope: Scope, sides: Sides) => Derivation
  readonly reads: readonly string[]
  readonly check: (place: Place, report: Report) => void
}
/** How it is counted: by which hours, and how far pauses may move it. */
export type Counting = {
  readonly clock: Clock
  readonly most: Compiled | undefined
  readonly where: Compiled | undefined
}
/** Counted from an event its pauses are known, and they count until it is done. */
export type Started = { readonly event: Happening; readonly done?: Derivation }
type Sides = {
  readonly due: Derivation
  readonly done: Derivation
  /** What answers cite, and what is missing while there is still time. */
  readonly clause: string
  readonly name: string
  readonly of?: string
  readonly role?: 'lift'
}

/** One shape of deadline for targets, duties, claims and what takes effect later. */
export function compileDeadline(
  words: DeadlineWords,
  told: DeadlineTold,
  compiling: Compiling,
): Deadline {
  const { faults } = compiling
  const clock = compileClock(words.clock, told, compiling)
  if ((words.within === undefined) === (words.by === undefined))
    faults.add('word_missing', told.path, 'Say “within:” a length or “by:” a date: one of the two.')
  const where = compileWhere(words, told, compiling)
  const counting = { ...told, clock, most: compileMost(words, told, compiling), where }
  const deadline = words.by
    ? byDate(words.by, words, counting, compiling)
    : withinLength(words, counting, compiling)
  return {
    ...deadline,
    reads: [...deadline.reads, ...namesRead([where])],
    check: (place, report) => {
      deadline.check(place, report)
      checkWhere(where, words, compiling, report)
    },
  }
}
