import { Exact } from '../../kernel/exact.ts'
import { type Compiling, unitOf, unknownName } from '../compiling.ts'
import { demandCompiled, namesRead } from '../demand.ts'
import { type Derivation, derive, inUnitOf, leaf } from '../derivation.ts'
import type { Path } from '../document/fault.ts'
import { aboveZero, refuseMisordered, zeroOrMore } from '../formula/range.ts'
import type { ChargeWords } from '../language/posting.ts'
import type { NamedPrice } from '../language/price.ts'
import type { NameSort } from '../near-name.ts'
import type { Compiled, Definition, Place, Report, Scope } from '../scope.ts'
import { anything, isNumeric, joined, money, plainNumber, type Type, typeText } from '../type.ts'
import { unknown } from '../value.ts'
import { compileBounds } from './bounds.ts'
import { checkBase, checkPriceForm } from './check.ts'
import { compileDiscounts } from './discount.ts'
import { compileInParts, type PartCondition } from './in-parts.ts'
import { PriceParts, type PricePlace } from './parts.ts'
import { isCoarse, roundedWithin } from './rounding.ts'
import { type PriceForm, PriceRows } from './rows.ts'
import { stage } from './stage.ts'

type Posted = Pick<
  ChargeWords,
  'of' | 'price' | 'discounts' | 'each' | 'cumulative' | 'in-parts-of' | 'rounded'
>
export type PriceWords = Omit<NamedPrice, 'title'> & Partial<Posted>
/** What a clause knows beside the scope: what came before, and of which part of a period it is. */
type Given = {
  /** The quantity of all events before this one that are priced together with it. */
  readonly earlier?: Derivation
  /** What a part of the period costs of what the whole does; without it, it is for the whole. */
  readonly ofPart?: (whole: Derivation) => Derivation
  /** Of an interval in parts: whether each of them is due. */
  readonly when?: PartCondition
  /** How far an earlier period lets it rise or fall. */
  readonly bounded?: (price: Held) => Held
}
/** An amount, and above what it is not rounded either, where its rounding might take it. */
export type Held = { readonly amount: Derivation; readonly most?: Derivation | undefined }
export type Priced = Held & { readonly parts: Record<string, Derivation> }
export type Price = {
  readonly evaluate: (scope: Scope, given?: Given) => Priced
  /** What is priced, before anything is taken from it. */
  readonly quantity: (scope: Scope) => Derivation
  readonly demand: (place: Place, report: Report) => void
  readonly reads: readonly string[]
}

/**
 * One pure function of one quantity. Its stages always run in this order: quantity, less what is included, at most,
 * counted in steps, at least, price, minimum and maximum, times the base, discounts, share of the period. Its words are
 * those that `pricedBy` gives.
 */
export function compilePrice(words: PriceWords, compiling: Compiling, place: PricePlace): Price {
  return new PriceCompiler(words, compiling, place).compile()
}

/** Whether the named prices are sound, whoever uses them. */
export function checkNamedPrices(compiling: Compiling): void {
  for (const [name, { title: _title, ...words }] of compiling.prices)
    compilePrice(words, compiling, { path: ['prices', name], clause: name, unbound: true })
}

type AmountOf = (scope: Scope, given: Given) => Priced

/** What a share may be of. */
const bases: readonly NameSort[] = ['posting', 'total', 'measure', 'agreed', 'table']

class PriceCompiler {
  private readonly words: PriceWords
  private readonly compiling: Compiling
  private readonly parts: PriceParts
  private readonly rows: PriceRows

  constructor(words: PriceWords, compiling: Compiling, place: PricePlace) {
    this.words = words
    this.compiling = compiling
    this.parts = new PriceParts(compiling, place)
    this.rows = new PriceRows(words, this.parts)
  }

  compile(): Price {
    const { words } = this
    checkPriceForm(words, this.parts)
    const base = words.of && this.definitions(words.of, ['of'])
    const reached = words['true-up'] && this.definitions(words['true-up'].of, ['true-up', 'of'])
    const quantity = this.quantity()
    const inParts = compileInParts(words, this.parts)
    const whole = reached ? this.trueUp(reached) : this.stages(quantity, base)
    const amountOf: AmountOf = inParts
      ? (scope, given) => inParts(scope, (part) => whole(part, given), given.when)
      : whole
    const discounts = compileDiscounts(words.discounts ?? [], this.parts)
    return {
      reads: [
        ...namesRead(this.parts.compiled),
        ...[...(base ?? []), ...(reached ?? [])].map(({ name }) => name),
      ],
      demand: (place, report) => {
        demandCompiled(this.parts.compiled, place, this.compiling.names, report)
        for (const one of [...(base ?? []), ...(reached ?? [])]) one.demand(place, report)
      },
      quantity: (scope) => quantity?.evaluate(scope) ?? leaf(Exact.one),
      evaluate: (scope, given = {}) => {
        const own = amountOf(scope, given)
        const { amount, most } = given.bounded?.(own) ?? own
        const { amount: left, taken } = discounts(amount, scope)
        // What is missing was asked of the promised amount’s own share already.
        const due = given.ofPart && !reached ? given.ofPart(left) : left
        const parts = { ...own.parts, amount, ...taken }
        return { amount: due, most, parts }
      },
    }
  }

