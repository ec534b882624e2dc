import { compileAgreement, type RevisionTerms, revised } from '../contract/agreement/agreement.ts'
import type { Agreement } from '../contract/agreement/revision.ts'
import type { PlainMap } from '../contract/document/document.ts'
import type { Fault, Faults } from '../contract/document/fault.ts'
import { type Period, parseInstant } from '../kernel/time.ts'
import { roleHolders } from '../relationship/rules.ts'
import type { Relationship } from '../relationship/terms.ts'
import type { AgreementWords } from './terms.ts'

/** The agreed period in the zone of its offering; undefined, with a fault, where it does not end after it starts. */
export function agreedPeriod(
  { period }: AgreementWords,
  zone: string,
  faults: Faults,
): Period | undefined {
  const [start, end] = period.map((text) => parseInstant(text, zone))
  if (start !== undefined && end !== undefined && start < end) return { start, end }
  faults.add('period_misordered', ['period'], 'An agreement has to end after it starts.')
  return undefined
}

/** Every revision with all that holds from then on: values not said again stay, deviations said again replace. */
function revisionTerms(
  agreement: AgreementWords,
  offering: PlainMap,
  { period, zone, faults }: { period: Period; zone: string; faults: Faults },
): RevisionTerms[] {
  const base: RevisionTerms = {
    from: period.start,
    offering,
    agreed: agreement.agreed ?? {},
    deviations: agreement.deviations ?? [],
  }
  const changes = (agreement.revisions ?? []).map(({ 'agreed-on': on, ...revision }) => ({
    ...revision,
    from: parseInstant(revision.from, zone) ?? period.start,
    agreedOn: on === undefined ? undefined : parseInstant(on, zone),
  }))
  for (const [place, { from }] of changes.entries()) {
    const before = changes[place - 1]?.from ?? period.start
    if (from <= before || from >= period.end)
      faults.add(
        'period_misordered',
        ['revisions', place, 'from'],
        'Revisions follow each other within the agreed period.',
      )
  }
  return revised(base, changes)
}

/** Compiles an agreement of a world. Faults of agreed values and deviations point into the agreement, others into the offering. */
export function compileAgreed(
  agreement: AgreementWords,
  offering: PlainMap,
  faults: Faults,
): { agreement: Agreement | undefined; faults: readonly Fault[] } {
  const zone = String(offering['zone'])
  const period = agreedPeriod(agreement, zone, faults)
  if (!period) return { agreement: undefined, faults: [] }
  return compileAgreement(period, revisionTerms(agreement, offering, { period, zone, faults }))
}

/** Agreements are made within a relationship, also in time. */
export function checkDates(
  agreement: AgreementWords,
  relationship: Relationship,
  faults: Faults,
): void {
  const [from = '', until = ''] = agreement.period.map((text) => text.slice(0, 10))
  if (from < relationship.from || (relationship.until !== undefined && until > relationship.until))
    faults.add('period_misordered', ['period'], 'An agreement lies within its relationship.')
}

/** Users of an agreement are persons of the consumer's side, and each kind is one that the offering knows. */
export function checkUsers(
  agreement: AgreementWords,
  relationship: Relationship,
  known: readonly string[],
  faults: Faults,
): void {
  const users = new Set(
    roleHolders(relationship).flatMap(({ side, role, person }) =>
      side === 'consumer' && role === 'user' ? [person] : [],
    ),
  )
  for (const [kind, persons] of Object.entries(agreement.users ?? {})) {
    if (!known.includes(kind))
      faults.add(
        'user_undeclared',
        ['users', kind],
        `The offering has no kind of user “${kind}”; it has ${known.join(', ') || 'none'}.`,
      )
    persons.forEach((person, place) => {
      if (!users.has(person))
        faults.add(
          'person_without_role',
          ['users', kind, place],
          `“${person}” holds no role of user in this relationship.`,
        )
    })
  }
}
