import type { Pool } from 'pg'
import { z } from 'zod'
import { nearestWord } from '../contract/document/fault.ts'
import { type Refusal, refuser } from '../kernel/refusal.ts'
import { door } from '../platform/http/endpoint.ts'
import { pageOf, paging } from './shown.ts'
import { titlesOf } from './store.ts'

const refuse = refuser({
  organisation_not_found: 'Nobody acts for an organisation of this id.',
  person_not_found: 'No such person acts for this organisation.',
  token_not_found: 'There is no such token, or it was revoked before.',
})

const Token = z.object({
  ...{ id: z.string(), kind: z.string(), person: z.string(), organisation: z.string() },
  ...{ says: z.string(), issued_at: z.string() },
  ...{ expires_at: z.string().optional(), revoked_at: z.string().optional() },
})

const dayMilliseconds = 86_400_000

export const issueToken = door({
  name: 'issue_token',
  route: 'POST /tokens',
  says: 'Issues a bearer token for a person or a program of theirs; its secret is told once.',
  to: 'operator',
  input: z.strictObject({
    person: z.string().max(80),
    organisation: z.string().max(80),
    says: z.string().min(1).max(200),
    days: z.number().int().min(1).max(3650).optional(),
  }),
  output: z.object({ id: z.string(), secret: z.string() }),
  refusals: ['organisation_not_found', 'person_not_found'],
  enter: async ({ input, work, tokens, now, machineNow }) => {
    const { person, organisation, says, days } = input
    const { rows } = await work.query({
      name: 'person of organisation',
      text: 'select id from person where organisation_id = $1 and id = $2',
      values: [organisation, person],
    })
    if (rows.length === 0) return { refusal: await nobodyOf(input, work) }
    return tokens.issue({
      ...{ kind: 'bearer', viewer: { person, party: organisation, role: '' }, says, now },
      ...(days !== undefined && { expiresAt: machineNow() + days * dayMilliseconds }),
    })
  },
})

/** Who runs the platform may see everybody: the id that is nearest is told. */
async function nobodyOf(
  { person, organisation }: { readonly person: string; readonly organisation: string },
  work: Pool,
): Promise<Refusal> {
  const persons = await work.query({
    name: 'persons of organisation',
    text: 'select id from person where organisation_id = $1',
    values: [organisation],
  })
  if (persons.rows.length > 0) {
    const near = meant(person, 'per_', persons.rows)
    return refuse('person_not_found', '/person', `No such person acts for ${organisation}.${near}`)
  }
  const organisations = await work.query({
    name: 'organisations of persons',
    text: 'select distinct organisation_id as id from person',
  })
  const near = meant(organisation, 'org_', organisations.rows)
  return refuse(
    'organisation_not_found',
    '/organisation',
    `Nobody acts for an organisation “${organisation}”.${near}`,
  )
}

/** Ids are most often written as they stand in the files, without what goes before them here. */
function meant(id: string, prefix: string, known: readonly { readonly id?: string }[]): string {
  const whole = id.startsWith(prefix) ? id : `${prefix}${id}`
  const near = nearestWord(
    whole,
    known.flatMap((one) => one.id ?? []),
  )
  return near === undefined ? '' : ` Did you mean “${near}”?`
}

export const listTokens = door({
  name: 'list_tokens',
  route: 'GET /tokens',
  says: 'The tokens, the latest first, also those that expired or were revoked; never a secret. A session is here until the next that begins after its end.',
  to: 'operator',
  input: z.strictObject(paging),
  output: pageOf(Token),
  refusals: [],
  enter: async ({ input, tokens, work }) => {
    const { cursor, limit } = input
    const after = cursor === undefined ? undefined : afterOf(cursor)
    const found = await tokens.list({ ...(after && { after }), limit: limit + 1 })
    const shown = found.slice(0, limit)
    const name = await titlesOf(
      work,
      shown.flatMap(({ person, party }) => [person, party]),
    )
    const last = shown.at(-1)
    return {
      items: shown.map(({ person, party, ...token }) => ({
        ...token,
        person: name(person).title,
        organisation: name(party).title,
      })),
      ...(found.length > limit && last && { next: `${last.issued_at} ${last.id}` }),
    }
  },
})

/** Before everything, where it is no cursor: then nothing comes after it. */
function afterOf(cursor: string) {
  const [at = '', id = ''] = cursor.split(' ')
  const isInstant = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(at) && !Number.isNaN(Date.parse(at))
  return { issued_at: isInstant ? at : '-infinity', id }
}

export const revokeToken = door({
  name: 'revoke_token',
  route: 'DELETE /tokens/:token',
  says: 'Revokes a token: from the next request on it is unknown.',
  to: 'operator',
  input: z.strictObject({ token: z.string().max(80) }),
  output: z.object({}),
  refusals: ['token_not_found'],
  enter: async ({ input, tokens, now }) =>
    (await tokens.revoke(input.token, now)) ? {} : { refusal: refuse('token_not_found', '/token') },
})
