import { expect, test } from 'vitest'
import { faultsOf, signed } from '../contract.test-support.ts'
import { printedContract } from '../prose/contract.ts'

/** What a measure of the period before is in the first period. */

const rising = (initially: string) =>
  `{ agreed: { price: { type: money, title: agreed price } },
     measures: { before: { previous: now, per: year, initially: ${initially}, title: price before }, now: { formula: before * 2, per: year } },
     policies: { prorate: no, billed: in-arrears }, terms: { fee: { charge: { every: year, amount: now } } } }`
const agreed = { price: '10.00' }
const period = '2024-01-01T00:00 to 2027-01-01T00:00'

test.for([
  ['5', '2024', '10'],
  ['5', '2026', '40'],
  ['price', '2024', '20'],
  ['price', '2026', '80'],
] as const)(
  'of one that begins with %s it is twice that in the first: in %s %s',
  ([initially, year, due]) => {
    const { told } = signed(rising(initially), { agreed, period })
    expect(told({ value: 'now', in: year })).toBe(due)
  },
)

test('it is printed as it was agreed', () => {
  const { agreement } = signed(rising('price'), { agreed, period })
  const [revision] = agreement.revisions
  if (!revision) throw new Error('no revision')
  const text = printedContract(revision, agreement.frame.agreed, {
    provider: 'Acme',
    consumer: 'Bolt',
  })
  expect(text.replaceAll(/\s+/g, ' ')).toContain('of the year before; 10.00 in the first.')
})

test('what was agreed in another unit does not fit', () => {
  const counted = `{ agreed: { stay: { number: days } }, measures: { uses: { count: used, per: year },
    before: { previous: hours, per: year, initially: stay }, hours: { formula: before + uses, per: year, unit: hours } } }`
  expect(faultsOf(counted)).toContain('types_do_not_fit /measures/before/initially')
})

test.for([
  ['money', ['types_do_not_fit /measures/before/initially']],
  ['{ number: kWh }', ['types_do_not_fit /measures/before/initially']],
  ['number', []],
] as const)('a percentage begins a share alone, not what is %s', ([type, faults]) => {
  const sold = `{ facts: { sale: { shape: event, has: { of: ${type} } } }, measures: {
    all: { sum: sale, value: sale.of, per: month }, before: { previous: all, per: month, initially: 10% } } }`
  expect(faultsOf(sold)).toEqual(faults)
})
