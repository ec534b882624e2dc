import { type Derivation, derive, leaf, onlyIf } from '../derivation.ts'
import { chronological, instantLeaf } from '../happening.ts'
import type { Asking, Happening } from '../scope.ts'
import type { Agreement } from './revision.ts'

/** The agreed end, or the earliest end that a transition of the agreement brings. */
export function endingOf(agreement: Agreement, asking: Asking): Derivation {
  return firstOf(agreement, asking.ends())
}

/**
 * When the agreement ends as far as earlier events have it. An event that comes later ends it only if it ends it
 * sooner: what has ended does not end again.
 */
export function endingBefore(
  agreement: Agreement,
  asking: Asking,
  event: Pick<Happening, 'at' | 'fact'>,
): Derivation {
  // Found first, so that an end that follows from another is found in the same way whoever asks.
  asking.ending()
  const earlier = asking.ends().filter((one) => chronological(one, event) < 0)
  return firstOf(agreement, earlier)
}

function firstOf({ frame: { agreed } }: Agreement, ends: readonly Happening[]): Derivation {
  const agreedEnd = leaf(agreed.end, { clause: 'agreement_period' })
  if (ends.length === 0) return agreedEnd
  return derive('first-from', [
    { as: 'start', is: leaf(agreed.start) },
    // What comes after an earlier end changes nothing about which is the earliest: whether it is one need not be asked.
    ...ends.map((event) => ({ as: event.kind, is: onlyIf(event.applies, instantLeaf(event)) })),
    { as: 'agreed end', is: agreedEnd },
  ])
}

/** In their order, so that of several that end it at the same instant the first is cited. */
export function endsOf({ revisions }: Agreement, asking: Asking): readonly Happening[] {
  return revisions
    .flatMap(({ contract, governs }) =>
      [...contract.transitions.values()].flatMap(({ words, happenings }) =>
        words.of === 'agreement' ? happenings(asking, governs) : [],
      ),
    )
    .sort(chronological)
}
