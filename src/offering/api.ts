import { z } from 'zod'
import { checkOffering } from '../contract/agreement/agreement.ts'
import { bytesMax, type PlainMap, readDocuments } from '../contract/document/document.ts'
import { Faults } from '../contract/document/fault.ts'
import type { OfferingWords } from '../contract/language/offering.ts'
import { type Refusal, refuser } from '../kernel/refusal.ts'
import { organisationId, targetGroupId } from '../party/terms.ts'
import { command } from '../platform/http/endpoint.ts'
import type { Command, Facts } from '../platform/journal/command.ts'
import type { Event } from '../platform/journal/entry.ts'
import { portfolioBehind, readPortfolio } from '../product/store.ts'
import { Product, productId } from '../product/terms.ts'
import { authorityRefusals, exercised, type Held, type Holder } from '../relationship/authority.ts'
import { rolesFor } from '../relationship/store.ts'
import { Resource, resourceId } from '../resource/terms.ts'
import { Service, serviceId } from '../service/terms.ts'
import { foundBy, seenByItsProvider } from './projection.ts'
import { type Behind, checkPublication, shownTo } from './rules.ts'
import {
  draftId,
  type OfferingRow,
  offeringKind,
  offeringVersionKind,
  readLatest,
  versionId,
} from './store.ts'
import { offeringId } from './terms.ts'

const managers: readonly Holder[] = ['provider owner']

export const offeringRefusals = {
  offering_not_found: 'There is no such offering of yours.',
  document_must_be_one_offering: 'Send one document of the kind offering.',
  offering_must_keep_its_id: 'The id in the document is another than that of the offering.',
  offering_must_be_the_providers: 'The offering names another provider than the one you act for.',
  draft_must_exist: 'There is no draft to publish.',
  draft_must_be_the_one_read: 'The draft has changed since you read it.',
  draft_must_differ: 'The draft is the version that is published already.',
  document_must_differ: 'It is the version that is published already.',
} as const
const refuse = refuser(offeringRefusals)
/** In the order in which they are checked; after them come the faults of the document. */
const refusing = (...names: readonly (keyof typeof offeringRefusals)[]) => [
  ...Object.keys(authorityRefusals),
  ...names,
]

const DraftInput = z.strictObject({
  offering: z
    .string()
    .regex(
      /^off_[a-z][a-z0-9_]{0,59}$/,
      'is not the id of an offering: write off_ and its id in the file.',
    ),
  text: z.string().min(1).max(bytesMax),
})
type DraftInput = z.output<typeof DraftInput>

const Drafted = z.object({
  id: z.string(),
  draft: z.string().describe('what publish_offering expects'),
  faults: z.array(z.object({ name: z.string(), pointer: z.string(), words: z.string() })),
})

export const draftOffering = command({
  name: 'draft_offering',
  route: 'POST /offerings/:offering/draft',
  says: 'Keeps a draft of an offering, written in the offering language; tells its faults.',
  roles: managers,
  input: DraftInput,
  output: Drafted,
  refusals: refusing(
    'document_must_be_one_offering',
    'offering_must_keep_its_id',
    'offering_must_be_the_providers',
    'offering_not_found',
    'draft_must_differ',
  ),
  command: {
    name: 'draft_offering',
    version: 1,
    streams: ({ offering }: DraftInput) => [offering],
    load: ({ offering }) => [{ kind: offeringKind, stream: offering, id: offering }],
    read: ({ offering }, { actor }) => ({
      roles: rolesFor(actor.party, actor.person),
      latest: readLatest(offering),
    }),
    decide: ({ offering, text }, facts) => {
      const role = managing(facts)
      if ('refusal' in role) return role
      const { documents, faults } = readDocuments(text, 'draft')
      const [first, ...more] = documents
      const data = first?.data
      if (faults[0]) return { refusal: { ...faults[0], pointer: '/text' } }
      if (!isMap(data) || more.length > 0 || data['kind'] !== 'offering')
        return { refusal: refuse('document_must_be_one_offering', '/text') }
      if (offeringId(String(data['id'])) !== offering)
        return { refusal: refuse('offering_must_keep_its_id', '/text') }
      const provider = organisationId(String(data['provider']))
      if (facts.request.actor.party !== provider)
        return { refusal: refuse('offering_must_be_the_providers', '/text') }
      const known = facts.entity(offeringKind, offering, offering)
      if (known ? known.provider_id !== provider : facts.version(offering) > 0)
        return { refusal: refuse('offering_not_found', '/offering') }
      const document = JSON.stringify(data)
      if (document === (known?.draft ?? facts.rows['latest']?.[0]?.['document']))
        return { refusal: refuse('draft_must_differ', '/text') }
      const found = checkOffering(data).faults
      return {
        answer: {
          ...{ id: offering, draft: draftId(offering, document) },
          faults: found.map(({ name, pointer, words }) => ({ name, pointer, words })),
        },
        role: role.role,
        changes: [
          {
            stream: offering,
            events: [offeringEvent('offering_drafted', offering, { document })],
            parties: { provider },
          },
        ],
      }
    },
  },
})

