import type { Compiling } from '../../compiling.ts'
import type { Derivation } from '../../derivation.ts'
import type { Path } from '../../document/fault.ts'
import type { TargetWords } from '../../language/term.ts'
import type { Happening, Place, Report, Scope } from '../../scope.ts'
import { byDate } from './by.ts'
import { compileClock } from './clock.ts'
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
/** Counted from an event its pauses are known, and they count until it is done. */
export type Started = { readonly event: Happening; readonly done?: Derivation }
type Sides = {
  readonly due: Derivation
  readonly done: Derivation
  /** What answers cite, and what is missing while there is still time. */
  readonly clause: string
  readonly name: string
  readonly of?: string
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
  const clocked = { ...told, clock }
  return words.by
    ? byDate(words.by, words, clocked, compiling)
    : withinLength(words, clocked, compiling)
}
