import { Exact } from '../kernel/exact.ts'
import { type Band, checkBands } from './bands.ts'
import { type Derivation, derive, type Input, leaf } from './derivation.ts'
import { compileExpression, compileTyped } from './expression.ts'
import type { Path } from './fault.ts'
import { readFormula } from './formula.ts'
import type { ChargeWords, CreditWords } from './language.ts'
import type { Edges, TierSettings } from './operation.ts'
import { type Compiling, demandCompiled, unitOf, unknownName } from './reading.ts'
import type { Compiled, Definition, Place, Report, Scope } from './scope.ts'
import { isNumeric, joined, money, plainNumber, type Type, typeText } from './type.ts'

export type PriceWords = Pick<
  ChargeWords | CreditWords,
  'measure' | 'included' | 'quantity-at-most' | 'counted' | 'quantity-at-least' | 'amount' | 'rate' | 'share' | 'mode' | 'tiers' | 'bands' | 'gaps' | 'minimum' | 'maximum' | 'of'
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
export function compilePrice(words: PriceWords, compiling: Compiling, { path, clause }: { path: Path; clause: string }): Price {
  return new PriceCompiler(words, compiling, { path, clause }).compile()
}

class PriceCompiler {
  private readonly words: PriceWords
  private readonly compiling: Compiling
  private readonly place: { path: Path; clause: string }
  private readonly compiled: Compiled[] = []

  constructor(words: PriceWords, compiling: Compiling, place: { path: Path; clause: string }) {
    this.words = words
    this.compiling = compiling
    this.place = place
  }

  compile(): Price {
    const { words } = this
    this.checkForm()
    const base = this.base()
    const quantity = words.measure === undefined ? undefined : this.expression(words.measure, ['measure'])
    if (quantity && !isNumeric(quantity.type)) this.fault('types_do_not_fit', ['measure'], `A quantity is a number; this is ${typeText(quantity.type)}.`)
    const stages = this.quantityStages(quantity)
    const price = this.price(words.counted ? plainNumber : (quantity?.type ?? (base ? money : plainNumber)), base !== undefined)
    const bounds = this.bounds(base !== undefined)
    const { clause } = this.place
    return {
      reads: [...this.compiled.flatMap((one) => one.reads.filter((read) => read.attribute === undefined).map((read) => read.name)), ...(words.of ?? [])],
      demand: (place, report) => {
        demandCompiled(this.compiled, place, this.compiling.names, report)
        for (const one of base ?? []) one.demand(place, report)
      },
      evaluate: (scope) => {
        const of = base && baseOf(base, scope)
        const started = quantity ? quantity.evaluate(scope) : of && !words.share ? of : leaf(Exact.one)
        const counted = stages(started, scope)
        const priced = bounds.inner(price.evaluate(counted, scope, of), scope)
        const amount = of && price.isShare ? bounds.outer(derive('times', [{ as: 'share', is: priced }, { as: 'base', is: of }], undefined, { clause }), scope) : priced
        return { amount, parts: { quantity: started, steps: counted, amount, ...(of && { base: of }), ...(price.isShare && { share: priced }) } }
      },
    }
  }

  private expression(text: string, under: Path, expected?: Type): Compiled {
    const { names, zone, faults } = this.compiling
    const place = { names, zone, faults, path: [...this.place.path, ...under], clause: this.place.clause }
    const compiled = expected ? compileTyped(text, expected, place) : compileExpression(text, place)
    this.compiled.push(compiled)
    return compiled
  }

  private optional(word: 'included' | 'quantity-at-most' | 'quantity-at-least', expected: Type): Compiled | undefined {
    const text = this.words[word]
    return text === undefined ? undefined : this.expression(text, [word], expected)
  }

  private fault(name: Parameters<Compiling['faults']['add']>[0], under: Path, words: string): void {
    this.compiling.faults.add(name, [...this.place.path, ...under], words)
  }

