import { clipped, endOfTime, type Period, within } from '../../kernel/time.ts'
import { type Counted, countedTime, untilOver } from '../agreement/running.ts'
import { type Compiling, lazily, type Measure, type Told, unknownName } from '../compiling.ts'
import { demandCompiled, demandPeriod, namesRead } from '../demand.ts'
import { type Derivation, derive, type Input, leaf, onlyIf, roundedBy } from '../derivation.ts'
import type { Path } from '../document/fault.ts'
import { type Alike, alikeAtHand, checkPairedSame, sameRead, subjectOf } from '../fact/alike.ts'
import type { Fact } from '../fact/fact.ts'
import { spanLeaf } from '../formula/attribute.ts'
import { compileExpression } from '../formula/expression.ts'
import { happeningOf, kindsAtHand } from '../happening.ts'
import { placedIn } from '../offering/structure.ts'
import type { TimeSettings } from '../operation/time.ts'
import { outside } from '../period/period.ts'
import { periodRule } from '../period/rule.ts'
import { windowOf, withoutPeriod } from '../period/window.ts'
import type { Compiled, Happening, Scope, Window } from '../scope.ts'
import { eventScope } from '../scope.ts'
import { isOwed, overdueFor } from '../term/deadline/promised.ts'
import { plainNumber, type Type, truth } from '../type.ts'
import { Span, unknown } from '../value.ts'
import {
  checkTime,
  exceptWhere,
  missingTime,
  type TimeSource,
  type TimeWords,
  treatment,
  wholeTimes,
} from './time-words.ts'
import { type Lasting, stretchesWithin } from './timeline.ts'
import { checkToldApart } from './told-apart.ts'

/** How long something lasted within a period: outages, a state, a duty left unmet, the period itself. */
export function timeMeasure(words: TimeWords, compiling: Compiling, told: Told): Measure {
  const { names } = compiling
  const { name } = told
  const read = compileTime(words, compiling, told)
  const { source, per, where, exceptWhere, weight } = read
  const unit = unitIn(words)
  return {
    type: () => {
      weight()
      return { is: 'number', ...unit }
    },
    ...(per && { per }),
    reads: () => [
      ...[words.time, ...read.excepts.map(({ of }) => of)].filter((of) => !wholeTimes.includes(of)),
      ...namesRead([where(), exceptWhere(), weight()]),
    ],
    evaluate: (scope) => {
      const window = windowChanging(read, scope)
      const known = measured(read, scope)
      const found = window ? untilOver(known, window, scope) : known
      return roundedBy(found.operation && words.rounded, found, unit)
    },
    demand: (place, report) => {
      const inner = demandPeriod(per, place, report, name)
      if (source === 'this') {
        if (place.events.length === 0)
          report('event_not_at_hand', `“${name}” measures the event at hand; none is at hand here.`)
      } else if (!inner.period && source !== 'agreement')
        report(
          'period_needed',
          `“${name}” is read for an event here: say its “per:”, or it would be one thing in a bill and another alone.`,
        )
      if (words.about === 'same' && place.events.length === 0 && !place.subject)
        report(
          'event_not_at_hand',
          `“${name}” measures the subject at hand; no event is at hand. In a charge for periods “for-each:” brings each subject to hand.`,
        )
      const { same, pairedBy } = read
      checkToldApart(name, { same, pairedBy }, place, report)
      const ofRow = { events: kindsAtHand(words.time, names) }
      demandCompiled([where(), weight()], ofRow, names, report)
      const excepted = (words.except?.facts ?? []).flatMap((kind) => kindsAtHand(kind, names))
      demandCompiled([exceptWhere()], { events: excepted }, names, report)
    },
  }
}

/** How many there are is a number of nothing else, as a count is. */
const unitIn = ({ in: unit }: TimeWords) => (unit === 'stretches' ? {} : { unit })

const taken = ({ in: unit, take }: TimeWords): Pick<TimeSettings, 'unit' | 'take'> =>
  unit === 'stretches' ? { unit: 'minutes', take: 'count' } : { unit, ...(take && { take }) }

type Read = ReturnType<typeof compileTime>

