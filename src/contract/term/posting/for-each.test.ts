import { describe, expect, test } from 'vitest'
import { answerValue } from '../../answer/data.ts'
import { faultsOf, signed } from '../../contract.test-support.ts'

/** A charge for periods that is taken for each subject, or for each value of an attribute. */

const offering = (
  charge: string,
  more = '',
) => `{ zone: UTC, policies: { prorate: no, billed: in-arrears },
  agreed: { price: { type: money, default: 1.00 } },
  facts: { run: { shape: interval, has: { zone_of: [ near, far ] } }, size: { shape: state, has: { cores: number } },
    call: { shape: event, has: { line: text, length: number } } },
  measures: {
    ran: { time: run, about: same, per: month, in: hours },
    cores: { max: size, about: same, per: month },
    lately: { time: run, about: same, per: past 3 months, in: hours },
    called: { sum: call, value: call.length, about: same, paired-by: line, per: month },
    by_zone: { time: run, about: same, paired-by: zone_of, per: month, in: hours },
    carried: { previous: left, per: month, initially: 0 },
    left: { formula: "max(0, carried + 60 - ran)" },
    in_all: { sum: call, value: call.length, per: month } },
  terms: { fee: { ${charge} }${more} } }`
const facts = `[ run: { id: a1, about: a, from: 2024-05-01T00:00, for: 100 hours, zone_of: near },
  run: { id: b1, about: b, from: 2024-05-03T00:00, for: 10 hours, zone_of: far },
  run: { id: a2, about: a, from: 2024-05-20T00:00, for: 50 hours, zone_of: far },
  run: { id: open, about: c, from: 2024-05-31T00:00, zone_of: near },
  size: { about: s, at: 2024-04-01, cores: 2 }, size: { about: t, at: 2024-04-01, cores: 8 }, size: { about: s, at: 2024-05-10, cores: 4 },
  call: { id: x, about: a, line: one, at: 2024-05-02, length: 30 }, call: { id: y, about: a, line: two, at: 2024-05-02, length: 90 },
  call: { id: z, about: b, line: one, at: 2024-05-03, length: 50 } ]`
const linesOf = (text: string, period = '2024-05', told: object = {}) =>
  Object.fromEntries(
    (
      signed(text, { facts, ...told }).ask({ value: 'fee', in: period, at: '2024-07-01' }).lines ??
      []
    ).map(({ about, posted }) => [about, answerValue(posted.value, 'UTC')]),
  )

