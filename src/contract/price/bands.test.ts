import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Exact } from '../../kernel/exact.ts'
import { checkOffering } from '../agreement/agreement.ts'
import { offering } from '../contract.test-support.ts'
import { Faults } from '../document/fault.ts'
import { type Band, checkBands } from './bands.ts'

type Written = { from?: string; above?: string; below?: string; upTo?: string }
const band = (written: Written): Band =>
  Object.fromEntries(Object.entries(written).map(([edge, text]) => [edge, Exact.of(text)]))

function faultsOf(bands: readonly Written[], gapsAgreed = false) {
  const faults = new Faults()
  checkBands(bands.map(band), { faults, path: ['bands'], gapsAgreed })
  return faults.list
}
const named = (bands: readonly Written[], gapsAgreed = false) =>
  faultsOf(bands, gapsAgreed).map(({ name, pointer }) => `${name} ${pointer}`)

describe('the bands of a table', () => {
  test('are accepted where all three join', () => {
    expect(
      named([{ from: '99.0', below: '99.99' }, { from: '95.0', below: '99.0' }, { below: '95.0' }]),
    ).toEqual([])
  })

  test('name the edge that is in neither of two', () => {
    const table = [{ above: '99.0', upTo: '99.9' }, { below: '99.0' }]
    expect(named(table)).toEqual(['bands_leave_a_gap /bands/0'])
    expect(faultsOf(table)[0]?.words).toMatch('99')
    expect(named(table, true)).toEqual([])
  })

  test('are refused with two holes, and both are named', () => {
    const table = [
      { from: '99.0', upTo: '99.9' },
      { from: '95.0', upTo: '98.9' },
      { from: '90.0', upTo: '94.9' },
      { from: '0', below: '90.0' },
    ]
    expect(named(table)).toEqual(['bands_leave_a_gap /bands/1', 'bands_leave_a_gap /bands/0'])
    expect(faultsOf(table).map(({ words }) => words.slice(0, 24))).toEqual([
      'Between 94.9 and 95 no b',
      'Between 98.9 and 99 no b',
    ])
  })
})

test('edges are named as their author wrote them', () => {
  const words = (bands: string) =>
    checkOffering(
      offering(
        `{ agreed: { fee: money }, measures: { uptime: { formula: 99.5% } },
           terms: { back: { credit: { per: month, measure: uptime, of: fee, bands: ${bands} } } } }`,
      ),
    ).faults.map((fault) => fault.words)
  expect(words('[ { below: 99.0%, share: 5% }, { above: 99%, share: 0% } ]')).toEqual([
    'No band holds exactly 99%. Close the gap, or say “gaps: nothing-due”.',
  ])
  expect(words('[ { up-to: 98.9%, share: 5% }, { from: 99.0%, share: 0% } ]')).toEqual([
    'Between 98.9% and 99.0% no band holds. Close the gap, or say “gaps: nothing-due”.',
  ])
  expect(words('[ { up-to: 99.0%, share: 5% }, { from: 99.0%, share: 0% } ]')).toEqual([
    'Two bands hold 99.0%: write “below” for the one and “from” for the other.',
  ])
})

describe('edges', () => {
  test.for<[string, Written[], string[]]>([
    ['none', [], []],
    ['one without edges', [{}], []],
    ['from meets below', [{ below: '5' }, { from: '5' }], []],
    ['above meets up to', [{ upTo: '5' }, { above: '5' }], []],
    ['in any order', [{ above: '10' }, { upTo: '5' }, { above: '5', upTo: '10' }], []],
    ['a single value between two', [{ below: '5' }, { from: '5', upTo: '5' }, { above: '5' }], []],
    ['the same number written otherwise', [{ below: '5.0' }, { from: '5.00' }], []],
    ['both hold the edge', [{ upTo: '5' }, { from: '5' }], ['bands_overlap /bands/1']],
    ['neither holds the edge', [{ below: '5' }, { above: '5' }], ['bands_leave_a_gap /bands/1']],
    ['a hole', [{ below: '5' }, { from: '5.01' }], ['bands_leave_a_gap /bands/1']],
    ['they cross', [{ below: '6' }, { from: '5' }], ['bands_overlap /bands/1']],
    ['two without a lower edge', [{ below: '5' }, { below: '9' }], ['bands_overlap /bands/1']],
    ['two without an upper edge', [{ from: '5' }, { from: '9' }], ['bands_overlap /bands/1']],
    [
      'twice the same',
      [
        { from: '5', below: '9' },
        { from: '5', below: '9' },
      ],
      ['bands_overlap /bands/1'],
    ],
    ['upside down', [{ from: '9', below: '5' }], ['bands_overlap /bands/0']],
    ['holding nothing', [{ from: '5', below: '5' }], ['bands_overlap /bands/0']],
  ])('%s', ([, bands, expected]) => {
    expect(named(bands)).toEqual(expected)
  })

  test('the word that a gap is agreed needs a gap, and excuses no overlap', () => {
    const joined = [{ below: '5' }, { from: '5' }]
    expect(named(joined, true)).toEqual(['word_without_effect /bands'])
    expect(named([{ below: '5' }, { from: '6' }], true)).toEqual([])
    expect(named([{ below: '5' }, { from: '6' }, { from: '7' }], true)).toEqual([
      'bands_overlap /bands/2',
    ])
  })

  test('a table is accepted exactly when every value between its bands is held once', () => {
    const edge = fc.integer({ min: 0, max: 4 })
    const lower = fc.oneof(
      fc.constant({}),
      edge.map((value) => ({ from: String(value) })),
      edge.map((value) => ({ above: String(value) })),
    )
    const upper = fc.oneof(
      fc.constant({}),
      edge.map((value) => ({ upTo: String(value) })),
      edge.map((value) => ({ below: String(value) })),
    )
    const anyBand: fc.Arbitrary<Written> = fc
      .tuple(lower, upper)
      .map(([low, high]) => ({ ...low, ...high }))
    const halves = Array.from({ length: 13 }, (_, at) => at / 2 - 1)
    const holds = ({ from, above, below, upTo }: Written, value: number) =>
      !(
        value < Number(from ?? -9) ||
        value <= Number(above ?? -9) ||
        value >= Number(below ?? 9) ||
        value > Number(upTo ?? 9)
      )
    fc.assert(
      fc.property(fc.array(anyBand, { minLength: 1, maxLength: 3 }), (bands) => {
        fc.pre(bands.every((one) => halves.some((value) => holds(one, value))))
        const counts = halves.map((value) => bands.filter((one) => holds(one, value)).length)
        const inner = counts.slice(counts.findIndex(Boolean), counts.findLastIndex(Boolean) + 1)
        const names = new Set(faultsOf(bands).map(({ name }) => name))
        expect(names.has('bands_overlap')).toBe(inner.some((count) => count > 1))
        expect(names.size === 0).toBe(inner.every((count) => count === 1))
      }),
      { numRuns: 500 },
    )
  })
})
