import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Exact } from '../../kernel/exact.ts'
import type { Calendar } from '../calendar/calendar.ts'
import { isUnknown, leftOut, Span, unknown, type Value } from '../value.ts'
import { at, period, said, zone } from './operation.test-support.ts'
import { operations } from './operation.ts'
import type { TimeSettings } from './time.ts'

const span = (text: string) => {
  const [from = '', to = ''] = text.split(' to ')
  return to === '-' ? new Span(at(from)) : new Span(at(from), at(to))
}

describe('time', () => {
  const june = period('2024-06-01', '2024-07-01')
  const nine = [{ from: 540, until: 1020 }]
  const office: Calendar = {
    name: 'office',
    zone,
    dates: {},
    hours: { mon: nine, tue: nine, wed: nine, thu: nine, fri: nine },
  }
  const time = (
    spans: readonly Value[],
    excluded: readonly Value[] = [],
    more: Partial<TimeSettings> = {},
  ) =>
    said(
      operations.time([...spans, ...excluded], {
        spans: spans.length,
        window: june,
        unit: 'minutes',
        zone,
        ...more,
      }),
    )
  const each = { to: Exact.whole(15), mode: 'up' as const }

  test.for<[string, string[], string[], Partial<TimeSettings>, string]>([
    ['nothing is zero', [], [], {}, '0'],
    [
      'what is down twice is down once',
      ['2024-06-03T10:00 to 2024-06-03T11:00', '2024-06-03T10:30 to 2024-06-03T11:30'],
      [],
      {},
      '90',
    ],
    [
      'it is clipped to the period',
      ['2024-05-31T23:00 to 2024-06-01T01:00', '2024-06-30T23:30 to 2024-07-01T05:00'],
      [],
      {},
      '90',
    ],
    [
      'what is still open lasts until the end of the period',
      ['2024-06-30T22:00 to -'],
      [],
      {},
      '120',
    ],
    [
      'outside the period is nothing',
      ['2024-07-03T22:00 to -', '2024-05-03T10:00 to 2024-05-03T11:00'],
      [],
      {},
      '0',
    ],
    [
      'exclusions are taken out',
      ['2024-06-03T10:00 to 2024-06-03T12:00'],
      ['2024-06-03T10:30 to 2024-06-03T10:40', '2024-06-03T11:50 to 2024-06-03T13:00'],
      {},
      '100',
    ],
    ['an exclusion alone is nothing', [], ['2024-06-03T10:30 to 2024-06-03T10:40'], {}, '0'],
    [
      'only open hours count',
      ['2024-06-07T16:00 to 2024-06-10T10:00'],
      [],
      { calendar: office },
      '120',
    ],
    [
      'each stretch is rounded, then added',
      ['2024-06-03T10:00 to 2024-06-03T10:01', '2024-06-03T11:00 to 2024-06-03T11:01'],
      [],
      { each },
      '30',
    ],
    [
      'touching stretches are one before they are rounded',
      ['2024-06-03T10:00 to 2024-06-03T10:05', '2024-06-03T10:05 to 2024-06-03T10:10'],
      [],
      { each },
      '15',
    ],
    [
      'a stretch is clipped before it is rounded',
      ['2024-05-31T23:00 to 2024-06-01T00:01'],
      [],
      { each },
      '15',
    ],
    [
      'closed hours are cut off before it is rounded, and it stays one interval',
      ['2024-06-07T16:59 to 2024-06-10T09:01'],
      [],
      { each, calendar: office },
      '15',
    ],
    [
      'a stretch has to be longer than the threshold',
      ['2024-06-03T10:00 to 2024-06-03T10:10', '2024-06-03T11:00 to 2024-06-03T11:11'],
      [],
      { longerThan: Exact.whole(10) },
      '11',
    ],
    [
      'a threshold is asked before rounding',
      ['2024-06-03T10:00 to 2024-06-03T10:10'],
      [],
      { longerThan: Exact.whole(10), each },
      '0',
    ],
    ['hours', ['2024-06-03T10:00 to 2024-06-03T11:30'], [], { unit: 'hours' }, '1.5'],
    ['days', ['2024-06-03T10:00 to 2024-06-04T22:00'], [], { unit: 'days' }, '1.5'],
  ])('%s', ([, spans, excluded, more, expected]) => {
    expect(time(spans.map(span), excluded.map(span), more)).toBe(expected)
  })

  test('a fact that a condition set aside does not count, one in doubt makes the time unknown', () => {
    const down = span('2024-06-03T10:00 to 2024-06-03T11:00')
    expect(time([leftOut, down])).toBe('60')
    expect(time([down], [leftOut])).toBe('60')
    expect(time([down, unknown('a status')])).toBe('?')
    expect(time([down], [unknown('a status')])).toBe('?')
  })

  test('time down and time up are the period', () => {
    const anySpans = fc.array(
      fc
        .tuple(fc.integer({ min: -3000, max: 50_000 }), fc.integer({ min: 1, max: 5000 }))
        .map(
          ([from, minutes]) =>
            new Span(june.start + from * 60_000, june.start + (from + minutes) * 60_000),
        ),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(anySpans, (spans) => {
        const all = { spans: spans.length, window: june, unit: 'minutes' as const, zone }
        const down = operations.time(spans, all)
        const up = operations.time([new Span(june.start, june.end), ...spans], { ...all, spans: 1 })
        expect(said(operations.plus([down, up]))).toBe('43200')
      }),
    )
  })

  test.for([
    ['seconds', '82800'],
    ['minutes', '1380'],
    ['hours', '23'],
    ['days', '1'],
  ] as const)('from noon to noon over the change of clocks are, in %s, %s', ([unit, expected]) => {
    expect(
      said(operations.elapsed([at('2024-03-30T12:00'), at('2024-03-31T12:00')], { unit, zone })),
    ).toBe(expected)
    expect(
      said(operations.elapsed([span('2024-03-30T12:00 to 2024-03-31T12:00')], { unit, zone })),
    ).toBe(expected)
    expect(said(operations.elapsed([span('2024-03-30T12:00 to -')], { unit, zone }))).toBe('?')
    expect(said(operations.elapsed([unknown('a start'), at('2024-03-31')], { unit, zone }))).toBe(
      '?',
    )
  })

  test.for([
    ['date', '2024-06-03'],
    ['weekday', 'mon'],
    ['minute_of_day', '30'],
    ['time', '30.5'],
  ] as const)('the %s is that of the wall of the zone: %s', ([part, expected]) => {
    const instant = Date.UTC(2024, 5, 2, 23, 30, 30)
    expect(said(operations['clock-part']([instant], { part, zone }))).toBe(expected)
    expect(said(operations['clock-part']([new Span(instant)], { part, zone }))).toBe(expected)
    expect(said(operations['clock-part']([unknown('a time')], { part, zone }))).toBe('?')
  })

  test('the next and the last candidate include the instant itself', () => {
    const [first, second, third] = [at('2024-06-01'), at('2024-06-02'), at('2024-06-03')]
    expect(operations['first-from']([second, third, second, first])).toBe(second)
    expect(operations['last-until']([second, first, second, third])).toBe(second)
    expect(said(operations['first-from']([third, first, leftOut]))).toBe('_')
    expect(said(operations['last-until']([first, second]))).toBe('_')
    expect(said(operations['first-from']([first, unknown('a payment'), second]))).toBe('?')
  })

  test('what is looked for from an unknown instant on is unknown, and says why', () => {
    expect(said(operations['first-from']([unknown('a start'), at('2024-06-01')]))).toBe('?')
    const last = operations['last-until']([unknown('a start'), at('2024-06-01')])
    expect(isUnknown(last) && last.missing).toContain('a start')
  })
})

