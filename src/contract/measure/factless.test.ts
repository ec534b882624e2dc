import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Exact } from '../../kernel/exact.ts'
import { faultsOf, signed } from '../contract.test-support.ts'
import { evaluate } from '../derivation.ts'
import { operations } from '../operation/operation.ts'
import { downOf, type Rests, upOf } from '../operation/structure.ts'
import { printedContract } from '../prose/contract.ts'

/** Measures without facts: what a structure promises, months of the agreement, time between dates, shares. */

describe('a forecast', () => {
  const forecast = (structure: string, shares: Record<string, string>) =>
    signed(
      `{ structures: { shop: ${structure} }, agreed: { ${Object.keys(shares)
        .map((name) => `${name}: number`)
        .join(', ')} }, measures: { promised: { forecast: shop } } }`,
      { agreed: shares },
    ).told({ value: 'promised', in: '2024-01' })

  test.for([
    ['{ all-of: [ app, database ] }', { app: '99.95%', database: '99.99%' }, '0.99940005'],
    ['{ any-of: [ database, queue ] }', { database: '99.99%', queue: '99.9%' }, '0.9999999'],
    [
      '{ all-of: [ app, { any-of: [ database, queue ] } ] }',
      { app: '99.95%', database: '99.99%', queue: '99.9%' },
      '0.99949990005',
    ],
    ['{ at-least: 2, of: [ a, b, c ] }', { a: '90%', b: '90%', c: '90%' }, '0.972'],
    ['{ at-least: 2, of: [ a, b, c ] }', { a: '100%', b: '50%', c: '0%' }, '0.5'],
    ['{ all-of: [ a ] }', { a: '99.9' }, 'unknown'],
  ] as const)('of %s with %j is %s', ([structure, shares, expected]) => {
    expect(forecast(structure, shares as Record<string, string>)).toBe(expected)
  })

  test('reads measures and what level targets promise, and cites them', () => {
    const made = signed(
      `{ structures: { shop: { all-of: [ web, availability ] } },
         measures: { web: { formula: 99.9% }, downtime: { time: outage, per: month, in: minutes },
           minutes_in_month: { time: period, per: month, in: minutes }, uptime: { formula: 1 - downtime / minutes_in_month },
           promised: { forecast: shop } },
         terms: { availability: { target: { who: provider, measure: uptime, at-least: 99%, per: month } } } }`,
    )
    const { derivation } = made.ask({ value: 'promised', in: '2024-01' })
    expect(made.told({ value: 'promised', in: '2024-01' })).toBe('0.98901')
    expect(derivation.from.map(({ is }) => is.clause)).toEqual([undefined, 'availability'])
  })

  test('of two equal regions names each of them', () => {
    const made = signed(
      `{ structures: { region: { all-of: [ web, database ] }, all_of_it: { all-of: [ gateway, { any-of: [ north, south ] } ] } },
         measures: { gateway: { formula: 99.98% }, web: { formula: 99.9% }, database: { formula: 99.88% }, regional: { forecast: region },
           north: { formula: regional }, south: { formula: regional }, promised: { forecast: all_of_it } } }`,
    )
    expect(made.told({ value: 'promised', in: '2024-01' }).slice(0, 8)).toBe('0.999795')
  })

  test.for([
    ['promised', [{ value: '99.9%' }], '0.999'],
    ['double', [{ value: '99.9%' }], '1.998'],
    // It is another one later, so that somebody has to say when.
    ['promised', [{ value: '99.9%' }, { from: '2024-05-01', value: '99%' }], 'unknown'],
    // What changes back is not the same throughout.
    [
      'web',
      [
        { value: '99.9%' },
        { from: '2024-05-01', value: '99%' },
        { from: '2024-06-01', value: '99.9%' },
      ],
      'unknown',
    ],
    ['minutes_in_month', [{ value: '99.9%' }], 'unknown'],
    ['requests', [{ value: '99.9%' }], 'unknown'],
  ] as const)('asked without a period: %s of %j is %s', ([value, web, expected]) => {
    const made = signed(
      `{ structures: { shop: { all-of: [ web ] } }, agreed: { web: number },
         measures: { promised: { forecast: shop }, double: { formula: 2 * promised }, requests: { count: requested, per: month },
           minutes_in_month: { time: period, per: month, in: minutes } } }`,
      { agreed: { web: [...web] } },
    )
    expect(made.told({ value })).toBe(expected)
  })

  test.for([
    ['evenly.a', '333.34'],
    ['evenly.b', '333.33'],
    ['weighed.a', '250'],
    ['of_bought.a', 'unknown'],
  ] as const)('asked without a period: %s of a split is %s', ([value, expected]) => {
    const made = signed(
      `{ agreed: { w: number }, facts: { bought: { shape: event, has: { price: money } } },
         measures: {
           evenly: { split: { of: 1000.00, evenly: [ a, b, c ], remainder: first } },
           weighed: { split: { of: 1000.00, among: { a: 1, b: w }, remainder: first } },
           spent: { sum: bought, value: bought.price, per: month },
           of_bought: { split: { of: spent, evenly: [ a, b ], remainder: first } } } }`,
      {
        agreed: { w: '3' },
        period: '2024-01-01T00:00 to 2024-02-15T00:00',
        facts: '[ bought: { at: 2024-02-20T00:00, price: 2.00 } ]',
      },
    )
    expect(made.told({ value })).toBe(expected)
  })

  const tree: fc.Arbitrary<Rests> = fc.letrec<{ tree: Rests }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      fc.nat(4).map((place) => ({ part: `p${place}`, inputs: [place] })),
      fc
        .record({ of: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }), at: fc.nat(2) })
        .map(({ of, at }) => ({ 'at-least': Math.min(at + 1, of.length), of })),
    ),
  })).tree

  /** Whether it is up when exactly these inputs are. */
  const isUp = (rests: Rests, up: readonly boolean[]): boolean =>
    'part' in rests
      ? rests.inputs.every((place) => up[place] === true)
      : rests.of.filter((part) => isUp(part, up)).length >= rests['at-least']

  test('of parts that are surely up or down says whether the whole is, and so does time', () => {
    fc.assert(
      fc.property(tree, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), (rests, up) => {
        const shares = up.map((one) => (one ? Exact.one : Exact.zero))
        const spans = up.map((one) => (one ? [] : [{ start: 0, end: 60 }]))
        expect(upOf(rests, shares).equals(isUp(rests, up) ? Exact.one : Exact.zero)).toBe(true)
        expect(downOf(rests, spans)).toEqual(isUp(rests, up) ? [] : [{ start: 0, end: 60 }])
      }),
    )
  })

  test('adds over every combination of its parts, also where one stands in several places', () => {
    const share = fc.integer({ min: 0, max: 10 }).map((tenths) => Exact.ratio(tenths, 10))
    fc.assert(
      fc.property(tree, fc.array(share, { minLength: 5, maxLength: 5 }), (rests, shares) => {
        const combinations = Array.from({ length: 2 ** 5 }, (_, bits) =>
          shares.map((_share, place) => (bits & (1 << place)) !== 0),
        )
        const likely = (up: readonly boolean[]) =>
          up.reduce(
            (product, isPartUp, place) =>
              product.times(
                isPartUp
                  ? (shares[place] ?? Exact.zero)
                  : Exact.one.minus(shares[place] ?? Exact.zero),
              ),
            Exact.one,
          )
        const all = Exact.sum(combinations.filter((up) => isUp(rests, up)).map(likely))
        expect(upOf(rests, shares).text).toBe(all.text)
      }),
    )
  })

  const shared = (count: number) => {
    const parts = Array.from({ length: count }, (_, place) => `p${place}`).join(', ')
    return faultsOf(
      `{ agreed: { own: number, ${parts.replaceAll(',', ': number,')}: number },
         structures: { shop: { any-of: [ { all-of: [ own, ${parts} ] }, { all-of: [ ${parts} ] } ] } },
         measures: { promised: { forecast: shop } } }`,
    )
  }

  test('of which too many parts stand in several places is refused', () => {
    expect(shared(10)).toEqual([])
    expect(shared(16)).toEqual(['parts_shared_too_often /measures/promised/forecast'])
  })

  test.for([
    ['{ all-of: [ shop, a ] }', 'names_in_a_circle /structures/shop'],
    ['{ all-of: [ a, a ] }', 'name_doubled /structures/shop/all-of/1'],
    ['{ at-least: 3, of: [ a, b ] }', 'value_misshapen /structures/shop/at-least'],
    ['{ at-least: 0, of: [ a, b ] }', 'value_misshapen /structures/shop/at-least'],
    ['{ all-of: [ a, c ] }', 'name_unknown /measures/promised/forecast'],
    ['{ all-of: [ a, price ] }', 'types_do_not_fit /measures/promised/forecast'],
    ['{ all-off: [ a, b ] }', 'word_unknown /structures/shop/all-off'],
    ['{ all-of: [ a, promised ] }', 'names_in_a_circle /measures/promised'],
  ] as const)('of %s is refused', ([structure, fault]) => {
    expect(
      faultsOf(
        `{ structures: { shop: ${structure} }, agreed: { a: number, b: number, price: money }, measures: { promised: { forecast: shop } } }`,
      ),
    ).toContain(fault)
  })
})

