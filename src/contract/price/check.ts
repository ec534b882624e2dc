import type { PriceParts } from './parts.ts'
import type { PriceWords } from './price.ts'

export const priceForms = ['amount', 'rate', 'share', 'tiers', 'bands', 'true-up'] as const
export type FormOfPrice = (typeof priceForms)[number]
export type Beside = {
  /** Why it would change nothing beside a form, and what to say instead; beside every other form it may stand. */
  readonly not: Partial<Record<FormOfPrice, string>>
  readonly needs?: string
}

const ownSum = 'beside “true-up”, which names what it adds up itself'
/** What makes or bends a quantity: of a fixed amount and of a share taken once there is none. */
const ofQuantity = {
  amount: 'beside a fixed amount: say “rate”, or leave it out',
  share: 'beside “share”, which is taken of the base once: say “rate” for so much of it per unit',
  'true-up': ownSum,
}
const onlyTiers = 'without “tiers”'
const onlyBands = 'without “bands”'

/** Which word may stand beside which form of price: from here come the faults, the table of the reference and a test. */
export const besideForms = {
  measure: { not: ofQuantity },
  included: { not: ofQuantity, needs: '`measure`' },
  'quantity-at-most': { not: ofQuantity, needs: '`measure`' },
  counted: { not: ofQuantity, needs: '`measure`' },
  'quantity-at-least': { not: ofQuantity, needs: '`measure`' },
  of: { not: { 'true-up': ownSum }, needs: 'a percentage of it: in the price, or as a bound' },
  mode: {
    not: {
      amount: onlyTiers,
      rate: onlyTiers,
      share: onlyTiers,
      bands: onlyTiers,
      'true-up': onlyTiers,
    },
  },
  gaps: {
    not: {
      amount: onlyBands,
      rate: onlyBands,
      share: onlyBands,
      tiers: onlyBands,
      'true-up': onlyBands,
    },
  },
  minimum: { not: {} },
  maximum: { not: {} },
} as const satisfies Partial<Record<keyof PriceWords, Beside>>

const besides = Object.entries(besideForms) as [keyof PriceWords, Beside][]

/** A price is said once, with what it needs and nothing beside it that changes nothing. */
export function checkPriceForm(words: PriceWords, parts: PriceParts): void {
  const form = formOf(words, parts)
  checkNeeds(words, parts)
  if (form) checkBeside(form, words, parts)
}

function formOf(words: PriceWords, parts: PriceParts): FormOfPrice | undefined {
  const said = priceForms.filter((form) => words[form] !== undefined)
  const isBoth = said.length === 2 && said[0] === 'amount' && said[1] === 'rate'
  if (said.length !== 1 && !isBoth)
    parts.fault(
      'price_unsaid',
      [],
      said.length === 0
        ? 'Say the price: amount, rate, share, tiers, bands or true-up.'
        : 'Say the price once: amount and rate, or share, or tiers, or bands, or true-up.',
    )
  return isBoth ? 'rate' : said.length === 1 ? said[0] : undefined
}

function checkNeeds(words: PriceWords, parts: PriceParts): void {
  // What a named price is of and how much of it there is, the clauses that use it say.
  const unbound = parts.place.unbound !== undefined
  const at = (word: string) => (parts.place.named ? [] : [word])
  const { measure, of, tiers, bands } = words
  if (words.share !== undefined && !of && !unbound)
    parts.fault('base_unsaid', at('share'), 'Say “of:”, what the share is of.')
  if (bands?.some((band) => band.share !== undefined) && !of && !unbound)
    parts.fault('base_unsaid', at('bands'), 'Say “of:”, what the shares are of.')
  else if ((tiers ?? bands) && measure === undefined && !of && !unbound)
    parts.fault(
      'price_unsaid',
      at(tiers ? 'tiers' : 'bands'),
      'Say “measure:”, the quantity by which they are told apart.',
    )
  if (tiers && !words.mode)
    parts.fault(
      'policy_unsaid',
      [],
      'Say “mode: graduated” (each unit at its own tier’s rate) or “mode: volume” (all units at the tier reached).',
    )
}

function checkBeside(form: FormOfPrice, words: PriceWords, parts: PriceParts): void {
  const hasQuantity = words.measure !== undefined || parts.place.unbound !== undefined
  for (const [word, beside] of besides) {
    if (words[word] === undefined) continue
    const isWanting = beside.needs === '`measure`' && !hasQuantity
    const why = beside.not[form] ?? (isWanting ? 'without “measure”' : undefined)
    if (why !== undefined)
      parts.fault('word_without_effect', [word], `“${word}” changes nothing ${why}.`)
  }
}

/** A base of which nothing is taken. */
export function checkBase(isTaken: boolean, parts: PriceParts): void {
  if (!isTaken)
    parts.fault(
      'word_without_effect',
      ['of'],
      '“of” changes nothing beside amounts of money: write a share of it with %, such as 10%; so that they never come to more than what they are of, say “maximum: 100%”; or leave it out.',
    )
}
