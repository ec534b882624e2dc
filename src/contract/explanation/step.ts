import { Exact } from '../../kernel/exact.ts'
import { a, list } from '../../kernel/grammar.ts'
import { Length } from '../../kernel/time.ts'
import { type Speaking, spoken } from '../answer/spoken.ts'
import type { Derivation, Input } from '../derivation.ts'
import type { StandingName } from '../standing/standing.ts'
import { Absent, isNothingDue, Span, sameValue, type Value } from '../value.ts'
import { comparisonText, sideText } from './comparison.ts'
import { calendarTitle, conditionWords, liftText } from './condition.ts'
import { deadlineText } from './due.ts'
import { called, figureText, namedText } from './named.ts'
import { isWrittenShare, percentText } from './share.ts'

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
  const said = term(inputTexts(node, speaking), node, speaking)
  return said === undefined ? undefined : `${said}: ${figureText(node, speaking)}`
}

type Say = (node: Derivation, speaking: Speaking) => string | undefined
type Term = (inputs: readonly string[], node: Derivation, speaking: Speaking) => string | undefined

/** Sentences that hold their outcome. */
const sentences: Partial<Record<NonNullable<Derivation['operation']>, Say>> = {
  all: periodText,
  from: comparison,
  above: comparison,
  below: (node, speaking) =>
    afterEnd(node, speaking) ?? withinLimit(node, speaking) ?? comparison(node, speaking),
  'up-to': (node, speaking) => broughtEnd(node) ?? comparison(node, speaking),
  same: comparison,
  other: comparison,
  'one-of': (node, speaking) => userText(node, speaking) ?? comparison(node, speaking),
  right: rightText,
  standing: standingText,
  when: conditionText,
  waive: waiverText,
  claimed: claimText,
  creditable: creditableText,
  met: (node, speaking) => liftText(node, speaking) ?? metText(node, speaking),
  band: bandText,
  covered: ({ value }) => shareText(value, 'of the period is covered'),
  unused: ({ value }) => shareText(value, 'of the period is left after its end'),
  times: productText,
}

/** What was reckoned, said before the figure that came of it. */
const terms: Partial<Record<NonNullable<Derivation['operation']>, Term>> = {
  part: ([whole]) => `a part of ${whole}`,
  plus: (said) => said.join(' + '),
  'by-the-day': ([amount]) => `${amount} for a part of the period, each day at its rounded price`,
  minus: (said) => said.join(' − '),
  beyond: (said) => said.join(' − '),
  over: (said) => said.join(' ÷ '),
  least: (said) => `the smaller of ${said.join(' and ')}`,
  greatest: (said) => `the larger of ${said.join(' and ')}`,
  minimum: (said) => `the larger of ${said.join(' and ')}`,
  maximum: (said) => `the smaller of ${said.join(' and ')}`,
  less: (said, { from }) =>
    `${said.join(' less ')}${from[1]?.role === 'included' ? ' included' : ''}`,
  capped: (said) => said.join(', at most '),
  discounted: (said) => said.join(' less '),
  steps: ([quantity, step], { settings }) =>
    `${quantity} in ${settings && 'rounded' in settings && settings.rounded === 'up' ? 'started ' : ''}steps of ${step}`,
  tiers: ([quantity], { settings }) =>
    `${quantity} priced by tiers${settings && 'mode' in settings ? ` (${String(settings.mode)})` : ''}`,
  round: ([exact], node, speaking) =>
    node.from[0] &&
    spoken(node.from[0].is.value, node.unit, speaking) === spoken(node.value, node.unit, speaking)
      ? undefined
      : `${exact} rounded`,
  sum: (said, node, speaking) => linesText(node, speaking) ?? measured('sum')(said, node, speaking),
  count: measured('count'),
  smallest: moving('rise', measured('the smallest')),
  largest: moving('fall', measured('the largest')),
  average: measured('the average'),
  last: measured('the last'),
  first: measured('the first'),
  percentile: measured('the percentile'),
  'longest-run': measured('the longest run'),
  months: measured('months of the agreement'),
  time: measured('time'),
  between: (said) => `from ${said.join(' to ')}`,
  elapsed: (said) => `from ${said.join(' to ')}`,
  forecast: (said) => `promised together by ${said.join(', ')}`,
  share: ([whole]) => `share of ${whole}`,
  'after-length': ([start, length], node, speaking) => {
    const calendar = calendarTitle(node, speaking)
    return `${length}${calendar === undefined ? '' : ` of ${calendar}`} after ${start}${heldText(node, speaking)}`
  },
  moved: ([at, length], { settings }) =>
    `${length} ${settings && 'to' in settings && settings.to === 'earlier' ? 'before' : 'after'} ${at}`,
  'end-of-period': ([start]) => `the end of the period, counted from ${start}`,
  'by-date': ([on, length], { settings }) => {
    const direction = settings && 'direction' in settings && settings.direction
    return length === undefined ? `on ${on}` : `${length} ${direction} ${on}`
  },
  'business-day': ([start]) => `the business day, counted from ${start}`,
  row: (_said, { name }, speaking) => (name === undefined ? undefined : called(name, speaking)),
}