test('a structure that nothing reads is refused; one that another names is read', () => {
  const read = (measure: string) =>
    faultsOf(
      `{ structures: { site: { any-of: [ a, b ] }, shop: { all-of: [ site, c ] } }, measures: { down: { time: outage, ${measure}per: month, in: minutes } } }`,
    )
  expect(read('')).toEqual(['word_without_effect /structures/shop'])
  expect(read('through: shop, ')).toEqual([])
})

describe('months of the agreement', () => {
  const months = (words: string, period: string, at: string) =>
    signed(
      `{ facts: { ended_early: { shape: event } }, measures: { counted: { months: ${words} } } }`,
      { period, facts: `[ ended_early: { id: e, at: ${at} } ]` },
    ).told({ value: 'counted', for: 'e' })
  const two = '2024-01-01T00:00 to 2026-01-01T00:00'

  test.for([
    ['remaining, parts: daily', two, '2025-10-01T00:00', '3'],
    ['remaining, parts: whole', two, '2025-10-01T00:00', '3'],
    ['remaining, parts: whole', two, '2025-10-01T00:01', '2'],
    // A day that has begun is not over: 14 days of October are.
    ['completed, parts: daily', two, '2025-10-15T18:00', '665/31'],
    // The day inside which it is asked is used: 16 of October are left, from the next midnight on.
    ['remaining, parts: daily', two, '2025-10-15T18:00', '78/31'],
    ['remaining, parts: daily', two, '2025-10-16T00:00', '78/31'],
    ['remaining, parts: daily', '2024-01-01T00:00 to 2025-10-15T20:00', '2025-10-15T18:00', '0'],
    ['completed, parts: whole', two, '2025-10-15T18:00', '21'],
    ['remaining, parts: whole', two, '2025-10-15T18:00', '2'],
    // On the agreement's own boundaries, and never drifting from the 31st.
    ['completed, parts: whole', '2024-01-31T12:00 to 2025-01-31T12:00', '2024-02-29T11:59', '0'],
    ['completed, parts: whole', '2024-01-31T12:00 to 2025-01-31T12:00', '2024-02-29T12:00', '1'],
    ['completed, parts: whole', '2024-01-31T12:00 to 2025-01-31T12:00', '2024-03-31T11:59', '1'],
    // An agreement that ends inside a month has a part of one.
    [
      'remaining, parts: daily',
      '2024-01-01T00:00 to 2024-03-16T00:00',
      '2024-03-01T00:00',
      '15/31',
    ],
    ['remaining, parts: whole', '2024-01-01T00:00 to 2024-03-16T00:00', '2024-02-01T00:00', '1'],
    ['remaining, parts: whole', '2024-01-01T00:00 to 2024-03-16T00:00', '2024-03-02T00:00', '0'],
    ['remaining, parts: daily', two, '2027-01-01T00:00', '0'],
  ] as const)('%s of %s on %s is %s', ([words, period, at, expected]) => {
    expect(months(words, period, at)).toBe(expected)
  })

  test('the day of an early end is paid once: as used, and not as left', () => {
    const made = signed(
      `{ policies: { prorate: { by: days, of: actual }, billed: in-arrears },
         measures: { left: { months: remaining, parts: daily } },
         terms: { fee: { charge: { every: month, amount: 31.00 } },
           leaving: { transition: { of: agreement, on: requested, right: ended } },
           rest: { survives: end, charge: { each: leaving, measure: left, rate: 31.00 } } } }`,
      {
        period: '2024-10-01T00:00 to 2024-11-01T00:00',
        facts: '[ requested: { id: e, at: 2024-10-16T15:00 } ]',
      },
    )
    expect(made.told({ value: 'fee', in: '2024-10' })).toBe('16')
    expect(made.told({ value: 'rest', for: 'e' })).toBe('15')
    expect(made.told({ bill: '2024-10' })).toBe('31')
  })

  test('of a period count up to its start: a phase begins with it', () => {
    const rent = signed(
      `{ policies: { prorate: no, billed: in-arrears }, measures: { served: { months: completed, parts: whole } },
         terms: { rent: { charge: { every: agreement-month, measure: served, bands: [ { below: 3, amount: 50.00 }, { from: 3, amount: 80.00 } ] } } } }`,
    )
    expect(['2024-03', '2024-04', '2024-05'].map((month) => rent.told({ bill: month }))).toEqual([
      '50',
      '80',
      '80',
    ])
  })

  test('early termination: what is left, without tax, less the discount, and with tax again', () => {
    const phone = signed(
      `{ facts: { ended_early: { shape: event } }, agreed: { monthly: money },
         measures: { months_left: { months: remaining, parts: daily }, without_vat: { formula: monthly * months_left / 1.2 } },
         terms: { early_end: { charge: { each: ended_early, amount: without_vat * 0.96 * 1.2 } } } }`,
      {
        period: two,
        agreed: { monthly: '30' },
        facts: '[ ended_early: { id: e, at: 2025-10-01T00:00 } ]',
      },
    )
    expect(phone.told({ value: 'early_end', for: 'e' })).toBe('86.4')
  })

  test('changes with the event', () => {
    const made = signed(
      '{ facts: { ended_early: { shape: event } }, measures: { left: { months: remaining, parts: daily } } }',
      { period: two, facts: '[ ended_early: { id: e, at: 2025-10-01T00:00 } ]' },
    )
    const { derivation } = made.ask({ value: 'left', for: 'e' })
    const later = Date.UTC(2025, 10, 1)
    expect(evaluate(derivation, ({ field }) => (field === 'at' ? later : undefined))).toEqual(
      Exact.whole(2),
    )
  })
})

