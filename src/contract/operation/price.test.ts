import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Exact } from '../../kernel/exact.ts'
import type { Period } from '../../kernel/time.ts'
import { notAgreed, nothingDue, sameValue, unknown, type Value } from '../value.ts'
import { at, period, said, value, values, zone } from './operation.test-support.ts'
import { operations } from './operation.ts'
import type { Edges, TierSettings } from './price.ts'

const row = (edges: Edges, place: number) => ({ ...edges, gives: place })

describe('tiers', () => {
  // up to 10 at 5.00, up to 20 at 4.00, beyond at 3.00; with a fixed sum for each tier reached.
  const parts = ['10', '20', '5', '4', '3', '100', '50']
  const settings = (mode: TierSettings['mode'], fixed: boolean): TierSettings => ({
    mode,
    rows: [
      { upTo: 1, rate: 3, ...(fixed && { amount: 6 }) },
      { upTo: 2, rate: 4, ...(fixed && { amount: 7 }) },
      { rate: 5 },
    ],
  })
  const tiers = (quantity: string, mode: TierSettings['mode'], fixed = false) =>
    said(operations.tiers(values([quantity, ...parts].join(' ')), settings(mode, fixed)))

  test.for([
    // quantity, graduated, volume, both with fixed sums
    ['0', '0', '0', '0', '0'],
    ['0.01', '0.05', '0.05', '100.05', '100.05'],
    ['10', '50', '50', '150', '150'],
    ['10.01', '50.04', '40.04', '200.04', '90.04'],
    ['20', '90', '80', '240', '130'],
    ['20.01', '90.03', '60.03', '240.03', '60.03'],
    ['30', '120', '90', '270', '90'],
    ['?', '?', '?', '?', '?'],
    ['!', '!', '!', '!', '!'],
    ['-', '0', '0', '0', '0'],
  ] as const)('%s units cost %s graduated and %s by volume', ([quantity, ...expected]) => {
    const modes = ['graduated', 'volume'] as const
    expect([
      ...modes.map((mode) => tiers(quantity, mode)),
      ...modes.map((mode) => tiers(quantity, mode, true)),
    ]).toEqual(expected)
  })

  test.for([
    // quantity, graduated, volume; up to 0 a fixed 7, up to 10 at 5.00, beyond at 4.00
    ['0', '7', '7'],
    ['3', '22', '15'],
    ['12', '65', '48'],
    ['-', '7', '7'],
    ['?', '?', '?'],
  ] as const)('with a tier up to 0, %s units cost %s and %s', ([quantity, ...expected]) => {
    const rows = [{ upTo: 1, amount: 2 }, { upTo: 3, rate: 4 }, { rate: 5 }]
    const given = values(`${quantity} 0 7 10 5 4`)
    expect(
      (['graduated', 'volume'] as const).map((mode) =>
        said(operations.tiers(given, { mode, rows })),
      ),
    ).toEqual(expected)
  })

  test('a graduated price is the sum over its units, and never jumps back', () => {
    fc.assert(
      fc.property(fc.nat({ max: 60 }), fc.nat({ max: 60 }), (units, more) => {
        const rate = (unit: number) => (unit <= 10 ? 5 : unit <= 20 ? 4 : 3)
        const sum = Array.from({ length: units }, (_, index) => rate(index + 1)).reduce(
          (total, one) => total + one,
          0,
        )
        expect(tiers(String(units), 'graduated')).toBe(String(sum))
        expect(Number(tiers(String(units + more), 'graduated'))).toBeGreaterThanOrEqual(sum)
      }),
    )
  })
})

