import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { words } from './map.ts'
import { Name, oneOrMany, WholeNumber } from './words.ts'

const inner = { of: Name, 'at-most': WholeNumber.optional() }
const shape = (map: typeof words) => ({
  id: Name,
  count: WholeNumber.optional(),
  on: oneOrMany(Name).optional(),
  limit: map(inner).optional(),
})
const ours = words(shape(words))
const plainly = z.strictObject(shape(z.strictObject as typeof words))

describe('a map with exactly its words', () => {
  test('is read as any strict map is: the same value in the same order, or the same faults', () => {
    const value = fc.constantFrom('room', '5', 'No name', ['room', 'desk'], [], { of: 'x' })
    const any = fc.dictionary(
      fc.constantFrom('id', 'count', 'on', 'limit', 'strange', '__proto__', 'toString'),
      fc.oneof(value, fc.dictionary(fc.constantFrom('of', 'at-most', 'per'), value)),
    )
    fc.assert(
      fc.property(fc.oneof(any, value), (given) => {
        const [read, expected] = [ours.safeParse(given), plainly.safeParse(given)]
        expect(JSON.stringify(read.data)).toBe(JSON.stringify(expected.data))
        expect(faultsOf(read)).toEqual(faultsOf(expected))
      }),
      { numRuns: 2000 },
    )
  })

  test('reads only the words that are said', () => {
    let asked = 0
    const counted = z
      .string()
      .optional()
      .superRefine(() => {
        asked += 1
      })
    const read = words({ id: Name, one: counted, other: counted })
    expect(read.parse({ id: 'room', one: 'x' })).toEqual({ id: 'room', one: 'x' })
    expect(asked).toBe(1)
  })
})

const faultsOf = ({ error }: { error?: z.ZodError | undefined }) =>
  (error?.issues ?? []).map(({ code, path, message }) => ({ code, path, message }))
