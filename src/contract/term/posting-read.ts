import type { Period } from '../../kernel/time.ts'
import { type Derivation, derive, type Input, leaf } from '../derivation.ts'
import { grain, type PeriodRule, periodAround } from '../period.ts'
import { paired, subjectOf } from '../reading.ts'
import type { Asking, Happening, Line, Scope } from '../scope.ts'
import { nothingDue } from '../value.ts'
import type { ForEach } from './posting-for-each.ts'

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
  const { asking, event, period, forEach } = scope
  const { id, currency } = read
  if (event && !forEach) return readForEvent(read, asking, event)
  const lines = period ? asking.lines(id, period) : []
  const own = event && forEach ? lines.filter((line) => isAbout(line, event, forEach, read)) : lines
  return sumOfLines(own, id, currency)
}

/** What is neither for each of them nor for events is one for all of them. */
function isAbout(line: Line, { fact }: Happening, { by }: ForEach['of'], read: Read): boolean {
  const wanted = subjectOf(fact, by)
  if (line.event) return subjectOf(line.event.fact, by) === wanted
  return read.forEach === undefined || line.about === wanted
}

function readForEvent(read: Read, asking: Asking, event: Happening): Derivation {
  const { id, each, forEach, currency } = read
  const none = leaf(nothingDue, { clause: id, name: id })
  if (each === undefined) {
    const period = periodOf(read, asking, event)
    const lines = period ? asking.lines(id, period) : []
    const own = forEach ? lines.filter((line) => isAbout(line, event, forEach.of, read)) : lines
    return sumOfLines(own, id, currency)
  }
  const same = asking
    .happenings(each)
    .filter((one) => one.fact === event.fact || one.at <= event.at)
  const its = same.filter((one) => one.fact === event.fact)
  const own = its.find(({ kind }) => kind === event.kind) ?? its[0]
  if (own) return asking.line(id, own)?.amount ?? none
  const earlier = paired(same, event).flatMap((one): Input[] => {
    const line = asking.line(id, one)
    return line
      ? [
          {
            as: one.kind,
            is: one.holds
              ? derive('keep', [
                  { as: 'if', is: one.holds },
                  { as: 'amount', is: line.amount },
                ])
              : line.amount,
          },
        ]
      : []
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
