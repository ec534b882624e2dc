import { expect, test } from 'vitest'
import { plain } from '../contract.test-support.ts'
import type { PlainMap } from '../document/document.ts'
import { plainPercentagesIn } from './percentage.ts'

const measures = `down: { time: outage, per: month, in: minutes }, all: { time: period, per: month, in: minutes },
  up: { formula: 1 - down / all, per: day }, lowest: { min: up, per: month }, load: { formula: down / all },
  good: { count: call, where: call.good }, calls: { count: call }, kept: { formula: good / calls }, dropped: { formula: "calls > 0 ? good / calls : 1" },
  both: { forecast: pair }`
const found = (terms: string) => {
  const offering = plain(`{ measures: { ${measures} }, ${terms} }`) as PlainMap
  return plainPercentagesIn(offering).map(({ number, path }) => `${number} ${path.join('/')}`)
}

test.for([
  ['target: { measure: up, at-least: 99.9 }', ['99.9 terms/it/target/at-least']],
  ['target: { measure: lowest, at-least: 99.9 }', ['99.9 terms/it/target/at-least']],
  ['target: { measure: kept, at-least: 95 }', ['95 terms/it/target/at-least']],
  ['target: { measure: both, at-least: 99 }', ['99 terms/it/target/at-least']],
  ['target: { measure: up, at-least: 99.9% }', []],
  ['target: { measure: up, at-least: 0.999 }', []],
  ['target: { measure: load, at-most: 2 }', []],
  ['target: { measure: down, at-most: 40 }', []],
  [
    'credit: { measure: up, bands: [ { from: 99, below: 99.9, share: 10% }, { below: 99%, share: 25 } ] }',
    ['99 terms/it/credit/bands/0/from', '99.9 terms/it/credit/bands/0/below'],
  ],
  ['credit: { when: up < 99 && down > 5, amount: 10.00 }', ['99 terms/it/credit/when']],
  ['credit: { when: up < 99.5% || dropped >= 0.9, amount: 10.00 }', []],
] as const)('of { %s } plain numbers that were meant as percentages: %j', ([term, expected]) => {
  expect(found(`terms: { it: { ${term} } }`)).toEqual(expected)
})

test('and in the rows of a table', () => {
  const rows = '[ { when: { below: 99 }, then: 1.00 }, { when: any, then: 2.00 } ]'
  expect(found(`tables: { of_level: { by: up, rows: ${rows} } }`)).toEqual([
    '99 tables/of_level/rows/0/when/below',
  ])
})
