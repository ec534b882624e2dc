import type { Instant, Period } from '../kernel/time.ts'
import type { Contract } from './compile.ts'
import type { Deviation } from './language.ts'
import type { Frame } from './period.ts'
import { within } from './reading.ts'

/** An agreement is the list of its contracts by the instant from which each is in force. */
export type Agreement = {
  readonly frame: Frame
  readonly revisions: readonly Revision[]
}
export type Revision = {
  readonly number: number
  readonly governs: Period
  readonly contract: Contract
  readonly deviations: readonly Deviation[]
}

/** The revision in force at an instant. */
export function revisionAt(agreement: Agreement, instant: Instant): Revision {
  const found =
    agreement.revisions.find((revision) => within(instant, revision.governs)) ??
    agreement.revisions[0]
  if (!found) throw new RangeError('an agreement has at least one revision')
  return found
}
