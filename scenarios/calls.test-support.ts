import type { Pool } from 'pg'
import { z } from 'zod'
import { faultNames } from '../src/contract/document/fault.ts'
import type { Endpoint } from '../src/platform/http/endpoint.ts'
import { no } from '../src/platform/http/problem.ts'
import { createTokens } from '../src/platform/http/token.ts'

/** A call as any program may send it: not by our client, which would not send what is wrong. */
export type Called = {
  readonly route: string
  readonly input?: Readonly<Record<string, unknown>>
  /** In place of the input that is left for the body. */
  readonly body?: string
  readonly token?: string | undefined
  readonly key?: string | undefined
}

/** As the program of a person. */
export async function tokenOf(work: Pool, person: string, organisation: string): Promise<string> {
  const viewer = { person: `per_${person}`, party: `org_${organisation}`, role: '' }
  const issued = { kind: 'bearer', viewer, says: 'a story', now: Date.now() } as const
  return (await createTokens(work).issue(issued)).secret
}

/** Everything that came back, down to the headers. */
export type Received = {
  readonly status: number
  readonly text: string
  readonly headers: string
  /** Of a refusal. */
  readonly name?: string
  readonly pointer?: string
}

export async function callAt(base: string, called: Called): Promise<Received> {
  const { route, input = {}, token, key } = called
  const [method = '', path = ''] = route.split(' ')
  const rest = new Map(Object.entries(input).filter(([, value]) => value !== undefined))
  const filled = path.replaceAll(/:(\w+)/g, (_, field: string) => {
    const value = rest.get(field)
    rest.delete(field)
    return encodeURIComponent(textOf(value)) || '%20'
  })
  const hasBody = method === 'POST'
  const search = hasBody ? '' : `?${[...rest].map(pairOf).join('&')}`
  const response = await fetch(`${base}${filled}${search}`, {
    method,
    headers: {
      ...(hasBody && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    ...(hasBody && { body: called.body ?? JSON.stringify(Object.fromEntries(rest)) }),
  })
  const text = await response.text()
  const headers = [...response.headers].map((pair) => pair.join(': ')).join('\n')
  const received = { status: response.status, text, headers }
  if (response.ok || !(response.headers.get('content-type') ?? '').includes('problem'))
    return received
  const { name, pointer } = JSON.parse(text)
  return { ...received, name, pointer }
}

const textOf = (value: unknown) =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed()
const pairOf = ([name, value]: [string, unknown]) =>
  `${encodeURIComponent(name.toWellFormed())}=${encodeURIComponent(textOf(value))}`

/** What a field of some name may be tried with, the good one first. */
export type Candidates = Readonly<Record<string, readonly unknown[]>>

type Schema = {
  readonly enum?: readonly unknown[]
  readonly type?: string
  readonly default?: unknown
}

const anything: Readonly<Record<string, readonly unknown[]>> = {
  string: ['anything'],
  number: [1, -1],
  integer: [1, -1],
  object: [{}],
  array: [[]],
  boolean: [true],
}

/** Every field that an endpoint declares, with what it may be tried with. */
export function fieldsOf(endpoint: Endpoint, candidates: Candidates): Candidates {
  const { properties = {} } = z.toJSONSchema(endpoint.input, {
    io: 'input',
    unrepresentable: 'any',
  })
  const own = Object.entries(properties).map(([name, schema]): [string, readonly unknown[]] => {
    const { enum: words, type = '' } = schema as Schema
    return [name, words ?? candidates[name] ?? anything[type] ?? ['anything']]
  })
  return Object.fromEntries(own)
}

const requiredOf = ({ input }: Endpoint) =>
  new Set(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }).required ?? [])

/** The good input with nothing that could be left out. */
export function leastOf(endpoint: Endpoint, candidates: Candidates): Record<string, unknown> {
  const required = requiredOf(endpoint)
  const fields = Object.entries(fieldsOf(endpoint, candidates))
  return Object.fromEntries(
    fields.filter(([name]) => required.has(name)).map(([name, [good]]) => [name, good]),
  )
}

