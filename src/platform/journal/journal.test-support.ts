import { join } from 'node:path'
import type { Instant } from '../../kernel/time.ts'
import type { Perspective } from '../database/transaction.ts'
import type { Command, Refusal } from './command.ts'
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
    if (type === 'parcel_stored') {
      const { due_at: _, ...rest } = known
      return { ...rest, status: 'stored', detail: { locker: String(data['locker']) } }
    }
    return {
      ...known,
      weight: String(data['weight']),
      marks: (data['marks'] ?? []) as string[],
      ...(typeof data['due'] === 'string' && { due_at: data['due'] }),
    }
  },
  timers: ({ id, due_at }) =>
    due_at === undefined
      ? []
      : [{ id: `tmr_${id}`, dueAt: Date.parse(due_at), command: 'return_parcel', input: { id } }],
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
}

const no = (name: string, pointer: string, words: string): { refusal: Refusal } => ({
  refusal: { name, pointer, words },
})

const sendParcel: Command<SendInput> = {
  name: 'send_parcel',
  version: 1,
  streams: ({ shipment }) => [shipment],
  load: ({ shipment, id }) => [{ kind: parcel, stream: shipment, id }],
  decide: ({ shipment, id, weight, marks = [], due, occurred }, facts) => {
    if (facts.request.actor.party !== hotel.party)
      return no('sender_must_be_provider', '', 'Only the provider sends.')
    if (facts.entity(parcel, shipment, id))
      return no('parcel_must_not_be_sent_twice', '/id', 'It was sent.')
    if (Number(weight) > 1000) return no('parcel_must_be_light', '/weight', 'It is too heavy.')
    const data = { weight, marks, ...(due !== undefined && { due }) }
    const event: Event = { type: 'parcel_sent', v: 2, kind: 'parcel', entity: id, data }
    const outbox = [{ task: 'tell_guest', payload: { id } }]
    return {
      answer: { id, version: facts.version(shipment) + 1 },
      changes: [
        {
          ...{ stream: shipment, events: [event], parties, outbox },
          ...(occurred !== undefined && { occurredAt: occurred }),
        },
      ],
    }
  },
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

/** Stores what the table refuses. */
const careless: Command<SendInput> = {
  ...sendParcel,
  name: 'send_nothing',
  decide: (input, facts) => sendParcel.decide({ ...input, weight: '-1' }, facts),
}

export const testKinds: readonly EntityKind[] = [parcel, locker]
export const testCommands: readonly Command[] = [sendParcel, storeParcel, forgetful, careless]
