import { timeOfDayText } from './words.ts'
import { local, spokenDate, spokenInstant, type Period, beginningOfTime, endOfTime } from '../kernel/time.ts'
import type { BinaryOperator } from './formula.ts'
import type { PeriodRule } from './period.ts'
import { a, bare, capital, eventWords, type EventWords, isPlural, list, ordinal, plural, singular, standardNoun, the } from './prose-grammar.ts'
import type { PeriodRuleWords, QuantitySlot } from './prose-speaker.ts'

/**
 * The English catalogue: from slots to whole sentences, or to a whole clause of one. Another natural language is another
 * catalogue with the same functions beside it; what is printed, and in which order, is decided elsewhere.
 */

/** An event: a fact as a noun, as a happening and as a deed; or what a clause brings about. */
export type EventSlot = { readonly words: EventWords } | { readonly clause: string; readonly ending: 'met' | 'missed' | 'effect' }
type Compared = { operator: BinaryOperator; value: string; time: boolean }

const comparisons: Partial<Record<BinaryOperator, string>> = { '==': '', '!=': 'not', '<': 'less than', '<=': 'at most', '>': 'more than', '>=': 'at least' }
const timed: Partial<Record<BinaryOperator, string>> = { '<': 'before', '<=': 'not after', '>': 'after', '>=': 'not before' }
const be = (subject: string) => (isPlural(bare(subject)) ? 'are' : 'is')
const predicate = ({ operator, value, time }: Compared) => `${(time ? timed[operator] : undefined) ?? comparisons[operator] ?? ''} ${value}`.trim()

const months = 'January February March April May June July August September October November December'.split(' ')
const clausePattern = /^(it|they|there|somebody|nobody|someone|everybody|nothing|something|the|a|an|no|one|all)\b/i

function caseOf(event: EventSlot): string {
  if ('words' in event) return event.words.happens ?? `there is ${a(event.words.noun)}`
  return event.ending === 'effect' ? `${event.clause} takes effect` : event.ending === 'met' ? `${event.clause} is kept` : `${event.clause} is not kept in time`
}

const everyPeriod = (rule: PeriodRule | undefined, since: (kind: string) => string): string => {
  switch (rule?.is) {
    case 'calendar':
      if (rule.unit === 'year' && (rule.month > 1 || rule.day > 1)) return `year that begins on ${rule.day} ${months[rule.month - 1] ?? ''}`
      return rule.unit === 'month' && rule.day > 1 ? `month that begins on its ${ordinal(rule.day)} day` : rule.unit
    case 'agreement-step':
      return `${rule.unit} of the agreement`
    case 'slot':
      return `${rule.minutes} minutes`
    case 'window':
      return `day from ${timeOfDayText(rule.from)} to ${timeOfDayText(rule.until)}`
    case 'since':
      return `time from one ${since(rule.kind)} to the next`
    default:
      return 'period'
  }
}

