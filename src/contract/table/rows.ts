import { Exact } from '../../kernel/exact.ts'
import { dayMinutes } from '../../kernel/time.ts'
import type { Faults, Path } from '../document/fault.ts'
import { timeOfDayText } from '../language/words.ts'
import { type Edge, matches, type Pattern } from '../operation/price.ts'
import { fitsTimeOfDay, isNumeric, type Type, timeOfDayUnit } from '../type.ts'
import { sameValue, type Value, valueText } from '../value.ts'

/** One value of a key that stands for all that no row tells apart from it. */
type Sample = { readonly value: Value; readonly says: string; readonly isDemanded: boolean }
type Row = readonly Pattern[]

/** So many combinations are looked at; a table beyond is checked row by row. */
const combinationsMax = 50_000

/**
 * A row that the rows before it leave nothing to is never reached; a combination of values that no row takes is a hole.
 * Between the edges that the rows name nothing is told apart, so that one value of each stretch stands for all of it.
 */
export function checkRows(
  rows: readonly Row[],
  types: readonly Type[],
  /** A row with a fault of its own says nothing: nothing follows from it. */
  { faults, path, misread }: { faults: Faults; path: Path; misread: ReadonlySet<number> },
): void {
  const columns = types.map((type, column) =>
    samplesOf(
      type,
      rows.flatMap((row) => row[column] ?? []),
    ),
  )
  const combinations = columns.reduce((product, samples) => product * samples.length, 1)
  if (combinations > combinationsMax) return
  const { reached, missing } = walked(rows, columns, misread)
  rows.forEach((row, place) => {
    if (!reached.has(place) && !misread.has(place))
      faults.add('row_unreachable', [...path, 'rows', place], unreachable(rows, row, place))
  })
  if (missing && misread.size === 0)
    faults.add(
      'combination_missing',
      [...path, 'rows'],
      `No row takes ${missing.join(', ')}. Add one; its “then” may be not-agreed.`,
    )
}

function unreachable(rows: readonly Row[], row: Row, place: number): string {
  const before = rows.slice(0, place)
  const same = before.findIndex((one) => one.every((cell, at) => isSame(cell, row[at])))
  if (same >= 0) return `Row ${same + 1} says the same already: remove one of the two.`
  const taking = before.findIndex((one) => one.every((cell, at) => takes(cell, row[at])))
  return taking >= 0
    ? `Row ${taking + 1} already takes what this row would: put the narrower row first.`
    : 'The rows before it together take all that this row would.'
}

function isSame(left: Pattern, right: Pattern | undefined): boolean {
  if (right === undefined || left.is !== right.is) return false
  if (left.is === 'value' && right.is === 'value') return sameValue(left.value, right.value)
  return JSON.stringify(edgesOf(left)) === JSON.stringify(edgesOf(right)) && takes(left, right)
}

/** Whether one cell holds all that another does, at the values where they could differ. */
function takes(cell: Pattern, other: Pattern | undefined): boolean {
  if (cell.is === 'any') return true
  if (other === undefined || other.is === 'any') return false
  if (other.is === 'value') return matches(cell, other.value)
  return edgeSamples([cell, other], undefined)
    .filter(({ value }) => matches(other, value))
    .every(({ value }) => matches(cell, value))
}

/** Every combination once: which row takes it, and the first that is demanded and that none takes. */
function walked(
  rows: readonly Row[],
  columns: readonly (readonly Sample[])[],
  without: ReadonlySet<number>,
) {
  const reached = new Set<number>()
  let missing: string[] | undefined
  const visit = (column: number, left: readonly number[], chosen: readonly Sample[]): void => {
    const [first] = left
    if (first === undefined) {
      const rest = columns.slice(column).map((samples) => samples.find((one) => one.isDemanded))
      const isDemanded = [...chosen, ...rest].every((one) => one?.isDemanded === true)
      if (isDemanded) missing ??= [...chosen, ...rest].map((one) => one?.says ?? '')
      return
    }
    if ((rows[first] ?? []).slice(column).every((cell) => cell.is === 'any')) {
      reached.add(first)
      return
    }
    for (const sample of columns[column] ?? []) {
      const still = left.filter((row) =>
        matches(rows[row]?.[column] ?? { is: 'any' }, sample.value),
      )
      visit(column + 1, still, [...chosen, sample])
    }
  }
  visit(
    0,
    rows.flatMap((_, place) => (without.has(place) ? [] : [place])),
    [],
  )
  return { reached, missing }
}

