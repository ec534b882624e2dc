import { reached } from '../../kernel/reached.ts'
import { asMap, type Plain, type PlainMap } from '../document/document.ts'
import type { Path } from '../document/fault.ts'

/** A share is at most 1: a number above that, compared with it, was meant as a percentage. */
export type PlainPercentage = {
  readonly name: string
  readonly number: string
  readonly path: Path
}

export function plainPercentagesIn(offering: PlainMap): PlainPercentage[] {
  const shares = sharesIn(asMap(offering['measures']))
  return shares.size === 0 ? [] : comparedIn(offering, { shares, path: [] })
}

type Walk = { readonly shares: ReadonlySet<string>; readonly path: Path }

function comparedIn(written: Plain, { shares, path }: Walk): PlainPercentage[] {
  if (typeof written === 'string')
    return [...written.matchAll(comparison)].flatMap(([, name = '', number = '']) =>
      shares.has(name) && isAboveOne(number) ? [{ name, number, path }] : [],
    )
  const own = asMap(written)
  const name = String(own['measure'] ?? own['by'])
  const edges = shares.has(name) ? edgesIn(written, path) : []
  const inside = Object.entries(written).flatMap(([word, part]) =>
    comparedIn(part as Plain, { shares, path: [...path, word] }),
  )
  return [...edges.map((edge) => ({ name, ...edge })), ...inside]
}

const comparison = /\b([a-z][a-z0-9_]*) *(?:<=?|>=?) *(\d+(?:\.\d+)?)(?![\d.%])/g
const isAboveOne = (number: string) => /^\d+(\.\d+)?$/.test(number) && Number(number) > 1

/** The bounds of a level, and the edges of bands and rows. */
function edgesIn(written: Plain, path: Path): { number: string; path: Path }[] {
  if (typeof written === 'string') return []
  return Object.entries(written).flatMap(([word, part]) =>
    typeof part !== 'string'
      ? inEdges.has(word) || Array.isArray(written)
        ? edgesIn(part as Plain, [...path, word])
        : []
      : bounding.has(word) && isAboveOne(part)
        ? [{ number: part, path: [...path, word] }]
        : [],
  )
}

const bounding: ReadonlySet<string> = new Set([
  ...['at-least', 'at-most', 'from', 'above', 'below', 'up-to'],
])
const inEdges: ReadonlySet<string> = new Set(['bands', 'rows', 'when'])

/** What is 1 less a quotient, a part of its own kind, or 1 where there is nothing to divide by; and what is chosen of these. */
function sharesIn(measures: PlainMap): ReadonlySet<string> {
  const names = Object.keys(measures)
  const own = names.filter((name) => isShare(asMap(measures[name]), measures))
  return new Set(
    reached(own, (share) =>
      names.filter((name) => choosing.some((form) => asMap(measures[name])[form] === share)),
    ),
  )
}

const choosing = ['min', 'max', 'average', 'first', 'last', 'percentile', 'previous'] as const

function isShare(words: PlainMap, measures: PlainMap): boolean {
  if (words['forecast'] !== undefined) return true
  const formula = String(words['formula'] ?? '')
  if (/\b1 - .*\//.test(formula) || /\/.* : (1|100%)$/.test(formula)) return true
  const [, part, whole] = /^([a-z0-9_]+) \/ ([a-z0-9_]+)$/.exec(formula) ?? []
  return part !== undefined && whole !== undefined && isPartOf(part, whole, measures)
}

/** Of all that are counted, those that fit. */
function isPartOf(part: string, whole: string, measures: PlainMap): boolean {
  const [some, all] = [asMap(measures[part]), asMap(measures[whole])]
  return (
    some['count'] !== undefined &&
    some['count'] === all['count'] &&
    some['where'] !== undefined &&
    all['where'] === undefined
  )
}
