import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Exact } from '../../kernel/exact.ts'
import {
  type Instant,
  localText,
  minutesBetween,
  type Period,
  parseInstant,
  type Weekday,
  weekdays,
} from '../../kernel/time.ts'
import {
  afterOpenMinutes,
  beforeOpenMinutes,
  businessDay,
  businessDayBefore,
  type Calendar,
  closeOf,
  common,
  instantOnDay,
  isOpen,
  type OpenRange,
  openMinutes,
  openOn,
  openWithin,
  totalMinutes,
  united,
  without,
} from './calendar.ts'

function instant(text: string, zone = 'UTC'): Instant {
  const at = parseInstant(text, zone)
  if (at === undefined) throw new Error(`no instant: ${text}`)
  return at
}
function range(text: string): OpenRange {
  const [from = 0, until = 0] = text
    .split('-')
    .map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)))
  return { from, until }
}
const closedOn = (dates: readonly string[]) => Object.fromEntries(dates.map((date) => [date, []]))
/** `{ mon: '09:00-12:00 13:00-17:00' }` */
function calendar(
  hours: Partial<Record<Weekday, string>>,
  zone = 'UTC',
  holidays: string[] = [],
): Calendar {
  const read = Object.entries(hours).map(([weekday, text]) => [weekday, text.split(' ').map(range)])
  return { name: 'opening', zone, dates: closedOn(holidays), hours: Object.fromEntries(read) }
}
const weekly = (days: readonly Weekday[], text: string, zone = 'UTC', holidays: string[] = []) =>
  calendar(Object.fromEntries(days.map((weekday) => [weekday, text])), zone, holidays)
const workdays = weekdays.slice(0, 5)
const office = weekly(workdays, '09:00-17:00')
const always = (zone = 'UTC') => weekly(weekdays, '00:00-24:00', zone)
const never = calendar({})

const text = (at: Instant | undefined, zone = 'UTC') => at && localText(at, zone)
const period = (from: string, to: string, zone = 'UTC'): Period => ({
  start: instant(from, zone),
  end: instant(to, zone),
})

/** Two ranges a day at most, none with an edge in an hour that a zone skips. */
const anyRanges = fc
  .uniqueArray(
    fc.oneof(
      fc.constant(0),
      fc.integer({ min: 12, max: 96 }).map((quarter) => quarter * 15),
    ),
    { minLength: 0, maxLength: 4 },
  )
  .map((edges) => {
    const rising = edges.sort((a, b) => a - b)
    const ranges: OpenRange[] = []
    for (let at = 0; at + 1 < rising.length; at += 2)
      ranges.push({ from: rising[at] ?? 0, until: rising[at + 1] ?? 0 })
    return ranges
  })
const anyZone = fc.constantFrom(
  'UTC',
  'Europe/Lisbon',
  'Europe/Oslo',
  'America/New_York',
  'Australia/Lord_Howe',
)
const anyCalendar = fc
  .record({
    zone: anyZone,
    week: fc.array(anyRanges, { minLength: 7, maxLength: 7 }),
    holidays: fc.subarray(['2024-03-29', '2024-04-01', '2024-10-28']),
  })
  .filter(({ week }) => week.some((ranges) => ranges.length > 0))
  .map(
    ({ zone, week, holidays }): Calendar => ({
      name: 'any',
      zone,
      dates: closedOn(holidays),
      hours: Object.fromEntries(weekdays.map((weekday, at) => [weekday, week[at] ?? []])),
    }),
  )
/** Around both changes of clocks of 2024. */
const anyInstant = fc
  .tuple(fc.constantFrom(Date.UTC(2024, 2, 28), Date.UTC(2024, 9, 25)), fc.nat({ max: 10 * 1440 }))
  .map(([from, minutes]) => from + minutes * 60_000)
const anyMinutes = fc.integer({ min: 1, max: 6000 }).map((count) => Exact.whole(count))
const anyStretches = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 20 }))
    .map(([start, length]) => ({ start, end: start + length })),
  { maxLength: 8 },
)

