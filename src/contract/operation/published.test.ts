import { expect, test } from 'vitest'
import { Exact } from '../../kernel/exact.ts'
import { Length } from '../../kernel/time.ts'
import type { Calendar } from '../calendar/calendar.ts'
import { nothingDue } from '../value.ts'
import { at, period, zone } from './operation.test-support.ts'
import { settingsData } from './published.ts'

/** What is published of the settings of a step. */

const desk: Calendar = {
  name: 'desk',
  zone,
  hours: { mon: [{ from: 540, until: 1020 }] },
  dates: {},
}
const may = period('2024-05-01', '2024-06-01')
const whole = { start: '2024-04-30T23:00:00.000Z', end: '2024-05-31T23:00:00.000Z' }
const six = at('2024-05-06T10:00')
const sixText = '2024-05-06T09:00:00.000Z'
const day = Temporal.PlainDate.from('2024-05-06')

test.for<[settings: object, data: object]>([
  [
    { asOf: six, until: six },
    { asOf: sixText, until: sixText },
  ],
  [
    { window: may, zone },
    { window: whole, zone },
  ],
  [{ asOf: Number.POSITIVE_INFINITY }, { asOf: '3000-01-01T00:00:00.000Z' }],
  [{ frame: { zone, agreed: may } }, { frame: { zone, agreed: whole } }],
  [
    { frame: { zone, agreed: may, agreedOn: six, daysOf: () => [six] } },
    { frame: { zone, agreed: whole, agreedOn: sixText } },
  ],
  [{ clock: desk }, { clock: 'desk' }],
  [{ clocks: { desk, night: desk } }, { clocks: ['desk', 'night'] }],
  [
    { at: 720, cutoff: 990, days: 3 },
    { at: '12:00', cutoff: '16:30', days: 3 },
  ],
  [{ missing: nothingDue }, { missing: 'nothing-due' }],
  [{ missing: six }, { missing: sixText }],
  [
    {
      rows: [[{ is: 'range', from: six, below: day }, { is: 'value', value: six }, { is: 'any' }]],
    },
    {
      rows: [
        [
          { is: 'range', from: sixText, below: '2024-05-06' },
          { is: 'value', value: sixText },
          { is: 'any' },
        ],
      ],
    },
  ],
  [{ rows: [{ upTo: 1, rate: 2 }] }, { rows: [{ upTo: 1, rate: 2 }] }],
  [
    { to: Exact.of('0.01'), length: Length.parse('2 hours'), fromEnd: undefined },
    { to: '0.01', length: '2 hours' },
  ],
])('%j is published as %j', ([settings, data]) => {
  expect(JSON.parse(JSON.stringify(settingsData(settings)))).toEqual(data)
})
