import { describe, expect, test } from 'vitest'
import { faultsOf, signed } from '../contract.test-support.ts'
import { evaluate, nodes } from '../derivation.ts'
import { sameValue } from '../value.ts'

/** Aggregates beyond sum and count: percentiles, runs, and values of finer measures. */

const samples = (...mbit: readonly number[]) =>
  `[ ${mbit.map((value, at) => `sample: { at: 2024-05-01T${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}, mbit: ${value} }`).join(', ')} ]`
const counting = (count: number) => Array.from({ length: count }, (_, at) => at + 1)
const traffic = 'facts: { sample: { shape: event, has: { mbit: { number: Mbit/s } } } }'

describe('a percentile', () => {
  const billed = (rank: string, facts: string, more = '') =>
    signed(
      `{ ${traffic}, measures: { peak: { percentile: sample, rank: ${rank}, per: month${more} } } }`,
      { facts },
    ).told({ value: 'peak', in: '2024-05' })

  test.for([
    // n × (1 − rank), rounded down, of the highest are dropped.
    ['95%', counting(100), '95'],
    ['95%', counting(20), '19'],
    ['95%', counting(19), '19'],
    ['95%', [7], '7'],
    ['50%', [1, 9, 5], '5'],
    ['50%', [4, 1, 3, 2], '2'],
    ['100%', [1, 9, 5], '9'],
    ['99.5%', counting(400), '398'],
  ] as const)('of rank %s over %j is %s', ([rank, values, expected]) => {
    expect(billed(rank, samples(...values))).toBe(expected)
  })

  test('without values it is unknown, or what `missing` says', () => {
    expect(billed('95%', '[]')).toBe('unknown')
    expect(billed('95%', '[]', ', missing: 0')).toBe('0')
  })

  test('is of the values that `where` keeps, and of what `value` says', () => {
    const over = ', where: sample.mbit > 3, value: sample.mbit * 2'
    expect(billed('50%', samples(1, 2, 3, 4, 5, 6), over)).toBe('10')
  })

  test('of inbound and of outbound traffic is compared with what is committed', () => {
    const line = signed(
      `{ facts: { sample: { shape: event, has: { inbound: { number: Mbit/s }, outbound: { number: Mbit/s } } } },
         policies: { prorate: no, billed: in-arrears }, agreed: { commit: { number: Mbit/s } },
         measures: {
           inbound: { percentile: sample, rank: 95%, value: sample.inbound, per: month },
           outbound: { percentile: sample, rank: 95%, value: sample.outbound, per: month },
           busier: { formula: "max(inbound, outbound)", per: month } },
         terms: { overage: { charge: { every: month, measure: busier, included: commit, rate: 2.00 } } } }`,
      {
        agreed: { commit: '20' },
        facts: `[ ${counting(40)
          .map(
            (at) =>
              `sample: { at: 2024-05-${String((at % 28) + 1).padStart(2, '0')}T${String(Math.floor(at / 2)).padStart(2, '0')}:00, inbound: ${at <= 38 ? 75 : 900}, outbound: 18 }`,
          )
          .join(', ')} ]`,
      },
    )
    expect(line.told({ value: 'busier', in: '2024-05' })).toBe('75')
    expect(line.told({ value: 'overage', in: '2024-05' })).toBe('110')
  })
})

describe('the longest run', () => {
  const checks = (states: string) =>
    `[ ${[...states].map((state, day) => `check: { at: 2024-05-${String(day + 1).padStart(2, '0')}T10:00${state === '?' ? '' : `, failed: ${state === 'x' ? 'yes' : 'no'}`} }`).join(', ')} ]`
  const run = (states: string, more = '') =>
    signed(
      `{ facts: { check: { shape: event, has: { failed: truth } } },
         measures: { failures: { longest-run: check, where: check.failed, per: month${more} } } }`,
      { facts: checks(states) },
    ).told({ value: 'failures', in: '2024-05' })

  test.for([
    ['', '0'],
    ['..', '0'],
    ['x', '1'],
    ['.xx.xxx.x', '3'],
    ['xxxx', '4'],
    // One that is not known may join two runs, or change nothing.
    ['xx?x', 'unknown'],
    ['xxx.?', '3'],
  ] as const)('in “%s” is %s', ([states, expected]) => {
    expect(run(states)).toBe(expected)
  })

  test('is counted in the order of time, not of the list', () => {
    const facts =
      '[ check: { at: 2024-05-03T10:00, failed: yes }, check: { at: 2024-05-01T10:00, failed: yes }, check: { at: 2024-05-02T10:00, failed: no } ]'
    expect(
      signed(
        `{ facts: { check: { shape: event, has: { failed: truth } } },
           measures: { failures: { longest-run: check, where: check.failed, per: month } } }`,
        { facts },
      ).told({ value: 'failures', in: '2024-05' }),
    ).toBe('1')
  })

  test('of a finer measure is of its own periods', () => {
    const down = signed(
      `{ measures: { a_day: { time: outage, per: day, in: minutes },
         bad_days: { longest-run: a_day, where: a_day > 60, per: month } } }`,
      {
        facts: `[ outage: { from: 2024-05-03T10:00, for: 2 hours }, outage: { from: 2024-05-04T10:00, for: 61 minutes },
          outage: { from: 2024-05-05T10:00, for: 60 minutes }, outage: { from: 2024-05-07T10:00, for: 3 hours } ]`,
      },
    )
    expect(down.told({ value: 'bad_days', in: '2024-05' })).toBe('2')
  })
})

