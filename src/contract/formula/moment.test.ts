import { describe, expect, test } from 'vitest'
import { checkOffering } from '../agreement/agreement.ts'
import { faultText, offering, signed } from '../contract.test-support.ts'
import { evaluate } from '../derivation.ts'
import { printedContract } from '../prose/contract.ts'
import { sameValue } from '../value.ts'

/** A date or an instant so long later or earlier. */

const facts = 'facts: { booked: { shape: event, has: { departs: instant, day: date } } }'
const agreed =
  'agreed: { trial: { type: duration, default: 14 days }, n: { type: number, default: 2 } }'
const base = (formula: string, more = '') =>
  `{ ${facts}, ${agreed}, measures: { moved: { formula: ${formula} } }, ${more} }`
const booked =
  '[ booked: { id: b, at: 2024-03-30T10:00, departs: 2024-03-31T10:00, day: 2024-01-31 } ]'

describe('moved', () => {
  test.for([
    ['booked.day + days(14)', '2024-02-14'],
    ['booked.day + months(1)', '2024-02-29'],
    ['booked.day - weeks(n)', '2024-01-17'],
    ['booked.day + trial', '2024-02-14'],
    ['booked.day + months(1) - days(1)', '2024-02-28'],
    ['booked.departs + days(1)', '2024-04-01T10:00'],
    // The clocks go forward on 31 March: a day is counted on the calendar, hours pass.
    ['booked.departs - days(1)', '2024-03-30T10:00'],
    ['booked.departs - hours(24)', '2024-03-30T09:00'],
    ['booked.departs + minutes(30)', '2024-03-31T10:30'],
    ['booked.at + trial', '2024-04-13T10:00'],
    ['agreement_start + days(n)', '2024-01-03'],
    ['booked.at >= booked.departs - hours(24)', 'yes'],
    ['booked.at >= booked.departs - hours(22)', 'no'],
  ] as const)('%s is %s', ([formula, expected]) => {
    const made = signed(base(formula), { facts: booked })
    expect(made.told({ value: 'moved', for: 'b' })).toBe(expected)
    const { derivation } = made.ask({ value: 'moved', for: 'b' })
    expect(sameValue(evaluate(derivation), derivation.value)).toBe(true)
  })

  test.for([
    ['12 hours', 'booked.day + trial'],
    ['2 business days', 'booked.at + trial'],
  ] as const)('by an agreed length of %s, %s is unknown', ([trial, formula]) => {
    const made = signed(base(formula), { facts: booked, agreed: { trial } })
    expect(made.told({ value: 'moved', for: 'b' })).toBe('unknown')
  })

  test('a part of what was moved is that of a measure', () => {
    const made = signed(
      `{ ${facts}, measures: { next: { formula: booked.day + days(1) }, is_first: { formula: next.day == 1 } } }`,
      { facts: booked },
    )
    expect(made.told({ value: 'is_first', for: 'b' })).toBe('yes')
  })
})

test.for([
  [
    'booked.day + hours(2)',
    'It is moved by days, weeks, months or years: agreement_start + days(14).',
  ],
  ['booked.day + 14', 'It is moved by days, weeks, months or years: agreement_start + days(14).'],
  ['booked.at + 3', 'It is moved by a length: booked.departs - hours(2).'],
  ['days(14) + booked.day', 'Write the date first: agreement_start + days(14).'],
  [
    'booked.departs - booked.at',
    'How long it is between them says a measure: { between: [ from, to ], in: days }.',
  ],
  [
    'booked.day * days(2)',
    'It is moved by days, weeks, months or years: agreement_start + days(14).',
  ],
] as const)('%s is refused: %s', ([formula, words]) => {
  const { faults } = checkOffering(offering(base(formula)))
  expect(faults.map(faultText).join('\n')).toContain(words)
})

test('is printed as it is said', () => {
  const term =
    'fee: { charge: { each: booked, amount: 1.00, when: booked.at < booked.departs - hours(48) } }'
  const { agreement } = signed(base('1', `terms: { ${term} }`))
  const [revision] = agreement.revisions
  const parties = { provider: 'Velora', consumer: 'Ana' }
  const text = revision ? printedContract(revision, agreement.frame.agreed, parties) : ''
  expect(text.replaceAll(/\s+/g, ' ')).toContain('is before 48 hours before the departs')
})
