import type { Agreement } from '../contract/agreement/revision.ts'
import type { Contract } from '../contract/compile.ts'
import type { Fact } from '../contract/fact/fact.ts'
import { namesBehind } from './behind.ts'

/** The kinds of fact that may change how things of a component stand. */
export type Movers = {
  /** About one thing they move that one, about none of them all. */
  readonly its: ReadonlySet<string>
  /** Whatever they are about: a condition counts them, or they end the agreement. */
  readonly any: ReadonlySet<string>
  /** A deadline does it too, or a late revision: any fact may find things that have moved without one. */
  readonly byItself: boolean
}

export function moversOf({ revisions }: Agreement, component: string): Movers {
  // What was agreed later than it holds may have changed what had been written of things by then.
  const isLate = revisions.slice(1).some(({ agreedOn = 0, governs }) => agreedOn > governs.start)
  const found: Found = { its: new Set(), any: new Set(), byItself: isLate }
  for (const { contract } of revisions)
    for (const [id, { words }] of contract.transitions)
      if (words.of === component) follow(contract, id, { found, set: found.its })
      else if (words.of === 'agreement') follow(contract, id, { found, set: found.any })
  return found
}

type Found = { its: Set<string>; any: Set<string>; byItself: boolean }

/** From what causes an event to the facts that cause it, and beside them to all that their conditions rest on. */
function follow(
  contract: Contract,
  event: string,
  { found, set }: { found: Found; set: Set<string> },
): void {
  if (contract.factKinds.has(event)) set.add(event)
  const words = contract.transitions.get(event)?.words
  // A duty that is missed is an event that no fact records.
  if (event.includes('.') || words?.['takes-effect']) found.byItself = true
  for (const read of namesBehind(words?.when, contract.words)) {
    if (contract.factKinds.has(read)) found.any.add(read)
    if (contract.promises.has(read) || contract.transitions.get(read)?.words['takes-effect'])
      found.byItself = true
  }
  for (const cause of words?.on ?? []) follow(contract, cause, { found, set })
}

export function speaks(
  { its, any, byItself }: Movers,
  { kind, about }: Fact,
  { component, tag }: { readonly component: string; readonly tag: string },
): boolean {
  if (byItself || any.has(kind)) return true
  return its.has(kind) && (about === undefined || about === component || about === tag)
}
