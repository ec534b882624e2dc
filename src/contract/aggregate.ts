import type { Period } from '../kernel/time.ts'
import { type Derivation, derive, type Input, leaf } from './derivation.ts'
import { compileExpression, compileTyped } from './expression.ts'
import { type Fact, readValue } from './fact.ts'
import type { Path } from './fault.ts'
import type { Aggregate, MeasureWords } from './language/measure.ts'
import { type PeriodRule, periodAround, periodsWithin } from './period.ts'
import {
  type Compiling,
  clipped,
  demandCompiled,
  demandPeriod,
  eventScope,
  happeningOf,
  instantLeaf,
  isEvent,
  isFiner,
  kindsAtHand,
  lazily,
  type Measure,
  namesRead,
  paired,
  periodRule,
  periodScope,
  unitOf,
  unknownName,
  windowOf,
  within,
} from './reading.ts'
import type { Compiled, Evaluate, Happening, Names, Place, Report, Scope } from './scope.ts'
import { anything, isNumeric, plainNumber, type Type, truth, typeText } from './type.ts'
import { leftOut, unknown, type Value, valueText } from './value.ts'

/** Beyond so many facts a derivation holds them as one leaf: selector, count and digest. */
const factsShownMax = 20

const pickOf = {
  count: 'count',
  sum: 'sum',
  min: 'smallest',
  max: 'largest',
  average: 'average',
  first: 'first',
  last: 'last',
  unique: 'unique',
} as const

type AggregateWords = Extract<MeasureWords, { missing?: unknown }>

/** A number, or one value, out of many facts: count, sum, smallest, last … */
export function aggregateMeasure(
  name: string,
  given: MeasureWords,
  compiling: Compiling,
  path: Path,
): Measure {
  const words = given as AggregateWords
  const form = (Object.keys(pickOf) as Aggregate[]).find((word) => word in words) ?? 'count'
  const of = (words as Record<string, unknown>)[form] as string
  const source = sourceOf(of, compiling, [...path, form])
  const { names, faults, zone } = compiling
  const per =
    words.per === undefined ? undefined : periodRule(words.per, compiling, [...path, 'per'])
  const where =
    words.where === undefined
      ? undefined
      : lazily(() =>
          compileTyped(words.where ?? '', truth, { names, zone, faults, path: [...path, 'where'] }),
        )
  const value = lazily(() => rowValue(form, words.value, source, compiling, path))
  const own = (): Type => (form === 'count' || form === 'unique' ? plainNumber : value().type)
  const pairedBy = words['paired-by']
  const same = words.about === 'same' || per?.is === 'since' || pairedBy !== undefined
  const missing = lazily(() => missingValue(words.missing, own(), compiling, [...path, 'missing']))

  // Whatever is wrong with the measure is said when its type is asked for, before any fact is there.
  const type = (): Type => {
    where?.()
    missing()
    return own()
  }

  const collect: Evaluate = (scope) => {
    const rows = selectRows({ source, per, same, pairedBy, names }, scope)
    if (!rows) return leaf(unknown('a period'))
    const inputs = rows.map((row): Input => {
      if (row.derivation) return { as: of, is: row.derivation }
      const inner = eventScope(scope, row.event)
      const is = value().evaluate(inner)
      const held = row.event.holds
      const kept = held
        ? derive('keep', [
            { as: 'if', is: held },
            { as: 'value', is },
          ])
        : is
      return {
        as: of,
        is: where
          ? derive('keep', [
              { as: 'where', is: where().evaluate(inner) },
              { as: 'value', is: kept },
            ])
          : kept,
      }
    })
    const none = missing()
    const unit = unitOf(type())
    const found = derive(
      pickOf[form],
      inputs,
      { of, ...(none !== undefined && { missing: none }) },
      unit,
    )
    const shown = inputs.length > factsShownMax ? oneLeaf(found, of, rows) : found
    return words.rounded
      ? derive('round', [{ as: 'exact', is: shown }], words.rounded, unit)
      : shown
  }

  return {
    type,
    ...(per && { per }),
    reads: () => [
      ...(source.is === 'events' || source.is === 'measure' || source.is === 'posting'
        ? [of.split('.')[0] ?? '']
        : []),
      ...namesRead([where?.(), value()]),
    ],
    evaluate: (scope) => remembered(name, scope, { per, same, pairedBy }, collect),
    demand: (place, report) => {
      const inner = demandPeriod(per, place, report, name)
      demandAggregate({ name, of, source, place, inner, same }, compiling, report)
      demandCompiled(
        [where?.(), form === 'count' ? undefined : value()],
        { events: kindsAtHand(of, names) },
        names,
        report,
      )
    },
  }
}

type Source = {
  is: 'state' | 'event' | 'interval' | 'events' | 'measure' | 'posting'
  name: string
}

