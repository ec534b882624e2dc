import type { Exact } from '../../kernel/exact.ts'
import { Length } from '../../kernel/time.ts'
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
      ...inParts(words, speaker),
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

function price(words: Words, told: Told): string {
  const { speaker, quantity, of } = told
  const { counted } = words
  const step = counted && {
    size: speaker.say(counted.in, { money: quantity?.money === true }),
    rounded: counted.rounded,
  }
  // In rows it is steps that are priced, whatever they are steps of.
  const stepped = quantity && step ? { ...told, quantity: english.stepped(quantity, step) } : told
  if (words.tiers) return tiersPrice(words, words.tiers, stepped)
  if (words.bands)
    return bandsPrice(words.bands, stepped, edgeUnit(stepped.quantity, step !== undefined))
  if (words.share !== undefined) return english.share(shareText(words.share, speaker), of ?? '')
  const fixed = words.amount === undefined ? undefined : speaker.amountText(words.amount)
  if (words.rate === undefined) return fixed ?? ''
  const rate =
    of !== undefined && !quantity
      ? english.share(speaker.say(words.rate, { nested: true }), of)
      : english.rate({
          rate: rateText(words.rate, step ? stepped : told),
          quantity,
          ...(step && { step }),
          ...(of !== undefined && { of }),
        })
  return fixed === undefined ? rate : english.plus(rate, fixed)
}

/** A bare rate is money, unless it is of money, or of a base. */
/** A surge of 1.4 costs four tenths more: the share is what it exceeds 1 by. */
function shareText(share: string, speaker: Speaker): string {
  const exceeding = /^([a-z0-9_.]+) - 1$/.exec(share.trim())?.[1]
  return exceeding === undefined
    ? speaker.say(share, { nested: true })
    : english.asMuchAsExceeds(speaker.say(exceeding, { nested: true }), '1')
}

const rateText = (text: string, { speaker, quantity, of }: Told) =>
  speaker.say(text, {
    money: of === undefined && !text.trim().endsWith('%') && quantity?.money !== true,
  })

function tiersPrice(words: Words, tiers: NonNullable<Words['tiers']>, told: Told): string {
  const { speaker, quantity, of } = told
  const edge = (text: string) => speaker.say(text, { money: quantity?.money === true })
  const withUnit = (said: string) =>
    quantity?.unit === undefined ? said : english.unit(said, quantity.unit)
  const rows = tiers.map((tier, place) => {
    const upTo = tier['up-to']
    const before = tiers[place - 1]?.['up-to']
    return {
      ...(upTo !== undefined && { upTo: withUnit(edge(upTo)) }),
      ...(before !== undefined && {
        after: upTo === undefined ? withUnit(edge(before)) : edge(before),
      }),
      price: unitPrice(tier, told),
    }
  })
  return english.tiers({
    quantity: quantity ? english.quantityIn(quantity) : (of ?? ''),
    mode: words.mode ?? 'graduated',
    rows,
    ...(quantity && of !== undefined && { of }),
  })
}

/** Steps say what they count, months are no bare numbers, and neither is what the words before have not said. */
function edgeUnit(quantity: QuantitySlot | undefined, isStepped: boolean): string | undefined {
  if (quantity?.unit === undefined) return undefined
  const { unit, words } = quantity
  return isStepped || unit === 'months' || !english.saysUnit(words, unit) ? unit : undefined
}

function bandsPrice(
  bands: NonNullable<Words['bands']>,
  told: Told,
  unit: string | undefined,
): string {
  const { speaker, quantity, of } = told
  const edge = (text: string | undefined) => {
    if (text === undefined) return undefined
    const said = speaker.say(text, { money: quantity?.money === true })
    return unit === undefined ? said : english.unit(said, unit)
  }
  const rows = bands.map((band) => ({
    edge: english.edge({
      from: edge(band.from),
      above: edge(band.above),
      below: edge(band.below),
      upTo: edge(band['up-to']),
      time: quantity?.timeOfDay === true,
    }),
    price: band.share !== undefined ? speaker.say(band.share) : unitPrice(band, told),
  }))
  const shares = bands.some((band) => band.share !== undefined)
  return english.bands({
    quantity: quantity ? english.quantityIn(quantity) : (of ?? ''),
    rows,
    ...(shares && of !== undefined && { of }),
  })
}

function unitPrice(
  { rate, amount }: { rate?: string | undefined; amount?: string | undefined },
  told: Told,
): string {
  return english.unitPrice({
    quantity: told.quantity,
    ...(rate !== undefined && { rate: rateText(rate, told) }),
    ...(amount !== undefined && { amount: told.speaker.amountText(amount) }),
  })
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

/** An interval that is priced part by part: what is said of the price then holds for each part. */
function inParts(words: Words, speaker: Speaker): string[] {
  const text = words['in-parts-of']
  if (text === undefined) return []
  const isLength = Length.parse(text) !== undefined
  return [isLength ? english.partsOf(text) : english.partsIn(speaker.each(text))]
}

/** With a base, bounds written with % bound the share; those in money the result. */
function bounds(words: Words, speaker: Speaker, credited: boolean): string[] {
  const ofShare = (text: string | undefined) =>
    words.of !== undefined && text?.trim().endsWith('%') === true
  const isCut = words['in-parts-of'] !== undefined
  const whole = isCut ? english.thePriceOfPart : english.theCharge(credited)
  const said = (wanted: boolean) => {
    const bound = (text: string | undefined) =>
      text === undefined || ofShare(text) !== wanted
        ? undefined
        : speaker.say(text, { money: !wanted })
    const [least, most] = [bound(words.minimum), bound(words.maximum)]
    if (least === undefined && most === undefined) return []
    return [
      english.bounds({
        what: wanted ? english.theShare : whole,
        ...(least !== undefined && { least }),
        ...(most !== undefined && { most }),
      }),
    ]
  }
  return [...said(true), ...said(false), ...riseProse(words, speaker)]
}

/** How far a price may lie above or below that of an earlier period. */
function riseProse({ rise, every = '' }: Words, speaker: Speaker): string[] {
  if (!rise) return []
  const said = (text: string | undefined) =>
    text === undefined ? undefined : speaker.say(text, { money: !text.includes('%') })
  const [most, least] = [said(rise['at-most']), said(rise['at-least'])]
  return [
    english.rise({
      each: speaker.each(every),
      ...(most !== undefined && { most }),
      ...(least !== undefined && { least, isNever: speaker.isZero(rise['at-least'] ?? '') }),
      ...(rise.over !== undefined && { over: rise.over }),
    }),
  ]
}

/** The rounding of one term where it is not the offering’s. */
export function ownRounding(
  rounded: { to: Exact; mode: string } | undefined,
  general: { to: Exact; mode: string },
): string[] {
  if (!rounded || (rounded.to.equals(general.to) && rounded.mode === general.mode)) return []
  return [`${english.rounding(english.amountIs, rounded.to.text, rounded.mode)}.`]
}
