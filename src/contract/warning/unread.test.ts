import { expect, test } from 'vitest'
import { plain } from '../contract.test-support.ts'
import type { PlainMap } from '../document/document.ts'
import { unreadIn } from './unread.ts'

const offering = `{ agreed: { price: money, spare: number },
  tables: { by_size: { by: size, rows: [ { when: any, then: base } ] }, idle: { by: spare, rows: [] } },
  measures: { base: { count: used }, size: { count: used }, alone: { formula: base + 1 }, deep: { max: alone, per: year } },
  components: [ { access: room, terms: { rent: { charge: { every: month, amount: price } } } } ],
  terms: { fee: { charge: { every: month, measure: by_size, rate: 1.00 } } } }`
const unread = (asked: string) =>
  unreadIn(plain(offering) as PlainMap, [plain(asked)]).map(({ pointer }) => pointer)

test('nor a price, period, event, calendar, structure or tax category that nothing names', () => {
  const declared = `{ prices: { used: { rate: half }, spare_price: { rate: 1.00 } },
    periods: { fiscal: month from 10, spare_period: month from 5 }, calendars: { spare_calendar: { hours: { mon: 09:00-17:00 } } },
    events: { either: { any-of: [ used, opened ] }, spare_event: { any-of: [ used, opened ] } },
    structures: { line: { all-of: [ a, b ] }, spare_structure: { all-of: [ a, b ] } },
    tax-categories: { vat: {}, spare_tax: {} }, measures: { half: { count: either, per: fiscal } },
    terms: { fee: { charge: { each: used, price: used, tax: vat } }, up: { target: { measure: open, through: line } } } }`
  expect(unreadIn(plain(declared) as PlainMap, []).map(({ pointer }) => pointer)).toEqual([
    '/prices/spare_price',
    '/structures/spare_structure',
    '/events/spare_event',
    '/periods/spare_period',
    '/calendars/spare_calendar',
    '/tax-categories/spare_tax',
  ])
})

test.for([
  ['[]', ['/measures/alone', '/measures/deep', '/tables/idle', '/agreed/spare']],
  ['[ { value: deep, in: 2024 } ]', ['/tables/idle', '/agreed/spare']],
  ['[ { value: idle } ]', ['/measures/alone', '/measures/deep']],
] as const)('what neither a clause nor %s reads is named', ([asked, expected]) => {
  expect(unread(asked)).toEqual(expected)
})
