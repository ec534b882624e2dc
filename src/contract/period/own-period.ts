import type { Definition, Place, Scope } from '../scope.ts'
import { periodScope } from '../scope.ts'
import type { PeriodRule } from './period.ts'
import { goesWithEvent } from './place.ts'
import { windowOf } from './window.ts'

/**
 * What is at hand in a period of one’s own: no event, unless the period ends or begins with it; but the subject, so that
 * “about: same” is of the same one however many definitions it is read through.
 */
export function inOwnPeriod(
  rule: PeriodRule | undefined,
  scope: Scope,
  isOfSubject: () => boolean,
): Scope | undefined {
  if (!rule) return scope
  const window = windowOf(rule, scope)
  if (!window) return undefined
  const agreed = scope.agreedAt === undefined ? {} : { agreedAt: scope.agreedAt }
  const own = isOfSubject() ? (goesWithEvent(rule) ? eventOf(scope) : subjectIn(scope)) : {}
  return { ...periodScope(scope, window), ...agreed, ...own }
}

/** The subject for which a period is read, whether its event is at hand or not. */
export const subjectIn = ({ event, subject = event }: Scope): Pick<Scope, 'subject'> =>
  subject ? { subject } : {}

const eventOf = ({ event, subject }: Scope): Pick<Scope, 'event' | 'subject'> => ({
  ...(event && { event }),
  ...(subject && { subject }),
})

/** Whether it cannot be read without an event: for each subject it is another. */
export function restsOnSubject(
  demand: Definition['demand'],
  rule: PeriodRule | undefined,
): boolean {
  return lacksEvent(demand, { ...(rule && { period: rule }), events: [] })
}

/** Whether it needs an event, or its subject, that is not at hand there. */
export function lacksEvent(demand: Definition['demand'], place: Place): boolean {
  let found = false
  demand(place, (name) => {
    found ||= name === 'event_not_at_hand'
  })
  return found
}
