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
  { subject }: Place,
  report: Report,
): void {
  const each = subject?.each
  if (!same || !each || each.by === pairedBy) return
  if (each.by === undefined)
    report(
      'event_not_at_hand',
      `Here each subject is read by itself, and “${name}” is of what has the same “${pairedBy}”: leave “paired-by” out, or say the attribute under “for-each”.`,
    )
  else
    report(
      'event_not_at_hand',
      `Here each “${each.by}” is read by itself: say “paired-by: ${each.by}” in “${name}”.`,
    )
}
