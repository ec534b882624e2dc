import { describe, expect, test } from 'vitest'
import { clauseSentence, faultsOf, signed } from '../contract.test-support.ts'

/** A level that is measured through a structure promises no more than its parts, or says who takes the risk. */

const shop = (
  target: string,
  agreed = '{ web: { type: number, default: 99% }, line: { type: number, default: 98% } }',
) =>
  `{ agreed: ${agreed},
     structures: { chain: { all-of: [ web, line ] } },
     measures: { down: { time: outage, through: chain, per: month, in: minutes }, all: { time: period, per: month, in: minutes },
       up: { formula: 1 - down / all }, together: { forecast: chain } },
     terms: { uptime: { target: { measure: up, per: month, evaluated-by: both, ${target} } } } }`
const above = 'promise_unwarranted /terms/uptime/target/at-least'
const slots = '{ web: number, line: number, promised: number }'

describe('a level through a structure', () => {
  test.for<[target: string, faults: readonly string[]]>([
    ['at-least: 99.999%', [above]],
    ['at-least: 97.03%', [above]],
    ['at-least: 97.02%', []],
    ['at-least: web', [above]],
    ['at-least: 99.999%, risk-accepted: The provider is insured.', []],
    ['at-most: 99.999%', []],
    [
      'at-most: 50%, risk-accepted: Nobody.',
      ['word_without_effect /terms/uptime/target/risk-accepted'],
    ],
  ])('%s', ([target, faults]) => {
    expect(faultsOf(shop(target))).toEqual(faults)
  })

  test('whose parts are open is compared when they are agreed, from each date on', () => {
    expect(faultsOf(shop('at-least: promised', slots))).toEqual([])
    const agreed = (line: string | { from?: string; value: string }[]) => () =>
      signed(shop('at-least: promised', slots), {
        agreed: { web: '99%', promised: '97%', line },
      })
    expect(agreed('98%')).not.toThrow()
    expect(agreed('97%')).toThrow('promise 96.03% together, and 97% is promised here')
    expect(agreed([{ value: '98%' }, { from: '2024-06-01', value: '97%' }])).toThrow(
      'promise 96.03% together from 1 June 2024 on',
    )
  })

  test('counts a part that stands in several places once', () => {
    const text = (level: string) =>
      `{ agreed: { dns: { type: number, default: 99.9% }, a: { type: number, default: 99% }, b: { type: number, default: 99% } },
         structures: { one: { all-of: [ dns, a ] }, two: { all-of: [ dns, b ] }, either: { any-of: [ one, two ] } },
         measures: { down: { time: outage, through: either, per: month, in: minutes }, all: { time: period, per: month, in: minutes },
           up: { formula: 1 - down / all }, together: { forecast: either } },
         terms: { uptime: { target: { measure: up, per: month, evaluated-by: both, at-least: ${level} } } } }`
    expect(faultsOf(text('99.95%'))).toEqual([above])
    expect(faultsOf(text('99.89001%'))).toEqual([])
    expect(signed(text('99%')).told({ value: 'together' })).toBe('0.9989001')
  })

  test('that rests on no structure accepts no risk', () => {
    const text = shop('at-least: 99%, risk-accepted: Nobody.').replace(
      ', through: chain',
      ', missing: 0',
    )
    expect(faultsOf(text)).toContain('word_without_effect /terms/uptime/target/risk-accepted')
  })

  test('prints the risk that is accepted', () => {
    const { agreement } = signed(
      shop('at-least: 99.999%, risk-accepted: Acme is insured against it.'),
    )
    const [revision] = agreement.revisions
    const parties = { provider: 'Acme', consumer: 'Bo' }
    expect(
      revision && clauseSentence('uptime', revision, agreement.frame.agreed, parties),
    ).toContain(
      'It may be more than the parts that it rests on promise together. This risk is accepted: Acme is insured against it.',
    )
  })
})
