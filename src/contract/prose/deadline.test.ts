import { expect, test } from 'vitest'
import { parsePeriod } from '../../kernel/time.ts'
import { clauseSentence, signed } from '../contract.test-support.ts'

/** Until when something has to be done or claimed, as the parties read it. */

const parties = { provider: 'Harbour Rooms', consumer: 'Ana Costa' }
const period = parsePeriod('2024', 'Europe/Lisbon')

const offering = (
  term: string,
) => `{ policies: { prorate: no, billed: in-arrears, ends: with-the-day },
  facts: { booking: { shape: event, has: { arrival_date: date, starting_time: instant, priority: [ high, low ] } }, claim: { shape: event, has: { day: date } }, ticket: { shape: event }, solved: { shape: event } },
  agreed: { move_out: { type: date, title: moving-out day }, meeting: { type: instant, title: meeting } },
  calendars: { office: { title: office hours, hours: { mon-fri: 09:00-17:00 } }, night: { hours: { mon-fri: 22:00-06:00 } } },
  tables: { meal_after: { by: booking.priority, rows: [ { when: high, then: 2 hours }, { when: any, then: 3 hours } ] },
    response: { by: booking.priority, rows: [ { when: high, then: 4 hours }, { when: any, then: 2 business days } ] },
    desk_of: { title: Desk, by: booking.priority, rows: [ { when: high, then: office }, { when: any, then: night } ] },
    some_after: { by: booking.priority, rows: [ { when: high, then: 2 hours }, { when: any, then: 2 days } ] } },
  measures: { downtime: { time: outage, per: month, in: minutes } },
  terms: { answer: { duty: { who: consumer, start: reported, stop: responded, within: 1 day } }, printed: { title: Printed, ${term} } } }`

const sentence = (term: string) => {
  const { agreement } = signed(offering(term), {
    agreed: { move_out: '2024-06-30', meeting: '2024-06-12T09:30' },
  })
  const [revision] = agreement.revisions
  return revision && period && clauseSentence('printed', revision, period, parties)
}
const pays = (deadline: string) =>
  sentence(`duty: { who: consumer, start: booking, stop: paid, ${deadline} }`)

test.for([
  [
    'within: response, clock: office',
    'within the time given under “response”. Of hours and minutes only those within the office hours count; the days on which these open are the business days.',
  ],
  [
    'by: { business-days: 0 }, clock: office',
    'by the close of the same day or, where that is no business day, of the next one, by the office hours.',
  ],
  [
    'by: { business-days: 0, at: "10:00" }, clock: office',
    'by 10:00 on the same day or, where that is no business day, on the next one, by the office hours.',
  ],
  [
    'by: { on: booking.arrival_date, after-it: 0 business days }, clock: office',
    'by the end of the arrival date of the booking or, where that is no business day, of the next one. Business days are those of the office hours.',
  ],
  [
    'by: { on: meeting, after-it: 0 hours }, clock: office',
    'by the meeting (agreed: 12 June 2024, 09:30) or, where that is outside the hours that count, when they next begin. Only time within the office hours counts.',
  ],
  [
    'within: 2 hours, clock: desk_of',
    'within 2 hours. Only time within the hours that “Desk” names counts.',
  ],
  ['by: { on: booking.arrival_date }', 'by the end of the arrival date of the booking.'],
  ['by: { on: booking.starting_time }', 'by the starting time of the booking.'],
  ['by: { on: move_out }', 'by the end of the moving-out day (agreed: 30 June 2024).'],
  ['by: { on: meeting }', 'by the meeting (agreed: 12 June 2024, 09:30).'],
  [
    'by: { on: booking.arrival_date, before: 14 days }',
    'by the end of the day 14 days before the arrival date of the booking.',
  ],
  [
    'by: { on: booking.arrival_date, before: 1 day, at: "18:00" }',
    'by 18:00 on the day 1 day before the arrival date of the booking.',
  ],
  [
    'by: { on: meeting, before: 48 hours }, clock: always',
    'by 48 hours before the meeting (agreed: 12 June 2024, 09:30). The time runs around the clock.',
  ],
  [
    'by: { on: meeting, before: 2 days }',
    'by 2 days before the meeting (agreed: 12 June 2024, 09:30). The time is up with the end of its last day.',
  ],
  [
    'by: { on: move_out, before: 2 business days }, clock: office',
    'by the close of the day 2 business days before the moving-out day (agreed: 30 June 2024). Business days are those of the office hours.',
  ],
  [
    'by: { on: meeting, after-it: meal_after }, clock: always',
    'by the time given under “meal after” after the meeting (agreed: 12 June 2024, 09:30). The time runs around the clock.',
  ],
  [
    'by: { on: meeting, after-it: some_after }, clock: always',
    'by the time given under “some after” after the meeting (agreed: 12 June 2024, 09:30). The time runs around the clock. A time that is counted in days or longer is up with the end of its last day.',
  ],
  ['by: { end-of: agreement, before: 3 months }', 'by 3 months before the end of the agreement.'],
  [
    'by: { end-of: month, after-it: 10 days }',
    'by 10 days after the end of the month in which it falls.',
  ],
] as const)('a deadline %s', ([deadline, words]) => {
  expect(pays(deadline)).toBe(`After each booking, Ana Costa pays ${words}`)
})

