import { expect, test } from 'vitest'
import { signed } from '../../contract.test-support.ts'

/** What ends the time of a duty, and when. */

const visited = (stop: string) => `{ components: [ { access: room } ],
  facts: { asked: { shape: event }, visit: { shape: interval } },
  terms: {
    visited: { transition: { of: room, on: visit, custody: consumer } },
    see: { duty: { who: consumer, start: asked, stop: ${stop}, within: 10 days, clock: always, ends: at-the-hour } } } }`
const facts = `[ asked: { id: a, about: room, at: 2024-03-01T10:00 },
  visit: { id: v, about: room, from: 2024-03-02T10:00, to: 2024-03-20T10:00 } ]`

test.for([
  ['an interval ends it when it is over', 'visit', 'no'],
  ['what a term makes of an interval ends it when it takes effect', 'visited', 'yes'],
] as const)('%s', ([_, stop, met]) => {
  expect(signed(visited(stop), { facts }).told({ met: 'see', for: 'a' })).toBe(met)
})
