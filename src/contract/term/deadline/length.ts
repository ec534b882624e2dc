import type { Faults, Path } from '../../document/fault.ts'
import type { Type } from '../../type.ts'

/** What a length of time has to say beside it: whose hours count, which days are business days, and when days are up. */

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
