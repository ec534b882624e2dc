import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Instant,
  local,
  localText,
  minutesBetween,
  type Period,
  parseInstant,
  parsePeriod,
} from '../../kernel/time.ts'
import { grain } from './order.ts'
import { type Frame, type PeriodRule, periodAround, periodsWithin } from './period.ts'
import { parsePeriodRule } from './words.ts'

const zones = [
  'Europe/Lisbon',
  'Europe/Oslo',
  'America/New_York',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
  'UTC',
] as const
const anyZone = fc.constantFrom(...zones)
const anyInstant = fc.oneof(
  fc.integer({ min: Date.UTC(1995, 0, 1), max: Date.UTC(2035, 0, 1) }),
  fc
    .tuple(
      fc.constantFrom(
        Date.UTC(2024, 2, 31),
        Date.UTC(2024, 9, 27),
        Date.UTC(2024, 3, 6),
        Date.UTC(2017, 9, 15),
        Date.UTC(2024, 1, 29),
        Date.UTC(2024, 11, 31),
      ),
      fc.integer({ min: -2 * 86_400_000, max: 2 * 86_400_000 }),
    )
    .map(([day, off]) => day + off),
)
const pad = (value: number) => String(value).padStart(2, '0')
const anyCalendarRule = fc.oneof(
  fc.constantFrom('day', 'week', 'month', 'quarter', 'year'),
  fc.integer({ min: 1, max: 31 }).map((day) => `month from ${day}`),
  fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }))
    .map(([month, day]) => `year from ${pad(month)}-${pad(day)}`),
  fc.constantFrom(
    'half-year',
    'half-year from 03-31',
    'quarter from 02-29',
    '2 months',
    '4 months',
  ),
  fc.constantFrom('2 months from 12-31', '2 weeks from 2026-01-02', '28 days from 2024-02-29'),
  fc.constantFrom('1 week from 2024-03-29', '5 months from 2024-01-31', '2 years from 2024-02-29'),
)
const anyAgreementRule = fc.constantFrom(
  'agreement-month',
  'agreement-quarter',
  'agreement-half-year',
  'agreement-year',
  '2 weeks from agreement',
  '5 months from agreement',
)
const day = 86_400_000

function rule(text: string): PeriodRule {
  const read = parsePeriodRule(text)
  if (!read) throw new Error(`no period: ${text}`)
  return read
}
function at(text: string, zone = 'Europe/Lisbon'): Instant {
  const read = parseInstant(text, zone)
  if (read === undefined) throw new Error(`no instant: ${text}`)
  return read
}
function frame(zone = 'Europe/Lisbon', from = '2024-01-01', until = '2034-01-01'): Frame {
  return { zone, agreed: { start: at(from, zone), end: at(until, zone) } }
}
function said(period: Period | undefined, zone = 'Europe/Lisbon') {
  return (
    period &&
    [localText(period.start, zone), localText(period.end, zone)].map((text) =>
      text.replace(/T00:00$/, ''),
    )
  )
}
const hours = ({ start, end }: Period) => Number(minutesBetween(start, end).text) / 60

/** The law of a grid: what holds an instant contains it, and each begins where the one before ends. */
function expectGrid(of: PeriodRule, range: Period, within: Frame) {
  const periods = [...periodsWithin(of, range, within)]
  expect(periods.length).toBeGreaterThan(0)
  expect(periods[0]?.start).toBeLessThanOrEqual(range.start)
  expect(periods.at(-1)?.end).toBeGreaterThanOrEqual(Math.min(range.end, within.agreed.end))
  periods.forEach((period, index) => {
    expect(period.start).toBeLessThan(period.end)
    expect(period.start < range.end && period.end > range.start).toBe(true)
    const before = periods[index - 1]
    if (before) expect(period.start).toBe(before.end)
    const inside = [period.start, Math.floor((period.start + period.end) / 2), period.end - 1]
    for (const instant of inside) expect(periodAround(of, instant, within)).toEqual(period)
  })
}

