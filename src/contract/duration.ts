import { Exact } from '../kernel/exact.ts'
import { Length, type Period } from '../kernel/time.ts'
import { derive, type Input, leaf } from './derivation.ts'
import { compileTyped } from './expression.ts'
import { type Fact, spanOf } from './fact.ts'
import type { Path } from './fault.ts'
import type { MeasureWords } from './language/measure.ts'
import type { TimeSettings } from './operation-time.ts'
import {
  type Compiling,
  clipped,
  demandCompiled,
  demandPeriod,
  eventScope,
  happeningOf,
  isPaired,
  lazily,
  type Measure,
  namesRead,
  periodRule,
  unknownName,
  windowOf,
} from './reading.ts'
import type { Compiled, Scope } from './scope.ts'
import { truth } from './type.ts'
import { Span, unknown } from './value.ts'

type TimeWords = Extract<MeasureWords, { time: string }>
const whole = ['period', 'agreement', 'this']

/** How long something lasted within a period: outages, a state, a duty left unmet, the period itself. */
export function timeMeasure(
  name: string,
  words: TimeWords,
  compiling: Compiling,
  path: Path,
): Measure {
  const { names, faults, zone } = compiling
  const source = sourceOf(words.time, compiling, [...path, 'time'])
  const per =
    words.per === undefined ? undefined : periodRule(words.per, compiling, [...path, 'per'])
  const condition = (text: string | undefined, at: Path) =>
    lazily(() =>
      text === undefined ? undefined : compileTyped(text, truth, { names, zone, faults, path: at }),
    )
  const where = condition(words.where, [...path, 'where'])
  const exceptWhere = condition(words.except?.where, [...path, 'except', 'where'])
  const treated = treatment(words, compiling, path)
  const same = words.about === 'same' || per?.is === 'since'
  const unit = { unit: words.in }
  return {
    type: () => ({ is: 'number', ...unit }),
    ...(per && { per }),
    reads: () => [
      ...(source === 'promise' ? [words.time] : []),
      ...namesRead([where(), exceptWhere()]),
    ],
    evaluate: (scope) => {
      const window = source === 'this' ? eventWindow(scope) : windowOf(per, scope)
      const agreed = scope.asking.frame.agreed
      // The event's own span is not clipped: it is itself what is measured.
      const unclipped = source === 'agreement' || source === 'this'
      const inside = window && (unclipped ? agreed : clipped(window, agreed))
      if (!inside) return leaf(unknown('a period'), unit)
      const subject = same ? scope.event?.fact.about : undefined
      const spans = spansOf({ source, of: words.time, where: where(), subject }, scope, inside)
      const excepted = (words.except?.facts ?? []).flatMap((kind) =>
        spansOf(
          { source: 'interval', of: kind, where: exceptWhere(), subject: undefined },
          scope,
          inside,
        ),
      )
      const found = derive(
        'time',
        [...spans, ...excepted],
        {
          spans: spans.length,
          window: inside,
          asOf: scope.asking.asOf,
          unit: words.in,
          zone,
          ...treated,
        },
        unit,
      )
      const value = words.rounded
        ? derive('round', [{ as: 'exact', is: found }], words.rounded, unit)
        : found
      return { ...value, name }
    },
    demand: (place, report) => {
      const inner = demandPeriod(per, place, report, name)
      if (source === 'this' ? place.events.length === 0 : !inner.period && source !== 'agreement')
        report(
          'period_needed',
          `“${name}” is read for an event here: say its “per:”, or it would be one thing in a bill and another alone.`,
        )
      demandCompiled([where()], { events: [words.time] }, names, report)
      demandCompiled([exceptWhere()], { events: words.except?.facts ?? [] }, names, report)
    },
  }
}

type TimeSource = 'interval' | 'state' | 'promise' | 'period' | 'agreement' | 'this'

