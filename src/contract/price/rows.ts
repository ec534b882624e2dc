import { Exact } from '../../kernel/exact.ts'
import { type Derivation, derive, type Input } from '../derivation.ts'
import type { Path } from '../document/fault.ts'
import { constantNumber } from '../formula/range.ts'
import type { Edges, TierSettings } from '../operation/price.ts'
import type { Compiled, Scope } from '../scope.ts'
import { money, type Type } from '../type.ts'
import { type Band, checkBands } from './bands.ts'
import type { PriceParts, Rate } from './parts.ts'
import type { PriceWords } from './price.ts'
import { stage } from './stage.ts'

/**
 * What the price is, once the quantity is known. A share of the base where all of it is one; where a part of it is money
 * it is an amount, in which each share has been taken of the base already.
 */
export type PriceForm = {
  readonly isShare: boolean
  /** Whether any part of it is a share. */
  readonly readsBase: boolean
  readonly evaluate: (quantity: Derivation, scope: Scope, base: Base) => Derivation
}
type BandRow = {
  readonly edges: readonly {
    word: 'from' | 'above' | 'below' | 'upTo'
    compiled: Compiled
    constant: Exact | undefined
  }[]
  /** Of the base; otherwise it is money. */
  readonly isShare: boolean
  readonly gives: (quantity: Derivation, scope: Scope) => Derivation
}
type Base = Derivation | undefined
type TierInput = { readonly as: string } & Pick<Rate, 'compiled'> & Partial<Rate>

/** Prices in rows: tiers and bands. */
export class PriceRows {
  private readonly words: PriceWords
  private readonly parts: PriceParts

  constructor(words: PriceWords, parts: PriceParts) {
    this.words = words
    this.parts = parts
  }

  tiers(tiers: NonNullable<PriceWords['tiers']>, quantity: Type, hasBase: boolean): PriceForm {
    const inputs: TierInput[] = []
    const input = (one: TierInput) => inputs.push(one)
    const rows: TierSettings['rows'] = tiers.map((tier, place) => {
      const under = ['tiers', place]
      if (tier.rate === undefined && tier.amount === undefined)
        this.parts.fault('price_unsaid', under, 'A tier says “rate”, “amount” or both.')
      const expression = (word: 'up-to' | 'amount', type: Type) =>
        this.parts.expression(tier[word] ?? '0', [...under, word], type)
      const rate = (text: string) =>
        this.parts.rate(text, [...under, 'rate'], { quantity, hasBase })
      return {
        ...(tier['up-to'] !== undefined && {
          upTo: input({ as: 'up to', compiled: expression('up-to', quantity) }),
        }),
        ...(tier.rate !== undefined && { rate: input({ as: 'rate', ...rate(tier.rate) }) }),
        ...(tier.amount !== undefined && {
          amount: input({ as: 'amount', compiled: expression('amount', money) }),
        }),
      }
    })
    const edges = rows.map(({ upTo }) => (upTo ? inputs[upTo - 1]?.compiled : undefined))
    this.checkEdges(tiers, edges)
    const mode = this.words.mode ?? 'graduated'
    const { clause } = this.parts.place
    const isShare = inputs.every((one) => one.isShare || edges.includes(one.compiled))
    const inputOf = (
      { as, compiled, isShare: isRateOfBase }: TierInput,
      scope: Scope,
      base: Base,
    ) => {
      const is = compiled.evaluate(scope)
      return { as, is: isRateOfBase && !isShare && base ? this.parts.ofBase(is, base) : is }
    }
    return {
      isShare,
      readsBase: inputs.some(({ isShare }) => isShare),
      evaluate: (counted, scope, base) =>
        derive(
          'tiers',
          [{ as: 'quantity', is: counted }, ...inputs.map((one) => inputOf(one, scope, base))],
          { mode, rows },
          { clause, ...(!isShare && { unit: this.parts.compiling.currency }) },
        ),
    }
  }

  private checkEdges(
    tiers: NonNullable<PriceWords['tiers']>,
    edges: readonly (Compiled | undefined)[],
  ): void {
    let last: Exact | undefined
    for (const [place, { 'up-to': upTo, rate }] of tiers.entries()) {
      const under = ['tiers', place]
      const isLast = place === tiers.length - 1
      if ((upTo === undefined) !== isLast)
        this.parts.fault(
          'tiers_misordered',
          under,
          isLast
            ? 'The last tier has no “up-to”: it takes all that is left.'
            : 'Only the last tier has no “up-to”.',
        )
      const compiled = edges[place]
      const edge = compiled && constantNumber(compiled)
      if (edge && (last ? edge.compare(last) <= 0 : edge.compare(Exact.zero) < 0))
        this.parts.fault('tiers_misordered', under, 'Tiers rise by “up-to”, from 0.')
      if (edge?.isZero && rate !== undefined)
        this.parts.fault(
          'word_without_effect',
          [...under, 'rate'],
          'Up to 0 there is no unit to price: say “amount”, which is due whatever is used.',
        )
      last = edge ?? last
    }
  }

