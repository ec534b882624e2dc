import type { Instant, Period } from '../../kernel/time.ts'
import { within } from '../../kernel/time.ts'
import type { Contract } from '../compile.ts'
import type { Deviation } from '../language/term.ts'
import type { Frame } from '../period/period.ts'

/** An agreement is the list of its contracts by the instant from which each is in force. */
export type Agreement = {
  readonly frame: Frame
  readonly revisions: readonly Revision[]
}
export type Revision = {
  readonly number: number
  /** When the parties agreed on it; absent where it is as old as the agreement. */
  readonly agreedOn?: Instant
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

/** The clauses of a sort that any revision has, each once. */
export const clausesIn = (
  { revisions }: Agreement,
  sort: 'postings' | 'promises' | 'transitions',
): readonly string[] => [
  ...new Set(revisions.flatMap(({ contract }) => [...contract[sort].keys()])),
]

/** The agreement as it was known by an instant: revisions agreed later had not been made. */
export function knownBy(agreement: Agreement, instant: Instant): Agreement {
  const known = agreement.revisions.filter(
    ({ agreedOn }, place) => place === 0 || (agreedOn ?? instant) <= instant,
  )
  const revisions = known.map((revision, place) => {
    const next = known[place + 1]?.governs.start
    return { ...revision, governs: { ...revision.governs, end: next ?? Number.MAX_SAFE_INTEGER } }
  })
  return { ...agreement, revisions }
}