describe('promises', () => {
  const due = at('2024-06-03T12:00')
  test.for([
    // stop, now, last included, last excluded
    ['2024-06-03T11:59', '2024-06-10', 'yes', 'yes'],
    ['2024-06-03T12:00', '2024-06-10', 'yes', 'no'],
    ['2024-06-03T12:01', '2024-06-10', 'no', 'no'],
    ['', '2024-06-03T11:59', '?', '?'],
    ['', '2024-06-03T12:00', '?', 'no'],
    ['', '2024-06-03T12:01', 'no', 'no'],
  ] as const)(
    'stopped “%s”, asked at %s: %s with its last instant, %s without',
    ([stop, asOf, included, excluded]) => {
      const given = [due, stop === '' ? leftOut : at(stop)]
      expect(said(operations.met(given, { asOf: at(asOf), last: 'included' }))).toBe(included)
      expect(said(operations.met(given, { asOf: at(asOf), last: 'excluded' }))).toBe(excluded)
    },
  )

  test('a promise without a deadline, or with a stop in doubt, is unknown', () => {
    const settings = { asOf: at('2024-06-10'), last: 'included' as const }
    expect(said(operations.met([unknown('open hours'), due], settings))).toBe('?')
    expect(said(operations.met([due, unknown('a stop')], settings))).toBe('?')
  })

  test('a duty is overdue from its deadline until it is done', () => {
    const overdue = (stop: Value, asOf: string) =>
      said(operations.overdue([due, stop], { asOf: at(asOf) }))
    expect(overdue(at('2024-06-03T13:00'), '2024-06-10')).toBe(
      '2024-06-03T11:00:00.000Z to 2024-06-03T12:00:00.000Z',
    )
    expect(overdue(at('2024-06-03T12:00'), '2024-06-10')).toBe('_')
    expect(overdue(leftOut, '2024-06-03T12:00')).toBe('_')
    expect(overdue(leftOut, '2024-06-03T12:01')).toBe('2024-06-03T11:00:00.000Z to -')
  })
})
