import { z } from 'zod'
import { readOpenOrders, withWords } from '../consumption/store.ts'
import { utcText } from '../kernel/time.ts'
import { Kind } from '../party/shown.ts'
import { type Ref, titlesOf } from '../party/store.ts'
import { query } from '../platform/http/endpoint.ts'
import { stateOf } from '../platform/journal/kind.ts'
import { heldAt } from '../relationship/authority.ts'
import { type RoleHolderRow, rolesFor } from '../relationship/store.ts'
import { readNamed, readNear, readRecent, readWaiting } from './list.store.ts'
import { cardOf } from './page.store.ts'
import type { AgreementRow } from './store.ts'
import { namedBySender } from './words.ts'

const Home = z.object({
  now: z.string(),
  needs: z.array(
    z.object({
      says: z.string(),
      agreement: z.string(),
      command: z.string(),
      since: z.string(),
      signs: z
        .enum(['provider', 'consumer', 'sponsor'])
        .optional()
        .describe('where it is a signature that waits, for whom'),
      /** What is ordered, where it is an order that waits. */
      order: z.string().optional(),
      kind: Kind.optional(),
    }),
  ),
  needs_of: z.enum(['all', 'first']).describe('all that waits, or what waits longest'),
  runs_out: z.array(z.object({ says: z.string(), at: z.string(), agreement: z.string() })),
  runs_out_of: z
    .enum(['all', 'first'])
    .describe('all that begin or end soon, or the first of them'),
  changed: z.array(
    z.object({
      ...{ says: z.string(), at: z.string(), by: z.string() },
      agreement: z.object({ id: z.string(), title: z.string() }).optional(),
      offering: z.string().optional(),
    }),
  ),
})

type Card = ReturnType<typeof cardOf>
type Shown = { readonly row: AgreementRow; readonly card: Card }
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
    const reader = { person: viewer.person, now }
    const [roles, waiting, near, orders, entries] = await Promise.all([
      client.query(rolesFor(viewer.party, viewer.person)),
      client.query(readWaiting(reader, waitingMax + 1)),
      client.query(readNear(reader, { until: now + horizonMilliseconds, limit: nearMax + 1 })),
      client.query(readOpenOrders({ ...reader, party: viewer.party }, waitingMax + 1)),
      client.query(readRecent(reader, changedMax)),
    ])
    const held = roles.rows.map((row) => stateOf(row) as RoleHolderRow)
    if (heldAt(held, now).length === 0) return { ...nothing, now: utcText(now) }
    const streams = [
      ...entries.rows.map(({ stream }) => stream),
      ...orders.rows.map(({ agreement_id: agreement }) => agreement),
    ]
    const named = await client.query(readNamed(reader, [...new Set<string>(streams)]))
    const rows = [...waiting.rows, ...near.rows, ...named.rows]
    const name = await titlesOf(work, [
      ...rows.flatMap(({ provider_id, consumer_id }) => [provider_id, consumer_id]),
      ...entries.rows.map(({ actor_id }) => actor_id),
      ...orders.rows.map(({ requested_by }) => requested_by),
    ])
    const cardFrom = (row: Record<string, never>): Shown => {
      const { offering_title: title = '', zone = '', currency = '' } = row
      const state = stateOf(row) as AgreementRow
      return { row: state, card: cardOf(state, { title, zone, currency }, { name, at: now }) }
    }
    const known = new Map(named.rows.map((row) => [String(row['id']), cardFrom(row)]))
    const ordered = await withWords(client, orders.rows.slice(0, waitingMax))
    const isCut = [waiting, orders].some(({ rows: found }) => found.length > waitingMax)
    const soon = near.rows
      .map((row) => nextOf(cardFrom(row).card, String(row['next'])))
      .toSorted((one, other) => (one.at < other.at ? -1 : 1))
    return {
      now: utcText(now),
      needs_of: isCut ? ('first' as const) : ('all' as const),
      needs: [
        ...waiting.rows.slice(0, waitingMax).map(cardFrom).map(signatureNeeded),
        ...ordered.map((order) =>
          orderNeeded(order, name, known.get(String(order['agreement_id']))?.row.status),
        ),
      ],
      runs_out: soon.slice(0, nearMax),
      runs_out_of: soon.length <= nearMax ? ('all' as const) : ('first' as const),
      changed: entries.rows.map(({ stream, command, actor_id, recorded_at, fact }) => {
        const title = known.get(stream)?.card.title
        return {
          ...{ says: doneWords(command, fact), at: recorded_at },
          by: actor_id === 'platform' ? 'Tessera' : name(actor_id).title,
          ...(title === undefined ? { offering: stream } : { agreement: { id: stream, title } }),
        }
      }),
    }
  },
})

const all = 'all' as const
const nothing = { needs: [], needs_of: all, runs_out: [], runs_out_of: all, changed: [] }

function signatureNeeded({ card, row }: Shown): Waiting {
  const { status, proposed_at, accepted_at, awaits } = row
  if (status === 'accepted')
    return {
      ...{ agreement: card.id, since: accepted_at ?? proposed_at, command: 'authorise_budget' },
      signs: 'sponsor',
      says: `Authorise the budget of ${card.title} with ${card.provider.title}`,
    }
  const proposer = awaits === 'provider' ? card.consumer : card.provider
  return {
    ...{ agreement: card.id, since: proposed_at, command: 'accept_agreement', signs: awaits },
    says: `Accept ${card.title}, proposed by ${proposer.title}`,
  }
}

const later = ' (the agreement has ended; what was begun may still be recorded)'

const orderNeeded = (
  order: Record<string, never>,
  name: (id: string) => Ref,
  status: AgreementRow['status'] | undefined,
): Waiting => {
  const who = name(String(order['requested_by'])).title
  const said = order['says'] ?? namedBySender(String(order['id'])) ?? order['component']
  const what = String(said).replaceAll('_', ' ')
  const about = { agreement: String(order['agreement_id']), order: String(order['id']) }
  const since = String(order['requested_at'])
  return order['status'] === 'requested'
    ? {
        ...{ ...about, since, kind: 'action', command: 'respond_to_order' },
        says: `Answer ${who}: ${what}`,
      }
    : {
        ...{ ...about, since, kind: 'action', command: 'perform_action' },
        says: `Perform for ${who}: ${what}${status === 'ended' ? later : ''}`,
      }
}

const waitingMax = 100
const nearMax = 100
const changedMax = 12
const horizonMilliseconds = 60 * 86_400_000

const nextOf = ({ id, title, from, ends_at }: Card, next: string) =>
  next === 'valid_from'
    ? { says: `${title} begins`, at: from, agreement: id }
    : { says: `${title} ends`, at: ends_at, agreement: id }

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
  correct_tag: 'corrected a tag',
  place_order: 'placed an order',
  respond_to_order: 'answered an order',
  perform_action: 'performed an action',
  confirm_receipt: 'confirmed a receipt',
  record_use: 'recorded a use',
  record_fact: 'recorded a fact',
  draft_offering: 'drafted an offering',
  publish_offering: 'published an offering',
  apply_offering: 'published an offering',
}
/** A kind of fact that the offering declares is told by its own name. */
const doneWords = (command: string, fact: string | null) =>
  command === 'record_fact' && fact !== null
    ? `recorded: ${fact.replaceAll('_', ' ')}`
    : (done[command] ?? command.replaceAll('_', ' '))
