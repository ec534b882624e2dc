import fc from 'fast-check'
import { expect, test } from 'vitest'
import { firstPlace } from './place.ts'

test('the place found by halving is the first from which on it holds, or the count', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), fc.nat(21), (numbers, least) => {
      const rising = numbers.toSorted((left, right) => left - right)
      const linear = rising.findIndex((number) => number >= least)
      const found = firstPlace(rising.length, (place) => (rising[place] ?? 0) >= least)
      expect(found).toBe(linear < 0 ? rising.length : linear)
    }),
  )
})
