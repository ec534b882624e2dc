import { type Derivation, derive, leaf } from './derivation.ts'
import { compileExpression, compileTyped } from './expression.ts'
import { readValue } from './fact.ts'
import { isDerived, ownAttributes } from './fact-kind.ts'
import type { Path } from './fault.ts'
import type { Aggregate, MeasureWords } from './language/measure.ts'
import { collected } from './measure/collect.ts'
import { endsAtEvent, type Selection, type Source, sourceOf } from './measure/rows.ts'
import { type Each, placeOfEach, readEach } from './measure/subjects.ts'
import { alikeText } from './measure/timeline.ts'
import { typed } from './operator.ts'
import { type PeriodRule, turning } from './period.ts'
import {
  alikeAtHand,
  type Compiling,
  checkPairedBy,
  demandCompiled,
  demandPeriod,
  instantLeaf,
  isFiner,
  kindsAtHand,
  lazily,
  type Measure,
  namesRead,
  periodRule,
  turnsOfNames,
  unitOf,
  windowOf,
} from './reading.ts'
import type { Compiled, Evaluate, Names, Place, Report, Scope } from './scope.ts'
import { checkToldApart } from './told-apart.ts'
import { anything, isNumeric, plainNumber, type Type, truth, typeText } from './type.ts'
import { leftOut, unknown, type Value } from './value.ts'

const pickOf = {
  count: 'count',
  sum: 'sum',
  min: 'smallest',
  max: 'largest',
  average: 'average',
  first: 'first',
  last: 'last',
  unique: 'unique',
  percentile: 'percentile',
  'longest-run': 'longest-run',
} as const
/** What counts rows is a plain number, whatever they hold. */
const counting: readonly Aggregate[] = ['count', 'unique', 'longest-run']

type AggregateWords = Exclude<Extract<MeasureWords, { missing?: unknown }>, { time: unknown }> & {
  readonly value?: string | undefined
}

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
  const own = (): Type => (counting.includes(form) ? plainNumber : value().type)
  const pairedBy = words['paired-by']
  const checkPairs = lazily(() => {
    checkPairedBy(pairedBy, [of], { ...compiling, path })
    checkAlike({ source, per, same, pairedBy }, compiling, path)
  })
  const forEach = eachOf(words, source, compiling, path)
  const same = words.about === 'same' || per?.is === 'since' || pairedBy !== undefined
  const missing = lazily(() =>
    missingValue(words.missing, { type: own(), of }, compiling, [...path, 'missing']),
  )

  checkValue(form, words.value, compiling, path)
  checkAsOf(words['as-of'], source, compiling, path)

  // Whatever is wrong with the measure is said when its type is asked for, before any fact is there.
  const type = (): Type => {
    checkPairs()
    where?.()
    missing()
    return own()
  }

  const collecting = lazily(() => {
    // A finer measure or charge is its own value, unless another is written.
    const isOwn = words.value === undefined && (source.is === 'measure' || source.is === 'posting')
    const none = missing()
    const isRun = form === 'longest-run'
    return {
      name,
      operation: pickOf[form],
      selection: { source, per, same, pairedBy, forEach, asOf: words['as-of'], names },
      read: { of, where: where?.(), value: isOwn ? undefined : value(), isRun },
      settings: {
        of,
        ...(none !== undefined && { missing: none }),
        ...('rank' in words && { rank: words.rank }),
      },
      unit: unitOf(type()),
    }
  })
  const collect: Evaluate = (scope) => {
    const found = collected(collecting(), scope)
    return words.rounded
      ? derive('round', [{ as: 'exact', is: found }], words.rounded, collecting().unit)
      : found
  }

  return {
    type,
    ...(per && { per }),
    reads: () => [...madeOf(source, forEach), ...namesRead([where?.(), value()])],
    turns: lazily(() => turnsOfRows({ source, per, pairedBy, names }, [where?.(), value()])),
    evaluate: (scope) => remembered(name, scope, { per, same, pairedBy }, collect),
    demand: (place, report) => {
      const inner = demandPeriod(per, place, report, name)
      demandAggregate(
        { name, of, source, place, inner, same, pairedBy, forEach, asOf: words['as-of'] },
        compiling,
        report,
      )
      const row = placeOfRow({ of, source, inner, forEach }, names)
      const counts = ['count', 'longest-run'].includes(form)
      demandCompiled([where?.(), counts ? undefined : value()], row, names, report)
    },
  }
}

