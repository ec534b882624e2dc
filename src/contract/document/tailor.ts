import { namesIn, readFormula } from '../formula/formula.ts'
import { termOf } from '../happening.ts'
import type { Deviation } from '../language/term.ts'
import { at, type Plain, type PlainMap } from './document.ts'
import { Faults, type Path, pointerOf } from './fault.ts'

/** Where terms that were written inside a component stood, so that a fault points there. */
type Moved = ReadonlyMap<string, string>

/**
 * Terms inside a component are the same as terms below with `of` or `pays-for` filled in; they are printed with it.
 */
export function liftTerms(offering: PlainMap, faults?: Faults): { lifted: PlainMap; moved: Moved } {
  const moved = new Map<string, string>()
  const components = offering['components']
  if (!Array.isArray(components)) return { lifted: offering, moved }
  const terms: Record<string, Plain> = {}
  const below =
    typeof offering['terms'] === 'object' && !Array.isArray(offering['terms'])
      ? (offering['terms'] as PlainMap)
      : {}
  const without = (components as readonly Plain[]).map((component, place): Plain => {
    if (typeof component !== 'object' || Array.isArray(component)) return component
    const { terms: own, ...rest } = component as PlainMap
    const id = idOf(rest)
    if (own === undefined || typeof own !== 'object' || Array.isArray(own) || id === undefined)
      return component
    for (const [name, term] of Object.entries(own as PlainMap)) {
      // The one under `terms` is read then, and what is at fault in it is at fault there.
      const isBelow = Object.hasOwn(below, name)
      if (isBelow || Object.hasOwn(terms, name))
        faults?.add(
          'name_doubled',
          ['components', place, 'terms', name],
          `“${name}” is the name of another term already.`,
        )
      if (isBelow) continue
      moved.set(`/terms/${name}`, `/components/${place}/terms/${name}`)
      terms[name] = filledIn(term, id)
    }
    return rest
  })
  return { lifted: { ...offering, components: without, terms: { ...terms, ...below } }, moved }
}

const idOf = (component: PlainMap) => {
  const id = component['good'] ?? component['access'] ?? component['action']
  return typeof id === 'string' ? id : undefined
}

function filledIn(term: Plain, component: string): Plain {
  if (typeof term !== 'object' || Array.isArray(term)) return term
  return Object.fromEntries(
    Object.entries(term as PlainMap).map(([kind, body]) => {
      const word =
        kind === 'charge' || kind === 'credit'
          ? 'pays-for'
          : ['transition', 'limit', 'target', 'duty', 'option'].includes(kind)
            ? 'of'
            : undefined
      if (word === undefined || typeof body !== 'object' || Array.isArray(body) || word in body)
        return [kind, body]
      return [kind, { [word]: component, ...(body as PlainMap) }]
    }),
  )
}

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
  // Of two that add the same clause the first is read: written last, it stays.
  return new Map(
    deviations
      .map((deviation, place) => ({ deviation, place }))
      .toReversed()
      .flatMap(({ deviation, place }): [string, string][] => {
        if ('add' in deviation)
          return [[pointerOf(['terms', deviation.clause]), `/deviations/${place}/add`]]
        const where = 'path' in deviation ? placeOf(offering, deviation.clause) : undefined
        if (!where || !('path' in deviation)) return []
        const path = [...where, ...steps(offering, where, deviation.path)]
        return [[pointerOf(path), `/deviations/${place}/to`]]
      }),
  )
}

/** Lays deviations beside the base: the result is what is compiled, the base stays as it is. */
export function tailored(
  offering: PlainMap,
  deviations: readonly Deviation[],
  { faults, path }: { faults: Faults; path: Path },
): PlainMap {
  const alreadyChanged = new Set<string>()
  return deviations.reduce((found, deviation, place) => {
    const under = [...path, place]
    const what = `${deviation.clause} ${'path' in deviation ? deviation.path : ''}`
    if (alreadyChanged.has(what))
      faults.add(
        'deviation_doubled',
        under,
        'Another deviation changes the same place: deviations do not stack.',
        'agreement',
      )
    alreadyChanged.add(what)
    if ('add' in deviation) return added(found, deviation, faults, under)
    const where = placeOf(found, deviation.clause)
    if (!where) {
      faults.add(
        'deviation_finds_nothing',
        [...under, 'clause'],
        `The offering has no clause “${deviation.clause}”.`,
        'agreement',
      )
      return found
    }
    if ('remove' in deviation) return removed(found, where, faults, under)
    return changed(found, [...where, ...steps(found, where, deviation.path)], deviation, {
      faults,
      path: under,
    })
  }, offering)
}

