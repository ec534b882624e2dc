import { type Compiling, lazily, type Measure, type Told } from '../compiling.ts'
import { demandPeriod } from '../demand.ts'
import { type Derivation, roundedBy } from '../derivation.ts'
import type { MeasureWords } from '../language/measure.ts'
import type { OfferingWords } from '../language/offering.ts'
import { inOwnPeriod, restsOnSubject } from '../period/own-period.ts'
import { periodRule } from '../period/rule.ts'
import { withoutPeriod } from '../period/window.ts'
import { pricedBy } from '../price/named.ts'
import type { PricePlace } from '../price/parts.ts'
import { compilePrice, type PriceWords } from '../price/price.ts'
import { money } from '../type.ts'

type ScaleMeasureWords = Extract<MeasureWords, { scale: unknown }>

/** What a price function gives of a quantity: an amount that no line posts. */
export function scaleMeasure(words: ScaleMeasureWords, compiling: Compiling, told: Told): Measure {
  const { name, path } = told
  const per = periodRule(words.per, compiling, [...path, 'per'])
  const price = lazily(() => {
    const priced = pricedWords(words, compiling, { path, clause: name })
    return compilePrice(priced.words, compiling, priced.place)
  })
  const unit = { unit: compiling.currency }
  const isOfSubject = lazily(() => restsOnSubject(price().demand, per))
  return {
    type: () => {
      price()
      return money
    },
    ...(per && { per }),
    reads: () => price().reads,
    evaluate: (scope) => {
      const inner = inOwnPeriod(per, scope, isOfSubject)
      if (!inner) return withoutPeriod(per, scope, unit)
      return roundedBy(words.rounded, withoutClause(price().evaluate(inner).amount, name), unit)
    },
    demand: (place, report) => price().demand(demandPeriod(per, place, report, name), report),
  }
}

/** Beside a named price stand its quantity and its base; the words of a price say their own. */
function pricedWords(
  { scale, measure, of }: ScaleMeasureWords,
  compiling: Compiling,
  { path, clause }: PricePlace,
): ReturnType<typeof pricedBy> {
  const beside = { ...(measure !== undefined && { measure }), ...(of && { of }) }
  if (typeof scale === 'string')
    return pricedBy({ price: scale, ...beside }, compiling, { path, clause })
  for (const word of Object.keys(beside))
    compiling.faults.add(
      'words_exclude_each_other',
      [...path, word],
      `The price is written out: say “${word}:” among its words.`,
    )
  return { words: scale, place: { path: [...path, 'scale'], clause } }
}

/** The same once it is sound, for who reads it: written out, or a named price of this quantity and base. */
export const priceOfScale = (
  { scale, measure, of }: ScaleMeasureWords,
  { prices }: OfferingWords,
): PriceWords => (typeof scale === 'string' ? { measure, of, ...prices?.[scale] } : scale)

/** A measure is a definition, not a clause: its numbers are stated by whichever clause reads it. */
function withoutClause(root: Derivation, name: string): Derivation {
  const done = new Map<Derivation, Derivation>()
  const walk = (node: Derivation): Derivation => {
    const known = done.get(node)
    if (known) return known
    const { clause, from, ...rest } = node
    const inputs = from.map((input) => ({ ...input, is: walk(input.is) }))
    const isSame = clause !== name && inputs.every(({ is }, at) => is === from[at]?.is)
    const made: Derivation = isSame
      ? node
      : { ...rest, from: inputs, ...(clause !== undefined && clause !== name && { clause }) }
    done.set(node, made)
    return made
  }
  return walk(root)
}
