import { singular } from '../../kernel/grammar.ts'
import { Length } from '../../kernel/time.ts'
import type { PostingWords } from '../language/posting.ts'
import { isShareOfBase } from '../price/parts.ts'
import { isCoarse } from '../price/rounding.ts'
import { money } from '../type.ts'
import { english } from './english.ts'
import type { QuantitySlot, Speaker } from './speaker.ts'

type PriceSlot = { readonly price: string; readonly sentences: readonly string[] }

/** The price in the main sentence, and a sentence for each stage before and after it. */
export function priceProse(
  words: PostingWords,
  speaker: Speaker,
  told: { credited: boolean; sameCase: string | undefined },
): PriceSlot {
  const quantity = words.measure === undefined ? undefined : speaker.quantity(words.measure)
  const of =
    words.of === undefined
      ? undefined
      : speaker.base(words.of, { sameCase: told.sameCase, each: words.each })
  return {
    price: words['true-up']
      ? english.trueUp(
          speaker.base(words['true-up'].of, {}),
          speaker.amountText(words['true-up'].to),
        )
      : price(words, { speaker, quantity, of }),
    sentences: [
      ...inParts(words, speaker),
      ...stages(words, speaker, { quantity, credited: told.credited }),
      ...bounds(words, { speaker, quantity, of }, told.credited),
    ],
  }
}

type Told = { speaker: Speaker; quantity: QuantitySlot | undefined; of: string | undefined }

function price(words: PostingWords, told: Told): string {
  const { speaker, quantity, of } = told
  const { counted } = words
  const step = counted && {
    size: speaker.say(counted.in, { money: quantity?.money === true }),
    rounded: counted.rounded,
  }
  // In rows it is steps that are priced, whatever they are steps of.
  const stepped = quantity && step ? { ...told, quantity: english.stepped(quantity, step) } : told
  const rows = ofRows(stepped)
  if (words.tiers) return tiersPrice(words, words.tiers, rows)
  if (words.bands) return bandsPrice(words, rows, edgeUnit(stepped.quantity, step !== undefined))
  if (words.share !== undefined) return english.share(shareText(words.share, speaker), of ?? '')
  const fixed = words.amount === undefined ? undefined : speaker.amountText(words.amount)
  if (words.rate === undefined) return fixed ?? ''
  const ofBase = isShare(words.rate, stepped) ? of : undefined
  const rate =
    ofBase !== undefined && !quantity
      ? english.share(speaker.say(words.rate, { nested: true }), ofBase)
      : english.rate({
          rate: rateText(words.rate, stepped),
          quantity,
          ...(step && { step }),
          ...(ofBase !== undefined && { of: ofBase }),
        })
  return fixed === undefined ? rate : english.plus(rate, fixed)
}

/** A surge of 1.4 costs four tenths more: the share is what it exceeds 1 by. */
function shareText(share: string, speaker: Speaker): string {
  const exceeding = /^([a-z0-9_.]+) - 1$/.exec(share.trim())?.[1]
  return exceeding === undefined
    ? speaker.say(share, { nested: true })
    : english.asMuchAsExceeds(speaker.say(exceeding, { nested: true }), '1')
}

/** A bare rate is money, unless it is of money, or of a base. */
const rateText = (text: string, told: Told) =>
  told.speaker.say(text, {
    money: !isShare(text, told) && !text.trim().endsWith('%') && told.quantity?.money !== true,
  })

/** Whether a rate is one of the base: the same law by which it is computed. */
function isShare(text: string, { speaker, quantity, of }: Told): boolean {
  const ofMoney = quantity?.money ? money : undefined
  return of !== undefined && isShareOfBase(text, speaker.typeOf(text), ofMoney)
}

