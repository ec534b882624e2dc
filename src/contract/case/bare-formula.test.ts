import { expect, test } from 'vitest'
import { signed } from '../contract.test-support.ts'
import { amountsIn } from './bare-formula.ts'

const onFormulas = (price: string) => {
  const { agreement } = signed(`{
    policies: { prorate: no, billed: in-arrears },
    facts: { loss: { shape: event, has: { value: money, days: number } } },
    agreed: { hourly: { type: money, default: 20.00 }, worked: { type: number, default: 3 }, base: { type: money, default: 9.00 } },
    prices: { quartered: { rate: hourly / 4 } },
    measures: { by_hand: { formula: hourly * worked }, scaled: { scale: { measure: worked, rate: hourly - 1.00 } },
      said: { scale: { measure: worked, rate: hourly } }, more_hours: { formula: worked + 2 }, is_itself: { formula: hourly } },
    terms: { tried: { charge: { ${price} } } } }`)
  const [revision] = agreement.revisions
  return revision ? amountsIn(revision.contract).onFormulas : []
}

test.for([
  // price, whether its author computed money by hand
  ['each: loss, amount: loss.value + 6.00', true],
  ['each: loss, measure: loss.value, rate: 100%, amount: 6.00', false],
  ['every: month, measure: worked, rate: hourly / 4', true],
  ['every: month, measure: worked, price: quartered', true],
  ['every: month, amount: by_hand', true],
  ['every: month, amount: is_itself', false],
  ['every: month, of: by_hand, share: 10%', true],
  ['every: month, true-up: { of: by_hand, to: 90.00 }', true],
  ['every: month, true-up: { of: said, to: hourly * 3 }', true],
  ['every: month, measure: scaled, rate: 100%', true],
  ['every: month, measure: said, rate: 100%', false],
  ['each: loss, measure: loss.value * loss.days / 365, rate: 8%', true],
  ['each: loss, measure: loss.days, bands: [ { amount: "max(20.00, hourly)" } ]', true],
  ['each: loss, measure: loss.days, mode: volume, tiers: [ { rate: "hourly * 2" } ]', true],
  ['each: loss, measure: loss.days, rate: 1.00, maximum: hourly * 2', true],
  // Quantities, ratios and conditions are what formulas are for.
  ['every: month, measure: more_hours, rate: hourly', false],
  ['each: loss, measure: loss.days * 2, included: worked + 1, rate: hourly', false],
  ['every: month, of: base, share: hourly / base', false],
  ['every: month, of: base, measure: worked, rate: 1 / 30', false],
  ['every: month, amount: "worked > 2 ? hourly : base"', false],
] as const)('%s: %s', ([price, isByHand]) => {
  expect(onFormulas(price)).toEqual(isByHand ? ['tried'] : [])
})