function sourceOf(name: string, compiling: Compiling, path: Path): Source {
  const kind = compiling.names.fact(name)
  if (kind) return { is: kind.shape, name }
  if (isEvent(name, compiling.names)) return { is: 'events', name }
  const sort = compiling.names.find(name)?.sort
  if (sort === 'measure' || sort === 'posting' || sort === 'promise')
    return { is: sort === 'measure' ? 'measure' : sort === 'posting' ? 'posting' : 'events', name }
  unknownName(name, compiling, path)
  return { is: 'event', name }
}

/** What is read of each row: the formula given, or the only attribute that can be meant. */
function rowValue(
  form: Aggregate,
  written: string | undefined,
  source: Source,
  compiling: Compiling,
  path: Path,
): Compiled {
  const { names, faults, zone } = compiling
  const at = (text: string) =>
    compileExpression(text, { names, zone, faults, path: [...path, 'value'] })
  if (written !== undefined) {
    const compiled = at(written)
    if (['sum', 'min', 'max', 'average'].includes(form) && !isNumeric(compiled.type))
      faults.add(
        'types_do_not_fit',
        [...path, 'value'],
        `“${form}” needs numbers; this is ${typeText(compiled.type)}.`,
      )
    return compiled
  }
  if (source.is === 'measure' || source.is === 'posting') {
    const definition = names.find(source.name)
    return {
      type: definition?.type() ?? anything,
      evaluate: () => leaf(unknown(source.name)),
      reads: [],
      says: '',
    }
  }
  if (form === 'count')
    return {
      type: plainNumber,
      evaluate: ({ event }) => (event ? instantLeaf(event) : leaf(unknown('an event'))),
      reads: [],
      says: '',
    }
  const own = [...(names.fact(source.name)?.attributes ?? [])].filter(
    ([attribute]) =>
      !['about', 'component', 'by', 'date', 'weekday', 'minute_of_day', 'time', 'minutes'].includes(
        attribute,
      ),
  )
  const numeric = own.filter(([, type]) => isNumeric(type))
  const only = numeric.length === 1 ? numeric[0] : own.length === 1 ? own[0] : undefined
  if (only) return at(`${source.name}.${only[0]}`)
  faults.add(
    'word_missing',
    path,
    `Say “value:”: “${source.name}” has ${own.length === 0 ? 'no attribute of its own' : own.map(([attribute]) => attribute).join(', ')}.`,
  )
  return { type: anything, evaluate: () => leaf(unknown('a value')), reads: [], says: '' }
}

function missingValue(
  written: string | undefined,
  type: Type,
  compiling: Compiling,
  path: Path,
): Value | undefined {
  if (written === undefined) return undefined
  if (written === 'unknown') return unknown('facts')
  if (written === 'leave-out') return leftOut
  const value = readValue(written, type.is === 'any' ? plainNumber : type)
  if (value === undefined)
    compiling.faults.add(
      'value_misshapen',
      path,
      `“${written}” is not ${typeText(type)}, “unknown” or “leave-out”.`,
    )
  return value
}

type Selection = {
  source: Source
  per: PeriodRule | undefined
  same: boolean
  pairedBy: string | undefined
  names: Names
}
type Row = { event: Happening; derivation?: Derivation }

/** The rows that a measure reads, in the order of time; undefined where no period is at hand. */
function selectRows(
  { source, per, same, pairedBy, names }: Selection,
  scope: Scope,
): readonly Row[] | undefined {
  const { asking, event } = scope
  const window = windowOf(per, scope)
  if (source.is === 'state') return stateRows(source.name, window, scope, same)
  const whole = window && clipped(window, asking.frame.agreed)
  if (window && !whole) return []
  if (!whole) return undefined
  const endsHere = endsAtEvent(per)
  const subject = same && pairedBy === undefined ? event?.fact.about : undefined
  switch (source.is) {
    case 'event':
    case 'interval':
      return paired(
        asking.facts.about(source.name, subject).map(happeningOf),
        pairedBy === undefined ? undefined : event,
        pairedBy,
      )
        .filter((one) => within(one.at, whole) && !(endsHere && isAfter(one.fact, scope)))
        .map((one) => ({ event: one }))
    case 'events':
      return paired(asking.happenings(source.name), same ? event : undefined, pairedBy)
        .filter((one) => within(one.at, whole))
        .map((one) => ({ event: one }))
    case 'posting':
      return asking
        .lines(source.name, whole)
        .map((line) => ({ event: line.event ?? nowhere, derivation: line.amount }))
    case 'measure':
      return measureRows(source.name, per, whole, { scope, names })
  }
}

/** Whether the window ends with the event at hand, so that what is read differs between events of one instant. */
const endsAtEvent = (per: PeriodRule | undefined) => per?.is === 'so-far' || per?.is === 'past'

