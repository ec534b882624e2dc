import { z } from 'zod'
import { Exact } from '../kernel/exact.ts'
import { Ref } from '../party/shown.ts'
import { titlesOf } from '../party/store.ts'
import { organisationId } from '../party/terms.ts'
import { query } from '../platform/http/endpoint.ts'
import { stateOf } from '../platform/journal/kind.ts'
import { countTagged, readFirstItems, readHandedOver } from '../provision/store.ts'
import { authorityRefusals, exercised, staff } from '../relationship/authority.ts'
import { type RoleHolderRow, rolesFor } from '../relationship/store.ts'
import { Resource, resourceId } from '../resource/terms.ts'
import { Service } from '../service/terms.ts'
import { goneFrom, onHand } from './stock.ts'
import { readPortfolio } from './store.ts'
import { Product, productId } from './terms.ts'
import { ThingShown, thingsIn, thingsShown } from './things.api.ts'

const ResourceShown = z.object({
  ...{ id: z.string(), title: z.string(), dimension: z.string() },
  quantity: z.string().optional(),
  supplier: Ref.optional(),
  cost: z.object({ amount: z.string(), currency: z.string(), per: z.string() }).optional(),
  stock: z.object({ total: z.string(), on_hand: z.string() }).optional(),
  things: z.number().describe('how many single things are counted in it'),
  items: z.array(ThingShown).describe('the first of them, by tag'),
  next: z.string().optional().describe('the cursor of list_things for those that follow'),
})
const Component = z.object({
  ...{ id: z.string(), title: z.string() },
  visible_to: z.array(z.string()),
  hidden: z.boolean(),
  resources: z.array(ResourceShown),
})

export const showPortfolio = query({
  name: 'show_portfolio',
  route: 'GET /portfolio',
  says: 'What your organisation keeps behind its offerings: services, products, and the resources they are made of; costs and suppliers for its owner alone.',
  open: false,
  roles: staff,
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
    const [roles, kept, first, counted, handed] = await Promise.all([
      client.query(rolesFor(viewer.party, viewer.person)),
      client.query(readPortfolio(viewer.party)),
      client.query(readFirstItems(viewer.party, itemsMax)),
      client.query(countTagged(viewer.party)),
      client.query(readHandedOver(viewer.party)),
    ])
    const held = roles.rows.map((row) => stateOf(row) as RoleHolderRow)
    const who = { person: viewer.person, now, claimed: viewer.role }
    const role = exercised(held, staff, who)
    if ('refusal' in role) return role
    const isOwners = 'role' in exercised(held, ['provider owner'], who)
    const things = await thingsOfResources(first.rows, { client, work, held, who })
    const tagged = new Map(counted.rows.map((row) => [String(row.resource_id), row as Tagged]))
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
    const name = await titlesOf(work, suppliers)
    const products = of('product').map((one) => Product.parse(one))
    const times = new Map(handed.rows.map((row) => [String(row.of), Exact.of(String(row.times))]))
    const gone = goneFrom(products, times)
    const resource = (id: string, quantity: string | undefined) =>
      resourceShown(resources.get(id), {
        ...{ id, quantity, name, gone: gone(id), items: things.get(resourceId(id)) ?? [] },
        tagged: tagged.get(resourceId(id)) ?? { things: 0, out: 0 },
      })
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

/** As many as a page shows at first. */
const itemsMax = 100

type Tagged = { readonly things: number; readonly out: number }

async function thingsOfResources(
  rows: readonly Record<string, never>[],
  looking: Parameters<typeof thingsShown>[1],
): Promise<ReadonlyMap<string, readonly z.infer<typeof ThingShown>[]>> {
  const things = thingsIn(rows)
  const resourceOf = new Map(things.map(({ id, resource_id }) => [id, resource_id]))
  const shown = await thingsShown(things, looking)
  return Map.groupBy(shown, ({ id }) => resourceOf.get(id) ?? '')
}

function resourceShown(
  resource: Resource | undefined,
  {
    id,
    quantity,
    items,
    tagged,
    name,
    gone,
  }: {
    readonly id: string
    readonly quantity: string | undefined
    readonly items: readonly z.infer<typeof ThingShown>[]
    readonly tagged: Tagged
    readonly name: (id: string) => { id: string; title: string }
    /** With goods that have no tag. */
    readonly gone: Exact
  },
) {
  const { things, out } = tagged
  const total = resource?.items ? Exact.whole(resource.items.length) : resource?.stock
  const { cost, supplier } = resource ?? {}
  const last = items.at(-1)
  return {
    id: resourceId(id),
    ...{ title: resource?.title ?? id, dimension: resource?.dimension ?? '' },
    ...(quantity !== undefined && { quantity }),
    ...(supplier !== undefined && { supplier: name(organisationId(supplier)) }),
    ...(cost && { cost: { amount: cost.amount.text, currency: cost.currency, per: cost.per } }),
    ...(total !== undefined && {
      stock: { total: total.text, on_hand: onHand(total, { own: things, out, gone }).text },
    }),
    things,
    items: [...items],
    ...(things > items.length && last && { next: last.tag }),
  }
}
