import { describe, expect, test } from 'vitest'
import { faultsOf, signed } from '../../contract.test-support.ts'
import { evaluate } from '../../derivation.ts'

/** The calendar of a deadline is one by its name, or the one that a table or an agreed value names. */

const words = (clock: string, more = '') => `
zone: UTC
policies: { ends: with-the-day }
facts: { ticket: { shape: event, has: { region: [ europe, america, asia ], wanted: date } } }
agreed: { desk: { type: [ eu, us ], default: eu } }
calendars:
  eu: { hours: { mon-fri: 09:00-17:00 } }
  us: { hours: { mon-fri: 09:00-17:00 }, zone: America/New_York }
tables: { hours_of: { by: ticket.region, rows: [ { when: europe, then: eu }, { when: america, then: us }, { when: any, then: not-agreed } ] } }
terms:
  answer: { target: { start: ticket, stop: responded, within: 4 hours, clock: ${clock} } }
  solve: { target: { start: ticket, stop: closed, within: 1 business days, clock: ${clock} } }
  visit: { target: { start: ticket, stop: performed, by: { business-days: 1, at: 10:00 }, clock: ${clock} } }
  ready: { target: { start: ticket, stop: received, by: { on: ticket.wanted, before: 1 business days }, clock: ${clock} } }
${more}`
const facts = `[ ticket: { id: e, about: e, at: 2024-05-06T16:00, region: europe, wanted: 2024-05-10 },
  ticket: { id: a, about: a, at: 2024-05-06T16:00, region: america, wanted: 2024-05-10 },
  ticket: { id: x, about: x, at: 2024-05-06T16:00, region: asia, wanted: 2024-05-10 } ]`
const closed = 'closed: { shape: event }'
const withClosed = (text: string) => text.replace('facts: {', `facts: { ${closed},`)

describe('chosen by a table', () => {
  const { told, ask } = signed(withClosed(words('hours_of')), { facts })

  test.for([
    ['answer', 'e', '2024-05-07T12:00'],
    ['answer', 'a', '2024-05-06T20:00'],
    ['answer', 'x', 'not-agreed'],
    ['solve', 'e', '2024-05-07T17:00'],
    ['solve', 'a', '2024-05-07T21:00'],
    ['visit', 'e', '2024-05-07T10:00'],
    ['visit', 'a', '2024-05-07T14:00'],
    ['ready', 'e', '2024-05-09T17:00'],
    ['ready', 'a', '2024-05-09T21:00'],
  ] as const)('“%s” of %s is due on %s', ([due, id, at]) => {
    expect(told({ due, for: id })).toBe(at)
  })

  test('another region in a leaf has the hours of that region', () => {
    const { derivation } = ask({ due: 'answer', for: 'e' })
    const moved = evaluate(derivation, ({ id, field }) =>
      id === 'e' && field === 'region' ? 'america' : undefined,
    )
    expect(moved).toBe(ask({ due: 'answer', for: 'a' }).derivation.value)
  })
})

test('chosen by the agreement', () => {
  const due = { due: 'answer', for: 'e' }
  const base = withClosed(words('desk'))
  expect(signed(base, { facts }).told(due)).toBe('2024-05-07T12:00')
  expect(signed(base, { facts, agreed: { desk: 'us' } }).told(due)).toBe('2024-05-06T20:00')
})

test.for([
  ['desks', 'name_unknown /terms/answer/target/clock'],
  ['open_hours', 'types_do_not_fit /terms/answer/target/clock'],
  ['places', 'types_do_not_fit /terms/answer/target/clock'],
] as const)('“clock: %s” is refused', ([clock, fault]) => {
  const more = ''
  const base = withClosed(words(clock, more))
    .replace('agreed: {', 'agreed: { places: { type: [ eu, uk ], default: eu },')
    .replace(
      'tables: {',
      'tables: { open_hours: { by: ticket.region, rows: [ { when: any, then: 4 } ] },',
    )
  expect(faultsOf(base)).toContain(fault)
})