describe('open time', () => {
  const mondayToFriday8 = weekly(workdays, '08:00-16:00')
  test.for([
    ['eight hours', office, '2010-08-04T09:35', 480, '2010-08-05T09:35'],
    ['over the weekend', office, '2010-04-09T16:50', 60, '2010-04-12T09:50'],
    [
      'over a holiday',
      weekly(workdays, '09:00-17:00', 'UTC', ['2010-07-05']),
      '2010-07-02T16:50',
      60,
      '2010-07-06T09:50',
    ],
    ['within a day', office, '2010-04-12T09:50', 180, '2010-04-12T12:50'],
    [
      'hours by weekday',
      calendar({ mon: '09:00-17:00', fri: '09:00-17:00', sat: '10:00-15:00' }),
      '2010-12-24T15:00',
      540,
      '2010-12-27T11:00',
    ],
    ['office hours', office, '2024-06-07T16:00', 240, '2024-06-10T12:00'],
    ['hours of every day', always(), '2024-06-07T16:00', 240, '2024-06-07T20:00'],
    ['to the next day', mondayToFriday8, '2016-11-14T14:00', 240, '2016-11-15T10:00'],
    ['to the next week', mondayToFriday8, '2016-11-18T14:00', 240, '2016-11-21T10:00'],
    ['a day of open time', office, '2024-06-03T09:00', 1440, '2024-06-05T17:00'],
  ] as const)('%s', ([, opening, start, minutes, due]) => {
    expect(text(afterOpenMinutes(opening, instant(start), Exact.whole(minutes)))).toBe(due)
    expect(openMinutes(opening, period(start, due)).text).toBe(String(minutes))
  })

  const byWeekday = calendar({
    mon: '09:00-17:00',
    tue: '10:00-16:00',
    wed: '09:00-17:00',
    thu: '10:00-16:00',
    fri: '09:00-17:00',
    sat: '11:00-14:30',
  })
  test.for([
    [
      'of days with different hours',
      calendar({ mon: '09:00-17:00', fri: '09:00-17:00', sat: '10:00-15:00' }),
      '2010-12-24T15:00',
      '2010-12-27T11:00',
      9 * 3600,
    ],
    [
      'from before opening on one day to an hour of the next',
      weekly(['mon', 'tue', 'wed'], '09:00-18:00'),
      '2012-05-28T08:04:26',
      '2012-05-29T14:56:45',
      53_805,
    ],
    [
      'from after closing on one day',
      weekly(['mon', 'tue'], '08:00-20:00'),
      '2014-05-12T20:50',
      '2014-05-13T08:10',
      600,
    ],
    [
      'of days that are open throughout',
      calendar({ mon: '00:00-24:00', fri: '00:00-24:00', sat: '11:00-15:00' }),
      '2010-12-24T15:00',
      '2010-12-27T11:00',
      86_400,
    ],
    ['of a week', byWeekday, '2006-01-01', '2006-01-08', 39.5 * 3600],
    ['of a time that runs back', byWeekday, '2006-01-08', '2006-01-01', 0],
    ['of no time', byWeekday, '2006-01-01', '2006-01-01', 0],
  ] as const)('%s is counted to the second', ([, opening, from, to, seconds]) => {
    expect(openMinutes(opening, period(from, to)).times(Exact.whole(60)).text).toBe(String(seconds))
  })

  test.for([
    ['before opening moves nothing', '2024-06-03T07:30', '2024-06-03T08:30', '2024-06-03T13:00'],
    ['inside hours moves the deadline', '2024-06-03T10:00', '2024-06-03T11:00', '2024-06-03T14:00'],
  ] as const)('a pause %s', ([, paused, resumed, due]) => {
    expect(
      text(
        afterOpenMinutes(office, instant('2024-06-03T07:00'), Exact.whole(240), [
          period(paused, resumed),
        ]),
      ),
    ).toBe(due)
  })
})

