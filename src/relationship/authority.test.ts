import { describe, expect, test } from 'vitest'
import { exercised, type Held, type Holder, heldAt, platformPerson } from './authority.ts'

/** A role counts from its first date to the day before its last, and only as the command declares it. */

const now = Date.parse('2026-05-14T17:05:00Z')
const customer = (held_from: string, held_until?: string): Held => ({
  ...{ side: 'consumer', role: 'customer', held_from },
  ...(held_until !== undefined && { held_until }),
})
const asked = (held: readonly Held[], allowed: readonly Holder[], at = now, person = 'per_ana') =>
  exercised(held, allowed, { person, now: at })

describe('a role is held', () => {
  test.for<[string, Held, boolean]>([
    ['since long ago', customer('2026-01-01'), true],
    ['since today', customer('2026-05-14'), true],
    ['from tomorrow', customer('2026-05-15'), false],
    ['until tomorrow', customer('2026-01-01', '2026-05-15'), true],
    ['until today, so yesterday was its last day', customer('2026-01-01', '2026-05-14'), false],
    ['until yesterday', customer('2026-01-01', '2026-05-13'), false],
    ['on no day at all', customer('2026-05-14', '2026-05-14'), false],
  ])('%s', ([, held, counts]) => {
    expect(heldAt([held], now)).toEqual(counts ? [held] : [])
    expect('role' in asked([held], ['consumer customer'])).toBe(counts)
  })

  test.for<[string, boolean]>([
    ['2026-05-14T23:59:59.999Z', true],
    ['2026-05-15T00:00:00.000Z', false],
  ])('to the last instant of its last date in UTC: %s', ([at, counts]) => {
    const held = customer('2026-01-01', '2026-05-15')
    expect('role' in asked([held], ['consumer customer'], Date.parse(at))).toBe(counts)
  })
})

describe('who may', () => {
  const sponsor: Held = { side: 'consumer', role: 'sponsor', held_from: '2026-01-01' }
  const owner: Held = { side: 'provider', role: 'owner', held_from: '2026-01-01' }
  const both: readonly Holder[] = ['provider owner', 'consumer customer', 'consumer sponsor']

  test('exercises the first of his roles that the command names', () => {
    expect(asked([sponsor, customer('2026-01-01')], both)).toEqual({ role: 'consumer customer' })
    expect(asked([sponsor, customer('2026-06-01')], both)).toEqual({ role: 'consumer sponsor' })
    expect(asked([customer('2026-01-01'), owner], both)).toEqual({ role: 'provider owner' })
  })

  test('does not act by the same role of the other side', () => {
    expect(asked([owner], ['consumer customer'])).toHaveProperty('refusal')
    const mixed = { ...owner, side: 'consumer' } as const
    expect(asked([mixed], ['provider owner'])).toHaveProperty('refusal')
  })

  test('is nobody where no role is named, but the platform', () => {
    expect(asked([owner, sponsor], [])).toHaveProperty('refusal')
    expect(asked([], [], now, platformPerson)).toEqual({ role: platformPerson })
  })

  test('is told in words', () => {
    expect(asked([], ['provider practitioner', 'provider owner', 'consumer customer'])).toEqual({
      refusal: {
        ...{ name: 'role_must_allow', pointer: '' },
        words: 'This is for the provider’s practitioner or owner or the consumer’s customer.',
      },
    })
  })
})

describe('who says in which role he acts', () => {
  const both: readonly Held[] = [
    { side: 'provider', role: 'owner', held_from: '2026-01-01' },
    { side: 'provider', role: 'practitioner', held_from: '2026-01-01' },
  ]
  const acting = (claimed: string) =>
    exercised(both, ['provider owner', 'provider practitioner'], {
      person: 'per_ana',
      now,
      claimed,
    })

  test('acts in that role, and in no other', () => {
    expect(acting('provider practitioner')).toEqual({ role: 'provider practitioner' })
    expect(acting('consumer customer')).toMatchObject({ refusal: { name: 'role_must_allow' } })
  })

  test('and who says none acts in the first that is allowed', () => {
    expect(acting('')).toEqual({ role: 'provider owner' })
  })
})
