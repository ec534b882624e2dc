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
  return {
    row: rowBy(row, at, withdrawn),
    orders: orders.filter((order) => by(order.requested_at)).map((order) => orderBy(order, at)),
    grants: grants
      .filter((grant) => by(grant.granted_at))
      .map(({ ended_at: ended, ...grant }) => ({
        ...grant,
        ...(ended !== undefined && by(ended) && { ended_at: ended }),
      })),
  }
}

const byInstant = (at: Instant) => (text: string | undefined) =>
  text !== undefined && Date.parse(text) <= at

function rowBy(row: AgreementRow, at: Instant, withdrawn: Instant | undefined): AgreementRow {
  const { accepted_at: accepted, authorised_at: authorised, ended_at: ended, ...kept } = row
  const by = byInstant(at)
  // It was concluded before the platform learnt of it, and runs from its agreed beginning.
  const elsewhere = authorised === row.proposed_at
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
