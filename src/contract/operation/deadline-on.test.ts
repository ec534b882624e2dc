import { describe, expect, test } from 'vitest'
import { faultsOf, signed } from '../contract.test-support.ts'
import { evaluate } from '../derivation.ts'
import { sameValue } from '../value.ts'

/** Deadlines that stand on a date or an instant, or lie before or after one. */

const facts = `facts: {
  booked: { shape: event, has: { about: text, arrives: date, begins: instant } },
  settled: { shape: event, has: { about: text } },
  handed: { shape: event, has: { about: text } } }`
const calendars =
  'calendars: { office: { hours: { mon-fri: 09:00-17:00 }, holidays: [ 2024-06-10 ] } }'
const agreed = 'agreed: { move_out: date, meeting: instant }'
const offering = (deadline: string, more = '') => `{ ${facts}, ${calendars}, ${agreed}, ${more}
  terms: { pay: { duty: { who: consumer, start: booked, stop: settled, ${deadline} } } } }`

// Friday 14 June 2024 and Monday 10 June as a holiday; the clocks are those of Lisbon.
const booking =
  'booked: { id: b, about: x, at: 2024-05-02T10:30, arrives: 2024-06-14, begins: 2024-06-14T15:00 }'
const values = { move_out: '2024-06-30', meeting: '2024-06-12T09:30' }
const made = (deadline: string, ...more: string[]) =>
  signed(offering(deadline), {
    agreed: values,
    facts: `[ { ${booking} }${more.map((fact) => `, { ${fact} }`).join('')} ]`,
  })

