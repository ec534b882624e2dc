import { expect, test } from 'vitest'
import { signed } from '../contract/contract.test-support.ts'
import { shown, told } from './told.ts'

/** An answer as a terminal shows it. */

const { agreement, ask } = signed(
  `{ policies: { prorate: no, billed: in-advance }, facts: { used: { shape: event } },
     terms: { fee: { charge: { every: month, amount: 62.00 } }, use: { charge: { each: used, amount: 1.00 } } } }`,
  { facts: '[ used: { id: first, at: 2024-01-05T00:00 } ]' },
)
const live = { id: 'agr_x', agreement, told: { provider: 'Acme', consumer: 'Bolt' } }
const says = (question: Parameters<typeof ask>[0]) => told(live, ask(question)).says

test('a charge asked for nothing in particular is the sum of its lines so far, each of them told', () => {
  const lines = says({ value: 'fee', at: '2024-03-10' })
  expect(lines[0]).toContain('186.00 EUR')
  expect(lines.slice(1, 4).map((line) => line.trim().split(/\s+/))).toEqual([
    ['2024-01-01', '2', 'Fee', '62.00', 'EUR'],
    ['2024-02-01', '2', 'Fee', '62.00', 'EUR'],
    ['2024-03-01', '2', 'Fee', '62.00', 'EUR'],
  ])
  expect(lines).toContain('     3 lines of fee: 186.00 EUR')
})

test('a single line is the answer itself, and not told beside it', () => {
  for (const question of [
    { value: 'fee', in: '2024-02' },
    { value: 'use', for: 'first' },
  ])
    expect(says(question).join('\n')).not.toMatch(/2024-0\d-01/)
})

test('clauses and components are called by their titles, items by their ids, and amounts stand in line', () => {
  const titled = signed(
    `{ policies: { prorate: no, billed: in-advance, ends: with-the-day }, users: [ guest ],
       components: [ { access: robe_1, title: silk robe, for: guest }, { access: cape, for: guest, serialised: yes } ],
       terms: {
         fee: { title: A fee for everything that is lent in the house, charge: { every: month, amount: 62.00 } },
         loss: { title: Loss, charge: { each: missing, amount: 1.00 } },
         gone: { title: What is gone, transition: { of: robe_1, on: missing, right: ended } },
         taken_cape: { title: What is kept, transition: { of: cape, on: kept_cape, right: ended } } },
       facts: { kept_cape: { shape: event } } }`,
    {
      facts: `[ missing: { id: lost, component: robe_1, at: 2024-01-05T00:00 },
        kept_cape: { id: taken, about: cape_7, component: cape, at: 2024-01-06T00:00 } ]`,
    },
  )
  const saysOf = (question: Parameters<typeof ask>[0]) =>
    told({ ...live, agreement: titled.agreement }, titled.ask(question)).says.join('\n')
  expect(saysOf({ bill: '2024-01' })).toContain(
    [
      '  2024-01-01  4     A fee for everything that is lent in the house 62.00 EUR',
      '  2024-01-05  5     Loss                                           1.00 EUR',
    ].join('\n'),
  )
  expect(saysOf({ exposure: '2024-01' })).toContain('Loss: unbounded')
  expect(saysOf({ remedy: 'lost' })).toContain('What is gone: silk robe, right ended')
  expect(saysOf({ remedy: 'taken' })).toContain('What is kept: cape_7, right ended')
})

test.for<readonly [period: string, by: 'consumer' | undefined, said: string]>([
  [
    ...(['2024-01-01T00:00 to 2024-07-01T12:00', undefined] as const),
    'No clause lets either side end it: it ends as agreed, 1 July 2024, 12:00.',
  ],
  [
    ...(['2024-01-01T00:00 to 2025-01-01T00:00', 'consumer'] as const),
    'No clause lets Bolt end it: it ends as agreed, the end of 31 December 2024.',
  ],
  [
    ...(['2024-01-01T00:00 to 2999-12-31T00:00', undefined] as const),
    'No clause lets either side end it: it has no agreed end.',
  ],
])('an end that no clause lets a side bring about, %s by %s: %s', ([period, by, said]) => {
  const rented = signed('{ policies: { prorate: no, billed: in-advance }, terms: {} }', { period })
  const question = { end: 'agreement', at: '2024-05-10', ...(by && { by }) } as const
  const { says } = told({ ...live, agreement: rented.agreement }, rented.ask(question))
  expect(says).toEqual(['not agreed', said])
})