describe('over a finer measure', () => {
  const calls = (facts: string, measures: string) =>
    signed(
      `{ facts: { call: { shape: event, has: { failed: truth } } },
         measures: { calls: { count: call, per: 5 minutes }, failed: { count: call, where: call.failed, per: 5 minutes },
           slot_errors: { formula: failed / calls, per: 5 minutes }, ${measures} } }`,
      { facts },
    )
  const facts = `[ call: { at: 2024-05-01T10:00, failed: yes }, call: { at: 2024-05-01T10:01, failed: no },
    call: { at: 2024-05-01T10:05, failed: no }, call: { at: 2024-05-02T10:00, failed: yes } ]`

  test('`where` reads its value in each row, and other names in the period of the row', () => {
    const bad = calls(
      facts,
      `bad_slots: { count: calls, where: "calls > 0 && failed / max(1, calls) > 0.05", per: month },
       quiet: { count: calls, where: calls == 0, per: month }, busy: { sum: calls, where: failed == 0, per: month }`,
    )
    expect(bad.told({ value: 'bad_slots', in: '2024-05' })).toBe('2')
    expect(bad.told({ value: 'quiet', in: '2024-05' })).toBe(String(31 * 288 - 3))
    expect(bad.told({ value: 'busy', in: '2024-05' })).toBe('1')
  })

  test('`value` computes something of each row', () => {
    const weighed = calls(facts, 'worst: { max: calls, value: calls - failed, per: month }')
    expect(weighed.told({ value: 'worst', in: '2024-05' })).toBe('1')
  })

  test('a row whose value is not known makes what depends on it unknown, and nothing else', () => {
    const errors = calls(
      facts,
      `errors: { count: slot_errors, where: slot_errors > 0.05, per: month },
       known: { count: slot_errors, where: calls > 0 && slot_errors > 0.05, per: month }`,
    )
    expect(errors.told({ value: 'errors', in: '2024-05' })).toBe('unknown')
    expect(errors.told({ value: 'known', in: '2024-05' })).toBe('2')
  })

  test('a short window keeps every branch: it evaluates to itself, and follows a changed fact', () => {
    const bad = calls(facts, 'bad: { count: calls, where: failed > 0, per: day }')
    const { derivation } = bad.ask({ value: 'bad', in: '2024-05-01' })
    expect([...nodes(derivation)].every((node) => sameValue(evaluate(node), node.value))).toBe(true)
  })
})

describe('is refused', () => {
  test.for([
    [
      `{ ${traffic}, measures: { peak: { percentile: sample, per: month } } }`,
      'word_missing /measures/peak',
    ],
    [
      `{ ${traffic}, measures: { peak: { percentile: sample, rank: 95, per: month } } }`,
      'value_misshapen /measures/peak/rank',
    ],
    [
      `{ ${traffic}, measures: { peak: { percentile: sample, rank: 0%, per: month } } }`,
      'value_misshapen /measures/peak/rank',
    ],
    [
      `{ ${traffic}, measures: { run: { longest-run: sample, per: month } } }`,
      'word_missing /measures/run',
    ],
    [
      `{ ${traffic}, measures: { run: { longest-run: sample, where: sample.mbit > 1, value: sample.mbit, per: month } } }`,
      'word_unknown /measures/run/value',
    ],
    [
      `{ facts: { check: { shape: event, has: { failed: truth } } }, measures: { peak: { percentile: check, rank: 95%, value: check.failed, per: month } } }`,
      'types_do_not_fit /measures/peak/value',
    ],
    [
      `{ terms: { pay: { duty: { who: consumer, start: invoiced, stop: paid, within: 14 days, clock: always, ends: at-the-hour } } }, measures: { late: { count: pay, per: month } } }`,
      'name_unknown /measures/late/count',
    ],
  ] as const)('%s', ([body, fault]) => {
    expect(faultsOf(body)).toContain(fault)
  })
})