describe('a deadline on a date or an instant', () => {
  test.for([
    ['of an event includes its whole day', 'by: { on: booked.arrives }', '2024-06-15T00:00'],
    ['that was agreed includes its whole day', 'by: { on: move_out }', '2024-07-01T00:00'],
    ['is the instant itself', 'by: { on: booked.begins }', '2024-06-14T15:00'],
    ['is the agreed instant', 'by: { on: meeting }', '2024-06-12T09:30'],
    ['may be counted from another', 'by: { on: booked.arrives, at: 18:00 }', '2024-06-14T18:00'],
    ['a fortnight before', 'by: { on: booked.arrives, before: 14 days }', '2024-06-01T00:00'],
    ['months before', 'by: { on: move_out, before: 4 months }', '2024-03-01T00:00'],
    ['days after', 'by: { on: move_out, after-it: 3 days }', '2024-07-04T00:00'],
    [
      'at a time of the day before',
      'by: { on: booked.begins, before: 1 day, at: 18:00 }',
      '2024-06-13T18:00',
    ],
    [
      'hours before an instant',
      'by: { on: booked.begins, before: 48 hours }, clock: always',
      '2024-06-12T15:00',
    ],
    [
      'open hours before an instant',
      'by: { on: booked.begins, before: 10 hours }, clock: office',
      '2024-06-13T13:00',
    ],
    [
      'hours before a time of the date',
      'by: { on: booked.arrives, at: 12:00, before: 24 hours }, clock: always',
      '2024-06-13T12:00',
    ],
    [
      'days before an instant, at the hour',
      'by: { on: booked.begins, before: 2 days }, ends: at-the-hour',
      '2024-06-12T15:00',
    ],
    [
      'days before an instant, with the day',
      'by: { on: booked.begins, before: 2 days }, ends: with-the-day',
      '2024-06-13T00:00',
    ],
    [
      'business days before a date end with the hours of the last',
      'by: { on: booked.arrives, before: 4 business days }, clock: office',
      '2024-06-07T17:00',
    ],
    [
      'business days before an instant at its time of day',
      'by: { on: booked.begins, before: 1 business day }, clock: office, ends: at-the-hour',
      '2024-06-13T15:00',
    ],
    [
      'business days before, at a time',
      'by: { on: booked.arrives, before: 2 business days, at: 12:00 }, clock: office',
      '2024-06-12T12:00',
    ],
    ['before the end of a month', 'by: { end-of: month, before: 3 days }', '2024-05-29T00:00'],
    [
      'months before the end of the agreement',
      'by: { end-of: agreement, before: 3 months }',
      '2024-10-01T00:00',
    ],
    [
      'business days before the end of a month',
      'by: { end-of: month, after: 1, before: 2 business days }, clock: office',
      '2024-06-27T17:00',
    ],
    ['after the end of a month', 'by: { end-of: month, after-it: 10 days }', '2024-06-11T00:00'],
  ] as const)('%s', ([, deadline, due]) => {
    expect(made(deadline).told({ due: 'pay', for: 'b' })).toBe(due)
  })

  // 20:00 in UTC is 5:00 of the next day in Tokyo.
  test.for([
    ['within: 2 business days', '2024-01-10T20:00'],
    ['by: { on: booked.begins, after-it: 2 business days }', '2024-01-10T20:00'],
    ['by: { on: booked.begins, before: 2 business days }', '2024-01-04T20:00'],
  ])('counts business days on the clock of their calendar: %s', ([deadline, due]) => {
    const { told } = signed(
      `{ zone: UTC, ${facts}, calendars: { desk: { zone: Asia/Tokyo, hours: { mon-fri: "00:00-24:00" } } },
         terms: { pay: { duty: { who: consumer, start: booked, stop: settled, ${deadline}, clock: desk, ends: at-the-hour } } } }`,
      {
        facts:
          '[ { booked: { id: b, about: x, at: 2024-01-08T20:00, arrives: 2024-01-08, begins: 2024-01-08T20:00 } } ]',
      },
    )
    expect(told({ due: 'pay', for: 'b' })).toBe(due)
  })

  test.for([
    ['by: { on: booked.arrives }', '2024-06-14T23:59', 'yes'],
    ['by: { on: booked.arrives }', '2024-06-15T00:00', 'no'],
    ['by: { on: booked.begins }', '2024-06-14T15:00', 'yes'],
    ['by: { on: booked.begins }', '2024-06-14T15:01', 'no'],
    ['by: { on: booked.arrives, at: 18:00 }', '2024-06-14T18:00', 'yes'],
    ['by: { on: booked.arrives, before: 14 days }', '2024-05-31T23:59', 'yes'],
    ['by: { on: booked.arrives, before: 14 days }', '2024-06-01T00:00', 'no'],
    ['by: { on: booked.begins, before: 2 days }, ends: with-the-day', '2024-06-13T00:00', 'no'],
    [
      'by: { on: booked.arrives, before: 4 business days }, clock: office',
      '2024-06-07T17:00',
      'yes',
    ],
  ] as const)('%s, done at %s, was kept: %s', ([deadline, at, kept]) => {
    const { told } = made(deadline, `settled: { about: x, at: ${at} }`)
    expect(told({ met: 'pay', for: 'b' })).toBe(kept)
  })

  test('is unknown while the event does not name the date', () => {
    const { told } = signed(offering('by: { on: booked.arrives }'), {
      agreed: values,
      facts: '[ { booked: { id: b, about: x, at: 2024-05-02T10:30 } } ]',
    })
    expect(told({ due: 'pay', for: 'b' })).toBe('unknown')
  })

  test.for([
    ['types_do_not_fit /terms/pay/duty/by/on', 'by: { on: booked.about }'],
    ['value_misshapen /terms/pay/duty/by/on', 'by: { on: agreement_end }'],
    ['word_missing /terms/pay/duty/by', 'by: { on: move_out, end-of: month }'],
    [
      'words_exclude_each_other /terms/pay/duty/by/after-it',
      'by: { on: move_out, before: 1 day, after-it: 1 day }',
    ],
    [
      'word_without_effect /terms/pay/duty/by/before',
      'by: { business-days: 1, before: 1 day }, clock: office',
    ],
    ['word_without_effect /terms/pay/duty/by/at', 'by: { end-of: month, at: 12:00 }'],
    [
      'types_do_not_fit /terms/pay/duty/by/before',
      'by: { on: move_out, before: 2 hours }, clock: always',
    ],
    ['types_do_not_fit /terms/pay/duty/by/before', 'by: { on: move_out, before: 14 }'],
    ['policy_unsaid /terms/pay/duty', 'by: { on: meeting, before: 2 days }'],
    ['policy_unsaid /terms/pay/duty', 'by: { on: meeting, before: 2 hours }'],
    ['policy_unsaid /terms/pay/duty', 'by: { on: move_out, before: 2 business days }'],
    [
      'word_without_effect /terms/pay/duty/ends',
      'by: { on: move_out, before: 2 days }, ends: with-the-day',
    ],
    ['event_not_at_hand /terms/pay/duty', 'by: { on: handed.date }'],
    ['name_unknown /terms/pay/duty/by/on', 'by: { on: move_in }'],
  ] as const)('%s: %s', ([fault, deadline]) => {
    expect(faultsOf(offering(deadline))).toContain(fault)
  })
})

