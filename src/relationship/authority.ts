import { refuser } from '../kernel/refusal.ts'
import { type Instant, utcText } from '../kernel/time.ts'
import type { Role, Side } from './terms.ts'

export type Held = {
  readonly side: Side
  readonly role: Role
  readonly held_from: string
  readonly held_until?: string
}

/** `provider owner`, `consumer user`: who may, as it is declared beside each command. */
export type Holder = `${Side} ${Role}`

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
}

/** The role that somebody exercises who is allowed to; roles count on the dates on which they are held. */
export function exercised(
  held: readonly Held[],
  allowed: readonly Holder[],
  { person, now, claimed = '' }: Exercising,
): { readonly role: string } | { readonly refusal: ReturnType<typeof refuse> } {
  if (person === platformPerson) return { role: platformPerson }
  const current = heldAt(held, now)
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

/** What of it is held on the date of an instant, in UTC; `until` is the first date on which it is not. */
export function heldAt<One extends Pick<Held, 'held_from' | 'held_until'>>(
  held: readonly One[],
  now: Instant,
): One[] {
  const date = utcText(now).slice(0, 10)
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
