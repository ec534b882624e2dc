import { Exact } from '../kernel/exact.ts'
import { compileExpression, compileTyped } from './expression.ts'
import type { Path } from './fault.ts'
import { readFormula } from './formula.ts'
import type { Compiling } from './reading.ts'
import type { Compiled } from './scope.ts'
import { isNumeric, plainNumber, type Type, typeText } from './type.ts'

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

  expression(text: string, under: Path, expected?: Type): Compiled {
    const { names, zone, faults } = this.compiling
    const place = {
      names,
      zone,
      faults,
      path: this.path(under),
      clause: this.place.clause,
    }
    const compiled = expected ? compileTyped(text, expected, place) : compileExpression(text, place)
    this.compiled.push(compiled)
    return compiled
  }

  fault(name: Parameters<Compiling['faults']['add']>[0], under: Path, words: string): void {
    this.compiling.faults.add(name, this.path(under), words)
  }

  /** A share of 50 would be fifty times the base: what is meant is written 50%. */
  share(text: string, under: Path): Compiled {
    const bare = /^\d+(\.\d+)?$/.test(text) && Exact.parse(text)?.compare(Exact.one) === 1
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
  ): Compiled {
    const rate = this.expression(text, under)
    const fits =
      hasBase ||
      quantity.is === 'any' ||
      (quantity.is === 'money'
        ? rate.type.is !== 'money'
        : ['money', 'written', 'any'].includes(rate.type.is))
    if (!isNumeric(rate.type) || !fits)
      this.fault(
        'types_do_not_fit',
        under,
        `A rate of ${typeText(rate.type)} for ${typeText(quantity)} is no amount of money.`,
      )
    return rate
  }

  constant(text: string, under: Path): Exact | undefined {
    const formula = readFormula(text, this.compiling.faults, this.path(under))
    return formula && 'value' in formula && formula.value instanceof Exact
      ? formula.value
      : undefined
  }
}