test.for(['by: { on: booked.arrives, at: 01:30 }', 'within: 1 day, ends: at-the-hour'])(
  'of %s, a time that the clocks of Lisbon skip counts by the offset from before',
  (words) => {
    const { told } = signed(offering(words), {
      agreed: values,
      facts:
        '[ booked: { id: b, about: x, at: 2024-03-30T01:30, arrives: 2024-03-31, begins: 2024-06-14T15:00 } ]',
    })
    expect(told({ due: 'pay', for: 'b' })).toBe('2024-03-31T02:30')
  },
)

describe('another value in a leaf fact evaluates to what the engine gives for the changed fact', () => {
  test.for([
    ['by: { on: booked.arrives, before: 4 business days }, clock: office', 'arrives', '2024-06-17'],
    ['by: { on: booked.arrives, before: 1 month }', 'arrives', '2024-07-31'],
    ['by: { on: booked.begins, before: 1 day, at: 18:00 }', 'begins', '2024-06-17T08:00'],
    ['by: { on: booked.begins, before: 2 days }, ends: with-the-day', 'begins', '2024-06-17T08:00'],
  ] as const)('%s: %s %s', ([deadline, field, text]) => {
    const before = made(deadline).ask({ met: 'pay', for: 'b', at: '2024-06-13T12:00' }).derivation
    const changed = booking.replace(new RegExp(`${field}: [^,}]+`), `${field}: ${text} `)
    const { facts: read, ask } = signed(offering(deadline), {
      agreed: values,
      facts: `[ { ${changed} } ]`,
    })
    const value = read[0]?.values[field]
    const replaced = evaluate(before, (leaf) => (leaf.field === field ? value : undefined))
    const engine = ask({ met: 'pay', for: 'b', at: '2024-06-13T12:00' }).derivation.value
    expect(sameValue(replaced, engine)).toBe(true)
  })
})

describe('an instant', () => {
  const compared = (when: string) =>
    `{ facts: { visit: { shape: event, has: { planned: instant, ends: instant } }, stay: { shape: interval } },
       agreed: { opening: { type: instant, default: 2024-05-01T08:00 } },
       terms: { fee: { charge: { each: visit, amount: 5.00, when: '${when}' } } } }`
  const visit =
    '[ { visit: { id: v, at: 2024-05-02T10:00, planned: 2024-05-02T09:30, ends: 2024-05-02T10:00:00+01:00 } } ]'

  test.for([
    ['visit.planned < visit.ends', '5'],
    ['visit.at == visit.ends', '5'],
    ['visit.at <= visit.planned', 'nothing-due'],
    ['visit.planned > opening', '5'],
    ['visit.planned >= "2024-05-02T09:30"', '5'],
    ['visit.planned < "2024-05-02"', 'nothing-due'],
  ] as const)('is compared with another: %s gives %s', ([when, value]) => {
    expect(signed(compared(when), { facts: visit }).told({ value: 'fee', for: 'v' })).toBe(value)
  })

  test.for([
    ['types_do_not_fit /terms/fee/charge/when', 'visit.planned == visit.date'],
    ['types_do_not_fit /terms/fee/charge/when', 'visit.planned > 5'],
    ['attribute_undeclared /terms/fee/charge/when', 'visit.from < visit.planned'],
  ] as const)('%s: %s', ([fault, when]) => {
    expect(faultsOf(compared(when))).toContain(fault)
  })

  test('that is written with a place where none belongs is refused', () => {
    const agreed = { opening: '2024-13-01T08:00' }
    expect(() => signed(compared('visit.planned > opening'), { agreed })).toThrow('a date and time')
  })

  test('of an interval is its start and its end; while it is open nothing compares with its end', () => {
    const { told } = signed(
      `{ facts: { stay: { shape: interval, has: { planned: instant } } },
         terms: { late: { charge: { each: stay, amount: 1.00, when: stay.to > stay.planned } },
                  early: { charge: { each: stay, amount: 1.00, when: stay.from < stay.planned } } } }`,
      {
        facts: `[ { stay: { id: a, from: 2024-05-02T10:00, to: 2024-05-02T12:00, planned: 2024-05-02T11:00 } },
                  { stay: { id: b, from: 2024-05-03T10:00, planned: 2024-05-02T11:00 } } ]`,
      },
    )
    expect(told({ value: 'late', for: 'a' })).toBe('1')
    expect(told({ value: 'early', for: 'a' })).toBe('1')
    expect(told({ value: 'late', for: 'b' })).toBe('nothing-due')
  })
})

