import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { componentKinds } from '../src/contract/language/offering.ts'
import { termKinds } from '../src/contract/language/term.ts'
import { standardFacts } from '../src/contract/language/vocabulary.ts'
import { documentKinds } from '../src/world/world.ts'

const field = readFileSync('FIELD.md', 'utf8')
const requirements = readFileSync('docs/requirements.md', 'utf8')
const folders = (path: string) =>
  readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  )

test.for(folders('src'))('the folder src/%s is a word of the field', (folder) => {
  expect(field).toContain(`**${folder}**`)
})

test.for([...termKinds, ...componentKinds])('“%s”, a word of contracts, is defined', (word) => {
  expect(field).toMatch(new RegExp(`\\*\\*${word}( \\([^)]*\\))?\\*\\*`))
})

test.for(documentKinds)('the kind of document “%s” is listed', (kind) => {
  expect(field).toMatch(new RegExp(`(\\*\\*|\`)${kind}(\\*\\*|\`)`))
})

test.for(Object.entries(standardFacts))(
  'the standard fact %s stands in the table with its shape',
  ([name, { shape }]) => {
    expect(field).toMatch(new RegExp(`\\| *\`?${name}\`? *\\| *${shape} *\\|`))
  },
)

test('the table of standard facts lists nothing else', () => {
  const listed = [...field.matchAll(/^\| *`?([a-z_]+)`? *\| *(?:event|interval|state) *\|/gm)].map(
    ([, name]) => name,
  )
  expect(listed).toEqual(Object.keys(standardFacts))
})

test('every requirement and invariant that a test names is written down', () => {
  const tests = ['src', 'scenarios', 'tools'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => readFileSync(`${folder}/${file}`, 'utf8')),
  )
  const named = new Set(tests.flatMap((text) => text.match(/\b(R\d{3}|I\d{2})\b/g) ?? []))
  expect(named.size).toBeGreaterThan(5)
  for (const number of named) expect(requirements, number).toContain(`**${number}**`)
})

test('no word of a worked world stands in the sources', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !file.includes('.test'),
  )
  const worlds = /\b(robe|bathrobe|hotel|guest|rack|routers|colocation|cross_?connect)s?(_|\b)/i
  for (const file of sources) expect(readFileSync(`src/${file}`, 'utf8'), file).not.toMatch(worlds)
})

test('what is pure reads no clock, no chance and no network', () => {
  const impure = /Date\.now|new Date\(\)|Temporal\.Now|Math\.random|\bfetch\(|\bprocess\.|crypto\./
  const pure = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (file) =>
      /\.ts$/.test(file) &&
      !/\.test|^platform|^(main|serve|remote)\.ts$|(store|api)\.ts$/.test(file),
  )
  expect('const now = Date.now()').toMatch(impure)
  expect(pure.length).toBeGreaterThan(50)
  for (const file of pure) expect(readFileSync(`src/${file}`, 'utf8'), file).not.toMatch(impure)
})
