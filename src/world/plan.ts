import { agreementId } from '../agreement/terms.ts'
import { revisionAt } from '../contract/agreement/revision.ts'
import type { PlainMap } from '../contract/document/document.ts'
import type { Fact } from '../contract/fact/fact.ts'
import { type Instant, parseInstant, utcText } from '../kernel/time.ts'
import { offeringId } from '../offering/terms.ts'
import { belongingsOf } from '../party/rules.ts'
import { legalEntityId, organisationId, personId, targetGroupId } from '../party/terms.ts'
import { productId } from '../product/terms.ts'
import { roleHolders } from '../relationship/rules.ts'
import { type Relationship, relationshipId } from '../relationship/terms.ts'
import { resourceId } from '../resource/terms.ts'
import { serviceId } from '../service/terms.ts'
import { type LiveAgreement, mapOf, type World } from './world.ts'

type Input = { readonly [key: string]: unknown }

/** One command that brings a document, or a fact, into the platform. */
export type Act = {
  readonly at: Instant
  readonly command: string
  readonly input: Input
  /** The person of the world who does it; the platform itself where it was settled elsewhere. */
  readonly by?: { readonly person: string; readonly party: string }
  /** What it is about, for the line that tells of it. */
  readonly title: string
  /** The agreement of a fact or revision. */
  readonly under?: string
}

export type Naming = (party: string, tag: string) => string

const dayMilliseconds = 86_400_000
/** Agreements in files say no date of conclusion: it is taken to be some days before they begin. */
const concludedBefore = 10 * dayMilliseconds

/** Everything that a world holds as commands, in the order in which it happened. */
export function planOf(world: World, itemId: Naming): readonly Act[] {
  const relationships = [...world.relationships.values()].map(({ words }) => words)
  const beginning = [
    ...relationships.map(openedAt),
    ...agreementsOf(world).map(concludedAt),
  ].reduce((earliest, at) => Math.min(earliest, at), Number.POSITIVE_INFINITY)
  const start = Number.isFinite(beginning) ? beginning : 0
  const acts = [
    ...partiesOf(world, start),
    ...portfolioOf(world, start, itemId),
    ...offeringsOf(world, start),
    ...relationships.map((one) => opening(one)),
    ...agreementsOf(world).flatMap((live) => agreementActs(world, live, itemId)),
  ]
  return acts.toSorted((one, other) => one.at - other.at)
}

const agreementsOf = (world: World) => [...world.agreements.values()]
const openedAt = ({ from }: Relationship) => parseInstant(from, 'UTC') ?? 0
const concludedAt = (live: LiveAgreement) => live.agreement.frame.agreed.start - concludedBefore

function partiesOf(world: World, at: Instant): Act[] {
  const entities = [...world.legalEntities.values()].map(({ words }) => ({
    ...{ at, command: 'register_legal_entity', title: words.title },
    input: { entity: legalEntityId(words.id) },
  }))
  const organisations = [...world.organisations.values()].map(({ words }) => ({
    ...{ at, command: 'register_organisation', title: words.title },
    input: {
      organisation: organisationId(words.id),
      persons: (words.persons ?? []).map(({ id }) => personId(id)),
      // Another provider’s files may name the organisation and say nothing of what it belongs to.
      ...(words['legal-entities'] && {
        belongings: belongingsOf(words).map((one) => ({
          ...one,
          entity: legalEntityId(one.entity),
        })),
      }),
    },
  }))
  const groups = [...world.targetGroups.values()].flatMap(({ words }): Act[] => {
    const provider = providerTo(words.id, world)
    if (provider === undefined) return []
    const input = {
      group: targetGroupId(words.id),
      title: words.title,
      provider: organisationId(provider),
      ...(words.says !== undefined && { says: words.says }),
    }
    return [{ at, command: 'define_target_group', title: words.title, input }]
  })
  return [...entities, ...organisations, ...groups]
}

