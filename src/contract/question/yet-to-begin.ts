import { type Agreement, revisionAt } from '../agreement/revision.ts'
import type { Asking, Happening } from '../scope.ts'
import { promiseFor } from '../term/deadline/promised.ts'
import { isUnknown } from '../value.ts'
import { targetWords } from './named.ts'

/**
 * Whether a deadline that has not begun with an event may begin yet: it starts with what a term makes of it, and that is
 * not settled at the instant of the question. What starts with another fact is not agreed for this one.
 */
export function mayBegin(
  name: string,
  event: Happening,
  { agreement, asking }: { readonly agreement: Agreement; readonly asking: Asking },
  passed: readonly string[] = [],
): boolean {
  const revision = revisionAt(agreement, event.at)
  const start = targetWords(revision, name)?.start ?? ''
  const starts = revision.contract.events.get(start)?.anyOf ?? [start]
  return starts.some((kind) => {
    const [term = '', ending] = kind.split('.')
    if (ending === undefined) return takesEffectLater(kind, event, { agreement, asking })
    const promise = promiseFor(asking.promises(term), event)
    if (promise) return isUnknown(promise.met.value)
    const further = [...passed, name]
    return !further.includes(term) && mayBegin(term, event, { agreement, asking }, further)
  })
}

function takesEffectLater(
  transition: string,
  { fact }: Happening,
  { agreement, asking }: { readonly agreement: Agreement; readonly asking: Asking },
): boolean {
  return agreement.revisions
    .flatMap(
      ({ contract, governs }) =>
        contract.transitions.get(transition)?.happenings(asking, governs) ?? [],
    )
    .some((one) => one.fact === fact && one.at > asking.asOf && one.holds?.value !== false)
}
