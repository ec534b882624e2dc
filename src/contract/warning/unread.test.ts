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

test.for([
  ['[]', ['/measures/alone', '/measures/deep', '/tables/idle', '/agreed/spare']],
  ['[ { value: deep, in: 2024 } ]', ['/tables/idle', '/agreed/spare']],
  ['[ { value: idle } ]', ['/measures/alone', '/measures/deep']],
] as const)('what neither a clause nor %s reads is named', ([asked, expected]) => {
  expect(unread(asked)).toEqual(expected)
})
