import { expect, test } from 'vitest'
import { signed } from '../contract.test-support.ts'
import { nodes } from '../derivation.ts'
import type { Question } from '../question/form.ts'
import { answerQuestion } from '../question/question.ts'
import { stepText } from './step.ts'

/** Each step of an answer in words of people: what holds is said, so that no yes or no has to follow. */

const titles: Readonly<Record<string, string>> = {
  ...{ rent: 'rent of the hall', staffed: 'staffed hours' },
}
const speaking = {
  ...{ zone: 'Europe/Lisbon', currency: 'EUR', decimals: 2 },
  parties: { provider: 'The Hall', consumer: 'Ana' },
  titles: (name: string) => titles[name],
}

const hall = signed(
  `{ policies: { prorate: no, billed: in-arrears }, users: [ member ],
     calendars: { staffed: { hours: { mon-fri: 08:00-18:00 } } },
     facts: { meter: { shape: event, has: { energy: number } } },
     components: [ { access: hall, for: member }, { access: robe, for: member, serialised: yes }, { access: attic } ],
     measures: { energy: { sum: meter, value: meter.energy, per: month, missing: unknown }, staffed_hours: { open: staffed },
       down: { time: outage, per: month, in: minutes }, all: { time: period, per: month, in: minutes }, up: { formula: 1 - down / all },
       since_kept: { since: robe_kept, in: days } },
     terms: {
       rent: { charge: { every: month, amount: 100.00 } },
       power: { charge: { every: month, measure: energy, rate: 0.20 } },
       late: { charge: { each: used, when: "!staffed_hours", amount: 5.00 } },
       credit: { credit: { per: month, measure: up, of: rent, bands: [ { below: 99%, share: 10% } ] } },
       answer: { target: { of: hall, start: requested, stop: responded, within: 1 hour, clock: always } },
       held: { target: { of: hall, start: requested, stop: responded, within: 4 hours, clock: staffed, pauses: { facts: paused, counted: in-hours } } },
       later: { target: { of: hall, start: requested, stop: responded, within: 4 hours, clock: staffed, pauses: { facts: paused, counted: around-the-clock } } },
       repair: { target: { of: hall, start: reported, when: staffed_hours, stop: performed, within: 1 hour, clock: always } },
       seldom: { charge: { each: used, amount: 2.00, limit: { times: 2, per: month } } },
       robe_kept: { transition: { of: robe, on: kept, title: consumer } },
       robe_price: { charge: { each: robe_kept, amount: 60.00 } },
       robe_back: { transition: { of: robe, on: returned, when: since_kept <= 14, title: provider } },
       refund: { credit: { each: robe_back, share: 100%, of: robe_price } } } }`,
  {
    facts: `
      - used: { id: at_night, component: hall, at: 2024-01-10T22:00 }
      - used: { id: by_day, component: hall, at: 2024-01-10T10:00 }
      - outage: { from: 2024-01-05T00:00, for: 2 days }
      - requested: { id: asked, component: hall, at: 2024-01-10T10:00 }
      - responded: { about: asked, component: hall, at: 2024-01-10T10:30 }
      - requested: { id: waiting, about: order, component: hall, at: 2024-01-12T16:00 }
      - paused: { about: order, component: hall, from: 2024-01-12T17:00, to: 2024-01-15T09:00 }
      - reported: { id: broken_at_night, about: door, component: hall, at: 2024-01-10T22:00 }
      - reported: { id: broken_by_day, about: lamp, component: hall, at: 2024-01-11T10:00 }
      - kept: { id: keeping, about: robe_7, component: robe, at: 2024-01-20T10:00 }
      - returned: { id: back, about: robe_7, component: robe, at: 2024-01-22T10:00 }
      - returned: { id: never_kept, about: robe_8, component: robe, at: 2024-01-22T10:00 }`,
  },
)

