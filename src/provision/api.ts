import { z } from 'zod'
import { endMoved } from '../agreement/ending.ts'
import {
  factRefusals,
  happenedAt,
  mustHaveRun,
  mustRun,
  partiesOf,
  type Situation,
  situationLoads,
  situationOf,
  situationReads,
  situationRefusalsFor,
  withFact,
} from '../agreement/situation.store.ts'
import { SenderId } from '../agreement/terms.ts'
import type { Component } from '../contract/compiling.ts'
import { Exact } from '../kernel/exact.ts'
import type { Refusal } from '../kernel/refusal.ts'
import { type Instant, utcText } from '../kernel/time.ts'
import { command } from '../platform/http/endpoint.ts'
import type { Change, Command, Decision, Facts, Request } from '../platform/journal/command.ts'
import type { Event } from '../platform/journal/entry.ts'
import { derivedId } from '../platform/journal/id.ts'
import { resourceBehind, stockOf } from '../product/rules.ts'
import { type Taken, takenBy } from '../product/stock.ts'
import { readPortfolio } from '../product/store.ts'
import { followed, followingReads, spokenOf, type Thing, thingsOf } from './following.store.ts'
import { handingRefusals, handingRefused, stockRefused } from './handing.ts'
import {
  componentOf,
  handsOut,
  type ProvisionName,
  provisions,
  refusalOf,
  refusalsOf,
  refuseProvision,
  type Target,
} from './rules.ts'
import {
  countTagged,
  type GrantRow,
  grantKind,
  type ItemRow,
  itemKind,
  lockResources,
  readHandedOver,
} from './store.ts'
import { isCorrected } from './tag.ts'

const Recorded = z.object({ id: z.string().describe('of the fact that was recorded') })

const fields = {
  agreement: z.string(),
  component: z.string().min(1).max(60),
  item: z
    .string()
    .min(1)
    .max(80)
    .optional()
    .describe('a single thing, by its id (`itm_…`), which stands beside its tag in the agreement'),
  at: z.string().max(40).optional().describe('when it happened; now, where it is not said'),
  id: SenderId.optional().describe('of the fact, where the sender has a name for it'),
}
const tag = SenderId.optional().describe(
  'a single thing that is handed out for the first time, by the tag on it',
)

type Input = {
  readonly agreement: string
  readonly component: string
  readonly item?: string
  readonly tag?: string
  readonly at?: string
  readonly id?: string
  readonly how?: 'kept' | 'missing'
}

export const handOverGood = provision('hand_over_good', {
  route: 'POST /agreements/:agreement/hand-overs',
  says: 'Hands a good over: its title passes as the agreement says.',
  input: z.strictObject({ ...fields, tag }),
})

export const grantAccess = provision('grant_access', {
  route: 'POST /agreements/:agreement/grants',
  says: 'Grants access to a resource, or lends a single thing, for the agreed period.',
  input: z.strictObject({ ...fields, tag }),
})

export const endAccess = provision('end_access', {
  route: 'POST /agreements/:agreement/access-endings',
  says: 'Ends access that was granted.',
  input: z.strictObject(fields),
})

export const recordKept = provision('record_kept', {
  route: 'POST /agreements/:agreement/keepings',
  says: 'Records that what is on loan is kept, or is missing.',
  input: z.strictObject({ ...fields, how: z.enum(['kept', 'missing']).default('kept') }),
})

export const takeBack = provision('take_back', {
  route: 'POST /agreements/:agreement/returns',
  says: 'Takes back what was out under the agreement.',
  input: z.strictObject(fields),
})

function provision<const Name extends ProvisionName, Schema extends z.ZodObject>(
  name: Name,
  declared: { route: `POST /${string}`; says: string; input: Schema },
) {
  const { roles, fact } = provisions[name]
  return command({
    ...declared,
    name,
    roles,
    output: Recorded,
    refusals: [
      ...situationRefusalsFor(roles),
      ...refusalsOf(name),
      ...(handsOut(name) ? handingRefusals : []),
      ...Object.keys(factRefusals),
    ],
    command: {
      name,
      version: 1,
      streams: (input: Input, request) => {
        const item = itemStream(input, request)
        return item === undefined ? [input.agreement] : [input.agreement, item]
      },
      load: (input, request) => {
        const item = itemStream(input, request)
        return [
          ...situationLoads(input.agreement),
          { kind: grantKind, stream: input.agreement },
          ...(item === undefined ? [] : [{ kind: itemKind, stream: item, id: item }]),
        ]
      },
      read: (input, request) => ({
        ...situationReads(input.agreement, request),
        ...followingReads(input.agreement),
        ...(handsOut(name) && { portfolio: readPortfolio(request.actor.party) }),
        // Two that reach for the last one of a resource at once: the second counts what the first one took.
        ...(takesStock(name, input) && {
          alone: lockResources(request.actor.party),
          tagged: countTagged(request.actor.party),
        }),
        ...(isCounted(name, input) && { handed: readHandedOver(request.actor.party) }),
      }),
      decide: (input, facts) => decide(name, { ...input, kind: input.how ?? fact }, facts),
    } as Command<Input> as unknown as Command<z.output<Schema>>,
  })
}

