import { z } from 'zod'
import { readOpenOrders, withWords } from '../consumption/store.ts'
import { type Instant, utcText } from '../kernel/time.ts'
import { Kind } from '../party/shown.ts'
import { type Ref, titlesOf } from '../party/store.ts'
import { query } from '../platform/http/endpoint.ts'
import { stateOf } from '../platform/journal/kind.ts'
import { heldAt } from '../relationship/authority.ts'
import { type RoleHolderRow, rolesFor } from '../relationship/store.ts'
import { cardOf } from './page.store.ts'
import { type AgreementRow, readAgreements, readRecent } from './store.ts'

const Home = z.object({
  now: z.string(),
  needs: z.array(
    z.object({
      says: z.string(),
      agreement: z.string(),
      command: z.string(),
      since: z.string(),
      /** What is ordered, where it is an order that waits. */
      order: z.string().optional(),
      kind: Kind.optional(),
    }),
  ),
  runs_out: z.array(z.object({ says: z.string(), at: z.string(), agreement: z.string() })),
  runs_out_of: z
    .enum(['all', 'first'])
    .describe('of all agreements, or of so many that not all were looked at'),
  changed: z.array(
    z.object({
      ...{ says: z.string(), at: z.string(), by: z.string() },
      agreement: z.object({ id: z.string(), title: z.string() }).optional(),
      offering: z.string().optional(),
    }),
  ),
})

type Card = ReturnType<typeof cardOf>
type Waiting = z.infer<typeof Home>['needs'][number]

export const showHome = query({
  name: 'show_home',
  route: 'GET /home',
  says: 'What waits for you, what runs out next, and what changed; nothing to whoever holds no role today.',
  open: false,
  input: z.strictObject({}),
  output: Home,
  refusals: [],
  answer: async ({ client, work, viewer, now }) => {
    const first = (status?: 'proposed' | 'accepted') =>
      client.query(readAgreements({ after: '', limit: agreementsMax, status }))
    const [roles, any, proposed, accepted, orders, entries] = await Promise.all([
      client.query(rolesFor(viewer.party, viewer.person)),
      ...([first(), first('proposed'), first('accepted')] as const),
      client.query(readOpenOrders(viewer.party)),
      client.query(readRecent(60)),
    ])
    const held = heldAt(
      roles.rows.map((row) => stateOf(row) as RoleHolderRow),
      now,
    )
    if (held.length === 0)
      return {
        now: utcText(now),
        needs: [],
        runs_out: [],
        runs_out_of: 'all' as const,
        changed: [],
      }
    // What waits for a signature is found however many others there are.
    const agreements = [
      ...new Map(
        [any, proposed, accepted].flatMap(({ rows }) => rows).map((row) => [row.id, row]),
      ).values(),
    ]
    const waiting = await withWords(client, orders.rows)
    const name = await titlesOf(work, [
      ...agreements.flatMap(({ provider_id, consumer_id }) => [provider_id, consumer_id]),
      ...entries.rows.map(({ actor_id }) => actor_id),
      ...orders.rows.map(({ requested_by }) => requested_by),
    ])
    const cards = agreements.map((row) => ({
      relationship: String(row.relationship_id),
      row: stateOf(row) as AgreementRow,
      card: cardOf(
        stateOf(row) as AgreementRow,
        { title: row.offering_title, zone: row.zone, currency: row.currency },
        name,
      ),
    }))
    const holds = (relationship: string, ...roles: readonly string[]) =>
      held.some((one) => one.relationship_id === relationship && roles.includes(one.role))
    const titles = new Map(cards.map(({ card }) => [card.id, card.title]))
    return {
      now: utcText(now),
      needs: [
        ...cards.flatMap(({ card, row, relationship }) =>
          signatureNeeded(card, row, (...roles) => holds(relationship, ...roles)),
        ),
        ...waiting
          .filter(({ relationship_id }) => holds(relationship_id, 'practitioner', 'owner'))
          .map((order) => orderNeeded(order, name)),
      ],
      runs_out: cards
        .flatMap(({ card, row }) => nextOf(card, { status: row.status, now }))
        .toSorted((one, other) => (one.at < other.at ? -1 : 1)),
      runs_out_of: any.rows.length < agreementsMax ? ('all' as const) : ('first' as const),
      changed: entries.rows
        .filter(({ stream, command }) => titles.has(stream) || /^\w+_offering$/.test(command))
        .slice(0, changedMax)
        .map(({ stream, command, actor_id, recorded_at, fact }) => {
          const title = titles.get(stream)
          return {
            ...{ says: doneWords(command, fact), at: recorded_at },
            by: actor_id === 'platform' ? 'Tessera' : name(actor_id).title,
            ...(title === undefined ? { offering: stream } : { agreement: { id: stream, title } }),
          }
        }),
    }
  },
})

