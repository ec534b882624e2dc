import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tessera-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function tessera(...words: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['bin/tessera.js', ...words], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  return { says: stdout + stderr, stdout, status }
}

const written = (name: string, text: string) => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

test('R006 R117 what the robe costs is answered with its clause', () => {
  const { stdout, status } = tessera(
    'ask',
    'examples/hotel',
    '--as',
    'ana_costa',
    '--question',
    '{ value: robe_price, for: robe_is_kept }',
  )
  expect(stdout.split('\n')[0]).toBe('60.00 EUR   decided by clause 4.3 (robe_price)')
  expect(status).toBe(0)
})

test('R117 I13 an answer as data holds the value, the clauses with their words, facts and steps', () => {
  const { stdout } = tessera(
    'ask',
    'examples/hotel',
    '--agreement',
    'stay_of_ana_costa',
    '--question',
    '{ value: late_check_out, for: ana_leaves }',
    '--json',
  )
  const { answer, because, final } = JSON.parse(stdout)
  expect(answer).toBe('nothing-due')
  expect(final).toBe('yes')
  expect(because[0]).toMatchObject({
    clause: 'late_check_out',
    number: '3.2',
    facts: ['ana_leaves'],
  })
  expect(because[0].says).toContain('13:00')
  expect(because[0].steps.length).toBeGreaterThan(0)
})

test('R116 I16 a question may stand in a file, and be asked as of an instant and known by one', () => {
  const question = written('question.yaml', 'bill: 2026-05\n')
  const ask = (...more: string[]) =>
    JSON.parse(
      tessera(
        'ask',
        'examples/hotel',
        '--agreement',
        'stay_of_ana_costa',
        '--question',
        question,
        '--json',
        ...more,
      ).stdout,
    )
  expect(ask().answer).toBe('420.00')
  // The robe came back on the 27th and was recorded on the 28th.
  expect(ask('--at', '2026-05-27T09:59').answer).toBe('480.00')
  expect(ask('--known-by', '2026-05-28T09:14').answer).toBe('480.00')
  expect(ask('--at', '2026-05-27T09:59').final).toBe('no')
})

test('test ends with what passed and what failed, and names each case as data', () => {
  const { stdout, status } = tessera('test', 'examples/hotel')
  expect(stdout.trim().split('\n').at(-1)).toMatch(/^\d+ passed, 0 failed$/)
  expect(status).toBe(0)
  const { cases } = JSON.parse(tessera('test', 'examples/hotel', '--json').stdout)
  expect(cases).toContainEqual(
    expect.objectContaining({ name: expect.stringContaining('the robe'), passed: true }),
  )
})

// Bad input: a name, words, a pointer; an exit code; never a stack trace.
const offering = (term: string) =>
  `language: 1\nkind: offering\nid: x\ncurrency: EUR\nzone: Europe/Lisbon\nrounding: { to: 0.01, mode: half-up }\npolicies: { prorate: no, billed: in-arrears }\nterms:\n  fee: ${term}\n`
test.for<[what: string, name: string, text: string, fault: string]>([
  ['text that is not YAML', 'broken.yaml', 'a: [1, 2\nb: }', 'yaml_broken'],
  [
    'an unknown word',
    'word.yaml',
    offering('{ charge: { evry: month, amount: 1.00 } }'),
    'word_unknown',
  ],
  [
    'an amount with too many digits',
    'digits.yaml',
    offering(`{ charge: { every: month, amount: ${'9'.repeat(41)}.00 } }`),
    'number_not_exact',
  ],
  [
    'a formula cut by YAML',
    'cut.yaml',
    offering('{ charge: { every: month, amount: max(0, 15 - 2) } }'),
    'formula_cut_by_yaml',
  ],
  ['a document of no kind', 'kind.yaml', 'title: nothing\n', 'document_kind_unknown'],
  ['nesting without end', 'deep.yaml', '['.repeat(20_000), 'nested_too_deep'],
  ['a file of 50 MB', 'large.yaml', 'x'.repeat(50_000_000), 'file_too_large'],
  [
    'a file with control characters',
    'control.yaml',
    'kind: \u001b[31moffering\n',
    'yaml_broken|document_kind_unknown',
  ],
])('%s is named', ([, name, text, fault]) => {
  const { says, status } = tessera('check', written(name, text))
  expect(says).toMatch(new RegExp(fault))
  expect(says).not.toMatch(/\n\s+at /)
  expect(says).not.toContain('\u001b')
  expect(status).toBe(1)
})

