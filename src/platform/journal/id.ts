import { createHash } from 'node:crypto'
import type { Request } from './command.ts'

/**
 * The id of what a command creates. The same key of the same party comes to the same id, so that a repeat arrives at
 * the same stream and finds its answer there.
 */
export function newId(prefix: string, { command, actor, key }: Request): string {
  if (key === undefined) throw new Error(`${command} creates something and needs a request key`)
  return derivedId(prefix, actor.party, key)
}

/** What these parts name, and nobody comes to without them. */
export function derivedId(prefix: string, ...parts: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex')
  return `${prefix}_${digest.slice(0, 20)}`
}
