import { local, spokenDay } from '../../kernel/time.ts'
import type { Agreement } from '../agreement/revision.ts'
import type { Fault, Faults } from '../document/fault.ts'
import type { OfferingWords } from '../language/offering.ts'

/** An offering that ends before it starts could never be agreed on. */
export function checkAvailable({ available }: OfferingWords, faults: Faults): void {
  const { from, until } = available ?? {}
  if (from !== undefined && until !== undefined && from >= until)
    faults.add(
      'period_misordered',
      ['available', 'until'],
      'An offering ends after it starts: “until” is the first day on which it is no longer offered.',
    )
}

/** Whether it was agreed on a day on which the offering was not, or no longer, available. */
export function unavailableOn({ frame, revisions }: Agreement): Fault | undefined {
  const { available } = revisions[0]?.contract.words ?? {}
  const { agreedOn, zone } = frame
  if (agreedOn === undefined || available === undefined) return undefined
  const day = local(agreedOn, zone).toPlainDate().toString()
  const { from, until } = available
  const isOffered = (from === undefined || from <= day) && (until === undefined || day < until)
  if (isOffered) return undefined
  const span = [from && `from ${spokenDay(from)} on`, until && `before ${spokenDay(until)}`]
    .filter(Boolean)
    .join(' and ')
  return {
    name: 'offering_unavailable',
    pointer: '/agreed-on',
    words: `The offering is available ${span}; it was not on ${spokenDay(day)}.`,
    of: 'agreement',
  }
}
