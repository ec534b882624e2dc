import { kindsAtHand } from '../happening.ts'
import { isPartOfOne } from '../period/asked.ts'
import { isFiner } from '../period/order.ts'
import type { PeriodRule } from '../period/period.ts'
import { hasSubject, subjectAt } from '../period/place.ts'
import type { Place, Report } from '../scope.ts'
import type { Selection } from './rows.ts'
import { placeOfEach } from './subjects.ts'
import { checkToldApart } from './told-apart.ts'

/** What is at hand where an aggregate is read, and with each of its rows; said before any fact is there. */

export function demandAggregate(
  name: string,
  { source, same, pairedBy, forEach, asOf, names }: Selection,
  { place, inner }: { place: Place; inner: Place },
  report: Report,
): void {
  const of = source.name
  if (same && !hasSubject(place))
    report(
      'event_not_at_hand',
      `“${name}” reads facts of the subject at hand; no event is at hand. In a charge for periods “for-each:” brings each subject to hand.`,
    )
  checkToldApart(name, { same, pairedBy }, place, report)
  if (asOf !== undefined && !inner.period)
    report(
      'period_needed',
      `“${name}” is read as of the start or the end of a period, and none is at hand: say its “per:”.`,
    )
  if (source.is !== 'state' && !inner.period)
    report(
      'period_needed',
      `“${name}” is read for an event here: say its “per:”, or it would be one thing in a bill and another alone.`,
    )
  if (source.is !== 'measure') return
  const finer = names.find(of)
  if (forEach) {
    finer?.demand(placeOfEach(inner, forEach), report)
    return
  }
  const own = finer?.per?.()
  if (!finer || !own)
    report(
      'period_needed',
      `“${of}” needs a “per:” of its own, so that “${name}” has several of its values to read.`,
    )
  else if (inner.period?.is === 'interval')
    report(
      'periods_do_not_fit',
      `“${of}” is of periods that do not begin and end with the interval at hand: which of them “${name}” would take is not said. Read the facts themselves, such as { sum: note, per: this }.`,
    )
  else if (inner.period && hasNoneOf(own, inner.period))
    report(
      'period_too_fine',
      `“${name}” reads “${of}” over a period that is no longer than its own.`,
    )
  else finer.demand({ period: own, events: [], ...subjectAt(place) }, report)
}

/** Whether it is no longer than one period of the rule; one that goes with an event is as long as that says. */
function hasNoneOf(rule: PeriodRule, period: NonNullable<Place['period']>): boolean {
  switch (period.is) {
    case 'past':
    case 'since':
    case 'so-far':
    case 'interval':
      return false
    case 'asked':
      return isPartOfOne(rule, period)
    default:
      return !isFiner(rule, period)
  }
}

/** What is at hand with a row. */
export function placeOfRow({ source, forEach, names }: Selection, inner: Place): Place {
  if (forEach) return placeOfEach(inner, forEach)
  const finer = source.is === 'measure' ? names.find(source.name)?.per?.() : undefined
  return finer
    ? { period: finer, events: [], ...subjectAt(inner) }
    : { events: kindsAtHand(source.name, names) }
}