describe('each has a line of its own', () => {
  test.for<[words: string, lines: Record<string, string>]>([
    ['measure: ran, rate: 0.10', { a: '15', b: '1', c: '2.4' }],
    ['measure: ran, rate: 0.10, maximum: 2.00', { a: '2', b: '1', c: '2' }],
    ['measure: ran, rate: 0.10, minimum: 2.00', { a: '15', b: '2', c: '2.4' }],
    ['measure: ran, included: 20, rate: 0.10', { a: '13', b: '0', c: '0.4' }],
    ['measure: ran, counted: { in: 40, rounded: up }, rate: 1.00', { a: '4', b: '1', c: '1' }],
    [
      'measure: ran, mode: volume, tiers: [ { up-to: 100, rate: 0.10 }, { rate: 0.05 } ]',
      { a: '7.5', b: '1', c: '2.4' },
    ],
    ['when: ran > 20, amount: 3.00', { a: '3', b: 'nothing-due', c: '3' }],
    ['measure: lately, rate: 0.10', { a: '15', b: '1', c: '2.4' }],
    ['amount: 3.00', { a: '3', b: '3', c: '3' }],
    [
      'measure: ran, rate: 0.10, rounded: { to: 1, mode: up }, waived-when: { any-of: [ { id: short, if: ran < 20 } ] }',
      { a: '15', b: 'nothing-due', c: '3' },
    ],
  ])('priced, bound and rounded by itself: %s', ([words, lines]) => {
    expect(linesOf(offering(`charge: { every: month, for-each: run, ${words} }`))).toEqual(lines)
  })

  test('by its state', () => {
    const text = offering('charge: { every: month, for-each: size, measure: cores, rate: 1.00 }')
    expect(linesOf(text)).toEqual({ s: '4', t: '8' })
  })

  test('by an attribute', () => {
    const words = 'for-each: call.line, measure: called, included: 60, rate: 1.00'
    expect(linesOf(offering(`charge: { every: month, ${words} }`))).toEqual({
      one: '20',
      two: '30',
    })
  })

  test('by an attribute of an interval', () => {
    const words = 'for-each: run.zone_of, measure: by_zone, rate: 1.00'
    const lines = { near: '124', far: '60' }
    expect(linesOf(offering(`charge: { every: month, ${words} }`))).toEqual(lines)
  })

  test('of a measure without “per”, which has the period of the line', () => {
    const own = `own: { time: run, about: same, in: hours }, most: { max: own, for-each: run, per: month },
      miles: { sum: call, value: call.length, about: same, paired-by: line }`
    const read = 'charge: { every: month, for-each: call.line, measure: miles, rate: 1.00 }'
    const of = (charge: string) =>
      offering(charge, `, read: { ${read} }`).replace('measures: {', `measures: { ${own},`)
    const hours = 'for-each: run, measure: own, rate: 0.20'
    const monthly = of(`charge: { every: month, ${hours} }`)
    expect(linesOf(monthly)).toEqual({ a: '30', b: '2', c: '4.8' })
    const quarterly = of(`charge: { every: quarter, ${hours} }`)
    expect(linesOf(quarterly, '2024-Q2')).toEqual({ a: '30', b: '2', c: '148.8' })
    expect(linesOf(of(read))).toEqual({ one: '80', two: '90' })
    const forEvent = 'charge: { each: run, measure: own, rate: 1.00 }'
    expect(faultsOf(of(forEvent))).toEqual(['period_needed /terms/fee/charge'])
  })

  test('with what each has left from the period before', () => {
    const words = 'for-each: run, measure: ran, included: 60 + carried, rate: 1.00'
    const text = offering(`charge: { every: month, ${words} }`)
    expect(linesOf(text)).toEqual({ a: '0', b: '0', c: '0' })
    const later = facts.replace(
      / \]$/,
      ', run: { about: b, from: 2024-06-01T00:00, for: 400 hours, zone_of: far } ]',
    )
    expect(linesOf(text, '2024-06', { facts: later })).toEqual({ b: '50', c: '384' })
  })

  test('beside what is read of all', () => {
    const words = 'for-each: call, measure: in_all, rate: 1.00'
    expect(linesOf(offering(`charge: { every: month, ${words} }`))).toEqual({ a: '170', b: '170' })
  })

  test('while it lasts: what is over has none in the next period', () => {
    const text = offering('charge: { every: month, for-each: run, amount: 3.00 }')
    expect(linesOf(text, '2024-06')).toEqual({ c: '3' })
    expect(linesOf(text, '2024-04')).toEqual({})
  })

  test.for([
    ['count: of_hour, where: of_hour > 6', { a: '2', b: '1' }],
    ['count: of_hour, where: charged < 60', { a: '696', b: '735' }],
    ['sum: charged, where: of_hour <= 6', { a: '2880', b: '540' }],
    ['sum: charged', { a: '2880', b: '540' }],
  ] as const)('by what each comes to hour by hour: %s', ([measure, lines]) => {
    const made = signed(
      `{ zone: UTC, policies: { prorate: no, billed: in-arrears }, facts: { run: { shape: interval } },
         measures: { ran_hour: { time: run, about: same, per: hour, in: minutes },
           of_hour: { time: outage, about: same, per: hour, in: minutes },
           charged: { formula: "of_hour > 6 ? 0 : ran_hour", per: hour }, in_month: { ${measure}, per: month } },
         terms: { fee: { charge: { every: month, for-each: run, measure: in_month, rate: 1.00 } } } }`,
      {
        facts: `[ run: { about: a, from: 2024-05-01T00:00, for: 50 hours }, run: { about: b, from: 2024-05-03T00:00, for: 10 hours },
          outage: { about: a, from: 2024-05-01T10:50, for: 20 minutes }, outage: { about: b, from: 2024-05-03T00:30, for: 7 minutes } ]`,
      },
    )
    const posted = made.ask({ value: 'fee', in: '2024-05', at: '2024-07-01' }).lines ?? []
    expect(
      Object.fromEntries(posted.map((line) => [line.about, answerValue(line.posted.value, 'UTC')])),
    ).toEqual(lines)
  })

  test('of a credit as well', () => {
    const text = offering(
      'credit: { per: month, for-each: run, measure: ran, rate: 0.10, maximum: 2.00 }',
    )
    expect(linesOf(text)).toEqual({ a: '-2', b: '-1', c: '-2' })
  })

  test('also where its price changes inside the period', () => {
    const text = offering(
      'charge: { every: month, for-each: run, amount: price, prorate: { by: days, of: actual }, on-change: { old: credit-unused, new: prorated } }',
    )
    const agreed = { price: [{ value: '31.00' }, { from: '2024-05-17', value: '62.00' }] }
    const posted = signed(text, { facts, agreed }).ask({ bill: '2024-05' }).lines ?? []
    expect(
      posted.map(({ about, posted }) => `${about} ${answerValue(posted.value, 'UTC')}`),
    ).toEqual(['a -15', 'a 30', 'b -15', 'b 30', 'c -15', 'c 30', 'a 31', 'b 31', 'c 31'])
  })
})

