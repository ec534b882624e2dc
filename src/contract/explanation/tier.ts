import type { Exact } from '../../kernel/exact.ts'
import { type Speaking, spoken } from '../answer/spoken.ts'
import type { Derivation } from '../derivation.ts'
import { reachedTiers, type TierSettings } from '../operation/price.ts'
import { numberOf } from '../operation/value.ts'
import { Absent } from '../value.ts'
import { namedText } from './named.ts'

/** Of a price by tiers each that took part, as it was reckoned: `up to 10: 10 units × 1.00 EUR = 10.00 EUR`. */
export function tierTexts(node: Derivation, speaking: Speaking): readonly string[] {
  const { operation, settings, from, value, unit } = node
  if (operation !== 'tiers' || value instanceof Absent) return []
  const inputs = from.map(({ is }) => numberOf(is.value))
  return reachedTiers(inputs, settings as TierSettings).map(({ row, lower, within, price }) => {
    const said = (place: number | undefined, as?: string) => {
      const input = place === undefined ? undefined : from[place]?.is
      return input && namedText(input, speaking, input.unit ?? as)
    }
    const used = spoken(within, from[0]?.is.unit, speaking)
    const rate = said(row.rate, unit)
    const sum = [rate === undefined ? undefined : `${used} × ${rate}`, said(row.amount, unit)]
    const figures = sum.filter((figure) => figure !== undefined).join(' + ')
    const came = rate === undefined ? '' : ` = ${spoken(price, unit, speaking)}`
    return `${edges(lower, said(row.upTo))}: ${figures}${came}`
  })
}

const edges = (lower: Exact, upTo: string | undefined): string => {
  const above = lower.isZero ? '' : `above ${lower.text}`
  const below = upTo === undefined ? '' : `up to ${upTo}`
  return [above, below].filter((edge) => edge !== '').join(' ') || 'all of it'
}