describe('periods on a grid join without gap or overlap', () => {
  test('of the calendar, wherever they are anchored', () => {
    fc.assert(
      fc.property(
        anyCalendarRule,
        anyInstant,
        fc.integer({ min: 1, max: 150 }),
        anyZone,
        (text, start, days, zone) => {
          expectGrid(
            rule(text),
            { start, end: start + days * day },
            { zone, agreed: { start: 0, end: Number.MAX_SAFE_INTEGER } },
          )
        },
      ),
      { numRuns: 200 },
    )
  })

  test('of the agreement, whenever it started', () => {
    fc.assert(
      fc.property(
        anyAgreementRule,
        anyInstant,
        fc.nat({ max: 3000 }),
        fc.integer({ min: 1, max: 400 }),
        anyZone,
        (text, started, later, days, zone) => {
          const agreed = { start: started, end: started + 4000 * day + 12_345 }
          const start = started + later * day
          expectGrid(rule(text), { start, end: start + days * day }, { zone, agreed })
        },
      ),
      { numRuns: 200 },
    )
  })

  test('slots, on any day of any zone', () => {
    const anySlot = fc.constantFrom(
      '5 minutes',
      '15 minutes',
      '1 hour',
      '90 minutes',
      '2 hours',
      '8 hours',
      '24 hours',
    )
    fc.assert(
      fc.property(
        anySlot,
        anyInstant,
        fc.integer({ min: 1, max: 50 }),
        anyZone,
        (text, start, hoursLong, zone) => {
          expectGrid(
            rule(text),
            { start, end: start + hoursLong * 3_600_000 },
            { zone, agreed: { start: 0, end: Number.MAX_SAFE_INTEGER } },
          )
        },
      ),
      { numRuns: 100 },
    )
  })

  test('the last period of an agreement ends with it, and outside it there is none', () => {
    const within = frame('Europe/Lisbon', '2024-01-31', '2024-04-15')
    expect(
      [...periodsWithin(rule('agreement-month'), within.agreed, within)].map((period) =>
        said(period),
      ),
    ).toEqual([
      ['2024-01-31', '2024-02-29'],
      ['2024-02-29', '2024-03-31'],
      ['2024-03-31', '2024-04-15'],
    ])
    expect(periodAround(rule('agreement-month'), at('2024-01-30T23:59'), within)).toBeUndefined()
    expect(periodAround(rule('agreement-month'), at('2024-04-15'), within)).toBeUndefined()
    expect(periodAround(rule('agreement'), at('2024-04-15') - 1, within)).toEqual(within.agreed)
    expect(periodAround(rule('agreement'), at('2024-04-15'), within)).toBeUndefined()
    expect([
      ...periodsWithin(
        rule('agreement'),
        { start: at('2020-01-01'), end: at('2030-01-01') },
        within,
      ),
    ]).toEqual([within.agreed])
  })
})

