import { a, bare, bounds, capital, infinitive, isPlural, list, the } from '../../kernel/grammar.ts'
import type { ComponentKind } from '../language/offering.ts'
import { charges } from './english-charges.ts'
import { deadlines, type UntilSlot, untilText } from './english-deadlines.ts'
import { be, caseOf, type EachSlot, type EventSlot, eachText, phrases } from './english-phrases.ts'
import { prices } from './english-prices.ts'

/**
 * The English catalogue: from slots to whole sentences, or to a whole clause of one. Another natural language is another
 * catalogue with the same functions beside it; what is printed, and in which order, is decided elsewhere.
 */
export const english = {
  ...phrases,
  ...prices,
  ...charges,
  ...deadlines,

  // Components
  component: ({
    title,
    users,
    kind,
    provider,
    passing,
    giving,
  }: {
    title: string
    users: readonly string[]
    kind: ComponentKind
    provider: string
    passing: readonly string[]
    giving: readonly string[]
  }) => {
    const whom = users.length > 0 ? ` for ${list(users.map(the))}` : ''
    const they = isPlural(title) ? 'They' : 'It'
    const s = isPlural(title) ? '' : 's'
    const says = passing.length > 1 ? 'say when' : 'says when'
    if (kind === 'action') return `${capital(title)}, performed by ${provider}${whom}.`
    const owned =
      passing.length > 0
        ? `${they} belong${s} to ${provider}; ${list(passing)} ${says} this changes.`
        : `${they} remain${s} the property of ${provider}.`
    if (kind === 'good') return `${capital(title)}, supplied by ${provider}${whom}. ${owned}`
    const given =
      giving.length > 0
        ? ` The right to use ${isPlural(title) ? 'them' : 'it'} begins as ${list(giving)} ${giving.length > 1 ? 'say' : 'says'}.`
        : ''
    const used =
      users.length > 0
        ? `to be used by ${list(users.map(the))} during the agreement.`
        : 'provided during the agreement; nobody is named who may use it.'
    return `${capital(title)}, ${used} ${owned}${given}`
  },
  perItem: 'Ownership, custody and the right of use are kept for each item by itself.',
  survives: 'This clause also applies after the agreement has ended.',

  // Targets and duties
  promise: ({ start, condition, ...promise }: { start: EventSlot } & PromisedSlot) => {
    const after =
      'words' in start && start.words.happens === undefined
        ? `After each ${bare(start.words.noun)}`
        : `Each time ${caseOf(start)}`
    return `${after}${aside(condition)}, ${promised(promise)}.`
  },
  promiseOfPeriod: ({ each, condition, ...promise }: { each: EachSlot } & PromisedSlot) => {
    const main = promised(promise)
    if (!each.isWhole) return `For ${eachText(each)}${aside(condition)}, ${main}.`
    return `${capital(condition === undefined ? main : `${condition}, ${main}`)}.`
  },
  onlyLater: 'What began the time does not end it: only what comes later does.',
  liftedBy: (event: EventSlot) =>
    `If ${caseOf(event)} before this is done and in time, this no longer applies.`,
  pairedBy: (attribute: string) =>
    `What belongs together has the same ${attribute.replaceAll('_', ' ')}.`,
  level: ({
    who,
    measure,
    least,
    most,
    each,
    thing,
  }: {
    who?: string
    measure: string
    least?: string
    most?: string
    each: EachSlot
    thing?: string
  }) => {
    const both = bounds(least, most)
    const about = thing === undefined ? '' : ` of ${thing}`
    const over = `${each.isWhole ? 'over' : 'in'} ${eachText(each)}`
    return who === undefined
      ? `${capital(measure)}${about} ${be(measure)} ${list(both)} ${over}.`
      : `${who} keeps ${measure}${about} at ${list([...kept(least, 'or more', 'no less than'), ...kept(most, 'or less', 'no more than')])} ${over}.`
  },

  // Transitions and limits
  transition: ({
    causes,
    condition,
    effect,
    effects,
  }: {
    causes: readonly EventSlot[]
    condition?: string
    effect?: string
    effects: readonly string[]
  }) =>
    `${
      causes.every((cause) => 'words' in cause && cause.words.happens === undefined)
        ? `Upon ${list(
            causes.map((cause) => ('words' in cause ? a(cause.words.noun) : '')),
            'or',
          )}`
        : `When ${list(causes.map(caseOf), 'or')}`
    }${condition === undefined ? '' : `, ${condition}`}, ${list(effects)}${effect === undefined ? '' : `, with effect ${effect}`}.`,
  effect: (until: UntilSlot) =>
    'length' in until ? `${until.length} later` : `from ${until.moment}`,
  becomesProperty: (thing: string, of: string) =>
    `${thing} ${isPlural(bare(thing)) ? 'become' : 'becomes'} the property of ${of}`,
  passesIntoCustody: (thing: string, of: string) =>
    `${thing} ${isPlural(bare(thing)) ? 'pass' : 'passes'} into the custody of ${of}`,
  ownedAndHeld: (thing: string, of: string) =>
    `${thing} ${isPlural(bare(thing)) ? 'become' : 'becomes'} the property, and ${isPlural(bare(thing)) ? 'pass' : 'passes'} into the custody, of ${of}`,
  right: ({
    thing,
    users,
    right,
    action,
  }: {
    thing: string
    users: readonly string[]
    right: 'given' | 'suspended' | 'restored' | 'ended'
    action: boolean
  }) => {
    const whose = users.length === 0 ? 'the right' : `the right of ${list(users.map(the))}`
    const does = {
      given: 'begins',
      suspended: 'is suspended',
      restored: 'is restored',
      ended: 'ends',
    }[right]
    return `${whose} to ${action ? 'ask for' : 'use'} ${thing} ${does}`
  },
  agreementEnds: 'the agreement ends, and with it the rights and the charges for periods',
  limit: ({
    users,
    thing,
    measure,
    least,
    most,
    use,
    refused,
    action,
    holds: condition,
  }: {
    users: readonly string[]
    thing: string
    measure: string
    least?: string
    most?: string
    use?: string
    refused: boolean
    action: boolean
    /** In place of a measure and its bounds, what has to be so. */
    holds?: string
  }) => {
    const who = users.length === 0 ? undefined : list(users.map(the))
    const both = list(bounds(least, most))
    const counting = use === undefined ? '' : `, counting the ${use} then asked for`
    const holds = condition ?? `${measure} ${be(measure)} ${both}${counting}`
    if (refused)
      return who === undefined
        ? `${capital(thing)} may be ${action ? 'asked for' : 'used'} only while ${holds}.`
        : `${capital(who)} may ${action ? 'ask for' : 'use'} ${thing} only while ${holds}.`
    const beyond = list(
      [
        least === undefined ? '' : `less than ${least}`,
        most === undefined ? '' : `more than ${most}`,
      ].filter((part) => part !== ''),
      'or',
    )
    const exceeded =
      condition === undefined
        ? `${measure} ${be(measure)} ${beyond}${counting}`
        : `it is not so that ${condition}`
    return `While ${exceeded}, a warning is given; ${thing} may still be ${action ? 'asked for' : 'used'}.`
  },

  // Tailoring and the frame of the document
  becomes: (before: string, after: string) => `${before} becomes ${after}`,
  isNow: (after: string) => `it is now ${after}`,
  added: 'added for this agreement',
  tailored: (words: string, because: string | undefined) =>
    `tailored: ${words}${because === undefined ? '' : `, because ${because}`}`,
  leftOut: (title: string, because: string | undefined) =>
    `* Left out: ${title}${because === undefined ? '' : `, because ${because}`}.`,
  headings: {
    period: 'Period',
    good: 'Yours to keep',
    access: 'Yours to use',
    action: 'Done for you',
    terms: 'Terms',
  },
  agreementPeriod: 'Period',
  definitions: 'Definitions',
  untitled: 'Agreement',
  between: (provider: string, consumer: string) =>
    `between ${provider} (provider) and ${consumer} (consumer)`,
  revision: (number: number, from: string) => `Revision ${number}, in force from ${from}.`,
  need: ({ need, by, removes, isWanted }: NeedSlot) => {
    const support = by.length === 0 ? [] : [`supported by ${list(by)}`]
    const meets = list([...support, ...(removes === undefined ? [] : [`without ${removes}`])])
    return `${isWanted ? `${need} (good to have)` : need}${meets === '' ? '' : `, ${meets}`}`
  },
  needs: (needs: readonly string[]) => `What the consumer needs: ${needs.join('; ')}.`,
  money: (currency: string) => `Amounts in ${currency}.`,
  eachAmount: 'Each amount is',
  times: (zone: string) => `Times are those of ${zone.replaceAll('_', ' ')}.`,
  note: (says: string) => `Note: ${says}`,
} as const

