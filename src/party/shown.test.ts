import { expect, test } from 'vitest'
import { z } from 'zod'
import { paging } from './shown.ts'

test.each(['abc', '0', '101', '1.5', ''])('a page of “%s” is refused in words', (limit) => {
  const { error } = z.object(paging).safeParse({ limit })
  expect(error?.issues.map(({ message }) => message)).toEqual(['A whole number from 1 to 100.'])
})
