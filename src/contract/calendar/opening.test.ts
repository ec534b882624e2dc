import { describe, expect, test } from 'vitest'
import { checkOffering } from '../agreement/agreement.ts'
import { faultsOf, offering, signed } from '../contract.test-support.ts'

/** Calendars as an author writes them: holidays and single dates with hours of their own. */

const shop = `{
  policies: { ends: with-the-day },
  facts: { visit: { shape: event }, ordered: { shape: event, has: { wanted: date } } },
  calendars: { shop: {
    hours: { mon-fri: 07:00-18:00, sat-sun: 12:00-18:00, holidays: 12:00-18:00,
      2024-12-25: closed, 2024-12-24: [ 13:00-14:00, 08:00-12:00 ], 2024-05-05: 09:00-10:00 },
    holidays: [ 2024-05-01, 2024-12-25, 2024-05-05 ] } },
  measures: { served: { open: shop }, opened: { time: period, per: day, calendar: shop, in: hours } },
  terms: {
    answer: { target: { start: ordered, stop: handed_over, within: 6 hours, clock: shop } },
    sent: { target: { start: ordered, stop: received, within: 1 business days, clock: shop } },
    entry: { charge: { each: visit, when: served, amount: 5 } } } }`

const { told, ask } = signed(shop, {
  facts: `[
    { visit: { id: early_on_holiday, at: 2024-05-01T08:00 } },
    { visit: { id: on_holiday, at: 2024-05-01T12:00 } },
    { visit: { id: on_sunday_holiday, at: 2024-05-05T12:00 } },
    { visit: { id: on_christmas, at: 2024-12-25T13:00 } },
    { visit: { id: at_noon, at: 2024-12-24T12:00 } },
    { visit: { id: until_two, at: 2024-12-24T13:59 } },
    { visit: { id: at_two, at: 2024-12-24T14:00 } },
    { ordered: { id: before_holiday, about: a, at: 2024-04-30T17:00, wanted: 2024-05-02 } },
    { ordered: { id: before_christmas, about: b, at: 2024-12-24T13:30, wanted: 2024-12-25 } } ]`,
})

describe('a calendar with hours for holidays and for dates', () => {
  test.for([
    ['before the hours of holidays', 'early_on_holiday', 'nothing-due'],
    ['within the hours of holidays', 'on_holiday', '5'],
    ['a date that is a holiday as well has its own hours', 'on_sunday_holiday', 'nothing-due'],
    ['a holiday that is closed', 'on_christmas', 'nothing-due'],
    ['between two ranges of a date', 'at_noon', 'nothing-due'],
    ['the last minute of a date', 'until_two', '5'],
    ['the closing of a date', 'at_two', 'nothing-due'],
  ] as const)('%s', ([, id, due]) => {
    expect(told({ value: 'entry', for: id })).toBe(due)
  })

  test.for([
    ['2024-05-01', '6'],
    ['2024-05-05', '1'],
    ['2024-05-02', '11'],
    ['2024-12-24', '5'],
    ['2024-12-25', '0'],
  ] as const)('on %s %s hours are open', ([day, hours]) => {
    expect(told({ value: 'opened', in: day })).toBe(hours)
  })

  test.for([
    ['hours run in those of the holiday', 'answer', 'before_holiday', '2024-05-01T17:00'],
    ['a holiday that opens is a business day', 'sent', 'before_holiday', '2024-05-01T18:00'],
    ['hours stand still on a closed date', 'answer', 'before_christmas', '2024-12-26T12:30'],
    ['a closed date is no business day', 'sent', 'before_christmas', '2024-12-26T18:00'],
  ] as const)('%s', ([, due, id, at]) => {
    expect(told({ due, for: id })).toBe(at)
  })

  test('the hours of a date and of holidays may be agreed otherwise', () => {
    const { told: agreedOtherwise } = signed(shop, {
      deviations: [
        { clause: 'shop', path: 'hours.2024-05-05', to: 'closed' },
        { clause: 'shop', path: 'hours.holidays', to: '10:00-12:00' },
      ],
    })
    expect(agreedOtherwise({ value: 'opened', in: '2024-05-05' })).toBe('0')
    expect(agreedOtherwise({ value: 'opened', in: '2024-05-01' })).toBe('2')
  })

  test('the leaf of a derivation holds the hours of the date', () => {
    const { derivation } = ask({ value: 'entry', for: 'on_holiday' })
    expect(JSON.stringify(derivation)).toContain('"dates":{"2024-05-01":[{"from":720')
  })
})

