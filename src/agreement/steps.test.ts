import { expect, test } from 'vitest'
import { type AgreementStatus, type StepName, stepRefusal, stepRefused, steps } from './steps.ts'

/** From proposal to end: each step from exactly the states in which it may be taken. */

const statuses = ['proposed', 'accepted', 'active', 'ended', 'withdrawn'] as const
const names = Object.keys(steps) as StepName[]

test.for<[StepName, readonly AgreementStatus[], string]>([
  ['accept_agreement', ['proposed'], 'agreement_must_be_proposed'],
  ['authorise_budget', ['accepted'], 'agreement_must_be_accepted'],
  ['withdraw_proposal', ['proposed', 'accepted'], 'agreement_must_not_be_signed'],
  ['end_agreement', ['active'], 'agreement_must_be_running'],
])('%s is taken from %j, and else refused by %s', ([name, from, refusal]) => {
  const met = statuses.map((status) => stepRefused(name, status)?.name)
  expect(met).toEqual(statuses.map((status) => (from.includes(status) ? undefined : refusal)))
})

test('every refusal of a step has its words', () => {
  for (const name of names) {
    const refused = statuses.flatMap((status) => stepRefused(name, status) ?? [])
    expect(new Set(refused.map((one) => one.name))).toEqual(new Set([stepRefusal[name]]))
    for (const { words } of refused) expect(words).toMatch(/\w/)
  }
})

test('what runs is only ended, and what has ended or was withdrawn stays so', () => {
  const possible = (status: AgreementStatus) =>
    names.filter((name) => stepRefused(name, status) === undefined)
  expect(possible('active')).toEqual(['end_agreement'])
  expect([possible('ended'), possible('withdrawn')]).toEqual([[], []])
})

test('the sponsor alone authorises, and nobody but the platform ends', () => {
  expect(steps.authorise_budget.roles).toEqual(['consumer sponsor'])
  expect(steps.end_agreement.roles).toEqual([])
})
