import { askingOf } from '../contract/answering.ts'
import type { PlacedFact } from '../contract/fact/read.ts'
import { type Instant, utcText } from '../kernel/time.ts'
import type { Event } from '../platform/journal/entry.ts'
import { moversOf } from '../provision/moving.ts'
import { answered } from './answered.ts'
import { contractOf, factsAlone, type SoFar, type Terms } from './contract.ts'
import type { AgreementRow } from './store.ts'

/**
 * What facts that were just recorded make of the end of a running agreement: a transition may bring it before the agreed
 * one, at once or later, and take it back. It ends when that time comes, as it would at the agreed end; where that is past, now.
 */
export function endMoved(running: Running, fresh: readonly PlacedFact[]): Event[] {
  const { its, any, byItself } = moversOf(running.agreement, 'agreement')
  const speaks = fresh.some(({ fact: { kind } }) => byItself || its.has(kind) || any.has(kind))
  return speaks ? endForeseen(running) : []
}

type Running = SoFar & { readonly row: Pick<AgreementRow, 'id' | 'status' | 'ends_at'> }

/** The same of terms that have just become those of a running agreement: a duty that no fact starts may be missed too. */
export function endForeseen(running: Running): Event[] {
  const { agreement, row } = running
  if (row.status !== 'active' || !endsByItself(agreement)) return []
  const at = utcText(foreseenEnd(running))
  if (Date.parse(at) === Date.parse(row.ends_at)) return []
  return [{ type: 'end_moved', v: 1, kind: 'agreement', entity: row.id, data: { at } }]
}

/** Of one that begins to run, under which nothing has happened yet. */
export function endAtFirst(
  row: Terms & Pick<AgreementRow, 'id' | 'ends_at'>,
  { document, now }: { readonly document: string; readonly now: Instant },
): Event[] {
  const { agreement } = contractOf(row, [], document)
  if (!agreement) throw new Error(`${row.id} was agreed and does not compile`)
  return endForeseen({ agreement, placed: [], now, row: { ...row, status: 'active' } })
}

const endsByItself = ({ revisions }: SoFar['agreement']) =>
  revisions.some(({ contract }) =>
    contract.transitions.values().some(({ words }) => words.of === 'agreement'),
  )

/**
 * If nothing else is recorded: also what will be missed by then ends it. Where that is too much to look through while
 * others wait, as with a duty of every day for a century, it is what has ended it by now.
 */
function foreseenEnd({ agreement, placed, now }: SoFar) {
  const { end } = agreement.frame.agreed
  const endAsOf = (at: Instant) => askingOf(agreement, factsAlone(placed), at).ending().value
  const foreseen = answered(() => ({ value: endAsOf(end) }))
  const value = 'refusal' in foreseen ? endAsOf(now) : foreseen.value
  return typeof value === 'number' ? value : end
}
