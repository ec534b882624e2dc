import type { Side } from '../contract/language/words.ts'
import { refuser } from '../kernel/refusal.ts'
import { type Instant, local } from '../kernel/time.ts'
import type { Role } from './terms.ts'

export type Held = {
  readonly side: Side
  readonly role: Role
  readonly held_from: string
  readonly held_until?: string
}

/** `provider owner`, `consumer user`: who may, as it is declared beside each command. */
export type Holder = `${Side} ${Role}`

/** Who provides, who consumes, and who may bring an agreement about: said once, for commands and buttons alike. */
export const staff: readonly Holder[] = ['provider practitioner', 'provider owner']
export const consumers: readonly Holder[] = ['consumer user', 'consumer customer']
export const everyone: readonly Holder[] = [...staff, ...consumers]
export const proposers: readonly Holder[] = [
  'provider owner',
  'provider practitioner',
  'consumer customer',
]

/** The platform itself acts when a time comes; what it may was agreed before. */
export const platformPerson = 'platform'

export const authorityRefusals = {
  role_must_allow: 'None of your roles in this relationship allows it.',
} as const
const refuse = refuser(authorityRefusals)

type Exercising = {
  readonly person: string
  readonly now: Instant
  /** Whoever says in which role he acts, acts in no other; empty where he says none. */
  readonly claimed?: string
  /** In which a day begins: that of the offering that is agreed or looked at. */
  readonly zone?: string
}

/** The role that somebody exercises who is allowed to; roles count on the dates on which they are held. */
export function exercised(
  held: readonly Held[],
  allowed: readonly Holder[],
  { person, now, claimed = '', zone }: Exercising,
): { readonly role: string } | { readonly refusal: ReturnType<typeof refuse> } {
  if (person === platformPerson) return { role: platformPerson }
  const current = heldAt(held, now, zone)
  const found = allowed.find(
    (one) =>
      (claimed === '' || claimed === one) &&
      current.some(({ side, role }) => one === `${side} ${role}`),
  )
  if (found) return { role: found }
  return {
    refusal: refuse('role_must_allow', '', `This is for ${spokenHolders(allowed)}.`),
  }
}

/**
 * What of it is held on the day that it is at an instant in a zone; `until` is the first day on which it is not. Days are
 * those of the offering, as its own dates and those of relationships are; of no offering, days in UTC.
 */
export function heldAt<One extends Pick<Held, 'held_from' | 'held_until'>>(
  held: readonly One[],
  now: Instant,
  zone = 'UTC',
): One[] {
  const date = local(now, zone).toPlainDate().toString()
  return held.filter(
    ({ held_from: from, held_until: until }) =>
      from <= date && (until === undefined || date < until),
  )
}

/** “the provider’s owner or practitioner”. */
function spokenHolders(allowed: readonly Holder[]): string {
  const bySide = Map.groupBy(allowed, (one) => one.split(' ')[0] ?? '')
  return [...bySide]
    .map(([side, all]) => {
      const roles = all.map((one) => one.split(' ')[1] ?? '')
      return `the ${side}’s ${roles.join(' or ')}`
    })
    .join(' or ')
}