describe('the period that holds an instant', () => {
  test.for([
    ['day', '2024-03-31T12:00', '2024-03-31', '2024-04-01'],
    ['week', '2024-03-31T12:00', '2024-03-25', '2024-04-01'],
    ['week', '2024-12-31T12:00', '2024-12-30', '2025-01-06'],
    ['month', '2024-02-29T23:59:59', '2024-02-01', '2024-03-01'],
    ['month', '2024-03-01', '2024-03-01', '2024-04-01'],
    ['quarter', '2024-12-31T23:59', '2024-10-01', '2025-01-01'],
    ['year', '2024-02-29', '2024-01-01', '2025-01-01'],
    ['month from 10', '2024-03-09T23:59', '2024-02-10', '2024-03-10'],
    ['month from 10', '2024-03-10', '2024-03-10', '2024-04-10'],
    ['month from 10', '2024-01-05', '2023-12-10', '2024-01-10'],
    ['month from 31', '2024-02-28T12:00', '2024-01-31', '2024-02-29'],
    ['month from 31', '2024-02-29T12:00', '2024-02-29', '2024-03-31'],
    ['month from 31', '2024-04-29T12:00', '2024-03-31', '2024-04-30'],
    ['month from 30', '2023-02-28T12:00', '2023-02-28', '2023-03-30'],
    ['year from 04-01', '2024-03-31T23:59', '2023-04-01', '2024-04-01'],
    ['year from 04-01', '2024-04-01', '2024-04-01', '2025-04-01'],
    ['year from 02-29', '2024-03-01', '2024-02-29', '2025-02-28'],
    ['year from 02-29', '2025-02-28', '2025-02-28', '2026-02-28'],
    ['year from 02-29', '2027-06-01', '2027-02-28', '2028-02-29'],
    ['half-year', '2024-06-30T23:59', '2024-01-01', '2024-07-01'],
    ['half-year', '2024-07-01', '2024-07-01', '2025-01-01'],
    ['half-year from 04-01', '2024-03-31T23:59', '2023-10-01', '2024-04-01'],
    ['half-year from 08-31', '2024-02-29T12:00', '2024-02-29', '2024-08-31'],
    ['quarter from 02-01', '2024-01-31T23:59', '2023-11-01', '2024-02-01'],
    ['2 months', '2024-02-29T12:00', '2024-01-01', '2024-03-01'],
    ['2 months from 02-01', '2024-01-31T12:00', '2023-12-01', '2024-02-01'],
    ['3 months', '2024-05-01', '2024-04-01', '2024-07-01'],
    ['2 weeks from 2026-01-02', '2026-01-15T23:59', '2026-01-02', '2026-01-16'],
    ['2 weeks from 2026-01-02', '2026-01-01T23:59', '2025-12-19', '2026-01-02'],
    ['1 week from 2026-01-02', '2026-01-08T12:00', '2026-01-02', '2026-01-09'],
    ['28 days from 2026-01-05', '2026-03-30', '2026-03-30', '2026-04-27'],
    ['5 months from 2024-01-31', '2024-06-30', '2024-06-30', '2024-11-30'],
    ['2 years from 2023-07-01', '2026-06-01', '2025-07-01', '2027-07-01'],
    ['15 minutes', '2024-05-01T10:29:59', '2024-05-01T10:15', '2024-05-01T10:30'],
    ['15 minutes', '2024-05-01T10:30', '2024-05-01T10:30', '2024-05-01T10:45'],
    ['hour', '2024-05-01T10:59:59', '2024-05-01T10:00', '2024-05-01T11:00'],
  ] as const)('%s around %s is %s until %s', ([text, instant, start, end]) => {
    expect(said(periodAround(rule(text), at(instant), frame()))).toEqual([start, end])
  })

  test.for([
    // started, rule, at, start, end
    [
      '2024-01-31T10:00',
      'agreement-month',
      '2024-02-29T09:59',
      '2024-01-31T10:00',
      '2024-02-29T10:00',
    ],
    [
      '2024-01-31T10:00',
      'agreement-month',
      '2024-02-29T10:00',
      '2024-02-29T10:00',
      '2024-03-31T10:00',
    ],
    [
      '2024-01-31T10:00',
      'agreement-month',
      '2024-04-30T10:00',
      '2024-04-30T10:00',
      '2024-05-31T10:00',
    ],
    ['2024-10-31', 'agreement-quarter', '2025-02-01', '2025-01-31', '2025-04-30'],
    ['2024-02-29', 'agreement-year', '2025-02-27T23:59', '2024-02-29', '2025-02-28'],
    ['2024-02-29', 'agreement-year', '2028-02-29', '2028-02-29', '2029-02-28'],
    // The hour of the start does not exist on 31 March: it is an hour later once, and never again.
    [
      '2024-01-31T01:30',
      'agreement-month',
      '2024-03-31T12:00',
      '2024-03-31T02:30',
      '2024-04-30T01:30',
    ],
    [
      '2024-01-31T01:30',
      'agreement-month',
      '2024-03-31T02:00',
      '2024-02-29T01:30',
      '2024-03-31T02:30',
    ],
  ] as const)(
    'from %s on, the %s around %s is %s until %s',
    ([started, text, instant, start, end]) => {
      expect(said(periodAround(rule(text), at(instant), frame('Europe/Lisbon', started)))).toEqual([
        start,
        end,
      ])
    },
  )
})

