import type { Instant, Period } from '../../../kernel/time.ts'
import { within } from '../../../kernel/time.ts'
import { type Derivation, derive, type Input, leaf } from '../../derivation.ts'
import type { ChangeMethod, OnChange } from '../../language/period-policies.ts'
import type { PostingWords } from '../../language/posting.ts'
import type { PeriodRule } from '../../period/period.ts'
import { stage } from '../../price/stage.ts'
import type { Asking, GovernedPosting, Line } from '../../scope.ts'
import { nothingDue } from '../../value.ts'
import { type ChargedSubject, saidOf } from './for-each.ts'
import { convention, partOfPrice, restBegins } from './part.ts'

export type PeriodPolicies = Pick<PostingWords, 'prorate' | 'billed' | 'on-change' | 'on-end'>

/** What a charge for periods costs before and after what was agreed changes. */
export type PeriodPrice = {
  readonly policies: PeriodPolicies
  readonly rule?: PeriodRule
  /** What the clause rests on of what was agreed at an instant: where it is the same, nothing has changed. */
  readonly basis: (at: Instant, zone: string) => string
  /** When an agreed value that it reads changes, as far as this revision says. */
  readonly changes: (zone: string) => readonly { readonly slot: string; readonly at: Instant }[]
  /** The price of a whole period with what is agreed at an instant. */
  readonly whole: (asking: Asking, part: PricePart) => Derivation
  /** The same before discounts, as it is rounded. */
  readonly undiscounted: (asking: Asking, part: PricePart) => Derivation
  /** The line for an amount of that price: rounded, and only if it is due. */
  readonly line: (asking: Asking, part: PricePart, due: PartDue) => Line
  /** The line that takes an amount back. */
  readonly reversed: (amount: Derivation, line: Line) => Line
  readonly posted: (amount: Derivation, line: Line) => Line
}
export type PricePart = {
  readonly service: Period
  readonly agreedAt: Instant
  /** Of a charge for each of several, which of them. */
  readonly subject?: ChargedSubject
}
type PartDue = {
  readonly amount: Derivation
  readonly conditions: readonly Input[]
  readonly when: Required<Pick<Line, 'service' | 'billed' | 'follows'>> & Pick<Line, 'about'>
}

/** One period of a charge that what was agreed, or the end of the agreement, cuts in two. */
type Cut = {
  readonly asking: Asking
  readonly clause: string
  readonly own: PeriodPrice
  readonly policies: PeriodPolicies
  /** The period by its rule, the part of it that the agreement covers, and how far that is charged for. */
  readonly period: Period
  readonly service: Period
  readonly covered: Period
  /** The line of the period itself. */
  readonly line: Line
  readonly subject?: ChargedSubject
}

/** What is in force and what was charged for it, as it goes on from change to change; `net` is all that was charged less all that was credited. */
type State = { readonly price: Derivation; readonly charged: Derivation; readonly net: Derivation }

/** The lines that a change of the price, and the end of the agreement, post within a period. */
export function changeLines(cut: Cut): Line[] {
  const { asking, own, service, covered, line } = cut
  const changes = changesWithin(cut)
  const end = creditedEnd(cut)
  // Most periods are cut by nothing: their price is found once.
  if (changes.length === 0 && end === undefined) return []
  const price = own.whole(asking, { service, agreedAt: covered.start, ...ofSubject(cut) })
  let state: State = { price, charged: line.amount, net: line.amount }
  const lines: Line[] = []
  for (const change of changes) {
    const made = changed(change, state, cut)
    state = made.state
    for (const line of made.lines) lines.push(line)
  }
  return end === undefined ? lines : [...lines, endLine(end, state, cut)]
}

type Change = {
  readonly at: Instant
  readonly before: PeriodPrice
  readonly after: PeriodPrice
}

