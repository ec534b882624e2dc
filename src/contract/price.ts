import { Exact } from '../kernel/exact.ts'
import { type Derivation, derive, leaf } from './derivation.ts'
import type { Path } from './fault.ts'
import type { ChargeWords, CreditWords } from './language/price.ts'
import { PriceParts } from './price-parts.ts'
import { type PriceForm, PriceRows } from './price-rows.ts'
import { type Compiling, demandCompiled, namesRead, unitOf, unknownName } from './reading.ts'
import type { Compiled, Definition, Place, Report, Scope } from './scope.ts'
import { isNumeric, joined, money, plainNumber, type Type, typeText } from './type.ts'

export type PriceWords = Pick<
  ChargeWords | CreditWords,
  | 'measure'
  | 'included'
  | 'quantity-at-most'
  | 'counted'
  | 'quantity-at-least'
  | 'amount'
  | 'rate'
  | 'share'
  | 'mode'
  | 'tiers'
  | 'bands'
  | 'gaps'
  | 'minimum'
  | 'maximum'
  | 'of'
>
export type Price = {
  readonly evaluate: (scope: Scope) => { amount: Derivation; parts: Record<string, Derivation> }
  readonly demand: (place: Place, report: Report) => void
  readonly reads: readonly string[]
}

/**
 * One pure function of one quantity. Its stages always run in this order: quantity, less what is included, at most,
 * counted in steps, at least, price, minimum and maximum, times the base.
 */
export function compilePrice(
  words: PriceWords,
  compiling: Compiling,
  { path, clause }: { path: Path; clause: string },
): Price {
  return new PriceCompiler(words, compiling, { path, clause }).compile()
}

class PriceCompiler {
  private readonly words: PriceWords
  private readonly compiling: Compiling
  private readonly parts: PriceParts
  private readonly rows: PriceRows

  constructor(words: PriceWords, compiling: Compiling, place: { path: Path; clause: string }) {
    this.words = words
    this.compiling = compiling
    this.parts = new PriceParts(compiling, place)
    this.rows = new PriceRows(words, this.parts)
  }

  compile(): Price {
    const { words } = this
    this.checkForm()
    const base = this.base()
    const quantity =
      words.measure === undefined ? undefined : this.parts.expression(words.measure, ['measure'])
    if (quantity && !isNumeric(quantity.type))
      this.parts.fault(
        'types_do_not_fit',
        ['measure'],
        `A quantity is a number; this is ${typeText(quantity.type)}.`,
      )
    const stages = this.quantityStages(quantity)
    const price = this.price(
      words.counted ? plainNumber : (quantity?.type ?? (base ? money : plainNumber)),
      base !== undefined,
    )
    const bounds = this.bounds(base !== undefined)
    const { clause } = this.parts.place
    return {
      reads: [...namesRead(this.parts.compiled), ...(words.of ?? [])],
      demand: (place, report) => {
        demandCompiled(this.parts.compiled, place, this.compiling.names, report)
        for (const one of base ?? []) one.demand(place, report)
      },
      evaluate: (scope) => {
        const of = base && baseOf(base, scope)
        const started = quantity
          ? quantity.evaluate(scope)
          : of && !words.share
            ? of
            : leaf(Exact.one)
        const counted = stages(started, scope)
        const priced = bounds.inner(price.evaluate(counted, scope, of), scope)
        const amount =
          of && price.isShare
            ? bounds.outer(
                derive(
                  'times',
                  [
                    { as: 'share', is: priced },
                    { as: 'base', is: of },
                  ],
                  undefined,
                  { clause, unit: this.compiling.currency },
                ),
                scope,
              )
            : of
              ? bounds.outer(priced, scope)
              : priced
        return {
          amount,
          parts: {
            quantity: started,
            steps: counted,
            amount,
            ...(of && { base: of }),
            ...(price.isShare && { share: priced }),
          },
        }
      },
    }
  }

  private optional(
    word: 'included' | 'quantity-at-most' | 'quantity-at-least',
    expected: Type,
  ): Compiled | undefined {
    const text = this.words[word]
    return text === undefined ? undefined : this.parts.expression(text, [word], expected)
  }

  private checkForm(): void {
    const { words } = this
    const forms = [words.amount ?? words.rate, words.share, words.tiers, words.bands].filter(
      (form) => form !== undefined,
    )
    if (forms.length !== 1)
      this.parts.fault(
        'price_unsaid',
        [],
        forms.length === 0
          ? 'Say the price: amount, rate, share, tiers or bands.'
          : 'Say the price once: amount and rate, or share, or tiers, or bands.',
      )
    if (words.share !== undefined && !words.of)
      this.parts.fault('base_unsaid', ['share'], 'Say “of:”, what the share is of.')
    if (words.bands?.some((band) => band.share !== undefined) && !words.of)
      this.parts.fault('base_unsaid', ['bands'], 'Say “of:”, what the shares are of.')
    if (words.tiers && !words.mode)
      this.parts.fault(
        'policy_unsaid',
        [],
        'Say “mode: graduated” (each unit at its own tier’s rate) or “mode: volume” (all units at the tier reached).',
      )
    const without = (word: keyof PriceWords, needs: string, there: unknown) => {
      if (words[word] !== undefined && !there)
        this.parts.fault(
          'word_without_effect',
          [word],
          `“${word}” changes nothing without ${needs}.`,
        )
    }
    without('mode', '“tiers”', words.tiers)
    without('gaps', '“bands”', words.bands)
    for (const word of ['included', 'quantity-at-most', 'quantity-at-least', 'counted'] as const)
      without(word, '“measure”', words.measure)
    if (words.rate === undefined && words.amount !== undefined && words.measure !== undefined)
      this.parts.fault(
        'word_without_effect',
        ['measure'],
        '“measure” changes nothing beside a fixed amount: say “rate”, or leave it out.',
      )
    if (words.of && words.amount !== undefined && words.rate === undefined)
      this.parts.fault(
        'word_without_effect',
        ['of'],
        '“of” changes nothing beside a fixed amount: say “share”, or leave it out.',
      )
  }

