import { describe, expect, test } from 'vitest'
import { utcText } from '../../kernel/time.ts'
import { type Signing, signed } from '../contract.test-support.ts'
import { standsText } from '../explanation/until.ts'

const monthly =
  'terms: { few: { limit: { of: room, on: used, measure: uses, if-exceeded: refuse, at-most: 2 } } }'
const paid =
  'terms: { pay: { duty: { who: consumer, start: invoiced, within: 3 days, ends: at-the-hour, stop: paid } }, shut: { transition: { of: room, on: pay.missed, right: suspended } } }'
const noticed =
  'terms: { leave: { transition: { of: agreement, on: notice_given, takes-effect: { within: 2 months, ends: at-the-hour }, right: ended } } }'
const lately =
  'terms: { shut: { transition: { of: room, on: used, when: lately > 1 || days_since > 3, right: suspended } } }'
const taken = { facts: '[ { used: { at: 2024-05-07 } }, { used: { at: 2024-05-08 } } ]' }
const open =
  'terms: { in_hours: { limit: { of: room, measure: "is_open ? 1 : 0", if-exceeded: refuse, at-least: 1 } } }'

/** What was agreed and recorded; from when until when the answer of 10 May stands. */
const rows: readonly [string, string, Signing, string][] = [
  ['what only the agreement bounds', '', {}, '2024-01-01T00:00 2025-01-01T00:00'],
  [
    'an earlier fact and one that lies ahead',
    '',
    { facts: '[ { used: { at: 2024-05-09 } }, { used: { at: 2024-05-11 } } ]' },
    '2024-05-09T00:00 2024-05-11T00:00',
  ],
  [
    'an interval that has begun and will end',
    '',
    { facts: '[ { outage: { from: 2024-05-09, to: 2024-05-20 } } ]' },
    '2024-05-09T00:00 2024-05-20T00:00',
  ],
  [
    'another revision',
    '',
    { revisions: [{ from: '2024-07-01' }] },
    '2024-01-01T00:00 2024-07-01T00:00',
  ],
  ['the month in which a limit counts', monthly, {}, '2024-05-01T00:00 2024-06-01T00:00'],
  [
    'a deadline that may be missed',
    paid,
    invoiced('2024-05-08T10:00'),
    '2024-05-08T10:00 2024-05-11T10:00',
  ],
  [
    'a deadline that was missed',
    paid,
    invoiced('2024-05-06T10:00'),
    '2024-05-09T10:00 2025-01-01T00:00',
  ],
  [
    'an end of which notice was given',
    noticed,
    { facts: '[ { notice_given: { at: 2024-04-02T09:00 } } ]' },
    '2024-04-02T09:00 2024-06-02T09:00',
  ],
  [
    'an agreement without an end',
    '',
    { period: '2024-01-01 to 2999-12-31' },
    '2024-01-01T00:00 open',
  ],
  [
    'an agreement that has ended',
    '',
    { period: '2023-01-01 to 2024-05-01' },
    '2024-05-01T00:00 open',
  ],
  [
    'what was decided of an event by how long ago another was',
    lately,
    taken,
    '2024-05-08T00:00 2025-01-01T00:00',
  ],
  ['hours, which any instant may be the edge of', open, {}, 'any instant'],
]

function invoiced(at: string): Signing {
  return { facts: `[ { invoiced: { at: ${at} } } ]` }
}

describe('from when until when the answer of 10 May stands', () => {
  test.each(rows)('%s', (_what, terms, signing, expected) => {
    const { ask } = signed(`${lodging}${terms}`, signing)
    const { stands } = ask({ may: 'room', user: 'guest', at: '2024-05-10T12:00Z' })
    const text = (edge: number | undefined) =>
      edge === undefined ? 'open' : utcText(edge).slice(0, 16)
    expect(stands ? `${text(stands.from)} ${text(stands.until)}` : 'any instant').toBe(expected)
  })
})

describe('an answer to `may`', () => {
  test('stands as it was known: what was recorded later bounds nothing', () => {
    const facts = '[ { used: { at: 2024-05-11, recorded: 2024-05-12 } } ]'
    const { ask } = signed(lodging, { facts, revisions: [{ from: '2024-07-01' }] })
    const question = { may: 'room', user: 'guest', at: '2024-05-10' }
    const [known, all] = [ask({ ...question, 'known-by': '2024-05-10' }), ask(question)]
    const ends = [known, all].map(({ stands }) => utcText(stands?.until ?? 0).slice(0, 10))
    expect(ends).toEqual(['2024-07-01', '2024-05-11'])
  })

  test('says until when it stands in words, in the zone of the agreement', () => {
    const until = Date.parse('2026-05-31T10:00Z')
    expect([{ until }, { until: until + 13 * 3_600_000 }, {}].map(inLisbon)).toEqual([
      'This stands at least until 31 May 2026, 11:00, unless something is recorded before.',
      'This stands at least until the end of 31 May 2026, unless something is recorded before.',
      'This stands until something is recorded.',
    ])
  })

  test('counts with the use that is asked for all that is on file of its instant, however late it was recorded', () => {
    const facts = ['used_1', 'zz'].map(
      (id) => `{ used: { id: ${id}, at: 2024-05-10T12:00Z, recorded: 2024-06-01 } }`,
    )
    const few = monthly.replace('uses', 'so_far')
    const { told } = signed(`${lodging}${few}`, { facts: `[ ${facts.join(', ')} ]` })
    expect(told({ may: 'room', user: 'guest', at: '2024-05-10T12:00Z' })).toBe('no')
  })
})

const inLisbon = (stretch: Parameters<typeof standsText>[0]) => standsText(stretch, 'Europe/Lisbon')

const lodging = `
users: [ guest ]
zone: UTC
calendars: { desk: { hours: { mon-fri: 09:00-17:00 } } }
components:
  - { access: room, title: room, for: guest }
measures:
  uses: { count: used, per: month }
  so_far: { count: used, per: so-far-month }
  lately: { count: used, per: past 3 days }
  days_since: { since: used, in: days }
  is_open: { open: desk }
`
