import type { Place } from '../scope.ts'
import type { PeriodRule } from './period.ts'

/** A period that begins or ends with the event at hand has it at hand; any other has its subject. */
export const goesWithEvent = ({ is }: PeriodRule) =>
  is === 'since' || is === 'so-far' || is === 'past'

export const hasSubject = (place: Place) => place.subject !== undefined || place.events.length > 0

/** The rule of the period there; an interval, or what a question says, is on no grid of days or months. */
export const ruleAt = ({ period }: Place): PeriodRule | undefined =>
  period?.is === 'interval' || period?.is === 'asked' ? undefined : period

/** What is left of a place in a period of one’s own. */
export const subjectAt = (place: Place): Pick<Place, 'subject'> =>
  hasSubject(place) ? { subject: place.subject ?? {} } : {}
