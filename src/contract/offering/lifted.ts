import type { Plain, PlainMap } from '../document/document.ts'
import type { Faults } from '../document/fault.ts'

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
    const id = componentId(rest)
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

export const componentId = (component: PlainMap) => {
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
