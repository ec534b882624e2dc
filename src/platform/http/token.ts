import { createHash, randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import { type Instant, utcText } from '../../kernel/time.ts'
import type { Perspective } from '../database/transaction.ts'

export type Token = {
  readonly id: string
  readonly kind: 'bearer' | 'session' | 'operator'
  readonly person: string
  readonly party: string
  readonly says: string
  readonly issued_at: string
  readonly expires_at?: string
  readonly revoked_at?: string
}

/** Bearer tokens of people and programs; the database holds only their hashes. */
export type Tokens = {
  /**
   * The secret is told once, here. `now` is the platform's clock, `expiresAt` the machine's: the clock of the
   * demonstration jumps over months, and a session must neither end by that nor live for months. A session needs an end.
   */
  readonly issue: (made: {
    readonly kind: Token['kind']
    readonly viewer: Perspective
    readonly says: string
    readonly now: Instant
    readonly expiresAt?: Instant
  }) => Promise<{ readonly id: string; readonly secret: string }>
  /** `trueNow` is the machine's clock. What expired or was revoked is not found. */
  readonly find: (secret: string, trueNow: Instant) => Promise<Token | undefined>
  /** The latest first, also those that expired or were revoked; `after` is the last one seen. */
  readonly list: (page: {
    readonly after?: Pick<Token, 'issued_at' | 'id'>
    readonly limit: number
  }) => Promise<readonly Token[]>
  /** False where there is no such token, or it was revoked before. */
  readonly revoke: (id: string, now: Instant) => Promise<boolean>
}

/** A working day, with an evening. */
export const sessionMilliseconds = 12 * 60 * 60 * 1000

export const sessionEndsAt = (trueNow: Instant): Instant => trueNow + sessionMilliseconds

export function createTokens(work: Pool): Tokens {
  return {
    issue: async ({ kind, viewer, says, now, expiresAt }) => {
      const id = `tok_${randomBytes(10).toString('hex')}`
      const secret = `tessera_${randomBytes(32).toString('base64url')}`
      // Those that had ended when this one begins.
      if (kind === 'session' && expiresAt !== undefined)
        await work.query({ ...sweepSessions, values: [utcText(expiresAt - sessionMilliseconds)] })
      await work.query(insertToken, [
        ...[id, kind, hashOf(secret), viewer.person, viewer.party, says],
        ...[utcText(now), expiresAt === undefined ? null : utcText(expiresAt)],
      ])
      return { id, secret }
    },
    find: async (secret, trueNow) => {
      // What cannot be one of ours costs no look into the database.
      if (!/^tessera_[\w-]{43}$/.test(secret)) return undefined
      const values = [hashOf(secret), utcText(trueNow)]
      const { rows } = await work.query({ ...findToken, values })
      return rows[0] && tokenOf(rows[0])
    },
    list: async ({ after, limit }) => {
      const values = [after?.issued_at ?? 'infinity', after?.id ?? '', limit]
      return (await work.query({ ...listTokens, values })).rows.map(tokenOf)
    },
    revoke: async (id, now) => (await work.query(revokeToken, [id, utcText(now)])).rowCount === 1,
  }
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest()

const tokenOf = (row: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Token

const columns = `id, kind, person_id as person, party_id as party, says, issued_at, expires_at, revoked_at`

const insertToken = `
  insert into token (id, kind, secret_hash, person_id, party_id, says, issued_at, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`

const findToken = {
  name: 'find token',
  text: `select ${columns}
    from token
    where secret_hash = $1
      and revoked_at is null
      and (expires_at is null or expires_at > $2)`,
}

const sweepSessions = {
  name: 'sweep sessions',
  text: `delete from token
    where kind = 'session'
      and expires_at <= $1`,
}

const listTokens = {
  name: 'list tokens',
  text: `select ${columns}
    from token
    where (issued_at, id) < ($1::timestamptz, $2)
    order by issued_at desc, id desc
    limit $3`,
}

const revokeToken = `
  update token
  set revoked_at = $2
  where id = $1
    and revoked_at is null`
