import { Exact } from '../../kernel/exact.ts'
import { parseDate, parseInstant } from '../../kernel/time.ts'
import { type Compiling, lazily, type Measure } from '../compiling.ts'
import { demandCompiled, namesRead, turnsOfCompiled } from '../demand.ts'
import { derive, leaf } from '../derivation.ts'
import { Faults, type Path } from '../document/fault.ts'
import { readValue } from '../fact/read.ts'
import { compileExpression } from '../formula/expression.ts'
import { readFormula } from '../formula/formula.ts'
import type { TableWords } from '../language/measure.ts'
import type { Edge, Pattern } from '../operation/price.ts'
import type { Compiled } from '../scope.ts'
import {
  anything,
  isNumeric,
  isPlainNumber,
  joined,
  plainNumber,
  type Type,
  typeText,
} from '../type.ts'
import { notAgreed } from '../value.ts'
import { checkRows } from './rows.ts'

type Table = Omit<Measure, 'per' | 'parts'>

/** First match: the keys are compared with each row in turn. */
export function compileTable(name: string, words: TableWords, compiling: Compiling): Table {
  const path = ['tables', name]
  const { names, faults } = compiling
  const keys = lazily(() =>
    words.by.map((by, at) => compileExpression(by, compiling, { path: [...path, 'by', at], name })),
  )
  // The calendars of a clock are chosen by their names.
  const isNamed = (word: string) =>
    (names.find(word)?.sort ?? 'calendar') !== 'calendar' || names.fact(word) !== undefined
  const thens = lazily(() =>
    resultsOf(words, isNamed).map((then, at) =>
      then === 'not-agreed'
        ? agreedUpon
        : compileExpression(then, compiling, { path: [...path, 'rows', at, 'then'], name }),
    ),
  )
  const misread = new Set<number>()
  const rows = lazily(() =>
    words.rows.map((row, at) => {
      const before = faults.list.length
      const read = patterns(row.when, keys(), { compiling, path: [...path, 'rows', at, 'when'] })
      if (faults.list.length > before) misread.add(at)
      return read
    }),
  )
  const type = lazily((): Type => {
    const types = keys().map((key) => key.type)
    checkRows(rows(), types, { faults, path, misread })
    return thens().reduce((sum: Type, then) => {
      const both = joined(sum, then.type)
      if (!both)
        faults.add(
          'types_do_not_fit',
          [...path, 'rows'],
          `One row gives ${typeText(sum)}, another ${typeText(then.type)}.`,
        )
      return both ?? anything
    }, anything)
  })
  return {
    type,
    reads: () => namesRead([...keys(), ...thens()]),
    turns: lazily(() => turnsOfCompiled([...keys(), ...thens()], names)),
    demand: (where, report) => demandCompiled([...keys(), ...thens()], where, names, report),
    evaluate: (scope) =>
      derive(
        'row',
        [
          ...keys().map((key, at) => ({ as: words.by[at] ?? 'key', is: key.evaluate(scope) })),
          ...thens().map((then) => ({ as: 'then', is: then.evaluate(scope) })),
        ],
        { keys: words.by.length, rows: rows(), of: name },
        { name },
      ),
  }
}

/**
 * What each row gives. Where every row gives a word and none of them names anything, they are the words of a choice, and
 * need no quotes; with one name among them, another word is a slip of the pen.
 */
export function resultsOf(
  { rows }: TableWords,
  isNamed: (word: string) => boolean,
): readonly string[] {
  const written = rows.map(({ then }) => then)
  const quoted = written.map((then) => {
    if (then === 'not-agreed') return then
    const formula = readFormula(then, new Faults(), [])
    if (formula?.is === 'text') return then
    return formula?.is === 'name' && !isNamed(formula.name) ? `"${formula.name}"` : undefined
  })
  return quoted.every((then) => then !== undefined) ? quoted : written
}

const agreedUpon: Compiled = {
  type: anything,
  evaluate: () => leaf(notAgreed),
  value: () => notAgreed,
  reads: [],
}

type RowWords = TableWords['rows'][number]['when']
type Cell = Extract<RowWords, readonly unknown[]>[number]

function patterns(
  when: RowWords,
  keys: readonly Compiled[],
  { compiling, path }: { compiling: Compiling; path: Path },
): Pattern[] {
  const cells: readonly Cell[] = Array.isArray(when) ? when : [when]
  if (cells.length !== keys.length)
    compiling.faults.add(
      'value_misshapen',
      path,
      `The table compares ${keys.length} values; this row has ${cells.length}.`,
    )
  return cells.map((cell, at) =>
    pattern(cell, keys[at]?.type ?? anything, {
      compiling,
      path: Array.isArray(when) ? [...path, at] : path,
    }),
  )
}

function pattern(
  cell: Cell,
  type: Type,
  { compiling, path }: { compiling: Compiling; path: Path },
): Pattern {
  if (typeof cell === 'string') {
    if (cell === 'any') return { is: 'any' }
    const number = isNumeric(type) ? constant(cell, type, { compiling, path }) : undefined
    const value = number ?? readValue(cell, type.is === 'any' ? plainNumber : type, compiling.zone)
    if (value !== undefined) return { is: 'value', value }
    compiling.faults.add(
      type.is === 'choice' ? 'choice_unknown' : 'value_misshapen',
      path,
      `“${cell}” is not ${typeText(type)}.`,
    )
    return { is: 'any' }
  }
  const edge = (text: string | undefined, word: string) =>
    text === undefined ? undefined : edgeOf(text, type, { compiling, path: [...path, word] })
  const [from, above, below, upTo] = [
    edge(cell.from, 'from'),
    edge(cell.above, 'above'),
    edge(cell.below, 'below'),
    edge(cell['up-to'], 'up-to'),
  ]
  return {
    is: 'range',
    ...(from !== undefined && { from }),
    ...(above !== undefined && { above }),
    ...(below !== undefined && { below }),
    ...(upTo !== undefined && { upTo }),
  }
}

/** A column of dates has dates for edges, one of instants the instant at which a day begins, or one with its time. */
function edgeOf(
  text: string,
  type: Type,
  { compiling, path }: { compiling: Compiling; path: Path },
): Edge | undefined {
  if (type.is !== 'date' && type.is !== 'instant') return constant(text, type, { compiling, path })
  const found = type.is === 'date' ? parseDate(text) : parseInstant(text, compiling.zone)
  if (found === undefined)
    compiling.faults.add('value_misshapen', path, `“${text}” is not ${typeText(type)}.`)
  return found
}

function constant(
  text: string,
  type: Type,
  { compiling: { faults }, path }: { compiling: Compiling; path: Path },
): Exact | undefined {
  const formula = readFormula(text, faults, path)
  const isOther = formula?.is === 'percentage' && !isPlainNumber(type) && type.is !== 'any'
  if (isOther) faults.add('value_misshapen', path, `“${text}” is not ${typeText(type)}.`)
  else if (formula && 'value' in formula && formula.value instanceof Exact) return formula.value
  else faults.add('number_not_exact', path, `“${text}” is no constant.`)
  return undefined
}