  private checkForm(): void {
    const { words } = this
    const forms = [words.amount ?? words.rate, words.share, words.tiers, words.bands].filter((form) => form !== undefined)
    if (forms.length !== 1)
      this.fault('price_unsaid', [], forms.length === 0 ? 'Say the price: amount, rate, share, tiers or bands.' : 'Say the price once: amount and rate, or share, or tiers, or bands.')
    if (words.share !== undefined && !words.of) this.fault('base_unsaid', ['share'], 'Say “of:”, what the share is of.')
    if (words.bands?.some((band) => band.share !== undefined) && !words.of) this.fault('base_unsaid', ['bands'], 'Say “of:”, what the shares are of.')
    if (words.tiers && !words.mode) this.fault('policy_unsaid', [], 'Say “mode: graduated” (each unit at its own tier’s rate) or “mode: volume” (all units at the tier reached).')
    const without = (word: keyof PriceWords, needs: string, there: unknown) => {
      if (words[word] !== undefined && !there) this.fault('word_without_effect', [word], `“${word}” changes nothing without ${needs}.`)
    }
    without('mode', '“tiers”', words.tiers)
    without('gaps', '“bands”', words.bands)
    for (const word of ['included', 'quantity-at-most', 'quantity-at-least', 'counted'] as const) without(word, '“measure”', words.measure)
    if (words.rate === undefined && words.amount !== undefined && words.measure !== undefined)
      this.fault('word_without_effect', ['measure'], '“measure” changes nothing beside a fixed amount: say “rate”, or leave it out.')
    if (words.of && words.amount !== undefined && words.rate === undefined)
      this.fault('word_without_effect', ['of'], '“of” changes nothing beside a fixed amount: say “share”, or leave it out.')
  }

  private base(): readonly Definition[] | undefined {
    return this.words.of?.flatMap((name, place) => {
      const definition = this.compiling.names.find(name)
      if (!definition || !['posting', 'total', 'measure', 'agreed', 'table'].includes(definition.sort)) {
        unknownName(name, this.compiling, [...this.place.path, 'of', place])
        return []
      }
      const type = definition.type()
      if (!isNumeric(type)) this.fault('types_do_not_fit', ['of'], `A base is an amount; “${name}” is ${typeText(type)}.`)
      return [definition]
    })
  }

  private quantityStages(quantity: Compiled | undefined): (quantity: Derivation, scope: Scope) => Derivation {
    const { counted } = this.words
    const type = quantity?.type ?? plainNumber
    const included = this.optional('included', type)
    const atMost = this.optional('quantity-at-most', type)
    const step = counted && this.expression(counted.in, ['counted', 'in'], type)
    const atLeast = this.optional('quantity-at-least', counted ? plainNumber : type)
    const unit = unitOf(type)
    return (started, scope) => {
      let found = started
      if (included) found = derive('less', [{ as: 'quantity', is: found }, { as: 'included', is: included.evaluate(scope) }], undefined, unit)
      if (atMost) found = derive('least', [{ as: 'quantity', is: found }, { as: 'at most', is: atMost.evaluate(scope) }], undefined, unit)
      if (step && counted) found = derive('steps', [{ as: 'quantity', is: found }, { as: 'in steps of', is: step.evaluate(scope) }], { rounded: counted.rounded })
      if (atLeast) found = derive('greatest', [{ as: 'quantity', is: found }, { as: 'at least', is: atLeast.evaluate(scope) }])
      return found
    }
  }

  /** A share where there is a base and the price is a bare number; an amount of money otherwise. */
  private price(quantity: Type, hasBase: boolean): PriceForm {
    const { words } = this
    if (words.tiers) return this.tiers(words.tiers, quantity, hasBase)
    if (words.bands) return this.bands(words.bands, quantity, hasBase)
    if (words.share !== undefined) {
      const share = this.share(words.share, ['share'])
      return { isShare: true, evaluate: (_quantity, scope) => share.evaluate(scope) }
    }
    const rate = words.rate === undefined ? undefined : this.rate(words.rate, ['rate'], { quantity, hasBase })
    const amount = words.amount === undefined ? undefined : this.expression(words.amount, ['amount'], money)
    const { clause } = this.place
    return {
      isShare: hasBase && rate?.type.is !== 'money' && amount === undefined,
      evaluate: (counted, scope) => {
        const fixed = amount?.evaluate(scope)
        if (!rate) return fixed ?? leaf(Exact.zero)
        const used = derive('times', [{ as: 'quantity', is: counted }, { as: 'rate', is: rate.evaluate(scope) }], undefined, { clause })
        return fixed ? derive('plus', [{ as: 'by rate', is: used }, { as: 'fixed', is: fixed }], undefined, { clause }) : used
      },
    }
  }

