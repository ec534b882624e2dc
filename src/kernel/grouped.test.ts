import { expect, test } from 'vitest'
import { grouped } from './grouped.ts'

const numbers = Array.from({ length: 1000 }, (_, at) => ({ at, rest: at % 7 }))

test('a list is looked through once, however often it is asked', () => {
  let looks = 0
  const of = ({ rest }: { rest: number }) => {
    looks += 1
    return rest
  }
  const asked = numbers.map(({ rest }) => grouped(numbers, { by: 'rest', of, key: rest }).length)
  expect(new Set(asked)).toEqual(new Set([142, 143]))
  expect(looks).toBe(1000)
})

test('what goes by a key comes in the order of the list, and nothing where nothing does', () => {
  const of = ({ rest }: { rest: number }) => rest
  expect(grouped(numbers, { by: 'rest', of, key: 3 }).slice(0, 3)).toEqual([
    { at: 3, rest: 3 },
    { at: 10, rest: 3 },
    { at: 17, rest: 3 },
  ])
  expect(grouped(numbers, { by: 'rest', of, key: 8 })).toEqual([])
})

test('one list goes by several keys, each under a name of its own', () => {
  const by = (name: 'at' | 'rest') =>
    grouped(numbers, { by: name, of: (one) => one[name], key: 4 }).length
  expect([by('rest'), by('at')]).toEqual([143, 1])
})
