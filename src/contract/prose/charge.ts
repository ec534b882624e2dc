import type { ChangeMethod } from '../language/period-policies.ts'
import type { ChargeWords, PostingWords } from '../language/posting.ts'
import type { PeriodPolicies } from '../term/posting/change.ts'
import { canBeSeveral } from '../term/posting/creditable.ts'
import { lengthRule } from '../term/posting/together.ts'
import { english } from './english.ts'
import type { EachSlot } from './english-phrases.ts'
import type { Speaker } from './speaker.ts'

/** What is priced together, and of how many events it is due. */
export function togetherProse(words: PostingWords, speaker: Speaker, credited: boolean): string[] {
  const { cumulative, limit } = words
  return [
    ...(cumulative === undefined ? [] : [english.cumulative(speaker.each(cumulative))]),
    ...(limit ? [limitProse(limit, speaker, credited)] : []),
  ]
}

function limitProse(
  limit: NonNullable<ChargeWords['limit']>,
  speaker: Speaker,
  credited: boolean,
): string {
  const rule = lengthRule(limit.per)
  const per = rule
    ? english.ofLength[rule.is](rule.length.text)
    : english.each(speaker.each(limit.per))
  const each = limit.about ? english.eachAlike(per, limit['paired-by']) : per
  const anew = rule?.is === 'opened' ? ` ${english.anew}` : ''
  return `${limitText(limit, { each, speaker, credited })}${anew}`
}

function limitText(
  limit: NonNullable<ChargeWords['limit']>,
  { each, speaker, credited }: { each: string; speaker: Speaker; credited: boolean },
): string {
  const times = limit.times === undefined ? undefined : speaker.say(limit.times)
  const amount = limit.amount === undefined ? undefined : speaker.amountText(limit.amount)
  if (times !== undefined && amount !== undefined) return english.limitBoth(times, amount, each)
  return times === undefined
    ? english.limitAmount(amount ?? '', each, credited)
    : english.limitTimes(times, each)
}

/** How much of it may be credited, where the charge says so. */
export function creditableShareProse(id: string, speaker: Speaker): string[] {
  const { creditable } = speaker.contract.postings.get(id)?.words ?? {}
  return creditable === undefined ? [] : [english.creditableShare(speaker.say(creditable))]
}

/** Said once for all credits of a charge that does not say it itself, with the last of them. */
export function creditableProse(id: string, speaker: Speaker): string[] {
  const { postings } = speaker.contract
  const own = postings.get(id)?.crediting
  const charged = own && postings.get(own.of)?.charged
  if (!own || !charged) return []
  const all = [...postings].flatMap(([clause, { crediting }]) =>
    crediting?.of === own.of && crediting.payer !== charged.payer ? [{ clause, crediting }] : [],
  )
  const isSaid = charged.creditable === undefined && canBeSeveral(all, charged)
  return isSaid && all.at(-1)?.clause === id ? [english.creditable(speaker.clause(own.of))] : []
}

export function discountProse(
  { discounts = [] }: ChargeWords,
  speaker: Speaker,
  credited: boolean,
): string[] {
  // Where the parties agreed on none, none is promised.
  const granted = discounts.filter(({ share, amount }) => !speaker.isZero(share ?? amount ?? '0'))
  if (granted.length === 0) return []
  const said = granted.map(({ id, title, share, amount, if: condition }) => ({
    off: share === undefined ? speaker.amountText(amount ?? '0') : speaker.say(share),
    title: title ?? id.replaceAll('_', ' '),
    ...(condition !== undefined && {
      condition: english.conditionOf(speaker.condition(condition)),
    }),
  }))
  return [english.discounts(english.theCharge(credited), said)]
}

/** What becomes of a period that a change of the price or the end of the agreement cuts. */
export function changeProse(
  { 'on-change': onChange, 'on-end': onEnd }: PeriodPolicies,
  each: EachSlot,
): string[] {
  return [
    ...(onChange === undefined ? [] : [english.changes(each, waysOf(onChange))]),
    ...(onEnd ? [english.ended(each, onEnd.old)] : []),
  ]
}

type Ways = Parameters<typeof english.changes>[1]

function waysOf(onChange: NonNullable<ChargeWords['on-change']>): Ways {
  if (typeof onChange === 'object' && 'if-dearer' in onChange)
    return { dearer: onChange['if-dearer'], other: onChange.otherwise }
  return { all: onChange satisfies ChangeMethod }
}
