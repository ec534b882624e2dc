import { z } from 'zod'
import type { PlainMap } from '../contract/document.ts'
import { Deviation } from '../contract/language.ts'
import { refuser } from '../kernel/refusal.ts'
import { type OfferingVersionRow, readLatest } from '../offering/store.ts'
import { command } from '../platform/http/endpoint.ts'
import type { Command, Decision, Facts, Request } from '../platform/journal/command.ts'
import type { Event } from '../platform/journal/entry.ts'
import { newId } from '../platform/journal/id.ts'
import { grantKind } from '../provision/store.ts'
import { authorityRefusals, exercised, type Held, type Holder } from '../relationship/authority.ts'
import {
  type RelationshipRow,
  readRelationship,
  rolesInAgreement,
  rolesInRelationship,
  usersOf,
} from '../relationship/store.ts'
import type { Side } from '../relationship/terms.ts'
import { proposalRefusals, proposed } from './propose.ts'
import { factEvent } from './situation.store.ts'
import { type StepName, stepRefusal, stepRefused, steps } from './steps.ts'
import { type AgreementRow, agreementKind, envelopeKind, revisionKind } from './store.ts'

const refuse = refuser({
  request_key_needed:
    'Send an Idempotency-Key: the agreement has its id of it, so that a repeat makes no second one.',
  relationship_not_found: 'There is no such relationship, or you have no part in it.',
  agreement_must_be_new: 'An agreement of that id is concluded already.',
  offering_not_found: 'No offering of that id is published.',
  agreement_not_found: 'There is no such agreement, or you have no part in it.',
})

const Status = z.object({ id: z.string(), status: z.string() })
const proposers: readonly Holder[] = [
  'provider owner',
  'provider practitioner',
  'consumer customer',
]

const ProposalInput = z.strictObject({
  offering: z.string(),
  relationship: z.string(),
  from: z.string().max(40),
  until: z.string().max(40),
  users: z.record(z.string().max(60), z.array(z.string().max(80)).min(1)).default({}),
  agreed: z.record(z.string().max(60), z.string().max(200)).default({}),
  deviations: z.array(Deviation).max(100).default([]),
})
type ProposalInput = z.output<typeof ProposalInput>

export const proposeAgreement = command({
  name: 'propose_agreement',
  route: 'POST /agreements',
  says: 'Puts an offering into the context of two parties, for the other side to accept.',
  roles: proposers,
  input: ProposalInput,
  output: Status,
  refusals: [
    'request_key_needed',
    'relationship_not_found',
    ...Object.keys(authorityRefusals),
    'offering_not_found',
    ...Object.keys(proposalRefusals),
  ],
  command: {
    name: 'propose_agreement',
    version: 1,
    streams: (_, request) => [proposalId(request)],
    read: ({ offering, relationship }: ProposalInput, { actor }) => ({
      relationship: readRelationship(relationship),
      roles: rolesInRelationship(relationship, actor.person),
      users: usersOf(relationship),
      latest: readLatest(offering),
    }),
    decide: decideProposal,
  },
})

/** Nothing is ever kept under the second, which stands for what is refused. */
const proposalId = (request: Request) =>
  request.key === undefined ? 'agr_without_key' : newId('agr', request)

function decideProposal(input: ProposalInput, facts: Facts): Decision {
  if (facts.request.key === undefined) return { refusal: refuse('request_key_needed') }
  if (!facts.rows['relationship']?.[0])
    return { refusal: refuse('relationship_not_found', '/relationship') }
  const { actor } = facts.request
  const held = (facts.rows['roles'] ?? []) as unknown as readonly Held[]
  const role = exercised(held, proposers, { person: actor.person, now: facts.now })
  if ('refusal' in role) return role
  const side = role.role === 'consumer customer' ? 'consumer' : 'provider'
  const found = proposedData(input, facts, { side, by: actor.person })
  if ('refusal' in found) return found
  const id = proposalId(facts.request)
  // Who asks for an offering as it is published has accepted it: the provider's word stands already.
  const accepted = side === 'consumer' ? [agreementEvent('agreement_accepted', id)] : []
  return {
    answer: { id, status: side === 'consumer' ? 'accepted' : 'proposed' },
    role: role.role,
    changes: [
      {
        stream: id,
        events: [agreementEvent('agreement_proposed', id, found.data), ...accepted],
        parties: found.parties,
      },
    ],
  }
}

