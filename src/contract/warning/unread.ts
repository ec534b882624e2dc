import { reached } from '../../kernel/reached.ts'
import { asMap, type Plain, type PlainMap } from '../document/document.ts'

/** A name that no clause reads and nobody asks: it may be meant, and is no fault. */
export type Unread = { readonly name: string; readonly pointer: string }

/** What a clause reads, or what it reads reads in turn. */
const parts = [
  ...['measures', 'tables', 'agreed', 'prices', 'structures'],
  ...['events', 'periods', 'calendars', 'tax-categories'],
]

/** By the names that are written: what only looks like a name counts as read. */
export function unreadIn(offering: PlainMap, asked: readonly Plain[]): Unread[] {
  const declared = (part: string) => asMap(offering[part])
  const spokenOf = (name: string) =>
    parts.flatMap((part) => (Object.hasOwn(declared(part), name) ? [declared(part)[name]] : []))
  const first = [offering['terms'], offering['components'], ...asked]
  const read = new Set(reached(namesIn(first), (name) => namesIn(spokenOf(name))))
  return parts.flatMap((part) =>
    Object.keys(declared(part))
      .filter((name) => !read.has(name))
      .map((name) => ({ name, pointer: `/${part}/${name}` })),
  )
}

const namesIn = (written: readonly unknown[]): readonly string[] =>
  JSON.stringify(written).match(/[a-z][a-z0-9_]*/g) ?? []
