import type { FactKind } from '../contract/fact.ts'
import type { OfferingWords } from '../contract/language.ts'
import { refuser } from '../kernel/refusal.ts'

export const ownFactRefusals = {
  fact_undeclared: 'The offering declares no such kind of fact.',
  fact_has_its_own_command: 'This is recorded by the command that does it.',
  fact_must_be_measured_by_its_side: 'The offering says that the other side records this.',
} as const
export const refuseFact = refuser(ownFactRefusals)

/** What commands of their own record, because more than a fact follows from it. */
const commanded = new Set(
  'handed_over received granted ended kept missing returned requested responded performed used'.split(
    ' ',
  ),
)

/** Which side records a kind of fact: the one that the offering lets measure it, or both. */
export function recorders(
  { name }: Pick<FactKind, 'name'>,
  offering: OfferingWords,
): 'provider' | 'consumer' | 'both' | 'by a command' {
  if (commanded.has(name)) return 'by a command'
  const measured = offering.facts?.[name]?.['measured-by']
  return measured === 'provider' || measured === 'consumer' ? measured : 'both'
}
