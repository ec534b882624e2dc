import { describe, expect, test } from 'vitest'
import { factsIn, faultsOf, signed } from '../contract.test-support.ts'
import { notAgreed, valueText } from '../value.ts'

const { agreement } = signed(
  `{ zone: Europe/Paris, facts: { ride: { shape: interval, has: { booked: instant } } } }`,
)
const read = (from: string, more = '') =>
  factsIn(`[ ride: { from: ${from}, for: 1 minute${more} } ]`, agreement)

describe('where the clocks change, what happened', () => {
  test.for([
    [
      '2024-10-27T02:20',
      'comes twice in Europe/Paris, where the clocks are set back: write 2024-10-27T02:20+02:00 or 2024-10-27T02:20+01:00.',
    ],
    [
      '2024-10-27T02:20:00',
      'comes twice in Europe/Paris, where the clocks are set back: write 2024-10-27T02:20+02:00 or 2024-10-27T02:20+01:00.',
    ],
    [
      '2024-03-31T02:20',
      'does not exist in Europe/Paris, where the clocks are set forward: write 2024-03-31T01:20+01:00 or 2024-03-31T03:20+02:00.',
    ],
  ] as const)('at %s is refused with both readings', ([text, words]) => {
    expect(() => read(text)).toThrow(`“${text}” ${words}`)
    expect(() => read('2024-05-01T10:00', `, booked: ${text}`)).toThrow(`“${text}” ${words}`)
  })

  test.for([
    ['2024-10-27T02:20+01:00', '2024-10-27T01:20:00.000Z'],
    ['2024-10-27T02:20+02:00', '2024-10-27T00:20:00.000Z'],
    ['2024-10-27T03:00', '2024-10-27T02:00:00.000Z'],
    ['2024-03-31T01:59', '2024-03-31T00:59:00.000Z'],
    ['2024-03-31', '2024-03-30T23:00:00.000Z'],
  ] as const)('at %s is read', ([text, utc]) => {
    expect(read(text).map(({ at }) => new Date(at).toISOString())).toEqual([utc])
  })
})

describe('a percentage is a share, and neither money nor a quantity of a unit', () => {
  const sold = (type: string) => `facts: { sale: { shape: event, has: { of: ${type} } } }`
  const fault = (words: string) => [`value_misshapen ${words}`]

  test.for([
    ['number', ''],
    ['money', '“10%” is not an amount such as 60.00.'],
    ['{ number: kWh }', '“10%” is not a number of kWh such as 12.5.'],
  ] as const)('in a fact, of %s', ([type, words]) => {
    const { agreement } = signed(`{ ${sold(type)} }`)
    const facts = () => factsIn('[ sale: { at: 2024-03-01, of: 10% } ]', agreement)
    if (words === '') expect(valueText(facts()[0]?.values['of'] ?? notAgreed)).toBe('0.1')
    else expect(facts).toThrow(words)
  })

  test.for([
    ['number', undefined],
    ['money', '/agreed/fee: “10%” is not money.'],
    ['{ type: { number: kWh } }', '/agreed/fee: “10%” is not a number of kWh.'],
  ] as const)('where it is agreed, of %s', ([type, words]) => {
    const agree = () => signed(`{ agreed: { fee: ${type} } }`, { agreed: { fee: '10%' } })
    if (words === undefined) expect(agree).not.toThrow()
    else expect(agree).toThrow(words)
  })

  test.for([
    ['a default', '{ agreed: { fee: { type: money, default: 10% } } }', '/agreed/fee/default'],
    [
      'what is allowed',
      '{ agreed: { fee: { type: money, allowed: [ 10% ] } } }',
      '/agreed/fee/allowed/0',
    ],
    [
      'what stands for no value',
      `{ ${sold('money')}, measures: { m: { sum: sale, value: sale.of, per: month, missing: 10% } } }`,
      '/measures/m/missing',
    ],
    [
      'an edge of a table',
      `{ ${sold('money')}, tables: { t: { by: sale.of, rows: [ { when: { up-to: 10% }, then: 1 }, { when: any, then: 2 } ] } } }`,
      '/tables/t/rows/0/when/up-to',
    ],
    [
      'a value of a table',
      `{ ${sold('{ number: kWh }')}, tables: { t: { by: sale.of, rows: [ { when: 10%, then: 1 }, { when: any, then: 2 } ] } } }`,
      '/tables/t/rows/0/when',
    ],
  ] as const)('as %s', ([, words, pointer]) => {
    expect(faultsOf(words)).toEqual(fault(pointer))
    const ofShares = words.replace('money', 'number').replace('{ number: kWh }', 'number')
    expect(faultsOf(ofShares)).toEqual([])
  })
})
