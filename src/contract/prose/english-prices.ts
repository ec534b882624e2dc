import { bare, bounds, capital, isPlural, list, singular, the } from '../../kernel/grammar.ts'
import type { Billed } from '../language/period-policies.ts'
import type { StepRounding } from '../language/words.ts'
import {
  be,
  caseOf,
  type EachSlot,
  type EventSlot,
  eachText,
  onePeriod,
} from './english-phrases.ts'
import type { QuantitySlot } from './speaker.ts'

type RiseSlot = {
  readonly each: EachSlot
  readonly most?: string
  readonly least?: string
  readonly isNever?: boolean
  readonly over?: string
}

/** The English sentences of charges, credits and totals. */
export const prices = {
  forEach: (event: EventSlot) =>
    'words' in event && event.words.happens === undefined
      ? `For each ${bare(event.words.noun)}`
      : `Each time ${caseOf(event)}`,
  pays: ({
    when,
    condition,
    payer,
    payee,
    credited,
    thing,
    price,
  }: {
    when: string
    condition?: string
    payer: string
    payee: string
    credited: boolean
    thing?: string
    price: string
  }) =>
    `${when}${condition === undefined ? '' : `, ${condition}`}, ${payer} ${credited ? 'credits' : 'pays'} ${payee}${placed(price, thing)}.`,
  rate: rateText,
  stepped: steppedQuantity,
  quantityIn: ({ words, isWritten }: QuantitySlot) =>
    isWritten ? `a quantity of ${words}` : words,
  plus: (left: string, right: string) => `${left} plus ${right}`,
  share: shareOf,
  unitPrice: ({
    rate,
    amount,
    of,
    quantity,
  }: {
    rate?: string
    amount?: string
    /** What the rate is a share of, where not all rows are of it. */
    of?: string
    quantity: QuantitySlot | undefined
  }) => {
    const each =
      rate === undefined
        ? undefined
        : quantity?.money
          ? `${rate} of it`
          : `${of === undefined ? rate : shareOf(rate, of)} ${quantity?.unit === undefined ? 'each' : `for each ${singular(quantity.unit)}`}`
    return [each, amount].filter((part) => part !== undefined).join(' plus ')
  },
  tiers: ({
    quantity,
    mode,
    rows,
    of,
  }: {
    quantity: string
    mode: 'graduated' | 'volume'
    rows: readonly { upTo?: string; after?: string; edge?: string; price: string }[]
    of?: string
  }) => {
    const said = rows.map(({ upTo, after, edge: own, price }) => {
      if (own !== undefined) return `${price} ${own}`
      const edge = [
        after === undefined ? '' : `more than ${after}`,
        upTo === undefined ? '' : `up to and including ${upTo}`,
      ]
        .filter((part) => part !== '')
        .join(' ')
      return `${price} ${forEdge(edge === '' ? 'any number' : edge)}`
    })
    return `, by ${quantity}${of === undefined ? '' : ` and as a share of ${of}`}, ${mode === 'graduated' ? 'each part at the price of its own tier' : 'all of it at the price of the tier that is reached'}: ${said.join('; ')}`
  },
  bands: ({
    quantity,
    rows,
    of,
  }: {
    quantity: string
    rows: readonly { edge: string; price: string }[]
    of?: string
  }) =>
    `, depending on ${quantity}${of === undefined ? '' : `, a share of ${of}`}: ${rows.map(({ edge, price }) => `${price} ${forEdge(edge)}`).join('; ')}`,
  edge: edgeText,
  included: (words: string, { unit, units, credited, stepped, many }: IncludedSlot) => {
    // The first tier begins where what is included ends.
    const anew = stepped ? ', and counted from there' : ''
    const beyond = `only what is beyond ${credited ? 'counts' : 'is priced'}${anew}.`
    const plural = credited ? 'do not count' : 'are included'
    const one = credited ? 'does not count' : 'is included'
    if (many) return `Of this, ${words} ${isPlural(bare(words)) ? plural : one}; ${beyond}`
    if (words === '1') return `The first${unit === undefined ? '' : ` ${unit}`} ${one}; ${beyond}`
    return `The first ${words}${units === undefined ? '' : ` ${units}`} ${plural}; ${beyond}`
  },
  countedAtMost: (words: string, units: string | undefined) =>
    !/^[\d.,]+$/.test(words)
      ? `No more than ${words} ${be(words)} counted.`
      : `No more than ${units === undefined ? words : counted(words, units)} ${units === undefined || words === '1' ? 'is' : 'are'} counted.`,
  countedAtLeast: (words: string, steps: boolean, units: string | undefined) =>
    !/^[\d.,]+$/.test(words)
      ? `At least ${words} ${be(words)} counted.`
      : `At least ${words}${steps ? (words === '1' ? ' such step is' : ' such steps are') : units === undefined ? ' is' : words === '1' ? ` ${singular(units)} is` : ` ${units} are`} counted.`,
  bounds: ({ least, most, what }: { least?: string; most?: string; what: string }) => {
    return `${what} ${what === 'They' ? 'are' : 'is'} ${list(bounds(least, most))}.`
  },
  rise: ({ most, least, isNever, each, over }: RiseSlot) => {
    const unit = each.noun
    const said = [
      ...(most === undefined ? [] : [`at most ${most} higher`]),
      ...(least === undefined ? [] : [isNever ? 'never lower' : `at least ${least} higher`]),
    ]
    return `The charge is ${list(said)} than for the ${unit} ${over === undefined ? 'before' : `${over} before`}; discounts and parts of a ${unit} are left aside.`
  },
  /** The edge of a tier up to 0: with graduated tiers it is reached by every quantity. */
  ofNothing: (mode: 'graduated' | 'volume') => (mode === 'graduated' ? 'in any case' : 'for none'),
  it: 'it',
  amountCalled: (words: string): QuantitySlot => ({
    words,
    own: false,
    money: true,
    timeOfDay: false,
  }),
  theShare: 'The share',
  whereDue: (what: string) =>
    `Where anything is due, ${what.charAt(0).toLowerCase()}${what.slice(1)}`,
  thePriceOfPart: 'The price of each part',
  /** An interval that is priced part by part. */
  partsOf: (length: string, condition?: string) =>
    `It is cut into parts of ${length}, counted from its beginning; ${eachPart(condition)}`,
  partsIn: (each: EachSlot, condition?: string) =>
    `It is cut at the turn of ${eachText(each)}; ${eachPart(condition)}`,
  partsWithin: (each: EachSlot, condition?: string) =>
    `What of it lies in ${onePeriod(each)} is a part, and nothing else counts; ${eachPart(condition)}`,
  theCharge: (credited: boolean) => (credited ? 'The credit' : 'The charge'),
  nothingBetween: 'Between these bands nothing is due.',
  nothingBetweenOrBeyond: 'Between these bands and beyond them nothing is due.',
  nothingOtherwise: 'In every other case nothing is due.',
  waived: (conditions: readonly { title?: string; words: string }[]) => {
    const said = conditions.map(({ title, words }) =>
      title === undefined ? words : `${words} (${title})`,
    )
    const [only, ...more] = said
    if (more.length === 0) return `Nothing is due if ${only ?? ''}.`
    return `Nothing is due if any of these holds: ${said.map((words, place) => `(${String.fromCharCode(97 + place)}) ${words}`).join('; ')}.`
  },
  dated: ({
    what,
    verb,
    from,
    until,
  }: {
    what: string
    verb: string
    from?: string
    until?: string
  }) => {
    const edges =
      from !== undefined && until !== undefined
        ? `on or after ${from} and before ${until}`
        : from !== undefined
          ? `on or after ${from}`
          : `before ${until ?? ''}`
    return `This applies where ${what} ${verb} ${edges}.`
  },
  datedEvent: (event: EventSlot) => ({
    what: 'words' in event ? the(event.words.noun) : `the effect of ${event.clause}`,
    verb: 'falls',
  }),
  datedPeriod: ({ noun }: EachSlot) => ({
    what: `the ${noun}`,
    verb: 'begins',
  }),
  asMuchAsExceeds: (what: string, than: string) => `as much as ${what} exceeds ${than}`,
  appliesOnly: (edges: readonly string[]) => `This applies only ${list(edges)}.`,
  boundByEvent: (side: 'from' | 'until', event: EventSlot) =>
    `${side} the first time that ${caseOf(event)}`,
  boundByLength: (side: 'from' | 'until', length: string) => {
    const part = /^\d/.test(length)
      ? `the first ${length.replace(/^1 /, '')} of the agreement`
      : `${length} from the start of the agreement`
    return `${side === 'from' ? 'after' : 'in'} ${part}`
  },
  datedAgreement: { what: 'the agreement', verb: 'begins' },
  unprorated: (each: EachSlot) =>
    each.isWhole
      ? 'An agreement that ends early costs as much as a whole one.'
      : `A part of ${onePeriod(each)} costs as much as a whole one.`,
  follows: (each: EachSlot) =>
    `For a part of ${onePeriod(each)} it is that share of what is charged for the part.`,
  prorated: (each: EachSlot, by: 'days' | 'time', days: string | undefined) =>
    by === 'days'
      ? `A part of ${onePeriod(each)} is charged by the day, out of ${days === undefined ? 'its actual days' : `${days} days`}.`
      : `A part of ${onePeriod(each)} is charged by its time, out of ${days === undefined ? 'its actual time' : `${days} days of 24 hours`}.`,
  billed: (when: Billed) =>
    when === 'in-advance' ? 'It is billed in advance.' : 'It is billed in arrears.',
  issuedAbove: (amount: string) => `A credit of ${amount} or less is not issued.`,
  rounding: (what: string, to: string, mode: string) =>
    `${what} ${mode === 'up' ? `rounded up to a whole multiple of ${to}` : mode === 'down' ? `rounded down to a whole multiple of ${to}` : `rounded to the nearest ${to}, ${({ 'half-up': 'halves away from zero', 'half-even': 'halves to the even neighbour', 'half-down': 'halves towards zero' } as Record<string, string>)[mode] ?? ''}`}`,
  amountIs: 'The amount is',
  notAboveBounds: ', but to no more than its bounds allow',
  notAboveCharged: ', but to no more than was charged',
  taxed: (category: string) => `Tax category: ${category}.`,
  total: ({
    title,
    of,
    minus,
  }: {
    title: string
    of: readonly string[]
    minus: readonly string[]
  }) => {
    const plus = of.length === 1 ? (of[0] ?? '') : `the sum of ${list(of)}`
    return `${capital(the(title))} ${be(title)} ${plus}${minus.length === 0 ? '' : `, less ${list(minus)}`}. ${isPlural(title) ? 'They show' : 'It shows'} what the parts come to and ${isPlural(title) ? 'are' : 'is'} not charged as well.`
  },
  theTotal: (title: string) => (isPlural(title) ? 'They' : 'It'),
} as const

