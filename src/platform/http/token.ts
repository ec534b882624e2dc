import type { Pool } from 'pg'
import type { Instant } from '../../kernel/time.ts'
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
  /** The secret is told once, here. */
  readonly issue: (made: {
    readonly kind: Token['kind']
    readonly viewer: Perspective
    readonly says: string
    readonly now: Instant
    readonly expiresAt?: Instant
  }) => Promise<{ readonly id: string; readonly secret: string }>
  readonly find: (secret: string, now: Instant) => Promise<Token | undefined>
  readonly list: () => Promise<readonly Token[]>
  readonly revoke: (id: string, now: Instant) => Promise<boolean>
}

export declare function createTokens(work: Pool): Tokens
