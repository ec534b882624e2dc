import { type Compiling, lazily, type Measure, type Told, unitOf } from '../compiling.ts'
import { demandCompiled, demandPeriod, namesRead, turnsOfNames } from '../demand.ts'
import { type Derivation, leaf, roundedBy } from '../derivation.ts'
import type { Path } from '../document/fault.ts'
import { alikeAtHand, checkPairedSame, sameRead } from '../fact/alike.ts'
import { isDerived, onlyValue, ownAttributes } from '../fact/fact-kind.ts'
import { readValue } from '../fact/read.ts'
import { compileExpression } from '../formula/expression.ts'
import { typed } from '../formula/operator.ts'
import { instantLeaf, termOf } from '../happening.ts'
import {
  type AggregateForm,
  type AggregateWords,
  aggregateIn,
  type MeasureWords,
} from '../language/measure.ts'
import { turning } from '../period/order.ts'
import { restsOnSubject } from '../period/own-period.ts'
import { periodRule } from '../period/rule.ts'
import { windowOf } from '../period/window.ts'
import type { Compiled, Definition, Evaluate, Names, Scope, Turn } from '../scope.ts'
import { anything, isNumeric, plainNumber, type Type, truth, typeText } from '../type.ts'
import { leftOut, unknown, type Value } from '../value.ts'
import { type Collecting, collected } from './collect.ts'
import { demandAggregate, placeOfRow } from './demanded.ts'
import { restsOnFacts } from './rests.ts'
import { endsAtEvent, type Selection, type Source, sourceOf } from './rows.ts'
import { type Each, readEach } from './subjects.ts'
import { alikeText } from './timeline.ts'

/** What counts rows is a plain number, whatever they hold. */
const counting: readonly AggregateForm[] = ['count', 'unique', 'longest-run']

/** A number, or one value, out of many facts: count, sum, smallest, last … */
export function aggregateMeasure(given: MeasureWords, compiling: Compiling, told: Told): Measure {
  const { name, path } = told
  const { form, of, words } = aggregateIn(given)
  const source = sourceOf(of, compiling, [...path, form])
  const { names } = compiling
  const per = periodRule(words.per, compiling, [...path, 'per'])
  const where = lazily(() =>
    compileExpression(words.where, compiling, { path: [...path, 'where'], name, expected: truth }),
  )
  const value = lazily(() =>
    rowValue({ form, written: words.value, source }, compiling, { name, path }),
  )
  const own = (): Type => (counting.includes(form) ? plainNumber : value().type)
  const read = () => [where(), value()]
  const forEach = eachOf(words, source, compiling, path)
  const reads = () => [...madeOf(source, forEach), ...namesRead(read())]
  const selection: Selection = {
    source,
    per,
    same: sameRead(words, per),
    pairedBy: words['paired-by'],
    asOf: words['as-of'],
    forEach,
    restsOnFacts: lazily(() => restsOnFacts(reads(), names)),
    isOfSubject: lazily(() => isFinerOfSubject(selection, read())),
    names,
  }
  const checkPairs = lazily(() => {
    checkPairedSame(words, [of], compiling, path)
    checkAlike(selection, compiling, path)
  })
  const missing = lazily(() =>
    missingValue(words.missing, { type: own(), of }, compiling, [...path, 'missing']),
  )

  checkValue(form, words.value, compiling, path)
  checkAsOf(words['as-of'], source, compiling, path)
  checkChosen(form, words, compiling, path)

  // Whatever is wrong with the measure is said when its type is asked for, before any fact is there.
  const type = (): Type => {
    checkPairs()
    where()
    missing()
    return own()
  }

  const collecting = lazily((): Collecting => {
    // A finer measure or charge is its own value, unless another is written.
    const isOwn = words.value === undefined && (source.is === 'measure' || source.is === 'posting')
    const none = missing()
    const isRun = form === 'longest-run'
    return {
      name,
      operation: form === 'min' ? 'smallest' : form === 'max' ? 'largest' : form,
      selection,
      read: { of, where: where(), value: isOwn ? undefined : value(), isRun },
      settings: {
        of,
        ...(none !== undefined && { missing: none }),
        ...chosenBy(words),
      },
      unit: unitOf(type()),
    }
  })
  const collect: Evaluate = (scope) =>
    roundedBy(words.rounded, collected(collecting(), scope), collecting().unit)

  return {
    type,
    ...(per && { per }),
    reads,
    turns: lazily(() => turnsOfRows(selection, read())),
    evaluate: (scope) => remembered(name, scope, selection, collect),
    demand: (place, report) => {
      const inner = demandPeriod(per, place, report, name)
      demandAggregate(name, selection, { place, inner }, report)
      const counts = ['count', 'longest-run'].includes(form)
      const row = placeOfRow(selection, inner)
      demandCompiled([where(), counts ? undefined : value()], row, names, report)
    },
  }
}

