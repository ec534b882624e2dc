import { compileAgreement, unavailableOn } from '../agreement/agreement.ts'
import { checkWrittenFacts } from '../agreement/facts.ts'
import type { Agreement } from '../agreement/revision.ts'
import { checked } from '../document/checked.ts'
import { asMap, at, type Plain, type PlainMap } from '../document/document.ts'
import { type Fault, Faults, type Path, pointerOf } from '../document/fault.ts'
import type { Fact } from '../fact/fact.ts'
import { readPlacedFacts } from '../fact/read.ts'
import { agreedIn } from './agreed.ts'
import { type Ask, CaseWords, type RefusedWith } from './words.ts'

/** One try of a case, or the case itself where it has none. */
export type Try = {
  readonly name: string
  readonly path: Path
  readonly asks: readonly PlacedAsk[]
  /** The faults that have to be found, instead of answers. */
  readonly refused: readonly RefusedWith[]
  /** The agreement and its facts, or what is wrong with them. */
  readonly made: Made
}
export type OfferingOf = (id: string) => PlainMap | undefined
export type Tries = { readonly tries: readonly Try[]; readonly faults: readonly Fault[] }
type PlacedAsk = { readonly ask: Ask; readonly path: Path }
type Made =
  | { readonly agreement: Agreement; readonly facts: readonly Fact[] }
  | { readonly faults: readonly Fault[] }

/** Every try of a case, put together. */
export function triesIn(document: Plain, offeringOf: OfferingOf): Tries {
  const faults = new Faults()
  const parsed = checked(CaseWords, document, faults)
  if (!parsed) return { tries: [], faults: faults.list }
  const made = (path: Path) => madeOf({ document, offeringOf, path })
  if (!parsed.tries) {
    const { case: name, refused = [] } = parsed
    const asks = placedAsks(parsed.asks, [])
    return { tries: [{ name, path: [], asks, refused, made: made([]) }], faults: [] }
  }
  const tries = parsed.tries.map((one, place): Try => {
    const path = ['tries', place]
    const shared = one.refused ? [] : placedAsks(parsed.asks, [])
    return {
      ...{ path, refused: one.refused ?? [], made: made(path) },
      name: `${parsed.case} · ${one.name ?? `try ${place + 1}`}`,
      asks: [...shared, ...placedAsks(one.asks, path)],
    }
  })
  return { tries, faults: [] }
}

const placedAsks = (asks: readonly Ask[] | undefined, path: Path): PlacedAsk[] =>
  (asks ?? []).map((ask, at) => ({ ask, path: [...path, 'asks', at] }))

function madeOf({
  document,
  offeringOf,
  path,
}: {
  readonly document: Plain
  readonly offeringOf: OfferingOf
  readonly path: Path
}): Made {
  const faults = new Faults()
  const own = at(document, [...path, 'offering']) === undefined ? [] : path
  const written = at(document, [...own, 'offering'])
  const offering = typeof written === 'string' ? offeringOf(written) : (written as PlainMap)
  if (!offering) {
    const words =
      written === undefined
        ? 'Say “offering:”: a whole offering, or the id of one in the same world.'
        : `No offering has the id “${String(written)}”.`
    return { faults: [{ name: 'reference_unknown', pointer: '/offering', words }] }
  }
  const zone = String(offering['zone'] ?? 'UTC')
  const agreePath = at(document, [...path, 'agree']) === undefined ? ['agree'] : [...path, 'agree']
  const agree = {
    ...asMap(at(document, ['agree'])),
    ...(path.length > 0 ? asMap(at(document, [...path, 'agree'])) : {}),
  }
  const { period, revisions } = agreedIn(agree, offering, { zone, faults, path: agreePath })
  const { agreement, faults: refused } = compileAgreement(period, revisions)
  const places = {
    offering: pointerOf([...own, 'offering']),
    agree: (pointer: string) => agreedAt(document, path, pointer),
  }
  if (!agreement || !faults.none) {
    const under = pointerOf(agreePath)
    const found = faults.list.map((fault) =>
      fault.pointer.startsWith(`${under}/`)
        ? { ...fault, pointer: places.agree(fault.pointer.slice(under.length)) }
        : fault,
    )
    // What is agreed but cannot be read is not missing as well.
    const isAgreed = ({ name, pointer }: Fault) =>
      name === 'agreed_value_missing' && Object.hasOwn(agree, pointer.split('/').at(-1) ?? '')
    const others = refused.map((fault) => placed(fault, places)).filter((one) => !isAgreed(one))
    return { faults: [...found, ...others] }
  }
  const unavailable = unavailableOn(agreement)
  if (unavailable) return { faults: [placed(unavailable, places)] }
  const kinds = agreement.revisions[0]?.contract.factKinds ?? new Map()
  const lists = [['facts'], ...(path.length > 0 ? [[...path, 'facts']] : [])]
  const [shared = []] = lists.map((under) => listAt(document, under))
  const read = lists.flatMap((under, list) =>
    readPlacedFacts(listAt(document, under), kinds, {
      ...{ zone, faults, under, prefix: list === 0 ? '' : 'try_' },
      first: list * shared.length,
    }),
  )
  checkWrittenFacts(agreement, read, (one, name, words) => faults.add(name, one.path, words))
  return faults.none ? { agreement, facts: read.map(({ fact }) => fact) } : { faults: faults.list }
}

/** Faults of the offering point into it, those of agreed values and deviations to where they are agreed. */
const placed = (
  fault: Fault,
  places: { offering: string; agree: (pointer: string) => string },
): Fault => ({
  ...fault,
  pointer:
    fault.of === 'agreement'
      ? places.agree(fault.pointer.replace(/(^|\/revisions\/\d+)\/agreed(?=\/)/, '$1'))
      : places.offering + fault.pointer,
})

/** A try and a revision hold on to what was agreed before them: where it is written, the last first. */
function agreedAt(document: Plain, path: Path, pointer: string): string {
  const [, revision, inner = pointer] = /^\/revisions\/(\d+)(\/.*)$/.exec(pointer) ?? []
  const word = inner.split('/')[1] ?? ''
  const agrees: Path[] = [...(path.length > 0 ? [[...path, 'agree']] : []), ['agree']]
  const later = revision === undefined ? [] : [...Array(Number(revision) + 1).keys()].reverse()
  const candidates = [
    ...agrees.flatMap((agree) => later.map((one): Path => [...agree, 'revisions', one])),
    ...agrees,
  ]
  const written = candidates.find((one) => at(document, [...one, word]) !== undefined)
  const found = written ?? agrees.find((one) => at(document, one) !== undefined)
  return found ? pointerOf(found) + inner : pointerOf(['agree'])
}

const listAt = (data: Plain, path: Path): readonly Plain[] => {
  const found = at(data, path)
  return Array.isArray(found) ? (found as readonly Plain[]) : []
}
