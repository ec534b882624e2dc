import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { guidePages, isPartOf, playedPage, snippetsOf, writtenFiles } from '../tools/guide.ts'

// What a guide shows is what the program does: its files are written, its commands run, its mistakes made.
describe.each(guidePages)('%s', (path) => {
  test('shows what its commands say, word for word', () => {
    expect(playedPage(path)).toBe(readFileSync(path, 'utf8'))
  })

  test('shows no YAML that is not in a file that runs', () => {
    const files = [...writtenFiles(path).values()]
    expect(files.length).toBeGreaterThan(2)
    for (const snippet of snippetsOf(path))
      expect(
        files.some((text) => isPartOf(snippet, text)),
        snippet,
      ).toBe(true)
  })

  test('has cases that pass, and one that fails where it says so', () => {
    const page = readFileSync(path, 'utf8')
    expect(page).toMatch(/^\d+ passed, 0 failed$/m)
    expect(page).toMatch(/^\d+ passed, [1-9]\d* failed$/m)
  })
})

test('ten mistakes are shown, each with its fault', () => {
  const page = readFileSync('docs/guide/write-a-contract.md', 'utf8')
  const rows = page.match(/^\| `[^`]+` \| `[^`]+` \| `[a-z_]+`: .+ \|$/gm) ?? []
  expect(rows).toHaveLength(10)
  expect(new Set(rows.map((row) => /\| `([a-z_]+)`: /.exec(row)?.[1])).size).toBeGreaterThan(6)
})

test('every page of the guide is played', () => {
  expect(guidePages.every((path) => readFileSync(path, 'utf8').includes('$ npx tessera'))).toBe(
    true,
  )
})
