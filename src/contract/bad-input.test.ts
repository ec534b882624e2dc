import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { edges, oddParts, oddTexts } from '../../tools/fuzz/oddity.ts'
import { readFiles } from '../platform/files.ts'
import { buildWorld } from '../world/world.ts'
import { checkOffering } from './agreement/agreement.ts'
import { runCase } from './case/case.ts'
import {
  asMap,
  bytesMax,
  type Plain,
  type PlainMap,
  readDocuments,
  type SourceDocument,
} from './document/document.ts'
import { faultNames } from './document/fault.ts'

const hotel = readFiles(join(import.meta.dirname, '..', '..', 'examples/hotel'), bytesMax).files
/** Names of the hotel, an hour that its clocks leave out, and what is no number. */
const ofHotel = ['fee', 'used', 'used.quantity', '2024-03-31T01:30', '1/0 > 2', '__proto__']

describe('bad input ends in faults or answers, never in an exception', () => {
  const documents = hotel.flatMap(({ file, text }) => readDocuments(text, file).documents)
  const oddities = fc.oneof(
    fc.constantFrom<Plain>(...oddTexts, ...Object.values(edges).flat(), ...ofHotel),
    fc.constantFrom<Plain>(...oddParts),
    fc.string({ maxLength: 12 }),
  )

  /** The places of everything in a document. */
  const placesOf = (
    data: Plain,
    path: readonly (string | number)[] = [],
  ): (readonly (string | number)[])[] =>
    typeof data === 'string'
      ? [path]
      : [path, ...Object.entries(data).flatMap(([key, value]) => placesOf(value, [...path, key]))]
  const replaced = (data: Plain, path: readonly (string | number)[], odd: Plain): Plain => {
    const [step, ...more] = path
    if (step === undefined || typeof data === 'string') return odd
    if (Array.isArray(data))
      return data.map((item, place) =>
        place === Number(step) ? replaced(item as Plain, more, odd) : (item as Plain),
      )
    return { ...data, [step]: replaced((data as PlainMap)[step] ?? '', more, odd) }
  }
  const mutated = (data: Plain) => {
    const places = placesOf(data)
    const change = fc.tuple(fc.nat(places.length - 1), oddities)
    return fc
      .array(change, { minLength: 1, maxLength: 3 })
      .map((changes) =>
        changes.reduce((found, [place, odd]) => replaced(found, places[place] ?? [], odd), data),
      )
  }

  test('of a world', () => {
    const any = fc.nat(documents.length - 1).chain((place) => {
      const document = documents[place] as SourceDocument
      return mutated(document.data).map((data) => documents.with(place, { ...document, data }))
    })
    fc.assert(
      fc.property(any, (changed) => {
        for (const { name } of buildWorld(changed).faults) expect(faultNames).toHaveProperty(name)
      }),
      { numRuns: 200 },
    )
  })

  test('of any text', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(...'{}[]:,-?!&*|>%@#\n "\'abc01éa\u0000\t'),
          maxLength: 60,
        }),
        (text) => {
          const { documents: read } = readDocuments(text, 'odd.yaml')
          for (const { data } of read) {
            checkOffering(asMap(data))
            runCase(data, () => undefined)
          }
          buildWorld(read)
        },
      ),
      { numRuns: 400 },
    )
  })
})
