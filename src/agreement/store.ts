import type { QueryConfig } from 'pg'
import type { PlainMap } from '../contract/document/document.ts'
import type { Side } from '../contract/language/words.ts'
import type { Event } from '../platform/journal/entry.ts'
import type { EntityKind } from '../platform/journal/kind.ts'
import type { AgreementStatus } from './steps.ts'

export type AgreementRow = {
  readonly id: string
  readonly provider_id: string
  readonly consumer_id: string
  readonly relationship_id: string
  readonly offering_id: string
  readonly offering_version: number
  readonly status: AgreementStatus
  /** The side that accepts it, or did: not the one that proposed it. */
  readonly awaits: Side
  readonly valid_from: string
  readonly valid_until: string
  /** As agreed, or before that where a term ends it, as far as is foreseen. */
  readonly ends_at: string
  readonly users: Readonly<Record<string, readonly string[]>>
  readonly agreed: PlainMap
  readonly deviations: readonly PlainMap[]
  readonly proposed_by: string
  readonly proposed_at: string
  readonly accepted_at?: string
  readonly authorised_at?: string
  readonly ended_at?: string
}

export type RevisionRow = {
  readonly agreement_id: string
  readonly id: string
  readonly provider_id: string
  readonly consumer_id: string
  readonly number: number
  readonly valid_from: string
  readonly agreed_on: string
  readonly agreed?: PlainMap
  readonly deviations?: readonly PlainMap[]
}

export type FactRow = {
  readonly agreement_id: string
  readonly id: string
  readonly provider_id: string
  readonly consumer_id: string
  readonly kind: string
  /** As it is written in a document, every value as text. */
  readonly said: PlainMap
  readonly recorded_at: string
}

type EnvelopeRow = {
  readonly id: string
  readonly consumer_id: string
  readonly agreement_id: string
  readonly amount: string
  readonly currency: string
  readonly authorised_by: string
  readonly authorised_at: string
}

const ofAgreement = {
  ...{ agreement_id: 'text', id: 'text', provider_id: 'text', consumer_id: 'text' },
} as const

export const agreementKind: EntityKind<AgreementRow> = {
  name: 'agreement',
  table: 'agreement',
  columns: {
    ...{ id: 'text', provider_id: 'text', consumer_id: 'text', relationship_id: 'text' },
    ...{ offering_id: 'text', offering_version: 'int', status: 'text' },
    awaits: 'text',
    ...{ valid_from: 'timestamptz', valid_until: 'timestamptz', ends_at: 'timestamptz' },
    ...{ users: 'jsonb', agreed: 'jsonb', deviations: 'jsonb' },
    ...{ proposed_by: 'text', proposed_at: 'timestamptz', accepted_at: 'timestamptz' },
    ...{ authorised_at: 'timestamptz', ended_at: 'timestamptz' },
  },
  stream: 'id',
  id: 'id',
  evolve: (state, event, entry) => {
    const { occurredAt, provider = '', consumer = '' } = entry
    const parties = { provider_id: provider, consumer_id: consumer }
    if (!state) return { ...proposedOf(event), ...parties, proposed_at: occurredAt }
    return changed(state, event, occurredAt)
  },
  timers: ({ id, status, ends_at }) =>
    status === 'active'
      ? [
          {
            id: 'end',
            dueAt: Date.parse(ends_at),
            command: 'end_agreement',
            input: { agreement: id },
          },
        ]
      : [],
}

function proposedOf({ entity, data }: Event) {
  return {
    id: entity,
    relationship_id: String(data['relationship_id']),
    offering_id: String(data['offering_id']),
    offering_version: Number(data['offering_version']),
    status: 'proposed' as const,
    awaits: data['awaits'] === 'provider' ? ('provider' as const) : ('consumer' as const),
    valid_from: String(data['valid_from']),
    valid_until: String(data['valid_until']),
    ends_at: String(data['valid_until']),
    users: data['users'] as AgreementRow['users'],
    agreed: data['agreed'] as PlainMap,
    deviations: data['deviations'] as readonly PlainMap[],
    proposed_by: String(data['proposed_by']),
  }
}

