import { clipped, type Instant, type Period, parseDate } from '../../../kernel/time.ts'
import type { Compiling } from '../../compiling.ts'
import { demandCompiled, namesRead } from '../../demand.ts'
import { type Derivation, derive, type Input, leaf } from '../../derivation.ts'
import { compileExpression } from '../../formula/expression.ts'
import { concerns, happened, isEvent, termOf } from '../../happening.ts'
import type { PostingWords } from '../../language/posting.ts'
import { cutAt } from '../../operation/time.ts'
import type { Asking, Compiled, Report } from '../../scope.ts'
import { typeText } from '../../type.ts'
import type { PostingTold } from './check.ts'
import { changeDayOf } from './part.ts'

/**
 * From when and until when a charge or credit runs, where `from` or `until` is a length after the agreement’s start, or
 * an event: its first happening while the agreement runs. Dates are compared as `dated-by` says, and are no bounds.
 */
export type Bounds = {
  readonly reads: readonly string[]
  readonly check: (report: Report) => void
  /** The part of the agreement that lengths leave. */
  readonly running: (asking: Asking) => Period | undefined
  /** What events leave of a period, and what has to hold for anything to be left. */
  readonly within: (asking: Asking, period: Period) => BoundPeriod
  /** What has to hold for an event to lie within the bounds. */
  readonly holds: (asking: Asking, at: Derivation) => Input[]
}
type BoundPeriod = {
  /** Nothing where the period is over before it begins, or begins after it is over. */
  readonly covered: Period | undefined
  /** From when until when, where an event says so. */
  readonly part: readonly Input[]
  readonly conditions: readonly Input[]
}
type Edge = { readonly isEvent: boolean; readonly at: (asking: Asking) => Derivation }
type Edges = { readonly from: Derivation | undefined; readonly until: Derivation | undefined }

export function compileEdges(words: PostingWords, told: PostingTold, compiling: Compiling): Bounds {
  if (words.from === undefined && words.until === undefined) return unbounded
  const lengths: Compiled[] = []
  const edge = (side: 'from' | 'until'): Edge | undefined => {
    const text = words[side]
    if (text === undefined || parseDate(text)) return undefined
    if (isEvent(text, compiling.names)) return eventEdge(text, words, compiling)
    const length = compileLength(text, side, told, compiling)
    lengths.push(length)
    return lengthEdge(length, told)
  }
  const edges = { from: edge('from'), until: edge('until') }
  // Only a part of a period is counted by its days.
  const isParted = told.kind === 'charge' && words.every !== undefined && words.every !== 'once'
  const changeDay = isParted ? changeDayOf(words.prorate ?? compiling.policies.prorate) : undefined
  const cutting = ({ frame: { zone } }: Asking) => ({ changeDay, zone })
  const { from, until } = edges
  const all = [from, until].filter((one) => one !== undefined)
  const found = (asking: Asking, isMeant: (one: Edge) => boolean): Edges => {
    const at = (one: Edge | undefined) => (one && isMeant(one) ? one.at(asking) : undefined)
    return { from: at(from), until: at(until) }
  }
  return {
    reads: [
      ...[words.from, words.until].flatMap((text) =>
        text !== undefined && isEvent(text, compiling.names) ? [termOf(text)] : [],
      ),
      ...namesRead(lengths),
    ],
    check: (report) => demandCompiled(lengths, { events: [] }, compiling.names, report),
    running: (asking) => {
      const { agreed } = asking.frame
      return cutBy(
        found(asking, (one) => !one.isEvent),
        agreed,
        cutting(asking),
      )
    },
    within: (asking, period) => ({
      ...(all.some((one) => one.isEvent)
        ? eventPart(
            found(asking, (one) => one.isEvent),
            period,
            cutting(asking),
          )
        : { covered: period, part: [] }),
      conditions: periodHolds(
        found(asking, () => true),
        asking,
        period,
      ),
    }),
    holds: (asking, at) =>
      eventHolds(
        found(asking, () => true),
        at,
      ),
  }
}

const unbounded: Bounds = {
  reads: [],
  check: () => {},
  running: ({ frame }) => frame.agreed,
  within: (_asking, period) => ({ covered: period, part: [], conditions: [] }),
  holds: () => [],
}

