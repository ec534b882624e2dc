import { didYouMean, type Faults } from '../contract/document/fault.ts'
import type { OfferingWords } from '../contract/language/offering.ts'
import { audienceOf, isVisible } from '../product/projection.ts'
import type { Product, ProductComponent } from '../product/terms.ts'
import type { Resource } from '../resource/terms.ts'
import type { Service } from '../service/terms.ts'
import type { ShownTo } from './projection.ts'

/** What stands behind an offering, as far as it exists. */
export type Behind = {
  readonly provider: (id: string) => boolean
  readonly targetGroup: (id: string) => boolean
  readonly service: (id: string) => Service | undefined
  readonly product: (id: string) => Product | undefined
  readonly resource: (id: string) => Resource | undefined
}

const head = ['id', 'title', 'provider', 'target-groups', 'services'] as const

/**
 * An offering is published only with services, products and resources behind it, for target groups that may see each
 * component that it offers (R002, R036, R041).
 */
export function checkPublication(offering: OfferingWords, behind: Behind, faults: Faults): void {
  for (const word of head)
    if (offering[word] === undefined)
      faults.add('publication_incomplete', [], `Say “${word}:”: a published offering has it.`)
  if ((offering.components ?? []).length === 0)
    faults.add(
      'publication_incomplete',
      [],
      'An offering has at least one component: a good, an access or an action.',
    )
  if (offering.provider !== undefined && !behind.provider(offering.provider))
    faults.add(
      'reference_unknown',
      ['provider'],
      `No organisation is called “${offering.provider}”.`,
    )
  ;(offering['target-groups'] ?? []).forEach((group, place) => {
    if (!behind.targetGroup(group))
      faults.add(
        'reference_unknown',
        ['target-groups', place],
        `No target group is called “${group}”.`,
      )
  })
  const products = productsBehind(offering, behind, faults)
  checkComponents(offering, products, faults)
  for (const product of products) checkResources(product, behind, faults)
}

/** Whom its product shows each component to; what has nothing behind it is shown to nobody. */
export function shownTo(offering: OfferingWords, { product }: Pick<Behind, 'product'>): ShownTo {
  return Object.fromEntries(
    (offering.components ?? []).map(({ good, access, action, of = '' }) => {
      const [name = '', part] = of.split('.')
      const found = product(name)?.components.find(({ id }) => id === part)
      return [good ?? access ?? action ?? '', found ? audienceOf(found) : []]
    }),
  )
}

function productsBehind(offering: OfferingWords, behind: Behind, faults: Faults): Product[] {
  return (offering.services ?? []).flatMap((id, place) => {
    const path = ['services', place]
    const service = behind.service(id)
    if (!service) {
      faults.add('reference_unknown', path, `No service is called “${id}”.`)
      return []
    }
    if (service.provider !== offering.provider)
      faults.add(
        'reference_unknown',
        path,
        `“${service.title}” is a service of ${service.provider}: what another provides is offered as a service of one’s own, whose product stands on a resource with “supplier: ${service.provider}”.`,
      )
    return service.products.flatMap((one) => {
      const product = behind.product(one)
      if (!product)
        faults.add(
          'publication_incomplete',
          path,
          `“${service.title}” is based on a product “${one}” that does not exist.`,
        )
      return product ?? []
    })
  })
}

function checkComponents(
  offering: OfferingWords,
  products: readonly Product[],
  faults: Faults,
): void {
  const known = new Map<string, ProductComponent>()
  for (const product of products)
    for (const component of product.components)
      known.set(`${product.id}.${component.id}`, component)
  ;(offering.components ?? []).forEach((component, place) => {
    const path = ['components', place]
    if (component.of === undefined) {
      faults.add(
        'product_component_unknown',
        path,
        'Say “of: product.component”: what stands behind it?',
      )
      return
    }
    const found = known.get(component.of)
    if (found) checkVisibility(found, offering['target-groups'] ?? [], { faults, path })
    else {
      faults.add(
        'product_component_unknown',
        [...path, 'of'],
        `No product behind this offering has a component “${component.of}”.${didYouMean(component.of, known.keys())}`,
      )
    }
  })
}

function checkVisibility(
  component: ProductComponent,
  groups: readonly string[],
  { faults, path }: { faults: Faults; path: readonly (string | number)[] },
): void {
  for (const group of groups)
    if (!isVisible(component, group))
      faults.add(
        'product_component_unknown',
        [...path, 'of'],
        `“${component.title}” is not visible to ${group}: what is hidden from a group cannot be offered to it.`,
      )
}

function checkResources(product: Product, behind: Behind, faults: Faults): void {
  for (const component of product.components)
    for (const { resource } of component.resources)
      if (!behind.resource(resource))
        faults.add(
          'publication_incomplete',
          ['services'],
          `The product “${product.title}” needs a resource “${resource}” that does not exist.`,
        )
}