test.for<[what: string, words: string[], refusal: string]>([
  ['a path that is not there', ['check', 'no/such/folder'], 'file_unreadable'],
  [
    'a person without an agreement',
    [
      'ask',
      'examples/hotel',
      '--as',
      'l_okafor',
      '--agreement',
      'nothing',
      '--question',
      '{ bill: 2026-05 }',
    ],
    'agreement_not_found',
  ],
  [
    'a person nobody knows',
    ['ask', 'examples/hotel', '--as', 'nobody', '--question', '{ bill: 2026-05 }'],
    'person_without_agreement',
  ],
  [
    'another guest’s agreement',
    [
      'ask',
      'examples/hotel',
      '--as',
      'ben_ito',
      '--agreement',
      'stay_of_ana_costa',
      '--question',
      '{ bill: 2026-05 }',
    ],
    'agreement_not_found',
  ],
  [
    'a question that is none',
    ['ask', 'examples/hotel', '--question', '{ when: robe }'],
    'word_missing|word_unknown',
  ],
  ['a question cut short', ['ask', 'examples/hotel', '--question', '{ bill: '], 'yaml_broken'],
  [
    'a name that the contract does not have',
    [
      'ask',
      'examples/hotel',
      '--as',
      'ana_costa',
      '--question',
      '{ value: robe_prise, in: 2026-05 }',
    ],
    'question_names_nothing',
  ],
  [
    'an instant that is none',
    [
      'ask',
      'examples/hotel',
      '--as',
      'ana_costa',
      '--question',
      '{ bill: 2026-05 }',
      '--at',
      'yesterday',
    ],
    'value_misshapen',
  ],
  [
    'no agreement said where there are two',
    ['ask', 'examples/hotel', '--question', '{ bill: 2026-05 }'],
    'agreement_not_said',
  ],
  ['a command that there is not', ['sell', 'examples/hotel'], 'unknown command'],
  ['documents that are not there', ['apply', 'no/such/folder'], 'file_unreadable'],
  [
    'a token for a number of days that is none',
    [
      ...['token', 'issue', '--person', 'per_m_reyes', '--organisation', 'org_meridian_hotels'],
      ...['--says', 'the tablet', '--days', 'abc'],
    ],
    'a whole number from 1',
  ],
])('%s is refused by name', ([, words, refusal]) => {
  const { says, status } = tessera(...words)
  expect(says).toMatch(new RegExp(refusal))
  expect(says).not.toMatch(/\n\s+at /)
  expect(status).not.toBe(0)
})

test('an agreement that ends before it starts is a fault with its line', () => {
  const text =
    'kind: agreement\nid: a\nrelationship: r\noffering: o\nperiod: [ 2026-05-15, 2026-05-12 ]\n'
  const { says } = tessera('check', written('reversed.yaml', text))
  expect(says).toMatch(/reversed\.yaml:\d+/)
})

test('a folder without documents is misused, whatever is to be done with it', () => {
  const empty = join(folder, 'empty')
  mkdirSync(empty)
  for (const command of ['check', 'apply']) {
    const { says, status } = tessera(command, empty)
    expect(says).toMatch(/There is no \.yaml, \.yml or \.json document here/)
    expect(status).toBe(2)
  }
})

test.for(['check', 'test', 'print', 'apply'])(
  '%s says where it looked for what is not there',
  (name) => {
    const { says, status } = tessera(name, 'examples/hostel')
    expect(says).toContain(`There is no file or folder ${join(process.cwd(), 'examples/hostel')}.`)
    expect(status).not.toBe(0)
  },
)

test('a server that has ended is said to be started again', () => {
  const left = { url: 'http://127.0.0.1:9', token: 'tok' }
  writeFileSync(join(folder, 'operator.json'), JSON.stringify(left))
  const { says, status } = tessera('token', 'list', '--data', folder)
  expect(says).toBe(
    'server_unreachable: Nothing answers at http://127.0.0.1:9. Start it with npm start, or say --data, where another runs.\n',
  )
  expect(status).toBe(2)
})