/** Until the agreement ends: what would change afterwards changes nothing. */
function changesWithin({ asking, clause, covered, policies }: Cut): Change[] {
  const onChange = policies['on-change']
  if (onChange === undefined || onChange === 'next-period') return []
  const { zone } = asking.frame
  const ending = asking.ending().value
  const end = typeof ending === 'number' ? Math.min(covered.end, ending) : covered.end
  const all = asking.postings(clause)
  const instants = new Set(
    all.flatMap(({ posting, governs }) => [
      governs.start,
      ...(posting.period?.changes(zone) ?? []).map(({ at }) => at),
    ]),
  )
  return [...instants]
    .filter((at) => covered.start < at && at < end)
    .sort((left, right) => left - right)
    .flatMap((at): Change[] => {
      const [before, after] = [priceAt(all, at - 1), priceAt(all, at)]
      const isSame = before?.basis(at - 1, zone) === after?.basis(at, zone)
      return before && after && !isSame ? [{ at, before, after }] : []
    })
}

const priceAt = (all: readonly GovernedPosting[], at: Instant) =>
  all.find(({ governs }) => within(at, governs))?.posting.period

/** What each way of changing makes of the old and the new price; undefined where it posts nothing. */
type Ways<Of> = { readonly ifDearer: Of; readonly otherwise: Of }

function changingWays({ policies }: Cut): Ways<ChangeMethod> {
  const [ifDearer = 'next-period', otherwise = ifDearer] = waysOf(policies['on-change'])
  return { ifDearer, otherwise }
}

/** One way of changing, or two: where the new price is dearer, and otherwise. */
export function waysOf(onChange: OnChange | undefined): readonly ChangeMethod[] {
  if (onChange === undefined) return []
  return typeof onChange === 'object' && 'if-dearer' in onChange
    ? [onChange['if-dearer'], onChange.otherwise]
    : [onChange]
}

function changed(
  change: Change,
  state: State,
  cut: Cut,
): { readonly state: State; readonly lines: Line[] } {
  const { asking, service } = cut
  const { at, before, after } = change
  const fresh = after.whole(asking, { service, agreedAt: at, ...ofSubject(cut) })
  const dearer = derive(
    'above',
    [
      { as: 'new price', is: fresh },
      { as: 'old price', is: state.price },
    ],
    undefined,
    { clause: cut.clause },
  )
  const chosen = chooser(changingWays(cut), dearer)
  const old = oldLine(change, state, cut)
  const renewed = newLine(change, fresh, cut)
  const credited = chosen((way) =>
    way === 'next-period' || way.old === 'keep'
      ? undefined
      : way.old === 'credit-unused'
        ? old.amount
        : state.charged,
  )
  const charged = chosen((way) => (way === 'next-period' ? undefined : renewed[way.new].amount))
  const kept = (was: Derivation, is: (way: Exclude<ChangeMethod, 'next-period'>) => Derivation) =>
    chosen((way) => (way === 'next-period' ? was : is(way))) ?? was
  return {
    state: {
      price: kept(state.price, () => fresh),
      charged: kept(state.charged, (way) => renewed[way.new].amount),
      net: netOf(state.net, { credited, charged }, cut),
    },
    lines: [
      ...(credited ? [before.reversed(credited, old)] : []),
      ...(charged ? [after.posted(charged, renewed.prorated)] : []),
    ],
  }
}

/** The amount by the way that is taken; with both ways the same, nothing has to be compared. */
function chooser({ ifDearer, otherwise }: Ways<ChangeMethod>, dearer: Derivation) {
  return (amount: (way: ChangeMethod) => Derivation | undefined): Derivation | undefined => {
    const [yes, no] = [amount(ifDearer), amount(otherwise)]
    if (yes === no) return yes
    return derive('choose', [
      { as: 'if dearer', is: dearer },
      { as: 'then', is: yes ?? leaf(nothingDue) },
      { as: 'otherwise', is: no ?? leaf(nothingDue) },
    ])
  }
}