/** A bound that is not known bounds nothing: that it is not known is the condition. */
const instantOf = (edge: Derivation | undefined, otherwise: Instant): Instant =>
  typeof edge?.value === 'number' ? edge.value : otherwise
type Cutting = Parameters<typeof cutAt>[2]
/** Where nothing is left but a day that is of something else, there is a line, of no share. */
function cutBy({ from, until }: Edges, period: Period, cutting: Cutting): Period | undefined {
  const edges = { from: instantOf(from, period.start), until: instantOf(until, period.end) }
  const left = clipped(period, { start: edges.from, end: edges.until })
  return left && (clipped(period, cutAt(period, edges, cutting)) ?? left)
}

function eventPart(
  edges: Edges,
  period: Period,
  cutting: Cutting,
): Omit<BoundPeriod, 'conditions'> {
  const { from, until } = edges
  const covered = cutBy(edges, period, cutting)
  const part = [
    { as: 'from', is: from ?? leaf(period.start) },
    { as: 'until', is: until ?? leaf(period.end) },
  ]
  return { covered, part }
}

function periodHolds({ from, until }: Edges, asking: Asking, { start, end }: Period): Input[] {
  const begins = from && { as: 'begins', is: from }
  const ends = until && { as: 'ends', is: until }
  const ending = asking.ending()
  const agreementEnds = { as: 'agreement ends', is: ending }
  return [
    ...(begins ? [below(begins, { as: 'service ends', is: leaf(end) })] : []),
    ...(begins && ending.operation !== undefined ? [below(begins, agreementEnds)] : []),
    ...(ends ? [below({ as: 'service begins', is: leaf(start) }, ends)] : []),
    ...(begins && ends ? [below(begins, ends)] : []),
  ]
}

function eventHolds({ from, until }: Edges, is: Derivation): Input[] {
  const at = { as: 'at', is }
  const begun = from && derive('from', [at, { as: 'begins', is: from }])
  return [
    ...(begun ? [{ as: 'begun', is: begun, role: 'begun' } as const] : []),
    ...(until ? [below(at, { as: 'ends', is: until })] : []),
  ]
}

const below = (earlier: Input, later: Input): Input => ({
  as: 'in force',
  is: derive('below', [earlier, later]),
  role: 'reason',
})

function lengthEdge(length: Compiled, { id }: PostingTold): Edge {
  return {
    isEvent: false,
    at: (asking) => {
      const { agreed, zone } = asking.frame
      const scope = { asking, at: agreed.start }
      const start = { as: 'start', is: leaf(agreed.start, { clause: 'agreement_period' }) }
      const inputs = [start, { as: 'length', is: length.evaluate(scope) }]
      return derive('after-length', inputs, { zone, asOf: asking.asOf }, { clause: id })
    },
  }
}

/** While it has not happened, what it would begin has not begun, and what it would end goes on. */
function eventEdge(name: string, words: PostingWords, { components, names }: Compiling): Edge {
  const component = components.get(words['pays-for'] ?? '')
  return {
    isEvent: true,
    at: (asking) => {
      const { agreed } = asking.frame
      const ours = asking
        .happenings(name)
        .filter((event) => concerns(component, event, asking, names))
      return derive('first-from', [
        { as: 'start', is: leaf(agreed.start, { clause: 'agreement_period' }) },
        ...ours.map(happened),
        { as: 'agreed end', is: leaf(agreed.end, { clause: 'agreement_period' }) },
      ])
    },
  }
}

function compileLength(
  text: string,
  side: 'from' | 'until',
  told: PostingTold,
  compiling: Compiling,
): Compiled {
  const path = [...told.path, side]
  const length = compileExpression(text, compiling, { path, clause: told.id })
  const { type } = length
  const isLength = type.is === 'any' || type.is === 'length'
  if (!isLength || (type.is === 'length' && type.units?.includes('business days')))
    compiling.faults.add(
      'types_do_not_fit',
      path,
      `“${text}” is ${isLength ? 'counted in business days' : typeText(type)}: say a date, a length after the start of the agreement such as 5 days, or a kind of event.`,
    )
  return length
}
