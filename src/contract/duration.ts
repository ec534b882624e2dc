import { Exact } from '../kernel/exact.ts'
import { Length, type Period } from '../kernel/time.ts'
import { spanLeaf } from './attribute.ts'
import { type Derivation, derive, type Input, leaf } from './derivation.ts'
import { compileTyped } from './expression.ts'
import type { Fact } from './fact.ts'
import type { Path } from './fault.ts'
import type { MeasureWords } from './language/measure.ts'
import { type Stretch, stretchesWithin } from './measure/timeline.ts'
import type { TimeSettings } from './operation-time.ts'
import { overdueFor } from './promised.ts'
import { list } from './prose/grammar.ts'
import {
  alikeAtHand,
  type Compiling,
  checkPairedBy,
  clipped,
  demandCompiled,
  demandPeriod,
  eventScope,
  happeningOf,
  kindsAtHand,
  lazily,
  type Measure,
  namesRead,
  periodRule,
  subjectOf,
  unknownName,
  windowOf,
} from './reading.ts'
import { type Counted, countedTime } from './running.ts'
import type { Compiled, Happening, Scope, Window } from './scope.ts'
import { placedIn } from './structure.ts'
import { checkToldApart } from './told-apart.ts'
import { plainNumber, type Type, truth } from './type.ts'
import { Span, unknown, type Value } from './value.ts'

type TimeWords = Extract<MeasureWords, { time: string }>
const whole = ['period', 'agreement', 'this']

/** How long something lasted within a period: outages, a state, a duty left unmet, the period itself. */
export function timeMeasure(
  name: string,
  words: TimeWords,
  compiling: Compiling,
  path: Path,
): Measure {
  const { names } = compiling
  const read = compileTime(words, compiling, path)
  const { source, per, where, exceptWhere, weight } = read
  const unit = { unit: words.in }
  return {
    type: () => {
      weight()
      return { is: 'number', ...unit }
    },
    ...(per && { per }),
    reads: () => [
      ...[{ source, of: words.time }, ...read.excepts].flatMap((one) =>
        one.source === 'promise' ? [one.of] : [],
      ),
      ...namesRead([where(), exceptWhere(), weight()]),
    ],
    evaluate: (scope) => {
      const found = measured(read, scope)
      const rounded =
        words.rounded && found.operation
          ? derive('round', [{ as: 'exact', is: found }], words.rounded, unit)
          : found
      return { ...rounded, name }
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
      if (words.about === 'same' && place.events.length === 0 && !place.hasSubject)
        report(
          'event_not_at_hand',
          `“${name}” measures the subject at hand; no event is at hand. In a charge for periods “for-each:” brings each subject to hand.`,
        )
      const { same, pairedBy } = read
      checkToldApart(name, { same, pairedBy, ofState: false }, place, report)
      const ofRow = { events: kindsAtHand(words.time, names) }
      demandCompiled([where(), weight()], ofRow, names, report)
      const excepted = (words.except?.facts ?? []).flatMap((kind) => kindsAtHand(kind, names))
      demandCompiled([exceptWhere()], { events: excepted }, names, report)
    },
  }
}

type Read = ReturnType<typeof compileTime>

function compileTime(words: TimeWords, compiling: Compiling, path: Path) {
  const { names, faults, zone, structures } = compiling
  const source = sourceOf(words.time, compiling, [...path, 'time'])
  const per =
    words.per === undefined ? undefined : periodRule(words.per, compiling, [...path, 'per'])
  const expression = (text: string | undefined, expected: Type, at: Path) =>
    lazily(() =>
      text === undefined
        ? undefined
        : compileTyped(text, expected, { names, zone, faults, path: at }),
    )
  const structure = words.through === undefined ? undefined : structures.get(words.through)
  if (words.through !== undefined && !structure)
    unknownName(words.through, compiling, [...path, 'through'])
  checkTime(words, source, compiling, path)
  const pairedBy = words['paired-by']
  checkPairedBy(pairedBy, [words.time], { ...compiling, path })
  return {
    words,
    source,
    kinds: compiling.names.fact(words.time)?.anyOf ?? [words.time],
    per,
    where: expression(words.where, truth, [...path, 'where']),
    exceptWhere: exceptWhere(words.except, compiling, [...path, 'except', 'where']),
    weight: expression(words.weight, plainNumber, [...path, 'weight']),
    excepts: (words.except?.facts ?? []).map((of, at) => ({
      of,
      kinds: [of],
      source: sourceOf(of, compiling, [...path, 'except', 'facts', at]),
    })),
    structure,
    treated: treatment(words, compiling, path),
    missing: missingTime(words, compiling, [...path, 'missing']),
    same: words.about === 'same' || per?.is === 'since' || pairedBy !== undefined,
    pairedBy,
    zone,
  }
}

/** A condition on what is taken out; of several kinds, one that each of them can answer. */
function exceptWhere(
  { facts = [], where }: Partial<Except> = {},
  compiling: Compiling,
  path: Path,
) {
  const { names, zone, faults } = compiling
  return lazily(() => {
    if (where === undefined) return undefined
    const found = compileTyped(where, truth, { names, zone, faults, path })
    for (const { name, attribute } of facts.length > 1 ? found.reads : []) {
      const others = facts.filter((kind) => !kindsAtHand(kind, names).includes(name))
      if (attribute !== undefined && others.length > 0 && others.length < facts.length)
        faults.add(
          'event_not_at_hand',
          path,
          `“${name}.${attribute}” says nothing of ${list(others, 'or')}, which “facts” names as well: give them all one name under “events”, ours for example, and say “facts: ours” and “ours.${attribute}”.`,
        )
    }
    return found
  })
}
type Except = NonNullable<TimeWords['except']>

