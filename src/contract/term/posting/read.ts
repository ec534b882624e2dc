import type { Period } from '../../../kernel/time.ts'
import { untilOver } from '../../agreement/running.ts'
import { type Derivation, derive, type Input, leaf, onlyIf } from '../../derivation.ts'
import { paired, subjectOf } from '../../fact/alike.ts'
import { grain } from '../../period/order.ts'
import { type PeriodRule, periodAround } from '../../period/period.ts'
import type { Asking, Happening, Line, Reader, Scope, ToldApart } from '../../scope.ts'
import { nothingDue } from '../../value.ts'
import type { ForEach } from './for-each.ts'

/** A charge or credit as others read it. */
type Read = {
  readonly id: string
  readonly each: string | undefined
  readonly rule: PeriodRule | undefined
  readonly forEach: ForEach | undefined
  readonly currency: string
}

/**
 * Who reads a charge or credit reads what it posts: for the event at hand, for the same subject before it, or of the
 * period; where a charge is taken for each subject, what is about that one.
 */
export function readPosted(read: Read, scope: Scope): Derivation {
  const { asking, event, subject, period } = scope
  const { id, currency } = read
  if (event) return readForEvent(read, asking, event)
  const lines = period ? asking.lines(id, period) : []
  const own = subject?.each ? linesAbout(lines, subject, subject.each, read) : lines
  return withLinesToCome(sumOfLines(own, id, currency), read, { scope, period })
}

/** The same as the lines of which its value is made: a credit gives back of these. */
export function linesRead(read: Read, scope: Scope): readonly Line[] {
  const { asking, event, subject, period } = scope
  const { id, each } = read
  if (event && each !== undefined) {
    const own = ownOf(each, event, asking)
    // What did not happen after all is no line that could be given back of, unless there is no other.
    const meant = own ? [own] : before(each, event, asking)
    const last = meant.findLast(({ holds }) => !isRefused(holds)) ?? meant.at(-1)
    const line = last && asking.line(id, last)
    return line ? [line] : []
  }
  const around = event ? periodOf(read, asking, event) : period
  const lines = around ? asking.lines(id, around) : []
  const [whose, of] = event ? [event, read.forEach?.of] : [subject, subject?.each]
  return whose && of ? linesAbout(lines, whose, of, read) : lines
}

const isRefused = (holds: Derivation | undefined) => holds?.value === false

/** What a period alone posts, it posts; for events, and for each of several, there may be more lines until it is over. */
function withLinesToCome(
  found: Derivation,
  { each, forEach }: Read,
  { scope, period }: { readonly scope: Reader; readonly period: Period | undefined },
): Derivation {
  const mayBeMore = each !== undefined || forEach !== undefined
  return period && mayBeMore ? untilOver(found, period, scope) : found
}

/** What is neither for each of them nor for events is one for all of them. */
function linesAbout(
  lines: readonly Line[],
  { fact }: Pick<Happening, 'fact'>,
  { by }: ToldApart,
  read: Read,
): readonly Line[] {
  const wanted = subjectOf(fact, by)
  return lines.filter(({ event, about }) =>
    event ? subjectOf(event.fact, by) === wanted : read.forEach === undefined || about === wanted,
  )
}

function readForEvent(read: Read, asking: Asking, event: Happening): Derivation {
  const { id, each, forEach, currency } = read
  const none = leaf(nothingDue, { clause: id, name: id })
  if (each === undefined) {
    const period = periodOf(read, asking, event)
    const lines = period ? asking.lines(id, period) : []
    const own = forEach ? linesAbout(lines, event, forEach.of, read) : lines
    return withLinesToCome(sumOfLines(own, id, currency), read, { scope: { asking }, period })
  }
  const own = ownOf(each, event, asking)
  if (own) return asking.line(id, own)?.amount ?? none
  const earlier = before(each, event, asking).flatMap((one): Input[] => {
    const line = asking.line(id, one)
    return line ? [{ as: one.kind, is: onlyIf(one.holds, line.amount) }] : []
  })
  return earlier.length === 0
    ? none
    : derive(
        'last',
        earlier,
        { of: id, missing: nothingDue },
        { clause: id, name: id, unit: currency },
      )
}

/** Of the fact itself, or of what a term made of it. */
function ownOf(each: string, { fact, kind }: Happening, asking: Asking): Happening | undefined {
  const its = asking.happenings(each).filter((one) => one.fact === fact)
  return its.find((one) => one.kind === kind) ?? its[0]
}

/** About the same subject, and not after it. */
const before = (each: string, event: Happening, asking: Asking): readonly Happening[] =>
  paired(asking.happenings(each), event).filter(({ at }) => at <= event.at)

/**
 * The period in which an event lies, with all that is posted for it; the last one before, where it lies in none. What a
 * duty for a period makes of it concerns that period, whenever its time is up.
 */
function periodOf({ id, rule }: Read, asking: Asking, event: Happening): Period | undefined {
  const { frame } = asking
  if (!rule) return frame.agreed
  const { begins } = event.fact
  const isForPeriod = begins && isWithinOne(begins.rule, rule)
  const own = periodAround(rule, isForPeriod ? begins.start : event.at, frame)
  if (own) return own
  const before = { start: frame.agreed.start, end: event.at + 1 }
  const last = asking.lines(id, before).at(-1)?.service
  return last && periodAround(rule, last.start, frame)
}

/** A period of the one rule begins in one of the other, and is no longer; the agreement is for all of them. */
export function isWithinOne(rule: PeriodRule, of: PeriodRule): boolean {
  const [own, whole] = [grain(rule), grain(of)]
  return (
    rule.is !== 'agreement' && own !== undefined && whole !== undefined && own.compare(whole) <= 0
  )
}

export function sumOfLines(lines: readonly Line[], name: string, currency: string): Derivation {
  const [only, ...more] = lines
  if (!only) return leaf(nothingDue, { clause: name, name })
  if (more.length === 0) return only.amount
  return derive(
    'sum',
    lines.map((line) => ({ as: line.clause, is: line.amount })),
    { of: name, missing: nothingDue },
    { clause: name, name, unit: currency },
  )
}