describe('anchors never drift over 120 periods', () => {
  test('a month begins on its own day, or on the last of a month that lacks it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 31 }),
        fc.integer({ min: 2000, max: 2020 }),
        anyZone,
        (first, year, zone) => {
          const started = Temporal.PlainDate.from({ year, month: 1, day: first })
          const agreed = { start: at(started.toString(), zone), end: at('2050-01-01', zone) }
          const range = {
            start: agreed.start,
            end: at(started.add({ months: 120 }).toString(), zone),
          }
          for (const text of ['agreement-month', `month from ${first}`]) {
            const periods = [...periodsWithin(rule(text), range, { zone, agreed })]
            expect(periods).toHaveLength(120)
            periods.forEach((period, index) => {
              const date = local(period.start, zone).toPlainDate()
              const month = Temporal.PlainDate.from({ year, month: 1, day: 1 }).add({
                months: index,
              })
              expect(date.toString()).toBe(
                month.with({ day: Math.min(first, month.daysInMonth) }).toString(),
              )
            })
          }
        },
      ),
      { numRuns: 20 },
    )
  })

  test('a year begins on its own day, and on 29 February again when there is one', () => {
    const agreed = { start: at('2000-02-29T09:00'), end: at('2150-01-01') }
    const range = { start: agreed.start, end: at('2120-02-29T08:59') }
    const starts = [
      ...periodsWithin(rule('agreement-year'), range, { zone: 'Europe/Lisbon', agreed }),
    ].map(({ start }) => localText(start, 'Europe/Lisbon'))
    expect(starts).toHaveLength(120)
    starts.forEach((text, index) => {
      const year = 2000 + index
      expect(text).toBe(
        `${year}-02-${Temporal.PlainDate.from({ year, month: 2, day: 1 }).inLeapYear ? 29 : 28}T09:00`,
      )
    })
  })
})

