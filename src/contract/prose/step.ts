import { Exact } from '../../kernel/exact.ts'
import { a, list } from '../../kernel/grammar.ts'
import { calendarTitle, conditionWords } from '../answer/condition.ts'
import { type Speaking, spoken, spokenStep } from '../answer/spoken.ts'
import type { Derivation } from '../derivation.ts'
import { Absent, isNothingDue, Span, sameValue } from '../value.ts'
import { deadlineText } from './due.ts'

/**
 * One sentence for a step of an answer, or none: a step is told where it decides something or turns one figure into
 * another. What is not known yet is said once, above the steps, and not again by each that rests on it.
 */
export function stepText(node: Derivation, speaking: Speaking): string | undefined {
  const { operation, value } = node
  // What a condition set aside is no step of the answer.
  if (!operation || (value instanceof Absent && value.kind === 'left-out')) return undefined
  const say = sentences[operation]
  if (say) return say(node, speaking)
  const term = terms[operation]
  if (!term || value instanceof Absent) return undefined
  const said = term(namedInputs(node, speaking), node, speaking)
  return said === undefined ? undefined : `${said}: ${valueText(node, speaking)}`
}

type Say = (node: Derivation, speaking: Speaking) => string | undefined
type Term = (
  inputs: Readonly<Record<string, string>>,
  node: Derivation,
  speaking: Speaking,
) => string | undefined

/** Sentences that hold their outcome. */
const sentences: Partial<Record<NonNullable<Derivation['operation']>, Say>> = {
  all: periodText,
  from: (node, speaking) => comparison(node, speaking, ['is at least', 'is less than']),
  above: (node, speaking) => comparison(node, speaking, ['is more than', 'is not more than']),
  below: (node, speaking) =>
    afterEnd(node, speaking) ??
    withinLimit(node, speaking) ??
    comparison(node, speaking, ['is less than', 'is not less than']),
  'up-to': (node, speaking) =>
    broughtEnd(node) ?? comparison(node, speaking, ['is at most', 'is more than']),
  same: (node, speaking) => comparison(node, speaking, ['is', 'is not']),
  other: (node, speaking) => comparison(node, speaking, ['is not', 'is']),
  'one-of': oneOf,
  right: rightText,
  standing: standingText,
  when: conditionText,
  waive: waiverText,
  claimed: claimText,
  creditable: creditableText,
  met: metText,
  band: bandText,
  covered: ({ value }) => shareText(value, 'of the period is covered'),
  unused: ({ value }) => shareText(value, 'of the period is left after its end'),
  times: productText,
}