  /** A share of 50 would be fifty times the base: what is meant is written 50%. */
  private share(text: string, under: Path): Compiled {
    const bare = /^\d+(\.\d+)?$/.test(text) && Exact.parse(text)?.compare(Exact.one) === 1
    if (bare) this.fault('types_do_not_fit', under, `“${text}” would be ${text} times the base: write ${text}%.`)
    return this.expression(text, under, plainNumber)
  }

  /** A rate is money per unit; a percentage where the quantity is money, or where it is of a base. */
  private rate(text: string, under: Path, { quantity, hasBase }: { quantity: Type; hasBase: boolean }): Compiled {
    const rate = this.expression(text, under)
    const fits = hasBase || (quantity.is === 'money' ? rate.type.is !== 'money' : ['money', 'written', 'any'].includes(rate.type.is))
    if (!isNumeric(rate.type) || !fits)
      this.fault('types_do_not_fit', under, `A rate of ${typeText(rate.type)} for ${typeText(quantity)} is no amount of money.`)
    return rate
  }

  private tiers(tiers: NonNullable<PriceWords['tiers']>, quantity: Type, hasBase: boolean): PriceForm {
    const parts: { as: string; compiled: Compiled }[] = []
    const input = (as: string, compiled: Compiled) => parts.push({ as, compiled })
    let last: Exact | undefined
    const rows: TierSettings['rows'] = tiers.map((tier, place) => {
      const under = ['tiers', place]
      const isLast = place === tiers.length - 1
      if ((tier['up-to'] === undefined) !== isLast) this.fault('tiers_misordered', under, isLast ? 'The last tier has no “up-to”: it takes all that is left.' : 'Only the last tier has no “up-to”.')
      const edge = tier['up-to'] === undefined ? undefined : this.constant(tier['up-to'])
      if (edge && last && edge.compare(last) <= 0) this.fault('tiers_misordered', under, 'Tiers rise by “up-to”.')
      last = edge ?? last
      if (tier.rate === undefined && tier.amount === undefined) this.fault('price_unsaid', under, 'A tier says “rate”, “amount” or both.')
      return {
        ...(tier['up-to'] !== undefined && { upTo: input('up to', this.expression(tier['up-to'], [...under, 'up-to'], quantity)) }),
        ...(tier.rate !== undefined && { rate: input('rate', this.rate(tier.rate, [...under, 'rate'], { quantity, hasBase })) }),
        ...(tier.amount !== undefined && { amount: input('amount', this.expression(tier.amount, [...under, 'amount'], money)) }),
      }
    })
    const mode = this.words.mode ?? 'graduated'
    const { clause } = this.place
    return {
      isShare: hasBase && parts.every(({ as, compiled }) => as !== 'amount' && compiled.type.is !== 'money') && this.words.measure !== undefined,
      evaluate: (counted, scope) =>
        derive('tiers', [{ as: 'quantity', is: counted }, ...parts.map(({ as, compiled }) => ({ as, is: compiled.evaluate(scope) }))], { mode, rows }, { clause }),
    }
  }

  private constant(text: string): Exact | undefined {
    const formula = readFormula(text, this.compiling.faults, this.place.path)
    return formula && 'value' in formula && formula.value instanceof Exact ? formula.value : undefined
  }

  private bands(bands: NonNullable<PriceWords['bands']>, quantity: Type, hasBase: boolean): PriceForm {
    const shares = bands.every((band) => band.share !== undefined)
    const rows = bands.map((band, place) => this.bandRow(band, { under: ['bands', place], quantity, hasBase }))
    if (rows.every((row) => row.edges.every(({ constant }) => constant)))
      checkBands(
        rows.map((row) => Object.fromEntries(row.edges.map((edge) => [edge.word, edge.constant])) as Band),
        { faults: this.compiling.faults, path: [...this.place.path, 'bands'], gapsAgreed: this.words.gaps !== undefined },
      )
    const { clause } = this.place
    return {
      isShare: shares,
      evaluate: (counted, scope, of) => {
        const inputs: Input[] = [{ as: 'quantity', is: counted }]
        const placed = (as: string, is: Derivation) => inputs.push({ as, is }) - 1
        const settings = rows.map((row) => {
          const edges: Edges = Object.fromEntries(row.edges.map((edge) => [edge.word, placed(edge.word, edge.compiled.evaluate(scope))]))
          return { ...edges, then: placed('then', row.then(counted, scope, shares ? undefined : of)) }
        })
        return derive('band', inputs, { rows: settings }, { clause })
      },
    }
  }

