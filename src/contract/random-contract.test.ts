import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Exact } from '../kernel/exact.ts'
import type { Signed } from './contract.test-support.ts'
import { evaluate } from './derivation.ts'
import type { Fact } from './fact/fact.ts'
import { leafChanges } from './leaf-change.test-support.ts'
import type { Question } from './question/form.ts'
import { anyContract, lineKey } from './random-contract.test-support.ts'
import { isNothingDue, sameValue, type Value, valueText } from './value.ts'

/** Laws of bills, over agreements that nobody wrote. */

/** Whatever may still be claimed or answered is over by then. */
const later = '2028-01-01'

describe('over random contracts', () => {
  const years = ['2023', '2024', '2025']
  const monthsOf = (year: string) =>
    Array.from({ length: 12 }, (_, month) => `${year}-${String(month + 1).padStart(2, '0')}`)
  const sum = (values: readonly Value[]) =>
    values.reduce<Exact>(
      (total, value) => (value instanceof Exact ? total.plus(value) : total),
      Exact.zero,
    )

  test('the bills of a year’s months are the year’s bill, and each line is in exactly one', () => {
    fc.assert(
      fc.property(anyContract, (contract) => {
        for (const year of years) {
          const whole = contract.ask({ bill: year, at: later })
          const parts = monthsOf(year).map((month) => contract.ask({ bill: month, at: later }))
          const keys = parts.flatMap(({ lines }) => (lines ?? []).map(lineKey))
          expect(keys.toSorted()).toEqual((whole.lines ?? []).map(lineKey).toSorted())
          expect(new Set(keys).size).toBe(keys.length)
          expect(sum(parts.map(({ derivation }) => derivation.value)).text).toBe(
            valueText(whole.derivation.value),
          )
        }
      }),
      { numRuns: 100 },
    )
  })

  test('a bill cut anywhere is two bills', () => {
    fc.assert(
      fc.property(anyContract, fc.integer({ min: 0, max: 1000 }), (contract, day) => {
        const cut = new Date(Date.UTC(2023, 4, 1) + day * 86_400_000).toISOString().slice(0, 10)
        const keys = (period: string) =>
          (contract.ask({ bill: period, at: later }).lines ?? []).map(lineKey)
        const both = [...keys(`2023-04-01 to ${cut}`), ...keys(`${cut} to 2026-06-01`)]
        expect(both.toSorted()).toEqual(keys('2023-04-01 to 2026-06-01').toSorted())
      }),
      { numRuns: 100 },
    )
  })

  test('every line evaluates to its amount and is rounded to the cent', () => {
    fc.assert(
      fc.property(anyContract, (contract) => {
        for (const { amount, posted } of contract.ask({ bill: '2023-01-01 to 2026-12-31' }).lines ??
          []) {
          expect(sameValue(evaluate(amount), amount.value)).toBe(true)
          expect(sameValue(evaluate(posted), posted.value)).toBe(true)
          if (posted.value instanceof Exact)
            expect(posted.value.times(Exact.whole(100)).isWhole).toBe(true)
        }
      }),
      { numRuns: 25 },
    )
  })

  test('any order of the same facts gives the same bills', () => {
    fc.assert(
      fc.property(anyContract, fc.infiniteStream(fc.nat()), (contract, random) => {
        const shuffled = contract.facts
          .map((fact) => ({ fact, place: random.next().value ?? 0 }))
          .sort((left, right) => left.place - right.place)
          .map(({ fact }) => fact)
        const told = (facts: readonly Fact[]) =>
          (contract.ask({ bill: '2023-01-01 to 2026-12-31' }, facts).lines ?? []).map(lineKey)
        expect(told(shuffled)).toEqual(told(contract.facts))
      }),
      { numRuns: 100 },
    )
  })

  test('late changes only what rests on it: a fact about nothing that is asked changes no line before it', () => {
    fc.assert(
      fc.property(anyContract, fc.integer({ min: 0, max: 600 }), (contract, day) => {
        const at = Date.UTC(2023, 6, 1) + day * 86_400_000
        const late: Fact = {
          id: 'late',
          kind: 'visit',
          shape: 'event',
          at,
          recorded: at + 5,
          values: { size: Exact.whole(5), room: 'front' },
        }
        const cut = new Date(at - 2 * 86_400_000).toISOString().slice(0, 10)
        const question = { bill: `2023-01-01 to ${cut}`, at: later }
        const keys = (facts: readonly Fact[]) =>
          (contract.ask(question, facts).lines ?? [])
            .filter(({ posted }) => !isNothingDue(posted.value))
            .map(lineKey)
        expect(keys([...contract.facts, late])).toEqual(keys(contract.facts))
      }),
      { numRuns: 60 },
    )
  })

  test('another value in a leaf fact evaluates to what the engine gives for the changed fact', () => {
    let held = 0
    fc.assert(
      fc.property(anyContract, (contract) => {
        const found = leafChanges(contract, questionsOf(contract))
        expect(found.broken).toEqual([])
        held += found.held
      }),
      { numRuns: 40 },
    )
    expect(held).toBeGreaterThan(500)
  })
})

/** A bill and its parts, what falls due, and how a level was kept. */
function questionsOf({ agreement, facts }: Signed): Question[] {
  const postings = [...(agreement.revisions[0]?.contract.postings.keys() ?? [])]
  return [
    { bill: '2023-01-01 to 2026-12-31' },
    ...postings.map((value) => ({ value, in: '2024' })),
    ...facts
      .filter(({ kind }) => kind === 'visit')
      .flatMap(({ id }) => [
        { due: 'answer', for: id },
        { met: 'answer', for: id },
        { value: 'each_visit', for: id },
      ]),
    { level: 'much', in: '2024-03' },
  ]
}
