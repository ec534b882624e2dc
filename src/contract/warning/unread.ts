import { asMap, type Plain, type PlainMap } from '../document/document.ts'

/** A measure, table or agreed value that no clause reads and nobody asks: it may be meant, and is no fault. */
export type Unread = { readonly name: string; readonly pointer: string }

const parts = ['measures', 'tables', 'agreed'] as const
/** What may read them, on the way to a clause. */
const between = [...parts, 'prices', 'structures', 'events', 'periods', 'calendars'] as const

/** By the names that are written: what only looks like a name counts as read. */
export function unreadIn(offering: PlainMap, asked: readonly Plain[]): Unread[] {
  const declared = (part: string) => asMap(offering[part])
  const read = new Set<string>()
  const open: unknown[] = [offering['terms'], offering['components'], ...asked]
  for (let from = open.pop(); open.length > 0 || from !== undefined; from = open.pop())
    for (const [name] of JSON.stringify(from ?? '').matchAll(/[a-z][a-z0-9_]*/g)) {
      if (read.has(name)) continue
      read.add(name)
      for (const part of between)
        if (Object.hasOwn(declared(part), name)) open.push(declared(part)[name])
    }
  return parts.flatMap((part) =>
    Object.keys(declared(part))
      .filter((name) => !read.has(name))
      .map((name) => ({ name, pointer: `/${part}/${name}` })),
  )
}
