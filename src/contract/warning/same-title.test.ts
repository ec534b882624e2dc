import { expect, test } from 'vitest'
import { plain } from '../contract.test-support.ts'
import type { PlainMap } from '../document/document.ts'
import { sameTitlesIn } from './same-title.ts'

test.for([
  ['{ cap: { scale: x, title: the cap }, price: { scale: y, title: the cap } }', ['price as cap']],
  ['{ cap: { scale: x, title: The cap }, the_cap: { scale: y } }', ['the_cap as cap']],
  ['{ cap: { scale: x, title: the cap }, price: { scale: y, title: the price } }', []],
] as const)('of measures %s those that print alike are named', ([measures, expected]) => {
  const offering = plain(`{ agreed: { fee: money }, measures: ${measures} }`) as PlainMap
  const found = sameTitlesIn(offering).map(({ name, before }) => `${name} as ${before}`)
  expect(found).toEqual(expected)
})