/** A good without a tag. */
const isCounted = (name: ProvisionName, { item, tag }: Input) =>
  name === 'hand_over_good' && item === undefined && tag === undefined
const takesStock = (name: ProvisionName, input: Input) =>
  input.tag !== undefined || isCounted(name, input)

/** Tags are the provider's own, so the same tag of the same provider is the same thing. */
const itemStream = ({ item, tag }: Input, { actor }: Request): string | undefined =>
  item ?? (tag === undefined ? undefined : derivedId('itm', actor.party, tag))

function decide(
  name: ProvisionName,
  input: Input & { readonly kind: string },
  facts: Facts,
): Decision {
  const situation = situationOf(facts, input.agreement, provisions[name].roles)
  if ('refusal' in situation) return situation
  const halted = ('survives' in provisions[name] ? mustHaveRun : mustRun)(situation)
  if (halted) return { refusal: halted }
  const when = happenedAt(situation, input.at)
  if ('refusal' in when) return when
  const found = targetOf(input, facts, { situation, at: when.at })
  if ('refusal' in found) return found
  const { component, item, grants, target } = found
  const refusal =
    refusalOf(name, situation, target, when.at) ??
    (handsOut(name)
      ? item
        ? handingRefused(situation, handingOf(item, component, facts))
        : stockRefused(takenOf(component, facts))
      : undefined)
  if (refusal) return { refusal: toThingIn(input, refusal) }
  const at = utcText(when.at)
  const id = input.id ?? `fct_${facts.version(input.agreement) + 1}`
  const said = { about: item?.row.tag ?? component.id, component: component.id, at }
  const recorded = withFact(situation, { id, kind: input.kind, said }, facts.request)
  if ('refusal' in recorded) return recorded
  const { event, after } = recorded
  const own: Change = {
    stream: input.agreement,
    events: [
      event,
      ...grantEvents(name, { input, id, at, grants, about: said.about, item: item?.row.id }),
      ...endMoved(after, after.placed.slice(-1)),
    ],
    parties: partiesOf(situation),
    occurredAt: when.at,
  }
  const moved = item ? [thingOf(name, item, { component, facts })] : []
  const others = spokenOf(after, thingsOf(situation, facts, item && [item.row.id]), [id])
  const things = followed(after, [...moved, ...others], when.at)
  return { answer: { id }, role: situation.role, changes: [own, ...things] }
}

type Named = {
  readonly component: Component
  readonly item: FoundItem | undefined
  readonly grants: readonly GrantRow[]
  readonly target: Target
}

/** The component and the thing that a command names, as they are. */
function targetOf(
  input: Input,
  facts: Facts,
  { situation, at }: { readonly situation: Situation; readonly at: Instant },
): Named | { readonly refusal: Refusal } {
  const component = componentOf(situation, input.component, at)
  if (!component) return { refusal: refuseProvision('component_unknown', '/component') }
  if (input.item !== undefined && input.tag !== undefined)
    return { refusal: refuseProvision('item_must_be_named_once', '/tag') }
  const item = itemOf(input, facts)
  if (item === 'unknown') return { refusal: unknownItem(input.item ?? '') }
  const grants = openGrants(facts, { ...input, ...(item && { item: item.row.id }) })
  const target: Target = {
    agreement: input.agreement,
    component,
    granted: grants.length > 0,
    ...(item && { item: shownItem(item.row) }),
  }
  return { component, item, grants, target }
}

/** Questions and facts name a thing by its tag; what is done with one takes its id, which no correction changes. */
function unknownItem(item: string): Refusal {
  const words = `“${item}” is no id of a thing: that begins with “itm_”, and stands beside the tag in the agreement.`
  return refuseProvision('item_unknown', '/item', item.startsWith('itm_') ? undefined : words)
}

/** A refusal of the thing points to the word that named it. */
const toThingIn = ({ tag }: Input, refusal: Refusal): Refusal =>
  refusal.pointer === '/item' && tag !== undefined ? { ...refusal, pointer: '/tag' } : refusal

/** The thing that the command names. */
function thingOf(
  name: ProvisionName,
  { row, isNew }: FoundItem,
  { component, facts }: { readonly component: Component; readonly facts: Facts },
): Thing {
  const data = { tag: row.tag, resource_id: resourceOf(component, facts) ?? '' }
  // A good that the consumer keeps stays out, whatever the contract says of its owner.
  const isKept = name === 'record_kept' && component.kind === 'good'
  return {
    ...{ row, component, given: handsOut(name) || isKept },
    ...(isNew && {
      registered: [{ type: 'item_registered', v: 1, kind: itemKind.name, entity: row.id, data }],
    }),
  }
}

