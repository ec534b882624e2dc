import { z } from 'zod'
import type { PlainMap } from '../contract/document/document.ts'
import { Deviation } from '../contract/language/term.ts'
import type { Side } from '../contract/language/words.ts'
import { refuser } from '../kernel/refusal.ts'
import { type Instant, utcText } from '../kernel/time.ts'
import { type OfferingVersionRow, readLatest } from '../offering/store.ts'
import { command } from '../platform/http/endpoint.ts'
import type { Command, Decision, Facts, Request } from '../platform/journal/command.ts'
import { newId } from '../platform/journal/id.ts'
import {
  authorityRefusals,
  exercised,
  type Held,
  heldAt,
  proposers,
} from '../relationship/authority.ts'
import {
  type RelationshipRow,
  readRelationship,
  rolesInRelationship,
  usersOf,
} from '../relationship/store.ts'
import { endAtFirst } from './ending.ts'
import { proposalRefusals, proposed } from './propose.ts'
import { agreementEvent } from './store.ts'

const refuse = refuser({
  request_key_needed:
    'Send an Idempotency-Key: the agreement has its id of it, so that a repeat makes no second one.',
  relationship_not_found: 'There is no such relationship, or you have no part in it.',
  offering_not_found: 'No offering of that id is published.',
  offering_must_be_the_latest:
    'Another version was published since the one that was read: read the offering again.',
  agreement_must_be_new: 'An agreement of that id is concluded already.',
})

const Status = z.object({ id: z.string(), status: z.string() })

const ProposalInput = z.strictObject({
  offering: z.string(),
  version: z
    .number()
    .int()
    .optional()
    .describe('of the offering, the one that was read; who accepts by proposing says it'),
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
  says: 'Puts an offering into the context of two parties, for the other side to accept; what the offering itself lets the consumer choose, its provider has accepted.',
  roles: proposers,
  input: ProposalInput,
  output: Status,
  refusals: [
    'request_key_needed',
    'relationship_not_found',
    ...Object.keys(authorityRefusals),
    'offering_not_found',
    'offering_must_be_the_latest',
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
  const role = exercised(held, proposers, {
    person: actor.person,
    claimed: actor.role,
    now: facts.now,
    zone: String(facts.rows['latest']?.[0]?.['zone'] ?? 'UTC'),
  })
  if ('refusal' in role) return role
  const side = role.role === 'consumer customer' ? 'consumer' : 'provider'
  const found = proposedData(input, facts, { side, by: actor.person, now: facts.now })
  if ('refusal' in found) return found
  const id = proposalId(facts.request)
  const { own, ...data } = found.data
  // Who asks for an offering as it is published has accepted it: the provider's word stands already. Not for other values.
  const isAccepted = side === 'consumer' && own.length === 0
  const accepted = isAccepted ? [agreementEvent('agreement_accepted', id)] : []
  const awaits = side === 'consumer' ? 'provider' : 'consumer'
  return {
    answer: { id, status: isAccepted ? 'accepted' : 'proposed' },
    role: role.role,
    changes: [
      {
        stream: id,
        events: [agreementEvent('agreement_proposed', id, { ...data, awaits }), ...accepted],
        parties: found.parties,
      },
    ],
  }
}

/** What is proposed, on the version that is published last, checked against both sides. */
function proposedData(
  input: ProposalInput,
  { rows, now }: Facts,
  {
    side,
    by,
    now: proposedAt,
  }: { readonly side: Side; readonly by: string; readonly now?: Instant },
) {
  const relationship = rows['relationship']?.[0] as RelationshipRow | undefined
  if (!relationship) return { refusal: refuse('relationship_not_found', '/relationship') }
  const latest = rows['latest']?.[0] as OfferingVersionRow | undefined
  if (!latest) return { refusal: refuse('offering_not_found', '/offering') }
  if (input.version === undefined ? side === 'consumer' : input.version !== latest.version)
    return { refusal: unread(input.version) }
  const users = (rows['users'] ?? []) as unknown as readonly (Held & { person_id: string })[]
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
      users: new Set(heldAt(users, now, latest.zone).map(({ person_id }) => person_id)),
      side,
      ...(proposedAt !== undefined && { now: proposedAt }),
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
  return { data, document: latest.document, parties: { provider, consumer } }
}

/** Nobody accepts terms that he did not see. */
const unread = (version: number | undefined) =>
  version === undefined
    ? refuse(
        'offering_must_be_the_latest',
        '/version',
        'Say which version you read: you accept it.',
      )
    : refuse('offering_must_be_the_latest', '/version')

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
    const { parties, document } = found
    const { own: _, ...data } = found.data
    const { now } = facts
    const row = { ...data, id: input.id, ends_at: data.valid_until, accepted_at: utcText(now) }
    // What is missed and lies behind was perhaps done: the facts of the file follow, and the first of them asks again.
    const endings = endAtFirst(row, { document, now }).filter(
      ({ data: { at } }) => Date.parse(String(at)) > now,
    )
    return {
      answer: { id: input.id, status: 'active' },
      changes: [
        {
          stream: input.id,
          events: [
            agreementEvent('agreement_proposed', input.id, data),
            agreementEvent('agreement_accepted', input.id),
            agreementEvent('budget_authorised', input.id),
            ...endings,
          ],
          parties,
        },
      ],
    }
  },
}