test.for([
  [
    'start: agreement, stop: paid, within: 30 days',
    'Ana Costa pays within 30 days of the start of the agreement. The time is up with the end of its last day.',
  ],
  [
    'start: month, stop: paid, within: 10 days',
    'For each month, Ana Costa pays within 10 days of its start. The time is up with the end of its last day.',
  ],
  ['start: month, stop: paid, by: { end-of: month }', 'For each month, Ana Costa pays by its end.'],
  [
    'start: month, stop: paid, by: { business-days: 5 }, clock: office',
    'For each month, Ana Costa pays by the close of its fifth business day, by the office hours.',
  ],
  [
    'start: quarter, stop: paid, by: { end-of: month }',
    'For each quarter, Ana Costa pays by the end of the month in which it begins.',
  ],
  [
    'start: month, stop: claim, by: { end-of: month, after: 1 }, concerning: claim.day',
    'For each month, Ana Costa brings about a claim by the end of the month after it. A claim counts for the month in which the day of the claim lies.',
  ],
  [
    'start: agreement, by: { business-days: 2 }, clock: office',
    'Ana Costa has time until the close of the second business day of the agreement, by the office hours.',
  ],
  [
    'start: month, when: downtime > 30, stop: paid, within: 10 days',
    'For each month, if the downtime is more than 30 minutes, Ana Costa pays within 10 days of its start. The time is up with the end of its last day.',
  ],
  [
    'start: agreement, when: move_out > "2024-02-01", stop: paid, within: 30 days',
    'If the moving-out day (agreed: 30 June 2024) is after 1 February 2024, Ana Costa pays within 30 days of the start of the agreement. The time is up with the end of its last day.',
  ],
] as const)('a duty that no fact starts: %s', ([duty, words]) => {
  expect(sentence(`duty: { who: consumer, ${duty} }`)).toBe(words)
})

test('what begins a time and ends the one before', () => {
  expect(sentence('duty: { who: consumer, start: paid, stop: paid, within: 2 days }')).toBe(
    'After each payment, Ana Costa pays within 2 days. What began the time does not end it: only what comes later does. The time is up with the end of its last day.',
  )
})