const calendar = (words: string) => `{ calendars: { shop: { ${words} } },
  measures: { served: { open: shop } },
  terms: { entry: { charge: { each: used, when: served, amount: 5 } } } }`

describe('a calendar is refused', () => {
  test.for([
    [
      'hours of holidays without any',
      'hours: { mon: 09:00-17:00, holidays: 10:00-12:00 }',
      'word_without_effect /calendars/shop/hours/holidays',
    ],
    [
      'holidays that are said to be closed',
      'hours: { mon: 09:00-17:00, holidays: closed }, holidays: [ 2024-05-01 ]',
      'word_without_effect /calendars/shop/hours/holidays',
    ],
    [
      'a weekday that is said to be closed',
      'hours: { mon: 09:00-17:00, sun: closed }',
      'word_without_effect /calendars/shop/hours/sun',
    ],
    [
      'a date that is closed and open',
      'hours: { mon: 09:00-17:00, 2024-05-01: [ closed, 10:00-12:00 ] }',
      'words_exclude_each_other /calendars/shop/hours/2024-05-01',
    ],
    [
      'a date that does not exist',
      'hours: { mon: 09:00-17:00, 2024-02-30: 10:00-12:00 }',
      'value_misshapen /calendars/shop/hours/2024-02-30',
    ],
    [
      'hours of a date that overlap',
      'hours: { mon: 09:00-17:00, 2024-05-01: [ 10:00-12:00, 11:00-13:00 ] }',
      'bands_overlap /calendars/shop/hours',
    ],
  ] as const)('for %s', ([, words, fault]) => {
    expect(faultsOf(calendar(words))).toEqual([fault])
  })

  test('with words that say which days there are', () => {
    const { faults } = checkOffering(offering(calendar('hours: { monday: 09:00-17:00 }')))
    expect(faults[0]?.words).toBe(
      '“monday” is no day: write mon, tue, wed, thu, fri, sat, sun, a range of them such as mon-fri, a date such as 2026-12-24, a day of every year such as 12-24, or holidays.',
    )
  })
})

describe('hours that last into the next day', () => {
  const night = signed(
    `{ policies: { ends: with-the-day },
       facts: { visit: { shape: event }, ordered: { shape: event } },
       calendars: { nights: { hours: { mon-fri: 22:00-06:00, sat: [ 05:00-07:00, 23:00-01:00 ], 2024-05-01: closed, 12-24: 20:00-22:00 } } },
       measures: { served: { open: nights }, opened: { time: period, per: day, calendar: nights, in: hours } },
       terms: {
         answer: { target: { start: ordered, stop: handed_over, within: 6 hours, clock: nights } },
         ready: { target: { start: ordered, stop: received, by: { on: ordered.at, before: 3 hours }, clock: nights } },
         sent: { target: { start: ordered, stop: received, within: 1 business days, clock: nights } },
         entry: { charge: { each: visit, when: served, amount: 5 } } } }`,
    {
      facts: `[ visit: { id: late, at: 2024-05-06T22:00 }, visit: { id: after_midnight, at: 2024-05-07T05:59 }, visit: { id: morning, at: 2024-05-07T06:00 },
        visit: { id: into_holiday, at: 2024-05-01T05:00 }, visit: { id: on_holiday, at: 2024-05-01T23:00 },
        ordered: { id: in_the_night, about: a, at: 2024-05-07T04:00 }, ordered: { id: on_friday, about: b, at: 2024-05-03T23:00 } ]`,
    },
  )

  test.for([
    ['late', '5'],
    ['after_midnight', '5'],
    ['morning', 'nothing-due'],
    ['into_holiday', '5'],
    ['on_holiday', 'nothing-due'],
  ] as const)('a visit %s: %s', ([id, due]) => {
    expect(night.told({ value: 'entry', for: id })).toBe(due)
  })

  test.for([
    ['2024-05-07', '8'],
    ['2024-05-01', '6'],
    ['2024-05-02', '2'],
    // Friday night reaches into Saturday’s own hours: together until seven.
    ['2024-05-04', '8'],
    ['2024-05-05', '1'],
    ['2024-12-24', '8'],
  ] as const)('on %s %s hours are open', ([day, hours]) => {
    expect(night.told({ value: 'opened', in: day })).toBe(hours)
  })

  test.for([
    ['answer', 'in_the_night', '2024-05-08T02:00'],
    ['answer', 'on_friday', '2024-05-04T05:00'],
    ['ready', 'in_the_night', '2024-05-07T01:00'],
    ['sent', 'on_friday', '2024-05-05T01:00'],
  ] as const)('“%s” of %s is due on %s', ([due, id, at]) => {
    expect(night.told({ due, for: id })).toBe(at)
  })
})

