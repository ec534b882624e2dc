import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { assembled, digestOf, programPath } from '../src/program.ts'

const root = join(import.meta.dirname, '..')
const inOnePiece = join(root, assembled.folder, assembled.program)

// `npm ci` and `npm test` assemble it. After a change of the sources `npm run prepare` does.
test('the program in one piece is made from these sources, and is what runs', () => {
  expect(programPath(root)).toBe(inOnePiece)
})

test.each([
  [['--help']],
  [['nothing']],
  [['check', 'examples/hotel']],
  [['check', 'cases/no-such-folder', '--json']],
  [['test', 'cases/hotel']],
  [['ask', 'examples/hotel', '--question', '{ bill: 2026-05 }', '--at', '2026-06-01', '--json']],
  [
    [
      'ask',
      'examples/colocation',
      '--question',
      '{ value: power_credit, in: 2026-04 }',
      '--at',
      '2026-06-01',
    ],
  ],
  [['print', 'examples/colocation', '--behind']],
  [['token', 'list', '--data', 'examples']],
])('in one piece and from its sources it says the same: tessera %j', (words) => {
  const outcome = said(inOnePiece, words)
  expect(outcome).toEqual(said(join(root, 'src/main.ts'), words))
  expect(outcome.says).not.toBe('')
})

describe('what runs', () => {
  let elsewhere = ''

  beforeEach(() => {
    elsewhere = mkdtempSync(join(tmpdir(), 'assembled-'))
    mkdirSync(join(elsewhere, 'src'))
    mkdirSync(join(elsewhere, assembled.folder))
    writeFileSync(join(elsewhere, 'src/main.ts'), `import './asked.ts'`)
    writeFileSync(join(elsewhere, 'src/asked.ts'), `console.log('60.00')`)
    const paths = ['src/asked.ts', 'src/main.ts']
    const madeFrom = { paths, digest: digestOf(elsewhere, paths) }
    writeFileSync(join(elsewhere, assembled.folder, assembled.madeFrom), JSON.stringify(madeFrom))
  })

  afterEach(() => rmSync(elsewhere, { recursive: true }))

  test('is the one piece while every source is as it was', () => {
    expect(programPath(elsewhere)).toBe(join(elsewhere, assembled.folder, assembled.program))
  })

  test.each([
    ['a source has changed', () => writeFileSync(join(elsewhere, 'src/asked.ts'), '72.50')],
    ['a source is gone', () => rmSync(join(elsewhere, 'src/asked.ts'))],
    ['nothing was assembled', () => rmSync(join(elsewhere, assembled.folder), { recursive: true })],
    [
      'the assembling was cut short',
      () => writeFileSync(join(elsewhere, assembled.folder, assembled.madeFrom), '{"paths":['),
    ],
  ])('is the sources where %s', (_, change) => {
    change()
    expect(programPath(elsewhere)).toBe(join(elsewhere, 'src/main.ts'))
  })
})

function said(program: string, words: readonly string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, ...words], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  return { says: stdout + stderr, status }
}