function oldLine({ at, before }: Change, { price }: State, cut: Cut): Line {
  const amount = timesShare(price, restFrom(at, cut), cut)
  const due = { amount, conditions: running(at, cut), when: partFrom(at, cut, 'change') }
  const part = { service: cut.service, agreedAt: at - 1, ...ofSubject(cut) }
  return before.line(cut.asking, part, due)
}

function newLine(
  { at, after }: Change,
  fresh: Derivation,
  cut: Cut,
): Record<'prorated' | 'in-full', Line> {
  const part = { service: cut.service, agreedAt: at, ...ofSubject(cut) }
  const told = { conditions: running(at, cut), when: partFrom(at, cut, 'change') }
  const prorated = timesShare(fresh, restFrom(at, cut), cut)
  return {
    prorated: after.line(cut.asking, part, { ...told, amount: prorated }),
    'in-full': after.line(cut.asking, part, { ...told, amount: fresh }),
  }
}

const ofSubject = ({ subject }: Cut) => (subject ? { subject } : {})

const partFrom = (at: Instant, { covered, subject }: Cut, follows: 'change' | 'end') => ({
  service: { start: at, end: covered.end },
  billed: at,
  follows,
  ...saidOf(subject),
})

/** A change is one only while the agreement runs; an agreed end is no condition. */
function running(at: Instant, { asking }: Cut): Input[] {
  const ending = asking.ending()
  if (ending.operation === undefined) return []
  const inputs = [
    { as: 'change', is: leaf(at) },
    { as: 'agreement ends', is: ending },
  ]
  return [{ as: 'agreement running', is: derive('below', inputs), role: 'agreement running' }]
}

/** When the agreement is ended inside a period, if something of that period is credited then. */
function creditedEnd({ asking, policies, covered }: Cut): Instant | undefined {
  const onEnd = policies['on-end']
  const { value: end, operation } = asking.ending()
  if (onEnd === undefined || onEnd.old === 'keep') return undefined
  if (operation === undefined || typeof end !== 'number') return undefined
  return covered.start < end && end < covered.end ? end : undefined
}

/** What is unused of the period when the agreement is ended inside it. */
function endLine(end: Instant, state: State, cut: Cut): Line {
  const { asking, policies, own, service, covered } = cut
  const ending = asking.ending()
  const last = priceAt(asking.postings(cut.clause), end - 1) ?? own
  const inputs = [{ as: 'ended', is: ending }]
  const said = { clause: cut.clause }
  const amount = timesShare(state.price, derive('unused', inputs, sharing(covered, cut), said), cut)
  const due = { amount, conditions: [], when: partFrom(end, cut, 'end') }
  const line = last.line(asking, { service, agreedAt: end - 1, ...ofSubject(cut) }, due)
  const isUnused = policies['on-end']?.old === 'credit-unused'
  return last.reversed(isUnused ? line.amount : state.net, line)
}

function netOf(
  before: Derivation,
  { credited, charged }: Record<'credited' | 'charged', Derivation | undefined>,
  { clause }: Cut,
): Derivation {
  const less = stage('minus', ['charged before', before], ['credited', credited], { clause })
  return stage('plus', ['charged before', less], ['charged', charged], { clause })
}

function restFrom(at: Instant, cut: Cut): Derivation {
  const { zone } = cut.asking.frame
  const start = restBegins(at, { prorate: cut.policies.prorate, zone })
  const part = { start, end: cut.covered.end }
  return derive('covered', [], sharing(part, cut), { clause: cut.clause })
}

function sharing(covered: Period, { policies, period, asking }: Cut) {
  return { covered, whole: period, zone: asking.frame.zone, ...convention(policies.prorate) }
}

function timesShare(price: Derivation, share: Derivation, cut: Cut): Derivation {
  const { policies, period, asking, clause } = cut
  const { zone } = asking.frame
  return partOfPrice(price, share, { prorate: policies.prorate, whole: period, zone, clause })
}
