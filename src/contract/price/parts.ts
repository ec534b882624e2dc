import { Exact } from '../../kernel/exact.ts'
import type { Compiling } from '../compiling.ts'
import type { Derivation } from '../derivation.ts'
import type { Path } from '../document/fault.ts'
import { compileExpression } from '../formula/expression.ts'
import { inRange, type RangePlace } from '../formula/range.ts'
import type { Range } from '../operation/price.ts'
import type { Compiled } from '../scope.ts'
import { isNumeric, joined, money, plainNumber, type Type, typeText } from '../type.ts'
import { stage } from './stage.ts'

/** What one unit costs: money, or a share of the base that the price has beside it. */
export type Rate = { readonly compiled: Compiled; readonly isShare: boolean }

/**
 * Beside a base, a bare number is an amount of money, as it is everywhere; a percentage and whatever else is a plain
 * number is a share of the base. Of a quantity of money a percentage is money already.
 */
export const isShareOfBase = (text: string, type: Type, quantity: Type | undefined): boolean =>
  type.is !== 'money' && quantity?.is !== 'money' && !isBareNumber(text)

const isBareNumber = (text: string) => /^\d+(\.\d+)?$/.test(text.trim())

/** A percentage, of what it bounds; otherwise an amount. Bare numbers behind a name could be either, and are refused. */
export function isShareOfBound(text: string, { type }: Compiled, { faults, path }: BoundPlace) {
  const isShare = type.is === 'number' && type.unit === undefined
  const isUnclear = type.is === 'written' && !isBareNumber(text)
  if (!isShare && !joined(type, money))
    faults.add(
      'types_do_not_fit',
      path,
      `“${text}” is ${typeText(type)}; a percentage or an amount stands here.`,
    )
  if (isUnclear)
    faults.add(
      'types_do_not_fit',
      path,
      `“${text}” is a bare number, and here it could be a share or an amount: 0.10 is a tenth, or 0.10 of the currency. A share is agreed, or stands in the rows of a table, with %; an amount is { scale: { amount: … } } under “measures:”.`,
    )
  return isShare || isUnclear
}
type BoundPlace = Omit<RangePlace, 'clause'>

export type PricePlace = {
  readonly path: Path
  readonly clause: string
  /** Where the words of a named price stand, for those that come from it. */
  readonly named?: { readonly path: Path; readonly words: object }
  /** A named price by itself, of a quantity that is not known yet. */
  readonly unbound?: true
}

/** What the parts of one price are compiled with: expressions of its clause, and where they stand. */
export class PriceParts {
  readonly compiling: Compiling
  readonly place: PricePlace
  /** Everything compiled so far, so that it can be asked what it reads. */
  readonly compiled: Compiled[] = []

  constructor(compiling: Compiling, place: PricePlace) {
    this.compiling = compiling
    this.place = place
  }

  /** Where words stand: in the clause, or in the named price that it uses. */
  path(under: Path): Path {
    const { path, named } = this.place
    const isNamed = named !== undefined && String(under[0]) in named.words
    return [...(isNamed ? named.path : path), ...under]
  }

  expression<Text extends string | undefined>(text: Text, under: Path, expected?: Type) {
    const place = { path: this.path(under), clause: this.place.clause, expected }
    const compiled = compileExpression(text, this.compiling, place)
    if (compiled) this.compiled.push(compiled)
    return compiled
  }

  /** A number that makes sense only within a range: a step above zero, a limit that is not negative. */
  inRange<Text extends string | undefined>(range: Range, text: Text, under: Path, expected?: Type) {
    const compiled = this.expression(text, under, expected)
    return compiled && inRange(compiled, range, this.told(under))
  }

  told(under: Path): RangePlace {
    const { faults } = this.compiling
    return { faults, path: this.path(under), clause: this.place.clause }
  }

  fault(name: Parameters<Compiling['faults']['add']>[0], under: Path, words: string): void {
    this.compiling.faults.add(name, this.path(under), words)
  }

  /** A share of 50 would be fifty times the base: what is meant is written 50%. */
  share(text: string, under: Path): Compiled {
    const bare = isBareNumber(text) && Exact.parse(text)?.compare(Exact.one) === 1
    if (bare)
      this.fault(
        'types_do_not_fit',
        under,
        `“${text}” would be ${text} times the base: write ${text}%.`,
      )
    return this.expression(text, under, plainNumber)
  }

  /** A rate is money per unit; a percentage where the quantity is money, or where it is of a base. */
  rate(
    text: string,
    under: Path,
    { quantity, hasBase }: { quantity: Type; hasBase: boolean },
  ): Rate {
    const compiled = this.expression(text, under)
    const { type } = compiled
    const isShare = hasBase && isShareOfBase(text, type, quantity)
    const fits =
      isShare ||
      quantity.is === 'any' ||
      (quantity.is === 'money'
        ? type.is !== 'money'
        : ['money', 'written', 'any'].includes(type.is))
    if (!isNumeric(type) || !fits)
      this.fault(
        'types_do_not_fit',
        under,
        `A rate of ${typeText(type)} for ${typeText(quantity)} is no amount of money.`,
      )
    return { compiled, isShare }
  }

  /** What a share of the base comes to. */
  ofBase(share: Derivation, base: Derivation): Derivation {
    const said = { clause: this.place.clause, unit: this.compiling.currency }
    return stage('times', ['share', share], ['base', base], said)
  }

  /** A literal has no unit of its own: where it is money, its step shows the currency. */
  inMoney(amount: Derivation): Derivation {
    return amount.unit === undefined ? { ...amount, unit: this.compiling.currency } : amount
  }
}
