import { Exact, greatest } from '../kernel/exact.ts'
import { resourceId } from '../resource/terms.ts'
import { stockOf } from './rules.ts'
import { Product, productId } from './terms.ts'

type Kept = { readonly id: string; readonly document: string }

/** How many of a resource have a tag, how many of those are out, and how much left with goods that have none. */
export type Moved = { readonly own: number; readonly out: number; readonly gone: Exact }

/** More may have been tagged than the resource says it has. Less than nothing where more is gone than there was. */
export const onHand = (total: Exact, { own, out, gone }: Moved): Exact =>
  greatest(total, Exact.whole(own)).minus(Exact.whole(out)).minus(gone)

/** How much of a resource left with goods that have no tag: each hand-over takes what the component is made of. */
export function goneFrom(products: readonly Product[], times: ReadonlyMap<string, Exact>) {
  const taken = products.flatMap(({ id, components }) =>
    components.flatMap((component) => {
      const handed = times.get(`${id}.${component.id}`) ?? Exact.zero
      return component.resources.map(({ resource, quantity }) => ({
        resource,
        amount: handed.times(quantity ?? Exact.one),
      }))
    }),
  )
  return (id: string) =>
    taken
      .filter(({ resource }) => resource === id)
      .reduce((sum, { amount }) => sum.plus(amount), Exact.zero)
}

/** A counted resource that a good without a tag takes some of. */
export type Taken = {
  readonly resource: string
  readonly total: Exact
  readonly left: Exact
  readonly takes: Exact
}

/** What one more of a component takes of each resource that states how many there are. */
export function takenBy(
  of: string | undefined,
  documents: readonly Kept[],
  {
    times,
    tagged,
  }: {
    readonly times: ReadonlyMap<string, Exact>
    readonly tagged: (resource: string) => Omit<Moved, 'gone'>
  },
): readonly Taken[] {
  const [product = '', component] = (of ?? '').split('.')
  const made = productsIn(documents.filter(({ id }) => id === productId(product)))
    .flatMap(({ components }) => components)
    .find(({ id }) => id === component)
  const counted = (made?.resources ?? []).flatMap(({ resource, quantity }) => {
    const total = stockOf(resourceId(resource), documents)
    return total ? [{ resource, total, takes: quantity ?? Exact.one }] : []
  })
  if (counted.length === 0) return []
  const gone = goneFrom(productsIn(documents), times)
  return counted.map((one) => {
    const moved = { ...tagged(resourceId(one.resource)), gone: gone(one.resource) }
    return { ...one, left: onHand(one.total, moved) }
  })
}

const productsIn = (documents: readonly Kept[]) =>
  documents
    .filter(({ id }) => id.startsWith(productId('')))
    .map(({ document }) => Product.parse(JSON.parse(document)))
