import { isPlural } from '../../kernel/grammar.ts'
import { parseDate } from '../../kernel/time.ts'
import { termOf } from '../happening.ts'
import type { ChargeWords, PostingWords, TotalWords } from '../language/posting.ts'
import type { LimitWords, TargetWords, TermWords, TransitionWords } from '../language/term.ts'
import { Side, type Sides } from '../language/words.ts'
import { startsAndStops } from '../term/deadline/stop.ts'
import type { PeriodPolicies } from '../term/posting/change.ts'
import { isShareOfLines } from '../term/posting/metered.ts'
import type { Posting } from '../term/posting/posting.ts'
import { componentOf } from '../term/term.ts'
import {
  changeProse,
  creditableProse,
  creditableShareProse,
  discountProse,
  togetherProse,
} from './charge.ts'
import { beginsLater, datedProse } from './dated.ts'
import { claimProse, deadlineProse } from './deadline.ts'
import { english } from './english.ts'
import type { EachSlot } from './english-phrases.ts'
import type { EventWords } from './event-words.ts'
import { ownRounding, priceProse } from './price.ts'
import type { QuantitySlot, Speaker } from './speaker.ts'

/** What a term says, as whole sentences. */
export function termProse(id: string, term: TermWords, speaker: Speaker): string {
  const sentences = bodyProse(id, term, speaker)
  return [...sentences, ...(term.survives === undefined ? [] : [english.survives])].join(' ')
}

function bodyProse(id: string, term: TermWords, speaker: Speaker): string[] {
  if ('charge' in term)
    return [...postingProse(id, 'charge', speaker), ...creditableShareProse(id, speaker)]
  if ('credit' in term)
    return [...postingProse(id, 'credit', speaker), ...creditableProse(id, speaker)]
  if ('total' in term) return totalProse(id, term.total, speaker)
  if ('target' in term)
    return promiseProse(
      {
        ...(term.target.stop !== undefined || term.target.measure !== undefined
          ? { who: 'provider' }
          : {}),
        ...term.target,
      },
      speaker,
    )
  if ('duty' in term) return promiseProse(term.duty, speaker)
  if ('option' in term) return promiseProse(term.option, speaker, 'may')
  if ('transition' in term) return transitionProse(term.transition, speaker)
  if ('limit' in term) return [limitProse(term.limit, speaker)]
  return [/[.!?]$/.test(term.text.says) ? term.text.says : `${term.text.says}.`]
}

function postingProse(id: string, kind: 'charge' | 'credit', speaker: Speaker): string[] {
  const posting = speaker.contract.postings.get(id)
  if (!posting) return []
  const { words } = posting
  const every = words.every ?? words.per
  const component = words['pays-for']
  const event = words.each === undefined ? undefined : speaker.event(words.each, component)
  const { payer } = words
  const credited = kind === 'credit'
  const { price, sentences } = priceProse(words, speaker, {
    credited,
    sameCase: event && sameCase(words, credited, speaker),
  })
  const thing =
    component === undefined || (event && 'words' in event && isNamedBy(event, component, speaker))
      ? undefined
      : speaker.component(component)
  const when = event
    ? english.forEach(event)
    : every === 'once' || every === undefined
      ? english.once(beginsLater(words))
      : everyPeriod(every, words['for-each'], speaker)
  const main = english.pays({
    when,
    // Of an interval in parts it decides over each part, and is said with them.
    ...(words.when !== undefined &&
      words['in-parts-of'] === undefined && {
        condition: english.condition(speaker.condition(words.when)),
      }),
    payer: speaker.party(payer),
    payee: speaker.party(payer === 'consumer' ? 'provider' : 'consumer'),
    credited,
    ...(thing !== undefined && { thing }),
    price,
  })
  return [
    main,
    ...sentences,
    ...discountProse(words, speaker, credited),
    ...togetherProse(words, speaker, credited),
    ...waiverProse(words, speaker),
    ...datedProse(words, speaker),
    ...recurringProse(posting, speaker),
    ...(words['issued-above'] === undefined
      ? []
      : [english.issuedAbove(speaker.amount(words['issued-above']))]),
    ...ownRounding(words, kind, speaker),
    ...claimProse(words.claim, words, speaker),
    ...(words.tax === undefined ? [] : [english.taxed(speaker.title(words.tax))]),
  ]
}

/** In each period; and of what is charged for each of several, of which. */
function everyPeriod(every: string, forEach: string | undefined, speaker: Speaker): string {
  const each = english.every(speaker.each(every))
  return forEach === undefined ? each : english.forEachOf(each, speaker.eachOf(forEach))
}

/** What the event has named needs no second name. */
const isNamedBy = ({ words }: { words: EventWords }, component: string, speaker: Speaker) =>
  words.happens?.includes(speaker.component(component)) === true

/** A share of what another kind of event was charged for. */
const isOfOther = ({ each, of = [] }: ChargeWords, { contract }: Speaker) =>
  of.some((name) => {
    const own = contract.postings.get(name)?.charged?.each
    return own !== undefined && own !== each
  })

