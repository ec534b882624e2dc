import { expect, test } from 'vitest'
import type { Ground } from './propose.ts'
import {
  type AgreementStatus,
  isLapsed,
  type StepName,
  stepRefusals,
  stepRefused,
  steps,
} from './steps.ts'

/** From proposal to end: each step from exactly the states in which it may be taken, by the side that it waits for. */

const statuses = ['proposed', 'accepted', 'active', 'ended', 'withdrawn'] as const
const names = Object.keys(steps) as StepName[]
const now = Date.parse('2026-05-14T18:00Z')
const good = {
  row: { status: 'proposed', awaits: 'consumer', valid_until: '2026-05-20T11:00:00.000Z' },
  role: 'consumer customer',
  ground: { version: 1, document: '{}', zone: 'Europe/Lisbon', held_from: '2026-01-01' },
  now,
} as const
const taken = (name: StepName, status: AgreementStatus) =>
  stepRefused(name, { ...good, row: { ...good.row, status } })

test.for<[StepName, readonly AgreementStatus[], string]>([
  ['accept_agreement', ['proposed'], 'agreement_must_be_proposed'],
  ['authorise_budget', ['accepted'], 'agreement_must_be_accepted'],
  ['withdraw_proposal', ['proposed', 'accepted'], 'agreement_must_not_be_signed'],
  ['end_agreement', ['active'], 'agreement_must_be_running'],
])('%s is taken from %j, and else refused by %s', ([name, from, refusal]) => {
  const met = statuses.map((status) => taken(name, status)?.name)
  expect(met).toEqual(statuses.map((status) => (from.includes(status) ? undefined : refusal)))
})

test('every refusal of a step has its words', () => {
  for (const name of names) {
    const refused = statuses.flatMap((status) => taken(name, status) ?? [])
    expect(new Set(refused.map((one) => one.name))).toEqual(new Set([stepRefusals(name)[0]]))
    for (const { words } of refused) expect(words).toMatch(/\w/)
  }
})

test('who proposed it does not accept it', () => {
  const accept = (role: string, awaits: 'provider' | 'consumer') =>
    stepRefused('accept_agreement', { ...good, role, row: { ...good.row, awaits } })?.name
  const refused = 'acceptance_must_be_the_other_sides'
  expect(accept('consumer customer', 'consumer')).toBeUndefined()
  expect(accept('provider owner', 'consumer')).toBe(refused)
  expect(accept('provider practitioner', 'provider')).toBeUndefined()
  expect(accept('consumer customer', 'provider')).toBe(refused)
})

test.for<[told: string, ground: Partial<Ground>, at: string, refused: string | undefined]>([
  ['still runs', {}, '2026-05-20T10:59Z', undefined],
  ['is over', {}, '2026-05-20T11:00Z', 'agreement_must_not_lie_in_the_past'],
  [
    'outlives its relationship',
    { held_until: '2026-05-20' },
    '2026-05-14T18:00Z',
    'agreement_must_lie_within_its_relationship',
  ],
  ['ends with its relationship', { held_until: '2026-05-21' }, '2026-05-14T18:00Z', undefined],
])('what %s is taken up accordingly', ([, ground, at, refused]) => {
  const stepping = { ...good, ground: { ...good.ground, ...ground }, now: Date.parse(at) }
  for (const [name, status] of [
    ['accept_agreement', 'proposed'],
    ['authorise_budget', 'accepted'],
  ] as const) {
    const row = { ...good.row, status }
    expect(stepRefused(name, { ...stepping, row })?.name).toBe(refused)
    expect(stepRefused('withdraw_proposal', { ...stepping, row })).toBeUndefined()
  }
})

test('what is offered no more is not accepted, and what was accepted before is still authorised', () => {
  // In Lisbon the day has begun already, in UTC it has not.
  const ground = {
    ...good.ground,
    document: JSON.stringify({ available: { until: '2026-05-15' } }),
  }
  const stepping = { ...good, ground, now: Date.parse('2026-05-14T23:00Z') }
  const refused = (name: StepName, status: AgreementStatus) =>
    stepRefused(name, { ...stepping, row: { ...good.row, status } })?.name
  expect(refused('accept_agreement', 'proposed')).toBe('offering_must_be_available')
  expect(refused('authorise_budget', 'accepted')).toBeUndefined()
})

test('a proposal lapses with its period, and what ran does not', () => {
  const lapsed = (status: AgreementStatus, at: string) =>
    isLapsed({ ...good.row, status }, Date.parse(at))
  expect(statuses.filter((status) => lapsed(status, '2026-05-20T11:00Z'))).toEqual([
    'proposed',
    'accepted',
  ])
  expect(statuses.filter((status) => lapsed(status, '2026-05-20T10:59Z'))).toEqual([])
})

test('what runs is only ended, and what has ended or was withdrawn stays so', () => {
  const possible = (status: AgreementStatus) =>
    names.filter((name) => taken(name, status) === undefined)
  expect(possible('active')).toEqual(['end_agreement'])
  expect([possible('ended'), possible('withdrawn')]).toEqual([[], []])
})

test('the sponsor alone authorises, and nobody but the platform ends', () => {
  expect(steps.authorise_budget.roles).toEqual(['consumer sponsor'])
  expect(steps.end_agreement.roles).toEqual([])
})
