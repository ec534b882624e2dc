import { describe, expect, test } from 'vitest'
import { check, print } from './command.ts'

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

  test('leaves a figure that differs to the test', () => {
    expect(check(files(aCase('asks: [ { value: rent, in: 2026-05, is: 1 } ]'))).exit).toBe(0)
  })
})
