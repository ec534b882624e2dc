import { describe, expect, test } from 'vitest'
import { ask, check, type Files, print, test as runCases } from './command.ts'

/** What `print` and `check` say of a case, which holds a contract of its own. */

const files = (text: string) => ({
  files: [{ file: 'case.yaml', text }],
  faults: [],
  isFolder: false,
})
const aCase = (more = '') => `case: rent
offering:
  language: 1
  currency: EUR
  zone: UTC
  rounding: { to: 0.01, mode: half-up }
  policies: { prorate: no, billed: in-advance }
  agreed: { price: money, spare: { type: money, default: 1.00 } }
  measures:
    uses: { count: used, per: month }
    twice: { formula: uses * 2, per: month }
  terms:
    rent: { charge: { every: month, amount: price } }
agree: { period: [ 2026-01-01T00:00, 2027-01-01T00:00 ], price: 80.00 }
${more}`

describe('print', () => {
  test('of a case prints the contract of each try, alike ones once', () => {
    const tries = `tries:
  - { name: dear, agree: { price: 90.00 }, asks: [ { value: rent, in: 2026-05, is: 90.00 } ] }
  - { name: as it is, asks: [ { value: rent, in: 2026-05, is: 80.00 } ] }
  - { name: the same, asks: [ { value: rent, in: 2026-06, is: 80.00 } ] }
`
    const { says, exit } = print(files(aCase(tries)), {})
    expect(exit).toBe(0)
    expect(says.filter((line) => line.startsWith('Case: '))).toEqual([
      'Case: rent · dear',
      'Case: rent · as it is',
    ])
    const [first, second] = says.join('\n').split('Case: rent · as it is')
    expect(first).toContain('90.00')
    expect(second).toContain('80.00')
  })

  test.for([
    [{ now: '2026-02-01' }, '80.00'],
    [{ now: '2026-08-01' }, '85.00'],
    // After its end the last, and before its start the first.
    [{ now: '2031-01-01' }, '85.00'],
    [{ now: '2020-01-01' }, '80.00'],
    [{ now: '2026-08-01', at: '2026-02-01' }, '80.00'],
  ] as const)('of a case with revisions, %j, prints the one in force then', ([when, price]) => {
    const text = aCase('asks: []').replace(
      'price: 80.00 }',
      'price: 80.00, revisions: [ { from: 2026-06-01, deviations: [ { clause: rent, path: charge.amount, to: 85.00 } ] } ] }',
    )
    expect(print(files(text), when).says.join('\n')).toContain(price)
  })

  test('of a case with faults says so by name', () => {
    const { data, exit } = print(files(aCase('asks: []').replace('price: 80.00', '')), {})
    expect(data).toMatchObject({ refused: 'agreement_not_found' })
    expect(exit).toBe(2)
  })
})

describe('check', () => {
  test('warns of what neither a clause nor the case reads, and finds no fault in it', () => {
    const { data, exit } = check(files(aCase('asks: [ { value: uses, in: 2026-05, is: 0 } ]')))
    expect(exit).toBe(0)
    expect(data).toMatchObject({
      faults: [],
      warnings: [
        { name: 'unread', pointer: '/offering/measures/twice', line: 11 },
        { name: 'unread', pointer: '/offering/agreed/spare', line: 8 },
      ],
    })
  })

  test('warns of a part and a subject that are nearly named, and of a share without its %', () => {
    const text = `case: shop
offering:
  language: 1
  currency: EUR
  zone: Europe/Lisbon
  rounding: { to: 0.01, mode: half-up }
  components: [ { access: web }, { access: database } ]
  structures: { shop: { all-of: [ web, database, { any-of: [ web, databse ] } ] } }
  measures:
    down: { time: outage, through: shop, per: month, in: minutes }
    all_minutes: { time: period, per: month, in: minutes }
    up: { formula: 1 - down / all_minutes, per: month }
  terms: { level: { target: { measure: up, at-least: 99, per: month } } }
agree: { period: [ 2026-01-01T00:00, 2027-01-01T00:00 ] }
tries:
  - name: one
    facts: [ { outage: { about: databasse, from: 2026-05-04T10:00, for: 60 minutes } } ]
    asks: [ { value: down, in: 2026-05, is: 0 } ]
`
    const { data, says, exit } = check(files(text))
    expect(exit).toBe(0)
    expect(data).toMatchObject({
      warnings: [
        { name: 'part_unknown', pointer: '/offering/structures/shop/all-of/2/any-of/1', line: 8 },
        { name: 'percentage_unsaid', pointer: '/offering/terms/level/target/at-least', line: 13 },
        { name: 'subject_unknown', pointer: '/tries/0/facts/0/outage/about', line: 17 },
      ],
    })
    expect(says.join('\n')).toContain('it never reaches 99. Write 99%.')
    expect(says.join('\n')).toContain(
      '“databasse” is no part of “shop”, and what is about it stops none of its parts. Did you mean “database”?',
    )
  })

  test.for([
    ['{ value: rent, for: no_such_fact, is: 1.00 }', '/asks/0/for', 'has the id “no_such_fact”'],
    ['{ value: rnt, in: 2026-05, is: 1.00 }', '/asks/0/value', 'Did you mean “rent”?'],
    ['{ value: rent, in: may, is: 1.00 }', '/asks/0/in', '“may” is no period'],
    ['{ exposure: agreemnt, is: 1.00 }', '/asks/0/exposure', 'Did you mean “agreement”?'],
  ])('refuses a question that can have no answer: %s', ([ask, pointer, said]) => {
    const { data, says, exit } = check(files(aCase(`asks: [ ${ask} ]`)))
    expect(data).toMatchObject({ faults: [{ name: 'question_refused', pointer, line: 15 }] })
    expect(says.join('\n')).toContain(said)
    expect(exit).toBe(1)
  })

  test('warns of a case that asks nothing, and the test says so', () => {
    const text = aCase('tries: []')
    const { data, exit } = check(files(text))
    expect(exit).toBe(0)
    expect(data).toMatchObject({ warnings: [{ name: 'asks_nothing', pointer: '' }] })
    expect(runCases(files(text))).toMatchObject({
      says: [
        'No case here asks anything: say “asks:”, in a case or in its tries.',
        '0 passed, 0 failed',
      ],
      exit: 2,
    })
    expect(runCases(files('kind: world')).says[0]).toContain('There is no case here')
  })

  test('leaves a figure that differs to the test', () => {
    expect(check(files(aCase('asks: [ { value: rent, in: 2026-05, is: 1 } ]'))).exit).toBe(0)
  })
})

