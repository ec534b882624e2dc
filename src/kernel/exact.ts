/** Where a rounding sends what lies between two steps. `half-up` sends a tie away from zero, as price lists mean it. */
export type RoundingMode = 'half-up' | 'half-even' | 'half-down' | 'up' | 'down'

/** Longer numbers are refused when read: no price or reading has forty digits, and a bound keeps arithmetic bounded. */
export const digitsMax = 40

/** Beyond this a fraction is reduced; below it the reduction costs more than it saves. */
const denominatorMax = 10n ** 18n

const longest = 10n ** 1000n
const longestBelow = -longest

/** Decimals of one length have the same denominator, which is then compared without looking at its digits. */
const powersOfTen = Array.from({ length: digitsMax + 1 }, (_, digits) => 10n ** BigInt(digits))

/**
 * An exact number: a fraction of two whole numbers. Nothing is lost in a division (a third of ten, three times,
 * is ten), so a measured value is compared with a band's edge as it is, and rounding happens only where it is declared.
 */
export class Exact {
  readonly numerator: bigint
  /** Always above zero. */
  readonly denominator: bigint

  /** Callers use `parse`, `of`, `whole` and `ratio`, which keep the denominator above zero. */
  constructor(numerator: bigint, denominator: bigint) {
    this.numerator = numerator
    this.denominator = denominator
  }

  static readonly zero = new Exact(0n, 1n)
  static readonly one = new Exact(1n, 1n)

  static whole(value: bigint | number): Exact {
    return new Exact(BigInt(value), 1n)
  }

  static ratio(numerator: bigint | number, denominator: bigint | number): Exact {
    if (BigInt(denominator) === 0n) throw new RangeError('division by zero')
    return fraction(BigInt(numerator), BigInt(denominator))
  }

  /** Reads `140.10`, `-3` or `1/3`; anything else, or more than forty digits, is undefined. */
  static parse(text: string): Exact | undefined {
    const match = /^([+-]?)(\d+)(?:\.(\d+)|\/(\d+))?$/.exec(text)
    if (!match) return undefined
    const [, sign, whole = '', decimals = '', divisor] = match
    if (whole.length + decimals.length + (divisor ?? '').length > digitsMax) return undefined
    const magnitude = BigInt(whole + decimals)
    const denominator = divisor === undefined ? powersOfTen[decimals.length] : BigInt(divisor)
    if (!denominator) return undefined
    return new Exact(sign === '-' ? -magnitude : magnitude, denominator)
  }

  /** For literals in the program's own text. */
  static of(text: string): Exact {
    const exact = Exact.parse(text)
    if (!exact) throw new RangeError(`not an exact number: ${text}`)
    return exact
  }

  plus(other: Exact): Exact {
    if (this.denominator === other.denominator)
      return new Exact(this.numerator + other.numerator, this.denominator)
    return fraction(
      this.numerator * other.denominator + other.numerator * this.denominator,
      this.denominator * other.denominator,
    )
  }

  /** Of many: numerators are added over one denominator, as long as those of the others divide it. */
  static sum(values: readonly Exact[]): Exact {
    let { numerator, denominator } = Exact.zero
    for (const value of values)
      if (value.denominator === denominator) numerator += value.numerator
      else if (denominator % value.denominator === 0n)
        numerator += value.numerator * (denominator / value.denominator)
      else ({ numerator, denominator } = new Exact(numerator, denominator).plus(value))
    return new Exact(numerator, denominator)
  }

  minus(other: Exact): Exact {
    return this.plus(other.negated())
  }

  times(other: Exact): Exact {
    return fraction(this.numerator * other.numerator, this.denominator * other.denominator)
  }

  /** The caller asks `isZero` first: what a division by zero means is not arithmetic's to say. */
  over(other: Exact): Exact {
    if (other.numerator === 0n) throw new RangeError('division by zero')
    return fraction(this.numerator * other.denominator, this.denominator * other.numerator)
  }

  negated(): Exact {
    return new Exact(-this.numerator, this.denominator)
  }

