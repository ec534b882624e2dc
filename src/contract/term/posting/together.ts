import { firstPlace } from '../../../kernel/place.ts'
import {
  dayMinutes,
  endOfTime,
  type Instant,
  Length,
  type Period,
  within,
} from '../../../kernel/time.ts'
import type { Compiling } from '../../compiling.ts'
import { type Derivation, derive, type Input } from '../../derivation.ts'
import type { Path } from '../../document/fault.ts'
import { paired, subjectOf } from '../../fact/alike.ts'
import type { Fact } from '../../fact/fact.ts'
import { grain } from '../../period/order.ts'
import type { PeriodRule } from '../../period/period.ts'
import { periodRule } from '../../period/rule.ts'
import { windowOf } from '../../period/window.ts'
import type { Asking, Happening } from '../../scope.ts'
import { valueText } from '../../value.ts'

/** A period in which the events of a clause are taken together. */
export function windowRule(
  text: string | undefined,
  compiling: Compiling,
  path: Path,
): PeriodRule | undefined {
  const rule = periodRule(text, compiling, path)
  if (rule && rule.is !== 'since' && grain(rule) === undefined)
    compiling.faults.add(
      'period_unknown',
      path,
      'What is taken together needs periods that follow each other: “so-far” and “past” overlap. Say day, month, agreement or “since” a kind of fact.',
    )
  return rule
}

/** Of a limit also any time of so long, and times that the events open themselves: `past 24 hours`, `24 hours from first`. */
export type LimitRule = PeriodRule | Opened
type Opened = { readonly is: 'opened'; readonly length: Length }
type LengthRule = Opened | Extract<PeriodRule, { readonly is: 'past' }>

export function limitRule(text: string, compiling: Compiling, path: Path): LimitRule | undefined {
  const own = lengthRule(text)
  if (own) return own
  const isAny = /^(any|last|past|rolling|within) /.test(text)
  const rule = isAny ? undefined : windowRule(text, compiling, path)
  const isDay = rule?.is === 'part-of-day' && rule.minutes >= dayMinutes
  if (isAny || isDay)
    compiling.faults.add(
      'period_unknown',
      path,
      `“${text}” is ${isDay ? 'a day of the calendar' : 'no period'}: say “past 24 hours” for any time of so long, “24 hours from first” for one that the first event opens, or “day”.`,
    )
  return rule
}

export function lengthRule(text: string): LengthRule | undefined {
  const [, past, from] = /^(?:past (.+)|(.+) from first)$/.exec(text) ?? []
  const length = Length.parse(past ?? from ?? '')
  if (!length || length.unit === 'business days' || length.count.isZero) return undefined
  return past === undefined ? { is: 'opened', length } : { is: 'past', length }
}

/** How the events before this one are taken together, each as one input; undefined leaves an event out. */
export type Together = {
  /** What is added up, of which clause: sums are found once. */
  readonly key: string
  /** Where two revisions may add up different things by that key. */
  readonly of?: object
  readonly rule: LimitRule
  readonly each: string
  readonly input: (event: Happening) => Input | undefined
  readonly unit?: string
  /** Only those about the same subject, or with the same of this attribute. */
  readonly same?: { readonly by?: string }
  /** Until when its periods go on, where the clause survives the end. */
  readonly until?: Instant
}

/** The sum over the events before this one in its period; undefined where there is no such period or none before. */
export function sumBefore(
  asking: Asking,
  event: Happening,
  together: Together,
): Derivation | undefined {
  const { rule, until, input, unit, of } = together
  // “since” runs from one event of a subject to its next: what is about another is in another window.
  const same = together.same ?? (rule.is === 'since' ? {} : undefined)
  const subject = same && subjectOf(event.fact, same.by)
  const key = `${together.key}${subject === undefined ? '' : ` ${valueText(subject)}`}`
  const turn = asking.once(key, () => inTurn(event, { ...together, same }, asking), of)
  const window = windowAround(event, { asking, rule, until, turn })
  if (!window) return undefined
  const placeOf = (at: Instant) =>
    firstPlace(turn.at.length, (place) => (turn.at[place] ?? endOfTime) >= at)
  const range = {
    from: placeOf(window.start),
    until: turn.places.get(event.fact)?.get(event.kind) ?? placeOf(window.end),
  }
  const told = { ...(of && { of }), ...(unit !== undefined && { unit }) }
  return sumOf(range, { asking, key, input, all: turn.events, ...told })
}

/** The events of a clause in their order, each at its instant. */
type InOrder = {
  readonly events: readonly Happening[]
  readonly at: readonly Instant[]
  /** One fact may stand for itself and for what a term made of it: they are counted one after the other. */
  readonly places: ReadonlyMap<Fact, ReadonlyMap<string, number>>
}

