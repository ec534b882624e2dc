import { asMap, type PlainMap } from '../document/document.ts'

/** Measures, tables and agreed values are called by their titles in print: two of one title read like one that rests on itself. */
export type SameTitle = {
  readonly name: string
  readonly before: string
  readonly title: string
  readonly pointer: string
}

const parts = ['agreed', 'measures', 'tables'] as const

export function sameTitlesIn(offering: PlainMap): SameTitle[] {
  const seen = new Map<string, string>()
  return parts
    .flatMap((part) =>
      Object.entries(asMap(offering[part])).map((entry) => [part, ...entry] as const),
    )
    .flatMap(([part, name, words]): SameTitle[] => {
      const { title: written } = asMap(words)
      const title = typeof written === 'string' ? written : name.replaceAll('_', ' ')
      const before = seen.get(title.toLowerCase())
      if (before !== undefined) return [{ name, before, title, pointer: `/${part}/${name}` }]
      seen.set(title.toLowerCase(), name)
      return []
    })
}
