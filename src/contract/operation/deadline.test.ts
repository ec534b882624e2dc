import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Exact } from '../../kernel/exact.ts'
import { type Instant, Length, localText, parseInstant } from '../../kernel/time.ts'
import { type Calendar, openMinutes } from '../calendar/calendar.ts'
import { parsePeriodRule } from '../period/words.ts'
import { isUnknown, Span, type Value } from '../value.ts'
import { type DeadlineSettings, deadlineAfter, endOfPeriod, onBusinessDay } from './deadline.ts'

const zone = 'Europe/Lisbon'
const nineToFive = [{ from: 540, until: 1020 }]
const office: Calendar = {
  name: 'office',
  zone,
  dates: { '2024-06-10': [] },
  hours: { mon: nineToFive, tue: nineToFive, wed: nineToFive, thu: nineToFive, fri: nineToFive },
}
const never: Calendar = { name: 'never', zone, dates: {}, hours: {} }

function at(text: string): Instant {
  const instant = parseInstant(text, zone)
  if (instant === undefined) throw new Error(`no instant: ${text}`)
  return instant
}
function length(text: string): Length {
  const read = Length.parse(text)
  if (!read) throw new Error(`no length: ${text}`)
  return read
}
const pause = (text: string) => {
  const [from = '', to = ''] = text.split(' to ')
  return to === '-' ? new Span(at(from)) : new Span(at(from), at(to))
}
type Words = Omit<Partial<DeadlineSettings>, 'asOf'> & { pauses?: readonly string[]; asOf?: string }
const due = (
  start: string,
  text: string,
  { pauses = [], asOf = '2024-07-01', ...words }: Words = {},
) => deadlineAfter(at(start), length(text), pauses.map(pause), { zone, ...words, asOf: at(asOf) })
const said = (value: Value) => (typeof value === 'number' ? localText(value, zone) : value)

describe('hours', () => {
  test.for([
    ['without a clock every minute counts', {}, '2024-06-07T20:00'],
    [
      'a clock counts its open hours, past weekend and holiday',
      { clock: office },
      '2024-06-11T12:00',
    ],
  ] as const)('%s', ([, words, expected]) => {
    expect(said(due('2024-06-07T16:00', '4 hours', words))).toBe(expected)
  })

  test.for([
    // What a pause moves is a setting of the agreement.
    [
      'before opening',
      '2024-06-03T07:30 to 2024-06-03T08:30',
      '2024-06-03T13:00',
      '2024-06-03T14:00',
    ],
    [
      'inside hours',
      '2024-06-03T10:00 to 2024-06-03T11:00',
      '2024-06-03T14:00',
      '2024-06-03T14:00',
    ],
    ['over night', '2024-06-03T12:00 to 2024-06-04T10:00', '2024-06-04T11:00', '2024-06-04T11:00'],
    // Half an hour is left until closing; what is later by the time that passed may fall outside the hours.
    [
      'until shortly before closing',
      '2024-06-03T12:00 to 2024-06-04T16:30',
      '2024-06-05T09:30',
      '2024-06-04T17:30',
    ],
    [
      'after the time was up',
      '2024-06-03T13:00 to 2024-06-03T15:00',
      '2024-06-03T13:00',
      '2024-06-03T13:00',
    ],
    [
      'before the start',
      '2024-06-03T05:00 to 2024-06-03T06:00',
      '2024-06-03T13:00',
      '2024-06-03T13:00',
    ],
    [
      'from before the start until after it',
      '2024-06-03T05:00 to 2024-06-03T10:00',
      '2024-06-03T14:00',
      '2024-06-03T16:00',
    ],
  ] as const)(
    'a pause %s, counted in hours and around the clock',
    ([, text, inHours, aroundTheClock]) => {
      const words = { clock: office, pauses: [text] }
      expect(said(due('2024-06-03T07:00', '4 hours', { ...words, counted: 'in-hours' }))).toBe(
        inHours,
      )
      expect(
        said(due('2024-06-03T07:00', '4 hours', { ...words, counted: 'around-the-clock' })),
      ).toBe(aroundTheClock)
    },
  )

  test.for([
    ['8 hours', 'in-hours', '2024-06-04T10:00'],
    ['1 business day', 'in-hours', '2024-06-04T10:00'],
    ['8 hours', 'around-the-clock', '2024-06-06T10:00'],
    ['1 business day', 'around-the-clock', '2024-06-06T10:00'],
  ] as const)(
    '%s and a hold over the weekend, counted %s: the same word is the same deadline',
    ([text, counted, expected]) => {
      const pauses = ['2024-05-31T12:00 to 2024-06-03T12:00']
      const words = { clock: office, counted, ends: 'at-the-hour', pauses } as const
      expect(said(due('2024-05-31T10:00', text, words))).toBe(expected)
    },
  )

  test('a pause that is still open counts up to now', () => {
    const words = { clock: office, pauses: ['2024-06-03T10:00 to -'] }
    expect(said(due('2024-06-03T09:00', '4 hours', { ...words, asOf: '2024-06-03T10:30' }))).toBe(
      '2024-06-03T13:30',
    )
    expect(said(due('2024-06-03T09:00', '4 hours', { ...words, asOf: '2024-06-03T12:00' }))).toBe(
      '2024-06-03T15:00',
    )
  })

  test('an hour that the clocks skip or repeat is no hour or two of elapsed time', () => {
    expect(said(due('2024-03-31T00:00', '4 hours'))).toBe('2024-03-31T05:00')
    expect(said(due('2024-10-27T00:00', '4 hours'))).toBe('2024-10-27T03:00')
  })

  test('a clock that never opens leaves the deadline unknown', () => {
    expect(isUnknown(due('2024-06-03T09:00', '1 hour', { clock: never }))).toBe(true)
    expect(
      isUnknown(due('2024-06-03T09:00', '1 hour', { clock: never, counted: 'around-the-clock' })),
    ).toBe(true)
    expect(isUnknown(due('2024-06-03T09:00', '1 business day', { clock: never }))).toBe(true)
    expect(isUnknown(due('2024-06-03T09:00', '1 business day'))).toBe(true)
  })
})

