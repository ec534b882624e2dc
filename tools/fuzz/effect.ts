import { runCase } from '../../src/contract/case/case.ts'
import { triesIn } from '../../src/contract/case/tries.ts'
import { at, type Plain, type PlainMap } from '../../src/contract/document/document.ts'
import { type Path, pointerOf } from '../../src/contract/document/fault.ts'
import { printedContract } from '../../src/contract/prose/contract.ts'
import { type Corpus, gathered } from './corpus.ts'
import { caseSchema, namesIn, pathsIn, put, without } from './document.ts'
import type { Draw } from './draw.ts'
import { grown, optionsOf, type Place, placesIn } from './grammar.ts'

/**
 * A word of a sound case that nobody notices: neither without it nor with another value in its place do faults, print or
 * answers differ. What merely repeats what holds without it is noticed as soon as it says something else.
 */
export function ignoredWord(document: Plain, draw: Draw, corpus: Corpus): string | undefined {
  const paths = pathsIn(document).filter((path) => isRead(path, document))
  const path = paths[draw.below(paths.length)]
  if (!path) return undefined
  const before = noticed(document, corpus)
  if (!before.isSound || noticed(without(document, path), corpus).text !== before.text)
    return undefined
  const others = alternatives(document, path, corpus)
    .map((other) => noticed(put(document, path, other), corpus))
    .filter(({ isSound }) => isSound)
  const isIgnored = others.length > 1 && others.every(({ text }) => text === before.text)
  return isIgnored
    ? `nobody notices ${pointerOf(path)}: ${JSON.stringify(at(document, path))}`
    : undefined
}

/**
 * A word that may be said, is said beside the others of a sound case, and changes nothing, whatever it says: the language
 * has it there, and neither refuses nor hears it.
 */
export function ignoredAddition(document: Plain, draw: Draw, corpus: Corpus): string | undefined {
  const places = placesIn(caseSchema, document).filter(
    ({ path, isAbsent }) =>
      isAbsent && path[0] === 'offering' && path.length > 3 && mayBeRead(path, document),
  )
  const before = noticed(document, corpus)
  if (!before.isSound || places.length === 0) return undefined
  for (let tried = 0; tried < placesTried; tried += 1) {
    const place = places[draw.below(places.length)]
    const found = place && unheard(place, before.text, { document, draw, corpus })
    if (found !== undefined) return found
  }
  return undefined
}
/** Of a hundred words that might be said beside the others. */
const placesTried = 4

type Trying = { readonly document: Plain; readonly draw: Draw; readonly corpus: Corpus }

function unheard(place: Place, before: string, trying: Trying): string | undefined {
  let sound: Plain | undefined
  for (const value of additions(place, trying)) {
    const after = noticed(put(trying.document, place.path, value), trying.corpus)
    if (!after.isSound) continue
    if (after.text !== before) return undefined
    // One value may be what holds without it; of two that differ one would be heard.
    if (sound !== undefined)
      return `nobody hears ${pointerOf(place.path)}: ${JSON.stringify(sound)}`
    sound = value
  }
  return undefined
}

/** Values that may stand in an absent place: what is written there elsewhere, nearest first, and what the grammar makes. */
function additions({ schema, word, path }: Place, { document, draw, corpus }: Trying): Plain[] {
  const own = gathered([document])
  const growing = { draw, corpus, own, names: namesIn(document) }
  const standing = [...own.under(word), ...corpus.under(word)]
  const from = draw.below(standing.length)
  const made = Array.from({ length: 6 }, () => grown(schema, { word, depth: path.length }, growing))
  const known = [...standing.slice(from), ...standing.slice(0, from)]
  const all = [...optionsOf(schema), ...own.under(word), ...known.slice(0, 10), ...made]
  return [...new Map(all.map((value) => [meaningOf(value), value])).values()]
}

/** “true” is another word for “yes”. */
const meaningOf = (value: Plain) =>
  value === 'true' ? '"yes"' : value === 'false' ? '"no"' : JSON.stringify(value)