  private bandRow(band: NonNullable<PriceWords['bands']>[number], { under, quantity, hasBase }: { under: Path; quantity: Type; hasBase: boolean }): BandRow {
    const edgeWords = [['from', 'from'], ['above', 'above'], ['below', 'below'], ['up-to', 'upTo']] as const
    const edges = edgeWords.flatMap(([word, key]) => {
      const text = band[word]
      if (text === undefined) return []
      return [{ word: key, compiled: this.expression(text, [...under, word], quantity), constant: this.constant(text) }]
    })
    if (band.from !== undefined && band.above !== undefined) this.fault('words_exclude_each_other', under, 'A band begins “from” or “above”, not both.')
    if (band.below !== undefined && band['up-to'] !== undefined) this.fault('words_exclude_each_other', under, 'A band ends “below” or “up-to”, not both.')
    const said = [band.share, band.amount, band.rate].filter((text) => text !== undefined)
    if (said.length !== 1) this.fault('price_unsaid', under, 'A band says one of “share”, “amount” and “rate”.')
    const { clause } = this.place
    if (band.share !== undefined) {
      const share = this.share(band.share, [...under, 'share'])
      return { edges, then: (_counted, scope, of) => (of ? derive('times', [{ as: 'share', is: share.evaluate(scope) }, { as: 'base', is: of }], undefined, { clause }) : share.evaluate(scope)) }
    }
    if (band.rate !== undefined) {
      const rate = this.rate(band.rate, [...under, 'rate'], { quantity, hasBase })
      return { edges, then: (counted, scope) => derive('times', [{ as: 'quantity', is: counted }, { as: 'rate', is: rate.evaluate(scope) }], undefined, { clause }) }
    }
    const amount = this.expression(band.amount ?? '0', [...under, 'amount'], money)
    return { edges, then: (_counted, scope) => amount.evaluate(scope) }
  }

  /** With a base, bounds written with % bound the share and those in money the result; without one, the price itself. */
  private bounds(hasBase: boolean): Record<'inner' | 'outer', (value: Derivation, scope: Scope) => Derivation> {
    const { minimum, maximum } = this.words
    const bound = (text: string | undefined, word: 'minimum' | 'maximum') => {
      if (text === undefined) return undefined
      const compiled = this.expression(text, [word])
      const isShare = compiled.type.is === 'number' && compiled.type.unit === undefined
      if (!joined(compiled.type, money) && !(hasBase && isShare)) this.fault('types_do_not_fit', [word], `“${word}” is ${typeText(compiled.type)}; ${hasBase ? 'a percentage or an amount' : 'an amount'} stands here.`)
      return { compiled, inner: !hasBase || isShare }
    }
    const [lower, upper] = [bound(minimum, 'minimum'), bound(maximum, 'maximum')]
    const { clause } = this.place
    const apply = (inner: boolean) => (value: Derivation, scope: Scope) => {
      let found = value
      if (lower?.inner === inner) found = derive('greatest', [{ as: 'price', is: found }, { as: 'minimum', is: lower.compiled.evaluate(scope) }], undefined, { clause })
      if (upper?.inner === inner) found = derive('least', [{ as: 'price', is: found }, { as: 'maximum', is: upper.compiled.evaluate(scope) }], undefined, { clause })
      return found
    }
    return { inner: apply(true), outer: apply(false) }
  }
}

type PriceForm = { readonly isShare: boolean; readonly evaluate: (quantity: Derivation, scope: Scope, base: Derivation | undefined) => Derivation }
type BandRow = {
  readonly edges: readonly { word: 'from' | 'above' | 'below' | 'upTo'; compiled: Compiled; constant: Exact | undefined }[]
  readonly then: (quantity: Derivation, scope: Scope, base: Derivation | undefined) => Derivation
}

function baseOf(base: readonly Definition[], scope: Scope): Derivation {
  const parts = base.map((one) => ({ as: one.name, is: one.evaluate(scope) }))
  const [only, ...more] = parts
  return only && more.length === 0 ? only.is : derive('sum', parts, { of: 'a base' })
}
