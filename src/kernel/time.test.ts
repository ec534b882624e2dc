import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Exact } from './exact.ts'
import {
  beginningOfTime,
  daysBetween,
  endOfTime,
  isZone,
  Length,
  local,
  localText,
  millisecondsOf,
  minutesBetween,
  parseDate,
  parseInstant,
  parsePeriod,
  spokenDate,
  spokenInstant,
  utcText,
} from './time.ts'

const zones = [
  'Europe/Lisbon',
  'Europe/Oslo',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'UTC',
] as const
const anyZone = fc.constantFrom(...zones)
/** Any minute, and often one near a change of clocks. */
const anyInstant = fc
  .oneof(
    fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2040, 0, 1) }),
    fc
      .tuple(
        fc.constantFrom(
          Date.UTC(2024, 2, 31),
          Date.UTC(2024, 9, 27),
          Date.UTC(2024, 2, 10),
          Date.UTC(2024, 3, 6),
        ),
        fc.integer({ min: -2 * 86_400_000, max: 2 * 86_400_000 }),
      )
      .map(([day, off]) => day + off),
  )
  .map((at) => at - (at % 60_000))

function instant(text: string, zone = 'UTC'): number {
  const at = parseInstant(text, zone)
  if (at === undefined) throw new Error(`no instant: ${text}`)
  return at
}
function length(text: string): Length {
  const parsed = Length.parse(text)
  if (!parsed) throw new Error(`no length: ${text}`)
  return parsed
}

describe('instants', () => {
  test.for([
    ['2024-05-30T11:00', 'Europe/Lisbon', '2024-05-30T10:00:00.000Z'],
    ['2024-01-30T11:00', 'Europe/Lisbon', '2024-01-30T11:00:00.000Z'],
    ['2024-05-30', 'Europe/Oslo', '2024-05-29T22:00:00.000Z'],
    ['2024-05-30T11:00:05', 'UTC', '2024-05-30T11:00:05.000Z'],
    ['2024-05-30T11:00:05.25', 'UTC', '2024-05-30T11:00:05.250Z'],
    ['2024-05-30T11:00Z', 'Europe/Oslo', '2024-05-30T11:00:00.000Z'],
    ['2024-05-30T11:00+05:45', 'Europe/Oslo', '2024-05-30T05:15:00.000Z'],
    ['2024-02-29', 'UTC', '2024-02-29T00:00:00.000Z'],
    // An hour that the clocks skip is read an hour later; one that they repeat is the first.
    ['2024-03-31T01:30', 'Europe/Lisbon', '2024-03-31T01:30:00.000Z'],
    ['2024-10-27T01:30', 'Europe/Lisbon', '2024-10-27T00:30:00.000Z'],
    // Midnight itself was skipped on this day.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
  ] as const)('%s in %s is %s', ([text, zone, utc]) => {
    expect(utcText(instant(text, zone))).toBe(utc)
  })

  test.for([
    '2024-02-30',
    '2023-02-29T10:00',
    '2024-13-01',
    '2024-00-10',
    '2024-05-30T24:00',
    '2024-05-30T25:00',
    '2024-05-30T23:60',
    '2024-05-30T23:59:60',
    '2024-05-30T23:59:60Z',
    '2024-02-30T10:00Z',
    '2024-05-30T10:00+25:00',
    '2024-05-30 10:00',
    '2024-05-30T10',
    '2024-5-30',
    '24-05-30',
    '2024-05-30T10:00[Europe/Oslo]',
    '2023-02-29T10:00Z',
    '2024-06-31T10:00:00.000Z',
    '2024-05-30T24:00Z',
    '2024-05-30T10:60Z',
    '2024-13-01T10:00Z',
    '2024-00-10T10:00Z',
    '2024-05-00T10:00Z',
    '2024-05-30Z',
    '1899-12-31',
    '3000-01-01',
    'tomorrow',
    '',
  ])('“%s” is no instant', (text) => {
    expect(parseInstant(text, 'UTC')).toBeUndefined()
  })

  test('every instant is read back from its text, in UTC and on the wall of a zone', () => {
    fc.assert(
      fc.property(anyInstant, anyZone, (at, zone) => {
        expect(parseInstant(utcText(at), zone)).toBe(at)
        const wall = parseInstant(localText(at, zone), zone)
        // In the hour that the clocks repeat the wall shows the same twice; the first is meant.
        expect(wall === at || localText(wall ?? 0, zone) === localText(at, zone)).toBe(true)
      }),
    )
  })

  test.for([
    ['2024-05-30T10:00:00Z', 'Europe/Lisbon', '2024-05-30T11:00'],
    ['2024-05-30T10:00:05Z', 'Europe/Lisbon', '2024-05-30T11:00:05'],
    ['2024-05-30T10:00:00.5Z', 'Europe/Lisbon', '2024-05-30T11:00:00.500'],
    ['2024-12-31T23:30:00Z', 'Europe/Oslo', '2025-01-01T00:30'],
  ] as const)('%s in %s is written %s', ([utc, zone, text]) => {
    expect(localText(instant(utc), zone)).toBe(text)
  })

  test('an instant is spoken as the clock on the wall', () => {
    expect(spokenInstant(instant('2026-05-14T17:05Z'), 'Europe/Lisbon')).toBe('14 May 2026, 18:05')
    expect(spokenDate(Temporal.PlainDate.from('2024-02-29'))).toBe('29 February 2024')
  })

  test.for([
    ['Europe/Lisbon', true],
    ['UTC', true],
    ['Europe/Atlantis', false],
    ['lisbon', false],
    ['+01:00', false],
    ['', false],
  ] as const)('“%s” is a zone: %s', ([text, known]) => {
    expect(isZone(text)).toBe(known)
  })
})

