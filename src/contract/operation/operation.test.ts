import { describe, expect, test } from 'vitest'
import { Exact } from '../../kernel/exact.ts'
import { Length } from '../../kernel/time.ts'
import { isUnknown, unknown } from '../value.ts'
import { at, said, value, values } from './operation.test-support.ts'
import { operations } from './operation.ts'

describe('arithmetic', () => {
  test.for([
    ['plus', '0.1 0.2', '0.3'],
    ['minus', '1 1/3', '2/3'],
    ['times', '3 1/3', '1'],
    ['over', '10 4', '2.5'],
    ['over', '10 0', '?'],
    ['over', '0 0', '?'],
    ['over', '10 -', '?'],
    ['negated', '5', '-5'],
    ['least', '3 1 2', '1'],
    ['greatest', '3 1 2', '3'],
    ['whole', '-2.5', '-3'],
    ['started', '2.1', '3'],
    ['less', '10 3', '7'],
    ['less', '3 10', '0'],
    // Nothing due counts as zero, but a share or base of nothing due is nothing due.
    ['plus', '5 -', '5'],
    ['minus', '- 5', '-5'],
    ['times', '5 -', '-'],
    ['times', '? -', '-'],
    ['greatest', '-5 -', '0'],
  ] as const)('%s of %s is %s', ([operation, given, expected]) => {
    expect(said(operations[operation](values(given), undefined))).toBe(expected)
  })

  test.for([
    'plus',
    'minus',
    'over',
    'least',
    'greatest',
    'less',
    'times',
    'same',
    'below',
    'up-to',
    'above',
    'from',
    'other',
  ] as const)('%s passes on what is unknown or not agreed, and unknown wins', (operation) => {
    const apply = (text: string) => said(operations[operation](values(text), undefined))
    expect([
      apply('? 5'),
      apply('5 ?'),
      apply('! 5'),
      apply('5 !'),
      apply('? !'),
      apply('! ?'),
    ]).toEqual(['?', '?', '!', '!', '?', '?'])
  })

  test('several unknowns are one that names all that is missing, each once', () => {
    const result = operations.plus([unknown('a', 'b'), unknown('b', 'c')])
    expect(isUnknown(result) && result.missing).toEqual(['a', 'b', 'c'])
  })

  test.for([
    ['2.5', '0.05', 'half-up', '2.5'],
    ['0.125', '0.01', 'half-even', '0.12'],
    ['?', '0.01', 'half-up', '?'],
    ['!', '0.01', 'half-up', '!'],
    ['-', '0.01', 'half-up', '-'],
  ] as const)('%s rounded to %s, %s, is %s', ([given, to, mode, expected]) => {
    expect(said(operations.round(values(given), { to: Exact.of(to), mode }))).toBe(expected)
  })

  test.for([
    ['16 15', 'up', '2'],
    ['30 15', 'up', '2'],
    ['0 15', 'up', '0'],
    ['29 15', 'down', '1'],
    ['7.5 15', 'nearest', '1'],
    ['7.4 15', 'nearest', '0'],
    ['16 0', 'up', '?'],
    ['? 15', 'up', '?'],
  ] as const)('%s in steps, %s, is %s', ([given, rounded, expected]) => {
    expect(said(operations.steps(values(given), { rounded }))).toBe(expected)
  })
})