/** The least input, each field in turn with everything that it may be tried with, and a field that nobody declares. */
export function inputsOf(endpoint: Endpoint, candidates: Candidates): Record<string, unknown>[] {
  const least = leastOf(endpoint, candidates)
  const fields = Object.entries(fieldsOf(endpoint, candidates))
  return [
    least,
    ...fields.flatMap(([name, values]) =>
      values.filter((value) => value !== least[name]).map((value) => ({ ...least, [name]: value })),
    ),
    { ...least, nobody_declares_this: 'a' },
  ]
}

/** Whether a refusal of this name was announced by the endpoint, or is one that the platform or the language declares. */
export const isDeclared = ({ refusals }: Endpoint, name: string) =>
  refusals.includes(name) ||
  Object.hasOwn(faultNames, name) ||
  no(name as Parameters<typeof no>[0]).words !== ''

/** What may be tried in one of the worked worlds, the good first. */
export function candidatesIn(
  world: keyof typeof own,
  agreement: readonly string[],
  ...hidden: readonly string[]
): Candidates {
  const { component, ...fields } = own[world]
  return { ...anywhere, ...fields, agreement, component: [...component, ...hidden] }
}

const own = {
  hotel: {
    offering: ['off_city_stay', 'off_of_nobody'],
    relationship: ['rel_costa_with_meridian', 'rel_ito_with_meridian'],
    component: ['room', 'robe', 'welcome_kit', 'front_desk'],
    kind: ['kept', 'checked_out'],
    question: [
      { bill: '2026-05' },
      { value: 'room_price', in: '2026-05' },
      { may: 'room', user: 'guest', at: '2026-05-14T12:00' },
      { whose: 'robe_0173' },
      { met: 'front_desk_answer', in: '2026-05' },
      { price: 'robe' },
    ],
    about: ['robe_0173'],
    order: ['fan'],
    users: [{ guest: ['per_ana_costa'] }, { butler: ['per_ana_costa'] }],
    agreed: [{ room_rate: '31.40' }],
    deviations: [[{ clause: 'room_price', path: 'charge.every', to: 'week' }]],
  },
  colocation: {
    offering: ['off_standard_rack'],
    relationship: ['rel_brightline_with_northgate'],
    component: ['rack', 'routers', 'remote_hands'],
    kind: ['outage', 'meter_reading'],
    question: [
      { bill: '2026-05' },
      { value: 'electricity_price', in: '2026-05' },
      { may: 'rack', user: 'engineer', at: '2026-05-14T12:00' },
      { whose: 'router_pair_31' },
      { met: 'power_level', in: '2026-05' },
    ],
    about: ['router_pair_31'],
    order: ['drive_change'],
    users: [{ engineer: ['per_j_weber'] }],
    agreed: [{ connections: '25' }],
    deviations: [[{ clause: 'remote_hands_price', path: 'charge.rate', to: '40.00' }]],
  },
} as const

const anywhere: Candidates = {
  ...{
    from: ['2026-06-01T15:00', 'soon'],
    until: ['2026-06-03T12:00'],
    period: ['2026-05', 'May'],
  },
  ...{ at: ['2026-05-14T12:00', 'soon'], known_by: ['2026-05-14T12:00'] },
  // Of a clock that is never moved by it.
  to: ['2020-01-01T00:00Z', 'soon'],
  ...{ item: ['itm_of_nobody'], tag: ['robe_0999'], amount: ['1.00'] },
  ...{ person: ['per_of_nobody'], organisation: ['org_of_nobody'], token: ['tok_of_nobody'] },
  ...{ cursor: ['zzz'], limit: [1], search: ['stay'], text: ['kind: offering', '{'] },
}

/** What people and programs had recorded: a timer may fire at any moment, also between two looks. */
export async function entriesIn(work: Pool): Promise<number> {
  const { rows } = await work.query(
    `select count(*)::int as entries from journal where actor_id <> 'platform'`,
  )
  return rows[0]?.entries
}