test.for([
  // a price and a bound; no less than it, no more than it, and the price less what was due before
  ['5 3', '5', '3', '2'],
  ['3 5', '5', '3', '-2'],
  ['- 5', '-', '-', '-5'],
  ['5 -', '5', '0', '5'],
  ['- -', '-', '-', '-'],
  ['? 5', '?', '?', '?'],
  ['5 !', '!', '!', '!'],
] as const)('bounds of %s: where nothing is due nothing is bounded', ([given, ...expected]) => {
  const { minimum, maximum, beyond } = operations
  expect([minimum, maximum, beyond].map((operation) => said(operation(values(given))))).toEqual(
    expected,
  )
})

describe('bands and rows', () => {
  // Below 99.99 and from 99 ten percent, below 99 and from 95 thirty, below 95 all.
  const rows = [row({ from: 2, below: 1 }, 4), row({ from: 3, below: 2 }, 5), row({ below: 3 }, 6)]
  const band = (quantity: Value, edges = '99.99 99 95') =>
    said(operations.band([quantity, ...values(`${edges} 0.1 0.3 1`)], { rows }))
  test.for([
    ['100', '-'],
    ['99.99', '-'],
    ['99.989999', '0.1'],
    ['99', '0.1'],
    ['98.998656', '0.3'],
    ['95', '0.3'],
    ['94.999999', '1'],
    ['0', '1'],
    ['?', '?'],
    ['!', '!'],
  ] as const)('an uptime of %s gives %s', ([quantity, expected]) => {
    expect(band(value(quantity))).toBe(expected)
  })

  test('an uptime is compared as it is and not as it is shown', () => {
    // 447 minutes of 44,640 are 98.998656 %, which would be shown as 99.00.
    const uptime = Exact.whole(100).minus(Exact.ratio(44_700, 44_640))
    expect(uptime.shown(2)).toBe('99.00')
    expect(band(uptime)).toBe('0.3')
  })

  test('above and up-to hold the other side of the edge', () => {
    const other = [row({ above: 1 }, 2), row({ upTo: 1 }, 3)]
    const given = (text: string) => said(operations.band(values(`${text} 5 1 2`), { rows: other }))
    expect([given('5.01'), given('5'), given('4.99')]).toEqual(['1', '2', '2'])
  })

  test('an edge that is unknown leaves the band unknown', () => {
    expect(band(value('99'), '? 99 95')).toBe('?')
  })

  test('a quantity of nothing due falls into no band', () => {
    expect(band(nothingDue)).toBe('-')
  })

  test('the first row that fits gives its value, and no row is unknown', () => {
    const settings = {
      keys: 2,
      of: 'price',
      rows: [
        [
          { is: 'value', value: 'high' },
          { is: 'range', from: Exact.whole(5) },
        ],
        [{ is: 'value', value: 'high' }, { is: 'any' }],
        [
          { is: 'value', value: 'low' },
          { is: 'range', above: Exact.whole(1), upTo: Exact.whole(5) },
        ],
      ],
    } as const
    const found = (impact: Value, users: string) =>
      said(operations.row([impact, value(users), ...values('1 2 3')], settings))
    expect([
      found('high', '5'),
      found('high', '4.9'),
      found('low', '5'),
      found('low', '1'),
      found('low', '5.1'),
    ]).toEqual(['1', '2', '3', '?', '?'])
    const none = operations.row([value('5'), value('5'), ...values('1 2 3')], settings)
    expect(none).toMatchObject({ missing: ['a row of “price” that fits'] })
    expect([found(unknown('impact'), '5'), found('high', '?'), found(notAgreed, '5')]).toEqual([
      '?',
      '?',
      '!',
    ])
  })

  test.for([
    ['1 2 3', '3'],
    ['1 _ _', '1'],
    ['1 ? _', '?'],
    ['? 2', '2'],
    ['', '!'],
  ] as const)('after the changes “%s” stands %s', ([given, expected]) => {
    expect(said(operations.standing(values(given), undefined))).toBe(expected)
  })
})