function added(
  offering: PlainMap,
  deviation: Extract<Deviation, { add: unknown }>,
  faults: Faults,
  path: Path,
): PlainMap {
  if (placeOf(offering, deviation.clause)) {
    faults.add(
      'name_doubled',
      [...path, 'clause'],
      `The offering has a clause “${deviation.clause}” already; a term that is added needs an id of its own.`,
      'agreement',
    )
    return offering
  }
  const terms = (offering['terms'] ?? {}) as PlainMap
  return { ...offering, terms: { ...terms, [deviation.clause]: deviation.add as unknown as Plain } }
}

function removed(offering: PlainMap, where: Path, faults: Faults, path: Path): PlainMap {
  if (where[0] !== 'terms') {
    faults.add('deviation_changes_the_form', path, 'Only a whole term can be removed.', 'agreement')
    return offering
  }
  const { [String(where[1])]: _removed, ...terms } = offering['terms'] as PlainMap
  const name = String(where[1])
  return withoutReaders(withoutKind({ ...offering, terms }, name), name)
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

/** A definition that reads a removed clause goes with it: where a term still reads the definition, that is the fault. */
function withoutReaders(offering: PlainMap, name: string): PlainMap {
  for (const part of ['measures', 'tables'] as const) {
    const definitions = (offering[part] ?? {}) as PlainMap
    const gone = Object.keys(definitions).find((one) => isReadIn(definitions[one] ?? '', name))
    if (gone === undefined) continue
    const { [gone]: _gone, ...rest } = definitions
    return withoutReaders(withoutReaders({ ...offering, [part]: rest }, gone), name)
  }
  return offering
}

/** Words for people, units, and the author’s own words for shares and choices: they may look like the name of a clause. */
const namesNone = new Set(['title', 'says', 'unit', 'in', 'when', 'evenly'])

function isReadIn(words: Plain, name: string): boolean {
  if (typeof words === 'string') {
    const formula = words.includes(name) ? readFormula(words, new Faults(), []) : undefined
    return formula !== undefined && namesIn(formula).includes(name)
  }
  return Object.entries(words).some(
    ([word, said]: [string, Plain]) => !namesNone.has(word) && isReadIn(said, name),
  )
}

function changed(
  offering: PlainMap,
  where: Path,
  deviation: Extract<Deviation, { to: string }>,
  { faults, path }: { faults: Faults; path: Path },
): PlainMap {
  const there = pathForm.test(deviation.path) ? at(offering, where) : undefined
  if (there === undefined)
    faults.add(
      'deviation_finds_nothing',
      [...path, 'path'],
      `“${deviation.clause}” has nothing at “${deviation.path}”. Name each word, and a row by its edge or id: charge.tiers[up-to: 1000].rate.`,
      'agreement',
    )
  else if (typeof there !== 'string')
    faults.add(
      'deviation_changes_the_form',
      [...path, 'path'],
      `“${deviation.path}” holds several values: name the one that changes, or remove the term and add another.`,
      'agreement',
    )
  else return set(offering, where, deviation.to) as PlainMap
  return offering
}

function placeOf(offering: PlainMap, clause: string): Path | undefined {
  const place = places.find((one) => at(offering, [one, clause]) !== undefined)
  if (place) return [place, clause]
  const components = Array.isArray(offering['components'])
    ? (offering['components'] as readonly Plain[])
    : []
  const component = components.findIndex(
    (one) => typeof one === 'object' && !Array.isArray(one) && idOf(one as PlainMap) === clause,
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

function set(data: Plain, [step, ...rest]: Path, value: string): Plain {
  if (step === undefined) return value
  if (Array.isArray(data))
    return data.map((item, place) =>
      place === Number(step) ? set(item as Plain, rest, value) : item,
    )
  const map = data as PlainMap
  return { ...map, [step]: set(map[step] ?? '', rest, value) }
}