/** A target group is its provider's: of an offering made for it, or of a relationship with it. Before, it is nobody's. */
function providerTo(group: string, { offerings, relationships }: World): string | undefined {
  const offered = [...offerings.values()].find(({ words }) =>
    words['target-groups']?.includes(group),
  )
  if (offered?.words.provider !== undefined) return offered.words.provider
  return [...relationships.values()].find(({ words }) => words['target-group'] === group)?.words
    .provider
}

function portfolioOf(world: World, at: Instant, itemId: Naming): Act[] {
  const keep = (command: string, id: string, party: string, document: PlainMap): Act => ({
    ...{ at, command, title: String(document['title']) },
    input: { id, provider: organisationId(party), document: JSON.stringify(document) },
  })
  const resources = [...world.resources.values()].map(({ words, document }) =>
    keep('register_resource', resourceId(words.id), words.owner, mapOf(document)),
  )
  const products = [...world.products.values()].map(({ words, document }) =>
    keep('configure_product', productId(words.id), words.provider, mapOf(document)),
  )
  const services = [...world.services.values()].map(({ words, document }) =>
    keep('define_service', serviceId(words.id), words.provider, mapOf(document)),
  )
  const items = [...world.resources.values()].flatMap(({ words }) => {
    const provider = organisationId(words.owner)
    return (words.items ?? []).map((tag) => ({
      ...{ at, command: 'register_item', title: tag },
      input: { item: itemId(provider, tag), provider, tag, resource: resourceId(words.id) },
    }))
  })
  return [...resources, ...products, ...services, ...items]
}

function offeringsOf(world: World, at: Instant): Act[] {
  return [...world.offerings.values()].flatMap(({ words, document }): Act[] => {
    const offering = offeringId(words.id ?? '')
    const input = { offering, document: JSON.stringify(mapOf(document)) }
    return [{ at, command: 'apply_offering', title: words.title ?? '', input }]
  })
}

function opening(words: Relationship): Act {
  const { provider, consumer, from, until } = words
  return {
    ...{ at: openedAt(words), command: 'open_relationship' },
    title: words.title ?? words.id,
    input: {
      relationship: relationshipId(words.id),
      provider: organisationId(provider),
      consumer: organisationId(consumer),
      group: targetGroupId(words['target-group']),
      from,
      ...(until !== undefined && { until }),
      holders: roleHolders(words).map((holder) => ({ ...holder, person: personId(holder.person) })),
    },
  }
}

function agreementActs(world: World, live: LiveAgreement, itemId: Naming): Act[] {
  const { words, document, agreement } = live
  const relationship = world.relationships.get(words.relationship)?.words
  if (!relationship) return []
  const id = agreementId(words.id)
  const raw = mapOf(document)
  const [from, until] = words.period
  const users = Object.entries(words.users ?? {}).map(([kind, all]) => [kind, all.map(personId)])
  const concluded: Act = {
    ...{ at: Math.max(concludedAt(live), openedAt(relationship)), title: words.id },
    command: 'conclude_agreement',
    input: {
      ...{ id, from, until, users: Object.fromEntries(users) },
      offering: offeringId(words.offering),
      relationship: relationshipId(words.relationship),
      agreed: raw['agreed'] ?? {},
      deviations: raw['deviations'] ?? [],
      concludedBy: personId(roleHolders(relationship)[0]?.person ?? ''),
    },
  }
  const { zone } = agreement.frame
  const written = Array.isArray(raw['revisions']) ? (raw['revisions'] as PlainMap[]) : []
  const revisions = written.map(({ from: start, 'agreed-on': on, agreed, deviations }): Act => {
    const begins = parseInstant(String(start), zone) ?? 0
    return {
      ...{ at: parseInstant(String(on), zone) ?? concluded.at, title: words.id },
      ...{ command: 'revise_agreement', under: id },
      input: {
        ...{ agreement: id, from: utcText(begins) },
        ...(agreed !== undefined && { agreed }),
        ...(deviations !== undefined && { deviations }),
      },
    }
  })
  return [concluded, ...revisions, ...factActs(live, relationship, itemId)]
}

