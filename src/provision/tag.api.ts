import { z } from 'zod'
import {
  partiesOf,
  type Situation,
  situationLoads,
  situationOf,
  situationReads,
  type situationRefusals,
  withFact,
} from '../agreement/situation.store.ts'
import { SenderId } from '../agreement/terms.ts'
import { utcText } from '../kernel/time.ts'
import { command } from '../platform/http/endpoint.ts'
import type { Change, Decision, Facts, Request } from '../platform/journal/command.ts'
import { derivedId } from '../platform/journal/id.ts'
import { authorityRefusals, exercised, type Held, staff } from '../relationship/authority.ts'
import { rolesFor } from '../relationship/store.ts'
import { type GrantRow, grantKind, type ItemRow, itemKind } from './store.ts'
import { correctionRefused, tagRefusals } from './tag.ts'

const Input = z.strictObject({
  item: z.string().min(1).max(80).describe('the single thing, by its id (`itm_…`)'),
  agreement: z
    .string()
    .optional()
    .describe('under which it is out, or from which it came back; of what was never out, none'),
  tag: SenderId.describe('the one that is on it'),
  because: z
    .string()
    .min(1)
    .max(500)
    .describe('how the wrong one came about, for whoever reads it later'),
})
type Input = z.output<typeof Input>

export const correctTag = command({
  name: 'correct_tag',
  route: 'POST /items/:item/tag-corrections',
  says: 'Corrects the mistyped tag of a single thing. What was recorded under it is about the tag that was meant; earlier agreements keep what they were told.',
  roles: staff,
  input: Input,
  output: z.object({ id: z.string().describe('of the thing, which follows from its tag') }),
  refusals: [
    'agreement_not_found' satisfies keyof typeof situationRefusals,
    ...Object.keys(authorityRefusals),
    ...Object.keys(tagRefusals),
  ],
  command: {
    name: 'correct_tag',
    version: 1,
    texts: ['because'] satisfies readonly (keyof Input)[],
    // Two who give their things the same tag meet at the stream of that tag.
    streams: (input: Input, request) => [
      meant(input, request),
      input.item,
      ...(input.agreement === undefined ? [] : [input.agreement]),
    ],
    load: (input, request) => [
      { kind: itemKind, stream: meant(input, request), id: meant(input, request) },
      { kind: itemKind, stream: input.item, id: input.item },
      ...(input.agreement === undefined
        ? []
        : [...situationLoads(input.agreement), { kind: grantKind, stream: input.agreement }]),
    ],
    read: ({ agreement }, request) =>
      agreement === undefined
        ? { roles: rolesFor(request.actor.party, request.actor.person) }
        : situationReads(agreement, request),
    decide,
  },
})

const meant = ({ tag }: Input, { actor }: Request) => derivedId('itm', actor.party, tag)

function decide(input: Input, facts: Facts): Decision {
  const under = input.agreement === undefined ? undefined : situationIn(input.agreement, facts)
  if (under && 'refusal' in under) return under
  const who = under ?? roleIn(facts)
  if ('refusal' in who) return who
  const { request } = facts
  const id = meant(input, request)
  const row = facts.entity(itemKind, input.item, input.item)
  const other = facts.entity(itemKind, id, id)
  const provider = request.actor.party
  const refusal = correctionRefused({
    ...{ row, tag: input.tag, other, provider },
    ...(under && { under }),
  })
  if (refusal) return { refusal }
  if (!row) throw new Error(`${input.item} was found and is gone`)
  const recorded = under && recordedUnder(under, { input, row, facts })
  if (recorded && 'refusal' in recorded) return recorded
  const parties = under ? partiesOf(under) : { provider }
  return {
    answer: { id },
    role: who.role,
    changes: [
      { stream: id, events: [taggedAs(row, { ...input, id })], parties },
      { stream: row.id, events: [struck(row, id)], parties },
      ...(recorded ? [recorded.change] : []),
    ],
  }
}

const situationIn = (agreement: string, facts: Facts) => situationOf(facts, agreement, staff)

function roleIn({ rows, request, now }: Facts) {
  const { person, role: claimed } = request.actor
  return exercised((rows['roles'] ?? []) as unknown as readonly Held[], staff, {
    ...{ person, claimed, now },
  })
}

/** The thing goes on as it stands, by the tag that was meant. */
function taggedAs(row: ItemRow, { id, tag, because }: Input & { readonly id: string }) {
  const { id: _, provider_id: __, tag: was, ...standing } = row
  const data = { ...standing, tag, was, because }
  return { type: 'tag_corrected', v: 1, kind: itemKind.name, entity: id, data }
}

const struck = ({ id }: ItemRow, corrected: string) => ({
  ...{ type: 'item_struck', v: 1, kind: itemKind.name, entity: id },
  data: { corrected_to: corrected },
})

/** The agreement is told by another fact, and its grants are of what the thing is called now. */
function recordedUnder(
  situation: Situation,
  { input, row, facts }: { readonly input: Input; readonly row: ItemRow; readonly facts: Facts },
): { readonly change: Change } | Extract<Decision, { refusal: unknown }> {
  const stream = situation.row.id
  const { component } = row
  const said = {
    ...{ about: input.tag, was: row.tag, at: utcText(facts.now) },
    ...(component !== undefined && { component }),
  }
  const fact = { id: `fct_${facts.version(stream) + 1}`, kind: 'retagged', said }
  const recorded = withFact(situation, fact, facts.request)
  if ('refusal' in recorded) return recorded
  const grants = facts.entities(grantKind, stream).filter(({ item_id: item }) => item === row.id)
  const data = { about: input.tag, item_id: meant(input, facts.request) }
  const retagged = ({ id: entity }: GrantRow) => ({
    ...{ type: 'grant_retagged', v: 1, kind: grantKind.name, entity, data },
  })
  const events = [recorded.event, ...grants.map(retagged)]
  return { change: { stream, events, parties: partiesOf(situation) } }
}
