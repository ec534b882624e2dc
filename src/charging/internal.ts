import type { Line } from '../contract/scope.ts'
import { localText } from '../kernel/time.ts'

type Ref = { readonly id: string; readonly title: string }

/** The legal entities to which both sides belong on a day (`2026-05-31`). */
export type Shared = (date: string) => readonly Ref[]

/** What is said of charges within a legal entity. */
export type Internal = {
  readonly legal_entities: Ref[]
  /** How many of the bill’s lines, and how many there are. */
  readonly lines: number
  readonly of: number
  readonly says: string
}

/**
 * The internal charges among the lines of a bill, if any: those on whose bill date both sides belong to one legal
 * entity. It sells nothing to itself, so no tax invoice is made of them.
 */
export function internalOf(
  lines: readonly Pick<Line, 'billed'>[],
  shared: Shared,
  zone: string,
): Internal | undefined {
  const own = lines.map((line) => shared(billedOn(line, zone))).filter((one) => one.length > 0)
  const entities = [...new Map(own.flat().map((one) => [one.id, one])).values()]
  if (entities.length === 0) return undefined
  const says =
    own.length === lines.length
      ? internalWords(entities)
      : `${own.length} of ${lines.length} lines are internal charges: on their bill dates both belong to ${namesOf(entities)}; no tax invoice for them`
  return { legal_entities: entities, lines: own.length, of: lines.length, says }
}

export const internalWords = (entities: readonly Ref[]): string =>
  `Internal charges: both belong to ${namesOf(entities)}; no tax invoice`

export const namesOf = (entities: readonly Ref[]): string =>
  entities.map(({ title }) => title).join(' and ')

/** The day that decides which bill holds a line, and whether it is internal. */
export const billedOn = ({ billed }: Pick<Line, 'billed'>, zone: string): string =>
  localText(billed, zone).slice(0, 10)
