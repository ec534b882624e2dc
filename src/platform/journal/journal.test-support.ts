import { join } from 'node:path'
import type { Instant } from '../../kernel/time.ts'
import type { Perspective } from '../database/transaction.ts'
import { type Command, platform, type Refusal } from './command.ts'
import type { Event } from './entry.ts'
import type { EntityKind } from './kind.ts'

export const testMigrations = [
  join(import.meta.dirname, 'migrations'),
  join(import.meta.dirname, 'migrations.test-support'),
]

type Parcel = {
  readonly shipment_id: string
  readonly id: string
  readonly provider_id: string
  readonly consumer_id: string
  readonly status: 'sent' | 'stored' | 'returned'
  readonly weight: string
  readonly marks: readonly string[]
  readonly detail?: { readonly [key: string]: string }
  readonly due_at?: string
  readonly seal?: string
  readonly note?: string
}

type Locker = {
  readonly id: string
  readonly provider_id: string
  readonly consumer_id?: string
  readonly parcel_id?: string
  readonly opened: string
}

export const parcel: EntityKind<Parcel> = {
  name: 'parcel',
  table: 'parcel',
  columns: {
    ...{ shipment_id: 'text', id: 'text', provider_id: 'text', consumer_id: 'text' },
    ...{
      status: 'text',
      weight: 'numeric',
      marks: 'text[]',
      detail: 'jsonb',
      due_at: 'timestamptz',
      seal: 'text',
      note: 'text',
    },
  },
  stream: 'shipment_id',
  id: 'id',
  // The first form called the weight `grams`, as a number.
  upcast: (event) =>
    event.v === 1 && event.type === 'parcel_sent'
      ? { ...event, v: 2, data: { marks: [], weight: String(event.data['grams']) } }
      : event,
  evolve: (state, { type, entity, data }, entry) => {
    const known = state ?? {
      ...{ shipment_id: entry.stream, id: entity, status: 'sent', weight: '1', marks: [] },
      ...{ provider_id: entry.provider ?? '', consumer_id: entry.consumer ?? '' },
    }
    const { due_at: _, ...rest } = known
    if (type === 'parcel_stored')
      return { ...rest, status: 'stored', detail: { locker: String(data['locker']) } }
    if (type === 'parcel_returned')
      return {
        ...rest,
        status: 'returned',
        ...(typeof data['due'] === 'string' && { due_at: data['due'] }),
      }
    return {
      ...known,
      weight: String(data['weight']),
      marks: (data['marks'] ?? []) as string[],
      ...(typeof data['due'] === 'string' && { due_at: data['due'] }),
      ...(typeof data['seal'] === 'string' && { seal: data['seal'] }),
      ...(typeof data['note'] === 'string' && { note: data['note'] }),
    }
  },
  timers: ({ shipment_id: shipment, id, due_at }) => {
    if (due_at === undefined) return []
    const input = { shipment, id }
    return [{ id: `tmr_${id}`, dueAt: Date.parse(due_at), command: 'return_parcel', input }]
  },
}

const locker: EntityKind<Locker> = {
  name: 'locker',
  table: 'locker',
  columns: {
    ...{
      id: 'text',
      provider_id: 'text',
      consumer_id: 'text',
      parcel_id: 'text',
      opened: 'bigint',
    },
  },
  stream: 'id',
  id: 'id',
  evolve: (state, { entity, data }, entry) => ({
    id: entity,
    provider_id: entry.provider ?? '',
    ...(entry.consumer !== undefined && { consumer_id: entry.consumer }),
    ...(typeof data['parcel'] === 'string' && { parcel_id: data['parcel'] }),
    opened: String(BigInt(state?.opened ?? '0') + 1n),
  }),
}

export const hotel: Perspective = { person: 'per_desk', party: 'pty_hotel', role: 'front desk' }
export const guest: Perspective = { person: 'per_guest', party: 'pty_guest', role: 'user' }
export const stranger: Perspective = { person: 'per_else', party: 'pty_else', role: 'user' }

const parties = { provider: hotel.party, consumer: guest.party }

type SendInput = {
  readonly shipment: string
  readonly id: string
  readonly weight: string
  readonly marks?: readonly string[]
  readonly due?: string
  readonly occurred?: Instant
  readonly seal?: string
  readonly note?: string
  /** The role in which it is sent, where that is not the one claimed. */
  readonly exercised?: string
}

const no = (name: string, pointer: string, words: string): { refusal: Refusal } => ({
  refusal: { name, pointer, words },
})

const sendParcel: Command<SendInput> = {
  name: 'send_parcel',
  version: 1,
  texts: ['note'],
  streams: ({ shipment }) => [shipment],
  load: ({ shipment, id }) => [{ kind: parcel, stream: shipment, id }],
  decide: (input, facts) => {
    if (facts.request.actor.party !== hotel.party)
      return no('sender_must_be_provider', '', 'Only the provider sends.')
    return decideToSend(input, facts)
  },
}

