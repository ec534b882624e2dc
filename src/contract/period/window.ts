import type { Instant, Length, Period } from '../../kernel/time.ts'
import { clipped, within } from '../../kernel/time.ts'
import { type Derivation, derive, leaf } from '../derivation.ts'
import { instantLeaf } from '../happening.ts'
import type { Asking, Scope, Window } from '../scope.ts'
import { notAgreed, unknown } from '../value.ts'
import { type Frame, outside, type PeriodRule, periodAround } from './period.ts'

/** The period that a definition with `per` reads, or the one at hand; undefined where there is none. */
export function windowOf(rule: PeriodRule | undefined, scope: Scope): Window | undefined {
  const { period } = scope
  const frame = countedFrame(scope)
  if (!rule) return period
  if (rule.is === 'since') return sinceWindow(rule.kind, scope)
  if (!period) return aroundInstant(rule, scope)
  if (rule.is === 'so-far') {
    const start = periodAround(rule.of, period.start, frame)?.start
    const { back: _own, ...whole } = period
    return start === undefined ? undefined : { ...whole, start }
  }
  if (rule.is === 'past') return lookingBack(rule.length, period, frame)
  // A month in which the agreement begins is asked from its first day; the agreement's own periods begin with it.
  return periodAround(
    rule,
    Math.max(period.start, Math.min(frame.agreed.start, period.end - 1)),
    frame,
  )
}

/** As a term reads it that is due for the period, so far as it lies in the agreement; what is wholly outside stays whole. */
export function agreedPart(period: Window, scope: Pick<Scope, 'asking' | 'until'>): Window {
  const part = clipped(period, countedFrame(scope).agreed)
  return part ? { ...period, ...part } : period
}

/**
 * Where there is no period to read. While the agreement runs, what is counted from a fact or from so long after the start
 * has none before that, and nothing is agreed of it.
 */
export function withoutPeriod(
  rule: PeriodRule | undefined,
  { asking, period, at }: Scope,
  unit: { readonly unit?: string } = {},
): Derivation {
  const own = rule?.is === 'so-far' ? rule.of : rule
  const from = own?.is === 'agreement-step' ? own.from : own?.is === 'since' ? own.kind : undefined
  const isOutside = !within(period ? period.end - 1 : at, asking.frame.agreed)
  if (from === undefined || isOutside)
    return leaf(unknown(rule && isOutside ? outside : 'a period'), unit)
  const is = leaf(notAgreed, { name: typeof from === 'string' ? from : from.text })
  const counted = { as: 'periods counted from', is, role: 'start of periods' } as const
  return derive('start', [counted], undefined, unit)
}

/** For a term that survives the end the agreement’s own periods go on: what happens then lies in them. */
export function countedFrame({
  asking: { frame },
  until,
}: {
  readonly asking: Pick<Asking, 'frame'>
  readonly until?: Instant | undefined
}): Frame {
  const { start, end } = frame.agreed
  return until === undefined || until <= end ? frame : { ...frame, agreed: { start, end: until } }
}

/** Around the event at hand, or the instant; what ends there ends with the event. */
function aroundInstant(rule: PeriodRule, scope: Scope): Window | undefined {
  const { event, at } = scope
  const lastOfEnd = event?.endsLater && rule.is !== 'past' ? at - 1 : at
  const around = periodAround(rule, lastOfEnd, countedFrame(scope))
  if (!around || (rule.is !== 'so-far' && rule.is !== 'past')) return around
  const window = { ...around, end: at + 1, upTo: event ? instantLeaf(event) : leaf(at) }
  return rule.is === 'past' ? { ...window, back: rule.length } : window
}

function lookingBack(length: Length, period: Window, { zone }: Frame): Window {
  const { upTo } = period
  const end = typeof upTo?.value === 'number' ? upTo.value : period.end
  return { ...period, start: length.before(end, zone), ...(upTo && { back: length }) }
}

/** From the last event of the kind about the same subject to the next. */
const sinceWindow = (kind: string, scope: Scope): Period | undefined =>
  sinceWindows(kind, scope).findLast(({ start }) => start <= scope.at)

/** All of them, in the order of time. */
export function sinceWindows(
  kind: string,
  { asking, event, subject = event }: Pick<Scope, 'asking' | 'event' | 'subject'>,
): readonly Period[] {
  const about = subject?.fact.about
  return asking.once(`since ${kind} ${about === undefined ? '' : `about ${about}`}`, () => {
    const same = asking
      .happenings(kind)
      .filter((one) => one.fact.about === about && one.holds?.value !== false)
    const starts = [...new Set(same.map((one) => one.at))]
    return starts.map((start, place) => ({
      start,
      end: starts[place + 1] ?? Number.MAX_SAFE_INTEGER,
    }))
  })
}