export const english = {
  comparisons,
  capital,
  the,
  a,
  plural,
  isPlural,
  list,
  yes: 'yes',
  no: 'no',
  it: 'it',
  aroundTheClock: 'around the clock',
  quoted: (text: string) => `“${text.replaceAll('_', ' ')}”`,

  // Names and values
  clause: ({ number, title }: { number: string; title: string }) => `clause ${number} (${title})`,
  event: eventWords,
  kind: (name: string, title: string | undefined) => bare(title ?? standardNoun(name) ?? name.replaceAll('_', ' ')),
  eventNoun: (event: EventSlot) => ('words' in event ? bare(event.words.noun) : `effect of ${event.clause}`),
  attribute: (name: string) =>
    ({ minutes: 'minutes', minute_of_day: 'time of day', time: 'time of day', by: 'person', about: 'subject' })[name] ?? name.replaceAll('_', ' '),
  attributeOf: (attribute: string, kind: string) => `${the(attribute)} of ${the(kind)}`,
  isMarked: (subject: string, attribute: string) => `${subject} is marked “${attribute}”`,
  agreedValues: (values: readonly { value: string; from?: string }[]) => {
    const [first, ...later] = values
    if (!first) return 'the agreed value'
    return [first.from === undefined ? first.value : `${first.value} from ${first.from}`, ...later.map(({ value, from }) => `${value} from ${from ?? ''} on`)].join(', ')
  },
  agreedNamed: ({ title, value, number }: { title: string; value: string; number: boolean }) => (number && !value.includes(',') ? `${the(title)} of ${value}` : `${the(title)} (agreed: ${value})`),
  amountUnder: (clause: string) => `the amount under ${clause}`,
  totalOf: (clause: string) => `the total of ${clause}`,
  wasKept: (clause: string) => `${clause} was kept`,
  timeUnder: (title: string) => (/^(time|length|period|deadline|term|duration|days|hours)\b/i.test(title) ? the(title) : `the time given under “${title}”`),
  within: (calendar: string) => `it falls within ${calendar}`,
  isTrue: (title: string) => (clausePattern.test(title) ? title : `“${title}” holds`),
  forTheSame: (words: string, thing: string) => `${words} for the same ${thing}`,
  sumOf: (parts: readonly string[]) => (parts.length === 1 ? (parts[0] ?? '') : `the sum of ${list(parts)}`),
  always: (name: string) =>
    ({ agreement_start: 'the start of the agreement', agreement_end: 'the end of the agreement', period_start: 'the start of the period', period_end: 'the end of the period' })[name] ?? name.replaceAll('_', ' '),

  // Formulas
  not: (words: string) => `it is not so that ${words}`,
  minus: (words: string) => `minus ${words}`,
  oneOf: (subject: string, choices: readonly string[]) => `${subject} ${be(subject)} ${list(choices, 'or')}`,
  choose: (condition: string, yes: string, no: string) => `${yes} if ${condition}, otherwise ${no}`,
  length: (count: string, unit: string) => `${count} ${count === '1' ? singular(unit) : unit}`,
  call: (called: string, said: readonly string[]) =>
    called === 'whole' ? `the whole part of ${said[0] ?? ''}` : called === 'started' ? `${said[0] ?? ''}, a part counting as a whole` : `${said[0] ?? ''}, rounded to ${said[1] ?? ''}`,
  extreme: (called: 'min' | 'max', said: readonly string[]) => `the ${called === 'min' ? 'smaller' : 'larger'} of ${list(said)}`,
  bounded: (called: 'min' | 'max', words: string, bound: string) => `${words}, but ${called === 'min' ? 'at most' : 'at least'} ${bound}`,
  arithmetic: (operator: BinaryOperator, left: string, right: string) =>
    `${left} ${({ '+': 'plus', '-': 'less', '*': 'times', '/': 'divided by' } as Partial<Record<BinaryOperator, string>>)[operator] ?? ''} ${right}`,
  compared: (subject: string, compared: Compared) => `${subject} ${be(subject)} ${predicate(compared)}`,
  comparedTwice: (subject: string, first: Compared, word: string, second: Compared) => `${subject} ${be(subject)} ${predicate(first)} ${word} ${predicate(second)}`,
  joined: (left: string, word: string, right: string) => `${left} ${word} ${right}`,
  condition: ({ words, denied }: { words: string; denied: boolean }) => `${denied ? 'unless' : 'if'} ${words}`,
  conditionOf: ({ words, denied }: { words: string; denied: boolean }) => (denied ? `it is not so that ${words}` : words),

  // Periods
  eachPeriod: ({ rule, name }: PeriodRuleWords, since: (kind: string) => string) => (name !== undefined ? `each ${bare(name)}` : rule?.is === 'agreement' ? 'the whole agreement' : `each ${everyPeriod(rule, since)}`),
  inPeriod: ({ rule, name }: PeriodRuleWords, since: (kind: string) => string): string => {
    if (name !== undefined) return `in ${a(name)}`
    if (rule?.is === 'agreement') return 'over the whole agreement'
    if (rule?.is === 'so-far') return rule.of.is === 'agreement' ? 'in the agreement so far' : `in the ${everyPeriod(rule.of, since)} so far`
    if (rule?.is === 'past') return `in the past ${rule.length.text}`
    if (rule?.is === 'since') return `since the last ${since(rule.kind)} of the same thing`
    return rule?.is === 'slot' ? `in ${everyPeriod(rule, since)}` : `in ${a(everyPeriod(rule, since))}`
  },
  namedPeriod: (rule: PeriodRule | undefined, since: (kind: string) => string) =>
    rule?.is === 'window' ? `each day from ${timeOfDayText(rule.from)} to ${timeOfDayText(rule.until)}${rule.until > rule.from ? '' : ' of the next day'}` : `each ${everyPeriod(rule, since)}`,
  once: 'Once, at the start of the agreement',
  every: (each: string) => (each === 'the whole agreement' ? 'Once, for the whole agreement' : capital(each.replace(/^each (?=\w+$)/, 'every ').replace(/^each (?=\w+ \w)/, 'for each '))),
  agreementRuns: ({ start, end }: Period, zone: string) => {
    const wholeDays = [start, end].every((instant) => local(instant, zone).toPlainTime().equals(new Temporal.PlainTime()))
    const from = start <= beginningOfTime ? undefined : wholeDays ? spokenDate(local(start, zone).toPlainDate()) : spokenInstant(start, zone)
    const until = end >= endOfTime ? undefined : wholeDays ? spokenDate(local(end, zone).toPlainDate().subtract({ days: 1 })) : spokenInstant(end, zone)
    if (from === undefined) return until === undefined ? 'The agreement runs without an agreed start or end.' : `The agreement runs until ${until}.`
    return until === undefined ? `The agreement runs from ${from} on, without an agreed end.` : `The agreement runs from ${from} to ${until}.`
  },

  // Components
  component: ({ title, users, kind, provider, passing, giving }: { title: string; users: readonly string[]; kind: 'good' | 'access' | 'action'; provider: string; passing: readonly string[]; giving: readonly string[] }) => {
    const whom = users.length > 0 ? ` for ${list(users.map(the))}` : ''
    const they = isPlural(title) ? 'They' : 'It'
    const s = isPlural(title) ? '' : 's'
    const says = passing.length > 1 ? 'say when' : 'says when'
    if (kind === 'action') return `${capital(title)}, performed by ${provider}${whom}.`
    const owned = passing.length > 0 ? `${they} belong${s} to ${provider}; ${list(passing)} ${says} this changes.` : `${they} remain${s} the property of ${provider}.`
    if (kind === 'good') return `${capital(title)}, supplied by ${provider}${whom}. ${owned}`
    const given = giving.length > 0 ? ` The right to use ${isPlural(title) ? 'them' : 'it'} begins as ${list(giving)} ${giving.length > 1 ? 'say' : 'says'}.` : ''
    return `${capital(title)}, to be used${users.length > 0 ? ` by ${list(users.map(the))}` : ''} during the agreement. ${owned}${given}`
  },
  perItem: 'Ownership, custody and the right of use are kept for each item by itself.',
  survives: 'This clause also applies after the agreement has ended.',

  // Charges and credits
  forEach: (event: EventSlot) => ('words' in event && event.words.happens === undefined ? `For each ${bare(event.words.noun)}` : `Each time ${caseOf(event)}`),
  pays: ({ when, condition, payer, payee, credited, thing, price }: { when: string; condition?: string; payer: string; payee: string; credited: boolean; thing?: string; price: string }) =>
    `${when}${condition === undefined ? '' : `, ${condition}`}, ${payer} ${credited ? 'credits' : 'pays'} ${payee}${price.startsWith(',') || price.startsWith(' by') ? `${thing === undefined ? '' : ` for ${thing}`}${price}` : ` ${price}${thing === undefined ? '' : ` for ${thing}`}`}.`,
  rate: ({ rate, quantity, step, of }: { rate: string; quantity: QuantitySlot | undefined; step?: { size: string; rounded: 'up' | 'down' | 'nearest' }; of?: string }) => {
    const each = of === undefined ? rate : `${rate} of ${of}`
    if (!quantity) return each
    const units = quantity.unit
    const unit = units === undefined ? undefined : singular(units)
    // “for each day late”, not “for each day of the days late”
    const noun = quantity.noun
    const rest = noun !== undefined && units !== undefined && noun.startsWith(`${units} `) ? noun.slice(units.length) : undefined
    const of_ = quantity.own ? '' : rest ?? ` of ${quantity.words}`
    if (step) {
      const kind = { up: 'started', down: 'full', nearest: 'nearest' }[step.rounded]
      const size = step.size === '1' ? (unit ?? 'one') : units === undefined ? step.size : `${step.size} ${units}`
      return `${each} for every ${kind === 'nearest' ? '' : `${kind} `}${size}${of_}${kind === 'nearest' ? ' (counted to the nearest)' : ''}`
    }
    if (quantity.money && of === undefined) return rate.endsWith('%') ? `${rate} of ${quantity.words}` : `${quantity.words} times ${rate}`
    if (unit !== undefined) return `${each} for each ${unit}${of_}`
    return isPlural(bare(quantity.words)) ? `${each} for each of ${quantity.words}` : `${each} times ${quantity.words}`
  },
  plus: (left: string, right: string) => `${left} plus ${right}`,
  share: (share: string, base: string) => (share === '100%' ? `the whole of ${base}` : share.endsWith('%') && !share.includes(' ') ? `${share} of ${base}` : `${base} times ${share.includes(' ') ? `(${share})` : share}`),
  unitPrice: ({ rate, amount, quantity }: { rate?: string; amount?: string; quantity: QuantitySlot | undefined }) => {
    const each = rate === undefined ? undefined : quantity?.money ? `${rate} of it` : `${rate} ${quantity?.unit === undefined ? 'each' : `for each ${singular(quantity.unit)}`}`
    return [each, amount].filter((part) => part !== undefined).join(' plus ')
  },
  tiers: ({ quantity, mode, rows, of }: { quantity: string; mode: 'graduated' | 'volume'; rows: readonly { upTo?: string; after?: string; price: string }[]; of?: string }) => {
    const said = rows.map(({ upTo, after, price }) => {
      const edge = [after === undefined ? '' : `more than ${after}`, upTo === undefined ? '' : `up to and including ${upTo}`].filter((part) => part !== '').join(' ')
      return `${edge === '' ? 'any number' : edge}, ${price}`
    })
    return `, by ${quantity}${of === undefined ? '' : ` and as a share of ${of}`}, ${mode === 'graduated' ? 'each part at the price of its own tier' : 'all of it at the price of the tier that is reached'}: ${said.join('; ')}`
  },
  bands: ({ quantity, rows, of }: { quantity: string; rows: readonly { edge: string; price: string }[]; of?: string }) =>
    `, depending on ${quantity}${of === undefined ? '' : `, a share of ${of}`}: ${rows.map(({ edge, price }) => `${edge}, ${price}`).join('; ')}`,
  edge: ({ from, above, below, upTo, time }: { from?: string | undefined; above?: string | undefined; below?: string | undefined; upTo?: string | undefined; time: boolean }) => {
    const lower = from !== undefined ? `from ${from}` : above !== undefined ? `${time ? 'after' : 'more than'} ${above}` : undefined
    const upper = below !== undefined ? `${lower === undefined ? (time ? 'before' : 'less than') : time ? 'and before' : from !== undefined ? 'to less than' : 'but less than'} ${below}` : upTo !== undefined ? `up to and including ${upTo}` : undefined
    return [lower, upper].filter((part) => part !== undefined).join(' ') || 'any value'
  },
  included: (words: string, { unit, units, credited, many }: { unit?: string; units?: string; credited: boolean; many: boolean }) =>
    many ? `Of this, ${words}${units === undefined ? '' : ` ${units}`} ${credited ? 'do not count' : 'are included'}.` : words === '1' ? `The first${unit === undefined ? '' : ` ${unit}`} ${credited ? 'does not count' : 'is included'}.` : `The first ${words}${units === undefined ? '' : ` ${units}`} ${credited ? 'do not count' : 'are included'}.`,
  countedAtMost: (words: string, units: string | undefined) => `No more than ${words}${units === undefined ? '' : ` ${units}`} ${units === undefined ? 'is' : 'are'} counted.`,
  countedAtLeast: (words: string, steps: boolean, units: string | undefined) => `At least ${words}${steps ? (words === '1' ? ' such step is' : ' such steps are') : `${units === undefined ? ' is' : ` ${units} are`}`} counted.`,
  bounds: ({ least, most, what }: { least?: string; most?: string; what: string }) => {
    const both = [least === undefined ? '' : `at least ${least}`, most === undefined ? '' : `at most ${most}`].filter((part) => part !== '')
    return `${what} is ${list(both)}.`
  },
  theShare: 'The share',
  theCharge: (credited: boolean) => (credited ? 'The credit' : 'The charge'),
  nothingBetween: 'Between these bands nothing is due.',
  nothingOtherwise: 'In every other case nothing is due.',
  waived: (conditions: readonly { title?: string; words: string }[]) => {
    const said = conditions.map(({ title, words }) => (title === undefined ? words : `${words} (${title})`))
    const [only, ...more] = said
    if (more.length === 0) return `Nothing is due if ${only ?? ''}.`
    return `Nothing is due if any of these holds: ${said.map((words, place) => `(${String.fromCharCode(97 + place)}) ${words}`).join('; ')}.`
  },
  dated: ({ what, verb, from, until }: { what: string; verb: string; from?: string; until?: string }) => {
    const edges = from !== undefined && until !== undefined ? `on or after ${from} and before ${until}` : from !== undefined ? `on or after ${from}` : `before ${until ?? ''}`
    return `This applies where ${what} ${verb} ${edges}.`
  },
  datedEvent: (event: EventSlot) => ({ what: 'words' in event ? the(event.words.noun) : `the effect of ${event.clause}`, verb: 'falls' }),
  datedPeriod: (each: string) => ({ what: `the ${each.replace(/^(each|the whole) /, '')}`, verb: 'begins' }),
  datedAgreement: { what: 'the agreement', verb: 'begins' },
  unprorated: (each: string) => `A part of ${partOf(each)} costs as much as a whole one.`,
  prorated: (each: string, by: 'days' | 'time', days: string | undefined) =>
    by === 'days'
      ? `For a part of ${partOf(each)} its days are charged${days === undefined ? ', each as its share of the actual days' : `, a whole one counting as ${days} days`}.`
      : `For a part of ${partOf(each)} its time is charged${days === undefined ? ', as its share of the actual time' : `, a whole one counting as ${days} days`}.`,
  billed: (when: 'in-advance' | 'in-arrears') => (when === 'in-advance' ? 'It is billed in advance.' : 'It is billed in arrears.'),
  issuedAbove: (amount: string) => `A credit of ${amount} or less is not issued.`,
  rounding: (what: string, to: string, mode: string) =>
    `${what} ${mode === 'up' ? `rounded up to a whole multiple of ${to}` : mode === 'down' ? `rounded down to a whole multiple of ${to}` : `rounded to the nearest ${to}, ${({ 'half-up': 'halves away from zero', 'half-even': 'halves to the even neighbour', 'half-down': 'halves towards zero' } as Record<string, string>)[mode] ?? ''}`}`,
  amountIs: 'The amount is',
  taxed: (category: string) => `Tax category: ${category.replaceAll('_', ' ')}.`,
  total: ({ title, of, minus }: { title: string; of: readonly string[]; minus: readonly string[] }) => {
    const plus = of.length === 1 ? (of[0] ?? '') : `the sum of ${list(of)}`
    return `${capital(the(title))} ${be(title)} ${plus}${minus.length === 0 ? '' : `, less ${list(minus)}`}. ${isPlural(title) ? 'They are' : 'It is'} a reckoning and not charged again.`
  },
  theTotal: 'It',

  // Targets and duties
  promise: ({ start, who, stop, deadline }: { start: EventSlot; who?: string; stop?: EventSlot; deadline: string }) => {
    const after = 'words' in start && start.words.happens === undefined ? `After each ${bare(start.words.noun)}` : `Each time ${caseOf(start)}`
    if (!stop) return `${after}, ${who ?? 'the party concerned'} has ${deadline.startsWith('within') ? `${deadline.replace('within ', '')} for this` : `time ${deadline.replace(/^by /, 'until ')}`}.`
    if (who === undefined || !('words' in stop)) return `${after}, it is expected that ${caseOf(stop)} ${deadline}.`
    return `${after}, ${who} ${stop.words.does} ${deadline}.`
  },
  withinLength: (length: string) => `within ${length}`,
  byEndOf: ({ each, after }: { each: string; after: number }) => {
    const unit = each.replace(/^(each|the whole) /, '')
    if (after === 0) return `by the end of the ${unit} in which it falls`
    return after === 1 ? `by the end of the ${unit} after the one in which it falls` : `by the end of the ${ordinal(after)} ${unit} after the one in which it falls`
  },
  byBusinessDay: ({ days, calendar, at }: { days: number; calendar: string; at?: number }) =>
    `by ${at === undefined ? 'the close of' : `${timeOfDayText(at)} on`} the ${ordinal(days)} business day after it (${calendar})`,
  cutoff: (minute: number) => `What comes at or after ${timeOfDayText(minute)} counts as of the next business day.`,
  clock: (calendar: string, business: boolean) => (calendar === 'around the clock' ? 'The time runs around the clock.' : business ? `Business days are those of ${calendar}.` : `Only time within ${calendar} counts.`),
  ends: (when: 'at-the-hour' | 'with-the-day') => (when === 'at-the-hour' ? 'The time is up at the same time of day at which it began.' : 'The time is up with the end of its last day.'),
  pauses: (kinds: readonly string[], counted: 'in-hours' | 'around-the-clock') =>
    `During ${list(kinds.map(a), 'or')} the time stands still, ${counted === 'in-hours' ? 'as far as this falls into the hours that count' : 'at every hour of the day'}.`,
  pairedBy: (attribute: string) => `What belongs together has the same ${attribute.replaceAll('_', ' ')}.`,
  level: ({ who, measure, least, most, each, thing }: { who?: string; measure: string; least?: string; most?: string; each: string; thing?: string }) => {
    const both = [least === undefined ? '' : `at least ${least}`, most === undefined ? '' : `at most ${most}`].filter((part) => part !== '')
    const about = thing === undefined ? '' : ` of ${thing}`
    const over = each === 'the whole agreement' ? 'over the whole agreement' : `in ${each}`
    return who === undefined ? `${capital(measure)}${about} ${be(measure)} ${list(both)} ${over}.` : `${who} keeps ${measure}${about} at ${list(both).replaceAll(/(^|and )at /g, '$1')} ${over}.`
  },

  // Transitions and limits
  transition: ({ causes, condition, deadline, effects }: { causes: readonly EventSlot[]; condition?: string; deadline?: string; effects: readonly string[] }) =>
    `When ${list(causes.map(caseOf), 'or')}${condition === undefined ? '' : `, ${condition}`}, ${list(effects)}${deadline === undefined ? '' : `, with effect ${deadline}`}.`,
  effectAfter: (length: string) => `${length} later`,
  effectBy: (deadline: string) => deadline.replace(/^by /, 'from '),
  becomesProperty: (thing: string, of: string) => `${thing} ${isPlural(bare(thing)) ? 'become' : 'becomes'} the property of ${of}`,
  passesIntoCustody: (thing: string, of: string) => `${thing} ${isPlural(bare(thing)) ? 'pass' : 'passes'} into the custody of ${of}`,
  ownedAndHeld: (thing: string, of: string) => `${thing} ${isPlural(bare(thing)) ? 'become' : 'becomes'} the property of ${of} and ${isPlural(bare(thing)) ? 'pass' : 'passes'} into the custody of ${of}`,
  right: ({ thing, users, right, action }: { thing: string; users: readonly string[]; right: 'given' | 'suspended' | 'restored' | 'ended'; action: boolean }) => {
    const whose = users.length === 0 ? 'the right' : `the right of ${list(users.map(the))}`
    const does = { given: 'begins', suspended: 'is suspended', restored: 'is restored', ended: 'ends' }[right]
    return `${whose} to ${action ? 'ask for' : 'use'} ${thing} ${does}`
  },
  agreementEnds: 'the agreement ends, and with it the rights and the charges for periods',
  limit: ({ users, thing, measure, least, most, use, refused, action }: { users: readonly string[]; thing: string; measure: string; least?: string; most?: string; use?: string; refused: boolean; action: boolean }) => {
    const who = users.length === 0 ? undefined : list(users.map(the))
    const both = list([least === undefined ? '' : `at least ${least}`, most === undefined ? '' : `at most ${most}`].filter((part) => part !== ''))
    const counting = use === undefined ? '' : `, counting the ${use} that is asked for`
    const holds = `${measure} ${be(measure)} ${both}${counting}`
    if (refused) return who === undefined ? `${capital(thing)} may be ${action ? 'asked for' : 'used'} only while ${holds}.` : `${capital(who)} may ${action ? 'ask for' : 'use'} ${thing} only while ${holds}.`
    return `As soon as it no longer holds that ${holds}, a warning is given; ${thing} may still be ${action ? 'asked for' : 'used'}.`
  },

  // Tailoring and the frame of the document
  becomes: (before: string, after: string) => `${before} becomes ${after}`,
  isNow: (after: string) => `it is now ${after}`,
  added: 'added for this agreement',
  tailored: (words: string, because: string | undefined) => `tailored: ${words}${because === undefined ? '' : `, because ${because}`}`,
  leftOut: (title: string, because: string | undefined) => `* Left out: ${title}${because === undefined ? '' : `, because ${because}`}.`,
  headings: { period: 'Period', good: 'Yours to keep', access: 'Yours to use', action: 'Done for you', terms: 'Terms' },
  agreementPeriod: 'Period',
  definitions: 'Definitions',
  untitled: 'Agreement',
  between: (provider: string, consumer: string) => `between ${provider} (provider) and ${consumer} (consumer)`,
  revision: (number: number, from: string) => `Revision ${number}, in force from ${from}.`,
  money: (currency: string) => `Amounts in ${currency}.`,
  eachAmount: 'Each amount is',
  times: (zone: string) => `Times are those of ${zone.replaceAll('_', ' ')}.`,
  note: (says: string) => `Note: ${says}`,
} as const

const partOf = (each: string) => a(each.replace(/^(each|the whole) /, ''))

/** What another natural language has to say. */
export type Catalogue = typeof english
