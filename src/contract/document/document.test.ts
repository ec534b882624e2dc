import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { words } from '../language/map.ts'
import { checked } from './checked.ts'
import { at, bytesMax, located, readDocuments } from './document.ts'
import { Faults, nearestWord, pointerOf } from './fault.ts'

const read = (text: string) => readDocuments(text, 'gym.yaml')
const placed = (text: string) =>
  read(text).faults.map(({ name, line, column }) => `${name} ${line}:${column}`)

describe('scalars', () => {
  test.for([
    ['140.10', '140.10'],
    ['no', 'no'],
    ['yes', 'yes'],
    ['on', 'on'],
    ['09:00', '09:00'],
    ['007', '007'],
    ['0x10', '0x10'],
    ['1e3', '1e3'],
    ['-0', '-0'],
    ['~', '~'],
    ['null', 'null'],
    ['2024-05-30', '2024-05-30'],
    ['99.9%', '99.9%'],
    ['"a: b, \\"c\\""', 'a: b, "c"'],
    ["'it''s'", "it's"],
    ['  spaced out   # and a comment', 'spaced out'],
    ['', ''],
    ['|\n  two\n  lines', 'two\nlines\n'],
  ] as const)('“%s” stays the text %s', ([written, text]) => {
    expect(read(`a: ${written}\n`)).toMatchObject({
      documents: [{ data: { a: text } }],
      faults: [],
    })
  })

  test('JSON is read as well, and every value of it is text', () => {
    expect(read('{"a": 140.10, "b": [true, null, "x"]}').documents[0]?.data).toEqual({
      a: '140.10',
      b: ['true', 'null', 'x'],
    })
  })

  test('several documents stand in one file, and a file of comments holds none', () => {
    expect(
      read('kind: offering\n---\nkind: agreement\n').documents.map(({ data }) => data),
    ).toEqual([{ kind: 'offering' }, { kind: 'agreement' }])
    expect(read('')).toEqual({ documents: [], faults: [] })
    expect(read('# nothing\n')).toEqual({ documents: [], faults: [] })
  })
})

describe('what cannot be read is a fault with its place', () => {
  test.for([
    ['a doubled key', 'a: 1\nb:\n  c: 2\n  c: 3\n', 'name_doubled 4:3'],
    ['a doubled key in braces', 'a: { b: 1, c: 2, b: 3 }\n', 'name_doubled 1:18'],
    [
      'a formula cut by a comma',
      'fee: { amount: max(0, 15 - fare) }\n',
      'formula_cut_by_yaml 1:23',
    ],
    ['a colon forgotten', 'asks: [{ bill 2026-05 }]\n', 'value_misshapen 1:10'],
    ['an alias', 'a: &x 1\nb: *x\n', 'value_misshapen 2:1'],
    ['a merge', 'a: &x { b: 1 }\nc:\n  <<: *x\n', 'value_misshapen 3:3'],
    ['a key that is a list', '? [a, b]\n: 1\n', 'name_misshapen 1:1'],
    [
      'a key that would reach into the program',
      '__proto__: { polluted: yes }\n',
      'name_misshapen 1:1',
    ],
    ['a tab', 'a:\n\tb: 2\n', 'yaml_broken 2:1'],
    ['an unclosed list', 'a: [1, 2\n', 'yaml_broken 2:1'],
    ['an unclosed quote', 'a: "open\n', 'yaml_broken 2:1'],
    ['a reserved sign', 'a: @x\n', 'yaml_broken 1:4'],
  ] as const)('%s', ([, text, expected]) => {
    expect(placed(text)).toContain(expected)
  })

  test('a document that is broken does not take the sound one beside it along', () => {
    const { documents, faults } = read('a: 1\n---\nb: 1\nb: 2\n')
    expect(documents.map(({ data }) => data)).toEqual([{ a: '1' }])
    expect(faults).toMatchObject([{ name: 'name_doubled', file: 'gym.yaml', line: 4 }])
  })

  test('all faults of a document are told at once', () => {
    expect(placed('a: { b: max(0, 1 - c) }\nd: *x\ne: { f: min(1, g(2)) }\n')).toHaveLength(3)
  })

  test('a formula that is whole needs no quotes, and one in quotes keeps its commas', () => {
    expect(read('a: { b: base + 2 * c }\nd: { e: "max(0, 15 - fare)" }\n')).toMatchObject({
      documents: [{ data: { a: { b: 'base + 2 * c' }, d: { e: 'max(0, 15 - fare)' } } }],
      faults: [],
    })
  })
})

