import { revisionAt } from '../contract/agreement/revision.ts'
import { triesIn } from '../contract/case/tries.ts'
import type { PlainMap, SourceDocument } from '../contract/document/document.ts'
import { printedContract } from '../contract/prose/contract.ts'
import { parseInstant } from '../kernel/time.ts'
import { mapOf } from '../world/world.ts'

type PrintedCase = { readonly name: string; readonly text: string }

/** The contract of each try of a case, as between a provider and a consumer without names; alike ones once. */
export function casesPrinted(
  documents: readonly SourceDocument[],
  offeringOf: (id: string) => PlainMap | undefined,
  at: string | undefined,
): PrintedCase[] {
  const known = new Set<string>()
  const all = documents.flatMap((document) => triesIn(mapOf(document), offeringOf).tries)
  return all.flatMap(({ name, made }): PrintedCase[] => {
    if ('faults' in made) return []
    const { agreed, zone } = made.agreement.frame
    const instant = at === undefined ? agreed.start : (parseInstant(at, zone) ?? agreed.start)
    const within = Math.max(agreed.start, Math.min(instant, agreed.end - 1))
    const told = { provider: 'Provider', consumer: 'Consumer' }
    const text = printedContract(revisionAt(made.agreement, within), agreed, told)
    if (known.has(text)) return []
    known.add(text)
    return [{ name, text }]
  })
}