describe('windows', () => {
  const night: PeriodRule = { is: 'window', from: 15 * 60, until: 12 * 60 }

  test.for([
    ['2024-05-01T14:59', undefined],
    ['2024-05-01T15:00', ['2024-05-01T15:00', '2024-05-02T12:00']],
    ['2024-05-02T11:59', ['2024-05-01T15:00', '2024-05-02T12:00']],
    ['2024-05-02T12:00', undefined],
    ['2024-03-31T08:00', ['2024-03-30T15:00', '2024-03-31T12:00']],
    ['2024-12-31T23:00', ['2024-12-31T15:00', '2025-01-01T12:00']],
  ] as const)('a night holds %s: %s', ([instant, expected]) => {
    expect(said(periodAround(night, at(instant), frame()))).toEqual(expected)
  })

  test('a night is an hour shorter or longer when the clocks change in it', () => {
    const range = (from: string, to: string) =>
      [...periodsWithin(night, { start: at(from), end: at(to) }, frame())].map(hours)
    expect(range('2024-03-29T15:00', '2024-04-01T12:00')).toEqual([21, 20, 21])
    expect(range('2024-10-25T15:00', '2024-10-28T12:00')).toEqual([21, 22, 21])
  })

  test('every night that a range touches is given whole, the one already running included', () => {
    const found = [
      ...periodsWithin(
        night,
        { start: at('2024-05-02T11:59'), end: at('2024-05-03T15:01') },
        frame(),
      ),
    ]
    expect(found.map((period) => said(period)?.[0])).toEqual([
      '2024-05-01T15:00',
      '2024-05-02T15:00',
      '2024-05-03T15:00',
    ])
    const between = [
      ...periodsWithin(
        night,
        { start: at('2024-05-02T12:00'), end: at('2024-05-02T15:00') },
        frame(),
      ),
    ]
    expect(between).toEqual([])
  })

  test('a window from a time until the same time is a whole day', () => {
    const around = periodAround(
      { is: 'window', from: 540, until: 540 },
      at('2024-05-01T08:00'),
      frame(),
    )
    expect(said(around)).toEqual(['2024-04-30T09:00', '2024-05-01T09:00'])
  })

  test('a window may last until the end of the day', () => {
    const evening: PeriodRule = { is: 'window', from: 18 * 60, until: 1440 }
    expect(said(periodAround(evening, at('2024-05-01T23:59'), frame()))).toEqual([
      '2024-05-01T18:00',
      '2024-05-02',
    ])
  })

  test('windows never overlap and never end before they start', () => {
    const anyTime = fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15)
    fc.assert(
      fc.property(anyTime, anyTime, anyInstant, anyZone, (from, until, start, zone) => {
        const window: PeriodRule = { is: 'window', from, until }
        const periods = [
          ...periodsWithin(
            window,
            { start, end: start + 4 * day },
            { zone, agreed: { start: 0, end: 1 } },
          ),
        ]
        expect(periods.length).toBeGreaterThanOrEqual(3)
        periods.forEach((period, index) => {
          expect(period.start).toBeLessThanOrEqual(period.end)
          expect(period.start).toBeGreaterThanOrEqual(periods[index - 1]?.end ?? 0)
        })
      }),
      { numRuns: 200 },
    )
  })

  test('a window whose first time the clocks skip does not end before it starts', () => {
    const early: PeriodRule = { is: 'window', from: 90, until: 135 }
    for (const period of periodsWithin(
      early,
      { start: at('2024-03-30'), end: at('2024-04-02') },
      frame(),
    ))
      expect(period.start).toBeLessThan(period.end)
  })
})

describe('periods that look back from the event', () => {
  test('so far means from the start of the period up to and including the event', () => {
    const event = at('2024-03-10T12:00')
    expect(periodAround(rule('so-far-month'), event, frame())).toEqual({
      start: at('2024-03-01'),
      end: event + 1,
    })
    expect(periodAround(rule('so-far-agreement'), event, frame())).toEqual({
      start: at('2024-01-01'),
      end: event + 1,
    })
    expect(periodAround(rule('so-far-agreement'), at('2023-12-31'), frame())).toBeUndefined()
  })

  test.for([
    ['past 30 days', '2024-04-10T12:00', '2024-03-11T12:00'],
    ['past 1 month', '2024-03-31T12:00', '2024-02-29T12:00'],
    ['past 24 hours', '2024-03-31T12:00', '2024-03-30T11:00'],
    ['past 1 day', '2024-03-31T12:00', '2024-03-30T12:00'],
  ] as const)('%s before %s begin at %s, and the event is in them', ([text, instant, start]) => {
    expect(periodAround(rule(text), at(instant), frame())).toEqual({
      start: at(start),
      end: at(instant) + 1,
    })
  })

  test('they have no grid', () => {
    for (const text of ['so-far-month', 'past 30 days', 'since kept']) {
      expect([
        ...periodsWithin(rule(text), { start: at('2024-01-01'), end: at('2025-01-01') }, frame()),
      ]).toEqual([])
      expect(grain(rule(text))).toBeUndefined()
    }
  })
})