describe('many facts', () => {
  test('the slots of a month are counted, and those that were touched by an outage', () => {
    const made = signed(
      `{ policies: { prorate: no, billed: in-arrears },
         measures: { down: { time: outage, per: 5 minutes, in: minutes }, slots: { count: down, per: month },
           lost: { count: down, where: down > 0, per: month }, uptime: { formula: 1 - lost / slots }, lost_hours: { formula: lost * 5 / 60 } },
         terms: { lost_time: { credit: { per: month, measure: lost_hours, rate: 0.06, when: uptime < 0.9999 } } } }`,
      {
        facts: `[ outage: { from: 2024-06-03T10:00, for: 200 minutes }, outage: { from: 2024-06-04T09:58, for: 4 minutes } ]`,
      },
    )
    expect(made.told({ value: 'slots', in: '2024-06' })).toBe('8640')
    expect(made.told({ value: 'lost', in: '2024-06' })).toBe('42')
    expect(made.told({ value: 'lost_time', in: '2024-06' })).toBe('0.21')
    // The night in which the clocks go forward has 23 hours.
    expect(made.told({ value: 'slots', in: '2024-03' })).toBe(String(30 * 288 + 23 * 12))
  })

  test('are found by halving: what lies before, after and across the window is told apart', () => {
    const hours = (hour: number) => `2024-05-01T${String(hour).padStart(2, '0')}:00`
    const made = signed(
      `{ facts: { level: { shape: state, has: { height: number } } },
         measures: { down: { time: outage, per: day, in: hours }, starts: { count: outage, per: day },
           highest: { max: level, per: day }, begins: { first: level, per: day } } }`,
      {
        facts: `[ outage: { from: 2024-04-01T00:00, to: 2024-05-01T03:00 }, ${counting(20)
          .map((hour) => `outage: { from: ${hours(hour)}, for: 1 hour }`)
          .join(
            ', ',
          )}, outage: { from: 2024-05-01T23:00, to: 2024-05-03T00:00 }, outage: { from: 2024-05-02T00:00, for: 1 hour },
          level: { about: a, at: 2024-01-01T00:00, height: 9 }, level: { about: b, at: 2024-01-02T00:00, height: 3 }, level: { about: a, at: 2024-04-30T00:00, height: 5 },
          level: { about: b, at: 2024-05-01T00:00, height: 4 }, level: { about: a, at: 2024-05-02T00:00, height: 8 } ]`,
      },
    )
    expect(made.told({ value: 'down', in: '2024-05-01' })).toBe('22')
    expect(made.told({ value: 'starts', in: '2024-05-01' })).toBe('21')
    expect(made.told({ value: 'highest', in: '2024-05-01' })).toBe('5')
    expect(made.told({ value: 'begins', in: '2024-05-02' })).toBe('4')
  })

  test('are one leaf with a digest that changes with each of them', () => {
    const peak = (last: number) =>
      signed(`{ ${traffic}, measures: { peak: { max: sample, per: month } } }`, {
        facts: samples(...counting(30), last),
      }).ask({ value: 'peak', in: '2024-05' }).derivation.facts
    expect(peak(1)).toMatchObject({ kind: 'sample', count: 31 })
    expect(peak(1)?.digest).not.toBe(peak(2)?.digest)
    expect(peak(1)?.digest).toMatch(/^[0-9a-f]{16}$/)
  })
})

