import { endOfTime, type Instant, within } from '../../../kernel/time.ts'
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

/** How the events before this one are taken together, each as one input; undefined leaves an event out. */
export type Together = {
  /** What is added up, of which clause: sums are found once. */
  readonly key: string
  /** Where two revisions may add up different things by that key. */
  readonly of?: object
  readonly rule: PeriodRule
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
  const { rule } = together
  const { until } = together
  const instant = (one: Happening) => countedAt(one, asking, until)
  const counted = until !== undefined && { until }
  const window = windowOf(rule, { asking, event, at: instant(event), ...counted })
  if (!window) return undefined
  // “since” runs from one event of a subject to its next: what is about another is in another window.
  const same = together.same ?? (rule.is === 'since' ? {} : undefined)
  const subject = same && subjectOf(event.fact, same.by)
  const key = `${together.key} ${window.start}${subject === undefined ? '' : ` ${valueText(subject)}`}`
  const known = asking.once(
    key,
    () => {
      const inWindow = asking
        .happenings(together.each)
        .filter((one) => within(instant(one), window))
        .sort((left, right) => instant(left) - instant(right))
      const events = same ? paired(inWindow, event, same.by) : inWindow
      // One fact may stand for itself and for what a term made of it: they are counted one after the other.
      const places = new Map<Fact, Map<string, number>>()
      for (const [place, { fact, kind }] of events.entries()) {
        const own = places.get(fact)
        if (own) own.set(kind, place)
        else places.set(fact, new Map([[kind, place]]))
      }
      return { events, places }
    },
    together.of,
  )
  const before = known.places.get(event.fact)?.get(event.kind) ?? known.events.length
  const { input, unit, of } = together
  const told = { ...(of && { of }), ...(unit !== undefined && { unit }) }
  const summing = { asking, key, input, all: known.events, ...told }
  return sumOfFirst(before, summing)
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

export function sumOfFirst<One>(count: number, summing: Summing<One>): Derivation | undefined {
  const inputs: Input[] = []
  let size = 1
  while (size * groupSize <= count) size *= groupSize
  for (let from = 0; from < count; ) {
    while (from + size > count) size /= groupSize
    const input = inputOf(from, size, summing)
    if (input) inputs.push(input)
    from += size
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