/** Whether the price is nothing but shares of the base. */
function isAllShares(words: PostingWords, told: Told): boolean {
  const rows = ofRows(told)
  const isOnlyShare = ({ share, rate, amount }: Row, of: Told) =>
    amount === undefined && (share !== undefined || (rate !== undefined && isShare(rate, of)))
  if (words.tiers) return words.tiers.every((tier) => isOnlyShare(tier, rows))
  if (words.bands) return words.bands.every((band) => isOnlyShare(band, rows))
  return isOnlyShare(words, told)
}
type Row = { [word in 'share' | 'rate' | 'amount']?: string | undefined }

/** Rows without a quantity of their own are those of the base. */
function ofRows(told: Told): Told {
  const { quantity, of } = told
  if (quantity || of === undefined) return told
  return { ...told, of: english.it, quantity: english.amountCalled(of) }
}

function tiersPrice(
  words: PostingWords,
  tiers: NonNullable<PostingWords['tiers']>,
  told: Told,
): string {
  const { speaker, quantity, of } = told
  const { mode = 'graduated' } = words
  const edge = (text: string) => speaker.say(text, { money: quantity?.money === true })
  // What has a name has its unit with it.
  const withUnit = (said: string) =>
    quantity?.unit === undefined || !/^[\d.,]+$/.test(said)
      ? said
      : english.unit(said, quantity.unit)
  const isPure = isAllShares(words, told)
  const rows = tiers.map((tier, place) => {
    const upTo = tier['up-to']
    // A fixed amount is due from the first part of a unit on, but not of nothing.
    const first = tier.amount === undefined ? undefined : '0'
    const before = place === 0 ? first : tiers[place - 1]?.['up-to']
    const price = unitPrice(tier, told, isPure)
    if (place === 0 && upTo !== undefined && speaker.isZero(upTo))
      return { price, edge: english.ofNothing(mode) }
    return {
      ...(upTo !== undefined && { upTo: withUnit(edge(upTo)) }),
      ...(before !== undefined && {
        after: upTo === undefined ? withUnit(edge(before)) : edge(before),
      }),
      price,
    }
  })
  return english.tiers({
    quantity: quantity ? english.quantityIn(quantity) : '',
    mode,
    rows,
    ...(isPure && of !== undefined && { of }),
  })
}

/** Steps say what they count, months are no bare numbers, and neither is what the words before have not said. */
function edgeUnit(quantity: QuantitySlot | undefined, isStepped: boolean): string | undefined {
  if (quantity?.unit === undefined) return undefined
  const { unit, words } = quantity
  return isStepped || unit === 'months' || !english.saysUnit(words, unit) ? unit : undefined
}

function bandsPrice(words: PostingWords, told: Told, unit: string | undefined): string {
  const { speaker, quantity, of } = told
  const edge = (text: string | undefined) => {
    if (text === undefined) return undefined
    const said = speaker.say(text, { money: quantity?.money === true })
    return unit === undefined ? said : english.unit(said, unit)
  }
  const isPure = isAllShares(words, told)
  const rows = (words.bands ?? []).map((band) => ({
    edge: english.edge({
      from: edge(band.from),
      above: edge(band.above),
      below: edge(band.below),
      upTo: edge(band['up-to']),
      time: quantity?.timeOfDay === true,
    }),
    price:
      band.share === undefined
        ? unitPrice(band, told, isPure)
        : isPure
          ? speaker.say(band.share)
          : english.share(speaker.say(band.share, { nested: true }), of ?? ''),
  }))
  return english.bands({
    quantity: quantity ? english.quantityIn(quantity) : '',
    rows,
    ...(isPure && of !== undefined && { of }),
  })
}

/** Where all rows are shares, what they are of is said once before them. */
function unitPrice({ rate, amount }: Row, told: Told, isPure: boolean): string {
  const isOfBase = rate !== undefined && !isPure && isShare(rate, told)
  return english.unitPrice({
    quantity: told.quantity,
    ...(rate !== undefined && { rate: rateText(rate, told) }),
    ...(isOfBase && told.of !== undefined && { of: told.of }),
    ...(amount !== undefined && { amount: told.speaker.amountText(amount) }),
  })
}