/** Words that would change nothing, or that cannot both be meant. */
function checkTime(words: TimeWords, source: TimeSource, { faults }: Compiling, path: Path): void {
  const { weight, through, missing, except } = words
  if (weight !== undefined && through !== undefined)
    faults.add(
      'words_exclude_each_other',
      [...path, 'through'],
      'A structure is down or it is not: “weight:” and “through:” cannot stand together.',
    )
  const ofFacts = source === 'interval' || source === 'state'
  const told = { through, missing, 'paired-by': words['paired-by'] }
  for (const [word, said] of Object.entries(told))
    if (said !== undefined && !ofFacts)
      faults.add(
        'word_without_effect',
        [...path, word],
        `“${word}” is about facts: “${words.time}” is no kind of interval or state.`,
      )
  if (whole.includes(words.time))
    for (const word of ['where', 'weight'] as const)
      if (words[word] !== undefined)
        faults.add(
          'word_without_effect',
          [...path, word],
          `“${word}” chooses or weighs intervals; “${words.time}” is one whole.`,
        )
  for (const [at, kind] of (except?.facts ?? []).entries())
    if (whole.includes(kind))
      faults.add(
        'types_do_not_fit',
        [...path, 'except', 'facts', at],
        `“${kind}” has no length that could be taken out: name a kind of interval or state, or a duty.`,
      )
}

function measured(read: Read, scope: Scope): Derivation {
  const { words, source, kinds, per, structure, missing, zone } = read
  const unit = { unit: words.in }
  const window = source === 'this' ? eventWindow(scope) : windowOf(per, scope)
  const counted: Counted =
    source === 'agreement' ? { period: scope.asking.frame.agreed } : countedTime(scope)
  // The event's own span is not clipped: it is itself what is measured.
  const unclipped = source === 'agreement' || source === 'this'
  const inside = window && (unclipped ? counted.period : clipped(window, counted.period))
  if (!inside) return leaf(unknown('a period'), unit)
  const { upTo, settings: reaching, reach } = reachOf(unclipped ? {} : window, inside, counted)
  const { pairedBy } = read
  const alike = read.same && pairedBy === undefined ? alikeAtHand(scope) : undefined
  const selected = { source, of: words.time, kinds, where: read.where(), alike, pairedBy }
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
  const excepted = read.excepts.flatMap((one) =>
    spansOf(
      { ...one, where: read.exceptWhere(), alike: undefined, pairedBy: undefined },
      scope,
      inside,
    ),
  )
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
      unit: words.in,
      zone,
      ...read.treated,
    },
    unit,
  )
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
  /** What is recorded of it: several, where it is a name for them. */
  kinds: readonly string[]
  where: Compiled | undefined
  /** Only what is about the same as this one. */
  alike: Fact | undefined
  pairedBy: string | undefined
}
/** One stretch of time, and what it is a stretch of. */
type SpanRow = { readonly input: Input; readonly event?: Happening }

function spansOf(spans: Spans, scope: Scope, window: Period): SpanRow[] {
  const { source, of, kinds, where, alike, pairedBy } = spans
  const { asking, event } = scope
  const isPairedWith = (fact: Fact) =>
    pairedBy === undefined ||
    !event ||
    subjectOf(fact, pairedBy) === subjectOf(event.fact, pairedBy)
  const kept = (one: Happening, is: Derivation): SpanRow => ({
    event: one,
    input: {
      as: of,
      is: where
        ? derive('keep', [
            { as: 'where', is: where.evaluate(eventScope(scope, one)) },
            { as: of, is },
          ])
        : is,
    },
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
        .flatMap((one) => overdueFor(one, event, asking).map((unmet) => kept(one.start, unmet)))
    default:
      return kinds
        .flatMap((kind) => stretchesWithin(kind, alike, { asking, window }))
        .filter(({ fact }) => isPairedWith(fact))
        .map((stretch) => kept(happeningOf(stretch.fact), stretchLeaf(stretch)))
  }
}

/** An interval as it was recorded; a state begins with one fact and ends with the next. */
function stretchLeaf({ fact, span, next }: Stretch): Derivation {
  if (fact.shape !== 'state') return leaf(span, { fact: { id: fact.id, field: 'span' } })
  const begins = (one: Fact) => leaf(one.at, { fact: { id: one.id, field: 'at' } })
  return derive('stretch', [
    { as: 'from', is: begins(fact) },
    ...(next ? [{ as: 'until', is: begins(next) }] : []),
  ])
}

function missingTime(
  { missing: written, time }: TimeWords,
  { faults }: Compiling,
  path: Path,
): Value | undefined {
  if (written === undefined) return undefined
  if (written === 'unknown') return unknown(time)
  const value = Exact.parse(written)
  if (!value) faults.add('value_misshapen', path, `“${written}” is no number and not “unknown”.`)
  return value
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