test.for<[question: Question, steps: readonly string[]]>([
  [
    { may: 'hall', user: 'member', at: '2024-01-15' },
    ['open to a member', 'the agreement runs from 1 January 2024, 00:00'],
  ],
  [{ may: 'hall', user: 'stranger', at: '2024-01-15' }, ['open only to a member']],
  [
    { may: 'attic', user: 'member', at: '2024-01-15' },
    ['open to nobody: the clause names no user'],
  ],
  [{ value: 'late', for: 'at_night' }, ['due, as 10 January 2024, 22:00 is outside staffed hours']],
  [{ value: 'seldom', for: 'at_night' }, ['1 of at most 2 were due before it']],
  [
    { value: 'late', for: 'by_day' },
    ['nothing due, as 10 January 2024, 10:00 is within staffed hours'],
  ],
  [
    { value: 'credit', in: '2024-01' },
    ['the band that holds about 93.548%: 10%', '10% × rent of the hall 100.00 EUR: 10.00 EUR'],
  ],
  [
    { value: 'robe_price', for: 'keeping' },
    ['it belonged to The Hall until 20 January 2024, 10:00'],
  ],
  [
    { value: 'refund', for: 'back' },
    ['2 days is at most 14 days', 'it belonged to Ana until 22 January 2024, 10:00'],
  ],
  [{ value: 'power', in: '2024-01' }, []],
  [
    { due: 'repair', for: 'broken_at_night' },
    ['nothing due, as 10 January 2024, 22:00 is outside staffed hours'],
  ],
  [
    { met: 'repair', for: 'broken_by_day' },
    [
      'due, as 11 January 2024, 10:00 is within staffed hours',
      'not done by 11 January 2024, 11:00',
    ],
  ],
  [
    { due: 'held', for: 'waiting' },
    [
      '4 hours after 12 January 2024, 16:00, without the time from 12 January 2024, 17:00 to 15 January 2024, 09:00: 15 January 2024, 12:00',
    ],
  ],
  [
    { due: 'later', for: 'waiting' },
    [
      'later by the time from 12 January 2024, 17:00 to 15 January 2024, 09:00: 18 January 2024, 02:00',
    ],
  ],
])('%j is told by %j', ([question, steps]) => {
  const { derivation } = answerQuestion(hall.agreement, hall.facts, question, { isPerson: true })
  const told = [...nodes(derivation)].flatMap((node) => stepText(node, speaking) ?? [])
  for (const step of steps) expect(told.join('\n')).toContain(step)
  expect(told.join('\n')).not.toMatch(/: yes|: no\b|left out|title before|due for/)
  if (steps.length === 0) expect(told).toEqual([])
})

test('what a charge is not due for yet says from when it is', () => {
  const { ask } = signed(
    `{ facts: { opened: { shape: event } }, terms: { fee: { charge: { each: used, from: opened, amount: 1.00 } } } }`,
    { facts: '[ used: { id: early, at: 2024-01-10T22:00 }, opened: { at: 2024-02-01T09:00 } ]' },
  )
  const { derivation } = ask({ value: 'fee', for: 'early' })
  expect(nodes(derivation).map((node) => stepText(node, speaking))).toContain(
    'nothing due before 1 February 2024, 09:00',
  )
})

test('what an author calls like a part of a step is told by its name', () => {
  const { ask } = signed(
    `{ users: [ member ], components: [ { access: hall, for: member } ],
       terms: {
         limit: { transition: { of: hall, on: paid, right: restored } },
         fee: { charge: { each: limit, amount: 1.00 } } } }`,
    { facts: '[ paid: { id: early, component: hall, at: 2024-01-10T22:00 } ]' },
  )
  const { derivation } = ask({ value: 'fee', for: 'early' })
  const told = nodes(derivation).map((node) => stepText(node, speaking))
  expect(told).toContain(
    'nothing due: limit changed nothing, as the right of use was given already',
  )
})
