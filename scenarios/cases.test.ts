import { expect, test } from 'vitest'
import { readFiles } from '../src/platform/files.ts'
import { test as runCases } from '../src/question/command.ts'

// Published rules and our own contracts, exact to the cent and the minute; every derivation is evaluated again.
test.for(['cases', 'examples/hotel', 'examples/colocation'])(
  'R014 R017 R025 R026 R027 R034 R045 every case under %s holds',
  (folder) => {
    const { files, isFolder } = readFiles(folder, 2_000_000)
    const { data, says } = runCases({ files, faults: [], isFolder })
    const { passed, failed } = data as { passed: number; failed: number }
    expect(failed, says.join('\n')).toBe(0)
    expect(passed).toBeGreaterThan(10)
  },
)

test('the cases name their published sources', () => {
  const published = readFiles('cases', 2_000_000).files.filter(
    ({ file }) => !file.includes('/own/'),
  )
  expect(published.length).toBeGreaterThanOrEqual(12)
  for (const { file, text } of published) expect(text, file).toMatch(/^source: \S/m)
})