/** What was reckoned, said before the figure that came of it. */
const terms: Partial<Record<NonNullable<Derivation['operation']>, Term>> = {
  part: (said) => `a part of ${Object.values(said)[0] ?? ''}`,
  plus: (said) => Object.values(said).join(' + '),
  'by-the-day': ({ amount }) => `${amount} for a part of the period, each day at its rounded price`,
  minus: (said) => Object.values(said).join(' − '),
  beyond: (said) => Object.values(said).join(' − '),
  over: (said) => Object.values(said).join(' ÷ '),
  least: (said) => `the smaller of ${Object.values(said).join(' and ')}`,
  greatest: (said) => `the larger of ${Object.values(said).join(' and ')}`,
  minimum: (said) => `the larger of ${Object.values(said).join(' and ')}`,
  maximum: (said) => `the smaller of ${Object.values(said).join(' and ')}`,
  less: ({ included, ...said }) =>
    included === undefined
      ? Object.values(said).join(' less ')
      : `${said['quantity']} less ${included} included`,
  capped: (said) => Object.values(said).join(', at most '),
  discounted: (said) => Object.values(said).join(' less '),
  steps: (said, { settings }) =>
    `${said['quantity']} in ${settings && 'rounded' in settings && settings.rounded === 'up' ? 'started ' : ''}steps of ${said['in steps of']}`,
  tiers: ({ quantity }, { settings }) =>
    `${quantity} priced by tiers${settings && 'mode' in settings ? ` (${String(settings.mode)})` : ''}`,
  round: ({ exact }, node, speaking) =>
    node.from[0] &&
    spoken(node.from[0].is.value, node.unit, speaking) === spoken(node.value, node.unit, speaking)
      ? undefined
      : `${exact} rounded`,
  sum: (said, node, speaking) => linesText(node, speaking) ?? measured('sum')(said, node, speaking),
  count: measured('count'),
  smallest: measured('the smallest'),
  largest: measured('the largest'),
  average: measured('the average'),
  last: measured('the last'),
  first: measured('the first'),
  percentile: measured('the percentile'),
  'longest-run': measured('the longest run'),
  months: measured('months of the agreement'),
  time: measured('time'),
  between: (said) => `from ${Object.values(said).join(' to ')}`,
  elapsed: (said) => `from ${Object.values(said).join(' to ')}`,
  forecast: (said) => `promised together by ${Object.values(said).join(', ')}`,
  share: (said) => `share of ${said['whole']}`,
  'after-length': (said, node, speaking) => {
    const [start = '', length = ''] = Object.values(said)
    const calendar = calendarTitle(node, speaking)
    return `${length}${calendar === undefined ? '' : ` of ${calendar}`} after ${start}${heldText(node, speaking)}`
  },
  moved: ({ at, length }, { settings }) =>
    `${length} ${settings && 'to' in settings && settings.to === 'earlier' ? 'before' : 'after'} ${at}`,
  'end-of-period': ({ start }) => `the end of the period, counted from ${start}`,
  'by-date': (said, { from }) => {
    const [on = '', length] = Object.values(said)
    return length === undefined ? `on ${on}` : `${length} ${from[1]?.as} ${on}`
  },
  'business-day': ({ start }) => `the business day, counted from ${start}`,
  row: (_said, { name }, speaking) => (name === undefined ? undefined : called(name, speaking)),
}

/** What moved a deadline: each pause that began before the time was up. */
function heldText({ from, value, settings }: Derivation, speaking: Speaking): string {
  const start = from[0]?.is.value
  const isElapsed = settings && 'counted' in settings && settings.counted === 'around-the-clock'
  const said = (at: number) => spoken(at, undefined, speaking)
  const held = from.slice(2).flatMap(({ is: { value: span } }) => {
    if (!(span instanceof Span) || typeof start !== 'number' || typeof value !== 'number') return []
    if (span.start >= value || (span.end ?? value) <= start) return []
    const since = `from ${said(Math.max(span.start, start))}`
    return span.end === undefined ? `${since} on` : `${since} to ${said(span.end)}`
  })
  if (held.length === 0) return ''
  return `, ${isElapsed ? 'later by' : 'without'} the time ${list(held, 'and')}`
}

/** Of a charge or credit that posts several lines what they come to. */
function linesText({ name, from }: Derivation, speaking: Speaking): string | undefined {
  const isOfLines = name !== undefined && from.every(({ is }) => is.postedFor !== undefined)
  return isOfLines ? `${from.length} lines of ${called(name, speaking)}` : undefined
}

function measured(otherwise: string): Term {
  return (_said, { name, operation, from }, speaking) => {
    const many = operation === 'count' || (operation === 'sum' && name === undefined)
    const of = many ? ` of ${from.length}` : ''
    return `${name === undefined ? otherwise : called(name, speaking)}${of}`
  }
}

/** `sum` of two rows with the same name of an input would lose one of them. */
function namedInputs({ from }: Derivation, speaking: Speaking): Record<string, string> {
  const said: Record<string, string> = {}
  from.forEach(({ as, is }, place) => {
    said[as in said ? `${as} ${place + 1}` : as] = inputText(is, speaking)
  })
  return said
}

/** An input by its name and value, `monthly fee 80.00 EUR`; a bare number by itself. */
export function inputText(node: Derivation, speaking: Speaking, unit = node.unit): string {
  const value = valueText(node, speaking, unit)
  const isNamed = node.name !== undefined && node.operation !== 'end-of-period'
  return isNamed ? `${called(node.name ?? '', speaking)} ${value}` : value
}

