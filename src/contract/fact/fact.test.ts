import { describe, expect, test } from 'vitest'
import { factsIn, signed } from '../contract.test-support.ts'

const { agreement } = signed(
  `{ zone: Europe/Paris, facts: { ride: { shape: interval, has: { booked: instant } } } }`,
)
const read = (from: string, more = '') =>
  factsIn(`[ ride: { from: ${from}, for: 1 minute${more} } ]`, agreement)

describe('where the clocks change, what happened', () => {
  test.for([
    [
      '2024-10-27T02:20',
      'comes twice in Europe/Paris, where the clocks are set back: write 2024-10-27T02:20+02:00 or 2024-10-27T02:20+01:00.',
    ],
    [
      '2024-10-27T02:20:00',
      'comes twice in Europe/Paris, where the clocks are set back: write 2024-10-27T02:20+02:00 or 2024-10-27T02:20+01:00.',
    ],
    [
      '2024-03-31T02:20',
      'does not exist in Europe/Paris, where the clocks are set forward: write 2024-03-31T01:20+01:00 or 2024-03-31T03:20+02:00.',
    ],
  ] as const)('at %s is refused with both readings', ([text, words]) => {
    expect(() => read(text)).toThrow(`“${text}” ${words}`)
    expect(() => read('2024-05-01T10:00', `, booked: ${text}`)).toThrow(`“${text}” ${words}`)
  })

  test.for([
    ['2024-10-27T02:20+01:00', '2024-10-27T01:20:00.000Z'],
    ['2024-10-27T02:20+02:00', '2024-10-27T00:20:00.000Z'],
    ['2024-10-27T03:00', '2024-10-27T02:00:00.000Z'],
    ['2024-03-31T01:59', '2024-03-31T00:59:00.000Z'],
    ['2024-03-31', '2024-03-30T23:00:00.000Z'],
  ] as const)('at %s is read', ([text, utc]) => {
    expect(read(text).map(({ at }) => new Date(at).toISOString())).toEqual([utc])
  })
})
