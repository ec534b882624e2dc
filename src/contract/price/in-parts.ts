import { Exact } from '../../kernel/exact.ts'
import { Length } from '../../kernel/time.ts'
import { type Derivation, derive, inUnitOf, leaf, onlyIf, type Said } from '../derivation.ts'
import { didYouMean } from '../document/fault.ts'
import { type Fact, spanOf } from '../fact/fact.ts'
import { spanLeaf } from '../formula/attribute.ts'
import { type PartOfSpan, partOf, startOfPart } from '../operation/time.ts'
import { countedOn } from '../period/counted.ts'
import { grain } from '../period/order.ts'
import {
  countedFrom,
  type Frame,
  type PeriodRule,
  periodsWithin,
  tooManyPeriods,
} from '../period/period.ts'
import { parsePeriodRule } from '../period/words.ts'
import type { Scope } from '../scope.ts'
import { nothingDue, unknown } from '../value.ts'
import type { PriceParts } from './parts.ts'
import type { Priced, PriceWords } from './price.ts'

type InParts = (scope: Scope, price: (scope: Scope) => Priced, when?: PartCondition) => Priced
/** Whether a part is due, read of the part. */
export type PartCondition = (scope: Scope) => Derivation

/** Thirty years of days: an interval that nobody ended would be cut for ever. */
const partsMax = 11_000

/** An interval that is priced part by part: each by all stages of the price, and then their sum. */
export function compileInParts(words: PriceWords, parts: PriceParts): InParts | undefined {
  const text = words['in-parts-of']
  if (text === undefined) return undefined
  const cut = cutBy(text, parts)
  checkInParts(words, parts)
  const said = { clause: parts.place.clause, unit: parts.compiling.currency }
  return (scope, price, when) => {
    const fact = scope.event?.fact
    if (!cut || fact?.to === undefined)
      return { amount: leaf(unknown('the end of the interval'), said), parts: {} }
    const all = partsOf(fact, cut, scope.asking.frame).map((part) => {
      const own = atPart(scope, fact, part)
      return when ? ifDue(when(own), price(own), said) : price(own)
    })
    const sum = (pick: (one: Priced) => Derivation | undefined, unit: { unit?: string }) =>
      derive(
        'sum',
        all.flatMap((one, place) => ({
          as: `part ${place + 1}`,
          is: pick(one) ?? leaf(Exact.zero),
        })),
        // Where nothing is due of any part nothing is due of the whole.
        { of: 'the parts', missing: nothingDue },
        unit,
      )
    // A share is of one part; what is added up of all of them is not one.
    const shown = Object.entries(all[0]?.parts ?? {}).filter(([name]) => name !== 'share')
    return {
      amount: sum(({ amount }) => amount, said),
      most: all.every(({ most }) => most) ? sum(({ most }) => most, said) : undefined,
      parts: Object.fromEntries(
        shown.map(([name, one]) => [name, sum(({ parts }) => parts[name], inUnitOf(one))]),
      ),
    }
  }
}

/** What is read for a part is read at the part: its own beginning stands for that of the whole. */
function atPart(scope: Scope, fact: Fact, part: PartOfSpan): Scope {
  const { start } = partOf(spanOf(fact), part)
  const instant = derive('start', [{ as: fact.kind, is: spanLeaf(fact, part) }])
  const event = scope.event && { ...scope.event, at: start, instant }
  return { ...scope, part, at: start, ...(event && { event }) }
}

/** A part that its condition leaves out counts in no figure of the whole. */
function ifDue(due: Derivation, { amount, most, parts }: Priced, said: Said): Priced {
  const kept = Object.entries(parts).map(([as, is]) => [as, onlyIf(due, is, inUnitOf(is))])
  const condition = { as: 'when', is: due, role: 'reason' } as const
  return {
    amount: derive('when', [condition, { as: 'amount', is: amount }], undefined, said),
    most: most && onlyIf(due, most, said),
    parts: Object.fromEntries(kept),
  }
}

type Cut = { readonly length: Length } | { readonly rule: PeriodRule }

/** A length is counted from the beginning of the interval, a period turns when it turns; what lies in no window is in no part. */
function cutBy(text: string, parts: PriceParts): Cut | undefined {
  const { compiling } = parts
  const length = Length.parse(text)
  if (length && !length.count.isZero && length.unit !== 'business days') return { length }
  const read = length ? undefined : parsePeriodRule(text, compiling.periods)
  const rule = read && countedOn(read, compiling, parts.path(['in-parts-of']))
  const isMeant = rule && countedFrom(rule) === undefined
  if (isMeant && grain(rule)) return { rule }
  // What it is counted from by a name is said where that is looked up.
  if (!read || rule)
    parts.fault(
      'period_unknown',
      ['in-parts-of'],
      `“${text}” cuts nothing: say a length such as 24 hours, from the beginning of the interval, a period such as day, or a window under periods.${didYouMean(text, compiling.periods.keys())}`,
    )
  return undefined
}

function partsOf(fact: Fact, cut: Cut, frame: Frame): readonly PartOfSpan[] {
  const { start } = spanOf(fact)
  // What ends as it begins is one part, so that a minimum is one too.
  const end = Math.max(fact.to ?? start, start + 1)
  const found: PartOfSpan[] = []
  const add = (part: PartOfSpan) => {
    if (found.length >= partsMax) throw tooManyPeriods()
    found.push(part)
  }
  if ('rule' in cut)
    for (const window of periodsWithin(cut.rule, { start, end }, frame)) add({ window })
  else
    for (let place = 0; ; place += 1) {
      const part = { length: cut.length, place, zone: frame.zone }
      if (startOfPart(start, part) >= end) break
      add(part)
    }
  return found
}

/** What is of no interval, or of more than one, cannot be cut with it. */
function checkInParts(words: PriceWords, parts: PriceParts): void {
  const { names } = parts.compiling
  const { each, of = [], 'true-up': trueUp, cumulative } = words
  if (each === undefined || names.fact(each)?.shape !== 'interval')
    parts.fault(
      'word_without_effect',
      ['in-parts-of'],
      'Only an interval has parts: “in-parts-of” needs “each” with a kind of interval.',
    )
  if (words.measure === undefined && words.of === undefined && !trueUp)
    parts.fault(
      'word_without_effect',
      ['in-parts-of'],
      'A fixed amount is the same for each part: say “measure”, such as the minutes of the interval.',
    )
  if (trueUp ?? cumulative)
    parts.fault(
      'words_exclude_each_other',
      ['in-parts-of'],
      '“in-parts-of” prices each interval by itself; with “cumulative” or “true-up” several are priced together.',
    )
  for (const [place, name] of of.entries())
    if (['posting', 'total'].includes(names.find(name)?.sort ?? ''))
      parts.fault(
        'types_do_not_fit',
        ['of', place],
        `“${name}” is what is due for the whole: in parts it would count once for each. Say a measure.`,
      )
}