/** “So far” includes the event at hand and nothing after it, also of what has the same instant. */
function isAfter(fact: Fact, { event }: Scope): boolean {
  return (
    event !== undefined &&
    fact.at === event.at &&
    fact.kind === event.fact.kind &&
    fact !== event.fact &&
    (fact.recorded > event.fact.recorded ||
      (fact.recorded === event.fact.recorded && fact.id > event.fact.id))
  )
}

const nowhere = happeningOf({ id: '', kind: '', shape: 'event', at: 0, recorded: 0, values: {} })

/** Values that a state had: the one that a period begins with and each change in it; at an instant, the one that holds. */
function stateRows(
  kind: string,
  window: Period | undefined,
  scope: Scope,
  same: boolean,
): readonly Row[] {
  const facts = scope.asking.facts.about(kind, same ? scope.event?.fact.about : undefined)
  const from = window ? window.start : scope.at
  const until = window
    ? Math.min(window.end - 1, scope.event ? scope.at : window.end - 1)
    : scope.at
  // Each subject has a value of its own: the one that it begins with counts beside those that it changes to.
  const begins = new Map(facts.filter((fact) => fact.at <= from).map((fact) => [fact.about, fact]))
  return facts
    .filter((fact) => fact.at <= until && (fact.at > from || begins.get(fact.about) === fact))
    .map((fact) => ({ event: happeningOf(fact) }))
}

/** One value of a finer measure for each of its own periods in the window; of “past 3 months” the last three whole ones. */
function measureRows(
  name: string,
  per: PeriodRule | undefined,
  window: Period,
  { scope, names }: { scope: Scope; names: Names },
): readonly Row[] {
  const definition = names.find(name)
  const rule = definition?.per
  if (!definition || !rule) return []
  const { asking } = scope
  const end =
    per?.is === 'past'
      ? (periodAround(rule, window.end - 1, asking.frame)?.start ?? window.end)
      : window.end
  const start = per?.is === 'past' ? per.length.before(end, asking.frame.zone) : window.start
  return [...periodsWithin(rule, { start, end: Math.min(end, asking.asOf + 1) }, asking.frame)]
    .filter((period) => period.start >= start || period.start < asking.frame.agreed.start)
    .map((period) => ({
      event: nowhere,
      derivation: definition.evaluate(periodScope(scope, period)),
    }))
}

/** The same measure over the same facts is found once in a question. */
function remembered(
  name: string,
  scope: Scope,
  { per, same, pairedBy }: Pick<Selection, 'per' | 'same' | 'pairedBy'>,
  collect: Evaluate,
): Derivation {
  const window = windowOf(per, scope)
  const subject = same ? (scope.event?.fact.about ?? '') : ''
  const event =
    endsAtEvent(per) || pairedBy !== undefined || !window ? (scope.event?.fact.id ?? '') : ''
  return scope.asking.once(
    `${name} ${window?.start ?? scope.at} ${window?.end ?? ''} ${subject} ${event}`,
    () => ({ ...collect(scope), name }),
  )
}

function oneLeaf(found: Derivation, kind: string, rows: readonly Row[]): Derivation {
  const said = rows.map(
    (row) =>
      `${row.event.fact.id} ${row.derivation ? valueText(row.derivation.value) : Object.values(row.event.fact.values).map(valueText).join(' ')}`,
  )
  return leaf(found.value, {
    ...(found.unit !== undefined && { unit: found.unit }),
    facts: { kind, count: rows.length, digest: digest(said) },
  })
}

/** FNV-1a over 64 bits: tells whether the facts are the same, not who wrote them. */
function digest(texts: readonly string[]): string {
  let hash = 0xcbf29ce484222325n
  for (const text of texts)
    for (const byte of new TextEncoder().encode(`${text}\n`))
      hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn
  return hash.toString(16).padStart(16, '0')
}

type Demanded = {
  name: string
  of: string
  source: Source
  place: Place
  inner: Place
  same: boolean
}

function demandAggregate(
  { name, of, source, place, inner, same }: Demanded,
  { names }: Compiling,
  report: Report,
): void {
  if (same && place.events.length === 0)
    report(
      'event_not_at_hand',
      `“${name}” reads facts of the subject at hand; no event is at hand.`,
    )
  if (source.is !== 'state' && !inner.period)
    report(
      'period_needed',
      `“${name}” is read for an event here: say its “per:”, or it would be one thing in a bill and another alone.`,
    )
  if (source.is !== 'measure') return
  const finer = names.find(of)
  if (!finer?.per)
    report(
      'period_needed',
      `“${of}” needs a “per:” of its own, so that “${name}” has several of its values to read.`,
    )
  else if (
    inner.period &&
    !isFiner(finer.per, inner.period) &&
    inner.period.is !== 'past' &&
    inner.period.is !== 'since' &&
    inner.period.is !== 'so-far'
  )
    report(
      'period_too_fine',
      `“${name}” reads “${of}” over a period that is no longer than its own.`,
    )
  else finer.demand({ period: finer.per, events: [] }, report)
}
