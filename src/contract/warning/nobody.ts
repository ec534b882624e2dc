import { asMap, type PlainMap } from '../document/document.ts'
import { liftTerms } from '../offering/lifted.ts'

/** What is paid for and nobody may use: its terms may reckon with it, and whoever asks whether he may is told no. */
export type ForNobody = { readonly component: string; readonly pointer: string }

export function forNobodyIn(offering: PlainMap): ForNobody[] {
  const { components } = offering
  const paidFor = new Set(
    Object.values(asMap(liftTerms(offering).lifted['terms'])).flatMap((term) => {
      const of = asMap(asMap(term)['charge'])['pays-for'] ?? []
      return Array.isArray(of) ? of.map(String) : [String(of)]
    }),
  )
  return (Array.isArray(components) ? components : []).map(asMap).flatMap((one, place) => {
    const component = String(one['access'] ?? one['action'] ?? '')
    return one['for'] === undefined && paidFor.has(component)
      ? [{ component, pointer: `/components/${place}` }]
      : []
  })
}
