import { z } from 'zod'
import { refuser } from '../kernel/refusal.ts'
import { door } from '../platform/http/endpoint.ts'
import { titlesOf } from './store.ts'

const refuse = refuser({
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
  refusals: ['person_not_found'],
  enter: async ({ input, work, tokens, now, machineNow }) => {
    const { person, organisation, says, days } = input
    const { rows } = await work.query({
      name: 'person of organisation',
      text: 'select id from person where organisation_id = $1 and id = $2',
      values: [organisation, person],
    })
    if (rows.length === 0) return { refusal: refuse('person_not_found', '/person') }
    return tokens.issue({
      ...{ kind: 'bearer', viewer: { person, party: organisation, role: '' }, says, now },
      ...(days !== undefined && { expiresAt: machineNow() + days * dayMilliseconds }),
    })
  },
})

export const listTokens = door({
  name: 'list_tokens',
  route: 'GET /tokens',
  says: 'Every token, also those that expired or were revoked; never a secret.',
  to: 'operator',
  input: z.strictObject({}),
  output: z.object({ items: z.array(Token) }),
  refusals: [],
  enter: async ({ tokens, work }) => {
    const all = await tokens.list()
    const name = await titlesOf(
      work,
      all.flatMap(({ person, party }) => [person, party]),
    )
    return {
      items: all.map(({ person, party, ...token }) => ({
        ...token,
        person: name(person).title,
        organisation: name(party).title,
      })),
    }
  },
})

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
