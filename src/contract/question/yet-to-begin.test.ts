import { expect, test } from 'vitest'
import { signed } from '../contract.test-support.ts'

/** A deadline that starts with what becomes of another is not known before that, and is found once the other is over. */

const { told, ask } = signed(
  `facts: { posted: { shape: event }, read: { shape: event }, sent: { shape: event } }
calendars: { working_days: { hours: { mon-fri: 00:00-24:00 } } }
events: { through: { any-of: [ next_day.missed, next_day.met ] } }
terms:
  next_day: { target: { start: posted, stop: read, by: { on: posted.date, after-it: 1 day } } }
  served: { target: { start: next_day.missed, by: { business-days: 0 }, clock: working_days } }
  answered: { target: { start: served.missed, by: { business-days: 1 }, clock: working_days } }
  thanked: { target: { start: next_day.met, within: 2 hours, clock: always, stop: sent } }
  filed: { target: { start: through, within: 2 hours, clock: always, stop: sent } }
  leaves: { transition: { of: agreement, on: sent, right: ended, takes-effect: { within: 30 days } } }
  told: { target: { start: leaves, within: 1 hour, clock: always, stop: read } }
  other: { target: { start: sent, within: 1 hour, clock: always, stop: read } }
policies: { ends: at-the-hour }
`,
  {
    facts: `[ posted: { id: p, about: d, at: 2024-03-01T11:00 }, posted: { id: q, about: e, at: 2024-03-01T11:00 },
      read: { about: e, at: 2024-03-01T15:00 }, sent: { id: s, about: f, at: 2024-03-01T16:00 } ]`,
  },
)

test.for([
  ['served', 'p', '2024-03-01T12:00', 'unknown'],
  ['served', 'p', '2024-03-03T12:00', '2024-03-05T00:00'],
  ['served', 'p', undefined, '2024-03-05T00:00'],
  ['answered', 'p', '2024-03-03T12:00', 'unknown'],
  ['answered', 'p', undefined, '2024-03-07T00:00'],
  ['served', 'q', '2024-03-01T12:00', 'unknown'],
  ['served', 'q', undefined, 'not-agreed'],
  ['thanked', 'p', '2024-03-01T12:00', 'unknown'],
  ['thanked', 'p', undefined, 'not-agreed'],
  ['thanked', 'q', undefined, '2024-03-01T17:00'],
  ['filed', 'p', '2024-03-01T12:00', 'unknown'],
  ['filed', 'p', undefined, '2024-03-03T02:00'],
  ['told', 's', '2024-03-01T17:00', 'unknown'],
  ['other', 'p', '2024-03-01T12:00', 'not-agreed'],
] as const)('“%s” of “%s” as of %s: %s', ([due, id, at, expected]) => {
  expect(told({ due, for: id, ...(at && { at }) })).toBe(expected)
})

test('whether it was kept is not known either', () => {
  expect(told({ met: 'thanked', for: 'p', at: '2024-03-01T12:00' })).toBe('unknown')
  expect(told({ met: 'other', for: 'p', at: '2024-03-01T12:00' })).toBe('not-agreed')
})

test('the answer says as of when it was found', () => {
  const { asOf, final } = ask({ due: 'served', for: 'p' })
  expect([asOf > ask({ due: 'next_day', for: 'p' }).asOf, final]).toEqual([true, true])
  expect(ask({ due: 'served', for: 'p', at: '2024-03-01T12:00' }).final).toBe(false)
})
