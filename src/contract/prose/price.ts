import type { Exact } from '../../kernel/exact.ts'
import type { ChargeWords, CreditWords } from '../language/price.ts'
import { english } from './english.ts'
import { singular } from './grammar.ts'
import type { QuantitySlot, Speaker } from './speaker.ts'

type Words = ChargeWords & CreditWords
export type PriceSlot = { readonly price: string; readonly sentences: readonly string[] }

/** The price in the main sentence, and a sentence for each stage before and after it. */
export function priceProse(
  given: ChargeWords | CreditWords,
  speaker: Speaker,
  told: { credited: boolean; sameCase: string | undefined },
): PriceSlot {
  const words = withNamed(given as Words, speaker)
  const quantity = words.measure === undefined ? undefined : speaker.quantity(words.measure)
  const of = words.of === undefined ? undefined : speaker.base(words.of, told.sameCase)
  return {
    price: words['true-up']
      ? english.trueUp(
          speaker.base(words['true-up'].of, undefined),
          speaker.amountText(words['true-up'].to),
        )
      : price(words, { speaker, quantity, of }),
    sentences: [
      ...stages(words, speaker, { quantity, credited: told.credited }),
      ...bounds(words, speaker, told.credited),
    ],
  }
}

/** A named price is printed in each clause that uses it. */
function withNamed(words: Words, speaker: Speaker): Words {
  const { title: _title, ...named } = speaker.contract.words.prices?.[words.price ?? ''] ?? {}
  return { ...words, ...named }
}

type Told = { speaker: Speaker; quantity: QuantitySlot | undefined; of: string | undefined }

function price(words: Words, { speaker, quantity, of }: Told): string {
  const isShare = of !== undefined
  const rateText = (text: string) =>
    speaker.say(text, { money: !isShare && !text.trim().endsWith('%') && quantity?.money !== true })
  const based = of === undefined ? {} : { of }
  if (words.tiers) {
    const unit = quantity?.unit === undefined ? '' : ` ${quantity.unit}`
    const rows = words.tiers.map((tier, place) => {
      const before = words.tiers?.[place - 1]?.['up-to']
      return {
        ...(tier['up-to'] !== undefined && {
          upTo: `${speaker.say(tier['up-to'], { money: quantity?.money === true })}${unit}`,
        }),
        ...(before !== undefined && {
          after: `${speaker.say(before, { money: quantity?.money === true })}${tier['up-to'] === undefined ? unit : ''}`,
        }),
        price: english.unitPrice({
          quantity,
          ...(tier.rate !== undefined && { rate: rateText(tier.rate) }),
          ...(tier.amount !== undefined && { amount: speaker.amountText(tier.amount) }),
        }),
      }
    })
    return english.tiers({
      quantity: quantity?.words ?? of ?? '',
      mode: words.mode ?? 'graduated',
      rows,
      ...(quantity && based),
    })
  }
  if (words.bands) {
    const edge = (text: string | undefined) =>
      text === undefined ? undefined : speaker.say(text, { money: quantity?.money === true })
    const rows = words.bands.map((band) => ({
      edge: english.edge({
        from: edge(band.from),
        above: edge(band.above),
        below: edge(band.below),
        upTo: edge(band['up-to']),
        time: quantity?.timeOfDay === true,
      }),
      price:
        band.share !== undefined
          ? speaker.say(band.share)
          : english.unitPrice({
              quantity,
              ...(band.rate !== undefined && { rate: rateText(band.rate) }),
              ...(band.amount !== undefined && { amount: speaker.amountText(band.amount) }),
            }),
    }))
    const shares = words.bands.some((band) => band.share !== undefined)
    return english.bands({ quantity: quantity?.words ?? of ?? '', rows, ...(shares && based) })
  }
  if (words.share !== undefined)
    return english.share(speaker.say(words.share, { nested: true }), of ?? '')
  const fixed = words.amount === undefined ? undefined : speaker.amountText(words.amount)
  if (words.rate === undefined) return fixed ?? ''
  const step = words.counted && {
    size: speaker.say(words.counted.in),
    rounded: words.counted.rounded,
  }
  const rate =
    of !== undefined && !quantity
      ? english.share(speaker.say(words.rate, { nested: true }), of)
      : english.rate({ rate: rateText(words.rate), quantity, ...(step && { step }), ...based })
  return fixed === undefined ? rate : english.plus(rate, fixed)
}

function stages(
  words: Words,
  speaker: Speaker,
  { quantity, credited }: { quantity: QuantitySlot | undefined; credited: boolean },
): string[] {
  const money = quantity?.money === true
  const units = quantity?.unit
  const sentences: string[] = []
  if (words.included !== undefined) {
    const said = speaker.say(words.included, { money })
    sentences.push(
      english.included(said, {
        ...(units !== undefined && { unit: singular(units), units }),
        credited,
        many: said.includes(' '),
      }),
    )
  }
  if (words['quantity-at-most'] !== undefined)
    sentences.push(english.countedAtMost(speaker.say(words['quantity-at-most'], { money }), units))
  if (words['quantity-at-least'] !== undefined)
    sentences.push(
      english.countedAtLeast(
        speaker.say(words['quantity-at-least'], { money: money && !words.counted }),
        words.counted !== undefined,
        units,
      ),
    )
  const open = words.bands !== undefined && !covered(words.bands)
  if (words.gaps !== undefined)
    sentences.push(open ? english.nothingBetweenOrBeyond : english.nothingBetween)
  else if (open) sentences.push(english.nothingOtherwise)
  return sentences
}

/** Whether one band has no lower and one no upper edge: then every value is in a band. */
const covered = (bands: NonNullable<Words['bands']>) =>
  bands.some((band) => band.from === undefined && band.above === undefined) &&
  bands.some((band) => band.below === undefined && band['up-to'] === undefined)

/** With a base, bounds written with % bound the share; those in money the result. */
function bounds(words: Words, speaker: Speaker, credited: boolean): string[] {
  const ofShare = (text: string | undefined) =>
    words.of !== undefined && text?.trim().endsWith('%') === true
  const said = (wanted: boolean) => {
    const bound = (text: string | undefined) =>
      text === undefined || ofShare(text) !== wanted
        ? undefined
        : speaker.say(text, { money: !wanted })
    const [least, most] = [bound(words.minimum), bound(words.maximum)]
    if (least === undefined && most === undefined) return []
    return [
      english.bounds({
        what: wanted ? english.theShare : english.theCharge(credited),
        ...(least !== undefined && { least }),
        ...(most !== undefined && { most }),
      }),
    ]
  }
  return [...said(true), ...said(false)]
}

/** The rounding of one term where it is not the offering’s. */
export function ownRounding(
  rounded: { to: Exact; mode: string } | undefined,
  general: { to: Exact; mode: string },
): string[] {
  if (!rounded || (rounded.to.equals(general.to) && rounded.mode === general.mode)) return []
  return [`${english.rounding(english.amountIs, rounded.to.text, rounded.mode)}.`]
}
