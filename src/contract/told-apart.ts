import type { Place, Report } from './scope.ts'

type Measured = {
  readonly same: boolean
  readonly pairedBy: string | undefined
  readonly ofState: boolean
}

/** A charge for each of several is of what a measure tells apart in the same way: else each would pay for others. */
export function checkToldApart(
  name: string,
  { same, pairedBy, ofState }: Measured,
  { forEach }: Place,
  report: Report,
): void {
  if (!same || !forEach || forEach.by === pairedBy) return
  if (forEach.by === undefined)
    report(
      'event_not_at_hand',
      `Here each subject is charged for, and “${name}” is of what has the same “${pairedBy}”: leave “paired-by” out, or say the attribute under “for-each”.`,
    )
  else if (ofState)
    report(
      'event_not_at_hand',
      `Here each “${forEach.by}” is charged for, and “${name}” is of a state, which is told apart by what it is about alone.`,
    )
  else
    report(
      'event_not_at_hand',
      `Here each “${forEach.by}” is charged for: say “paired-by: ${forEach.by}” in “${name}”.`,
    )
}
