import { z } from 'zod'
import { Side } from '../contract/language/words.ts'
import { Allowance, Kind, Ref, Role } from '../party/shown.ts'

export const Clause = z.object({
  id: z.string(),
  number: z.string(),
  heading: z.string(),
  kind: Kind.optional(),
  title: z.string(),
  text: z.string(),
  says: z.string().optional(),
  tailored: z.array(
    z.object({
      says: z.string(),
      /** The words that stand in the text now, and those that stood there. */
      is: z.string().optional(),
      was: z.string().optional(),
      because: z.string().optional(),
    }),
  ),
  survives: z.boolean(),
})

export const Status = z.enum(['proposed', 'accepted', 'active', 'ended', 'withdrawn'])

export const AgreementCard = z.object({
  id: z.string(),
  title: z.string(),
  offering: z.object({ id: z.string(), title: z.string(), version: z.number() }),
  provider: Ref,
  consumer: Ref,
  status: Status,
  /** Proposed or accepted, and its period is over: it can be taken up no more. */
  lapsed: z.boolean(),
  from: z.string(),
  until: z.string(),
  ends_at: z
    .string()
    .describe('when it ends as far as is foreseen: as agreed, or before that by a term'),
  zone: z.string(),
  currency: z.string(),
  tailored: z.number(),
})

const Standing = z.object({
  title: z.string(),
  custody: z.string(),
  right: z.string(),
  /** In their order, each with the clause that says so. */
  changes: z.array(
    z.object({
      of: z.enum(['title', 'custody', 'right']),
      at: z.string(),
      to: z.string(),
      clause: z.string(),
    }),
  ),
})

export const Field = z.object({
  name: z.string(),
  title: z.string(),
  type: z.enum([
    'text',
    'number',
    'money',
    'truth',
    'choice',
    'date',
    'time',
    'duration',
    'instant',
  ]),
  unit: z.string().optional(),
  choices: z.array(z.string()).optional(),
  required: z.boolean(),
})
export type Field = z.infer<typeof Field>

const ComponentShown = z.object({
  id: z.string(),
  kind: Kind,
  title: z.string(),
  serialised: z.boolean(),
  users: z.array(z.string()),
  standing: Standing,
  items: z.array(Standing.extend({ id: z.string(), tag: z.string(), actions: z.array(Allowance) })),
  actions: z.array(Allowance),
  free_items: z.array(z.object({ id: z.string(), tag: z.string() })).optional(),
  /** What is said when it is performed, beside its time. */
  fields: z.array(Field),
})

const OrderShown = z.object({
  id: z.string(),
  component: z.string(),
  title: z.string(),
  says: z.string().optional(),
  status: z.enum(['requested', 'responded', 'performed']),
  requested_at: z.string(),
  requested_by: Ref,
  responded_at: z.string().optional(),
  performed_at: z.string().optional(),
  due: z.array(
    z.object({
      target: z.string(),
      title: z.string(),
      number: z.string(),
      at: z.string().optional(),
      met: z.boolean().optional(),
    }),
  ),
  actions: z.array(Allowance),
})

const HappenedShown = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  lane: z.string(),
  component: z.string().optional(),
  about: z.string().optional(),
  at: z.string(),
  to: z.string().optional(),
  recorded_at: z.string(),
  by: Ref.optional(),
})

const PersonShown = Ref.extend({ roles: z.array(Role) })
const PartyShown = z.object({ organisation: Ref, persons: z.array(PersonShown) })

const Cited = z.object({ clause: z.string(), number: z.string(), title: z.string() })
const Committed = z.object({
  amount: z.string().describe('due over the agreed period whatever happens'),
  ceiling: z.string().optional().describe('at most due, where every clause has a bound'),
  unbounded: z.array(Cited).describe('clauses that set no bound to what may fall due'),
  undecided: z.array(Cited).describe('clauses of which it is not known yet what they make due'),
})

export const AgreementShown = AgreementCard.extend({
  side: Side,
  version: z.number(),
  offered: z.number().describe('the version of its offering that is published last'),
  revision: z.number(),
  revisions: z.array(
    z.object({ number: z.number(), from: z.string(), agreed_on: z.string().optional() }),
  ),
  parties: z.object({ provider: PartyShown, consumer: PartyShown }),
  proposed_at: z.string(),
  /** The side that accepts it, or did. */
  awaits: Side,
  own_values: z
    .array(z.object({ title: z.string(), is: z.string(), was: z.string().optional() }))
    .describe('agreed in other words than the offering’s own, and not left by it to the consumer'),
  committed: Committed.optional().describe('of one that does not run yet'),
  accepted_at: z.string().optional(),
  authorised_at: z.string().optional(),
  /** The consumer's own. */
  budget: z.object({ amount: z.string(), currency: z.string() }).optional(),
  users: z.record(z.string(), z.array(Ref)),
  head: z.array(z.string()),
  clauses: z.array(Clause),
  definitions: z.array(z.object({ term: z.string(), text: z.string() })),
  components: z.array(ComponentShown),
  orders: z.array(OrderShown),
  own_facts: z.array(
    z.object({
      kind: z.string(),
      title: z.string(),
      shape: z.enum(['event', 'interval', 'state']),
      fields: z.array(Field),
      record: Allowance,
    }),
  ),
  happened: z.array(HappenedShown),
  earlier: z
    .string()
    .optional()
    .describe(
      'where orders or facts lie before those shown: the instant (`at`) to look at for them',
    ),
  actions: z.array(Allowance),
  at: z.string(),
  known_by: z.string().optional(),
  ask: z.object({
    users: z.array(z.string()),
    values: z.array(Ref),
    kinds: z.array(z.string()).describe('kinds of fact that the terms name'),
    /** What the offering leaves open to be agreed. */
    agreed: z.array(Field),
    /** Those with a clock are due for an event that started it; the others are measured over a period. */
    targets: z.array(Ref.extend({ events: z.array(z.string()).optional() })),
    events: z.array(z.object({ id: z.string(), title: z.string(), at: z.string() })),
  }),
})
export type AgreementShown = z.infer<typeof AgreementShown>