describe('dates and periods by their short names', () => {
  test.for([
    ['2024', '2024-01-01', '2025-01-01'],
    ['2024-H1', '2024-01-01', '2024-07-01'],
    ['2024-H2', '2024-07-01', '2025-01-01'],
    ['2024-Q1', '2024-01-01', '2024-04-01'],
    ['2024-Q4', '2024-10-01', '2025-01-01'],
    ['2024-02', '2024-02-01', '2024-03-01'],
    ['2024-12', '2024-12-01', '2025-01-01'],
    ['2024-02-29', '2024-02-29', '2024-03-01'],
    ['2024-03-31', '2024-03-31', '2024-04-01'],
    ['2024-05-01 to 2024-06-15', '2024-05-01', '2024-06-15'],
    ['2024-05-01T09:00 to 2024-05-01T17:30', '2024-05-01T09:00', '2024-05-01T17:30'],
  ] as const)('%s goes from %s until %s, excluded', ([text, start, end]) => {
    for (const zone of zones)
      expect(parsePeriod(text, zone)).toEqual({
        start: instant(start, zone),
        end: instant(end, zone),
      })
  })

  test.for([
    '2024-H0',
    '2024-H3',
    '2024-Q0',
    '2024-Q5',
    '2024-13',
    '2024-00',
    '2024-02-30',
    '2023-02-29',
    '1899',
    '2999',
    '24',
    '2024-1',
    '2024-06-15 to 2024-05-01',
    '2024-05-01 to 2024-05-01',
    '2024-05-01 to 2024-05-02 to 2024-05-03',
    '2024-05 to 2024-06',
    '',
  ])('“%s” is no period', (text) => {
    expect(parsePeriod(text, 'Europe/Lisbon')).toBeUndefined()
  })

  test('the day on which the clocks change has 23 or 25 hours', () => {
    const hours = (text: string) => {
      const period = parsePeriod(text, 'Europe/Lisbon')
      return period && minutesBetween(period.start, period.end).over(Exact.whole(60)).text
    }
    expect([hours('2024-03-30'), hours('2024-03-31'), hours('2024-10-27')]).toEqual([
      '24',
      '23',
      '25',
    ])
  })

  test.for(['2024-02-30', '2024-2-3', '2024-02-03T10:00', ''])('“%s” is no date', (text) => {
    expect(parseDate(text)).toBeUndefined()
  })
})