function compileTime(words: TimeWords, compiling: Compiling, { name, path }: Told) {
  const { zone, structures } = compiling
  const source = sourceOf(words.time, compiling, [...path, 'time'])
  const per = periodRule(words.per, compiling, [...path, 'per'])
  const expression = (word: 'where' | 'weight', expected: Type) =>
    lazily(() =>
      compileExpression(words[word], compiling, { path: [...path, word], name, expected }),
    )
  const structure = words.through === undefined ? undefined : structures.get(words.through)
  if (words.through !== undefined && !structure)
    unknownName(words.through, compiling, { path: [...path, 'through'], sorts: ['structure'] })
  checkTime(words, source, compiling, path)
  checkPairedSame(words, [words.time], compiling, path)
  return {
    words,
    source,
    kinds: compiling.names.fact(words.time)?.anyOf ?? [words.time],
    per,
    where: expression('where', truth),
    exceptWhere: exceptWhere(words.except, compiling, { name, path: [...path, 'except', 'where'] }),
    weight: expression('weight', plainNumber),
    excepts: (words.except?.facts ?? []).map((of, at) => ({
      of,
      kinds: [of],
      source: sourceOf(of, compiling, [...path, 'except', 'facts', at]),
    })),
    structure,
    treated: treatment(words, compiling, path),
    missing: missingTime(words, compiling, [...path, 'missing']),
    same: sameRead(words, per),
    pairedBy: words['paired-by'],
    zone,
  }
}

function measured(read: Read, scope: Scope): Derivation {
  const { words, source, kinds, per, structure, missing, zone } = read
  const unit = unitIn(words)
  const window = source === 'this' ? eventWindow(scope) : windowOf(per, scope)
  const counted: Counted =
    source === 'agreement' ? { period: scope.asking.frame.agreed } : countedTime(scope)
  // The event's own span is not clipped: it is itself what is measured.
  const unclipped = source === 'agreement' || source === 'this'
  const inside = window && (unclipped ? counted.period : insideOf(window, counted.period))
  if (!inside) return window ? leaf(unknown(outside), unit) : withoutPeriod(per, scope, unit)
  const { upTo, settings: reaching, reach } = reachOf(unclipped ? {} : window, inside, counted)
  const alike = alikeAtHand(scope, read)
  const selected = { source, of: words.time, kinds, where: read.where(), alike }
  const weight = read.weight()
  const rows = spansOf(selected, scope, source === 'period' ? reach : inside)
  const weights = weight
    ? rows.map(
        ({ event }): Input => ({
          as: 'weight',
          is: weight.evaluate(event ? eventScope(scope, event) : scope),
        }),
      )
    : []
  const excepted = read.excepts.flatMap((one) => {
    const all = { ...one, where: read.exceptWhere(), alike: undefined }
    return spansOf(all, scope, inside).filter((row) => isTakenOut(row, read, scope))
  })
  return derive(
    'time',
    [
      ...rows.map(({ input }) => input),
      ...weights,
      ...excepted.map(({ input }) => input),
      ...(counted.ending ? [{ as: 'agreement ends', is: counted.ending }] : []),
      ...(upTo ? [{ as: 'up to', is: upTo }] : []),
    ],
    {
      spans: rows.length,
      ...(counted.ending && { ends: true as const }),
      ...reaching,
      ...(weight && { weighted: true as const }),
      ...(structure && {
        through: placedIn(structure.rests, (part) =>
          rows.flatMap(({ event }, at) => (isOfPart(event, part, scope) ? [at] : [])),
        ),
      }),
      ...(missing !== undefined && { missing }),
      window: reach,
      asOf: scope.asking.asOf,
      ...taken(words),
      zone,
      ...read.treated,
    },
    unit,
  )
}

/** An interval that ends as it begins has a time of nothing: it is not that none is known. */
const insideOf = (window: Period, counted: Period) =>
  window.start === window.end && within(window.start, counted) ? window : clipped(window, counted)

/** With “about: same” what is about something else stays; what names nothing is taken out of all. */
function isTakenOut({ event: out }: SpanRow, { same, pairedBy }: Read, scope: Scope): boolean {
  const alike = alikeAtHand(scope, { same })
  if (!alike || !out) return true
  const about = subjectOf(out.fact, pairedBy)
  return about === undefined || about === subjectOf(alike.fact, pairedBy)
}