/** What the original line was about: the component that the event changed, where there is one. */
function sameCase(words: ChargeWords, credited: boolean, speaker: Speaker): string | undefined {
  if (!credited && !isOfOther(words, speaker)) return undefined
  const { each = '' } = words
  const of = componentOf(speaker.contract.words.terms?.[termOf(each)])
  const title = speaker.contract.components.get(of ?? '')?.title
  return title === undefined || isPlural(title) ? 'case' : title
}

function waiverProse(words: PostingWords, speaker: Speaker): string[] {
  const waivers = words['waived-when']?.['any-of'] ?? []
  if (waivers.length === 0) return []
  return [
    english.waived(
      waivers.map((waiver) => ({
        words: english.conditionOf(speaker.condition(waiver.if)),
        ...(waiver.title !== undefined &&
          waiver.title !== english.conditionOf(speaker.condition(waiver.if)) && {
            title: waiver.title,
          }),
      })),
    ),
  ]
}

/** Proration and billing, from the term or from the policies of the offering: printed in each clause that they govern. */
function recurringProse({ words, period }: Posting, speaker: Speaker): string[] {
  if (!period || words.every === undefined) return []
  const { policies } = period
  const each = speaker.each(words.every)
  return [
    ...partProse({ words, policies }, each, speaker),
    ...(words['true-up'] && policies.prorate !== 'no' ? [english.partOfTrueUp] : []),
    ...(policies.billed === undefined ? [] : [english.billed(policies.billed)]),
    ...changeProse(policies, each),
  ]
}

function partProse(
  { words, policies }: { words: ChargeWords; policies: PeriodPolicies },
  each: EachSlot,
  { contract }: Speaker,
): string[] {
  const { prorate } = policies
  if (prorate === undefined) return []
  if (prorate === 'no') return [english.unprorated(each)]
  if (words.prorate === undefined && isShareOfLines(words, contract.names))
    return [english.follows(each)]
  const days = prorate.of === 'actual' ? undefined : prorate.of.text
  const isThirty = prorate['days-counted'] === '30/360' && prorate.by === 'days'
  const { rounded, 'change-day': changeDay } = prorate
  return [
    english.prorated(each, prorate.by, days),
    ...(isThirty ? [english.thirtyDays] : []),
    ...(rounded ? [`${english.rounding(english.priceOfDay, rounded.to.text, rounded.mode)}.`] : []),
    ...(prorate.by === 'days' ? changeDayProse({ ...words, ...policies }, changeDay) : []),
  ]
}

/** Dates are compared and cut nothing: a length or an event does. */
function changeDayProse(
  { from, until, 'on-change': onChange }: ChargeWords,
  changeDay: 'old' | 'new' | undefined,
): string[] {
  const cuts = (text: string | undefined) => text !== undefined && !parseDate(text)
  if (changeDay === 'new') return cuts(until) ? [english.dayOfEndLeft] : []
  if (changeDay === undefined) return []
  const begins = cuts(from) ? [english.dayOfBeginningLeft] : []
  return cuts(from) && onChange === undefined ? begins : [...begins, english.changeDayOfOld]
}

function totalProse(id: string, words: TotalWords, speaker: Speaker): string[] {
  const said = (names: readonly string[]) => names.map((name) => speaker.base([name], {}))
  const bound = (text: string | undefined) =>
    text === undefined ? undefined : speaker.amountText(text)
  const [least, most] = [bound(words.minimum), bound(words.maximum)]
  const main = english.total({
    title: speaker.title(id).replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase()),
    of: said(words.of),
    minus: said(words.minus ?? []),
  })
  if (least === undefined && most === undefined) return [main]
  return [
    main,
    english.bounds({
      what: english.theTotal(speaker.title(id)),
      ...(least !== undefined && { least }),
      ...(most !== undefined && { most }),
    }),
  ]
}

function promiseProse(words: TargetWords, speaker: Speaker, is: 'owed' | 'may' = 'owed'): string[] {
  const who = words.who === undefined ? {} : { who: speaker.party(words.who) }
  const by = words['evaluated-by']
  const evaluated = by === undefined ? [] : [english.evaluatedBy(partiesOf(by, speaker))]
  const risk = words['risk-accepted']
  const accepted = risk === undefined ? [] : [english.riskAccepted(risk)]
  const warranted = words.warrants === undefined ? [] : [english.warrants(words.warrants)]
  if (words.measure !== undefined)
    return [levelProse(words, who, speaker), ...warranted, ...evaluated, ...accepted]
  const stop = words.stop === undefined ? {} : { stop: speaker.event(words.stop, words.of) }
  const { start = '' } = words
  const isEvent = speaker.isEvent(start)
  const beginning = isEvent ? english.ofEvent : english.ofPeriod(speaker.each(start))
  const { until, sentences } = deadlineProse(words, beginning, speaker)
  const condition =
    words.when === undefined ? undefined : english.condition(speaker.condition(words.when))
  const said = { ...who, ...stop, is, condition, until }
  const main = isEvent
    ? english.promise({ start: speaker.event(start, words.of), ...said })
    : english.promiseOfPeriod({ each: speaker.each(start), ...said })
  return [
    main,
    ...(startsAndStops(words, speaker.contract.names) ? [english.onlyLater] : []),
    ...sentences,
    ...(words['lifted-by'] === undefined
      ? []
      : [english.liftedBy(speaker.event(words['lifted-by'], words.of))]),
    ...(words['paired-by'] === undefined ? [] : [english.pairedBy(words['paired-by'])]),
    ...concerningProse(words, speaker),
    ...warranted,
    ...evaluated,
  ]
}