describe('a formula whose author names its unit', () => {
  const energy = (unit: string) =>
    signed(
      `{ policies: { prorate: no, billed: in-arrears }, agreed: { voltage: { number: V }, current: { number: A }, hours_on: { number: hours } },
         measures: { load: { formula: voltage * current, unit: W }, work: { formula: load * hours_on / 1000, unit: ${unit} } },
         terms: { fee: { charge: { every: month, measure: work, rate: 0.30 } } } }`,
      { agreed: { voltage: '230', current: '10', hours_on: '4' } },
    )

  test('multiplies units, and gives what comes out that name', () => {
    const made = energy('kWh')
    const { derivation } = made.ask({ value: 'load' })
    expect([made.told({ value: 'load' }), derivation.unit]).toEqual(['2300', 'W'])
    expect(made.told({ value: 'work' })).toBe('9.2')
    expect(made.told({ value: 'fee', in: '2024-05' })).toBe('2.76')
  })

  test('prints it, in the definition and beside the price', () => {
    const { agreement } = energy('kWh')
    const [revision] = agreement.revisions
    const parties = { provider: 'Acme', consumer: 'Bo' }
    const text = revision ? printedContract(revision, agreement.frame.agreed, parties) : ''
    expect(text.replaceAll(/\s+/g, ' ')).toContain('Bo pays Acme 0.30 for each kWh of the work.')
    expect(text.replaceAll(/\s+/g, ' ')).toContain(
      'Load: the voltage of 230 V times the current of 10 A, in W.',
    )
  })

  test('gives a plain number a unit', () => {
    const made = signed(
      '{ measures: { checks: { count: requested, per: month }, effort: { formula: checks * 2, unit: hours } } }',
    )
    expect(made.ask({ value: 'effort', in: '2024-05' }).derivation.unit).toBe('hours')
  })
})