function changed(state: AgreementRow, { type, data }: Event, occurredAt: string): AgreementRow {
  switch (type) {
    case 'agreement_accepted':
      return { ...state, status: 'accepted', accepted_at: occurredAt }
    case 'budget_authorised':
      return { ...state, status: 'active', authorised_at: occurredAt }
    case 'proposal_withdrawn':
      return { ...state, status: 'withdrawn' }
    case 'end_moved':
      return { ...state, ends_at: String(data['at']) }
    case 'agreement_ended':
      return { ...state, status: 'ended', ended_at: occurredAt }
    default:
      return state
  }
}

export const agreementEvent = (type: string, entity: string, data: Event['data'] = {}): Event => ({
  ...{ type, v: 1, kind: agreementKind.name, entity, data },
})

export const revisionKind: EntityKind<RevisionRow> = {
  name: 'revision',
  table: 'revision',
  columns: {
    ...ofAgreement,
    ...{ number: 'int', valid_from: 'timestamptz', agreed_on: 'timestamptz' },
    ...{ agreed: 'jsonb', deviations: 'jsonb' },
  },
  stream: 'agreement_id',
  id: 'id',
  neverChanges: true,
  evolve: (_, { entity, data }, entry) => ({
    agreement_id: entry.stream,
    id: entity,
    provider_id: entry.provider ?? '',
    consumer_id: entry.consumer ?? '',
    number: Number(data['number']),
    valid_from: String(data['valid_from']),
    agreed_on: entry.occurredAt,
    ...(data['agreed'] !== undefined && { agreed: data['agreed'] as PlainMap }),
    ...(data['deviations'] !== undefined && {
      deviations: data['deviations'] as readonly PlainMap[],
    }),
  }),
}

export const factKind: EntityKind<FactRow> = {
  name: 'fact',
  table: 'fact',
  columns: { ...ofAgreement, kind: 'text', said: 'jsonb', recorded_at: 'timestamptz' },
  stream: 'agreement_id',
  id: 'id',
  neverChanges: true,
  evolve: (_, { entity, data }, entry) => ({
    agreement_id: entry.stream,
    id: entity,
    provider_id: entry.provider ?? '',
    consumer_id: entry.consumer ?? '',
    kind: String(data['kind']),
    said: data['said'] as PlainMap,
    recorded_at: entry.recordedAt,
  }),
}

export const envelopeKind: EntityKind<EnvelopeRow> = {
  name: 'envelope',
  table: 'envelope',
  columns: {
    ...{ id: 'text', consumer_id: 'text', agreement_id: 'text', amount: 'numeric' },
    ...{ currency: 'text', authorised_by: 'text', authorised_at: 'timestamptz' },
  },
  stream: 'id',
  id: 'id',
  evolve: (_, { entity, data }, entry) => ({
    id: entity,
    consumer_id: entry.consumer ?? '',
    agreement_id: String(data['agreement_id']),
    amount: String(data['amount']),
    currency: String(data['currency']),
    authorised_by: entry.actor.person,
    authorised_at: entry.occurredAt,
  }),
}

export const readAgreement = (agreement: string): QueryConfig => ({
  name: 'agreement',
  text: 'select * from agreement where id = $1',
  values: [agreement],
})

export const readRevisions = (agreement: string): QueryConfig => ({
  name: 'revisions',
  text: 'select * from revision where agreement_id = $1 order by number',
  values: [agreement],
})

/** What a proposal stands on: the offering as it is published last, and its relationship. */
export const readGround = (agreement: string): QueryConfig => ({
  name: 'ground of agreement',
  text: `select latest.version, latest.document, latest.zone, relationship.held_from, relationship.held_until
    from agreement
    join relationship on relationship.id = agreement.relationship_id
    join lateral (
      select version, document, zone
      from offering_version
      where offering_version.offering_id = agreement.offering_id
      order by version desc
      limit 1
    ) as latest on true
    where agreement.id = $1`,
  values: [agreement],
})

/** The consumer's own: its policy shows it to nobody else. */
export const readEnvelope = (agreement: string): QueryConfig => ({
  name: 'envelope',
  text: 'select amount, currency from envelope where agreement_id = $1',
  values: [agreement],
})