/** For which period or event something was done, where what was done says so. */
function concerningProse(words: TargetWords, speaker: Speaker): string[] {
  const { concerning, stop, start } = words
  if (concerning === undefined || stop === undefined || start === undefined) return []
  const noun = english.eventNoun(speaker.event(stop))
  const named = speaker.say(concerning, { nested: true })
  if (!speaker.isEvent(start)) return [english.claimConcerns(noun, named, speaker.each(start).noun)]
  const type = speaker.typeOf(concerning).is
  const names = type === 'date' || type === 'instant' ? type : 'subject'
  const begun = english.eventNoun(speaker.event(start, words.of))
  return [english.concernsEvent({ stop: noun, start: begun, names, named })]
}

const partiesOf = (by: Sides, speaker: Speaker) =>
  (by === 'both' ? Side.options : [by]).map((side) => speaker.party(side))

function levelProse(words: TargetWords, who: { who?: string }, speaker: Speaker): string {
  const measure = speaker.quantity(words.measure ?? '')
  const bound = (text: string | undefined) =>
    text === undefined ? undefined : boundWords(text, measure, speaker)
  const [least, most] = [bound(words['at-least']), bound(words['at-most'])]
  const thing = words.of === undefined ? {} : { thing: speaker.component(words.of) }
  return english.level({
    ...who,
    measure: measure.words,
    ...(least !== undefined && { least }),
    ...(most !== undefined && { most }),
    each: speaker.each(words.per ?? 'agreement'),
    ...thing,
  })
}

/** A number says its unit; a name has said it. */
function boundWords(text: string, { unit, money }: QuantitySlot, speaker: Speaker): string {
  const said = speaker.say(text, { money })
  return unit !== undefined && /^[\d.,]+$/.test(said) ? english.unit(said, unit) : said
}

function transitionProse(words: TransitionWords, speaker: Speaker): string[] {
  const component = speaker.contract.components.get(words.of)
  const effect = words['takes-effect']
  const deadline = effect && deadlineProse(effect, english.ofEvent, speaker)
  const main = english.transition({
    causes: words.on.map((cause) => speaker.event(cause, component?.id)),
    ...(words.when !== undefined && {
      condition: english.condition(speaker.condition(words.when)),
    }),
    ...(deadline && { effect: english.effect(deadline.until) }),
    effects: component ? effectsProse(words, speaker) : [english.agreementEnds],
  })
  return [main, ...(deadline?.sentences ?? [])]
}

function effectsProse(words: TransitionWords, speaker: Speaker): string[] {
  const component = speaker.contract.components.get(words.of)
  const thing = speaker.component(words.of)
  const { title, custody, right } = words
  // What the cause has named needs no second name.
  const named = words.on.every((cause) => {
    const event = speaker.event(cause, words.of)
    return 'words' in event && event.words.happens?.includes(thing) === true
  })
  const it = named ? english.pronoun(thing) : thing
  const both = title !== undefined && title === custody
  return [
    ...(both ? [english.ownedAndHeld(it, speaker.party(title))] : []),
    ...(title !== undefined && !both ? [english.becomesProperty(it, speaker.party(title))] : []),
    ...(custody !== undefined && !both
      ? [
          english.passesIntoCustody(
            title === undefined ? it : english.pronoun(thing),
            speaker.party(custody),
          ),
        ]
      : []),
    ...(right === undefined
      ? []
      : [
          english.right({
            thing,
            users: userNames(component?.users),
            right,
            action: component?.kind === 'action',
          }),
        ]),
  ]
}

export const userNames = (users: readonly string[] | undefined) =>
  (users ?? []).map((user) => user.replaceAll('_', ' '))

function limitProse(words: LimitWords, speaker: Speaker): string {
  const component = speaker.contract.components.get(words.of)
  const measure = speaker.quantity(words.measure)
  const bound = (text: string | undefined) =>
    text === undefined ? undefined : boundWords(text, measure, speaker)
  const [least, most] = [bound(words['at-least']), bound(words['at-most'])]
  const holds = least === '1' && most === undefined ? speaker.indicated(words.measure) : undefined
  return english.limit({
    ...(holds !== undefined && { holds }),
    users: userNames(component?.users),
    thing: speaker.component(words.of),
    measure: measure.words,
    ...(least !== undefined && { least }),
    ...(most !== undefined && { most }),
    ...(words.on !== undefined && { use: english.eventNoun(speaker.event(words.on)) }),
    refused: words['if-exceeded'] === 'refuse',
    action: component?.kind === 'action',
  })
}