/** A share that a row gives is said as the row is written: 10%, not 0.1; days promised end with a day. */
function valueText(node: Derivation, speaking: Speaking, unit = node.unit): string {
  if (typeof node.value === 'number') return deadlineText(node, speaking)
  const isRow = node.operation === 'band' || node.operation === 'row'
  const given = isRow ? node.from.find(({ is }) => is.value === node.value) : undefined
  return given?.is.written ?? spokenStep(node, speaking, unit)
}

/** A share of nothing is nothing: the step says what is not due, and not what that comes to. */
function productText(node: Derivation, speaking: Speaking): string | undefined {
  const nothing = node.from.find(({ is }) => isNothingDue(is.value))
  if (nothing)
    return nothing.is.name === undefined
      ? undefined
      : `${called(nothing.is.name, speaking)}: nothing due`
  if (node.value instanceof Absent) return undefined
  return `${Object.values(namedInputs(node, speaking)).join(' × ')}: ${valueText(node, speaking)}`
}

type Verbs = readonly [holds: string, fails: string]

const ofInstants: Readonly<Record<string, Verbs>> = {
  from: ['is not before', 'is before'],
  above: ['is after', 'is not after'],
  below: ['is before', 'is not before'],
  'up-to': ['is not after', 'is after'],
}

/** Says what holds, so that no yes or no has to follow. */
function comparison(node: Derivation, speaking: Speaking, verbs: Verbs): string | undefined {
  const { operation = '', value } = node
  const [left, right] = node.from
  if (!left || !right || typeof value !== 'boolean' || isToldElsewhere(node)) return undefined
  const unit = left.is.unit ?? right.is.unit
  const isTime = typeof left.is.value === 'number'
  const [holds, fails] = (isTime && ofInstants[operation]) || verbs
  const asShare = isWrittenShare(left.is) || isWrittenShare(right.is)
  const text = (one: Derivation) => comparedText(one, speaking, { unit, asShare })
  return `${text(left.is)} ${value ? holds : fails} ${text(right.is)}`
}

/** How often it was due already. */
function withinLimit({ from: [before, limit] }: Derivation, speaking: Speaking) {
  if (before?.as !== 'charged before' || limit?.as !== 'limit') return undefined
  const [count, most] = [before, limit].map(({ is }) => spoken(is.value, is.unit, speaking))
  return `${count} of at most ${most} were due before it`
}

/** What came before the end of the agreement counts without a word. */
function afterEnd({ from: [at, end], value }: Derivation, speaking: Speaking): string | undefined {
  if (at?.as !== 'counted at' || !end || value !== false) return undefined
  const said = ({ is }: Derivation['from'][number]) => spoken(is.value, is.unit, speaking)
  return `${said(at)} does not count: the agreement ended on ${said(end)}`
}

/** What ends the agreement belongs to it. */
function broughtEnd({ from: [at, end] }: Derivation): string | undefined {
  const isBoth = end?.as === 'agreement ends' && at?.is.value === end.is.value
  return isBoth ? 'the agreement ends with it' : undefined
}

/** Whether a transition changes anything is told by how things stood before it; that a fact is about its thing goes without saying. */
function isToldElsewhere({ operation, from, value }: Derivation): boolean {
  const [left, right] = from
  if (left?.as === 'before' || left?.as === 'asked at') return true
  if (left?.as === 'followed at' || left?.as === 'counted at') return true
  if (left?.is.value instanceof Absent || right?.is.value instanceof Absent) return true
  return operation === 'same' && value === true && typeof left?.is.value === 'string'
}

type Comparing = { readonly unit: string | undefined; readonly asShare: boolean }

function comparedText(node: Derivation, speaking: Speaking, { unit, asShare }: Comparing): string {
  const { value, name } = node
  if (asShare && value instanceof Exact && node.written === undefined)
    return name === undefined
      ? percentText(value)
      : `${called(name, speaking)} ${percentText(value)}`
  return inputText(node, speaking, node.unit ?? unit)
}

