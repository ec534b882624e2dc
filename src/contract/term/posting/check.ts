import { Exact } from '../../../kernel/exact.ts'
import { Length, parseDate } from '../../../kernel/time.ts'
import { type Compiling, unknownName } from '../../compiling.ts'
import type { Path } from '../../document/fault.ts'
import { isEvent } from '../../happening.ts'
import type { OfferingWords } from '../../language/offering.ts'
import type { ChangeMethod } from '../../language/period-policies.ts'
import type { PostingWords } from '../../language/posting.ts'
import { percentOf, type Side } from '../../language/words.ts'
import { sortText } from '../../namespace.ts'
import { nearName } from '../../near-name.ts'
import { grain } from '../../period/order.ts'
import type { PeriodRule } from '../../period/period.ts'
import { type PeriodPolicies, waysOf } from './change.ts'
import { isShareOfLines } from './metered.ts'

/** Which term it is, and where it stands. */
export type PostingTold = {
  readonly id: string
  readonly kind: 'charge' | 'credit'
  readonly path: Path
  readonly survives: boolean
}
/** Its words as they stand: with those of the price that it names, and with who pays. */
export type PostedWords = PostingWords & { readonly payer: Side }
type PostingChecking = {
  readonly words: PostingWords
  readonly told: PostingTold
  readonly rule: PeriodRule | undefined
  readonly compiling: Compiling
}

const faulting =
  ({ told, compiling }: PostingChecking) =>
  (name: Parameters<Compiling['faults']['add']>[0], under: Path, words: string) =>
    compiling.faults.add(name, [...told.path, ...under], words)

/** When a charge or credit is due, and the policies that its period needs: stated, never implied. */
export function checkPosting(every: string | undefined, checking: PostingChecking): void {
  const { words, told, rule, compiling } = checking
  const fault = faulting(checking)
  const word = told.kind === 'charge' ? 'every' : 'per'
  if ((every === undefined) === (words.each === undefined))
    fault(
      every === undefined ? 'word_missing' : 'words_exclude_each_other',
      [],
      `Say “${word}:” a period, or “each:” a kind of event: one of the two.`,
    )
  if (words.each !== undefined && !isEvent(words.each, compiling.names))
    unknownName(words.each, compiling, { path: [...told.path, 'each'], sorts: ['event'] })
  if (rule && grain(rule) === undefined)
    fault(
      'period_unknown',
      [word],
      'A charge or credit needs periods that follow each other: “so-far”, “past” and “since” are read by measures.',
    )
  checkPolicies(checking)
  checkCumulative(checking)
  if (words['pays-for'] !== undefined && !compiling.components.has(words['pays-for']))
    unknownName(words['pays-for'], compiling, {
      path: [...told.path, 'pays-for'],
      sorts: ['component'],
    })
  checkTax(checking)
  checkDates(checking)
  checkCreditable(checking)
}

/** What is credited of a line is at most the line, unless the clause says how much more. */
function checkCreditable(checking: PostingChecking): void {
  const { words, told, compiling } = checking
  const ofLines = isShareOfLines(words, compiling.names)
  if (told.kind !== 'credit' || !ofLines) return
  const { share, rate, measure, bands = [], maximum } = words
  if (maximum !== undefined) return
  const once = [
    { text: share, under: ['share'] },
    // A rate for each unit is not all that is credited.
    { text: measure === undefined ? rate : undefined, under: ['rate'] },
    ...bands.map((band, place) => ({ text: band.share, under: ['bands', place, 'share'] })),
  ]
  for (const { text = '', under } of once) {
    const percent = percentOf(text)
    if (percent && percent.compare(Exact.whole(100)) > 0)
      faulting(checking)(
        'value_out_of_range',
        words.price === undefined ? under : ['price'],
        `${text} of what was charged is more than was charged. Say “maximum: 100%”, or “maximum: ${text}” if so much is meant.`,
      )
  }
}

function checkTax(checking: PostingChecking): void {
  const { tax } = checking.words
  const { names } = checking.compiling
  const found = tax === undefined ? undefined : names.find(tax)
  if (tax === undefined || found?.sort === 'tax category') return
  if (found) {
    const words = `“${tax}” is ${sortText(found.sort)}: a tax category of the offering stands here, and a line has the same one always. Where it hangs on a condition, say two charges, each with its “tax:” and “when:”.`
    faulting(checking)('name_unknown', ['tax'], words)
    return
  }
  faulting(checking)(
    'name_unknown',
    ['tax'],
    `No tax category is called “${tax}”.${nearName(tax, names, ['tax category']) || ` Declare it in the offering: “tax-categories: { ${tax}: {} }”.`}`,
  )
}

