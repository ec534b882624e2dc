import { describe, expect, test } from 'vitest'
import { compileRevision } from './agreement/agreement.ts'
import { runCase } from './case/case.ts'
import { faultsOf, offering, plain, signed } from './contract.test-support.ts'
import { evaluate } from './derivation.ts'
import { sameValue } from './value.ts'

/** What the fuzzer found, and the test that fails with it: every run ends in an answer or a name. */

const many = (count: number, one: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => one(at)).join(', ')
const century = '1950-01-01T00:00 to 2050-01-01T00:00'

describe('a question', () => {
  test('about more periods than anybody reads is refused by name', () => {
    const slots = signed(
      `{ facts: { down: { shape: interval } }, measures: {
        lost: { time: down, in: minutes, per: 1 minutes }, bad: { count: lost, where: lost > 0, per: agreement } } }`,
      { period: century },
    )
    expect(() => slots.told({ value: 'bad', in: '2024' })).toThrow(/more than 600,000 periods/)
  })

  test('about twenty-seven thousand days, each resting on the day before, is answered', () => {
    const carried = signed(
      `{ measures: { visits: { count: used, per: day },
        carried: { formula: visits + before, per: day }, before: { previous: carried, per: day, initially: 0 } } }`,
      {
        period: century,
        facts: '[ used: { at: 1950-01-02T10:00 }, used: { at: 2024-01-02T10:00 } ]',
      },
    )
    expect(carried.told({ value: 'carried', in: '2024-05-30' })).toBe('2')
  })

  test('about the open hours of an agreement without an end has no answer', () => {
    const { results } = runCase(
      plain(`{ case: open, offering: { language: 1, currency: EUR, zone: UTC, rounding: { to: 0.01, mode: half-up },
        calendars: { office: { hours: { mon-fri: 09:00-17:00 } } },
        measures: { open: { time: period, in: hours, calendar: office, per: agreement } } },
        asks: [ { value: open, is: unknown } ] }`),
      () => undefined,
    )
    expect(results).toMatchObject([{ passed: true }])
  })

  test('about a product of products ends, however often the digits double', () => {
    const squares = signed(
      `{ measures: { a0: { formula: ${'9'.repeat(39)} }, ${many(20, (at) => `a${at + 1}: { formula: a${at} * a${at} }`)} } }`,
    )
    expect(squares.told({ value: 'a4' })).toMatch(/^\d{624}$/)
    expect(squares.ask({ value: 'a20' }).derivation.value).toMatchObject({
      kind: 'unknown',
      missing: ['a number of at most a thousand digits'],
    })
  })
})

describe('an offering', () => {
  test.for([
    ['upwards', (at: number) => at],
    ['downwards', (at: number) => 2000 - at],
  ] as const)(
    'in which thousands of names rest on each other, written %s, is refused',
    ([, place]) => {
      const chain = many(2000, (at) => `a${place(at)}: { formula: a${place(at) - 1} + 1 }`)
      const faults = faultsOf(`{ measures: { ${chain} } }`)
      expect(faults.filter((fault) => fault.startsWith('nested_too_deep'))).not.toEqual([])
    },
  )

  test('of formulas that double with each name is checked in no time', () => {
    const doubled = many(50, (at) => `a${at + 1}: { formula: a${at} + a${at} }`)
    expect(
      faultsOf(`{ policies: { prorate: no, billed: in-arrears }, measures: { a0: { count: used }, ${doubled} },
        terms: { fee: { charge: { every: month, measure: a50, rate: 1.00 } } } }`),
    ).toEqual([])
  })

  test('of structures that double with each name is refused', () => {
    const doubling = many(24, (at) => `s${at + 1}: { any-of: [ s${at}, { all-of: [ s${at} ] } ] }`)
    expect(
      faultsOf(`{ agreed: { p: number }, structures: { s0: { all-of: [ p ] }, ${doubling} },
        measures: { whole: { forecast: s24 } } }`),
    ).toContainEqual(expect.stringMatching(/^nested_too_deep \/structures\/s\d+$/))
  })

  test('in which a share is weighed by itself is refused as a circle', () => {
    const split = (among: string) =>
      faultsOf(
        `{ measures: { shared: { split: { of: 10.00, among: ${among}, remainder: first } } } }`,
      )
    expect(split('{ a: shared.a, b: 1 }')).toContain('names_in_a_circle /measures/shared')
    expect(split('{ a: 2, b: 1 }')).toEqual([])
  })
})

test('a term of a component may be called anything, and one that stands twice is read and faulted below', () => {
  const policies = 'policies: { prorate: no, billed: in-arrears }'
  const fee = (amount: string) => `{ charge: { every: month, amount: ${amount} } }`
  const room = (name: string) =>
    `components: [ { access: room, terms: { ${name}: ${fee('1.00')} } } ]`
  expect(faultsOf(`{ ${policies}, ${room('constructor')} }`)).toEqual([])
  expect(faultsOf(`{ ${policies}, ${room('fee')}, terms: { fee: ${fee('prize')} } }`)).toEqual([
    'name_doubled /components/0/terms/fee',
    'name_unknown /terms/fee/charge/amount',
  ])
})

test('of two deviations that add one clause the first is read, and at fault', () => {
  const add = (each: string) => ({ clause: 'extra', add: { charge: { each, amount: 'prize' } } })
  const { faults } = compileRevision({
    offering: offering('{}'),
    agreed: {},
    deviations: [add('used'), add('returned')],
  })
  expect(faults.map(({ name, pointer }) => `${name} ${pointer}`)).toEqual([
    'deviation_doubled /deviations/1',
    'name_unknown /deviations/0/add/charge/amount',
  ])
})

test('the period of a claim is at fault where the credit says it', () => {
  const claim = 'fact: claimed, within: 14 days, ends: with-the-day'
  expect(
    faultsOf(
      `{ terms: { back: { credit: { per: carriage, amount: 5.00, claim: { ${claim} } } } } }`,
    ).filter((fault) => fault.startsWith('period_unknown')),
  ).toEqual(['period_unknown /terms/back/credit/per'])
})

test('a measure of time since an event that never happened, asked for itself, evaluates to its answer', () => {
  const { ask } = signed('{ measures: { idle: { since: used, in: days } } }', {
    facts: '[ returned: { id: r, at: 2024-02-01T10:00 } ]',
  })
  const { derivation } = ask({ value: 'idle', for: 'r' })
  expect(derivation.value).toMatchObject({ kind: 'unknown' })
  expect(sameValue(evaluate(derivation), derivation.value)).toBe(true)
})