/** Each fact by the command that does it, sent by the person who did it. */
function factActs(live: LiveAgreement, relationship: Relationship, itemId: Naming): Act[] {
  const agreement = agreementId(live.words.id)
  const holders = roleHolders(relationship)
  const provider = organisationId(relationship.provider)
  return live.written.map(({ fact, said }): Act => {
    const named = typeof said['by'] === 'string' ? said['by'] : undefined
    const holder = holders.find(({ person }) => person === named) ?? holders[0]
    const { command, input } = commandOf(fact, said, { live, item: (tag) => itemId(provider, tag) })
    return {
      ...{ at: fact.recorded, command, under: agreement, title: fact.id },
      by: {
        person: personId(holder?.person ?? ''),
        party: organisationId(relationship[holder?.side ?? 'provider']),
      },
      input: { agreement, id: fact.id, ...input },
    }
  })
}

type Among = { readonly live: LiveAgreement; readonly item: (tag: string) => string }

function commandOf(fact: Fact, said: PlainMap, among: Among): { command: string; input: Input } {
  const at = utcText(fact.at)
  const to = fact.to === undefined ? {} : { to: utcText(fact.to) }
  const { about, component: own } = fact
  const { id: component = about ?? '', serialised = false } = componentOf(fact, among.live) ?? {}
  const tag = serialised && about !== undefined ? about : undefined
  const first = { component, at, ...(tag !== undefined && { tag }) }
  const known = { component, at, ...(tag !== undefined && { item: among.item(tag) }) }
  const concerning = {
    ...(about !== undefined && { about }),
    ...(own !== undefined && { component: own }),
  }
  switch (fact.kind) {
    case 'handed_over':
      return { command: 'hand_over_good', input: first }
    case 'granted':
      return { command: 'grant_access', input: first }
    case 'ended':
      return { command: 'end_access', input: known }
    case 'kept':
    case 'missing':
      return { command: 'record_kept', input: { ...known, how: fact.kind } }
    case 'returned':
      return { command: 'take_back', input: known }
    case 'received':
      return { command: 'confirm_receipt', input: known }
    case 'used':
      return { command: 'record_use', input: { component, at, ...pick(said, ['quantity']) } }
    case 'requested':
      return {
        command: 'place_order',
        input: { component, at, ...(about !== undefined && { order: about }) },
      }
    case 'responded':
      return { command: 'respond_to_order', input: { order: about ?? '', at } }
    case 'performed': {
      const order = isOrdered(about, among.live) && { order: about }
      return {
        command: 'perform_action',
        input: {
          component,
          from: at,
          to: utcText(fact.to ?? fact.at),
          values: valuesOf(said),
          ...order,
        },
      }
    }
    default:
      return {
        command: 'record_fact',
        input: { kind: fact.kind, at, ...to, values: valuesOf(said), ...concerning },
      }
  }
}

/** The component that a fact concerns: said, or that of the thing it is about. */
function componentOf(fact: Fact, { agreement, facts }: LiveAgreement) {
  const { components } = revisionAt(agreement, fact.at).contract
  const said = fact.component ?? fact.about ?? ''
  const earlier = facts.find(
    (one) => one.about === fact.about && one.component !== undefined,
  )?.component
  return components.get(said) ?? components.get(earlier ?? '')
}

const isOrdered = (about: string | undefined, { facts }: LiveAgreement) =>
  about !== undefined && facts.some((one) => one.kind === 'requested' && one.about === about)

const placed = new Set(['id', 'at', 'from', 'to', 'for', 'recorded', 'about', 'component', 'by'])
const valuesOf = (said: PlainMap) =>
  Object.fromEntries(Object.entries(said).filter(([name]) => !placed.has(name)))
const pick = (said: PlainMap, names: readonly string[]) =>
  Object.fromEntries(Object.entries(said).filter(([name]) => names.includes(name)))