function sourceOf(name: string, compiling: Compiling, path: Path): TimeSource {
  if (whole.includes(name)) return name as TimeSource
  const kind = compiling.names.fact(name)
  if (kind && kind.shape !== 'event') return kind.shape
  if (compiling.names.find(name)?.sort === 'promise') return 'promise'
  if (kind)
    compiling.faults.add(
      'types_do_not_fit',
      path,
      `“${name}” is an event: it has no length. Time is measured of intervals, states and duties.`,
    )
  else unknownName(name, compiling, path)
  return 'interval'
}

function eventWindow({ event }: Scope): Period | undefined {
  if (!event) return undefined
  return { start: event.fact.at, end: event.fact.to ?? event.fact.at }
}

type Spans = {
  source: TimeSource
  of: string
  where: Compiled | undefined
  subject: string | undefined
}

function spansOf({ source, of, where, subject }: Spans, scope: Scope, window: Period): Input[] {
  const { asking } = scope
  if (source === 'period' || source === 'agreement')
    return [{ as: of, is: leaf(new Span(window.start, window.end)) }]
  if (source === 'this' && scope.event)
    return [
      {
        as: of,
        is: leaf(spanOf(scope.event.fact), { fact: { id: scope.event.fact.id, field: 'span' } }),
      },
    ]
  if (source === 'promise')
    return asking
      .promises(of)
      .filter((one) => scope.event === undefined || isPaired(one, scope.event))
      .map((one) => ({
        as: of,
        is: derive(
          'overdue',
          [
            { as: 'due', is: one.due },
            { as: 'done', is: one.stop },
          ],
          { asOf: asking.asOf },
        ),
      }))
  return spanning(asking.facts.about(of, subject), source).flatMap(({ fact, span }) => {
    if (span.start >= window.end || (span.end ?? window.end) <= window.start) return []
    const is = leaf(span, { fact: { id: fact.id, field: 'span' } })
    if (!where) return [{ as: of, is }]
    return [
      {
        as: of,
        is: derive('keep', [
          { as: 'where', is: where.evaluate(eventScope(scope, happeningOf(fact))) },
          { as: of, is },
        ]),
      },
    ]
  })
}

/** Intervals as they are; a state lasts until the next of the same subject. */
function spanning(facts: readonly Fact[], source: TimeSource): { fact: Fact; span: Span }[] {
  if (source !== 'state') return facts.map((fact) => ({ fact, span: spanOf(fact) }))
  return facts.map((fact, place) => {
    const next = facts.slice(place + 1).find((later) => later.about === fact.about)
    return { fact, span: new Span(fact.at, next?.at) }
  })
}

function treatment(words: TimeWords, compiling: Compiling, path: Path): Partial<TimeSettings> {
  const { calendars, faults } = compiling
  const calendar = words.calendar === undefined ? undefined : calendars.get(words.calendar)
  if (words.calendar !== undefined && !calendar)
    unknownName(words.calendar, compiling, [...path, 'calendar'])
  const minutes = (text: string | undefined, at: Path): Exact | undefined => {
    if (text === undefined) return undefined
    const length = Length.parse(text)?.minutes
    if (!length) faults.add('value_misshapen', at, `“${text}” is not a length in minutes or hours.`)
    return length
  }
  const longerThan = minutes(words.each?.['longer-than'], [...path, 'each', 'longer-than'])
  const to = minutes(words.each?.to, [...path, 'each', 'to'])
  const { rounded } = words.each ?? {}
  if ((rounded === undefined) !== (to === undefined))
    faults.add(
      'word_missing',
      [...path, 'each'],
      'Rounding each stretch says both “rounded:” and “to:”.',
    )
  const mode = rounded === 'nearest' ? 'half-up' : rounded
  return {
    ...(calendar && { calendar }),
    ...(longerThan && { longerThan }),
    ...(to && mode && { each: { to: to.isZero ? Exact.one : to, mode } }),
  }
}