describe('slots', () => {
  test.for([
    ['2024-03-30', '5 minutes', 288],
    ['2024-03-31', '5 minutes', 276],
    ['2024-10-27', '5 minutes', 300],
    ['2024-10-27', 'hour', 25],
    ['2024-03-31', '1 hour', 23],
    ['2024-10-27', '1 hour', 25],
  ] as const)('on %s there are, of %s, %i', ([date, text, count]) => {
    const range = parsePeriod(date, 'Europe/Lisbon')
    if (!range) throw new Error('no day')
    const slots = [...periodsWithin(rule(text), range, frame())]
    expect(slots).toHaveLength(count)
    expect([slots[0]?.start, slots.at(-1)?.end]).toEqual([range.start, range.end])
  })

  test.for([
    ['2024-03-31', '2 hours'],
    ['2024-10-27', '2 hours'],
    ['2024-03-31', '24 hours'],
    ['2024-10-27', '24 hours'],
  ] as const)('on %s the last slot of %s ends with the day', ([date, text]) => {
    const range = parsePeriod(date, 'Europe/Lisbon')
    if (!range) throw new Error('no day')
    expect([...periodsWithin(rule(text), range, frame())].at(-1)?.end).toBe(range.end)
  })
})

describe('reading a period', () => {
  test.for([
    'months',
    'month from 0',
    'month from 32',
    'month from',
    'year from 13-01',
    'year from 04-00',
    'year from 4-1',
    'quarter from 2',
    'agreement-week',
    'so-far-past 3 days',
    'so-far-fortnight',
    '5 months',
    '12 months',
    '2 weeks',
    '2 years',
    'half-year from 13-01',
    'quarter from quarter',
    'month from month',
    'constructor from agreement',
    'year from 3 business days',
    'hour from 2026-01-15',
    '2 months from 02-30',
    '2 weeks from 01-02',
    '0 weeks from 2026-01-02',
    '1.5 days from 2026-01-02',
    '2 business days from 2026-01-02',
    'since Kept',
    'past',
    '7 minutes',
    '0 minutes',
    '2 days',
    '0.5 minutes',
    '',
  ])('“%s” is no period', (text) => {
    expect(parsePeriodRule(text)).toBeUndefined()
  })

  test.for([
    ['day from 2026-01-15', '1 day from 2026-01-15'],
    ['week from 2026-01-02', '1 week from 2026-01-02'],
    ['month from 2026-01-15', '1 month from 2026-01-15'],
    ['quarter from 2026-01-15', '3 months from 2026-01-15'],
    ['half-year from 2026-07-01', '6 months from 2026-07-01'],
    ['year from 2026-04-01', '12 months from 2026-04-01'],
  ])('%s has the periods of %s', ([one, other]) => {
    const range = { start: at('2025-05-01'), end: at('2027-05-01') }
    const [own, same] = [one, other].map((text) => [
      ...periodsWithin(rule(text ?? ''), range, frame()),
    ])
    expect(own).toEqual(same)
    expect(own?.length).toBeGreaterThan(1)
  })

  test("the offering's own names are read, also so far", () => {
    const named = new Map([['fiscal', rule('year from 04-01')]])
    expect(parsePeriodRule('fiscal', named)).toEqual(rule('year from 04-01'))
    expect(parsePeriodRule('so-far-fiscal', named)).toEqual({
      is: 'so-far',
      of: rule('year from 04-01'),
    })
    expect(parsePeriodRule('fiscal')).toBeUndefined()
    const travelDay = { is: 'window', from: 270, until: 270 } as const
    expect(parsePeriodRule('so-far-day_2', new Map([['day_2', travelDay]]))).toEqual({
      is: 'so-far',
      of: travelDay,
    })
  })

  test('the finer of two periods has the smaller grain', () => {
    const rising = ['5 minutes', 'day', 'week', 'month', 'quarter', 'year', 'agreement'].map(
      (text) => grain(rule(text)),
    )
    rising.forEach((one, index) => {
      const finer = rising[index - 1]
      if (one && finer) expect(finer.compare(one)).toBe(-1)
    })
    expect(rising).not.toContain(undefined)
  })
})
