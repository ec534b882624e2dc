import type { Side } from '../contract/language/words.ts'
import { type Refusal, refuser } from '../kernel/refusal.ts'
import type { Instant } from '../kernel/time.ts'
import { type Holder, proposers } from '../relationship/authority.ts'
import {
  availabilityRefusals,
  availabilityRefused,
  type Ground,
  lapseRefusals,
  lapseRefused,
} from './propose.ts'

export type AgreementStatus = 'proposed' | 'accepted' | 'active' | 'ended' | 'withdrawn'

/** From proposal to end: who may take which step, and from which states. The page reads the same table. */
type Step = {
  readonly roles: readonly Holder[]
  readonly from: readonly AgreementStatus[]
  /** It takes up what was proposed, as long as that can still begin. */
  readonly takesUp?: true
}

export const steps = {
  accept_agreement: {
    roles: ['consumer customer', 'provider owner', 'provider practitioner'],
    from: ['proposed'],
    takesUp: true,
  },
  authorise_budget: { roles: ['consumer sponsor'], from: ['accepted'], takesUp: true },
  withdraw_proposal: {
    roles: proposers,
    from: ['proposed', 'accepted'],
  },
  end_agreement: { roles: [], from: ['active'] },
} as const satisfies Record<string, Step>
export type StepName = keyof typeof steps

const wrongStatus = {
  agreement_must_be_proposed: 'Only a proposal is accepted; this agreement is past that.',
  agreement_must_be_accepted: 'It is accepted first; then the sponsor authorises, once.',
  agreement_must_not_be_signed: 'What runs or has ended is not withdrawn.',
  agreement_must_be_running: 'Only a running agreement ends.',
} as const
const refuse = refuser({
  ...wrongStatus,
  acceptance_must_be_the_other_sides: 'Your side proposed it; the other side accepts.',
})

/** By which name each step refuses an agreement that is in another state. */
const statusRefusal = {
  accept_agreement: 'agreement_must_be_proposed',
  authorise_budget: 'agreement_must_be_accepted',
  withdraw_proposal: 'agreement_must_not_be_signed',
  end_agreement: 'agreement_must_be_running',
} as const satisfies Record<StepName, keyof typeof wrongStatus>

/** What a step may refuse of the agreement, in the order in which it is checked. */
export const stepRefusals = (name: StepName): readonly string[] => [
  statusRefusal[name],
  ...(name === 'accept_agreement' ? ['acceptance_must_be_the_other_sides'] : []),
  ...('takesUp' in steps[name] ? Object.keys(lapseRefusals) : []),
  ...(name === 'accept_agreement' ? Object.keys(availabilityRefusals) : []),
]

type Stepping = {
  readonly row: {
    readonly status: AgreementStatus
    readonly awaits: Side
    readonly valid_until: string
  }
  /** The role that is exercised, `side role`. */
  readonly role: string
  readonly ground: Ground
  readonly now: Instant
}

/** Why a step may not be taken; the page asks the same as the command. */
export function stepRefused(
  name: StepName,
  { row, role, ground, now }: Stepping,
): Refusal | undefined {
  const from: readonly AgreementStatus[] = steps[name].from
  if (!from.includes(row.status)) return refuse(statusRefusal[name])
  if (name === 'accept_agreement' && !role.startsWith(row.awaits))
    return refuse('acceptance_must_be_the_other_sides')
  const lapsed = 'takesUp' in steps[name] ? lapseRefused(row, ground, now) : undefined
  // What was accepted while it was offered is concluded, whenever its budget is authorised.
  return lapsed ?? (name === 'accept_agreement' ? availabilityRefused(ground, now) : undefined)
}

/** It waits, and its period is over: nobody can take it up any more. */
export const isLapsed = (
  { status, valid_until: until }: Pick<Stepping['row'], 'status' | 'valid_until'>,
  at: Instant,
): boolean => (status === 'proposed' || status === 'accepted') && Date.parse(until) <= at