describe('open hours', () => {
  test('open minutes add up over adjacent periods', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, anyInstant, anyInstant, (opening, a, b, c) => {
        const [first = 0, middle = 0, last = 0] = [a, b, c].sort((left, right) => left - right)
        const whole = openMinutes(opening, { start: first, end: last })
        const parts = openMinutes(opening, { start: first, end: middle }).plus(
          openMinutes(opening, { start: middle, end: last }),
        )
        expect(parts.text).toBe(whole.text)
      }),
    )
  })

  test('they add up over forty years as well', () => {
    const [start, middle, end] = [
      instant('2000-01-01'),
      instant('2020-01-01'),
      instant('2040-01-01'),
    ]
    const parts = openMinutes(always(), { start, end: middle }).plus(
      openMinutes(always(), { start: middle, end }),
    )
    expect(parts.text).toBe(minutesBetween(start, end).text)
    expect(openMinutes(always(), { start, end }).text).toBe(parts.text)
  })

  test('a calendar that is always open counts every minute, whatever the clocks do', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, fc.nat({ max: 20_000 }), (zone, start, minutes) => {
        expect(openMinutes(always(zone), { start, end: start + minutes * 60_000 }).text).toBe(
          String(minutes),
        )
        expect(isOpen(always(zone), start)).toBe(true)
      }),
    )
  })

  test('an instant is open exactly when the minute that it begins counts', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, (opening, at) => {
        expect(openMinutes(opening, { start: at, end: at + 60_000 }).text).toBe(
          isOpen(opening, at) ? '1' : '0',
        )
      }),
    )
  })

  test.for([
    ['2024-06-03T08:59:59', false],
    ['2024-06-03T09:00', true],
    ['2024-06-03T16:59:59', true],
    ['2024-06-03T17:00', false],
    ['2024-06-08T12:00', false],
  ] as const)('at %s the office is open: %s', ([at, open]) => {
    expect(isOpen(office, instant(at))).toBe(open)
  })

  test('the calendar has its own zone', () => {
    const lisbon = weekly(workdays, '09:00-17:00', 'Europe/Lisbon')
    const oslo = weekly(workdays, '09:00-17:00', 'Europe/Oslo')
    const at = instant('2024-06-03T07:30Z')
    expect([isOpen(lisbon, at), isOpen(oslo, at)]).toEqual([false, true])
  })

  test('a change of clocks inside the hours makes them shorter or longer', () => {
    const nights = weekly(weekdays, '00:00-06:00', 'Europe/Lisbon')
    const open = (date: string) => totalMinutes(openOn(nights, Temporal.PlainDate.from(date))).text
    expect([open('2024-03-30'), open('2024-03-31'), open('2024-10-27')]).toEqual([
      '360',
      '300',
      '420',
    ])
  })

  test.for([
    ['begins', '01:30-08:00', 360],
    ['begins, shortly before it is over', '01:30-02:15', 15],
    ['ends', '00:00-01:30', 60],
    ['lies altogether', '01:15-01:45', 0],
    ['ends and the next begins', '00:00-01:45 02:00-08:00', 420],
  ] as const)(
    'on the day of 23 hours the open minutes are those that the wall shows, where a range %s in the skipped hour',
    ([, hours, minutes]) => {
      const opening = weekly(weekdays, hours, 'Europe/Lisbon')
      expect(openMinutes(opening, period('2024-03-31', '2024-04-01', 'Europe/Lisbon')).text).toBe(
        String(minutes),
      )
    },
  )

  test('a holiday is closed and touches no other day', () => {
    const closed = weekly(workdays, '09:00-17:00', 'UTC', ['2024-06-05'])
    expect(openMinutes(closed, period('2024-06-03', '2024-06-10')).text).toBe(String(4 * 480))
    expect(closeOf(closed, Temporal.PlainDate.from('2024-06-05'))).toBeUndefined()
    expect(text(closeOf(closed, Temporal.PlainDate.from('2024-06-06')))).toBe('2024-06-06T17:00')
  })
})