describe('logic of three values', () => {
  test.for([
    // left, right, all, any
    ['yes', 'yes', 'yes', 'yes'],
    ['yes', 'no', 'no', 'yes'],
    ['yes', '?', '?', 'yes'],
    ['no', 'yes', 'no', 'yes'],
    ['no', 'no', 'no', 'no'],
    ['no', '?', 'no', '?'],
    ['?', 'yes', '?', 'yes'],
    ['?', 'no', 'no', '?'],
    ['?', '?', '?', '?'],
    ['!', 'no', 'no', '?'],
    ['!', 'yes', '?', 'yes'],
  ] as const)('%s with %s: all is %s, any is %s', ([left, right, all, any]) => {
    const given = values(`${left} ${right}`)
    expect([said(operations.all(given)), said(operations.any(given))]).toEqual([all, any])
    expect(said(operations.permit(given))).toBe(all)
  })

  test('of nothing, all hold and none does', () => {
    expect([operations.all([]), operations.any([])]).toEqual([true, false])
  })

  test.for([
    // condition, not, when 5, choose 5 or 6, keep 5, waive 5
    ['yes', 'no', '5', '5', '5', '-'],
    ['no', 'yes', '-', '6', '_', '5'],
    ['?', '?', '?', '?', '?', '?'],
    ['!', '!', '!', '!', '!', '?'],
  ] as const)(
    'with %s: not is %s, when %s, choose %s, keep %s, waive %s',
    ([condition, ...expected]) => {
      const [is, five, six] = [value(condition), value('5'), value('6')]
      const results = [
        operations.not([is]),
        operations.when([is, five]),
        operations.choose([is, five, six]),
        operations.keep([is, five]),
        operations.waive([five, is]),
      ]
      expect(results.map(said)).toEqual(expected)
    },
  )

  test.for([
    ['5', '', '5'],
    ['5', 'no no', '5'],
    ['5', 'no yes', '-'],
    ['5', '? yes', '-'],
    ['5', '? no', '?'],
    ['?', 'yes', '-'],
    ['?', 'no', '?'],
  ] as const)('a fee of %s with the waivers “%s” is %s', ([amount, waivers, expected]) => {
    expect(said(operations.waive([value(amount), ...values(waivers)]))).toBe(expected)
  })

  test.for([
    ['same', '1 1.0', 'yes'],
    ['other', '1 2', 'yes'],
    ['below', '98.999999 99', 'yes'],
    ['below', '99 99', 'no'],
    ['up-to', '99 99', 'yes'],
    ['above', '99 99', 'no'],
    ['from', '99 99', 'yes'],
    ['same', '- 0', 'yes'],
    ['same', 'yes yes', 'yes'],
    ['same', 'yes no', 'no'],
  ] as const)('%s: %s is %s', ([operation, given, expected]) => {
    expect(said(operations[operation](values(given)))).toBe(expected)
  })

  test('dates, instants, words and lengths are compared as what they are', () => {
    const date = (text: string) => Temporal.PlainDate.from(text)
    expect(operations.below([date('2024-02-29'), date('2024-03-01')])).toBe(true)
    expect(operations.from([at('2024-03-01'), at('2024-03-01')])).toBe(true)
    expect(operations.same(['gold', 'gold'])).toBe(true)
    expect(operations.other(['gold', 'silver'])).toBe(true)
    const length = (count: number, unit: 'hours' | 'minutes') =>
      new Length(Exact.whole(count), unit)
    expect(operations.below([length(1, 'hours'), length(90, 'hours')])).toBe(true)
    expect(operations.from([length(60, 'minutes'), length(1, 'hours')])).toBe(true)
  })

  test('lengths of one unit that is counted on the calendar have an order', () => {
    const days = (count: number) => new Length(Exact.whole(count), 'days')
    expect(operations.above([days(21), days(14)])).toBe(true)
    expect(operations.below([days(21), days(14)])).toBe(false)
    expect(operations.same([days(21), days(21)])).toBe(true)
  })

  test.for([
    ['5 4 5', 'yes'],
    ['5 4 6', 'no'],
    ['5', 'no'],
    ['? 5', '?'],
    ['! 5', '!'],
    ['5 ? 5', 'yes'],
    ['5 ? 4', '?'],
  ] as const)('the first of “%s” is one of the others: %s', ([given, expected]) => {
    expect(said(operations['one-of'](values(given)))).toBe(expected)
  })
})

describe('many facts', () => {
  const settings = { of: 'a ticket' }
  const apply = (
    operation: 'sum' | 'count' | 'smallest' | 'largest' | 'average' | 'unique' | 'first' | 'last',
    text: string,
    missing?: string,
  ) =>
    said(
      operations[operation](
        values(text),
        missing === undefined ? settings : { ...settings, missing: value(missing) },
      ),
    )

  test.for([
    // given, sum, count, smallest, largest, average, unique, first, last
    ['3 1 2', '6', '3', '1', '3', '2', '3', '3', '2'],
    ['3 _ 3', '6', '2', '3', '3', '3', '1', '3', '3'],
    ['_ 1 2 _', '3', '2', '1', '2', '1.5', '2', '1', '2'],
    ['1 ? 2', '?', '?', '?', '?', '?', '?', '1', '2'],
    ['? 1', '?', '?', '?', '?', '?', '?', '?', '1'],
    ['_ _', '0', '0', '?', '?', '?', '0', '?', '?'],
    ['', '0', '0', '?', '?', '?', '0', '?', '?'],
    ['1 1.0 2', '4', '3', '1', '2', '4/3', '2', '1', '2'],
  ] as const)('of “%s”', ([given, ...expected]) => {
    const all = [
      'sum',
      'count',
      'smallest',
      'largest',
      'average',
      'unique',
      'first',
      'last',
    ] as const
    expect(all.map((operation) => apply(operation, given))).toEqual(expected)
  })

  test.for(['sum', 'count', 'smallest', 'largest', 'average', 'first', 'last'] as const)(
    '%s of nothing is what the contract says instead, and of something it is not',
    (operation) => {
      expect([
        apply(operation, '', '7'),
        apply(operation, '_', '7'),
        apply(operation, '_', '?'),
      ]).toEqual(['7', '7', '?'])
      expect(apply(operation, '1')).toBe('1')
      expect(apply(operation, '1', '7')).toBe('1')
    },
  )

  test('a word that is written like a number, or like yes, is another value', () => {
    const written = [Exact.one, '1', true, 'yes', Exact.of('1.0')]
    expect(said(operations.unique(written, settings))).toBe('4')
  })

  test('what is missing is named', () => {
    const result = operations.average([], settings)
    expect(isUnknown(result) && result.missing).toEqual(['a ticket'])
  })
})
