import { join } from 'node:path'
import { z } from 'zod'
import { moveClock } from '../journal/clock.ts'
import type { Command } from '../journal/command.ts'
import { testCommands, testMigrations } from '../journal/journal.test-support.ts'
import { command, door, query } from './endpoint.ts'
import { sessionEndsAt } from './token.ts'

export const serverMigrations = [...testMigrations, join(import.meta.dirname, 'migrations')]

const named = <Input>(name: string) => {
  const found = testCommands.find((one) => one.name === name)
  if (!found) throw new Error(`no test command is named ${name}`)
  return found as unknown as Command<Input>
}

const Id = z.string().regex(/^[a-z]{3}_[\p{L}\d_ ]{1,40}$/u)
const weight = z.string().regex(/^\d{1,6}(\.\d{1,3})?$/)
const Parcel = z.object({ id: z.string(), status: z.string(), weight: z.string() }).meta({
  id: 'Parcel',
})
type Box = { size: string; holds: Box[] }
const Box: z.ZodType<Box> = z.lazy(() => z.strictObject({ size: z.string(), holds: z.array(Box) }))
const Person = z.strictObject({ person: z.string(), party: z.string() })
const Problems = z.strictObject({
  how: z.enum(['fault', 'slow', 'lost', 'key', 'hidden', 'unfit']),
})

const faults = {
  slow: 'set local statement_timeout = 20; select pg_sleep(5)',
  lost: 'select pg_terminate_backend(pg_backend_pid())',
  key: `insert into token_like values ('secret value'), ('secret value')`,
  hidden: `insert into parcel values ('shp_x', 'prc_x', 'pty_a', 'pty_b', 'sent', 1, '{}')`,
}

const parcels = {
  send: command({
    name: 'send_parcel',
    route: 'POST /shipments/:shipment/parcels',
    says: 'Sends a parcel.',
    roles: ['provider practitioner'],
    input: z.object({
      ...{ shipment: Id, id: Id, weight, marks: z.array(z.string().max(20)).max(5).optional() },
    }),
    output: z.object({ id: z.string(), version: z.number() }),
    refusals: ['sender_must_be_provider', 'parcel_must_not_be_sent_twice', 'parcel_must_be_light'],
    command: named('send_parcel'),
  }),
  careless: command({
    name: 'send_nothing',
    route: 'POST /shipments/:shipment/nothings',
    says: 'Stores what the table refuses.',
    roles: [],
    input: z.object({ shipment: Id, id: Id, weight }),
    output: z.unknown(),
    refusals: [],
    command: named('send_nothing'),
  }),
  shown: query({
    name: 'parcels_shown',
    route: 'GET /shipments/:shipment/parcels',
    says: 'Lists what was sent.',
    open: false,
    input: z.object({ shipment: Id, limit: z.coerce.number().int().min(1).max(50).default(20) }),
    output: z.object({ items: z.array(Parcel), now: z.string(), viewer: Person }),
    refusals: ['shipment_not_found'],
    answer: async ({ input, client, viewer, now }) => {
      const { rows } = await client.query(
        'select * from parcel where shipment_id = $1 order by id limit $2',
        [input.shipment, input.limit],
      )
      if (rows.length === 0)
        return { refusal: { name: 'shipment_not_found', pointer: '/shipment', words: 'None.' } }
      const { role: _, ...who } = viewer
      return { items: rows, now: new Date(now).toISOString(), viewer: who }
    },
  }),
  asked: query({
    name: 'box_asked',
    route: 'POST /boxes/questions',
    says: 'A question with a body.',
    open: true,
    input: z.object({
      box: Box,
      what: z.union([
        z.strictObject({ weighs: z.number().max(10) }),
        z.strictObject({ fits: z.string(), into: z.string() }),
      ]),
      notes: z.record(z.string(), z.string()).optional(),
      anything: z.unknown(),
    }),
    output: z.strictObject({ box: Box, demonstration: z.boolean() }),
    refusals: [],
    answer: async ({ input, demonstration }) => ({ box: input.box, demonstration }),
  }),
  long: query({
    name: 'long_shown',
    route: 'GET /long',
    says: 'Much text.',
    open: true,
    input: z.object({}),
    output: z.object({ text: z.string() }),
    refusals: [],
    answer: async () => ({ text: 'parcel '.repeat(2000) }),
  }),
  fails: query({
    name: 'failure_shown',
    route: 'GET /failures/:how',
    says: 'Goes wrong.',
    open: true,
    input: Problems,
    output: z.object({ text: z.string() }),
    refusals: [],
    answer: async ({ input: { how }, client, work }) => {
      if (how === 'fault') throw new TypeError('the password is hunter2')
      if (how === 'unfit') return { text: 1 as unknown as string }
      if (how === 'hidden') {
        await client.query('commit; begin')
        await client.query(faults.hidden)
      } else if (how === 'key') {
        const one = await work.connect()
        try {
          await one.query('create temporary table token_like (only_once text primary key)')
          await one.query(faults.key)
        } finally {
          one.release(true)
        }
      } else await client.query(faults[how])
      return { text: 'not reached' }
    },
  }),
}

const doors = {
  signIn: door({
    name: 'step_in',
    route: 'POST /demonstration/session',
    says: 'Steps into a person.',
    to: 'demonstration',
    input: Person,
    output: Person,
    refusals: ['person_not_found'],
    enter: async ({ input, tokens, now, machineNow, keepSession }) => {
      if (!input.party.startsWith('pty_'))
        return { refusal: { name: 'person_not_found', pointer: '/person', words: 'Nobody.' } }
      const { secret } = await tokens.issue({
        ...{ kind: 'session', viewer: { ...input, role: '' }, says: 'a browser', now },
        expiresAt: sessionEndsAt(machineNow()),
      })
      keepSession(secret)
      return input
    },
  }),
  clock: door({
    name: 'move_clock',
    route: 'POST /demonstration/clock',
    says: 'Moves the clock.',
    to: 'demonstration',
    input: z.object({ at: z.iso.datetime() }),
    output: z.object({ now: z.string() }),
    refusals: ['clock_must_move_forwards'],
    enter: async ({ input, work, machineNow }) => {
      const moved = await moveClock(work, Date.parse(input.at), machineNow())
      return 'refusal' in moved ? moved : { now: new Date(moved.now).toISOString() }
    },
  }),
  signOut: door({
    name: 'step_out',
    route: 'DELETE /session',
    says: 'Ends the session.',
    to: 'everybody',
    input: z.object({}),
    output: z.object({}),
    refusals: [],
    enter: async ({ keepSession }) => {
      keepSession(undefined)
      return {}
    },
  }),
  // In production people would come in here.
  knock: door({
    name: 'knock',
    route: 'POST /session',
    says: 'Knocks.',
    to: 'everybody',
    input: z.object({}),
    output: z.object({}),
    refusals: [],
    enter: async () => ({}),
  }),
  documents: door({
    name: 'apply_documents',
    route: 'POST /documents',
    says: 'Loads documents.',
    to: 'operator',
    input: z.object({ documents: z.array(z.strictObject({ file: z.string(), text: z.string() })) }),
    output: z.object({ lines: z.array(z.string()) }),
    refusals: [],
    enter: async ({ input }) => ({ lines: input.documents.map(({ file }) => file) }),
  }),
}

export const testEndpoints = [
  parcels.send,
  parcels.careless,
  parcels.shown,
  parcels.asked,
  parcels.long,
  parcels.fails,
  doors.signIn,
  doors.clock,
  doors.signOut,
  doors.knock,
  doors.documents,
]