describe('the instant when so much open time has passed', () => {
  test('is the inverse of counting, forwards and backwards', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, anyMinutes, (opening, start, minutes) => {
        const due = afterOpenMinutes(opening, start, minutes) ?? 0
        expect(openMinutes(opening, { start, end: due }).text).toBe(minutes.text)
        expect(openMinutes(opening, { start, end: due - 1 }).compare(minutes)).toBe(-1)
        const latest = beforeOpenMinutes(opening, due, minutes) ?? 0
        expect(latest).toBeGreaterThanOrEqual(start)
        expect(openMinutes(opening, { start: latest, end: due }).text).toBe(minutes.text)
        expect(openMinutes(opening, { start: latest + 1, end: due }).compare(minutes)).toBe(-1)
      }),
      { numRuns: 60 },
    )
  })

  test.for([
    ['ends with the stretch, not at the next opening', '2024-06-07T16:00', 60, '2024-06-07T17:00'],
    ['a minute more goes to Monday', '2024-06-07T16:00', 61, '2024-06-10T09:01'],
    ['begins with the opening', '2024-06-08T12:00', 1, '2024-06-10T09:01'],
    ['a third of a minute is twenty seconds', '2024-06-03T09:00', '1/3', '2024-06-03T09:00:20'],
  ] as const)('%s', ([, start, minutes, due]) => {
    expect(text(afterOpenMinutes(office, instant(start), Exact.of(String(minutes))))).toBe(due)
  })

  test.for([
    ['2024-06-10T12:00', 240, '2024-06-07T16:00'],
    ['2024-06-10T09:00', 60, '2024-06-07T16:00'],
    ['2024-06-09T12:00', 480, '2024-06-07T09:00'],
  ] as const)('backwards from %s, %i minutes begin at %s', ([end, minutes, start]) => {
    expect(text(beforeOpenMinutes(office, instant(end), Exact.whole(minutes)))).toBe(start)
  })

  test('without a calendar every minute counts', () => {
    const start = instant('2024-06-07T16:00')
    expect(text(afterOpenMinutes(undefined, start, Exact.whole(240)))).toBe('2024-06-07T20:00')
    expect(
      text(
        afterOpenMinutes(undefined, start, Exact.whole(240), [
          period('2024-06-07T17:00', '2024-06-07T18:00'),
        ]),
      ),
    ).toBe('2024-06-07T21:00')
  })

  test('never decreases when a pause is added, and elapsed and remaining time are the target', () => {
    const anyPauses = fc.array(
      fc
        .tuple(anyInstant, fc.integer({ min: 1, max: 3000 }))
        .map(([start, minutes]) => ({ start, end: start + minutes * 60_000 })),
      { maxLength: 4 },
    )
    fc.assert(
      fc.property(
        fc.option(anyCalendar, { nil: undefined }),
        anyInstant,
        anyMinutes,
        anyPauses,
        fc.nat(100),
        (opening, start, target, pauses, percent) => {
          let before = 0
          for (let count = 0; count <= pauses.length; count += 1) {
            const due = afterOpenMinutes(opening, start, target, pauses.slice(0, count)) ?? 0
            expect(due).toBeGreaterThanOrEqual(before)
            before = due
          }
          const now = start + Math.floor(((before - start) * percent) / 100)
          const running = (span: Period) =>
            totalMinutes(without(opening ? openWithin(opening, span) : [span], pauses))
          const elapsed = running({ start, end: now })
          const remaining = running({ start: now, end: before })
          expect(elapsed.plus(remaining).text).toBe(target.text)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('a calendar that never opens has no answer', () => {
    expect(afterOpenMinutes(never, 0, Exact.one)).toBeUndefined()
    expect(beforeOpenMinutes(never, 0, Exact.one)).toBeUndefined()
    expect(businessDay(never, 0, 1)).toBeUndefined()
    expect(openWithin(never, period('2024-01-01', '2025-01-01'))).toEqual([])
    expect(isOpen(never, 0)).toBe(false)
    expect(afterOpenMinutes(office, 0, Exact.whole(10n ** 12n))).toBeUndefined()
  })
})

describe('business days', () => {
  const closed = weekly(workdays, '09:00-17:00', 'UTC', ['2024-06-10'])
  test.for([
    ['the next', office, '2024-06-03T12:00', 1, undefined, '2024-06-04'],
    ['over the weekend', office, '2024-06-07T14:00', 1, undefined, '2024-06-10'],
    ['over a holiday', closed, '2024-06-07T14:00', 1, undefined, '2024-06-11'],
    ['from a Saturday', office, '2024-06-08T14:00', 1, undefined, '2024-06-10'],
    ['ten of them', office, '2024-06-03T12:00', 10, undefined, '2024-06-17'],
    ['none is the same day', office, '2024-06-03T12:00', 0, undefined, '2024-06-03'],
    [
      'none from a Sunday is the next open day',
      closed,
      '2024-06-09T12:00',
      0,
      undefined,
      '2024-06-11',
    ],
    ['a minute before the cut-off', office, '2024-06-03T15:59', 1, 960, '2024-06-04'],
    ['at the cut-off', office, '2024-06-03T16:00', 1, 960, '2024-06-05'],
    ['on Friday after the cut-off', office, '2024-06-07T16:30', 1, 960, '2024-06-11'],
  ] as const)('%s', ([, opening, start, days, cutoff, date]) => {
    expect(businessDay(opening, instant(start), days, cutoff)?.toString()).toBe(date)
  })

  test('none before a day on which it is closed is the last before it on which it opens', () => {
    expect(businessDayBefore(office, instant('2024-06-09T12:00'), 0)?.toString()).toBe('2024-06-07')
    expect(businessDayBefore(office, instant('2024-06-07T12:00'), 0)?.toString()).toBe('2024-06-07')
  })

  test('who comes later is never due earlier, with or without a cut-off', () => {
    const anyCutoff = fc.option(fc.integer({ min: 0, max: 1439 }), { nil: undefined })
    fc.assert(
      fc.property(
        anyInstant,
        fc.nat({ max: 5000 }),
        fc.integer({ min: 1, max: 5 }),
        anyCutoff,
        (start, later, days, cutoff) => {
          const first = businessDay(office, start, days, cutoff)?.toString() ?? ''
          const second = businessDay(office, start + later * 60_000, days, cutoff)?.toString() ?? ''
          expect(first <= second).toBe(true)
        },
      ),
    )
  })

  test('the date is that of the zone of the calendar', () => {
    const tokyo = weekly(workdays, '09:00-17:00', 'Asia/Tokyo')
    expect(businessDay(tokyo, instant('2024-06-03T20:00Z'), 1)?.toString()).toBe('2024-06-05')
    expect(text(instantOnDay(Temporal.PlainDate.from('2024-06-05'), 1440, tokyo.zone))).toBe(
      '2024-06-05T15:00',
    )
  })
})

describe('sets of stretches', () => {
  const holds = (periods: readonly Period[], at: number) =>
    periods.some(({ start, end }) => start <= at && at < end)
  const isSet = (periods: readonly Period[]) =>
    periods.every(
      ({ start, end }, at) =>
        start < end && start >= (periods[at - 1]?.end ?? Number.NEGATIVE_INFINITY),
    )

  test('united, common and without hold what their names say', () => {
    fc.assert(
      fc.property(anyStretches, anyStretches, (a, b) => {
        const [left, right] = [united(a), united(b)]
        const [both, only] = [common(left, right), without(left, b)]
        for (const set of [left, right, both, only]) expect(isSet(set)).toBe(true)
        for (let at = -1; at <= 82; at += 1) {
          expect(holds(left, at)).toBe(holds(a, at))
          expect(holds(both, at)).toBe(holds(a, at) && holds(b, at))
          expect(holds(only, at)).toBe(holds(a, at) && !holds(b, at))
        }
      }),
    )
  })

  test('they keep the laws of sets', () => {
    fc.assert(
      fc.property(anyStretches, anyStretches, (a, b) => {
        const [left, right] = [united(a), united(b)]
        expect(united([...b, ...a])).toEqual(united([...a, ...b]))
        expect(united(left)).toEqual(left)
        expect(common(left, right)).toEqual(common(right, left))
        expect(common(left, left)).toEqual(left)
        expect(without(left, left)).toEqual([])
        expect(without(left, [])).toEqual(left)
        const parts = totalMinutes(common(left, right)).plus(totalMinutes(without(left, right)))
        expect(parts.equals(totalMinutes(left))).toBe(true)
        const sum = totalMinutes(left).plus(totalMinutes(right))
        expect(
          totalMinutes(united([...a, ...b]))
            .plus(totalMinutes(common(left, right)))
            .equals(sum),
        ).toBe(true)
      }),
    )
  })

  test.for([
    [
      'what touches becomes one',
      [
        [0, 5],
        [5, 9],
      ],
      [[0, 9]],
    ],
    [
      'what is apart stays apart',
      [
        [6, 9],
        [0, 5],
      ],
      [
        [0, 5],
        [6, 9],
      ],
    ],
    [
      'what lies inside vanishes',
      [
        [0, 9],
        [2, 3],
      ],
      [[0, 9]],
    ],
    [
      'what is empty or reversed is nothing',
      [
        [3, 3],
        [5, 4],
      ],
      [],
    ],
  ] as const)('%s', ([, given, expected]) => {
    const read = (rows: readonly (readonly [number, number])[]) =>
      rows.map(([start, end]) => ({ start, end }))
    expect(united(read(given))).toEqual(read(expected))
  })

  test('a hundred thousand stretches are swept once, not each tried against each', () => {
    const slots = Array.from({ length: 100_000 }, (_, at) => ({ start: at * 10, end: at * 10 + 5 }))
    const holes = slots.map(({ start }) => ({ start: start + 2, end: start + 3 }))
    const started = performance.now()
    expect(united(slots)).toHaveLength(100_000)
    expect(common(slots, holes)).toHaveLength(100_000)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
