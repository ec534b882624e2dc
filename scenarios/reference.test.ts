import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { faultNames } from '../src/contract/document/fault.ts'
import { MeasureWords } from '../src/contract/language/measure.ts'
import { TermWords } from '../src/contract/language/term.ts'
import { readFiles } from '../src/platform/files.ts'
import { test as runCases } from '../src/question/command.ts'
import {
  aggregates,
  exampleFolder,
  kindsOf,
  listedFields,
  referenceText,
} from '../tools/reference.ts'
import { mistakesOf } from '../tools/reference-mistakes.ts'

const examples = readdirSync(exampleFolder)
  .filter((name) => name !== 'mistakes.yaml')
  .map((name) => ({
    name: name.replace('.yaml', ''),
    text: readFileSync(join(exampleFolder, name), 'utf8'),
  }))
const reference = readFileSync('docs/reference/language.md', 'utf8')

describe('every example of the reference', () => {
  test.for(examples)('$name: runs, and every ask in it passes', ({ name, text }) => {
    const { data, says } = runCases({
      files: [{ file: `${name}.yaml`, text }],
      faults: [],
      isFolder: false,
    })
    expect(data, says.join('\n')).toMatchObject({ failed: 0 })
  })

  test.for(examples)('$name: stands in the reference, word for word', ({ text }) => {
    expect(reference).toContain(text.slice(text.indexOf('\n') + 1))
  })
})

test('every mistake that the reference shows is refused', () => {
  const mistakes = mistakesOf()
  expect(mistakes.length).toBeGreaterThan(100)
  for (const { faults, write } of mistakes) expect(faults.length, write).toBeGreaterThan(0)
})

test('every fault of an offering or a case is shown; the others are those of files and folders', () => {
  const shown = new Set<string>(mistakesOf().flatMap(({ faults }) => faults))
  const ofFiles = [
    ...['file_unreadable', 'file_too_large', 'nested_too_deep'],
    ...['document_kind_unknown', 'reference_unknown', 'publication_incomplete'],
    ...['product_component_unknown', 'person_without_role', 'currency_mixed'],
  ]
  expect(
    Object.keys(faultNames)
      .filter((name) => !shown.has(name))
      .sort(),
  ).toEqual(ofFiles.sort())
})

describe('every kind of measure and term', () => {
  const kinds = [...kindsOf(MeasureWords).keys(), ...kindsOf(TermWords).keys()]
  test.for(kinds)('%s has a section with an example that uses it', (kind) => {
    const name = aggregates.includes(kind) ? 'count' : kind
    expect(reference).toContain(`<a id="${name}"></a>`)
    expect(examples.find((example) => example.name === name)?.text).toMatch(
      new RegExp(`\\b${kind}:`),
    )
  })
})

test('every word of the language says what it means, and what holds without it', () => {
  const fields = listedFields()
  expect(fields.length).toBeGreaterThan(200)
  const silent = fields.filter(([, field]) => field.means === '')
  const defaultless = fields.filter(([, field]) => !field.needed && field.without === '')
  expect(silent.map(([table, { path }]) => `${table}: ${path}`)).toEqual([])
  expect(defaultless.map(([table, { path }]) => `${table}: ${path}`)).toEqual([])
})

test('every word of an offering occurs in an example', () => {
  const written = new Set(examples.flatMap(({ text }) => text.match(/[a-z0-9]+(?:-[a-z0-9]+)*/g)))
  // What stands behind an offering is shown where a whole folder is.
  const ofFolders = /^(kind|id|version|provider|target-groups|services|utility.*|of)$/
  const absent = listedFields()
    .filter(
      ([table]) =>
        ![
          'legal-entity',
          'organisation',
          'target-group',
          'relationship',
          'resource',
          'product',
          'service',
          'agreement',
          'facts',
          'world',
          'invoice',
        ].includes(table),
    )
    .filter(([table, { path }]) => table !== 'offering' || !ofFolders.test(path))
    .filter(([, { path }]) => !written.has(path.split('.').at(-1)?.replace('[]', '') ?? ''))
  expect(absent.map(([table, { path }]) => `${table}: ${path}`)).toEqual([])
})

test('every link within the reference leads somewhere', () => {
  const anchors = new Set([
    ...[...reference.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id),
    ...[...reference.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^a-z0-9 -]/g, '')
        .replaceAll(' ', '-'),
    ),
  ])
  const links = [...reference.matchAll(/\]\(#([^)]+)\)/g)].map(([, link]) => link)
  expect(links.length).toBeGreaterThan(80)
  expect(links.filter((link) => !anchors.has(link))).toEqual([])
})

test('the reference is what the template makes of the declarations', () => {
  expect(referenceText()).toBe(reference)
})

describe('the published schemas', () => {
  const schemaAt = (path: string) => {
    const { $schema: _, ...schema } = JSON.parse(readFileSync(path, 'utf8'))
    return z.fromJSONSchema(schema)
  }
  const files = [exampleFolder, 'examples', 'cases'].flatMap(
    (folder) => readFiles(folder, 2_000_000).files,
  )
  const named = files.flatMap(({ file, text }) => {
    const path = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text)?.[1]
    return path === undefined ? [] : [{ file, schema: join(dirname(file), path) }]
  })

  test('are named in the first line of every example', () => {
    for (const { file, schema } of named)
      expect(existsSync(schema), `${file}: ${schema}`).toBe(true)
    const unnamed = files
      .filter(({ file }) => !file.startsWith('cases') && !file.endsWith('mistakes.yaml'))
      .filter(({ file }) => !named.some((one) => one.file === file))
    expect(unnamed.map(({ file }) => file)).toEqual([])
  })

  // As an editor reads it: YAML with numbers as numbers. What has to be refused may break its form.
  test('hold every example and every case', () => {
    const document = schemaAt('docs/reference/document.schema.json')
    const byPath = new Map(
      [...new Set(named.map((one) => one.schema))].map((path) => [path, schemaAt(path)]),
    )
    for (const { file, text } of files.filter((one) => !one.file.endsWith('mistakes.yaml')))
      for (const data of parseAllDocuments(text).map((one) => one.toJS())) {
        if ('refused' in data) continue
        const schema = byPath.get(named.find((one) => one.file === file)?.schema ?? '') ?? document
        const { error } = schema.safeParse(data)
        expect(error?.issues, `${file} ${data.case ?? data.id ?? ''}`).toBeUndefined()
      }
  })

  test('refuse a word that the language does not have, at any depth', () => {
    const schema = schemaAt('docs/reference/case.schema.json')
    const text = examples.find(({ name }) => name === 'charge')?.text ?? ''
    expect(schema.safeParse(parseAllDocuments(text)[0]?.toJS()).success).toBe(true)
    for (const [word, wrong] of [
      ['amount: 80.00', 'ammount: 80.00'],
      ['right: ended', 'right: over'],
      ['agree: {', 'agre: {'],
      ['currency: EUR', ''],
    ] as const) {
      const broken = examples
        .map((one) => one.text)
        .find((one) => one.includes(word))
        ?.replace(word, wrong)
      expect(schema.safeParse(parseAllDocuments(broken ?? '')[0]?.toJS()).success, wrong).toBe(
        false,
      )
    }
  })
})