const PublishInput = z.strictObject({
  offering: z.string(),
  expected: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('the draft that was read, as show_offering and draft_offering name it'),
})
type PublishInput = z.output<typeof PublishInput>

export const publishOffering = command({
  name: 'publish_offering',
  route: 'POST /offerings/:offering/publication',
  says: 'Publishes the draft as a version that never changes.',
  roles: managers,
  input: PublishInput,
  output: z.object({ id: z.string(), version: z.number() }),
  refusals: refusing(
    'offering_not_found',
    'draft_must_exist',
    'draft_must_be_the_one_read',
    'draft_must_differ',
  ),
  command: {
    name: 'publish_offering',
    version: 2,
    streams: ({ offering }: PublishInput) => [offering],
    load: ({ offering }) => [{ kind: offeringKind, stream: offering, id: offering }],
    read: ({ offering }, { actor }) => ({
      roles: rolesFor(actor.party, actor.person),
      ...publicationReads(offering),
    }),
    decide: ({ offering, expected }, facts) => {
      const role = managing(facts)
      if ('refusal' in role) return role
      const known = facts.entity(offeringKind, offering, offering)
      if (!known) return { refusal: refuse('offering_not_found', '/offering') }
      if (known.draft === undefined) return { refusal: refuse('draft_must_exist') }
      const unread = unreadDraft(expected, draftId(offering, known.draft))
      if (unread) return { refusal: unread }
      if (facts.rows['latest']?.[0]?.['document'] === known.draft)
        return { refusal: refuse('draft_must_differ') }
      const made = publication(known.draft, known, facts)
      if ('refusal' in made) return made
      const { provider_id: provider } = known
      const told = { offering, provider, told: 'offering_published', data: made.data } as const
      return { role: role.role, ...published(told) }
    },
  },
})

type AppliedInput = { readonly offering: string; readonly document: string }

/** A version from its provider's files. A draft is a person's, and goes on waiting unless it says the same. */
export const applyOffering: Command<AppliedInput> = {
  name: 'apply_offering',
  version: 1,
  streams: ({ offering }) => [offering],
  load: ({ offering }) => [{ kind: offeringKind, stream: offering, id: offering }],
  read: ({ offering, document }) => ({
    ...publicationReads(offering),
    portfolio: readPortfolio(providerIn(document)),
  }),
  decide: ({ offering, document }, facts) => {
    const provider = providerIn(document)
    const known = facts.entity(offeringKind, offering, offering)
    if (known ? known.provider_id !== provider : facts.version(offering) > 0)
      return { refusal: refuse('offering_not_found') }
    if (facts.rows['latest']?.[0]?.['document'] === document)
      return { refusal: refuse('document_must_differ') }
    const made = publication(
      document,
      { provider_id: provider, latest_version: 0, ...known },
      facts,
    )
    if ('refusal' in made) return made
    const told = known?.draft === document ? 'offering_published' : 'offering_applied'
    return published({ offering, provider, told, data: made.data })
  },
}

