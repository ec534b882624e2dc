import type { Plain, PlainMap } from '../contract/document/document.ts'
import { Exact } from '../kernel/exact.ts'
import { resourceId } from '../resource/terms.ts'
import { productId } from './terms.ts'

type Kept = { readonly id: string; readonly document: string }

/** The resource that a component of a product is counted in: one that has stock or single items, else the first. */
export function resourceBehind(
  of: string | undefined,
  documents: readonly Kept[],
): string | undefined {
  const [product = '', component] = (of ?? '').split('.')
  const found = mapIn(documents, productId(product))
  const parts = listOf(found?.['components'])
  const made = parts.find((one) => one['id'] === component)
  const names = listOf(made?.['resources']).map((one) => resourceId(String(one['resource'])))
  const counted = names.find((id) => {
    const resource = mapIn(documents, id)
    return resource?.['stock'] !== undefined || resource?.['items'] !== undefined
  })
  return counted ?? names[0]
}

/** How many single things a resource has: those that it names, or the number that it states; undefined where it says neither. */
export function stockOf(resource: string, documents: readonly Kept[]): Exact | undefined {
  const { items, stock } = mapIn(documents, resource) ?? {}
  if (Array.isArray(items)) return Exact.whole(items.length)
  return typeof stock === 'string' ? Exact.of(stock) : undefined
}

function mapIn(documents: readonly Kept[], id: string): PlainMap | undefined {
  const found = documents.find((one) => one.id === id)
  return found && JSON.parse(found.document)
}

const listOf = (plain: Plain | undefined) => (Array.isArray(plain) ? (plain as PlainMap[]) : [])
