import type { Faults } from '../contract/document/fault.ts'
import type { Organisation } from './terms.ts'

/** That an organisation belongs to a legal entity on some days (`until` excluded); without dates, on every day. */
export type Belonging = {
  readonly entity: string
  readonly from?: string
  readonly until?: string
}

/** The legal entities that an organisation belongs to, as its document says. */
export const belongingsOf = (organisation: Organisation | undefined): Belonging[] =>
  (organisation?.['legal-entities'] ?? []).map(({ 'legal-entity': entity, from, until }) => ({
    entity,
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
  }))

/** Those to which both belong on a day (`2026-05-31`): between them nothing is sold, so nothing is taxed. */
export function sharedOn(
  date: string,
  one: readonly Belonging[],
  other: readonly Belonging[],
): string[] {
  const others = heldOn(date, other)
  return heldOn(date, one).filter((entity) => others.includes(entity))
}

/** In their order, each once. */
export const heldOn = (date: string, belongings: readonly Belonging[]): string[] => [
  ...new Set(
    belongings
      .filter(({ from = '', until }) => from <= date && (until === undefined || date < until))
      .map(({ entity }) => entity),
  ),
]

/** Each names a legal entity that there is, for days that are some, and none twice for the same day. */
export function checkBelongings(
  organisation: Organisation,
  isKnown: (entity: string) => boolean,
  faults: Faults,
): void {
  const all = belongingsOf(organisation)
  for (const [place, one] of all.entries()) {
    const { entity, from, until } = one
    const path = ['legal-entities', place]
    if (!isKnown(entity))
      faults.add('reference_unknown', path, `No legal entity is called “${entity}”.`)
    if (from !== undefined && until !== undefined && until <= from)
      faults.add('period_misordered', path, 'An organisation leaves after it joined.')
    else if (all.slice(0, place).some((earlier) => isDoubled(earlier, one)))
      faults.add(
        'name_doubled',
        path,
        `“${entity}” stands here already for some of these days: give each its own days, by “from:” and “until:”.`,
      )
  }
}

/** The same legal entity on a day of both; the first and the last day of all are open. */
const isDoubled = (one: Belonging, other: Belonging) =>
  one.entity === other.entity &&
  (one.until === undefined || (other.from ?? '') < one.until) &&
  (other.until === undefined || (one.from ?? '') < other.until)
