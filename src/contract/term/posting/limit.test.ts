import fc from 'fast-check'
import { expect, test } from 'vitest'
import { faultsOf, signed } from '../../contract.test-support.ts'
import { evaluate } from '../../derivation.ts'
import { sameValue } from '../../value.ts'

/** A limit in times that are no periods: any of a length, or one that the first event opens. */

const offering = (limit: string, more = '') => `{ zone: UTC,
  facts: { ride: { shape: event, has: { fare: money, card: text } }, drive: { shape: interval }, left: { shape: event } },
  terms: { fee: { charge: { each: ride, amount: ride.fare, limit: { ${limit} } }${more} },
    drives: { charge: { each: drive, measure: drive.minutes, counted: { in: 60, rounded: up }, rate: 1.00, limit: { ${limit.replace(/, about.*/, '')} } } },
    leaves: { transition: { of: agreement, on: left, right: ended } } } }`
const facts = (rides: string) =>
  rides.split(' ').map((ride) => {
    const [time = '', fare = '', card] = ride.split('/')
    return `ride: { at: 2024-05-${time}, fare: ${fare}.00${card === undefined ? '' : `, card: ${card}`} }`
  })
const amounts = (text: string, given: readonly string[], clause = 'fee', told: object = {}) => {
  const { lines = [] } = signed(text, { facts: `[ ${given.join(', ')} ]`, ...told }).ask({
    value: clause,
    in: '2024',
    at: '2025-01-01',
  })
  for (const { posted } of lines) expect(sameValue(evaluate(posted), posted.value)).toBe(true)
  return lines
    .map(({ posted: { value } }) => (value instanceof Object && 'text' in value ? value.text : '-'))
    .join(' ')
}

test.for([
  [
    'amount: 15.00, per: past 24 hours',
    '06T08:00/10 06T20:00/10 07T09:00/10 07T22:00/10',
    '10 5 10 5',
  ],
  // Both edges are in it, as in the window of a measure.
  ['amount: 15.00, per: past 24 hours', '06T08:00/10 07T08:00/10 08T08:01/10', '10 5 10'],
  ['times: 1, per: past 2 days', '06T08:00/1 07T09:00/1 08T09:00/1 10T10:00/1', '1 - 1 1'],
  [
    'amount: 15.00, per: 24 hours from first',
    '06T08:00/10 06T20:00/10 07T07:59/10 07T08:00/10 08T07:00/10',
    '10 5 - 10 5',
  ],
  // The next one opens the next time, whenever that is.
  [
    'amount: 15.00, per: 24 hours from first',
    '06T08:00/10 07T20:00/10 08T09:00/10 08T20:00/10',
    '10 10 5 10',
  ],
  ['times: 2, per: 7 days from first', '06T08:00/1 06T09:00/1 13T07:00/1 13T08:00/1', '1 1 - 1'],
  ['times: 1, amount: 8.00, per: 1 days from first', '06T08:00/9 06T09:00/1 07T08:00/9', '8 - 8'],
  [
    'amount: 5.00, per: 1 days from first, about: same, paired-by: card',
    '06T08:00/4/a 06T20:00/4/b 07T07:00/4/a 07T09:00/4/b 07T10:00/4/a',
    '4 4 1 1 4',
  ],
  [
    'amount: 5.00, per: past 1 days, about: same, paired-by: card',
    '06T08:00/4/a 06T20:00/4/b 07T07:00/4/a 07T09:00/4/b 07T10:00/4/a',
    '4 4 1 1 4',
  ],
] as const)('%s leaves of %s: %s', ([limit, rides, expected]) => {
  expect(amounts(offering(limit), facts(rides))).toBe(expected)
})

test.for([
  ['past 24 hours', '3 2 3 2'],
  ['24 hours from first', '3 2 3 2'],
] as const)('an interval counts with its end, per %s: %s', ([per, expected]) => {
  const drives = ['06T08:00', '06T20:00', '07T09:00', '07T22:00'].map(
    (at) => `drive: { from: 2024-05-${at}, for: 3 hours }`,
  )
  const limit = `amount: 5.00, per: ${per}`
  expect(amounts(offering(limit), drives, 'drives')).toBe(expected)
})

/** The same told a second time by other means: from ride to ride. */
const day = 24 * 60
const leaves = {
  'past 24 hours': (rides: readonly Ride[], cap: number) => {
    const paid: Ride[] = []
    for (const { minute, fare } of rides) {
      const before = paid.filter((one) => one.minute >= minute - day)
      const spent = before.reduce((sum, one) => sum + one.fare, 0)
      paid.push({ minute, fare: Math.min(fare, cap - spent) })
    }
    return paid
  },
  '24 hours from first': (rides: readonly Ride[], cap: number) => {
    let opened = Number.NEGATIVE_INFINITY
    let spent = 0
    return rides.map(({ minute, fare }): Ride => {
      if (minute >= opened + day) [opened, spent] = [minute, 0]
      const due = Math.min(fare, cap - spent)
      spent += due
      return { minute, fare: due }
    })
  },
}
type Ride = { readonly minute: number; readonly fare: number }
const anyRides = fc.uniqueArray(
  fc.record<Ride>({
    minute: fc.integer({ min: 0, max: 6 * day }),
    fare: fc.integer({ min: 1, max: 9 }),
  }),
  { maxLength: 60, selector: ({ minute }) => minute },
)

test.for(['past 24 hours', '24 hours from first'] as const)(
  'of random rides as much as counting them from ride to ride leaves, per %s',
  (per) => {
    fc.assert(
      fc.property(anyRides, fc.integer({ min: 5, max: 30 }), (rides, cap) => {
        const sorted = rides.toSorted((one, other) => one.minute - other.minute)
        const given = rides.map(({ minute, fare }) => {
          const at = new Date(Date.UTC(2024, 4, 6) + minute * 60_000).toISOString().slice(0, 16)
          return `ride: { at: ${at}, fare: ${fare}.00 }`
        })
        const expected = leaves[per](sorted, cap).map(({ fare }) => (fare === 0 ? '-' : fare))
        expect(amounts(offering(`amount: ${cap}.00, per: ${per}`), given)).toBe(expected.join(' '))
      }),
      { numRuns: 40 },
    )
  },
)

test('what begins such a time is told apart from a kind of fact', () => {
  expect(faultsOf('{ facts: { first: { shape: event } } }')).toEqual(['name_reserved /facts/first'])
})

test.for(['any 24 hours', 'last 24 hours', 'past 24', 'past 0 hours', '24 hours'])(
  'per %s: refused with what to say instead',
  (per) => {
    const faults = faultsOf(offering(`amount: 9.00, per: ${per}`))
    const clauses = ['fee', 'drives']
    expect(faults).toEqual(clauses.map((one) => `period_unknown /terms/${one}/charge/limit/per`))
  },
)