function samplesOf(type: Type, cells: readonly Pattern[]): readonly Sample[] {
  const demanded = (value: Value, says = valueText(value)): Sample => ({
    ...{ value, says, isDemanded: true },
  })
  if (type.is === 'truth') return [demanded(true), demanded(false)]
  if (type.is === 'choice') return type.words.map((word) => demanded(word))
  const isOrdered = isNumeric(type) || type.is === 'date' || type.is === 'instant'
  if (isOrdered && cells.some((cell) => cell.is === 'range'))
    return edgeSamples(cells, edgeUnit(type))
  const listed = cells.flatMap((cell) => (cell.is === 'value' ? [cell.value] : []))
  const distinct = listed.filter(
    (value, at) => listed.findIndex((one) => sameValue(one, value)) === at,
  )
  // Where rows name single values of what has endlessly many, another value is not a hole: it is not foreseen.
  const other = { value: '\u0000', says: 'anything', isDemanded: distinct.length === 0 }
  return [...distinct.map((value) => demanded(value)), other]
}

const edgeUnit = (type: Type) =>
  fitsTimeOfDay(type) ? timeOfDayUnit : type.is === 'number' ? type.unit : undefined

/** Each edge and a value of each stretch between. */
function edgeSamples(cells: readonly Pattern[], unit: string | undefined): readonly Sample[] {
  const moments = cells.flatMap(edgesOf).filter((edge) => !(edge instanceof Exact))
  return moments.length > 0 ? momentSamples(moments) : numberSamples(cells, unit)
}

/** Of dates every day beside an edge, of instants every millisecond: whatever lies further away is told apart by none. */
function momentSamples(moments: readonly Edge[]): readonly Sample[] {
  const beside = (edge: Edge, by: 1 | -1): Edge =>
    edge instanceof Temporal.PlainDate ? edge.add({ days: by }) : Number(edge) + by
  return moments.flatMap((edge): Sample[] => {
    const text = valueText(edge)
    return [
      { value: beside(edge, -1), says: `before ${text}`, isDemanded: true },
      { value: edge, says: text, isDemanded: true },
      { value: beside(edge, 1), says: `after ${text}`, isDemanded: true },
    ]
  })
}

/** Below zero only where a row goes there. */
function numberSamples(cells: readonly Pattern[], unit: string | undefined): readonly Sample[] {
  const text = (value: Exact) =>
    unit === timeOfDayUnit ? timeOfDayText(Number(value.floor().text)) : value.text
  const numbers = cells.flatMap(edgesOf).filter((edge) => edge instanceof Exact)
  const named = numbers.sort((one, other) => one.compare(other))
  const isPositive = named.every((edge) => edge.compare(Exact.zero) >= 0)
  const all = isPositive ? [Exact.zero, ...named] : named
  const edges = all.filter((edge, at) => at === 0 || !edge.equals(all[at - 1] ?? edge))
  const samples = edges.flatMap((edge, at): Sample[] => {
    const next = edges[at + 1]
    const exactly = { value: edge, says: text(edge), isDemanded: true }
    const above = next
      ? { value: edge.plus(next).over(Exact.whole(2)), says: `${text(edge)} to ${text(next)}` }
      : { value: edge.plus(Exact.one), says: `more than ${text(edge)}` }
    return [exactly, { ...above, isDemanded: next !== undefined || !isDayEnd(edge, unit) }]
  })
  const [lowest] = edges
  if (isPositive || !lowest) return samples
  const below = { value: lowest.minus(Exact.one), says: `less than ${text(lowest)}` }
  return [{ ...below, isDemanded: true }, ...samples]
}

const isDayEnd = (edge: Exact, unit: string | undefined) =>
  unit === timeOfDayUnit && edge.compare(Exact.whole(dayMinutes)) >= 0

function edgesOf(cell: Pattern): Edge[] {
  if (cell.is === 'any') return []
  if (cell.is === 'value') return isEdge(cell.value) ? [cell.value] : []
  return [cell.from, cell.above, cell.below, cell.upTo].filter((edge) => edge !== undefined)
}

const isEdge = (value: Value): value is Edge =>
  value instanceof Exact || value instanceof Temporal.PlainDate || typeof value === 'number'