type NeedSlot = {
  readonly need: string
  /** What supports what the consumer does about it. */
  readonly by: readonly string[]
  /** The constraint that is taken off. */
  readonly removes?: string
  readonly isWanted: boolean
}

/** “5 minutes or less”, but “no more than the downtime allowed”. */
function kept(bound: string | undefined, after: string, before: string): string[] {
  if (bound === undefined) return []
  return [/^[-\d]/.test(bound) ? `${bound} ${after}` : `${before} ${bound}`]
}

type PromisedSlot = {
  /** “if …” or “unless …”. */
  readonly condition?: string | undefined
  readonly who?: string | undefined
  readonly stop?: EventSlot | undefined
  /** What one side may do, and need not. */
  readonly is: 'owed' | 'may'
  readonly until: UntilSlot
}

const aside = (condition: string | undefined) => (condition === undefined ? '' : `, ${condition}`)

/** Who does what until when; without a stop it is only time that there is. */
function promised({ who, stop, is, until }: PromisedSlot): string {
  if (!stop) {
    const time =
      'length' in until ? `${until.length} for this` : `time ${untilText(until, 'until')}`
    return `${who === undefined ? 'there is' : `${who} has`} ${time}`
  }
  if (is === 'may') {
    const does =
      'words' in stop ? infinitive(stop.words.does) : `bring about ${the(phrases.eventNoun(stop))}`
    return `${who} may ${does} ${untilText(until, 'until')}`
  }
  if (who === undefined || !('words' in stop))
    return `it is expected that ${caseOf(stop)} ${untilText(until)}`
  return `${who} ${stop.words.does} ${untilText(until)}`
}
