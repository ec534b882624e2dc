import { expect, test } from 'vitest'
import { faultsOf, signed } from '../contract.test-support.ts'
import { citedClauses, evaluate } from '../derivation.ts'
import { sameValue } from '../value.ts'

/** A price that is asked for and not posted. */

const rebate = (measures: string, terms: string) => `{
  policies: { prorate: no, billed: in-arrears }, agreed: { bought: money },
  prices: { steps: { mode: volume, tiers: [ { up-to: 1000, rate: 1% }, { rate: 3% } ] } },
  measures: { ${measures} }, terms: { ${terms} } }`

test('a scale gives what a named price gives of a quantity, and posts nothing', () => {
  const made = signed(rebate('earned: { scale: steps, measure: bought, per: year }', ''), {
    agreed: { bought: '2000' },
  })
  const { derivation } = made.ask({ value: 'earned', in: '2024' })
  expect(made.told({ value: 'earned', in: '2024' })).toBe('60')
  expect(made.told({ bill: '2024' })).toBe('0')
  expect(sameValue(evaluate(derivation), derivation.value)).toBe(true)
  expect(citedClauses(derivation)).toEqual([])
})

test('two scales under one cap are one credit', () => {
  const made = signed(
    rebate(
      `down: { time: outage, per: month, in: minutes }, late: { count: reported, per: month },
       for_outages: { scale: { measure: down, rate: 1.00 }, per: month }, for_reports: { scale: { measure: late, rate: 20.00 }, per: month }`,
      'together: { credit: { per: month, amount: "min(100, for_outages + for_reports)" } }',
    ),
    {
      agreed: { bought: '0' },
      facts:
        '[ outage: { from: 2024-05-01T10:00, for: 70 minutes }, reported: { at: 2024-05-02T10:00 }, reported: { at: 2024-05-03T10:00 } ]',
    },
  )
  expect(made.told({ value: 'for_outages', in: '2024-05' })).toBe('70')
  expect(made.bill('2024-05')).toEqual({ together: '-100' })
  expect(made.ask({ bill: '2024-05' }).lines?.map(({ clause }) => clause)).toEqual(['together'])
})

test('a scale is exact unless it says rounded', () => {
  const third = (more: string) =>
    signed(rebate(`third: { scale: { measure: bought, rate: 33.335% }, per: month${more} }`, ''), {
      agreed: { bought: '10' },
    }).told({ value: 'third', in: '2024-05' })
  expect(third('')).toBe('3.3335')
  expect(third(', rounded: { to: 0.01, mode: half-up }')).toBe('3.33')
})

test.for([
  ['earned: { scale: stepps, measure: bought, per: year }', 'name_unknown /measures/earned/price'],
  [
    'earned: { scale: { measure: bought, rate: 1% }, measure: bought, per: year }',
    'words_exclude_each_other /measures/earned/measure',
  ],
  ['earned: { scale: { measure: bought }, per: year }', 'price_unsaid /measures/earned/scale'],
  [
    'a: { scale: { measure: b, rate: 1.00 }, per: year }, b: { formula: a / 1.00 }',
    'names_in_a_circle /measures/a',
  ],
] as const)('%s is refused', ([measures, fault]) => {
  expect(faultsOf(rebate(measures, ''))).toContain(fault)
})