describe('a day of every year', () => {
  const made = signed(
    `{ calendars: { desk: { hours: { mon-fri: 09:00-17:00, holidays: 10:00-12:00, 12-24: 09:00-13:00, 2025-12-24: 09:00-10:00 }, holidays: [ 12-25, 01-01, 2024-12-24, 2025-01-01, 02-29 ] } },
       measures: { opened: { time: period, per: day, calendar: desk, in: hours } } }`,
    { period: '2024-01-01 to 2029-01-01' },
  )

  test.for([
    ['2024-12-25', '2'],
    ['2026-12-25', '2'],
    ['2026-01-01', '2'],
    ['2024-12-24', '4'],
    ['2025-12-24', '1'],
    ['2026-12-24', '4'],
    ['2024-02-29', '2'],
    ['2025-02-28', '8'],
  ] as const)('on %s %s hours are open', ([day, hours]) => {
    expect(made.told({ value: 'opened', in: day })).toBe(hours)
  })
})

describe('several calendars together', () => {
  const made = signed(
    `{ policies: { ends: with-the-day }, zone: UTC, facts: { ordered: { shape: event } },
       calendars: {
         eu: { hours: { mon-fri: 09:00-17:00 }, zone: Europe/Berlin, holidays: [ 2024-05-01 ] },
         us: { hours: { mon-fri: 09:00-17:00 }, zone: America/New_York },
         both: { any-of: [ eu, us ] } },
       measures: { opened: { time: period, per: day, calendar: both, in: hours } },
       terms: {
         answer: { target: { start: ordered, stop: handed_over, within: 10 hours, clock: both } },
         sent: { target: { start: ordered, stop: received, within: 1 business days, clock: both } } } }`,
    { facts: '[ ordered: { id: a, about: a, at: 2024-05-02T16:00 } ]' },
  )

  test.for([
    // 07:00 to 15:00 and 13:00 to 21:00 UTC.
    [{ value: 'opened', in: '2024-05-02' }, '14'],
    [{ value: 'opened', in: '2024-05-01' }, '8'],
    [{ value: 'opened', in: '2024-05-04' }, '0'],
    // Five hours on Thursday, five on Friday from 07:00.
    [{ due: 'answer', for: 'a' }, '2024-05-03T12:00'],
    [{ due: 'sent', for: 'a' }, '2024-05-03T21:00'],
  ] as const)('%j: %s', ([question, expected]) => {
    expect(made.told(question)).toBe(expected)
  })
})

test.for([
  ['title: nothing', 'word_missing /calendars/desk'],
  ['hours: { mon: 09:00-17:00 }, any-of: [ eu, us ]', 'word_missing /calendars/desk'],
  ['any-of: [ eu, uk ]', 'name_unknown /calendars/desk/any-of/1'],
  ['any-of: [ eu, desk ]', 'name_unknown /calendars/desk/any-of/1'],
  ['any-of: [ eu, us ], holidays: [ 12-25 ]', 'word_without_effect /calendars/desk/holidays'],
  ['hours: { mon: 09:00-09:00 }', 'period_misordered /calendars/desk/hours/mon'],
  ['hours: { 13-24: 09:00-10:00 }', 'value_misshapen /calendars/desk/hours/13-24'],
  [
    'hours: { mon: 09:00-10:00 }, holidays: [ 02-30 ]',
    'value_misshapen /calendars/desk/holidays/0',
  ],
] as const)('%s is refused', ([desk, fault]) => {
  const others = 'eu: { hours: { mon: 09:00-17:00 } }, us: { hours: { mon: 09:00-17:00 } }'
  expect(faultsOf(`{ calendars: { ${others}, desk: { ${desk} } } }`)).toContain(fault)
})
