import type { Exact } from '../kernel/exact.ts'
import { type Band, checkBands } from './bands.ts'
import { type Derivation, derive, type Input } from './derivation.ts'
import type { Path } from './fault.ts'
import type { Edges, TierSettings } from './operation-price.ts'
import type { PriceWords } from './price.ts'
import type { PriceParts } from './price-parts.ts'
import type { Compiled, Scope } from './scope.ts'
import { money, type Type } from './type.ts'

/** What the price is, once the quantity is known: a share of the base, or an amount. */
export type PriceForm = {
  readonly isShare: boolean
  readonly evaluate: (
    quantity: Derivation,
    scope: Scope,
    base: Derivation | undefined,
  ) => Derivation
}
type BandRow = {
  readonly edges: readonly {
    word: 'from' | 'above' | 'below' | 'upTo'
    compiled: Compiled
    constant: Exact | undefined
  }[]
  readonly gives: (quantity: Derivation, scope: Scope, base: Derivation | undefined) => Derivation
}

/** Prices in rows: tiers and bands. */
export class PriceRows {
  private readonly words: PriceWords
  private readonly parts: PriceParts

  constructor(words: PriceWords, parts: PriceParts) {
    this.words = words
    this.parts = parts
  }

  tiers(tiers: NonNullable<PriceWords['tiers']>, quantity: Type, hasBase: boolean): PriceForm {
    const inputs: { as: string; compiled: Compiled }[] = []
    const input = (as: string, compiled: Compiled) => inputs.push({ as, compiled })
    let last: Exact | undefined
    const rows: TierSettings['rows'] = tiers.map((tier, place) => {
      const under = ['tiers', place]
      const isLast = place === tiers.length - 1
      if ((tier['up-to'] === undefined) !== isLast)
        this.parts.fault(
          'tiers_misordered',
          under,
          isLast
            ? 'The last tier has no “up-to”: it takes all that is left.'
            : 'Only the last tier has no “up-to”.',
        )
      const edge =
        tier['up-to'] === undefined
          ? undefined
          : this.parts.constant(tier['up-to'], [...under, 'up-to'])
      if (edge && last && edge.compare(last) <= 0)
        this.parts.fault('tiers_misordered', under, 'Tiers rise by “up-to”.')
      last = edge ?? last
      if (tier.rate === undefined && tier.amount === undefined)
        this.parts.fault('price_unsaid', under, 'A tier says “rate”, “amount” or both.')
      return {
        ...(tier['up-to'] !== undefined && {
          upTo: input('up to', this.parts.expression(tier['up-to'], [...under, 'up-to'], quantity)),
        }),
        ...(tier.rate !== undefined && {
          rate: input(
            'rate',
            this.parts.rate(tier.rate, [...under, 'rate'], { quantity, hasBase }),
          ),
        }),
        ...(tier.amount !== undefined && {
          amount: input('amount', this.parts.expression(tier.amount, [...under, 'amount'], money)),
        }),
      }
    })
    const mode = this.words.mode ?? 'graduated'
    const { clause } = this.parts.place
    return {
      isShare:
        hasBase &&
        inputs.every(({ as, compiled }) => as !== 'amount' && compiled.type.is !== 'money') &&
        this.words.measure !== undefined,
      evaluate: (counted, scope) =>
        derive(
          'tiers',
          [
            { as: 'quantity', is: counted },
            ...inputs.map(({ as, compiled }) => ({ as, is: compiled.evaluate(scope) })),
          ],
          { mode, rows },
          { clause },
        ),
    }
  }

  bands(bands: NonNullable<PriceWords['bands']>, quantity: Type, hasBase: boolean): PriceForm {
    const shares = bands.every((band) => band.share !== undefined)
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
    return {
      isShare: shares,
      evaluate: (counted, scope, of) => {
        const inputs: Input[] = [{ as: 'quantity', is: counted }]
        const placed = (as: string, is: Derivation) => inputs.push({ as, is }) - 1
        const settings = rows.map((row) => {
          const edges: Edges = Object.fromEntries(
            row.edges.map((edge) => [edge.word, placed(edge.word, edge.compiled.evaluate(scope))]),
          )
          return {
            ...edges,
            gives: placed('then', row.gives(counted, scope, shares ? undefined : of)),
          }
        })
        return derive('band', inputs, { rows: settings }, { clause })
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
      return [
        {
          word: key,
          compiled: this.parts.expression(text, [...under, word], quantity),
          constant: this.parts.constant(text, [...under, word]),
        },
      ]
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
    const { clause } = this.parts.place
    if (band.share !== undefined) {
      const share = this.parts.share(band.share, [...under, 'share'])
      return {
        edges,
        gives: (_counted, scope, of) =>
          of
            ? derive(
                'times',
                [
                  { as: 'share', is: share.evaluate(scope) },
                  { as: 'base', is: of },
                ],
                undefined,
                { clause, unit: this.parts.compiling.currency },
              )
            : share.evaluate(scope),
      }
    }
    if (band.rate !== undefined) {
      const rate = this.parts.rate(band.rate, [...under, 'rate'], { quantity, hasBase })
      return {
        edges,
        gives: (counted, scope) =>
          derive(
            'times',
            [
              { as: 'quantity', is: counted },
              { as: 'rate', is: rate.evaluate(scope) },
            ],
            undefined,
            { clause },
          ),
      }
    }
    const amount = this.parts.expression(band.amount ?? '0', [...under, 'amount'], money)
    return { edges, gives: (_counted, scope) => amount.evaluate(scope) }
  }
}