describe('between two dates', () => {
  const between = (words: string, values: { from: string; to: string }, type = 'date') =>
    signed(
      `{ agreed: { earlier: ${type}, later: ${type} }, calendars: { office: { hours: { mon-fri: 09:00-17:00 } } },
         measures: { length: { between: [ earlier, later ], ${words} } } }`,
      { agreed: { earlier: values.from, later: values.to } },
    ).told({ value: 'length', in: '2024-01' })

  test.for([
    ['in: days', '2024-03-01', '2024-04-01', 'date', '31'],
    // The clocks change on 31 March.
    ['in: hours', '2024-03-31', '2024-04-01', 'date', '23'],
    ['in: days', '2024-04-01', '2024-03-01', 'date', '0'],
    ['in: minutes', '2024-03-01T10:00', '2024-03-01T11:30', 'instant', '90'],
    ['in: hours, calendar: office', '2024-03-01T16:00', '2024-03-04T10:00', 'instant', '2'],
  ] as const)('%s from %s to %s (%s) it is %s', ([words, from, to, type, expected]) => {
    expect(between(words, { from, to }, type)).toBe(expected)
  })

  test('reads what is always there, and attributes of the event at hand', () => {
    const order = signed(
      `{ facts: { ordered: { shape: event, has: { wanted: date } } },
         measures: { notice: { between: [ ordered.date, ordered.wanted ], in: days }, term_days: { between: [ agreement_start, agreement_end ], in: days } } }`,
      { facts: '[ ordered: { id: o, at: 2024-03-01T17:00, wanted: 2024-03-08 } ]' },
    )
    expect(order.told({ value: 'notice', for: 'o' })).toBe('7')
    expect(order.told({ value: 'term_days', in: '2024-01' })).toBe('366')
  })

  test.for([
    ['between: [ size, agreement_end ], in: days', 'types_do_not_fit /measures/length/between/0'],
    ['between: [ agreement_start ], in: days', 'value_misshapen /measures/length/between'],
    ['between: [ agreement_start, agreement_end ]', 'word_missing /measures/length'],
    [
      'between: [ agreement_start, agreement_end ], in: days, calendar: office',
      'name_unknown /measures/length/calendar',
    ],
  ] as const)('%s is refused', ([words, fault]) => {
    expect(faultsOf(`{ agreed: { size: number }, measures: { length: { ${words} } } }`)).toContain(
      fault,
    )
  })
})