/** What is charged and what a finer measure comes to changes as time goes on; facts and what terms make of them do not. */
function turnsOfRows(
  { source, per, pairedBy, names }: Selection,
  read: readonly (Compiled | undefined)[],
): readonly Turn[] | undefined {
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
const madeOf = ({ name }: Source, forEach: Each | undefined): string[] => [
  termOf(name),
  ...(forEach ? [forEach.kind] : []),
]

function checkValue(
  form: AggregateForm,
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

const chosenBy = (words: AggregateWords) => ({
  ...('rank' in words && { rank: words.rank }),
  ...(words.highest !== undefined && { highest: words.highest }),
  ...(words.lowest !== undefined && { lowest: words.lowest }),
})

/** The smallest of the lowest is the smallest of all, and how many there are at most says nothing. */
function checkChosen(
  form: AggregateForm,
  { highest, lowest }: AggregateWords,
  { faults }: Compiling,
  path: Path,
): void {
  const of = { highest: ['sum', 'average', 'min'], lowest: ['sum', 'average', 'max'] } as const
  for (const [word, count] of Object.entries({ highest, lowest } as const)) {
    if (count === undefined) continue
    const forms: readonly string[] = of[word as keyof typeof of]
    if (count === 0)
      faults.add('value_misshapen', [...path, word], 'Of none there is no value: say 1 or more.')
    else if (!forms.includes(form))
      faults.add(
        'word_without_effect',
        [...path, word],
        `“${word}” chooses among the values of ${forms.join(', ')}; “${form}” would be the same without it.`,
      )
  }
  if (highest !== undefined && lowest !== undefined)
    faults.add('words_exclude_each_other', [...path, 'lowest'], 'Say “highest:” or “lowest:”.')
}

/** Values of a measure are of no subject; lines told apart by another attribute are never about the same. */
function checkAlike(
  { source, per, same, pairedBy, names }: Selection,
  { faults }: Compiling,
  path: Path,
): void {
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
  { form, written, source }: { form: AggregateForm; written: string | undefined; source: Source },
  compiling: Compiling,
  { name, path }: Told,
): Compiled {
  const { names, faults } = compiling
  const at = (text: string) =>
    compileExpression(text, compiling, { path: [...path, 'value'], name })
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
    }
  }
  if (form === 'count' || form === 'longest-run')
    return {
      ...typed(plainNumber, ({ event }) =>
        event ? instantLeaf(event) : leaf(unknown('an event')),
      ),
      reads: [],
    }
  const kind = names.fact(source.name)
  const only = kind && onlyValue(kind)
  if (only !== undefined) return at(`${source.name}.${only}`)
  const own = kind ? ownAttributes(kind) : []
  faults.add(
    'word_missing',
    path,
    `Say “value:”: “${source.name}” has ${own.length === 0 ? 'no attribute of its own' : own.map(([attribute]) => attribute).join(', ')}.`,
  )
  return { ...typed(anything, () => leaf(unknown('a value'))), reads: [] }
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

/** Whether the values of a finer measure, or what is read of each, are others for each subject. */
function isFinerOfSubject(
  { source, forEach, names }: Selection,
  read: readonly (Compiled | undefined)[],
): boolean {
  const finer = source.is === 'measure' && !forEach ? names.find(source.name) : undefined
  const demand: Definition['demand'] = (place, report) => {
    finer?.demand(place, report)
    demandCompiled(read, place, names, report)
  }
  return finer !== undefined && restsOnSubject(demand, finer.per?.())
}

/** The same measure over the same facts is found once in a question. */
function remembered(
  name: string,
  scope: Scope,
  { per, same, pairedBy, isOfSubject, names }: Selection,
  collect: Evaluate,
): Derivation {
  const window = windowOf(per, scope)
  // Read in its own period, it is remembered by that already, with its definition.
  const { period, event: atHand, subject: of = atHand } = scope
  if (period && !of && period.start === window?.start && period.end === window.end)
    return { ...collect(scope), name }
  // Of a finer measure the subject may be told by any attribute.
  const finer = isOfSubject() ? of?.fact.id : undefined
  const subject = finer ?? alikeText(alikeAtHand(scope, { same, pairedBy }))
  const event = endsAtEvent(per) || !window ? (scope.event?.fact.id ?? '') : ''
  return scope.asking.once(
    `${name} ${window?.start ?? scope.at} ${window?.end ?? ''} ${subject} ${event} ${scope.until ?? ''}`,
    () => ({ ...collect(scope), name }),
    names,
  )
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