const decideToSend: typeof sendParcel.decide = (
  { shipment, id, weight, marks = [], due, occurred, seal, note, exercised },
  facts,
) => {
  if (facts.entity(parcel, shipment, id))
    return no('parcel_must_not_be_sent_twice', '/id', 'It was sent.')
  if (Number(weight) > 1000) return no('parcel_must_be_light', '/weight', 'It is too heavy.')
  const data = {
    ...{ weight, marks },
    ...(due !== undefined && { due }),
    ...(seal !== undefined && { seal }),
    ...(note !== undefined && { note }),
  }
  const event: Event = { type: 'parcel_sent', v: 2, kind: 'parcel', entity: id, data }
  const outbox = [{ task: 'tell_guest', payload: { id } }]
  return {
    answer: { id, version: facts.version(shipment) + 1 },
    ...(exercised !== undefined && { role: exercised }),
    changes: [
      {
        ...{ stream: shipment, events: [event], parties, outbox },
        ...(occurred !== undefined && { occurredAt: occurred }),
      },
    ],
  }
}

type StoreInput = { readonly shipment: string; readonly id: string; readonly locker: string }

const storeParcel: Command<StoreInput> = {
  name: 'store_parcel',
  version: 1,
  streams: (input) => [input.shipment, input.locker],
  load: (input) => [
    { kind: parcel, stream: input.shipment },
    { kind: locker, stream: input.locker, id: input.locker },
  ],
  read: () => ({
    sums: { name: 'count parcels', text: 'select count(*) as number from parcel' },
  }),
  decide: (input, facts) => {
    const stored = facts.entities(parcel, input.shipment).find(({ id }) => id === input.id)
    if (!stored) return no('parcel_must_be_known', '/id', 'It was never sent.')
    if (stored.status === 'stored') return no('parcel_must_be_outside', '/id', 'It is stored.')
    if (facts.entity(locker, input.locker, input.locker)?.parcel_id !== undefined)
      return no('locker_must_be_empty', '/locker', 'It is taken.')
    const event = (kind: string, type: string, entity: string, data: Event['data']): Event => ({
      ...{ kind, type, entity, data, v: 1 },
    })
    return {
      answer: { parcels: String(facts.rows['sums']?.[0]?.['number']) },
      changes: [
        {
          ...{ stream: input.shipment, parties },
          events: [event('parcel', 'parcel_stored', input.id, { locker: input.locker })],
        },
        {
          ...{ stream: input.locker, parties: { provider: hotel.party } },
          events: [event('locker', 'locker_filled', input.locker, { parcel: input.id })],
        },
      ],
    }
  },
}

/** Forgets to load what it changes. */
const forgetful: Command<StoreInput> = { ...storeParcel, name: 'forget_to_load', load: () => [] }

/** What a courier sends for parties that he does not belong to; `send_parcel` cannot. */
const sendForOthers: Command<SendInput> = {
  ...sendParcel,
  name: 'send_for_others',
  runsAs: 'work',
  decide: decideToSend,
}

const sendUnasked: Command<SendInput> = {
  ...sendParcel,
  name: 'send_unasked',
  decide: decideToSend,
}

/** Looks whether the seal is taken, where `send_parcel` leaves that to the table. */
const sendSealed: Command<SendInput> = {
  ...sendParcel,
  name: 'send_sealed',
  read: ({ seal = '' }) => ({
    taken: { name: 'find seal', text: 'select id from parcel where seal = $1', values: [seal] },
  }),
  decide: (input, facts) =>
    facts.rows['taken']?.length
      ? no('seal_must_be_free', '/seal', 'Another parcel has it.')
      : sendParcel.decide(input, facts),
}

type ReturnInput = { readonly shipment: string; readonly id: string }

/** What a parcel's timer does. A mark says how it goes wrong, or that it is due once more an hour later. */
const returnParcel: Command<ReturnInput> = {
  name: 'return_parcel',
  version: 1,
  streams: ({ shipment }) => [shipment],
  load: ({ shipment, id }) => [{ kind: parcel, stream: shipment, id }],
  decide: ({ shipment, id }, facts) => {
    const { actor, dueAt = 0 } = facts.request
    const found = facts.entity(parcel, shipment, id)
    if (actor !== platform) return no('return_must_be_due', '', 'Only the platform returns.')
    if (found?.due_at === undefined) return no('parcel_must_be_due', '/id', 'It is not due.')
    if (found.marks.includes('stuck')) return no('parcel_must_be_loose', '/id', 'It is stuck.')
    if (found.marks.includes('broken')) throw new Error('the parcel is broken')
    const due = found.marks.includes('for ever')
      ? dueAt
      : found.marks.includes('twice') && found.status === 'sent'
        ? dueAt + 3_600_000
        : undefined
    const data = due === undefined ? {} : { due: new Date(due).toISOString() }
    const event: Event = { type: 'parcel_returned', v: 1, kind: 'parcel', entity: id, data }
    return { answer: null, changes: [{ stream: shipment, events: [event], parties }] }
  },
}

/** Stores what the table refuses. */
const careless: Command<SendInput> = {
  ...sendParcel,
  name: 'send_nothing',
  decide: (input, facts) => sendParcel.decide({ ...input, weight: '-1' }, facts),
}

export const testKinds: readonly EntityKind[] = [parcel, locker]
export const testCommands: readonly Command[] = [
  ...[sendParcel, sendForOthers, sendUnasked, sendSealed, careless],
  ...[storeParcel, forgetful, returnParcel],
]