export const isWrittenShare = ({ written }: Derivation) => written?.endsWith('%') === true

const thousandth = Exact.ratio(1, 1000)

/** Of a share, to the thousandth of a percent: no bound is written finer. */
export function percentText(share: Exact): string {
  const percent = share.times(Exact.whole(100))
  const rounded = percent.rounded(thousandth, 'half-up')
  const text = rounded.text.replace('-', '−')
  return `${rounded.equals(percent) ? '' : 'about '}${text}%`
}

const shareText = (value: Derivation['value'], says: string) =>
  value instanceof Exact ? `${percentText(value)} ${says}` : undefined

/** Both edges of the agreed time at once; of other conditions each tells of itself. */
function periodText({ from, value }: Derivation, speaking: Speaking): string | undefined {
  const [started, running] = from
  if (started?.as !== 'started' || running?.as !== 'running') return undefined
  const [at, start] = started.is.from
  const end = running.is.from[1]
  if (!at || !start || !end) return undefined
  const said = (one: Derivation) => spoken(one.value, one.unit, speaking)
  if (started.is.value === false)
    return `the agreement begins on ${said(start.is)}, after ${said(at.is)}`
  if (running.is.value === false) return `the agreement ended on ${said(end.is)}`
  return value === true ? `the agreement runs from ${said(start.is)} to ${said(end.is)}` : undefined
}

function oneOf(node: Derivation, speaking: Speaking): string | undefined {
  const [asked, ...choices] = node.from
  // A right and a grant have said already how they stand.
  if (!asked || asked.as === 'right' || asked.as === 'grant') return undefined
  const said = choices.map(({ is }) => spoken(is.value, is.unit, speaking))
  if (asked.as === 'user' && said.length === 0) return 'open to nobody: the clause names no user'
  if (asked.as === 'user')
    return `open ${node.value === true ? '' : 'only '}to ${list(said.map(a), 'or')}`
  if (typeof node.value !== 'boolean') return undefined
  const name = asked.is.name ?? asked.as
  const value = spoken(asked.is.value, asked.is.unit, speaking)
  return `${called(name, speaking)} ${value} is ${node.value ? 'one' : 'none'} of ${list(said, 'and')}`
}

const rights: Readonly<Record<string, string>> = {
  'not-given': 'the right of use has not been given yet',
  suspended: 'the right of use is suspended',
  ended: 'the right of use has ended',
}

/** A right that stands as it did from the start needs no word. */
function rightText({ name, value, from }: Derivation): string | undefined {
  if (name !== 'right' || typeof value !== 'string') return undefined
  return rights[value] ?? (from.length > 1 ? 'the right of use stands' : undefined)
}

function standingText(
  { name = '', value, settings = {} }: Derivation,
  speaking: Speaking,
): string | undefined {
  if (typeof value !== 'string') return undefined
  const who = spoken(value, undefined, speaking)
  const until = 'until' in settings ? spoken(Number(settings.until), undefined, speaking) : 'then'
  if (name === 'title before') return `it belonged to ${who} until ${until}`
  if (name === 'custody before') return `${who} held it until ${until}`
  if (name === 'grant') return value === 'ended' ? 'access has ended' : undefined
  return name === 'title' || name === 'custody' ? undefined : `${called(name, speaking)}: ${who}`
}

/** That it is due is the answer; why it is, or is not, is a step. */
function conditionText({ from }: Derivation, speaking: Speaking): string | undefined {
  const [decided] = from
  if (!decided) return undefined
  const { as, is } = decided
  if (as === 'when' || as === 'large enough' || as === 'in force') return reasonText(is, speaking)
  if (is.value !== false) return undefined
  if (as === 'agreement running') return 'nothing due: the agreement was not running'
  if (as === 'limit') return 'nothing due: the limit is reached'
  if (as === 'begun') return `nothing due before ${inputText(is.from[1]?.is ?? is, speaking)}`
  const change = changeBelow(is)
  return change
    ? `nothing due: ${called(as, speaking)} changed nothing, as ${alreadyText(change, speaking)}`
    : `nothing due: no ${called(as, speaking)} that counts`
}

