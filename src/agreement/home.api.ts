import { z } from 'zod'
import { readOpenOrders } from '../consumption/store.ts'
import { type Instant, utcText } from '../kernel/time.ts'
import { Kind } from '../party/shown.ts'
import { type Ref, titlesOf } from '../party/store.ts'
import { query } from '../platform/http/endpoint.ts'
import { stateOf } from '../platform/journal/kind.ts'
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
      kind: Kind.optional(),
    }),
  ),
  runs_out: z.array(z.object({ says: z.string(), at: z.string(), agreement: z.string() })),
  changed: z.array(
    z.object({
      ...{ says: z.string(), at: z.string(), by: z.string(), agreement: z.string().optional() },
    }),
  ),
})

type Card = ReturnType<typeof cardOf>
type Waiting = z.infer<typeof Home>['needs'][number]

export const showHome = query({
  name: 'show_home',
  route: 'GET /home',
  says: 'What waits for you, what runs out next, and what changed.',
  open: false,
  input: z.strictObject({}),
  output: Home,
  refusals: [],
  answer: async ({ client, work, viewer, now }) => {
    const [roles, agreements, orders, entries] = await Promise.all([
      client.query(rolesFor(viewer.party, viewer.person)),
      client.query(readAgreements({ after: '', limit: 500, status: undefined })),
      client.query(readOpenOrders(viewer.party)),
      client.query(readRecent(20)),
    ])
    const name = await titlesOf(work, [
      ...agreements.rows.flatMap(({ provider_id, consumer_id }) => [provider_id, consumer_id]),
      ...entries.rows.map(({ actor_id }) => actor_id),
      ...orders.rows.map(({ requested_by }) => requested_by),
    ])
    const cards = agreements.rows.map((row) => ({
      relationship: String(row.relationship_id),
      row: stateOf(row) as AgreementRow,
      card: cardOf(
        stateOf(row) as AgreementRow,
        { title: row.offering_title, zone: row.zone, currency: row.currency },
        name,
      ),
    }))
    const held = roles.rows.map((row) => stateOf(row) as RoleHolderRow)
    const holds = (relationship: string, ...roles: readonly string[]) =>
      held.some((one) => one.relationship_id === relationship && roles.includes(one.role))
    const titles = new Map(cards.map(({ card }) => [card.id, card.title]))
    return {
      now: utcText(now),
      needs: [
        ...cards.flatMap(({ card, row, relationship }) =>
          signatureNeeded(card, row, (...roles) => holds(relationship, ...roles)),
        ),
        ...orders.rows
          .filter(({ relationship_id }) => holds(relationship_id, 'practitioner', 'owner'))
          .map((order) => orderNeeded(order, name)),
      ],
      runs_out: cards
        .filter(({ card, row }) => row.status === 'active' && soon(card, now))
        .map(({ card }) => ({ says: `${card.title} ends`, at: card.until, agreement: card.id }))
        .toSorted((one, other) => (one.at < other.at ? -1 : 1)),
      changed: entries.rows.map(({ stream, command, actor_id, recorded_at }) => ({
        says: `${doneWords(command)}${titles.has(stream) ? `: ${titles.get(stream)}` : ''}`,
        at: recorded_at,
        by: actor_id === 'platform' ? 'Tessera' : name(actor_id).title,
        ...(titles.has(stream) && { agreement: stream }),
      })),
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

const orderNeeded = (order: Record<string, never>, name: (id: string) => Ref): Waiting => ({
  says: `Answer ${name(String(order['requested_by'])).title}: ${String(order['says'] ?? order['component']).replaceAll('_', ' ')}`,
  agreement: String(order['agreement_id']),
  command: order['status'] === 'requested' ? 'respond_to_order' : 'perform_action',
  since: String(order['requested_at']),
  kind: 'action',
})

const horizonMilliseconds = 60 * 86_400_000
const soon = ({ until }: Card, now: Instant) =>
  Date.parse(until) > now && Date.parse(until) - now < horizonMilliseconds

/** What a command did, in the past tense. */
const done: Readonly<Record<string, string>> = {
  propose_agreement: 'proposed an agreement',
  conclude_agreement: 'kept an agreement that was concluded',
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
const doneWords = (command: string) => done[command] ?? command.replaceAll('_', ' ')
