import type { Instant, Period } from '../../kernel/time.ts'
import { within } from '../../kernel/time.ts'
import type { Contract } from '../compile.ts'
import { type Fault, pointerOf } from '../document/fault.ts'
import { type Frame, periodAround } from '../period/period.ts'

/**
 * Agreed values that change inside a period of a charge that reads them, where nothing says what becomes of the period.
 * A period that a revision cuts is answered by the contract in force at its start, unless the charge says otherwise.
 */
export function unsaidChanges(contract: Contract, governs: Period, frame: Frame): Fault[] {
  const faults = new Map<string, Fault>()
  for (const [clause, { period }] of contract.postings) {
    if (!period?.rule || period.policies['on-change'] !== undefined) continue
    for (const { slot, at } of period.changes(frame.zone)) {
      if (!within(at, governs) || !within(at, frame.agreed)) continue
      const start = periodAround(period.rule, at, frame)?.start ?? at
      if (Math.max(start, frame.agreed.start) === at) continue
      faults.set(slot, unsaid(slot, { clause, at, zone: frame.zone }))
    }
  }
  return [...faults.values()]
}

function unsaid(
  slot: string,
  { clause, at, zone }: { clause: string; at: Instant; zone: string },
): Fault {
  const date = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate()
  return {
    name: 'policy_unsaid',
    pointer: pointerOf(['agreed', slot]),
    words: `“${slot}” changes on ${date}, inside a period of “${clause}”, which does not say what becomes of it: the offering says “on-change: next-period”, or “on-change: { old: credit-unused, new: prorated }”, in the clause or under policies; or the value changes with a period.`,
    of: 'agreement',
  }
}
