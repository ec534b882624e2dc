import { asMap, at, type Plain, type PlainMap } from '../document/document.ts'
import { type FaultName, Faults, type Path, pointerOf } from '../document/fault.ts'
import { namesIn, readFormula } from '../formula/formula.ts'
import { termOf } from '../happening.ts'
import type { Deviation } from '../language/term.ts'
import { componentId } from '../offering/lifted.ts'

/** What a deviation may name, and where it stands. */
const places = ['terms', 'measures', 'tables', 'prices', 'calendars', 'periods', 'agreed'] as const

/**
 * Where a deviation wrote what stands at a place of the tailored offering: what is at fault there is at fault in the
 * deviation, since the offering is sound by itself.
 */
export function deviatedPlaces(
  offering: PlainMap,
  deviations: readonly Deviation[],
): ReadonlyMap<string, string> {
  const nowhere = { faults: new Faults(), path: [] }
  // Of two that change the same place the first is read: written last, it stays.
  return new Map(
    deviations
      .map((deviation, place) => ({ deviation, place }))
      .toReversed()
      .flatMap(({ deviation, place }): [string, string][] => {
        if ('remove' in deviation) return []
        const where = whereIn(offering, deviation, nowhere)
        const word = 'add' in deviation ? 'add' : 'to'
        return where ? [[pointerOf(where), `/deviations/${place}/${word}`]] : []
      }),
  )
}

/** What is not left after removals, clauses and what goes with them, by the place of the deviation that took it out. */
export function goneWith(
  offering: PlainMap,
  deviations: readonly Deviation[],
): ReadonlyMap<string, number> {
  const nowhere = { faults: new Faults(), path: [] }
  const gone = new Map<string, number>()
  for (const place of deviations.keys()) {
    const left = tailored(offering, deviations.slice(0, place + 1), nowhere)
    for (const part of ['terms', 'events', ...definitionParts])
      for (const name of Object.keys(asMap(offering[part])))
        if (!gone.has(name) && at(left, [part, name]) === undefined) gone.set(name, place)
  }
  return gone
}

type Place = { readonly faults: Faults; readonly path: Path }
type Laid = { readonly deviation: Deviation; readonly where: Path }

/**
 * Lays deviations beside the base: the result is what is compiled, the base stays as it is. Each is read of the base, so
 * that their order says nothing; what is taken out goes last, with what still reads it then.
 */
export function tailored(
  offering: PlainMap,
  deviations: readonly Deviation[],
  { faults, path }: Place,
): PlainMap {
  const laid: Laid[] = []
  for (const [place, deviation] of deviations.entries()) {
    const under = [...path, place]
    const where = whereIn(offering, deviation, { faults, path: under })
    if (!where) continue
    if (laid.some((one) => isWithin(one.where, where) || isWithin(where, one.where)))
      faults.add(
        'deviation_doubled',
        under,
        'Another deviation changes the same place: deviations do not stack.',
        'agreement',
      )
    else laid.push({ deviation, where })
  }
  const isRemoval = ({ deviation }: Laid) => 'remove' in deviation
  return [...laid.filter((one) => !isRemoval(one)), ...laid.filter(isRemoval)].reduce(lay, offering)
}

const isWithin = (inner: Path, outer: Path) => outer.every((step, place) => inner[place] === step)

function lay(offering: PlainMap, { deviation, where }: Laid): PlainMap {
  if ('remove' in deviation) return without(offering, deviation.clause)
  const to = 'add' in deviation ? (deviation.add as unknown as Plain) : deviation.to
  return set(offering, where, to) as PlainMap
}

/** The place that it changes; undefined where nothing there can be changed so. */
function whereIn(offering: PlainMap, deviation: Deviation, { faults, path }: Place) {
  const { clause } = deviation
  const where = placeOf(offering, clause)
  const refuse = (name: FaultName, under: Path, words: string) => {
    faults.add(name, [...path, ...under], words, 'agreement')
    return undefined
  }
  if ('add' in deviation)
    return where
      ? refuse(
          'name_doubled',
          ['clause'],
          `The offering has a clause “${clause}” already; a term that is added needs an id of its own.`,
        )
      : ['terms', clause]
  if (!where)
    return refuse('deviation_finds_nothing', ['clause'], `The offering has no clause “${clause}”.`)
  if ('remove' in deviation)
    return where[0] === 'terms'
      ? where
      : refuse('deviation_changes_the_form', [], 'Only a whole term can be removed.')
  const leaf = [...where, ...steps(offering, where, deviation.path)]
  const there = pathForm.test(deviation.path) ? at(offering, leaf) : undefined
  if (there === undefined)
    return refuse(
      'deviation_finds_nothing',
      ['path'],
      `“${clause}” has nothing at “${deviation.path}”. Name each word, and a row by its edge or id: charge.tiers[up-to: 1000].rate.`,
    )
  if (typeof there === 'string') return leaf
  return refuse(
    'deviation_changes_the_form',
    ['path'],
    `“${deviation.path}” holds several values: name the one that changes, or remove the term and add another.`,
  )
}

