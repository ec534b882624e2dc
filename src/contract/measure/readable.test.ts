import { describe, expect, test } from 'vitest'
import { checkOffering } from '../agreement/agreement.ts'
import { offering, signed } from '../contract.test-support.ts'

/** What can have no one value wherever it is asked is a fault of the measure, also where no clause reads it. */

const base = (measure: string, term = '') =>
  offering(`{ policies: { prorate: no, billed: in-arrears },
    facts: { drive: { shape: event, has: { km: { number: km }, plate: text, driver: text } } },
    tables: { class: { by: daily, rows: [ { when: { below: 3 }, then: 1 }, { when: any, then: 2 } ] } },
    measures: {
      daily: { sum: drive, value: drive.km, per: day }, monthly: { sum: drive, value: drive.km, per: month },
      yearly: { sum: drive, value: drive.km, per: year }, so_far: { sum: drive, value: drive.km, per: so-far-month },
      own_daily: { sum: drive, value: drive.km, about: same, per: day },
      own: { sum: drive, value: drive.km, about: same, per: month },
      of_plate: { sum: drive, value: drive.km, about: same, paired-by: plate, per: month },
      twice: { formula: monthly * 2 }, own_twice: { formula: own * 2 }, asked: { ${measure} } },
    terms: { few: { target: { measure: monthly, at-most: 5, per: month, evaluated-by: provider } }${term} } }`)
const faultsIn = (measure: string, term = '') =>
  checkOffering(base(measure, term)).faults.map(({ name, pointer }) => `${name} ${pointer}`)

describe('of the periods of what it reads none is meant', () => {
  test.for([
    ['scale: { measure: daily, rate: 1.00 }, per: month', 'period_too_fine'],
    ['formula: daily * 1, per: month', 'period_too_fine'],
    ['formula: class * 1, per: month', 'period_too_fine'],
    ['formula: twice * 1, per: quarter', 'period_too_fine'],
    ['formula: "few ? 1 : 0", per: quarter', 'period_too_fine'],
    ['previous: daily, per: month, initially: 0', 'period_too_fine'],
    ['formula: monthly * 1, per: month from 10', 'periods_do_not_fit'],
    ['formula: daily * 1, per: so-far-month', 'period_too_fine'],
    ['formula: so_far * 1, per: quarter', 'period_too_fine'],
    ['formula: so_far * 1, per: month from 10', 'periods_do_not_fit'],
    ['formula: monthly * 1, per: past 3 months', 'period_too_fine'],
    ['max: own_daily, for-each: drive, per: month', 'period_too_fine'],
    ['sum: monthly, per: day', 'period_too_fine'],
  ] as const)('refused: %s', ([measure, fault]) => {
    expect(faultsIn(measure)).toEqual([`${fault} /measures/asked`])
  })

  test.for([
    'formula: daily * 1',
    'formula: daily * 1, per: day',
    'formula: yearly * 1, per: month',
    'formula: yearly * 1, per: past 3 months',
    'formula: so_far * 1, per: month',
    'formula: monthly * 1, per: so-far-month',
    'sum: daily, per: past 3 months',
    'sum: twice, per: quarter',
    'max: own, for-each: drive, per: month',
  ])('taken: %s', (measure) => {
    const found = faultsIn(measure)
    // What has no period of its own has none to make rows of, and is told so elsewhere.
    expect(found.filter((one) => !one.startsWith('period_needed'))).toEqual([])
  })

  test('it is told once, where it stands, and not of what reads it', () => {
    const term = ', fee: { charge: { every: quarter, measure: asked, rate: 1.00 } }'
    expect(faultsIn('formula: monthly * 1, per: quarter', term)).toEqual([
      'period_too_fine /measures/asked',
    ])
  })

  test('a term that does so itself is told beside a measure that does', () => {
    const term = ', fee: { charge: { every: month, measure: daily, rate: 1.00 } }'
    expect(faultsIn('formula: daily * 1, per: month', term)).toEqual([
      'period_too_fine /measures/asked',
      'period_too_fine /terms/fee/charge',
    ])
  })

  test('each of several that do so is told', () => {
    const more = 'formula: daily * 1, per: month }, more: { formula: daily * 2, per: month'
    expect(faultsIn(more)).toEqual([
      'period_too_fine /measures/asked',
      'period_too_fine /measures/more',
    ])
  })
})

describe('rows for each of several are of a measure that is of each', () => {
  test.for([
    ['sum: monthly, for-each: drive, per: month', 'word_without_effect'],
    ['count: twice, for-each: drive, where: own > 3, per: month', 'word_without_effect'],
    ['sum: monthly, for-each: drive.plate, per: month', 'word_without_effect'],
    ['sum: own, for-each: drive.plate, per: month', 'event_not_at_hand'],
    ['sum: of_plate, for-each: drive, per: month', 'event_not_at_hand'],
    ['sum: of_plate, for-each: drive.driver, per: month', 'event_not_at_hand'],
    ['sum: own, for-each: drive.plate', 'event_not_at_hand'],
  ] as const)('refused: %s', ([measure, fault]) => {
    expect(faultsIn(measure)).toEqual([`${fault} /measures/asked/for-each`])
  })

  test.for([
    ['sum: own, for-each: drive, per: month', '11'],
    ['max: own_twice, for-each: drive, per: month', '20'],
    ['sum: of_plate, for-each: drive.plate, per: month', '11'],
    ['count: own, for-each: drive, where: own > 3, per: month', '1'],
    ['sum: own, for-each: drive, value: "min(own, 4)", per: month', '5'],
  ] as const)('%s is %s', ([measure, expected]) => {
    const made = signed(base(measure), {
      facts: `[ drive: { about: x, at: 2024-03-02T10:00, km: 3, plate: p, driver: s },
        drive: { about: x, at: 2024-03-04T10:00, km: 7, plate: q, driver: s },
        drive: { about: y, at: 2024-03-04T11:00, km: 1, plate: q, driver: t } ]`,
    })
    expect(made.told({ value: 'asked', in: '2024-03' })).toBe(expected)
  })
})
