import type { PriceWords } from './price.ts'
import type { PriceParts } from './price-parts.ts'

/** A price is said once, with what it needs and nothing beside it that changes nothing. */
export function checkPriceForm(words: PriceWords, parts: PriceParts): void {
  checkForms(words, parts)
  checkNeeds(words, parts)
  checkEffects(words, parts)
}

function checkForms(words: PriceWords, parts: PriceParts): void {
  const forms = [
    words.amount ?? words.rate,
    words.share,
    words.tiers,
    words.bands,
    words['true-up'],
  ].filter((form) => form !== undefined)
  if (forms.length !== 1)
    parts.fault(
      'price_unsaid',
      [],
      forms.length === 0
        ? 'Say the price: amount, rate, share, tiers, bands or true-up.'
        : 'Say the price once: amount and rate, or share, or tiers, or bands, or true-up.',
    )
}

function checkNeeds(words: PriceWords, parts: PriceParts): void {
  // What a named price is of and how much of it there is, the clauses that use it say.
  const unbound = parts.place.unbound !== undefined
  const at = (word: string) => (parts.place.named ? [] : [word])
  if (words.share !== undefined && !words.of && !unbound)
    parts.fault('base_unsaid', at('share'), 'Say “of:”, what the share is of.')
  if (words.bands?.some((band) => band.share !== undefined) && !words.of && !unbound)
    parts.fault('base_unsaid', at('bands'), 'Say “of:”, what the shares are of.')
  if (words.tiers && !words.mode)
    parts.fault(
      'policy_unsaid',
      [],
      'Say “mode: graduated” (each unit at its own tier’s rate) or “mode: volume” (all units at the tier reached).',
    )
  const without = (word: keyof PriceWords, needs: string, there: unknown) => {
    if (words[word] !== undefined && !there)
      parts.fault('word_without_effect', at(word), `“${word}” changes nothing without ${needs}.`)
  }
  without('mode', '“tiers”', words.tiers)
  without('gaps', '“bands”', words.bands)
  for (const word of ['included', 'quantity-at-most', 'quantity-at-least', 'counted'] as const)
    without(word, '“measure”', words.measure ?? (unbound || undefined))
}

function checkEffects(words: PriceWords, parts: PriceParts): void {
  if (words.rate === undefined && words.amount !== undefined && words.measure !== undefined)
    parts.fault(
      'word_without_effect',
      ['measure'],
      '“measure” changes nothing beside a fixed amount: say “rate”, or leave it out.',
    )
  if (words.of && words.amount !== undefined && words.rate === undefined)
    parts.fault(
      'word_without_effect',
      ['of'],
      '“of” changes nothing beside a fixed amount: say “share”, or leave it out.',
    )
  if (words['true-up'])
    for (const word of ['measure', 'of'] as const)
      if (words[word] !== undefined)
        parts.fault(
          'word_without_effect',
          [word],
          `“${word}” changes nothing beside “true-up”, which names what it adds up itself.`,
        )
}
