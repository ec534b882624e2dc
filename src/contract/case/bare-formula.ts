import type { Contract } from '../compile.ts'
import { Faults } from '../document/fault.ts'
import { type Formula, isLengthFunction, readFormula } from '../formula/formula.ts'
import { priceOfScale } from '../measure/scale.ts'
import type { PriceWords } from '../price/price.ts'

export type Amounts = { readonly all: number; readonly onFormulas: readonly string[] }

/**
 * The charges and credits of which some sum of money is computed by hand instead of being said in terms: what is priced, its
 * rate, a row, a bound, or a measure of money that one of them reads. A formula can be printed, but its parts can be neither
 * tailored, nor cited, nor checked for gaps. Ratios, quantities and conditions are what formulas are for.
 */
export function amountsIn(contract: Contract): Amounts {
  const bare = new BareFormulas(contract)
  const onFormulas = [...contract.postings].filter(([, { words }]) => bare.isIn(words))
  return { all: contract.postings.size, onFormulas: onFormulas.map(([id]) => id) }
}

class BareFormulas {
  private readonly contract: Contract
  /** Measures that are being looked at, or were: a circle through `previous` ends. */
  private readonly seen = new Map<string, boolean>()

  constructor(contract: Contract) {
    this.contract = contract
  }

  isIn(price: PriceWords): boolean {
    const { measure, amount, rate, minimum, maximum, of = [], tiers = [], bands = [] } = price
    const rows = [...tiers, ...bands].flatMap((row) => [row.amount, row.rate])
    const texts = [measure, amount, rate, minimum, maximum, price['true-up']?.to, ...rows]
    const isBareText = texts.some((text) => text !== undefined && this.isBare(text))
    return isBareText || [...of, ...(price['true-up']?.of ?? [])].some((name) => this.isRead(name))
  }

  private isBare(text: string): boolean {
    const formula = readFormula(text, new Faults(), [])
    if (!formula) return false
    return formula.is === 'name'
      ? this.isRead(formula.name)
      : computes(formula) && this.isMoney(formula)
  }

  /** Whether it is a measure of money that a formula makes, by itself or within a scale. */
  private isRead(name: string): boolean {
    const known = this.seen.get(name)
    if (known !== undefined) return known
    this.seen.set(name, false)
    const { words } = this.contract
    const measure = words.measures?.[name] ?? {}
    const isByHand =
      ('formula' in measure && this.isBare(measure.formula)) ||
      ('scale' in measure && this.isIn(priceOfScale(measure, words)))
    this.seen.set(name, isByHand)
    return isByHand
  }

  /** Where nothing names money, an amount is a literal, and what is computed of literals is a ratio. */
  private isMoney(formula: Formula): boolean {
    const { definitions, factKinds, events } = this.contract
    switch (formula.is) {
      case 'name':
        return definitions.get(formula.name)?.type().is === 'money'
      case 'attribute': {
        const kind = factKinds.get(formula.of) ?? events.get(formula.of)
        return kind?.attributes.get(formula.attribute)?.is === 'money'
      }
      case 'minus':
        return this.isMoney(formula.value)
      case 'choose':
        return [formula.yes, formula.no].some((one) => this.isMoney(one))
      case 'call':
        return formula.arguments.some((one) => this.isMoney(one))
      case 'binary':
        // Money ÷ money is a ratio.
        return formula.operator === '/'
          ? this.isMoney(formula.left) && !this.isMoney(formula.right)
          : [formula.left, formula.right].some((one) => this.isMoney(one))
      default:
        return false
    }
  }
}

const computing = new Set<string>(['+', '-', '*', '/'])

const computes = (formula: Formula): boolean =>
  (formula.is === 'binary' && computing.has(formula.operator)) ||
  (formula.is === 'choose' && [formula.yes, formula.no].some(computes)) ||
  (formula.is === 'call' && !isLengthFunction(formula.called))
