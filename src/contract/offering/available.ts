import type { Faults } from '../document/fault.ts'
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