describe('days', () => {
  test.for([
    ['2024-06-03T10:30', '3 days', '2024-06-06T10:30', '2024-06-07'],
    ['2024-03-20T10:00', '21 days', '2024-04-10T10:00', '2024-04-11'],
    ['2024-01-31T10:00', '1 month', '2024-02-29T10:00', '2024-03-01'],
    ['2024-06-03', '1 day', '2024-06-04', '2024-06-05'],
    ['2024-03-30T12:00', '1 day', '2024-03-31T12:00', '2024-04-01'],
  ] as const)(
    '%s and %s end at the hour, or with the day',
    ([start, text, atTheHour, withTheDay]) => {
      const short = (value: Value) => String(said(value)).replace(/T00:00$/, '')
      expect(short(due(start, text, { ends: 'at-the-hour' }))).toBe(atTheHour)
      expect(short(due(start, text, { ends: 'with-the-day' }))).toBe(withTheDay)
    },
  )

  test.for([
    [
      'in the morning',
      '2024-06-06T10:30',
      '1 business day',
      '2024-06-07T10:30',
      '2024-06-07T17:00',
    ],
    [
      'past weekend and holiday',
      '2024-06-07T10:30',
      '1 business day',
      '2024-06-11T10:30',
      '2024-06-11T17:00',
    ],
    [
      'after close it ends at close',
      '2024-06-06T20:00',
      '2 business days',
      '2024-06-11T17:00',
      '2024-06-11T17:00',
    ],
    [
      'with seconds',
      '2024-06-06T10:30:20',
      '1 business day',
      '2024-06-07T10:30:20',
      '2024-06-07T17:00',
    ],
  ] as const)('business days: %s', ([, start, text, atTheHour, withTheDay]) => {
    expect(said(due(start, text, { clock: office, ends: 'at-the-hour' }))).toBe(atTheHour)
    expect(said(due(start, text, { clock: office, ends: 'with-the-day' }))).toBe(withTheDay)
  })

  test.for([
    ['moves it by its own length', ['2024-06-04T00:00 to 2024-06-06T00:00'], '2024-06-08T10:00'],
    [
      'that began after the time was up moves nothing',
      ['2024-06-06T10:00 to 2024-06-07T10:00'],
      '2024-06-06T10:00',
    ],
    [
      'inside the time won by one that was recorded later counts',
      ['2024-06-07T10:00 to 2024-06-08T10:00', '2024-06-04T10:00 to 2024-06-06T10:00'],
      '2024-06-09T10:00',
    ],
    [
      'inside the time won by another counts',
      ['2024-06-04T10:00 to 2024-06-06T10:00', '2024-06-07T10:00 to 2024-06-08T10:00'],
      '2024-06-09T10:00',
    ],
  ] as const)('a pause %s', ([, pauses, expected]) => {
    expect(said(due('2024-06-03T10:00', '3 days', { pauses }))).toBe(expected)
  })
})

