import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Exact } from '../kernel/exact.ts'
import {
  citedClauses,
  type Derivation,
  derivationData,
  derive,
  evaluate,
  factsOf,
  leaf,
  nodes,
} from './derivation.ts'
import { nothingDue, sameValue, unknown, type Value, valueText } from './value.ts'

const number = (count: number) => Exact.whole(count)
const fact = (id: string, value: Value) => leaf(value, { fact: { id, field: 'amount' } })
const inputs = (...parts: Derivation[]) => parts.map((is, place) => ({ as: `value ${place}`, is }))

/** Random arithmetic and conditions over five facts, some of them unknown, and a few constants. */
type Recipe = {
  readonly values: readonly Value[]
  readonly build: (values: readonly Value[]) => Derivation
}
const ids = ['a', 'b', 'c', 'd', 'e']
const anyLeafValue: fc.Arbitrary<Value> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 7 }))
      .map(([top, bottom]) => Exact.ratio(top, bottom)),
  },
  { weight: 1, arbitrary: fc.constant<Value>(unknown('a reading')) },
  { weight: 1, arbitrary: fc.constant<Value>(nothingDue) },
)
type Build = Recipe['build']
const { tree: anyBuild } = fc.letrec<{ tree: Build; node: Build }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.nat(4).map(
      (at): Build =>
        (values) =>
          fact(ids[at] ?? 'a', values[at] ?? Exact.zero),
    ),
    fc.integer({ min: -9, max: 9 }).map(
      (constant): Build =>
        () =>
          leaf(number(constant), { clause: 'fee' }),
    ),
    tie('node'),
  ),
  node: fc.oneof(
    fc
      .tuple(
        fc.constantFrom('plus', 'minus', 'times', 'over', 'least', 'greatest', 'less'),
        tie('tree'),
        tie('tree'),
      )
      .map(
        ([operation, left, right]): Build =>
          (values) =>
            derive(operation, inputs(left(values), right(values))),
      ),
    fc.tuple(tie('tree'), fc.constantFrom('0.05', '1', '15')).map(
      ([of, step]): Build =>
        (values) =>
          derive('round', inputs(of(values)), { to: Exact.of(step), mode: 'half-up' }),
    ),
    fc.tuple(fc.constantFrom('when', 'waive'), tie('tree'), tie('tree'), tie('tree')).map(
      ([operation, left, right, amount]): Build =>
        (values) => {
          const condition = derive('below', inputs(left(values), right(values)), undefined, {
            clause: 'condition',
          })
          return derive(
            operation,
            operation === 'when'
              ? inputs(condition, amount(values))
              : inputs(amount(values), condition),
          )
        },
    ),
    fc.tuple(tie('tree'), tie('tree'), tie('tree')).map(
      ([left, right, other]): Build =>
        (values) => {
          const kept = derive(
            'keep',
            inputs(derive('from', inputs(left(values), right(values))), other(values)),
          )
          return derive('sum', inputs(kept, left(values)), { of: 'a fact' })
        },
    ),
  ),
}))
const anyValues = fc.array(anyLeafValue, { minLength: 5, maxLength: 5 })
const same = (left: Value, right: Value) =>
  sameValue(left, right) && valueText(left) === valueText(right)

describe('a derivation', () => {
  test('evaluates to its value, with every step', () => {
    fc.assert(
      fc.property(anyBuild, anyValues, (build, values) => {
        const derivation = build(values)
        expect(same(evaluate(derivation), derivation.value)).toBe(true)
        for (const node of nodes(derivation)) expect(same(evaluate(node), node.value)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('with another value in a leaf gives what the changed fact gives', () => {
    fc.assert(
      fc.property(anyBuild, anyValues, fc.nat(4), anyLeafValue, (build, values, at, other) => {
        const changed = values.with(at, other)
        const replaced = evaluate(build(values), ({ id, field }) =>
          id === ids[at] && field === 'amount' ? other : undefined,
        )
        expect(same(replaced, build(changed).value)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('cannot be given another value than its operation computes', () => {
    const sum = derive('plus', inputs(fact('a', number(2)), fact('b', number(3))))
    expect(valueText(sum.value)).toBe('5')
    expect(valueText(evaluate({ ...sum, value: number(99) }))).toBe('5')
  })

  test('keeps the branch that did not decide, so that it can be asked what if', () => {
    const young = leaf(true, { fact: { id: 'member', field: 'young' } })
    const fee = derive('waive', [
      { as: 'fee', is: leaf(Exact.of('25.00'), { clause: 'monthly_fee' }) },
      { as: 'youth', is: young },
    ])
    expect(fee.value).toBe(nothingDue)
    expect(valueText(evaluate(fee, ({ field }) => (field === 'young' ? false : undefined)))).toBe(
      '25',
    )
  })

  test('a leaf replaced where it stands twice is replaced in both places', () => {
    const shared = fact('a', number(3))
    const square = derive('times', inputs(shared, fact('a', number(3))))
    expect(valueText(evaluate(derive('plus', inputs(square, shared)), () => number(4)))).toBe('20')
  })

  test('a step that many rest on is computed once', () => {
    let node = fact('a', number(1))
    for (let doubling = 0; doubling < 200; doubling += 1) node = derive('plus', inputs(node, node))
    expect(valueText(evaluate(node))).toBe(String(2n ** 200n))
    expect([...nodes(node)]).toHaveLength(201)
  })
})

describe('what a derivation rests on', () => {
  const base = fact('trip', number(100))
  const share = leaf(Exact.of('0.05'), { clause: 'rates' })
  const credit = derive('times', inputs(base, share), undefined, {
    clause: 'credit',
    unit: 'EUR',
    name: 'credit.amount',
  })
  const total = derive('plus', inputs(credit, base), undefined, { clause: 'total' })

  test('its clauses come from the deciding one down, its facts each once, its nodes after what they rest on', () => {
    expect(citedClauses(total)).toEqual(['total', 'credit', 'rates'])
    expect(factsOf([total])).toEqual(['trip'])
    expect([...nodes(total)]).toEqual([base, share, credit, total])
  })

  test('of more steps than a call may be given arguments its facts are found all the same', () => {
    const steps = Array.from({ length: 300_000 }, (_, place) =>
      leaf(Exact.one, { fact: { id: `trip_${place % 2}`, field: 'km' } }),
    )
    expect(factsOf(steps)).toEqual(['trip_0', 'trip_1'])
  })

  test('as data it says amounts as text and leaves out what is not there', () => {
    expect(derivationData(credit)).toEqual({
      value: '5',
      unit: 'EUR',
      clause: 'credit',
      name: 'credit.amount',
      how: { operation: 'times' },
      from: [
        { as: 'value 0', is: { value: '100', fact: { id: 'trip', field: 'amount' } } },
        { as: 'value 1', is: { value: '0.05', clause: 'rates' } },
      ],
    })
    expect(
      JSON.stringify(
        derivationData(derive('round', inputs(base), { to: Exact.of('0.01'), mode: 'half-up' })),
      ),
    ).toMatch('"with":{"to":"0.01","mode":"half-up"}')
  })
})
