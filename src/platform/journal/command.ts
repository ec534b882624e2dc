import type { QueryConfig } from 'pg'
import type { Instant } from '../../kernel/time.ts'
import type { Perspective } from '../database/transaction.ts'
import type { Event, Json, Parties } from './entry.ts'
import type { EntityKind, Row } from './kind.ts'

/** Who acts when a timer does. Known by identity, so no text from outside can claim to be it. */
export const platform: Perspective = { person: 'platform', party: 'platform', role: '' }

export type Request = {
  readonly command: string
  readonly input: Json
  /** Its role is what was claimed, and may be empty: the decision says which one was exercised. */
  readonly actor: Perspective
  /** The same key is the same request: sent again, it is answered again and changes nothing. */
  readonly key?: string
  readonly reason?: string
  readonly cause?: string
  /** Of a timer: what it does happened then, however late it fires. */
  readonly dueAt?: Instant
}

/** A no: a name, a JSON pointer to what it refuses in the input, and words for people. */
export type Refusal = { readonly name: string; readonly pointer: string; readonly words: string }

type Load = { readonly kind: EntityKind; readonly stream: string; readonly id?: string }

/** What changes on one stream. */
export type Change = {
  readonly stream: string
  readonly events: readonly Event[]
  /** Who may see the entry. */
  readonly parties: Parties
  /** When it happened, where that is neither when the timer was due nor now. */
  readonly occurredAt?: Instant
  /** Handed on after the commit. */
  readonly outbox?: readonly { readonly task: string; readonly payload: Json }[]
  /**
   * Of a stream that only the decision found and `streams` could not name: the version at which it was read. It is
   * locked now, and where it has moved on since the command is decided again.
   */
  readonly readAt?: number
}

export type Decision =
  | { readonly refusal: Refusal }
  | {
      readonly answer: Json
      readonly changes: readonly Change[]
      /** The role that was exercised, where it is not the one claimed. */
      readonly role?: string
    }

/** Read after the streams were locked, so nothing of it changes before the decision is stored. */
export type Facts = {
  readonly now: Instant
  readonly request: Request
  readonly rows: Readonly<Record<string, readonly Row[]>>
  /** The entry that would be written next is the one after this version; 0 where the stream is new. */
  version(stream: string): number
  entity<State extends Row>(kind: EntityKind<State>, stream: string, id: string): State | undefined
  entities<State extends Row>(kind: EntityKind<State>, stream: string): readonly State[]
}

export type Command<Input = Json> = {
  readonly name: string
  readonly version: number
  /** Past row security, whoever sends it: it may change what its actor is no party of, and `decide` alone keeps watch. */
  readonly runsAs?: 'work'
  /**
   * Fields of the input in which people write in words of their own. The command sees and keeps a reference in the place
   * of each; whoever may see the entry of its home may read the words, until they are erased.
   */
  readonly texts?: readonly string[]
  /** All that may change. The first is the command's home: it keeps the request's key and the answer. */
  streams(input: Input, request: Request): readonly [string, ...string[]]
  /** Every entity that may change or is asked for; without an id, all of the kind in the stream. */
  load?(input: Input, request: Request): readonly Load[]
  /** Named statements whose rows the decision needs beside its entities, such as who may act. */
  read?(input: Input, request: Request): Readonly<Record<string, QueryConfig>>
  /** Pure. Refusals in the order in which they are checked; after them it succeeds. */
  decide(input: Input, facts: Facts): Decision
}

export type Outcome =
  | { readonly refusal: Refusal }
  | {
      readonly answer: Json
      readonly stream: string
      readonly version: number
      readonly repeated: boolean
    }