/** What is proposed, on the version that is published last, checked against both sides. */
function proposedData(
  input: ProposalInput,
  { rows }: Facts,
  { side, by }: { readonly side: Side; readonly by: string },
) {
  const relationship = rows['relationship']?.[0] as RelationshipRow | undefined
  if (!relationship) return { refusal: refuse('relationship_not_found', '/relationship') }
  const latest = rows['latest']?.[0] as OfferingVersionRow | undefined
  if (!latest) return { refusal: refuse('offering_not_found', '/offering') }
  const deviations = input.deviations as unknown as readonly PlainMap[]
  const { provider_id: provider, consumer_id: consumer, held_until: until } = relationship
  const judged = proposed(
    { ...input, deviations },
    {
      offering: {
        provider: latest.provider_id,
        groups: latest.target_groups,
        document: latest.document,
        zone: latest.zone,
      },
      relationship: {
        ...{ provider, group: relationship.target_group_id, from: relationship.held_from },
        ...(until !== undefined && { until }),
      },
      users: new Set((rows['users'] ?? []).map((row) => String(row['person_id']))),
      side,
    },
  )
  if ('refusal' in judged) return judged
  const data = {
    relationship_id: relationship.id,
    offering_id: latest.offering_id,
    offering_version: latest.version,
    ...judged,
    ...{ users: input.users, agreed: input.agreed, deviations, proposed_by: by },
  }
  return { data, parties: { provider, consumer } }
}

const agreementEvent = (type: string, entity: string, data: Event['data'] = {}): Event => ({
  ...{ type, v: 1, kind: agreementKind.name, entity, data },
})

const AgreementInput = z.strictObject({ agreement: z.string() })

type OfAgreement = { readonly agreement: string }
const stepReads = {
  streams: ({ agreement }: OfAgreement): readonly [string] => [agreement],
  load: ({ agreement }: OfAgreement) => [{ kind: agreementKind, stream: agreement, id: agreement }],
  read: ({ agreement }: OfAgreement, { actor }: Request) => ({
    roles: rolesInAgreement(agreement, actor.person),
  }),
}

export const acceptAgreement = step('accept_agreement', {
  route: 'POST /agreements/:agreement/acceptance',
  says: 'The customer accepts what was proposed.',
  events: ({ id }) => [agreementEvent('agreement_accepted', id)],
  status: 'accepted',
})

export const withdrawProposal = step('withdraw_proposal', {
  route: 'POST /agreements/:agreement/withdrawal',
  says: 'Takes a proposal back, or declines it.',
  events: ({ id }) => [agreementEvent('proposal_withdrawn', id)],
  status: 'withdrawn',
})

function step<const Name extends StepName>(
  name: Name,
  declared: {
    readonly route: `POST /${string}`
    readonly says: string
    readonly events: (row: AgreementRow) => Event[]
    readonly status: string
  },
) {
  return command({
    name,
    ...{ route: declared.route, says: declared.says },
    roles: steps[name].roles,
    input: AgreementInput,
    output: Status,
    refusals: ['agreement_not_found', ...Object.keys(authorityRefusals), stepRefusal[name]],
    command: {
      ...{ name, version: 1 },
      ...stepReads,
      decide: ({ agreement }: { agreement: string }, facts: Facts) => {
        const found = taken(name, agreement, facts)
        if ('refusal' in found) return found
        return {
          answer: { id: agreement, status: declared.status },
          role: found.role,
          changes: [
            {
              stream: agreement,
              events: declared.events(found.row),
              parties: partiesOf(found.row),
            },
          ],
        }
      },
    },
  })
}

const partiesOf = ({ provider_id, consumer_id }: AgreementRow) => ({
  provider: provider_id,
  consumer: consumer_id,
})

function taken(
  name: StepName,
  agreement: string,
  facts: Facts,
): { readonly row: AgreementRow; readonly role: string } | Extract<Decision, { refusal: unknown }> {
  const row = facts.entity(agreementKind, agreement, agreement)
  if (!row) return { refusal: refuse('agreement_not_found', '/agreement') }
  const held = (facts.rows['roles'] ?? []) as unknown as readonly Held[]
  const { person } = facts.request.actor
  const role = exercised(held, steps[name].roles, { person, now: facts.now })
  if ('refusal' in role) return role
  const refusal = stepRefused(name, row.status)
  return refusal ? { refusal } : { row, role: role.role }
}

const BudgetInput = z.strictObject({
  agreement: z.string(),
  amount: z.string().regex(/^\d{1,15}(\.\d{1,6})?$/, 'an amount such as 620.00'),
})
type BudgetInput = z.output<typeof BudgetInput>

/** The amount is the consumer's own: it is kept in a stream that the provider has no part in. */
const envelopeOf = (agreement: string) => agreement.replace(/^agr_/, 'env_')