test('until when an answer to `may` stands is said in words and as data, in the zone of the agreement', () => {
  const lent = signed(
    '{ users: [ guest ], components: [ { access: room, title: room, for: guest } ] }',
    {
      period: '2024-05-01T15:00 to 2024-05-15T13:00',
    },
  )
  const asked = lent.ask({ may: 'room', user: 'guest', at: '2024-05-10' })
  const here = { ...live, agreement: lent.agreement }
  const says = 'This stands at least until 15 May 2024, 13:00, unless something is recorded before.'
  expect(told(here, asked).says.at(-1)).toBe(says)
  const local = { from: '2024-05-01T15:00', until: '2024-05-15T13:00' }
  expect(told(here, asked).data).toMatchObject({ stands: local })
  const utc = { from: '2024-05-01T14:00:00.000Z', until: '2024-05-15T12:00:00.000Z' }
  expect(shown(here, asked).stands).toEqual({ ...utc, says })
})

test('of what a clause leaves open it is not said that no clause speaks of it', () => {
  const open = signed(
    `{ facts: { trip: { shape: event, has: { by: [ car, ferry ] } } },
       tables: { fare: { by: trip.by, rows: [ { when: car, then: 5.00 }, { when: ferry, then: not-agreed } ] } },
       terms: { trip_fare: { charge: { each: trip, amount: fare } }, music: { text: { says: None. } } } }`,
    {
      facts: '[ trip: { id: sea, at: 2024-05-02T10:00, by: ferry } ]',
      deviations: [{ clause: 'music', remove: 'yes' }],
    },
  )
  const of = (value: string, of: object = {}) =>
    told({ ...live, agreement: open.agreement }, open.ask({ value, ...of })).says
  expect(of('trip_fare', { for: 'sea' })).toEqual([
    'not agreed   decided by clause 2 (trip_fare)',
    'By that clause nothing is agreed here. That is not the same as nothing due.',
  ])
  expect(of('music')).toEqual([
    'not agreed',
    'No clause of the agreement speaks of it: it is for the parties to settle.',
  ])
})

test('what is counted from a fact names the fact that it waits for', () => {
  const counted = signed(
    `{ policies: { prorate: no, billed: in-advance }, facts: { upgraded: { shape: event }, used: { shape: event } },
       measures: { uses: { count: used, per: month from upgraded } },
       terms: { fee: { charge: { each: used, amount: 1.00 } } } }`,
  )
  const { says } = told(
    { ...live, agreement: counted.agreement },
    counted.ask({ value: 'uses', in: '2024-02' }),
  )
  expect(says).toEqual([
    'not agreed',
    'Its periods are counted from “upgraded”, and before that there is none.',
  ])
})

test('until when a line may be claimed is said for each subject once, and of a missed promise what did not count', () => {
  const promised = signed(
    `{ zone: UTC, policies: { prorate: no, billed: in-advance, ends: at-the-hour },
       facts: { ticket: { shape: event }, solved: { shape: event }, claimed: { shape: event } },
       terms: { solve: { target: { start: ticket, stop: solved, within: 4 hours, clock: always } },
         back: { credit: { each: solve.missed, amount: 5.00, claim: { fact: claimed, within: 30 days } } } } }`,
    {
      facts: `[ ticket: { id: late, about: a, at: 2024-05-06T09:00 }, ticket: { id: done, about: b, at: 2024-05-06T09:00 },
        solved: { about: b, at: 2024-05-06T10:00 } ]`,
    },
  )
  const of = (question: Parameters<typeof ask>[0]) =>
    told({ ...live, agreement: promised.agreement }, promised.ask(question)).says.join('\n')
  expect(of({ bill: '2024-05', at: '2024-05-20' })).toMatch(/Back, for a: may be claimed until/)
  expect(of({ bill: '2024-05', at: '2024-08-20' })).toMatch(/Back, for a: to be claimed by/)
  const kept = of({ value: 'back', for: 'done', at: '2024-08-20' })
  expect(kept).toContain('no missed “solve” that counts')
  expect(kept).not.toContain('due not due')
})