/** Within which what is recorded changes the time that is measured; the period itself, of which nothing is taken, none does. */
function windowChanging({ source, per, excepts }: Read, scope: Scope): Window | undefined {
  const { event, asking } = scope
  if (source === 'this') return event && { start: event.at, end: event.fact.to ?? endOfTime }
  const isOfTimeAlone = ['period', 'agreement'].includes(source) && excepts.length === 0
  if (isOfTimeAlone) return undefined
  return source === 'agreement' ? asking.frame.agreed : windowOf(per, scope)
}

/** Where a window reaches up to an instant, its edges follow from that, and are not settled here. */
function reachOf({ upTo, back }: Partial<Window>, inside: Period, { period }: Counted) {
  if (!upTo) return { reach: inside }
  const reach = { start: back ? period.start : inside.start, end: period.end }
  return { upTo, reach, settings: { upTo: back ? { back } : {} } }
}

/** A fact is about a part, or about an item of it; one that names nothing stops all of them. */
function isOfPart(event: Happening | undefined, part: string, { asking }: Scope): boolean {
  if (!event) return true
  const { about, component } = event.fact
  if (about === undefined && component === undefined) return true
  const named = about === undefined ? undefined : asking.facts.componentOfItem(about)
  return about === part || (component ?? named) === part
}

function sourceOf(name: string, compiling: Compiling, path: Path): TimeSource {
  if (wholeTimes.includes(name)) return name as TimeSource
  const kind = compiling.names.fact(name)
  if (kind && kind.shape !== 'event') return kind.shape
  if (isOwed(name, compiling.names)) return 'promise'
  const { isOption, endings } = compiling.names.find(name) ?? {}
  const is = isOption
    ? 'an option: nobody owes it, so that it never stands unmet'
    : endings
      ? `a level: how long it is not kept is the time of the periods in which it is not, { formula: "${name} ? 0 : time_of_period", per: … } of a measure { time: period, in: … }, added up by another`
      : kind && 'an event: it has no length'
  if (is !== undefined)
    compiling.faults.add(
      'types_do_not_fit',
      path,
      `“${name}” is ${is}. Time is measured of intervals, states and duties.`,
    )
  else unknownName(name, compiling, { path, sorts: ['fact', 'promise'] })
  return 'interval'
}

function eventWindow({ event }: Scope): Period | undefined {
  if (!event) return undefined
  return { start: event.fact.at, end: event.fact.to ?? event.fact.at }
}

type Spans = {
  source: TimeSource
  of: string
  /** What is recorded of it: several, where it is a name for them. */
  kinds: readonly string[]
  where: Compiled | undefined
  /** Only what is about the same as this one, or paired with it. */
  alike: Alike | undefined
}
/** One stretch of time, and what it is a stretch of. */
type SpanRow = { readonly input: Input; readonly event?: Happening }

function spansOf(spans: Spans, scope: Scope, window: Period): SpanRow[] {
  const { source, of, kinds, where, alike } = spans
  const { asking, event } = scope
  const { subject = event } = scope
  const kept = (one: Happening, is: Derivation): SpanRow => ({
    event: one,
    input: { as: of, is: onlyIf(where?.evaluate(eventScope(scope, one)), is) },
  })
  switch (source) {
    case 'period':
    case 'agreement':
      return [{ input: { as: of, is: leaf(new Span(window.start, window.end)) } }]
    case 'this': {
      if (!event) return []
      return [{ input: { as: of, is: spanLeaf(event.fact, scope.part) } }]
    }
    case 'promise':
      return asking
        .promises(of)
        .flatMap((one) =>
          overdueFor(one, asking, alike && { ...alike, event: subject }).map((unmet) =>
            kept(one.start, unmet),
          ),
        )
    default:
      return kinds
        .flatMap((kind) => stretchesWithin(kind, alike, { asking, window }))
        .map((stretch) => kept(happeningOf(stretch.fact), stretchLeaf(stretch)))
  }
}

/** An interval as it was recorded; a state begins with one fact and ends with the next. */
function stretchLeaf({ fact, span, next }: Lasting): Derivation {
  if (fact.shape !== 'state') return leaf(span, { fact: { id: fact.id, field: 'span' } })
  const begins = (one: Fact) => leaf(one.at, { fact: { id: one.id, field: 'at' } })
  return derive('stretch', [
    { as: 'from', is: begins(fact) },
    ...(next ? [{ as: 'until', is: begins(next) }] : []),
  ])
}
