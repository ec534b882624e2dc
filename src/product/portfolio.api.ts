import { z } from 'zod'
import { Exact, greatest } from '../kernel/exact.ts'
import { Ref } from '../party/shown.ts'
import { titlesOf } from '../party/store.ts'
import { organisationId } from '../party/terms.ts'
import { query } from '../platform/http/endpoint.ts'
import { stateOf } from '../platform/journal/kind.ts'
import { type ItemRow, readHandedOver, readItems } from '../provision/store.ts'
import { authorityRefusals, exercised, type Holder } from '../relationship/authority.ts'
import { type RoleHolderRow, rolesFor } from '../relationship/store.ts'
import { Resource, resourceId } from '../resource/terms.ts'
import { Service } from '../service/terms.ts'
import { readPortfolio } from './store.ts'
import { Product, productId } from './terms.ts'

const ItemShown = z.object({
  ...{ id: z.string(), tag: z.string(), title: z.string(), custody: z.string() },
  ...{ since: z.string(), agreement: z.string().optional(), holder: Ref.optional() },
})
const ResourceShown = z.object({
  ...{ id: z.string(), title: z.string(), dimension: z.string() },
  quantity: z.string().optional(),
  supplier: Ref.optional(),
  cost: z.object({ amount: z.string(), currency: z.string(), per: z.string() }).optional(),
  stock: z.object({ total: z.string(), on_hand: z.string() }).optional(),
  items: z.array(ItemShown),
})
const Component = z.object({
  ...{ id: z.string(), title: z.string() },
  visible_to: z.array(z.string()),
  hidden: z.boolean(),
  resources: z.array(ResourceShown),
})

const readers: readonly Holder[] = ['provider owner', 'provider practitioner']

export const showPortfolio = query({
  name: 'show_portfolio',
  route: 'GET /portfolio',
  says: 'What your organisation keeps behind its offerings: services, products, and the resources they are made of; costs and suppliers for its owner alone.',
  open: false,
  roles: readers,
  input: z.strictObject({}),
  output: z.object({
    services: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        outcomes: z.array(z.string()),
        products: z.array(z.string()),
      }),
    ),
    products: z.array(
      z.object({ id: z.string(), title: z.string(), components: z.array(Component) }),
    ),
  }),
  refusals: Object.keys(authorityRefusals),
  answer: async ({ client, work, viewer, now }) => {
    const [roles, kept, things, handed] = await Promise.all([
      client.query(rolesFor(viewer.party, viewer.person)),
      client.query(readPortfolio(viewer.party)),
      client.query(readItems(viewer.party)),
      client.query(readHandedOver(viewer.party)),
    ])
    const held = roles.rows.map((row) => stateOf(row) as RoleHolderRow)
    const who = { person: viewer.person, now, claimed: viewer.role }
    const role = exercised(held, readers, who)
    if ('refusal' in role) return role
    const isOwners = 'role' in exercised(held, ['provider owner'], who)
    const items = things.rows.map((row) => stateOf(row) as ItemRow)
    const documents = kept.rows.map(({ kind, document }) => ({
      kind: String(kind),
      document: JSON.parse(String(document)),
    }))
    const of = (kind: string) =>
      documents.filter((one) => one.kind === kind).map(({ document }) => document)
    const resources = new Map(
      of('resource').map((one) => {
        const { cost: _, supplier: __, ...known } = one
        return [String(one.id), Resource.parse(isOwners ? one : known)] as const
      }),
    )
    const suppliers = [...resources.values()].flatMap(({ supplier }) =>
      supplier === undefined ? [] : [organisationId(supplier)],
    )
    const name = await titlesOf(work, [
      ...suppliers,
      ...items.flatMap(({ consumer_id }) => consumer_id ?? []),
    ])
    const products = of('product').map((one) => Product.parse(one))
    const times = new Map(handed.rows.map((row) => [String(row.of), Exact.of(String(row.times))]))
    const gone = goneFrom(products, times)
    const resource = (id: string, quantity: string | undefined) =>
      resourceShown(resources.get(id), { id, quantity, items, name, gone: gone(id) })
    return {
      services: of('service')
        .map((one) => Service.parse(one))
        .map(({ id, title, outcomes, products }) => ({
          ...{ id, title, products: products.map(productId) },
          outcomes: outcomes.map((outcome) => outcome.title),
        })),
      products: products.map(({ id, title, components }) => ({
        ...{ id: productId(id), title },
        components: components.map((component) => ({
          ...{ id: component.id, title: component.title },
          visible_to: [component['visible-to']].flat(),
          hidden: component['visible-to'] === 'nobody',
          resources: component.resources.map(({ resource: one, quantity }) =>
            resource(one, quantity?.text),
          ),
        })),
      })),
    }
  },
})

/** How much of a resource left with goods that have no tag: each hand-over takes what the component is made of. */
function goneFrom(products: readonly Product[], times: ReadonlyMap<string, Exact>) {
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

function resourceShown(
  resource: Resource | undefined,
  {
    id,
    quantity,
    items,
    name,
    gone,
  }: {
    readonly id: string
    readonly quantity: string | undefined
    readonly items: readonly ItemRow[]
    readonly name: (id: string) => { id: string; title: string }
    /** With goods that have no tag. */
    readonly gone: Exact
  },
) {
  const own = items.filter(({ resource_id }) => resource_id === resourceId(id))
  const out = own.filter(({ agreement_id }) => agreement_id !== undefined).length
  const total = resource?.items ? Exact.whole(resource.items.length) : resource?.stock
  const { cost, supplier } = resource ?? {}
  return {
    id: resourceId(id),
    ...{ title: resource?.title ?? id, dimension: resource?.dimension ?? '' },
    ...(quantity !== undefined && { quantity }),
    ...(supplier !== undefined && { supplier: name(organisationId(supplier)) }),
    ...(cost && { cost: { amount: cost.amount.text, currency: cost.currency, per: cost.per } }),
    ...(total !== undefined && {
      stock: { total: total.text, on_hand: onHand(total, { own: own.length, out, gone }) },
    }),
    items: own.map(({ id: item, tag, title, custody, since, agreement_id, consumer_id }) => ({
      ...{ id: item, tag, title, custody, since },
      ...(agreement_id !== undefined && { agreement: agreement_id }),
      // Of what is back, its row still knows who had it last.
      ...(agreement_id !== undefined && consumer_id && { holder: name(consumer_id) }),
    })),
  }
}

/** More may have been tagged than the resource says it has, and more handed over. */
function onHand(
  total: Exact,
  { own, out, gone }: { readonly own: number; readonly out: number; readonly gone: Exact },
): string {
  const left = greatest(total, Exact.whole(own)).minus(Exact.whole(out)).minus(gone)
  return greatest(left, Exact.zero).text
}
