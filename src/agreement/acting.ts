import { type Refusal, refuser } from '../kernel/refusal.ts'
import { exercised, type Held, type Holder } from '../relationship/authority.ts'
import type { AgreementRow } from './store.ts'

export const actingRefusals = {
  user_must_be_named: 'You are none of the users that the agreement names.',
} as const
const refuse = refuser(actingRefusals)

export const user: Holder = 'consumer user'

/** The role that somebody exercises under an agreement: a user of the consumer’s acts only where the agreement names him. */
export function acting(
  { users }: Pick<AgreementRow, 'users'>,
  held: readonly Held[],
  { allowed, ...who }: Parameters<typeof exercised>[2] & { readonly allowed: readonly Holder[] },
): { readonly role: string } | { readonly refusal: Refusal } {
  const found = exercised(held, allowed, who)
  const isNamed = Object.values(users).some((persons) => persons.includes(who.person))
  if ('refusal' in found || found.role !== user || isNamed) return found
  const others = allowed.filter((one) => one !== user)
  const otherwise = exercised(held, others, who)
  return 'role' in otherwise ? otherwise : { refusal: refuse('user_must_be_named') }
}