test('an offering that charges for what nobody may use is sound, and check warns of it', () => {
  const offering = (more: string) => `kind: offering
language: 1
id: gym
currency: EUR
zone: UTC
rounding: { to: 0.01, mode: half-up }
users: [ guest ]
components: [ { access: gym${more} } ]
terms:
  rent: { charge: { every: month, pays-for: gym, amount: 80.00, prorate: no, billed: in-advance } }
`
  const named = (more: string) => {
    const { data, exit } = check(files(offering(more)))
    expect(exit).toBe(0)
    const { warnings } = data as { warnings: readonly { name: string; pointer: string }[] }
    return warnings.filter(({ name }) => name === 'for_nobody').map(({ pointer }) => pointer)
  }
  expect(named('')).toEqual(['/components/0'])
  expect(named(', for: guest')).toEqual([])
})

describe('a case whose offering lies in another file', () => {
  const alone = files('case: elsewhere\noffering: rent\nasks: [ { value: rent, is: 1.00 } ]')

  test('is checked by itself, and that is said', () => {
    expect(check(alone)).toMatchObject({
      says: [
        'Checked by itself: what it names in other files is checked with its folder.',
        '1 document, 0 faults',
      ],
      exit: 0,
    })
    expect(check({ ...alone, isFolder: true }).data).toMatchObject({
      faults: [{ name: 'reference_unknown', pointer: '/offering' }],
    })
  })

  test('is not printed, for that reason', () => {
    expect(print(alone, {}).says).toEqual([
      'agreement_not_found: The offering “rent” lies in another file: give the folder that holds both.',
    ])
  })
})

describe('JSON', () => {
  const json = (text: string, isFolder: boolean): Files => ({
    files: [{ file: 'package.json', text }],
    faults: [],
    isFolder,
  })

  test.for([
    ['{ "name": "x", "link": "y" }', false, 1, '“kind:”, one of'],
    ['{ "name": "x", "link": "y" }', true, 2, 'There is no .yaml'],
    ['{ "knd": "offering", "id": "x" }', false, 1, '“kind:”, not “knd:”'],
    ['{ "knd": "offering", "id": "x" }', true, 1, '“kind:”, not “knd:”'],
  ] as const)(
    '%s, in a folder %s, is another program’s only there and without a near word',
    ([text, isFolder, exit, words]) => {
      const found = check(json(text, isFolder))
      expect(found.exit).toBe(exit)
      expect(found.says.join('\n')).toContain(words)
    },
  )
})

test('a path that leads nowhere is refused by every command alike, and no document is at fault', () => {
  const words = 'There is no file or folder /nowhere.'
  const nowhere: Files = {
    files: [],
    faults: [{ name: 'file_unreadable', pointer: '', words, file: 'nowhere' }],
    isFolder: true,
  }
  for (const { says, exit } of [
    check(nowhere),
    runCases(nowhere),
    ask(nowhere, '{ bill: 2026-05 }', {}),
    print(nowhere, {}),
  ]) {
    expect(exit).toBe(2)
    expect(says).toEqual(['nowhere  file_unreadable', `    ${words}`])
  }
})
