import { expect, test } from 'vitest'
import { plain } from '../contract.test-support.ts'
import { runCase } from './case.ts'

/** A case that fails says why what it expects is not there. */

const contract = `
case: why it is not there
offering:
  language: 1
  currency: EUR
  zone: UTC
  rounding: { to: 0.01, mode: half-up }
  policies: { prorate: no, billed: in-arrears, ends: with-the-day }
  facts: { filed: { shape: event, has: { pages: number } }, drive: { shape: event } }
  components: [ { access: search }, { access: application } ]
  measures:
    n: { count: filed, per: month }
    told: { last: drive, value: drive.at, about: same, per: year }
    most: { max: filed, per: month }
    run: { longest-run: drive, where: drive.about == "car", per: month, missing: unknown }
    after: { formula: most + 2, per: month }
  terms:
    other_component: { charge: { each: filed, pays-for: search, amount: 1520 } }
    own_component: { charge: { each: filed, pays-for: application, amount: 1 } }
    condition: { charge: { each: filed, when: filed.pages > 35, amount: 1 } }
    monthly: { charge: { every: month, when: n > 5, amount: 3 } }
    waived: { charge: { each: filed, amount: 3, waived-when: { any-of: [ { id: small, if: n < 9 } ] } } }
    later: { charge: { each: filed, amount: 3, from: 2026-07-01, dated-by: event } }
    quarterly: { charge: { every: quarter, amount: 3 } }
    pay: { duty: { who: consumer, start: invoiced, stop: paid, within: 3 days } }
    late: { charge: { each: pay.missed, amount: 9 } }
agree: { period: [ 2026-01-01T00:00, 2027-01-01T00:00 ] }
facts:
  - filed: { id: one, component: application, at: 2026-05-02T10:00, pages: 3 }
  - filed: { id: past_end, component: application, at: 2027-05-02T10:00, pages: 3 }
  - drive: { about: car, at: 2026-05-01T10:00 }
asks:
`
const words = (ask: string) => {
  const { results, faults } = runCase(plain(`${contract}  - ${ask}`), () => undefined)
  expect(faults).toEqual([])
  return results[0]?.words
}

test.for([
  [
    'another component',
    'other_component',
    '“one” does not count: it concerns application, not search',
  ],
  ['a condition', 'condition', 'nothing due, as pages 3 is not more than 35'],
  ['the condition of a period', 'monthly', 'nothing due, as n 1 is not more than 5'],
  ['a waiver', 'waived', 'waived by small (n 1 is less than 9)'],
  ['a date', 'later', 'nothing due, as 2 May 2026 is before 1 July 2026'],
  ['a line in another bill', 'quarterly', 'no line of it, of each quarter, is billed then'],
  ['nothing happened', 'late', 'there is no “pay.missed” then'],
  ['a slip of the pen', 'monthli', 'no charge or credit has this name. Did you mean “monthly”?'],
  ['a clause of another kind', 'pay', 'no charge or credit has this name.'],
] as const)('a line that a bill lacks is told with its reason: %s', ([, clause, reason]) => {
  expect(words(`{ bill: 2026-05, is: { own_component: 1, ${clause}: 3 } }`)).toBe(
    `${clause}: expected 3, got no line; ${clause}: ${reason}`,
  )
})

test.for([
  [
    'a bill after the end',
    '{ bill: 2027-05, is: { own_component: 1 } }',
    'own_component: expected 1, got no line; own_component: nothing due: the agreement was not running',
  ],
  [
    'what follows from a fact',
    '{ remedy: one, is: { own_component: 1, other_component: 2 } }',
    'other_component: expected 2, got no line; other_component: “one” does not count: it concerns application, not search',
  ],
  [
    'one value',
    '{ value: condition, for: one, is: 1 }',
    'expected 1, got nothing-due; nothing due, as pages 3 is not more than 35',
  ],
  [
    'what is on file and does not count',
    '{ value: told, for: one, is: 1 }',
    'expected 1, got unknown (drive); 1 “drive” is on file by then: “told” reads only those that fit “about: same”, “per: year”',
  ],
  [
    'what another form reads',
    '{ value: run, in: 2026-04, is: 1 }',
    'expected 1, got unknown (drive); 1 “drive” is on file by then: “run” reads only those that fit “where: drive.about == "car"”, “per: month”',
  ],
  [
    'what a formula rests on',
    '{ value: after, in: 2026-04, is: 2 }',
    'expected 2, got unknown (filed); 2 “filed” are on file by then: “most” reads only those that fit “per: month”',
  ],
  [
    'a line too many has no reason',
    '{ bill: 2026-05, is: {} }',
    'own_component: expected no line, got 1.00',
  ],
  [
    'a figure is no clause',
    '{ exposure: 2026-05, is: { committed: 9 } }',
    'committed: expected 9, got 1.00',
  ],
  ['what is there as expected', '{ bill: 2026-05, is: { own_component: 1, late: 0 } }', undefined],
] as const)('%s', ([, ask, said]) => {
  expect(words(ask)).toBe(said)
})

test('facts of a file that do not tell their component are told once, with their number and the ways out', () => {
  const text = contract
    .replaceAll('filed: {', 'filed: { about: file,')
    .replace('filed: { about: file, shape', 'filed: { shape')
    .replaceAll('component: application, ', '')
  const { faults } = runCase(plain(`${text}  - { bill: 2026-05, is: {} }`), () => undefined)
  expect(faults).toEqual([
    {
      name: 'component_unsaid',
      pointer: '/facts/0',
      words:
        'The fact “one” (filed) does not say which component it concerns, and “file” is no item known here: add “component:”, one of search, application. Nor does one other (filed). A fact concerns one component, and the clauses of others pass over it: what is due for several when the same thing happens stands under one of them, or in clauses without “pays-for” and “of”.',
    },
  ])
})
