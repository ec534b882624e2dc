import type { Derivation } from '../../derivation.ts'
import type { Faults, Path } from '../../document/fault.ts'
import type { Type } from '../../formula/type.ts'
import type { DeadlineBy } from '../../language/deadline.ts'
import type { TargetWords } from '../../language/term.ts'
import type { PeriodRule } from '../../period/period.ts'
import type { Compiled, Definition, Happening, Report, Scope } from '../../scope.ts'

import type { Clock } from './clock.ts'

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
  readonly check: (place: Parameters<Definition['demand']>[0], report: Report) => void
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

/** What the words of a fixed date were compiled to. */
export type FixedDate = {
  readonly by: DeadlineBy
  readonly words: DeadlineWords
  readonly rule: PeriodRule | undefined
  readonly on: Compiled | undefined
  readonly length: Compiled | undefined
  readonly clock: Clock
}

export const elapsedUnits = ['minutes', 'hours']

export function checkBusinessDays(
  units: readonly string[],
  isCalendar: boolean,
  { faults, path }: { faults: Faults; path: Path },
): void {
  if (units.includes('business days') && !isCalendar)
    faults.add(
      'policy_unsaid',
      path,
      'Business days need a “clock:”, the calendar that says which days they are.',
    )
}

/** What is agreed may be hours in one agreement and days in the next. */
export function endsUnsaid(length: Type | undefined, written: string | undefined): string {
  const ask =
    'Say “ends: at-the-hour” or “ends: with-the-day”, here or under policies: when are the days up?'
  const isAgreed = length?.is === 'length' && length.units === undefined
  return isAgreed ? `${ask} The length “${written}” may be given in days.` : ask
}