describe('the share of a period that is covered', () => {
  const share = (covered: Period, whole: Period, by: 'days' | 'time', days?: number) =>
    said(
      operations.covered([], {
        covered,
        whole,
        by,
        zone,
        ...(days !== undefined && { days: Exact.whole(days) }),
      }),
    )

  test.for([
    [
      'from 10 August',
      '2024-08-10 to 2024-09-01',
      '2024-08-01 to 2024-09-01',
      '22/31',
      '50',
      '35.48',
    ],
    [
      'after five trial days',
      '2024-04-06 to 2024-05-01',
      '2024-04-01 to 2024-05-01',
      '25/30',
      '50',
      '41.67',
    ],
    ['from 11 May', '2024-05-11 to 2024-06-01', '2024-05-01 to 2024-06-01', '21/31', '40', '27.10'],
    ['the whole', '2024-05-01 to 2024-06-01', '2024-05-01 to 2024-06-01', '1', '50', '50.00'],
    ['nothing', '2024-05-01 to 2024-05-01', '2024-05-01 to 2024-06-01', '0', '50', '0.00'],
    [
      'a day that is begun counts',
      '2024-05-31T18:00 to 2024-06-01',
      '2024-05-01 to 2024-06-01',
      '1/31',
      '31',
      '1.00',
    ],
    [
      'the change of clocks takes no day away',
      '2024-03-31 to 2024-04-01',
      '2024-03-01 to 2024-04-01',
      '1/31',
      '31',
      '1.00',
    ],
  ] as const)('%s', ([, covered, whole, expected, price, amount]) => {
    const read = (text: string) =>
      period(text.slice(0, text.indexOf(' to ')), text.slice(text.indexOf(' to ') + 4))
    const part = operations.covered([], {
      covered: read(covered),
      whole: read(whole),
      by: 'days',
      zone,
    })
    expect(sameValue(part, Exact.of(expected))).toBe(true)
    expect(
      Exact.of(price)
        .times(part as Exact)
        .shown(2),
    ).toBe(amount)
  })

  test('half of the time is half', () => {
    expect(
      share(period('2024-06-16', '2024-07-01'), period('2024-06-01', '2024-07-01'), 'time'),
    ).toBe('0.5')
  })

  test('shares of adjoining parts add up to the whole, by days from midnight and by time anywhere', () => {
    const whole = period('2024-03-01', '2024-04-01')
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 31 }), fc.nat(100), (date, percent) => {
        const midnight = at(`2024-03-${String(date).padStart(2, '0')}`)
        const anywhere = whole.start + Math.floor(((whole.end - whole.start) * percent) / 100)
        for (const [by, cut] of [
          ['days', midnight],
          ['time', anywhere],
        ] as const) {
          const part = (covered: Period) => operations.covered([], { covered, whole, by, zone })
          expect(
            said(
              operations.plus([
                part({ start: whole.start, end: cut }),
                part({ start: cut, end: whole.end }),
              ]),
            ),
          ).toBe('1')
        }
      }),
    )
  })

  test('with a month of thirty days a part is counted in thirtieths, and is never more than the whole', () => {
    const may = period('2024-05-01', '2024-06-01')
    expect(share(period('2024-05-01', '2024-05-16'), may, 'days', 30)).toBe('0.5')
    expect(share(period('2024-05-01T10:00', '2024-06-01'), may, 'days', 30)).toBe('1')
  })
})

test.for([
  // amount, base, credited before
  ['40 100', '40'],
  ['140 100', '100'],
  ['40 100 60', '40'],
  ['40 100 80', '20'],
  ['40 100 100', '-'],
  ['40 100 140', '-'],
  ['0 100 100', '0'],
  ['-5 -50 0', '-5'],
  ['0 - -', '0'],
  ['- 100 20', '-'],
  ['40 100 -', '40'],
  ['? 100 20', '?'],
  ['40 ? 20', '?'],
  ['40 100 ?', '?'],
] as const)('what is left to credit of %s is %s', ([given, left]) => {
  expect(said(operations.creditable(values(given)))).toBe(left)
})
