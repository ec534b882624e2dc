import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { local, parseInstant, startOfDay } from '../../kernel/time.ts'
import { checkOffering } from '../agreement/agreement.ts'
import { answerValue } from '../answer/data.ts'
import { faultsOf, faultText, offering, type Signed, signed } from '../contract.test-support.ts'
import { printedContract } from '../prose/contract.ts'
import { type Frame, type PeriodRule, periodAround, periodsWithin } from './period.ts'
import { parsePeriodRule } from './words.ts'

/** Periods that are counted from a length after the start, an agreed date, or the day of the last fact of a kind. */

const zone = 'Europe/Lisbon'
const base = (terms: string, more = '') => `{ policies: { prorate: no, billed: in-advance },
  facts: { upgraded: { shape: event, title: upgrade } }, ${more} terms: { ${terms} } }`
const upgrades = (...days: readonly string[]) =>
  `[ ${days.map((day) => `upgraded: { at: ${day} }`).join(', ')} ]`
const billed = (made: Signed, clause = 'fee', asked: { at?: string } = {}) =>
  (made.ask({ value: clause, in: '2024', ...asked }).lines ?? []).map(({ amount, service }) => ({
    from: local(service?.start ?? 0, zone)
      .toPlainDate()
      .toString(),
    amount: answerValue(amount.value, zone),
  }))
const days = (made: Signed, asked: { at?: string } = {}) =>
  billed(made, 'fee', asked).map(({ from }) => from.slice(5))

describe('a month counted from the last fact of a kind', () => {
  const fee = base('fee: { charge: { every: month from upgraded, amount: 30.00 } }')
  const period = '2024-01-01T00:00 to 2024-07-01T00:00'
  test.for([
    ['none before the first', [], []],
    ['its own day of the month', ['2024-03-10T10:00'], ['03-10', '04-10', '05-10', '06-10']],
    // What begins on a 31st never drifts; it is the day that counts, not the hour.
    ['a last day', ['2024-01-31T23:30'], ['01-31', '02-29', '03-31', '04-30', '05-31', '06-30']],
    [
      'another begins them anew',
      ['2024-03-10', '2024-05-02T18:00'],
      ['03-10', '04-10', '05-02', '06-02'],
    ],
    ['two of one day are one', ['2024-05-02T08:00', '2024-05-02T18:00'], ['05-02', '06-02']],
    ['before and after the agreement they count for nothing', ['2023-12-10', '2024-07-02'], []],
  ] as const)('has %s: %j begins %j', ([, facts, expected]) => {
    expect(days(signed(fee, { period, facts: upgrades(...facts) }))).toEqual(expected)
  })

  test('is known as far as the facts are known', () => {
    const made = signed(fee, { period, facts: upgrades('2024-03-10', '2024-05-02') })
    expect(days(made, { at: '2024-05-01' })).toEqual(['03-10', '04-10', '05-10', '06-10'])
    expect(made.told({ bill: '2024-05-10', at: '2024-05-01' })).toBe('30')
    expect(made.told({ bill: '2024-05-10' })).toBe('0')
  })

  test('is a part of a month where the next one cuts it, and where the agreement ends', () => {
    const prorated = fee.replace('prorate: no', 'prorate: { by: days, of: actual }')
    const made = signed(prorated, { period, facts: upgrades('2024-03-10', '2024-04-20') })
    expect(billed(made).map(({ amount }) => amount)).toEqual([
      '30',
      '10', // 10 of the 30 days from 10 April on
      '30',
      '30',
      '11', // 11 of the 30 days from 20 June on
    ])
  })

  test.for([
    ['no', '31'],
    // The day of the upgrade is in both, unless one of them leaves it to the other.
    ['{ by: days, of: actual }', '16'],
    ['{ by: days, of: actual, change-day: new }', '15'],
  ])('what it replaces, paid for ahead and prorated %s, comes to %s', ([prorate, expected]) => {
    const old = `old: { charge: { every: agreement-month, amount: 31.00, until: upgraded, prorate: ${prorate} } }`
    const made = signed(fee.replace('terms: {', `terms: { ${old},`), {
      period,
      facts: upgrades('2024-03-16T15:00'),
    })
    expect(made.told({ bill: '2024-03-01', at: '2024-03-05' })).toBe('31')
    expect(made.told({ bill: '2024-03-01' })).toBe(expected)
    expect(days(made)[0]).toBe('03-16')
  })

  test('has no ceiling: each fact begins another', () => {
    const made = signed(fee, { period, facts: upgrades('2024-03-10') })
    expect(made.ask({ exposure: '2024', at: '2024-03-10' }).unbounded).toEqual(['fee'])
    const limited =
      'visit: { charge: { each: used, amount: 5.00, limit: { times: 2, per: month from upgraded } } }'
    const capped = signed(base(limited), { period, facts: upgrades('2024-03-10') })
    expect(capped.ask({ exposure: '2024', at: '2024-03-10' }).unbounded).toEqual(['visit'])
  })

  test('is the period of a limit, and of what is priced together', () => {
    const visits = (words: string) =>
      signed(base(`fee: { charge: { each: used, measure: used.quantity, ${words} } }`), {
        period,
        facts: `[ upgraded: { at: 2024-03-10 }, upgraded: { at: 2024-03-20 }, used: { at: 2024-03-11, quantity: 1 },
          used: { at: 2024-03-12, quantity: 1 }, used: { at: 2024-03-21, quantity: 1 } ]`,
      })
    const amounts = (words: string) => billed(visits(words)).map(({ amount }) => amount)
    const each = 'rate: 2.00, limit: { times: 1, per: month from upgraded }'
    expect(amounts(each)).toEqual(['2', 'nothing-due', '2'])
    expect(amounts('rate: 2.00, included: 1, cumulative: month from upgraded')).toEqual([
      '0',
      '2',
      '0',
    ])
  })

  test('is the period of a measure, too, which is asked by its first day', () => {
    const made = signed(
      base(
        'use: { charge: { every: month from upgraded, measure: units, rate: 1.00, billed: in-arrears } }',
        'measures: { units: { sum: used, per: month from upgraded }, before: { previous: units, per: month from upgraded, initially: 0 } },',
      ),
      {
        period,
        facts: `[ upgraded: { at: 2024-03-10 }, used: { id: a, at: 2024-03-09, quantity: 1 },
          used: { id: b, at: 2024-04-09, quantity: 2 }, used: { id: c, at: 2024-04-10, quantity: 4 },
          upgraded: { at: 2024-04-20 }, used: { id: d, at: 2024-04-20, quantity: 8 } ]`,
      },
    )
    expect(billed(made, 'use').map(({ amount }) => amount)).toEqual(['2', '4', '8', '0', '0'])
    expect(made.told({ value: 'units', in: '2024-04-10' })).toBe('4')
    expect(made.told({ value: 'before', in: '2024-04-20' })).toBe('4')
    expect(made.told({ value: 'units', for: 'a' })).toBe('not-agreed')
  })
})