const providerIn = (document: string) => organisationId(String(JSON.parse(document)['provider']))

const publicationReads = (offering: string) => ({
  portfolio: portfolioBehind(offering),
  groups: { name: 'target groups', text: 'select id from target_group' },
  latest: readLatest(offering),
})

type Publication = Event['data'] & { readonly version: number }

function published({
  offering,
  provider,
  told,
  data,
}: {
  readonly offering: string
  readonly provider: string
  readonly told: 'offering_published' | 'offering_applied'
  readonly data: Publication
}) {
  const { version } = data
  const ofVersion: Event = {
    ...{ type: 'version_published', v: 1, kind: offeringVersionKind.name },
    ...{ entity: versionId(offering, version), data },
  }
  const events = [offeringEvent(told, offering, { version }), ofVersion]
  return {
    answer: { id: offering, version },
    changes: [{ stream: offering, events, parties: { provider } }],
  }
}

/** Nobody publishes what he did not read. */
function unreadDraft(read: string | undefined, kept: string) {
  if (read === kept) return undefined
  return read === undefined
    ? refuse('draft_must_be_the_one_read', '/expected', 'Say which draft you read.')
    : refuse('draft_must_be_the_one_read', '/expected')
}

/** What is kept of a draft as it is published, or the first thing that is wrong with it. */
function publication(
  document: string,
  { provider_id, latest_version }: Pick<OfferingRow, 'provider_id' | 'latest_version'>,
  facts: Facts,
): { readonly refusal: Refusal } | { readonly data: Publication } {
  const draft: PlainMap = JSON.parse(document)
  const { contract } = checkOffering(draft)
  const behind = behindOf(provider_id, facts)
  const unsound = faultOf(draft, contract?.words, behind)
  if (unsound || !contract) return { refusal: unsound ?? refuse('draft_must_exist') }
  const data = {
    // The author's number counts where it goes on from the last; what is published is never numbered twice.
    version: Math.max(latest_version + 1, Number(draft['version'] ?? 1)),
    title: String(draft['title']),
    target_groups: (contract.words['target-groups'] ?? []).map(targetGroupId),
    currency: String(draft['currency']),
    zone: String(draft['zone']),
    shown_to: shownTo(contract.words, behind),
    found_by: foundBy(draft, seenByItsProvider),
    document,
  }
  return { data }
}

const offeringEvent = (type: string, entity: string, data: Event['data']): Event => ({
  ...{ type, v: 1, kind: offeringKind.name, entity, data },
})

function managing({ rows, request, now }: Facts) {
  const held = (rows['roles'] ?? []) as unknown as readonly Held[]
  const { person, role: claimed } = request.actor
  return exercised(held, managers, { person, claimed, now })
}

/** The first thing that is wrong with a draft, by itself and with what stands behind it. */
function faultOf(
  draft: PlainMap,
  words: OfferingWords | undefined,
  behind: Behind,
): Refusal | undefined {
  const faults = new Faults()
  if (words) checkPublication(words, behind, faults)
  const [fault] = [...checkOffering(draft).faults, ...faults.list]
  return fault && { name: fault.name, pointer: fault.pointer, words: fault.words }
}

function behindOf(provider: string, { rows }: Facts): Behind {
  const documents = new Map(
    (rows['portfolio'] ?? []).map(({ id, document }) => [id, JSON.parse(String(document))]),
  )
  const groups = new Set((rows['groups'] ?? []).map(({ id }) => id))
  return {
    provider: (id) => organisationId(id) === provider,
    targetGroup: (id) => groups.has(targetGroupId(id)),
    service: (id) => Service.safeParse(documents.get(serviceId(id))).data,
    product: (id) => Product.safeParse(documents.get(productId(id))).data,
    resource: (id) => Resource.safeParse(documents.get(resourceId(id))).data,
  }
}

const isMap = (data: unknown): data is PlainMap =>
  typeof data === 'object' && data !== null && !Array.isArray(data)