/** What the charge says of its periods, or the offering for all of them. */
export function policiesOf(
  words: PostingWords,
  { kind }: Pick<PostingTold, 'kind'>,
  { policies }: Compiling,
): PeriodPolicies {
  if (kind === 'credit') return { billed: 'in-arrears' }
  // What is missing is known when the period is over: what is credited of other charges is not meant for it.
  const changes = words['true-up'] ? {} : policies
  return {
    prorate: words.prorate ?? policies.prorate,
    billed: words.billed ?? policies.billed ?? 'in-arrears',
    'on-change': words['on-change'] ?? changes['on-change'],
    'on-end': words['on-end'] ?? changes['on-end'],
  }
}

function checkPolicies(checking: PostingChecking): void {
  const { words, told, rule, compiling } = checking
  const fault = faulting(checking)
  const recurring = told.kind === 'charge' && rule !== undefined
  if (recurring && (words.prorate ?? compiling.policies.prorate) === undefined)
    fault(
      'policy_unsaid',
      [],
      'Say “prorate: no”, or “prorate: { by: days, of: actual }”, here or under policies: what is due for a part of a period?',
    )
  if (recurring && (words.billed ?? compiling.policies.billed) === undefined)
    fault(
      'policy_unsaid',
      [],
      'Say “billed: in-advance” or “billed: in-arrears”, here or under policies.',
    )
  if (recurring) checkChanges(checking)
  checkDays(checking)
  for (const effectless of ['prorate', 'billed', 'on-change', 'on-end'] as const)
    if (words[effectless] !== undefined && !recurring)
      fault(
        'word_without_effect',
        [effectless],
        `“${effectless}” changes nothing without a period.`,
      )
}

function checkDays(checking: PostingChecking): void {
  const { words, told, compiling } = checking
  for (const [word, text] of daysWithoutEffect(words.prorate, { words, told, compiling }))
    faulting(checking)('word_without_effect', ['prorate', word], text)
}

/** The same of the policies, where it changes nothing in any charge that goes by them. */
export function checkPolicyOfParts({ terms, policies }: OfferingWords, compiling: Compiling): void {
  const charges = Object.entries(terms ?? {}).flatMap(([id, term]) =>
    'charge' in term && isRecurring(term.charge) && term.charge.prorate === undefined
      ? [{ words: term.charge, told: { id, kind: 'charge' as const } }]
      : [],
  )
  const idle = charges.map((charge) =>
    daysWithoutEffect(policies?.prorate, { ...charge, compiling }),
  )
  for (const [word, text] of idle[0] ?? [])
    if (idle.every((one) => one.some(([other]) => other === word)))
      compiling.faults.add('word_without_effect', ['policies', 'prorate', word], text)
}

const isRecurring = ({ every }: PostingWords) => every !== undefined && every !== 'once'

type OfCharge = {
  readonly words: PostingWords
  readonly told: Pick<PostingTold, 'kind'>
  readonly compiling: Compiling
}

const ofDays = ['rounded', 'change-day', 'days-counted'] as const
type OfDays = (typeof ofDays)[number]

/** Words about days, where parts are counted by time or nothing is cut. */
function daysWithoutEffect(
  prorate: PostingWords['prorate'],
  { words, told, compiling }: OfCharge,
): readonly (readonly [word: OfDays, text: string])[] {
  if (prorate === undefined || prorate === 'no') return []
  if (prorate.by === 'time')
    return ofDays
      .filter((word) => prorate[word] !== undefined)
      .map((word) => [word, `“${word}” is of days: say “by: days”, or leave it out.`])
  const ways = waysOf(policiesOf(words, told, compiling)['on-change'])
  const changeDay = prorate['change-day']
  if (changeDay === undefined || ways.some(isParted)) return []
  const { cutting, leaving } = changeDay === 'new' ? ofEnd : ofBeginning
  const cuts = (side: 'from' | 'until') => words[side] !== undefined && !parseDate(words[side])
  if (cuts(cutting)) return []
  const text = cuts(leaving)
    ? `“change-day: ${changeDay}” changes nothing beside “${leaving}”: that day is counted as it is. Leave it out, or say it of what has “${cutting}”.`
    : 'No change counts a part of a period, and no “from” or “until” cuts one: “change-day” is read with “old: credit-unused” or “new: prorated”. Leave it out.'
  return [['change-day', text]]
}
/** What leaves the day of a change to the other. */
const ofEnd = { cutting: 'until', leaving: 'from' } as const
const ofBeginning = { cutting: 'from', leaving: 'until' } as const