describe('what others read of it', () => {
  const more = `, surcharge: { charge: { every: month, for-each: run, of: fee, share: 50% } },
    tenth: { charge: { every: month, of: fee, share: 10% } },
    at_run: { charge: { each: run, of: fee, share: 10% } },
    calls: { charge: { each: call, measure: call.length, rate: 0.10 } },
    topped: { charge: { every: month, for-each: call, true-up: { of: calls, to: 10.00 } } }`
  const made = signed(
    offering('charge: { every: month, for-each: run, measure: ran, rate: 0.10 }', more),
    { facts },
  )
  const at = '2024-07-01'

  test.for([
    [{ value: 'fee', in: '2024-05', at }, '18.4'],
    [{ value: 'tenth', in: '2024-05', at }, '1.84'],
    [{ value: 'surcharge', in: '2024-05', about: 'a', at }, '7.5'],
    [{ value: 'surcharge', in: '2024-05', at }, '9.2'],
    [{ value: 'at_run', for: 'b1', at }, '0.1'],
    [{ value: 'topped', in: '2024-05', about: 'a', at }, '0'],
    [{ value: 'topped', in: '2024-05', about: 'b', at }, '5'],
    [{ value: 'fee.quantity', in: '2024-05', about: 'a', at }, '150'],
  ] as const)('%j is %s', ([question, expected]) => {
    expect(made.told(question)).toBe(expected)
  })

  test('a line that is not there is refused by name', () => {
    expect(() => made.told({ value: 'fee', in: '2024-05', about: 'd', at })).toThrow(
      '“fee” has no line for “d” here. It has those for a, b, c.',
    )
  })
})

test('what names none is not told apart: its amount is unknown, and so is the sum', () => {
  const unnamed = '[ run: { id: lost, from: 2024-05-01T00:00, for: 1 hours, zone_of: near } ]'
  const made = signed(offering('charge: { every: month, for-each: run, amount: 1.00 }'), {
    facts: unnamed,
  })
  const { derivation } = made.ask({ bill: '2024-05' })
  expect(derivation.value).toMatchObject({ kind: 'unknown', missing: ['what “lost” is about'] })
})

test('an early end of the agreement leaves out what begins after it', () => {
  const text = offering(
    'charge: { every: month, for-each: run, amount: 1.00 }',
    ', leaving: { transition: { of: agreement, on: notice_given, right: ended } }',
  )
  const left = facts.replace(/ \]$/, ', notice_given: { at: 2024-05-10 } ]')
  const lines = signed(text, { facts: left }).ask({ bill: '2024-05' }).lines ?? []
  expect(lines.map(({ about }) => about)).toEqual(['a', 'b'])
})