function inTurn(
  event: Happening,
  { each, same, until }: Omit<Together, 'same'> & { readonly same: Together['same'] | undefined },
  asking: Asking,
): InOrder {
  const instant = (one: Happening) => countedAt(one, asking, until)
  const sorted = asking.happenings(each).toSorted((left, right) => instant(left) - instant(right))
  const events = same ? paired(sorted, event, same.by) : sorted
  const places = new Map<Fact, Map<string, number>>()
  for (const [place, { fact, kind }] of events.entries()) {
    const own = places.get(fact)
    if (own) own.set(kind, place)
    else places.set(fact, new Map([[kind, place]]))
  }
  return { events, at: events.map(instant), places }
}

type Around = Pick<Together, 'rule'> & {
  readonly asking: Asking
  readonly until: Instant | undefined
  readonly turn: InOrder
}

function windowAround(event: Happening, { asking, rule, until, turn }: Around): Period | undefined {
  const at = countedAt(event, asking, until)
  const { zone, agreed } = asking.frame
  if (rule.is === 'past') return { start: rule.length.before(at, zone), end: at + 1 }
  if (rule.is !== 'opened')
    return windowOf(rule, { asking, event, at, ...(until !== undefined && { until }) })
  const windows = asking.once(
    'opened',
    () => windowsOpened(turn, rule.length, { zone, agreed }),
    turn,
  )
  const next = firstPlace(windows.length, (place) => (windows[place]?.start ?? endOfTime) > at)
  const last = windows[next - 1]
  return last && within(at, last) ? last : undefined
}

/** Each is opened by the first event that lies in none before it, from the start of the agreement on. */
function windowsOpened(
  { events, at }: InOrder,
  length: Length,
  { zone, agreed }: Pick<Asking['frame'], 'zone' | 'agreed'>,
): readonly Period[] {
  const windows: Period[] = []
  for (const [place, { holds }] of events.entries()) {
    const start = at[place] ?? 0
    const isOver = start >= (windows.at(-1)?.end ?? agreed.start)
    if (isOver && holds?.value !== false) windows.push({ start, end: length.after(start, zone) })
  }
  return windows
}

/**
 * When it is billed; what has not ended yet, as though it ended now. What began in the agreement is counted in it, and so
 * what outlasts it in its last period, where the clause does not survive the end.
 */
function countedAt(event: Happening, { asOf, frame }: Asking, until?: Instant): Instant {
  const billed = billedAt(event)
  const at = billed < endOfTime ? billed : Math.max(event.at, Math.min(asOf, endOfTime - 1))
  const { end } = frame.agreed
  return until === undefined && event.at < end ? Math.min(at, end - 1) : at
}

/** An event on its day; an interval when it ends. What has not ended is in no bill yet. */
export function billedAt({ at, kind, fact }: Happening): Instant {
  if (fact.shape !== 'interval' || kind !== fact.kind) return at
  return fact.to === undefined ? endOfTime : Math.max(fact.to - 1, at)
}

type Summing<One> = {
  readonly asking: Asking
  readonly key: string
  readonly of?: object
  readonly all: readonly One[]
  /** Undefined leaves it out. */
  readonly input: (one: One) => Input | undefined
  readonly unit?: string
}

/** Sums rest on sums of sixteen: adding up a year of events for each of them neither grows with its square nor goes deep. */
const groupSize = 16

/** Of those from one place until another; larger sums begin at the same places, so that ranges share them. */
export function sumOf<One>(
  { from, until }: { readonly from: number; readonly until: number },
  summing: Summing<One>,
): Derivation | undefined {
  const inputs: Input[] = []
  for (let at = from; at < until; ) {
    let size = 1
    while (at % (size * groupSize) === 0 && at + size * groupSize <= until) size *= groupSize
    const input = inputOf(at, size, summing)
    if (input) inputs.push(input)
    at += size
  }
  return inputs.length === 0 ? undefined : sum(inputs, summing)
}

function inputOf<One>(from: number, size: number, summing: Summing<One>): Input | undefined {
  const { asking, key, of, all } = summing
  const first = all[from]
  if (size === 1) return first && summing.input(first)
  return asking.once(
    `${key} ${from} ${size}`,
    () => {
      const part = size / groupSize
      const inputs = Array.from({ length: groupSize }, (_, place) =>
        inputOf(from + place * part, part, summing),
      ).filter((input) => input !== undefined)
      return inputs.length === 0
        ? undefined
        : { as: `${inputs.length} together`, is: sum(inputs, summing) }
    },
    of,
  )
}

const sum = (inputs: readonly Input[], { unit }: { readonly unit?: string }): Derivation =>
  derive('sum', inputs, { of: 'what came before' }, unit === undefined ? {} : { unit })
