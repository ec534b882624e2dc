import fc from 'fast-check'
import { expect, test } from 'vitest'
import { digest } from './digest.ts'

/** FNV-1a as its authors define it, with whole numbers of any size. */
function defined(texts: readonly string[]): string {
  let hash = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(texts.map((text) => `${text}\n`).join('')))
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn
  return hash.toString(16).padStart(16, '0')
}

test('the digest in halves of 32 bits is FNV-1a over 64', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), (texts) => {
      expect(digest(texts)).toBe(defined(texts))
    }),
  )
})