test.for([
  [
    'start: booking, when: \'booking.priority == "high"\', stop: claim, within: 2 days',
    'After each booking, if the priority of the booking is “high”, Ana Costa brings about a claim within 2 days. The time is up with the end of its last day.',
  ],
  [
    'start: ticket, stop: claim, within: 2 days, concerning: claim.day',
    'After each ticket, Ana Costa brings about a claim within 2 days. The time is up with the end of its last day. A claim counts for the ticket whose day is the day of the claim, also if it comes first.',
  ],
  [
    'start: ticket, stop: claim, within: 2 days, concerning: claim.at',
    'After each ticket, Ana Costa brings about a claim within 2 days. The time is up with the end of its last day. A claim counts for the ticket on whose day the moment of the claim lies, also if it comes first.',
  ],
  [
    'start: ticket, stop: claim, within: 2 days, concerning: claim.about',
    'After each ticket, Ana Costa brings about a claim within 2 days. The time is up with the end of its last day. A claim counts for the ticket that is about the subject of the claim, also if it comes first.',
  ],
] as const)('a duty under a condition, or done before it starts: %s', ([duty, words]) => {
  expect(sentence(`duty: { who: consumer, ${duty} }`)).toBe(words)
})

test('a duty that excuses, and who measures', () => {
  expect(
    sentence(
      'target: { start: ticket, stop: solved, within: 8 hours, clock: always, pauses: { facts: [ maintenance, answer ], counted: around-the-clock }, evaluated-by: both }',
    ),
  ).toBe(
    'After each ticket, Harbour Rooms sees to it that it is solved within 8 hours. The time runs around the clock. The time is up later by as long as a maintenance lasts or clause 2 (Answer) stands unmet, also outside the hours that count. Whether this was kept is measured by Harbour Rooms and Ana Costa.',
  )
})

test.for([
  [
    'facts: maintenance, counted: around-the-clock, at-most: 12 hours',
    'The time is up later by as long as a maintenance lasts, also outside the hours that count, but together by no more than 12 hours.',
  ],
  [
    "facts: maintenance, where: 'maintenance.minutes > 10', counted: around-the-clock",
    'The time is up later by as long as a maintenance lasts, if the minutes of the maintenance are more than 10, also outside the hours that count.',
  ],
  [
    'facts: maintenance, counted: in-hours, at-most: 90 minutes',
    'During a maintenance the time stands still, as far as this falls into the hours that count, but together for no more than 90 minutes.',
  ],
])('pauses that may move it only so far: %s', ([pauses, words]) => {
  expect(
    sentence(
      `target: { start: ticket, stop: solved, within: 8 hours, clock: always, pauses: { ${pauses} } }`,
    ),
  ).toContain(words)
})

test.for([
  [
    'per: month, measure: downtime, rate: 0.10, claim: { fact: claim, by: { end-of: month, after: 2 } }',
    'It is due only if there is a claim by the end of the second month after the one for which it is due. A claim counts for all that it is in time for.',
  ],
  [
    'per: month, measure: downtime, rate: 0.10, claim: { fact: claim, within: 30 days, concerning: claim.day }',
    'It is due only if there is a claim by 30 days after the end of the month for which it is due. A claim counts for the month in which the day of the claim lies.',
  ],
  [
    'per: month, measure: downtime, rate: 0.10, claim: { fact: claim, by: { business-days: 5 }, clock: office }',
    'a claim by the close of the fifth business day after the end of the month, by the office hours.',
  ],
  [
    'per: month, for-each: outage, amount: 5.00, claim: { fact: claim, within: 30 days }',
    'Every month, for each thing that outages are about, Harbour Rooms credits Ana Costa 5.00. It is due only if there is a claim by 30 days after the end of the month for which it is due. A claim counts for all that it is in time for. A claim is for the one of them that it names alone.',
  ],
  [
    'each: outage, amount: 5.00, claim: { fact: claim, by: { end-of: month } }',
    'It is due only if there is a claim by the end of the month in which the end of the outage falls.',
  ],
  [
    'each: outage, amount: 5.00, claim: { fact: claim, within: 7 days }',
    'It is due only if there is a claim within 7 days, counted from the end of the outage. The time is up with the end of its last day.',
  ],
] as const)('a claim: %s', ([credit, words]) => {
  expect(sentence(`credit: { ${credit} }`)).toContain(words)
})
