import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Exact } from '../../kernel/exact.ts'
import { checkOffering } from '../agreement/agreement.ts'
import { faultText, offering } from '../contract.test-support.ts'
import { Faults } from '../document/fault.ts'
import { matches, type Pattern } from '../operation/price.ts'
import { plainNumber, type Type } from '../type.ts'
import type { Value } from '../value.ts'
import { checkRows } from './rows.ts'

/** What the rows of a table leave open, and what they can never reach, is named before anybody signs. */

const table = (by: string, rows: readonly string[]) => {
  const words = `{ facts: { call: { shape: event, has: { kind: [ in, out ], zone: [ near, far ], size: number, paid: truth, note: text, due: date, began: instant } } },
    tables: { price: { by: [ ${by} ], rows: [ ${rows.join(', ')} ] } },
    terms: { fee: { charge: { each: call, amount: price } } } }`
  return checkOffering(offering(words)).faults.map(faultText)
}
const row = (when: string, then = '1.00') => `{ when: ${when}, then: ${then} }`

test.for([
  ['a word of a choice', 'call.kind', [row('[ in ]')], 'No row takes out.'],
  [
    'a combination of two',
    'call.kind, call.zone',
    [row('[ in, any ]'), row('[ out, near ]')],
    'No row takes out, far.',
  ],
  [
    'a stretch between two ranges',
    'call.size',
    [row('{ up-to: 10 }'), row('{ above: 12 }')],
    'No row takes 10 to 12.',
  ],
  [
    'the edge itself',
    'call.size',
    [row('{ below: 10 }'), row('{ above: 10 }')],
    'No row takes 10.',
  ],
  [
    'what lies above the last range',
    'call.size',
    [row('{ up-to: 10 }'), row('{ above: 10, up-to: 20 }')],
    'No row takes more than 20.',
  ],
  ['what lies below the first', 'call.size', [row('{ from: 10 }')], 'No row takes 0.'],
  [
    'the day between two ranges of dates',
    'call.due',
    [row('{ below: 2024-04-06 }'), row('{ above: 2024-04-06 }')],
    'No row takes 2024-04-06.',
  ],
  [
    'what comes before the first date',
    'call.due',
    [row('{ from: 2024-04-06 }')],
    'No row takes before 2024-04-06.',
  ],
  [
    'a range for one word only',
    'call.kind, call.size',
    [row('[ in, any ]'), row('[ out, { up-to: 10 } ]')],
    'No row takes out, more than 10.',
  ],
  [
    'a combination of listed numbers',
    'call.size, call.paid',
    [row('[ 1, yes ]'), row('[ 2, any ]')],
    'No row takes 1, no.',
  ],
] as const)('a hole is named: %s', ([, by, rows, words]) => {
  expect(table(by, rows).join()).toContain(`combination_missing /tables/price/rows: ${words}`)
})

test.for([
  [
    'is taken by one before',
    'call.size',
    [row('{ up-to: 10 }'), row('{ up-to: 5 }'), row('any')],
    'row_unreachable /tables/price/rows/1: Row 1 already takes what this row would',
  ],
  [
    'is taken by several before together',
    'call.size',
    [row('{ up-to: 10 }'), row('{ above: 10 }'), row('any')],
    'row_unreachable /tables/price/rows/2: The rows before it together take all',
  ],
  [
    'is taken by all words of a choice',
    'call.kind, call.size',
    [row('[ in, any ]'), row('[ out, any ]'), row('[ any, 5 ]')],
    'row_unreachable /tables/price/rows/2: The rows before it together take all',
  ],
  [
    'stands twice',
    'call.kind, call.size',
    [
      row('[ in, { from: 1, below: 2 } ]'),
      row('[ in, { from: 1, below: 2 } ]', '2.00'),
      row('any'),
    ],
    'row_unreachable /tables/price/rows/1: Row 1 says the same already',
  ],
] as const)('a row that is never reached is named: it %s', ([, by, rows, words]) => {
  expect(table(by, rows).join()).toContain(words)
})

test.for([
  ['call.size', [row('1'), row('2')]],
  ['call.note', [row('gold'), row('any')]],
  ['call.size', [row('{ below: 10 }'), row('10', '3.00'), row('{ above: 10 }')]],
  [
    'call.kind, call.zone',
    [row('[ in, near ]'), row('[ in, any ]'), row('[ any, near ]'), row('[ any, any ]')],
  ],
  ['call.size', [row('{ below: -5 }'), row('{ from: -5 }')]],
  ['call.due', [row('{ below: 2024-04-06 }'), row('2024-04-06'), row('{ above: 2024-04-06 }')]],
  ['call.began', [row('{ below: 2024-04-06T12:00 }'), row('{ from: 2024-04-06T12:00 }')]],
  ['call.began', [row('{ up-to: 2024-04-06 }'), row('any')]],
  ['call.time', [row('{ below: 12:00 }'), row('{ from: 12:00, up-to: 24:00 }')]],
] as const)('a whole table is not refused: %s', ([by, rows]) => {
  expect(table(by, rows)).toEqual([])
})