function stages(
  words: PostingWords,
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
        stepped: (words.tiers ?? words.bands) !== undefined,
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
  const open = isOpen(words)
  if (words.gaps !== undefined)
    sentences.push(open ? english.nothingBetweenOrBeyond : english.nothingBetween)
  else if (open) sentences.push(english.nothingOtherwise)
  return sentences
}

/** Whether a quantity may be in no band, of which nothing is due. */
const mayBeOutside = (words: PostingWords) => words.gaps !== undefined || isOpen(words)
const isOpen = ({ bands }: PostingWords) => bands !== undefined && !covered(bands)

/** Whether one band has no lower and one no upper edge: then every value is in a band. */
const covered = (bands: NonNullable<PostingWords['bands']>) =>
  bands.some((band) => band.from === undefined && band.above === undefined) &&
  bands.some((band) => band.below === undefined && band['up-to'] === undefined)

/** An interval that is priced part by part: what is said of the price then holds for each part. */
function inParts(words: PostingWords, speaker: Speaker): string[] {
  const text = words['in-parts-of']
  if (text === undefined) return []
  const { when } = words
  const condition = when === undefined ? undefined : english.condition(speaker.condition(when))
  if (Length.parse(text)) return [english.partsOf(text, condition)]
  const isWindow = speaker.period(text).rule?.is === 'window'
  const cut = isWindow ? english.partsWithin : english.partsIn
  return [cut(speaker.each(text), condition)]
}

/** A percentage bounds the share where the price is one, and otherwise the amount by that share of the base. */
function bounds(words: PostingWords, told: Told, credited: boolean): string[] {
  const { speaker, of } = told
  const isPure = isAllShares(words, told)
  const said = (text: string | undefined) => {
    if (text === undefined) return undefined
    const type = speaker.typeOf(text)
    const isOfBase = of !== undefined && type.is === 'number' && type.unit === undefined
    const words = speaker.say(text, { money: !isOfBase })
    return {
      ofShare: isOfBase && isPure,
      words: isOfBase && !isPure ? english.share(words, of) : words,
    }
  }
  const [least, most] = [said(words.minimum), said(words.maximum)]
  const sentence = (what: string, ofShare: boolean) => {
    const [low, high] = [least, most].map((one) =>
      one?.ofShare === ofShare ? one.words : undefined,
    )
    if (low === undefined && high === undefined) return []
    const isOpen = low !== undefined && mayBeOutside(words)
    return [
      english.bounds({
        what: isOpen ? english.whereDue(what) : what,
        ...(low !== undefined && { least: low }),
        ...(high !== undefined && { most: high }),
      }),
    ]
  }
  const isCut = words['in-parts-of'] !== undefined
  const whole = isCut ? english.thePriceOfPart : english.theCharge(credited)
  return [
    ...sentence(english.theShare, true),
    ...sentence(whole, false),
    ...riseProse(words, speaker),
  ]
}

/** How far a price may lie above or below that of an earlier period. */
function riseProse({ rise, every = '' }: PostingWords, speaker: Speaker): string[] {
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

/** The rounding of one term where it is not the offering’s, and what no rounding takes it above. */
export function ownRounding(
  words: PostingWords,
  kind: 'charge' | 'credit',
  speaker: Speaker,
): string[] {
  const { rounding } = speaker.contract.words
  const { rounded, maximum, limit, rise, of = [] } = words
  if (!rounded || (rounded.to.equals(rounding.to) && rounded.mode === rounding.mode)) return []
  const isBound = (maximum ?? limit?.amount ?? rise?.['at-most']) !== undefined
  const held = isBound ? english.notAboveBounds : english.notAboveCharged
  const isHeld =
    isCoarse(words, { rounding }) && (isBound || (kind === 'credit' && of.length === 1))
  const said = english.rounding(english.amountIs, rounded.to.text, rounded.mode)
  return [`${said}${isHeld ? held : ''}.`]
}
