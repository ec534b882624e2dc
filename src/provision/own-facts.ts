import type { FactKind } from '../contract/fact.ts'
import type { OfferingWords } from '../contract/language/offering.ts'
import { type StandardFact, standardFacts } from '../contract/vocabulary.ts'
import { type Refusal, refuser } from '../kernel/refusal.ts'

export const ownFactRefusals = {
  fact_undeclared: 'The offering declares no such kind of fact.',
  fact_has_its_own_command: 'This is recorded by the command that does it.',
  fact_must_be_measured_by_its_side: 'The offering says that the other side records this.',
  value_must_be_of_its_own:
    'When it happened, what it is about and who did it are said beside the values, not in them.',
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
  const measured = offering.facts?.[name]?.['measured-by'] ?? standardRecorder(name)
  return measured === 'provider' || measured === 'consumer' ? measured : 'both'
}

function standardRecorder(name: string): 'provider' | 'consumer' | undefined {
  const kind = standardFacts[name as StandardFact]
  return kind && 'by' in kind ? kind.by : undefined
}

/** Words that every fact has: as values they would pass the checks that they get where they belong. */
const words = new Set(['id', 'at', 'from', 'to', 'for', 'recorded', 'about', 'component', 'by'])

export function valuesRefused(values: Readonly<Record<string, string>>): Refusal | undefined {
  const name = Object.keys(values).find((one) => words.has(one))
  return name === undefined ? undefined : refuseFact('value_must_be_of_its_own', `/values/${name}`)
}