test.for([
  ['each: run, for-each: run, amount: 1.00', 'word_without_effect /terms/fee/charge/for-each'],
  ['every: once, for-each: run, amount: 1.00', 'word_without_effect /terms/fee/charge/for-each'],
  ['every: month, for-each: ran, amount: 1.00', 'fact_undeclared /terms/fee/charge/for-each'],
  [
    'every: month, for-each: run.zone, amount: 1.00',
    'attribute_undeclared /terms/fee/charge/for-each',
  ],
  [
    'every: month, for-each: run, amount: 1.00, billed: in-advance',
    'words_exclude_each_other /terms/fee/charge/for-each',
  ],
  [
    'every: month, for-each: run, amount: 1.00, rise: { at-most: 5% }',
    'words_exclude_each_other /terms/fee/charge/for-each',
  ],
  ['every: month, measure: ran, rate: 1.00', 'event_not_at_hand /terms/fee/charge'],
  [
    'every: month, for-each: run, measure: called, rate: 1.00',
    'event_not_at_hand /terms/fee/charge',
  ],
  [
    'every: month, for-each: call.line, measure: ran, rate: 1.00',
    'event_not_at_hand /terms/fee/charge',
  ],
  [
    'every: month, for-each: call.line, measure: cores, rate: 1.00',
    'event_not_at_hand /terms/fee/charge',
  ],
] as const)('refused: %s', ([charge, fault]) => {
  expect(faultsOf(offering(`charge: { ${charge} }`))).toContain(fault)
})

describe('a measure of the values that several have', () => {
  const told = (measure: string, question: object = { in: '2024-05', at: '2024-07-01' }) =>
    signed(
      offering('charge: { every: month, amount: 1.00 }').replace(
        'in_all:',
        `of_each: { ${measure} }, in_all:`,
      ),
      { facts },
    ).told({ value: 'of_each', ...question })

  test.for([
    ['sum: ran, for-each: run, per: month', '184'],
    ['max: ran, for-each: run, per: month', '150'],
    ['count: ran, for-each: run, where: ran > 20, per: month', '2'],
    ['average: ran, for-each: run, per: month, rounded: { to: 0.1, mode: half-up }', '61.3'],
    ['sum: ran, for-each: run, value: "min(ran, 20)", per: month', '50'],
    ['max: called, for-each: call.line, per: month', '90'],
    ['max: cores, for-each: size, per: month', '8'],
    ['sum: ran, for-each: size, per: month', '0'],
  ] as const)('%s is %s', ([measure, expected]) => {
    expect(told(measure)).toBe(expected)
  })

  test('is read for an event as well', () => {
    const asked = { for: 'b1', at: '2024-07-01' }
    expect(told('max: ran, for-each: run, per: month', asked)).toBe('150')
  })

  test.for([
    ['sum: call, value: call.length, for-each: run, per: month', 'word_without_effect'],
    ['max: ran, for-each: runs, per: month', 'fact_undeclared'],
    ['max: ran, for-each: call.line, per: month', 'event_not_at_hand'],
  ] as const)('refused: %s', ([measure, fault]) => {
    const text = offering('charge: { every: month, measure: of_each, rate: 1.00 }').replace(
      'in_all:',
      `of_each: { ${measure} }, in_all:`,
    )
    expect(faultsOf(text).map((one) => one.split(' ')[0])).toContain(fault)
  })
})

test('what is told apart in two ways is read in each of them, whichever is asked first', () => {
  const text = `{ policies: { prorate: no, billed: in-arrears }, facts: { drive: { shape: event, has: { plate: text, km: number } } },
    terms: {
      by_subject: { charge: { for-each: drive, every: month, of: trips, share: 100% } },
      by_plate: { charge: { for-each: drive.plate, every: month, of: trips, share: 100% } },
      trips: { charge: { each: drive, measure: drive.km, rate: 1 } } } }`
  const drives = `[ drive: { at: 2024-05-11, about: x, plate: a, km: 1 }, drive: { at: 2024-05-12, about: x, plate: b, km: 10 },
    drive: { at: 2024-05-13, about: y, plate: a, km: 100 } ]`
  expect(signed(text, { facts: drives }).bill('2024-05')).toEqual({
    by_subject: '11 100',
    by_plate: '101 10',
    trips: '1 10 100',
  })
})

test.for([
  ['10 days', '1'],
  ['1 days', 'nothing-due'],
] as const)(
  'a duty of the period, within %s, is kept or missed for all of them: %s',
  ([within, fee]) => {
    const text = offering(
      'charge: { every: month, for-each: run, amount: 1.00, when: report }',
      `, report: { duty: { who: consumer, start: month, stop: call, within: ${within}, ends: with-the-day } }`,
    )
    expect(linesOf(text)).toEqual({ a: fee, b: fee, c: fee })
  },
)