describe('days between', () => {
  test.for([
    ['Europe/Lisbon', '2024-03-20T10:00', '2024-04-10T10:00', '21', '503'],
    ['Europe/Lisbon', '2024-10-10T10:00', '2024-10-31T10:00', '21', '505'],
    ['Europe/Oslo', '2024-03-20T10:00', '2024-04-10T10:00', '21', '503'],
    ['Europe/Oslo', '2024-10-10T10:00', '2024-10-31T10:00', '21', '505'],
    ['Europe/Oslo', '2024-05-01T10:00', '2024-05-22T10:00', '21', '504'],
    ['Europe/Lisbon', '2024-05-01T10:00', '2024-05-01T16:00', '0.25', '6'],
    // A rest is a share of the day it falls into, here of a day of 23 hours.
    ['Europe/Lisbon', '2024-03-30T12:00', '2024-03-31T12:00', '1', '23'],
    ['Europe/Lisbon', '2024-03-31T00:00', '2024-03-31T12:30', '1/2', '11.5'],
    ['Europe/Lisbon', '2024-10-27T00:00', '2024-10-27T11:30', '1/2', '12.5'],
    ['UTC', '2024-05-01T10:00', '2024-05-01T10:00', '0', '0'],
  ] as const)('in %s from %s to %s are %s days and %s hours', ([zone, from, to, days, hours]) => {
    const [start, end] = [instant(from, zone), instant(to, zone)]
    expect(daysBetween(start, end, zone).equals(Exact.of(days))).toBe(true)
    expect(daysBetween(end, start, zone).equals(Exact.of(days).negated())).toBe(true)
    expect(minutesBetween(start, end).over(Exact.whole(60)).text).toBe(hours)
  })

  test('so many days later it is so many days, whatever the clocks do', () => {
    fc.assert(
      fc.property(anyInstant, anyZone, fc.integer({ min: 1, max: 400 }), (start, zone, days) => {
        const end = new Length(Exact.whole(days), 'days').after(start, zone)
        const sameTime = local(end, zone).toPlainTime().equals(local(start, zone).toPlainTime())
        if (sameTime) expect(daysBetween(start, end, zone).text).toBe(String(days))
      }),
    )
  })

  test('a later end is never fewer days', () => {
    fc.assert(
      fc.property(
        anyInstant,
        anyZone,
        fc.nat({ max: 200_000 }),
        fc.nat({ max: 3000 }),
        (start, zone, first, more) => {
          const end = start + first * 60_000
          const later = end + more * 60_000
          expect(
            daysBetween(start, end, zone).compare(daysBetween(start, later, zone)),
          ).toBeLessThanOrEqual(0)
        },
      ),
    )
  })
})

