import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digitsMax, Exact, greatest, least, type RoundingMode } from './exact.ts'

const exact = (text: string) => Exact.of(text)

/** Fractions on both sides of the size from which the kernel reduces them. */
const anyExact = fc
  .tuple(
    fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
    fc.oneof(fc.bigInt({ min: 1n, max: 60n }), fc.bigInt({ min: 1n, max: 10n ** 20n })),
  )
  .map(([numerator, denominator]) => Exact.ratio(numerator, denominator))
const anyDecimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.nat({ max: 12 }))
  .map(([scaled, decimals]) => Exact.ratio(scaled, 10n ** BigInt(decimals)))
const nonZero = anyExact.filter((value) => !value.isZero)
const modes: readonly RoundingMode[] = ['half-up', 'half-even', 'half-down', 'up', 'down']
const anyMode = fc.constantFrom(...modes)
const anyStep = fc.constantFrom('0.01', '0.05', '0.5', '1', '15', '1/3').map(exact)

describe('reading and writing', () => {
  test.for([
    ['140.10', '140.1'],
    ['-3', '-3'],
    ['+5', '5'],
    ['007', '7'],
    ['-0', '0'],
    ['-0.00', '0'],
    ['1/3', '1/3'],
    ['-2/6', '-1/3'],
    ['2/4', '0.5'],
    ['7/8', '0.875'],
    ['1/40', '0.025'],
    ['6/3', '2'],
    ['0.000000000000000000000000000000000000001', '0.000000000000000000000000000000000000001'],
    ['9'.repeat(40), '9'.repeat(40)],
    [`-${'9'.repeat(38)}.12`, `-${'9'.repeat(38)}.12`],
  ] as const)('%s is written %s', ([written, text]) => {
    expect(exact(written).text).toBe(text)
  })

  test.for([
    '',
    '-',
    '.5',
    '5.',
    '1,5',
    '1 000',
    '1e3',
    '0x10',
    '1/0',
    '1/-3',
    '1.5/2',
    '--1',
    'NaN',
    ' 1',
    '1\n',
    '٣',
  ])('“%s” is not an exact number', (text) => {
    expect(Exact.parse(text)).toBeUndefined()
    expect(() => Exact.of(text)).toThrow(RangeError)
  })

  test.for([
    ['whole', '1'.repeat(digitsMax), '1'.repeat(digitsMax + 1)],
    ['negative', `-${'1'.repeat(digitsMax)}`, `-${'1'.repeat(digitsMax + 1)}`],
    ['decimal', `1.${'1'.repeat(digitsMax - 1)}`, `1.${'1'.repeat(digitsMax)}`],
  ] as const)(
    'a %s number of forty digits is read, one of forty-one is refused',
    ([, read, refused]) => {
      expect(Exact.parse(read)?.text).toBe(read)
      expect(Exact.parse(refused)).toBeUndefined()
    },
  )

  test('what is written is read back as the same number', () => {
    fc.assert(
      fc.property(anyDecimal, (value) => {
        expect(exact(value.text).equals(value)).toBe(true)
        expect(JSON.stringify({ value })).toBe(`{"value":"${value.text}"}`)
      }),
    )
  })

  test('equal numbers have one text, however they were computed', () => {
    fc.assert(
      fc.property(anyExact, fc.bigInt({ min: 1n, max: 10n ** 12n }), (value, factor) => {
        const blown = new Exact(value.numerator * factor, value.denominator * factor)
        expect(blown.text).toBe(value.text)
        expect(blown.equals(value)).toBe(true)
      }),
    )
  })

  test('a denominator of zero is refused', () => {
    expect(() => Exact.ratio(1, 0)).toThrow(RangeError)
    expect(() => Exact.one.over(Exact.zero)).toThrow(RangeError)
  })
})

describe('arithmetic', () => {
  test('a third of ten, three times, is ten', () => {
    const third = exact('10').over(exact('3'))
    expect(third.text).toBe('10/3')
    expect(third.plus(third).plus(third).text).toBe('10')
  })

  test('a tenth and two tenths are three tenths', () => {
    expect(exact('0.1').plus(exact('0.2')).text).toBe('0.3')
  })

  test('the sum of many is what adding them one after the other gives', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyExact, anyDecimal), { maxLength: 60 }), (values) => {
        const sum = values.reduce((before, value) => before.plus(value), Exact.zero)
        expect(Exact.sum(values).equals(sum)).toBe(true)
        expect(Exact.sum(values).text).toBe(sum.text)
      }),
    )
  })

  test('huge numbers stay exact', () => {
    const huge = exact('9'.repeat(40))
    const square = huge.times(huge)
    expect(square.text).toBe(`${'9'.repeat(39)}8${'0'.repeat(39)}1`)
    expect(square.plus(exact('0.01')).minus(square).text).toBe('0.01')
    expect(square.over(huge).equals(huge)).toBe(true)
  })

  test('addition and multiplication keep the laws of a field', () => {
    fc.assert(
      fc.property(anyExact, anyExact, anyExact, (a, b, c) => {
        expect(a.plus(b).equals(b.plus(a))).toBe(true)
        expect(a.times(b).equals(b.times(a))).toBe(true)
        expect(
          a
            .plus(b)
            .plus(c)
            .equals(a.plus(b.plus(c))),
        ).toBe(true)
        expect(
          a
            .times(b)
            .times(c)
            .equals(a.times(b.times(c))),
        ).toBe(true)
        expect(a.times(b.plus(c)).equals(a.times(b).plus(a.times(c)))).toBe(true)
        expect(a.plus(Exact.zero).equals(a) && a.times(Exact.one).equals(a)).toBe(true)
        expect(a.minus(a).isZero && a.plus(a.negated()).isZero).toBe(true)
      }),
    )
  })

  test('a division is undone by its multiplication', () => {
    fc.assert(
      fc.property(anyExact, nonZero, (a, b) => {
        expect(a.over(b).times(b).equals(a)).toBe(true)
        expect(a.over(b).denominator > 0n).toBe(true)
      }),
    )
  })

  test('order is total, kept by addition, and agrees with equality', () => {
    fc.assert(
      fc.property(anyExact, anyExact, anyExact, (a, b, c) => {
        expect(a.compare(b)).toBe(b.compare(a) === 0 ? 0 : -b.compare(a))
        expect(a.plus(c).compare(b.plus(c))).toBe(a.compare(b))
        expect(a.compare(b) === 0).toBe(a.equals(b))
        expect(least(a, b).plus(greatest(a, b)).equals(a.plus(b))).toBe(true)
        expect(least(a, b).compare(greatest(a, b))).toBeLessThanOrEqual(0)
      }),
    )
  })
})