/** A bare amount is followed by what it is for; a longer price comes after it. Nothing is named twice. */
function placed(price: string, thing: string | undefined): string {
  const isList = price.startsWith(',')
  const named = thing === undefined || price.toLowerCase().includes(bare(thing).toLowerCase())
  if (named) return isList ? price : ` ${price}`
  if (isList) return ` for ${thing}${price}`
  return price.includes(' ') ? `, for ${thing}, ${price}` : ` ${price} for ${thing}`
}

const forEdge = (edge: string) => (/^(more|less|any)/.test(edge) ? `for ${edge}` : edge)

const counted = (count: string, units: string) =>
  `${count} ${count === '1' ? singular(units) : units}`

function shareOf(share: string, base: string): string {
  if (share === '100%') return `the whole of ${base}`
  if (share.endsWith('%') && !share.includes(' ')) return `${share} of ${base}`
  return `${base}${/^the sum of .* and /.test(base) ? ',' : ''} times ${share}`
}

type Step = { readonly size: string; readonly rounded: StepRounding }
type RateSlots = {
  rate: string
  quantity: QuantitySlot | undefined
  step?: Step
  /** What the rate is a share of. */
  of?: string
}

function rateText({ rate, quantity, step, of }: RateSlots): string {
  const each = of === undefined ? rate : shareOf(rate, of)
  if (!quantity) return each
  if (quantity.words === '1' && !step) return each
  if (quantity.isWritten && !step) return `${quantity.words} times ${each}`
  if (step) return `${each} for every ${stepText(quantity, step)}`
  if (quantity.money && of === undefined)
    return rate === '100%'
      ? `the whole of ${quantity.words}`
      : rate.endsWith('%')
        ? `${rate} of ${quantity.words}`
        : `${quantity.words} times ${rate}`
  const counted = agreedUnit(quantity)
  if (counted !== undefined) return `${each} for each ${counted}`
  // A night is a day that is counted in.
  if (quantity.unit === 'days' && /^the nights\b/.test(quantity.words))
    return `${each} for each ${quantity.words.replace('the nights', 'night')}`
  if (quantity.unit !== undefined)
    return `${each} for each ${singular(quantity.unit)}${ofQuantity(quantity)}`
  return `${each} for each ${isPlural(bare(quantity.words)) ? 'of' : 'unit of'} ${quantity.words}`
}