export const authoriseBudget = command({
  name: 'authorise_budget',
  route: 'POST /agreements/:agreement/authorisation',
  says: 'The sponsor authorises a budget, and the agreement runs.',
  roles: steps.authorise_budget.roles,
  input: BudgetInput,
  output: Status,
  refusals: [
    'agreement_not_found',
    ...Object.keys(authorityRefusals),
    stepRefusal.authorise_budget,
  ],
  command: {
    name: 'authorise_budget',
    version: 1,
    streams: ({ agreement }: BudgetInput) => [agreement, envelopeOf(agreement)],
    load: ({ agreement }) => [
      ...stepReads.load({ agreement }),
      { kind: envelopeKind, stream: envelopeOf(agreement), id: envelopeOf(agreement) },
    ],
    read: ({ agreement }, { actor }) => ({
      roles: rolesInAgreement(agreement, actor.person),
      currency: {
        name: 'currency of agreement',
        text: `select offering_version.currency
          from agreement
          join offering_version using (offering_id)
          where agreement.id = $1
            and offering_version.version = agreement.offering_version`,
        values: [agreement],
      },
    }),
    decide: ({ agreement, amount }, facts) => {
      const found = taken('authorise_budget', agreement, facts)
      if ('refusal' in found) return found
      const currency = String(facts.rows['currency']?.[0]?.['currency'])
      const envelope = envelopeOf(agreement)
      return {
        answer: { id: agreement, status: 'active' },
        role: found.role,
        changes: [
          {
            stream: agreement,
            events: [agreementEvent('budget_authorised', agreement)],
            parties: partiesOf(found.row),
          },
          {
            stream: envelope,
            events: [
              {
                ...{ type: 'budget_reserved', v: 1, kind: envelopeKind.name, entity: envelope },
                data: { agreement_id: agreement, amount, currency },
              },
            ],
            parties: { consumer: found.row.consumer_id },
          },
        ],
      }
    },
  },
})

/** Sent by the timer at the agreed end: every access that is still open ends at that instant, whenever this is sent. */
export const endAgreement: Command<OfAgreement> = {
  name: 'end_agreement',
  version: 1,
  streams: stepReads.streams,
  load: ({ agreement }) => [
    ...stepReads.load({ agreement }),
    { kind: grantKind, stream: agreement },
  ],
  decide: ({ agreement }, facts) => {
    const found = taken('end_agreement', agreement, facts)
    if ('refusal' in found) return found
    const { row } = found
    const at = row.valid_until
    const open = facts
      .entities(grantKind, agreement)
      .filter(({ ended_at, granted_at }) => ended_at === undefined && granted_at < at)
    const ended = open.flatMap((grant, place): Event[] => {
      const { component, about } = grant
      const id = `fct_${facts.version(agreement) + 1}_${place + 1}`
      return [
        { ...{ type: 'access_ended', v: 1, kind: grantKind.name, entity: grant.id }, data: { at } },
        factEvent({ id, kind: 'ended', said: { about, component, at } }),
      ]
    })
    return {
      answer: { id: agreement, status: 'ended' },
      role: found.role,
      changes: [
        {
          stream: agreement,
          events: [agreementEvent('agreement_ended', agreement), ...ended],
          parties: partiesOf(row),
          occurredAt: Date.parse(at),
        },
      ],
    }
  },
}

type RevisionInput = OfAgreement & {
  readonly from: string
  readonly agreed?: PlainMap
  readonly deviations?: readonly PlainMap[]
}

/** What both sides agreed to change from an instant on, as it is kept in files. */
export const reviseAgreement: Command<RevisionInput> = {
  name: 'revise_agreement',
  version: 1,
  streams: stepReads.streams,
  load: ({ agreement }) => [
    ...stepReads.load({ agreement }),
    { kind: revisionKind, stream: agreement },
  ],
  decide: ({ agreement, from, ...changed }, facts) => {
    const row = facts.entity(agreementKind, agreement, agreement)
    if (!row) return { refusal: refuse('agreement_not_found', '/agreement') }
    const number = facts.entities(revisionKind, agreement).length + 2
    return {
      answer: { number },
      changes: [
        {
          stream: agreement,
          events: [
            {
              ...{ type: 'agreement_revised', v: 1, kind: revisionKind.name },
              entity: `${agreement}_${number}`,
              data: { number, valid_from: from, ...changed },
            },
          ],
          parties: partiesOf(row),
        },
      ],
    }
  },
}

type Concluded = ProposalInput & { readonly id: string; readonly concludedBy: string }

/** An agreement that was concluded elsewhere, as it is kept in files: proposed, accepted and authorised at once. */
export const concludeAgreement: Command<Concluded> = {
  name: 'conclude_agreement',
  version: 1,
  streams: ({ id }) => [id],
  read: ({ offering, relationship }) => ({
    relationship: readRelationship(relationship),
    users: usersOf(relationship),
    latest: readLatest(offering),
  }),
  decide: (input, facts) => {
    if (facts.version(input.id) > 0) return { refusal: refuse('agreement_must_be_new', '/id') }
    const found = proposedData(input, facts, { side: 'provider', by: input.concludedBy })
    if ('refusal' in found) return found
    const { data, parties } = found
    return {
      answer: { id: input.id, status: 'active' },
      changes: [
        {
          stream: input.id,
          events: [
            agreementEvent('agreement_proposed', input.id, data),
            agreementEvent('agreement_accepted', input.id),
            agreementEvent('budget_authorised', input.id),
          ],
          parties,
        },
      ],
    }
  },
}