describe('a split', () => {
  const split = (words: string, agreed: Record<string, string> = {}) => {
    const made = signed(
      `{ agreed: { pool: money, ${Object.keys(agreed)
        .map((name) => `${name}_cost: money`)
        .join(', ')} }, policies: { prorate: no, billed: in-arrears },
         measures: { shared: { split: { of: pool, ${words} } }, twice: { formula: 2 * shared.a } },
         terms: { part: { charge: { every: month, amount: shared.a } } } }`,
      {
        agreed: {
          pool: '1000',
          ...Object.fromEntries(
            Object.entries(agreed).map(([name, value]) => [`${name}_cost`, value]),
          ),
        },
      },
    )
    return ['a', 'b', 'c'].map((name) => made.told({ value: `shared.${name}`, in: '2024-01' }))
  }
  const costs = 'among: { a: a_cost, b: b_cost, c: c_cost }, remainder: largest'

  test.for([
    [costs, { a: '500', b: '300', c: '200' }, ['500', '300', '200']],
    ['evenly: [ a, b, c ], remainder: largest', {}, ['333.34', '333.33', '333.33']],
    ['among: { a: 20%, b: 30%, c: 50% }, remainder: largest', {}, ['200', '300', '500']],
    ['among: { a: 1, b: 1, c: 4 }, remainder: largest', {}, ['166.67', '166.67', '666.66']],
    ['among: { a: 1, b: 1, c: 4 }, remainder: first', {}, ['166.66', '166.67', '666.67']],
    // Two halves are rounded up: what is too much is not taken from a share that has its exact value.
    ['among: { a: 0, b: 333.335, c: 666.665 }, remainder: first', {}, ['0', '333.33', '666.67']],
    [costs, { a: '0', b: '0', c: '0' }, ['unknown', 'unknown', 'unknown']],
  ] as const)('%s among %j is %j', ([words, agreed, expected]) => {
    expect(split(words, agreed as Record<string, string>)).toEqual(expected)
  })

  test.for(['largest', 'first'])(
    'a step goes to one share after the other, remainder: %s',
    (remainder) => {
      const names = Array.from({ length: 150 }, (_, at) => `s${at}`)
      const made = signed(
        `{ measures: {
             eight: { split: { of: 1.00, evenly: [ a, b, c, d, e, f, g, h ], remainder: ${remainder} } },
             many: { split: { of: 1.00, evenly: [ ${names.join(', ')} ], remainder: ${remainder} } } } }`,
      )
      const told = (value: string) => made.told({ value, in: '2024-01' })
      expect([...'abcdefgh'].map((name) => told(`eight.${name}`))).toEqual([
        ...Array.from({ length: 4 }, () => '0.12'),
        ...Array.from({ length: 4 }, () => '0.13'),
      ])
      expect([0, 49, 50, 149].map((at) => told(`many.s${at}`))).toEqual(['0', '0', '0.01', '0.01'])
    },
  )

  test('adds up to the whole, each share less than a step from its exact value', () => {
    const settings = fc.record({
      to: fc.constantFrom(Exact.of('0.01'), Exact.of('0.05'), Exact.one, Exact.whole(7)),
      mode: fc.constantFrom('half-up', 'half-even', 'half-down', 'up', 'down'),
      remainder: fc.constantFrom('largest', 'first'),
    })
    const weights = fc.array(fc.integer({ min: 0, max: 999 }), { minLength: 1, maxLength: 40 })
    const pool = fc.integer({ min: -9_999_999, max: 9_999_999 })
    fc.assert(
      fc.property(pool, weights, settings, (cents, parts, said) => {
        const sum = Exact.whole(parts.reduce((all, part) => all + part, 0))
        fc.pre(!sum.isZero)
        const values = [Exact.ratio(cents, 100), ...parts.map((part) => Exact.whole(part))]
        const whole = Exact.ratio(cents, 100).rounded(said.to, said.mode)
        const shares = parts.map(
          (_, place) => operations.share(values, { ...said, place }) as Exact,
        )
        expect(Exact.sum(shares).equals(whole)).toBe(true)
        const isFar = shares.filter((share, at) => {
          const exact = whole.times(Exact.whole(parts[at] ?? 0)).over(sum)
          const off = share.minus(exact).over(said.to)
          return off.compare(Exact.one) >= 0 || off.compare(Exact.whole(-1)) <= 0
        })
        expect(isFar).toEqual([])
        const isTurned = (share: Exact) => share.compare(Exact.zero) * cents < 0
        expect(shares.filter(isTurned)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  test('adds up to the whole, as a contract says it', () => {
    const amount = fc.integer({ min: 0, max: 9_999_999 })
    fc.assert(
      fc.property(
        amount,
        fc.array(fc.integer({ min: 1, max: 999 }), { minLength: 1, maxLength: 7 }),
        fc.constantFrom('largest', 'first'),
        (cents, weights, remainder) => {
          const names = weights.map((_, at) => `s${at}`)
          const made = signed(
            `{ measures: { shared: { split: { of: ${(cents / 100).toFixed(2)}, among: { ${weights.map((weight, at) => `s${at}: ${weight}`).join(', ')} }, remainder: ${remainder} } },
               total: { formula: "${names.map((name) => `shared.${name}`).join(' + ')}" }, lost: { formula: total - shared } } }`,
          )
          expect(made.told({ value: 'lost', in: '2024-01' })).toBe('0')
        },
      ),
      { numRuns: 40 },
    )
  })

  test('is read by path in formulas and charges', () => {
    const made = signed(
      `{ policies: { prorate: no, billed: in-arrears }, agreed: { pool: money },
         measures: { shared: { split: { of: pool, evenly: [ a, b, c ], remainder: largest } } },
         terms: { part: { charge: { every: month, amount: shared.a } } } }`,
      { agreed: { pool: '1000' } },
    )
    expect(made.told({ bill: '2024-01' })).toBe('333.34')
  })

  test.for([
    ['of: 10, remainder: first', 'word_missing /measures/shared/split'],
    [
      'of: 10, among: { a: 1 }, evenly: [ b ], remainder: first',
      'words_exclude_each_other /measures/shared/split',
    ],
    ['of: 10, evenly: [ a, b ]', 'word_missing /measures/shared/split'],
    ['of: 10, evenly: [ a, a ], remainder: first', 'name_doubled /measures/shared/split/evenly/1'],
    [
      'of: 10, among: { a: 20%, b: 30% }, remainder: first',
      'value_misshapen /measures/shared/split/among',
    ],
    ['of: yes, evenly: [ a ], remainder: first', 'types_do_not_fit /measures/shared/split/of'],
    [
      'of: 10, among: { a: fee, b: size }, remainder: first',
      'units_do_not_fit /measures/shared/split/among',
    ],
  ] as const)('%s is refused', ([words, fault]) => {
    expect(
      faultsOf(
        `{ agreed: { fee: money, size: number }, measures: { shared: { split: { ${words} } } } }`,
      ),
    ).toContain(fault)
  })

  test('has no other share', () => {
    expect(
      faultsOf(
        '{ measures: { shared: { split: { of: 10, evenly: [ a, b ], remainder: first } }, more: { formula: shared.d } } }',
      ),
    ).toContain('name_unknown /measures/more/formula')
  })
})