  private quantity(): Compiled | undefined {
    const { measure } = this.words
    const quantity =
      measure === undefined
        ? this.parts.place.unbound && unbound
        : this.parts.expression(measure, ['measure'])
    if (quantity && !isNumeric(quantity.type))
      this.parts.fault(
        'types_do_not_fit',
        ['measure'],
        `A quantity is a number; this is ${typeText(quantity.type)}.`,
      )
    return quantity
  }

  /** What is missing from the sum of some terms to an amount, or to the share of it that the period is. */
  private trueUp(reached: readonly Definition[]): AmountOf {
    const { clause } = this.parts.place
    const said = { clause, unit: this.compiling.currency }
    const to = this.parts.inRange(
      zeroOrMore,
      this.words['true-up']?.to ?? '0',
      ['true-up', 'to'],
      money,
    )
    const bounds = compileBounds(this.words, this.parts, { isShare: false, hasBase: false })
    const isHeld = isCoarse(this.words, this.compiling)
    return (scope, { ofPart = (whole) => whole }) => {
      const base = derive(
        'sum',
        reached.map((one) => ({ as: one.name, is: one.evaluate(scope) })),
        { of: 'what counts towards it' },
        { unit: this.compiling.currency },
      )
      const promised = ofPart(this.parts.inMoney(to.evaluate(scope)))
      const missing = stage('less', ['promised', promised], ['reached', base], said)
      return {
        amount: bounds.ofAmount(missing, scope, undefined, ofPart),
        most: isHeld ? bounds.most(scope, undefined, ofPart) : undefined,
        parts: { base },
      }
    }
  }

  private stages(
    quantity: Compiled | undefined,
    base: readonly Definition[] | undefined,
  ): AmountOf {
    const { words } = this
    const { clause } = this.parts.place
    const counted = this.quantityStages(quantity)
    // Tiers and bands without a quantity of their own are those of the base.
    const isOfBase = words.measure === undefined && (words.tiers ?? words.bands) !== undefined
    const ownType = quantity?.type ?? (base && isOfBase ? money : plainNumber)
    // What a named price is of, the clauses that use it say.
    const hasBase = base !== undefined || this.parts.place.unbound === true
    const price = this.price(words.counted ? plainNumber : ownType, hasBase)
    const bounds = compileBounds(words, this.parts, { isShare: price.isShare, hasBase })
    if (base) checkBase(price.readsBase || bounds.readsBase || isOfBase, this.parts)
    const { rounding, currency } = this.compiling
    const said = { clause, unit: currency }
    // Rounded before they are compared: so the lines of all events add up to the rounded price of all.
    const rounds = { rounded: words.rounded, rounding, currency, clause }
    const rounded = ({ amount, most }: Held) => roundedWithin(amount, most, rounds)
    const ofThis = (soFar: Held, before: Held | undefined): Held => {
      if (words.cumulative === undefined) return soFar
      const { most } = soFar
      if (!before) return words.discounts ? { amount: rounded(soFar), most } : soFar
      const earlier = rounded(before)
      const beyond = (all: Derivation) =>
        stage('beyond', ['all so far', all], ['all before', earlier], said)
      return { amount: beyond(rounded(soFar)), most: most && beyond(most) }
    }
    const isHeld = isCoarse(words, this.compiling)
    const priced = (started: Derivation, scope: Scope, of: Derivation | undefined) => {
      const { steps, beyond } = counted(started, scope)
      const inner = bounds.ofShare(price.evaluate(steps, scope, of), scope)
      const based = of && price.isShare ? this.parts.ofBase(inner, of) : inner
      const most = isHeld ? bounds.most(scope, of) : undefined
      return { steps, beyond, inner, amount: bounds.ofAmount(based, scope, of), most }
    }
    return (scope, { earlier }) => {
      const of = base && baseOf(base, scope)
      const quantityOf = quantity?.evaluate(scope) ?? (isOfBase && of ? of : leaf(Exact.one))
      const started = earlier ? together(earlier, quantityOf) : quantityOf
      const own = priced(started, scope, of)
      const { steps, beyond, inner } = own
      const { amount, most } = ofThis(own, earlier && priced(earlier, scope, of))
      return {
        amount,
        most,
        parts: {
          quantity: quantityOf,
          ...(beyond && { beyond }),
          steps,
          ...(of && { base: of }),
          ...(price.isShare && { share: inner }),
        },
      }
    }
  }

