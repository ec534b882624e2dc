import { z } from 'zod'
import type { PlainMap } from '../contract/document/document.ts'
import { refuser } from '../kernel/refusal.ts'
import { utcText } from '../kernel/time.ts'
import { versionOfAgreement } from '../offering/store.ts'
import { command } from '../platform/http/endpoint.ts'
import type { Command, Decision, Facts, Request } from '../platform/journal/command.ts'
import type { Event } from '../platform/journal/entry.ts'
import { followed, followingReads, thingsOf } from '../provision/following.store.ts'
import { grantKind } from '../provision/store.ts'
import { authorityRefusals, exercised, type Held } from '../relationship/authority.ts'
import { rolesInAgreement } from '../relationship/store.ts'
import { endAtFirst, endForeseen } from './ending.ts'
import type { Ground } from './propose.ts'
import {
  factEvent,
  situationLoads,
  situationOf,
  situationReads,
  withRecorded,
  withRevision,
} from './situation.store.ts'
import { type StepName, stepRefusals, stepRefused, steps } from './steps.ts'
import {
  type AgreementRow,
  agreementEvent,
  agreementKind,
  envelopeKind,
  readGround,
  revisionKind,
} from './store.ts'

const refuse = refuser({
  agreement_not_found: 'There is no such agreement, or you have no part in it.',
})

const Status = z.object({ id: z.string(), status: z.string() })

const AgreementInput = z.strictObject({ agreement: z.string() })

type OfAgreement = { readonly agreement: string }
const stepReads = {
  streams: ({ agreement }: OfAgreement): readonly [string] => [agreement],
  load: ({ agreement }: OfAgreement) => [{ kind: agreementKind, stream: agreement, id: agreement }],
  read: ({ agreement }: OfAgreement, { actor }: Request) => ({
    roles: rolesInAgreement(agreement, actor.person),
    ground: readGround(agreement),
  }),
}

export const acceptAgreement = step('accept_agreement', {
  route: 'POST /agreements/:agreement/acceptance',
  says: 'Accepts what the other side proposed.',
  events: ({ id }) => [agreementEvent('agreement_accepted', id)],
  status: 'accepted',
})

export const withdrawProposal = step('withdraw_proposal', {
  route: 'POST /agreements/:agreement/withdrawal',
  says: 'Takes a proposal back, or declines it.',
  events: ({ id }) => [agreementEvent('proposal_withdrawn', id)],
  status: 'withdrawn',
})

function step<const Name extends StepName>(
  name: Name,
  declared: {
    readonly route: `POST /${string}`
    readonly says: string
    readonly events: (row: AgreementRow) => Event[]
    readonly status: string
  },
) {
  return command({
    name,
    ...{ route: declared.route, says: declared.says },
    roles: steps[name].roles,
    input: AgreementInput,
    output: Status,
    refusals: ['agreement_not_found', ...Object.keys(authorityRefusals), ...stepRefusals(name)],
    command: {
      ...{ name, version: 1 },
      ...stepReads,
      decide: ({ agreement }: { agreement: string }, facts: Facts) => {
        const found = taken(name, agreement, facts)
        if ('refusal' in found) return found
        return {
          answer: { id: agreement, status: declared.status },
          role: found.role,
          changes: [
            {
              stream: agreement,
              events: declared.events(found.row),
              parties: partiesOf(found.row),
            },
          ],
        }
      },
    },
  })
}

const partiesOf = ({ provider_id, consumer_id }: AgreementRow) => ({
  provider: provider_id,
  consumer: consumer_id,
})

function taken(
  name: StepName,
  agreement: string,
  facts: Facts,
): { readonly row: AgreementRow; readonly role: string } | Extract<Decision, { refusal: unknown }> {
  const row = facts.entity(agreementKind, agreement, agreement)
  const ground = facts.rows['ground']?.[0] as Ground | undefined
  if (!row || !ground) return { refusal: refuse('agreement_not_found', '/agreement') }
  const held = (facts.rows['roles'] ?? []) as unknown as readonly Held[]
  const { person, role: claimed } = facts.request.actor
  const { now } = facts
  const role = exercised(held, steps[name].roles, { person, claimed, now, zone: ground.zone })
  if ('refusal' in role) return role
  const refusal = stepRefused(name, { row, role: role.role, ground, now })
  return refusal ? { refusal } : { row, role: role.role }
}

const BudgetInput = z.strictObject({
  agreement: z.string(),
  amount: z
    .string()
    .regex(/^(?=.*[1-9])\d{1,15}(\.\d{1,6})?$/, 'is not an amount above nothing, such as 620.00.'),
})
type BudgetInput = z.output<typeof BudgetInput>

/** The amount is the consumer's own: it is kept in a stream that the provider has no part in. */
const envelopeOf = (agreement: string) => agreement.replace(/^agr_/, 'env_')