/** What is charged and what a finer measure comes to changes as time goes on; facts and what terms make of them do not. */
function turnsOfRows(
  { source, per, pairedBy, names }: Pick<Selection, 'source' | 'per' | 'pairedBy' | 'names'>,
  read: readonly (Compiled | undefined)[],
): readonly PeriodRule[] | undefined {
  const isOfFacts = source.is !== 'measure' && source.is !== 'posting'
  if (!isOfFacts || pairedBy !== undefined || readsTime(read, names)) return undefined
  const made = source.is === 'events' ? [source.name] : []
  const [own, rests] = [turning(per), turnsOfNames([...made, ...namesRead(read)], names)]
  return own && rests && [...own, ...rests]
}

/** A use that is only asked for happens whenever it is asked for: its time of day is another at any instant. */
const readsTime = (rows: readonly (Compiled | undefined)[], names: Names) =>
  rows.some((row) =>
    row?.reads.some(({ name, attribute }) => {
      const kind = names.fact(name)
      return attribute !== undefined && (!kind || isDerived(kind, attribute))
    }),
  )

/** The definition that makes what is collected; facts have none. */
const madeOf = ({ is, name }: Source, forEach: Each | undefined): string[] => [
  ...(['events', 'measure', 'posting'].includes(is) ? [name.split('.')[0] ?? ''] : []),
  ...(forEach ? [forEach.kind] : []),
]

function checkValue(
  form: Aggregate,
  value: string | undefined,
  { faults }: Compiling,
  path: Path,
): void {
  if (form === 'count' && value !== undefined)
    faults.add(
      'word_without_effect',
      [...path, 'value'],
      'Rows are counted whatever they hold: say “sum” to add their values, “unique” to count the different ones, “where” to count some of them.',
    )
}

/** Values of a measure are of no subject; lines told apart by another attribute are never about the same. */
function checkAlike(
  told: Pick<Selection, 'source' | 'per' | 'same' | 'pairedBy'>,
  { names, faults }: Compiling,
  path: Path,
): void {
  const { source, per, same, pairedBy } = told
  const of = source.name
  const { forEach } = names.find(of) ?? {}
  const at = [...path, pairedBy === undefined ? 'about' : 'paired-by']
  if (same && per?.is !== 'since' && source.is === 'measure')
    faults.add(
      'word_without_effect',
      at,
      `“${of}” is a measure: each of its values is of its period, and of no subject. Say “about: same” in a measure of facts or of a charge.`,
    )
  if (!same || !forEach || forEach.by === pairedBy) return
  faults.add(
    'words_exclude_each_other',
    at,
    forEach.by === undefined
      ? `“${of}” has a line for each subject: leave “paired-by” out and say “about: same”.`
      : `“${of}” has a line for each “${forEach.by}”: say “paired-by: ${forEach.by}”.`,
  )
}

function checkAsOf(
  asOf: AggregateWords['as-of'],
  { is, name }: Source,
  { faults }: Compiling,
  path: Path,
): void {
  if (asOf !== undefined && is !== 'state')
    faults.add(
      'word_without_effect',
      [...path, 'as-of'],
      `Only a state holds at an instant; “${name}” is none: “as-of” changes nothing.`,
    )
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
    if (['sum', 'min', 'max', 'average', 'percentile'].includes(form) && !isNumeric(compiled.type))
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
      ...typed(definition?.type() ?? anything, () => leaf(unknown(source.name))),
      reads: [],
      says: '',
    }
  }
  if (form === 'count' || form === 'longest-run')
    return {
      ...typed(plainNumber, ({ event }) =>
        event ? instantLeaf(event) : leaf(unknown('an event')),
      ),
      reads: [],
      says: '',
    }
  const kind = names.fact(source.name)
  const own = kind ? ownAttributes(kind) : []
  const numeric = own.filter(([, type]) => isNumeric(type))
  const only = numeric.length === 1 ? numeric[0] : own.length === 1 ? own[0] : undefined
  if (only) return at(`${source.name}.${only[0]}`)
  faults.add(
    'word_missing',
    path,
    `Say “value:”: “${source.name}” has ${own.length === 0 ? 'no attribute of its own' : own.map(([attribute]) => attribute).join(', ')}.`,
  )
  return { ...typed(anything, () => leaf(unknown('a value'))), reads: [], says: '' }
}