/** Without a term, and without what was made of it alone. */
function without(offering: PlainMap, clause: string): PlainMap {
  const { [clause]: _removed, ...terms } = offering['terms'] as PlainMap
  return withoutReaders(withoutKind({ ...offering, terms }, clause), clause)
}

/** A name for several kinds of event stands for those that are left, and goes with the last of them. */
function withoutKind(offering: PlainMap, name: string): PlainMap {
  const events: Record<string, Plain> = {}
  const gone: string[] = []
  for (const [event, body] of Object.entries((offering['events'] ?? {}) as PlainMap)) {
    const kinds = at(body, ['any-of'])
    const left = (Array.isArray(kinds) ? (kinds as readonly Plain[]) : []).filter(
      (kind) => termOf(String(kind)) !== name,
    )
    if (left.length === 0) gone.push(event)
    else events[event] = { ...(body as PlainMap), 'any-of': left }
  }
  const left =
    Object.keys(events).length > 0 || gone.length > 0 ? { ...offering, events } : offering
  return gone.reduce(withoutReaders, left)
}

/** What may read a clause without being one. */
const definitionParts = ['measures', 'tables', 'prices', 'structures'] as const

/** A definition that reads a removed clause goes with it: where a term still reads the definition, that is the fault. */
function withoutReaders(offering: PlainMap, name: string): PlainMap {
  for (const part of definitionParts) {
    const definitions = (offering[part] ?? {}) as PlainMap
    const gone = Object.keys(definitions).find((one) => isReadIn(definitions[one] ?? '', name))
    if (gone === undefined) continue
    const { [gone]: _gone, ...rest } = definitions
    return withoutReaders(withoutReaders({ ...offering, [part]: rest }, gone), name)
  }
  return offering
}

/** Words for people, units, choices, and the author’s own words for shares: they may look like the name of a clause. */
const namesNone = new Set([
  'title',
  'says',
  'unit',
  'in',
  'when',
  'evenly',
  'mode',
  'rounded',
  'gaps',
])

function isReadIn(words: Plain, name: string): boolean {
  if (typeof words === 'string') {
    const formula = words.includes(name) ? readFormula(words, new Faults(), []) : undefined
    return formula !== undefined && namesIn(formula).includes(name)
  }
  return Object.entries(words).some(
    ([word, said]: [string, Plain]) => !namesNone.has(word) && isReadIn(said, name),
  )
}

function placeOf(offering: PlainMap, clause: string): Path | undefined {
  const place = places.find((one) => at(offering, [one, clause]) !== undefined)
  if (place) return [place, clause]
  const components = Array.isArray(offering['components'])
    ? (offering['components'] as readonly Plain[])
    : []
  const component = components.findIndex(
    (one) =>
      typeof one === 'object' && !Array.isArray(one) && componentId(one as PlainMap) === clause,
  )
  return component < 0 ? undefined : ['components', component]
}

const stepForm = /([a-z][a-z0-9_-]*|\d{4}-\d\d-\d\d)(?:\[([a-z-]+):\s*([^\]]+)\])?/
const pathForm = new RegExp(`^${stepForm.source}(\\.${stepForm.source})*$`)

/** `charge.tiers[up-to: 1000].rate`: a row is addressed by an edge, a `when` or its id, never by its place. */
function steps(offering: PlainMap, where: Path, path: string): Path {
  const found: (string | number)[] = []
  for (const [, key = '', word, value] of path.matchAll(new RegExp(stepForm, 'g'))) {
    found.push(key)
    if (word === undefined) continue
    const rows = at(offering, [...where, ...found])
    const place = Array.isArray(rows)
      ? rows.findIndex((row) => at(row as Plain, [word]) === value?.trim())
      : -1
    found.push(place)
  }
  return found
}

function set(data: Plain, [step, ...rest]: Path, value: Plain): Plain {
  if (step === undefined) return value
  if (Array.isArray(data))
    return data.map((item, place) =>
      place === Number(step) ? set(item as Plain, rest, value) : item,
    )
  const map = data as PlainMap
  return { ...map, [step]: set(map[step] ?? '', rest, value) }
}
