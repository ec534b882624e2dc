import { refuser } from '../kernel/refusal.ts'
import type { Holder } from '../relationship/authority.ts'

export type AgreementStatus = 'proposed' | 'accepted' | 'active' | 'ended' | 'withdrawn'

/** From proposal to end: who may take which step, and from which states. The page reads the same table. */
type Step = { readonly roles: readonly Holder[]; readonly from: readonly AgreementStatus[] }

export const steps = {
  accept_agreement: { roles: ['consumer customer'], from: ['proposed'] },
  authorise_budget: { roles: ['consumer sponsor'], from: ['accepted'] },
  withdraw_proposal: {
    roles: ['provider owner', 'provider practitioner', 'consumer customer'],
    from: ['proposed', 'accepted'],
  },
  end_agreement: { roles: [], from: ['active'] },
} as const satisfies Record<string, Step>
export type StepName = keyof typeof steps

export const stepRefusals = {
  agreement_must_be_proposed: 'Only a proposal is accepted; this agreement is past that.',
  agreement_must_be_accepted: 'The customer accepts first; then the sponsor authorises, once.',
  agreement_must_not_be_signed: 'What runs or has ended is not withdrawn.',
  agreement_must_be_running: 'Only a running agreement ends.',
} as const
const refuse = refuser(stepRefusals)

/** By which name each step refuses an agreement that is in another state. */
export const stepRefusal = {
  accept_agreement: 'agreement_must_be_proposed',
  authorise_budget: 'agreement_must_be_accepted',
  withdraw_proposal: 'agreement_must_not_be_signed',
  end_agreement: 'agreement_must_be_running',
} as const satisfies Record<StepName, keyof typeof stepRefusals>

export function stepRefused(name: StepName, status: AgreementStatus) {
  const from: readonly AgreementStatus[] = steps[name].from
  return from.includes(status) ? undefined : refuse(stepRefusal[name])
}