test.for([
  [
    'an edge that is no date',
    'call.due',
    '{ below: 5 }',
    'value_misshapen /tables/price/rows/0/when/below: “5” is not a date.',
  ],
  [
    'a number that is none',
    'call.size',
    '{ below: 2024-04-06 }',
    'number_not_exact /tables/price/rows/0/when/below: “2024-04-06” is no constant.',
  ],
] as const)('of %s nothing else is said', ([, by, when, fault]) => {
  expect(table(by, [row(when), row('any')])).toEqual([fault])
})

const edge = fc.integer({ min: 0, max: 6 }).map((number) => Exact.whole(number))
const numberCell = fc.oneof(
  fc.constant<Pattern>({ is: 'any' }),
  fc
    .tuple(fc.constantFrom('from', 'above', 'below', 'upTo'), edge)
    .map(([word, at]): Pattern => ({ is: 'range', [word]: at })),
  fc.tuple(edge, edge).map(([low, high]): Pattern => ({ is: 'range', from: low, below: high })),
  edge.map((value): Pattern => ({ is: 'value', value })),
)
const words = ['a', 'b', 'c']
const wordCell = fc.constantFrom<Pattern>(
  { is: 'any' },
  ...words.map((value): Pattern => ({ is: 'value', value })),
)
const anyRows = fc.array(fc.tuple(numberCell, wordCell), { minLength: 1, maxLength: 6 })

test('no value finds a hole, or a row without use, that the check did not name', () => {
  const types: readonly Type[] = [plainNumber, { is: 'choice', words }]
  const quarters = Array.from({ length: 4 * 8 }, (_, at) => Exact.ratio(at, 4))
  const asked = quarters.flatMap((number) => words.map((word): Value[] => [number, word]))
  fc.assert(
    fc.property(anyRows, (rows) => {
      fc.pre(rows.some(([number]) => number.is === 'range'))
      const faults = new Faults()
      checkRows(rows, types, { faults, path: [], misread: new Set() })
      const taken = asked.map((values) =>
        rows.findIndex((row) => row.every((cell, at) => matches(cell, values[at] ?? ''))),
      )
      const named = faults.list.filter(({ name }) => name === 'row_unreachable')
      const unused = rows.flatMap((_, place) => (taken.includes(place) ? [] : [`/rows/${place}`]))
      expect(named.map(({ pointer }) => pointer)).toEqual(unused)
      const hasHole = faults.list.some(({ name }) => name === 'combination_missing')
      expect(hasHole).toBe(taken.includes(-1))
    }),
    { numRuns: 500 },
  )
})

const chosen = (rows: readonly string[], condition: string) =>
  checkOffering(
    offering(`{ facts: { call: { shape: event, has: { size: number } } },
      tables: { sort: { by: call.size, rows: [ ${rows.join(', ')} ] } },
      terms: { fee: { charge: { each: call, when: ${condition}, amount: 1.00 } } } }`),
  ).faults.map(faultText)
const long = row('{ above: 10 }', 'long')

test.for([
  ['in rows that give nothing else', [row('{ up-to: 10 }', 'short'), long], 'sort == "long"', ''],
  [
    'beside what is not agreed, and in quotes',
    [row('{ up-to: 5 }', 'not-agreed'), row('{ above: 5, up-to: 10 }', `'"short"'`), long],
    'sort == "short"',
    '',
  ],
  [
    'and a misspelt one that is compared with them is named',
    [row('{ up-to: 10 }', 'short'), long],
    'sort == "lang"',
    'choice_unknown',
  ],
  [
    'but not beside a name',
    [row('{ up-to: 10 }', 'call.size'), long],
    'sort == 1',
    'name_unknown /tables/sort/rows/1/then',
  ],
  [
    'but not where one is a name',
    [row('{ up-to: 10 }', 'sort'), long],
    'sort == "long"',
    'name_unknown /tables/sort/rows/1/then',
  ],
] as const)(
  'a word that names nothing is the word of a choice %s',
  ([, rows, condition, fault]) => {
    const [found = ''] = chosen(rows, `'${condition}'`)
    expect(found.startsWith(fault)).toBe(true)
    expect(found === '').toBe(fault === '')
  },
)
