import type { Same } from '../fact/alike.ts'
import type { Place, Report } from '../scope.ts'

type Measured = {
  readonly same: Same
  readonly pairedBy: string | undefined
}

/** What is read for each of several is told apart in the same way: else each would have what is of others. */
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
      `Here each subject is read by itself, and “${name}” is of what has the same “${pairedBy}”: leave “paired-by” out, or say the attribute under “for-each”.`,
    )
  else
    report(
      'event_not_at_hand',
      `Here each “${forEach.by}” is read by itself: say “paired-by: ${forEach.by}” in “${name}”.`,
    )
}
