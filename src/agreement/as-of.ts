import type { OrderRow } from '../consumption/store.ts'
import type { Instant } from '../kernel/time.ts'
import type { GrantRow } from '../provision/store.ts'
import type { AgreementStatus } from './steps.ts'
import type { AgreementRow } from './store.ts'

type Standing = {
  readonly row: AgreementRow
  readonly orders: readonly OrderRow[]
  readonly grants: readonly GrantRow[]
}

/** When there began to be such an agreement; one that was concluded elsewhere, at the latest with its period. */
export function beginningOf(row: AgreementRow): Instant {
  const proposed = Date.parse(row.proposed_at)
  return isFromElsewhere(row) ? Math.min(proposed, Date.parse(row.valid_from)) : proposed
}

/** It was concluded before the platform learnt of it, and runs from its agreed beginning. */
const isFromElsewhere = (row: AgreementRow) => row.authorised_at === row.proposed_at

/**
 * How far an agreement, its orders and its grants were at an instant, from what is known of them. The row of one that
 * was withdrawn does not say when, so that is told beside it.
 */
export function standingBy(
  { row, orders, grants }: Standing,
  at: Instant,
  withdrawn?: Instant,
): Standing {
  const by = byInstant(at)
  const asked = rowBy(row, at, withdrawn)
  return {
    row: asked,
    orders: orders.filter((order) => by(order.requested_at)).map((order) => orderBy(order, at)),
    grants: grants
      .filter((grant) => by(grant.granted_at))
      .map(({ ended_at: own, ...grant }) => {
        const ended = own ?? asked.ended_at
        return { ...grant, ...(ended !== undefined && by(ended) && { ended_at: ended }) }
      }),
  }
}

const byInstant = (at: Instant) => (text: string | undefined) =>
  text !== undefined && Date.parse(text) <= at

function rowBy(row: AgreementRow, at: Instant, withdrawn: Instant | undefined): AgreementRow {
  const { accepted_at: accepted, authorised_at: authorised, ended_at: own, ...kept } = row
  const by = byInstant(at)
  const elsewhere = isFromElsewhere(row)
  // What runs ends when it is foreseen to end, though nothing has ended it yet.
  const ended = own ?? (authorised === undefined ? undefined : row.ends_at)
  const status = (): AgreementStatus => {
    if (withdrawn !== undefined && withdrawn <= at) return 'withdrawn'
    if (by(ended)) return 'ended'
    if (elsewhere || by(authorised)) return 'active'
    return by(accepted) ? 'accepted' : 'proposed'
  }
  return {
    ...kept,
    status: status(),
    ...(accepted !== undefined && (elsewhere || by(accepted)) && { accepted_at: accepted }),
    ...(authorised !== undefined && (elsewhere || by(authorised)) && { authorised_at: authorised }),
    ...(ended !== undefined && by(ended) && { ended_at: ended }),
  }
}

function orderBy(order: OrderRow, at: Instant): OrderRow {
  const { responded_at: responded, performed_at: performed, ...kept } = order
  const by = byInstant(at)
  const answered = by(responded) ? 'responded' : 'requested'
  return {
    ...kept,
    status: by(performed) ? 'performed' : answered,
    ...(responded !== undefined && by(responded) && { responded_at: responded }),
    ...(performed !== undefined && by(performed) && { performed_at: performed }),
  }
}
