import { reached } from '../../kernel/reached.ts'
import { asMap, type Plain, type PlainMap } from '../document/document.ts'

/** A measure, table or agreed value that no clause reads and nobody asks: it may be meant, and is no fault. */
export type Unread = { readonly name: string; readonly pointer: string }

const parts = ['measures', 'tables', 'agreed'] as const
/** What may read them, on the way to a clause. */
const between = [...parts, 'prices', 'structures', 'events', 'periods', 'calendars'] as const

/** By the names that are written: what only looks like a name counts as read. */
export function unreadIn(offering: PlainMap, asked: readonly Plain[]): Unread[] {
  const declared = (part: string) => asMap(offering[part])
  const spokenOf = (name: string) =>
    between.flatMap((part) => (Object.hasOwn(declared(part), name) ? [declared(part)[name]] : []))
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
