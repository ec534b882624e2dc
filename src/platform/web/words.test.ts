import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  listed,
  possessive,
  shownAmount,
  shownDay,
  shownDuration,
  shownInstant,
  shownPeriod,
  titleOf,
} from './words.ts'
import { fromLocal, instantOf, ticksBetween, toLocal } from './zoned.ts'

const zones = ['Europe/Lisbon', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC']

describe('an amount', () => {
  test.each([
    ['0', '0.00'],
    ['60', '60.00'],
    ['1204.5', '1,204.50'],
    ['-1000000.05', '−1,000,000.05'],
    ['0.1234', '0.1234'],
    ['included', 'included'],
  ])('%s is written %s', (amount, written) => expect(shownAmount(amount)).toBe(written))

  test('keeps every digit, however many', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n }), (whole) => {
        expect(shownAmount(`${whole}.10`).replaceAll(',', '')).toBe(`${whole}.10`)
      }),
    )
  })
})

test('a moment is written in the zone that is asked for, a date in none', () => {
  expect(shownInstant('2026-05-14T17:05:00Z', 'Europe/Lisbon')).toBe('14 May 2026, 18:05')
  expect(shownInstant('2026-05-14T17:05:00Z', 'Asia/Tokyo')).toBe('15 May 2026, 02:05')
  expect(shownDay('2026-05-14', 'America/New_York')).toBe('14 May 2026')
  expect(shownPeriod('2026-05-14T08:00:00Z', '2026-05-14T09:00:00Z', 'UTC')).toBe(
    '14 May 2026, 08:00 to 09:00',
  )
  expect(shownPeriod('2026-02-09T23:00:00Z', '2028-01-31T23:00:00Z', 'Europe/Oslo')).toBe(
    '10 February 2026 to 31 January 2028',
  )
})

test.each([
  [59_999, 'less than a minute'],
  [60_000, '1 minute'],
  [6_300_000, '1 hour 45 minutes'],
  [7_200_000, '2 hours'],
  [93_600_000, '1 day 2 hours'],
  [-864_000_000, '10 days'],
])('%d milliseconds are %s', (length, words) => expect(shownDuration(length)).toBe(words))

test('lists and names read as one says them', () => {
  expect(listed([])).toBe('')
  expect(listed(['customer', 'user', 'sponsor'])).toBe('customer, user and sponsor')
  expect(possessive('Ana Costa')).toBe('Ana Costa’s')
  expect(possessive('Meridian Hotels')).toBe('Meridian Hotels’')
  expect(titleOf('handed_in')).toBe('Handed in')
})

describe('local time', () => {
  test('leads back to the minute it came from, except in the hour that is repeated', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 60_000_000 }),
        (zone, minute) => {
          const instant = new Date(minute * 60_000).toISOString()
          const back = fromLocal(toLocal(instant, zone), zone) ?? ''
          expect(toLocal(back, zone)).toBe(toLocal(instant, zone))
          expect(Math.abs(Date.parse(back) - Date.parse(instant))).toBeLessThanOrEqual(3_600_000)
        },
      ),
    )
  })

  test('of the hour that is skipped is a moment beside it', () => {
    expect(fromLocal('2026-03-29T01:30', 'Europe/Lisbon')).toBe('2026-03-29T01:30:00.000Z')
  })

  test('that is none is none', () => expect(fromLocal('', 'UTC')).toBeUndefined())
})

describe('ticks', () => {
  test('are few, in order and between the ends, whatever the length', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 2_000_000_000 }),
        fc.integer({ min: 900, max: 300_000_000 }),
        (zone, start, length) => {
          const [from, until] = [start * 1000, (start + length) * 1000]
          const at = ticksBetween(from, until, zone).map((tick) => tick.at)
          expect(at.length).toBeLessThanOrEqual(12)
          expect(at).toEqual(at.toSorted((one, other) => one - other))
          expect(at.every((one) => one >= from && one < until)).toBe(true)
        },
      ),
    )
  })

  test('of days stand at midnight where the clocks change', () => {
    const ticks = ticksBetween(
      Date.parse('2026-03-27T12:00Z'),
      Date.parse('2026-04-01T12:00Z'),
      'Europe/Oslo',
    )
    expect(ticks.map(({ label }) => label)).toEqual([
      '28 Mar',
      '29 Mar',
      '30 Mar',
      '31 Mar',
      '1 Apr',
    ])
    expect(toLocal(new Date(ticks[2]?.at ?? 0).toISOString(), 'Europe/Oslo')).toBe(
      '2026-03-30T00:00',
    )
  })
})

test.each([
  ['2026-05-13', '2026-05-12T22:00:00.000Z'],
  ['2026-05-13T10:00', '2026-05-13T08:00:00.000Z'],
  ['2026-05-13T10:00:00Z', '2026-05-13T10:00:00Z'],
  ['soon', undefined],
])('%s of an address is read in Oslo as %s', (text, instant) =>
  expect(instantOf(text, 'Europe/Oslo')).toBe(instant),
)
