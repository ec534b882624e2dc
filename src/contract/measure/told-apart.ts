import type { Same } from '../fact/alike.ts'
import type { Place, Report } from '../scope.ts'

type Measured = {
  readonly same: Same
  readonly pairedBy: string | undefined
}

/** A charge for each of several is of what a measure tells apart in the same way: else each would pay for others. */
export function checkToldApart(
  name: string,
  { same, pairedBy }: Measured,
  { forEach }: Place,
  report: Report,
): void {
  if (!same || !forEach || forEach.by === pairedBy) return
  if (forEach.by === undefined)
    report(
      'event_not_at_hand',
      `Here each subject is charged for, and “${name}” is of what has the same “${pairedBy}”: leave “paired-by” out, or say the attribute under “for-each”.`,
    )
  else
    report(
      'event_not_at_hand',
      `Here each “${forEach.by}” is charged for: say “paired-by: ${forEach.by}” in “${name}”.`,
    )
}