  /** Below zero, zero, or above zero, as this is less than, equal to, or greater than the other. */
  compare(other: Exact): number {
    const isOne = this.denominator === other.denominator
    const left = isOne ? this.numerator : this.numerator * other.denominator
    const right = isOne ? other.numerator : other.numerator * this.denominator
    return left < right ? -1 : left > right ? 1 : 0
  }

  equals(other: Exact): boolean {
    return this.compare(other) === 0
  }

  get isZero(): boolean {
    return this.numerator === 0n
  }

  /** More than a thousand digits: no contract means such a number, and arithmetic on it would not be bounded. */
  get isTooLong(): boolean {
    return this.numerator > longest || this.numerator < longestBelow || this.denominator > longest
  }

  get isWhole(): boolean {
    return this.numerator % this.denominator === 0n
  }

  /** The nearest multiple of `step` (above zero), ties and remainders going where `mode` says. */
  rounded(step: Exact, mode: RoundingMode): Exact {
    const steps = this.over(step)
    return Exact.whole(roundedWhole(steps.numerator, steps.denominator, mode)).times(step)
  }

  floor(): Exact {
    return Exact.whole(floorDivision(this.numerator, this.denominator))
  }

  ceiling(): Exact {
    return Exact.whole(-floorDivision(-this.numerator, this.denominator))
  }

  /** The shortest text that says exactly this number: a decimal where there is one, else `n/d`. */
  get text(): string {
    const { numerator, denominator } = reduced(this.numerator, this.denominator)
    let decimals = 0
    let rest = denominator
    let scale = 1n
    while (rest > 1n && (rest % 2n === 0n || rest % 5n === 0n)) {
      const factor = rest % 10n === 0n ? 10n : rest % 5n === 0n ? 5n : 2n
      rest /= factor
      scale *= 10n / factor
      decimals += 1
    }
    return rest > 1n ? `${numerator}/${denominator}` : decimalText(numerator * scale, decimals)
  }

  /** Rounded half up to a number of decimals, all of them written. For people; decisions never use it. */
  shown(decimals: number): string {
    const scaled = roundedWhole(
      this.numerator * 10n ** BigInt(decimals),
      this.denominator,
      'half-up',
    )
    return decimalText(scaled, decimals)
  }

  /** Nearest binary number, for charts and sizes; never for money or decisions. */
  get approximate(): number {
    return Number(this.text.includes('/') ? this.shown(20) : this.text)
  }

  toJSON(): string {
    return this.text
  }
}

export const least = (first: Exact, second: Exact) => (first.compare(second) <= 0 ? first : second)
export const greatest = (first: Exact, second: Exact) =>
  first.compare(second) >= 0 ? first : second

function fraction(numerator: bigint, denominator: bigint): Exact {
  const [top, bottom] = denominator < 0n ? [-numerator, -denominator] : [numerator, denominator]
  if (bottom <= denominatorMax) return new Exact(top, bottom)
  const small = reduced(top, bottom)
  return new Exact(small.numerator, small.denominator)
}

function reduced(numerator: bigint, denominator: bigint) {
  let a = numerator < 0n ? -numerator : numerator
  let b = denominator
  while (b > 0n) [a, b] = [b, a % b]
  return a > 1n
    ? { numerator: numerator / a, denominator: denominator / a }
    : { numerator, denominator }
}

function floorDivision(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator
  return numerator < 0n && quotient * denominator !== numerator ? quotient - 1n : quotient
}

function roundedWhole(numerator: bigint, denominator: bigint, mode: RoundingMode): bigint {
  const negative = numerator < 0n
  const magnitude = negative ? -numerator : numerator
  const whole = magnitude / denominator
  const twice = (magnitude % denominator) * 2n
  const away =
    mode === 'up'
      ? twice > 0n
      : mode === 'down'
        ? false
        : mode === 'half-up'
          ? twice >= denominator
          : mode === 'half-down'
            ? twice > denominator
            : twice > denominator || (twice === denominator && whole % 2n === 1n)
  const rounded = away ? whole + 1n : whole
  return negative ? -rounded : rounded
}

function decimalText(scaled: bigint, decimals: number): string {
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, '0')
  const sign = scaled < 0n ? '-' : ''
  if (decimals === 0) return sign + digits
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
