import { randomBytes } from 'node:crypto'
import type { Pool, PoolClient, QueryConfig } from 'pg'
import { type Instant, utcText } from '../../kernel/time.ts'
import type { Command, Request } from './command.ts'
import type { Entry, Json } from './entry.ts'
import { saveStatement, type Table } from './kind.ts'

/** What a person wrote in words of their own. It stands beside the journal, so that it can be erased. */
export type FreeText = {
  readonly id: string
  /** Where the request says it, as a JSON pointer. */
  readonly place: string
  readonly body: string
}

type SetApart = {
  /** With the id of each text in its place. */
  readonly request: Request
  readonly texts: readonly FreeText[]
  /** The input without them. The fingerprint is made of it: a hash of a short text could be guessed after it is erased. */
  readonly rest: Json
}

/** Before anything is decided, so that no event, answer, timer or refusal can hold what was written. */
export function setApart({ texts: fields = [] }: Command, request: Request): SetApart {
  const texts: FreeText[] = []
  const referenceTo = (body: string, place: string) => {
    const id = `txt_${randomBytes(10).toString('hex')}`
    texts.push({ id, place, body })
    return id
  }
  const given = Object.entries(request.input ?? {})
  const referring = given.map(([field, value]) =>
    fields.includes(field) && typeof value === 'string'
      ? [field, referenceTo(value, `/input/${field}`)]
      : [field, value],
  )
  const input = texts.length > 0 ? Object.fromEntries(referring) : request.input
  const rest =
    texts.length > 0
      ? Object.fromEntries(given.filter(([field]) => !fields.includes(field)))
      : request.input
  const { reason } = request
  const why = reason === undefined ? {} : { reason: referenceTo(reason, '/reason') }
  return { request: { ...request, input, ...why }, texts, rest }
}

/** Whether a repeated request says what the first one said. What was erased is no longer compared. */
export async function isSaidAgain(
  client: PoolClient,
  { stream, version }: Pick<Entry, 'stream' | 'version'>,
  texts: readonly FreeText[],
): Promise<boolean> {
  const { rows } = await client.query<{ place: string; body: string | null }>({
    name: 'free texts of entry',
    text: `select place, body
      from free_text
      where stream = $1
        and version = $2`,
    values: [stream, version],
  })
  const isSame = ({ place, body }: FreeText) =>
    rows.some((row) => row.place === place && (row.body === null || row.body === body))
  return rows.length === texts.length && texts.every(isSame)
}

/** With the entry of the command's home: whoever may see it may read them. */
export function insertTexts(texts: readonly FreeText[], home: Entry | undefined): QueryConfig[] {
  if (texts.length === 0 || !home) return []
  const { stream, version, provider, consumer, actor } = home
  const rows = texts.map((text) => ({
    ...{ ...text, stream, version, written_by: actor.person },
    ...{ provider_id: provider, consumer_id: consumer },
  }))
  return [saveStatement(freeTextTable, rows, 'insert free texts')]
}

const freeTextTable: Table = {
  table: 'free_text',
  columns: {
    ...{ stream: 'text', id: 'text', version: 'bigint', place: 'text' },
    ...{ provider_id: 'text', consumer_id: 'text', written_by: 'text', body: 'text' },
  },
  key: [],
}

type Reference = { readonly stream: string; readonly id: string }

/** What references stand for, in words, as far as the client may see it. */
export async function wordsOf(
  client: PoolClient,
  references: readonly Reference[],
): Promise<(id: string) => string> {
  const wanted = references.filter(({ id }) => isReference(id))
  const words = new Map(wanted.map(({ id }) => [id, 'not there']))
  if (wanted.length > 0) {
    const { rows } = await client.query<{ id: string; body: string | null }>({
      name: 'free texts',
      text: `select id, body
        from free_text
        join unnest($1::text[], $2::text[]) as wanted (stream, id) using (stream, id)`,
      values: [wanted.map(({ stream }) => stream), wanted.map(({ id }) => id)],
    })
    for (const { id, body } of rows) words.set(id, body ?? 'erased')
  }
  // What is no reference is of an entry from before there were any: it holds the words themselves.
  return (id) => words.get(id) ?? id
}

const isReference = (id: string) => /^txt_[0-9a-f]{20}$/.test(id)

/** Those of a person, or the one of this id; returns how many of them are erased now. That they were there stays. */
export async function eraseTexts(work: Pool, of: string, at: Instant): Promise<number> {
  const { rowCount } = await work.query({
    name: 'erase free texts',
    text: `update free_text
      set body = null, erased_at = coalesce(erased_at, $2)
      where written_by = $1
        or id = $1`,
    values: [of, utcText(at)],
  })
  return rowCount ?? 0
}