function signatureNeeded(
  card: Card,
  { status, proposed_at: since, accepted_at }: AgreementRow,
  holds: (...roles: readonly string[]) => boolean,
): Waiting[] {
  const about = { agreement: card.id }
  if (status === 'proposed' && holds('customer'))
    return [
      {
        ...about,
        since,
        command: 'accept_agreement',
        says: `Accept ${card.title}, proposed by ${card.provider.title}`,
      },
    ]
  if (status === 'accepted' && holds('sponsor'))
    return [
      {
        ...{ ...about, since: accepted_at ?? since, command: 'authorise_budget' },
        says: `Authorise the budget of ${card.title} with ${card.provider.title}`,
      },
    ]
  return []
}

const orderNeeded = (order: Record<string, never>, name: (id: string) => Ref): Waiting => {
  const who = name(String(order['requested_by'])).title
  const what = String(order['says'] ?? order['component']).replaceAll('_', ' ')
  const about = { agreement: String(order['agreement_id']), order: String(order['id']) }
  const since = String(order['requested_at'])
  return order['status'] === 'requested'
    ? {
        ...{ ...about, since, kind: 'action', command: 'respond_to_order' },
        says: `Answer ${who}: ${what}`,
      }
    : {
        ...{ ...about, since, kind: 'action', command: 'perform_action' },
        says: `Perform for ${who}: ${what}`,
      }
}

const agreementsMax = 500
const changedMax = 12
const horizonMilliseconds = 60 * 86_400_000

/** When it begins or ends next, where that is near. */
function nextOf(
  { id, title, from, until }: Card,
  { status, now }: { readonly status: string; readonly now: Instant },
) {
  if (status !== 'active' && status !== 'accepted') return []
  const near = (at: string) => Date.parse(at) > now && Date.parse(at) - now < horizonMilliseconds
  return [
    ...(near(from) ? [{ says: `${title} begins`, at: from, agreement: id }] : []),
    ...(near(until) ? [{ says: `${title} ends`, at: until, agreement: id }] : []),
  ]
}

/** What a command did, in the past tense. */
const done: Readonly<Record<string, string>> = {
  propose_agreement: 'proposed an agreement',
  conclude_agreement: 'brought in what was agreed',
  accept_agreement: 'accepted',
  authorise_budget: 'authorised the budget',
  withdraw_proposal: 'withdrew the proposal',
  end_agreement: 'ended the agreement, as agreed',
  revise_agreement: 'kept a revision',
  hand_over_good: 'handed goods over',
  grant_access: 'granted access',
  end_access: 'ended access',
  record_kept: 'recorded what is kept or missing',
  take_back: 'took a thing back',
  place_order: 'placed an order',
  respond_to_order: 'answered an order',
  perform_action: 'performed an action',
  confirm_receipt: 'confirmed a receipt',
  record_use: 'recorded a use',
  record_fact: 'recorded a fact',
  draft_offering: 'drafted an offering',
  publish_offering: 'published an offering',
}
/** A kind of fact that the offering declares is told by its own name. */
const doneWords = (command: string, fact: string | null) =>
  command === 'record_fact' && fact !== null
    ? `recorded: ${fact.replaceAll('_', ' ')}`
    : (done[command] ?? command.replaceAll('_', ' '))
