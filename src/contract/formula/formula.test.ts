import { describe, expect, test } from 'vitest'
import { Faults } from '../document/fault.ts'
import { formulaText } from './formula.test-support.ts'
import { type Formula, readFormula } from './formula.ts'

function read(text: string): { formula: Formula | undefined; names: string[] } {
  const faults = new Faults()
  const formula = readFormula(text, faults, ['amount'])
  return { formula, names: faults.list.map(({ name }) => name) }
}
const titleOf = (name: string, attribute?: string) =>
  attribute === undefined ? name : `${attribute} of the ${name}`
function said(text: string): string {
  const { formula } = read(text)
  if (!formula) throw new Error(`no formula: ${text}`)
  return formulaText(formula, titleOf)
}

describe('what an author may write in one word', () => {
  test.for([
    ['140.10', 'number', '140.1'],
    ['-3', 'number', '-3'],
    ['+3', 'number', '3'],
    ['  0.005  ', 'number', '0.005'],
    ['99.9%', 'percentage', '0.999'],
    ['-5%', 'percentage', '-0.05'],
    ['09:00', 'time-of-day', '540'],
    ['24:00', 'time-of-day', '1440'],
    [
      '1234567890123456789012345678901234567890',
      'number',
      '1234567890123456789012345678901234567890',
    ],
  ] as const)('%s is a %s of exactly %s', ([text, is, value]) => {
    const { formula } = read(text)
    expect(formula?.is).toBe(is)
    expect(formula && 'value' in formula && JSON.stringify(formula.value)).toBe(`"${value}"`)
    expect(said(text)).toBe(text.trim())
  })

  test.for([
    ['yes', { is: 'truth', value: true }, 'yes'],
    ['no', { is: 'truth', value: false }, 'no'],
    ['true', { is: 'truth', value: true }, 'yes'],
    ['monthly_fee', { is: 'name', name: 'monthly_fee' }, 'monthly_fee'],
    ['trip.minutes', { is: 'attribute', of: 'trip', attribute: 'minutes' }, 'minutes of the trip'],
    ['"gold_card"', { is: 'text', value: 'gold_card' }, '“gold card”'],
  ] as const)('%s', ([text, formula, words]) => {
    expect(read(text)).toEqual({ formula, names: [] })
    expect(said(text)).toBe(words)
  })

  test.for([
    ['21 days', 'length', '21 days'],
    ['2 business days', 'length', '2 business days'],
    ['2024-02-29', 'date', '2024-02-29'],
  ] as const)('%s is a %s', ([text, is, words]) => {
    expect(read(text).formula?.is).toBe(is)
    expect(said(text)).toBe(words)
  })
})

describe('a formula in words', () => {
  test.for([
    ['0.1 + 0.2', '0.1 + 0.2'],
    ['441.00/12', '441.00 ÷ 12'],
    ['1/3', '1 ÷ 3'],
    ['base + 2 * units', 'base + (2 × units)'],
    ['(base + 2) * units', '(base + 2) × units'],
    ['a - b - c', '(a − b) − c'],
    ['a - (b - c)', 'a − (b − c)'],
    ['a / b / c', '(a ÷ b) ÷ c'],
    ['-(a + b)', '−(a + b)'],
    ['-5 + a', '−5 + a'],
    ['1 + 99999999999999999999.5', '1 + 99999999999999999999.5'],
    ['a == "gold"', 'a is “gold”'],
    ['a != b', 'a is not b'],
    ['a < 1 && b <= 2', 'a is less than 1 and b is at most 2'],
    ['a > 1 || b >= 2', 'a is more than 1 or b is at least 2'],
    ['a && b && c', 'a and b and c'],
    ['a && b || c', '(a and b) or c'],
    ['a && (b || c)', 'a and (b or c)'],
    ['!a', 'not a'],
    ['!(a && b)', 'not (a and b)'],
    ['kind in ["gold", "silver"]', 'kind is one of “gold”, “silver”'],
    ['late ? 10 : 0', '10 if late, otherwise 0'],
    ['max(0, 15 - fare)', 'the larger of 0 and (15 − fare)'],
    ['min(a, b, c)', 'the smaller of a and b and c'],
    ['whole(a)', 'the whole part of a'],
    ['started(a / 15)', '(a ÷ 15), a part counting as whole'],
    ['rounded(a, 0.05)', 'a rounded to 0.05'],
    ['days(21)', '21 days'],
    ['  a\n  + b', 'a + b'],
  ] as const)('%s reads “%s”', ([text, words]) => {
    expect(read(text).names).toEqual([])
    expect(said(text)).toBe(words)
  })

  test('a number inside a formula is exact, never a binary one', () => {
    expect(read('0.1 + 0.2').formula).toMatchObject({
      is: 'binary',
      operator: '+',
      left: { is: 'number', value: { numerator: 1n, denominator: 10n } },
      right: { is: 'number', value: { numerator: 2n, denominator: 10n } },
    })
    const text = '1234567890.12345678901234567890'
    const { formula } = read(`${text} * 2`)
    expect(JSON.stringify(formula && 'left' in formula && formula.left)).toMatch(
      '1234567890.1234567890123456789"',
    )
  })
})

describe('what is refused', () => {
  test.for([
    ['1e3', 'formula_broken'],
    ['0x10 + 1', 'formula_broken'],
    ['1u + a', 'formula_broken'],
    ['.5', 'formula_broken'],
    ['5.', 'number_not_exact'],
    ['1.2.3', 'number_not_exact'],
    ['1'.repeat(50), 'number_not_exact'],
    ['50% * fee', 'formula_broken'],
    ['a % b', 'formula_broken'],
    ['trip.a.b.c', 'formula_broken'],
    ['a[0]', 'formula_broken'],
    ['a in b', 'formula_broken'],
    ['size(a)', 'formula_broken'],
    ['now()', 'formula_broken'],
    ['a.size()', 'formula_broken'],
    ['a = b', 'formula_broken'],
    ['a and b', 'formula_broken'],
    ['(a = b)', 'formula_broken'],
    ['a ? b', 'formula_broken'],
    ['1 +', 'formula_broken'],
    ['null', 'formula_broken'],
    ['let a', 'formula_broken'],
    ['24:01', 'formula_broken'],
    ['', 'formula_broken'],
    ['max(0', 'formula_cut_by_yaml'],
    ['15 - fare)', 'formula_cut_by_yaml'],
    ['[1, 2]', 'formula_cut_by_yaml'],
    ['{ a: 1 }', 'formula_cut_by_yaml'],
  ] as const)('“%s”: %s', ([text, name]) => {
    expect(read(text)).toEqual({ formula: undefined, names: [name] })
  })

  test.for(['2024-02-30', '2023-02-29', '2024-13-01'])(
    '%s is an impossible date and not a subtraction',
    (text) => {
      expect(read(text).formula).toBeUndefined()
      expect(read(text).names).toHaveLength(1)
    },
  )

  test('a formula that nests thousands deep is refused, not a crash', () => {
    expect(read(`${'('.repeat(5000)}1${')'.repeat(5000)}`).names).toHaveLength(1)
    expect(() => read(`${'!'.repeat(5000)}a`)).not.toThrow()
  })

  test('the fault stands where the formula stands', () => {
    const faults = new Faults()
    readFormula('a = b', faults, ['terms', 'fee', 'amount'])
    expect(faults.list).toMatchObject([{ name: 'formula_broken', pointer: '/terms/fee/amount' }])
  })
})