  private optional(word: 'included' | 'quantity-at-most' | 'quantity-at-least', expected: Type) {
    return this.parts.inRange(zeroOrMore, this.words[word], [word], expected)
  }

  private definitions(list: readonly string[], under: Path): readonly Definition[] {
    return list.flatMap((name, place) => {
      const definition = this.compiling.names.find(name)
      if (!definition || !bases.includes(definition.sort)) {
        const path = this.parts.path([...under, place])
        unknownName(name, this.compiling, { path, sorts: bases })
        return []
      }
      const type = definition.type()
      if (!joined(type, money))
        this.parts.fault(
          'types_do_not_fit',
          under,
          `A base is an amount of money; “${name}” is ${typeText(type)}: price it by “measure:” and “rate:”, here or in a measure with “scale:”.`,
        )
      return [definition]
    })
  }

  private quantityStages(
    quantity: Compiled | undefined,
  ): (
    quantity: Derivation,
    scope: Scope,
  ) => { readonly steps: Derivation; readonly beyond: Derivation | undefined } {
    const { counted } = this.words
    const type = quantity?.type ?? plainNumber
    const included = this.optional('included', type)
    const atMost = this.optional('quantity-at-most', type)
    const step = counted && this.parts.inRange(aboveZero, counted.in, ['counted', 'in'], type)
    const atLeast = this.optional('quantity-at-least', counted ? plainNumber : type)
    const sides = ['quantity-at-least', 'quantity-at-most'] as const
    if (!counted) refuseMisordered([atLeast, atMost], sides, this.parts.told([]))
    const unit = unitOf(type)
    return (started, scope) => {
      const left = stage(
        'less',
        ['quantity', started],
        ['included', included?.evaluate(scope), 'included'],
        unit,
      )
      const held = stage('least', ['quantity', left], ['at most', atMost?.evaluate(scope)], unit)
      const inputs = step && [
        { as: 'quantity', is: held },
        { as: 'in steps of', is: step.evaluate(scope) },
      ]
      const inSteps =
        inputs && counted ? derive('steps', inputs, { rounded: counted.rounded }) : held
      const least = atLeast?.evaluate(scope)
      const steps = stage('greatest', ['quantity', inSteps], ['at least', least])
      return { steps, beyond: included && left }
    }
  }

  /** A share where there is a base and the price is a bare number; an amount of money otherwise. */
  private price(quantity: Type, hasBase: boolean): PriceForm {
    const { words } = this
    if (words.tiers) return this.rows.tiers(words.tiers, quantity, hasBase)
    if (words.bands) return this.rows.bands(words.bands, quantity, hasBase)
    if (words.share !== undefined) {
      const share = this.parts.share(words.share, ['share'])
      const evaluate: PriceForm['evaluate'] = (_quantity, scope) => share.evaluate(scope)
      return { isShare: true, readsBase: true, evaluate }
    }
    const rate =
      words.rate === undefined
        ? undefined
        : this.parts.rate(words.rate, ['rate'], { quantity, hasBase })
    const amount = this.parts.expression(words.amount, ['amount'], money)
    const isShare = rate?.isShare === true && amount === undefined
    const { clause } = this.parts.place
    const inMoney = { clause, unit: this.compiling.currency }
    return {
      isShare,
      readsBase: rate?.isShare === true,
      evaluate: (counted, scope, base) => {
        const fixed = amount?.evaluate(scope)
        if (!rate) return fixed ?? leaf(Exact.zero)
        const by = rate.compiled.evaluate(scope)
        const said = rate.isShare ? { clause } : inMoney
        const used = stage('times', ['quantity', counted], ['rate', by], said)
        const byRate = fixed && rate.isShare && base ? this.parts.ofBase(used, base) : used
        return stage('plus', ['by rate', byRate], ['fixed', fixed], inMoney)
      },
    }
  }
}

/** The quantity of a named price by itself, whatever it will be. */
const unbound: Compiled = {
  type: anything,
  evaluate: () => leaf(unknown('a quantity')),
  value: () => unknown('a quantity'),
  reads: [],
}

const together = (earlier: Derivation, own: Derivation): Derivation =>
  stage('plus', ['before', earlier], ['this', own], inUnitOf(own))

function baseOf(base: readonly Definition[], scope: Scope): Derivation {
  const parts = base.map((one) => ({ as: one.name, is: one.evaluate(scope) }))
  const [only, ...more] = parts
  return only && more.length === 0 ? only.is : derive('sum', parts, { of: 'a base' })
}
