import { clientRoutes, createClient, Problem } from './platform/http/client.ts'
import { readOperator } from './platform/operator.ts'
import { type Endpoints, endpoints } from './slices.ts'

/** What a command line tells: lines, and whether it went well. */
export type Told = { readonly says: readonly string[]; readonly exit: 0 | 1 | 2 }

type Door = ReturnType<typeof createClient<Endpoints>>['door']

/** Does something as the operator of the server that runs with this data folder; a refusal is said in its own words. */
async function atServer(
  data: string,
  doing: (door: Door) => Promise<readonly string[] | Told>,
): Promise<Told> {
  const operator = readOperator(data)
  if (!operator)
    return {
      says: [
        `server_not_found: Tessera has not been started with ${data}. Start it with npm start, or say --data.`,
      ],
      exit: 2,
    }
  const { door } = createClient<Endpoints>({
    base: `${operator.url}/api`,
    routes: clientRoutes(Object.values(endpoints)),
    token: operator.token,
  })
  try {
    const told = await doing(door)
    return 'exit' in told ? told : { says: told, exit: 0 }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return refusedBy(error, operator.url)
  }
}

function refusedBy({ name, words, pointer }: Problem, url: string): Told {
  // Whoever served there left the address behind when it ended.
  if (name === 'server_unreachable') {
    const mend = 'Start it with npm start, or say --data, where another runs.'
    return { says: [`${name}: Nothing answers at ${url}. ${mend}`], exit: 2 }
  }
  // Documents with faults are told as `check` tells them; everything else was refused.
  if (name === 'documents_must_be_sound') return { says: [`${name}: ${words}`], exit: 1 }
  return { says: [`${name}: ${words}${pointer === '' ? '' : ` (${pointer})`}`], exit: 2 }
}

type Found = {
  readonly files: readonly { readonly file: string; readonly text: string }[]
  /** Of files that cannot be read. */
  readonly faults: readonly {
    readonly name: string
    readonly file?: string
    readonly words: string
  }[]
  readonly isFolder: boolean
}

/** The last line counts what landed and what was refused; each of the latter has a line of its own. */
export async function apply(data: string, { files, faults, isFolder }: Found): Promise<Told> {
  if (faults.length > 0)
    return {
      says: faults.map(({ name, file = '', words }) => `${name}: ${file}: ${words}`),
      exit: files.length === 0 ? 2 : 1,
    }
  if (files.length === 0)
    return { says: ['There is no .yaml, .yml or .json document here.'], exit: 2 }
  const told = await atServer(data, async (door) => {
    const { lines, applied, refused } = await door('apply_documents', { documents: [...files] })
    return { says: [...lines, `${applied} applied, ${refused} refused`], exit: refused > 0 ? 2 : 0 }
  })
  const isAlone = told.exit === 1 && !isFolder
  return isAlone ? { ...told, says: [...told.says, wantsFolder] } : told
}

const wantsFolder = 'A file is applied with what it names: give the folder that holds them all.'

type Wanted = {
  readonly person: string
  readonly organisation: string
  readonly says: string
  readonly days?: number
}

export const issueToken = (data: string, wanted: Wanted) =>
  atServer(data, async (door) => {
    const { id, secret } = await door('issue_token', wanted)
    return [
      `${secret}`,
      `The token ${id} is told this once. Send it as: Authorization: Bearer <token>`,
    ]
  })

export const listTokens = (data: string) =>
  atServer(data, async (door) => {
    const shown: Awaited<ReturnType<typeof listed>>['items'] = []
    const listed = (cursor?: string) =>
      door('list_tokens', { limit: 100, ...(cursor !== undefined && { cursor }) })
    for (let page = await listed(); ; page = await listed(page.next)) {
      shown.push(...page.items.filter(({ kind }) => kind !== 'session'))
      if (page.next === undefined) break
    }
    return shown.map(({ id, kind, person, organisation, says, revoked_at, expires_at }) => {
      const until = expires_at === undefined ? '' : `, until ${expires_at}`
      const state = revoked_at === undefined ? until : `, revoked ${revoked_at}`
      // Whoever runs it acts for nobody else.
      const who = kind === 'operator' ? 'whoever runs this Tessera' : `${person}, ${organisation}`
      return `${id}  ${kind}  ${who}: ${says}${state}`
    })
  })

export const revokeToken = (data: string, token: string) =>
  atServer(data, async (door) => {
    await door('revoke_token', { token })
    return [`${token} is revoked`]
  })
