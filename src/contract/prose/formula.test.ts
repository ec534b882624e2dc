import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkOffering } from '../agreement/agreement.ts'
import { offering } from '../contract.test-support.ts'
import { Faults } from '../document/fault.ts'
import { type Formula, readFormula } from '../formula/formula.ts'
import { Speaker } from './speaker.ts'

const { contract } = checkOffering(offering('{}'))
if (!contract) throw new Error('an offering of nothing compiles')
const speaker = new Speaker(contract, { provider: 'Acme', consumer: 'Bolt' }, new Map())
const said = (text: string) => speaker.say(text)

// A printed clause binds.
describe('a printed formula', () => {
  test.for<[string, string]>([
    ['(a + b) * c', '(the a plus the b) times the c'],
    ['a + b * c', 'the a plus (the b times the c)'],
    ['a - (b - c)', 'the a less (the b less the c)'],
    ['a / (b / c)', 'the a divided by (the b divided by the c)'],
    ['a && (b || c)', 'the a and (the b or the c)'],
    ['a > 1 && b < 2', 'the a is more than 1 and the b is less than 2'],
    ['-(a + b)', 'minus (the a plus the b)'],
    ['max(0, a - b)', 'the a less the b, but at least 0'],
    ['a in [b, c] && d', '(the a is the b or the c) and the d'],
    ['a ? b : (c ? d : e)', 'the b if the a, otherwise the d if the c, otherwise the e'],
    ['a ? (b ? c : d) : e', '(the c if the b, otherwise the d) if the a, otherwise the e'],
    ['(a ? b : c) ? d : e', 'the d if (the b if the a, otherwise the c), otherwise the e'],
    ['(a ? b : c) && d', '(the b if the a, otherwise the c) and the d'],
  ])('%s keeps its order as “%s”', ([text, words]) => {
    expect(said(text)).toBe(words)
  })

  test.for([
    ['a ? (b ? c : d) : e', 'b ? c : (a ? d : e)'],
    ['(a ? b : c) ? d : e', 'b ? d : (a ? c : e)'],
    ['min(a, max(b, c), d)', 'min(a, max(b, c, d))'],
    ['a - (b - c)', 'a - b - c'],
    ['a / (b * c)', 'a / b * c'],
    ['(a || b) && c', 'a || b && c'],
    ['!(a || b)', '!a || b'],
    ['-(a + b)', '-a + b'],
    ['rounded(a + b, 1)', 'a + rounded(b, 1)'],
    ['min(a, b) + c', 'min(a, b + c)'],
    ['whole(a) * b', 'whole(a * b)'],
    ['c + started(a)', 'started(c + a)'],
    ['a in [b, c] && d', 'a in [b, c && d]'],
  ] as const)('%s and %s, which are computed differently, do not read alike', ([one, other]) => {
    expect(said(one)).not.toBe(said(other))
  })

  const { tree: anyFormula } = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('a', 'b', 'c', '1'),
      fc
        .tuple(tie('tree'), fc.constantFrom('+', '-', '*', '/'), tie('tree'))
        .map(([left, sign, right]) => `(${left} ${sign} ${right})`),
      tie('tree').map((inner) => `-(${inner})`),
    ),
  }))
  const signs = {
    plus: '+',
    less: '-',
    times: '*',
    'divided by': '/',
    minus: '-',
    the: '',
    ',': '',
  }
  const values: Readonly<Record<string, number>> = { a: 7, b: 11, c: 13 }

  test('means what the formula means, whatever its brackets', () => {
    fc.assert(
      fc.property(anyFormula, (text) => {
        const value = computed(read(text), values)
        fc.pre(Number.isFinite(value))
        const back = said(text).replaceAll(
          /,|divided by|[a-z]{2,}/g,
          (word) => signs[word as keyof typeof signs],
        )
        expect(computed(read(back), values) / (value || 1)).toBeCloseTo(value === 0 ? 0 : 1, 9)
      }),
      { numRuns: 200 },
    )
  })
})

function read(text: string): Formula {
  const formula = readFormula(text, new Faults(), [])
  if (!formula) throw new Error(`no formula: ${text}`)
  return formula
}

function computed(formula: Formula, values: Readonly<Record<string, number>>): number {
  if (formula.is === 'number') return Number(formula.written)
  if (formula.is === 'name') return values[formula.name] ?? Number.NaN
  if (formula.is === 'minus') return -computed(formula.value, values)
  if (formula.is !== 'binary') throw new Error(formula.is)
  const [left, right] = [computed(formula.left, values), computed(formula.right, values)]
  if (formula.operator === '+') return left + right
  if (formula.operator === '-') return left - right
  return formula.operator === '*' ? left * right : left / right
}
