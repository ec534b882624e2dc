import type { FastifyRequest } from 'fastify'
import { expect, test } from 'vitest'
import type { Endpoint } from '../src/platform/http/endpoint.ts'
import { readInput } from '../src/platform/http/input.ts'
import { endpoints } from '../src/slices.ts'
import { candidatesIn, fieldsOf, leastOf } from './calls.test-support.ts'

/** Whatever stands in a field, however deep, is taken or refused in a sentence of ours that points at it. */

const candidates = candidatesIn('hotel', ['agr_stay_of_ana_costa'])
const strange = [
  ...['', ' ', 'soon', 'x'.repeat(5000), '-1', '0'],
  ...[null, true, 0, -1, 1.5, 99_999],
  ...[[], {}, [''], [[]], { a: { b: [] } }, { ['x'.repeat(90)]: 'a' }],
  Array.from({ length: 2001 }, () => 'a'),
]

type Json = unknown
type Path = readonly (string | number)[]

/** The value with each of its parts in turn replaced by each strange one. */
function* spoilt(value: Json, at: Path = []): Generator<readonly [Json, Path]> {
  for (const one of strange) yield [one, at]
  if (typeof value !== 'object' || value === null) return
  for (const [name, part] of Object.entries(value))
    for (const [inner, path] of spoilt(part, [...at, name])) {
      const changed = Array.isArray(value)
        ? value.with(Number(name), inner)
        : { ...value, [name]: inner }
      yield [changed, path]
    }
}

test.for(
  Object.values<Endpoint>(endpoints).flatMap((endpoint) =>
    Object.keys(endpoint.input.shape).map((field) => [endpoint.name, field, endpoint] as const),
  ),
)('%s refuses what does not fit its %s in words of ours', ([, field, endpoint]) => {
  const [good] = fieldsOf(endpoint, candidates)[field] ?? []
  const least = leastOf(endpoint, candidates)
  for (const [value, path] of spoilt(good, [field])) {
    const body = Buffer.from(JSON.stringify({ ...least, [field]: value }))
    const request = { params: {}, query: {}, body } as unknown as FastifyRequest
    const read = readInput(request, endpoint.input.strict())
    if (!('refusal' in read)) continue
    const { words, pointer: place } = read.refusal
    expect(words).toMatch(/^(?!Invalid|Too |Unrecognized)[\p{Lu}“].*[.?]$/su)
    expect(words).not.toMatch(/expected|undefined|pattern|characters/)
    expect(place, words).toMatch(new RegExp(`^/${path.join('/')}`))
  }
})