test.for([
  ['month from 14 days', '2024-01-17', ['01-31', '02-29', '03-31']],
  ['2 weeks from 1 week', '2024-03-10', ['03-17', '03-31', '04-14']],
  ['month from agreement', '2024-02-10', ['02-10', '03-10', '04-10']],
  ['quarter from 1 month', '2024-01-31', ['02-29']],
] as const)('%s of an agreement from %s begins %j', ([every, start, expected]) => {
  const made = signed(base(`fee: { charge: { every: ${every}, amount: 1.00 } }`), {
    period: `${start}T00:00 to 2024-04-15T00:00`,
  })
  expect(days(made)).toEqual(expected)
})

test('a month of the agreement that its end cuts is a part of one', () => {
  const every = 'every: agreement-month, amount: 31.00, prorate: { by: days, of: actual }'
  const made = signed(base(`fee: { charge: { ${every} } }`), { period: '2024-01-17 to 2024-03-01' })
  // Of the 29 days from 17 February on thirteen.
  expect(billed(made).map(({ amount }) => amount)).toEqual(['31', '13.9'])
})

describe('a month counted from an agreed date', () => {
  const fee = base(
    'fee: { charge: { every: month from payment_day, amount: 1.00 } }',
    'agreed: { payment_day: date },',
  )
  test('is one of the calendar, before that date and after', () => {
    const signing = { period: '2024-01-15 to 2024-04-15', agreed: { payment_day: '2024-02-29' } }
    expect(days(signed(fee, signing))).toEqual(['01-15', '01-29', '02-29', '03-29'])
  })

  test('begins what is promised for each', () => {
    const made = signed(
      base(
        'pay: { duty: { who: consumer, start: month from payment_day, stop: paid, within: 5 days, ends: with-the-day } }',
        'agreed: { payment_day: date },',
      ),
      { agreed: { payment_day: '2024-01-20' }, facts: '[ paid: { at: 2024-02-23T10:00 } ]' },
    )
    expect(made.told({ due: 'pay', in: '2024-02' })).toBe('2024-02-25T00:00')
    expect(made.told({ met: 'pay', in: '2024-02' })).toBe('yes')
    expect(made.told({ met: 'pay', in: '2024-03' })).toBe('no')
  })

  test('cuts an interval into the parts that it is priced in', () => {
    const parts = 'in-parts-of: month from payment_day, measure: stay.minutes'
    const text = base(
      `fee: { charge: { each: stay, ${parts}, counted: { in: 1440, rounded: up }, rate: 1.00, minimum: 12.00 } }`,
      'agreed: { payment_day: date },',
    ).replace('facts: {', 'facts: { stay: { shape: interval },')
    const made = signed(text, {
      agreed: { payment_day: '2024-01-20' },
      facts: '[ stay: { id: s, from: 2024-02-10T00:00, to: 2024-03-09T00:00 } ]',
    })
    // Ten days until 20 February, of which twelve are due, and eighteen from then on.
    expect(made.told({ value: 'fee', for: 's' })).toBe('30')
  })

  test('is agreed once', () => {
    const agreed = {
      payment_day: [{ value: '2024-02-29' }, { from: '2024-03-01', value: '2024-03-05' }],
    }
    expect(() => signed(fee, { agreed })).toThrow(/agreed_value_not_allowed.*agreed once/)
  })
})