function missingValue(
  written: string | undefined,
  { type, of }: { type: Type; of: string },
  compiling: Compiling,
  path: Path,
): Value | undefined {
  if (written === undefined) return undefined
  if (written === 'unknown') return unknown(of)
  if (written === 'leave-out') return leftOut
  const value = readValue(written, type.is === 'any' ? plainNumber : type, compiling.zone)
  if (value === undefined)
    compiling.faults.add(
      'value_misshapen',
      path,
      `“${written}” is not ${typeText(type)}, “unknown” or “leave-out”.`,
    )
  return value
}

/** The same measure over the same facts is found once in a question. */
function remembered(
  name: string,
  scope: Scope,
  { per, same, pairedBy }: Pick<Selection, 'per' | 'same' | 'pairedBy'>,
  collect: Evaluate,
): Derivation {
  const window = windowOf(per, scope)
  // Slots are many, and each is read in its own period, by which the definition is remembered already.
  if (per?.is === 'slot' && scope.period?.start === window?.start && !scope.event)
    return { ...collect(scope), name }
  const subject = same ? alikeText(alikeAtHand(scope)) : ''
  const event =
    endsAtEvent(per) || pairedBy !== undefined || !window ? (scope.event?.fact.id ?? '') : ''
  return scope.asking.once(
    `${name} ${window?.start ?? scope.at} ${window?.end ?? ''} ${subject} ${event} ${scope.until ?? ''}`,
    () => ({ ...collect(scope), name }),
  )
}

/** What is at hand with a row. */
function placeOfRow(
  { of, source, inner, forEach }: Pick<Demanded, 'of' | 'source' | 'inner' | 'forEach'>,
  names: Names,
): Place {
  if (forEach) return placeOfEach(inner, forEach)
  const finer = source.is === 'measure' ? names.find(of)?.per?.() : undefined
  return finer ? { period: finer, events: [] } : { events: kindsAtHand(of, names) }
}

/** Rows that are subjects have values of a measure, each its own. */
function eachOf(
  words: AggregateWords,
  source: Source,
  compiling: Compiling,
  path: Path,
): Each | undefined {
  const written = words['for-each']
  if (written === undefined) return undefined
  const at = [...path, 'for-each']
  if (source.is !== 'measure')
    compiling.faults.add(
      'word_without_effect',
      at,
      'Its rows are facts: “for-each” is of a measure, whose value for each subject is a row.',
    )
  return readEach(written, compiling, at)
}

type Demanded = {
  name: string
  of: string
  source: Source
  place: Place
  inner: Place
  same: boolean
  pairedBy: string | undefined
  forEach: Each | undefined
  asOf: AggregateWords['as-of']
}

function demandAggregate(
  { name, of, source, place, inner, same, pairedBy, forEach, asOf }: Demanded,
  { names }: Compiling,
  report: Report,
): void {
  if (same && place.events.length === 0 && !place.hasSubject)
    report(
      'event_not_at_hand',
      `“${name}” reads facts of the subject at hand; no event is at hand. In a charge for periods “for-each:” brings each subject to hand.`,
    )
  checkToldApart(name, { same, pairedBy, ofState: source.is === 'state' }, place, report)
  if (asOf !== undefined && !inner.period)
    report(
      'period_needed',
      `“${name}” is read as of the start or the end of a period, and none is at hand: say its “per:”.`,
    )
  if (source.is !== 'state' && !inner.period)
    report(
      'period_needed',
      `“${name}” is read for an event here: say its “per:”, or it would be one thing in a bill and another alone.`,
    )
  if (source.is !== 'measure') return
  const finer = names.find(of)
  if (forEach) {
    finer?.demand(placeOfEach(inner, forEach), report)
    return
  }
  const own = finer?.per?.()
  if (!finer || !own)
    report(
      'period_needed',
      `“${of}” needs a “per:” of its own, so that “${name}” has several of its values to read.`,
    )
  else if (
    inner.period &&
    !isFiner(own, inner.period) &&
    inner.period.is !== 'past' &&
    inner.period.is !== 'since' &&
    inner.period.is !== 'so-far'
  )
    report(
      'period_too_fine',
      `“${name}” reads “${of}” over a period that is no longer than its own.`,
    )
  else finer.demand({ period: own, events: [] }, report)
}
