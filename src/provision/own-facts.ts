import type { Contract } from '../contract/compile.ts'
import { didYouMean } from '../contract/document/fault.ts'
import type { FactKind } from '../contract/fact/fact-kind.ts'
import { type StandardFact, standardFacts } from '../contract/language/vocabulary.ts'
import type { Sides } from '../contract/language/words.ts'
import { type Refusal, refuser } from '../kernel/refusal.ts'
import { namesBehind } from './behind.ts'

export const ownFactRefusals = {
  fact_undeclared: 'The offering declares no such kind of fact.',
  fact_has_its_own_command: 'This is recorded by the command that does it.',
  fact_must_be_measured_by_its_side: 'The offering says that the other side records this.',
  value_must_be_of_its_own:
    'When it happened, what it is about and who did it are said beside the values, not in them.',
  fact_must_be_an_interval: 'It happens at one instant: only an interval says when it ended.',
} as const
export const refuseFact = refuser(ownFactRefusals)

export function undeclaredFact(kind: string, { factKinds }: Pick<Contract, 'factKinds'>): Refusal {
  const words = `${ownFactRefusals.fact_undeclared}${didYouMean(kind, factKinds.keys())}`
  return refuseFact('fact_undeclared', '/kind', words)
}

/** What commands of their own record, because more than a fact follows from it. */
const commanded = new Set(
  'handed_over received granted ended kept missing returned retagged requested responded performed used'.split(
    ' ',
  ),
)

/**
 * Which side records a kind of fact: the one that the offering lets measure it. Where it says nothing of a kind of its own,
 * the provider if money or rights follow from it, or one side could record them against the other; else both.
 */
export function recorders(
  { name }: Pick<FactKind, 'name'>,
  contract: Contract,
): Sides | 'by a command' {
  if (commanded.has(name)) return 'by a command'
  const said = contract.words.facts?.[name]?.['measured-by']
  if (said !== undefined) return said
  if (!Object.hasOwn(standardFacts, name)) return decides(contract, name) ? 'provider' : 'both'
  const kind = standardFacts[name as StandardFact]
  return 'by' in kind ? kind.by : 'both'
}

/** Whether a charge, a credit or a transition reads it, or anything that one of them rests on. */
function decides({ words }: Contract, kind: string): boolean {
  const terms = Object.values(words.terms ?? {}).filter(
    (term) => 'charge' in term || 'credit' in term || 'transition' in term,
  )
  return namesBehind(terms, words).has(kind)
}

/** Words that every fact has: as values they would pass the checks that they get where they belong. */
const words = new Set(['id', 'at', 'from', 'to', 'for', 'recorded', 'about', 'component', 'by'])

export function valuesRefused(values: Readonly<Record<string, unknown>>): Refusal | undefined {
  const name = Object.keys(values).find((one) => words.has(one))
  return name === undefined ? undefined : refuseFact('value_must_be_of_its_own', `/values/${name}`)
}
