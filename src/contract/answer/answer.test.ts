import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Exact } from '../../kernel/exact.ts'
import { spoken } from './spoken.ts'

const speaking = { zone: 'Europe/Lisbon', currency: 'EUR', decimals: 2 }
const said = (text: string, unit: string) => spoken(Exact.of(text), unit, speaking)

describe('a length of time', () => {
  test.each([
    ['44', 'minutes', '44 minutes'],
    ['1', 'minutes', '1 minute'],
    ['1', 'days', '1 day'],
    ['1.5', 'hours', '1.5 hours'],
    ['25/12', 'hours', '2 hours 5 minutes'],
    ['-25/12', 'hours', 'minus 2 hours 5 minutes'],
    ['1.3335', 'minutes', 'about 1 minute 20 seconds'],
    ['1/60', 'minutes', '1 second'],
    ['101/86400000', 'days', 'about 0.101 seconds'],
    ['1/86400000000', 'days', 'less than 0.001 seconds'],
    ['7/3', 'days', 'about 2 days 8 hours'],
    ['100000/3', 'hours', '1388 days 21 hours 20 minutes'],
  ])('of %s %s reads: %s', (text, unit, words) => expect(said(text, unit)).toBe(words))

  test('never shows a cut-off fraction', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        fc.constantFrom('minutes', 'hours', 'days'),
        (top, bottom, unit) => {
          const words = spoken(Exact.ratio(top, bottom), unit, speaking)
          expect(words).not.toContain('…')
          expect(words).toMatch(/(days?|hours?|minutes?|seconds?)$/)
        },
      ),
    )
  })
})

test('one of a unit is singular, a unit without a plural stays', () => {
  expect(said('1', 'increments')).toBe('1 increment')
  expect(said('1', 'kWh')).toBe('1 kWh')
  expect(said('2', 'increments')).toBe('2 increments')
})