describe('lengths', () => {
  test.for([
    ['4 hours', '4 hours'],
    ['1 minute', '1 minute'],
    ['1 minutes', '1 minute'],
    ['0.5 hours', '0.5 hours'],
    ['2 business days', '2 business days'],
    ['1 business day', '1 business day'],
    ['21 days', '21 days'],
  ] as const)('“%s” is the length %s', ([written, text]) => {
    expect(length(written).text).toBe(text)
    expect(JSON.stringify([length(written)])).toBe(JSON.stringify([text]))
  })

  test.for([
    'hours',
    '4',
    '4 h',
    '-4 hours',
    '4  hours',
    '4 business hours',
    '2 fortnights',
    '1/2 day',
    ' 4 hours',
    '',
  ])('“%s” is no length', (text) => {
    expect(Length.parse(text)).toBeUndefined()
  })

  test.for([
    [
      '31 January and a month',
      '2024-01-31T10:00',
      '1 month',
      '2024-02-29T10:00',
      '2023-12-31T10:00',
    ],
    ['in a common year', '2023-01-31T10:00', '1 month', '2023-02-28T10:00', '2022-12-31T10:00'],
    ['from 31 to 30', '2024-05-31T10:00', '1 month', '2024-06-30T10:00', '2024-04-30T10:00'],
    ['over the year end', '2024-12-15T10:00', '2 months', '2025-02-15T10:00', '2024-10-15T10:00'],
    ['a leap day and a year', '2024-02-29T10:00', '1 year', '2025-02-28T10:00', '2023-02-28T10:00'],
    ['four years', '2024-02-29T10:00', '4 years', '2028-02-29T10:00', '2020-02-29T10:00'],
    [
      'weeks over the change of clocks',
      '2024-03-28T10:00',
      '1 week',
      '2024-04-04T10:00',
      '2024-03-21T10:00',
    ],
    ['a day over the change', '2024-03-30T10:00', '1 day', '2024-03-31T10:00', '2024-03-29T10:00'],
    [
      '24 hours over the change',
      '2024-03-30T10:00',
      '24 hours',
      '2024-03-31T11:00',
      '2024-03-29T10:00',
    ],
    ['half a day', '2024-05-10T10:00', '1.5 days', '2024-05-11T22:00', '2024-05-08T22:00'],
    ['minutes', '2024-10-27T00:30', '90 minutes', '2024-10-27T01:00Z', '2024-10-26T23:00'],
    ['nothing', '2024-05-10T10:00', '0 days', '2024-05-10T10:00', '2024-05-10T10:00'],
  ] as const)('%s: from %s, %s', ([, from, text, after, before]) => {
    const zone = 'Europe/Lisbon'
    expect(localText(length(text).after(instant(from, zone), zone), zone)).toBe(
      localText(instant(after, zone), zone),
    )
    expect(localText(length(text).before(instant(from, zone), zone), zone)).toBe(
      localText(instant(before, zone), zone),
    )
  })

  test('elapsed time is undone by going back; days are, where no clock changes', () => {
    fc.assert(
      fc.property(anyInstant, anyZone, fc.nat({ max: 10_000 }), (at, zone, count) => {
        const minutes = new Length(Exact.whole(count), 'minutes')
        expect(minutes.before(minutes.after(at, zone), zone)).toBe(at)
        const days = new Length(Exact.whole(count), 'days')
        expect(days.before(days.after(at, 'UTC'), 'UTC')).toBe(at)
      }),
    )
  })

  test('a longer length is never earlier', () => {
    fc.assert(
      fc.property(
        anyInstant,
        anyZone,
        fc.nat({ max: 240 }),
        fc.constantFrom('days', 'weeks', 'months', 'years'),
        (at, zone, count, unit) => {
          const reached = (more: number) =>
            new Length(Exact.whole(count + more), unit).after(at, zone)
          expect(reached(1)).toBeGreaterThan(reached(0))
        },
      ),
    )
  })

  test.for(['99999999999999999999 days', '300000 years', '99999999999999999999 hours'])(
    '%s are beyond all time, and no crash',
    (text) => {
      expect(() => {
        const after = Length.parse(text)?.after(0, 'UTC')
        return after === undefined ? '' : utcText(after)
      }).not.toThrow()
    },
  )

  test('only elapsed time has minutes', () => {
    expect(length('1.5 hours').minutes?.text).toBe('90')
    expect(length('7 minutes').minutes?.text).toBe('7')
    for (const text of ['1 day', '1 week', '1 month', '1 year', '1 business day'])
      expect(length(text).minutes).toBeUndefined()
    expect(millisecondsOf(Exact.ratio(1, 3))).toBe(20_000)
  })

  test('what can be written lies between the beginning and the end of time', () => {
    expect(parseInstant('1900-01-01T00:00Z', 'UTC')).toBe(beginningOfTime)
    expect(parseInstant('2999-12-31T23:59:59.999Z', 'UTC')).toBe(endOfTime - 1)
  })
})