export const authoriseBudget = command({
  name: 'authorise_budget',
  route: 'POST /agreements/:agreement/authorisation',
  says: 'The sponsor authorises a budget, and the agreement runs.',
  roles: steps.authorise_budget.roles,
  input: BudgetInput,
  output: Status,
  refusals: [
    'agreement_not_found',
    ...Object.keys(authorityRefusals),
    ...stepRefusals('authorise_budget'),
  ],
  command: {
    name: 'authorise_budget',
    version: 1,
    streams: ({ agreement }: BudgetInput) => [agreement, envelopeOf(agreement)],
    load: ({ agreement }) => [
      ...stepReads.load({ agreement }),
      { kind: envelopeKind, stream: envelopeOf(agreement), id: envelopeOf(agreement) },
    ],
    read: ({ agreement }, { actor }) => ({
      roles: rolesInAgreement(agreement, actor.person),
      ground: readGround(agreement),
      version: versionOfAgreement(agreement),
    }),
    decide: ({ agreement, amount }, facts) => {
      const found = taken('authorise_budget', agreement, facts)
      if ('refusal' in found) return found
      const version = facts.rows['version']?.[0]
      const currency = String(version?.['currency'])
      const agreed = { document: String(version?.['document']), now: facts.now }
      const envelope = envelopeOf(agreement)
      return {
        answer: { id: agreement, status: 'active' },
        role: found.role,
        changes: [
          {
            stream: agreement,
            events: [
              agreementEvent('budget_authorised', agreement),
              ...endAtFirst(found.row, agreed),
            ],
            parties: partiesOf(found.row),
          },
          {
            stream: envelope,
            events: [
              {
                ...{ type: 'budget_reserved', v: 1, kind: envelopeKind.name, entity: envelope },
                data: { agreement_id: agreement, amount, currency },
              },
            ],
            parties: { consumer: found.row.consumer_id },
          },
        ],
      }
    },
  },
})

/**
 * Sent by the timer at the agreed end, or at one that a term brought before: every access that is still open ends at that
 * instant, whenever this is sent. What was granted after an end that was found late ends as it began.
 */
export const endAgreement: Command<OfAgreement> = {
  name: 'end_agreement',
  version: 1,
  streams: stepReads.streams,
  load: ({ agreement }) => [...situationLoads(agreement), { kind: grantKind, stream: agreement }],
  read: ({ agreement }, request) => ({
    ...situationReads(agreement, request),
    ...followingReads(agreement),
    ground: readGround(agreement),
  }),
  decide: ({ agreement }, facts) => {
    const found = taken('end_agreement', agreement, facts)
    if ('refusal' in found) return found
    const { row, role } = found
    const at = row.ends_at
    const open = facts
      .entities(grantKind, agreement)
      .filter(({ ended_at }) => ended_at === undefined)
      .map((grant) => ({ ...grant, ended: latest(at, grant.granted_at) }))
    const ended = open.map(({ about, component, ended }, place) => ({
      id: `fct_${facts.version(agreement) + 1}_${place + 1}`,
      kind: 'ended',
      said: { about, component, at: ended },
    }))
    const situation = situationOf(facts, agreement, steps.end_agreement.roles)
    if ('refusal' in situation) return situation
    const taking = new Set(open.map(({ item_id: item }) => item))
    const things = thingsOf(situation, facts).map((thing) =>
      taking.has(thing.row.id) ? { ...thing, given: false } : thing,
    )
    return {
      answer: { id: agreement, status: 'ended' },
      role,
      changes: [
        {
          stream: agreement,
          events: [
            agreementEvent('agreement_ended', agreement),
            ...open.map(({ id, ended }) => grantEnded(id, ended)),
            ...ended.map(factEvent),
          ],
          parties: partiesOf(row),
          occurredAt: Date.parse(at),
        },
        ...followed(withRecorded(situation, ended), things, Date.parse(at)),
      ],
    }
  },
}

const latest = (one: string, other: string) => (Date.parse(one) < Date.parse(other) ? other : one)

const grantEnded = (entity: string, at: string): Event => ({
  ...{ type: 'access_ended', v: 1, kind: grantKind.name, entity, data: { at } },
})

type RevisionInput = OfAgreement & {
  readonly from: string
  readonly agreed?: PlainMap
  readonly deviations?: readonly PlainMap[]
}

/** What both sides agreed to change from an instant on, as it is kept in files. */
export const reviseAgreement: Command<RevisionInput> = {
  name: 'revise_agreement',
  version: 1,
  streams: stepReads.streams,
  load: ({ agreement }) => situationLoads(agreement),
  read: ({ agreement }, request) => situationReads(agreement, request),
  decide: ({ agreement, from, ...changed }, facts) => {
    const row = facts.entity(agreementKind, agreement, agreement)
    if (!row) return { refusal: refuse('agreement_not_found', '/agreement') }
    const situation = situationOf(facts, agreement, [])
    if ('refusal' in situation) return situation
    const number = facts.entities(revisionKind, agreement).length + 2
    const agreed_on = utcText(facts.now)
    const revision = { ...changed, valid_from: from, agreed_on }
    const after = withRevision(situation, revision, facts)
    return {
      answer: { number },
      changes: [
        {
          stream: agreement,
          events: [
            {
              ...{ type: 'agreement_revised', v: 1, kind: revisionKind.name },
              entity: `${agreement}_${number}`,
              data: { number, valid_from: from, ...changed },
            },
            ...(after ? endForeseen(after) : []),
          ],
          parties: partiesOf(row),
        },
      ],
    }
  },
}