/** What moved a deadline: each pause that began before the time was up. */
function heldText({ from, value, settings }: Derivation, speaking: Speaking): string {
  const start = from[0]?.is.value
  const isElapsed = settings && 'counted' in settings && settings.counted === 'around-the-clock'
  const said = (value: Value) => spoken(value, undefined, speaking)
  const held = from.slice(2).flatMap(({ is: { value: span } }) => {
    if (!(span instanceof Span) || typeof start !== 'number' || typeof value !== 'number') return []
    if (span.start >= value || (span.end ?? value) <= start) return []
    const since = `from ${said(Math.max(span.start, start))}`
    return span.end === undefined ? `${since} on` : `${since} to ${said(span.end)}`
  })
  if (held.length === 0) return ''
  const most = from[2]?.is.value
  const capped = most instanceof Length ? `, at most ${said(most)} of it` : ''
  return `, ${isElapsed ? 'later by' : 'without'} the time ${list(held, 'and')}${capped}`
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

/** Of a price how far it may move from an earlier one, where there is such a bound. */
function moving(way: 'rise' | 'fall', otherwise: Term): Term {
  return (said, node, speaking) => {
    const [price, bound] = node.from
    if (!price || bound?.role !== 'bound by rise') return otherwise(said, node, speaking)
    if (bound.is.value instanceof Absent) return undefined
    const [from, to] = [price, bound].map(({ is }) => namedText(is, speaking, node.unit))
    return `${from}, which may ${way} to ${to}`
  }
}

const inputTexts = ({ from }: Derivation, speaking: Speaking) =>
  from.map(({ is }) => namedText(is, speaking))

/** A share of nothing is nothing: the step says what is not due, and not what that comes to. */
function productText(node: Derivation, speaking: Speaking): string | undefined {
  const nothing = node.from.find(({ is }) => isNothingDue(is.value))
  if (nothing)
    return nothing.is.name === undefined
      ? undefined
      : `${called(nothing.is.name, speaking)}: nothing due`
  if (node.value instanceof Absent) return undefined
  return `${inputTexts(node, speaking).join(' × ')}: ${figureText(node, speaking)}`
}

/** What is not known, and what another step tells, is not told here. */
function comparison(node: Derivation, speaking: Speaking): string | undefined {
  if (typeof node.value !== 'boolean' || isToldElsewhere(node)) return undefined
  return comparisonText(node, speaking)
}

/** How often it was due already. */
function withinLimit({ from: [before, limit] }: Derivation, speaking: Speaking) {
  if (before?.role !== 'due before' || !limit) return undefined
  const [count, most] = [before, limit].map(({ is }) => spoken(is.value, is.unit, speaking))
  return `${count} of at most ${most} were due before it`
}

/** What came before the end of the agreement counts without a word. */
function afterEnd({ from: [at, end], value }: Derivation, speaking: Speaking): string | undefined {
  if (at?.role !== 'counted at' || !end || value !== false) return undefined
  const said = ({ is }: Derivation['from'][number]) => spoken(is.value, is.unit, speaking)
  return `${said(at)} does not count: the agreement ended on ${said(end)}`
}

/** What ends the agreement belongs to it. */
function broughtEnd({ from: [at, end] }: Derivation): string | undefined {
  const isBoth = end?.role === 'end of agreement' && at?.is.value === end.is.value
  return isBoth ? 'the agreement ends at that instant, and not before' : undefined
}

/** Whether a transition changes anything is told by how things stood before it; that a fact is about its thing goes without saying. */
function isToldElsewhere({ operation, from, value }: Derivation): boolean {
  const [left, right] = from
  if (!left || (left.role && untold.has(left.role))) return true
  // A right and a grant have said already how they stand.
  const isStanding = left.is.operation === 'right' || left.is.operation === 'standing'
  if (operation === 'one-of' && isStanding) return true
  if (left.is.value instanceof Absent || right?.is.value instanceof Absent) return true
  return operation === 'same' && value === true && typeof left.is.value === 'string'
}

const untold: ReadonlySet<Input['role']> = new Set([
  'stood before',
  'asked at',
  'followed at',
  'earlier price',
  'counted at',
] as const)

const shareText = (value: Derivation['value'], says: string) =>
  value instanceof Exact ? `${percentText(value)} ${says}` : undefined

/** Both edges of the agreed time at once; of other conditions each tells of itself. */
function periodText({ from, value }: Derivation, speaking: Speaking): string | undefined {
  const [started, running] = from
  if (started?.role !== 'agreed period' || !running) return undefined
  const [at, start] = started.is.from
  const end = running.is.from[1]
  if (!at || !start || !end) return undefined
  const said = (one: Derivation) => spoken(one.value, one.unit, speaking)
  if (started.is.value === false)
    return `the agreement begins on ${said(start.is)}, after ${said(at.is)}`
  if (running.is.value === false) return `the agreement ended on ${said(end.is)}`
  return value === true ? `the agreement runs from ${said(start.is)} to ${said(end.is)}` : undefined
}

/** To whom a component is open. */
function userText({ from: [asked, ...choices], value }: Derivation, speaking: Speaking) {
  if (asked?.role !== 'user') return undefined
  if (choices.length === 0) return 'open to nobody: the clause names no user'
  const said = choices.map(({ is }) => a(spoken(is.value, is.unit, speaking)))
  return `open ${value === true ? '' : 'only '}to ${list(said, 'or')}`
}

const rights: Readonly<Record<string, string>> = {
  'not-given': 'the right of use has not been given yet',
  suspended: 'the right of use is suspended',
  ended: 'the right of use has ended',
}

/** A right that stands as it did from the start needs no word. */
function rightText({ name, value, from }: Derivation): string | undefined {
  const standing = name as StandingName
  if (standing !== 'right' || typeof value !== 'string') return undefined
  return rights[value] ?? (from.length > 1 ? 'the right of use stands' : undefined)
}

function standingText(
  { name, value, settings = {} }: Derivation,
  speaking: Speaking,
): string | undefined {
  if (typeof value !== 'string') return undefined
  const standing = name as StandingName
  const who = spoken(value, undefined, speaking)
  const until = 'until' in settings ? spoken(Number(settings.until), undefined, speaking) : 'then'
  if (standing === 'title before') return `it belonged to ${who} until ${until}`
  if (standing === 'custody before') return `${who} held it until ${until}`
  return standing === 'grant' && value === 'ended' ? 'access has ended' : undefined
}

/** That it is due is the answer; why it is, or is not, is a step. */
function conditionText({ from }: Derivation, speaking: Speaking): string | undefined {
  const [decided] = from
  if (!decided) return undefined
  const { as, is, role } = decided
  if (role === 'reason') return reasonText(is, speaking)
  if (is.value !== false) return undefined
  if (role === 'agreement running') return 'nothing due: the agreement was not running'
  if (role === 'limit') return 'nothing due: the limit is reached'
  if (role === 'begun') return `nothing due before ${namedText(is.from[1]?.is ?? is, speaking)}`
  const change = changeBelow(is)
  return change
    ? `nothing due: ${called(as, speaking)} changed nothing, as ${alreadyText(change, speaking)}`
    : `nothing due: no ${outcomeText(as, speaking)} that counts`
}

/** Of a promise: a missed “repair in time”. */
function outcomeText(name: string, speaking: Speaking): string {
  const [promise = '', outcome] = name.split('.')
  return outcome === undefined
    ? called(name, speaking)
    : `${outcome} “${called(promise, speaking)}”`
}

/** Of what a transition made: that it would have changed what was so already. */
function changeBelow({ operation, from }: Derivation): Derivation | undefined {
  if (operation !== 'all') return undefined
  const own = from.find(({ role, is }) => role === 'change' && is.value === false)
  return own?.is ?? from.map(({ is }) => changeBelow(is)).find((one) => one !== undefined)
}

function alreadyText({ from }: Derivation, speaking: Speaking): string {
  const [before, after] = from
  const stood = before ? spoken(before.is.value, undefined, speaking) : ''
  return after?.is.operation === 'right'
    ? `the right of use was ${stood} already`
    : `${after?.as} was with ${stood} already`
}

function reasonText(is: Derivation, speaking: Speaking): string | undefined {
  if (typeof is.value !== 'boolean') return undefined
  const reason = conditionWords(is, speaking)
  if (reason === 'yes' || reason === 'no') return undefined
  return is.value ? `due, as ${reason}` : `nothing due, as ${reason}`
}

function waiverText({ from }: Derivation, speaking: Speaking): string | undefined {
  const waivers = from.slice(1)
  const holding = waivers.filter(({ is }) => is.value === true)
  const isOpen = waivers.some(
    ({ is: { value } }) => value instanceof Absent && !isNothingDue(value),
  )
  if (holding.length === 0 && isOpen) return undefined
  const said = (holding.length > 0 ? holding : waivers).map(
    ({ as, is }) => `${called(as, speaking)} (${conditionWords(is, speaking)})`,
  )
  return `${holding.length > 0 ? 'waived' : 'not waived'} by ${said.join(', ')}`
}

function claimText({ from }: Derivation, speaking: Speaking): string {
  const [inTime, amount] = from
  if (inTime?.is.value === true) return 'claimed in time'
  if (inTime?.is.value !== false) return 'waiting to be claimed'
  const isNothing = !amount || isNothingDue(amount.is.value)
  const said = isNothing ? 'nothing due' : `${namedText(amount.is, speaking)} not due`
  return `${said}: it was not claimed in time`
}

/** Told where it leaves less than all of it. */
function creditableText({ from, value, unit }: Derivation, speaking: Speaking): string | undefined {
  const [amount, base, before] = from
  if (!amount || !base || sameValue(amount.is.value, value)) return undefined
  const [due, charged] = [amount.is, base.is].map((one) => namedText(one, speaking, unit))
  if (isNothingDue(value)) return `nothing due: nothing is left of ${charged}`
  if (value instanceof Absent) return undefined
  const less = before ? ` less ${namedText(before.is, speaking, unit)} credited before` : ''
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
  const said = sideText(quantity.is, speaking, { unit: undefined, asShare })
  if (isNothingDue(node.value)) return `${said} lies in no band that costs something`
  return node.value instanceof Absent
    ? undefined
    : `the band that holds ${said}: ${figureText(node, speaking)}`
}
