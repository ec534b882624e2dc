import { describe, expect, test } from 'vitest'
import type { PlainMap } from '../contract/document/document.ts'
import { readDocuments } from '../contract/document/document.ts'
import { needsIn, seenBy, visibleParts } from './projection.ts'

/** A room, a robe and a sauna: whoever may not see the sauna learns of nothing that speaks of it. */
const document = readDocuments(
  `
title: City stay
users: [ guest, bather ]
utility:
  - { need: sleep near the fair, supported-by: [ room ] }
  - { need: warmth in winter, supported-by: [ room, sauna ] }
  - { need: quiet, removes: noise }
facts:
  checked_out: { shape: event }
  heated: { shape: interval }
events:
  leaving: { any-of: [ robe_kept, checked_out ] }
  bathing: { any-of: [ checked_out, heat_clean.missed ] }
agreed:
  room_rate: { type: money }
  heat: { type: number }
  deposit: { type: money }
calendars:
  steam: { hours: { mon-sun: 08:00-20:00 } }
periods:
  night: { day-from: 15:00, until: 12:00 }
components:
  - { access: room, of: city_room.sauna, title: double room, for: guest }
  - { access: robe, of: city_room.robe, title: bathrobe, for: guest }
  - access: sauna
    of: city_room.bath
    title: Finnish bath
    for: bather
    terms:
      sauna_price: { charge: { every: night, amount: heat * 2 } }
measures:
  time_heated: { time: heated, in: hours, calendar: steam }
  baths: { count: used, where: used.component == "sauna" }
  days_since_kept: { since: robe_kept, in: days }
  last_total: { previous: last_total, per: month, initially: 0 }
tables:
  by_heat: { by: [ time_heated ], rows: [ { when: any, then: 3 } ] }
terms:
  room_price: { charge: { pays-for: room, every: night, amount: room_rate } }
  robe_kept: { transition: { of: robe, on: [ kept, missing ], title: consumer } }
  robe_price: { charge: { pays-for: robe, each: robe_kept, amount: 60.00 } }
  bath_discount: { credit: { pays-for: room, share: 10%, of: room_price, when: baths > 3 } }
  discount_limit: { limit: { of: room, measure: bath_total, at-most: 5, if-exceeded: warn } }
  bath_total: { total: { of: [ sauna_price, bath_discount ] } }
  heat_clean: { duty: { of: sauna, start: heated, measure: by_heat } }
  robe_back: { target: { of: robe, start: robe_kept, within: days_since_kept } }
`,
  'offering',
).documents[0]?.data as PlainMap

const shownTo = {
  room: ['everybody'],
  robe: ['grp_leisure', 'grp_members'],
  sauna: ['grp_members'],
}

const names = {
  components: ['room', 'robe', 'sauna'],
  terms: [
    ...['sauna_price', 'room_price', 'robe_kept', 'robe_price', 'bath_discount', 'discount_limit'],
    ...['bath_total', 'heat_clean', 'robe_back'],
  ],
  definitions: [
    ...['time_heated', 'baths', 'days_since_kept', 'last_total', 'by_heat', 'steam', 'night'],
    ...['leaving', 'bathing'],
  ],
  agreed: ['room_rate', 'heat', 'deposit'],
  users: ['guest', 'bather'],
}
type Part = keyof typeof names

const own = 'the sauna’s own words, and those that nothing else reads'
const bathless: Record<Part, string[]> = {
  components: ['room', 'robe'],
  terms: ['room_price', 'robe_kept', 'robe_price', 'robe_back'],
  definitions: ['days_since_kept', 'last_total', 'night', 'leaving'],
  agreed: ['room_rate', 'deposit'],
  users: ['guest'],
}
const roomAlone = {
  ...bathless,
  ...{ components: ['room'], terms: ['room_price'], definitions: ['last_total', 'night'] },
}

describe('of an offering', () => {
  test.for<[who: string, groups: readonly string[], seen: Record<Part, string[]>]>([
    ['a member sees all', ['grp_members'], names],
    [`a guest of another group sees nothing of ${own}`, ['grp_leisure'], bathless],
    ['who is in both groups sees what either sees', ['grp_leisure', 'grp_members'], names],
    ['a stranger sees what everybody sees', [], roomAlone],
    ['a group that is called otherwise is no such group', ['members'], roomAlone],
  ])('%s', ([, groups, expected]) => {
    const seen = seenBy(groups, { document, shownTo })
    const found = Object.entries(names).map(([part, all]) => [part, all.filter((one) => seen(one))])
    expect(Object.fromEntries(found)).toEqual(expected)
  })

  test('what is said to be shown to nobody, or not said to be shown, is hidden', () => {
    const seen = seenBy(['grp_members'], { document, shownTo: { room: ['everybody'], robe: [] } })
    expect(names.components.filter((one) => seen(one))).toEqual(['room'])
  })
})

test.for<[groups: readonly string[], needs: readonly string[]]>([
  [['grp_members'], ['sleep near the fair', 'warmth in winter', 'quiet']],
  [['grp_leisure'], ['sleep near the fair', 'quiet']],
  [[], ['sleep near the fair', 'quiet']],
])('a need that a hidden component helps to meet is hidden: %s', ([groups, needs]) => {
  expect(needsIn(document, seenBy(groups, { document, shownTo }))).toEqual(needs)
})

test.for<[text: string, isSeen: boolean]>([
  ['The guest may use the double room.', true],
  ['Towels of the Finnish bath stay there.', false],
  ['finnish baths are cleaned at night', false],
  ['Finnish bathers are welcome.', true],
])('what is told in the words of a hidden component is hidden with it: %s', ([text, isSeen]) => {
  expect(seenBy([], { document, shownTo })('house_rules', undefined, text)).toBe(isSeen)
})

test('the clauses that are left keep their numbers and cite none that is hidden', () => {
  const clause = (id: string, number: string, text: string) => ({ id, number, title: id, text })
  const { clauses, definitions } = visibleParts(
    {
      clauses: [
        clause('room', '2', 'The guest may use the room.'),
        clause('room_price', '2.1', 'Each night costs 140.00.'),
        clause('robe', '3', 'Ownership passes under clause 4.1 (sauna_price).'),
        clause('sauna', '4', 'The guest may use it.'),
        clause('sauna_price', '4.1', 'Each night costs 20.00.'),
        clause('house_rules', '5', 'Be quiet.'),
      ],
      definitions: [
        { id: 'night', name: 'Night', text: 'from 15:00', lines: [] },
        { id: 'days_since_kept', name: 'Days', text: 'since', lines: ['clause 4.1 (sauna_price)'] },
        { id: 'baths', name: 'Baths', text: 'how often', lines: [] },
      ],
    },
    seenBy(['grp_leisure'], { document, shownTo }),
  )
  expect(clauses.map(({ number }) => number)).toEqual(['2', '2.1', '5'])
  expect(definitions.map(({ id }) => id)).toEqual(['night'])
})