describe('so many of the highest or the lowest values', () => {
  const of = (measure: string) =>
    signed(
      `{ ${traffic}, measures: { daily: { min: sample, highest: 2, per: day, missing: leave-out }, x: ${measure} } }`,
      {
        facts: `[ ${[
          ['02T00', 9],
          ['02T01', 10],
          ['02T02', 3],
          ['03T00', 5],
          ['04T00', 7],
          ['05T00', 1],
        ]
          .map(([at, mbit]) => `sample: { id: at_${at}, at: 2024-05-${at}:00, mbit: ${mbit} }`)
          .join(', ')} ]`,
      },
    )

  test.for([
    ['min: sample, highest: 1', '10'],
    ['min: sample, highest: 2', '9'],
    ['min: sample, highest: 9', '1'],
    ['max: sample, lowest: 2', '3'],
    ['sum: sample, highest: 3', '26'],
    ['sum: sample, lowest: 2', '4'],
    ['average: sample, highest: 2', '9.5'],
    ['sum: sample, highest: 2, where: sample.mbit < 9', '12'],
    ['sum: sample, highest: 2, value: 2 * sample.mbit', '38'],
    ['average: daily, highest: 2', '8'],
    ['min: sample, highest: 2, where: sample.mbit > 99, missing: 0', '0'],
    ['unique: sample, where: sample.mbit > 99', '0'],
    ['unique: sample, where: sample.mbit > 99, missing: unknown', 'unknown'],
  ] as const)('{ %s } is %s', ([measure, expected]) => {
    const made = of(`{ ${measure}, per: month }`)
    const question = { value: 'x', in: '2024-05' } as const
    expect(made.told(question)).toBe(expected)
    const { derivation } = made.ask(question)
    expect(sameValue(evaluate(derivation), derivation.value)).toBe(true)
  })

  test('so far, they are those of what came until then', () => {
    const made = of('{ sum: sample, highest: 2, per: so-far-month }')
    const sums = ['02T00', '02T01', '02T02', '05T00'].map((at) =>
      made.told({ value: 'x', for: `at_${at}` }),
    )
    expect(sums).toEqual(['9', '19', '19', '19'])
  })

  test.for([
    ['count: sample, highest: 2', 'word_without_effect /measures/x/highest'],
    ['max: sample, highest: 2', 'word_without_effect /measures/x/highest'],
    ['min: sample, lowest: 2', 'word_without_effect /measures/x/lowest'],
    ['percentile: sample, rank: 95%, highest: 2', 'word_without_effect /measures/x/highest'],
    ['sum: sample, highest: 0', 'value_misshapen /measures/x/highest'],
    ['sum: sample, highest: 2, lowest: 2', 'words_exclude_each_other /measures/x/lowest'],
  ] as const)('{ %s } is refused', ([measure, fault]) => {
    expect(faultsOf(`{ ${traffic}, measures: { x: { ${measure}, per: month } } }`)).toEqual([fault])
  })
})

describe('a state as of the start or the end of a period', () => {
  const servers = (measure: string, period = '2024-01-10 to 2025-01-01') =>
    signed(
      `{ facts: { server: { shape: state, has: { size: { number: GB }, status: [ runs, stopped ] } } },
         measures: { memory: ${measure} } }`,
      {
        period,
        facts: `[ server: { about: a, at: 2024-01-05, size: 4, status: runs }, server: { about: b, at: 2024-03-01, size: 8, status: runs },
          server: { about: a, at: 2024-03-20, size: 16, status: runs }, server: { about: b, at: 2024-04-01T00:01, size: 8, status: stopped } ]`,
      },
    )
  test.for([
    ['sum: server, value: server.size, per: month, as-of: period-start', '2024-03', '12'],
    ['sum: server, value: server.size, per: month, as-of: period-end', '2024-03', '24'],
    ['count: server, per: month, as-of: period-end', '2024-02', '1'],
    ['max: server, value: server.size, per: month, as-of: period-start', '2024-03', '8'],
    // A change on the first instant counts, one a minute later does not.
    [
      'sum: server, value: server.size, per: month, as-of: period-start, where: server.status == "runs"',
      '2024-04',
      '24',
    ],
    [
      'sum: server, value: server.size, per: month, as-of: period-end, where: server.status == "runs"',
      '2024-04',
      '16',
    ],
    // The first period begins with the agreement.
    ['sum: server, value: server.size, per: month, as-of: period-start', '2024-01', '4'],
    ['sum: server, value: server.size, as-of: period-start', '2024-03', '12'],
  ] as const)('{ %s } is in %s %s', ([measure, period, expected]) => {
    expect(servers(`{ ${measure} }`).told({ value: 'memory', in: period })).toBe(expected)
  })

  test('ends with the agreement', () => {
    const made = servers(
      '{ sum: server, value: server.size, per: month, as-of: period-end }',
      '2024-01-10 to 2024-03-15',
    )
    expect(made.told({ value: 'memory', in: '2024-03' })).toBe('12')
  })

  test.for([
    [
      '{ sum: sample, per: month, as-of: period-start }',
      'word_without_effect /measures/peak/as-of',
    ],
    ['{ sum: load, as-of: period-start }', 'period_needed /terms/fee/charge'],
  ] as const)('%s is refused as %s', ([measure, fault]) => {
    const text = `{ facts: { sample: { shape: event, has: { mbit: number } }, load: { shape: state, has: { mbit: number } } },
      measures: { peak: ${measure} }, terms: { fee: { charge: { each: used, measure: peak, rate: 1.00 } } } }`
    expect(faultsOf(text).join()).toContain(fault)
  })
})