describe('pauses', () => {
  const anySpan = fc
    .tuple(fc.nat(7 * 1440), fc.integer({ min: 1, max: 2000 }))
    .map(([from, minutes]) => {
      const start = at('2024-06-03T00:00') + from * 60_000
      return new Span(start, start + minutes * 60_000)
    })
  const anyLength = fc
    .constantFrom('90 minutes', '4 hours', '30 hours', '2 days', '1 week', '2 business days')
    .map(length)
  const anyWords = fc.record({
    counted: fc.constantFrom('in-hours' as const, 'around-the-clock' as const),
    clock: fc.constant(office),
    ends: fc.constantFrom('at-the-hour' as const, 'with-the-day' as const),
  })
  const start = at('2024-06-03T08:00')
  const dueAfter = (text: Length, pauses: readonly Span[], words: object) =>
    Number(deadlineAfter(start, text, pauses, { zone, asOf: at('2024-07-01'), ...words }))

  test('a deadline never decreases when a pause is added', () => {
    fc.assert(
      fc.property(
        anyLength,
        fc.array(anySpan, { maxLength: 4 }),
        anySpan,
        anyWords,
        (text, pauses, added, words) => {
          expect(dueAfter(text, [...pauses, added], words)).toBeGreaterThanOrEqual(
            dueAfter(text, pauses, words),
          )
        },
      ),
    )
  })

  test('the order in which pauses are recorded changes nothing', () => {
    fc.assert(
      fc.property(
        anyLength,
        fc.array(anySpan, { maxLength: 4 }),
        anyWords,
        (text, pauses, words) => {
          expect(dueAfter(text, pauses.toReversed(), words)).toBe(dueAfter(text, pauses, words))
        },
      ),
    )
  })

  test.for([
    ['hours, counted in hours', '2 hours', 'in-hours', '2024-06-03T13:00'],
    ['hours, counted around the clock', '2 hours', 'around-the-clock', '2024-06-03T13:00'],
    // Both days end before opening; the two open hours on hold are made up once it opens.
    ['days', '2 days', 'in-hours', '2024-06-05T11:00'],
  ] as const)('two pauses at once are one: %s', ([, text, counted, expected]) => {
    const pauses = ['2024-06-03T09:00 to 2024-06-03T11:00', '2024-06-03T09:30 to 2024-06-03T10:30']
    expect(said(due('2024-06-03T08:00', text, { clock: office, counted, pauses }))).toBe(expected)
  })

  test('elapsed and remaining open time are the target', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.nat(100), (target, percent) => {
        const end = dueAfter(new Length(Exact.whole(target), 'minutes'), [], { clock: office })
        const now = start + Math.floor(((end - start) * percent) / 100)
        expect(
          openMinutes(office, { start, end: now }).plus(openMinutes(office, { start: now, end }))
            .text,
        ).toBe(String(target))
      }),
    )
  })
})

describe('the end of a period', () => {
  test.for([
    ['month', 0, '2024-06-10T09:00', '2024-07-01T00:00'],
    ['month', 1, '2024-06-10T09:00', '2024-08-01T00:00'],
    ['month', 2, '2024-06-10T09:00', '2024-09-01T00:00'],
    ['month', 2, '2024-11-30T23:59', '2025-02-01T00:00'],
    ['month', 0, '2024-07-01T00:00', '2024-08-01T00:00'],
    ['quarter', 1, '2024-06-10T09:00', '2024-10-01T00:00'],
    ['agreement-month', 1, '2024-02-29T12:00', '2024-04-30T00:00'],
  ] as const)('of the %s, %i further on, from %s is %s', ([text, further, start, end]) => {
    const rule = parsePeriodRule(text)
    if (!rule) throw new Error('no period')
    const frame = { zone, agreed: { start: at('2024-01-31'), end: at('2025-01-31') } }
    expect(said(endOfPeriod(at(start), { rule, after: further, frame }))).toBe(end)
  })

  test('is unknown outside of all periods', () => {
    const frame = { zone, agreed: { start: at('2024-01-31'), end: at('2025-01-31') } }
    expect(
      isUnknown(endOfPeriod(at('2026-01-01'), { rule: { is: 'agreement' }, after: 0, frame })),
    ).toBe(true)
    expect(
      isUnknown(endOfPeriod(at('2024-06-01'), { rule: { is: 'agreement' }, after: 1, frame })),
    ).toBe(true)
  })
})

describe('on a business day', () => {
  test.for([
    ['from Monday noon', '2024-06-03T12:00', { at: 960 }, '2024-06-04T16:00'],
    // The published Friday is 2024-06-07; here the Monday after it is a holiday.
    ['from Friday afternoon', '2024-05-31T14:00', { at: 960 }, '2024-06-03T16:00'],
    ['past the holiday', '2024-06-07T14:00', { at: 960 }, '2024-06-11T16:00'],
    ['at close', '2024-06-03T12:00', {}, '2024-06-04T17:00'],
    ['before the cut-off', '2024-06-03T15:59', { cutoff: 960 }, '2024-06-04T17:00'],
    ['at the cut-off', '2024-06-03T16:00', { cutoff: 960 }, '2024-06-05T17:00'],
    ['at midnight that ends the day', '2024-06-03T12:00', { at: 1440 }, '2024-06-05T00:00'],
  ] as const)('%s', ([, start, words, expected]) => {
    expect(said(onBusinessDay(at(start), { clock: office, days: 1, ...words }))).toBe(expected)
  })

  test('is unknown on a calendar that never opens', () => {
    expect(isUnknown(onBusinessDay(at('2024-06-03'), { clock: never, days: 1 }))).toBe(true)
  })
})
