import type { Faults } from '../contract/document/fault.ts'
import { Side } from '../contract/language/words.ts'
import type { Organisation } from '../party/terms.ts'
import type { Relationship, Role } from './terms.ts'

/** Every role holder of a relationship, with the dates on which the role is held (`until` excluded). */
export function roleHolders(
  relationship: Relationship,
): { side: Side; role: Role; person: string; from: string; until?: string }[] {
  return Side.options.flatMap((side) =>
    Object.entries(relationship.roles[side]).flatMap(([role, holders]) =>
      (holders ?? []).map(({ person, from, until = relationship.until }) => ({
        side,
        role: role as Role,
        person,
        from: from ?? relationship.from,
        ...(until !== undefined && { until }),
      })),
    ),
  )
}

/** Roles that a person holds on a date (`2026-05-12`); without one, at any time. */
export function rolesOf(person: string, relationship: Relationship, date?: string) {
  return roleHolders(relationship).filter(
    (holder) =>
      holder.person === person &&
      (date === undefined ||
        (holder.from <= date && (holder.until === undefined || date < holder.until))),
  )
}

/** Two organisations, each role held by a person of its side. */
export function checkRelationship(
  relationship: Relationship,
  organisation: (id: string) => Organisation | undefined,
  faults: Faults,
): void {
  if (relationship.provider === relationship.consumer)
    faults.add(
      'reference_unknown',
      ['consumer'],
      'A relationship has two organisations: nobody serves itself. Make the departments two organisations.',
    )
  for (const side of Side.options) {
    const found = organisation(relationship[side])
    if (!found) {
      faults.add('reference_unknown', [side], `No organisation is called “${relationship[side]}”.`)
      continue
    }
    for (const { side: held, role, person } of roleHolders(relationship))
      if (held === side && !found.persons?.some((one) => one.id === person))
        faults.add(
          'person_without_role',
          ['roles', side, role],
          `“${person}” is no person of ${found.title}.`,
        )
  }
  if (relationship.until !== undefined && relationship.until <= relationship.from)
    faults.add('period_misordered', ['until'], 'A relationship has to end after it starts.')
}