function handingOf({ row, isNew }: FoundItem, component: Component, facts: Facts) {
  const wanted = resourceOf(component, facts)
  const stock = wanted === undefined ? undefined : stockOf(wanted, documentsIn(facts))
  const { own: tagged } = taggedOf(wanted, facts)
  return {
    ...{ tag: row.tag, component, wanted, tagged },
    ...(!isNew && { resource: row.resource_id }),
    ...(stock && { stock }),
  }
}

function taggedOf(resource: string | undefined, { rows }: Facts) {
  const found = rows['tagged']?.find(({ resource_id: id }) => id === resource)
  return { own: Number(found?.['things'] ?? 0), out: Number(found?.['out'] ?? 0) }
}

/** Access without a tag takes nothing from the stock: only goods leave it. */
function takenOf({ kind, of }: Component, facts: Facts): readonly Taken[] {
  if (kind !== 'good') return []
  const handed = facts.rows['handed'] ?? []
  const times = new Map(handed.map((row) => [String(row['of']), Exact.of(String(row['times']))]))
  return takenBy(of, documentsIn(facts), {
    ...{ times, tagged: (resource) => taggedOf(resource, facts) },
  })
}

const resourceOf = ({ of }: Component, facts: Facts) => resourceBehind(of, documentsIn(facts))

const documentsIn = ({ rows }: Facts) =>
  (rows['portfolio'] ?? []) as unknown as readonly { id: string; document: string }[]

type FoundItem = { readonly row: ItemRow; readonly isNew: boolean }

function itemOf(input: Input, facts: Facts): FoundItem | 'unknown' | undefined {
  const stream = itemStream(input, facts.request)
  if (stream === undefined) return undefined
  const row = facts.entity(itemKind, stream, stream)
  if (row && !isCorrected(row)) return { row, isNew: false }
  if (input.tag === undefined) return 'unknown'
  return {
    isNew: true,
    row: {
      ...{ id: stream, provider_id: facts.request.actor.party, tag: input.tag, resource_id: '' },
      ...{ title: 'provider', custody: 'provider', since: utcText(facts.now) },
    },
  }
}

/** What was never out came into stock when its row began, which says nothing of where it was before. */
const shownItem = ({ id, tag, agreement_id, component, since }: ItemRow) => ({
  id,
  tag,
  ...(agreement_id !== undefined && { agreement: agreement_id }),
  ...(component !== undefined && { component, since: Date.parse(since) }),
})

const openGrants = (facts: Facts, { agreement, component, item }: Input): GrantRow[] =>
  facts
    .entities(grantKind, agreement)
    .filter(
      (grant) =>
        grant.ended_at === undefined && grant.component === component && grant.item_id === item,
    )

function grantEvents(
  name: ProvisionName,
  {
    input,
    id,
    at,
    grants,
    item,
    about,
  }: {
    readonly about: string
    readonly input: Input
    readonly id: string
    readonly at: string
    readonly grants: readonly GrantRow[]
    readonly item: string | undefined
  },
): Event[] {
  const event = (type: string, entity: string, data: Event['data']): Event => ({
    ...{ type, v: 1, kind: grantKind.name, entity, data },
  })
  if (name === 'hand_over_good') return []
  if (name !== 'grant_access') return grants.map((grant) => event('access_ended', grant.id, { at }))
  const data = { component: input.component, about, at }
  const single = item !== undefined && { item_id: item }
  return [event('access_granted', `grt_${id}`, { ...data, ...single })]
}

type Registered = {
  readonly item: string
  readonly provider: string
  readonly tag: string
  readonly resource: string
}

/** A single thing comes into stock. Registered again it stays what it is, also where its tag was found to be wrong since. */
export const registerItem: Command<Registered> = {
  name: 'register_item',
  version: 1,
  streams: ({ item }) => [item],
  load: ({ item }) => [{ kind: itemKind, stream: item, id: item }],
  decide: ({ item, provider, tag, resource }, facts) => {
    const data = { tag, resource_id: resource }
    const registered = { type: 'item_registered', v: 1, kind: itemKind.name, entity: item, data }
    const known = facts.entity(itemKind, item, item)
    // One that was lent before its resource was told has none yet.
    const isElse = known && !isCorrected(known) && ![resource, ''].includes(known.resource_id)
    if (isElse) return { refusal: refuseProvision('item_must_keep_its_resource', '/resource') }
    if (known) return { refusal: refuseProvision('item_must_be_new', '/tag') }
    return {
      answer: { id: item },
      changes: [{ stream: item, events: [registered], parties: { provider } }],
    }
  },
}
