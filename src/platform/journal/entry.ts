import { createHash } from 'node:crypto'
import { type Instant, utcText } from '../../kernel/time.ts'
import type { Perspective } from '../database/transaction.ts'

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json }
type JsonObject = { readonly [key: string]: Json }

/** What changed in one entity. Instants are UTC text, amounts decimal text. */
export type Event = {
  readonly type: string
  /** The form of `data`; an older one is brought up to date when it is read. */
  readonly v: number
  /** Name of the entity kind whose `evolve` says what this means, and the entity's id. */
  readonly kind: string
  readonly entity: string
  readonly data: JsonObject
}

/** Those who may see it, as they were then. */
export type Parties = { readonly provider?: string; readonly consumer?: string }

/** One accepted command on one stream. */
export type Entry = Parties & {
  readonly stream: string
  /** 1, 2, 3 … without gaps. */
  readonly version: number
  readonly command: string
  readonly commandVersion: number
  readonly events: readonly Event[]
  readonly key?: string
  readonly fingerprint?: string
  readonly answer?: Json
  readonly actor: Perspective
  /** The id of a free text; the words themselves in entries from before there were any. */
  readonly reason?: string
  /** `stream:version` of the entry that this one follows from. */
  readonly cause?: string
  /** UTC text; with six decimals where the journal had to count microseconds to keep entries apart. */
  readonly occurredAt: string
  readonly recordedAt: string
}

/** After the last entry of its stream also where the clock stands still, or another machine's clock was ahead. */
export function recordedAfter(last: string | undefined, now: Instant): string {
  if (last === undefined || microseconds(last) < BigInt(now) * 1000n) return utcText(now)
  const next = microseconds(last) + 1n
  const instant = utcText(Number(next / 1000n))
  return next % 1000n === 0n
    ? instant
    : `${instant.slice(0, -1)}${String(next % 1000n).padStart(3, '0')}Z`
}

/** Since 1970. Numbers would be exact only until the year 2255. */
function microseconds(text: string): bigint {
  return (
    BigInt(Date.parse(`${text.slice(0, 23)}Z`)) * 1000n +
    BigInt(text.length === 27 ? text.slice(23, 26) : 0)
  )
}

/** Chains the entry to all before it: changing, removing or inserting one changes every later hash of the stream. */
export function hashOf(entry: Entry, previous: string | undefined): string {
  return createHash('sha256')
    .update(Buffer.from(previous ?? '', 'hex'))
    .update(canonical(entry))
    .digest('hex')
}

/** Two requests with the same, and the same free texts, are the same request: command, input and who sent it. */
export function fingerprintOf(request: object): string {
  return createHash('sha256').update(canonical(request)).digest('hex')
}

/** JSON with the keys of every object in order, as `jsonb` forgets the order in which they were written. */
function canonical(value: object): string {
  return JSON.stringify(value, (_, part) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  )
}

export const asStored = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value))
