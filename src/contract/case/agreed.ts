import { z } from 'zod'
import {
  beginningOfTime,
  endOfTime,
  type Instant,
  type Period,
  parseInstant,
} from '../../kernel/time.ts'
import { AgreedValue, type AgreedWords } from '../agreement/agreed.ts'
import { type RevisionChange, type RevisionTerms, revised } from '../agreement/agreement.ts'
import { checked } from '../document/checked.ts'
import type { Plain, PlainMap } from '../document/document.ts'
import type { Faults, Path } from '../document/fault.ts'
import { Deviation } from '../language/term.ts'
import { InstantText, Text } from '../language/words.ts'

type Reading = { readonly zone: string; readonly faults: Faults; readonly path: Path }

/** What `agree:` of a case says: the period, when it was agreed, deviations, revisions, and agreed values by their names. */
export function agreedIn(
  agree: PlainMap,
  offering: PlainMap,
  reading: Reading,
): { readonly period: Period; readonly revisions: readonly RevisionTerms[] } {
  const { period, agreedOn, agreed, deviations, revisions } = agreedTerms(agree, reading)
  const signed = agreedOn !== undefined && { agreedOn }
  const base = { from: period.start, ...signed, offering, agreed, deviations }
  return { period, revisions: revised(base, revisions) }
}

const RevisionWords = z.array(
  z.looseObject({
    from: InstantText,
    'agreed-on': InstantText.optional(),
    deviations: z.array(Deviation).optional(),
  }),
)

type AgreedTerms = {
  readonly period: Period
  readonly agreedOn: Instant | undefined
  readonly agreed: AgreedWords
  readonly deviations: readonly Deviation[]
  readonly revisions: readonly RevisionChange[]
}

function agreedTerms(agree: PlainMap, place: Reading): AgreedTerms {
  const { period, deviations, revisions, 'agreed-on': on, ...agreed } = agree
  const { faults, path, zone } = place
  const values = (written: PlainMap, at: Path) =>
    checked(z.record(Text, AgreedValue), written, faults, at) ?? {}
  const parsed = checked(z.array(Deviation), deviations ?? [], faults, [...path, 'deviations'])
  const changes = checked(RevisionWords, revisions ?? [], faults, [...path, 'revisions']) ?? []
  const day =
    on === undefined ? undefined : checked(InstantText, on, faults, [...path, 'agreed-on'])
  return {
    period: agreedPeriod(period, place),
    agreedOn: day === undefined ? undefined : parseInstant(day, zone),
    agreed: values(agreed, path),
    deviations: parsed ?? [],
    revisions: changes.map(({ from, 'agreed-on': on, deviations: own, ...rest }, at) => ({
      agreedOn: on === undefined ? undefined : parseInstant(on, zone),
      from: parseInstant(from, zone) ?? beginningOfTime,
      agreed: values(rest as PlainMap, [...path, 'revisions', at]),
      ...(own && { deviations: own }),
    })),
  }
}

/** Without a period an agreement has always been and always will be. */
function agreedPeriod(written: Plain | undefined, { zone, faults, path }: Reading): Period {
  const always = { start: beginningOfTime, end: endOfTime }
  if (written === undefined) return always
  const [start, end] = Array.isArray(written)
    ? (written as readonly Plain[]).map((text) =>
        typeof text === 'string' && InstantText.safeParse(text).success
          ? parseInstant(text, zone)
          : undefined,
      )
    : []
  if (start === undefined || end === undefined)
    faults.add(
      'value_misshapen',
      [...path, 'period'],
      'A period is two instants: [ 2024-01-01T00:00, 2025-01-01T00:00 ].',
    )
  else if (start >= end)
    faults.add('period_misordered', [...path, 'period'], 'A period has to end after it starts.')
  else return { start, end }
  return always
}
