import { expect, test } from 'vitest'
import { reached } from './reached.ts'

const ways: Readonly<Record<string, readonly string[]>> = {
  a: ['b', 'c'],
  b: ['d', 'a'],
  c: ['d'],
  d: [],
}

test('All that is led to is found once, the nearest first, and a circle ends', () => {
  expect([...reached(['a'], (one) => ways[one] ?? [])]).toEqual(['a', 'b', 'c', 'd'])
})

test('Nothing is gone through behind the one that was looked for', () => {
  const gone: string[] = []
  const next = (one: string) => {
    gone.push(one)
    return ways[one] ?? []
  }
  expect(reached(['a', 'c'], next).some((one) => one === 'c')).toBe(true)
  expect(gone).toEqual(['a'])
})
