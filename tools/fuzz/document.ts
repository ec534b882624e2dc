import { at, type Plain, type PlainMap } from '../../src/contract/document/document.ts'
import type { Path } from '../../src/contract/document/fault.ts'
import { schemas } from '../reference-schema.ts'
import { type Corpus, gathered } from './corpus.ts'
import type { Draw } from './draw.ts'
import { type Growing, grown, oddity, type Place, placesIn } from './grammar.ts'

/** A case to try: grown whole from the grammar, or a real one with a few changes. */
export function documentOf(draw: Draw, corpus: Corpus): Plain {
  if (draw.happens(12)) return wholeDocument(draw, corpus)
  // A month of five-minute slots takes as long as a hundred other cases.
  const cases = draw.happens(96) ? corpus.quickCases : corpus.cases
  const base = cases[draw.below(cases.length)] ?? {}
  const changes = draw.happens(60) ? 1 : 1 + draw.below(4)
  let found: Plain = base
  for (let change = 0; change < changes; change += 1) found = changed(found, draw, corpus)
  return found
}

export const caseSchema = schemas['case'] as NonNullable<(typeof schemas)['case']>

function wholeDocument(draw: Draw, corpus: Corpus): Plain {
  const names = ['facts', 'agreed', 'measures', 'terms', 'tables', 'components', 'prices'].flatMap(
    (word) => [`${word}_one`, `${word}_two`],
  )
  const growing = {
    ...{ draw, corpus, own: gathered([]) },
    names: [...names, 'used', 'period', 'month'],
  }
  const found = grown(caseSchema, { word: '', depth: 0 }, growing)
  if (typeof found === 'string' || Array.isArray(found)) return found
  const { offering } = found as PlainMap
  // An offering by its id is somebody else’s: here it is the offering that is tried.
  const isGrown = typeof offering === 'object' && !Array.isArray(offering)
  return isGrown
    ? { ...found, offering: { ...head, ...offering } }
    : { ...found, offering: { ...head, ...grownOffering(growing) } }
}

const head = {
  language: '1',
  currency: 'EUR',
  zone: 'Europe/Lisbon',
  rounding: { to: '0.01', mode: 'half-up' },
}

function grownOffering(growing: Growing): PlainMap {
  const schema = schemas['offering']
  const found = schema ? grown(schema, { word: 'offering', depth: 0 }, growing) : {}
  return typeof found === 'object' && !Array.isArray(found) ? (found as PlainMap) : {}
}

/** One change: another value that the grammar allows, a word that was not said, or something out of its place. */
function changed(data: Plain, draw: Draw, corpus: Corpus): Plain {
  const places = placesIn(caseSchema, data)
  const written = pathsIn(data)
  const path = () => written[draw.below(written.length)] ?? []
  const growing = { draw, corpus, own: gathered([data]), names: namesIn(data) }
  const regrown = (those: readonly Place[]) => {
    const place = those[draw.below(those.length)]
    if (!place) return data
    const { word, schema } = place
    return put(data, place.path, grown(schema, { word, depth: place.path.length }, growing))
  }
  // Most words that may be said are inside the clauses; those of the head and of what is asked are few and known.
  const isDeep = draw.happens(80)
  const likely = places.filter(({ path: { length, 0: part } }) =>
    isDeep ? part === 'offering' && length > 3 : length > 1,
  )
  switch (draw.below(12)) {
    case 0:
    case 1:
    case 2:
      return regrown(likely.filter(({ isAbsent }) => !isAbsent))
    case 3:
    case 4:
    case 5:
    case 6:
      return regrown(likely.filter(({ isAbsent }) => isAbsent))
    case 7:
      return without(data, path())
    case 8:
      return put(data, path(), at(data, path()) ?? '')
    case 9:
      return swapped(data, path(), path())
    case 10: {
      const target = path()
      const known = corpus.under(String(target.findLast((step) => typeof step === 'string') ?? ''))
      return put(data, target, known[draw.below(known.length)] ?? oddity(draw))
    }
    default:
      return draw.happens(50)
        ? put(data, path(), oddity(draw))
        : renamed(data, path(), `${namesIn(data)[draw.below(40)] ?? 'one'}`)
  }
}

/** Every path of a document. */
export function pathsIn(data: Plain, path: Path = []): Path[] {
  if (typeof data === 'string') return [path]
  const entries: (readonly [string | number, Plain])[] = Array.isArray(data)
    ? data.map((item, place) => [place, item as Plain] as const)
    : Object.entries(data)
  return [path, ...entries.flatMap(([key, value]) => pathsIn(value, [...path, key]))]
}

/** Whatever is called by a name somewhere: kinds of fact, terms, choices, ids. */
export function namesIn(data: Plain): string[] {
  const found = new Set<string>()
  const note = (text: string) => {
    if (/^[a-z][a-z0-9_]*(\.[a-z_]+)?$/.test(text)) found.add(text)
  }
  const walk = (one: Plain): void => {
    if (typeof one === 'string') note(one)
    else if (Array.isArray(one)) one.forEach((item) => void walk(item as Plain))
    else
      for (const [key, value] of Object.entries(one)) {
        note(key)
        walk(value)
      }
  }
  walk(data)
  return [...found]
}

/** The document with something else at a path, which need not have been there. */
export function put(data: Plain, [step, ...rest]: Path, value: Plain): Plain {
  if (step === undefined) return value
  if (typeof data === 'string') return data
  if (Array.isArray(data))
    return data.map((item, place) =>
      place === step ? put(item as Plain, rest, value) : (item as Plain),
    )
  const map = data as PlainMap
  const there = Object.hasOwn(map, step) ? map[step] : undefined
  return { ...map, [step]: put(there ?? (rest.length > 0 ? {} : ''), rest, value) }
}

export function without(data: Plain, path: Path): Plain {
  const [step, ...rest] = path
  if (step === undefined || typeof data === 'string') return data
  if (Array.isArray(data))
    return rest.length === 0
      ? data.filter((_, place) => place !== step)
      : data.map((item, place) => (place === step ? without(item as Plain, rest) : (item as Plain)))
  const map = data as PlainMap
  if (!Object.hasOwn(map, step)) return data
  if (rest.length > 0) return { ...map, [step]: without(map[step] ?? '', rest) }
  return Object.fromEntries(Object.entries(map).filter(([key]) => key !== step))
}

function swapped(data: Plain, one: Path, other: Path): Plain {
  const [first, second] = [at(data, one), at(data, other)]
  return first === undefined || second === undefined
    ? data
    : put(put(data, one, second), other, first)
}

/** The same under another word. */
function renamed(data: Plain, path: Path, name: string): Plain {
  const there = at(data, path)
  if (there === undefined || typeof path.at(-1) !== 'string') return data
  return put(without(data, path), [...path.slice(0, -1), name], there)
}
