import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { runCase } from '../src/contract/case.ts'
import { readDocuments } from '../src/contract/document.ts'
import { readFiles } from '../src/platform/files.ts'

const pages = ['docs/guide/language.md', 'docs/guide/first-offering.md']
const whole = pages.flatMap((file) =>
  examplesIn(readFileSync(file, 'utf8')).map((example) => ({ file, ...example })),
)

// What the guide shows is what the engine does: every whole example is a case that runs.
describe('every whole example of the guide runs, and every ask in it passes', () => {
  test.for(whole)('$file:$line', ({ file, text }) => {
    const { documents, faults } = readDocuments(text, file)
    expect(faults).toEqual([])
    expect(documents).toHaveLength(1)
    for (const { data } of documents) {
      const run = runCase(data, () => undefined)
      expect(run.faults).toEqual([])
      expect(run.results.length).toBeGreaterThan(0)
      expect(run.results.filter(({ passed }) => !passed)).toEqual([])
    }
  })
})

test('the guide has whole examples on each page', () => {
  for (const page of pages) expect(whole.some(({ file }) => file === page)).toBe(true)
})

test('every word of the language occurs in the page about the language, as code', () => {
  const page = readFileSync('docs/guide/language.md', 'utf8')
  const code = [...page.matchAll(/```[^\n]*\n([\s\S]*?)```|`([^`\n]+)`/g)]
    .map(([, block, inline]) => block ?? inline)
    .join('\n')
  const written = new Set(code.match(/[a-z]+(?:-[a-z]+)*/g))
  const [schema] = readFiles('docs/reference/offering.schema.json', 2_000_000).files
  const words = propertiesOf(JSON.parse(schema?.text ?? '{}'))
  expect(words.size).toBeGreaterThan(100)
  expect([...words].filter((word) => !written.has(word))).toEqual([])
})

/** Fenced blocks marked `yaml case`, each with the line of the page on which it begins. */
function examplesIn(page: string): { line: number; text: string }[] {
  return [...page.matchAll(/^```yaml case\n([\s\S]*?)^```$/gm)].map(({ index, 1: text = '' }) => ({
    line: page.slice(0, index).split('\n').length + 1,
    text,
  }))
}

/** Every key that the schema has a property for, at any depth. */
function propertiesOf(schema: unknown): Set<string> {
  if (typeof schema !== 'object' || schema === null) return new Set()
  const own = 'properties' in schema ? Object.keys(Object(schema.properties)) : []
  return new Set([...own, ...Object.values(schema).flatMap((part) => [...propertiesOf(part)])])
}