describe('a deadline from a table of lengths', () => {
  const helpdesk = `{ facts: { ticket: { shape: event, has: { about: text, impact: number } }, solved: { shape: event, has: { about: text } } },
    ${calendars},
    tables: { solve_within: { by: ticket.impact, rows: [ { when: 1, then: 4 hours }, { when: 2, then: 2 business days }, { when: 3, then: 1 month }, { when: any, then: not-agreed } ] } },
    terms: { solve: { target: { start: ticket, stop: solved, within: solve_within, clock: office, ends: with-the-day } } } }`

  test.for([
    ['1', '2024-06-06T13:00', '2024-06-06T13:00', 'yes'],
    ['2', '2024-06-11T17:00', '2024-06-11T17:00', 'yes'],
    ['3', '2024-07-07T00:00', '2024-07-07T00:00', 'no'],
    ['4', 'not-agreed', '2024-07-07T00:00', 'not-agreed'],
  ] as const)(
    'takes hours, business days or months by its row: impact %s',
    ([impact, due, done, kept]) => {
      const { told } = signed(helpdesk, {
        facts: `[ { ticket: { id: t, about: one, at: 2024-06-06T09:00, impact: ${impact} } }, { solved: { about: one, at: ${done} } } ]`,
      })
      expect(told({ due: 'solve', for: 't' })).toBe(due)
      expect(told({ met: 'solve', for: 't' })).toBe(kept)
    },
  )

  test.for([
    ['policy_unsaid /terms/solve/target', ', ends: with-the-day'],
    ['policy_unsaid /terms/solve/target', 'clock: office, '],
  ] as const)('needs what each of its lengths needs: %s without “%s”', ([fault, without]) => {
    expect(faultsOf(helpdesk.replace(without, ''))).toContain(fault)
  })
})

describe('a duty of the other side', () => {
  const helpdesk = (
    duty: string,
  ) => `{ facts: { ticket: { shape: event, has: { about: text } }, solved: { shape: event, has: { about: text } },
      asked: { shape: event, has: { about: text } }, told: { shape: event, has: { about: text } } },
    terms: { answer: { duty: { who: consumer, start: asked, stop: told, within: 2 hours, clock: always } },
             solve: { target: { start: ticket, stop: solved, within: 8 hours, clock: always, pauses: { facts: ${duty}, counted: in-hours } } } } }`
  const asked = (told: string) =>
    signed(helpdesk('answer'), {
      facts: `[ { ticket: { id: t, about: one, at: 2024-06-06T09:00 } }, { asked: { about: one, at: 2024-06-06T10:00 } },
               { asked: { about: two, at: 2024-06-06T10:00 } }, { told: { about: one, at: ${told} } } ]`,
    })

  test.for([
    ['2024-06-06T11:00', '2024-06-06T17:00'],
    ['2024-06-06T13:30', '2024-06-06T18:30'],
  ] as const)('excuses the time in which it stood unmet: done at %s, due %s', ([told, due]) => {
    expect(asked(told).told({ due: 'solve', for: 't' })).toBe(due)
  })

  test('that nobody did yet holds the deadline, which is not final', () => {
    const { ask } = signed(helpdesk('answer'), {
      facts:
        '[ { ticket: { id: t, about: one, at: 2024-06-06T09:00 } }, { asked: { about: one, at: 2024-06-06T10:00 } } ]',
    })
    expect(ask({ due: 'solve', for: 't', at: '2024-06-06T15:00' }).final).toBe(false)
  })

  test('may not be an event', () => {
    expect(faultsOf(helpdesk('asked'))).toContain(
      'fact_undeclared /terms/solve/target/pauses/facts',
    )
  })
})
