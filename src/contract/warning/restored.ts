import { asMap, type PlainMap } from '../document/document.ts'
import { liftTerms } from '../offering/lifted.ts'

/** A transition that restores what no transition of the offering suspends: a revision before it may have; here none does. */
export type NeverRestored = { readonly name: string; readonly of: string; readonly pointer: string }

export function neverRestoredIn(offering: PlainMap): NeverRestored[] {
  const { terms = {} } = liftTerms(offering).lifted
  const rights = Object.entries(asMap(terms)).map(([name, term]) => {
    const { of, right } = asMap(asMap(term)['transition'])
    return { name, of: String(of), right }
  })
  const suspended = new Set(rights.filter(({ right }) => right === 'suspended').map(({ of }) => of))
  return rights.flatMap(({ name, of, right }) =>
    right === 'restored' && !suspended.has(of)
      ? [{ name, of, pointer: `/terms/${name}/transition/right` }]
      : [],
  )
}