/** Words that are no part of what is computed or printed here, each with whom they are for. */
const forOthers: readonly RegExp[] = [
  // Publication, and the viewer's projection of the product.
  /^\/offering\/(kind|id|version|title|provider|target-groups|services|utility|available)(\/|$)/,
  /^\/offering\/components\/\d+\/of$/,
  // What another agreement may agree; this one keeps to it.
  /^\/offering\/agreed\/\w+\/(allowed|default|at-least|at-most|type)(\/|$)/,
  /^\/offering\/agreed\/\w+\/\d+$/,
  // What a form asks for: the contract prints the values that were agreed.
  /^\/offering\/agreed\/\w+\/title$/,
  // What may be recorded, and is not read by this contract.
  /^\/offering\/facts\/\w+\/has(\/|$)/,
  // What terms would say that do not say their own.
  /^\/offering\/policies\//,
  // By which a deviation finds it.
  /\/bands\/\d+\/id$/,
]

const isRead = (path: Path, document: Plain): boolean =>
  typeof at(document, path) === 'string' && mayBeRead(path, document)

function mayBeRead(path: Path, document: Plain): boolean {
  const pointer = pointerOf(path)
  return (
    /^\/(offering|agree)\//.test(pointer) &&
    !forOthers.some((one) => one.test(pointer)) &&
    !isOverridden(path, document) &&
    !isUnreadDate(path, document) &&
    !isUnread(path, document)
  )
}

const sections = [
  'facts',
  'agreed',
  'measures',
  'tables',
  'calendars',
  'periods',
  'prices',
  'structures',
]

/** A definition or slot that no clause rests on is printed nowhere: somebody may still ask for it. */
function isUnread([part, section = '', inner = '']: Path, document: Plain): boolean {
  const isAgreed = part === 'agree' && at(document, ['offering', 'agreed', section]) !== undefined
  const name = isAgreed ? section : inner
  if (!isAgreed && !sections.includes(String(section))) return false
  const wordsOf = (path: Path) =>
    JSON.stringify(at(document, ['offering', ...path]) ?? '').match(/\w+/g)
  // What stands behind a component is called by a name of its own.
  const components = JSON.stringify(at(document, ['offering', 'components']) ?? '')
  const own = components.replaceAll(/"of":"[^"]*"/g, '').match(/\w+/g) ?? []
  const found = new Set<string>([...(wordsOf(['terms']) ?? []), ...own])
  for (const word of found)
    for (const one of sections.flatMap((kind) => wordsOf([kind, word]) ?? [])) found.add(one)
  return !found.has(String(name))
}

/** When it was agreed is asked by what reads that date, and by what was known by then. */
const isUnreadDate = (path: Path, document: Plain) =>
  path.at(-1) === 'agreed-on' && !/agreed_on|known-by/.test(JSON.stringify(document))

/** What every try agrees otherwise. */
function isOverridden([part, word = '']: Path, document: Plain): boolean {
  const tries = at(document, ['tries'])
  const own = part === 'agree' ? ['agree', word] : ['offering']
  return Array.isArray(tries) && tries.every((one) => at(one as Plain, own) !== undefined)
}

/** Other values of the same form. */
function alternatives(document: Plain, path: Path, corpus: Corpus): Plain[] {
  const pointer = pointerOf(path)
  const place = placesIn(caseSchema, document).find((one) => pointerOf(one.path) === pointer)
  const written = String(at(document, path))
  const word = String(path.findLast((step) => typeof step === 'string') ?? '')
  const options = place ? optionsOf(place.schema) : []
  const standing = corpus.under(word).filter((one) => typeof one === 'string')
  const free = ['title', 'says', 'because', 'by'].includes(word) ? [`${written} too`] : []
  const number = /^\d/.test(written) ? [`1${written}`] : []
  return [...options, ...free, ...number, ...standing].filter((one) => one !== written).slice(0, 12)
}

type Noticed = { readonly text: string; readonly isSound: boolean }

/** Whatever a reader could notice of a document: its faults, the printed contract, and whether it answers as expected. */
function noticed(document: Plain, corpus: Corpus): Noticed {
  const { offeringOf } = corpus
  const { faults, results } = runCase(document, offeringOf)
  if (faults.length > 0) return { text: JSON.stringify(faults), isSound: false }
  const { tries } = triesIn(document, offeringOf)
  const printed = tries.flatMap(({ made, path }) => {
    if ('faults' in made) return []
    const written = at(document, [...path, 'offering']) ?? at(document, ['offering'])
    const base = typeof written === 'string' ? offeringOf(written) : (written as PlainMap)
    const told = { provider: 'P', consumer: 'C', ...(base && { base }) }
    const { agreed } = made.agreement.frame
    return made.agreement.revisions.map((one) => printedContract(one, agreed, told))
  })
  return {
    text: JSON.stringify({ results, printed }),
    isSound: tries.every(({ refused }) => refused.length === 0),
  }
}