function checkCumulative(checking: PostingChecking): void {
  const { words } = checking
  if (words.cumulative === undefined) return
  const fault = faulting(checking)
  if (words.each === undefined || words.measure === undefined)
    fault(
      'word_without_effect',
      ['cumulative'],
      '“cumulative” adds up the quantities of events: it needs “each” and “measure”.',
    )
  if (words.of !== undefined)
    fault(
      'words_exclude_each_other',
      ['cumulative'],
      'Quantities that are priced together have no base of their own: “of” and “cumulative” cannot stand together. A price that is a share of something, a day of the monthly fee for example, is a measure, { scale: { of: fee, share: 1 / 30 }, per: month }: say its name as “rate:”.',
    )
}

/** Which of two words that do not fit is not written here, but for all charges. */
function fromPolicies(word: 'on-change' | 'on-end', { words }: PostingChecking): string {
  const unsaid = [word, 'prorate' as const].filter((one) => words[one] === undefined)
  return unsaid.map((one) => ` “${one}” is that of the policies: say it here otherwise.`).join('')
}

/** A rest that is credited or charged is a part of a period, and not all of it. */
const isParted = (way: ChangeMethod) =>
  way !== 'next-period' && (way.old === 'credit-unused' || way.new === 'prorated')

/** `prorate` says what a part of a period is. */
function checkChanges(checking: PostingChecking): void {
  const { words, told, compiling } = checking
  const fault = faulting(checking)
  const policies = policiesOf(words, told, compiling)
  const { prorate, 'on-change': onChange, 'on-end': onEnd } = policies
  const ways = waysOf(onChange).filter((way) => way !== 'next-period')
  if (prorate === 'no' && ways.some(isParted))
    fault(
      'words_exclude_each_other',
      [],
      `With “prorate: no” a part of a period costs as much as a whole one: a change credits “credit-in-full” and charges “in-full”, or counts from the “next-period”.${fromPolicies('on-change', checking)}`,
    )
  if (prorate === 'no' && onEnd?.old === 'credit-unused')
    fault(
      'words_exclude_each_other',
      [],
      `With “prorate: no” a part of a period costs as much as a whole one: nothing is unused at the end. Say “keep” or “credit-in-full”.${fromPolicies('on-end', checking)}`,
    )
  if (words['true-up'] && policies.billed === 'in-advance')
    fault(
      'words_exclude_each_other',
      ['true-up'],
      'What is missing is known when the period is over: say “billed: in-arrears”.',
    )
  if (words['true-up'] && (ways.length > 0 || (onEnd !== undefined && onEnd.old !== 'keep')))
    fault(
      'words_exclude_each_other',
      ['true-up'],
      'What is missing is known when the period is over: a change counts from the “next-period”, and an early end takes its part of the amount by “prorate”, or none with “keep”.',
    )
}

function checkDates(checking: PostingChecking): void {
  const fault = faulting(checking)
  const { from, until, each, 'dated-by': datedBy } = checking.words
  const isDated = [from, until].some((text) => text !== undefined && parseDate(text))
  if (isDated && datedBy === undefined)
    fault(
      'policy_unsaid',
      [],
      'Say “dated-by: event”, “period” or “agreement”: which date is compared with “from” and “until”?',
    )
  if (datedBy !== undefined && !isDated)
    fault(
      'word_without_effect',
      ['dated-by'],
      '“dated-by” changes nothing without a date in “from” or “until”.',
    )
  if (datedBy === 'event' && each === undefined)
    fault(
      'event_not_at_hand',
      ['dated-by'],
      'This is a charge for a period: no event is at hand. Say “period” or “agreement”.',
    )
  if (datedBy === 'period' && each !== undefined)
    fault(
      'event_not_at_hand',
      ['dated-by'],
      'This is a charge for an event: no period is at hand. Say “event” or “agreement”.',
    )
  if (from !== undefined && until !== undefined && isNotAfter(until, from))
    fault('period_misordered', ['until'], '“until” is not after “from”.')
  checkOnce(checking)
}

/** No length that is counted from the start of the agreement ends what is due there; only what an event begins may begin too late. */
function checkOnce(checking: PostingChecking): void {
  const { every, per, from, until } = checking.words
  const { names } = checking.compiling
  const isLength = (text: string) =>
    !parseDate(text) && !isEvent(text, names) && (names.find(text) || !/^\w+$/.test(text))
  if ((every ?? per) !== 'once' || until === undefined || !isLength(until)) return
  if (from === undefined || parseDate(from) || isLength(from))
    faulting(checking)(
      'word_without_effect',
      ['until'],
      `What is due once is due when it begins: “until: ${until}” ends nothing. Leave it out; a charge for so long says “every:” a period.`,
    )
}

/** Of two dates, two lengths, or two events; what is of different sorts is compared when it is known. */
function isNotAfter(until: string, from: string): boolean {
  const [first, last] = [Length.parse(from), Length.parse(until)]
  if (first && last && first.unit === last.unit) return last.count.compare(first.count) <= 0
  return parseDate(from) && parseDate(until) ? until <= from : until === from
}