describe('rounding', () => {
  test.for([
    // value, step, half-up, half-even, half-down, up, down
    ['2.5', '1', '3', '2', '2', '3', '2'],
    ['3.5', '1', '4', '4', '3', '4', '3'],
    ['-2.5', '1', '-3', '-2', '-2', '-3', '-2'],
    ['-3.5', '1', '-4', '-4', '-3', '-4', '-3'],
    ['2.4999', '1', '2', '2', '2', '3', '2'],
    ['2.5001', '1', '3', '3', '3', '3', '2'],
    ['-2.5001', '1', '-3', '-3', '-3', '-3', '-2'],
    ['-0.001', '1', '0', '0', '0', '-1', '0'],
    ['0.005', '0.01', '0.01', '0', '0', '0.01', '0'],
    ['1.005', '0.01', '1.01', '1', '1', '1.01', '1'],
    ['1.025', '0.05', '1.05', '1', '1', '1.05', '1'],
    ['1.075', '0.05', '1.1', '1.1', '1.05', '1.1', '1.05'],
    ['22.5', '15', '30', '30', '15', '30', '15'],
    ['37.5', '15', '45', '30', '30', '45', '30'],
    ['16', '15', '15', '15', '15', '30', '15'],
    ['30', '15', '30', '30', '30', '30', '30'],
    ['10/3', '0.01', '3.33', '3.33', '3.33', '3.34', '3.33'],
    ['0', '0.05', '0', '0', '0', '0', '0'],
  ] as const)('%s to the nearest %s', ([value, step, ...expected]) => {
    expect(modes.map((mode) => exact(value).rounded(exact(step), mode).text)).toEqual(expected)
  })

  test('a rounded number is a multiple of the step, less than one step away, and stays as it is', () => {
    fc.assert(
      fc.property(anyExact, anyStep, anyMode, (value, step, mode) => {
        const rounded = value.rounded(step, mode)
        const away = rounded.minus(value)
        expect(rounded.over(step).isWhole).toBe(true)
        expect(greatest(away, away.negated()).compare(step)).toBe(-1)
        expect(rounded.rounded(step, mode).equals(rounded)).toBe(true)
      }),
    )
  })

  test('half modes go at most half a step, down never grows and up never shrinks', () => {
    fc.assert(
      fc.property(anyExact, anyStep, (value, step) => {
        const size = (of: Exact) => greatest(of, of.negated())
        for (const mode of ['half-up', 'half-even', 'half-down'] as const)
          expect(
            size(value.rounded(step, mode).minus(value)).times(exact('2')).compare(step),
          ).toBeLessThanOrEqual(0)
        expect(size(value.rounded(step, 'down')).compare(size(value))).toBeLessThanOrEqual(0)
        expect(size(value.rounded(step, 'up')).compare(size(value))).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test('a credit rounds as the charge that it mirrors', () => {
    fc.assert(
      fc.property(anyExact, anyStep, anyMode, (value, step, mode) => {
        expect(
          value.negated().rounded(step, mode).equals(value.rounded(step, mode).negated()),
        ).toBe(true)
      }),
    )
  })

  test.for([
    ['2.5', '2', '3'],
    ['-2.5', '-3', '-2'],
    ['-3', '-3', '-3'],
    ['1/3', '0', '1'],
    ['-1/3', '-1', '0'],
    ['0', '0', '0'],
  ] as const)('%s lies between %s and %s', ([value, floor, ceiling]) => {
    expect([exact(value).floor().text, exact(value).ceiling().text]).toEqual([floor, ceiling])
  })
})

describe('for people', () => {
  test.for([
    ['140.1', 2, '140.10'],
    ['2/3', 2, '0.67'],
    ['-2/3', 2, '-0.67'],
    ['0.005', 2, '0.01'],
    ['-0.005', 2, '-0.01'],
    ['-0.004', 2, '0.00'],
    ['0.5', 0, '1'],
    ['12', 0, '12'],
    ['99.995', 2, '100.00'],
    ['12345678901234567890.5', 1, '12345678901234567890.5'],
  ] as const)('%s with %i decimals is shown as %s', ([value, decimals, shown]) => {
    expect(exact(value).shown(decimals)).toBe(shown)
  })

  test.for([
    ['0.1', 0.1],
    ['-140.10', -140.1],
    ['1/3', 1 / 3],
    ['-2/3', -2 / 3],
  ] as const)('%s is drawn as the nearest binary number', ([value, nearest]) => {
    expect(exact(value).approximate).toBe(nearest)
  })
})
