import { expect, test } from 'vitest'
import { signed } from '../../contract.test-support.ts'

/** A target whose stop is its start again: the next one must come in time. */

const base = (
  stop = 'contact',
) => `{ facts: { contact: { shape: event }, closed: { shape: event } },
  events: { next_or_closed: { any-of: [ contact, closed ] } },
  terms: {
    update: { target: { start: contact, stop: ${stop}, within: 2 hours, clock: always } },
    late: { credit: { each: update.missed, amount: 5.00 } } } }`
const facts = (last = '') => `[ contact: { id: one, about: t, at: 2024-05-06T09:00 },
  contact: { id: other, about: u, at: 2024-05-06T09:30 }, contact: { id: two, about: t, at: 2024-05-06T11:00 },
  contact: { id: three, about: t, at: 2024-05-06T14:00 }, contact: { id: same, about: t, at: 2024-05-06T14:00 } ${last} ]`

test.for([
  ['one', '2024-05-06T11:00', 'yes'],
  ['two', '2024-05-06T13:00', 'no'],
  ['three', '2024-05-06T16:00', 'no'],
  ['same', '2024-05-06T16:00', 'no'],
  ['other', '2024-05-06T11:30', 'no'],
] as const)('what starts a time does not end it: of %s until %s, kept: %s', ([id, due, met]) => {
  const made = signed(base(), { facts: facts() })
  expect(made.told({ due: 'update', for: id })).toBe(due)
  expect(made.told({ met: 'update', for: id })).toBe(met)
})

test('each that is not followed in time is missed once, and begins the time anew', () => {
  const { bill } = signed(base(), { facts: facts() })
  expect(bill('2024-05')).toEqual({ late: '-5 -5 -5 -5' })
})

test('it may be ended by another event as well', () => {
  const closed = ', closed: { about: t, at: 2024-05-06T15:00 }'
  const made = signed(base('next_or_closed'), { facts: facts(closed) })
  const met = ['one', 'two', 'three', 'same'].map((id) => made.told({ met: 'update', for: id }))
  expect(met).toEqual(['yes', 'no', 'yes', 'yes'])
})