  private base(): readonly Definition[] | undefined {
    return this.words.of?.flatMap((name, place) => {
      const definition = this.compiling.names.find(name)
      if (
        !definition ||
        !['posting', 'total', 'measure', 'agreed', 'table'].includes(definition.sort)
      ) {
        unknownName(name, this.compiling, [...this.parts.place.path, 'of', place])
        return []
      }
      const type = definition.type()
      if (!isNumeric(type))
        this.parts.fault(
          'types_do_not_fit',
          ['of'],
          `A base is an amount; “${name}” is ${typeText(type)}.`,
        )
      return [definition]
    })
  }

  private quantityStages(
    quantity: Compiled | undefined,
  ): (quantity: Derivation, scope: Scope) => Derivation {
    const { counted } = this.words
    const type = quantity?.type ?? plainNumber
    const included = this.optional('included', type)
    const atMost = this.optional('quantity-at-most', type)
    const step = counted && this.parts.expression(counted.in, ['counted', 'in'], type)
    const atLeast = this.optional('quantity-at-least', counted ? plainNumber : type)
    const unit = unitOf(type)
    return (started, scope) => {
      let found = started
      if (included)
        found = derive(
          'less',
          [
            { as: 'quantity', is: found },
            { as: 'included', is: included.evaluate(scope) },
          ],
          undefined,
          unit,
        )
      if (atMost)
        found = derive(
          'least',
          [
            { as: 'quantity', is: found },
            { as: 'at most', is: atMost.evaluate(scope) },
          ],
          undefined,
          unit,
        )
      if (step && counted)
        found = derive(
          'steps',
          [
            { as: 'quantity', is: found },
            { as: 'in steps of', is: step.evaluate(scope) },
          ],
          { rounded: counted.rounded },
        )
      if (atLeast)
        found = derive('greatest', [
          { as: 'quantity', is: found },
          { as: 'at least', is: atLeast.evaluate(scope) },
        ])
      return found
    }
  }

  /** A share where there is a base and the price is a bare number; an amount of money otherwise. */
  private price(quantity: Type, hasBase: boolean): PriceForm {
    const { words } = this
    if (words.tiers) return this.rows.tiers(words.tiers, quantity, hasBase)
    if (words.bands) return this.rows.bands(words.bands, quantity, hasBase)
    if (words.share !== undefined) {
      const share = this.parts.share(words.share, ['share'])
      return { isShare: true, evaluate: (_quantity, scope) => share.evaluate(scope) }
    }
    const rate =
      words.rate === undefined
        ? undefined
        : this.parts.rate(words.rate, ['rate'], { quantity, hasBase })
    const amount =
      words.amount === undefined
        ? undefined
        : this.parts.expression(words.amount, ['amount'], money)
    const { clause } = this.parts.place
    const isShare = hasBase && rate?.type.is !== 'money' && amount === undefined
    const said = { clause, ...(!isShare && { unit: this.compiling.currency }) }
    return {
      isShare,
      evaluate: (counted, scope) => {
        const fixed = amount?.evaluate(scope)
        if (!rate) return fixed ?? leaf(Exact.zero)
        const used = derive(
          'times',
          [
            { as: 'quantity', is: counted },
            { as: 'rate', is: rate.evaluate(scope) },
          ],
          undefined,
          said,
        )
        return fixed
          ? derive(
              'plus',
              [
                { as: 'by rate', is: used },
                { as: 'fixed', is: fixed },
              ],
              undefined,
              { clause, unit: this.compiling.currency },
            )
          : used
      },
    }
  }

  /** With a base, bounds written with % bound the share and those in money the result; without one, the price itself. */
  private bounds(
    hasBase: boolean,
  ): Record<'inner' | 'outer', (value: Derivation, scope: Scope) => Derivation> {
    const { minimum, maximum } = this.words
    const bound = (text: string | undefined, word: 'minimum' | 'maximum') => {
      if (text === undefined) return undefined
      const compiled = this.parts.expression(text, [word])
      const isShare = compiled.type.is === 'number' && compiled.type.unit === undefined
      if (!joined(compiled.type, money) && !(hasBase && isShare))
        this.parts.fault(
          'types_do_not_fit',
          [word],
          `“${word}” is ${typeText(compiled.type)}; ${hasBase ? 'a percentage or an amount' : 'an amount'} stands here.`,
        )
      return { compiled, inner: !hasBase || isShare }
    }
    const [lower, upper] = [bound(minimum, 'minimum'), bound(maximum, 'maximum')]
    const { clause } = this.parts.place
    const apply = (inner: boolean) => (value: Derivation, scope: Scope) => {
      let found = value
      if (lower?.inner === inner)
        found = derive(
          'greatest',
          [
            { as: 'price', is: found },
            { as: 'minimum', is: lower.compiled.evaluate(scope) },
          ],
          undefined,
          { clause },
        )
      if (upper?.inner === inner)
        found = derive(
          'least',
          [
            { as: 'price', is: found },
            { as: 'maximum', is: upper.compiled.evaluate(scope) },
          ],
          undefined,
          { clause },
        )
      return found
    }
    return { inner: apply(true), outer: apply(false) }
  }
}

function baseOf(base: readonly Definition[], scope: Scope): Derivation {
  const parts = base.map((one) => ({ as: one.name, is: one.evaluate(scope) }))
  const [only, ...more] = parts
  return only && more.length === 0 ? only.is : derive('sum', parts, { of: 'a base' })
}