test.for([
  [
    'fee: { charge: { every: month from upgradd, amount: 1.00 } }',
    /period_unknown.*Did you mean “upgraded”/,
  ],
  [
    'fee: { charge: { every: month from soon, amount: 1.00 } }',
    /period_unknown.*“soon” is no kind of fact and no date/,
  ],
  [
    'fee: { charge: { every: month from level, amount: 1.00 } }',
    /period_unknown.*“level” is no kind of fact and no date/,
  ],
  [
    'fee: { charge: { every: month from upgraded, for-each: used, amount: 1.00, billed: in-arrears } }',
    /words_exclude_each_other.*begins the periods of all/,
  ],
  [
    'up: { duty: { who: consumer, start: month from upgraded, stop: paid, within: 3 days, ends: at-the-hour } }',
    /period_unknown.*“start: upgraded”/,
  ],
  [
    'up: { duty: { who: consumer, start: month from upgradd, stop: paid, within: 3 days, ends: at-the-hour } }',
    /^period_unknown[^\n]*Did you mean “upgraded”[^\n]*$/,
  ],
  [
    'fee: { charge: { each: stay, in-parts-of: month from upgradd, measure: stay.minutes, rate: 1.00 } }',
    /^period_unknown[^\n]*Did you mean “upgraded”[^\n]*$/,
  ],
  [
    'up: { duty: { who: consumer, start: used, stop: paid, by: { end-of: month from upgraded } } }',
    /period_unknown.*no end of its own/,
  ],
  [
    'up: { target: { who: provider, measure: n, at-least: 1, per: month from upgraded, evaluated-by: provider } }',
    /period_unknown.*know beforehand/,
  ],
  [
    'fee: { charge: { each: stay, in-parts-of: month from upgraded, amount: 1.00 } }',
    /period_unknown/,
  ],
] as const)('%s is refused', ([term, words]) => {
  const more = 'agreed: { level: number }, measures: { n: { count: used } },'
  const text = base(term, more).replace('facts: {', 'facts: { stay: { shape: interval },')
  const { faults } = checkOffering(offering(text))
  expect(faults.map(faultText).join('\n')).toMatch(words)
})