describe('limits', () => {
  test('three megabytes are refused before they are parsed', () => {
    const started = performance.now()
    const { documents, faults } = read(`a: "${'x'.repeat(3_000_000)}"`)
    expect(documents).toEqual([])
    expect(faults).toMatchObject([{ name: 'file_too_large', file: 'gym.yaml' }])
    expect(performance.now() - started).toBeLessThan(200)
  })

  test('the limit is counted in bytes, as they lie in the file', () => {
    expect(read(`a: ${'x'.repeat(bytesMax - 3)}`).faults).toEqual([])
    expect(read(`a: ${'é'.repeat(bytesMax - 3)}`).faults).toMatchObject([
      { name: 'file_too_large' },
    ])
  })

  test.for([
    ['lists', `${'['.repeat(5000)}${']'.repeat(5000)}`],
    ['maps', `${'{a: '.repeat(5000)}1${'}'.repeat(5000)}`],
    ['JSON', `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`],
    ['dashes', `${'- '.repeat(5000)}a`],
    [
      'indented maps',
      Array.from({ length: 900 }, (_, level) => `${' '.repeat(level)}a:`).join('\n'),
    ],
  ] as const)('%s that nest thousands deep are one fault that says so', ([, text]) => {
    const { faults } = read(text)
    expect(faults.map(({ name }) => name)).toEqual(['nested_too_deep'])
  })

  test('forty deep is read, forty-one is not', () => {
    const nested = (depth: number) => `${'['.repeat(depth)}x${']'.repeat(depth)}`
    expect(read(nested(40)).faults).toEqual([])
    expect(read(nested(41)).faults).toMatchObject([{ name: 'nested_too_deep' }])
  })
})

describe('places', () => {
  const text =
    'kind: offering\nterms:\n  fee:\n    charge:\n      amount: 25.00\n    "a/b": [ x, { y: z } ]\n'
  test.for([
    ['', 1, 1],
    ['/kind', 1, 1],
    ['/terms/fee', 3, 3],
    ['/terms/fee/charge/amount', 5, 7],
    ['/terms/fee/a~1b/1/y', 6, 19],
    ['/terms/fee/charge/rate', 4, 5],
    ['/nothing/here', 1, 1],
  ] as const)('“%s” stands at line %i, column %i', ([pointer, line, column]) => {
    const [document] = read(text).documents
    expect(document?.locate(pointer)).toEqual({ line, column })
    if (document)
      expect(located({ name: 'word_missing', pointer, words: '' }, document)).toMatchObject({
        file: 'gym.yaml',
        line,
        column,
      })
  })

  test('a path finds what was written and nothing else', () => {
    const data = { a: ['x', { b: 'y' }] }
    expect(at(data, ['a', 1, 'b'])).toBe('y')
    expect(at(data, ['a', 7])).toBeUndefined()
    expect(at(data, ['a', 0, 'length'])).toBeUndefined()
    expect(at(data, ['constructor'])).toBeUndefined()
    expect(pointerOf(['a/b', 'c~d', 0])).toBe('/a~1b/c~0d/0')
  })
})

describe('checking against a schema', () => {
  const schema = words({
    amount: z.string(),
    every: z.enum(['month', 'year']),
    rows: z.array(z.string()).min(1).optional(),
  })
  test.for([
    ['a misspelt word', { amont: '1', every: 'month' }, ['word_missing ', 'word_unknown /amont']],
    ['a missing word', { amount: '1' }, ['word_missing ']],
    ['a word that is no choice', { amount: '1', every: 'moth' }, ['value_misshapen /every']],
    [
      'a map in the place of a text',
      { amount: { a: 'b' }, every: 'month' },
      ['value_misshapen /amount'],
    ],
    ['an empty list', { amount: '1', every: 'month', rows: [] }, ['value_misshapen /rows']],
    [
      'a formula cut outside of braces',
      { amount: '1', every: 'month', '15 - fare)': '' },
      ['formula_cut_by_yaml /15 - fare)'],
    ],
    ['nothing wrong', { amount: '1', every: 'month' }, []],
  ] as const)('%s', ([, data, expected]) => {
    const faults = new Faults()
    const result = checked(schema, data, faults)
    expect(faults.list.map(({ name, pointer }) => `${name} ${pointer}`).sort()).toEqual(expected)
    expect(result !== undefined).toBe(expected.length === 0)
  })

  test('a misspelt word is answered with the near one', () => {
    const faults = new Faults()
    checked(schema, { amount: '1', evry: 'month' }, faults)
    expect(faults.list.map(({ words: said }) => said).join()).toMatch('Did you mean “every”?')
    expect(nearestWord('mesure', ['measure', 'minimum'])).toBe('measure')
    expect(nearestWord('xyzzy', ['measure', 'minimum'])).toBeUndefined()
  })

  test('the same fault is told once', () => {
    const faults = new Faults()
    for (const time of [1, 2]) faults.add('word_missing', ['a', time - time], 'Say it.')
    expect(faults.list).toHaveLength(1)
    expect(faults.none).toBe(false)
  })
})
