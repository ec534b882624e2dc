import { targetGroupId } from '../party/terms.ts'
import type { Product, ProductComponent } from './terms.ts'

/** Who looks: the provider's own people, or a member of a target group. */
export type Viewer =
  | { readonly side: 'provider' }
  | { readonly side: 'consumer'; readonly group: string }

/** What a viewer sees of a product's component: to consumers its resources, costs and suppliers do not exist. */
export type VisibleComponent = Pick<ProductComponent, 'id' | 'title'> &
  Partial<Pick<ProductComponent, 'resources' | 'visible-to'>>

/**
 * The one projection of a product. Everything that shows a product to anybody goes through it; who may not see a
 * component gets neither its name nor a gap where it would stand.
 */
export function projectProduct(
  product: Product,
  viewer: Viewer,
): { readonly title: string; readonly components: readonly VisibleComponent[] } {
  if (viewer.side === 'provider') return { title: product.title, components: product.components }
  const visible = product.components.filter((component) => isVisible(component, viewer.group))
  return { title: product.title, components: visible.map(({ id, title }) => ({ id, title })) }
}

export const isVisible = (component: ProductComponent, group: string): boolean =>
  isShown(audienceOf(component), [targetGroupId(group)])

/** Ids of target groups, or `everybody`, who may be in none; nobody at all where it is empty. */
export type Audience = readonly string[]

export const everybody = 'everybody'

export function audienceOf({ 'visible-to': groups }: ProductComponent): Audience {
  if (groups === 'nobody') return []
  return groups === 'everybody' ? [everybody] : groups.map(targetGroupId)
}

/** Whether whoever is in these groups is among those that something is shown to; a stranger is in none. */
export const isShown = (audience: Audience, groups: readonly string[]): boolean =>
  audience.includes(everybody) || audience.some((group) => groups.includes(group))