describe('before the first of them', () => {
  const measures = `calls: { count: called, per: month from upgraded },
    length: { time: stay, per: month from upgraded, in: days },
    double: { formula: calls * 2, per: month from upgraded },
    priced: { scale: { measure: calls, rate: 2.00 }, per: month from upgraded },
    before: { previous: calls, per: month from upgraded, initially: 0 },
    tried: { count: called, per: month from 14 days }`
  const made = signed(
    base('fee: { charge: { each: called, amount: 1.00 } }', `measures: { ${measures} },`).replace(
      'facts: {',
      'facts: { called: { shape: event }, stay: { shape: interval },',
    ),
    {
      period: '2024-01-01T00:00 to 2024-07-01T00:00',
      facts:
        '[ called: { id: early, at: 2024-01-10 }, called: { id: later, at: 2024-03-11 }, upgraded: { at: 2024-03-10 } ]',
    },
  )

  test.for([
    ['calls', 'upgraded', '1'],
    ['length', 'upgraded', '0'],
    ['double', 'upgraded', '2'],
    ['priced', 'upgraded', '2'],
    ['before', 'upgraded', '0'],
    ['tried', '14 days', '1'],
  ] as const)('%s is not agreed, and waits for %s', ([value, from, later]) => {
    expect(made.told({ value, for: 'early' })).toBe('not-agreed')
    expect(made.ask({ value, for: 'early' }).derivation.from[0]?.is.name).toBe(from)
    expect(made.told({ value, for: 'later' })).toBe(later)
  })

  test.for([
    ['', 'not-agreed', 'not-agreed'],
    [', from: upgraded', 'nothing-due', '0'],
  ] as const)(
    'what is due by such a measure each of an event%s is %s before it',
    ([from, early, bill]) => {
      const charge = `fee: { charge: { each: called, measure: calls, rate: 1.00${from} } }`
      const { told } = signed(
        base(charge, 'measures: { calls: { count: called, per: month from upgraded } },').replace(
          'facts: {',
          'facts: { called: { shape: event },',
        ),
        {
          facts:
            '[ called: { id: early, at: 2024-01-10 }, called: { id: later, at: 2024-03-11 }, upgraded: { at: 2024-03-10 } ]',
        },
      )
      expect(told({ value: 'fee', for: 'early' })).toBe(early)
      expect(told({ value: 'fee', for: 'later' })).toBe('1')
      expect(told({ bill: '2024-01' })).toBe(bill)
    },
  )

  test('a month is refused in which the first begins, and not agreed is one before it', () => {
    expect(made.told({ value: 'calls', in: '2024-02' })).toBe('not-agreed')
    expect(() => made.ask({ value: 'calls', in: '2024-03' })).toThrow(
      'say “in:” one of them, such as 2024-03-10 to 2024-04-10',
    )
  })
})

test('it fits what is counted from the same, and nothing else', () => {
  const fits = (per: string) =>
    faultsOf(
      base(
        'fee: { charge: { every: month from upgraded, measure: n, rate: 1.00, billed: in-arrears } }',
        `measures: { n: { max: used, per: ${per} } },`,
      ),
    )
  expect(fits('month from upgraded')).toEqual([])
  expect(fits('quarter from upgraded')).toEqual([])
  for (const other of ['month', 'agreement-month', 'month from used'])
    expect(fits(other)).toEqual(['periods_do_not_fit /terms/fee/charge'])
})

test('it is printed', () => {
  const made = signed(
    base(
      'a: { charge: { every: month from upgraded, amount: 1.00 } }, b: { charge: { every: month from 14 days, amount: 1.00 } }, c: { charge: { every: 2 weeks from payday, amount: 1.00 } }',
      'agreed: { payday: { type: date, title: payment day } },',
    ),
    { agreed: { payday: '2024-02-29' } },
  )
  const [revision] = made.agreement.revisions
  const { agreed } = made.agreement.frame
  const parties = { provider: 'Velora', consumer: 'Ana' }
  const text = revision ? printedContract(revision, agreed, parties).replaceAll(/\s+/g, ' ') : ''
  expect(text).toContain('For each month counted from the last upgrade,')
  expect(text).toContain('For each month counted from 14 days after the start of the agreement,')
  expect(text).toContain(
    'For each period of 2 weeks counted from the payment day (agreed: 29 February 2024),',
  )
})

test('they follow each other from the first on, each no longer than its length, until the end', () => {
  const day = fc.integer({ min: 0, max: 500 })
  const agreed = {
    start: parseInstant('2024-01-01', zone) ?? 0,
    end: parseInstant('2025-03-01', zone) ?? 0,
  }
  const midnight = (count: number) =>
    startOfDay(Temporal.PlainDate.from('2024-01-01').add({ days: count }), zone)
  fc.assert(
    fc.property(fc.array(day, { minLength: 1, maxLength: 5 }), (counts) => {
      const starts = [...new Set(counts.map(midnight))].sort((left, right) => left - right)
      const known = starts.filter((start) => start < agreed.end)
      const frame: Frame = { zone, agreed, daysOf: () => known }
      const rule = parsePeriodRule('month from upgraded') as PeriodRule
      const periods = [...periodsWithin(rule, agreed, frame)]
      expect(periods[0]?.start).toBe(known[0])
      expect(periods.at(-1)?.end ?? agreed.end).toBe(agreed.end)
      for (const start of known) expect(periods.some((one) => one.start === start)).toBe(true)
      periods.forEach((one, place) => {
        expect(periods[place + 1]?.start ?? agreed.end).toBe(one.end)
        expect(one.end - one.start).toBeLessThanOrEqual(31 * 86_400_000 + 3_600_000)
        expect(periodAround(rule, one.start, frame)).toEqual(one)
        expect(periodAround(rule, one.end - 1, frame)).toEqual(one)
      })
    }),
  )
})