  bands(bands: NonNullable<PriceWords['bands']>, quantity: Type, hasBase: boolean): PriceForm {
    for (const [place, { id }] of bands.entries())
      if (id !== undefined && bands.findIndex((band) => band.id === id) < place)
        this.parts.fault('name_doubled', ['bands', place, 'id'], `Two bands have the id “${id}”.`)
    const rows = bands.map((band, place) =>
      this.bandRow(band, { under: ['bands', place], quantity, hasBase }),
    )
    if (rows.every((row) => row.edges.every(({ constant }) => constant)))
      checkBands(
        rows.map(({ edges }, place): Band => {
          const { from, above, below, 'up-to': upTo } = bands[place] ?? {}
          const [lower, upper] = [from ?? above, below ?? upTo]
          return {
            ...Object.fromEntries(edges.map((edge) => [edge.word, edge.constant])),
            written: { ...(lower && { lower }), ...(upper && { upper }) },
          }
        }),
        {
          faults: this.parts.compiling.faults,
          path: this.parts.path(['bands']),
          gapsAgreed: this.words.gaps !== undefined,
        },
      )
    const { clause } = this.parts.place
    const isShare = rows.every((row) => row.isShare)
    return {
      isShare,
      readsBase: rows.some((row) => row.isShare),
      evaluate: (counted, scope, base) => {
        const inputs: Input[] = [{ as: 'quantity', is: counted }]
        const placed = (as: string, is: Derivation) => inputs.push({ as, is }) - 1
        const settings = rows.map((row) => {
          const edges: Edges = Object.fromEntries(
            row.edges.map((edge) => [edge.word, placed(edge.word, edge.compiled.evaluate(scope))]),
          )
          const given = row.gives(counted, scope)
          const gives = row.isShare && !isShare && base ? this.parts.ofBase(given, base) : given
          return { ...edges, gives: placed('then', gives) }
        })
        const { currency } = this.parts.compiling
        const said = { clause, ...(!isShare && { unit: currency }) }
        return derive('band', inputs, { rows: settings }, said)
      },
    }
  }

  private bandRow(
    band: NonNullable<PriceWords['bands']>[number],
    { under, quantity, hasBase }: { under: Path; quantity: Type; hasBase: boolean },
  ): BandRow {
    const edgeWords = [
      ['from', 'from'],
      ['above', 'above'],
      ['below', 'below'],
      ['up-to', 'upTo'],
    ] as const
    const edges = edgeWords.flatMap(([word, key]) => {
      const text = band[word]
      if (text === undefined) return []
      const compiled = this.parts.expression(text, [...under, word], quantity)
      return [{ word: key, compiled, constant: constantNumber(compiled) }]
    })
    if (band.from !== undefined && band.above !== undefined)
      this.parts.fault(
        'words_exclude_each_other',
        under,
        'A band begins “from” or “above”, not both.',
      )
    if (band.below !== undefined && band['up-to'] !== undefined)
      this.parts.fault(
        'words_exclude_each_other',
        under,
        'A band ends “below” or “up-to”, not both.',
      )
    const said = [band.share, band.amount, band.rate].filter((text) => text !== undefined)
    if (said.length !== 1)
      this.parts.fault('price_unsaid', under, 'A band says one of “share”, “amount” and “rate”.')
    if (band.share !== undefined) {
      const share = this.parts.share(band.share, [...under, 'share'])
      return { edges, isShare: true, gives: (_counted, scope) => share.evaluate(scope) }
    }
    if (band.rate !== undefined) {
      const { compiled, isShare } = this.parts.rate(band.rate, [...under, 'rate'], {
        quantity,
        hasBase,
      })
      const { place, compiling } = this.parts
      const said = { clause: place.clause, ...(!isShare && { unit: compiling.currency }) }
      const gives: BandRow['gives'] = (counted, scope) =>
        stage('times', ['quantity', counted], ['rate', compiled.evaluate(scope)], said)
      return { edges, isShare, gives }
    }
    const amount = this.parts.expression(band.amount ?? '0', [...under, 'amount'], money)
    return { edges, isShare: false, gives: (_counted, scope) => amount.evaluate(scope) }
  }
}