/** What rows price: steps of so many minutes, or whole minutes where a step is one. */
function steppedQuantity(quantity: QuantitySlot, { size, rounded }: Step): QuantitySlot {
  const { unit, words, timeOfDay } = quantity
  const steps = { words, own: false, money: false, timeOfDay }
  const how = { up: 'started', down: 'full', nearest: 'the nearest whole' }[rounded]
  if (size !== '1')
    return {
      ...steps,
      words: `${words}, counted in ${rounded === 'nearest' ? 'whole' : how} steps of ${unit === undefined ? size : counted(size, unit)}${rounded === 'nearest' ? ', to the nearest' : ''}`,
      unit: 'steps',
    }
  if (unit === undefined)
    return {
      ...steps,
      words: `${words}, rounded ${rounded === 'nearest' ? 'to the nearest' : `${rounded} to a`} whole number`,
    }
  return {
    ...steps,
    words: `${words}, counted ${rounded === 'nearest' ? `to ${how} ${singular(unit)}` : `in ${how} ${unit}`}`,
    unit,
  }
}

function stepText(quantity: QuantitySlot, { size, rounded }: Step): string {
  const { unit: units } = quantity
  const one = units === undefined ? 'one' : singular(units)
  const step = size === '1' ? one : units === undefined ? size : `${size} ${units}`
  const how = { up: 'started ', down: 'full ', nearest: '' }[rounded]
  return `${how}${step}${ofQuantity(quantity)}${rounded === 'nearest' ? ', to the nearest whole step' : ''}`
}