/** Of what a transition made: that it would have changed what was so already. */
function changeBelow({ operation, from }: Derivation): Derivation | undefined {
  if (operation !== 'all') return undefined
  const own = from.find(({ as, is }) => as === 'change' && is.value === false)
  return own?.is ?? from.map(({ is }) => changeBelow(is)).find((one) => one !== undefined)
}

function alreadyText({ from }: Derivation, speaking: Speaking): string {
  const [before, after] = from
  const stood = before ? spoken(before.is.value, undefined, speaking) : ''
  return after?.as === 'right'
    ? `the right of use was ${stood} already`
    : `${after?.as} was with ${stood} already`
}

function reasonText(is: Derivation, speaking: Speaking): string | undefined {
  if (typeof is.value !== 'boolean') return undefined
  const reason = conditionWords(is, speaking)
  if (reason === 'yes' || reason === 'no') return undefined
  return is.value ? `due, as ${reason}` : `nothing due, as ${reason}`
}

function waiverText({ from }: Derivation, speaking: Speaking): string {
  const waivers = from.slice(1)
  const holding = waivers.filter(({ is }) => is.value === true)
  const said = (holding.length > 0 ? holding : waivers).map(
    ({ as, is }) => `${called(as, speaking)} (${conditionWords(is, speaking)})`,
  )
  return `${holding.length > 0 ? 'waived' : 'not waived'} by ${said.join(', ')}`
}

function claimText({ from }: Derivation, speaking: Speaking): string {
  const [inTime, amount] = from
  if (inTime?.is.value === true) return 'claimed in time'
  if (inTime?.is.value !== false) return 'waiting to be claimed'
  return `${amount ? `${inputText(amount.is, speaking)} ` : ''}not due: it was not claimed in time`
}

/** Told where it leaves less than all of it. */
function creditableText({ from, value, unit }: Derivation, speaking: Speaking): string | undefined {
  const [amount, base, before] = from
  if (!amount || !base || sameValue(amount.is.value, value)) return undefined
  const [due, charged] = [amount.is, base.is].map((one) => inputText(one, speaking, unit))
  if (isNothingDue(value)) return `nothing due: nothing is left of ${charged}`
  if (value instanceof Absent) return undefined
  const less = before ? ` less ${inputText(before.is, speaking, unit)} credited before` : ''
  return `${due}, at most what is left of ${charged}${less}: ${spoken(value, unit, speaking)}`
}

function metText({ from, value }: Derivation, speaking: Speaking): string | undefined {
  const [due, done] = from
  if (!due || typeof due.is.value !== 'number') return undefined
  const by = deadlineText(due.is, speaking)
  const at = done && typeof done.is.value === 'number' && spoken(done.is.value, undefined, speaking)
  if (value === true) return at ? `done on ${at}, in time: due by ${by}` : undefined
  if (value === false) return at ? `done on ${at}, too late: due by ${by}` : `not done by ${by}`
  return `not done yet, due by ${by}`
}

function bandText(node: Derivation, speaking: Speaking): string | undefined {
  const [quantity, ...rest] = node.from
  const { value } = quantity?.is ?? {}
  if (!quantity || value === undefined || value instanceof Absent) return undefined
  const asShare = rest.some(({ is }) => isWrittenShare(is)) && quantity.is.unit === undefined
  const said = comparedText(quantity.is, speaking, { unit: undefined, asShare })
  if (isNothingDue(node.value)) return `${said} lies in no band that costs something`
  return node.value instanceof Absent
    ? undefined
    : `the band that holds ${said}: ${valueText(node, speaking)}`
}

/** What the contract calls a name; else the name as words. */
const called = (name: string, { titles }: Speaking): string =>
  titles?.(name) ?? name.replaceAll('_', ' ').replaceAll('-', ' ').replace('.', ' ')