/** “for each day late”, not “for each day of the days late”. */
function ofQuantity({ own, unit, words }: QuantitySlot): string {
  if (own) return ''
  return unit !== undefined && words.startsWith(`the ${unit} `)
    ? words.slice(4 + unit.length)
    : ` of ${words}`
}

/** “for each base unit (agreed: 3)”; of a number of things, those. */
function agreedUnit({ agreed, noun, unit }: QuantitySlot): string | undefined {
  if (agreed === undefined || noun === undefined) return undefined
  const things = bare(noun).replace(/^number of /, '')
  const counts = unit === undefined ? isPlural(things) : noun.endsWith(unit)
  return counts ? `${singular(things)} (agreed: ${agreed})` : undefined
}

type Edges = {
  from?: string | undefined
  above?: string | undefined
  below?: string | undefined
  upTo?: string | undefined
  time: boolean
}

function edgeText(edges: Edges): string {
  return (
    [lowerEdge(edges), upperEdge(edges)].filter((part) => part !== undefined).join(' ') ||
    'any value'
  )
}

function lowerEdge({ from, above, time }: Edges): string | undefined {
  if (from !== undefined) return `from ${from}`
  return above === undefined ? undefined : `${time ? 'after' : 'more than'} ${above}`
}

function upperEdge({ from, above, below, upTo, time }: Edges): string | undefined {
  if (below === undefined) return upTo === undefined ? undefined : `up to and including ${upTo}`
  if (from === undefined && above === undefined) return `${time ? 'before' : 'less than'} ${below}`
  if (time) return `and before ${below}`
  return `${from === undefined ? 'but' : 'to'} less than ${below}`
}

/** “if the weekday of the stay is Sunday for that part”. */
const eachPart = (condition: string | undefined) =>
  `each part is priced by itself${condition === undefined ? '' : `, ${condition} for that part`}, and the parts are added.`

type IncludedSlot = {
  readonly unit?: string
  readonly units?: string
  readonly credited: boolean
  readonly stepped: boolean
  readonly many: boolean
}
